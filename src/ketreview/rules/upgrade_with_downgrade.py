"""A rating was raised and lowered at once."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Related, Severity
from ketreview.linking import Corpus
from ketreview.linking.ratings import profile_of
from ketreview.model.rating import Rating
from ketreview.model.vocabulary import Scale
from ketreview.rule import RATING, Problem, rule


@rule("KR504", RATING, Severity.WARNING)
def upgrade_with_downgrade(rating: Rating, corpus: Corpus) -> Iterator[Problem]:
    """A rating by GRADE has a step up beside a step down.

    What raises certainty is usually only for observational studies without a reason to rate down (GRADE 18, table 1):
    a large effect in studies that may be biased can be the bias. A profile that allows it, such as `robins_i`, is
    silent.

    Bad:

    ```yaml reviews/rett.yaml
    certainty:
    - id: a
      outcome: o
      scale: grade
      start: low
      level: low
      studies: [s]
      steps:
      - {domain: risk_of_bias, by: -1, because: no adjustment}
      - {domain: large_effect, by: 1, because: risk ratio of 3}
    ```

    Good:

    ```yaml reviews/rett.yaml
    certainty:
    - {id: a, outcome: o, scale: grade, start: low, level: moderate, studies: [s],
       steps: [{domain: large_effect, by: 1, because: risk ratio of 3}]}
    ```
    """
    profile = profile_of(rating, corpus)
    up = [step for step in rating.steps if step.by > 0]
    down = [step for step in rating.steps if step.by < 0]
    if rating.scale == Scale.GRADE and profile and not profile.upgrades_beside_downgrades and up and down:
        message = f"`{rating.id}` is raised for {up[0].domain} and lowered for {down[0].domain}"
        related = tuple(Related(step.span("by"), f"{step.by:+d} {step.domain}") for step in down)
        yield Problem(message, up[0].span("by"), id=rating.id, related=related)
