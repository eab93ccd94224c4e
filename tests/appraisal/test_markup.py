"""HTML in the text of a reference."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.appraisal.markup import markup_in, without_entities, without_markup


def written(text: str, *, ascii_only: bool = True) -> str:
    return without_markup(text, markup_in(text), ascii_only=ascii_only)


@pytest.mark.parametrize(
    "text",
    [
        "p<0.05",
        "a<b>c",
        "<i>",
        "<roe@example.org>",
        "10.1002/x<1661::AID-SIM968>3.0",
        "AT&T; R&D; Q&A; &foo;",
        "&#0; &#1114112; &#xD800; &#x110000;",
        r"\url{https://a.org/?x=1&amp;y=2}",
        r"\verb|<i>x</i>|",
        "",
    ],
)
def test_no_markup(text: str) -> None:
    assert markup_in(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("<I>x</I> <i class='y'>z</i>", r"\textit{x} \textit{z}"),
        ("<b><i>x</i></b>", r"\textbf{\textit{x}}"),
        ("<p>One</p><p>Two</p>", "One Two"),
        ("One<br/>Two <br> three", "One Two three"),
        ("<span>x</span>y", "xy"),
        ("<b><sub>x</b>", r"\textbf{<sub>x}"),
        (r"\url{a&amp;b} &amp; <i>x</i>", r"\url{a&amp;b} \& \textit{x}"),
        ("[&quot;x&quot;] &quot;y&quot;", "[``x''] ``y''"),
        ("&lt;i&gt;x&lt;/i&gt; &lt; 5", r"\textit{x} $<$ 5"),
        ("&#60;5&#x3E;", "$<$5$>$"),
        ("&#8211 x", "-- x"),
        ("<i>$x$</i> {y}", r"\textit{$x$} {y}"),
    ],
)
def test_the_same_in_latex(text: str, wanted: str) -> None:
    assert written(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "<a href='x'>y</a>",
        "<strike>y</strike>",
        "x</i>",
        "<b><i>x</b></i>",
        "<i>a {b</i> c}",
        "{<i>a} b</i>",
        "<i>$x</i>$",
        "&lbrace;",
        "$&eacute;$",
        "&#20013;",
        "{ &amp;",
        "&amp; }{",
        "<jats:p>x</jats:p>",
        "&amp;lt;amp;gt;&amp;&#97;mp;",
    ],
)
def test_what_is_not_sure(text: str) -> None:
    assert markup_in(text)
    assert written(text) == ""


def test_letters_as_themselves() -> None:
    assert written("&eacute;&#20013;", ascii_only=False) == "é中"


def test_entities_alone() -> None:
    assert without_entities("10.1002/a&lt;b&amp;gt;") == "10.1002/a<b>"


@given(st.text("<>/ip{}$\\&;amltgresxtqub#3"))
def test_any_text_is_written_without_markup_or_not_at_all(text: str) -> None:
    assert markup_in(written(text)) == []
