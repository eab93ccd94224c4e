"""Every value where a review, a store or a chapter cannot hold it, so that a fault tells of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.injection import reviews
from tests.injection.parts import ESCAPES, PARTS, people
from tests.injection.running import TERMINAL, Runner
from tests.injection.values import TWIN, VALUES
from tests.projects import HEAD, write

Note = Callable[[str, object], None]
STORE = (
    "@{}{{k, title = {{T}}}}", "@misc{{{}, title = {{T}}}}", "@misc{{k, {} = {{T}}}}", "@misc{{k, title = {}}}",
    "@misc{{k, title = {{{}}} x}}", "@string{{{} = {{x}}}}", "@string{{s = {}}}", "@comment{{{}}}", "@preamble{{{}}}",
    "{}", "@misc{{k{}", "<<<<<<< {}\n", "% ketreview: ignore[{}] {}\n@misc{{k2}}", "@misc{{a, title = {{{}",
)  # fmt: skip
"""Places of a store, each in a file of its own."""
CHAPTERS = ("a.typ", "a.tex", "a.md", "a.qmd", "a.rst", "a.ipynb", "_quarto.yml")
YAML = (
    "{}",
    "id: {}",
    "{}: {}",
    "id: &{} x",
    "id: *{}",
    "id: !{} x",
    "# ketreview: ignore[{}] {}\nid: [",
    "<<<<<<< {}\n",
    "%{}\n---\n",
)
FINDINGS = {
    "stores/e.bib": "@misc{e, title = {<i>A</i>  b}, doi = {https://doi.org/10.1000/1}, year = {2020}}\n@misc{e}\n",
    "reviews/e.yaml": HEAD.format(id="e") + "studies: [{id: s, reference: S, design: cohort, stat: read}]\n",
    "reviews/f.yaml": HEAD.format(id="f") + "studies: [{id: s, reference: S, design: cohort, state: read}]\n",
}
"""What has errors and warnings, with fixes, whatever else stands in a project."""
INFO = {"notice", "colour 36", "<label for=show-info>"}
"""What a finding that only informs adds; the twin has none."""
SETTINGS = 'chapters = ["chapters/**"]\nbibliography = ["stores/*.bib"]\n'


def _project(root: Path, values: Iterable[str]) -> tuple[Path, int]:
    files: dict[str, str | bytes] = {"ketreview.toml": SETTINGS}
    for number, value in enumerate(values):
        files[f"reviews/b{number}.yaml"] = reviews.document(reviews.broken(value))
        for place, text in enumerate(YAML):
            files[f"reviews/y{number}-{place}.yaml"] = text.format(value, value).encode("utf-8", "surrogatepass")
        for place, text in enumerate(STORE):
            files[f"stores/s{number}-{place}.bib"] = text.format(value, value)
        for name in CHAPTERS:
            files[f"chapters/c{number}/{name}"] = value
    return write(root, {**files, **FINDINGS}), len(files) - 1


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, int]:
    root = tmp_path_factory.mktemp("broken")
    hostile, places = _project(root / "hostile", (value.text for value in VALUES))
    return hostile, _project(root / "twin", (TWIN,))[0], places


@pytest.mark.parametrize("format_", ["text", "terminal", "json"])
def test_faults_tell_of_them(
    format_: str, runner: Runner, projects: tuple[Path, Path, int], record_property: Note
) -> None:
    root, twin, places = projects
    terminal = format_ == "terminal"
    arguments = ("check", "--no-cache", "--output-format", "text" if terminal else format_)
    done, harmless = (
        runner.run(one, *arguments, warm=False, terminal=terminal, environment=TERMINAL if terminal else {})
        for one in (root, twin)
    )
    assert done.code == 1, done.talk
    assert people(done.talk) == frozenset()
    assert PARTS[format_](done.out) - PARTS[format_](harmless.out) <= ESCAPES.get(format_, frozenset()) | INFO
    record_property("injections", places)
