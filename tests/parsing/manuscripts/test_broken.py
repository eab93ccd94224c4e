"""Chapters that cannot be read whole (KR013)."""

# ruff: noqa: E501  tables of cases are wide

from __future__ import annotations

import json

import pytest

from ketreview.model.manuscript import Manuscript
from ketreview.parsing.manuscripts import LANGUAGES, parse_manuscript
from ketreview.parsing.yaml_tree import MAX_DEPTH

CELL = '{"cell_type": "markdown", "source": ["@a"]}'

BROKEN: dict[str, tuple[str, str, tuple[int, int], str, list[str]]] = {
    "JSON": ("a.ipynb", f'{{"cells": [{CELL},\n{CELL}', (2, 44), "not JSON: expecting ',' delimiter", ["a", "a"]),
    "a word in JSON": ("a.ipynb", f'{{"cells": [{CELL}, x {CELL}]}}', (1, 57), "not JSON: expecting value", ["a"]),
    "nothing": ("a.ipynb", "", (1, 1), "not JSON", []),
    "deep JSON": ("a.ipynb", "[" * 100_000, (1, 1), "nests too deep", []),
    "another JSON": ("a.ipynb", '{"x": 1}', (1, 1), "no list `cells`", []),
    "an old notebook": ("a.ipynb", f'{{"nbformat": 3, "worksheets": [{{"cells": [{CELL}]}}]}}', (1, 1), "format 4", []),
    "metadata": ("a.md", "\ufeff---\ntitle: a: b\n---\n@a", (2, 9), "metadata that are not YAML", ["a"]),
    "a quote in metadata": ("a.qmd", "---\ntitle: 'a\nb: c\n---\n@a", (4, 1), "begins at line 2, column 8", ["a"]),
    "CRLF": ("a.markdown", "---\r\nx: [\r\n---\r\n@a", (3, 1), "not YAML", ["a"]),
    "a site": ("x/_quarto.yml", "project:\n  type: [", (2, 10), "not YAML", []),
    "raw text": ("a.typ", "@a\n@b `x @no", (2, 4), "is never closed", ["a", "b"]),
    "a fence": ("a.typ", "@a ```typ @no ``", (1, 4), "is never closed", ["a"]),
    "a string": ("a.typ", '@a #f("x @no', (1, 7), "is never closed", ["a"]),
    "a string in a statement": ("a.typ", '@a\n#let x = "x\n@no', (2, 10), "is never closed", ["a"]),
    "a comment": ("a.typ", "@a\n /* x @no\n", (2, 2), "is never closed, and hides all that follows", ["a"]),
    "a comment in a comment": ("a.typ", "@a /* in src/*.typ */ @no", (1, 4), "a `/*` in a comment needs", ["a"]),
    "a comment in code": ("a.typ", "@a #f( /* x ) @no", (1, 8), "is never closed", ["a"]),
    "a comment in a condition": ("a.typ", "@a #if /* x @no", (1, 8), "is never closed", ["a"]),
    "a citation": ("a.tex", "\\cite{a}\n\\parencite*[see][]{no, no2\nend\n\n\\cite{b}", (2, 1), "`\\parencite*[see][]{` has no `}`", ["a", "b"]),
    "a citation at the end": ("a.tex", "\\cite{a} x~\\citep{ no", (1, 12), "no `}` before the end of its paragraph", ["a"]),
    "a citation of the author's own": ("a.tex", "\\newcommand{\\my}[1]{\\cite{#1}}\n\\my{no", (2, 1), "`\\my{` has no `}`", []),
    "a condition": ("a.tex", "\\cite{a}\n\\iffalse\n\\cite{no}\n\\ifx\\a\\b", (2, 1), "`\\iffalse` has no `\\fi`, and hides", ["a"]),
    "a condition in a line": ("a.tex", "\\cite{a} \\iffalse \\cite{no}", (1, 10), "has no `\\fi`", ["a"]),
    "a condition of numbers": ("a.tex", "\\cite{a}\n \\if0 \n\\cite{no}\n\\end{document}", (2, 2), "`\\if` has no `\\fi`", ["a"]),
    "verbatim": ("a.tex", "\\cite{a}\n \\begin{verbatim}\n\\cite{no}", (2, 2), "has no end", ["a"]),
    "a listing": ("a.tex", "\\cite{a}\n\\begin{lstlisting}[x]\n\\cite{no}\n\\end{document}", (2, 1), "no end", ["a"]),
}  # fmt: skip


def faults(manuscript: Manuscript) -> list[str]:
    return [finding.code.id for finding in manuscript.diagnostics]


@pytest.mark.parametrize(("path", "text", "place", "words", "keys"), BROKEN.values(), ids=BROKEN)
def test_what_hides_the_rest_is_located(
    path: str, text: str, place: tuple[int, int], words: str, keys: list[str]
) -> None:
    manuscript = parse_manuscript(path, text.encode())
    (found,) = manuscript.diagnostics
    assert (found.code.id, tuple(found.span.begin)) == ("KR013", place)
    assert words in found.message
    assert [mention.key for mention in manuscript.citations] == keys
    assert not manuscript.whole


WHOLE: dict[str, tuple[str, str]] = {
    "a rule, and text that is not YAML": ("a.md", "text\n\n---\nNote: a: b\n---\n@a"),
    "metadata that are never closed": ("a.md", "---\ntitle: a: b\n\n@a"),
    "tags of R": ("a.Rmd", "---\ndate: !r Sys.Date()\nlist:\n- !expr x\n---\n@a"),
    "a tag that is not plain": ("a.md", "---\ndate: !!timestamp 2020-01-01\n---\n@a"),
    "an empty notebook": ("a.ipynb", '{"cells": []}'),
    "a number of any length": ("a.ipynb", f'{{"cells": [], "x": {"1" * 10_000}}}'),
    "comments in a comment": ("a.typ", "/* a /* b */ c */ @a /* d */"),
    "two slashes and a star": ("a.typ", "// /* no\n@a https://x.org/*"),
    "a brace in text behind citations": ("a.tex", "\\cites{a}{b}{\\it x\n\n}"),
    "a citation without keys": ("a.tex", "\\cite and {\\bf a\n\n} \\cite{|x\n\n|}"),
    "a citation in verbatim": ("a.tex", "\\verb|\\cite{a| and\n\\begin{verbatim}\n\\cite{a\n\\end{verbatim}\n% \\cite{a\n"),
    "a name for a condition": ("a.tex", "\\let\\ifdraft\\iffalse\n\\global\\let\\ifx=\\iffalse\n\\cite{a}"),
    "a condition in a definition": ("a.tex", "\\newcommand{\\hide}{\\iffalse}\n\\cite{a}"),
    "a condition with a command that is none": ("a.tex", "\\iffalse\n\\ifthenelse{a}{b}{c} \\else \\cite{a}\n\\fi"),
    "raw text to the end": ("a.typ", '`a` ```b``` #"c" ``'),
    "a quote in text": ("a.typ", 'a " b'),
    "verbatim in a definition": ("a.tex", "\\newcommand{\\x}{\\begin{verbatim}}\n\\cite{a}"),
    "a directive without an end": ("a.rst", ".. note::"),
}  # fmt: skip


@pytest.mark.parametrize(("path", "text"), WHOLE.values(), ids=WHOLE)
def test_what_is_whole_is_not_reported(path: str, text: str) -> None:
    manuscript = parse_manuscript(path, text.encode())
    assert not manuscript.diagnostics
    assert manuscript.whole


def test_a_condition_that_may_be_a_name_is_not_reported_and_hides() -> None:
    manuscript = parse_manuscript("a.tex", b"\\expandafter\\let\\csname ifx\\endcsname\\iffalse \\cite{a}")
    assert (manuscript.diagnostics, manuscript.citations, manuscript.whole) == ((), (), False)


@pytest.mark.parametrize("suffix", sorted(LANGUAGES))
def test_a_binary_file_is_reported_once_and_not_read(suffix: str) -> None:
    for data, words in ((b"@a [@b] \\cite{c}\xff\0\0", "NUL"), ("@a".encode("utf-16"), "UTF-16")):
        manuscript = parse_manuscript("book/a" + suffix, data)
        assert faults(manuscript) == ["KR013"]
        assert words in manuscript.diagnostics[0].message
        assert manuscript.diagnostics[0].span.path == "book/a" + suffix
        assert (manuscript.citations, manuscript.whole) == ((), False)


def test_metadata_that_nest_deep_end() -> None:
    deep = "[" * (MAX_DEPTH * 100)
    assert [mention.key for mention in parse_manuscript("a.md", f"---\nx: {deep}\n---\n@a".encode()).citations] == ["a"]


def test_a_notebook_is_read_up_to_its_fault() -> None:
    data = json.dumps({"cells": [json.loads(CELL)] * 3}).encode()
    assert len(parse_manuscript("a.ipynb", data).citations) == 3
    assert len(parse_manuscript("a.ipynb", data[:-30]).citations) == 2
