"""No rule, and no stage, does work that grows much faster than its input. Lines are counted, never seconds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ketreview import pipeline
from ketreview.checking import Selection, all_rules
from ketreview.checking.examples import DEFAULT_AS_OF, examples_of
from ketreview.config import Settings, read_settings
from ketreview.diagnostics import Severity
from ketreview.files import Files
from ketreview.linking import Corpus
from ketreview.model.entry import Entry
from ketreview.pipeline import Project
from ketreview.rule import CORPUS, ENTRY, Problem, Rule, rule
from tests.checking.hostile import HOSTILE
from tests.checking.work import copies, grows, lines_run
from tests.projects import write

FEW, SIZE = 10, 40
"""The smallest of three sizes: of copies of an example, and of hostile projects."""
KNOWN = {"KR702": "each source is told of each file of its folder, and here all sources have one folder"}


@pytest.fixture(scope="module", autouse=True)
def _warm(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What is worked out once in a process is worked out here."""
    for number, make in enumerate(HOSTILE.values()):
        pipeline.check(project(make(FEW), tmp_path_factory.mktemp(f"warm-{number}")), Selection(select=("ALL",)))


def project(contents: Mapping[str, bytes], root: Path, as_of: date = DEFAULT_AS_OF) -> Project:
    write(root, contents)
    settings = Settings()
    if "ketreview.toml" in contents:
        settings, faults = read_settings("ketreview.toml", contents["ketreview.toml"])
        assert not faults
    return pipeline.read(Files(root, settings.exclude), settings, as_of)


def run(one: Rule[Any], corpus: Corpus) -> int:
    return sum(1 for record in one.scope.records(corpus) for _ in one.check(record, corpus))


@pytest.mark.parametrize("one", all_rules(), ids=lambda one: one.code.id)
def test_many_times_its_own_fault_is_many_times_the_work(one: Rule[Any], tmp_path: Path) -> None:
    bad = next(example for example in examples_of(one.code.documentation) if example.bad)
    run(one, project(copies(bad, 1), tmp_path / "warm", bad.as_of).corpus)
    work = []
    for size in (FEW, 2 * FEW, 4 * FEW):
        corpus = project(copies(bad, size), tmp_path / f"{size}", bad.as_of).corpus
        work.append(lines_run(lambda corpus=corpus: run(one, corpus)))  # type: ignore[misc]  # the default keeps its own
    assert work[2] - work[1] >= 2 * FEW, f"the input does not reach the rule: {work} lines"
    assert grows(work, 4 * FEW) == (one.code.id in KNOWN), f"{work} lines"


@pytest.mark.parametrize("name", HOSTILE)
def test_no_rule_and_no_stage_grows_much_faster_than_a_hostile_project(name: str, tmp_path: Path) -> None:
    counted = [dict(_by_stage(HOSTILE[name], size, tmp_path / f"{size}")) for size in (SIZE, 2 * SIZE, 4 * SIZE)]
    work = {stage: [counts[stage] for counts in counted] for stage in counted[0]}
    assert {stage: lines for stage, lines in work.items() if grows(lines, 4 * SIZE)} == {}


def _by_stage(make: Callable[[int], Mapping[str, bytes]], size: int, root: Path) -> Iterator[tuple[str, int]]:
    read = []
    yield "reading", lines_run(lambda: read.append(project(make(size), root)))
    for one in all_rules():
        yield one.code.id, lines_run(lambda one=one: run(one, read[0].corpus))  # type: ignore[misc]  # as above


@pytest.mark.parametrize("name", ["comments", "many faults in each"])
def test_judging_what_was_found_does_not_either(name: str, tmp_path: Path) -> None:
    projects = [project(HOSTILE[name](size), tmp_path / f"{size}") for size in (SIZE, 2 * SIZE, 4 * SIZE)]
    everything = Selection(select=("ALL",))
    work = [lines_run(lambda read=read: pipeline.check(read, everything)) for read in projects]  # type: ignore[misc]  # as above
    assert not grows(work, 4 * SIZE), f"{work} lines"


@rule("KR999", ENTRY, Severity.INFO)
def compared_with_all(entry: Entry, corpus: Corpus) -> Iterator[Problem]:
    """An entry has the year of another."""
    if sum(other.get("year") == entry.get("year") for other in corpus.entries) > 1:
        yield Problem("one year", entry.key_span)


@rule("KR999", CORPUS, Severity.INFO)
def sought_anew(corpus: Corpus, _: Corpus) -> Iterator[Problem]:
    """Each entry is sought from the beginning of the store, by a loop without a call."""
    for entry in corpus.entries:
        for other in corpus.entries:
            if other is entry:
                break
    yield from ()


@rule("KR999", CORPUS, Severity.INFO)
def sorted_by_year(corpus: Corpus, _: Corpus) -> Iterator[Problem]:
    """What takes n log n is no fault."""
    years: list[str] = []
    for entry in sorted(corpus.entries, key=lambda entry: entry.get("year")):
        low, high = 0, len(years)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if years[middle] <= entry.get("year") else (low, middle)
        years.append(entry.get("year"))
    yield from ()


@pytest.mark.parametrize(
    ("planted", "found"), [(compared_with_all, True), (sought_anew, True), (sorted_by_year, False)]
)
def test_planted_rules_are_told_apart(planted: Rule[Any], found: bool, tmp_path: Path) -> None:
    corpora = [project(HOSTILE["sound"](size), tmp_path / f"{size}").corpus for size in (SIZE, 2 * SIZE, 4 * SIZE)]
    work = [lines_run(lambda corpus=corpus: run(planted, corpus)) for corpus in corpora]  # type: ignore[misc]  # as above
    assert grows(work, 4 * SIZE) is found
