"""The benchmark's own parts: what it measures of a program, and the picture and tables that it makes of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import alternatives
import alternatives_page
import generate
import growth
import growth_page
import growth_picture
import measure
import pytest

from tests.projects import check

SIZES = (200, 2_000, 20_000, 200_000)
MIB = 1024


def python(code: str, **more: Any) -> Any:
    return measure.Program("a program", (sys.executable, "-c", code), **more)


def runs(wall: float, mib: float, count: int = 3, name: str = "a program") -> Any:
    timed = [measure.Run(wall, wall, int(mib * MIB))] * count
    return measure.Runs(measure.Program(name, ("a-program",)), timed)


def series(name: str) -> Any:
    points = (growth.Point(size, runs(0.2 + size / 10_000, 30 + size / 200), runs(0.1, 25)) for size in SIZES)
    return growth.Series(name, tuple(points))


def test_memory_is_that_of_the_program_and_not_of_who_measures() -> None:
    held = b"x" * 60_000_000
    small, large = measure.in_turn([python("pass"), python("held = b'x' * 60_000_000")], 1)
    assert small.peak_mib < 40 < len(held) / MIB**2 < large.peak_mib


def test_an_exit_code_that_is_not_expected_ends_the_benchmark() -> None:
    assert len(measure.in_turn([python("raise SystemExit(3)", exit_codes=(3,))], 2)[0].runs) == 2
    with pytest.raises(RuntimeError, match="a program ended with 3"):
        measure.in_turn([python("raise SystemExit(3)")], 1)


def test_a_slow_program_is_run_fewer_times(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure, "ENOUGH", 0.0)
    assert len(measure.in_turn([python("pass")], 9)[0].runs) == 1


def test_a_ratio_is_of_rounds_in_which_both_were_run() -> None:
    assert measure.ratio(runs(2.0, 9, count=5), runs(1.0, 9, count=1)).of_medians == 2.0


def test_reviews_of_one_store_have_no_fault_however_many_there_are(tmp_path: Path) -> None:
    generate.write_reviews(tmp_path, 12, 100)
    found = check(tmp_path)
    summary = found.json["summary"]
    assert (summary["errors"], summary["warnings"], summary["reviews"]) == (0, 0, 12)
    assert (summary["entries"], summary["unresolved"]) == (100, 0)


def test_the_picture_is_svg_with_every_size_and_the_last_values() -> None:
    picture = growth_picture.render([series(name) for name in ("entries", "reviews", "chapter files")])
    texts = [element.text for element in ElementTree.fromstring(picture).iter() if element.tag.endswith("text")]
    assert [texts.count(f"{size:,}") for size in SIZES] == [6, 6, 6, 6]
    assert texts.count("check 20 s") == texts.count("check again 25 MiB") == 3
    assert "prefers-color-scheme: dark" in picture


def test_growth_is_told_by_what_a_further_one_costs() -> None:
    rows = growth_page.render([series("entries")]).splitlines()
    assert rows[-4] == "| 200 entries | 0.220 |  | 0.100 | 31 |  |"
    assert rows[-1] == "| 200,000 entries | 20.200 | 0.100 | 0.100 | 1030 | 5.1 |"


def test_a_program_that_is_not_there_is_said_to_be_so() -> None:
    tools = [alternatives.Alternative("biber", "reads", absent="is not installed")]
    page = alternatives_page.render(
        {100: [runs(0.25, 30, name="ketreview check")]}, ("ketreview check", "biber"), tools
    )
    assert "| ketreview check | 0.250 (0.250 – 0.250) | 30 |" in page
    assert "- biber was not run: it is not installed." in page
