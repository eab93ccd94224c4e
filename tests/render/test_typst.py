"""Typst: what reaches the draft is text, and it compiles."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import typst
from hypothesis import given, settings

from ketreview.document import Cite, Document, Heading, Item, Items, Line, Paragraph, Text, Tone, line
from ketreview.render.documents.typst import escaped, render
from tests.render.documents import NASTY, SAMPLE, STORE, TEXTS, holding, words

FLAT = """\
#let flat(c) = {
  if type(c) == str { c }
  else if c == [ ] or c.func() == parbreak { " " }
  else if c.func() == smartquote { if c.fields().at("double", default: true) { "\\"" } else { "'" } }
  else if c.has("text") { c.text }
  else if c.has("children") { c.children.map(flat).join("") }
  else if c.has("body") { flat(c.body) }
  else if c.has("child") { flat(c.child) }
  else { "<?>" }
}
"""


def body(content: Line) -> str:
    return render(Document("t", (Paragraph(content),))).split("#title()\n", 1)[1].strip("\n")


def read(markup: str) -> str:
    source = f"{FLAT}#metadata(flat([{markup}\n])) <out>"
    value = typst.query(source.encode(), "<out>", field="value", one=True)
    return words(json.loads(value) or "")


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_a_text_comes_back_as_it_was(text: str) -> None:
    assert read(body(line(text))) == words(text)


@pytest.mark.parametrize("text", NASTY)
def test_nasty_texts_come_back_as_they_were(text: str) -> None:
    assert read(body(line(text))) == words(text)
    assert read(body(line("a", Text(text, Tone.STRONG), "b"))) == words(f"a{text}b")


@settings(max_examples=80, deadline=None)
@given(TEXTS)
def test_a_text_harms_no_place_of_a_document(text: str) -> None:
    files = {"main.typ": render(holding(text)).encode(), "references.bib": STORE.encode()}
    typst.compile(files)  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (line("plain text, e.g. ketamine's dose (0.5 mg/kg)"), "plain text, e.g. ketamine's dose (0.5 mg/kg)"),
        (line("5 % of #1"), r"5 % of \#1"),
        (line("- a"), r"\- a"),
        (line("12. a"), r"12\. a"),
        (line("a -5 b -- c"), r"a \-5 b \-- c"),
        (line("a\u00a0b"), "a~b"),
        (line("x ", Text("b", Tone.STRONG), " y"), "x *b* y"),
        (line("x", Text("b", Tone.STRONG), "y"), "x#strong[b];y"),
        ((Cite(("a2020",)),), "@a2020"),
        ((Cite(("a2020",), "p. 3"),), "@a2020[p. 3]"),
        ((Cite(("a2020", "b2021")), *line(".")), "@a2020 @b2021."),
        ((Cite(("a2020",)), Cite(("b2021",), "table 1")), "@a2020 @b2021[table 1]"),
        ((Cite(("a2020",)), *line("-like")), "#cite(<a2020>);-like"),
        ((Cite(("a/b",)),), '#cite(label("a/b"));'),
        ((Cite(('a"b',)), *line(" c")), r'#cite(label("a\"b")); c'),
    ],
)
def test_lines(content: Line, expected: str) -> None:
    assert body(content) == expected


def test_only_what_is_special_is_escaped() -> None:
    assert (
        escaped("A dose of 0.5-1 mg/kg; twice/week: +2 (n = 3)?") == "A dose of 0.5\\-1 mg/kg; twice/week: +2 (n = 3)?"
    )


def test_without_citations_there_is_no_bibliography() -> None:
    assert "#bibliography" not in render(Document("t", (Paragraph(line("x")),), ("references.bib",)))
    assert '#bibliography(("a.bib", "b.bib"))' in render(
        Document("t", (Paragraph((Cite(("k",)),)),), ("a.bib", "b.bib"))
    )


def test_empty_blocks() -> None:
    typst.compile(render(Document("", (Heading(""), Paragraph(()), Items(()), Items((Item(()),))))).encode())


def test_golden(golden: Callable[[str, str], None], tmp_path: Path) -> None:
    text = render(SAMPLE)
    golden("document.typ", text)
    (tmp_path / "references.bib").write_text(STORE)
    (tmp_path / "document.typ").write_text(text)
    _, warnings = typst.compile_with_warnings(str(tmp_path / "document.typ"))
    assert warnings == []
