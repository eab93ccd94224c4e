"""A Summary of Findings table has more rows than readers take in."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Related, Severity
from ketreview.linking import Corpus
from ketreview.linking.ratings import summary_rows
from ketreview.model.review import Review
from ketreview.rule import REVIEW, Problem, rule

MOST = 7


@rule("KR512", REVIEW, Severity.INFO)
def too_many_outcomes(review: Review, corpus: Corpus) -> Iterator[Problem]:
    """One comparison in one population has more than seven outcomes rated by GRADE.

    Each is a row of its Summary of Findings table, which has up to seven (Cochrane Handbook, chapter 14): those that
    matter most to a decision. The others can stand in the review without a rating.

    Bad:

    ```yaml reviews/depression.yaml
    certainty:
    - {id: a1, outcome: o1, scale: grade, level: no_evidence}
    - {id: a2, outcome: o2, scale: grade, level: no_evidence}
    - {id: a3, outcome: o3, scale: grade, level: no_evidence}
    - {id: a4, outcome: o4, scale: grade, level: no_evidence}
    - {id: a5, outcome: o5, scale: grade, level: no_evidence}
    - {id: a6, outcome: o6, scale: grade, level: no_evidence}
    - {id: a7, outcome: o7, scale: grade, level: no_evidence}
    - {id: a8, outcome: o8, scale: grade, level: no_evidence}
    ```

    Good:

    ```yaml reviews/depression.yaml
    certainty:
    - {id: a1, outcome: o1, scale: grade, level: no_evidence}
    - {id: a2, outcome: o2, scale: grade, level: no_evidence}
    ```
    """
    for (comparison, _), rows in summary_rows(review, corpus).items():
        if len(rows) > MOST:
            where = f" of `{comparison}`" if comparison else ""
            message = f"the Summary of Findings{where} has {len(rows)} outcomes; up to {MOST} are taken in"
            related = (Related(rows[0].span("outcome"), "the first of them"),)
            yield Problem(message, rows[MOST].span("outcome"), id=rows[MOST].id, related=related)
