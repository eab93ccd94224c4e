"""Chapters to citations and includes, one module per language."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import replace
from importlib import import_module

from ketreview.model.manuscript import Manuscript, Mention

LANGUAGES: Mapping[str, str] = {
    ".typ": "typst",
    ".tex": "latex",
}
"""Which module reads files of an extension; each is loaded when the first file of its language is read."""

REFERENCE_FORMS = frozenset({"@", "#ref"})
"""How Typst refers to a label, and with `@` cites an entry too."""


def parse_manuscript(path: str, data: bytes) -> Manuscript:
    """Reads a chapter in the language of its extension. Never raises.

    Raises:
        KeyError: no language has this extension.
    """
    suffix = path[path.rindex(".") :] if "." in path.rsplit("/", 1)[-1] else ""
    parse: Callable[[str, bytes], Manuscript] = import_module(f"{__name__}.{LANGUAGES[suffix]}").parse
    return parse(path, data)


def without_labels(chapters: Sequence[Manuscript], keys: Container[str], prefixes: Container[str]) -> list[Manuscript]:
    """The chapters, less what looks like a citation and is a reference to a label, as Typst writes both alike.

    A key of the store (`keys`) is a citation. Else a label of any chapter is meant, also one that a function or a file
    that is not read may define: its kind, the part before the colon, is that of some label and of no key (`prefixes`).
    In other languages a label is an entry that a chapter writes itself (`\\bibitem`).
    """
    labels = frozenset(label for chapter in chapters for label in chapter.labels)
    kinds = frozenset(label.split(":")[0] for label in labels if ":" in label)

    def cites(mention: Mention) -> bool:
        key, kind = mention.key, mention.key.split(":")[0]
        if key in keys or mention.form not in REFERENCE_FORMS:
            return True
        return key not in labels and not (":" in key and kind in kinds and kind not in prefixes)

    def told_apart(chapter: Manuscript) -> Manuscript:
        if chapter.language == "typst":
            return replace(chapter, citations=tuple(mention for mention in chapter.citations if cites(mention)))
        own = tuple(mention for mention in chapter.citations if mention.key in keys or mention.key not in labels)
        return replace(chapter, citations=own) if len(own) < len(chapter.citations) else chapter

    return [told_apart(chapter) for chapter in chapters]
