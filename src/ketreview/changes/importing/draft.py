"""A proposal in the making: records by list, ids, and which lines went into one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ketreview.changes.importing.outline import plain
from ketreview.changes.importing.proposal import Ids, Made, Unmapped
from ketreview.changes.importing.reading import Folder
from ketreview.changes.yaml_values import Value
from ketreview.model.imported import ImportedEntry
from ketreview.model.vocabulary import Level
from ketreview.source import Span

LISTS = (
    "searches", "sources", "studies", "claims", "certainty", "trials", "safety.adverse_effects",
    "safety.contraindications", "safety.monitoring", "safety.dosing", "integration", "next_steps",
)  # fmt: skip
_LONGEST = 160


@dataclass(slots=True)
class Draft:
    """What was made so far. `used` are lines, by path and number, that a record holds or that a name was read from.

    `rated` are the scales and subjects that have a rating.
    """

    crosswalk: Mapping[str, Level]
    lists: dict[str, list[Made]] = field(default_factory=lambda: {name: [] for name in LISTS})
    unmapped: list[Unmapped] = field(default_factory=list)
    used: set[tuple[str, int]] = field(default_factory=set)
    works: list[ImportedEntry] = field(default_factory=list)
    ids: dict[str, Ids] = field(default_factory=dict)
    rated: set[tuple[str, str]] = field(default_factory=set)
    summary: str = ""

    def id(self, kind: str, text: str) -> str:
        """A free id of a kind."""
        return self.ids.setdefault(kind, Ids()).new(text)

    def add(self, name: str, fields: Mapping[str, Value], span: Span) -> None:
        """Adds a record; fields that hold nothing are left out."""
        self.lists[name].append(Made({key: value for key, value in fields.items() if value not in ("", (), [])}, span))
        self.use(span)

    def use(self, span: Span) -> None:
        """Notes that the lines of a place were read to something."""
        first = span.begin.line
        last = span.source.position(max(span.start, span.end - 1)).line
        self.used.update((span.path, line) for line in range(first, last + 1))

    def is_used(self, span: Span) -> bool:
        """Whether something was read from the line on which a place begins."""
        return (span.path, span.begin.line) in self.used

    def leave(self, span: Span, why: str, words: str = "") -> None:
        """Notes what went into no record, or only in part."""
        text = words or plain(span.source.text[span.start : min(span.end, span.start + 4 * _LONGEST)])
        self.unmapped.append(Unmapped(span, text[:_LONGEST], why))
        self.use(span)


def origin(folder: Folder, span: Span, labels: tuple[str, ...] = ()) -> list[Value]:
    """The field `from` of a record that was mapped from a place."""
    fields: dict[str, Value] = {"source": folder.source}
    if at := folder.at(span):
        fields["at"] = at
    if labels:
        fields["labels"] = list(labels)
    return [fields]
