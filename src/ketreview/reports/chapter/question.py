"""The question of the review, as PICO."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ketreview.document import Block, Item, Items, Line, Paragraph, Text, Tone, line
from ketreview.model.question import Comparison, Intervention, Outcome
from ketreview.model.vocabulary import OutcomeKind
from ketreview.reports.chapter.names import Names
from ketreview.reports.chapter.terms import capital, quantity, rhythm, words


def blocks(names: Names) -> Iterator[Block]:
    """The question as a sentence, then its populations, interventions, comparisons and outcomes."""
    question = names.review.question
    if question is None:
        return
    if question.text:
        yield Paragraph(line(question.text))
    parts = (
        ("Populations", (population.name for population in question.populations)),
        ("Interventions", (_intervention(item) for item in question.interventions)),
        ("Comparisons", (_comparison(names, item) for item in question.comparisons)),
        ("Outcomes", (_outcome(item) for item in question.outcomes)),
    )
    items = tuple(item for title, entries in parts for item in _part(title, entries))
    if items:
        yield Items(items)


def _part(title: str, entries: Iterable[str]) -> Iterator[Item]:
    under: tuple[Line, ...] = tuple(line(capital(entry)) for entry in entries)
    if under:
        yield Item(line(Text(title, Tone.STRONG)), under)


def _intervention(item: Intervention) -> str:
    dose = item.dose
    details = [
        words(item.route) if item.route and words(item.route) not in item.name else "",
        quantity(dose.low, dose.high, dose.unit) if dose else "",
        f"over {quantity(item.minutes, None, 'minutes')}" if item.minutes is not None else "",
        rhythm(item.schedule),
    ]
    told = ", ".join(detail for detail in details if detail)
    return f"{item.name}: {told}" if told else item.name


def _comparison(names: Names, item: Comparison) -> str:
    return f"{names.population(item.population)}: {names.comparison(item.id)}"


def _outcome(item: Outcome) -> str:
    kind = ", a harm" if item.kind is OutcomeKind.HARM else ""
    return f"{item.name} ({item.importance.value}{kind})"
