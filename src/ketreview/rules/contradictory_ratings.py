"""One thing is rated twice, differently."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.grade import level_of
from ketreview.diagnostics import Related, Severity, shown
from ketreview.linking import Corpus
from ketreview.model.question import Comparison
from ketreview.model.rating import Rating
from ketreview.model.record import Statement
from ketreview.model.review import Review
from ketreview.model.vocabulary import Level
from ketreview.rule import REVIEW, Problem, as_printed, rule


@rule("KR506", REVIEW, Severity.ERROR)
def contradictory_ratings(review: Review, corpus: Corpus) -> Iterator[Problem]:
    """One outcome or subject is rated twice on one scale, for one comparison, population and timepoint, differently.

    A reader cannot know which one holds. Where a rating names a comparison and no population, the comparison's
    population counts. Two words of one source for one rating that mean different levels (`Low` and `VERY LOW`) are a
    warning, as printed there; what two sources say may differ.

    Bad:

    ```yaml reviews/mecfs.yaml
    certainty:
    - {id: a, outcome: fatigue, population: mecfs, scale: grade, level: low, studies: [s]}
    - {id: b, outcome: fatigue, population: mecfs, scale: grade, level: very_low, studies: [s]}
    ```

    Good:

    ```yaml reviews/mecfs.yaml
    certainty:
    - {id: a, outcome: fatigue, population: mecfs, timepoint: day 1, scale: grade, level: low, studies: [s]}
    - {id: b, outcome: fatigue, population: mecfs, timepoint: day 28, scale: grade, level: very_low, studies: [s]}
    ```
    """
    first: dict[tuple[str, ...], Rating] = {}
    for rating in review.certainty:
        if rating.outcome or rating.subject:
            other = first.setdefault(_rated(rating, review, corpus), rating)
            if other.level != rating.level:
                message = f"`{rating.id}` rates as {rating.level} what `{other.id}` rates as {other.level}"
                related = (Related(other.span("level"), "rated here"),)
                peers = (rating.id, other.id)
                yield Problem(message, rating.span("level"), id=rating.id, related=related, peers=peers)
        yield from _contradictions_of_sources(rating, corpus)


def _rated(rating: Rating, review: Review, corpus: Corpus) -> tuple[str, ...]:
    """What a rating rates; free texts are compared without case and spacing."""
    comparison = corpus.record(review, "comparison", rating.comparison)
    population = rating.population or (comparison.population if isinstance(comparison, Comparison) else "")
    texts = (" ".join(text.casefold().split()) for text in (rating.subject, rating.timepoint))
    return (rating.outcome, rating.comparison, population, rating.scale, *texts)


def _contradictions_of_sources(rating: Rating, corpus: Corpus) -> Iterator[Problem]:
    first: dict[str, tuple[Statement, Level]] = {}
    for statement in rating.as_stated:
        word = str(statement.values.get("level", ""))
        level = level_of(word, rating.scale, corpus.settings.crosswalk)
        if level is None:
            continue
        other, other_level = first.setdefault(statement.source, (statement, level))
        if other_level != level:
            earlier = shown(other.values["level"])
            message = f"`{rating.id}` is called {shown(word)}, and {earlier} elsewhere{as_printed(statement.source)}"
            related = (Related(other.span("level"), f"called {earlier} here"),)
            yield Problem(message, statement.span("level"), id=rating.id, related=related, severity=Severity.WARNING)
