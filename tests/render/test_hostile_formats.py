"""Whatever stands in a file, no format lets it out: each output is read back by a strict parser of its kind."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from typing import Any

import pytest
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st

from ketreview.cli.output import OutputFormat
from ketreview.diagnostics import Diagnostic, Fix, Related, Subject, fault
from ketreview.edits import Edit
from ketreview.render.clean import clean
from ketreview.render.diagnostics import Run
from ketreview.source import Source, Span
from tests.render.findings import CLEAR, ERROR, RUN, rendered
from tests.render.test_clean import hostile

VALUES = {
    "escapes": "\x1b[31m\x1b]8;;http://x\x07link\x1b]8;;\x1b\\ \x9b31m \x7f \x08\x08",
    "workflow command": "x\n::error file=y::z\r\n::set-output name=a::b %0A%0D::stop-commands::x",
    "end of CDATA": "]]><x/><![CDATA[ ]]>",
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>\"' onmouseover='x",
    "comment": "--><!-- <!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]> &a; &lt; &#0; &",
    "end of style": "</style></code></pre></article><style>@import url(http://x)</style>",
    "nothing": "a\x00b\x00",
    "surrogates": "\ud800x\udcff\udc00\ud83d",
    "direction": "\u202egnp.exe\u2066\u200f\u061c\ufeff\u200b",
    "lines": "a\nb\rc\r\nd\u2028e\u2029f\x85g\x0bh\x0ci\x1cj\x1dk\x1el",
    "JSON": '"}],"x":[{"y":"\\\\"}\\u0000\\',
    "quotes": "'\"`''\"\"``",
    "long": "x" * 100_000,
    "long and wide": "日" * 20_000,
    "no characters": "\ufffe\uffff\ufdd0\U0001fffe",
    "rich": "[bold red]x[/bold red][link=http://x]y[/link] :smile: [/]",
    "place": "a:1:1: error: KR999 b:2:2: warning: c",
    "SARIF": "[click](http://x) {0} {1} [a](1)",
    "URI": "%2e%2e/..%00?x#y file:///etc/passwd javascript:alert(1)",
    "tabs": "\ta\tb",
    "blank": " ",
}


def findings_with(value: str) -> list[Diagnostic]:
    """A value wherever a finding can have one; twice."""
    text = f"before\n{value}after\n"
    path = value[:2_000].replace("/", "_") or "x"
    span = Span(Source(path, text), len("before\n"), len("before\n") + len(value))
    other = Span(Source(path + "2", text), 0, len(text))
    fix = Fix(value, safe=True, edits=(Edit(span, value + "changed"), Edit(Span(span.source, 0, 1), value)))
    made = fault(ERROR, span, value, related=(Related(other, value), Related(span, value)), fix=fix)
    subject = Subject(value, value, value)
    return [Diagnostic(made.code, made.severity, made.message, span, subject, made.related, fix)] * 2


def strictly(text: str) -> Any:
    """JSON without what only Python reads."""

    def refuse(word: str) -> None:
        raise ValueError(word)

    return json.loads(text, parse_constant=refuse, object_pairs_hook=_without_repetition)


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    assert len({name for name, _ in pairs}) == len(pairs)
    return dict(pairs)


def text_holds(out: str, findings: Sequence[Diagnostic]) -> None:
    heads = [row for row in out.split("\n") if row.startswith("error KR201 ")]
    assert heads == [f"error KR201 {clean(finding.message)}" for finding in findings]
    assert all(re.match(r"error KR201 |  (→|also|fix:) | *(\d+|⋮)? │ |$", row) for row in out.split("\n"))


def json_holds(out: str, findings: Sequence[Diagnostic]) -> None:
    read = strictly(out)
    assert list(read) == ["version", "as_of", "summary", "diagnostics"]
    _objects_hold(read["diagnostics"], findings)


def _objects_hold(objects: list[dict[str, Any]], findings: Sequence[Diagnostic]) -> None:
    assert [item["message"] for item in objects] == [finding.message for finding in findings]
    assert [item["path"] for item in objects] == [finding.span.path for finding in findings]
    assert all(len(item) == 12 for item in objects)


def jsonl_holds(out: str, findings: Sequence[Diagnostic]) -> None:
    assert out.endswith("\n") or not findings
    _objects_hold([strictly(row) for row in out.splitlines()], findings)


def github_holds(out: str, findings: Sequence[Diagnostic]) -> None:
    rows = out.splitlines()
    assert len(rows) == len(findings)
    assert out.count("\n") == len(rows)
    for row, finding in zip(rows, findings, strict=True):
        head, message = row.removeprefix("::error ").split("::", 1)
        assert dict(part.split("=", 1) for part in head.split(","))["title"] == "KR201 unresolved-citation"
        assert message.replace("%25", "%") == clean(finding.message)


def gitlab_holds(out: str, findings: Sequence[Diagnostic]) -> None:
    read = strictly(out)
    assert [item["description"] for item in read] == [f"KR201: {clean(finding.message)}" for finding in findings]
    assert len({item["fingerprint"] for item in read}) == len(findings)


def sarif_holds(out: str, findings: Sequence[Diagnostic]) -> None:
    run = strictly(out)["runs"][0]
    assert len(run["results"]) == len(findings)
    for result in run["results"]:
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", uri)
        assert not re.search(r"\]\(|(?<!\{)\{\d+\}", result["message"]["text"])


def junit_holds(out: str, findings: Sequence[Diagnostic]) -> None:
    root = ElementTree.fromstring(out.encode())
    assert {element.tag for element in root.iter()} == {"testsuites", "testsuite", "testcase", "failure"}
    assert [len(element) for element in root.iter("failure")] == [0] * len(findings)
    shown = [element.get("message").replace("\ufffd", "") for element in root.iter("failure")]
    wanted = [re.sub("[\ufffe\uffff]", "", clean(finding.message)) for finding in findings]
    assert [message.replace("\n", " ") for message in shown] == wanted


def errorformat_holds(out: str, findings: Sequence[Diagnostic]) -> None:
    rows = out.splitlines()
    assert len(rows) == len(findings)
    for row, finding in zip(rows, findings, strict=True):
        first, last = (re.fullmatch(rf"({path}):(\d+):(\d+): ([a-z])[a-z]+: (.*)", row) for path in (".+?", ".+"))
        assert first is not None
        assert last is not None
        assert first.groups() == last.groups()
        assert first.groups()[1:4] == ("2", "1", "e")
        assert first[5].replace(r"\u003a", ":") == f"KR201 {clean(finding.message)}".replace(r"\u003a", ":")


class Page(HTMLParser):
    """What a page is made of; every element that is opened must be closed in order."""

    VOID = ("meta", "input")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.titles: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {(tag, name) for name, _ in attrs}
        assert len({name for name, _ in attrs}) == len(attrs)
        if tag == "h3":
            self.titles.append("")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "h3" in self.open:
            self.titles[-1] += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)


TAGS = """a article b body code del details div footer h1 h2 h3 head header html i input ins label li main mark meta nav
ol p pre section span style summary title ul"""
ATTRIBUTES = """aria-label aria-labelledby autocomplete charset checked class content for href http-equiv id lang name
open type"""


def html_holds(out: str, findings: Sequence[Diagnostic]) -> None:
    page = Page()
    page.feed(out)
    page.close()
    assert page.open == []
    assert page.tags <= set(TAGS.split())
    assert {name for _, name in page.attributes} <= set(ATTRIBUTES.split())
    told = [title for title in page.titles if title.startswith("error ")]
    assert len(told) == len(findings)


HOLDS: dict[OutputFormat, Callable[[str, Sequence[Diagnostic]], None]] = {
    OutputFormat.TEXT: text_holds,
    OutputFormat.JSON: json_holds,
    OutputFormat.JSONL: jsonl_holds,
    OutputFormat.GITHUB: github_holds,
    OutputFormat.GITLAB: gitlab_holds,
    OutputFormat.SARIF: sarif_holds,
    OutputFormat.JUNIT: junit_holds,
    OutputFormat.ERRORFORMAT: errorformat_holds,
    OutputFormat.HTML: html_holds,
}


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
@pytest.mark.parametrize("output_format", OutputFormat)
def test_nothing_gets_out(output_format: OutputFormat, value: str) -> None:
    """A new format fails here until it says in `HOLDS` how it is read back."""
    findings = findings_with(value)
    run = Run(RUN.summary, RUN.as_of, value, "")
    out = rendered(output_format, findings, run)
    assert hostile(out) == []
    HOLDS[output_format](out, findings)
    assert rendered(output_format, findings_with(value), run) == out
    out.encode()


@pytest.mark.parametrize("output_format", OutputFormat)
@given(value=st.text(st.characters(), min_size=1, max_size=30))
def test_nor_does_anything_else(output_format: OutputFormat, value: str) -> None:
    findings = findings_with(value)
    out = rendered(output_format, findings, Run(RUN.summary, RUN.as_of, value, ""))
    assert hostile(out) == []
    HOLDS[output_format](out, findings)


@pytest.mark.parametrize("output_format", OutputFormat)
def test_a_run_without_any_finding(output_format: OutputFormat) -> None:
    out = rendered(output_format, [], CLEAR)
    if output_format is OutputFormat.JUNIT:
        assert 'tests="1" failures="0"' in out
    else:
        HOLDS[output_format](out, [])
