"""Annotations of GitHub Actions: nothing from a file ends a line or begins another command."""

# ruff: noqa: E501  tables of cases are wide

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.diagnostics import Code, Diagnostic, Severity, fault
from ketreview.render.diagnostics import Run, github
from ketreview.source import Source, Span
from tests.projects import AS_OF, run, write
from tests.render.findings import RUN

CODE = Code("KR201", "unresolved-citation", Severity.ERROR, "")


def finding(
    message: str = "m",
    path: str = "a.yaml",
    text: str = "a\nbcd\ne",
    start: int = 3,
    end: int = 5,
    severity: Severity = Severity.ERROR,
) -> Diagnostic:
    made = fault(CODE, Span(Source(path, text), start, end), message)
    return Diagnostic(made.code, severity, made.message, made.span)


CASES = {
    "plain": (finding(), "::error file=a.yaml,line=2,endLine=2,title=KR201 unresolved-citation,col=2,endColumn=4::m\n"),
    "lines": (finding(end=7), "::error file=a.yaml,line=2,endLine=3,title=KR201 unresolved-citation::m\n"),
    "warning": (finding(severity=Severity.WARNING), "::warning file=a.yaml,line=2,endLine=2,title=KR201 unresolved-citation,col=2,endColumn=4::m\n"),
    "notice": (finding(severity=Severity.INFO), "::notice file=a.yaml,line=2,endLine=2,title=KR201 unresolved-citation,col=2,endColumn=4::m\n"),
    "percent": (finding("50 %0A"), "::error file=a.yaml,line=2,endLine=2,title=KR201 unresolved-citation,col=2,endColumn=4::50 %250A\n"),
    "path": (finding(path="a,line=9::x%.yaml"), "::error file=a%2Cline=9%3A%3Ax%25.yaml,line=2,endLine=2,title=KR201 unresolved-citation,col=2,endColumn=4::m\n"),
}  # fmt: skip


@pytest.mark.parametrize(("given_", "expected"), CASES.values(), ids=CASES)
def test_cases(given_: Diagnostic, expected: str) -> None:
    assert github.render([given_], RUN) == expected


def test_paths_are_those_of_the_repository() -> None:
    below = Run(RUN.summary, RUN.as_of, folder="books/ketamine/")
    assert github.render([finding()], below).startswith("::error file=books/ketamine/a.yaml,line=2")


@given(st.text(max_size=40), st.text(max_size=20))
def test_one_finding_is_one_line(message: str, path: str) -> None:
    out = github.render([finding(message, path)], RUN)
    assert out.count("\n") == 1
    assert out.endswith("\n")
    assert out.splitlines() == [out[:-1]] or not {"\r", "\x85", "\u2028"} & set(message + path)
    assert out.split("::")[1].startswith("error file=")
    assert not any(sign in out for sign in "\r\x1b\x00\u202e")


def test_a_run(tmp_path: Path) -> None:
    write(tmp_path, {"references.bib": '@misc{a\n}\n@misc{b::error file=x%0A::y, t "}\n@misc{a}\n'})
    done = run(tmp_path, "check", *AS_OF, "--output-format", "github")
    assert done.code == 1
    assert all(
        re.match(r"::(error|warning|notice) file=references\.bib,line=\d", line) for line in done.out.splitlines()
    )
