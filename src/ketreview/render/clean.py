"""Making text from files harmless where it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

# C0, DEL, C1, and the characters that turn the direction of text or hide it
_HOSTILE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
# what a CI system that reads a log takes for a command: GitHub's runner `::name …::` at the start of a line, which
# folding may make of any place, and `##[name]` anywhere; Azure Pipelines `##vso[`, TeamCity `##teamcity[`
_COMMAND = re.compile(r":(?=:[\w-]+(?: .*?)?::)|#(?=#\w*\[)", re.ASCII)
_CODES = {":": "\\u003a", "#": "\\u0023"}


def clean(text: str, *, lines: bool = False) -> str:
    """`text` without control characters, each shown as its code; `lines` keeps line breaks, else they become blanks.

    Nothing in it is a command to a CI system that reads it in a log.
    """
    if not (text.isascii() and text.isprintable()):  # most text is, and is what it was
        if not lines:
            text = text.replace("\r\n", " ").replace("\n", " ").replace("\r", " ")
        text = escaped(text.replace("\t", " "))
    if "::" in text or "##" in text:
        text = _COMMAND.sub(lambda match: _CODES[match.group()], text)
    return text


def side_by_side(*texts: str) -> Iterator[str]:
    """Each text cleaned, and so that no command comes of them where they stand beside one another."""
    before = ""
    for text in map(clean, texts):
        joined = before + text
        if text and ("::" in joined or "##" in joined) and clean(joined) != joined:
            text = f"\\u{ord(text[0]):04x}{text[1:]}"  # noqa: PLW2901  it is what is shown of it
        before += text
        yield text


def escaped(text: str) -> str:
    """`text` with each control character as its code; in JSON that is the same character still."""
    return _HOSTILE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
