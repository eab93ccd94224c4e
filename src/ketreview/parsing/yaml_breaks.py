"""Characters that end a line for YAML, where a person who writes sees none."""

from __future__ import annotations

from collections.abc import Callable

from ketreview.diagnostics import Diagnostic, fault
from ketreview.parsing.faults import YAML_SYNTAX
from ketreview.patterns import regex
from ketreview.source import Source, Span

_BREAK = regex("[\x85\u2028\u2029]")
_NAMES = {"\x85": "next line", "\u2028": "line separator", "\u2029": "paragraph separator"}


def hidden_break(source: Source, offset: int, fails_at: Callable[[str], int]) -> Diagnostic | None:
    """What is said of the last such character before the fault at `offset`, if it is the reason of it.

    libyaml takes them for line breaks, as YAML 1.1 did (YAML 1.1, 5.4; in YAML 1.2 they are letters like others), and
    editors do not. `fails_at` gives where reading a text fails, behind its end where it does not: with a letter in the
    place of the character, it has to get further.
    """
    places = [found.start() for found in _BREAK.finditer(source.text, 0, offset)]
    if not places:
        return None
    at = places[-1]
    if fails_at(f"{source.text[:at]}x{source.text[at + 1 :]}") <= offset:
        return None
    sign = source.text[at]
    message = (
        f"U+{ord(sign):04X} ({_NAMES[sign]}) ends the line for YAML, and what follows is read by itself: "
        f"write a blank for it, or put a value in double quotes, with `\\u{ord(sign):04x}` for it"
    )
    return fault(YAML_SYNTAX, Span(source, at, at + 1), message)
