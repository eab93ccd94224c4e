"""A trial that no review has, as YAML to paste below `trials:`."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.changes.yaml_values import Value, field
from ketreview.model.partial_date import PartialDate
from ketreview.model.registered import RegisteredTrial

_TOLD = (
    *("last_known_status", "phase", "conditions", "ages", "sponsor", "start", "primary_completion"),
    *("expected_completion", "completion"),
)
_FOUND = ("last_update", "results_posted", "delayed_posting", "why_stopped")


def stub(told: RegisteredTrial, retrieved: PartialDate) -> str:
    """The trial as an item of a list."""
    rows = [row for name, value in _fields(told, retrieved) for row in field(name, value, 2)]
    if told.status is None:
        rows.insert(1, "  # status: (the file does not tell it)")
    return "\n".join([f"- {rows[0].lstrip()}", *rows[1:]]) + "\n"


def _fields(told: RegisteredTrial, retrieved: PartialDate) -> Iterator[tuple[str, Value]]:
    yield "id", told.number.lower()
    yield "title", told.titles[0] if told.titles else told.number
    yield "registrations", [told.number, *told.others]
    if told.status:
        yield "status", told.status.value
    yield from _of(told, _TOLD)
    yield "retrieved", retrieved
    yield from _of(told, _FOUND)
    enrolment = {
        name: value for name, value in (("planned", told.planned), ("actual", told.actual)) if value is not None
    }
    if enrolment:
        yield "enrolment", enrolment


def _of(told: RegisteredTrial, names: tuple[str, ...]) -> Iterator[tuple[str, Value]]:
    for name in names:
        value: Value = getattr(told, name)
        if value:
            yield name, value
