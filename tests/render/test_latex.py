"""LaTeX: what reaches the draft is text, and pdfLaTeX compiles it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings

from ketreview.document import Cite, Document, Heading, Item, Items, Line, Paragraph, Text, Tone, line
from ketreview.render.documents.latex import _ENCODED, _LITERAL, _OWN, _character, escaped, render
from ketreview.render.documents.prose import folded
from tests.render.documents import NASTY, SAMPLE, STORE, TEXTS, holding
from tests.typesetters import latex, needs_latex

COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)")
KNOWN = {
    command
    for told in [*_OWN.values(), *(_character(character) for character in _ENCODED)]
    for command in COMMAND.findall(told)
}


def body(content: Line) -> str:
    draft = render(Document("t", (Paragraph(content),)))
    return draft.split("\\maketitle\n\n", 1)[1].removesuffix("\n\n\\end{document}\n")


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_no_command_of_a_text_survives(text: str) -> None:
    told = escaped(folded(text))
    assert set(COMMAND.findall(told)) <= KNOWN
    rest = COMMAND.sub("·", told)
    assert not re.search(r"[%$#&\\<>|\"]", re.sub(r"[_^](?=[0-9+\-=()a-z])", "", rest))
    assert rest.count("{") == rest.count("}")
    assert not re.search(r"---?|,,|\?`|!`|[\x00-\x1f]", rest)


@pytest.mark.parametrize("text", NASTY)
def test_nasty_texts(text: str) -> None:
    test_no_command_of_a_text_survives.hypothesis.inner_test(text)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (line("plain text, e.g. ketamine's dose (0.5 mg/kg)"), "plain text, e.g. ketamine's dose (0.5 mg/kg)"),
        (line("5 % of #1 & a_b"), r"5 \% of \#1 \& a\_b"),
        (line("p < 0.05"), r"p \textless{} 0.05"),
        (line('a "b" c'), "a ``b'' c"),
        (line("a -- b"), "a -{}- b"),
        (line("5\u00a0mg"), "5~mg"),
        (line("TNF-α ≥ 5 µg, Sjögren’s"), r"TNF-\ensuremath{\alpha} \ensuremath{\geq} 5 \textmu{}g, Sjögren’s"),
        (line("漢"), "[U+6F22]"),
        (line("x ", Text("b", Tone.STRONG), " y"), r"x \textbf{b} y"),
        (line("see https://example.org/a."), r"see \url{https://example.org/a}."),
        ((Cite(("a2020",)),), r"\cite{a2020}"),
        ((Cite(("a2020",), "p. 3"),), r"\cite[p. 3]{a2020}"),
        ((Cite(("a2020",), "p. [3]"),), r"\cite[p. [3{]}{}]{a2020}"),
        ((Cite(("a2020", "b2021")), *line(".")), r"\cite{a2020,b2021}."),
        ((Cite(("a2020",)), Cite(("b2021",), "table 1")), r"\cite{a2020}, \cite[table 1]{b2021}"),
        ((Cite(("a%b",)),), r"[a\%b]"),
    ],
)
def test_lines(content: Line, expected: str) -> None:
    assert body(content) == expected


def test_what_follows_a_row_or_an_item_is_no_argument() -> None:
    text = render(Document("t", (Items((Item(line("[x] y")),)),)))
    assert "\\item {}[x] y" in text


def test_without_citations_there_is_no_bibliography() -> None:
    assert "\\bibliography" not in render(Document("t", (Paragraph(line("x")),), ("references.bib",)))


@pytest.mark.compiles
@needs_latex
def test_every_character_that_is_known_compiles(tmp_path: Path) -> None:
    known = sorted(_ENCODED | _LITERAL | set(_OWN))
    blocks = [Paragraph(line(" ".join(known[start : start + 20]))) for start in range(0, len(known), 20)]
    assert all(_character(character).isascii() for character in _ENCODED)
    log = latex(tmp_path, render(Document("Characters", tuple(blocks))), STORE)
    assert "Missing character" not in log


@pytest.mark.compiles
@needs_latex
def test_nasty_texts_compile_in_every_place(tmp_path: Path) -> None:
    blocks = [block for text in NASTY for block in holding(text).blocks]
    latex(tmp_path, render(Document(NASTY[0], tuple(blocks), ("references.bib",))), STORE)


@pytest.mark.compiles
@needs_latex
def test_empty_blocks(tmp_path: Path) -> None:
    latex(
        tmp_path,
        render(Document("t", (Heading(""), Paragraph(()), Items(()), Items((Item(()),)), Paragraph(line("x"))))),
        STORE,
    )


def test_golden(golden: Callable[[str, str], None]) -> None:
    golden("document.tex", render(SAMPLE))
