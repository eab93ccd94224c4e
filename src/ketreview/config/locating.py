"""Where each setting stands in its file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ketreview.patterns import regex
from ketreview.source import Source, Span


def syntax_span(source: Source, message: str) -> Span:
    """Where tomllib's message says that a file is not TOML."""
    match = re.search(r"at line (\d+), column (\d+)", message)
    if match is None:
        return Span(source, len(source.text), len(source.text))
    lines = source.text.split("\n")  # tomllib counts LF alone
    offset = sum(len(line) + 1 for line in lines[: int(match[1]) - 1]) + int(match[2]) - 1
    return Span(source, offset, offset)


_HEADER = regex(r"[ \t]*\[\[?([^\[\]\n]+)\]\]?")
_ASSIGNMENT = regex(r"[ \t]*((?:[\w-]+|\"[^\"\n]*\"|'[^'\n]*')(?:[ \t]*\.[ \t]*(?:[\w-]+|\"[^\"\n]*\"))*)[ \t]*=")


def locate(source: Source, prefix: str) -> dict[str, Span]:
    """Where each setting is written, as far as it begins a line; a setting inside another has that one's place."""
    spans: dict[str, Span] = {}
    numbers: Counter[str] = Counter()
    table = ""
    offset = 0
    for line in source.text.splitlines(keepends=True):
        if match := _HEADER.match(line):
            name = _unquote(match[1])
            if line.lstrip().startswith("[["):
                numbers[name] += 1
                name += f".{numbers[name] - 1}"
            table = f"{name}."
        elif match := _ASSIGNMENT.match(line):
            name = table + _unquote(match[1])
        else:
            offset += len(line)
            continue
        if name.startswith(prefix):
            spans.setdefault(name[len(prefix) :], Span(source, offset + match.start(1), offset + match.end(1)))
        offset += len(line)
    return spans


_PART = regex(
    r'"""(?:[^"\\]|\\.|"(?!""))*+"""|\'\'\'(?:[^\']|\'(?!\'\'))*+\'\'\'|"(?:[^"\\\n]|\\.)*+"|\'[^\'\n]*+\'|#[^\n]*|[\[\]{}\n]',
    re.DOTALL,
)


def texts_of(setting: Span) -> Iterator[Span]:
    """Where each text of a setting's value stands, without its quotes; not those of lists or tables inside it."""
    depth = 0
    for part in _PART.finditer(setting.source.text, setting.end):
        sign = part[0][0]
        if sign in "\"'":
            quotes = 3 if part[0][:3] == 3 * sign and len(part[0]) > len("'''''") else 1
            if depth <= 1:
                yield Span(setting.source, part.start() + quotes, part.end() - quotes)
        elif sign in "[{":
            depth += 1
        elif sign in "]}":
            depth -= 1
        if depth <= 0 and sign != "#":
            return


def _unquote(key: str) -> str:
    parts = re.findall(r"\"([^\"]*)\"|'([^']*)'|([\w-]+)", key)
    return ".".join(first or second or third for first, second, third in parts)
