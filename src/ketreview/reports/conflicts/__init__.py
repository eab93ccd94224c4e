"""What is in conflict: contested claims with both sides, studies told differently, concerns that are open."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ketreview.frozen import frozen
from ketreview.linking import Corpus
from ketreview.linking.contesting import Contesting
from ketreview.linking.retold import Retelling, retellings
from ketreview.model.concern import Concern
from ketreview.model.review import Review
from ketreview.model.vocabulary import ConcernStatus
from ketreview.reports.conflicts.claims import ClaimAnswer, claim_answer
from ketreview.reports.conflicts.grouping import Group, groups


@frozen
class ConcernAnswer:
    """An open concern, and the ids of the studies, claims, ratings and trials, and the keys, that it is about.

    `question` is the title of the question that it bears on; null if on none.
    """

    review: str
    id: str
    problem: str
    basis: str
    about: tuple[str, ...]
    question: str | None
    path: str
    line: int


@frozen
class OpposedAnswer:
    """Two claims, as `review:id`, whose mechanisms exclude each other, and what each says happens."""

    one: str
    other: str
    target: str
    says: tuple[str, str]


@frozen
class QuestionAnswer:
    """Claims on one question with evidence on both sides, and those on the same target that nothing challenges."""

    title: str
    claims: tuple[ClaimAnswer, ...]
    opposed: tuple[OpposedAnswer, ...]
    unchallenged: tuple[ClaimAnswer, ...]


@frozen
class RetoldAnswer:
    """A field of one study that two reviews tell differently; not `sure` where only its registration is shared."""

    study: str
    other: str
    field: str
    values: tuple[str, str]
    sure: bool
    path: str
    line: int


@frozen
class EvidenceRow:
    """A row for each piece of evidence on either side of a claim."""

    question: str
    review: str
    claim: str
    verdict: str
    side: str
    study: str
    cites: tuple[str, ...]
    design: str | None
    species: str | None
    participants: int | None
    directness: str | None
    retracted: bool


@frozen
class ConflictsAnswer:
    """Everything in conflict, in the order of the reviews."""

    version: int
    questions: tuple[QuestionAnswer, ...]
    studies: tuple[RetoldAnswer, ...]
    concerns: tuple[ConcernAnswer, ...]

    @property
    def rows(self) -> tuple[EvidenceRow, ...]:
        """The evidence of all questions, a row each."""
        return tuple(row for question in self.questions for claim in question.claims for row in _rows(question, claim))


def answer(corpus: Corpus, reviews: Collection[str] = ()) -> ConflictsAnswer:
    """The conflicts of all reviews, or those that one of the named reviews has a part in."""
    contesting = Contesting(corpus)
    found = [group for group in groups(corpus, contesting) if _concerns(group, reviews)]
    titles = [(group.title, _bears_on(group)) for group in found]
    return ConflictsAnswer(
        1,
        tuple(_question(corpus, contesting, group) for group in found),
        tuple(_retold(one) for one in retellings(corpus) if _tells(one, reviews)),
        tuple(
            _concern(review, concern, titles)
            for review in corpus.reviews
            if not reviews or review.id in reviews
            for concern in review.concerns
            if concern.status is ConcernStatus.OPEN
        ),
    )


def _concerns(group: Group, reviews: Collection[str]) -> bool:
    return not reviews or any(stated.review.id in reviews for stated in group.claims)


def _tells(retelling: Retelling, reviews: Collection[str]) -> bool:
    return not reviews or bool({retelling.one.review.id, retelling.other.review.id} & set(reviews))


def _question(corpus: Corpus, contesting: Contesting, group: Group) -> QuestionAnswer:
    opposed = tuple(
        OpposedAnswer(pair.one.name, pair.other.name, pair.target, (pair.says, pair.other_says))
        for pair in group.opposed
    )
    claims, others = (
        tuple(claim_answer(corpus, contesting, stated) for stated in part)
        for part in (group.claims, group.unchallenged)
    )
    return QuestionAnswer(group.title, claims, opposed, others)


def _retold(retelling: Retelling) -> RetoldAnswer:
    one, other = (f"{told.review.id}:{told.study.id}" for told in (retelling.one, retelling.other))
    place = retelling.places[1]
    return RetoldAnswer(one, other, retelling.field, retelling.values, retelling.sure, place.path, place.begin.line)


def _bears_on(group: Group) -> frozenset[tuple[str, str, str]]:
    """What a concern has to be about to bear on a question: its claims and their ratings."""
    found: set[tuple[str, str, str]] = set()
    for review, claim in group.claims:
        found |= {(review.id, "claim", claim.id), (review.id, "rating", claim.rating)}
    return frozenset(item for item in found if item[2])


def _concern(
    review: Review, concern: Concern, titles: list[tuple[str, frozenset[tuple[str, str, str]]]]
) -> ConcernAnswer:
    targets = [
        (review.id, kind, name)
        for target in concern.about
        for kind, name in (
            ("claim", target.claim),
            ("rating", target.rating),
            ("study", target.study),
            ("trial", target.trial),
            ("entry", target.cites),
        )
        if name
    ]
    question = next((title for title, bearing in titles if not bearing.isdisjoint(targets)), None)
    place = concern.span("id")
    about = tuple(dict.fromkeys(name for _, _, name in targets))
    problem = " ".join(concern.problem.split())
    return ConcernAnswer(
        review.id, concern.id, problem, concern.basis.value, about, question, place.path, place.begin.line
    )


def _rows(question: QuestionAnswer, claim: ClaimAnswer) -> Iterator[EvidenceRow]:
    for side, evidence in (("supports", claim.supports), ("challenges", claim.challenges)):
        for item in evidence:
            yield EvidenceRow(
                question.title,
                claim.review,
                claim.id,
                claim.verdict,
                side,
                item.study or item.name,
                item.cites,
                item.design,
                item.species,
                item.participants,
                item.directness,
                item.retracted,
            )
