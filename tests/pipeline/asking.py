"""Commands in this process, a kept answer held against a fresh one, and a small project."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import typer
from typer.exceptions import TyperException

from ketreview.cli import build
from tests.pipeline.changing import IDS, Changing
from tests.projects import AS_OF


def ask(root: Path, *arguments: str) -> tuple[object, str]:
    """The exit code and the answer of a command, in this process."""
    out = io.StringIO()
    words = [*arguments, "--root", str(root), "-q", *(() if "--as-of" in arguments else AS_OF)]
    with redirect_stdout(out), redirect_stderr(io.StringIO()):
        try:
            code = build(words)(words, standalone_mode=False)
        except typer.Exit as left:
            code = left.exit_code
        except TyperException as refused:
            return type(refused), str(refused)
    return code, out.getvalue()


QUESTIONS = (
    ("check", "--output-format", "json"),
    ("check",),
    ("check", "--output-format", "sarif", "--select", "ALL"),
    ("status", "--format", "json"),
    ("pending", "--format", "json"),
)


def same(root: Path, *question: str) -> None:
    """Holds a kept answer against a fresh one."""
    fresh = ask(root, *question, "--no-cache")
    assert ask(root, *question) == fresh
    assert ask(root, *question) == fresh


def lines_of(root: Path, code: str) -> list[str]:
    """The messages of a code."""
    found = json.loads(ask(root, *QUESTIONS[0])[1])["diagnostics"]
    return [finding["message"] for finding in found if finding["code"] == code]


HEAD = "schema_version: 1\nid: {0}\ntitle: A\nstatus: active\n"
SIMPLE = HEAD + "studies:\n- {{id: s, cites: [{1}], design: cohort, state: read}}\n"


def simple(root: Path) -> Changing:
    """A project of two reviews that have nothing to do with each other."""
    project = Changing(root, 0)
    for name in IDS:
        (root / f"reviews/{name}.yaml").unlink()
    project.write("references.bib", "".join(f"@misc{{{key}, title = {{{key}}}}}\n" for key in ("one", "two", "three")))
    project.write("reviews/a.yaml", SIMPLE.format("a", "one"))
    project.write("reviews/b.yaml", SIMPLE.format("b", "two"))
    return project
