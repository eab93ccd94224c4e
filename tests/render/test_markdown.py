"""Markdown: what reaches the draft is text, as pandoc reads it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pypandoc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketreview.document import Cite, Document, Heading, Item, Items, Line, Paragraph, Table, Text, Tone, line
from ketreview.render.documents.markdown import escaped, render
from ketreview.render.documents.prose import folded
from tests.render.documents import NASTY, SAMPLE, TEXTS, holding, words

TEXTUAL = {
    *("Para", "Plain", "Header", "BulletList", "OrderedList", "Table", "CodeBlock"),
    *("Str", "Space", "SoftBreak", "Quoted", "Strong", "Code", "Cite", "Span"),
    *("AlignLeft", "AlignRight", "AlignDefault", "ColWidth", "ColWidthDefault", "Decimal", "Period"),
    *("NormalCitation", "SingleQuote", "DoubleQuote", "DefaultStyle", "DefaultDelim"),
}
"""What a draft may consist of: nothing raw, no link, no image, no emphasis, no mathematics."""


def read(text: str) -> Any:
    return json.loads(pypandoc.convert_text(text, "json", format="markdown"))


def kinds(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("t"), str):
            yield node["t"]
        for value in node.values():
            yield from kinds(value)
    elif isinstance(node, list):
        for value in node:
            yield from kinds(value)


def said(node: Any) -> str:
    """The text of inlines and blocks; quotation marks straight."""
    if isinstance(node, list):
        return "".join(said(part) for part in node)
    if not isinstance(node, dict):
        return ""
    return SAID.get(node["t"], said)(node.get("c"))


def quoted(content: Any) -> str:
    mark = "'" if content[0]["t"] == "SingleQuote" else '"'
    return f"{mark}{said(content[1])}{mark}"


def cited(content: Any) -> str:
    return "".join(f"[{cite['citationId']}{said(cite['citationSuffix'])}]" for cite in content[0])


SAID: dict[str, Callable[[Any], str]] = {
    "Str": str,
    "Space": lambda _: " ",
    "SoftBreak": lambda _: " ",
    "Quoted": quoted,
    "Code": lambda content: str(content[1]),
    "CodeBlock": lambda content: str(content[1]),
    "Cite": cited,
    "Header": lambda content: said(content[2]),
    "Span": lambda content: said(content[1]),
}


def unpadded(text: str) -> str:
    """`text` without blanks beside quotation marks, of which pandoc keeps none inside a quotation."""
    return re.sub(r" *(['\"]) *", r"\1", text)


def body(content: Line) -> str:
    return render(Document("t", (Paragraph(content),))).split("---\n\n", 1)[1].strip("\n")


@settings(max_examples=80, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=12))
def test_texts_come_back_as_they_were(texts: list[str]) -> None:
    told = [text for text in texts if words(text)]
    blocks = read(render(Document("t", tuple(Paragraph(line(text)) for text in told))))["blocks"]
    assert [block["t"] for block in blocks] == ["Para"] * len(told)
    assert [unpadded(words(said(block))) for block in blocks] == [unpadded(words(text)) for text in told]


@settings(max_examples=80, deadline=None)
@given(TEXTS)
def test_a_text_makes_no_structure_in_any_place(text: str) -> None:
    assert set(kinds(read(render(holding(text)))["blocks"])) <= TEXTUAL


@pytest.mark.parametrize("text", NASTY)
def test_nasty_texts_come_back_from_every_place(text: str) -> None:
    told = words(text)
    tree = read(render(holding(text)))
    assert words(said(tree["meta"]["title"]["c"])) == told
    heading, paragraph, cited, items, table = [block for block in tree["blocks"] if words(said(block))][:5]
    assert words(said(heading)) == told
    assert words(said(paragraph)) == told
    assert said(cited).count("good2020") == 2
    assert items["t"] == "BulletList"
    assert table["t"] == "Table"
    caption, rows = table["c"][1], table["c"][4][0][3]
    assert words(said(caption[1])) == told
    assert words(said(rows[0][1][0][4])) == told


def test_a_table_keeps_its_cells() -> None:
    document = Document(
        "t", (Table((*SAMPLE_COLUMNS,), ((line("a | b"), line("c \\")), (line("`d"), line("e` f"))), "x"),)
    )
    rows = read(render(document))["blocks"][0]["c"][4][0][3]
    assert [[said(cell[4]) for cell in row[1]] for row in rows] == [["a | b", "c \\"], ["`d", "e` f"]]


SAMPLE_COLUMNS = next(block.columns for block in SAMPLE.blocks if isinstance(block, Table))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (line("plain text, e.g. ketamine's dose (0.5 mg/kg)"), "plain text, e.g. ketamine's dose (0.5 mg/kg)"),
        (line("a * b_c [d] <e>"), r"a \* b\_c \[d\] \<e\>"),
        (line("AT&T and &amp;"), r"AT&T and \&amp;"),
        (line("- a"), r"\- a"),
        (line("1. a"), r"1\. a"),
        (line("Yes. No."), "Yes. No."),
        (line("a -- b ..."), r"a -\- b \..."),
        (line("a\u00a0b"), "a\\ b"),
        (line("x", Text(" b ", Tone.STRONG), "y"), "x **b** y"),
        ((Cite(("a2020",)),), "[@a2020]"),
        ((Cite(("a2020",), "p. 3"),), "[@a2020, p. 3]"),
        ((Cite(("a2020", "b2021")), *line(".")), "[@a2020; @b2021]."),
        ((Cite(("a2020",)), Cite(("b2021",), "table 1")), "[@a2020; @b2021, table 1]"),
        ((Cite(("a2020",), "a; b]"),), r"[@a2020, a\; b\]]"),
        ((Cite(("a2020",)), *line("(b)")), r"[@a2020]\(b)"),
        ((*line("so!"), Cite(("a2020",))), r"so\![@a2020]"),
        ((Cite(("a/b",)),), "[@a/b]"),
        ((Cite(("a,b",)),), "[@{a,b}]"),
    ],
)
def test_lines(content: Line, expected: str) -> None:
    assert body(content) == expected


def test_control_characters_are_dropped() -> None:
    assert escaped(folded("a\x1b[31m\x00b\u202ec")) == r"a\[31mbc"


def test_two_lists_stay_two() -> None:
    lists = (Items((Item(line("a")),)), Items((Item(line("b")),)))
    blocks = read(render(Document("t", lists)))["blocks"]
    assert [block["t"] for block in blocks if block["t"] != "RawBlock"] == ["BulletList", "BulletList"]


def test_empty_blocks() -> None:
    read(render(Document("", (Heading(""), Paragraph(()), Items(()), Items((Item(()),)), Table((), ())))))


def test_golden(golden: Callable[[str, str], None]) -> None:
    golden("document.md", render(SAMPLE))


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("doe2020", "[@doe2020]"),
        ("doe:2020/x", "[@doe:2020/x]"),
        ("*doe", "[@{*doe}]"),
        ("<b>doe", r"[\<b\>doe]"),
        ("doe<b>x", r"[doe\<b\>x]"),
        ("d\x1b[2Jo\u202ee", r"[d\[2Joe]"),
        ("d\u200boe*", r"[doe\*]"),
    ],
)
def test_a_key_hides_nothing_and_is_no_html(key: str, written: str) -> None:
    """Whatever else than Pandoc shows the draft."""
    assert render(Document("", (Paragraph((Cite((key,)),)),))).strip() == written
