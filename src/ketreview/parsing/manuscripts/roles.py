"""The roles and directives of sphinxcontrib-bibtex, which reStructuredText and MyST share."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ketreview.parsing.manuscripts.markdown_inlines import FoundKey
from ketreview.patterns import regex

_CODE = (
    "code code-block code-cell sourcecode literalinclude raw math mermaid graphviz digraph doctest testcode testsetup "
    "testoutput prompt highlight eval-rst toctree image ipython productionlist index"
)
CODE_DIRECTIVES = frozenset(_CODE.split())
"""Directives whose content is not text."""
LISTING_DIRECTIVES = frozenset({"bibliography", "include"})
_KEY = regex(r"\{[^{}]*+\}|([^\s,{}]+)")  # `{see}key{p. 3}`: what stands in braces is no key
_OPTION = regex(r"^[ \t>]*+:([\w-]++):[ \t]*+([^\n]*+)", re.MULTILINE)
_WORD = regex(r"[^\s]+")


@dataclass(slots=True)
class Roles:
    """What a text cites, includes and lists, as offsets into it; the form of a key is its role's name."""

    text: str
    keys: list[FoundKey] = field(default_factory=list)
    includes: list[tuple[int, int]] = field(default_factory=list)
    bibliographies: list[tuple[int, int]] = field(default_factory=list)
    comments: list[tuple[int, int]] = field(default_factory=list)
    cites_all: bool = False

    def take(self, inline: re.Pattern[str], start: int, end: int) -> None:
        """Takes the roles of a stretch of text: the groups 1 and 2 of `inline` are a role's name and content."""
        text = self.text
        if text.find("cite", start, end) < 0:
            return
        for found in inline.finditer(text, start, end):
            if found[1]:
                keys = _KEY.finditer(text, *found.span(2))
                self.keys += [FoundKey(*key.span(1), found[1]) for key in keys if key[1]]
            elif text.startswith("<!--", found.start()):
                self.comments.append(found.span())

    def directive(self, name: str, argument: tuple[int, int], body: tuple[int, int]) -> None:
        """Takes the paths and options of `include` and `bibliography`."""
        text = self.text
        options = {option[1] for option in _OPTION.finditer(text, *body)} if name in LISTING_DIRECTIVES else set()
        start, end = argument
        if name == "bibliography":
            self.bibliographies += [word.span() for word in _WORD.finditer(text, start, end)]
            self.cites_all |= "all" in options
        elif name == "include" and start < end and not options & {"literal", "code"} and text[start] != "<":
            self.includes.append((start, end))
