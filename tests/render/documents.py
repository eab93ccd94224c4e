"""Documents and texts that the renderers are tried on."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from ketreview.document import (
    Cite,
    Column,
    Document,
    Heading,
    Item,
    Items,
    Paragraph,
    Table,
    Text,
    Tone,
    Verbatim,
    line,
)
from ketreview.render.documents.prose import folded

NASTY = (
    "50 % & $5 #1 a_b {c} ~d ^e \\f `g` 'h' \"i\" <j> |k| -- --- ... // /* */ @l [m](n) ![o](p) *q* __r__",
    "\\input{/etc/passwd} \\end{document} $x$ #import \"x\" #eval(\"1\") <script>alert(1)</script> <!-- c -->",
    "- a list", "+ another", "1. numbered", "(1) numbered", "a) lettered", "= heading", "# heading", "/ term: text",
    "> quote", ": definition", "Table: caption", "| row | row |", "+---+", "---", "***", "```", "~~~", "[x]: y", "[^1]",
    "-5 to -3 -? x", "!", "a*b*c", "a_b_c", "\x1b[31mred\x07", "line\nbreak\r\n\r\npara\u2028sep", "tab\there",
    "α µ μ κ δ β ≥ ≤ ⊕ ○ – — … ′ ™ é ö ₂ × → ’ “ ” ½ † − ± ° · ≈ \u00a0 Å ł Ж 漢 😀 \u202e",
    "https://example.org/a_b?c=%20&d#e", "mail@example.org", "&amp; &#65; &copy;", "<= >= << >> ,, '' ``", "x\\", "a/",
)  # fmt: skip
"""Texts that mean something to Markdown, LaTeX, Typst, HTML or a terminal."""

SPECIAL = st.text(st.sampled_from("\\`*_{}[]()<>#+-.!|$@^~&%=:;/'\"?,1ai \n\t§α⊕\u00a0"), max_size=25)
TEXTS = st.one_of(
    SPECIAL, st.text(st.characters(exclude_categories=("Cs", "Co", "Cn")), max_size=20), st.sampled_from(NASTY)
)

_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})


def words(text: str) -> str:
    """What has to survive: the text as folded, blanks made one, quotation marks made straight."""
    return re.sub(r"\s+", " ", folded(text).translate(_QUOTES)).strip()


SAMPLE = Document(
    "A chapter: 50 % & more",
    (
        Heading("Question & answer"),
        Paragraph(
            (
                *line("Seen in "),
                Cite(("good2020",)),
                *line(", and "),
                Cite(("good2020", "other2021"), "p. 3"),
                *line("."),
            )
        ),
        Paragraph(line(Text("Strong", Tone.STRONG), " and ", Text("a_key", Tone.CODE), ", 5\u00a0mg/kg; p < 0.05.")),
        Heading("Lists", 2),
        Items((Item(line("One"), (line("below"), line("- not a list"))), Item(line("1. Two")))),
        Items((Item(line("first")), Item(line("second"))), ordered=True),
        Table(
            (Column("Study", width=2), Column("n", right=True)),
            (((*line("A | B "), Cite(("good2020",))), line("12")), (line("[x]"), line("−3"))),
            "Studies",
        ),
        Verbatim("id: x\n  - `tick` \\end{verbatim}\n", "a.yaml", "yaml"),
    ),
    ("references.bib",),
)
STORE = """\
@article{good2020, author = {Good, Anna}, title = {A good study}, journal = {J}, year = {2020}}
@article{other2021, author = {Other, Ben}, title = {Another}, journal = {J}, year = {2021}}
"""


def holding(text: str) -> Document:
    """A document with a text in every place that a text may stand in."""
    told = line(text, Text(text, Tone.STRONG), text, Text(text, Tone.CODE))
    return Document(
        text,
        (
            Heading(text),
            Paragraph(line(text)),
            Paragraph((*line(text), Cite(("good2020",), text), *line(text), Cite(("good2020",)), *line(text))),
            Items((Item(line(text), (line(text), told)),)),
            Table((Column(text), Column("b", right=True)), ((line(text), told), (told, line(text))), text),
            Verbatim(text, text),
        ),
        ("references.bib",),
    )
