"""A change of a project before it is written: its edits, what it leaves to a person, and the bytes it makes."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import accumulate
from sys import maxsize

from ketreview.edits import Edit, edited, encoded
from ketreview.files import Files
from ketreview.frozen import frozen
from ketreview.source import BYTE_ORDER_MARK, Position, Source, Span


class ChangeError(Exception):
    """A change that cannot be made; the message says why, and nothing was written."""


@frozen
class Conflict:
    """A field that two merged entries fill differently: what stays, and what does not."""

    field: str
    kept: str
    kept_key: str
    other: str
    other_key: str
    decided: bool


@frozen(slots=False)
class Change:
    """Edits of several files that belong together.

    `names` maps each key that goes away to the one that takes its place. `places` counts the keys that are written
    anew, `dropped` those of them that are left out because the list has the key already, `gone` the entries that go.
    `notes` are sentences for the person.
    """

    names: Mapping[str, str]
    edits: tuple[Edit, ...]
    places: int
    dropped: int = 0
    gone: int = 0
    notes: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    @cached_property
    def by_path(self) -> Mapping[str, tuple[Edit, ...]]:
        """The edits of each file, in order of the paths."""
        groups: defaultdict[str, set[Edit]] = defaultdict(set)
        for edit in self.edits:
            groups[edit.span.path].add(edit)
        return {path: tuple(sorted(groups[path], key=_order)) for path in sorted(groups)}

    @cached_property
    def texts(self) -> Mapping[str, tuple[Source, Source]]:
        """Each file that changes, as it is and as it will be."""
        return {
            path: (edits[0].span.source, Source(path, edited(edits[0].span.source, edits)))
            for path, edits in self.by_path.items()
        }

    def contents(self, files: Files) -> tuple[dict[str, bytes], dict[str, bytes]]:
        """The bytes of each file that changes, before and after.

        Raises:
            ChangeError: a file is no longer what was read, or cannot be edited.
        """
        before: dict[str, bytes] = {}
        after: dict[str, bytes] = {}
        for path, (source, text) in self.texts.items():
            data = files.read(path)
            if not isinstance(data, bytes) or data.removeprefix(BYTE_ORDER_MARK) != source.text.encode():
                raise ChangeError(f"{path} was changed since it was read; nothing was written")
            before[path], after[path] = data, encoded(text.text, data)
        return before, after

    def position(self, span: Span, *, after: bool) -> Position:
        """The line and column of a place that is not edited, in the file as it is or as it will be."""
        if not after or span.path not in self.texts:
            return span.begin
        ends, moves = self._moves[span.path]
        return self.texts[span.path][1].position(span.start + moves[bisect_right(ends, span.start)])

    @cached_property
    def _moves(self) -> Mapping[str, tuple[list[int], list[int]]]:
        """Where each edit of a file ends, and by how much what stands behind so many edits moves."""
        found = {}
        for path, edits in self.by_path.items():
            distinct = sorted({(edit.span.end, edit.span.start, edit.text) for edit in edits})
            grown = accumulate((len(text) - (end - start) for end, start, text in distinct), initial=0)
            found[path] = ([end for end, _, _ in distinct], list(grown))
        return found


class Covered:
    """Stretches of text that edits replace; asks in logarithmic time whether a place lies in one."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        spans = {(edit.span.path, edit.span.start, edit.span.end) for edit in edits if edit.span.end > edit.span.start}
        self._spans = sorted(spans)

    def holds(self, span: Span) -> bool:
        """Whether the whole of a place lies in one stretch."""
        index = bisect_right(self._spans, (span.path, span.start, maxsize)) - 1
        path, _, end = self._spans[index] if index >= 0 else ("", 0, 0)
        return path == span.path and span.end <= end


def listed(places: Iterable[Span], most: int = 5) -> str:
    """Places for a message, `path:line:column`, the first few of them."""
    every = list(places)
    words = [f"{span.path}:{span.begin.line}:{span.begin.column}" for span in every[:most]]
    return ", ".join(words) + (f" and {len(every) - most} more" if len(every) > most else "")


def _order(edit: Edit) -> tuple[int, int, str]:
    return edit.span.start, edit.span.end, edit.text
