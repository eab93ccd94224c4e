"""A BibTeX file to located entries: one pass, and what follows a broken entry is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace

from ketreview.diagnostics import Diagnostic, Severity, fault, shown
from ketreview.model.entry import Entry, Field, first_texts
from ketreview.parsing.bib_file import BibFile
from ketreview.parsing.bibtex_usual import USUAL_ENTRY, Names, placed, texts_in
from ketreview.parsing.bibtex_values import ENTRY_AHEAD, BrokenError, Values, closing
from ketreview.parsing.file_faults import BIB_SYNTAX
from ketreview.parsing.suppressions import MARKER, in_bib
from ketreview.parsing.text import decode_text
from ketreview.patterns import regex
from ketreview.source import Source, Span

_BLOCK = regex(r"@[ \t]*([A-Za-z][\w+-]*)\s*([{(])", re.ASCII)
_KEY = regex(r"\s*([^\s,{}=\"#%]*)\s*")
_SKIP = regex(r"(?:[\s,]+|%[^\n]*)*")
_PLAIN = r"([A-Za-z][\w:+.-]*)\s*=\s*(?:\{([^{}]*)\}|\"([^\"{}]*)\"|([0-9]+))[ \t]*(?=[,}]|[\r\n]\s*[^\s#])"
_PLAIN_FIELD = regex(_PLAIN, re.ASCII)
_NEXT_FIELD = regex(rf",\s*{_PLAIN}", re.ASCII)  # what nearly all fields are, in one step
_NAME = regex(r"[^\s=,{}()\"#%@']+")
_FIELD_BEHIND = regex(r",\s*[A-Za-z][\w:+.-]*\s*=\s*[{\"\w]", re.ASCII)
_EQUALS = regex(r"\s*=\s*")
_OPENER_AHEAD = regex(r"\s*(?=[{\"])")
_CLOSERS = {"{": "}", "(": ")"}
_NO_ENTRIES = frozenset({"comment", "preamble", "string"})


def parse_bib(path: str, data: bytes) -> BibFile:
    """Reads the entries of a BibTeX file. Never raises."""
    source, found = decode_text(path, data)
    scanner = _Scanner(source.text, source=source, found=found)
    scanner.run()
    entries = tuple(scanner.entries)
    suppressions = in_bib(source, entries) if MARKER in source.text else ()
    words = tuple(Span(source, *place) for place in scanner.places)
    return BibFile(
        source,
        entries,
        scanner.words.strings,
        scanner.complete,
        suppressions,
        tuple(found),
        tuple(scanner.definitions),
        frozenset(scanner.words.used),
        tuple(scanner.others),
        words,
    )


def entry_at(source: Source, start: int, definitions: Iterable[Field]) -> Entry | None:
    """The entry that begins at an offset of a file that was read before, as it was read then; None if none does.

    `definitions` are those of strings that stand before it.
    """
    scanner = _Scanner(source.text, source=source, found=[])
    scanner.words.define({item.name: item.value for item in definitions})
    match = _BLOCK.match(source.text, start)
    with suppress(BrokenError, _LostError):
        if match is not None and not scanner.usual_entry(start):
            scanner.block(match)
    return next(iter(scanner.entries), None)


MAX_FAULTS = 1000
_MAX_LOST_COMMENTS = 10
_MAX_TRIED = 50  # with how many faults; each may have been sought to the end of the file
_MAX_COMMENT = 10_000


class _LostError(Exception):
    """A file with so many faults that it is no BibTeX file."""


@dataclass(slots=True)
class _Scanner(Values):
    source: Source
    found: list[Diagnostic]
    entries: list[Entry] = field(default_factory=list)
    definitions: list[Field] = field(default_factory=list)
    others: list[Span] = field(default_factory=list)
    names: Names = field(default_factory=Names)
    last_end: int = 0
    comments_to: int = 0

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
        text, position = self.text, self.text.find("@")
        while position >= 0:
            behind = 0 if self.hidden(position) else self.usual_entry(position) or self.other_block(position)
            self.last_end = behind or self.last_end
            position = text.find("@", behind or position + 1)

    def other_block(self, position: int) -> int:
        """Reads what begins there, and gives the offset behind it; 0 where nothing does."""
        match = _BLOCK.match(self.text, position)
        if match is None:
            return 0
        try:
            return self.block(match)
        except BrokenError as broken:
            self.report(broken.start, broken.end, broken.reason)
            return max(broken.resume, match.end())

    def usual_entry(self, position: int) -> int:
        """Reads an entry of the usual form, and gives the offset behind it; 0 where it has another form."""
        match = USUAL_ENTRY.match(self.text, position) if len(self.found) < _MAX_TRIED else None
        if match is None or (kind := match[1].lower()) in _NO_ENTRIES:
            return 0
        texts = texts_in(match, self.names, self.words)
        if texts is not None and self.words.strings:
            self.expanded += max(0, sum(map(len, texts.values())) - (match.end() - position))
            texts = None if self.overflows else texts  # it is told where, then
        if texts is not None:
            place = position, match.end(), match.start(2)
            self.entries.append(Entry(self.source, kind, match[2], *place, texts, placed))
        return match.end() if texts is not None else 0

    def hidden(self, position: int) -> bool:
        """Whether an `@` is no entry: behind a `%` on its line, or inside a word as in an address."""
        before = self.text[position - 1 : position]
        if not before or before == "\n":
            return False
        if before.isalnum() or before in "._-":
            return True
        earliest = max(self.last_end, position - _MAX_COMMENT)
        line = max(self.text.rfind("\n", earliest, position) + 1, earliest)
        return self.text.find("%", line, position) >= 0

    def block(self, match: re.Match[str]) -> int:
        kind = match[1].lower()
        if kind not in _NO_ENTRIES:
            return self.entry(match, kind, _CLOSERS[match[2]])
        end = self.other(match, kind, _CLOSERS[match[2]])
        if end > match.end():
            self.others.append(Span(self.source, match.start(), end))
        return end

    def other(self, match: re.Match[str], kind: str, closer: str) -> int:
        if kind == "comment":
            return self.comment(match)
        if kind == "preamble":
            _, end = self.value(self.skip(match.end()), match.start(), match[1])
            return self.close(end, closer, match)
        fields: list[Field] = []
        end = self.fields(match.end(), closer, match, fields)
        self.words.define({item.name: item.value for item in fields})
        self.definitions += fields
        return end

    def comment(self, match: re.Match[str]) -> int:
        if match[2] != "{" or self.lost > _MAX_LOST_COMMENTS or self.spent:
            return match.end()
        try:
            return self.braced(match.end() - 1, match.start(), "comment")
        except BrokenError as broken:
            self.sought_past(match.end(), broken.resume)
            if match.end() > self.comments_to:  # one in another ends before it
                self.commented(match)
            return match.end()

    def commented(self, match: re.Match[str]) -> None:
        """Notes where a comment ends, and tells of one without an end: biber stops there, BibTeX reads on behind it."""
        self.comments_to = closing(self.text, match.end() - 1)
        if self.comments_to < 0:
            self.comments_to = len(self.text)
            message = "`@comment{` is never closed: BibTeX reads the entries behind it, biber stops; close it with `}`"
            unclosed = fault(BIB_SYNTAX, Span(self.source, match.start(), match.end()), message)
            self.found.append(replace(unclosed, severity=Severity.WARNING))

    def entry(self, match: re.Match[str], kind: str, closer: str) -> int:
        text = self.text
        key_match = _KEY.match(text, match.end())
        assert key_match is not None  # the pattern matches the empty text  # noqa: S101
        key, key_start, position = key_match[1], key_match.start(1), key_match.end()
        fields: list[Field] = []
        if key.startswith("@") and _BLOCK.match(text, key_start):
            raise self.unclosed(match, closer, key_start)
        if text.startswith("=", position):
            self.report(match.start(), match.end(), f"`@{kind}` has no key before {shown(f'{key} =')}")
            key, key_start, position = "", match.end(), match.end()
        elif not key:
            self.report(match.start(), match.end(), f"`@{kind}` has no key")
        end, faults, closed = position, len(self.found), False
        try:
            if key and not text.startswith((",", closer), position):
                self.after_key(key_match, match, closer)
            end = self.fields(position, closer, match, fields)
            closed = not self.reads_on(match, end)
        except BrokenError as broken:
            end = fields[-1].value_end if fields else position
            raise broken from None
        finally:
            if key:
                whole = closed and len(self.found) == faults
                place = match.start(), end, key_start
                self.entries.append(Entry(self.source, kind, key, *place, first_texts(fields), tuple(fields), whole))
        return end

    def reads_on(self, match: re.Match[str], end: int) -> bool:
        """Whether fields follow behind the closing brace of an entry, which is then that of a value too many."""
        if not self.text.startswith(",", end) or not _FIELD_BEHIND.match(self.text, end):
            return False
        self.report(end - 1, end, f"`@{match[1]}` ends here, and what follows is read as a comment: a brace too many")
        return True

    def after_key(self, key: re.Match[str], match: re.Match[str], closer: str) -> None:
        if _NAME.match(self.text, key.end()):
            self.report(key.end(1), key.end(1), f"a comma is missing after the key {shown(key[1])}")
        elif key.end() >= len(self.text) or ENTRY_AHEAD.match(self.text, key.end()):
            raise self.unclosed(match, closer, key.end())

    def unclosed(self, match: re.Match[str], closer: str, resume: int) -> BrokenError:
        reason = f"`@{match[1]}` is not closed: no `{closer}` before the next entry or the end of the file"
        return BrokenError(match.start(), match.end(), reason, resume)

    def skip(self, position: int) -> int:
        found = _SKIP.match(self.text, position)
        return found.end() if found else position

    def fields(self, position: int, closer: str, match: re.Match[str], into: list[Field]) -> int:
        """Reads `name = value, …` up to the closing delimiter, and gives the offset behind it."""
        text = self.text
        separated = True
        while True:
            while (plain := _NEXT_FIELD.match(text, position)) is not None:
                into.append(_plain_field(plain))
                position, separated = plain.end(), False
            before = position
            position = self.skip(position)
            plain = _PLAIN_FIELD.match(text, position)
            if plain is None:
                if text.startswith(closer, position):
                    return position + 1
                if position >= len(text) or (text[position] == "@" and self.starts_line(position)):
                    raise self.unclosed(match, closer, position)
            if not separated and "," not in text[before:position]:
                last = into[-1]
                message = f"a comma is missing after the value of {shown(last.name)}"
                self.report(last.value_end, last.value_end, message)
            separated = False
            if plain is not None:
                into.append(_plain_field(plain))
                position = plain.end()
            else:
                position, separated = self.field(position, into)

    def field(self, position: int, into: list[Field]) -> tuple[int, bool]:
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
        value, end = self.value(equals.end(), name.start(), name[0])
        into.append(Field(name[0].lower(), value, position, equals.end(), end))
        return end, False

    def close(self, position: int, closer: str, match: re.Match[str]) -> int:
        position = self.skip(position)
        if self.text.startswith(closer, position):
            return position + 1
        raise self.unclosed(match, closer, position)


_BARE_GROUP = 4


def _plain_field(plain: re.Match[str]) -> Field:
    index = plain.lastindex or 1
    start, end = plain.span(index)
    if index == _BARE_GROUP:
        return Field(plain[1].lower(), plain[index], plain.start(1), start, end)
    return Field(plain[1].lower(), plain[index], plain.start(1), start - 1, end + 1)
