"""The texts of a folder of literature and of those below it, read to folders, sections and lines."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from posixpath import basename, dirname

from ketreview.changes.importing.outline import Item, Part, parts
from ketreview.frozen import frozen
from ketreview.model.stated import ReadingFolder
from ketreview.parsing.literature import folders_of, is_text, parse_folder, sections
from ketreview.parsing.text import decode_text
from ketreview.source import Source, Span

_ORDER = ("readme", "notes", "key", "")
_DRAFTS = ("integration", "complet", "guide", "staging")


@frozen(slots=False)
class Text:
    """A text with its parts. `speaks` says whether its statements are read: not those of drafts and of abstracts."""

    source: Source
    parts: tuple[Part, ...]

    @property
    def name(self) -> str:
        """The name of its file."""
        return basename(self.source.path)

    @property
    def is_abstract(self) -> bool:
        """Whether it is the abstract of a work."""
        return "abstract" in self.name.casefold()

    @property
    def speaks(self) -> bool:
        """Whether its statements are those of the folder: drafts for chapters say them again."""
        return not self.is_abstract and not any(word in self.name.casefold() for word in _DRAFTS)

    @property
    def is_readme(self) -> bool:
        """Whether it speaks for the folder."""
        return self.name.casefold().startswith("readme")

    @cached_property
    def _starts(self) -> list[int]:
        return [part.section.start for part in self.parts]

    def part_at(self, offset: int) -> Part | None:
        """The part that an offset stands in; a heading belongs to what stands below it."""
        index = bisect_right(self._starts, offset) - 1
        part = self.parts[index] if index >= 0 else None
        if part is not None and offset >= part.section.end and index + 1 < len(self.parts):
            return self.parts[index + 1]
        return part if part is not None else next(iter(self.parts), None)

    def item_at(self, part: Part, offset: int) -> Item | None:
        """The block of a part that an offset stands in."""
        blocks, starts = part.blocks
        index = bisect_right(starts, offset) - 1
        return blocks[index] if index >= 0 and offset < blocks[index].span.end else None


@frozen(slots=False)
class Folder:
    """A folder of literature; `source` is the id of its source document, `is_work` says whether it is of one work."""

    read: ReadingFolder
    texts: tuple[Text, ...]
    source: str
    is_work: bool
    others: tuple[str, ...] = ()

    @cached_property
    def below(self) -> frozenset[str]:
        """The names of the folders below it."""
        return frozenset(basename(dirname(other)) for other in self.others)

    @property
    def name(self) -> str:
        """The folder's own name."""
        return basename(self.read.path.rstrip("/"))

    @property
    def heading(self) -> str:
        """Its title, else its name in words."""
        title = self.read.heading.value.strip() if self.read.heading else ""
        return title or self.name.replace("_", " ").replace("-", " ")

    @property
    def first(self) -> Span:
        """Where it begins."""
        return self.read.heading.span if self.read.heading else Span(self.texts[0].source, 0, 0)

    def text_of(self, span: Span) -> Text | None:
        """The text that a place stands in."""
        return next((text for text in self.texts if text.source.path == span.path), None)

    def at(self, span: Span) -> str:
        """A place as a reader of the folder finds it: by its headings, in texts beside the README with their name."""
        text = self.text_of(span)
        part = text.part_at(span.start) if text else None
        if text is None or part is None:
            return ""
        where = part.at(text.item_at(part, span.start))
        alone = text.is_readme or len(self.texts) == 1
        return where if alone else ": ".join([text.name, *([where] if where else [])])


def folders(
    top: str, files: Mapping[str, bytes], others: Sequence[str], ids: Mapping[str, str], levels: Collection[str] = ()
) -> Iterator[Folder]:
    """The folders at and below `top` that directly hold a text.

    `ids` are the ids of their source documents, `levels` the project's own words for certainty.
    """
    paths = sorted(path for path in files if is_text(path))
    found = folders_of(paths)
    known = sorted((*paths, *others))
    for path in sorted(found, key=lambda path: (path != top, path)):
        names = found[path]
        own = set(names)
        below = [other for other in _below(path, known) if other not in own]
        read = parse_folder(path, [(name, files[name]) for name in names], below, levels)
        holds = any(is_text(other) and dirname(other) != path for other in below)
        identity = read.identity
        named = identity.keys or identity.dois or identity.pmids or identity.titles or identity.citations
        yield Folder(read, _texts(names, files), ids[path], bool(named) and not holds, tuple(below))


def _texts(names: Sequence[str], files: Mapping[str, bytes]) -> tuple[Text, ...]:
    found = []
    for name in sorted(names, key=_rank):
        source, _ = decode_text(name, files[name])
        found.append(Text(source, parts(sections(source))))
    return tuple(found)


def _rank(path: str) -> tuple[int, str]:
    name = basename(path).casefold()
    return next(place for place, word in enumerate(_ORDER) if name.startswith(word)), name


def _below(folder: str, paths: Sequence[str]) -> Sequence[str]:
    """The sorted paths that stand in a folder, at any depth."""
    if not folder:
        return paths
    return paths[bisect_left(paths, f"{folder}/") : bisect_left(paths, f"{folder}0")]  # `0` comes right behind `/`
