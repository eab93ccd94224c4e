"""Text in UTF-8 that was read in another encoding, such as `FranÃ§ois` for `François`.

What each character becomes is worked out from the encodings themselves: the letters, signs and quotes that references
have are written in UTF-8 and read as Windows-1252 or Latin-1, Mac Roman, code page 437 or Windows-1251. What is found
has to stand where the character could: `SÃO`, `10 Å–12 Å` and `2√π` say what they mean.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

LOST = "\ufffd"
"""What stands for a character that could not be read."""
_LATIN = "".join(map(chr, range(0xA0, 0x180)))
_GREEK = "".join(map(chr, range(0x391, 0x3CA)))
_SIGNS = "‐‑‒–—―‘’‚“”„†‡•…‰′″‹›€™→−∞≈≠≤≥ﬁﬂ\ufeff\ufffd"
_ENCODINGS = (
    ("cp1252", _LATIN + _GREEK + _SIGNS),
    ("latin-1", _LATIN + _GREEK + _SIGNS),
    ("mac_roman", "éèêëàâäáãåçñöôóòõüûúùíîïìæøß°®©" + "‘’“”–—…•"),
    ("cp437", "éèêëàâäáãåçñöôóòõüûúùíîïìæøß°®©" + "‘’“”–—…•"),
    ("cp1251", _SIGNS),
)
_LOST_SPACES = {"Â ": "\xa0", "Ã ": "à", "â€": "”"}
_TIED = frozenset("ÂÃÄÅÎÏ√")
_CLOSING = frozenset("‘’‚“”„–—…‹›«»™\xa0 ")
_UNITS = frozenset("±²³¹°·")
_MATHEMATICS = frozenset("π∞∑∏∫∂≤≥≠")
_ROUNDS = 3


class Damage(NamedTuple):
    """A stretch of a text that stands for one character."""

    start: int
    end: int
    meant: str


def damages(text: str) -> Iterator[Damage]:
    """Every stretch that was read in a wrong encoding; in the order of what they begin with."""
    if text.isascii():
        return
    for first, sequences in _table().items():
        start = text.find(first)
        while start >= 0:
            read = next((read for read in sequences if text.startswith(read, start)), "")
            if read and _may_stand(text, start, read):
                yield Damage(start, start + len(read), sequences[read])
            start = text.find(first, start + 1)


def repaired(text: str) -> str:
    """The text as it was meant; what went wrong more than once is mended as often."""
    for _ in range(_ROUNDS):
        parts: list[str] = []
        end = 0
        for damage in sorted(damages(text)):
            if damage.start >= end:
                parts += (text[end : damage.start], damage.meant)
                end = damage.end
        if not parts:
            break
        text = "".join((*parts, text[end:]))
    return text


@cache
def _table() -> dict[str, dict[str, str]]:
    """What stands for which character, by its first sign, the longest first."""
    meant = dict(_LOST_SPACES)
    for encoding, characters in _ENCODINGS:
        for character in characters:
            meant.setdefault("".join(_read(byte, encoding) for byte in character.encode()), character)
    table: dict[str, dict[str, str]] = {}
    for read in sorted(meant, key=len, reverse=True):
        table.setdefault(read[0], {})[read] = meant[read]
    return table


def _read(byte: int, encoding: str) -> str:
    """A byte as an encoding reads it; one that it does not have stays a control character, as programs let it."""
    try:
        return bytes([byte]).decode(encoding)
    except UnicodeDecodeError:
        return chr(byte)


def _may_stand(text: str, start: int, read: str) -> bool:
    """Whether two signs can stand for a character where they are, and hardly for themselves."""
    first, second = read[0], read[1]
    before, after = text[start - 1 : start], text[start + len(read) : start + len(read) + 1]
    if first not in _TIED or len(read) > len("Ã©"):
        return True
    if first == "√":
        return before.isalpha() and (second not in _MATHEMATICS or after.isalpha())
    if second == " ":
        return before.islower() or (first == "Â" and (before.isdecimal() or before in {")", "%", ".", ",", ";", ":"}))
    if before.isalpha() and not before.islower():
        return after.isalpha() and second not in _CLOSING
    if first == "Å":
        return before.islower() or (after.isalpha() and second not in _CLOSING | _UNITS)
    free = first not in {"Ã", "Ä"} or second not in _CLOSING or read == "Ã—"
    return free or before.islower() or after.isalpha()
