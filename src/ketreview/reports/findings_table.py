"""A Summary of Findings as a document: the columns as GRADEpro orders them, and numbered footnotes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ketreview.document import Block, Column, Document, Heading, Line, Paragraph, Table, Text, Tone, line
from ketreview.model.vocabulary import Level, Measure, Scale
from ketreview.reports import levels
from ketreview.reports.summary_of_findings import Bounds, Finding, FindingsTable, SummaryOfFindings

COLUMNS = (
    Column("Outcome", width=2.2),
    Column("Risk with control", right=True, width=1.2),
    Column("Risk with intervention (95 % CI)", right=True, width=1.8),
    Column("Relative effect (95 % CI)", right=True, width=1.6),
    Column("Participants (studies)", right=True, width=1.3),
    Column("Certainty (GRADE)", width=1.6),
    Column("Comments", width=3, drop=1, below=True),
)
_MOST_ROWS = 7
_SHORT = {
    Measure.RISK_RATIO: "RR",
    Measure.ODDS_RATIO: "OR",
    Measure.HAZARD_RATIO: "HR",
    Measure.RISK_DIFFERENCE: "RD",
    Measure.MEAN_DIFFERENCE: "MD",
    Measure.STANDARDISED_MEAN_DIFFERENCE: "SMD",
}
_ON_A_SCALE = frozenset({Measure.MEAN_DIFFERENCE, Measure.STANDARDISED_MEAN_DIFFERENCE})
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LEGEND = (
    "RR: risk ratio; OR: odds ratio; HR: hazard ratio; RD: risk difference, in percentage points; MD: mean difference;"
    " SMD: standardised mean difference; CI: confidence interval. A risk with the intervention follows from the risk"
    " with control and the relative effect, unless the review states it. GRADE: ⊕⊕⊕⊕ high, ⊕⊕⊕○ moderate, ⊕⊕○○ low,"
    " ⊕○○○ very low certainty."
)


def document(answer: SummaryOfFindings) -> Document:
    """A table for each comparison and population, and below each why its levels are what they are."""
    blocks: list[Block] = []
    rows = {(finding.review, finding.id): _row(finding) for finding in answer.findings}
    headings = Counter(map(_heading, answer.tables))
    for table in answer.tables:
        heading = _heading(table)
        aside = f" ({table.comparison_id})" if headings[heading] > 1 else ""
        told = tuple(rows[table.review, name] for name in table.rows)
        blocks += [Heading(heading + aside), Table(COLUMNS, told), *_notes(table)]
    if blocks:
        blocks.append(Paragraph(line(Text(_LEGEND, Tone.MUTED))))
    return Document("Summary of findings", tuple(blocks))


def _heading(table: FindingsTable) -> str:
    where = ", ".join(part for part in (table.comparison, table.population) if part)
    return f"{table.review}: {where}" if where else table.review


def _notes(table: FindingsTable) -> Iterator[Block]:
    for note in table.footnotes:
        yield Paragraph(line(f"{_raised(note.number)} {note.text}."))
    if len(table.rows) > _MOST_ROWS:
        told = f"{len(table.rows)} outcomes; a Summary of Findings has up to {_MOST_ROWS}, those that matter most."
        yield Paragraph(line(Text(told, Tone.CAUTION)))


def _row(finding: Finding) -> tuple[Line, ...]:
    timepoint = f" ({finding.timepoint})" if finding.timepoint else ""
    studies = f" ({finding.studies})" if finding.studies else ""
    notes = ",".join(_raised(number) for number in finding.footnotes)
    return (
        line(Text(finding.outcome, Tone.STRONG), timepoint),
        line(_per_1000(finding.risk_with_control)),
        line(_with_intervention(finding)),
        line(_relative(finding)),
        line(f"{finding.participants if finding.participants is not None else '—'}{studies}"),
        line(levels.shown(Level(finding.level), Scale.GRADE), f" {notes}" if notes else ""),
        line(finding.statement or ("" if finding.footnotes else finding.comments) or "—"),
    )


def _raised(number: int) -> str:
    return str(number).translate(_RAISED)


def _per_1000(risk: float | None) -> str:
    return "—" if risk is None else f"{risk:.0f} per 1000"


def _with_intervention(finding: Finding) -> str:
    """The risk; of a mean difference, by how much the intervention's mean is lower or higher."""
    if finding.measure in _ON_A_SCALE and finding.estimate is not None:
        bounds = " to ".join(_shifted(bound) for bound in finding.ci)
        unit = f" {finding.unit}" if finding.unit else ""
        short = _SHORT[Measure(finding.measure)]
        return f"{short} {_shifted(finding.estimate, unit)}{f' ({bounds})' if bounds else ''}"
    return _per_1000(finding.risk_with_intervention) + _bounds(finding.risk_interval, "{:.0f}")


def _shifted(value: float, unit: str = "") -> str:
    return f"{levels.figure(abs(value))}{unit} {'lower' if value < 0 else 'higher'}"


def _relative(finding: Finding) -> str:
    if finding.measure is None or finding.measure in _ON_A_SCALE or (finding.estimate is None and not finding.ci):
        return "—"
    measure = Measure(finding.measure)
    called = _SHORT.get(measure) or levels.measure_words(measure)
    bounds = tuple(levels.figure(bound) for bound in finding.ci)
    estimate = "" if finding.estimate is None else f" {levels.figure(finding.estimate)}"
    return f"{called}{estimate}" + (f" ({bounds[0]} to {bounds[1]})" if bounds else "")


def _bounds(interval: Bounds, form: str) -> str:
    return f" ({form.format(interval[0])} to {form.format(interval[1])})" if interval else ""
