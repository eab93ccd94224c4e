"""Nothing from a file reaches the screen as anything but text."""

# ruff: noqa: E501  tables of cases are wide

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.render.clean import clean, side_by_side
from tests.projects import AS_OF, run, write

NASTY = "\u202e\u2066[bold red]x[/bold red][link=http://x]y[/link] :smile: \u200b"
ESCAPED = "\\x1b[31m\\x1b]8;;http://x\\x07\\u0090\\a" + NASTY

FILES: dict[str, str | bytes] = {
    "reviews/a.yaml": f"""\
schema_version: 1
id: a
title: "{ESCAPED}"
status: active
summary: "{ESCAPED}"
question:
  outcomes: [{{id: o, name: "{ESCAPED}", importance: critical}}]
sources: [{{id: doc, title: "{ESCAPED}", references: [{{label: "{ESCAPED}", printed: {{doi: "{ESCAPED}", pages: "9-3{ESCAPED}"}}}}], files: [{{path: "x{NASTY}"}}]}}]
studies:
- {{id: s, reference: "{ESCAPED}", cites: ["k{NASTY.replace(" ", "")}"], design: cohort, state: read}}
claims: [{{id: c, kind: gap, statement: "{ESCAPED}", rating: "{ESCAPED}"}}]
certainty: [{{id: r, outcome: "o{ESCAPED}", scale: grade, start: high, level: low, as_stated: "{ESCAPED}",
   steps: [{{domain: imprecision, by: -1, because: "{ESCAPED}", studies: ["{ESCAPED}"]}}]}}]
trials: [{{id: t, title: "{ESCAPED}", status: RECRUITING, registrations: ["{ESCAPED}"], expected_completion: 2023}}]
integration: [{{kind: appendix, target: "{ESCAPED}", state: pending}}]
next_steps: [{{text: "{ESCAPED}", due: 2020}}]
""",
    "reviews/b.yaml": f'schema_version: 1\nid: "{ESCAPED}"\n"{ESCAPED}": 1\ntitle: [{NASTY}]\nstatus: "{ESCAPED}"\n',
    "reviews/c.yaml": f"a: *{NASTY}\n",
    "reviews/d.yaml": "<<<<<<< \x1b[31m" + NASTY + "\n",
    "reviews/\x1b[31m\u202e[bold]e.yaml": "- \x1b[31m\n",
    "references.bib": f"@misc{{k\x1b[31m\u202e[bold]x, title = {{\x1b[31m{NASTY}}}, title = {{\x9b31m}}}}\n@misc{{k\x1b[31m\u202e[bold]x}}\n@misc{{z, \x1b[31m{NASTY} = {{\n",
}


def hostile(text: str) -> list[str]:
    """The characters of a text that a terminal acts on."""
    return [
        c
        for c in text
        if c != "\n"
        and (
            unicodedata.category(c) in {"Cc", "Cs"}
            or c in "\u200b\u200e\u200f\u2028\u2029\ufeff"
            or "\u202a" <= c <= "\u202e"
            or "\u2060" <= c <= "\u2069"
        )
    ]


def test_markup_is_shown_as_it_is(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    for arguments in (("check",), ("show", "s")):
        out = run(tmp_path, *arguments, *AS_OF).out
        assert "[bold red]x[/bold red][link=http://x]y[/link] :smile:" in out.replace("\n", "")


@given(st.text())
def test_clean(text: str) -> None:
    assert hostile(clean(text)) == []
    assert "\n" not in clean(text)
    assert hostile(clean(text, lines=True)) == []


COMMANDS = {
    "::error file=x::y": "\\u003a:error file=x::y",
    "a\n ::stop-commands::t": "a  \\u003a:stop-commands::t",
    "a\n ::add-mask\n::t": "a  \\u003a:add-mask ::t",
    "##[add-mask]a": "\\u0023#[add-mask]a",
    "x ##vso[task.setvariable variable=a]b": "x \\u0023#vso[task.setvariable variable=a]b",
}


@pytest.mark.parametrize("text", COMMANDS)
def test_a_log_holds_no_command(text: str) -> None:
    """GitHub's runner, and that of Azure Pipelines, act on what a line of a log says."""
    assert clean(text) == COMMANDS[text]
    for end in range(len(text)):
        assert COMMAND.search("".join(side_by_side(text[:end], text[end:]))) is None


COMMAND = re.compile(r"(^|\s)::[\w-]+( .*)?::|##\w*\[")


def test_ordinary_text_stays() -> None:
    for text in ("a::b", ":::{note}", "## heading [1]", "#[x] # #[", "Question::", "a :: b ::"):
        assert clean(text) == text
    text = "Ärzte × 日本 😀👨‍👩‍👧 µ-Opioid [a] \\n"
    assert clean(text) == text
    assert clean("a\r\nb\tc\nd") == "a b c d"
    assert clean("a\u2028b\u061cc") == "a\\u2028b\\u061cc"
    assert clean("a\nb", lines=True) == "a\nb"
