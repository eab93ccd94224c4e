"""Findings as one page to send to a colleague: no script, nothing from elsewhere, every text escaped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from importlib.resources import files
from itertools import groupby

from ketreview.checking import catalogue
from ketreview.diagnostics import Code, Diagnostic, Severity
from ketreview.render.counts import checked, counted, found
from ketreview.render.diagnostics import Run
from ketreview.render.html_finding import article
from ketreview.render.html_page import head
from ketreview.render.html_text import blocks, text
from ketreview.reports.rules import explanation

_FILES_SHOWN = 12


def render(findings: Sequence[Diagnostic], run: Run) -> str:
    """The whole page."""
    by_path = [(path, list(group)) for path, group in groupby(findings, key=lambda finding: finding.span.path)]
    numbers = {id(finding): number for number, finding in enumerate(findings, 1)}
    return "".join(
        (
            head(_title(run), files(__package__).joinpath("html.css").read_text("utf-8")),
            _header(run),
            _filters(run),
            "<main>\n",
            _contents(by_path),
            *(_file(number, path, group, numbers) for number, (path, group) in enumerate(by_path, 1)),
            _rules(findings),
            "</main>\n",
            f"<footer><p>Written by ketreview, judged as of {run.as_of.isoformat()}.</p></footer>\n",
            "</body>\n</html>\n",
        )
    )


def _title(run: Run) -> str:
    return f"Findings in {text(run.project)}" if run.project else "Findings"


def _header(run: Run) -> str:
    parts = [f'<span class="{severity}">{words}</span>' for severity, words in found(run.summary)]
    result = ", ".join(parts) or '<span class="fine">No findings</span>'
    return f'<header>\n<h1>{_title(run)}</h1>\n<p class="summary">{result} in {checked(run.summary)}.</p>\n</header>\n'


def _filters(run: Run) -> str:
    """A box for each severity, if there are several; the style hides what is not ticked."""
    told = found(run.summary)
    if len(told) == 1 or not told:
        return ""
    boxes = "".join(
        f'<input type="checkbox" class="filter" id="show-{severity}" checked autocomplete="off">'
        f'<label for="show-{severity}" class="{severity}">{words}</label>\n'
        for severity, words in told
    )
    return f'<p class="filters" id="filters">Show</p>\n{boxes}'


def _contents(by_path: Sequence[tuple[str, Sequence[Diagnostic]]]) -> str:
    """The files with findings, if there are several."""
    if len(by_path) == 1 or not by_path:
        return ""
    rows = "".join(
        f'<li><a href="#file-{number}">{text(path)}</a> <span class="counts">{_counts(group)}</span></li>\n'
        for number, (path, group) in enumerate(by_path, 1)
    )
    opened = " open" if len(by_path) <= _FILES_SHOWN else ""
    summary = f"<summary><h2>{counted(len(by_path), 'file')}</h2></summary>"
    return f'<nav aria-label="Files">\n<details{opened}>{summary}\n<ol>\n{rows}</ol>\n</details>\n</nav>\n'


def _counts(findings: Iterable[Diagnostic]) -> str:
    counts = Counter(finding.severity for finding in findings)
    return ", ".join(counted(counts[severity], severity.value) for severity in Severity if counts[severity])


def _file(number: int, path: str, findings: Sequence[Diagnostic], numbers: dict[int, int]) -> str:
    """The findings of a file; its class says of which severities they are, so that none of it is shown in vain."""
    kinds = {finding.severity for finding in findings}
    has = " ".join(f"has-{severity}" for severity in Severity if severity in kinds)
    return (
        f'<section id="file-{number}" class="file {has}">\n'
        f'<h2><span class="path">{text(path)}</span> <span class="counts">{_counts(findings)}</span></h2>\n'
        + "".join(article(finding, numbers[id(finding)]) for finding in findings)
        + "</section>\n"
    )


def _rules(findings: Iterable[Diagnostic]) -> str:
    """What each code means, once."""
    codes = {finding.code.id: catalogue().get(finding.code.id, finding.code) for finding in findings}
    told = "".join(_rule(code) for _, code in sorted(codes.items()))
    return f'<section id="rules">\n<h2>What the codes mean</h2>\n{told}</section>\n' if told else ""


def _rule(code: Code) -> str:
    title = f'<a href="{text(code.page)}">{text(code.id)}</a> {text(code.name)}'
    told = f"<h3>{title}</h3>\n{blocks(explanation(code))}"
    return f'<section id="{text(code.id.lower())}" class="rule">\n{told}</section>\n'
