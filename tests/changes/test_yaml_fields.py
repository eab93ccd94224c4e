"""Fields set in records that are written in any manner: nothing else changes, or nothing is written."""

# ruff: noqa: E501  tables of cases are wide

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.changes.change import ChangeError
from ketreview.changes.yaml_fields import Fields, Value, add_items, field_rows, require_as_meant, set_fields
from ketreview.edits import edited
from ketreview.model.integration import NextStep
from ketreview.model.record import Where
from ketreview.model.review import Review
from ketreview.parsing.reviews import parse_review
from ketreview.source import Source

HEAD = "schema_version: 1\nid: a\ntitle: A\nstatus: active\n"
ITEM: Fields = {"tool": "rob2", "domains": {"randomisation": "low"}, "overall": "low"}


def review(text: str) -> Review:
    file = parse_review("reviews/a.yaml", (HEAD + text).encode())
    assert file.diagnostics == ()
    assert file.review is not None
    return file.review


def added(text: str, *items: Fields) -> str:
    """The text with items added to the assessments of its first study, without the head."""
    found = review(text)
    after = edited(found.where.source, add_items(found.studies[0], "risk_of_bias", items or (ITEM,)))
    require_as_meant(found, after)
    return after.removeprefix(HEAD)


STUDY = "studies:\n- id: s\n  design: cohort\n  state: read"
WRITTEN = "- tool: rob2\n    domains: {randomisation: low}\n    overall: low"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{STUDY}\n", f"{STUDY}\n  risk_of_bias:\n  {WRITTEN}\n"),
        (STUDY, f"{STUDY}\n  risk_of_bias:\n  {WRITTEN}"),
        (f"{STUDY} # so\n# the end\n", f"{STUDY} # so\n  risk_of_bias:\n  {WRITTEN}\n# the end\n"),
        (
            f"{STUDY}\n  summary: >-\n    more\n\n    lines\n\nclaims: []\n",
            f"{STUDY}\n  summary: >-\n    more\n\n    lines\n  risk_of_bias:\n  {WRITTEN}\n\nclaims: []\n",
        ),
        (
            "studies:\n-   design: cohort\n    id: s\n    state: read\n",
            f"studies:\n-   design: cohort\n    id: s\n    state: read\n    risk_of_bias:\n    {WRITTEN.replace(chr(10), chr(10) + '  ')}\n",
        ),
        (
            "studies: [{id: s, design: cohort, state: read}]\n",
            "studies: [{id: s, design: cohort, state: read, risk_of_bias: [{tool: rob2, domains: {randomisation: low}, overall: low}]}]\n",
        ),
        (
            f"{STUDY}\n  risk_of_bias: [] # none yet\n",
            f"{STUDY}\n  risk_of_bias: [{{tool: rob2, domains: {{randomisation: low}}, overall: low}}] # none yet\n",
        ),
        (
            f"{STUDY}\n  risk_of_bias: [{{tool: syrcle}}]\n",
            f"{STUDY}\n  risk_of_bias: [{{tool: syrcle}}, {{tool: rob2, domains: {{randomisation: low}}, overall: low}}]\n",
        ),
        (
            f"{STUDY}\n  risk_of_bias:\n    - tool: syrcle # first\n  title: T\n",
            f"{STUDY}\n  risk_of_bias:\n    - tool: syrcle # first\n    {WRITTEN.replace(chr(10), chr(10) + '  ')}\n  title: T\n",
        ),
        (f"{STUDY}\n".replace("\n", "\r\n"), f"{STUDY}\n  risk_of_bias:\n  {WRITTEN}\n".replace("\n", "\r\n")),
        ("studies:\n- &s\n  id: s\n  design: cohort\n  state: read\n", f"studies:\n- &s\n  id: s\n  design: cohort\n  state: read\n  risk_of_bias:\n  {WRITTEN}\n"),
        (f"{STUDY}\n  # of s\n# of t\n\n# too\n- id: t\n  design: cohort\n  state: read\n", f"{STUDY}\n  # of s\n  risk_of_bias:\n  {WRITTEN}\n# of t\n\n# too\n- id: t\n  design: cohort\n  state: read\n"),
        (f"{STUDY}\n  risk_of_bias:\n  - tool: jbi\n    # of it\n  # of the title\n  title: T\n", f"{STUDY}\n  risk_of_bias:\n  - tool: jbi\n    # of it\n  {WRITTEN}\n  # of the title\n  title: T\n"),
        (f"{STUDY}\r\n# of claims\r\nclaims: []\r\n".replace("\n-", "\r\n-").replace("\n  ", "\r\n  "), f"{STUDY}\n  risk_of_bias:\n  {WRITTEN}\n# of claims\nclaims: []\n".replace("\n", "\r\n")),
        (f"{STUDY}\n  title: '😀\u2029ä'\n", f"{STUDY}\n  title: '😀\u2029ä'\n  risk_of_bias:\n  {WRITTEN}\n"),
    ],
)  # fmt: skip
def test_an_assessment_is_added_in_the_manner_of_its_study(before: str, after: str) -> None:
    assert added(before) == after


def test_several_items_and_long_ones_stay_readable() -> None:
    domains = {f"q{number}": "partial yes" for number in range(1, 17)}
    text = added(f"{STUDY}\n", {"tool": "jbi"}, {"tool": "amstar2", "domains": domains, "overall": "high"})
    assert text.startswith(
        f"{STUDY}\n  risk_of_bias:\n  - {{tool: jbi}}\n  - tool: amstar2\n    domains:\n      q1: partial yes\n"
    )
    assert max(map(len, text.splitlines())) < 120


@pytest.mark.parametrize(
    "text",
    [
        'studies:\n- "id": s\n  "design": cohort\n  "state": read\n',
        "studies:\n- ? id\n  : s\n  ? design\n  : cohort\n  ? state\n  : read\n",
        f"{STUDY}\n  risk_of_bias: &list\n  -\n    tool: syrcle\n",
        f"{STUDY}\n  risk_of_bias: !!seq\n  - {{tool: syrcle}}\n",
    ],
)
def test_what_is_written_oddly_is_refused_or_right(text: str) -> None:
    found = review(text)
    try:
        after = edited(found.where.source, add_items(found.studies[0], "risk_of_bias", [ITEM]))
        require_as_meant(found, after)
    except ChangeError:
        return
    assert review(after.removeprefix(HEAD)).studies[0].risk_of_bias[-1].overall == "low"


def test_what_stands_behind_a_value_is_not_cut_off() -> None:
    found = review("studies: [\n  {id: s, design: cohort, state: read, risk_of_bias: [\n    {tool: syrcle}]}]\n")
    after = edited(found.where.source, add_items(found.studies[0], "risk_of_bias", [ITEM]))
    require_as_meant(found, after)


def test_a_place_that_no_line_ends_at_is_refused() -> None:
    source = Source("reviews/a.yaml", "due: 2026 done: true")
    with pytest.raises(ChangeError, match="more stands behind the value"):
        set_fields(NextStep(where=Where(source, {"": (0, 9), "due": (5, 9)}), text="A"), {"text": "T"})


FLOW = "flow:\n  duplicates: 3 # so many\n  dbr_excluded:\n  - {name: a, count: 1}\n  - {name: b, count: 2}\n  records_screened: 9\n"


@pytest.mark.parametrize(
    ("before", "values", "after"),
    [
        (FLOW, {"duplicates": 4}, FLOW.replace("3 #", "4 #")),
        (
            FLOW,
            {"dbr_excluded": [{"name": "c, d", "count": 5}, {"name": "e", "count": 6}], "new_reports": 7},
            FLOW.replace("name: a, count: 1", 'name: "c, d", count: 5').replace(
                "name: b, count: 2", "name: e, count: 6"
            )
            + "  new_reports: 7\n",
        ),
        ("flow: {duplicates: 3}\n", {"duplicates": 4, "new_studies": 5}, "flow: {duplicates: 4, new_studies: 5}\n"),
        ("flow: {}\n", {"new_studies": 5}, "flow: {new_studies: 5}\n"),
        (
            "flow:\n  dbr_excluded: [{name: a, count: 1}]\n",
            {"dbr_excluded": [{"name": "b", "count": 2}]},
            "flow:\n  dbr_excluded: [{name: b, count: 2}]\n",
        ),
    ],
)
def test_figures_of_a_flow_are_set_in_their_places(before: str, values: Fields, after: str) -> None:
    found = review(before)
    assert found.flow is not None
    text = edited(found.where.source, set_fields(found.flow, values))
    require_as_meant(found, text, tuple(values))
    assert text == HEAD + after


def test_a_new_field_follows_the_one_it_belongs_to() -> None:
    found = review("currency: {mode: static} # why\n\nclaims: []\n")
    edits = set_fields(found, {"flow": {"duplicates": 1}}, after=("searches", "currency"))
    assert edited(found.where.source, edits) == (
        HEAD + "currency: {mode: static} # why\nflow: {duplicates: 1}\n\nclaims: []\n"
    )


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("summary: A\n", "summary: B\n", "not safe to edit; nothing was written"),
        ("summary: A\n", "summary: [A]\n", r"not safe to edit \(`summary` is a list"),
        ("summary: A\n", "summary: 'A\n", "not safe to edit"),
        (f"{STUDY}\n", f"{STUDY.replace('read', 'found')}\n", "not safe to edit; nothing was written"),
        ("flow: {duplicates: 1, new_studies: 2}\n", "flow: {duplicates: 1, new_studies: 3}\n", "not safe"),
        (
            f"{STUDY}\n  risk_of_bias: [{{tool: jbi}}]\n",
            f"{STUDY}\n  risk_of_bias: [{{tool: syrcle}}]\n",
            "of s are not",
        ),
        (f"{STUDY}\n  risk_of_bias: [{{tool: jbi}}]\n", f"{STUDY}\n", "of s are not safe to edit"),
    ],
)
def test_a_change_of_anything_else_is_refused(before: str, after: str, words: str) -> None:
    with pytest.raises(ChangeError, match=words):
        require_as_meant(review(before), HEAD + after)


def test_what_is_added_may_be_seen_to_change() -> None:
    require_as_meant(
        review("flow: {duplicates: 1}\n"),
        HEAD + "flow: {duplicates: 2, new_studies: 3}\n",
        ("duplicates", "new_studies"),
    )
    require_as_meant(review("summary: A\n"), HEAD + "summary: A\nflow: {new_studies: 3}\n", ("new_studies",))


VALUES: st.SearchStrategy[Value] = st.recursive(
    st.text(max_size=30).filter(lambda text: text.strip() != "") | st.integers(-9, 10**9) | st.booleans(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(("a", "b", "c")), inner, min_size=1, max_size=3)
    ),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from(("randomisation", "deviations", "other")), st.text(max_size=60).filter(str.strip), min_size=1
    )
)
def test_any_words_come_back_as_they_were(domains: dict[str, str]) -> None:
    for text in (f"{STUDY}\n", "studies: [{id: s, design: cohort, state: read}]\n"):
        found = review(text)
        edits = add_items(
            found.studies[0],
            "risk_of_bias",
            [
                {"tool": "rob2", "domains": domains, "note": domains["other"]}
                if "other" in domains
                else {"tool": "rob2", "domains": domains}
            ],
        )
        after = edited(found.where.source, edits)
        require_as_meant(found, after)
        (assessment,) = review(after.removeprefix(HEAD)).studies[0].risk_of_bias
        assert assessment.domains == domains


@given(VALUES)
def test_any_value_can_be_written(value: Value) -> None:
    assert all(row.startswith(" ") for row in field_rows("name", value, 2))
