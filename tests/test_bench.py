"""The benchmark's generator: the same bytes every time, and a project that is whole. Nothing is timed here."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
GENERATOR = ROOT / "bench" / "generate.py"


def generate(out: Path, *options: str) -> dict[str, bytes]:
    """Generates the smallest project into `out`, and gives its files."""
    command = [sys.executable, str(GENERATOR), "--max", "100", "--out", str(out), *options]
    subprocess.run(command, check=True, capture_output=True)
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def check(root: Path) -> tuple[int, dict[str, Any]]:
    command = [
        sys.executable,
        "-m",
        "ketreview",
        "check",
        "--root",
        str(root),
        "--as-of",
        "2026-11-20",
        "--output-format",
        "json",
    ]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert not done.stderr
    return done.returncode, json.loads(done.stdout)


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    first = generate(tmp_path / "first", "--seed", "7")
    second = generate(tmp_path / "second", "--seed", "7")
    assert first == second
    assert len(first) == 4


def test_another_seed_gives_other_bytes(tmp_path: Path) -> None:
    assert generate(tmp_path / "first", "--seed", "7") != generate(tmp_path / "second", "--seed", "8")


def test_a_second_run_into_the_same_folder_leaves_no_old_file(tmp_path: Path) -> None:
    first = generate(tmp_path)
    (tmp_path / "100" / "reviews" / "generated-9999.yaml").write_text("id: old\n")
    assert generate(tmp_path) == first


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, dict[str, Any]]:
    out = tmp_path_factory.mktemp("bench")
    generate(out)
    return check(out / "100")


def test_a_generated_project_passes_check(checked: tuple[int, dict[str, Any]]) -> None:
    code, report = checked
    assert (code, report["summary"]["errors"], report["summary"]["warnings"]) == (0, 0, 0)


def test_every_generated_citation_resolves(checked: tuple[int, dict[str, Any]]) -> None:
    summary = checked[1]["summary"]
    assert (summary["reviews"], summary["entries"], summary["unresolved"]) == (3, 100, 0)
    assert summary["citations"] > summary["entries"]


def test_every_generated_work_says_that_it_is_generated(tmp_path: Path) -> None:
    entries = generate(tmp_path)["100/references.bib"].decode().split("\n@")[1:]
    assert len(entries) == 100
    for number, entry in enumerate(entries, 1):
        assert f"title = {{Generated work {number:06}: " in entry
        assert f"doi = {{10.5555/generated.{number:06}}}" in entry


def test_a_generated_book_passes_check(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; sys.path.insert(0, sys.argv[1]); import book; "
        "book.write(pathlib.Path(sys.argv[2]), files=30, megabytes=0.3)"
    )
    subprocess.run([sys.executable, "-c", code, str(GENERATOR.parent), str(tmp_path)], check=True)
    status, report = check(tmp_path)
    summary = report["summary"]
    assert (status, summary["errors"], summary["warnings"], summary["infos"]) == (0, 0, 0, 0)
    assert (summary["entries"], summary["unresolved"]) == (3300, 0)
    assert summary["citations"] > 30 * 2
