"""JUnit reports, by a schema of what we write of them."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from ketreview.render.diagnostics.junit import render
from tests.render.findings import CLEAR, FINDINGS, RUN
from tests.render.test_hostile_formats import VALUES, findings_with
from tests.schemas import HERE

SCHEMA = etree.XMLSchema(etree.parse(HERE / "junit.xsd"))


def report(findings: Any) -> Any:
    """The report as a valid tree."""
    root = etree.fromstring(render(findings, RUN).encode())
    assert SCHEMA.validate(root), SCHEMA.error_log
    return root


def counts(element: Any) -> tuple[int, int, int]:
    tests, failures, errors = (int(element.get(name)) for name in ("tests", "failures", "errors"))
    return tests, failures, errors


def test_counts_are_right() -> None:
    root = report(FINDINGS)
    assert counts(root) == (5, 5, 0)
    assert [(suite.get("name"), counts(suite)) for suite in root] == [
        ("references.bib", (2, 2, 0)),
        ("reviews/a.yaml", (2, 2, 0)),
        ("reviews/b.yaml", (1, 1, 0)),
    ]
    for suite in root:
        assert counts(suite) == (len(suite), len(suite.findall("testcase/failure")), 0)


def test_a_test() -> None:
    case = report(FINDINGS)[0][0]
    assert dict(case.attrib) == {"name": "KR201 `a` is a key already", "classname": "references.bib"}
    assert dict(case[0].attrib) == {"type": "error", "message": "`a` is a key already"}
    assert case[0].text == ("references.bib:5:7: error KR201 `a` is a key already\nalso references.bib:1:7: first here")
    assert report(FINDINGS)[0][1][0].text.endswith("\nfix: Write the DOI alone")


def test_alike_findings_have_names_of_their_own() -> None:
    names = [case.get("name") for case in report(FINDINGS)[1]]
    assert names == ["KR201 `bb` is in no store", "KR201 `bb` is in no store (2)"]


def test_a_run_without_findings_is_a_test_that_passed() -> None:
    root = etree.fromstring(render((), CLEAR).encode())
    assert SCHEMA.validate(root), SCHEMA.error_log
    assert counts(root) == (1, 0, 0)
    assert [len(case) for case in root.iter("testcase")] == [0]


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_valid_with_anything(value: str) -> None:
    report(findings_with(value))
