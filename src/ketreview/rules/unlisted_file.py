"""A file stands in a source's folder and is not listed."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus, is_whole
from ketreview.model.source_document import SourceDocument
from ketreview.model.stated import ReadingFolder
from ketreview.patterns import regex
from ketreview.rule import SOURCE_OR_FOLDER, Problem, rule

_PATTERN = regex(r"`([^`\s]{0,100}\*[^`\s]{0,100})`")
_LIST = 2
"""How many files a README lists at least, if it has a list of them."""


@rule("KR702", SOURCE_OR_FOLDER, Severity.INFO)
def unlisted_file(record: SourceDocument | ReadingFolder, corpus: Corpus) -> Iterator[Problem]:
    """A file stands in the folder of a source, at any depth, and no source lists it and no integration names it.

    Perhaps it was read and never integrated, perhaps it was forgotten. The folder's own README is the list and need not
    list itself; hidden files, reviews and stores are no literature. Several sources may share a folder: a file that one
    of them lists is listed. A reading folder (setting `literature`) whose README lists its files is held to that
    list, as far as the texts go that stand directly in it; what the README names anywhere is listed.

    Bad:

    ```yaml reviews/mecfs.yaml
    sources:
    - {id: folder, title: A reading folder, folder: literature, files: [{path: a.md}]}
    ```

    ```markdown literature/a.md
    A
    ```

    ```markdown literature/b.md
    B
    ```

    Good:

    ```yaml reviews/mecfs.yaml
    sources:
    - {id: folder, title: A reading folder, folder: literature, files: [{path: a.md}, {path: b.md}]}
    ```

    ```markdown literature/a.md
    A
    ```

    ```markdown literature/b.md
    B
    ```
    """
    if isinstance(record, ReadingFolder):
        yield from _unlisted_in_folder(record)
    elif is_whole(record, "files"):
        yield from _unlisted_in_source(record, corpus)


def _unlisted_in_source(source: SourceDocument, corpus: Corpus) -> Iterator[Problem]:
    for path in corpus.folders.get(source.folder, ()):
        if path not in corpus.known_files and not _is_aside(PurePosixPath(path).parts[_depth(source) :]):
            yield Problem(f"{shown(path)} stands in the folder of {source.id} and is not listed", source.span("folder"))


def _unlisted_in_folder(folder: ReadingFolder) -> Iterator[Problem]:
    own = [listed for listed in folder.listed if _is_aside((PurePosixPath(listed.span.path).name,))]
    if len(own) < _LIST:
        return
    text = own[0].span.source.text
    patterns = _PATTERN.findall(text)
    for path in folder.files:
        name = PurePosixPath(path).name
        named = name in text or any(fnmatchcase(name, pattern) for pattern in patterns)
        if not named and not _is_aside((name,)):
            message = f"{shown(folder.short(path))} stands in the folder, and the list of its files does not have it"
            yield Problem(message, own[0].span)


def _depth(source: SourceDocument) -> int:
    return len(PurePosixPath(source.folder).parts)


def _is_aside(parts: tuple[str, ...]) -> bool:
    """Whether a path below the folder is hidden, or the folder's README."""
    return any(part.startswith(".") for part in parts) or PurePosixPath(parts[-1]).stem.casefold() == "readme"
