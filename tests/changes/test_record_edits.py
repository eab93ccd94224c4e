"""Records that are written in any manner: what is asked for is set, and nothing else changes, or nothing is written."""

# ruff: noqa: E501  tables of cases are wide

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketreview.changes.change import ChangeError
from ketreview.changes.review_edits import ReviewEdits, data_of
from ketreview.changes.yaml_scalar import requoted
from ketreview.changes.yaml_values import Fields, Value
from ketreview.edits import Edit, edited
from ketreview.model.flow import Flow
from ketreview.model.review import Review
from ketreview.model.trial import Enrolment
from ketreview.parsing import yaml_tree
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
    edits = ReviewEdits(found.where.source)
    edits.record(found.studies[0]).append("risk_of_bias", items or (ITEM,))
    return edited(found.where.source, edits.edits()).removeprefix(HEAD)


STUDY = "studies:\n- id: s\n  state: read\n  design: cohort"
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
            "studies:\n-   state: read\n    id: s\n    design: cohort\n",
            f"studies:\n-   state: read\n    id: s\n    design: cohort\n    risk_of_bias:\n    {WRITTEN.replace(chr(10), chr(10) + '  ')}\n",
        ),
        (
            "studies: [{id: s, state: read, design: cohort}]\n",
            "studies: [{id: s, state: read, design: cohort,\n  risk_of_bias: [{tool: rob2, domains: {randomisation: low}, overall: low}]}]\n",
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
        ("studies:\n- &s\n  id: s\n  state: read\n  design: cohort\n", f"studies:\n- &s\n  id: s\n  state: read\n  design: cohort\n  risk_of_bias:\n  {WRITTEN}\n"),
        (f"{STUDY}\n  # of s\n# of t\n\n# too\n- id: t\n  state: read\n  design: cohort\n", f"{STUDY}\n  # of s\n  risk_of_bias:\n  {WRITTEN}\n# of t\n\n# too\n- id: t\n  state: read\n  design: cohort\n"),
        (f"{STUDY}\n  risk_of_bias:\n  - tool: jbi\n    # of it\n  # of the title\n  title: T\n", f"{STUDY}\n  risk_of_bias:\n  - tool: jbi\n    # of it\n  {WRITTEN}\n  # of the title\n  title: T\n"),
        (f"{STUDY}\r\n# of claims\r\nclaims: []\r\n".replace("\n-", "\r\n-").replace("\n  ", "\r\n  "), f"{STUDY}\n  risk_of_bias:\n  {WRITTEN}\n# of claims\nclaims: []\n".replace("\n", "\r\n")),
        (f"{STUDY}\n  summary: '😀\u2029ä'\n", f"{STUDY}\n  summary: '😀\u2029ä'\n  risk_of_bias:\n  {WRITTEN}\n"),
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
        'studies:\n- "id": s\n  "state": read\n  "design": cohort\n',
        "studies:\n- ? id\n  : s\n  ? design\n  : cohort\n  ? state\n  : read\n",
        f"{STUDY}\n  risk_of_bias: &list\n  -\n    tool: syrcle\n",
        f"{STUDY}\n  risk_of_bias: !!seq\n  - {{tool: syrcle}}\n",
    ],
)
def test_what_is_written_oddly_is_refused_or_right(text: str) -> None:
    try:
        after = added(text)
    except ChangeError:
        return
    assert review(after).studies[0].risk_of_bias[-1].overall == "low"


def test_what_stands_behind_a_value_is_not_cut_off() -> None:
    added("studies: [\n  {id: s, state: read, design: cohort, risk_of_bias: [\n    {tool: syrcle}]}]\n")


FLOW = "flow:\n  duplicates: 3 # so many\n  dbr_excluded:\n  - {name: a, count: 1} # a\n  - {name: b, count: 2}\n  records_screened: 9\n"


@pytest.mark.parametrize(
    ("before", "values", "after"),
    [
        (FLOW, {"duplicates": 4}, FLOW.replace("3 #", "4 #")),
        (
            FLOW,
            {"dbr_excluded": [{"name": "c, d", "count": 5}, {"name": "b", "count": 6}], "new_reports": 7},
            FLOW.replace("name: a, count: 1", 'name: "c, d", count: 5')
            .replace("count: 2}\n", "count: 6}\n  new_reports: 7\n"),
        ),
        (
            FLOW,
            {"dbr_excluded": [{"name": "a", "count": 1}, {"name": "b", "count": 2}, {"name": "c", "count": 3}]},
            FLOW.replace("count: 2}\n", "count: 2}\n  - {name: c, count: 3}\n"),
        ),
        (
            FLOW.replace(" # a", ""),
            {"dbr_excluded": [{"name": "e", "count": 1}]},
            FLOW.replace("name: a, count: 1} # a\n  - {name: b, count: 2", "name: e, count: 1"),
        ),
        (
            "flow:\n  dbr_excluded: # why\n  - name: a # n\n    count: 1\n",
            {"dbr_excluded": [{"name": "a", "count": 2}]},
            "flow:\n  dbr_excluded: # why\n  - name: a # n\n    count: 2\n",
        ),
        ("flow: {duplicates: 3}\n", {"duplicates": 4, "new_studies": 5}, "flow: {duplicates: 4, new_studies: 5}\n"),
        ("flow: {}\n", {"new_studies": 5}, "flow: {new_studies: 5}\n"),
        ("flow: { # none\n  }\n", {"new_studies": 5}, "flow: {new_studies: 5 # none\n  }\n"),
        ("flow: {}\n", {"new_studies": 5, "new_reports": 6}, "flow: {new_studies: 5, new_reports: 6}\n"),
        (
            "flow:\n  dbr_excluded: [{name: a, count: 1}]\n",
            {"dbr_excluded": [{"name": "b", "count": 2}]},
            "flow:\n  dbr_excluded: [{name: b, count: 2}]\n",
        ),
        (
            "currency: {mode: static} # why\n\nclaims: []\n",
            {"duplicates": 1},
            "currency: {mode: static} # why\nflow: {duplicates: 1}\n\nclaims: []\n",
        ),
        (
            "summary: S\n# of the claims\nclaims: []\n",
            {"dbr_excluded": [{"name": "n" * 30, "count": 1}] * 3},
            "summary: S\n\nflow:\n  dbr_excluded:\n" + f"  - {{name: {'n' * 30}, count: 1}}\n" * 3 + "# of the claims\nclaims: []\n",
        ),
    ],
)  # fmt: skip
def test_figures_of_a_flow_are_set_in_their_places(before: str, values: Fields, after: str) -> None:
    found = review(before)
    edits = ReviewEdits(found.where.source)
    edits.root.merge("flow", values, Flow)
    assert edited(found.where.source, edits.edits()) == HEAD + after


@pytest.mark.parametrize(
    ("flow", "words"),
    [
        ("flow: {duplicates: &n 3, new_studies: *n}\n", r"reviews/a.yaml:5: `duplicates` is written in a way that"),
        ("flow: {new_studies: &n 3, duplicates: *n}\n", r"reviews/a.yaml:5: `duplicates` is written in a way that"),
        ("flow: {duplicates: !!str 3}\n", "`duplicates` is written"),
        ("flow: &f {new_studies: 3}\nodd: *f\n", "reviews/a.yaml is written in a way that is not edited here"),
        ("odd: &f {new_studies: 3}\nflow: *f\n", "reviews/a.yaml:6: `flow` is written"),
        ("flow: 3\n", "reviews/a.yaml:5: `flow` is written"),
        ("flow: {duplicates: 3, duplicates: 4}\n", "`duplicates` is written in a way that"),
        ("flow: [\n", "reviews/a.yaml cannot be read; run `ketreview check reviews/a.yaml` first"),
        ("", "reviews/a.yaml: `duplicates` is `-1`.*; nothing was written"),
    ],
)
def test_what_others_share_and_what_is_no_figure_is_refused(flow: str, words: str) -> None:
    value = -1 if not flow else 5
    with pytest.raises(ChangeError, match=words):
        figures(Source("reviews/a.yaml", HEAD + flow), value)


def figures(source: Source, value: Value) -> str:
    edits = ReviewEdits(source)
    edits.root.merge("flow", {"duplicates": value}, Flow)
    return edited(source, edits.edits())


def test_a_field_set_twice_is_refused() -> None:
    source = Source("reviews/a.yaml", HEAD)
    edits = ReviewEdits(source)
    edits.root.set("title", "B")
    edits.root.set("title", "C")
    with pytest.raises(ChangeError, match="not edited here"):
        edits.edits()


def test_an_empty_value_is_filled() -> None:
    source = Source("reviews/a.yaml", HEAD + "summary: # none yet\nclaims: []\n")
    edits = ReviewEdits(source)
    edits.root.set("summary", "S")
    assert edited(source, edits.edits()) == HEAD + "summary: S # none yet\nclaims: []\n"


@pytest.mark.parametrize(
    ("written", "value", "after"),
    [
        ("'a'", "it's", "'it''s'"),
        ("'a'", "b\u202e", '"b\\u202e"'),
        ('"a"', 'b\\c "d"', '"b\\\\c \\"d\\""'),
        ('"1"', 2, "2"),
        ("a", "yes", '"yes"'),
        ("a", "1:30", '"1:30"'),
        ("a", "2026-05", "2026-05"),
        ("a", "it's", "it's"),
        ("a", "a: b", '"a: b"'),
        ("a", True, "true"),
        ("a", 0.5, "0.5"),
    ],
)
def test_a_value_keeps_its_quotes(written: str, value: str | float, after: str) -> None:
    assert requoted(written, value) == after


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=60).filter(
    str.strip
)
DAYS = st.sampled_from(["2020-01", "2021-12-31"])
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "sponsor": TEXTS,
    "why_stopped": TEXTS | TEXTS.map(lambda text: f"{text.strip()} word" * 12),
    "conditions": st.lists(TEXTS, min_size=1, max_size=3),
    "start": DAYS,
    "delayed_posting": st.booleans(),
    "enrolment": st.fixed_dictionaries({"planned": st.integers(0, 99)}, optional={"note": TEXTS, "actual": st.just(1)}),
    "changes": st.lists(
        st.fixed_dictionaries({"field": TEXTS, "read": DAYS}, optional={"after": TEXTS}), min_size=1, max_size=3
    ),
}
COLLECTIONS = frozenset({"conditions", "enrolment", "changes"})


class Case(NamedTuple):
    """A file of three trials: its lines with the field each belongs to, and what the middle one says."""

    lines: list[tuple[str, str]]
    end: str
    last: str
    data: dict[str, Any]

    @property
    def text(self) -> str:
        return self.end.join(line for _, line in self.lines) + self.last


@st.composite
def cases(draw: st.DrawFn) -> Case:
    names = draw(st.lists(st.sampled_from(sorted(VALUES)), unique=True))
    data = {"id": "b", "title": "B", "status": "RECRUITING", **{name: draw(VALUES[name]) for name in names}}
    order = draw(st.permutations(list(data)))
    lead = draw(st.sampled_from(["", "  "]))
    if draw(st.booleans()):
        record = [("", f"{lead}- {{{', '.join(f'{name}: {inline(draw, data[name])}' for name in order)}}}")]
    else:
        rows = [row for name in order for row in block(draw, name, data[name], f"{lead}  ")]
        first = next(index for index, (owner, _) in enumerate(rows) if owner != "-")
        record = [(rows[first][0], f"{lead}- {rows[first][1].lstrip()}"), *rows[first + 1 :]]
    other = "{{id: {0}, title: A, status: COMPLETED}} # of {0}"
    lines = [
        *(("-", line) for line in [*HEAD.splitlines(), "# of the trials", "trials:", lead + "- " + other.format("x")]),
        ("-", f"{lead}# of b"),
        *record,
        *(
            ("-", line)
            for line in ["", f"{lead}# of y", lead + "- " + other.format("y"), "# the end"][
                : draw(st.sampled_from([0, 4]))
            ]
        ),
    ]
    end = draw(st.sampled_from(["\n", "\r\n"]))
    return Case(lines, end, draw(st.sampled_from(["", end])), data)


def inline(draw: st.DrawFn, value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {inline(draw, inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(inline(draw, inner) for inner in value)}]"
    return requoted(draw(st.sampled_from(["", "'", '"'])), value)


def block(draw: st.DrawFn, name: str, value: Any, lead: str) -> list[tuple[str, str]]:
    """The lines of a field in some manner, with comments about it."""
    note = draw(st.sampled_from(["", f" # of {name}"]))
    if isinstance(value, dict) and draw(st.booleans()):
        rows = [
            f"{lead}{name}:{note}",
            *(f"{lead}    {key}: {inline(draw, inner)}{note}" for key, inner in value.items()),
        ]
    elif isinstance(value, list) and draw(st.booleans()):
        rows = [f"{lead}{name}:{note}", *(f"{lead}- {inline(draw, inner)}{note}" for inner in value)]
    elif isinstance(value, str) and value.isascii() and value == value.strip() and draw(st.booleans()):
        rows = [f"{lead}{name}: |-", f"{lead}  {value}"]
    else:
        rows = [f"{lead}{name}: {inline(draw, value)}{note}"]
    above = draw(st.sampled_from([[], [""], [f"{lead}# above {name}"]]))
    return [*(("-", row) for row in above), *((name, row) for row in rows)]


MORE = {"conditions": VALUES["conditions"], "changes": VALUES["changes"]}


@given(cases(), st.fixed_dictionaries({}, optional=VALUES), st.fixed_dictionaries({}, optional=MORE))
@settings(max_examples=300)
def test_what_is_set_is_read_back_and_all_else_stays(case: Case, values: Fields, more: Mapping[str, list[Any]]) -> None:
    source = Source("reviews/a.yaml", case.text)
    wanted = read(source)
    assert wanted["trials"][1] == case.data
    more = {name: items for name, items in more.items() if name not in values}
    try:
        after = edited(source, changes(source, values, more))
    except ChangeError:
        assert values.keys() & COLLECTIONS & case.data.keys(), "only a list or record written anew may be refused"
        return
    wanted["trials"][1] |= values
    for name, items in more.items():
        wanted["trials"][1][name] = [*case.data.get(name, []), *items]
    assert json.dumps(read(Source("", after)), sort_keys=True) == json.dumps(wanted, sort_keys=True)
    assert_kept(case, after, {*values, *more})


def changes(source: Source, values: Fields, more: Mapping[str, list[Any]]) -> tuple[Edit, ...]:
    found = parse_review(source.path, source.text.encode())
    assert found.diagnostics == ()
    assert found.review is not None
    edits = ReviewEdits(source)
    record = edits.record(found.review.trials[1])
    for name, value in values.items():
        record.set(name, value)
    for name, items in more.items():
        record.append(name, items)
    return edits.edits()


def read(source: Source) -> Any:
    return data_of(yaml_tree.parse(source)[0])


def assert_kept(case: Case, after: str, touched: set[str]) -> None:
    """What is around the record is the same to the byte, as is each line of it that is of another field."""
    owners = [owner for owner, _ in case.lines]
    lines = [line for _, line in case.lines]
    first = owners.index("-") + next(index for index, owner in enumerate(owners) if owner != "-")
    last = max(index for index, owner in enumerate(owners) if owner != "-")
    assert after.startswith("".join(line + case.end for line in lines[:first]))
    assert after.endswith("".join(case.end + line for line in lines[last + 1 :]) + case.last)
    following = iter(after.split(case.end))
    assert all(line in following for owner, line in case.lines if owner not in {"", *touched})
    for name in touched - COLLECTIONS:
        assert after.count(f"# of {name}") >= case.text.count(f"# of {name}")


def test_what_comes_to_one_place_stands_from_the_inmost_record_outwards() -> None:
    text = HEAD + "trials:\n- id: a\n  title: A\n  status: RECRUITING\n  enrolment:\n    planned: 20\n"
    source = Source("reviews/a.yaml", text)
    edits = ReviewEdits(source)
    (trial,) = review(text.removeprefix(HEAD)).trials
    record = edits.record(trial)
    record.append("changes", [{"field": "start", "read": "2026-01"}])
    record.merge("enrolment", {"actual": 4}, Enrolment)
    added = "    actual: 4\n  changes:\n  - {field: start, read: 2026-01}\n"
    assert edited(source, edits.edits()) == text + added


def test_an_item_that_stands_elsewhere_is_refused_where_it_is() -> None:
    source = Source("reviews/a.yaml", HEAD + "flow: {dbr_excluded: [&p {name: a, count: 1}, *p]}\n")
    values: Fields = {"dbr_excluded": [{"name": "a", "count": 1}, {"name": "a", "count": 2}]}
    with pytest.raises(ChangeError, match=r"reviews/a\.yaml:5: `dbr_excluded` is written"):
        ReviewEdits(source).root.merge("flow", values, Flow)
