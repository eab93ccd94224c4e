"""Something has waited to be integrated for too long."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.currency import age_in_days, is_stale
from ketreview.config.settings import PENDING
from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus
from ketreview.linking.observing import observe, observe_folder
from ketreview.model.integration import Integration
from ketreview.model.review import Review
from ketreview.model.stated import Declared, ReadingFolder
from ketreview.model.vocabulary import IntegrationState
from ketreview.rule import REVIEW_OR_FOLDER, Problem, rule


@rule("KR707", REVIEW_OR_FOLDER, Severity.WARNING)
def pending_too_long(record: Review | ReadingFolder, corpus: Corpus) -> Iterator[Problem]:
    """A review or a reading folder declares something as pending since a day that is long past, and it is still open.

    What was read so long ago and not integrated is lost, unless somebody decides. The interval is 180 days, or the
    setting `intervals.pending`; it is counted from the last day that `since` may mean. Nothing is said of what can be
    seen to be done, which is KR705.

    Bad:

    ```yaml reviews/mecfs.yaml as-of=2026-11-20
    integration:
    - {kind: appendix, target: Appendix H, state: pending, since: 2026-01-29}
    ```

    Good:

    ```yaml reviews/mecfs.yaml as-of=2026-11-20
    integration:
    - {kind: appendix, target: Appendix H, state: pending, since: 2026-10}
    ```
    """
    if isinstance(record, Review):
        for item in record.integration:
            if _is_late(item, corpus) and observe(corpus, record, item).state != "done":
                yield Problem(f"{shown(item.target)} is declared pending {_age(item, corpus)}", item.span("since"))
        return
    for line in record.declared:
        if _is_late(line, corpus) and observe_folder(corpus, record, line).state != "done":
            what = shown(line.target or line.key or line.kind)
            yield Problem(f"{what} is declared pending {_age(line, corpus)}", line.span)


def _is_late(item: Integration | Declared, corpus: Corpus) -> bool:
    interval = corpus.settings.intervals[PENDING]
    waiting = item.state is not IntegrationState.DONE
    return waiting and item.since is not None and is_stale(item.since, interval, corpus.as_of)


def _age(item: Integration | Declared, corpus: Corpus) -> str:
    days = age_in_days(item.since, corpus.as_of) if item.since else 0
    return f"since {item.since}, for {days} days; {corpus.settings.intervals[PENDING]} are allowed"
