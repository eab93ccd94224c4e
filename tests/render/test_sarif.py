"""SARIF: valid by its schema, and what readers take from it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from ketreview.checking import catalogue
from ketreview.cli.output import OutputFormat
from ketreview.diagnostics import Code, Fix, Related, Severity, fault, fingerprint
from ketreview.edits import Edit
from ketreview.render.diagnostics.sarif import FINGERPRINT, render
from ketreview.source import Source, Span
from tests.render.findings import CLEAR, ERROR, FINDINGS, RUN
from tests.render.test_hostile_formats import VALUES, findings_with
from tests.schemas import holds, published

SCHEMA = published("https://json.schemastore.org/sarif-2.1.0.json")


def log(*findings: Any, folder: str = "") -> Any:
    return json.loads(render(findings, replace(RUN, folder=folder)))


def only(*findings: Any, folder: str = "") -> Any:
    """The first result."""
    return log(*findings, folder=folder)["runs"][0]["results"][0]


def test_the_schema_is_the_one_of_the_standard() -> None:
    assert SCHEMA["title"] == "Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema"
    with pytest.raises(AssertionError, match="is not one of"):
        holds({"version": "2.0.0", "runs": []}, SCHEMA)


@pytest.mark.parametrize("findings", [FINDINGS, ()], ids=["some", "none"])
def test_valid(findings: Any) -> None:
    holds(json.loads(render(findings, CLEAR)), SCHEMA)


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_valid_with_anything(value: str) -> None:
    holds(json.loads(render(findings_with(value), RUN)), SCHEMA)


def test_the_run() -> None:
    run = log(*FINDINGS)["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["originalUriBaseIds"] == {"%SRCROOT%": {"description": {"text": "The root of the repository."}}}
    assert run["properties"] == {
        "as_of": "2026-11-20",
        "summary": {
            "errors": 1, "warnings": 2, "infos": 1, "reviews": 3, "entries": 4, "citations": 5, "unresolved": 6,
        },
    }  # fmt: skip


def test_every_rule_is_told_of_with_help() -> None:
    rules = log()["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(catalogue())
    for rule in rules:
        code = catalogue()[rule["id"]]
        assert rule["helpUri"].endswith(f"docs/rules.md#{code.id.lower()}-{code.name}")
        assert rule["help"]["text"] == code.documentation
        assert rule["defaultConfiguration"]["enabled"] is code.default
        assert 0 < len(rule["shortDescription"]["text"]) <= len(rule["fullDescription"]["text"]) <= 1024
        assert rule["shortDescription"]["text"].endswith(".")


def test_a_long_description_is_cut_between_words() -> None:
    code = Code("KRX", "x", Severity.INFO, "A fault.\n\n" + "word " * 1_000)
    rule = log(fault(code, Span(Source("a", ""), 0, 0), "m"))["runs"][0]["tool"]["driver"]["rules"][-1]
    assert len(rule["fullDescription"]["text"]) <= 1_000
    assert rule["fullDescription"]["text"].endswith("word…")


def test_a_result() -> None:
    results = log(*FINDINGS)["runs"][0]["results"]
    rules = log(*FINDINGS)["runs"][0]["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in results] == [finding.code.id for finding in FINDINGS]
    assert [result["level"] for result in results] == ["error", "warning", "error", "error", "note"]
    assert results[0]["relatedLocations"] == [
        {
            "id": 1,
            "physicalLocation": {
                "artifactLocation": {"uri": "references.bib", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 1, "startColumn": 7, "endLine": 1, "endColumn": 9},
            },
            "message": {"text": "first here"},
        }
    ]
    assert results[1]["fixes"] == [
        {
            "description": {"text": "Write the DOI alone"},
            "artifactChanges": [
                {
                    "artifactLocation": {"uri": "references.bib", "uriBaseId": "%SRCROOT%"},
                    "replacements": [
                        {
                            "deletedRegion": {"startLine": 3, "startColumn": 10, "endLine": 3, "endColumn": 26},
                            "insertedContent": {"text": ""},
                        }
                    ],
                }
            ],
            "properties": {"safe": True},
        }
    ]
    assert "fixes" not in results[4], "it changes nothing"
    assert results[2]["properties"] == {"review": "a", "key": "bb", "id": "c"}


def test_alike_findings_are_told_apart() -> None:
    prints = [result["partialFingerprints"] for result in log(*FINDINGS)["runs"][0]["results"]]
    assert prints[2] == {FINGERPRINT: f"{fingerprint(FINDINGS[2])}:1"}
    assert prints[3] == {FINGERPRINT: f"{fingerprint(FINDINGS[2])}:2"}
    assert len({entry[FINGERPRINT] for entry in prints}) == len(FINDINGS)


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a b/c.bib", "a%20b/c.bib"),
        ("a:b.yaml", "a%3Ab.yaml"),
        ("100%.yaml", "100%25.yaml"),
        ("ä?#.bib", "%C3%A4%3F%23.bib"),
        ("b\udcff.yaml", "b%FF.yaml"),
        ("b\ud800.yaml", "b%3F.yaml"),
    ],
)
def test_paths_are_percent_encoded(path: str, uri: str) -> None:
    finding = fault(ERROR, Span(Source(path, "x"), 0, 1), "m")
    place = only(finding, folder="my books/")["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": f"my%20books/{uri}", "uriBaseId": "%SRCROOT%"}


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("a `{Title}` in {braces}", "a `{Title}` in {braces}"),
        ("{0} and {12}", "{{0}} and {{12}}"),
        ("[here](http://x) [1]", "[here] (http://x) [1]"),
    ],
)
def test_messages_hold_no_placeholder_and_no_link(message: str, text: str) -> None:
    assert only(fault(ERROR, Span(Source("a", "x"), 0, 1), message))["message"]["text"] == text


def test_columns_count_code_points() -> None:
    source = Source("a", "😀😀x\n")
    region = only(fault(ERROR, Span(source, 2, 3), "m"))["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 1, "startColumn": 3, "endLine": 1, "endColumn": 4}


def test_edits_of_several_files_are_several_changes() -> None:
    places = [Span(Source(path, "x\n"), 0, 1) for path in ("a", "b", "a")]
    fix = Fix("Do it", safe=False, edits=tuple(Edit(place, "y") for place in places))
    made = fault(ERROR, places[0], "m", fix=fix, related=(Related(places[1], "there"),))
    changes = only(made)["fixes"][0]["artifactChanges"]
    assert [(change["artifactLocation"]["uri"], len(change["replacements"])) for change in changes] == [
        ("a", 2),
        ("b", 1),
    ]


def test_it_is_the_format_of_that_name() -> None:
    assert OutputFormat("sarif") is OutputFormat.SARIF
