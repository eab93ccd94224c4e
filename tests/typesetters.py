"""The typesetters that drafts are compiled with."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

needs_latex = pytest.mark.skipif(
    not (shutil.which("pdflatex") and shutil.which("bibtex")), reason="no pdflatex and bibtex on this machine"
)


def latex(folder: Path, text: str, store: str) -> str:
    """Compiles a draft as an author would, and returns the last log; fails on any error or undefined citation."""
    (folder / "draft.tex").write_text(text, encoding="utf-8")
    (folder / "references.bib").write_text(store, encoding="utf-8")
    pdflatex = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "draft.tex"]
    _run(folder, pdflatex)
    if "\\bibliography{" in text:
        talk = _run(folder, ["bibtex", "draft"])
        assert "Warning--I didn't find" not in talk, talk
        _run(folder, pdflatex)
    _run(folder, pdflatex)
    log = (folder / "draft.log").read_text(encoding="utf-8", errors="replace")
    assert not re.search(r"Citation .* undefined|There were undefined", log), log
    return log


def _run(folder: Path, command: list[str]) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    talk = done.stdout.decode(errors="replace")
    assert done.returncode == 0, talk[-3000:]
    return talk
