"""Suppression comments, and the lines that each covers."""

# ruff: noqa: E501  tables of cases are wide

from __future__ import annotations

import pytest

from ketreview.model.suppression import Suppression
from ketreview.parsing.bibtex import parse_bib
from ketreview.parsing.manuscripts import parse_manuscript
from ketreview.parsing.reviews import parse_review

HEAD = "schema_version: 1\nid: a\ntitle: A\nstatus: active\n"


def of(found: tuple[Suppression, ...]) -> list[tuple[list[str], str, int, int]]:
    return [([code for code, _ in comment.codes], comment.reason, comment.first, comment.last) for comment in found]


YAML: dict[str, tuple[str, list[tuple[list[str], str, int, int]]]] = {
    "trailing": ("studies: []  # ketreview: ignore[KR205] asked\n", [(["KR205"], "asked", 5, 5)]),
    "two codes": ("studies: [] # ketreview: ignore[KR205, KR603] why\n", [(["KR205", "KR603"], "why", 5, 5)]),
    "no reason": ("studies: [] # ketreview: ignore[KR205]\n", [(["KR205"], "", 5, 5)]),
    "no code": ("studies: [] # ketreview: ignore[] why\n", [([], "why", 5, 5)]),
    "before a record": ("studies:\n# ketreview: ignore[KR205] r\n- id: s\n  design: cohort\n  state: read\n- id: t\n", [(["KR205"], "r", 7, 9)]),
    "before a record, indented": ("studies:\n  # ketreview: ignore[KR205] r\n  - id: s\n    state: read\n", [(["KR205"], "r", 7, 8)]),
    "before a record in flow": ("studies:\n# ketreview: ignore[KR205] r\n- {id: s,\n   state: read}\n", [(["KR205"], "r", 7, 8)]),
    "before a field": ("studies:\n- id: s\n  # ketreview: ignore[KR205] r\n  state: read\n  design: cohort\n", [(["KR205"], "r", 8, 8)]),
    "before a list": ("# ketreview: ignore[KR205] r\nstudies:\n- id: s\n- id: t\nclaims: []\n", [(["KR205"], "r", 6, 8)]),
    "two before one record": ("# ketreview: ignore[KR205] r\n\n# ketreview: ignore[KR603] q\nstudies: []\n", [(["KR205"], "r", 8, 8), (["KR603"], "q", 8, 8)]),
    "at the end": ("studies: []\n# ketreview: ignore[KR205] r\n", [(["KR205"], "r", 6, 6)]),
    "in a quoted scalar": ('summary: "x # ketreview: ignore[KR205] r"\n', []),
    "in a plain scalar": ("summary: x#ketreview: ignore[KR205] r\n", []),
    "in a block scalar": ("summary: |\n  # ketreview: ignore[KR205] r\n", []),
    "in a folded scalar of two lines": ("summary: >\n  a\n  # ketreview: ignore[KR205] r\n  b\n", []),
    "after a block scalar": ("summary: |\n  x\n# ketreview: ignore[KR205] r\nstudies: []\n", [(["KR205"], "r", 8, 8)]),
    "CRLF": ("studies:\r\n# ketreview: ignore[KR205] r\r\n- id: s\r\n  state: read\r\n", [(["KR205"], "r", 7, 8)]),
    "another word": ("studies: [] # ketreview: accept[KR205] r\n", []),
    "never closed": ("studies: [] # ketreview: ignore[KR205 r\n", []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), YAML.values(), ids=YAML)
def test_yaml(text: str, expected: list[tuple[list[str], str, int, int]]) -> None:
    assert of(parse_review("a.yaml", (HEAD + text).encode()).suppressions) == expected


BIB: dict[str, tuple[str, list[tuple[list[str], str, int, int]]]] = {
    "above an entry": ("% ketreview: ignore[KR317] r\n@misc{a,\n  year = 1,\n}\n", [(["KR317"], "r", 2, 4)]),
    "above an entry, a line between": ("% ketreview: ignore[KR317] r\n\n@misc{a,\n}\n", [(["KR317"], "r", 3, 4)]),
    "above a field": (
        "@misc{a,\n  % ketreview: ignore[KR317] r\n  year = {1\n 2},\n note = 3}\n",
        [(["KR317"], "r", 3, 4)],
    ),
    "trailing": ("@misc{a,\n  year = 1, % ketreview: ignore[KR317] r\n}\n", [(["KR317"], "r", 2, 2)]),
    "after the entry": ("@misc{a} % ketreview: ignore[KR317] r\n@misc{b}\n", [(["KR317"], "r", 1, 1)]),
    "in a value": ("@misc{a, note = {% ketreview: ignore[KR317] r\n}}\n", []),
    "at the end": ("@misc{a}\n% ketreview: ignore[KR317] r", [(["KR317"], "r", 2, 2)]),
    "CRLF": ("% ketreview: ignore[KR317] r\r\n@misc{a,\r\n}\r\n", [(["KR317"], "r", 2, 3)]),
    "a number sign is none": ("# ketreview: ignore[KR317] r\n@misc{a}\n", []),
}


@pytest.mark.parametrize(("text", "expected"), BIB.values(), ids=BIB)
def test_bib(text: str, expected: list[tuple[list[str], str, int, int]]) -> None:
    assert of(parse_bib("a.bib", text.encode()).suppressions) == expected


CHAPTERS: dict[str, tuple[str, str, list[tuple[list[str], str, int, int]]]] = {
    "Typst, trailing": ("a.typ", "@a // ketreview: ignore[KR202] r\n@b\n", [(["KR202"], "r", 1, 1)]),
    "Typst, alone": ("a.typ", "// ketreview: ignore[KR202] r\n\n@a\n@b\n\n@c\n", [(["KR202"], "r", 3, 4)]),
    "Typst, in a paragraph": ("a.typ", "@a\n  // ketreview: ignore[KR202] r\n@b\n@c\n", [(["KR202"], "r", 3, 4)]),
    "Typst, in code": ("a.typ", "#f(\n  // ketreview: ignore[KR202] r\n  [@a])\n", [(["KR202"], "r", 3, 3)]),
    "Typst, in a statement": ("a.typ", "#let x = [@a] // ketreview: ignore[KR202] r\n", [(["KR202"], "r", 1, 1)]),
    "Typst, in math": ("a.typ", "$ x // ketreview: ignore[KR202] r\n$\n", [(["KR202"], "r", 1, 1)]),
    "Typst, hidden": ("a.typ", "`// ketreview: ignore[KR202] r` #\"// ketreview: ignore[KR202] r\"\n/* // ketreview: ignore[KR202] r */ https://ketreview: ignore[KR202] r", []),
    "LaTeX, trailing": ("a.tex", "\\cite{a} % ketreview: ignore[KR202] r\r\n\\cite{b}\r\n", [(["KR202"], "r", 1, 1)]),
    "LaTeX, alone": ("a.tex", "\\x\n\n%ketreview: ignore[KR202] r\n% more\n\\cite{a}\n\n\\cite{b}", [(["KR202"], "r", 4, 5)]),
    "LaTeX, in an argument": ("a.tex", "\\cite{a, % ketreview: ignore[KR202] r\n b}", [(["KR202"], "r", 1, 1)]),
    "LaTeX, with a command of its own": ("a.tex", "\\newcommand{\\c}[1]{\\cite{#1}}\n\\c{a} % ketreview: ignore[KR202] r", [(["KR202"], "r", 2, 2)]),
    "LaTeX, hidden": ("a.tex", "\\begin{verbatim}\n% ketreview: ignore[KR202] r\n\\end{verbatim}\n\\% ketreview: ignore[KR202] r\n\\iffalse\n% ketreview: ignore[KR202] r\n\\fi\n\\end{document}\n% ketreview: ignore[KR202] r", []),
    "Markdown, trailing": ("a.md", "@a <!-- ketreview: ignore[KR202] a reason -->\n@b\n", [(["KR202"], "a reason", 1, 1)]),
    "Markdown, alone": ("a.md", "<!-- ketreview: ignore[KR202] r -->\n\n@a\n@b\n\n@c\n", [(["KR202"], "r", 3, 4)]),
    "Markdown, before text": ("a.md", "<!-- ketreview: ignore[KR202] r --> @a\n@b\n", [(["KR202"], "r", 1, 1)]),
    "Markdown, two": ("a.qmd", "<!-- ketreview: ignore[KR202] r -->\n<!-- ketreview: ignore[KR203] q -->\n@a", [(["KR202"], "r", 3, 3), (["KR203"], "q", 3, 3)]),
    "Markdown, over lines": ("a.md", "@a <!--\nketreview: ignore[KR202] r -->\n", []),
    "Markdown, hidden": ("a.md", "`<!-- ketreview: ignore[KR202] r -->`\n\n    <!-- ketreview: ignore[KR202] r -->\n\n```\n<!-- ketreview: ignore[KR202] r -->\n```\n", []),
    "MyST": ("a.md", "```{note}\n{cite}`a` <!-- ketreview: ignore[KR202] r -->\n% ketreview: ignore[KR203] q\n{cite}`b`\n```\n", [(["KR202"], "r", 2, 2), (["KR203"], "q", 4, 5)]),
    "reStructuredText": ("a.rst", ":cite:`a`\n\n.. ketreview: ignore[KR202] r\n\n:cite:`b`\nc\n\n:cite:`d`", [(["KR202"], "r", 5, 6)]),
    "reStructuredText, hidden": ("a.rst", "::\n\n  .. ketreview: ignore[KR202] r\n\nx .. ketreview: ignore[KR202] r\n", []),
    "a site": ("_quarto.yml", "# ketreview: ignore[KR202] r\nnocite: '@a'\n", [(["KR202"], "r", 2, 2)]),
}  # fmt: skip


@pytest.mark.parametrize(("path", "text", "expected"), CHAPTERS.values(), ids=CHAPTERS)
def test_chapters(path: str, text: str, expected: list[tuple[list[str], str, int, int]]) -> None:
    assert of(parse_manuscript(path, text.encode()).suppressions) == expected


def test_codes_and_comments_are_located() -> None:
    (comment,) = parse_bib("a.bib", b"@misc{a} % ketreview: ignore[KR1, KR22] why\n").suppressions
    assert comment.span.text == "% ketreview: ignore[KR1, KR22] why"
    assert [span.text for _, span in comment.codes] == ["KR1", "KR22"]


def test_many_comments_are_read_in_one_pass() -> None:
    count = 20_000
    text = "% ketreview: ignore[KR205] r\n@misc{a}\n" * count
    assert len(parse_bib("a.bib", text.encode()).suppressions) == count
