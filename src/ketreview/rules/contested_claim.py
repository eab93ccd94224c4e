"""A claim is stated as settled, while evidence stands against it."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.settledness import is_open, settled_words
from ketreview.diagnostics import Related, Severity, shown
from ketreview.linking import Corpus
from ketreview.linking.contesting import Contesting, Contradiction, Stated
from ketreview.model.vocabulary import ClaimKind
from ketreview.rule import JOINED, Problem, rule

_NAMED = 3


@rule("KR517", JOINED, Severity.WARNING)
def contested_claim(corpus: Corpus, _: Corpus) -> Iterator[Problem]:
    """A claim is stated as settled, while evidence against it stands somewhere in the project.

    A claim with evidence for and against it is contested, and a reader has to see both sides. Found are: a claim that
    says itself `well established` or `proven` and has `challenges`; a claim that nothing challenges, while the same
    claim of another review (`same_as`, of either) is challenged there; and two claims with a `mechanism` of one target
    and one effect that cannot both be so, at each that has no `challenges`.

    A statement that leaves its matter open in any word (may, whether, disputed, but) is silent in the second and third
    case, and so are gaps. Mechanisms of other sites, interventions or species do not exclude each other. Evidence that
    was retracted does not stand against anything.

    Bad:

    ```yaml reviews/depression.yaml
    studies:
    - {id: krystal, design: narrative_review, state: read}
    - {id: abdallah, design: randomised_trial, state: read}
    claims:
    - {id: ptsd, kind: efficacy, statement: Its use in PTSD is contested, challenges: [{study: abdallah}]}
    ```

    ```yaml reviews/mecfs.yaml
    claims:
    - {id: ptsd, kind: efficacy, statement: Ketamine relieves PTSD, same_as: ["depression:ptsd"]}
    ```

    Good:

    ```yaml reviews/depression.yaml
    studies:
    - {id: krystal, design: narrative_review, state: read}
    - {id: abdallah, design: randomised_trial, state: read}
    claims:
    - {id: ptsd, kind: efficacy, statement: Its use in PTSD is contested, challenges: [{study: abdallah}]}
    ```

    ```yaml reviews/mecfs.yaml
    claims:
    - {id: ptsd, kind: efficacy, statement: Whether ketamine relieves PTSD is open, same_as: ["depression:ptsd"]}
    ```
    """
    contesting = Contesting(corpus)
    yield from (_worded(one, words, contesting) for one in contesting.stated if (words := _settled(one, contesting)))
    yield from (_elsewhere(one, other, contesting) for one, other in contesting.elsewhere() if _is_flat(one))
    told: set[str] = set()
    for found in contesting.contradictions():
        if _is_flat(found.stated) and found.stated.name not in told:
            told.add(found.stated.name)
            yield _excluded(found)


def _is_flat(stated: Stated) -> bool:
    """Whether a claim leaves nothing open, and is not of what is not known."""
    return stated.claim.kind is not ClaimKind.GAP and not is_open(stated.claim.statement)


def _settled(stated: Stated, contesting: Contesting) -> str:
    words = settled_words(stated.claim.statement) if stated.claim.challenges else ""
    return words if contesting.standing(stated) else ""


def _worded(stated: Stated, words: str, contesting: Contesting) -> Problem:
    against = _named(stated, contesting)
    message = f"{shown(stated.claim.id)} says {shown(words)}, and {against}: say that it is contested"
    return Problem(message, stated.claim.span("statement"), id=stated.claim.id)


def _elsewhere(stated: Stated, other: Stated, contesting: Contesting) -> Problem:
    against = _named(other, contesting)
    message = (
        f"{shown(stated.claim.id)} is stated without evidence against it, and of the same claim {shown(other.name)} "
        f"{against}: list it here too, or say that the claim is contested"
    )
    related = (Related(other.claim.span("challenges"), "challenged here"),)
    return Problem(message, stated.claim.span("statement"), id=stated.claim.id, related=related)


def _excluded(found: Contradiction) -> Problem:
    other = found.other if found.other.review is not found.stated.review else None
    name = shown(other.name if other else found.other.claim.id)
    both = f"; {_list(found.studies)} stands on both sides" if found.studies else ""
    message = (
        f"{shown(found.stated.claim.id)} is stated without evidence against it, and {name} says the opposite of the "
        f"same target and effect{both}: list its evidence in `challenges`, or name what differs (site, species)"
    )
    related = (Related(found.other.claim.span("mechanism"), "the opposite is said here"),)
    return Problem(message, found.stated.claim.span("mechanism"), id=found.stated.claim.id, related=related)


def _named(stated: Stated, contesting: Contesting) -> str:
    names = list(contesting.names(stated.review, contesting.standing(stated)))
    return f"{_list(names)} {'stand' if len(names) > 1 else 'stands'} against it"


def _list(names: list[str] | tuple[str, ...]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(map(shown, names[:_NAMED])) + more
