"""Tables of assessments, as the R package robvis reads them (mcguinlu/robvis, data_raw).

`Study,D1,…,Overall`, and `Weight` if there is one; tools that robvis does not know stand as its tool Generic, whose
columns have names. robvis takes a judgement by its first letter; here it is read by its word, so that `Some concerns`
and `Serious` are not the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ketreview.appraisal.risk_of_bias_tools import (
    HIGH,
    LOW,
    NO,
    NO_META_ANALYSIS,
    NOT_APPLICABLE,
    PARTIAL,
    SOME,
    TOOLS,
    UNCLEAR,
    YES,
)
from ketreview.diagnostics import shown
from ketreview.model.vocabulary import RiskOfBiasTool
from ketreview.parsing.exchange.csv_rows import Row, Rows
from ketreview.patterns import regex

GENERIC: Mapping[RiskOfBiasTool, Mapping[str, str]] = {
    RiskOfBiasTool.SYRCLE: {YES: LOW, NO: HIGH, UNCLEAR: UNCLEAR},
    RiskOfBiasTool.AMSTAR2: {YES: LOW, PARTIAL: SOME, NO: HIGH, NO_META_ANALYSIS: NOT_APPLICABLE},
    RiskOfBiasTool.JBI: {YES: LOW, NO: HIGH, UNCLEAR: UNCLEAR, NOT_APPLICABLE: NOT_APPLICABLE},
}
"""What an answer of a tool that asks questions is called in robvis's tool Generic."""


class Assessed(NamedTuple):
    """A row: how it names the study, the judgements by domain, and the whole; in the tool's own words."""

    line: int
    study: str
    domains: Mapping[str, str]
    overall: str


class Left(NamedTuple):
    """What was not taken over, and why; `line` is 1 for a column."""

    line: int
    why: str


class Table(NamedTuple):
    """What a table holds. `tool` is None where the columns and words do not tell it."""

    tool: RiskOfBiasTool | None
    rows: tuple[Assessed, ...]
    left: tuple[Left, ...]


def read_table(table: Rows, tool: RiskOfBiasTool | None = None) -> Table:
    """Reads the rows of a file as assessments with a tool, which its columns and words may tell."""
    if tool is None:
        fitting = [name for name in TOOLS if _fits(table, name)]
        fitting = [name for name in fitting if set(TOOLS[name].domains) <= set(table.header)] or fitting
        if len(fitting) != 1:
            return Table(None, (), ())
        tool = fitting[0]
    columns, left = _columns(table.header, tool)
    rows = [_assessed(row, table.header[0], columns, tool, left) for row in table.rows]
    return Table(tool, tuple(row for row in rows if row is not None), tuple(sorted(left)))


_OVERALL = "overall"
_WORD = regex(r"[^a-z0-9]+")
_LACKING = frozenset({"", "na", "n/a", "x", "no information"})


def _fits(table: Rows, tool: RiskOfBiasTool) -> bool:
    """Whether the columns are exactly the tool's domains, and every word is one of its answers."""
    domains = [domain for column in table.header[1:] if (domain := TOOLS[tool].domain(column))]
    known = [column for column in table.header[1:] if TOOLS[tool].domain(column) or _is_extra(column)]
    if sorted(domains) != sorted(TOOLS[tool].domains) or len(known) != len(table.header) - 1:
        return False
    return all(_answer(tool, word, domain) or word.casefold() in _LACKING for word, domain in _words(table, tool))


def _words(table: Rows, tool: RiskOfBiasTool) -> Iterator[tuple[str, str]]:
    for row in table.rows:
        for column, word in row.cells.items():
            if column != table.header[0] and (domain := TOOLS[tool].domain(column)):
                yield word, domain


def _answer(tool: RiskOfBiasTool, word: str, domain: str) -> str:
    """The tool's answer that a word means, in the tool's words or in those of Generic."""
    if own := TOOLS[tool].answer(word, domain):
        return own
    plain = re.sub(r" risk( of bias)?$", "", word.casefold())
    generic = {name: answer for answer, name in GENERIC.get(tool, {}).items()}
    meant = generic.get(plain, "")
    return meant if meant in TOOLS[tool].allowed(domain) else ""


def _is_extra(column: str) -> bool:
    """Whether a column is the overall judgement or robvis's weight."""
    return _WORD.sub(" ", column.casefold()).strip().split(" ")[0] in {_OVERALL, "weight", "weights"}


def _columns(header: Iterable[str], tool: RiskOfBiasTool) -> tuple[dict[str, str], list[Left]]:
    """The domain of each column, or `overall`; what is neither is left."""
    columns: dict[str, str] = {}
    left: list[Left] = []
    for column in list(header)[1:]:
        domain = TOOLS[tool].domain(column)
        meant = domain or (_OVERALL if _is_extra(column) and column.casefold().startswith(_OVERALL) else "")
        if not meant:
            left.append(Left(1, f"the column {shown(column)} is no domain of {TOOLS[tool].title}"))
        elif meant in columns.values():
            left.append(Left(1, f"the column {shown(column)} is `{meant}`, which another column is already"))
        else:
            columns[column] = meant
    return columns, left


def _assessed(
    row: Row, first: str, columns: Mapping[str, str], tool: RiskOfBiasTool, left: list[Left]
) -> Assessed | None:
    """The assessment of a row; words that the tool does not have are left."""
    domains: dict[str, str] = {}
    whole = ""
    for column, meant in columns.items():
        word = row.cells.get(column, "")
        if meant == _OVERALL:
            whole = TOOLS[tool].judgement(word) or ("" if TOOLS[tool].overall else word)
            said = whole
        else:
            said = _answer(tool, word, meant)
            if said:
                domains[meant] = said
        if not said and word.casefold() not in {"", "na", "n/a", "x"}:
            left.append(Left(row.line, f"{shown(word)} in {shown(column)} is no word of {TOOLS[tool].title}"))
    study = row.cells.get(first, "")
    if not study or not (domains or whole):
        left.append(Left(row.line, f"{shown(study)} is not judged" if study else "a row without a study"))
        return None
    order = {name: domains[name] for name in TOOLS[tool].domains if name in domains}
    return Assessed(row.line, study, order, whole)
