"""A level that the rating's scale does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ketreview.appraisal.grade import LADDER, LEVELS, level_of
from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus
from ketreview.model.rating import Rating
from ketreview.model.vocabulary import Scale
from ketreview.rule import RATING, Problem, as_printed, rule


@rule("KR502", RATING, Severity.WARNING)
def level_outside_scale(rating: Rating, corpus: Corpus) -> Iterator[Problem]:
    """A rating has a level of another scale, or a source's own word is no level of the scale.

    GRADE has four levels and `no_evidence`; plausibility and feasibility have high, moderate, low and unassessed. A
    source's `MEDIUM` is known to be moderate; `Medium-High` is between two levels, so somebody has to decide, and the
    finding stays as long as the source prints it. OCEBM has levels 1 to 5 in its version of 2011; `1a` and `2b` are of
    2009. A project's own words are taught in the setting `crosswalk`.

    Bad:

    ```yaml reviews/mecfs.yaml
    certainty:
    - {id: mechanism, subject: mechanism, scale: plausibility, level: moderate, as_stated: Medium-High}
    ```

    Good:

    ```yaml reviews/mecfs.yaml
    certainty:
    - {id: mechanism, subject: mechanism, scale: plausibility, level: moderate, as_stated: MEDIUM}
    ```
    """
    levels = LEVELS[rating.scale]
    names = ", ".join(levels)
    if rating.level not in levels:
        yield Problem(f"`{rating.level}` is no level of the {rating.scale} scale ({names})", rating.span("level"))
    if rating.scale == Scale.GRADE and rating.start is not None and rating.start not in LADDER:
        yield Problem(
            f"`start` is {rating.start}; evidence starts at one of {', '.join(reversed(LADDER))}", rating.span("start")
        )
    for statement in rating.as_stated:
        word = str(statement.values.get("level", ""))
        if word and level_of(word, rating.scale, corpus.settings.crosswalk) is None:
            older = "; it is one of the version of 2009" if _is_of_2009(word, rating.scale) else ""
            message = f"{shown(word)} is no level of the {rating.scale} scale ({names}){older}"
            yield Problem(message + as_printed(statement.source), statement.span("level"), severity=Severity.WARNING)


def _is_of_2009(word: str, scale: Scale) -> bool:
    return scale is Scale.OCEBM_2011 and re.fullmatch(r"(?:level )?[123][abc]", word.casefold()) is not None
