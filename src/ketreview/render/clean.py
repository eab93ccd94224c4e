"""Making text from files harmless where it is shown."""

from __future__ import annotations

from ketreview.patterns import regex

# C0, DEL, C1, and the characters that turn the direction of text or hide it
_HOSTILE = regex(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def clean(text: str, *, lines: bool = False) -> str:
    """`text` without control characters, each shown as its code; `lines` keeps line breaks, else they become blanks."""
    if text.isascii() and text.isprintable():  # most text is, and is what it was
        return text
    if not lines:
        text = text.replace("\r\n", " ").replace("\n", " ").replace("\r", " ")
    return escaped(text.replace("\t", " "))


def escaped(text: str) -> str:
    """`text` with each control character as its code; in JSON that is the same character still."""
    return _HOSTILE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
