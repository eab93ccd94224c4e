r"""Text as LaTeX reads it: what it takes word for word, what is mathematics, and what are signs of its own in between.

In text `&`, `%`, `#`, `_` and `$` are commands (Knuth, The TeXbook, chapter 7); a backslash makes them print. Arguments
of `\url`, `\path`, `\href` and the like are taken word for word, and those of `\ensuremath`, `\ce` and units are in
mathematics or a language of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ketreview.patterns import regex

_STEP = regex(
    r"""\\(?P<argument>url|path|nolinkurl|href|hyperref|ensuremath|ce|SI|si|qty|unit|num|includegraphics|input
        |(?:foot|text|paren|auto)?cite[a-z]*|[a-z]*ref|label)\*?\s*(?:\[[^\]{}]{0,200}\]\s*)?(?=\{)
    | \\verb\*?(?P<delimiter>[^\sA-Za-z*])
    | \\(?P<mathematics>[(\[])
    | \\[\s\S]
    | (?P<sign>[&%#_$])""",
    re.VERBOSE,
)
_VERBATIM = frozenset(["url", "path", "nolinkurl", "href"])
_BRACE = regex(r"[{}]")
_DOLLAR = regex(r"\\[\s\S]|(\${1,2})")
_CLOSERS = {"(": "\\)", "[": "\\]"}


class Sign(NamedTuple):
    """A sign of LaTeX's own in plain text. A `$` is one that opens mathematics which do not end."""

    at: int
    sign: str


def own_signs(text: str) -> Iterator[Sign]:
    """The signs in a text that LaTeX would not print, in order."""
    position = 0
    while (step := _STEP.search(text, position)) is not None:
        position = step.end()
        if step["argument"]:
            position = _behind_group(text, position)
        elif step["delimiter"]:
            position = _behind(text, step["delimiter"], position)
        elif step["mathematics"]:
            position = _behind(text, _CLOSERS[step["mathematics"]], position)
        elif step["sign"] == "$":
            end = _end_of_mathematics(text, step.start())
            if end < 0:
                yield Sign(step.start(), "$")
            position = max(position, end)
        elif step["sign"]:
            yield Sign(step.start(), step["sign"])


def word_for_word(text: str) -> Iterator[tuple[int, int]]:
    """Where a text has what LaTeX takes word for word, such as the address in `\\url{…}`."""
    position = 0
    while (step := _STEP.search(text, position)) is not None:
        start = position = step.end()
        if step["argument"] in _VERBATIM:
            position = _behind_group(text, start)
        elif step["delimiter"]:
            position = _behind(text, step["delimiter"], start)
        if position > start:
            yield start, position


def _behind_group(text: str, start: int) -> int:
    """The offset behind the group that begins at `start`; the end of the text where it does not end."""
    depth = 0
    for brace in _BRACE.finditer(text, start):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.end()
    return len(text)


def _behind(text: str, closer: str, start: int) -> int:
    end = text.find(closer, start)
    return len(text) if end < 0 else end + len(closer)


def _end_of_mathematics(text: str, start: int) -> int:
    """The offset behind the `$` or `$$` that ends what begins at `start`; -1 if nothing does."""
    opener = "$$" if text.startswith("$$", start) else "$"
    for found in _DOLLAR.finditer(text, start + len(opener)):
        if found[1] and (found[1] == opener or opener == "$"):
            return found.start() + len(opener)
    return -1
