"""What changed in the evidence between two states of a project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ketreview.diagnostics import Diagnostic, fingerprint
from ketreview.frozen import frozen
from ketreview.linking import Corpus
from ketreview.model.differing import FieldChange, differences, words
from ketreview.model.review import Review

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
_TOLD: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "studies": ("state", ("title", "reference", "cites")),
    "claims": ("", ("statement",)),
    "certainty": ("level", ("outcome", "subject")),
    "trials": ("status", ("title",)),
    "concerns": ("status", ("problem",)),
}
"""The lists of a review that are told record by record: which field is the record's state, and which its title."""
_REASONS = frozenset({"start", "steps", "override", "profile", "because"})
"""The fields of a rating that say why its level is what it is."""


@frozen
class Side:
    """A state of a project: read, checked, and called what the person called it.

    `commit` is empty for the files on disk. `unread` are the paths in which something could not be read, so that what
    is missing there is not known to be gone. `retracted` are the keys of entries whose work is known to be retracted.
    """

    corpus: Corpus
    findings: Sequence[Diagnostic]
    revision: str = ""
    commit: str = ""
    unread: frozenset[str] = frozenset()
    retracted: frozenset[str] = frozenset()


@frozen
class State:
    """One of the two states; both are null for the files on disk."""

    revision: str | None
    commit: str | None


@frozen
class RecordChange:
    """A record that was added, removed or changed.

    `before` and `after` are its state: of a study how far it was read, of a trial its status in the registry, of a
    concern whether it is open; `fields` are those of a record that is changed.
    """

    review: str
    id: str
    change: str
    title: str
    before: str | None
    after: str | None
    fields: tuple[FieldChange, ...]


@frozen
class RatingChange:
    """A rating that was added, removed or changed: its level before and after, and `why`: steps, start, override.

    `comparison` tells ratings of one outcome apart.
    """

    review: str
    id: str
    change: str
    title: str
    comparison: str | None
    scale: str
    before: str | None
    after: str | None
    why: tuple[FieldChange, ...]
    fields: tuple[FieldChange, ...]


@frozen
class ReferenceChange:
    """A key that is cited and was not, or the other way round; `review` is null for the chapters."""

    review: str | None
    key: str
    change: str


@frozen
class RetractionChange:
    """An entry whose work is known to be retracted and was not (added), or the other way round."""

    key: str
    change: str


@frozen
class FindingChange:
    """A finding that is new (added) or gone (removed), with its place in the state that has it."""

    change: str
    code: str
    name: str
    severity: str
    message: str
    path: str
    line: int
    fingerprint: str


@frozen
class DiffAnswer:
    """Everything that differs. A review's own change is of what is in none of the other lists."""

    version: int
    as_of: str
    before: State
    after: State
    reviews: tuple[RecordChange, ...] = ()
    studies: tuple[RecordChange, ...] = ()
    claims: tuple[RecordChange, ...] = ()
    certainty: tuple[RatingChange, ...] = ()
    trials: tuple[RecordChange, ...] = ()
    concerns: tuple[RecordChange, ...] = ()
    references: tuple[ReferenceChange, ...] = ()
    retractions: tuple[RetractionChange, ...] = ()
    findings: tuple[FindingChange, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing differs."""
        return not any((
            self.reviews, self.studies, self.claims, self.certainty, self.trials, self.concerns, self.references,
            self.retractions, self.findings,
        ))  # fmt: skip


def answer(before: Side, after: Side) -> DiffAnswer:
    """What is in `after` and was not, is not and was, or is otherwise. Both are judged on the same day."""
    pairs = tuple(_pairs(before, after))
    return DiffAnswer(
        version=1,
        as_of=after.corpus.as_of.isoformat(),
        before=State(before.revision or None, before.commit or None),
        after=State(after.revision or None, after.commit or None),
        reviews=tuple(change for pair in pairs for change in _review(pair)),
        studies=tuple(_all(pairs, "studies")),
        claims=tuple(_all(pairs, "claims")),
        certainty=tuple(change for pair in pairs for change in _ratings(pair)),
        trials=tuple(_all(pairs, "trials")),
        concerns=tuple(_all(pairs, "concerns")),
        references=tuple(_references(pairs, before.corpus, after.corpus)),
        retractions=tuple(
            RetractionChange(key, ADDED if key in after.retracted else REMOVED)
            for key in sorted(before.retracted ^ after.retracted)
        ),
        findings=tuple(_findings(before.findings, after.findings)),
    )


class _Pair(NamedTuple):
    """A review as it was and as it is; the ids of records of either that could not be read."""

    before: Review | None
    after: Review | None
    broken_before: Collection[str]
    broken_after: Collection[str]

    @property
    def id(self) -> str:
        return next(review.id for review in (self.before, self.after) if review)


def _pairs(before: Side, after: Side) -> Iterator[_Pair]:
    """The reviews of either side by their ids; not one that the other side may have and could not be read."""
    for name in sorted({review.id for side in (before, after) for review in side.corpus.reviews}):
        old, new = before.corpus.review(name), after.corpus.review(name)
        if (old or _lacks(before, new)) and (new or _lacks(after, old)):
            yield _Pair(old, new, before.corpus.broken.get(name, ()), after.corpus.broken.get(name, ()))


def _lacks(side: Side, review: Review | None) -> bool:
    return review is not None and review.where.source.path not in side.unread


def _review(pair: _Pair) -> Iterator[RecordChange]:
    """What of a review itself is otherwise, beside the records that are told one by one."""
    old, new = pair.before, pair.after
    fields = _fields(old, new, *_TOLD)
    if fields or not (old and new):
        yield RecordChange(pair.id, pair.id, _change(old, new), *_said(old, new, "status", ("title",)), fields)


def _all(pairs: Iterable[_Pair], name: str) -> Iterator[RecordChange]:
    """The records in one list of every review that are not as they were."""
    for pair in pairs:
        for key, old, new in _records(pair, name):
            fields = _fields(old, new)
            if fields or not (old and new):
                yield RecordChange(pair.id, key, _change(old, new), *_said(old, new, *_TOLD[name]), fields)


def _ratings(pair: _Pair) -> Iterator[RatingChange]:
    for key, old, new in _records(pair, "certainty"):
        found = _fields(old, new)
        if found or not (old and new):
            one = new or old
            title, before, after = _said(old, new, *_TOLD["certainty"])
            why = tuple(change for change in found if change.field.partition(".")[0] in _REASONS)
            yield RatingChange(
                pair.id, key, _change(old, new), title, one.comparison or None, one.scale.value, before, after, why,
                tuple(change for change in found if change not in why),
            )  # fmt: skip


def _records(pair: _Pair, name: str) -> Iterator[tuple[str, Any, Any]]:
    """The records of a list by their ids, as they were and as they are; not one that either side could not read."""
    old, new = ({record.id: record for record in getattr(review, name, ())} for review in (pair.before, pair.after))
    for key in sorted({*old, *new}):
        if (key in old or key not in pair.broken_before) and (key in new or key not in pair.broken_after):
            yield key, old.get(key), new.get(key)


def _fields(old: Any, new: Any, *skip: str) -> tuple[FieldChange, ...]:
    return differences(old, new, ("id", *skip)) if old and new else ()


def _change(old: object, new: object) -> str:
    return CHANGED if old and new else ADDED if new else REMOVED


def _said(old: Any, new: Any, state: str, titles: tuple[str, ...]) -> tuple[str, str | None, str | None]:
    """The title of a record, and its state before and after."""
    title = next(filter(None, (words(getattr(new or old, name)) for name in titles)), "")
    before, after = (words(getattr(record, state, None)) or None for record in (old, new))
    return title, before, after


def _references(pairs: Iterable[_Pair], before: Corpus, after: Corpus) -> Iterator[ReferenceChange]:
    for pair in pairs:
        old = before.cited_by(pair.before) if pair.before else frozenset()
        new = after.cited_by(pair.after) if pair.after else frozenset()
        yield from (ReferenceChange(pair.id, key, ADDED if key in new else REMOVED) for key in sorted(old ^ new))
    old, new = (frozenset(one.key for one in side.citations if not one.review) for side in (before, after))
    yield from (ReferenceChange(None, key, ADDED if key in new else REMOVED) for key in sorted(old ^ new))


def _findings(before: Sequence[Diagnostic], after: Sequence[Diagnostic]) -> Iterator[FindingChange]:
    """What is found on one side alone, as it is known when lines move: new first, each in the order of the files."""
    old, new = (Counter(map(fingerprint, found)) for found in (before, after))
    yield from (_finding(ADDED, finding) for finding in _beyond(after, old))
    yield from (_finding(REMOVED, finding) for finding in _beyond(before, new))


def _beyond(found: Iterable[Diagnostic], known: Counter[str]) -> Iterator[Diagnostic]:
    """The findings that are more than the known ones; of those that are alike, the last."""
    left = known.copy()
    for finding in found:
        name = fingerprint(finding)
        left[name] -= 1
        if left[name] < 0:
            yield finding


def _finding(change: str, finding: Diagnostic) -> FindingChange:
    code, span = finding.code, finding.span
    place = (span.path, span.begin.line)
    return FindingChange(
        change, code.id, code.name, finding.severity.value, finding.message, *place, fingerprint(finding)
    )
