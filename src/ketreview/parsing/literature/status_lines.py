"""One line on integration to what it declares."""

from __future__ import annotations

import re
from typing import NamedTuple

from ketreview.model.partial_date import PartialDate
from ketreview.model.stated import Declared
from ketreview.model.vocabulary import IntegrationKind, IntegrationState
from ketreview.parsing.literature import status_words as words
from ketreview.parsing.literature.labels import ITEM, labelled
from ketreview.parsing.literature.sections import Line
from ketreview.parsing.literature.targets import target_of
from ketreview.patterns import regex
from ketreview.source import Source, Span

LONGEST = 600
"""No line on one integration is longer; what is, is prose."""
DATE = regex(r"(?<![\d-])((?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)(?![\d-])", re.ASCII)
_KEY = regex(r"(?<![\w.@])@([A-Za-z][\w-]*(?:19|20)\d\d[\w-]*)(?![\w@./])|\bkey:? `([A-Za-z][\w:-]{1,100})`")
"""A citation key that says so: `@doe2020`, or in backquotes behind "key"."""
_ASIDE = regex(r"\([^()]*\)")
_DONE, _PENDING = IntegrationState.DONE, IntegrationState.PENDING


class Words(NamedTuple):
    """The words of a line without its list mark, where they begin, its first sign, and whether it is of a list."""

    text: str
    start: int
    sign: str
    listed: bool

    @property
    def by_sign(self) -> IntegrationState | None:
        """The state that its sign gives."""
        if not self.sign:
            return None
        return _DONE if self.sign in words.DONE_SIGNS or self.sign in {"[x]", "[X]"} else _PENDING

    def span(self, source: Source) -> Span:
        """Where it stands."""
        return Span(source, self.start, self.start + len(self.text))


class Around(NamedTuple):
    """What a line takes from around it: a date, a state, and the heading that says what it is of."""

    since: PartialDate | None = None
    state: IntegrationState | None = None
    heading: str = ""
    status: bool = True
    """Whether it stands in a block on the status of integration, where a sign alone says enough."""


class _Place(NamedTuple):
    kind: IntegrationKind
    text: str


def words_of(line: Line) -> Words:
    """The words of a line, or of the cells of a row."""
    item = ITEM.match(line.text)
    at = item.end() if item else 0
    text = line.text[at:]
    row = text.startswith("|")
    if row:
        inner = text.strip("| \t")
        at += text.find(inner)
        text = inner
    sign = words.SIGN.search(text, 0, LONGEST)
    return Words(text, line.start + at, sign[0] if sign else "", row or bool(item and item[0].strip()))


def declared(source: Source, said: Words, around: Around) -> list[Declared]:
    """What a line declares: of one place, or of several joined by `and`; nothing where it is not sure what it says."""
    if len(said.text) > LONGEST:
        return []
    plain = _plain(said.text)
    places = _places(plain) or [_Place(place.kind, around.heading) for place in _places(around.heading)[:1]]
    if not places or words.ABOUT_CONTENT.match(plain) or _is_of_something_else(said, plain):
        return []
    state = _state(plain, said, places[0].kind, around)
    if state is None:
        return []
    day = DATE.search(said.text)
    since = PartialDate.parse(day[1]) if day else around.since
    span = said.span(source)
    key = _key(said.text)
    return [Declared(place.kind, target_of(place.kind, place.text, state), state, since, span, key) for place in places]


def _key(text: str) -> str:
    """The citation key in a line; empty where it names none, or several."""
    found = {at or quoted for at, quoted in _KEY.findall(text)}
    return found.pop() if len(found) == 1 else ""


def _plain(text: str) -> str:
    """The words without signs and emphasis."""
    return words.SIGN.sub(" ", text).replace("*", "").replace(" | ", ": ", 1).strip(words.AROUND)


def _is_of_something_else(said: Words, plain: str) -> bool:
    """Whether a line has a label that names neither a place nor its state: the places behind it are only mentioned."""
    found = labelled(Line(plain, said.start))
    if found is None or words.GENERAL_LABEL.fullmatch(found.label):
        return False
    return words.PLACE.search(plain, 0, plain.find(":") + 1) is None


def _places(text: str) -> list[_Place]:
    """The first place that a text names, with those joined to it by `and`."""
    found: list[_Place] = []
    end = 0
    for match in words.PLACE.finditer(text):
        kind = words.KINDS[match.lastgroup or "file"]
        if kind not in {place.kind for place in found}:
            if found and not words.JOINED.fullmatch(text, end, match.start()):
                break
            found.append(_Place(kind, text))
        end = match.end()
    return found


def _state(text: str, said: Words, kind: IntegrationKind, around: Around) -> IntegrationState | None:
    """What a line says of a place; None if it says nothing, or two things."""
    if words.UNCLEAR.search(text):
        return None
    file = kind is IntegrationKind.FILE
    pending = bool(words.PENDING.search(text) or (not file and words.PREPARED.search(text)))
    done = words.DONE.search(text if around.status else _ASIDE.sub("", text)) is not None
    if not (pending or done):
        return (said.by_sign or around.state) if around.status and not words.ANOTHER_DEED.search(text) else None
    if said.by_sign is _PENDING:
        return _PENDING
    if pending:
        return None if said.by_sign is _DONE and words.ADDED.search(text) else _PENDING
    if said.by_sign is _DONE or around.state is not None:
        return said.by_sign or around.state
    return _DONE if _is_said_done(text) else None


def _is_said_done(text: str) -> bool:
    """Whether a line without a sign begins with what was done, or has it as the value of its label."""
    label, _, value = text.partition(":")
    if words.ALL_DONE.match(value.strip() if value else text):
        return True
    return bool(DATE.fullmatch(value.strip()) and words.DONE.search(label))
