"""What `check` does alike in every format: exit codes, where the output goes, and that a format is one module."""

from __future__ import annotations

from pathlib import Path

import pytest

import ketreview.render.diagnostics as formats
from ketreview.cli.output import OutputFormat
from tests.projects import AS_OF, GOOD, check, run, write

FAULTY = {**GOOD, "references.bib": "@misc{a, year = 2020, year = 2020}\n@misc{a}\n"}
OLD = {"reviews/a.yaml": GOOD["reviews/good.yaml"] + "next_steps: [{text: x, due: 2020}]\n"}


@pytest.mark.parametrize("output", OutputFormat)
@pytest.mark.parametrize(
    ("files", "arguments", "code"),
    [
        (GOOD, (), 0),
        (FAULTY, (), 1),
        (FAULTY, ("--exit-zero",), 0),
        (FAULTY, ("--fail-on", "never"), 0),
        (OLD, (), 0),
        (OLD, ("--fail-on", "warning"), 1),
        (FAULTY, ("reviews/none.yaml",), 2),
        ({}, (), 2),
    ],
)
def test_exit_codes_are_the_same(
    tmp_path: Path, output: OutputFormat, files: dict[str, str], arguments: tuple[str, ...], code: int
) -> None:
    write(tmp_path, files)
    done = run(tmp_path, "check", *AS_OF, "--output-format", output, *arguments)
    assert done.code == code
    if files:  # what cannot be read is a finding too
        assert (done.raw == b"") == (files is GOOD and output in {"jsonl", "github", "errorformat"})


@pytest.mark.parametrize("output", OutputFormat)
def test_a_file_gets_what_stdout_gets(tmp_path: Path, output: OutputFormat) -> None:
    write(tmp_path, FAULTY)
    arguments = ("check", *AS_OF, "--output-format", output)
    written = run(tmp_path, *arguments, "-o", "out")
    assert (written.code, written.raw) == (1, b"")
    assert (tmp_path / "out").read_bytes() == run(tmp_path, *arguments).raw


@pytest.mark.parametrize("output", [output for output in OutputFormat if output is not OutputFormat.TEXT])
def test_a_format_is_a_module_of_its_name(output: OutputFormat) -> None:
    assert (Path(formats.__file__).parent / f"{output.value}.py").is_file()


def test_where_a_repository_is_checked_paths_are_from_its_root(tmp_path: Path) -> None:
    """But for the formats that people and scripts read in the project's folder."""
    (tmp_path / ".git").mkdir()
    root = write(tmp_path / "books" / "a b", FAULTY)
    out = {
        output: run(root, "check", *AS_OF, "--select", "KR101", "--output-format", output).out
        for output in OutputFormat
    }
    assert "::error file=books/a b/references.bib,line=2," in out[OutputFormat.GITHUB]
    assert '"path": "books/a b/references.bib"' in out[OutputFormat.GITLAB]
    assert '"uri": "books/a%20b/references.bib"' in out[OutputFormat.SARIF]
    others = [output for output in OutputFormat if output not in {"github", "gitlab", "sarif"}]
    assert not [output for output in others if "books" in out[output]]
    assert check(root).findings[0]["path"] == "references.bib"
