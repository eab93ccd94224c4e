"""How often one rule is told of in a run over a whole project."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ketreview import pipeline
from ketreview.checking import Selection
from ketreview.checking.limits import Limit, cut_short, limited
from ketreview.diagnostics import Diagnostic, Severity
from tests.checking.projects import Checked
from tests.projects import environment, write

MOST = 4
SEVERAL = Selection(("KR310", "KR313", "KR901"))
STORE = "".join(f"@misc{{k{number}, title = {{T {number}}}, year = {{20x}}}}\n" for number in range(8))
ACCEPTED = "% ketreview: ignore[KR310] nobody has one\n@misc{last, title = {T}}\n"
ODD = "@misc{odd, title = {A}, howpublished = {A web page}}\n"


def found(store: str, most: int | None) -> list[Diagnostic]:
    checked = Checked({"a.bib": store, "b.bib": "% ketreview: ignore[KR101] none\n@misc{b, title = {T}}\n"})
    return list(pipeline.check(checked.project, SEVERAL, checked.files, most=most))


def said(findings: list[Diagnostic]) -> list[tuple[str, int, str]]:
    return [(one.code.id, one.span.begin.line, one.message) for one in findings]


def test_as_many_as_are_told() -> None:
    assert said(found(STORE, 9)) == said(found(STORE, None))  # eight and that of b.bib


def test_one_more_says_so() -> None:
    every, told = found(STORE, None), found(STORE, MOST)
    assert said(told)[:4] == said(every)[:4]
    by_code = {code: [one for one in told if one.code.id == code] for code in ("KR310", "KR313")}
    assert [len(ones) for ones in by_code.values()] == [MOST + 1] * 2
    last = by_code["KR310"][-1]
    assert last.span.begin.line == MOST + 1
    assert last.message.endswith(
        "; more than 4 findings of KR310, no others are sought: name files to see all of theirs"
    )


def test_a_comment_is_not_called_unused_for_it() -> None:
    assert "KR901" not in {one.code.id for one in found(STORE + ACCEPTED, MOST)}
    unused = "% ketreview: ignore[KR313] none\n@misc{a, title = {T}, year = {2020}}\n"
    assert found(unused, MOST)[0].code.id == "KR901"


def test_the_last_is_as_bad_as_the_rule() -> None:
    """What is not sought may be worse than this one is."""
    infos = ODD * (MOST + 2)
    told = [one for one in found(infos, MOST) if one.code.id == "KR310"]
    assert [one.severity for one in told] == [Severity.INFO] * MOST + [Severity.WARNING]


def test_reading_has_limits_of_its_own() -> None:
    broken = "@misc{a b}\n" * 9
    faults = [one for one in found(broken, MOST) if one.code.reading]
    assert len(faults) > MOST
    assert cut_short(faults, Limit(MOST, lambda _: True)) == frozenset()
    assert list(limited(faults, None)) == faults


@pytest.mark.parametrize("before", [0, MOST - 1, MOST, 9])
def test_what_a_comment_accepts_does_not_count(before: int) -> None:
    """Else the one that tells of the limit could be accepted, and nobody would know of it."""
    accepted = "".join(f"% ketreview: ignore[KR310] none\n@misc{{c{number}, title = {{T}}}}\n" for number in range(9))
    lines = STORE.splitlines(keepends=True)
    store = "".join([*lines[:before], accepted, *lines[before:]])
    told, every = ([one for one in said(found(store, most)) if one[0] == "KR310"] for most in (MOST, None))
    assert [line for _, line, _ in told] == [line for _, line, _ in every[: MOST + 1]]
    assert "no others are sought" in told[-1][2]


FEW = "from ketreview.checking import limits; limits.MOST = 2; from ketreview.cli import run; run()"


@pytest.mark.parametrize(("arguments", "lines"), [((), [1, 2, 3]), (("a.bib",), [1, 2, 3, 4, 5])])
def test_named_files_are_told_whole(tmp_path: Path, arguments: tuple[str, ...], lines: list[int]) -> None:
    store = "".join(f"@misc{{{key}}}\n" for key in "abcde")
    write(tmp_path, {"ketreview.toml": 'bibliography = ["a.bib"]\n', "a.bib": store})
    command = [sys.executable, "-c", FEW, "check", *arguments, "--select", "KR310", "--output-format", "json"]
    for _ in range(2):  # what is kept of the first run says no more than it did
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, env=environment())
        assert [one["line"] for one in json.loads(done.stdout)["diagnostics"]] == lines


def test_what_the_settings_accept_does_not_count(tmp_path: Path) -> None:
    settings = 'bibliography = ["*.bib"]\n[per-file-ignores]\n"a.bib" = ["KR310"]\n'
    stores = {f"{name}.bib": "".join(f"@misc{{{name}{key}}}\n" for key in range(5)) for name in "ab"}
    write(tmp_path, {"ketreview.toml": settings, **stores})
    command = [sys.executable, "-c", FEW, "check", "--select", "KR310,KR9", "--output-format", "json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, env=environment())
    assert [(one["path"], one["line"]) for one in json.loads(done.stdout)["diagnostics"]] == [
        ("b.bib", line) for line in (1, 2, 3)
    ]
