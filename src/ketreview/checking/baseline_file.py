"""The file of a baseline: JSON with one finding a line, sorted, so that changes and conflicts of it are lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ketreview.config import BAD_SETTING
from ketreview.diagnostics import Diagnostic, Subject, fault, shown
from ketreview.edits import Edit
from ketreview.frozen import frozen
from ketreview.parsing.text import decode_text
from ketreview.patterns import regex
from ketreview.source import Source, Span

VERSION = 1
_HEAD = f'{{"version": {VERSION}, "findings": ['
_FOOT = "null]}"  # so that each line before it ends with a comma, the last one too
_LARGEST = 64_000_000
_MOST = 10**9
_MOST_FAULTS = 20
_TEXTS = ("path", "code", "message", "fingerprint")
_SUBJECT = ("review", "key", "id")
_FINGERPRINT = regex(r"[0-9a-f]{16}")
_COUNT = regex(r'(\s*,\s*)?"count"\s*:\s*(\d+)')
_BLANKS = regex(r"[ \t\r\n]*")
_NOWHERE = Span(Source("", ""), 0, 0)
_DECODER = json.JSONDecoder()


@frozen
class Line:
    """Findings that are alike, in one file: `count` of them are accepted. `following` is where the next line begins."""

    path: str
    code: str
    subject: Subject
    message: str
    fingerprint: str
    count: int = 1
    span: Span = _NOWHERE
    following: int = -1

    @property
    def name(self) -> tuple[str, str, str]:
        """What no other line has."""
        return (self.path, self.code, self.fingerprint)

    def removed(self) -> Edit:
        """The edit that takes the line out; what cannot go without a comma of its neighbour becomes `null`."""
        if self.following < 0:
            return Edit(self.span, "null")
        return Edit(Span(self.span.source, self.span.start, self.following), "")

    def lowered(self, count: int) -> Edit:
        """The edit that gives it a lower count."""
        found = list(_COUNT.finditer(self.span.text))[-1]
        start = self.span.start
        if count == 1 and found[1]:
            return Edit(Span(self.span.source, start + found.start(), start + found.end()), "")
        return Edit(Span(self.span.source, start + found.start(2), start + found.end(2)), str(count))


def parse_baseline(path: str, data: bytes) -> tuple[tuple[Line, ...], list[Diagnostic]]:
    """The lines of a baseline, and what is wrong with the file. Never raises."""
    if len(data) > _LARGEST:
        return (), [fault(BAD_SETTING, Span(Source(path, ""), 0, 0), "is too large for a baseline")]
    source, found = decode_text(path, data)
    if found:
        return (), found
    try:
        document = _Document(source.text)
    except json.JSONDecodeError as error:
        place = Span(source, error.pos, error.pos)
        return (), [fault(BAD_SETTING, place, f"not JSON: {error.msg}; {_again(source.text)}")]
    except (ValueError, RecursionError):  # a number of 5,000 digits; lists within lists
        return (), [fault(BAD_SETTING, Span(source, 0, 0), f"no baseline; {_again(source.text)}")]
    wrong = _wrong_version(document.values)
    if wrong:
        return (), [fault(BAD_SETTING, Span(source, 0, 0), wrong)]
    return _lines(source, document)


def _again(text: str) -> str:
    """What to do about a file that is not read; one that is no baseline is not written over."""
    first = "" if text.startswith(_HEAD) else "take the file away first, and "
    return f"{first}`ketreview check --write-baseline` writes one"


def is_baseline(data: bytes) -> bool:
    """Whether a file may be written over: it is a baseline, or one with a conflict of git in it."""
    return data.decode(errors="replace").lstrip("\ufeff").startswith(_HEAD) or not parse_baseline("", data)[1]


def render(lines: Iterable[Line]) -> str:
    """The file that holds these lines."""
    rows = [f"{_row(line)},\n" for line in sorted(lines, key=_order)]
    return f"{_HEAD}\n{''.join(rows)}{_FOOT}\n"


def _order(line: Line) -> tuple[Any, ...]:
    return (line.path, line.code, line.subject.review, line.subject.key, line.subject.id, line.message, line.name)


def _row(line: Line) -> str:
    values: dict[str, Any] = {"path": line.path, "code": line.code}
    values |= {name: value for name in _SUBJECT if (value := getattr(line.subject, name))}
    values |= {"message": line.message, "count": line.count, "fingerprint": line.fingerprint}
    if line.count == 1:
        del values["count"]
    text = json.dumps(values, ensure_ascii=False)
    return text if text.isprintable() else json.dumps(values)


class _Item(NamedTuple):
    value: Any
    start: int
    end: int


class _Document:
    """A JSON object, the items of whose `findings` are located.

    Raises:
        ValueError: it is not JSON, or no object.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.values: dict[str, Any] = {}
        self.items: Sequence[_Item] = ()
        at = self._after("{", 0)
        at = self._skip(at)
        while text[at : at + 1] != "}":
            key = self._value(at)
            if not isinstance(key.value, str):
                raise json.JSONDecodeError("a name in quotes is expected", text, at)
            at = self._skip(self._after(":", key.end))
            if key.value == "findings" and text[at : at + 1] == "[":
                self.items, at = self._list(at + 1)
                self.values["findings"] = self.items
            else:
                found = self._value(at)
                self.values[key.value], at = found.value, found.end
            at = self._next(at, "}")
        at = self._skip(at + 1)
        if at < len(text):
            raise json.JSONDecodeError("more stands behind the end", text, at)

    def _list(self, at: int) -> tuple[list[_Item], int]:
        found: list[_Item] = []
        at = self._skip(at)
        while self.text[at : at + 1] != "]":
            found.append(self._value(at))
            at = self._next(found[-1].end, "]")
        return found, at + 1

    def _next(self, at: int, closer: str) -> int:
        """Behind a comma and at the next value, or at what closes."""
        at = self._skip(at)
        if self.text[at : at + 1] == closer:
            return at
        at = self._skip(self._after(",", at))
        if self.text[at : at + 1] == closer:
            raise json.JSONDecodeError("a value is expected behind a comma", self.text, at)
        return at

    def _value(self, at: int) -> _Item:
        value, end = _DECODER.raw_decode(self.text, at)
        return _Item(value, at, end)

    def _after(self, sign: str, at: int) -> int:
        at = self._skip(at)
        if self.text[at : at + 1] != sign:
            raise json.JSONDecodeError(f"`{sign}` is expected", self.text, at)
        return at + 1

    def _skip(self, at: int) -> int:
        blanks = _BLANKS.match(self.text, at)
        return blanks.end() if blanks else at


def _wrong_version(values: Mapping[str, Any]) -> str:
    version = values.get("version")
    if isinstance(version, bool) or not isinstance(version, int) or not isinstance(values.get("findings"), list):
        return f"no baseline: it has no `version`, or no list of `findings`; {_again('')}"
    return "" if version == VERSION else f"a baseline of version {version}; this program knows version {VERSION}"


def _lines(source: Source, document: _Document) -> tuple[tuple[Line, ...], list[Diagnostic]]:
    lines, faults = [], list[Diagnostic]()
    starts = [item.start for item in document.items]
    for item, following in zip(document.items, [*starts[1:], -1], strict=False):
        if item.value is None:
            continue
        span = Span(source, item.start, item.end)
        wrong = next(_wrong_with(item.value), "")
        if wrong:
            faults.append(fault(BAD_SETTING, span, f"no finding of a baseline: {wrong}"))
            if len(faults) >= _MOST_FAULTS:
                break
            continue
        value = item.value
        subject = Subject(*(value.get(name, "") for name in _SUBJECT))
        texts = (value["path"], value["code"], subject, value["message"], value["fingerprint"])
        lines.append(Line(*texts, value.get("count", 1), span, following))
    return tuple(lines), faults


def _wrong_with(value: Any) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{shown(json.dumps(value))} is no object"
        return
    for name in (*_TEXTS, *_SUBJECT):
        if not isinstance(value.get(name, "" if name in _SUBJECT else None), str):
            yield f"`{name}` is {'not a text' if name in value else 'missing'}"
    count = value.get("count", 1)
    if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= _MOST:
        yield "`count` is no number of findings"
    if not _FINGERPRINT.fullmatch(str(value.get("fingerprint"))):
        yield f"`fingerprint` is {shown(value.get('fingerprint'))}, which is not 16 digits"
