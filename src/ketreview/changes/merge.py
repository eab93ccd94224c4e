"""Entries of one work made into one: the union of their fields, and one key wherever any of theirs is cited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ketreview.changes.change import Change, ChangeError, Conflict, Covered, listed
from ketreview.changes.doubled import doubled
from ketreview.changes.entry_text import comment_above
from ketreview.changes.key_places import key_edits
from ketreview.changes.merged_fields import Merged, unknown_choices
from ketreview.changes.refusals import require_no_self_reference, require_whole
from ketreview.diagnostics import Diagnostic
from ketreview.linking import Corpus
from ketreview.model.entry import Entry
from ketreview.model.entry_removal import without
from ketreview.source import Span

_NOTHING: Mapping[str, str] = {}


def merge(
    corpus: Corpus,
    keep: str,
    others: Sequence[str],
    *,
    take: Mapping[str, str] = _NOTHING,
    reading: Iterable[Diagnostic] = (),
) -> Change:
    """The change that makes the entries of `others` part of that of `keep`.

    The entry that stays gets the fields that it lacks, the others go, and what cites or names them cites `keep`. Where
    both fill a field differently, the value of `keep` stays unless `take` (field → key) names another.

    Raises:
        ChangeError: a key has no entry in the store, `take` names nothing to decide, or a place cannot be seen or
            written.
    """
    names = dict.fromkeys(others, keep)
    _require_entries(corpus, keep, others)
    require_whole(reading, (keep, *names))
    require_no_self_reference(corpus, keep, names)
    gone = [entry for other in names for entry in corpus.entries_with(other)]
    edits = without(gone)
    conflicts: list[Conflict] = []
    for entry in corpus.entries_with(keep):
        merged = Merged(entry, names, take)
        for other in gone:
            merged.bring(other)
        conflicts += [conflict for conflict in merged.conflicts if conflict not in conflicts]
        edits += merged.edits()
    _require_choices(conflicts, take, (keep, *names))
    removed, left = doubled(corpus, names)
    covered = Covered([*edits, *removed])
    cited = [edit for edit in key_edits(corpus, names) if not covered.holds(edit.span)]
    notes = tuple(_notes(corpus.entries_with(keep)[0], gone, left))
    places = len({(edit.span.path, edit.span.start) for edit in cited}) + len(removed)
    return Change(names, (*edits, *removed, *cited), places, len(removed), len(gone), notes, tuple(conflicts))


def _require_entries(corpus: Corpus, keep: str, others: Sequence[str]) -> None:
    for key in (keep, *others):
        if corpus.entry(key) is None:
            advice = f"; `ketreview refs rename {key} {keep}` repairs its citations" if corpus.citations_of(key) else ""
            raise ChangeError(f"no entry of the store has the key `{key}`{advice}")
    if keep in others:
        raise ChangeError(f"`{keep}` cannot be merged into itself")


def _require_choices(conflicts: Sequence[Conflict], take: Mapping[str, str], keys: Sequence[str]) -> None:
    for key in take.values():
        if key not in keys:
            raise ChangeError(f"--take names `{key}`, which is none of {', '.join(f'`{name}`' for name in keys)}")
    if unknown := unknown_choices(conflicts, take):
        fields = list(dict.fromkeys(conflict.field for conflict in conflicts))
        verb = "are" if len(fields) > 1 else "is"
        raise ChangeError(
            f"there is nothing to decide in `{unknown[0]}`; {', '.join(fields) or 'no field'} {verb} filled differently"
        )


def _notes(keep: Entry, gone: Iterable[Entry], left: Sequence[Span]) -> Iterator[str]:
    for entry in gone:
        if entry.type != keep.type:
            yield f"`{keep.key}` stays @{keep.type}, and `{entry.key}` is @{entry.type}"
        comment = comment_above(entry)
        if comment is not None:
            yield f"the comment above `{entry.key}` stays: {listed([comment])}"
    if left:
        yield f"a list cites the work twice now, which is left for you to look at: {listed(left)}"
