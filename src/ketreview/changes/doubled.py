"""Keys that a list of citations has twice after a merge: taken out where that is plainly safe."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from ketreview.changes.key_places import BRACING
from ketreview.edits import Edit
from ketreview.linking import Corpus
from ketreview.model.citation import Citation
from ketreview.patterns import regex
from ketreview.source import Span

_COMMA = regex(r"\s*,\s*")
_NEXT_ITEM = regex(r"[ \t]*(?:\r\n|\n|\r)\s*-[ \t]+")
_NEAR = regex(r"(?:[^\w\n]|cite\w*|label|mcite|\n(?![ \t]*\n)){1,60}")
_WIDEST = 200
_PLAIN_END = regex(r"[ \t]*(?=[\r\n]|\Z)")


def doubled(corpus: Corpus, names: Mapping[str, str]) -> tuple[list[Edit], list[Span]]:
    """Edits that take doubled keys out of lists in LaTeX and YAML, and the places where one is left.

    The place is that of the key that is left. An edit reaches over the comma or the line of its item, so it stands in
    place of the one that would write the new key there.
    """
    edits: list[Edit] = []
    left: list[Span] = []
    for run in _runs(_around(corpus, names)):
        removed, remaining = _in_run(run, names)
        edits += removed
        left += remaining
    return edits, left


def _around(corpus: Corpus, names: Mapping[str, str]) -> Iterator[list[Citation]]:
    """All citations of each file in which a key changes, in order."""
    touched = {citation.span.path for key in names for citation in corpus.citations_of(key)}
    files: dict[str, list[Citation]] = {}
    for citation in corpus.citations:
        if citation.span.path in touched:
            files.setdefault(citation.span.path, []).append(citation)
    for citations in files.values():
        yield sorted(citations, key=lambda citation: citation.span.start)


def _runs(files: Iterator[list[Citation]]) -> Iterator[list[Citation]]:
    """Citations with little between them but signs."""
    for citations in files:
        run = citations[:1]
        for before, citation in pairwise(citations):
            if before.span == citation.span:
                continue  # an alias in YAML
            if not _near(before, citation):
                yield run
                run = []
            run.append(citation)
        yield run


def _in_run(run: Sequence[Citation], names: Mapping[str, str]) -> tuple[list[Edit], list[Span]]:
    keeps = {citation.key: index for index, citation in reversed(list(enumerate(run))) if citation.key not in names}
    twice: dict[int, int] = {}
    for index, citation in enumerate(run):
        key = names.get(citation.key)
        if key is not None and (first := keeps.setdefault(key, index)) != index:
            twice[index] = first
    edits: list[Edit] = []
    left: list[Span] = []
    lists = _lists(run)
    staying: set[int] = set()
    for index, citation in enumerate(run):
        if index not in twice:
            staying.add(lists[index])
            continue
        one = lists[index] == lists[twice[index]]
        removal = _removal(run, index, behind=lists[index] not in staying) if one else None
        if removal is None:
            left.append(citation.span)
        else:
            edits.append(Edit(removal, ""))
    return edits, left


def _lists(run: Sequence[Citation]) -> list[int]:
    """For each citation the index of the one that begins its list."""
    found = [0]
    for index, (one, other) in enumerate(pairwise(run), 1):
        found.append(found[-1] if _joined(one, other) else index)
    return found


def _joined(one: Citation, other: Citation) -> bool:
    """Whether two citations are neighbours in one list of plain items."""
    if one.span.text != one.key or other.span.text != other.key:
        return False
    if one.in_chapter and not one.form.startswith("\\"):
        return False
    between = _between(one, other)
    if _COMMA.fullmatch(between):
        return True
    same_column = one.span.begin.column == other.span.begin.column
    return not one.in_chapter and same_column and _NEXT_ITEM.fullmatch(between) is not None


def _removal(run: Sequence[Citation], index: int, *, behind: bool) -> Span | None:
    """What to take out for an item: it with the separator before it, or where nothing before it stays, `behind` it."""
    source, start, end = run[index].span
    if behind:
        return Span(source, start, run[index + 1].span.start)
    lines = _NEXT_ITEM.fullmatch(_between(run[index - 1], run[index])) is not None
    return None if lines and not _PLAIN_END.match(source.text, end) else Span(source, run[index - 1].span.end, end)


def _near(one: Citation, other: Citation) -> bool:
    """Whether two citations may be in one group: signs alone stand between them, or one bracket of Markdown is open."""
    source, start, _ = one.span
    between = source.text[one.span.end : min(other.span.start, one.span.end + _WIDEST)]
    if other.span.start - one.span.end >= _WIDEST:
        return False
    if _NEAR.fullmatch(between):
        return True
    opened = source.text[max(0, start - _WIDEST) : start].replace("]", "[").rpartition("[")[0]
    bracket = source.text[max(0, start - _WIDEST) + len(opened) : start][:1]
    return source.path.lower().endswith(BRACING) and bracket == "[" and not re.search(r"[\[\]]", between)


def _between(one: Citation, other: Citation) -> str:
    return one.span.source.text[one.span.end : other.span.start]
