"""Assessments as a table of the R package robvis; `parsing.exchange.robvis` reads it again.

Tools that robvis knows have its columns (`D1`, …, `Overall`); the others are written for its tool Generic, with the
names of their domains and without an overall judgement, which none of them has as a risk.
"""

from __future__ import annotations

from collections.abc import Iterable

from ketreview.appraisal.risk_of_bias_tools import TOOLS
from ketreview.model.vocabulary import RiskOfBiasTool
from ketreview.parsing.exchange.robvis import GENERIC
from ketreview.render.data import as_csv
from ketreview.reports.risk_of_bias import AssessmentAnswer


def render(tool: RiskOfBiasTool, assessments: Iterable[AssessmentAnswer]) -> str:
    """A line for each assessment with the tool; behind the study stands the outcome, if it is for one."""
    return as_csv(_row(tool, found) for found in assessments if found.tool == tool)


def _row(tool: RiskOfBiasTool, found: AssessmentAnswer) -> dict[str, str]:
    name = f"{found.study}: {found.result}" if found.result else found.study
    generic = GENERIC.get(tool)
    if generic is not None:
        return {"Study": name} | {domain: _word(generic.get(word or "", "")) for domain, word in found.domains.items()}
    cells = {f"D{number}": _word(word or "") for number, word in enumerate(found.domains.values(), 1)}
    overall = found.overall if found.overall in TOOLS[tool].overall else ""
    return {"Study": name, **cells, "Overall": _word(overall or "")}


def _word(word: str) -> str:
    return word.capitalize()
