"""A BibTeX file to located entries: one pass, and what follows a broken entry is kept."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field

from ketreview.diagnostics import Diagnostic, fault
from ketreview.model.entry import Entry, Field
from ketreview.model.suppression import Suppression
from ketreview.parsing.faults import BIB_SYNTAX
from ketreview.parsing.suppressions import MARKER, in_bib
from ketreview.parsing.text import decode_text, shown
from ketreview.source import Source, Span

MONTHS = {
    name[:3].lower(): name
    for name in (
        "January", "February", "March", "April", "May", "June", "July",
        "August", "September", "October", "November", "December",
    )
}  # fmt: skip

_BLOCK = re.compile(r"@[ \t]*([A-Za-z][\w+-]*)\s*([{(])", re.ASCII)
_KEY = re.compile(r"\s*([^\s,{}=\"#%]*)\s*")
_SKIP = re.compile(r"(?:[\s,]+|%[^\n]*)*")
_PLAIN_FIELD = re.compile(
    r"([A-Za-z][\w:+.-]*)\s*=\s*(?:\{([^{}]*)\}|\"([^\"{}]*)\"|([0-9]+))[ \t]*(?=[,}]|[\r\n]\s*[^\s#])", re.ASCII
)
_NAME = re.compile(r"[^\s=,{}()\"#%@']+")
_EQUALS = re.compile(r"\s*=\s*")
_OPENER_AHEAD = re.compile(r"\s*(?=[{\"])")
_BARE = re.compile(r"[^\s=,{}()\"#%@']+")
_HASH = re.compile(r"\s*#\s*")
_BRACE = re.compile(r"[{}]")
_QUOTE = re.compile(r"[{}\"]")
_ENTRY_AHEAD = re.compile(r"@[ \t]*[A-Za-z]+[ \t]*\{[^\s,{}=\"]+[ \t]*,", re.ASCII)
_NEXT_ENTRY = re.compile(r"^[ \t]*(?=@[ \t]*[A-Za-z]+[ \t]*[{(])", re.ASCII | re.MULTILINE)
_CLOSERS = {"{": "}", "(": ")"}


@dataclass(frozen=True, slots=True)
class BibFile:
    """What a BibTeX file holds.

    `strings` are its `@string` abbreviations; `complete` says that no part was given up.
    """

    source: Source
    entries: tuple[Entry, ...]
    strings: dict[str, str]
    complete: bool
    suppressions: tuple[Suppression, ...]
    diagnostics: tuple[Diagnostic, ...]


def parse_bib(path: str, data: bytes) -> BibFile:
    """Reads the entries of a BibTeX file. Never raises."""
    source, found = decode_text(path, data)
    scanner = _Scanner(source, found)
    scanner.run()
    entries = tuple(scanner.entries)
    suppressions = in_bib(source, entries) if MARKER in source.text else ()
    return BibFile(source, entries, scanner.strings, scanner.complete, suppressions, tuple(found))


MAX_FAULTS = 1000
_MAX_LOST = 50
_MAX_LOST_COMMENTS = 10
_MAX_INDENT = 200
_MAX_COMMENT = 10_000


class _LostError(Exception):
    """A file with so many faults that it is no BibTeX file."""


class _BrokenError(Exception):
    """An entry or value that does not close; `resume` is where the next one may begin."""

    def __init__(self, start: int, end: int, reason: str, resume: int) -> None:
        self.start, self.end, self.reason, self.resume = start, end, reason, resume


@dataclass(slots=True)
class _Scanner:
    source: Source
    found: list[Diagnostic]
    entries: list[Entry] = field(default_factory=list)
    strings: dict[str, str] = field(default_factory=dict)
    text: str = ""
    last_end: int = 0
    lost: int = 0
    complete: bool = True

    def report(self, start: int, end: int, message: str) -> None:
        if len(self.found) >= MAX_FAULTS:
            message = f"more than {MAX_FAULTS} faults; the rest of the file is not read"
            self.found.append(fault(BIB_SYNTAX, Span(self.source, start, end), message))
            self.complete = False
            raise _LostError
        self.found.append(fault(BIB_SYNTAX, Span(self.source, start, end), message))

    def run(self) -> None:
        with suppress(_LostError):
            self.blocks()

    def blocks(self) -> None:
        self.text = text = self.source.text
        position = text.find("@")
        while position >= 0:
            match = _BLOCK.match(text, position)
            if match is None or self.hidden(position):
                position = text.find("@", position + 1)
                continue
            try:
                position = self.block(match)
            except _BrokenError as broken:
                self.report(broken.start, broken.end, broken.reason)
                position = max(broken.resume, match.end())
            self.last_end = position
            position = text.find("@", position)

    def hidden(self, position: int) -> bool:
        """Whether an `@` is no entry: behind a `%` on its line, or inside a word as in an address."""
        if position and (self.text[position - 1].isalnum() or self.text[position - 1] in "._-"):
            return True
        earliest = max(self.last_end, position - _MAX_COMMENT)
        line = max(self.text.rfind("\n", earliest, position) + 1, earliest)
        return self.text.find("%", line, position) >= 0

    def block(self, match: re.Match[str]) -> int:
        kind = match[1].lower()
        closer = _CLOSERS[match[2]]
        if kind == "comment":
            return self.comment(match)
        if kind == "preamble":
            _, end = self.value(self.skip(match.end()), match)
            return self.close(end, closer, match)
        if kind == "string":
            fields: list[Field] = []
            end = self.fields(match.end(), closer, match, fields)
            self.strings |= {item.name: item.value for item in fields}
            return end
        return self.entry(match, kind, closer)

    def comment(self, match: re.Match[str]) -> int:
        if match[2] != "{" or self.lost > _MAX_LOST_COMMENTS:
            return match.end()
        try:
            return self.braced(match.end() - 1, match.start(), "comment")
        except _BrokenError:
            return match.end()

    def entry(self, match: re.Match[str], kind: str, closer: str) -> int:
        text = self.text
        key_match = _KEY.match(text, match.end())
        assert key_match is not None  # the pattern matches the empty text  # noqa: S101
        key, key_start, position = key_match[1], key_match.start(1), key_match.end()
        fields: list[Field] = []
        if key.startswith("@") and _BLOCK.match(text, key_start):
            raise self.unclosed(match, closer, key_start)
        if text.startswith("=", position):
            self.report(match.start(), match.end(), f"`@{kind}` has no key before `{key} =`")
            key, key_start, position = "", match.end(), match.end()
        elif not key:
            self.report(match.start(), match.end(), f"`@{kind}` has no key")
        end = position
        try:
            if key and not text.startswith((",", closer), position):
                self.after_key(key_match, match, closer)
            end = self.fields(position, closer, match, fields)
        except _BrokenError as broken:
            end = fields[-1].value_end if fields else position
            raise broken from None
        finally:
            if key:
                self.entries.append(Entry(self.source, kind, key, match.start(), end, key_start, tuple(fields)))
        return end

    def after_key(self, key: re.Match[str], match: re.Match[str], closer: str) -> None:
        if _NAME.match(self.text, key.end()):
            self.report(key.end(1), key.end(1), f"a comma is missing after the key {shown(key[1])}")
        elif key.end() >= len(self.text) or _ENTRY_AHEAD.match(self.text, key.end()):
            raise self.unclosed(match, closer, key.end())

    def unclosed(self, match: re.Match[str], closer: str, resume: int) -> _BrokenError:
        reason = f"`@{match[1]}` is not closed: no `{closer}` before the next entry or the end of the file"
        return _BrokenError(match.start(), match.end(), reason, resume)

    def skip(self, position: int) -> int:
        found = _SKIP.match(self.text, position)
        return found.end() if found else position

    def fields(self, position: int, closer: str, match: re.Match[str], into: list[Field]) -> int:
        """Reads `name = value, …` up to the closing delimiter, and gives the offset behind it."""
        text = self.text
        separated = True
        while True:
            before = position
            position = self.skip(position)
            plain = _PLAIN_FIELD.match(text, position)
            if plain is None:
                if text.startswith(closer, position):
                    return position + 1
                if position >= len(text) or (text[position] == "@" and self.starts_line(position)):
                    raise self.unclosed(match, closer, position)
            if not separated and "," not in text[before:position]:
                self.report(
                    into[-1].value_end, into[-1].value_end, f"a comma is missing after the value of `{into[-1].name}`"
                )
            separated = False
            if plain is not None:
                index = plain.lastindex or 1
                value_start = plain.start(index) - (index != _BARE_GROUP)
                value_end = plain.end(index) + (index != _BARE_GROUP)
                into.append(Field(plain[1].lower(), plain[index], position, value_start, value_end))
                position = plain.end()
            else:
                position, separated = self.field(position, match, into)

    def starts_line(self, position: int) -> bool:
        earliest = max(0, position - _MAX_INDENT)
        line = self.text.rfind("\n", earliest, position) + 1
        return (line > 0 or not earliest) and not self.text[line:position].strip()

    def field(self, position: int, match: re.Match[str], into: list[Field]) -> tuple[int, bool]:
        """One field of any form. The second result is true where no comma is to be asked for after it."""
        text = self.text
        name = _NAME.match(text, position)
        equals = _EQUALS.match(text, name.end()) if name else None
        if name is None:
            self.report(position, position + 1, f"{shown(text[position])} stands where a field is expected")
            return position + 1, True
        if equals is None:
            self.report(name.start(), name.end(), f"`=` is missing after {shown(name[0])}")
            equals = _OPENER_AHEAD.match(text, name.end())
        if equals is None:
            return name.end(), True
        value, end = self.value(equals.end(), match, name)
        into.append(Field(name[0].lower(), value, position, equals.end(), end))
        return end, False

    def value(self, position: int, match: re.Match[str], name: re.Match[str] | None = None) -> tuple[str, int]:
        """The value at `position`, its parts joined, and the offset behind it."""
        text = self.text
        parts: list[str] = []
        label = name[0] if name else match[1]
        anchor = name.start() if name else match.start()
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
                parts.append(self.strings.get(word.lower()) or MONTHS.get(word.lower(), word))
            else:
                raise _BrokenError(anchor, position, f"{shown(label)} has no value", position)
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
                    raise _BrokenError(anchor, start + 1, f"the value of {shown(label)} is not closed", begin)
        raise self.endless(start, anchor, label)

    def entry_before(self, brace: int, start: int) -> int:
        """Where the entry begins whose opening brace this is, if it begins a line; else -1."""
        begin = self.text.rfind("@", max(start, brace - 60), brace)
        if begin < 0 or not self.starts_line(begin) or self.text.rfind("\n", start, begin) < 0:
            return -1
        return begin if _ENTRY_AHEAD.match(self.text, begin) else -1

    def quoted(self, start: int, anchor: int, label: str) -> int:
        depth = 0
        for match in _QUOTE.finditer(self.text, start + 1):
            character = match.group()
            if character == '"' and not depth:
                return match.end()
            depth += {"{": 1, "}": -1}.get(character, 0)
            if depth < 0 or (depth and self.entry_before(match.start(), start) >= 0):
                break
        raise self.endless(start, anchor, label)

    def endless(self, start: int, anchor: int, label: str) -> _BrokenError:
        """A value without an end. Each one was sought to the end of the file, so there is a limit to how many are."""
        self.lost += 1
        ahead = _NEXT_ENTRY.search(self.text, start) if self.lost <= _MAX_LOST else None
        self.complete = self.complete and ahead is not None
        resume = ahead.end() if ahead else len(self.text)
        return _BrokenError(anchor, start + 1, f"the value of {shown(label)} is not closed", resume)

    def close(self, position: int, closer: str, match: re.Match[str]) -> int:
        position = self.skip(position)
        if self.text.startswith(closer, position):
            return position + 1
        raise self.unclosed(match, closer, position)


_BARE_GROUP = 4
