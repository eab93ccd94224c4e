"""Comments of a draft: on one line, and never read as text or as a command."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from rich.console import Console

from ketreview.document import Cite, Comment, Document, Heading, Paragraph, line, packed, unpacked
from ketreview.render.documents import latex, markdown, render_document, terminal, typst
from tests.render.documents import NASTY, TEXTS


@given(TEXTS)
def test_a_comment_stays_one_line_of_its_own(text: str) -> None:
    between = Document("", (Paragraph(line("a")), Comment(text), Paragraph(line("b"))))
    for render, first, last in (
        (typst.render, "// ", ""),
        (latex.render, "% ", ""),
        (markdown.render, "<!-- ", " -->"),
    ):
        before, row, after = render(between).lstrip("\n").split("\n\n")
        assert (before, after) == ("a", "b\n")
        assert "\n" not in row
        assert row.startswith(first)
        assert row.endswith(last)
        assert row.count(">") == 1 or render is not markdown.render


@pytest.mark.parametrize("text", NASTY)
def test_nasty_comments(text: str) -> None:
    test_a_comment_stays_one_line_of_its_own.hypothesis.inner_test(text)  # type: ignore[attr-defined]


@pytest.mark.parametrize("format_", ["typst", "latex"])
def test_the_bibliography_stands_between_its_comments_or_not_at_all(format_: str) -> None:
    around = (Comment("xx begins"), Comment("xx ends"))
    cited = Document("t", (Paragraph((Cite(("a",)),)),), ("references.bib",), around)
    text = render_document(format_, cited)
    assert text.index("xx begins") < text.index("references") < text.index("xx ends")
    assert "xx" not in render_document(format_, Document("t", cited.blocks, (), around))
    assert unpacked(packed(cited)) == cited


def test_a_terminal_shows_no_comment() -> None:
    out = io.StringIO()
    terminal.show(Document("", (Heading("A"), Comment("x"), Paragraph(line("b")))), Console(file=out, width=40))
    assert out.getvalue() == "\nA\nb\n"
