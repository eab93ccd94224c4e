"""`check --timings`: where the time went, with the times masked."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ketreview.cache import WORTHWHILE
from ketreview.checking import all_rules
from tests.projects import AS_OF, GOOD, HEAD, STORE, check, run, write

CITING = HEAD.format(id="citing") + "claims:\n- {id: a, kind: gap, statement: A, supports: [{cites: nobody2020}]}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    long = STORE + "% so much that the answer is kept\n" * (WORTHWHILE // 20)
    root = write(tmp_path, {**GOOD, "reviews/citing.yaml": CITING, "references.bib": long})
    for path in root.rglob("*.*"):
        os.utime(path, (path.stat().st_mtime - 60,) * 2)  # what is as new as a kept answer is read again
    return root


def masked(talk: str) -> str:
    """The text with one sign for each time and share, whatever its width."""
    return re.sub(r" +\d+\.\d +\d+(?= |$)", " 0.0 0", talk, flags=re.MULTILINE)


def test_it_looks_like_this(project: Path, golden: Callable[[str, str], None]) -> None:
    worked_out = run(project, "check", "--timings", "--select", "KR201", *AS_OF).talk
    kept = run(project, "check", "--timings", "--select", "KR201", *AS_OF).talk
    golden("timings.txt", f"{masked(worked_out)}\n{masked(kept)}")


def test_the_answer_is_the_same_with_and_without_it(project: Path) -> None:
    assert check(project, "--no-cache", "--timings").raw == check(project, "--no-cache").raw
    assert not check(project, "--no-cache").talk


def test_beside_json_it_is_json_and_names_every_rule_slowest_first(project: Path) -> None:
    found = json.loads(check(project, "--no-cache", "--timings", "--select", "ALL").talk)
    assert {rule["rule"] for rule in found["rules"]} == {f"{rule.code.id} {rule.code.name}" for rule in all_rules()}
    seconds = [rule["seconds"] for rule in found["rules"]]
    assert seconds == sorted(seconds, reverse=True)
    assert sum(seconds) <= next(one["seconds"] for one in found["stages"] if one["stage"] == "rules")
    records = {rule["rule"]: (rule["records"], rule["problems"]) for rule in found["rules"]}
    assert records["KR201 unresolved-citation"] == (1, 1)


def test_quiet_leaves_the_tables_out(project: Path) -> None:
    assert not run(project, "check", "--timings", "--quiet", *AS_OF).talk
    assert not check(project, "--timings", "--quiet").talk


def test_a_run_that_mends_is_timed_too(project: Path) -> None:
    write(project, {"references.bib": "@misc{good2020, title = {Good}, year = {2020}, doi = {doi:10.1000/182}}\n"})
    talk = run(project, "check", "--timings", "--fix", *AS_OF).talk
    assert "Fixed 1 finding" in talk
    assert re.search(r"^fix +\d", talk, re.MULTILINE)
