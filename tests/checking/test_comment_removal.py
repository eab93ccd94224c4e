"""Suppressions taken out of their files: the comment or one code of it, and not a byte more."""

# ruff: noqa: E501  tables of cases are wide

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fixing import Looking
from tests.projects import HEAD

REVIEW = HEAD.format(id="a")
STORE = "@misc{a}\n@misc{b}\n"
SETTINGS = 'chapters = ["c.*"]\n'
S = "ketreview: ignore"

CASES: dict[str, tuple[str, str, str | None]] = {
    "bib, alone": ("references.bib", f"@misc{{a}}\n  % {S}[KR101] x\n@misc{{b}}\n", "@misc{a}\n@misc{b}\n"),
    "bib, trailing": ("references.bib", f"@misc{{a, year = 1, \t% {S}[KR101] x\n}}\n", "@misc{a, year = 1,\n}\n"),
    "bib, at the end": ("references.bib", f"@misc{{a}}\n% {S}[KR101] x", "@misc{a}\n"),
    "bib, at the start": ("references.bib", f"% {S}[KR101] x\r\n@misc{{a}}\r\n", "@misc{a}\r\n"),
    "bib, all of several": ("references.bib", f"% {S}[KR101, KR104,KR301] x\n@misc{{a}}\n", "@misc{a}\n"),
    "bib, the first is used": ("references.bib", f"@misc{{a}}\n% {S}[KR101, KR104] x\n@misc{{a}}\n", f"@misc{{a}}\n% {S}[KR101] x\n@misc{{a}}\n"),
    "bib, the last is used": ("references.bib", f"@misc{{a}}\n% {S}[KR104,  KR301, KR101 ] x\n@misc{{a}}\n", f"@misc{{a}}\n% {S}[KR101 ] x\n@misc{{a}}\n"),
    "bib, one between is used": ("references.bib", f"@misc{{a}}\n% {S}[KR104, KR101, KR301]\n@misc{{a}}\n", f"@misc{{a}}\n% {S}[KR101]\n@misc{{a}}\n"),
    "bib, a code twice": ("references.bib", f"% {S}[KR104, KR104] x\n@misc{{a}}\n", "@misc{a}\n"),
    "bib, an unknown code": ("references.bib", f"% {S}[KR104, KRX] x\n@misc{{a}}\n", f"% {S}[KRX] x\n@misc{{a}}\n"),
    "bib, a comment that only a line feed ends": ("references.bib", f"@misc{{a}}\n% {S}[KR101] x\r@misc{{c}}\n", None),
    "yaml, alone": ("reviews/a.yaml", f"{REVIEW}# {S}[KR603] x\nstudies: []\n", f"{REVIEW}studies: []\n"),
    "yaml, lone carriage returns": ("reviews/a.yaml", f"{REVIEW}# {S}[KR603] x\nstudies: []\n".replace("\n", "\r"), f"{REVIEW}studies: []\n".replace("\n", "\r")),
    "yaml, trailing": ("reviews/a.yaml", f"{REVIEW}studies: []  # {S}[KR603] x\n", f"{REVIEW}studies: []\n"),
    "Typst": ("c.typ", f"@a // {S}[KR202] x\n// {S}[KR202]\n@b", "@a\n@b"),
    "LaTeX": ("c.tex", f"\\cite{{a}} % {S}[KR202] x\n  % {S}[KR202]\n\\cite{{b}}", "\\cite{a}\n\\cite{b}"),
    "LaTeX, where the comment joins two lines": ("c.tex", f"\\cite{{a}}% {S}[KR202] x\nand \\cite{{b}}", "\\cite{a}%\nand \\cite{b}"),
    "Markdown, alone": ("c.md", f"A @a\n\n  <!-- {S}[KR202] x -->  \n@b\n", "A @a\n\n@b\n"),
    "Markdown, trailing": ("c.md", f"A @a <!-- {S}[KR202] x -->\n@b\n", "A @a\n@b\n"),
    "Markdown, trailing before a line break": ("c.md", f"A @a <!-- {S}[KR202] x -->  \n@b\n", "A @a  \n@b\n"),
    "Markdown, leading": ("c.md", f"A @b\n\n<!-- {S}[KR202] x --> and @a\n", "A @b\n\nand @a\n"),
    "Markdown, within": ("c.md", f"A @a <!-- {S}[KR202] x --> @b\n", "A @a @b\n"),
    "Markdown, before a full stop": ("c.md", f"A @a <!-- {S}[KR202] x -->. @b\n", "A @a . @b\n"),
    "Markdown, it parts two words": ("c.md", f"A @a<!-- {S}[KR202] x -->b @b\n", None),
    "Markdown, it says more": ("c.md", f"A @a @b\n\n<!-- {S}[KR202] x\nmore -->\n", None),
    "MyST": ("c.md", f"A {{cite}}`a`\n\n% {S}[KR202] x\nB {{cite}}`b`\n", "A {cite}`a`\n\nB {cite}`b`\n"),
    "reStructuredText": ("c.rst", f"A :cite:`a`\n\n.. {S}[KR202] x\n\nB :cite:`b`\n", "A :cite:`a`\n\n\nB :cite:`b`\n"),
    "reStructuredText, indented": ("c.rst", f"* A :cite:`a`\n\n  .. {S}[KR202] x\n\n  B :cite:`b`\n", "* A :cite:`a`\n\n\n  B :cite:`b`\n"),
    "reStructuredText, it goes on": ("c.rst", f"A :cite:`a`, :cite:`b`\n\n.. {S}[KR202] x\n   for the editor\n", None),
    "reStructuredText, it goes on below": ("c.rst", f"A :cite:`a`, :cite:`b`\n\n.. {S}[KR202] x\n\n   for the editor\n", None),
    "reStructuredText, at the end": ("c.rst", f"A :cite:`a`, :cite:`b`\n\n.. {S}[KR202] x", "A :cite:`a`, :cite:`b`\n\n"),
    "notebook": ("c.ipynb", f'{{"cells": [{{"cell_type": "markdown", "source": ["@a @b\\n", "\\n", "<!-- {S}[KR202] x -->"]}}]}}', None),
}  # fmt: skip


@pytest.mark.parametrize(("path", "text", "expected"), CASES.values(), ids=CASES)
def test_removal(path: str, text: str, expected: str | None, tmp_path: Path) -> None:
    contents = {"references.bib": STORE.encode(), path: text.encode()}
    if path.startswith("c."):
        contents["ketreview.toml"] = SETTINGS.encode()
    looking = Looking(tmp_path)
    done = looking.fixed(contents, unsafe=False)
    assert [finding.code.id for finding in looking.findings(contents) if finding.code.id == "KR901"]
    assert done.after.get(path, text.encode()).decode() == (text if expected is None else expected)
    assert all(finding.code.id == "KR901" for finding in done.mended)


def test_a_comment_that_may_part_two_paragraphs_needs_a_yes(tmp_path: Path) -> None:
    text = f"A @a\n<!-- {S}[KR202] x -->\n@b\n"
    contents = {"references.bib": STORE.encode(), "c.md": text.encode(), "ketreview.toml": SETTINGS.encode()}
    looking = Looking(tmp_path)
    assert looking.texts(contents, unsafe=False)["c.md"] == text.encode()
    assert looking.texts(contents)["c.md"] == b"A @a\n@b\n"
