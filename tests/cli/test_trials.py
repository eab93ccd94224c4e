"""`ketreview trials` and `trials import` as a person runs them."""

# ruff: noqa: E501  reviews as they are written are wide

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.projects import HEAD, run, snapshot, write
from tests.registry import STUDY, add, study, text

AS_OF = ("--as-of", "2026-11-21")
REVIEW = (
    HEAD.format(id="fatigue")
    + """\
trials: # from the registry
- id: ketfat
  title: Ketamine for fatigue
  registrations: [NCT04436250]
  status: RECRUITING
  start: 2020
  expected_completion: 2023-08
  enrolment: {planned: 30}
  sponsor: Another hospital
  retrieved: 2023-01-15
- {id: other, title: Other, registrations: [NCT00000002], status: COMPLETED, results_posted: 2024-05-28, retrieved: 2026-11-01}
next_steps:
- {text: Follow KETFAT, waits_for: [ketfat]}
"""
)
PROJECT: Mapping[str, str | bytes] = {"reviews/fatigue.yaml": REVIEW, "ctg.json": text(STUDY)}
IMPORT = ("trials", "import", "ctg.json", *AS_OF)


def test_nothing_is_written_without_write(tmp_path: Path, golden: Callable[[str, str], None]) -> None:
    write(tmp_path, PROJECT)
    before = snapshot(tmp_path)
    done = run(tmp_path, *IMPORT, COLUMNS="80")
    assert done.code == 0
    assert snapshot(tmp_path) == before
    golden("trials-import.txt", done.out + "\n" + "".join(f"{row.rstrip()}\n" for row in done.talk.splitlines()))


def test_what_is_shown_is_what_is_written(tmp_path: Path) -> None:
    files = {**PROJECT, "ctg.json": text({"studies": [STUDY, study(nctId="NCT00000009")]})}
    write(tmp_path / "a", files)
    write(tmp_path / "b", files)
    patch = run(tmp_path / "a", *IMPORT).raw
    done = run(tmp_path / "b", *IMPORT, "--write")
    assert (done.code, done.raw) == (0, patch)
    assert "# NCT00000009: no review has it\n- id: nct00000009\n" in done.out
    assert done.talk.endswith("in no review: NCT00000009\n8 fields in 1 file; written\n")
    applied = {"GIT_CEILING_DIRECTORIES": str(tmp_path), "PATH": os.environ["PATH"]}
    subprocess.run(["git", "apply", "-"], input=patch, cwd=tmp_path / "a", check=True, env=applied)
    names = ("a", "b")
    one, two = ((tmp_path / name / "reviews/fatigue.yaml").read_text() for name in names)
    assert one == two


def test_the_second_time_nothing_changes(tmp_path: Path) -> None:
    write(tmp_path, PROJECT)
    assert run(tmp_path, *IMPORT, "--write").code == 0
    written = (tmp_path / "reviews/fatigue.yaml").read_bytes()
    done = run(tmp_path, *IMPORT, "--write")
    assert (done.code, done.out) == (0, "")
    assert done.talk.endswith("nothing changes in the reviews\n")
    assert (tmp_path / "reviews/fatigue.yaml").read_bytes() == written


def test_the_day_of_reading(tmp_path: Path) -> None:
    write(tmp_path, PROJECT)
    done = run(tmp_path, *IMPORT, "--retrieved", "2026-11-20")
    assert "+  retrieved: 2026-11-20\n" in done.out
    older = run(tmp_path, *IMPORT, "--retrieved", "2022-11-20")
    assert older.out == ""
    assert "`fatigue:ketfat`: nothing is taken over: the registry was read later, 2023-01-15\n" in older.talk
    assert "NCT04436250: its data is of 2026-11-20, and 2022-11-20 is taken for the day of reading" in older.talk
    for wrong in ("2026-11", "yesterday"):
        refused = run(tmp_path, *IMPORT, "--retrieved", wrong)
        assert refused.code == 2
        assert f"--retrieved {wrong}: a date is written 2026-01-29" in refused.talk


def test_descriptions_are_filled_if_asked_for(tmp_path: Path) -> None:
    write(tmp_path, PROJECT)
    assert (
        "`fatigue:ketfat` has no phase, conditions, ages, which the registry tells and --fill"
        in run(tmp_path, *IMPORT).talk
    )
    done = run(tmp_path, *IMPORT, "--fill")
    assert "+  ages: 18 to 65 years\n" in done.out
    assert "--fill" not in done.talk


BAD: dict[str, tuple[bytes, str]] = {
    "broken": (b'{"studies": [\n', "bad.json:2:1: this is not JSON: Expecting value"),
    "deep": (b"[" * 100_000, "bad.json:1:101: nested deeper than any study is, and not read"),
    "huge": (b'{"studies": [' + b" " * (64 << 20) + b"]}", "bad.json:1:1: the file is larger than 64 MiB"),
    "wrong types": (text({"studies": [study(overallStatus=[1])]}), "bad.json:"),
    "half a character": (text(STUDY).replace(b"A Hospital", b"\\ud800"), "half of a character is no text"),
    "no study": (b"{}", "bad.json:1:1: a study has a `protocolSection`"),
    "no UTF-8": (b'{"a": "\xff"}', "bad.json:1:8: byte 7 (0xff) is not UTF-8"),
    "control characters": (b'["\x1b[31m"]', "bad.json:1:3: this is not JSON"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_its_place(tmp_path: Path, name: str) -> None:
    data, message = BAD[name]
    write(tmp_path, {**PROJECT, "bad.json": data})
    before = snapshot(tmp_path)
    done = run(tmp_path, "trials", "import", "ctg.json", "bad.json", "--write", *AS_OF)
    assert (done.code, done.out) == (2, "")
    assert message in done.talk
    assert "nothing is taken from bad.json, and nothing was written" in done.talk
    assert "\x1b" not in done.talk
    assert snapshot(tmp_path) == before


def test_files_that_are_not_there(tmp_path: Path) -> None:
    write(tmp_path, PROJECT)
    assert run(tmp_path, "trials", "import", "none.json").code == 2
    assert "none.json cannot be read: " in run(tmp_path, "trials", "import", "none.json").talk
    assert run(tmp_path, "trials", "import").code == 2
    nothing = run(tmp_path / "reviews", "trials", "import", "../ctg.json", "--root", ".")
    assert nothing.code == 2


def test_hostile_texts_are_harmless(tmp_path: Path) -> None:
    made = study(whyStopped="a\x1b[31m \u202e [bold]x", nctId="NCT04436250", name="=cmd()\x1b")
    unknown = add(study(nctId="NCT00000009"), "identificationModule", briefTitle="\u202e\x1b]0;x\x07")
    write(tmp_path, {**PROJECT, "ctg.json": json.dumps([made, unknown]).encode()})
    done = run(tmp_path, *IMPORT, "--write")
    assert done.code == 0
    for stream in (done.out, done.talk):
        assert "\x1b" not in stream
        assert "\u202e" not in stream
    written = (tmp_path / "reviews/fatigue.yaml").read_text()
    assert 'why_stopped: "a\\u001b[31m \\u202e [bold]x"\n' in written
    assert run(tmp_path, "trials", "--format", "csv", *AS_OF).out.count("\x1b") == 0


def test_a_review_that_cannot_be_edited_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {**PROJECT, "reviews/fatigue.yaml": REVIEW.replace("status: RECRUITING", "status: &s RECRUITING")})
    done = run(tmp_path, *IMPORT, "--write")
    assert (done.code, done.out) == (2, "")
    assert (
        "reviews/fatigue.yaml:9: `status` is written in a way that is not edited here; change it by hand" in done.talk
    )


def test_faults_of_a_review_are_told(tmp_path: Path) -> None:
    write(tmp_path, {**PROJECT, "reviews/bad.yaml": HEAD.format(id="bad") + "trials: [{id: x, status: 3}]\n"})
    done = run(tmp_path, *IMPORT)
    assert done.code == 0
    assert "2 faults of reading in reviews/bad.yaml: what it holds may be missing here" in done.talk


def test_a_page_of_a_search_and_doubts(tmp_path: Path) -> None:
    shared = REVIEW.replace("[NCT04436250]", "[NCT00000001, 2020-000561-27]")
    write(tmp_path, {"reviews/fatigue.yaml": shared, "ctg.json": text({"studies": [STUDY], "nextPageToken": "x"})})
    done = run(tmp_path, *IMPORT)
    assert done.talk.splitlines() == [
        "ctg.json: one page of a search; its other pages are files of their own",
        "NCT04436250: nothing is taken over: `ketfat` shares a number with it, and has NCT00000001",
        "nothing changes in the reviews",
    ]


def test_many_unknown_trials_are_counted(tmp_path: Path) -> None:
    many = [study(nctId=f"NCT0000010{index}", secondaryIdInfos=None) for index in range(7)]
    write(tmp_path, {**PROJECT, "ctg.json": text(many)})
    done = run(tmp_path, *IMPORT)
    assert done.out.count("no review has it") == 7
    assert done.out.startswith("# NCT00000100: no review has it\n")
    assert "in no review: NCT00000100, NCT00000101, NCT00000102, NCT00000103, NCT00000104 and 2 more\n" in done.talk


def test_the_list_is_the_command_that_is_meant(tmp_path: Path) -> None:
    write(tmp_path, PROJECT)
    alone = run(tmp_path, "trials", *AS_OF)
    assert alone.code == 0
    for same in (("list",), ("fatigue",), ("list", "fatigue")):
        assert run(tmp_path, "trials", *same, *AS_OF).out == alone.out
    wrong = run(tmp_path, "trials", "fatige", *AS_OF)
    assert (wrong.code, wrong.out) == (2, "")
    assert "there is no review `fatige`" in wrong.talk
    for asked in ("-h", "--help"):
        told = run(tmp_path, "trials", asked)
        assert told.code == 0
        assert "import" in told.out


@pytest.mark.parametrize("format_", ["json", "csv", "markdown", "typst", "latex"])
def test_every_format(tmp_path: Path, format_: str) -> None:
    write(tmp_path, PROJECT)
    done = run(tmp_path, "trials", "--format", format_, *AS_OF)
    assert done.code == 0
    assert "ketfat" in done.out


def test_a_project_without_trials(tmp_path: Path) -> None:
    write(tmp_path, {"reviews/a.yaml": HEAD.format(id="a")})
    assert run(tmp_path, "trials").out == "Trials\nNo review has a trial.\n"
    assert run(tmp_path, "trials", "--format", "json").json["trials"] == []
