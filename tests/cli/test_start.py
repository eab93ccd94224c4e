"""What a run loads: only what its answer needs, for loading takes most of its time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.projects import AS_OF, GOOD, HEAD, check, environment, run, write

TOLD = """
import json, sys
import typer
from ketreview.cli import build
try:
    build(sys.argv[1:])(standalone_mode=False)
except typer.Exit:
    pass
sys.stderr.write("\\n" + json.dumps(sorted(sys.modules)))
"""
RICH = {"rich.console", "rich.text", "rich.table"}
SELDOM = {
    "rapidfuzz", "bibtexparser", "pylatexenc", "stdnum", "pypandoc", "typst", "tomllib", "importlib.metadata",
    "html.entities", "decimal", "csv", "tempfile", "hashlib", "xml", "email", "http", "asyncio", "unittest",
    "ketreview.pipeline.part", "ketreview.pipeline.keeping", "ketreview.pipeline.narrowing", "ketreview.linking.part",
    "ketreview.checking.baseline", "ketreview.render.html_page", "ketreview.changes.fixing",
    "ketreview.parsing.appendix", "ketreview.parsing.exchange", "ketreview.parsing.registry",
    "ketreview.parsing.manuscripts.latex", "ketreview.parsing.manuscripts.markdown",
}  # fmt: skip
"""What takes some time to load, and a project without faults and without chapters has no use for."""
REVIEW = HEAD.format(id="a") + (
    "studies:\n- {id: s, cites: [good2020], design: cohort, state: read}\n"
    "claims:\n- {id: x, kind: efficacy, statement: “Ketamine” may help – in some., supports: [{cites: good2020}]}\n"
)
STORE = (
    "@article{good2020, author = {Good, Ann and Roe, J.}, title = {Good & true}, journal = {J}, year = {2020}, "
    "pages = {1--9}, doi = {10.1000/182}}\n"
)


def loaded(root: Path, *arguments: str) -> set[str]:
    """The modules that a command loads in all."""
    words = (sys.executable, "-c", TOLD, *arguments, "--root", str(root), *AS_OF)
    done = subprocess.run(words, capture_output=True, check=True, env=environment())
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.mark.parametrize(
    ("command", "unused"),
    [
        ("check", SELDOM | RICH),
        ("check --concise", SELDOM | RICH),
        ("check --output-format json", SELDOM | RICH),
        ("status", SELDOM - {"decimal"}),  # which rich loads
        ("status --format json", SELDOM | RICH),
    ],
)
def test_a_run_without_faults_loads_little(tmp_path: Path, command: str, unused: set[str]) -> None:
    write(tmp_path, {"reviews/a.yaml": REVIEW, "references.bib": STORE})
    modules = loaded(tmp_path, *command.split(), "--no-cache")
    assert sorted(modules & unused) == []
    assert {"yaml", "ketreview.rules.unknown_id"} <= modules  # it did all its work


def test_what_is_needed_is_loaded(tmp_path: Path) -> None:
    """The names above are such as are loaded."""
    store = STORE.replace("Good & true", "Good &amp; true")
    write(tmp_path, {"reviews/a.yaml": REVIEW + "studdies: []\n", "references.bib": store, "b.md": "[@good2020]\n"})
    root = write(tmp_path, {"ketreview.toml": 'chapters = ["b.md"]\n'})
    modules = loaded(root, "check", "--statistics") | loaded(root, "status", "--format", "csv")
    used = {"rapidfuzz", "html.entities", "tomllib", "csv", "ketreview.parsing.manuscripts.markdown", *RICH}
    assert used <= modules


def test_a_store_alone_needs_no_yaml(tmp_path: Path) -> None:
    assert "yaml" not in loaded(write(tmp_path, {"references.bib": STORE}), "check", "--no-cache")


def test_a_kept_answer_needs_no_rules(tmp_path: Path) -> None:
    filler = f"@misc{{good2021, title = {{Other}}, note = {{{'words ' * 10_000}}}}}\n"
    write(tmp_path, {"reviews/a.yaml": REVIEW, "references.bib": STORE + filler})
    check(tmp_path)
    modules = loaded(tmp_path, "check")
    assert sorted(modules & {*RICH, "yaml", "ketreview.pipeline", "ketreview.rule", "ketreview.linking"}) == []


def test_a_pipe_is_coloured_where_somebody_says_so(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    assert "\x1b[" not in run(tmp_path, "check", *AS_OF).out
    assert "\x1b[" in run(tmp_path, "check", *AS_OF, FORCE_COLOR="1").out


def test_what_was_checked_is_folded_where_a_pipe_is_narrow(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    (wide,) = run(tmp_path, "check", *AS_OF).out.splitlines()
    narrow = run(tmp_path, "check", *AS_OF, COLUMNS="30").out.splitlines()
    assert max(map(len, narrow)) <= 30 < len(wide)
    assert "".join(narrow) == wide
