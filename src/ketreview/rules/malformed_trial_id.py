"""A registration number that no trial registry gives."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.trial_mentions import numbers_in
from ketreview.appraisal.trials import names_registry, nearest_form, normal_form
from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus
from ketreview.model.review import Review
from ketreview.model.study import Study
from ketreview.model.trial import Trial
from ketreview.rule import REVIEW, Problem, rule


@rule("KR601", REVIEW, Severity.ERROR)
def malformed_trial_id(review: Review, corpus: Corpus) -> Iterator[Problem]:
    """A registration number of a trial or a study is not written as its registry writes it.

    Numbers are compared letter by letter, here and in registries, so `NCT 00902941` and `nct00902941` find nothing.
    Known are ClinicalTrials.gov, ISRCTN, EudraCT, CTIS, the primary registries of the WHO network and a few more. A
    text that resembles none of them is a warning: it may be the number of a registry that is not known here.

    Bad:

    ```yaml reviews/rett.yaml
    trials:
    - {id: a, title: A, registrations: [NCT 03633058], status: COMPLETED}
    ```

    Good:

    ```yaml reviews/rett.yaml
    trials:
    - {id: a, title: A, registrations: [NCT03633058], status: COMPLETED}
    ```
    """
    del corpus
    records: tuple[Trial | Study, ...] = (*review.trials, *review.studies)
    for record in records:
        for index, number in enumerate(record.registrations):
            meant = nearest_form(number)
            if meant == number:
                continue
            named = numbers_in(number) if not meant else ()
            message = f"{shown(number)} is not written as a registry writes its numbers{_advice(number, meant, named)}"
            sure = bool(meant or named) or names_registry(number)
            span = record.span(f"registrations.{index}")
            yield Problem(message, span, id=record.id, severity=None if sure else Severity.WARNING)


def _advice(number: str, meant: str, named: tuple[str, ...]) -> str:
    if meant:
        return f"; write `{meant}`" if normal_form(number) else f"; did you mean `{meant}`?"
    if named:
        return f"; write {'it' if len(named) == 1 else 'each'} as an item of its own: {', '.join(named)}"
    return ""
