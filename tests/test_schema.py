"""The JSON Schema and the decoder give one verdict."""

# ruff: noqa: E501  tables of cases are wide

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from ketreview.parsing.reviews import parse_review
from ketreview.parsing.yaml_tree import parse
from ketreview.schema import review_schema
from ketreview.source import Source
from tests.parsing.model import Place, good, places, with_value, wrong
from tests.parsing.plain import plain

REVIEWS = sorted((Path(__file__).parent.parent / "reviews").glob("*.yaml"))
SCHEMA = review_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def verdicts(text: str) -> tuple[bool, bool]:
    """Whether the schema takes a review, and whether the decoder does."""
    root, faults = parse(Source("a.yaml", text))
    assert root is not None, faults
    return VALIDATOR.is_valid(plain(root)), not parse_review("a.yaml", text.encode()).diagnostics


def dumped(data: Any) -> str:
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True)


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", REVIEWS, ids=lambda path: path.stem)
def test_the_shipped_reviews_are_valid_under_both(path: Path) -> None:
    assert verdicts(path.read_text("utf-8")) == (True, True)


@pytest.mark.parametrize("place", places(), ids=lambda place: place.name)
def test_right_and_wrong_values_of_every_field(place: Place) -> None:
    assert verdicts(dumped(with_value(place, good(place.hint, place.field)))) == (True, True)
    for value in wrong(place.hint):
        assert verdicts(dumped(with_value(place, value))) == (False, False), value


@pytest.mark.parametrize("place", places(), ids=lambda place: place.name)
def test_a_misspelt_field(place: Place) -> None:
    data = with_value(place, good(place.hint, place.field))
    text = dumped(data).replace(f"{place.field}:", f"{place.field}x:", 1)
    assert verdicts(text) == (False, False)


HEAD = "schema_version: 1\nid: a\ntitle: A\nstatus: active\n"
VALUES = {
    "a date as a number": "added: 2026",
    "a date as a text": 'added: "2026"',
    "a month": "added: 2026-12",
    "month 13": "added: 2026-13",
    "month 0": "added: 2026-00",
    "day 32": "added: 2026-01-32",
    "a date with blanks": 'added: " 2026"',
    "a year of three digits": "added: 999",
    "a year of five digits": "added: 20261",
    "year 0": "added: 0000",
    "other digits": "added: ٢٠٢٦",
    "an id with blanks": "concerns: [{id: a b, about: [], problem: p, basis: unverified, status: open}]",
    "an id": "concerns: [{id: a.b-c_1, about: [], problem: p, basis: unverified, status: open}]",
    "a text of blanks": 'summary: " "',
    "a text of line feeds": 'summary: "\\n\\n"',
    "a text of lines": 'summary: "\\na\\n"',
    "a path": "sources: [{id: s, title: t, folder: a/b..c}]",
    "a path up": "sources: [{id: s, title: t, folder: a/..}]",
    "a path up in lines": 'sources: [{id: s, title: t, folder: "a\\n/../b"}]',
    "an empty folder": 'sources: [{id: s, title: t, folder: ""}]',
    "a percentage": "safety: {adverse_effects: [{name: n, percent: 100}]}",
    "too much": "safety: {adverse_effects: [{name: n, percent: 100.1}]}",
    "too little": "safety: {adverse_effects: [{name: n, percent: -1}]}",
    "a count": "studies: [{id: s, design: cohort, state: read, participants: 0}]",
    "half a participant": "studies: [{id: s, design: cohort, state: read, participants: 0.5}]",
    "one bound": "studies: [{id: s, design: cohort, state: read, results: [{outcome: o, ci: [1]}]}]",
    "no bound": "studies: [{id: s, design: cohort, state: read, results: [{outcome: o, ci: []}]}]",
    "a key with blanks": "studies: [{id: s, design: cohort, state: read, cites: [a b]}]",
    "an empty key": 'sources: [{id: s, title: t, cites: ""}]',
    "a place": "claims: [{id: c, kind: cost, statement: s, places: [GB-NIR, EU]}]",
    "a place in small letters": "claims: [{id: c, kind: cost, statement: s, places: [gb]}]",
    "an empty list": "studies: []",
    "another version": "schema_version_: 2",
    "a level as stated": "certainty: [{id: r, scale: grade, level: low, as_stated: MEDIUM}]",
    "an empty level as stated": 'certainty: [{id: r, scale: grade, level: low, as_stated: ""}]',
    "a statement": "certainty: [{id: r, scale: grade, level: low, as_stated: [{source: s, level: 3}]}]",
    "a statement of a list": "certainty: [{id: r, scale: grade, level: low, as_stated: [{source: s, level: [3]}]}]",
    "a statement whose source is a number": "certainty: [{id: r, scale: grade, level: low, as_stated: [{source: 3, level: x}]}]",
    "a statement whose place is true": "certainty: [{id: r, scale: grade, level: low, as_stated: [{at: true}]}]",
    "a statement with a field of another record": "certainty: [{id: r, scale: grade, level: low, as_stated: [{phase: 3}]}]",
    "an empty statement": "certainty: [{id: r, scale: grade, level: low, as_stated: [{}]}]",
}


@pytest.mark.parametrize("text", VALUES.values(), ids=VALUES)
def test_values_at_the_edge(text: str) -> None:
    schema, decoder = verdicts(HEAD + text + "\n")
    assert schema == decoder


KNOWN = {
    "a last line feed: `$` of Python's patterns allows it, that of JSON Schema's does not": (
        'added: "2026\\n"',
        True,
        False,
    ),
    "a day that the month has not: a pattern cannot know": ("added: 2026-02-30", True, False),
    "a whole number written with a point: JSON Schema counts it as an integer": (
        "studies: [{id: s, design: cohort, state: read, participants: 3.0}]",
        True,
        False,
    ),
    "one id twice: beyond a schema": (
        "studies: [{id: s, design: cohort, state: read}, {id: s, design: cohort, state: read}]",
        True,
        False,
    ),
    "a field written twice: plain data has it once": ("status: active", True, False),
}


@pytest.mark.parametrize(("text", "schema", "decoder"), KNOWN.values(), ids=KNOWN)
def test_differences_that_are_known(text: str, schema: bool, decoder: bool) -> None:
    assert verdicts(HEAD + text + "\n") == (schema, decoder)
