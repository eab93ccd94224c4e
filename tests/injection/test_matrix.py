"""Every value in every place of a project, in every format of every command that tells of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest

from tests.injection.matrix import Matrix, marks
from tests.injection.parts import PARTS
from tests.injection.running import Runner
from tests.injection.sinks import ASKED, ELSEWHERE, Sink, choices, commands, sinks
from tests.typesetters import latex, needs_latex

Note = Callable[[str, object], None]


@pytest.fixture(scope="module")
def matrix(runner: Runner, tmp_path_factory: pytest.TempPathFactory) -> Matrix:
    return Matrix(runner, tmp_path_factory.mktemp("injection"))


def test_nothing_of_a_file_is_more_than_text(matrix: Matrix, record_property: Note) -> None:
    """One test: the projects are read once, and several processes that test would each read them."""
    wrong, reached = {}, 0
    for sink in sinks():
        out = matrix.ask(matrix.hostile, sink).out
        reached += len(marks(out))
        if foreign := matrix.foreign(sink, out):
            wrong[sink.name] = foreign[:10]
    wrong |= drafts(matrix)
    record_property("injections", reached)
    assert wrong == {}


def drafts(matrix: Matrix) -> dict[str, list[str]]:
    """What a draft of each review, or its data, is made of more than the twin's."""
    wrong = {}
    for option, target in choices(commands()["export"], {"to"}):
        told = {}
        for root, number in ((matrix.hostile, 41), (matrix.twin, 5)):
            folder = root.parent / f"{root.name}-{target}"
            folder.mkdir()
            names = [f"r{index}" for index in range(number)]
            done = matrix.runner.run(root, "export", *names, option, target, "--force", "-o", str(folder))
            assert done.code == 0, done.talk
            texts = [path.read_bytes().decode() for path in sorted(folder.iterdir())]
            told[root] = texts if target in {"fhir", "typst"} else [_joined(texts)]
        for out in told[matrix.hostile]:
            sink = Sink(("export", option, target), "draft" if target == "markdown" else target)
            if foreign := matrix.foreign(sink, out, partial(str, told[matrix.twin][0])):
                wrong[sink.name] = foreign[:10]
    return wrong


def _joined(texts: Sequence[str]) -> str:
    """Drafts as one, so that a parser is started once; front matter stands once, with the titles as a list."""
    heads = [re.match(r"---\ntitle: (.*)\n(?s:.*?)\n---\n", text) for text in texts]
    titles = "".join(f"- {head[1]}\n" for head in heads if head)
    bodies = [text[head.end() :] if head else text for head, text in zip(heads, texts, strict=True)]
    return (f"---\ntitle:\n{titles}---\n" if titles else "") + "\n".join(bodies)


def test_every_command_is_tried() -> None:
    """A new command fails here until it says what is asked of it, or where it is tried; so does a new format."""
    assert commands().keys() == ASKED.keys() | ELSEWHERE.keys()
    formats = {sink.format for sink in sinks()} | {target for _, target in choices(commands()["export"], {"to"})}
    assert formats <= PARTS.keys()


def test_the_values_are_seen_where_they_stand_as_they_are() -> None:
    """The parsers tell: a value that is not escaped is found."""
    assert PARTS["terminal"]("\x1b]8;;https://evil.example\x1b\\x") != PARTS["terminal"]("x")
    assert PARTS["html"]("<p>x<script>") > PARTS["html"]("<p>x")
    assert PARTS["html"]("<p><a href='javascript:x'>") != PARTS["html"]("<p><a href='#x'>")
    assert "\\input" in PARTS["latex"]("\\input{x}")
    assert "raw" in PARTS["typst"]("`x`")
    assert "RawBlock" in PARTS["markdown"]("<b>x</b>\n\n<table>\n\nx")
    assert PARTS["csv"]("a,=1\r\n")
    assert PARTS["csv"]("a,-1.5\r\n") == frozenset()
    assert PARTS["github"]("::error file=a::x\n::set-output name=a::b\n") > PARTS["github"]("::error file=a::x\n")
    assert PARTS["text"]("  ::set-output name=a::b") == {"workflow command"}
    assert PARTS["diff"]("--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n+z\n") > PARTS["diff"](
        "--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n"
    )


@needs_latex
@pytest.mark.compiles
def test_latex_prints_them(matrix: Matrix, tmp_path: Path) -> None:
    """What LaTeX typesets is what stood in the files: each mark is on a page."""
    draft = matrix.ask(matrix.hostile, Sink(("export", "r0", "--to", "latex"), "latex")).out
    report = matrix.ask(matrix.hostile, Sink(("certainty", "--format", "latex"), "latex")).out
    head = draft.partition("\\begin{document}")[0]
    latex(tmp_path, f"\\pdfcompresslevel=0\n{head}\\begin{{document}}\n{report}\n\\end{{document}}\n", "")
    page = re.sub(r"\)-?[\d.]+\(", "", (tmp_path / "draft.pdf").read_bytes().decode("latin-1"))
    assert marks(report) - marks(page) == set()
