"""Located trees to records: every fault at once, at its place."""

# ruff: noqa: E501  tables of cases are wide

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ketreview.model.study import Study
from ketreview.parsing.reviews import ReviewFile, parse_review
from ketreview.parsing.yaml_tree import Mapping, Node, Scalar, Sequence, parse
from tests.parsing.model import Path, Place, good, places, with_value, wrong

HEAD = "schema_version: 1\nid: a\ntitle: A\nstatus: active\n"


def read(text: str) -> ReviewFile:
    return parse_review("reviews/a.yaml", text.encode())


def faults(text: str) -> list[tuple[str, int, int, str]]:
    return [(found.code.id, *found.span.begin, found.message) for found in read(HEAD + text).diagnostics]


def node_at(node: Node, path: Path) -> Node:
    for step in path:
        if isinstance(step, int):
            assert isinstance(node, Sequence)
            node = node.items[step]
        else:
            assert isinstance(node, Mapping)
            node = next(value for key, value in node.pairs if isinstance(key, Scalar) and key.text == step)
    return node


@pytest.mark.parametrize("place", places(), ids=lambda place: place.name)
def test_a_right_value_of_every_field_is_taken(place: Place) -> None:
    file = read(yaml.safe_dump(with_value(place, good(place.hint, place.field)), sort_keys=False))
    assert file.diagnostics == ()
    assert file.review is not None


@pytest.mark.parametrize("place", places(), ids=lambda place: place.name)
def test_a_wrong_type_in_every_field_is_reported_where_it_stands(place: Place) -> None:
    for value in wrong(place.hint):
        file = read(yaml.safe_dump(with_value(place, value), sort_keys=False))
        root, _ = parse(file.source)
        assert root is not None
        node = node_at(root, (*place.path, place.field))
        inside = [found for found in file.diagnostics if node.start <= found.span.start <= found.span.end <= node.end]
        assert inside, f"{place.name}: {value!r} is taken"
        assert {found.code.id for found in inside} <= {"KR003", "KR004", "KR005"}


def test_the_whole_model_is_covered() -> None:
    names = {place.name for place in places()}
    assert {"Review.id", "Study.design", "Arm.percent", "Reference.printed", "Check.retrieved", "Dose.unit"} <= names
    assert len({place.cls for place in places()}) >= 30


CASES = {
    "unknown field": ("claimz: []\n", "KR003", 5, 1, "did you mean `claims`?"),
    "unknown field, nothing near": ("zzzzzz: []\n", "KR003", 5, 1, "`zzzzzz` is not a field here; fields are"),
    "case": ("Summary: x\n", "KR003", 5, 1, "did you mean `summary`?"),
    "written twice": ("title: B\n", "KR002", 5, 1, "`title` is written twice; the first is used"),
    "missing": ("studies:\n- id: s\n  design: cohort\n", "KR004", 6, 3, "a study needs `state`"),
    "missing, with an article": ("safety:\n  adverse_effects: [{of: 3}]\n", "KR004", 6, 21, "an adverse effect needs `name`"),
    "vocabulary": ("studies: [{id: s, design: chort, state: read}]\n", "KR005", 5, 27, "did you mean `cohort`?"),
    "a truth for a text": ("summary: yes\n", None, 0, 0, ""),
    "a boolean for a text": ("summary: true\n", "KR005", 5, 10, "`summary` is the value `true`; it is a text"),
    "a number for a text": ("summary: 3\n", "KR005", 5, 10, 'write "3"'),
    "an empty value": ("summary:\n", "KR005", 5, 9, "`summary` is empty (leave the field out); it is a text"),
    "an empty text": ("summary: ''\n", "KR005", 5, 10, "a text that is not empty"),
    "a path out": ("sources: [{id: s, title: S, folder: ../x}]\n", "KR005", 5, 37, "a path inside the project"),
    "an absolute path": ("sources: [{id: s, title: S, files: [{path: /etc/passwd}]}]\n", "KR005", 5, 44, "a path inside"),
    "a month that is none": ("added: 2026-13\n", "KR005", 5, 8, "it is a date"),
    "a day that is none": ("added: 2025-02-29\n", "KR005", 5, 8, "it is a date"),
    "a range": ("safety: {adverse_effects: [{name: n, percent: 101}]}\n", "KR005", 5, 47, "from 0 to 100"),
    "three bounds": ("studies: [{id: s, design: cohort, state: read, results: [{outcome: o, ci: [1, 2, 3]}]}]\n", "KR005", 5, 75, "3 items; it has 2"),
    "a key that is no text": ("? [a]\n: 1\n", "KR005", 5, 3, "a list stands where a field name is expected"),
    "one id twice": ("concerns: []\nstudies:\n- {id: s, design: cohort, state: read}\n- {id: s, design: cohort, state: read}\n", "KR005", 8, 8, "the id `s` names another study"),
    "a version to come": ("", None, 0, 0, ""),
}  # fmt: skip


@pytest.mark.parametrize(("text", "code", "line", "column", "message"), CASES.values(), ids=CASES)
def test_cases(text: str, code: str | None, line: int, column: int, message: str) -> None:
    found = faults(text)
    assert [fault[:3] for fault in found] == ([(code, line, column)] if code else [])
    assert all(message in fault[3] for fault in found)


def test_a_review_that_is_no_record() -> None:
    assert [found.message for found in read("- a\n").diagnostics] == [
        "the file is a list; it is a record with fields such as schema_version, id, title, status"
    ]


def test_every_fault_of_a_file_is_reported_at_once() -> None:
    text = "studies:\n- {id: s, design: x, state: y, participants: many}\n- 3\nclaims: no\nfoo: 1\n"
    assert sorted(fault[1] for fault in faults(text)) == [6, 6, 6, 7, 8, 9]


def test_only_the_wrong_record_is_left_out_and_its_ids_stay_known() -> None:
    file = read(HEAD + "studies:\n- {id: good, design: cohort, state: read}\n- {id: bad, design: cohort, state: red}\n")
    assert file.review is not None
    assert [study.id for study in file.review.studies] == ["good"]
    assert file.broken == {"bad"}


def test_a_record_knows_the_places_of_its_fields() -> None:
    file = read(HEAD + "studies:\n- id: s\n  cites: [a, b]\n  design: cohort\n  state: read\n")
    assert file.review is not None
    study: Study = file.review.studies[0]
    assert [study.span(name).text for name in ("id", "cites.1", "design")] == ["s", "b", "cohort"]
    assert study.span().begin == (6, 3)
    assert study.span("title") == study.span()


def test_as_stated_takes_the_fields_of_its_record_as_printed() -> None:
    file = read(
        HEAD
        + "certainty:\n- {id: r, scale: grade, level: low, as_stated: MEDIUM}\n"
        + "- {id: q, scale: grade, level: low, as_stated: [{source: s, level: 3}]}\n"
    )
    assert file.diagnostics == ()
    assert file.review is not None
    first, second = file.review.certainty
    assert first.as_stated[0].values == {"level": "MEDIUM"}
    assert second.as_stated[0].values == {"level": 3}
    assert faults("as_stated: [{nope: 1}]\n")[0][0] == "KR003"


_KEYS = st.sampled_from(
    [
        "id",
        "studies",
        "claims",
        "title",
        "from",
        "as_stated",
        "certainty",
        "ci",
        "added",
        "x",
        "trials",
        "printed",
        "sources",
    ]
)
_JUNK: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.text(max_size=4), st.integers(), st.floats(), st.booleans(), st.none()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_KEYS, inner, max_size=4)),
    max_leaves=12,
)


@settings(max_examples=200)
@given(st.dictionaries(_KEYS, _JUNK, max_size=5))
def test_no_data_raises(data: dict[str, Any]) -> None:
    file = read(yaml.safe_dump(data, allow_unicode=True))
    assert file.diagnostics
    for found in file.diagnostics:
        assert 0 <= found.span.start <= found.span.end <= len(file.source.text)


@given(st.binary(max_size=80))
def test_no_bytes_raise(data: bytes) -> None:
    parse_review("a.yaml", data)
