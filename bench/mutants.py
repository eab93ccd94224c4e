"""Good files made bad: cut, repeated, spliced, nested, and with hostile values in place of their own."""

# ruff: noqa: E501  tables are wide

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

_TOKEN = re.compile(rb"[\w.-]+|[ \t]+|\r?\n|[^\w\s]", re.ASCII)
_OPENERS = (b"{", b"[", b"(", b'"', b"<", b"`", b"$", b"*", b"<!--", b"{{<", b"```\n", b"> ", b"- ", b"  ", b"#")
VALUES: tuple[bytes, ...] = (
    b"", b"0", b"-1", b"9" * 20, b"9" * 5000, b"1e999", b"NaN", b"1_000", b"0x1f", b"null", b"true", b"~", b"[]", b"{}",
    b"0000-00-00", b"9999-12-31", b"2024-02-30", b"2023-13", b"10.1000/", b"NCT00000000", b"..", b"/etc/passwd", b"a/../../b",
    b"\0", b"\x1b[31m", b"\xff\xfe", b"\xed\xa0\x80", b"\xc3", b"\xef\xbb\xbf", "\u202e\u2066".encode(), "\u2028\u0085".encode(),
    "é".encode(), "e\u0301".encode(), "😀".encode(), "İı".encode(), "²①٣".encode(), b"\r", b"\r\n", b"\t", b"\\", b"\\u0000",
    b"\\ud800", b"%", b"#", b"@", b"&a", b"*a", b"!!python/object:os.system", b"---", b"...", b"<<: *a", b"? ", b"|\n", b">-\n",
    b"'", b'"', b"<<<<<<< HEAD\n", b"=======\n", b">>>>>>> x\n", b"::error::x", b"=1+1", b"ketreview: ignore KR", b"$(x)",
)  # fmt: skip
"""What is odd in any language: numbers, dates, names, bytes, signs."""
_JSON_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 10**30, "", " ", "x", "\0", "\ud800", "é" * 50, [], {}, [[]], [None], [{}], {"": ""},
    ["x", 1], {"x": None}, "2024-02-30", "9999-12", "..", "a\nb", "1/0",
)  # fmt: skip

Change = Callable[[Random, bytes, Sequence[bytes]], bytes]


def mutant(random: Random, seed: bytes, words: Sequence[bytes], others: Sequence[bytes]) -> bytes:
    """A file made from `seed` by a few changes; `words` are its language's own, `others` are good files like it."""
    data = seed
    if random.random() < 0.3 and (tree := _tree(seed)) is not None:
        for _ in range(random.randint(1, 3)):
            tree = _changed(random, tree)
        data = json.dumps(tree, indent=random.choice((None, 1)), ensure_ascii=random.random() < 0.5).encode(
            "utf-8", "surrogatepass"
        )
        if random.random() < 0.7:
            return data[:LONGEST]
    if others and random.random() < 0.2:
        data = _spliced(random, data, random.choice(others))
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 5, 8))):
        data = random.choice(_CHANGES)(random, data, words)[:LONGEST]
    return data


LONGEST = 300_000
"""Bytes of a mutant at most."""


def _tree(data: bytes) -> Any:
    if data[:1] not in (b"{", b"["):
        return None
    try:
        return json.loads(data)
    except (ValueError, RecursionError):  # a mutant of a mutant
        return None


def _changed(random: Random, tree: Any) -> Any:
    """A JSON tree with one value, at any depth, replaced, taken out, doubled or wrapped."""
    if not isinstance(tree, dict | list) or not tree or random.random() < 0.12:
        return random.choice((*_JSON_VALUES, [tree], {"x": tree}, [tree, tree]))
    keys = list(tree) if isinstance(tree, dict) else list(range(len(tree)))
    key = random.choice(keys)
    copy: Any = dict(tree) if isinstance(tree, dict) else list(tree)
    if random.random() < 0.08:
        del copy[key]
    else:
        copy[key] = _changed(random, tree[key])
    return copy


def _spliced(random: Random, data: bytes, other: bytes) -> bytes:
    """The beginning of one file and the end of another."""
    return data[: _place(random, data)] + other[_place(random, other) :]


def _place(random: Random, data: bytes) -> int:
    """An offset, mostly at the edge of a token."""
    at = random.randint(0, len(data))
    if random.random() < 0.8 and (found := _TOKEN.search(data, at)):
        return random.choice(found.span())
    return at


def _stretch(random: Random, data: bytes) -> tuple[int, int]:
    """A part of the file: a token, a line, or anything."""
    start = _place(random, data)
    match random.randint(0, 3):
        case 0 | 1 if found := _TOKEN.match(data, start):
            return found.span()
        case 2:
            start = data.rfind(b"\n", 0, start) + 1
            return start, (data.find(b"\n", start) + 1) or len(data)
    return start, min(len(data), start + int(random.expovariate(1 / 30)))


def _word(random: Random, words: Sequence[bytes]) -> bytes:
    return random.choice(words if words and random.random() < 0.6 else VALUES)


def _without(random: Random, data: bytes, _words: Sequence[bytes]) -> bytes:
    start, end = _stretch(random, data)
    return data[:start] + data[end:]


def _repeated(random: Random, data: bytes, _words: Sequence[bytes]) -> bytes:
    start, end = _stretch(random, data)
    times = random.choice((2, 2, 3, 10, 100, 1000))
    return data[:start] + (data[start:end] * min(times, LONGEST // (end - start + 1) + 1)) + data[end:]


def _with_word(random: Random, data: bytes, words: Sequence[bytes]) -> bytes:
    at = _place(random, data)
    return data[:at] + _word(random, words) + data[at:]


def _replaced(random: Random, data: bytes, words: Sequence[bytes]) -> bytes:
    start, end = _stretch(random, data)
    return data[:start] + _word(random, words) + data[end:]


def _moved(random: Random, data: bytes, _words: Sequence[bytes]) -> bytes:
    start, end = _stretch(random, data)
    rest = data[:start] + data[end:]
    at = _place(random, rest)
    return rest[:at] + data[start:end] + rest[at:]


def _copied(random: Random, data: bytes, _words: Sequence[bytes]) -> bytes:
    start, end = _stretch(random, data)
    other, behind = _stretch(random, data)
    return data[:other] + data[start:end] + data[behind:]


def _cut(random: Random, data: bytes, _words: Sequence[bytes]) -> bytes:
    at = _place(random, data)
    return data[:at] if random.random() < 0.8 else data[at:]


def _nested(random: Random, data: bytes, _words: Sequence[bytes]) -> bytes:
    at = _place(random, data)
    return data[:at] + random.choice(_OPENERS) * random.choice((1, 3, 30, 300, 3000)) + data[at:]


def _flipped(random: Random, data: bytes, _words: Sequence[bytes]) -> bytes:
    at = random.randint(0, len(data))
    return data[:at] + bytes([random.randrange(256)]) + data[at + random.randint(0, 1) :]


def _line_ends(random: Random, data: bytes, _words: Sequence[bytes]) -> bytes:
    return re.sub(rb"\n", lambda _: random.choice((b"\n", b"\r\n", b"\r")), data)


_CHANGES: tuple[Change, ...] = (
    _without, _without, _repeated, _with_word, _with_word, _replaced, _replaced, _replaced, _moved, _copied, _copied,
    _cut, _nested, _flipped, _line_ends,
)  # fmt: skip
