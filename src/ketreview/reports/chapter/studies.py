"""The studies: a table of what was read, and one of the results with their numbers."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.document import Block, Column, Line, joined, line
from ketreview.model.study import Arm, Result, Study
from ketreview.model.vocabulary import Species
from ketreview.reports.chapter.names import Names
from ketreview.reports.chapter.tables import table
from ketreview.reports.chapter.terms import NO_BREAK, capital, counted, interval, number, words

_STUDIES = (
    Column("Study", width=1.7),
    Column("Design", width=1.4),
    Column("Species and participants", width=2.4),
    Column("What it found", width=4.2),
    Column("Directness", width=1.7),
)
_RESULTS = (
    Column("Study", width=1.6),
    Column("Outcome", width=2.6),
    Column("Groups", width=2.4),
    Column("Result", width=3.4),
)


def blocks(names: Names) -> Iterator[Block]:
    """The table of studies; the results stand in a table of their own."""
    studies = names.review.studies
    yield from table(_STUDIES, (_study(names, study) for study in studies), "Studies, with what they found")
    results = (_result(names, study, result) for study in studies for result in study.results)
    yield from table(_RESULTS, results, "Results of the studies")


def _study(names: Names, study: Study) -> tuple[Line, ...]:
    return (
        names.study_cited(study),
        line(capital(words(study.design))),
        line(_subjects(names, study)),
        line(study.summary or study.title),
        line(_directness(study)),
    )


def _subjects(names: Names, study: Study) -> str:
    species = words(study.species) if study.species and study.species is not Species.HUMAN else ""
    sizes = [
        counted(study.participants, "participant") if study.participants is not None else "",
        counted(study.included_studies, "study") if study.included_studies is not None else "",
    ]
    named = names.population(study.population) if study.population else ""
    if not named and study.species is Species.HUMAN:
        named = words(Species.HUMAN)
    parts = [named, "" if species and species.casefold() in named.casefold() else species, *sizes]
    return capital("; ".join(part for part in parts if part))


def _directness(study: Study) -> str:
    if study.directness is None:
        return ""
    return capital(": ".join(part for part in (words(study.directness), study.indirect_because) if part))


def _result(names: Names, study: Study, result: Result) -> tuple[Line, ...]:
    measured = [names.outcome(result.outcome), result.instrument, result.timepoint]
    species = f" (in {words(study.species)})" if study.species and study.species is not Species.HUMAN else ""
    if study.species is Species.NOT_STATED:
        species = f" ({words(study.species)})"
    return (
        joined([names.study_cited(study), line(species.strip())], " "),
        line("; ".join(part for part in measured if part)),
        line("; ".join(_arm(names, arm) for arm in result.arms)),
        line(_found(result)),
    )


def _arm(names: Names, arm: Arm) -> str:
    figures = [
        f"{number(arm.percent)}{NO_BREAK}%" if arm.percent is not None else "",
        f"mean {number(arm.mean)}" if arm.mean is not None else "",
        _events(arm),
    ]
    told = ", ".join(figure for figure in figures if figure)
    return f"{names.intervention(arm.arm)}: {told}" if told else names.intervention(arm.arm)


def _events(arm: Arm) -> str:
    if arm.events is not None:
        return f"{arm.events} of {arm.of}" if arm.of is not None else counted(arm.events, "event")
    return f"n = {arm.of}".replace(" ", NO_BREAK) if arm.of is not None else ""


def _found(result: Result) -> str:
    effect = ", ".join(part for part in (_estimate(result), interval(result.ci), _p(result.p)) if part)
    return capital("; ".join(part for part in (effect, result.finding) if part))


def _estimate(result: Result) -> str:
    name = words(result.measure) if result.measure else ""
    if result.estimate is None:
        return name if result.ci else ""
    unit = f"{NO_BREAK}{result.unit}" if result.unit else ""
    return f"{name} {number(result.estimate)}{unit}".strip()


def _p(value: str) -> str:
    if not value:
        return ""
    sign = "" if value.lstrip()[:1] in "<>=≤≥" else "= "
    return f"p{NO_BREAK}{sign}{value.strip()}"
