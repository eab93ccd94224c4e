"""Making text from files harmless where it is shown."""

from __future__ import annotations

import re
from itertools import accumulate

from ketreview.patterns import regex

# C0, DEL, C1, and the characters that turn the direction of text or hide it
_HOSTILE = regex(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
# what a CI system that reads a log takes for a command: GitHub's runner `::name …::` at the start of a line, which
# folding may make of any place, and `##[name]` anywhere; Azure Pipelines `##vso[`, TeamCity `##teamcity[`
_COMMAND = regex(r":(?=:[\w-]+(?: .*?)?::)|#(?=#\w*\[)", re.ASCII)
_CODES = {":": "\\u003a", "#": "\\u0023"}


def clean(text: str, *, lines: bool = False) -> str:
    """`text` without control characters, each shown as its code; `lines` keeps line breaks, else they become blanks.

    Nothing in it is a command to a CI system that reads it in a log.
    """
    text = _without_signs(text, lines=lines)
    return _COMMAND.sub(lambda match: _CODES[match.group()], text) if _may_command(text) else text


def side_by_side(*texts: str) -> list[str]:
    """Each text cleaned, and so that no command comes of them where they stand beside one another."""
    joined = "".join(texts)
    if joined.isascii() and joined.isprintable() and not _may_command(joined):  # most text is
        return list(texts)
    parts = [_without_signs(text) for text in texts]
    joined = "".join(parts)
    if not _may_command(joined):
        return parts
    signs = list(joined)
    for match in _COMMAND.finditer(joined):
        signs[match.start()] = _CODES[match.group()]
    ends = list(accumulate(map(len, parts)))
    return ["".join(signs[end - len(part) : end]) for part, end in zip(parts, ends, strict=True)]


def _without_signs(text: str, *, lines: bool = False) -> str:
    if text.isprintable():  # most text is, and is what it was: no hostile character is printable
        return text
    if not lines:
        text = text.replace("\r\n", " ").replace("\n", " ").replace("\r", " ")
    return escaped(text.replace("\t", " "))


def _may_command(text: str) -> bool:
    return "::" in text or "##" in text


def escaped(text: str) -> str:
    """`text` with each control character as its code; in JSON that is the same character still."""
    return _HOSTILE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
