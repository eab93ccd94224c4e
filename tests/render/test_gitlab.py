"""GitLab's Code Quality report, by what GitLab documents of it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from ketreview.diagnostics import fingerprint
from ketreview.render.diagnostics.gitlab import render
from tests.render.findings import FINDINGS, RUN
from tests.render.test_hostile_formats import VALUES, findings_with
from tests.schemas import holds, own

SCHEMA = own("gitlab-code-quality.json")


def test_a_report() -> None:
    report = json.loads(render(FINDINGS, RUN))
    holds(report, SCHEMA)
    assert report[1] == {
        "description": "KR205: a DOI is written alone",
        "check_name": "KR205 reference-without-key",
        "fingerprint": fingerprint(FINDINGS[1]),
        "severity": "minor",
        "location": {"path": "references.bib", "lines": {"begin": 3, "end": 3}},
    }
    assert [item["severity"] for item in report] == ["major", "minor", "major", "major", "info"]


def test_fingerprints_are_unique_and_stay() -> None:
    first = [item["fingerprint"] for item in json.loads(render(FINDINGS, RUN))]
    assert len(set(first)) == len(FINDINGS)
    assert first[3] == f"{first[2]}-2"
    assert [item["fingerprint"] for item in json.loads(render(FINDINGS[2:], RUN))] == first[2:]


def test_paths_are_those_of_the_repository() -> None:
    report = json.loads(render(FINDINGS, replace(RUN, folder="a b/")))
    assert report[0]["location"]["path"] == "a b/references.bib"


def test_nothing_found_is_an_empty_list() -> None:
    assert render((), RUN) == "[]\n"


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_valid_with_anything(value: str) -> None:
    holds(json.loads(render(findings_with(value), RUN)), SCHEMA)
