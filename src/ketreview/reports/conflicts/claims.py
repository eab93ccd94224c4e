"""A claim with the evidence on both of its sides."""

from __future__ import annotations

from ketreview.frozen import frozen
from ketreview.linking import Corpus
from ketreview.linking.contesting import Contesting, Stated
from ketreview.model.claim import Claim, Evidence, Mechanism
from ketreview.model.rating import Rating
from ketreview.model.vocabulary import EffectDirection
from ketreview.reports.chapter.names import Names


@frozen
class SideAnswer:
    """A piece of evidence: a study of the review, or an entry of the store where `study` is null."""

    name: str
    study: str | None
    cites: tuple[str, ...]
    design: str | None
    species: str | None
    participants: int | None
    directness: str | None
    locator: str
    retracted: bool


@frozen
class ClaimAnswer:
    """A claim. `verdict` is `contested` (evidence on both sides), `challenged` (only against it), `supported`, or
    `unassessed` (neither). `level` and `scale` are those of its rating.
    """

    review: str
    id: str
    kind: str
    statement: str
    species: str | None
    mechanism: str | None
    level: str | None
    scale: str | None
    verdict: str
    supports: tuple[SideAnswer, ...]
    challenges: tuple[SideAnswer, ...]
    same_as: tuple[str, ...]
    path: str
    line: int


def claim_answer(corpus: Corpus, contesting: Contesting, stated: Stated) -> ClaimAnswer:
    """A claim with its evidence."""
    claim, place = stated.claim, stated.claim.span("id")
    rating = corpus.record(stated.review, "rating", claim.rating)
    rated = rating if isinstance(rating, Rating) else None
    return ClaimAnswer(
        stated.review.id,
        claim.id,
        claim.kind.value,
        " ".join(claim.statement.split()),
        claim.species.value if claim.species else None,
        mechanism_words(claim.mechanism) if claim.mechanism else None,
        rated.level.value if rated else None,
        rated.scale.value if rated else None,
        verdict(claim),
        tuple(_side(corpus, contesting, stated, evidence) for evidence in claim.supports),
        tuple(_side(corpus, contesting, stated, evidence) for evidence in claim.challenges),
        contesting.same_as(stated),
        place.path,
        place.begin.line,
    )


def verdict(claim: Claim) -> str:
    """How a claim stands by its evidence (Clark 2014, micropublications: contested takes evidence on both sides)."""
    if claim.challenges:
        return "contested" if claim.supports else "challenged"
    return "supported" if claim.supports else "unassessed"


def mechanism_words(mechanism: Mechanism) -> str:
    """`mu-opioid receptor (site): antagonist, no change of the effect`."""
    site = f" ({mechanism.site})" if mechanism.site else ""
    return f"{mechanism.target}{site}: {effect_words(mechanism)}"


def effect_words(mechanism: Mechanism) -> str:
    """What is done to a target, and what that does."""
    action = mechanism.action.value.replace("_", " ")
    if mechanism.effect is None:
        return action
    told = {EffectDirection.NO_CHANGE: "no change of", EffectDirection.UNCLEAR: "unclear effect on"}
    effect = told.get(mechanism.effect) or mechanism.effect.value.replace("_", " ")
    return ", ".join(
        part for part in (f"action {action}" if action == "unclear" else action, f"{effect} {mechanism.on}".strip())
    )


def _side(corpus: Corpus, contesting: Contesting, stated: Stated, evidence: Evidence) -> SideAnswer:
    names = Names(corpus, stated.review)
    study = names.study(evidence.study)
    cites = (*(study.cites if study else ()), *((evidence.cites,) if evidence.cites else ()))
    keys = contesting.names(stated.review, (evidence,))
    return SideAnswer(
        names.short(study) or study.id if study else evidence.cites or evidence.study,
        evidence.study or None,
        tuple(dict.fromkeys(cites)),
        study.design.value if study else None,
        study.species.value if study and study.species else None,
        study.participants if study else None,
        study.directness.value if study and study.directness else None,
        evidence.locator,
        bool(corpus.exports) and keys.keys() <= corpus.retractions.retracted,
    )
