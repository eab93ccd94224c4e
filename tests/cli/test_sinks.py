"""Where answers go: files, links, pipes, devices, a full disk; and where they must not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.projects import AS_OF, GOOD, KETREVIEW, environment, run, write

FULL = Path("/dev/full")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write(tmp_path, GOOD)


def test_a_link_is_followed_and_stays(project: Path) -> None:
    (project / "real.txt").write_text("old", encoding="utf-8")
    (project / "link.txt").symlink_to("real.txt")
    assert run(project, "status", *AS_OF, "-o", "link.txt").code == 0
    assert (project / "link.txt").is_symlink()
    assert "good" in (project / "real.txt").read_text(encoding="utf-8")


def test_a_named_pipe_is_written_to(project: Path) -> None:
    os.mkfifo(project / "pipe")
    with subprocess.Popen(["cat", "pipe"], cwd=project, stdout=subprocess.PIPE) as reader:
        assert run(project, "status", *AS_OF, "-o", "pipe").code == 0
        out, _ = reader.communicate(timeout=30)
    assert b"good" in out
    assert (project / "pipe").is_fifo()


@pytest.mark.parametrize("target", [".", "reviews", "missing/x.txt", "references.bib/x.txt"])
def test_what_cannot_be_written_is_said(project: Path, target: str) -> None:
    done = run(project, "status", *AS_OF, "-o", target)
    assert done.code == 2
    assert done.talk.startswith(f"ketreview: cannot write {target}")


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("draft", "there and differs"),
        ("draft/y.md", "cannot write"),
        ("references.bib", "there and differs"),
    ],
)
def test_a_draft_that_cannot_be_written(project: Path, target: str, said: str) -> None:
    (project / "draft").write_text("mine", encoding="utf-8")
    done = run(project, "export", "good", *AS_OF, "-o", target)
    assert done.code == 2
    assert said in done.talk
    assert (project / "draft").read_text(encoding="utf-8") == "mine"


def test_drafts_into_a_folder(project: Path) -> None:
    assert run(project, "export", "good", "good", *AS_OF, "-o", "chapters", "--to", "typst").code == 0
    assert (project / "chapters/good.typ").exists()
    assert run(project, "export", "good", *AS_OF, "-o", "chapters", "--to", "typst").code == 0
    (project / "chapters/good.typ").write_text("edited", encoding="utf-8")
    assert run(project, "export", "good", *AS_OF, "-o", "chapters", "--to", "typst").code == 2
    assert run(project, "export", "good", *AS_OF, "-o", "chapters", "--to", "typst", "--force").code == 0


@pytest.mark.parametrize("command", [("status",), ("check", "--output-format", "json"), ("rules",)], ids=" ".join)
@pytest.mark.skipif(not FULL.is_char_device(), reason="this system has no /dev/full")
def test_a_full_disk(project: Path, command: tuple[str, ...]) -> None:
    with FULL.open("wb") as full:
        done = subprocess.run(
            [*KETREVIEW, *command], cwd=project, stdout=full, stderr=subprocess.PIPE, check=False, env=environment()
        )
    assert done.returncode == 2
    assert done.stderr == b"ketreview: cannot write: no space left on device\n"


def test_a_closed_stdout(project: Path) -> None:
    words = f"{sys.executable} -m ketreview status >&-"
    done = subprocess.run(["sh", "-c", words], cwd=project, capture_output=True, check=False, env=environment())
    assert b"Traceback" not in done.stderr


def test_forced_colour_makes_no_terminal_of_a_file(project: Path) -> None:
    run(project, "status", *AS_OF, "-o", "out.txt", FORCE_COLOR="1", TTY_COMPATIBLE="1")
    assert "\x1b" not in (project / "out.txt").read_text(encoding="utf-8")


def test_nothing_is_folded_in_a_pipe(tmp_path: Path) -> None:
    studies = "".join(
        f"- {{id: s{number}, reference: R{number}, design: unknown, state: found}}\n" for number in range(30)
    )
    write(tmp_path, {"reviews/good.yaml": GOOD["reviews/good.yaml"] + f"studies:\n{studies}"})
    assert run(tmp_path, "check", *AS_OF, FORCE_COLOR="1").out.count("KR205") == 30


@pytest.mark.parametrize(
    "command",
    [("init",), ("new", "review", "x"), ("new", "study", "good", "x"), ("new", "claim", "good", "x")],
    ids=" ".join,
)
def test_what_edits_the_project_has_no_other_output(project: Path, command: tuple[str, ...]) -> None:
    before = (project / "reviews/good.yaml").read_bytes()
    done = run(project, *command, "-o", "elsewhere")
    assert done.code == 2
    assert "-o is for answers" in done.talk
    assert (project / "reviews/good.yaml").read_bytes() == before
