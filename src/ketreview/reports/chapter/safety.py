"""Safety: what is said of harms, adverse effects, contraindications, monitoring, dosing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ketreview.document import Block, Column, Heading, Item, Items, Line, joined, line
from ketreview.model.claim import Evidence
from ketreview.model.safety import AdverseEffect, Contraindication, Dosing, Monitoring, Safety
from ketreview.model.vocabulary import Exposure
from ketreview.reports.chapter import claims
from ketreview.reports.chapter.names import Names
from ketreview.reports.chapter.tables import table
from ketreview.reports.chapter.terms import NO_BREAK, aside, capital, counted, number, quantity, rhythm, sentence, words

_EXPOSURES = {
    Exposure.CLINICAL: "clinical use",
    Exposure.CHRONIC: "chronic use",
    Exposure.RECREATIONAL: "recreational use",
}
_EFFECTS = (
    Column("Adverse effect", width=2.4),
    Column("How often", width=1.6),
    Column("Exposure", width=2.4),
    Column("Course and remarks", width=2.6),
    Column("Evidence", width=1.6),
)
_DOSES = (
    Column("Use", width=2.4),
    Column("Dose", width=2),
    Column("Schedule", width=2),
    Column("Remarks", width=2.4),
    Column("Evidence", width=1.6),
)


def blocks(names: Names) -> Iterator[Block]:
    """Everything on safety."""
    yield from claims.harms(names)
    safety = names.review.safety or Safety()
    effects = [_effect(names, item) for item in safety.adverse_effects]
    contraindications = tuple(Item(_contraindication(names, item)) for item in safety.contraindications)
    monitoring = tuple(Item(_monitoring(names, item)) for item in safety.monitoring)
    doses = [_dose(names, item) for item in safety.dosing]
    yield from _part("Adverse effects", table(_EFFECTS, effects, "Adverse effects, with how often they were seen"))
    yield from _part("Contraindications", [Items(contraindications)] if contraindications else [])
    yield from _part("Monitoring", [Items(monitoring)] if monitoring else [])
    yield from _part("Dosing", table(_DOSES, doses, "Doses in use"))


def _part(title: str, content: Iterable[Block]) -> Iterator[Block]:
    told = tuple(content)
    if told:
        yield Heading(title, 2)
        yield from told


def _effect(names: Names, item: AdverseEffect) -> tuple[Line, ...]:
    about = ", ".join(names.intervention(name) for name in item.about)
    exposure = [_EXPOSURES[item.exposure] if item.exposure else "", about]
    return (
        line(capital(item.name)),
        line(_frequency(item)),
        line(capital(": ".join(part for part in exposure if part))),
        line(_remarks(item.course, item.note)),
        _evidence(names, item.supports, item.study),
    )


def _frequency(item: AdverseEffect) -> str:
    if item.percent is None:
        return f"of {counted(item.of, 'participant')}" if item.of is not None else ""
    share = f"{number(item.percent)}{NO_BREAK}%"
    return f"{share} of {item.of:,}" if item.of is not None else share


def _contraindication(names: Names, item: Contraindication) -> Line:
    told = joined([line(capital(item.name)), names.evidence(item.supports)], " ")
    return joined([told, line(sentence(item.note))], ". ")


def _monitoring(names: Names, item: Monitoring) -> Line:
    least = f", at least {quantity(item.minimum, None, item.unit)}" if item.minimum is not None else ""
    tools = aside(f"with {', '.join(item.instruments)}") if item.instruments else ""
    told = [line(capital(item.what) + least + tools), names.evidence(item.supports)]
    return joined([joined(told, " "), line(sentence(item.note))], ". ")


def _dose(names: Names, item: Dosing) -> tuple[Line, ...]:
    over = f"over {quantity(item.minutes, None, 'minutes')}" if item.minutes is not None else ""
    route = words(item.route) if item.route else ""
    dose = ", ".join(part for part in (quantity(item.low, item.high, item.unit), route, over) if part)
    return (
        line(capital(item.what)),
        line(capital(dose)),
        line(capital(rhythm(item.schedule))),
        line(_remarks("", item.note)),
        _evidence(names, item.supports, ""),
    )


def _remarks(course: str, note: str) -> str:
    return ". ".join(capital(part.strip().rstrip(".")) for part in (course, note) if part)


def _evidence(names: Names, supports: Sequence[Evidence], study: str) -> Line:
    """The citations, with the species of animal evidence; a study named beside them counts as one."""
    named = tuple(
        item for item in (Evidence(study=study),) if study and all(known.study != study for known in supports)
    )
    return names.evidence((*named, *supports))
