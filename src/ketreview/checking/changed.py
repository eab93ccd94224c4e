"""What changed since a revision of git, and which findings that concerns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property

from ketreview.checking.records import ENTRY, Named, Place, differing, entries, records
from ketreview.checking.suppressing import Suppressions
from ketreview.diagnostics import Diagnostic, shown
from ketreview.files import BIB_SUFFIXES, CHAPTER_SUFFIXES, REVIEW_SUFFIXES, SITE_FILES, SUFFIXES, Files, Unreadable
from ketreview.files.revision import RevisionFiles
from ketreview.history import RevisionError
from ketreview.linking import Corpus
from ketreview.parsing.bibtex import parse_bib
from ketreview.parsing.suppressions import MARKER
from ketreview.parsing.text import decode_text
from ketreview.source import Span

_ID = 3  # the parts of the name of a record that has one


class Changes:
    """What is not as it was. Only files that differ are read as they were; `paths` are those that were read now.

    Raises:
        RevisionError: git cannot give a file as it was.
    """

    def __init__(
        self, then: RevisionFiles, now: Files, corpus: Corpus, suppressions: Suppressions, paths: Collection[str]
    ) -> None:
        self._then, self._now, self._suppressions = then, now, suppressions
        self._same, old = _compared(then, now, [path for path in paths if path.endswith(SUFFIXES)])
        self._places = {place.path: place for place in self._places_now(corpus)}
        stores = {file.source.path for file in (*corpus.bibliography, *corpus.staged)}
        then.expect(old)
        self._before = {path: _place_then(then, path, is_store=path in stores) for path in old}
        before = [record for place in self._before.values() for record in place.records]
        own = [record for place in self._places.values() for record in place.records]
        self._changed = differing(before, own)
        self._gone = _ids(before) - _ids(own)

    def concerns(self, finding: Diagnostic) -> bool:
        """Whether a finding is about what changed: its own place, a related one, or an entry or id that it is about.

        What was found while reading always is.
        """
        return (
            finding.code.reading
            or (ENTRY, finding.subject.key) in self._changed
            or self._names_what_is_gone(finding)
            or any(self._is_changed(span) for span in (finding.span, *(near.span for near in finding.related)))
        )

    def _places_now(self, corpus: Corpus) -> Iterator[Place]:
        for file in (*corpus.bibliography, *corpus.staged):
            if not self._is_same(file.source.path):
                yield entries(file.source, file.entries, self._suppressions.get(file.source.path, ()))
        for review in corpus.reviews:
            path = review.where.source.path
            if not self._is_same(path):
                yield records(review, self._suppressions.get(path, ()))

    def _names_what_is_gone(self, finding: Diagnostic) -> bool:
        """Whether the words that a finding points at are the id of a record that its review no longer has."""
        review, _, name = finding.span.text.strip("\"' ").rpartition(":")
        return (review or finding.subject.review, name) in self._gone

    def _is_changed(self, span: Span) -> bool:
        if self._is_same(span.path):
            return False
        if span.start == span.end == 0:  # a file as a whole
            return True
        place = self._places.setdefault(span.path, Place(span.source, self._suppressions.get(span.path, ())))
        record = place.at(span.start)
        if record.name:
            return record.name in self._changed
        return record.text not in self._blocks_before(span.path)

    def _is_same(self, path: str) -> bool:
        """Whether a file is as it was; for one that could not be read, whether there was one."""
        if path not in self._same:
            data = self._now.read(path)
            same = self._then.is_there(path) if isinstance(data, Unreadable) else self._then.holds(path, data)
            self._same[path] = same
        return self._same[path]

    def _blocks_before(self, path: str) -> Collection[str]:
        """The paragraphs and lines that there were, in any file of the project."""
        if path not in self._before and self._then.size(path) is not None:
            self._before[path] = _place_then(self._then, path, is_store=False)
            self.__dict__.pop("_blocks", None)
        return self._blocks

    @cached_property
    def _blocks(self) -> frozenset[str]:
        return frozenset(block.text for place in self._before.values() for block in place.blocks)


def _compared(then: RevisionFiles, now: Files, paths: Iterable[str]) -> tuple[dict[str, bool], list[str]]:
    """Of each path whether its file is as it was, or was so under another name; and the files to read as they were."""
    ids: dict[str, str] = {}
    same: dict[str, bool] = {}
    for path in dict.fromkeys(paths):
        data = now.read(path)
        if isinstance(data, bytes):
            ids[path] = then.id_of(data)
        same[path] = isinstance(data, bytes) and then.holds(path, data)
    gone = [path for path in then.every() if path.endswith(SUFFIXES) and path not in same and now.size(path) is None]
    moved = {then.tree[path].id: path for path in reversed(gone)}
    for path, name in list(ids.items()):
        if not then.is_there(path) and name in moved:
            same[path] = True
            ids[moved.pop(name)] = ""
    return same, [
        *(path for path, name in ids.items() if name and not same[path] and then.size(path) is not None),
        *(path for path in gone if path not in ids),
    ]


def _place_then(then: RevisionFiles, path: str, *, is_store: bool) -> Place:
    """A file as it was, with what was accepted in it."""
    data = then.read(path)
    if isinstance(data, Unreadable):
        raise RevisionError(f"{shown(path)} cannot be read as it was: {data.reason}")
    if is_store or path.endswith(BIB_SUFFIXES):
        store = parse_bib(path, data)
        return entries(store.source, store.entries, store.suppressions)
    if path.endswith(REVIEW_SUFFIXES) and not path.endswith(SITE_FILES):
        from ketreview.parsing.reviews import parse_review  # noqa: PLC0415  what reads YAML is loaded where there is some

        file = parse_review(path, data)
        return records(file.review, file.suppressions) if file.review else Place(file.source, file.suppressions)
    if MARKER.encode() in data and path.endswith(CHAPTER_SUFFIXES):
        from ketreview.parsing.manuscripts import parse_manuscript  # noqa: PLC0415  as above

        chapter = parse_manuscript(path, data)
        return Place(chapter.source, chapter.suppressions)
    return Place(decode_text(path, data)[0], ())


def _ids(known: Iterable[Named]) -> frozenset[tuple[str, str]]:
    """The reviews and ids of records that have one."""
    return frozenset((record.name[0], record.name[2]) for record in known if len(record.name) == _ID)
