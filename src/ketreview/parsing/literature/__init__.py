"""Folders of literature as people keep them (README, notes, abstract, key findings), by meaning, not exact words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from posixpath import basename, dirname

from ketreview.diagnostics import Diagnostic
from ketreview.model.stated import Declared, Identity, ReadingFolder, Stated
from ketreview.model.vocabulary import IntegrationKind
from ketreview.parsing.literature.certainty import ratings
from ketreview.parsing.literature.collection import is_collection
from ketreview.parsing.literature.identity import identity
from ketreview.parsing.literature.listed import Folder, lists
from ketreview.parsing.literature.sections import Section, sections
from ketreview.parsing.literature.status import statuses
from ketreview.parsing.text import decode_text
from ketreview.source import Source

__all__ = ["TEXT_SUFFIXES", "Section", "folders_of", "is_text", "parse_folder", "sections"]

TEXT_SUFFIXES = (".md", ".markdown", ".txt", ".rst")
"""What is read in a folder of literature."""
_NOTES = 1
_ORDER = ("readme", "notes", "abstract", "key", "integration")


def is_text(path: str) -> bool:
    """Whether a file is one of those that are read."""
    return path.casefold().endswith(TEXT_SUFFIXES)


def folders_of(paths: Iterable[str]) -> dict[str, list[str]]:
    """The folders that directly hold a text, each with its own texts; both in the order of the paths."""
    found: dict[str, list[str]] = {}
    for path in paths:
        if is_text(path) and not basename(path).startswith("."):
            found.setdefault(dirname(path), []).append(path)
    return found


def parse_folder(
    path: str, files: Sequence[tuple[str, bytes]], others: Sequence[str] = (), words: Collection[str] = ()
) -> ReadingFolder:
    """Reads a folder of literature. Never raises.

    `path` is the folder from the project's root, `files` the texts directly in it, `others` the rest of the files in it
    and below, `words` a project's own words for levels of certainty. A folder that has reading folders below it, or
    tells of several works, has an identity only where its README states a single one.
    """
    ordered = sorted(files, key=lambda file: _rank(file[0]))
    texts: list[tuple[Source, tuple[Section, ...]]] = []
    found: list[Diagnostic] = []
    for name, data in ordered:
        source, faults = decode_text(name, data)
        found += faults
        texts.append((source, sections(source)))
    names = tuple(sorted(name for name, _ in files))
    folder = Folder.of(path, (*names, *others))
    several = _is_topic(path, others) or _several(texts)
    listings = [lists(folder, parts) for _, parts in texts]
    declared = [statuses(parts) for _, parts in texts]
    readme = [text for text in texts if _rank(text[0].path)[0] == 0]
    return ReadingFolder(
        path,
        names,
        heading=_heading(texts),
        identity=_single(identity(readme)) if several else identity(texts),
        certainty=tuple(rated for _, parts in (readme if several else texts) for rated in ratings(parts, words)),
        listed=_once(listed for each in listings for listed in each.listed),
        declared=tuple(_certain(item, folder, several) for each in declared for item in each.declared),
        unmapped=(
            *(line for each in declared for line in each.unmapped),
            *(line for each in listings for line in each.unmapped),
        ),
        diagnostics=tuple(found),
    )


def _once(listed: Iterable[Stated]) -> tuple[Stated, ...]:
    """Each file where it is listed first."""
    kept: dict[str, Stated] = {}
    for file in listed:
        kept.setdefault(file.value, file)
    return tuple(kept.values())


def _certain(item: Declared, folder: Folder, several: bool) -> Declared:
    """A declared file without its path, where that may be of another folder."""
    if item.kind is not IntegrationKind.FILE or not item.target or folder.join(item.target) in folder.known:
        return item
    return item if "/" not in item.target and not several else item._replace(target="")


def _rank(path: str) -> tuple[int, str]:
    """Where a text stands in the order of reading: the README first, as it speaks for the folder."""
    name = basename(path).casefold()
    return next((place for place, word in enumerate(_ORDER) if name.startswith(word)), len(_ORDER)), name


def _is_topic(path: str, others: Sequence[str]) -> bool:
    """Whether reading folders stand below a folder."""
    return any(is_text(other) and dirname(other) != path for other in others)


def _several(texts: Sequence[tuple[Source, Sequence[Section]]]) -> bool:
    """Whether the texts of a folder tell of several works."""
    abstracts = sum("abstract" in basename(source.path).casefold() for source, _ in texts)
    speaking = [source for source, _ in texts if _rank(source.path)[0] <= _NOTES]
    return abstracts > 1 or any(map(is_collection, speaking or (source for source, _ in texts)))


def _single(found: Identity) -> Identity:
    """An identity, if it is that of one work with a citation."""
    one = len(found.citations) == 1 and len(found.dois) <= 1 and len(found.keys) <= 1 and len(found.pmids) <= 1
    return found if one else Identity()


def _heading(texts: Sequence[tuple[Source, Sequence[Section]]]) -> Stated | None:
    """The first title among the texts."""
    headings = (part.heading for _, parts in texts for part in parts[:2] if part.level == 1)
    return next(headings, None)
