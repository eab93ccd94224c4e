"""Each planted fault is found with its code at its place, and nothing is said of what stands between.

`bench/planted.py` makes the files from the lists in `bench/faults/`; docs/benchmarks.md holds other tools against them.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import generate
import judging
import other_tools
import planted
import pytest
import tools_page

from ketreview.checking import catalogue
from tests.projects import check

STORE, READING = planted.store(), planted.reading()
FAMILIES = ("KR1", "KR3", "KR4")
OF_REVIEWS = {"KR406", "KR407", "KR408", "KR409", "KR410"}  # said of reviews, which no store holds


@pytest.fixture(scope="module", params=["store", "reading"])
def judged(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, list[Any]]:
    """A planted project, and all that `check` finds in it with every rule."""
    return _checked(STORE if request.param == "store" else READING, tmp_path_factory.mktemp(request.param))


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[Any]]:
    """What `check` finds with every rule, by path."""
    by_path: dict[str, list[Any]] = {}
    for project in (STORE, READING):
        for item in _checked(project, tmp_path_factory.mktemp("planted"))[1]:
            by_path.setdefault(item["path"], []).append(item)
    return by_path


def _checked(project: Any, folder: Path) -> tuple[Any, list[Any]]:
    project.write(folder)
    return project, check(folder, "--no-cache", "--select", "ALL").findings


def _faults() -> Iterator[Any]:
    for fault in (*STORE.faults, *READING.faults):
        if fault.code != planted.NO_RULE:
            yield pytest.param(fault, id=f"{fault.code} {fault.name}")


@pytest.mark.parametrize("fault", list(_faults()))
def test_a_planted_fault_is_found_at_its_place(fault: Any, findings: Mapping[str, list[Any]]) -> None:
    if fault.code not in catalogue():
        pytest.skip(f"{fault.code} is not written yet")
    places = fault.lines if fault.at in {planted.PAIR, "entry"} else [fault.place]
    lines = [item["line"] for item in findings.get(fault.path, []) if item["code"] == fault.code]
    assert any(first <= line <= last for line in lines for first, last in places), (fault, lines)


def test_nothing_is_said_of_sound_entries(judged: tuple[Any, list[Any]]) -> None:
    project, found = judged
    places = {(item.path, line): item for item in project.sound for lines in item.lines for line in _range(lines)}
    alarms = [(places[at].says, item) for item in found if (at := (item["path"], item["line"])) in places]
    assert not alarms


def test_nothing_else_is_said_of_faulty_entries(judged: tuple[Any, list[Any]]) -> None:
    project, found = judged
    places = {(item.path, line): item for item in project.faults for lines in item.lines for line in _range(lines)}
    about = judging.ABOUT[other_tools.KETREVIEW]
    for item in found:
        fault = places.get((item["path"], item["line"]))
        if fault is None:
            continue  # on a sound entry, which is another test's
        meant = {fault.code, *fault.also, *(code for code, names in about.items() if fault.name in names)}
        assert item["code"] in meant, (fault.name, item)


def _range(lines: tuple[int, int]) -> range:
    return range(lines[0], lines[1] + 1)


def test_there_is_a_fault_for_every_rule_of_a_store() -> None:
    stated = {fault.code for fault in STORE.faults}
    rules = {code.id for code in catalogue().values() if code.default and code.id.startswith(FAMILIES)}
    assert rules - OF_REVIEWS <= stated


@pytest.mark.parametrize("code", sorted({fault.code for fault in STORE.faults} - {planted.NO_RULE}))
def test_a_planted_code_is_a_rule(code: str) -> None:
    if code not in catalogue():
        pytest.skip(f"{code} is not written yet")
    assert code.startswith(FAMILIES)


def test_there_are_more_sound_entries_than_faults_and_enough_of_both() -> None:
    sound = sum(len(item.keys) for item in STORE.sound)
    assert sound > len(STORE.faults) >= 60
    assert {fault.code[:3] for fault in (*STORE.faults, *READING.faults)} == {"KR0", *FAMILIES, "non"}


def test_names_and_keys_stand_once() -> None:
    names = [fault.name for fault in (*STORE.faults, *READING.faults)]
    keys = [key for item in (*STORE.sound, *READING.sound) for key in item.keys]
    assert len(names) == len(set(names))
    assert len(keys) == len(set(keys))


def test_a_statement_says_where_the_fault_is(tmp_path: Path) -> None:
    STORE.write(tmp_path)
    lines = (tmp_path / planted.STORE).read_text(encoding="utf-8").splitlines()
    stated = json.loads((tmp_path / "planted.json").read_text(encoding="utf-8"))
    assert len(stated["faults"]) == len(STORE.faults)
    for fault in stated["faults"]:
        for key, (first, last) in zip(fault["keys"], fault["lines"], strict=True):
            assert key in lines[first - 1], fault
            assert first == last or lines[last - 1] == "}", fault
        if fault["at"] not in {"key", "type", "string", "entry", planted.PAIR}:
            assert lines[fault["place"][0] - 1].startswith(f"  {fault['at']} ="), fault


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert planted.store().files == STORE.files
    assert planted.store(7).files != STORE.files


def test_thousands_of_generated_entries_give_no_finding(tmp_path: Path) -> None:
    works = "\n".join(generate.work(generate.DEFAULT_SEED, number).bibtex for number in range(1, 5_001))
    (tmp_path / "references.bib").write_text(works, encoding="utf-8")
    (tmp_path / "ketreview.toml").write_text('reviews = []\nignore = ["KR2"]\n', encoding="utf-8")
    found = check(tmp_path, "--no-cache").findings
    assert [item for item in found if item["severity"] != "info"] == []


def _message(line: int, kind: str, *keys: str, path: str = planted.STORE, severity: str = "warning") -> Any:
    return other_tools.Message(path, line, keys, kind, severity, "words | of a tool")


def _trial(name: str, *messages: Any) -> Any:
    tool = other_tools.Tool(name, "1.0", lambda *_: (f"/bin/{name}", planted.STORE), lambda *_: iter(()))
    of_store = tuple(item for item in messages if item.path == planted.STORE)
    of_reading = tuple(item for item in messages if item.path != planted.STORE)
    outcomes = other_tools.Outcome(of_store, (1,)), other_tools.Outcome(of_reading, (0, 1))
    return other_tools.Trial(name, "", tool, *outcomes, 0.25)


def _named(name: str) -> Any:
    return next(fault for fault in (*STORE.faults, *READING.faults) if fault.name == name)


def test_a_message_counts_if_it_is_about_the_fault_and_at_its_entry() -> None:
    empty, other = _named("empty-braces"), _named("empty-quotes")
    right = _message(empty.place[0], "empty-field")
    elsewhere = _message(STORE.sound[5].lines[0][0], "empty-field")
    of_another_kind = _message(other.place[0], "unknown-field")
    verdict = judging.verdict(_trial("badness", right, elsewhere, of_another_kind), STORE, READING)
    assert (verdict.found["empty-braces"], verdict.found["empty-quotes"]) == (judging.FOUND, judging.MISSED)
    assert [message for message, _ in verdict.false_alarms] == [elsewhere]
    assert verdict.besides == 1


def test_a_message_without_a_line_counts_if_it_names_the_key() -> None:
    message = _message(0, "duplicate key", "drexler2017")
    verdict = judging.verdict(_trial("bibtex-tidy", message), STORE, READING)
    assert (verdict.found["key-in-another-case"], verdict.found["key-twice"]) == (judging.FOUND, judging.MISSED)


def test_a_fault_of_reading_may_be_noticed_at_the_next_entry_but_not_at_the_end() -> None:
    near, far = _named("unclosed-entry"), _named("unclosed-quote")
    messages = [
        _message(near.lines[0][1] + 2, "parse", path=near.path),
        _message(far.lines[0][1] + 20, "parse", path=far.path),
    ]
    verdict = judging.verdict(_trial("badness", *messages), STORE, READING)
    assert (verdict.found["unclosed-entry"], verdict.found["unclosed-quote"]) == (judging.FOUND, judging.ELSEWHERE)


def test_a_value_that_a_formatter_mends_in_silence_is_changed() -> None:
    trial = _trial("bibtex-tidy")
    text = STORE.files[planted.STORE].decode()
    outcome = other_tools.Outcome(
        (), (0,), text.replace("412-431", "412--431").replace("  Invented survey", "Invented")
    )
    trial = other_tools.Trial("bibtex-tidy", "", trial.tool, outcome, trial.reading)
    verdict = judging.verdict(trial, STORE, READING)
    changed = {name for name, state in verdict.found.items() if state == judging.CHANGED}
    assert changed == {"single-hyphen", "blanks-at-the-ends"}


def test_the_page_has_a_row_for_each_fault_and_says_what_could_not_be_installed() -> None:
    trials = [
        _trial("badness", _message(_named("empty-braces").place[0], "empty-field")),
        other_tools.Trial("bibtex-tidy", "could not be installed: no network"),
    ]
    text = tools_page.render(trials, STORE, READING, None)
    assert "- bibtex-tidy: could not be installed: no network" in text
    assert "| the store (KR1) | 21 | 1 | not run |" in text
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert all(any(f" {fault.name} |" in row for row in rows) for fault in (*STORE.faults, *READING.faults))
    assert len({row.replace("\\|", "").count("|") for row in rows}) <= 3


def test_what_bibtexparser_says_is_read(tmp_path: Path) -> None:
    STORE.write(tmp_path)
    tool = other_tools.bibtexparser()
    command = tool.command(tmp_path, [planted.STORE])
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    kinds = {message.kind for message in tool.messages(tmp_path, [planted.STORE], done)}
    assert kinds == {"DuplicateBlockKeyBlock", "DuplicateFieldKeyBlock"}
