"""A GRADE level is not what its start and steps give."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.grade import LADDER
from ketreview.appraisal.rating_sum import Sum
from ketreview.diagnostics import Related, Severity
from ketreview.linking import Corpus, is_whole
from ketreview.linking.ratings import from_design, judged
from ketreview.model.rating import Rating
from ketreview.model.vocabulary import Scale
from ketreview.nearest import did_you_mean
from ketreview.parsing.text import shown
from ketreview.rule import RATING, Problem, rule


@rule("KR501", RATING, Severity.WARNING)
def certainty_mismatch(rating: Rating, corpus: Corpus) -> Iterator[Problem]:
    """A rating by GRADE states a level other than its start plus its steps.

    Either a step is missing or the level is. Sums stop at high and at very low. Guides differ in where a design starts
    and in how far one domain moves the level: what counts is the rating's own `profile`, else the project's; where one
    would let the studies start elsewhere than `start` says, and that makes another level, it is told too. A judgement
    of the whole that differs is allowed with its reason in `override`. A rating without `start` states no sum unless it
    has steps and its studies say where it starts; `no_evidence` is none. Steps that could not be read are not guessed:
    then nothing is said.

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
        message = f"`{rating.id}` is {rating.level}, but {_told(found.sum, found.profile)} is {found.level}"
        yield Problem(message, rating.span("level"), related=related)
        return
    other = from_design(rating, found, corpus)
    if other and other.level != rating.level:
        designs = ", ".join(design.replace("_", " ") for design in found.designs)
        message = (
            f"`{rating.id}` starts at {rating.start}, but {designs} starts at {other.start} in `{found.profile}`, which"
            f" makes {other.level}; name the `profile` that was followed, or the reason in `override`"
        )
        yield Problem(message, rating.span("start"), related=related)


def _told(found: Sum, profile: str) -> str:
    """`high -2 imprecision`, with what counts for less than it says."""
    steps = [
        f" {move.by:+d} {move.domain}"
        + (f" (counts {move.counted:+d} in `{profile}`)" if move.counted != move.by else "")
        for move in found.moves
    ]
    return f"{found.start}{''.join(steps) or ' without steps'}"
