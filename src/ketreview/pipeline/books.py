"""The chapters of a project, what they include, and the books that they make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from posixpath import basename, dirname

from ketreview.config.settings import Build
from ketreview.files import CHAPTER_SUFFIXES, Files, Unreadable
from ketreview.globs import below, matches
from ketreview.linking.books import Book, ListedStore
from ketreview.model.manuscript import Link, Manuscript
from ketreview.model.stated import Appendix
from ketreview.parsing.bib_file import BibFile
from ketreview.parsing.manuscripts import parse_manuscript, site_files, without_labels
from ketreview.parsing.manuscripts.inclusion import candidates, reach
from ketreview.parsing.manuscripts.keeping import packed, unpacked
from ketreview.parsing.text import decode_text
from ketreview.pipeline.gathering import Gathering


def gather_chapters(gathering: Gathering, stores: Sequence[BibFile]) -> tuple[list[Manuscript], list[frozenset[str]]]:
    """Every chapter that the settings name or a build includes, and the paths of those that each build is made of."""
    read = _Chapters(gathering)
    named = [path for name in ("chapters", "appendix") for path in gathering.paths(name, CHAPTER_SUFFIXES, only=True)]
    for path in dict.fromkeys([*named, *site_files(gathering.files, named)]):
        read.add(path)
    reached = [reach(gathering.of_build(index, "roots"), read) for index in range(len(gathering.settings.builds))]
    keys = {entry.key for store in stores for entry in store.entries}
    chapters = without_labels(read.chapters, keys, {key.split(":")[0] for key in keys if ":" in key})
    return chapters, reached


def appendices(gathering: Gathering, chapters: Iterable[Manuscript]) -> list[Appendix]:
    """The chapters that the settings name as annotated bibliographies, read as such."""
    named = {path for pattern in gathering.settings.appendix for path in gathering.matches[pattern]}
    if not named:
        return []
    from ketreview.parsing.appendix import SUFFIXES, annotated  # noqa: PLC0415  loaded where there is one

    own = (chapter for chapter in chapters if chapter.source.path in named)
    return [annotated(chapter) for chapter in own if chapter.source.path.endswith(SUFFIXES)]


def store_paths(gathering: Gathering) -> Iterator[str]:
    """The store files of the builds, in order."""
    for index in range(len(gathering.settings.builds)):
        yield from gathering.of_build(index, "bibliography")


def books(
    gathering: Gathering, chapters: Sequence[Manuscript], reached: Sequence[frozenset[str]], whole: Book
) -> list[Book]:
    """The builds, each with its chapters and the stores that count for it; then the chapters of none, if there are any.

    A build has the store files that it is set to have and those that its chapters list; where neither names any, or one
    that is listed is not there, it has those that it can have: the whole store.
    """
    made = [_book(gathering, chapters, *pair, whole) for pair in zip(gathering.settings.builds, reached, strict=True)]
    rest = frozenset(chapter.source.path for chapter in chapters).difference(*(book.chapters for book in made))
    return [*made, _book(gathering, chapters, None, rest, whole)] if rest else made


def _book(
    gathering: Gathering, chapters: Sequence[Manuscript], build: Build | None, reached: frozenset[str], whole: Book
) -> Book:
    own = [chapter for chapter in chapters if chapter.source.path in reached or _rules_over(chapter, reached)]
    roots = [path for pattern in build.roots for path in gathering.matches[pattern]] if build else []
    bases = tuple(dict.fromkeys(dirname(path) for path in roots))
    listed = tuple(
        ListedStore(link.path, link.span, _store_path(gathering, chapter, link, bases, whole))
        for chapter in own
        for link in chapter.bibliographies
    )
    known = {store.path for store in listed if store.path}
    declared = {path for pattern in build.bibliography for path in gathering.matches[pattern]} if build else set()
    lists_all = build is not None and bool(listed) and known <= whole.paths and all(store.path for store in listed)
    stores = whole.stores
    if declared or lists_all:
        stores = tuple(store for store in stores if store.source.path in declared | known)
    missing = build is not None and any(not gathering.matches[pattern] for pattern in build.bibliography)
    unread = known - whole.paths or declared - {store.source.path for store in whole.stores}
    complete = not (missing or unread) and (
        all(store.complete for store in stores) if declared or lists_all else whole.complete
    )
    return Book(build, frozenset(chapter.source.path for chapter in own), stores, listed, complete)


def _store_path(gathering: Gathering, chapter: Manuscript, link: Link, bases: Iterable[str], whole: Book) -> str:
    """The path of a store that a chapter lists; empty if there is no such file.

    LaTeX also seeks in folders that its caller names: there a store file of that name is meant.
    """
    for base in (*bases, dirname(chapter.source.path)):
        for path in candidates(chapter, link, base):
            if path in whole.paths or gathering.files.size(path) is not None:
                return path
    if chapter.language == "latex":
        return next((path for path in sorted(whole.paths) if basename(path) == basename(link.path)), "")
    return ""


def _rules_over(chapter: Manuscript, reached: frozenset[str]) -> bool:
    """Whether a chapter is the settings of a site (`_quarto.yml`) that pages of a build stand in."""
    if chapter.language != "quarto":
        return False
    pattern = below(dirname(chapter.source.path) or ".")
    return any(matches(pattern, path) for path in reached)


class _Chapters:
    """The chapters read so far; asked for another path, it reads that too if it is one of a chapter that is there."""

    def __init__(self, gathering: Gathering) -> None:
        self._gathering = gathering
        self._known: dict[str, Manuscript | None] = {}

    @property
    def chapters(self) -> list[Manuscript]:
        return [chapter for chapter in self._known.values() if chapter is not None]

    def add(self, path: str) -> None:
        self._known[path] = self._kept(path) or self._read(path)

    def _kept(self, path: str) -> Manuscript | None:
        """A chapter that is as it was in a run before."""
        files = self._gathering.files
        try:
            kept = files.recall(path)
            return unpacked(path, kept, lambda: _text(files, path)) if kept is not None else None
        except (ValueError, TypeError, KeyError):  # what was kept is broken
            return None

    def _read(self, path: str) -> Manuscript | None:
        chapter = self._gathering.parse_one(path, parse_manuscript)
        if chapter is not None and (facts := packed(chapter)) is not None:
            self._gathering.files.keep(path, facts)
        return chapter

    def __call__(self, path: str) -> Manuscript | None:
        if path not in self._known:
            if path.endswith(CHAPTER_SUFFIXES) and self._gathering.files.size(path) is not None:
                self.add(path)
            else:
                self._known[path] = None
        return self._known[path]


def _text(files: Files, path: str) -> str:
    data = files.read(path)
    return "" if isinstance(data, Unreadable) else decode_text(path, data)[0].text
