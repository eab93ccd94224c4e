"""Chapters to citations and includes, one module per language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module

from ketreview.model.manuscript import Manuscript

LANGUAGES: Mapping[str, str] = {
    ".typ": "typst",
    ".tex": "latex",
    ".md": "markdown",
    ".qmd": "markdown",
    ".ipynb": "notebook",
    ".rst": "rst",
}
"""Which module reads files of an extension; each is loaded when the first file of its language is read."""


def parse_manuscript(path: str, data: bytes) -> Manuscript:
    """Reads a chapter in the language of its extension. Never raises.

    Raises:
        KeyError: no language has this extension.
    """
    suffix = path[path.rindex(".") :] if "." in path.rsplit("/", 1)[-1] else ""
    parse: Callable[[str, bytes], Manuscript] = import_module(f"{__name__}.{LANGUAGES[suffix]}").parse
    return parse(path, data)


def without_labels(chapters: list[Manuscript]) -> list[Manuscript]:
    """The chapters, less what looks like a citation and refers to a label of any of them (Typst writes both alike)."""
    labels = frozenset(label for chapter in chapters for label in chapter.labels)
    return [
        replace(chapter, citations=tuple(mention for mention in chapter.citations if mention.key not in labels))
        if chapter.language == "typst" and labels
        else chapter
        for chapter in chapters
    ]
