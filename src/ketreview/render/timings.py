"""Where the time of a run went, as tables for people and as data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ketreview.document import Block, Column, Document, Line, Paragraph, Table, line
from ketreview.timings import Timings

VERSION = 1
_SHOWN = 10
_NOT_RUN = "No rule ran: the answer was kept from an earlier run. --no-cache works it out anew."


def document(timings: Timings) -> Document:
    """The stages in their order, and the slowest rules."""
    whole = sum(timings.stages.values()) or 1.0
    stages = [(line(name), *_time(seconds, whole)) for name, seconds in timings.stages.items()]
    rules = _slowest(timings)
    rows = [
        (line(name), *_time(spent["seconds"], whole), line(f"{spent['records']:,}"), line(f"{spent['problems']:,}"))
        for name, spent in ((rule["rule"], rule) for rule in rules[:_SHOWN])
    ]
    if others := rules[_SHOWN:]:
        sums = [sum(rule[field] for rule in others) for field in ("records", "problems")]
        taken = _time(sum(rule["seconds"] for rule in others), whole)
        rows.append((line(f"{len(others)} others"), *taken, *(line(f"{number:,}") for number in sums)))
    blocks: list[Block] = [
        Table(_columns("Stage"), (*stages, (line("in all"), *_time(whole, whole)))),
        Table(_columns("Rule", "Records", "Problems"), tuple(rows)) if rows else Paragraph(line(_NOT_RUN)),
    ]
    return Document("", tuple(blocks))


def data(timings: Timings) -> dict[str, Any]:
    """The stages in their order, and every rule, slowest first."""
    stages = [{"stage": name, "seconds": round(seconds, 6)} for name, seconds in timings.stages.items()]
    return {"version": VERSION, "stages": stages, "rules": _slowest(timings)}


def _slowest(timings: Timings) -> list[dict[str, Any]]:
    ordered = sorted(timings.rules.items(), key=lambda item: (-item[1].seconds, item[0]))
    return [
        {"rule": name, "seconds": round(spent.seconds, 6), "records": spent.records, "problems": spent.problems}
        for name, spent in ordered
    ]


def _columns(first: str, *more: str) -> tuple[Column, ...]:
    return (Column(first), *(Column(title, right=True) for title in ("ms", "%", *more)))


def _time(seconds: float, whole: float) -> Iterable[Line]:
    return line(f"{seconds * 1000:.1f}"), line(f"{seconds / whole:.0%}".rstrip("%"))
