"""Citations in reStructuredText and MyST: the roles and directives of sphinxcontrib-bibtex."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.model.manuscript import Manuscript
from ketreview.parsing.manuscripts import markdown, myst
from ketreview.parsing.manuscripts.rst import parse


def keys(manuscript: Manuscript) -> list[str]:
    return [mention.key for mention in manuscript.citations]


# Roles: "Usage" in sphinxcontrib-bibtex's manual; the rest: docutils' "reStructuredText Markup Specification".
RST: list[tuple[str, str]] = [
    ("See :cite:`a`.", "a"),
    (":cite:`a,b, c`", "a b c"),
    (":cite:`a,\n   b`", "a b"),
    (":cite:p:`a` :cite:t:`b` :cite:ps:`c` :cite:cts:`d` :cite:year:`e` :cite:empty:`f`", "a b c d e f"),
    (":footcite:`a` and :footcite:t:`b`", "a b"),
    (":cite:p:`{see}a{p. 3, 4},{also}b`", "a b"),
    (":cite:`DBLP:conf/x_y-1.2+z`", "DBLP:conf/x_y-1.2+z"),
    ('(:cite:`a`) ":cite:`b`" *x*\\ :cite:`c`', "a b c"),
    ("x:cite:`a` and ``:cite:`b``` and \\:cite:`c`", ""),
    ("``:cite:`b` `` :cite:`k`", "k"),
    (":code:`x` :doc:`cite` :cited:`a` cite:`b` :cite:``", ""),
    ("me@example.org, @key, [@key], [CIT2002]_", ""),
    # Comments: explicit markup that is nothing else, with all that is indented below.
    (".. :cite:`a`\n\n:cite:`k`", "k"),
    (".. a comment\n   :cite:`a`\n\n   :cite:`b`\n\n:cite:`k`", "k"),
    ("..\n   :cite:`a`\n\n:cite:`k`", "k"),
    (".. [1] A note :cite:`a`\n   and :cite:`b`\n.. _t: http://x\n.. |s| replace:: :cite:`c`", "a b c"),
    # Literal blocks.
    ("Text::\n\n   :cite:`a`\n\n   :cite:`b`\n\n:cite:`k`", "k"),
    ("Text :cite:`j`::\n\n   :cite:`a`\n:cite:`k`", "j k"),
    ("::\n\n   :cite:`a`\n\n:cite:`k`", "k"),
    (">>> x\n:cite:`a`\n\n:cite:`k`", "k"),
    # Directives: code is not read, the content of others is.
    (".. code-block:: rst\n   :linenos:\n\n   :cite:`a`\n\n:cite:`k`", "k"),
    (".. note:: See :cite:`a`\n\n   and :cite:`b`\n", "a b"),
    (".. figure:: x.png\n   :alt: x\n\n   By :cite:`a`\n", "a"),
    (".. raw:: html\n\n   :cite:`a`\n", ""),
    (".. note::\n\n   .. code::\n\n      :cite:`a`\n\n   :cite:`b`", "b"),
    ("* :cite:`a`\n\n  - :cite:`b`\n\n    quote :cite:`c`", "a b c"),
    ("+----+\n| :cite:`a` |\n+----+", "a"),
]
MYST: list[tuple[str, str]] = [
    ("See {cite}`a`.", "a"),
    ("{cite:p}`a,b` {cite:t}`c` {footcite}`d`", "a b c d"),
    ("{cite:p}`{see}a{p. 3}`", "a"),
    ("`{cite}` and ``{cite}`a` `` and `x {cite}`", ""),
    ("\\{cite}`a`", ""),
    ("```\n{cite}`a`\n```\n{cite}`k`", "k"),
    ("~~~python\n{cite}`a`\n```\n~~~\n{cite}`k`", "k"),
    (":::{note} {cite}`x`\n{cite}`a`\n:::\n```{tip} y\n{cite}`b`\n```\n{cite}`k`", "x a b k"),
    (":::{note}\n{cite}`a`\n\n```\n{cite}`b`\n```\n:::\n{cite}`k`", "a k"),
    ("````{tip}\n```{code-block} rst\n{cite}`a`\n```\n{cite}`b`\n````\n{cite}`k`", "b k"),
    ("```{code-cell}\n{cite}`a`\n```\n", ""),
    ("para\n\n    {cite}`a`\n\n{cite}`k`", "k"),
    ("- a\n\n    {cite}`k`", "k"),
    ("% {cite}`a`\n{cite}`k`", "k"),
    ("<!-- {cite}`a`\n\n{cite}`b` -->\n{cite}`k` <!-- {cite}`c` -->", "k"),
    ("@key [@key] me@example.org {ref}`cite`", ""),
    ("```\n{cite}`never closed`", ""),
]


@pytest.mark.parametrize(("text", "expected"), RST)
def test_keys_of_rst(text: str, expected: str) -> None:
    manuscript = parse("a.rst", text.encode())
    assert manuscript.language == "rst"
    assert keys(manuscript) == expected.split()
    assert all(mention.span.text == mention.key for mention in manuscript.citations)
    assert keys(parse("a.rst", text.replace("\n", "\r\n").encode())) == expected.split()


def of_roles(manuscript: Manuscript) -> list[str]:
    return [mention.key for mention in manuscript.citations if "cite" in mention.form]


@pytest.mark.parametrize(("text", "expected"), MYST)
def test_keys_of_myst(text: str, expected: str) -> None:
    for written in (text, text.replace("\n", "\r\n")):
        manuscript = markdown.parse("a.md", written.encode())
        assert of_roles(manuscript) == expected.split()
        assert all(mention.span.text == mention.key for mention in manuscript.citations)
        assert [written[key.start : key.end] for key in myst.read(written).keys] == expected.split()


def test_roles_and_keys_in_brackets_stand_beside_one_another() -> None:
    text = "% @no {cite}`no`\n[@a] and {cite:p}`b,c`, @d; `{cite}`no`` \n\n```{note}\n{cite}`e` @no\n```\n"
    assert keys(markdown.parse("a.md", text.encode())) == ["a", "b", "c", "d", "e"]
    assert keys(markdown.parse("a.qmd", text.encode())) == ["no", "a", "d"]
    assert keys(markdown.parse("a.md", b"% @a\n@b")) == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "bibliographies", "includes", "cites_all"),
    [
        (".. bibliography::", "", "", False),
        (".. bibliography:: a.bib b.bib\n   :cited:\n", "a.bib b.bib", "", False),
        (".. bibliography:: a.bib\n   :style: plain\n   :all:\n", "a.bib", "", True),
        (".. include:: ../x.rst\n\n.. include:: y.txt\n   :start-line: 3\n", "", "../x.rst y.txt", False),
        (
            ".. include:: x.py\n   :literal:\n\n.. include:: x.py\n   :code: python\n\n.. include:: <isonum.txt>\n",
            "",
            "",
            False,
        ),
        (".. code::\n\n   .. include:: x\n", "", "", False),
        ("x .. include:: x\n", "", "", False),
    ],
)
def test_links_of_rst(text: str, bibliographies: str, includes: str, cites_all: bool) -> None:
    manuscript = parse("a.rst", text.encode())
    assert [link.path for link in manuscript.bibliographies] == bibliographies.split()
    assert [link.path for link in manuscript.includes] == includes.split()
    assert all(link.span.text == link.path for link in (*manuscript.includes, *manuscript.bibliographies))
    assert manuscript.cites_all is cites_all


def test_links_of_myst() -> None:
    text = "```{bibliography} a.bib\n:all:\n```\n\n```{include} b c.md\n```\n\n```{include} no.py\n:literal:\n```\n"
    manuscript = markdown.parse("a.md", text.encode())
    assert [link.path for link in manuscript.bibliographies] == ["a.bib"]
    assert [link.span.text for link in manuscript.includes] == ["b c.md"]
    assert manuscript.cites_all


def test_forms_and_places() -> None:
    manuscript = parse("a.rst", "é\n\n:cite:t:`a,b`".encode())
    assert [(m.form, m.span.begin) for m in manuscript.citations] == [("cite:t", (3, 10)), ("cite:t", (3, 12))]


_UNITS = [
    "`",
    "``",
    "``a ",
    ":cite:`",
    ":cite:`a",
    "{cite}`",
    "{cite}`a` ",
    "`a ``",
    ":",
    "\\",
    "\n",
    " ",
    "\0",
    "a::\n",
    "```\n",
]
_BLOCKS = [
    ".. note::\n",
    ".. x\n",
    ".. \n",
    "..\n   a\n",
    "<!--",
    "<!--\n",
    ":::{a}\n",
    "```{a}\n",
    "% a\n",
    "- a\n",
    ">>> a\n",
    "{",
    "(`",
    "a:b:`",
]


@pytest.mark.parametrize("unit", [*_UNITS, *_BLOCKS])
def test_hostile_input_is_read_in_linear_time(unit: str) -> None:
    data = (":cite:`a` {cite}`b`\n" + unit * (300_000 // len(unit))).encode()
    assert parse("a.rst", data).source.text == markdown.parse("a.md", data).source.text
    nested = ":cite:`a` {cite}`b`\n" + "".join(" " * depth + ".. note::\n" for depth in range(700))
    assert "a" in keys(parse("a.rst", nested.encode()))


_PIECES = st.sampled_from(
    [
        ":cite:`a`",
        "{cite}`b`",
        "`",
        "``",
        "::",
        ".. ",
        ".. code::",
        "```",
        ":::",
        "\n",
        "\n\n",
        "   ",
        "% ",
        "<!--",
        "-->",
        "\\",
        "a",
        "{",
        "}",
    ]
)


@given(st.one_of(st.text(), st.lists(_PIECES, max_size=30).map("".join)))
def test_any_text_is_read_with_places_inside_it(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    for manuscript in (parse("a.rst", data), markdown.parse("a.md", data)):
        for mention in manuscript.citations:
            assert mention.key
            assert mention.span.text == mention.key


@given(st.text().filter(lambda text: "cite" not in text))
def test_text_without_a_role_cites_nothing(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    assert not parse("a.rst", data).citations
    assert not of_roles(markdown.parse("a.md", data))
