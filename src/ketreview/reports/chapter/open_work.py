"""What is still to be integrated, and what is to be done next."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.document import Block, Item, Items, Line, line
from ketreview.model.integration import NextStep
from ketreview.model.trial import Trial
from ketreview.model.vocabulary import IntegrationState
from ketreview.reports.chapter.names import Names
from ketreview.reports.chapter.terms import aside, capital, day, sentence


def pending(names: Names) -> Iterator[Block]:
    """References without an entry in the store, and places that do not have the review's content yet."""
    items = (*_references(names), *_places(names))
    if items:
        yield Items(items)


def next_steps(names: Names) -> Iterator[Block]:
    """The steps that are not done."""
    items = tuple(Item(_step(names, step)) for step in names.review.next_steps if not step.done)
    if items:
        yield Items(items)


def _references(names: Names) -> Iterator[Item]:
    """Each once, by its name, with the sources that name it."""
    found: dict[str, tuple[str, dict[str, None]]] = {}
    for source in names.review.sources:
        for reference in source.references:
            if not reference.cites:
                found.setdefault(reference.label.casefold(), (reference.label, {}))[1][source.title] = None
    for study in names.review.studies:
        if study.reference and not study.cites:
            named = found.setdefault(study.reference.casefold(), (study.reference, {}))[1]
            named.update(dict.fromkeys(names.source(origin.source) for origin in study.from_))
    for label, sources in found.values():
        yield Item(line(f"Reference without an entry in the store: {label}{aside('; '.join(sources))}."))


def _places(names: Names) -> Iterator[Item]:
    for item in names.review.integration:
        if item.state is not IntegrationState.DONE:
            since = f" since {day(item.since)}" if item.since else ""
            yield Item(line(f"{capital(item.kind.value)} “{item.target}”: {item.state.value}{since}."))


def _step(names: Names, step: NextStep) -> Line:
    trials = [
        f"“{trial.title}”" if isinstance(trial := names.corpus.record(names.review, "trial", name), Trial) else name
        for name in step.waits_for
    ]
    waits = f"waits for {', '.join(trials)}" if trials else ""
    due = f"due {day(step.due)}" if step.due else ""
    told = "; ".join(part for part in (waits, due) if part)
    return line(" ".join(part for part in (sentence(step.text), sentence(told)) if part))
