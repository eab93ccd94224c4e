"""Values of a BibTeX file: braces, quotes, numbers, abbreviations, and what joins them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ketreview.diagnostics import shown
from ketreview.model.entry import Word
from ketreview.patterns import regex

MONTHS = {
    name[:3].lower(): name
    for name in (
        "January", "February", "March", "April", "May", "June", "July",
        "August", "September", "October", "November", "December",
    )
}  # fmt: skip

ENTRY_AHEAD = regex(r"@[ \t]*[A-Za-z]+[ \t]*\{[^\s,{}=\"]+[ \t]*,", re.ASCII)
_NEXT_ENTRY = regex(r"^[ \t]*(?=@[ \t]*[A-Za-z]+[ \t]*[{(])", re.ASCII | re.MULTILINE)
_BARE = regex(r"[^\s=,{}()\"#%@']+")
_HASH = regex(r"\s*#\s*")
_BRACE = regex(r"[{}]")
_QUOTE = regex(r"[{}\"]")
_MAX_LOST = 50
_MAX_PASSED = 2_000_000
_ALWAYS_EXPANDED = 1_000_000
_MAX_INDENT = 200


class BrokenError(Exception):
    """An entry or value that does not close; `resume` is where the next one may begin."""

    def __init__(self, start: int, end: int, reason: str, resume: int) -> None:
        self.start, self.end, self.reason, self.resume = start, end, reason, resume


class Words(dict[str, str]):
    """What words without delimiters stand for. `strings` are defined, `used` are all that may be one and are no number.

    Each word is looked up once, until another string is defined.
    """

    def __init__(self) -> None:
        super().__init__()
        self.strings: dict[str, str] = {}
        self.used: set[str] = set()

    def __missing__(self, word: str) -> str:
        name = word.lower()
        if not word.isdecimal():
            self.used.add(name)
        text = self.strings.get(name) or MONTHS.get(name, word)
        return self.setdefault(word, Word(text) if word[:1].isalpha() else text)

    def define(self, strings: dict[str, str]) -> None:
        """Takes strings in, for what stands behind them."""
        self.strings |= strings
        self.clear()


@dataclass(slots=True)
class Values:
    """Reads values of `text`.

    `places` are those where what may be an abbreviation stands; `complete` says that no part was given up.
    """

    text: str
    words: Words = field(default_factory=Words, kw_only=True)
    places: list[tuple[int, int]] = field(default_factory=list, kw_only=True)
    lost: int = field(default=0, kw_only=True)
    passed: int = field(default=0, kw_only=True)
    expanded: int = field(default=0, kw_only=True)
    complete: bool = field(default=True, kw_only=True)

    def value(self, position: int, anchor: int, label: str) -> tuple[str, int]:
        """The value at `position`, its parts joined, and the offset behind it.

        Raises:
            BrokenError: it does not close; its place is from `anchor`, and it is the value of `label`.
        """
        text = self.text
        parts: list[str] = []
        while True:
            opener = text[position : position + 1]
            if opener == "{":
                end = self.braced(position, anchor, label)
                parts.append(text[position + 1 : end - 1])
            elif opener == '"':
                end = self.quoted(position, anchor, label)
                parts.append(text[position + 1 : end - 1])
            elif (bare := _BARE.match(text, position)) is not None:
                end = bare.end()
                word = bare[0]
                if not word.isdecimal():
                    self.places.append(bare.span())
                meant = self.words[word]
                self.expanded += len(meant)
                if self.overflows:
                    reason = f"{shown(word)} and other strings make far more text than the file"
                    raise BrokenError(position, end, reason, end)
                parts.append(meant)
            else:
                raise BrokenError(anchor, position, f"{shown(label)} has no value", position)
            joint = _HASH.match(text, end)
            if joint is None:
                return "".join(parts), end
            position = joint.end()

    def braced(self, start: int, anchor: int, label: str) -> int:
        """The offset behind the brace that closes the one at `start`."""
        text = self.text
        depth = 0
        for brace in _BRACE.finditer(text, start):
            at = brace.start()
            if text[at] == "}":
                depth -= 1
                if not depth:
                    return at + 1
            else:
                depth += 1
                if depth > 1 and text[at - 1].isalpha() and (begin := self.entry_before(at, start)) >= 0:
                    raise BrokenError(anchor, start + 1, f"the value of {shown(label)} is not closed", begin)
        raise self.endless(start, len(text), anchor, label)

    def entry_before(self, brace: int, start: int) -> int:
        """Where the entry begins whose opening brace this is, if it begins a line; else -1."""
        begin = self.text.rfind("@", max(start, brace - 60), brace)
        if begin < 0 or not self.starts_line(begin) or self.text.rfind("\n", start, begin) < 0:
            return -1
        return begin if ENTRY_AHEAD.match(self.text, begin) else -1

    def quoted(self, start: int, anchor: int, label: str) -> int:
        """The offset behind the quote that closes the one at `start`; quotes in braces do not."""
        depth, reached = 0, len(self.text)
        for match in _QUOTE.finditer(self.text, start + 1):
            character = match.group()
            if character == '"' and not depth:
                return match.end()
            depth += {"{": 1, "}": -1}.get(character, 0)
            if depth < 0 or (character == "{" and self.entry_before(match.start(), start) >= 0):
                reached = match.start()
                break
        raise self.endless(start, reached, anchor, label)

    def endless(self, start: int, reached: int, anchor: int, label: str) -> BrokenError:
        """A value without an end, sought up to `reached`: there is a limit to how often, and past how much."""
        self.lost += 1
        self.sought_past(start, reached)
        ahead = None if self.lost > _MAX_LOST or self.spent else _NEXT_ENTRY.search(self.text, start)
        self.complete = self.complete and ahead is not None
        resume = ahead.end() if ahead else len(self.text)
        return BrokenError(anchor, start + 1, f"the value of {shown(label)} is not closed", resume)

    @property
    def overflows(self) -> bool:
        """Whether strings made so much text that the file is built for it."""
        return self.expanded > 2 * len(self.text) + _ALWAYS_EXPANDED

    def sought_past(self, start: int, end: int) -> None:
        """Counts the braces between as passed for nothing."""
        self.passed += self.text.count("{", start, end) + self.text.count("}", start, end)

    @property
    def spent(self) -> bool:
        """Whether so many braces were passed for nothing that no further end is sought."""
        return self.passed > _MAX_PASSED

    def starts_line(self, position: int) -> bool:
        """Whether nothing but blanks stands before `position` on its line."""
        earliest = max(0, position - _MAX_INDENT)
        line = self.text.rfind("\n", earliest, position) + 1
        return (line > 0 or not earliest) and not self.text[line:position].strip()


def closing(text: str, start: int) -> int:
    """The offset behind the brace that closes the one at `start`, whatever stands between; -1 where none does."""
    depth = 0
    for brace in _BRACE.finditer(text, start):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.end()
    return -1
