"""How one level came about, in words: where it starts, each step, what the guide caps, the end of the ladder."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ketreview.appraisal.grade import LADDER
from ketreview.appraisal.rating_sum import Sum
from ketreview.document import Block, Document, Heading, Item, Items, Line, Text, Tone, line
from ketreview.frozen import frozen
from ketreview.linking import Corpus
from ketreview.linking.ratings import Judged, judged, overall_of, population_of, summary_rows
from ketreview.model.question import Outcome
from ketreview.model.rating import Rating
from ketreview.model.review import Review
from ketreview.model.vocabulary import Level, Scale
from ketreview.reports import levels
from ketreview.reports.summary_of_findings import compared, margin_words, statement_of


@frozen
class Explanation:
    """One rating: its sum in sentences, in order, and what comes out."""

    review: str
    id: str
    rated: str
    comparison: str
    scale: str
    profile: str | None
    sentences: tuple[str, ...]
    level: str
    computed: str | None
    agrees: bool | None
    statement: str


@frozen
class CertaintyExplained:
    """The ratings of what was asked for, in the order of the reviews."""

    version: int
    explanations: tuple[Explanation, ...]


def answer(corpus: Corpus, wanted: str, reviews: Collection[str] = ()) -> CertaintyExplained:
    """The ratings of an outcome, by its id or its name; or one rating, by its id or its subject."""
    return CertaintyExplained(
        1,
        tuple(
            _explanation(corpus, review, rating)
            for review in corpus.reviews
            if not reviews or review.id in reviews
            for rating in review.certainty
            if wanted.casefold() in {name.casefold() for name in _names(corpus, review, rating)}
        ),
    )


def names(corpus: Corpus) -> Iterator[str]:
    """Everything that may be asked for."""
    for review in corpus.reviews:
        for rating in review.certainty:
            yield from _names(corpus, review, rating)


def _names(corpus: Corpus, review: Review, rating: Rating) -> Iterator[str]:
    outcome = corpus.record(review, "outcome", rating.outcome)
    told = outcome.name if isinstance(outcome, Outcome) else ""
    yield from (name for name in (rating.id, rating.outcome, rating.subject, told) if name)


def _explanation(corpus: Corpus, review: Review, rating: Rating) -> Explanation:
    found = judged(rating, corpus)
    *_, called = _names(corpus, review, rating)
    return Explanation(
        review=review.id,
        id=rating.id,
        rated=f"{called}, {rating.timepoint}" if rating.timepoint else called,
        comparison=compared(corpus, review, rating.comparison),
        scale=rating.scale.value,
        profile=found.profile if rating.scale is Scale.GRADE else None,
        sentences=tuple(_sentences(corpus, review, rating, found)),
        level=rating.level.value,
        computed=found.level.value if found.level else None,
        agrees=None if found.level is None else found.level is rating.level or bool(rating.override),
        statement=statement_of(corpus, review, rating),
    )


def _sentences(corpus: Corpus, review: Review, rating: Rating, found: Judged) -> Iterator[str]:
    if rating.scale is not Scale.GRADE:
        yield f"Rated on the scale of {levels.scale_words(rating.scale)}, which has no start and no steps: " + _level(
            rating
        )
        yield from _because(rating)
        return
    chosen = "named by the rating" if rating.profile else "the project's"
    yield f"Rated by GRADE, as the profile `{found.profile}` has it ({chosen})."
    if found.sum is None:
        yield _nothing_computed(rating, found)
    else:
        yield _start(rating, found)
        yield from _steps(rating, found.sum, found.profile)
    yield from _outcome(rating, found)
    yield from _because(rating)
    yield from _hypothesis(rating)
    yield from _overall(corpus, review, rating)


def _level(rating: Rating) -> str:
    return f"{levels.words(rating.level)}."


def _because(rating: Rating) -> Iterator[str]:
    if rating.because:
        yield f"The reason given for the whole: {_ended(rating.because)}"


def _hypothesis(rating: Rating) -> Iterator[str]:
    """What the comparison was to show, if that is said."""
    if rating.hypothesis:
        margin = margin_words(rating)
        by = f"by a margin of {margin}" if margin else "and no margin is stated"
        yield f"The comparison was to show {rating.hypothesis.kind.value}, {by}."


def _ended(text: str) -> str:
    told = text.strip()
    return told if told.endswith((".", "!", "?")) else f"{told}."


def _nothing_computed(rating: Rating, found: Judged) -> str:
    if not found.known:
        return f"Nobody has described `{found.profile}`, so nothing is computed."
    if rating.level is Level.NO_EVIDENCE:
        return "No evidence: where nothing was found, nothing is rated, and nothing is summed up."
    if rating.start:
        return f"It starts at {levels.words(rating.start)}, which is no level of GRADE's ladder: nothing is computed."
    designs = _designs(found) or "its studies are not known"
    return f"No start is stated, and the designs do not settle one ({designs}): nothing is computed."


def _start(rating: Rating, found: Judged) -> str:
    assert found.sum is not None  # noqa: S101  asked before
    start, designs = levels.words(found.sum.start), _designs(found)
    if rating.start is None:
        return f"It starts at {start}, by the design of its studies ({designs})."
    if found.by_design is None:
        aside = f"; the profile gives its designs no common start ({designs})" if designs else ""
        return f"It starts at {start}, as stated{aside}."
    if found.by_design is found.sum.start:
        return f"It starts at {start}, as stated and by the design of its studies ({designs})."
    return f"It starts at {start}, as stated; by design ({designs}) it would start at {levels.words(found.by_design)}."


def _designs(found: Judged) -> str:
    return ", ".join(design.replace("_", " ") for design in found.designs)


def _steps(rating: Rating, found: Sum, profile: str) -> Iterator[str]:
    """Each step, and where the level stands after it."""
    if not rating.steps:
        yield "No step down or up."
    total = 0
    for step, move in zip(rating.steps, found.moves, strict=True):
        total += move.counted
        at = LADDER.index(found.start) + total
        standing = levels.words(LADDER[min(max(at, 0), len(LADDER) - 1)])
        beyond = " (the end of the ladder)" if not 0 <= at < len(LADDER) else ""
        capped = f", of which {abs(move.counted)} counts in `{profile}`" if move.counted != move.by else ""
        because = f": {step.because.strip().rstrip('.')}" if step.because else ", without a reason"
        studies = f" ({', '.join(step.studies)})" if step.studies else ""
        yield f"{step.by:+d} {step.domain.replace('_', ' ')}{capped}, which makes {standing}{beyond}{because}{studies}."
    if found.beyond:
        end = levels.words(found.level)
        side = "above" if found.beyond > 0 else "below"
        yield f"The sum would be {abs(found.beyond)} {side} {end}, where the ladder ends."


def _outcome(rating: Rating, found: Judged) -> Iterator[str]:
    stated = levels.words(rating.level)
    if found.level is None:
        yield f"Stated: {stated}."
    elif found.level is rating.level:
        yield f"Computed and stated: {stated}."
    elif rating.override:
        yield f"Computed: {levels.words(found.level)}. Stated: {stated}, set by hand: {_ended(rating.override)}"
    else:
        computed = levels.words(found.level)
        yield f"Computed: {computed}. Stated: {stated}, and no reason is given for the difference (KR501)."


def _overall(corpus: Corpus, review: Review, rating: Rating) -> Iterator[str]:
    """The certainty over the critical outcomes of the same table, if there are any with a level."""
    key = (rating.comparison, population_of(rating, review, corpus))
    found = overall_of(summary_rows(review, corpus).get(key, []), review, corpus)
    if found.level is None or len(found.critical) < 2:  # noqa: PLR2004  one outcome is its own overall
        return
    told = ", ".join(f"{_called(other)} {levels.words(other.level)}" for other in found.critical)
    yield f"Over the critical outcomes of this comparison: {levels.words(found.level)}, the lowest of {told}."


def _called(rating: Rating) -> str:
    return f"{rating.outcome} ({rating.timepoint})" if rating.timepoint else rating.outcome


def document(answer: CertaintyExplained) -> Document:
    """A heading for each rating, and its sum as numbered sentences."""
    blocks: list[Block] = []
    for one in answer.explanations:
        where = f" ({one.comparison})" if one.comparison else ""
        blocks.append(Heading(f"{one.review}: {one.rated}{where}"))
        blocks.append(Items(tuple(Item(line(sentence)) for sentence in one.sentences), ordered=True))
        blocks.append(Items((Item(_ending(one)),)))
    return Document("Certainty explained", tuple(blocks))


def _ending(one: Explanation) -> Line:
    level = levels.shown(Level(one.level), Scale(one.scale))
    mark = {True: Text(" ✓", Tone.GOOD), False: Text(" ≠", Tone.BAD)}
    return line(
        level, *([mark[one.agrees]] if one.agrees is not None else []), f": {one.statement}" if one.statement else ""
    )
