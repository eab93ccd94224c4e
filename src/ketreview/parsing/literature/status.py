"""What a folder's texts declare integrated, line by line.

A line counts in a section on the status of integration, or where it has a sign (a tick, an hourglass, `[x]`) or the
label "Status" and says what was done at a place of integration. Its state is that of its sign, its label's value or its
words; what was only prepared is pending. A line that could be read both ways, or names no place, is not guessed at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from posixpath import basename

from ketreview.model.partial_date import PartialDate
from ketreview.model.stated import Declared, Stated
from ketreview.model.vocabulary import IntegrationKind, IntegrationState
from ketreview.parsing.literature import status_words as words
from ketreview.parsing.literature.headings import Meaning
from ketreview.parsing.literature.labels import labelled
from ketreview.parsing.literature.sections import Line, Section
from ketreview.parsing.literature.status_lines import DATE, LONGEST, Around, Words, declared, words_of
from ketreview.parsing.literature.targets import target_of
from ketreview.patterns import regex

_OUTSIDE = frozenset({Meaning.NEXT_STEPS, Meaning.TARGETS, Meaning.REFERENCES, Meaning.FILES})
_PATH = regex(r"\**`([^`\s]+\.\w{1,8})`\**")
_RULE = regex(r"\s*(?:-{3,}|\*{3,}|={3,}|\|[\s|:-]*\Z)")
_UNTICKED = "[ ]"
_BOXES = ("[x]", "[X]", _UNTICKED)
_SIGNS = words.DONE_SIGNS + words.PENDING_SIGNS
_WORDS = ("tatus", "STATUS", "erification", "VERIFICATION")


@dataclass(slots=True)
class Statuses:
    """What the status of a text gives."""

    declared: list[Declared] = field(default_factory=list)
    unmapped: list[Stated] = field(default_factory=list)


def statuses(parts: Sequence[Section]) -> Statuses:
    """Every line that declares something done or pending, and the lines of status blocks that say nothing known."""
    found = Statuses()
    said = bool(parts) and _says(parts[0].source.text)
    wanted = [part for part in parts if part.meaning is Meaning.STATUS or (said and part.meaning not in _OUTSIDE)]
    dated = _first_date([line for part in parts[:2] for line in part.lines]) if wanted else None
    for part in wanted:
        if part.meaning is Meaning.STATUS:
            heading = part.heading.value if part.heading and not part.own else ""
            group = _group(part.heading.value) if part.heading else None
            _read_block(found, part, part.lines, Around(dated, group, heading))
        else:
            _read_outside(found, part, Around(dated, status=False))
    return found


def _says(text: str) -> bool:
    """Whether a text has a sign or the word "status" anywhere."""
    if any(word in text for word in _WORDS) or any(box in text for box in _BOXES):
        return True
    return not text.isascii() and any(sign in text for sign in _SIGNS)


def _read_block(found: Statuses, part: Section, lines: Sequence[Line], around: Around) -> None:
    """A section, or the lines below a label, on the status of integration."""
    around = around._replace(since=_first_date(lines) or around.since)
    above: Declared | None = None
    for line in lines:
        if line.fenced or _RULE.match(line.text):
            continue
        if (state := _group(line.text)) is not None:
            around, above = around._replace(state=state), None
            continue
        said = words_of(line)
        if _is_instruction(part, said):
            continue
        made = declared(part.source, said, around) or _path_below(part, said, above)
        found.declared += made
        if said.text.endswith(":"):
            above = made[0] if made else None
        elif not said.listed:
            above = None
        row = line.text.lstrip().startswith("|") and not said.sign
        if not (made or row) and (said.listed or said.sign or labelled(line)) and _date(line) is None:
            found.unmapped.append(Stated(said.text, said.span(part.source)))


def _read_outside(found: Statuses, part: Section, around: Around) -> None:
    """Lines elsewhere: those with a sign or the label "Status", and the lists below such a label."""
    if not _says(part.source.text[part.start : part.end]):
        return
    lines, index = part.lines, 0
    while index < len(lines):
        line = lines[index]
        index += 1
        if line.fenced or len(line.text) > LONGEST or line.text.lstrip().startswith("|") or not _says(line.text):
            continue
        label = labelled(line) if any(word in line.text for word in _WORDS) else None
        status = label is not None and words.STATUS_LABEL.fullmatch(label.label) is not None
        if status and label is not None and not label.value:
            below = _list_below(lines[index:])
            index += len(below)
            _read_list(found, part, below, around)
            continue
        said = words_of(line)
        if (said.sign or status) and not _is_instruction(part, said):
            found.declared += declared(part.source, said, around)


def _read_list(found: Statuses, part: Section, below: Sequence[Line], around: Around) -> None:
    """A list below the label "Status": a block on integration if one of its lines is on that."""
    block = Statuses()
    _read_block(block, part, below, around._replace(status=True))
    if block.declared:
        found.declared += block.declared
        found.unmapped += block.unmapped


def _list_below(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines of the list that `lines` begin with."""
    count = 0
    while count < len(lines) and _is_item(words_of(lines[count])):
        count += 1
    return lines[:count]


def _is_item(said: Words) -> bool:
    return said.listed or (said.sign != "" and said.text.startswith(said.sign))


def _is_instruction(part: Section, said: Words) -> bool:
    """Whether an empty box is a task for a reader, as in a guide or a list of checks, and no state."""
    guide = part.meaning is Meaning.CHECKS or "guide" in basename(part.source.path).casefold()
    return guide and said.sign == _UNTICKED


def _path_below(part: Section, said: Words, above: Declared | None) -> list[Declared]:
    """A path in a list below a line that ends with a colon: it has that line's state."""
    path = _PATH.fullmatch(said.text.strip()) if above and above.kind is IntegrationKind.FILE and said.listed else None
    if path is None or above is None:
        return []
    return [above._replace(target=target_of(above.kind, path[1], above.state), span=said.span(part.source))]


def _first_date(lines: Sequence[Line]) -> PartialDate | None:
    return next((day for line in lines if (day := _date(line))), None)


def _date(line: Line) -> PartialDate | None:
    """The date on a line that is only a date's (`**Date:** 2026-01-29`)."""
    found = labelled(line)
    if found is None or not words.DATE_LABEL.fullmatch(found.label):
        return None
    day = DATE.match(found.value.strip("*_` "))
    return PartialDate.parse(day[1]) if day else None


def _group(text: str) -> IntegrationState | None:
    """The state that a line gives to those below it: `**Pending:**`."""
    found = words.GROUP.fullmatch(text) if len(text) < 60 else None  # noqa: PLR2004  a few words and their markup
    if not found:
        return None
    return IntegrationState.DONE if words.ALL_DONE.match(found[1]) else IntegrationState.PENDING
