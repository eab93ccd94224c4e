"""A late pattern answers as a compiled one does."""

from __future__ import annotations

import re

import pytest

from ketreview.patterns import regex


def test_it_answers_as_a_compiled_pattern() -> None:
    late, early = regex(r"(?P<word>[a-z]+)\d", re.IGNORECASE), re.compile(r"(?P<word>[a-z]+)\d", re.IGNORECASE)
    text = "Ab1 cd2 ef"
    for _ in range(2):  # before and after it is compiled
        assert late.findall(text) == early.findall(text)
        assert late.sub(r"<\g<word>>", text) == early.sub(r"<\g<word>>", text)
        assert [found.span() for found in late.finditer(text)] == [(0, 3), (4, 7)]
        assert late.split(text) == early.split(text)
        assert (late.groups, late.groupindex) == (1, {"word": 1})
        assert late.match(text, 3) is None
        assert late.fullmatch("x1") is not None
    assert regex(b"a+").findall(b"aab") == [b"aa"]


def test_it_is_compiled_when_it_is_asked() -> None:
    late = regex("(")
    assert late.pattern == "("
    with pytest.raises(re.error):
        late.search("a")


def test_it_has_nothing_else() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        _ = regex("a").nothing  # type: ignore[attr-defined]  # on purpose
