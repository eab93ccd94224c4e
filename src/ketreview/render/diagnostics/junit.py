"""Findings as a JUnit report, as Jenkins reads it (junit-10.xsd of its xUnit plugin).

A file with findings is a suite, a finding a test that failed; without any finding, one test passed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from ketreview.diagnostics import Diagnostic
from ketreview.patterns import regex
from ketreview.render.clean import clean
from ketreview.render.diagnostics import Run
from ketreview.source import Span

_NO_CHARACTER = regex("[\ufffe\uffff]")
"""What XML 1.0 forbids beside that which `clean` writes as codes."""


def render(findings: Sequence[Diagnostic], run: Run) -> str:
    """The whole report."""
    del run
    counts = f'tests="{max(len(findings), 1)}" failures="{len(findings)}" errors="0"'
    suites = "".join(_suites(findings)) if findings else _PASSED
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="ketreview" {counts}>\n{suites}</testsuites>\n'


_PASSED = """\
  <testsuite name="ketreview" tests="1" failures="0" errors="0" skipped="0">
    <testcase name="no findings" classname="ketreview"/>
  </testsuite>
"""


def _suites(findings: Sequence[Diagnostic]) -> Iterator[str]:
    """One a file; findings come in order of their paths."""
    for path, group in groupby(findings, key=lambda finding: finding.span.path):
        of_file = list(group)
        number = len(of_file)
        yield (
            f'  <testsuite name={_attribute(path)} tests="{number}" failures="{number}" errors="0" skipped="0">\n'
            f"{''.join(_cases(path, of_file))}  </testsuite>\n"
        )


def _cases(path: str, findings: Sequence[Diagnostic]) -> Iterator[str]:
    """One a finding. A test is known by its name, so no line stands in it, and those alike are numbered."""
    seen: Counter[str] = Counter()
    for finding in findings:
        name = f"{finding.code.id} {finding.message}"
        seen[name] += 1
        shown = name if seen[name] == 1 else f"{name} ({seen[name]})"
        failure = f'<failure type="{finding.severity}" message={_attribute(finding.message)}>{_told(finding)}</failure>'
        named = f"name={_attribute(shown)} classname={_attribute(path)}"
        yield f"    <testcase {named}>\n      {failure}\n    </testcase>\n"


def _told(finding: Diagnostic) -> str:
    """The finding with its place, the related places and the fix, one a line."""
    rows = [f"{_place(finding.span)}: {finding.severity} {finding.code.id} {finding.message}"]
    rows += (f"also {_place(related.span)}: {related.message}" for related in finding.related)
    rows += [f"fix: {finding.fix.title}"] if finding.fix else []
    return "\n".join(escape(_characters(row)) for row in rows)


def _place(span: Span) -> str:
    line, column = span.begin
    return f"{span.path}:{line}:{column}"


def _attribute(text: str) -> str:
    return quoteattr(_characters(text))


def _characters(text: str) -> str:
    """`text` in characters that XML allows."""
    return _NO_CHARACTER.sub("\ufffd", clean(text))
