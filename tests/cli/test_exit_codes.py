"""Exit codes: 0 fine, 1 findings, 2 usage, 70 a bug, 130 interrupted; and what each run leaves alone."""

# ruff: noqa: E501  tables of cases are wide

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ketreview.cli.output import OutputFormat
from tests.projects import AS_OF, GOOD, HEAD, KETREVIEW, check, environment, run, snapshot, write

WARNING = {
    "reviews/a.yaml": HEAD.format(id="a") + "studies:\n- {id: s, reference: X 2019, design: cohort, state: read}\n"
}
ERROR = {"references.bib": "@misc{a}\n@misc{a}\n"}
UNREAD = {"references.bib": "@misc{a,\n"}

CODES = {
    "fine": (GOOD, (), 0),
    "a warning": (WARNING, (), 0),
    "a warning that fails": (WARNING, ("--fail-on", "warning"), 1),
    "an error": (ERROR, (), 1),
    "an error that does not fail": (ERROR, ("--fail-on", "never"), 0),
    "an error and --exit-zero": (ERROR, ("--exit-zero",), 0),
    "what cannot be read": (UNREAD, (), 1),
    "what cannot be read is not ignored": (UNREAD, ("--ignore", "KR0"), 1),
    "what cannot be read is always selected": (UNREAD, ("--select", "KR6"), 1),
    "nothing to check": ({}, (), 2),
    "nothing to check, zero or not": ({}, ("--exit-zero",), 2),
    "a file that is not there": (GOOD, ("none.bib",), 2),
    "a file that is not there, zero or not": (GOOD, ("none.bib", "--exit-zero"), 2),
    "the worst wins": ({**GOOD, **ERROR}, ("none.yaml", "references.bib"), 2),
    "a file of another kind": (GOOD, ("notes.txt",), 2),
    "a path outside": (GOOD, ("../x.bib",), 2),
    "an unknown option": (GOOD, ("--nope",), 2),
    "an unknown choice": (GOOD, ("--fail-on", "info"), 2),
    "a root that is not there": (GOOD, ("--root", "none"), 2),
    "a root that is a file": (GOOD, ("--root", "references.bib"), 2),
    "only the named file": ({**GOOD, **ERROR}, ("reviews/good.yaml",), 0),
    "only the named folder": ({**GOOD, **ERROR}, ("reviews",), 0),
    "everything": ({**GOOD, **ERROR}, (".",), 1),
}


@pytest.mark.parametrize(("files", "arguments", "code"), CODES.values(), ids=CODES)
def test_check(tmp_path: Path, files: dict[str, str], arguments: tuple[str, ...], code: int) -> None:
    write(tmp_path, files)
    before = snapshot(tmp_path)
    done = run(tmp_path, "check", *AS_OF, *arguments)
    assert done.code == code, done.talk
    assert code != 2 or done.talk or done.out
    assert snapshot(tmp_path) == before


def test_validate_is_check(tmp_path: Path) -> None:
    write(tmp_path, {**GOOD, **ERROR})
    assert run(tmp_path, "validate", *AS_OF) == run(tmp_path, "check", *AS_OF)


@pytest.mark.parametrize("date", ["2026", "2026-13-01", "soon", "", "20261120x"])
def test_a_date_that_is_none(tmp_path: Path, date: str) -> None:
    done = run(write(tmp_path, GOOD), "check", "--as-of", date)
    assert done.code == 2
    assert "--as-of" in done.talk


REPORTS = [("status",), ("certainty",), ("pending",), ("show", "good"), ("explain", "KR201"), ("rules",), ("schema",)]


@pytest.mark.parametrize("command", REPORTS, ids=lambda command: command[0])
def test_reports_end_0_whatever_the_project_is_like(tmp_path: Path, command: tuple[str, ...]) -> None:
    write(tmp_path, {**GOOD, **ERROR, "reviews/bad.yaml": "[", "reviews/worse.yaml": b"\xff"})
    before = snapshot(tmp_path)
    done = run(tmp_path, *command, *AS_OF)
    assert done.code == 0
    assert done.out
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize(
    "command",
    [
        ("status", "nope"),
        ("certainty", "godo"),
        ("pending", "nope"),
        ("show", "godo"),
        ("explain", "KR2O1"),
        ("explain", "KR2"),
        ("show",),
    ],
    ids=" ".join,
)
def test_reports_end_2_when_what_is_asked_for_is_not_there(tmp_path: Path, command: tuple[str, ...]) -> None:
    done = run(write(tmp_path, GOOD), *command)
    assert (done.code, done.raw) == (2, b"")
    if "godo" in command:
        assert "did you mean `good" in done.talk


@pytest.mark.parametrize("format_", ["table", "json", "csv", "markdown"])
@pytest.mark.parametrize(
    "command", [("status",), ("certainty",), ("pending",), ("show", "good"), ("rules",)], ids=lambda command: command[0]
)
def test_every_report_in_every_format(tmp_path: Path, command: tuple[str, ...], format_: str) -> None:
    assert run(write(tmp_path, {**GOOD, **WARNING}), *command, *AS_OF, "--format", format_).code == 0


def test_help_and_version(tmp_path: Path) -> None:
    for command in (
        "",
        "check",
        "status",
        "certainty",
        "pending",
        "show",
        "explain",
        "rules",
        "schema",
        "init",
        "new",
        "new study",
    ):
        done = run(tmp_path, *command.split(), "--help")
        assert (done.code, done.talk) == (0, "")
        assert "ketreview" in done.out
    done = run(tmp_path, "--version")
    assert (done.code, bool(re.fullmatch(r"ketreview \d+\.\d+\.\d+\n", done.out))) == (0, True)
    assert run(tmp_path).code in {0, 2}
    assert run(tmp_path, "chekc").code == 2


def test_a_bug_is_70_and_short(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            **GOOD,
            "break.py": "import ketreview.pipeline, ketreview.cli as cli\nketreview.pipeline.read = lambda *a, **k: 1 / 0\ncli.run()\n",
        },
    )
    plain, debug = (
        subprocess.run(
            [sys.executable, "break.py", *arguments], cwd=tmp_path, capture_output=True, check=False, env=environment()
        )
        for arguments in (["check"], ["--debug", "check"])
    )
    assert plain.returncode == 70
    assert b"Traceback" not in plain.stderr
    assert b"ZeroDivisionError" in plain.stderr
    assert b"--debug" in plain.stderr
    assert b"Traceback" in debug.stderr


def many(root: Path) -> Path:
    """More findings than a pipe holds, and more bytes than are read anew each time."""
    return write(root, {"references.bib": "@misc{a}\n" * 2_000 + "@misc{b, note = {" + "x" * 60_000 + "}}\n"})


@pytest.mark.parametrize("output", OutputFormat)
def test_a_broken_pipe_is_quiet(tmp_path: Path, output: OutputFormat) -> None:
    with subprocess.Popen(
        [*KETREVIEW, "check", "--output-format", output],
        cwd=many(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(),
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) in {1, 141}


def test_interrupted_is_130(tmp_path: Path) -> None:
    """The run waits for its stdin, so that the signal surely comes while it works."""
    with subprocess.Popen(
        [*KETREVIEW, "check", "-", "--stdin-filename", "references.bib"],
        cwd=write(tmp_path, GOOD), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(),
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509  a shell may ignore it
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(b"@misc{a}\n")
        process.stdin.flush()
        _until_it_reads(process.pid)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
        assert b"Traceback" not in process.stderr.read()


def _until_it_reads(pid: int) -> None:
    """Waits until the process has loaded the checks and sleeps in a read of its stdin."""
    for _ in range(200):
        time.sleep(0.05)
        waiting = Path(f"/proc/{pid}/wchan")
        if "pipe_read" in (waiting.read_text() if waiting.exists() else ""):
            return
    time.sleep(1)


def test_output_goes_where_it_is_told(tmp_path: Path) -> None:
    root = write(tmp_path / "root", GOOD)
    done = run(root, "check", *AS_OF, "--output-format", "json", "-o", "../out.json")
    assert (done.code, done.raw) == (0, b"")
    assert (tmp_path / "out.json").read_bytes() == check(root).raw
    assert run(root, "status", *AS_OF, "-o", "no/such/folder/x").code == 2
    assert run(root, "status", *AS_OF, "-o", "reviews").code == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.json", "root"]


def test_the_cache_is_not_written_through_a_link(tmp_path: Path) -> None:
    """The store is large enough to be worth keeping an answer of."""
    outside = tmp_path / "outside"
    outside.mkdir()
    for number in range(40):
        (outside / f"{number}.json").write_text("{}")
    root = many(tmp_path / "root")
    (root / ".ketreview_cache").symlink_to(outside)
    before = snapshot(outside)
    for _ in range(2):
        assert run(root, "check", "--statistics", *AS_OF).code == 1
    assert snapshot(outside) == before


def test_an_answer_that_was_kept_is_the_answer(tmp_path: Path) -> None:
    root = many(tmp_path)
    first, second = (check(root) for _ in range(2))
    assert first == second
    (root / "references.bib").write_text("@misc{a}\n@misc{b}\n")
    assert check(root).code == 0


@pytest.mark.parametrize("junk", [b"", b"[", b"{}", b"null", b'{"question": 1}', b"\xff", b"[" * 100_000])
def test_a_spoilt_cache_changes_nothing(tmp_path: Path, junk: bytes) -> None:
    root = many(tmp_path)
    first = check(root, "--select", "KR101")
    for path in (root / ".ketreview_cache").glob("*.json"):
        path.write_bytes(junk)
    assert check(root, "--select", "KR101") == first


def test_import_loads_no_heavy_library() -> None:
    heavy = ["yaml", "bibtexparser", "rich", "typer", "rapidfuzz", "typst", "pypandoc", "pylatexenc", "click"]
    code = f"import sys, ketreview; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment())
    assert done.stdout == b"[]\n"


def test_only_declared_libraries_are_needed() -> None:
    """Nothing of ours imports click, which newer releases of typer no longer bring."""
    root = Path(__file__).parent.parent.parent / "src"
    found = [
        path.name
        for path in root.rglob("*.py")
        if re.search(r"^\s*(import click|from click)\b", path.read_text("utf-8"), re.MULTILINE)
    ]
    assert found == []


@pytest.mark.parametrize(
    "arguments",
    [
        *(("check", "--output-format", output.value) for output in OutputFormat),
        ("status",),
        ("status", "--format", "json"),
        ("pending", "--format", "csv"),
        ("certainty",),
        ("show", "a"),
    ],
    ids=" ".join,
)
def test_the_same_input_and_date_give_the_same_bytes(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    studies = "".join(
        f"- {{id: s{n}, cites: [k{n}], reference: X, design: chort, state: read, foo{n}: 1}}\n" for n in range(9)
    )
    ratings = "certainty:\n- {id: r, outcome: o, scale: grade, level: low}\n- {id: q, outcome: o, scale: grade, level: high}\n"
    review = (
        HEAD.format(id="a")
        + f"studies:\n{studies}- {{id: t, cites: [zz, KeY], design: cohort, state: read}}\n{ratings}"
    )
    write(
        tmp_path,
        {
            "reviews/a.yaml": review,
            "reviews/b.yaml": review.replace("id: a", "id: b"),
            "references.bib": "@misc{key}\n@misc{Key}\n@misc{x}\n@misc{x}\n",
        },
    )
    outputs = {
        run(tmp_path, *arguments, *AS_OF, PYTHONHASHSEED=seed, TZ=zone).raw
        for seed, zone in (("0", "UTC"), ("1", "Asia/Tokyo"))
    }
    assert len(outputs) == 1
    assert outputs != {b""}


def test_the_environment_is_not_touched(tmp_path: Path) -> None:
    """A run in a folder below writes nothing anywhere in the project's parent."""
    root = write(tmp_path / "a" / "root", GOOD)
    write(tmp_path, {"a/other/x": "x"})
    before = snapshot(tmp_path)
    for command in (
        ("check",),
        ("status",),
        ("pending",),
        ("certainty",),
        ("show", "good"),
        ("rules",),
        ("explain", "KR101"),
        ("schema",),
    ):
        run(root, *command, HOME=os.fspath(tmp_path))
    assert snapshot(tmp_path) == before


STDIN = ("-", "--stdin-filename", "references.bib")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--concise", "--output-format", "json"), "--concise is a form of --output-format text: leave it out, or"),
        (("--statistics", "--output-format", "sarif"), "leave it out, or --output-format sarif"),
        (("--concise", "--statistics"), "leave one of them out"),
        (("--diff", "--output-format", "json"), "shows changes and no findings: leave --output-format json out"),
        (("--diff", "--concise"), "shows changes and no findings: leave --concise out"),
        (("--diff", "--statistics"), "leave --statistics out"),
        (
            (*STDIN, "--fix", "--output-format", "github"),
            "the mended text, and lists what remains beside it: leave --out",
        ),
        ((*STDIN, "--fix", "--statistics"), "leave --statistics out"),
        ((*STDIN, "--write-baseline"), "save what stands on stdin, and leave - out"),
        (("--stdin-filename", "references.bib"), "add `-`, or leave it out"),
    ],
)
def test_options_that_would_be_passed_over_are_refused(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    before = snapshot(write(tmp_path, {"references.bib": "@misc{a, doi = {x}}\n"}))
    done = run(tmp_path, "check", *arguments, stdin=b"@misc{a, doi = {x}}\n")
    assert (done.code, done.raw) == (2, b"")
    assert words in done.talk
    assert snapshot(tmp_path) == before


def test_what_remains_of_stdin_is_listed_concisely(tmp_path: Path) -> None:
    write(tmp_path, {"references.bib": ""})
    text = b"@misc{a, title = {A}, title = {B}}\n"
    done = run(tmp_path, "check", *STDIN, "--fix", "--concise", stdin=text)
    assert done.raw == text
    assert "references.bib:1:23: warning KR104 " in done.talk
