"""Lines that Vim and reviewdog read."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from ketreview.diagnostics import fault
from ketreview.render.diagnostics.errorformat import ERRORFORMAT, render
from ketreview.source import Source, Span
from tests.render.findings import ERROR, FINDINGS, RUN

VIM = shutil.which("vim")


def test_a_line_for_each() -> None:
    assert render(FINDINGS[:2], RUN) == (
        "references.bib:5:7: error: KR201 `a` is a key already\n"
        "references.bib:3:10: warning: KR205 a DOI is written alone\n"
    )


@pytest.mark.parametrize(
    ("path", "shown"),
    [("a:b.yaml", "a:b.yaml"), ("a:1:2: error: x", r"a\u003a1\u003a2: error: x"), ("a b,c.yaml", "a b,c.yaml")],
)
def test_a_path_cannot_name_another_line(path: str, shown: str) -> None:
    assert render([fault(ERROR, Span(Source(path, "x"), 0, 1), "m")], RUN) == f"{shown}:1:1: error: KR201 m\n"


@pytest.mark.skipif(VIM is None, reason="no Vim on this machine")
def test_vim_reads_them(tmp_path: Path) -> None:
    odd = fault(ERROR, Span(Source("my book/a:b.yaml", "x\ny"), 2, 3), "it's: a (test): 1:2: x")
    (tmp_path / "found.txt").write_text(render([*FINDINGS, odd], RUN), "utf-8")
    told = "[bufname(v:val.bufnr), v:val.lnum, v:val.col, v:val.type, v:val.text, v:val.valid]"
    read = (
        f"set errorformat={ERRORFORMAT.replace(' ', chr(92) + ' ')} | cgetfile found.txt | "
        f"call writefile([json_encode(map(getqflist(), '{told}'))], 'read')"
    )
    script = tmp_path / "read.vim"
    script.write_text(f"set encoding=utf-8\n{read}\nqall!\n", "utf-8")
    subprocess.run([VIM or "", "-es", "-u", "NONE", "-i", "NONE", "-S", script], cwd=tmp_path, check=False, timeout=30)
    found = json.loads((tmp_path / "read").read_text("utf-8"))
    assert found[0] == ["references.bib", 5, 7, "e", "KR201 `a` is a key already", 1]
    assert [entry[3] for entry in found] == ["e", "w", "e", "e", "i", "e"]
    assert found[5] == ["my book/a:b.yaml", 2, 1, "e", "KR201 it's: a (test): 1:2: x", 1]
