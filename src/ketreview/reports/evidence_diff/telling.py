"""What changed in the evidence, as a document: what matters to a decision first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ketreview.document import Block, Column, Document, Heading, Line, Paragraph, Table, Text, Tone, line
from ketreview.model.differing import FieldChange
from ketreview.model.vocabulary import ConcernStatus, Level, Scale
from ketreview.reports import levels
from ketreview.reports.contrast import contrast, shortened
from ketreview.reports.evidence_diff import (
    ADDED,
    CHANGED,
    REMOVED,
    DiffAnswer,
    FindingChange,
    RatingChange,
    RecordChange,
    ReferenceChange,
    State,
)

_TONES = {ADDED: Tone.GOOD, REMOVED: Tone.BAD, CHANGED: Tone.CAUTION}
_NOTHING = "no change in the evidence, and no finding new or gone"
_LISTS: Mapping[str, tuple[str, str]] = {
    "reviews": ("Reviews", "review"),
    "studies": ("Studies", "study"),
    "claims": ("Claims", "claim"),
    "trials": ("Trials", "trial"),
    "concerns": ("Concerns", "concern"),
}
_PLURALS = {"study": "studies"}


def document(answer: DiffAnswer) -> Document:
    """A sentence that counts the changes, then a table for each kind of record that has some."""
    title = f"Evidence from {_called(answer.before)} to {_called(answer.after)}"
    if answer.empty:
        return Document(title, (Paragraph(line(Text(f"{_NOTHING[0].upper()}{_NOTHING[1:]}.", Tone.MUTED))),))
    counts = "; ".join(_counts(answer))
    blocks: list[Block] = [Paragraph(line(f"{counts[0].upper()}{counts[1:]}."))]
    blocks += _certainty(answer.certainty)
    for name in ("claims", "studies", "trials", "concerns", "reviews"):
        blocks += _records(_LISTS[name][0], getattr(answer, name))
    blocks += _references(answer.references)
    if answer.retractions:
        retracted = tuple((_word(one.change, one.change == REMOVED), (_code(one.key),)) for one in answer.retractions)
        blocks += [Heading("Known to be retracted"), Table((Column("Change"), Column("Entry", width=3)), retracted)]
    blocks += _findings(answer.findings)
    return Document(title, tuple(blocks))


def _called(state: State) -> str:
    if state.revision is None:
        return "the working tree"
    commit = (state.commit or "")[:10]
    return commit if (state.commit or "").startswith(state.revision) else f"{shortened(state.revision, 40)} ({commit})"


def _counts(answer: DiffAnswer) -> Iterator[str]:
    """The changes in words, a part for each kind."""
    moved = [one for one in answer.certainty if one.change == CHANGED and one.before != one.after]
    if moved:
        yield f"certainty moved for {_plural(len(moved), 'rating')}"
    kept = [one for one in answer.certainty if one not in moved]
    lists = {"rating": kept, **{noun: getattr(answer, name) for name, (_, noun) in _LISTS.items()}}
    lists |= {"reference": answer.references, "retracted work": answer.retractions}
    for noun, changes in lists.items():
        for change, number in _by_change(changes):
            yield f"{_plural(number, noun)} {change}"
    words = {ADDED: "new", REMOVED: "gone"}
    yield from (f"{_plural(number, 'finding')} {words[change]}" for change, number in _by_change(answer.findings))


def _by_change(
    changes: Iterable[RecordChange | RatingChange | ReferenceChange | FindingChange],
) -> list[tuple[str, int]]:
    counts = Counter(one.change for one in changes)
    return [(change, counts[change]) for change in _TONES if counts[change]]


def _certainty(changes: Sequence[RatingChange]) -> Iterator[Block]:
    if not changes:
        return
    columns = (Column("Change"), Column("Rating", width=2), Column("Before"), Column("After"), Column("Why", width=4))
    rows: list[tuple[Line, ...]] = []
    for one in changes:
        about = f" ({one.comparison})" if one.comparison else ""
        name: Line = (_code(f"{one.review}:{one.id}"), Text(f" {one.title}{about}"))
        first, *rest = [*_why(one)] or [line(Text("—", Tone.MUTED))]
        rows.append((_word(one.change), name, _level(one.before, one.scale), _level(one.after, one.scale), first))
        rows += [((), (), (), (), more) for more in rest]
    yield Heading("Certainty")
    yield Table(columns, tuple(rows))


def _why(one: RatingChange) -> Iterator[Line]:
    """What moved the level, its studies too; where it stays, what is new in its reasons or gone from them.

    Of all else that changed the names are told, and how often they changed.
    """
    moved = one.before != one.after
    studies = [change for change in one.fields if moved and change.field == "studies"]
    reasons = [change for change in one.why if moved or change.before is None or change.after is None] + studies
    yield from map(_field, reasons)
    others = [change for change in (*one.why, *one.fields) if change not in reasons and change.field != "level"]
    if others:
        names = Counter(change.field.partition(".")[0] for change in others)
        told = ", ".join(f"{name} ({number})" if number > 1 else name for name, number in names.items())
        counted = _plural(len(others), "other field" if reasons else "field")
        yield (Text(f"{counted}: ", Tone.MUTED), Text(told))


def _level(level: str | None, scale: str) -> Line:
    return line(Text("—", Tone.MUTED)) if level is None else line(levels.shown(Level(level), Scale(scale)))


def _records(title: str, changes: Sequence[RecordChange]) -> Iterator[Block]:
    if not changes:
        return
    rows: list[tuple[Line, ...]] = []
    for one in changes:
        name = one.id if one.id == one.review else f"{one.review}:{one.id}"
        first, *rest = [_field(change) for change in one.fields] or [line(_whole(one))]
        rows.append((_called_change(title, one), (_code(name),), first))
        rows += [((), (), more) for more in rest]
    yield Heading(title)
    yield Table((Column("Change"), Column("Record", width=2), Column("What", width=5)), tuple(rows))


def _whole(one: RecordChange) -> str:
    """What a record says of itself that is new or gone."""
    state = one.after or one.before
    return shortened(one.title) + (f" [{_plain(state)}]" if state else "")


def _called_change(title: str, one: RecordChange) -> Line:
    """What became of a record: a concern is opened and resolved."""
    if title != "Concerns" or one.change == REMOVED or one.before == one.after:
        return _word(one.change)
    if one.after == ConcernStatus.OPEN:
        return line(Text("+ opened" if one.before is None else "± opened again", Tone.CAUTION))
    return line(Text(f"± {one.after}", Tone.GOOD)) if one.before else _word(one.change)


def _field(change: FieldChange) -> Line:
    """A field with what it said and says, cut to where they differ."""
    name = Text(f"{change.field}: ", Tone.MUTED)
    if change.before is None:
        return (name, Text("+ ", Tone.GOOD), Text(shortened(change.after or "")))
    if change.after is None:
        return (name, Text("− ", Tone.BAD), Text(shortened(change.before)))
    before, after = contrast(change.before, change.after)
    return (name, Text(before), Text(" → ", Tone.STRONG), Text(after))


def _references(changes: Sequence[ReferenceChange]) -> Iterator[Block]:
    """The keys that are cited and were not, and the other way round: a row for each review."""
    if not changes:
        return
    groups: dict[tuple[str, str], list[str]] = {}
    for one in changes:
        groups.setdefault((one.change, one.review or "chapters"), []).append(one.key)
    rows = tuple(
        (_word(change), line(review), line(Text(", ".join(keys), Tone.CODE)))
        for (change, review), keys in groups.items()
    )
    yield Heading("References")
    yield Table((Column("Change"), Column("Cited by"), Column("Keys", width=5)), rows)


def _findings(changes: Sequence[FindingChange]) -> Iterator[Block]:
    if not changes:
        return
    rows = tuple(
        (
            line(Text("+ new", Tone.BAD)) if one.change == ADDED else line(Text("− gone", Tone.GOOD)),
            line(one.severity),
            (_code(one.code),),
            line(Text(shortened(one.message))),
            line(Text(f"{one.path}:{one.line}", Tone.MUTED)),
        )
        for one in changes
    )
    columns = (
        Column("Change"), Column("Severity", drop=2), Column("Code"), Column("Message", width=5),
        Column("Where", drop=1, width=2),
    )  # fmt: skip
    yield Heading("Findings")
    yield Table(columns, rows)


def _word(change: str, good: bool | None = None) -> Line:
    """A change by its sign and its word, as colour alone tells nothing on paper."""
    sign = {ADDED: "+", REMOVED: "−", CHANGED: "±"}[change]
    tone = _TONES[change] if good is None else Tone.GOOD if good else Tone.BAD
    return line(Text(f"{sign} {change}", tone))


def _code(text: str) -> Text:
    return Text(text, Tone.CODE)


def _plain(text: str) -> str:
    return text.replace("_", " ")


def _plural(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else _PLURALS.get(noun, noun + 's')}"
