"""Findings to render, and a run of them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rich.console import Console

from ketreview.cli.output import OutputFormat
from ketreview.diagnostics import Code, Diagnostic, Fix, Related, Severity, Subject, Summary, fault
from ketreview.edits import Edit
from ketreview.render.diagnostics import Run, render_findings, text
from ketreview.source import Source, Span, whole_file

ERROR = Code(
    "KR201", "unresolved-citation", Severity.ERROR, "A key is not in the store.\n\nWhy.\n\nBad:\n\n```yaml a\n```"
)
WARNING = Code("KR205", "reference-without-key", Severity.WARNING, "")
INFO = Code("KR702", "unlisted-file", Severity.INFO, "")
RUN = Run(Summary(1, 2, 1, 3, 4, 5, 6), date(2026, 11, 20), "project")
CLEAR = replace(RUN, summary=Summary(0, 0, 0, 3, 4, 5, 0))


def span(text: str, piece: str, path: str = "reviews/a.yaml") -> Span:
    """The place of a piece in a text."""
    start = text.index(piece)
    return Span(Source(path, text), start, start + len(piece))


STORE = "@misc{a,\n  year = 2020,\n  doi = {https://doi.org/10.1/x},\n}\n@misc{a,\n}\n"
REVIEW = "id: a\ncites: [bb]\n"
_SECOND = Span(Source("references.bib", STORE), STORE.rindex("a,"), STORE.rindex("a,") + 1)
_DOI = span(STORE, "https://doi.org/", "references.bib")
FINDINGS = (
    fault(
        ERROR, _SECOND, "`a` is a key already", related=(Related(span(STORE, "a,", "references.bib"), "first here"),)
    ),
    replace(
        fault(WARNING, _DOI, "a DOI is written alone", fix=Fix("Write the DOI alone", True, (Edit(_DOI, ""),))),
        subject=Subject(key="a"),
    ),
    replace(fault(ERROR, span(REVIEW, "bb"), "`bb` is in no store"), subject=Subject("a", "bb", "c")),
    replace(fault(ERROR, span(REVIEW, "bb"), "`bb` is in no store"), subject=Subject("a", "bb", "c")),
    fault(INFO, whole_file("reviews/b.yaml"), "it cannot be read", fix=Fix("Drop it", False, ())),
)
"""Of every severity, with what a finding can have; two of them are alike."""


def shown(findings: Sequence[Diagnostic], width: int = 80, *, concise: bool = False, fold: bool = False) -> str:
    """Findings for a person, as in a pipe of that width."""
    out = io.StringIO()
    console = Console(file=out, width=width, highlight=False, markup=False, emoji=False)
    text.show(findings, console, concise=concise, fold=fold)
    return out.getvalue()


def rendered(output_format: OutputFormat, findings: Sequence[Diagnostic], run: Run = RUN) -> str:
    """Findings in any format."""
    if output_format is OutputFormat.TEXT:
        return shown(findings)
    return render_findings(output_format.value, findings, run)
