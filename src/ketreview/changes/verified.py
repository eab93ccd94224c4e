"""Whether a changed project, read again, is what the change says and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from ketreview.changes.change import Change, ChangeError, listed
from ketreview.diagnostics import Diagnostic, Severity
from ketreview.linking import Corpus

JUDGED = ("KR101", "KR201", "KR202", "KR203")
"""What must not be found more often than before."""


def require_as_meant(before: Corpus, after: Corpus, change: Change) -> None:
    """Holds that the keys of the change are exactly where they have to be.

    Raises:
        AssertionError: they are not, which is a bug: a language is read otherwise than it is written.
    """
    wanted = _counted(before, change.names)
    kept = set(change.names.values())
    for old, new in change.names.items():
        wanted[new] += wanted.pop(old, 0)
    for new in kept:
        wanted[new] -= change.dropped
    found = _counted(after, {*change.names, *kept})
    if +wanted != +found:
        raise AssertionError(f"after the change there are {dict(found)} citations, and not {dict(wanted)}")
    left = [entry.key_span for entry in after.entries if entry.key in change.names]
    if left:
        raise AssertionError(f"after the change there are still entries at {listed(left)}")


def require_no_new_faults(before: Iterable[Diagnostic], after: Iterable[Diagnostic]) -> None:
    """Holds that nothing is unresolved, doubled or unreadable that was not before.

    Raises:
        ChangeError: something is.
    """
    require_no_more(_judged(before), _judged(after))


def require_no_more(before: Iterable[Diagnostic], after: Iterable[Diagnostic]) -> None:
    """Holds that there are no more findings of any code than before.

    Raises:
        ChangeError: there are.
    """
    old, new = list(before), list(after)
    known = Counter(finding.code.id for finding in old)
    for finding in new:
        known[finding.code.id] -= 1
    worse = {code for code, count in known.items() if count < 0}
    if worse:
        said = {(finding.code.id, finding.message) for finding in old}
        fresh = [f for f in new if f.code.id in worse and (f.code.id, f.message) not in said]
        words = "; ".join(f"{listed([f.span])}: {f.code.id} {f.message}" for f in fresh[:5])
        raise ChangeError(f"afterwards `check` would find more than before: {words}")


def _judged(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    return [
        finding
        for finding in findings
        if finding.code.id in JUDGED or (finding.code.reading and finding.severity is Severity.ERROR)
    ]


def _counted(corpus: Corpus, keys: Collection[str] | Mapping[str, str]) -> Counter[str]:
    wanted = {*keys, *(keys.values() if isinstance(keys, Mapping) else ())}
    return Counter({key: len(corpus.citations_of(key)) for key in wanted})
