"""Two versions of a text to a unified diff, as git shows it.

Lines that stand once in both versions are matched first (Bram Cohen's patience diff), so that a file of any size takes
about as long as it takes to sort; only short stretches between them are compared line by line.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

_CONTEXT = 3
_MOST_COMPARED = 40_000
_NO_NEWLINE = "\n\\ No newline at end of file\n"


class _Change(NamedTuple):
    """Lines `start` to `end` of the old text become lines `begin` to `stop` of the new one."""

    start: int
    end: int
    begin: int
    stop: int


def diff(path: str, before: str, after: str) -> str:
    """A unified diff of two versions of the file at `path`; empty where they are equal.

    Lines end at LF, as for git; a CR before it is part of the line. What the texts hold is not made harmless here.
    """
    old, new = _lines(before), _lines(after)
    hunks = [_hunk(old, new, group) for group in _grouped(_changes(old, new))]
    return "".join((f"--- {_named(f'a/{path}')}\n+++ {_named(f'b/{path}')}\n", *hunks)) if hunks else ""


def _named(path: str) -> str:
    """A path as git writes it: in quotes, its bytes as octal numbers, where a sign would end or hide its line."""
    if path.isprintable() and not set(path) & {'"', "\\"}:
        return f"{path}\t" if " " in path else path
    return '"' + "".join(map(_quoted, path)) + '"'


def _quoted(sign: str) -> str:
    if sign in {'"', "\\"}:
        return f"\\{sign}"
    if sign.isprintable():
        return sign
    return "".join(f"\\{byte:03o}" for byte in sign.encode("utf-8", "surrogateescape"))


def _lines(text: str) -> list[str]:
    rows = [f"{row}\n" for row in text.split("\n")]
    rows[-1] = rows[-1][:-1]
    return rows if rows[-1] else rows[:-1]


def _changes(old: Sequence[str], new: Sequence[str]) -> list[_Change]:
    """Where the texts differ, in order."""
    found: list[_Change] = []
    start = begin = 0
    for place, other in (*_anchors(old, new), (len(old), len(new))):
        found += _between(old, new, _Change(start, place, begin, other))
        start, begin = place, other
    return found


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Lines that stand once in both texts: the longest run of them that is in order in both."""
    counts, others = Counter(old), Counter(new)
    places = {row: index for index, row in enumerate(new) if others[row] == 1}
    pairs = [(index, places[row]) for index, row in enumerate(old) if counts[row] == 1 and row in places]
    tops: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for index, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        before.append(piles[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [place]
        piles[pile : pile + 1] = [index]
    chain: list[tuple[int, int]] = []
    index = piles[-1] if piles else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _between(old: Sequence[str], new: Sequence[str], gap: _Change) -> Iterator[_Change]:
    """What differs in a stretch of both texts."""
    start, end, begin, stop = gap
    while start < end and begin < stop and old[start] == new[begin]:
        start, begin = start + 1, begin + 1
    while start < end and begin < stop and old[end - 1] == new[stop - 1]:
        end, stop = end - 1, stop - 1
    if start == end and begin == stop:
        return
    if (end - start) * (stop - begin) > _MOST_COMPARED:
        yield _Change(start, end, begin, stop)
        return
    for tag, *place in SequenceMatcher(None, old[start:end], new[begin:stop], autojunk=False).get_opcodes():
        if tag != "equal":
            yield _Change(place[0] + start, place[1] + start, place[2] + begin, place[3] + begin)


def _grouped(changes: Sequence[_Change]) -> Iterator[list[_Change]]:
    """Changes whose context touches, together."""
    group: list[_Change] = []
    for change in changes:
        if group and change.start - group[-1].end > 2 * _CONTEXT:
            yield group
            group = []
        group.append(change)
    if group:
        yield group


def _hunk(old: Sequence[str], new: Sequence[str], group: Sequence[_Change]) -> str:
    lead = min(_CONTEXT, group[0].start)
    tail = min(_CONTEXT, len(old) - group[-1].end)
    start, end = group[0].start - lead, group[-1].end + tail
    begin, stop = group[0].begin - lead, group[-1].stop + tail
    rows = [f"@@ -{_extent(start, end)} +{_extent(begin, stop)} @@\n"]
    for change in group:
        rows += (_row(" ", row) for row in old[start : change.start])
        rows += (_row("-", row) for row in old[change.start : change.end])
        rows += (_row("+", row) for row in new[change.begin : change.stop])
        start = change.end
    rows += (_row(" ", row) for row in old[start:end])
    return "".join(rows)


def _row(sign: str, row: str) -> str:
    return f"{sign}{row}" if row.endswith("\n") else f"{sign}{row}{_NO_NEWLINE}"


def _extent(start: int, end: int) -> str:
    """A range of lines as diffs number them: an empty one is named by the line before it."""
    count = end - start
    first = start + 1 if count else start
    return str(first) if count == 1 else f"{first},{count}"
