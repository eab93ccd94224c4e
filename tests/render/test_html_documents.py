"""Reports as HTML: a page that stands alone, in which every text is text."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from lxml import html as parser

from ketreview.document import (
    Cite,
    Column,
    Comment,
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
from ketreview.render.documents import render_document
from ketreview.render.documents.html import render
from tests.projects import AS_OF, run
from tests.render.documents import NASTY, SAMPLE, TEXTS, holding, words

TAGS = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "footer", "h1", "h2", "p", "ul", "ol", "li"),
    *("div", "table", "caption", "thead", "tbody", "tr", "th", "td", "pre", "code", "strong", "span", "h3"),
}
"""What a page may consist of."""


def page(document: Document) -> Any:
    return parser.document_fromstring(render(document))


def said(element: Any) -> str:
    return words(element.text_content())


def tags(document: Document) -> set[str]:
    return {element.tag for element in page(document).iter() if isinstance(element.tag, str)}


@pytest.mark.parametrize("text", NASTY)
def test_nasty_texts_come_back_from_every_place(text: str) -> None:
    told = words(text)
    tree = page(holding(text))
    assert tags(holding(text)) <= TAGS
    assert said(tree.find(".//title")) == told
    assert said(tree.find(".//h1")) == told
    assert said(tree.find(".//h2")) == told
    plain, cited, _, *_ = tree.xpath("//main/p")
    assert said(plain) == told
    assert said(cited).count("good2020") == 2
    assert next(said(item) for item in tree.xpath("//main/ul/li/ul/li")) == told
    assert said(tree.find(".//caption")) == told
    assert [said(cell) for cell in tree.iter("th")] == [told, "b"]
    assert said(tree.xpath("//td")[0]) == told
    assert said(tree.xpath("//td//code")[0] if told else tree.xpath("//td")[0]) == told


@settings(max_examples=80)
@given(TEXTS)
def test_a_text_makes_no_structure_in_any_place(text: str) -> None:
    assert tags(holding(text)) <= TAGS


@settings(max_examples=80)
@given(TEXTS)
def test_a_comment_is_no_structure_either(text: str) -> None:
    out = render(Document("", (Comment(text), Paragraph(line("after")))))
    tree = parser.fromstring(f"<div>{out}</div>")
    assert [element.tag for element in tree.iter() if isinstance(element.tag, str)] == ["div", "p"]


def test_nothing_is_loaded_and_nothing_runs() -> None:
    out = render(SAMPLE)
    tree = page(SAMPLE)
    style = re.search(r"<style>(.*?)</style>", out, re.DOTALL)
    assert style is not None
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") == [
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    ]
    assert not re.search(r"url\(|@import|expression|javascript:", style[1])
    assert not tree.xpath("//script | //link | //img | //iframe | //object | //form | //@style | //@src | //@href")


def test_headings_go_down_one_by_one() -> None:
    deep = Document("A", tuple(Heading("B", level) for level in (1, 2, 3, 4, 5, 6, 9)))
    levels = [int(element.tag[1]) for element in page(deep).iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels == [1, 2, 3, 4, 5, 6, 6, 6]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_tones_are_told_apart() -> None:
    tones = [(Text("x", tone),) for tone in Tone]
    out = render(Document("", tuple(Paragraph(content) for content in tones)))
    assert out == (
        '<p>x</p>\n<p><strong>x</strong></p>\n<p><span class="quiet">x</span></p>\n<p><span class="fine">x</span></p>\n'
        '<p><span class="caution">x</span></p>\n<p><span class="bad">x</span></p>\n<p><code>x</code></p>\n'
    )


def test_citations_stand_by_their_keys() -> None:
    content = (*line("seen "), Cite(("a", "b")), Cite(("c",), "p. <3>"), *line("."))
    assert (
        render(Document("", (Paragraph(content),)))
        == '<p>seen <span class="cite">[a; b; c, p. &lt;3&gt;]</span>.</p>\n'
    )


def test_empty_blocks() -> None:
    empty = (
        Heading(""),
        Paragraph(()),
        Items(()),
        Items((Item(()),)),
        Table((), ()),
        Table((Column("a"),), ()),
        Verbatim(""),
    )
    tree = page(Document("t", empty))
    assert len(tree.xpath("//table")) == 1
    assert len(tree.xpath("//ul")) == 1


def test_without_a_title_it_is_a_part_of_a_page() -> None:
    assert render(Document("", (Paragraph(line("x")),))) == "<p>x</p>\n"
    assert render_document("html", Document("t", ())).startswith("<!DOCTYPE html>\n")


def test_golden(golden: Callable[[str, str], None]) -> None:
    golden("document.html", render(SAMPLE))


@pytest.mark.parametrize(
    "report",
    [("status",), ("pending",), ("certainty",), ("certainty", "--sof"), ("refs", "list"), ("show", "depression")],
    ids=" ".join,
)
def test_each_report_is_written_so(report: tuple[str, ...]) -> None:
    done = run(Path(__file__).parents[2], *report, *AS_OF, "--format", "html", "--no-cache")
    assert done.code == 0, done.talk
    tree = parser.document_fromstring(done.out)
    assert len(tree.xpath("//h1")) == 1
    assert {element.tag for element in tree.iter() if isinstance(element.tag, str)} <= TAGS
