"""How sure a text is of what: levels in words, grades and numbers, as they are written."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from ketreview.model.stated import Rated
from ketreview.parsing.literature.headings import Meaning
from ketreview.parsing.literature.labels import ITEM, labelled
from ketreview.parsing.literature.sections import Line, Section
from ketreview.patterns import regex
from ketreview.source import Span

_ONE = r"(?:very[ -]low|very[ -]high|critically low|low|moderate|medium|high|insufficient|no evidence)"
_END = r"(?=\s*(?:[*_`]*\s*)?(?:$|[(\[,;.–—:*|/-]|for\b|certainty|quality|evidence|confidence|in\b|to\b))"
_LEVEL = regex(rf"(?:{_ONE})(?:\s?(?:-|–|/|\sto\s)\s?{_ONE})?(?![\w-]){_END}", re.IGNORECASE)
_GRADE = regex(r"(?:[A-E][+\-−]?|[1-5][a-c]?|I{1,3}|IV|V)(?![\w+])(?!\.\d)")
_NUMBER = regex(r"(?:0(?:\.\d{1,4})?|1(?:\.0{1,4})?|\d{1,3}\s?%)(?![\w.%])")
_MARKUP = regex(r"[\s*_`\"“]*")
_RATING = regex(
    r"(?:overall |study |evidence |integration )*(?:certainty|quality|confidence|evidence|strength)"
    r"(?: (?:of|in) (?:the )?evidence| quality| grade| level| rating| strength| assessment| score| for .*| in .*)*"
)
_NOT_RATED = regex(
    r"\b(?:bias|conflicts?|priority|risk|sample|cost|costs|replication|heterogeneity|funding|duration|status|limitations?"
    r"|environment|tone|adherence|dose|response|prevalence|evidence base|need for .*|gaps?)\b"
)
_PERCENT_OR_NUMBER = regex(r"certain|confiden|quality|score|evidence|grade")


def ratings(parts: Sequence[Section], words: Collection[str] = ()) -> Iterator[Rated]:
    """The levels in sections on certainty, in their headings, and on labelled lines below a title.

    `words` are a project's own, which are levels behind a label too.
    """
    own = _pattern(words)
    around = 0
    for part in parts:
        certainty = part.meaning is Meaning.CERTAINTY
        if certainty and part.own:
            around = part.level
        elif part.level <= around:
            around = 0
        if certainty or around:
            yield from _heading(part, own)
        if certainty or part.meaning is Meaning.HEAD:
            lines = (line for line in part.lines if not line.fenced)
            yield from (rated for line in lines for rated in _rated(part, line, own, free=certainty))


def _pattern(words: Collection[str]) -> tuple[re.Pattern[str], ...]:
    """What finds any of some words, the longest first."""
    ordered = sorted(filter(None, words), key=len, reverse=True)
    return (regex(rf"(?:{'|'.join(map(re.escape, ordered))})(?![\w+−-]){_END}", re.IGNORECASE),) if ordered else ()


def _heading(part: Section, own: tuple[re.Pattern[str], ...]) -> Iterator[Rated]:
    if part.heading is not None and ":" in part.heading.value:
        yield from _rated(part, Line(part.heading.value, part.heading.span.start), own, free=True)


def _rated(part: Section, line: Line, own: tuple[re.Pattern[str], ...], *, free: bool) -> Iterator[Rated]:
    """The level of a line; `free` takes any label and none, else the label must name certainty."""
    found = labelled(line)
    if found is not None and not (free and line.text.lstrip().startswith("|") and _starts_with_level(found.label)):
        rates = free or _RATING.fullmatch(found.label)
        if rates and not _NOT_RATED.search(found.label) and (value := _level(found.value, found.label, own)):
            yield _made(part, _subject(line, found.label), found.start, value)
    elif free and found is None:
        item = ITEM.match(line.text)
        text = line.text[item.end() if item else 0 :]
        value = _level(text, "")
        loud = value and (text.startswith(("**", "__")) or text[slice(*value)].isupper())
        if value and loud:
            yield _made(part, "", line.start + len(line.text) - len(text), value)


def _starts_with_level(text: str) -> bool:
    return _LEVEL.match(text) is not None


def _level(text: str, label: str, own: tuple[re.Pattern[str], ...] = ()) -> tuple[int, int] | None:
    """Where a level stands at the beginning of `text`."""
    lead = _MARKUP.match(text)
    at = lead.end() if lead else 0
    patterns = [*own, _LEVEL]
    patterns += [_NUMBER] if _PERCENT_OR_NUMBER.search(label) else []
    patterns += [_GRADE] if "grade" in label or "level of evidence" in label or "evidence level" in label else []
    found = next((match for pattern in patterns if (match := pattern.match(text, at))), None)
    return (found.start(), found.end()) if found else None


def _subject(line: Line, label: str) -> str:
    """The label with its own capitals."""
    at = line.text.casefold().find(label)
    return line.text[at : at + len(label)] if at >= 0 else label


def _made(part: Section, subject: str, start: int, value: tuple[int, int]) -> Rated:
    begin, end = start + value[0], start + value[1]
    return Rated(subject, part.source.text[begin:end], Span(part.source, begin, end))
