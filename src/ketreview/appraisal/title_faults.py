"""Titles that were cut off, or written in capitals alone."""

from __future__ import annotations

from ketreview.patterns import regex

_ELLIPSIS = regex(r"\s*(?:\.{3,}|…|\\[ld]?dots\b|\\textellipsis\b)\s*(?:\{\})?[\s.}]*\Z")
_QUOTED = regex(r"[\"“”«»„‘?!]|``|''|(?<!\w)['`]")
_OPEN_END = frozenset({
    "a", "among", "an", "and", "as", "at", "between", "by", "dans", "das", "de", "der", "des", "die", "during",
    "el", "en", "et", "for", "from", "für", "im", "in", "into", "is", "la", "las", "le", "les", "los", "of", "on",
    "or", "para", "pour", "the", "to", "und", "under", "versus", "via", "von", "vs", "with", "within", "without",
    "y",
})  # fmt: skip
_LONG, _LONG_ENOUGH = 60, 40
_WORD = regex(r"[^\W\d_]{2,}")
_COMMAND = regex(r"\\[A-Za-z]+")
_PLAIN_WORDS = frozenset({
    "A", "AN", "AND", "AS", "AT", "BY", "DAS", "DE", "DER", "DES", "DIE", "EIN", "EINE", "ET", "FOR", "FROM", "IN",
    "ITS", "LA", "LE", "LES", "OF", "ON", "OR", "THE", "TO", "UND", "USING", "VON", "WITH",
})  # fmt: skip
_FEWEST_WORDS, _FEWEST_PLAIN, _LONG_WORD = 4, 2, 6


def may_be_cut_off(title: str) -> bool:
    """Whether a title ends in what an ellipsis may end in."""
    return title.rstrip("} \n").endswith(("..", "…", "dots", "ellipsis", "dots{", "ellipsis{"))


def cut_off(title: str) -> bool:
    """Whether a title ends in an ellipsis because it was cut: it is long, or its last word asks for another one.

    A quotation, a question and a short title may end so.
    """
    found = _ELLIPSIS.search(title[-100:])
    if found is None:
        return False
    kept = title[: len(title) - len(found[0])]
    words = kept.replace("{", "").replace("}", "").split()
    if not words or _QUOTED.search(kept):
        return False
    return len(kept) >= (_LONG_ENOUGH if words[-1].casefold() in _OPEN_END else _LONG)


def in_capitals(title: str) -> bool:
    """Whether a title is in capitals though its words are no acronyms: long ones and plain ones (`OF`) show it."""
    words = _WORD.findall(_COMMAND.sub(" ", title))
    if len(words) < _FEWEST_WORDS or not all(map(str.isupper, words)) or _PLAIN_WORDS.isdisjoint(words):
        return False
    return sum(len(word) >= _LONG_WORD for word in words) >= _FEWEST_PLAIN
