"""A file stands in a source's folder and is not listed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from ketreview.diagnostics import Severity
from ketreview.linking import Corpus, is_whole
from ketreview.model.source_document import SourceDocument
from ketreview.parsing.text import shown
from ketreview.rule import SOURCE, Problem, rule


@rule("KR702", SOURCE, Severity.INFO)
def unlisted_file(source: SourceDocument, corpus: Corpus) -> Iterator[Problem]:
    """A file stands in the folder of a source, at any depth, and no source lists it and no integration names it.

    Perhaps it was read and never integrated, perhaps it was forgotten. The folder's own README is the list and need not
    list itself; hidden files, reviews and stores are no literature. Several sources may share a folder: a file that one
    of them lists is listed.

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
    if not is_whole(source, "files"):
        return
    for path in corpus.folders.get(source.folder, ()):
        if path not in corpus.known_files and not _is_aside(PurePosixPath(path).parts[_depth(source) :]):
            yield Problem(f"{shown(path)} stands in the folder of {source.id} and is not listed", source.span("folder"))


def _depth(source: SourceDocument) -> int:
    return len(PurePosixPath(source.folder).parts)


def _is_aside(parts: tuple[str, ...]) -> bool:
    """Whether a path below the folder is hidden, or the folder's README."""
    return any(part.startswith(".") for part in parts) or PurePosixPath(parts[-1]).stem.casefold() == "readme"
