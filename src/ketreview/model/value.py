"""One field of a work, as an entry of the store has it or as a source prints it."""

from __future__ import annotations

from typing import NamedTuple

from ketreview.edits import Edit
from ketreview.model.entry import Entry, Field
from ketreview.model.source_document import Reference, SourceDocument
from ketreview.source import Span


class Value(NamedTuple):
    """The value of one field. `text` is without delimiters, its strings resolved, white space as written.

    It stands in a `place`: a field of an entry, None for the only one of its name; or a reference of a source, which
    prints it.
    """

    name: str
    text: str
    owner: Entry | SourceDocument
    place: Field | Reference | None = None

    @property
    def folded(self) -> str:
        """The value on one line."""
        return " ".join(self.text.split())

    @property
    def entry(self) -> Entry | None:
        """The entry that has it; None where a source prints it."""
        return self.owner if isinstance(self.owner, Entry) else None

    @property
    def span(self) -> Span:
        """Its place, with its delimiters."""
        if isinstance(self.place, Reference):
            return self.place.span(f"printed.{self.name}")
        assert isinstance(self.owner, Entry)  # noqa: S101  what a source prints has a reference
        place = self.place or self.owner.field(self.name)
        assert place is not None  # noqa: S101  as the entry has the value
        return self.owner.value_span(place)

    @property
    def printed_in(self) -> str:
        """The id of the source that prints it; empty for a field of an entry."""
        return "" if isinstance(self.owner, Entry) else self.owner.id

    def beside(self, *names: str) -> str:
        """The value of the first of these fields that the same work has, on one line; empty if it has none."""
        if isinstance(self.owner, Entry):
            return self.owner.get(*names)
        printed = self.place.printed if isinstance(self.place, Reference) else {}
        return next((" ".join(printed[name].split()) for name in names if name in printed), "")

    @property
    def inner(self) -> Span | None:
        """The place of its text alone; None where a source prints it, or where it is put together of several parts."""
        if isinstance(self.place, Reference):
            return None
        whole = self.span
        if whole.text == self.text:
            return whole
        inside = Span(whole.source, whole.start + 1, whole.end - 1)
        return inside if whole.end - whole.start > 1 and inside.text == self.text else None

    def rewritten(self, text: str) -> tuple[Edit, ...]:
        """The edit that gives it another text between its own delimiters; none where it is not the project's to change.

        A number without delimiters gets braces if it becomes anything else.
        """
        inner = self.inner
        if inner is None:
            return ()
        bare = inner == self.span and not (text.isascii() and text.isdecimal())
        return (Edit(inner, f"{{{text}}}" if bare else text),)
