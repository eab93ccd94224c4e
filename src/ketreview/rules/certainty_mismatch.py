"""A GRADE level is not what its start and steps give."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.grade import LADDER, level_of
from ketreview.appraisal.rating_sum import Sum
from ketreview.diagnostics import Related, Severity, shown
from ketreview.linking import Corpus, is_whole
from ketreview.linking.ratings import from_design, judged
from ketreview.model.rating import Rating
from ketreview.model.vocabulary import Level, Scale
from ketreview.nearest import did_you_mean
from ketreview.rule import RATING, Problem, as_printed, rule


@rule("KR501", RATING, Severity.WARNING)
def certainty_mismatch(rating: Rating, corpus: Corpus) -> Iterator[Problem]:
    """A rating by GRADE states a level other than its start plus its steps.

    Either a step is missing or the level is. Sums stop at high and at very low. Guides differ in where a design starts
    and in how far one domain moves the level: what counts is the rating's own `profile`, else the project's; where one
    would let the studies start elsewhere than `start` says, and that makes another level, it is told too. A judgement
    of the whole that differs is allowed with its reason in `override`. A rating without `start` states no sum unless it
    has steps and its studies say where it starts; `no_evidence` is none. Steps that could not be read are not guessed:
    then nothing is said. Where the level and the sum agree, a source's own word for the rating is held against them
    too, as printed there.

    Bad:

    ```yaml reviews/depression.yaml
    certainty:
    - {id: a, outcome: o, scale: grade, start: high, level: moderate, studies: [s],
       steps: [{domain: imprecision, by: -2, because: few events, studies: [s]}]}
    ```

    Good:

    ```yaml reviews/depression.yaml
    certainty:
    - {id: a, outcome: o, scale: grade, start: high, level: low, studies: [s],
       steps: [{domain: imprecision, by: -2, because: few events, studies: [s]}]}
    ```
    """
    if rating.scale != Scale.GRADE:
        return
    found = judged(rating, corpus)
    if not found.known:
        hint = did_you_mean(found.profile, corpus.settings.known_profiles)
        message = f"`{rating.id}` follows {shown(found.profile)}, which is no profile that is known{hint}"
        yield Problem(message, rating.span("profile"))
    if rating.override or rating.level not in LADDER or not is_whole(rating, "steps") or found.sum is None:
        return
    related = (
        Related(rating.span("start" if rating.start else "steps"), "starts here"),
        *(Related(step.span("by"), step.domain) for step in rating.steps),
    )
    if found.level != rating.level:
        told = _told(found.sum, found.profile)
        message = f"`{rating.id}` is {_word(rating.level)}, but {told} is {_word(found.sum.level)}"
        yield Problem(message, rating.span("level"), related=related)
        return
    other = from_design(rating, found, corpus)
    if other and other.level != rating.level:
        designs = ", ".join(design.replace("_", " ") for design in found.designs)
        message = (
            f"`{rating.id}` starts at {_word(rating.start or found.sum.start)}, but {designs} starts at"
            f" {_word(other.start)} in `{found.profile}`, which makes {_word(other.level)}; name the `profile` that was"
            " followed, or the reason in `override`"
        )
        yield Problem(message, rating.span("start"), related=related)
    yield from _called(rating, found.sum, found.profile, corpus)


def _called(rating: Rating, total: Sum, profile: str, corpus: Corpus) -> Iterator[Problem]:
    """What sources call a rating whose level is its sum, where their word means another level."""
    for statement in rating.as_stated:
        word = str(statement.values.get("level", ""))
        level = level_of(word, rating.scale, corpus.settings.crosswalk)
        if level in LADDER and level != rating.level:
            message = f"`{rating.id}` is called {shown(word)}, but {_told(total, profile)} is {_word(rating.level)}"
            related = (Related(rating.span("level"), "rated here"),)
            yield Problem(message + as_printed(statement.source), statement.span("level"), related=related)


def _word(level: Level) -> str:
    """A level as it is written in prose."""
    return level.replace("_", " ")


def _told(found: Sum, profile: str) -> str:
    """`high -2 imprecision`, with what counts for less than it says."""
    steps = [
        f" {move.by:+d} {move.domain.replace('_', ' ')}"
        + (f" (counts {move.counted:+d} in `{profile}`)" if move.counted != move.by else "")
        for move in found.moves
    ]
    return f"{_word(found.start)}{''.join(steps) or ' without steps'}"
