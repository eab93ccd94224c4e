"""What the other commands give, whole, on one small project: at 80 columns, in a pipe, as JSON, as a diff or a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import pytest

from tests.projects import AS_OF, run, snapshot, write

REVIEW = """\
schema_version: 1
id: sleep
title: Tea and sleep
status: active
question:
  populations: [{id: adults, name: Adults}]
  interventions: [{id: tea, name: Mint tea}, {id: water, name: warm water}]
  comparisons: [{id: tea-water, population: adults, intervention: tea, comparator: water}]
  outcomes: [{id: asleep, name: Falling asleep within the hour, importance: critical, desired: higher}]
flow: {database_results: 12, duplicates: 2, records_screened: 10, records_excluded: 9, new_studies: 1}
studies:
- id: doe
  title: Mint tea at night
  cites: [doe2020]
  design: randomised_trial
  comparison: tea-water
  participants: 80
  state: extracted
  risk_of_bias:
  - {tool: rob2, result: asleep, domains: {D1: low, D2: low, D3: low, D4: low, D5: low}, overall: low}
claims:
- {id: c, kind: efficacy, statement: Tea may be no worse than water., rating: r, supports: [{study: doe}]}
certainty:
- id: r
  outcome: asleep
  comparison: tea-water
  scale: grade
  start: high
  level: low
  studies: [doe]
  rated: 2026-11
  steps: [{domain: imprecision, by: -2, because: one trial of 80 people, studies: [doe]}]
  hypothesis: {kind: noninferiority, margin: -10}
  effect: {measure: risk_difference, estimate: 5, ci: [-4, 14], control_per_1000: 400, participants: 80, studies: 1}
"""
STORE = """\
@article{doe2020, author = {Doe, Jane}, title = {Mint tea at night}, journal = {Tea}, year = 2020, doi = {10.1000/182}}

@Article{doe2020a,
  TITLE = "Mint Tea at Night",
  year = {2020},
  doi = {10.1000/182},
  pages = {1--9}
}

@misc{poe2021, title = {Water}, year = {2021}, note = {Nobody cites it.}}
"""
NEW = "TY  - JOUR\nAU  - Loe, Ann\nTI  - Chamomile after dark\nPY  - 2022\nJO  - Tea\nDO  - 10.1000/185\nER  - \n"
FILES = {
    "reviews/sleep.yaml": REVIEW,
    "references.bib": STORE,
    "chapters/one.typ": "As @doe2020a and @lost2019 say.\n",
    "more.ris": NEW,
    "ketreview.toml": 'chapters = ["chapters/*.typ"]\nselect = ["KR0", "KR202", "KR401"]\n',
}
REPORTS = {
    "check": ("check", "--output-format"),
    "refs-find": ("refs", "find", "mint", "--format"),
    "refs-duplicates": ("refs", "duplicates", "--format"),
    "explain": ("explain", "KR201", "--format"),
}
SHOWN: Mapping[str, tuple[str, ...]] = {
    "refs-add": ("refs", "add", "more.ris"),
    "refs-rename": ("refs", "rename", "doe2020", "doe2020tea"),
    "refs-merge": ("refs", "merge", "doe2020", "doe2020a"),
    "refs-format": ("refs", "format"),
}
EXPORTS = {"fhir": "json", "robvis": "csv", "prisma": "csv", "studies-csv": "csv"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write(tmp_path, FILES)


@pytest.mark.parametrize("name", REPORTS)
def test_reports(name: str, project: Path, golden: Callable[[str, str], None]) -> None:
    *asked, option = REPORTS[name]
    people = "text" if name == "check" else "table"
    golden(f"{name}-80.txt", run(project, *asked, *AS_OF, option, people, COLUMNS="80").out)
    golden(f"{name}-pipe.txt", run(project, *asked, *AS_OF, option, people).out)
    golden(f"{name}.json", run(project, *asked, *AS_OF, option, "json").out)


def test_the_rules_while_reading(project: Path, golden: Callable[[str, str], None]) -> None:
    """Only those, so that the golden files do not change with every new rule."""

    def head(text: str, end: str) -> str:
        first, found, _ = text.partition(end)
        assert found
        return first

    golden("rules-80.txt", head(run(project, "rules", *AS_OF, COLUMNS="80").out, "\nKR101"))
    golden("rules-pipe.txt", head(run(project, "rules", *AS_OF).out, "\nKR101"))
    golden("rules.json", head(run(project, "rules", *AS_OF, "--format", "json").out, '"KR002"'))


@pytest.mark.parametrize("name", SHOWN)
def test_what_would_be_written_is_a_diff(name: str, project: Path, golden: Callable[[str, str], None]) -> None:
    before = snapshot(project)
    done = run(project, *SHOWN[name], *AS_OF)
    talk = "".join(f"{row.rstrip()}\n" for row in done.talk.splitlines())
    golden(f"{name}.txt", f"{done.out}--- beside it, on stderr\n{talk}")
    assert snapshot(project) == before


@pytest.mark.parametrize("to", EXPORTS)
def test_data_for_other_programs(to: str, project: Path, golden: Callable[[str, str], None]) -> None:
    done = run(project, "export", "sleep", *AS_OF, "--to", to)
    assert done.code == 0, done.talk
    golden(f"export-{to.removesuffix('-csv')}.{EXPORTS[to]}", done.raw.decode().replace("\r\n", "\n"))


def test_a_first_project_and_a_new_study(tmp_path: Path, golden: Callable[[str, str], None]) -> None:
    told = [run(tmp_path, "init", *AS_OF).talk, run(tmp_path, "new", "review", "tea", *AS_OF).talk]
    told.append(run(tmp_path, "new", "study", "tea", "doe-2020", *AS_OF).talk)
    made = (tmp_path / "reviews/tea.yaml").read_text("utf-8")
    golden("init-new.txt", "".join((*told, "=== reviews/tea.yaml\n", made)))


@pytest.mark.parametrize("name", ["conflicts.md", "diff.md", "history.md"])
def test_a_report_has_one_title_and_its_headings_below(name: str) -> None:
    """In the golden files that `--format markdown` is held to."""
    levels = list(_levels((Path(__file__).parents[1] / "golden" / name).read_text("utf-8"), "#"))
    assert (levels[0], levels.count(1)) == (1, 1)
    assert all(lower <= upper + 1 for upper, lower in pairwise(levels))


@pytest.mark.parametrize(("format_", "mark"), [("markdown", "#"), ("typst", "=")])
def test_a_report_to_include_has_one_title(format_: str, mark: str, project: Path) -> None:
    out = run(project, "certainty", "--sof", *AS_OF, "--format", format_).out
    assert list(_levels(out, mark)) == [1, 2]
    assert "Mint tea may be no worse than warm water for falling asleep within the hour, by a noninferiority" in out


def _levels(text: str, mark: str) -> Iterator[int]:
    for row in text.splitlines():
        sign, blank, _ = row.partition(" ")
        if blank and sign and set(sign) == {mark}:
            yield len(sign)
