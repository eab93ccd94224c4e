"""Citations in Jupyter notebooks: Markdown cells only, with places in the JSON text."""

# ruff: noqa: E501  tables of cases are wide

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.model.manuscript import Manuscript
from ketreview.parsing.manuscripts import markdown
from ketreview.parsing.manuscripts.notebook import parse


def notebook(*cells: dict[str, Any], **options: Any) -> bytes:
    return json.dumps({"cells": cells, "metadata": {"x": ["@no"]}, "nbformat": 4}, **options).encode()


def cell(source: str | list[str], kind: str = "markdown") -> dict[str, Any]:
    return {"cell_type": kind, "metadata": {"source": "@no", "tags": ["@no"]}, "source": source}


def keys(manuscript: Manuscript) -> list[str]:
    return [mention.key for mention in manuscript.citations]


@pytest.mark.parametrize("options", [{}, {"indent": 1}, {"sort_keys": True}, {"ensure_ascii": False}])
def test_markdown_cells_are_read_and_nothing_else(options: dict[str, Any]) -> None:
    data = notebook(
        cell(["---\n", "bibliography: refs.bib\n", "nocite: '@*'\n", "---\n", "@no"], "raw"),
        cell(["# Title\n", 'As "@smith2020"\tand\n', "[@é1; -@x, p. 3] 😀 @z, `@no`, @fig-1\n", "\n", "    @no"]),
        {**cell("@no @no", "code"), "outputs": [cell("@no")]},
        {"source": "@first", "attachments": {"a.png": {"image/png": "@no"}}, "cell_type": "markdown"},
        cell([]),
        cell("@no", "raw"),
        cell("{{< include _a.qmd >}}"),
        **options,
    )
    manuscript = parse("a.ipynb", data)
    assert manuscript.language == "notebook"
    assert keys(manuscript) == ["smith2020", "é1", "x", "z", "first"]
    assert [link.path for link in manuscript.bibliographies] == ["refs.bib"]
    assert [link.span.text for link in manuscript.includes] == ["_a.qmd"]
    assert manuscript.cites_all


def test_a_key_is_placed_in_the_json_text() -> None:
    text = '{"cells": [\n {"cell_type": "markdown",\n  "source": ["a\\n\\"@k\\" \\ud83d\\ude00 \\u0040l\\n",\n   "@\\u00e9m"]}]}'
    manuscript = parse("a.ipynb", text.encode())
    assert [(m.key, m.span.begin, m.span.text) for m in manuscript.citations] == [
        ("k", (3, 21), "k"),
        ("l", (3, 44), "l"),
        ("ém", (4, 6), "\\u00e9m"),
    ]


def test_a_key_may_run_over_two_strings() -> None:
    manuscript = parse("a.ipynb", notebook(cell(["see @smi", "th2020."])))
    assert keys(manuscript) == ["smith2020"]
    assert manuscript.citations[0].span.text == 'smi", "th2020'


def test_a_suppression_covers_lines_of_the_file() -> None:
    source = [
        '<!-- ketreview: ignore[KR202] in "press" -->\n',
        "\n",
        "As @k\n",
        "and @l.\n",
        "\n",
        "@m <!-- ketreview: ignore[KR203] r -->",
    ]
    data = json.dumps({"cells": [cell(source)]}, indent=0).encode()
    manuscript = parse("a.ipynb", data)
    above, behind = manuscript.suppressions
    lines = [mention.span.begin.line for mention in manuscript.citations]
    assert (above.first, above.last, above.reason) == (lines[0], lines[1], 'in "press"')
    assert (behind.first, behind.last, behind.codes[0][1].text) == (lines[2], lines[2], "KR203")
    assert above.span.text.startswith("<!-- ketreview")


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"cells": 3}', '{"cells": {"source": "@k"}}', '{"cells": [["@k"]]}']
)
def test_what_is_no_notebook_cites_nothing(text: str) -> None:
    assert keys(parse("a.ipynb", text.encode())) == []


@pytest.mark.parametrize("unit", ["[", "{", '"', '{"cells":[', '"a', "\\", '{"source":', "\0", ",", ":", "]}", '"\\'])
def test_hostile_input_is_read_in_linear_time(unit: str) -> None:
    assert keys(parse("a.ipynb", (unit * (300_000 // len(unit))).encode())) == []


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.booleans())
def test_a_cell_is_read_as_markdown_is(text: str, ascii_only: bool) -> None:
    text = f"@a {text} @b"
    manuscript = parse("a.ipynb", notebook(cell(text), ensure_ascii=ascii_only))
    expected = markdown.parse("a.qmd", text.encode())
    # A carriage return alone ends no line in Markdown, so both read the same text.
    assert keys(manuscript) == keys(expected)
    for mention in manuscript.citations:
        assert json.loads(f'"{mention.span.text}"') == mention.key


@given(st.lists(st.text(alphabet=st.characters(exclude_characters="@", exclude_categories=["Cs"]))))
def test_cells_without_a_sign_cite_nothing(texts: list[str]) -> None:
    assert keys(parse("a.ipynb", notebook(*map(cell, texts), cell("@no", "code")))) == []


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    for mention in parse("a.ipynb", text.encode("utf-8", "surrogatepass")).citations:
        assert 0 <= mention.span.start < mention.span.end <= len(mention.span.source.text)
