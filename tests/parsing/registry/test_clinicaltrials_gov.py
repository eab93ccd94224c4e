"""Files of ClinicalTrials.gov: what is read of them, and where what cannot be read is wrong."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.model.partial_date import PartialDate
from ketreview.model.registered import RegisteredTrial, RegistryFile
from ketreview.model.vocabulary import TrialStatus
from ketreview.parsing.registry import clinicaltrials_gov
from ketreview.parsing.registry.clinicaltrials_gov import MAX_SIZE, parse
from ketreview.parsing.registry.places import Places, too_deep
from tests.registry import STUDY, add, study, text


def read(value: Any) -> RegistryFile:
    return parse("a.json", text(value))


def one(value: Any) -> RegisteredTrial:
    file = read(value)
    assert file.diagnostics == ()
    (trial,) = file.trials
    return trial


def on(words: str) -> PartialDate | None:
    return PartialDate.parse(words)


def test_a_study() -> None:
    assert one(STUDY) == RegisteredTrial(
        path="a.json",
        number="NCT04436250",
        others=("2020-000561-27", "2022-501549-57-00"),
        titles=("Ketamine for fatigue", "A Randomised Trial of Ketamine for Fatigue", "KETFAT"),
        status=TrialStatus.TERMINATED,
        why_stopped="Funding withdrawn",
        start=on("2020-10-10"),
        primary_completion=on("2023-05"),
        completion=on("2023-06-01"),
        last_update=on("2026-10-05"),
        has_results=False,
        actual=12,
        phase="1/2",
        conditions=("Fibromyalgia", "Fatigue"),
        ages="18 to 65 years",
        sponsor="A Hospital",
        data_of=on("2026-11-20"),
    )


def test_a_list_and_the_answer_to_a_search() -> None:
    other = study(nctId="NCT00000002")
    assert [trial.number for trial in read([STUDY, other]).trials] == ["NCT04436250", "NCT00000002"]
    page = read({"totalCount": 2, "studies": [STUDY, other], "nextPageToken": "abc"})
    assert [trial.number for trial in page.trials] == ["NCT04436250", "NCT00000002"]
    assert page.more
    assert not read({"studies": []}).more
    assert read([{"studies": [STUDY]}, other]).trials == read([STUDY, other]).trials
    assert read([]) == RegistryFile(())


def test_a_search_for_few_fields_tells_nothing_else() -> None:
    bare = {"protocolSection": {"identificationModule": {"nctId": "NCT04436250"}}}
    assert one(bare) == RegisteredTrial(path="a.json", number="NCT04436250")


def test_what_is_planned_and_what_is_actual() -> None:
    planned = study(enrollmentInfo={"count": 12, "type": "ESTIMATED"}, completionDateStruct={"date": "2027-01"})
    trial = one(planned)
    assert (trial.planned, trial.actual) == (12, None)
    assert (trial.expected_completion, trial.completion) == (on("2027-01"), None)


def test_results_and_their_delay() -> None:
    posted = add(study(hasResults=True), "statusModule", resultsFirstPostDateStruct={"date": "2026-01-02"})
    assert (one(posted).results_posted, one(posted).has_results) == (on("2026-01-02"), True)
    for late in ({"delayedPosting": True}, {"resultsWaived": True}, {"dispFirstSubmitDate": "2024-01-01"}):
        assert one(add(study(), "statusModule", **late)).delayed_posting
        assert not one(add(copy.deepcopy(posted), "statusModule", **late)).delayed_posting


def test_a_status_that_is_not_known_any_more_and_old_numbers() -> None:
    unknown = add(study(overallStatus="UNKNOWN"), "statusModule", lastKnownStatus="RECRUITING")
    assert one(unknown).last_known_status is TrialStatus.RECRUITING
    aliased = add(study(), "identificationModule", nctIdAliases=["nct00000009", "odd"])
    assert one(aliased).aliases == ("NCT00000009", "odd")


@pytest.mark.parametrize(
    ("low", "high", "ages"),
    [
        ("18 Years", "65 Years", "18 to 65 years"),
        ("6 Months", "12 Years", "6 months to 12 years"),
        ("18 Years", None, "18 years and older"),
        (None, "1 Year", "up to 1 year"),
        (None, None, ""),
        ("N/A", "N/A", ""),
    ],
)
def test_ages(low: str | None, high: str | None, ages: str) -> None:
    assert one(study(minimumAge=low, maximumAge=high)).ages == ages


@pytest.mark.parametrize(
    ("phases", "phase"),
    [(["NA"], "N/A"), (["EARLY_PHASE1"], "Early Phase 1"), (["PHASE2", "PHASE3"], "2/3"), ([], "")],
)
def test_phases(phases: list[str], phase: str) -> None:
    assert one(study(phases=phases)).phase == phase


@pytest.mark.parametrize("status", TrialStatus)
def test_every_status_of_the_registry(status: TrialStatus) -> None:
    assert one(study(overallStatus=status.value)).status is status


def faults(data: bytes) -> list[str]:
    file = parse("a.json", data)
    assert file.trials == ()
    assert file.diagnostics
    return [f"{one.span.begin.line}:{one.span.begin.column} {one.message}" for one in file.diagnostics]


BROKEN: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "1:1 this is not JSON: Expecting value"),
    "a comma too many": (b'{"studies": [\n  1,,\n]}', "2:5 this is not JSON: Expecting value"),
    "an end too early": (b'{"studies": [', "1:14 this is not JSON: Expecting value"),
    "two texts": (b"{}\n{}", "2:1 this is not JSON: Extra data"),
    "a control character": (b'{"a": "\x01"}', "1:8 this is not JSON: Invalid control character at"),
    "no number of JSON": (b'{"a": NaN}', "1:1 this is not JSON: NaN is no number of JSON"),
    "too many digits": (b'{\n"a": ' + b"1" * 5000 + b"}", "2:6 this is not JSON: Exceeds the limit"),
    "100,000 brackets": (b"[" * 100_000, "1:101 nested deeper than any study is, and not read"),
    "100,000 records": (b'{"a":' * 100_000, "1:501 nested deeper than any study is, and not read"),
    "a text": (b'"NCT04436250"', "1:1 this is the text `NCT04436250`; a study is a record"),
    "a number": (b" 3", "1:2 this is `3`; a study is a record"),
    "null": (b"null", "1:1 this is empty; a study is a record"),
    "a list of texts": (b'[\n"a"]', "1:1 this is the text `a`; a study is a record"),
    "no study": (b'{"a": {}}', "1:1 a study has a `protocolSection`, and the answer to a search has `studies`"),
    "the old interface": (b'{"FullStudiesResponse": {}}', "1:1 this is an answer of the API before version 2"),
    "studies that are none": (b'{"studies":\n {}}', "2:2 `studies` is a record; it is a list"),
    "a study that is none": (b'{"studies": [\n [ ]]}', "2:2 an item of `studies` is a list; it is a record"),
    "a protocol that is none": (b'{"protocolSection":\n []}', "2:2 `protocolSection` is a list; it is a record"),
    "a protocol that is a text": (b'{"protocolSection":\n ""}', "2:2 `protocolSection` is the text ``; it is a record"),
    "Latin-1": (b'{"a": "\xe9"}', "1:8 byte 7 (0xe9) is not UTF-8"),
    "a conflict": (b"<<<<<<< HEAD\n{}\n=======\n>>>>>>> x\n", "1:1 git conflict marker"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_read_is_told_with_its_place(name: str) -> None:
    data, message = BROKEN[name]
    assert faults(data)[0].startswith(message)


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"nctId": None}, "a study needs `nctId`"),
    ({"nctId": "NCT123"}, "`nctId` is `NCT123`; it is a number like NCT03633058"),
    ({"nctId": ""}, "`nctId` is ``; it is a number like NCT03633058"),
    ({"nctId": 4436250}, "`nctId` is `4436250`; it is a text"),
    ({"nctId": True}, "`nctId` is `true`; it is a text"),
    ({"overallStatus": "STOPPED"}, "`overallStatus` is `STOPPED`; it is one of ACTIVE_NOT_RECRUITING, "),
    ({"overallStatus": "TERMINATD"}, "did you mean `TERMINATED`?"),
    ({"whyStopped": ["a"]}, "`whyStopped` is a list; it is a text"),
    ({"whyStopped": "x" * 2001}, "the text has 2,001 characters; 2,000 are read"),
    ({"startDateStruct": "2020"}, "`startDateStruct` is the text `2020`; it is a record"),
    ({"startDateStruct": {"date": "2020-02-30"}}, "`date` is `2020-02-30`; it is a date: 2026, 2026-01 or 2026-01-29"),
    ({"completionDateStruct": {"date": "2020", "type": "MAYBE"}}, "`type` is `MAYBE`; it is ACTUAL or ESTIMATED"),
    ({"enrollmentInfo": {"count": -1}}, "`count` is `-1`; it is a whole number from 0"),
    ({"enrollmentInfo": {"count": 1.5}}, "`count` is `1.5`; it is a whole number from 0"),
    ({"enrollmentInfo": {"count": 10**13}}, "`count` is `10000000000000`; it is a whole number from 0"),
    ({"enrollmentInfo": {"count": False}}, "`count` is `false`; it is a whole number from 0"),
    ({"conditions": "Fatigue"}, "`conditions` is the text `Fatigue`; it is a list"),
    ({"conditions": ["a", 3]}, "an item of `conditions` is `3`; it is a text"),
    ({"secondaryIdInfos": {"id": "x"}}, "`secondaryIdInfos` is a record; it is a list"),
    ({"secondaryIdInfos": ["x"]}, "an item of `secondaryIdInfos` is the text `x`; it is a record"),
    ({"hasResults": "true"}, "`hasResults` is the text `true`; it is true or false"),
    ({"versionHolder": "yesterday"}, "`versionHolder` is `yesterday`; it is a date"),
]


@pytest.mark.parametrize(("changes", "message"), WRONG)
def test_wrong_values_are_told_at_the_value(changes: dict[str, Any], message: str) -> None:
    data = text({"studies": [STUDY, study(**changes)]})
    file = parse("a.json", data)
    assert file.trials == ()
    (found,) = file.diagnostics
    assert message in found.message
    if changes != {"nctId": None}:
        assert data.decode().count(found.span.text) >= 1
        assert found.span.begin.line > 60


def test_all_faults_are_told_at_once_up_to_a_limit() -> None:
    file = read([study(nctId=3, overallStatus=4), study(conditions=[1] * 200)])
    assert len(file.diagnostics) == 101
    assert file.diagnostics[-1].message == "there are 102 more faults like these"
    assert [one.span.text for one in file.diagnostics[:3]] == ["3", "4", "1"]


def test_a_number_that_is_null_is_none() -> None:
    (found,) = parse("a.json", text(STUDY).replace(b'"NCT04436250"', b"null")).diagnostics
    assert found.message == "a study needs `nctId`"


def test_half_a_character_is_no_text() -> None:
    data = text(study()).replace(b'"A Hospital"', b'"\\ud800"')
    assert "half of a character is no text" in faults(data)[0]


def test_a_file_that_is_too_large_is_not_read() -> None:
    assert faults(b" " * (MAX_SIZE + 1)) == [
        "1:1 the file is larger than 64 MiB; ask the registry for fewer studies or fields"
    ]


def test_a_name_that_is_written_twice_is_its_last() -> None:
    written = '{"a": 1, "b": {"c": [10, {"d": "x"}]}, "b": {"c\\u0063": 0, "c": [ 20 , {"d" : "y" }]}}'
    tree = json.loads(written)
    start, end = Places(written).of(("b", "c", 1, "d"))
    assert json.loads(written[start:end]) == tree["b"]["c"][1]["d"] == "y"
    start, end = Places(written).of(("b", "cc"))
    assert written[start:end] == "0"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=20,
)


@given(JSON, st.sampled_from([None, 1, "\t"]), st.booleans())
def test_every_place_in_a_text_is_found(tree: Any, indent: Any, ascii_only: bool) -> None:
    written = json.dumps(tree, indent=indent, ensure_ascii=ascii_only)
    pending: list[tuple[tuple[str | int, ...], Any]] = [((), tree)]
    while pending:
        path, value = pending.pop()
        start, end = Places(written).of(path)
        assert json.loads(written[start:end]) == value
        if isinstance(value, dict):
            pending += [((*path, name), inner) for name, inner in value.items()]
        elif isinstance(value, list):
            pending += [((*path, index), inner) for index, inner in enumerate(value)]


NAMES = st.sampled_from(
    [
        *(
            "protocolSection",
            "identificationModule",
            "statusModule",
            "designModule",
            "nctId",
            "studies",
            "date",
            "type",
        ),
        *("overallStatus", "completionDateStruct", "enrollmentInfo", "count", "secondaryIdInfos", "id", "conditions"),
    ]
)
NEAR = st.recursive(
    st.none() | st.booleans() | st.integers(-1, 5) | st.sampled_from(["", "NCT04436250", "2020", "ACTUAL", "\ud800"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=5),
    max_leaves=25,
)


@given(NEAR)
def test_no_tree_raises(tree: Any) -> None:
    file = parse("a.json", json.dumps(tree).encode())
    assert all(trial.number for trial in file.trials)
    for found in file.diagnostics:
        assert 0 <= found.span.start <= found.span.end <= len(found.span.source.text)


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_no_bytes_raise(data: bytes) -> None:
    parse("a.json", data)


def test_deep_texts_are_counted_without_strings() -> None:
    assert too_deep('["[[[[", {"}": []}]', 3) == 19
    assert too_deep('["[[[[", {"}": []}]', 2) == 15


def test_a_long_text_is_located_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clinicaltrials_gov, "_MAX_FAULTS", 3)
    many = [study(nctId=f"NCT0{index:07}") for index in range(2000)] + [study(nctId=3)] * 5
    file = parse("a.json", json.dumps({"studies": many}).encode())
    assert [one.span.text for one in file.diagnostics[:3]] == ["3"] * 3
