"""Chapters to citations and includes, one module per language."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import PurePosixPath

from ketreview.diagnostics import Diagnostic, fault
from ketreview.files import SITE_FILES, Files
from ketreview.model.manuscript import LINKED_FORM, MAX_CITATIONS, Manuscript, Mention
from ketreview.parsing.file_faults import MANUSCRIPT_SYNTAX
from ketreview.source import Source, whole_file

LANGUAGES: Mapping[str, tuple[str, str]] = {
    ".typ": ("typst", "parse"),
    ".tex": ("latex", "parse"),
    **dict.fromkeys((".md", ".markdown", ".qmd", ".Rmd", ".rmd"), ("markdown", "parse")),
    ".ipynb": ("notebook", "parse"),
    ".rst": ("rst", "parse"),
    **dict.fromkeys((".yml", ".yaml"), ("markdown_metadata", "parse_quarto")),
}
"""Which module and function read files of an extension; each is loaded when the first file of its language is read."""

REFERENCE_FORMS = frozenset({"@", "#ref"})
"""How Typst refers to a label, and with `@` cites an entry too."""


def parse_manuscript(path: str, data: bytes) -> Manuscript:
    """Reads a chapter in the language of its extension. Never raises.

    Raises:
        KeyError: no language has this extension.
    """
    suffix = path[path.rindex(".") :] if "." in path.rsplit("/", 1)[-1] else ""
    module, function = LANGUAGES[suffix]
    if b"\0" in data:
        return Manuscript(Source(path, ""), module, diagnostics=(_binary(path, data),), whole=False)
    parse: Callable[[str, bytes], Manuscript] = getattr(import_module(f"{__name__}.{module}"), function)
    return _limited(parse(path, data))


def site_files(files: Files, paths: Iterable[str]) -> tuple[str, ...]:
    """The files beside and above Quarto's pages that hold for them: `_quarto.yml`, `_metadata.yml`."""
    folders = {folder for path in paths if path.endswith(".qmd") for folder in PurePosixPath(path).parents}
    names = tuple(sorted(str(folder / name) for folder in folders for name in SITE_FILES))
    return tuple(path for matched in files.find(names).values() for path in matched)


def without_labels(chapters: Sequence[Manuscript], keys: Container[str], prefixes: Container[str]) -> list[Manuscript]:
    """The chapters, less what looks like a citation and is a reference to a label, as Typst writes both alike.

    A key of the store (`keys`) is a citation. Else a label of any chapter is meant, also one that a function or a file
    that is not read may define: its kind, the part before the colon, is that of some label and of no key (`prefixes`).
    In other languages a label is an entry that a chapter writes itself (`\\bibitem`), or a name that it gives to a
    heading or figure (`{#fig-x}`); and a site of Quarto's may have kinds of cross-references of its own. A link in
    Markdown whose whole text is `@name` is somebody's name on a network, where no entry is named so.
    """
    labels = frozenset(label for chapter in chapters for label in chapter.labels)
    sites = tuple(label for chapter in chapters if chapter.language == "quarto" for label in chapter.labels)

    @cache
    def kinds() -> frozenset[str]:
        return frozenset(label.split(":")[0] for label in labels if ":" in label)

    def cites(mention: Mention) -> bool:
        key, kind = mention.key, mention.key.split(":")[0]
        if key in keys or mention.form not in REFERENCE_FORMS:
            return True
        return key not in labels and not (":" in key and kind in kinds() and kind not in prefixes)

    def told_apart(chapter: Manuscript) -> Manuscript:
        for mention in chapter.citations:  # a generator takes twice as long
            if mention.key not in keys:
                break
        else:
            return chapter
        if chapter.language == "typst":
            return replace(chapter, citations=tuple(mention for mention in chapter.citations if cites(mention)))
        refers = sites if chapter.language in {"markdown", "notebook"} else ()
        own = tuple(
            mention
            for mention in chapter.citations
            if mention.key in keys
            or not (mention.key in labels or mention.form == LINKED_FORM or mention.key.startswith(refers))
        )
        return replace(chapter, citations=own) if len(own) < len(chapter.citations) else chapter

    return [told_apart(chapter) for chapter in chapters]


def _limited(chapter: Manuscript) -> Manuscript:
    """The chapter, without the citations beyond a number that no chapter has: each may become a finding."""
    if len(chapter.citations) <= MAX_CITATIONS:
        return chapter
    more = chapter.citations[MAX_CITATIONS].span
    message = f"more than {MAX_CITATIONS:,} citations; those from here on are not read"
    diagnostics = (*chapter.diagnostics, fault(MANUSCRIPT_SYNTAX, more, message))
    return replace(chapter, citations=chapter.citations[:MAX_CITATIONS], diagnostics=diagnostics, whole=False)


def _binary(path: str, data: bytes) -> Diagnostic:
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    reason = "it is UTF-16; save it as UTF-8" if wide else f"byte {data.index(0)} is NUL"
    return fault(MANUSCRIPT_SYNTAX, whole_file(path), f"not a text file, and not read: {reason}")
