"""What was checked and what was found, in words."""

from __future__ import annotations

from ketreview.diagnostics import Severity, Summary


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def found(summary: Summary) -> list[tuple[Severity, str]]:
    """How much was found of each severity of which there is any, worst first."""
    numbers = {Severity.ERROR: summary.errors, Severity.WARNING: summary.warnings, Severity.INFO: summary.infos}
    return [(severity, counted(number, severity.value)) for severity, number in numbers.items() if number]


def checked(summary: Summary) -> str:
    """What was read, and how many findings are not told."""
    read = ", ".join(
        (
            counted(summary.reviews, "review"),
            counted(summary.entries, "entry", "entries"),
            counted(summary.citations, "citation"),
        )
    )
    unresolved = f" ({summary.unresolved} unresolved)" if summary.unresolved else ""
    beside = ((summary.baseline, "in the baseline"), (summary.unchanged, "on records that did not change"))
    return read + unresolved + "".join(f"; {number:,} {where}" for number, where in beside if number)
