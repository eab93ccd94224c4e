r"""HTML in the text of a reference, and the same in LaTeX.

Entities are those of HTML 5, and numbers; tags are those that Crossref takes in titles ("Face markup": `i`, `b`, `em`,
`strong`, `sub`, `sup`, `scp`, `tt`, `u`, and MathML), those of JATS, and what carries them (`p`, `span`). Programs that
write BibTeX write `<` as `\textless`, `{\textless}` or `$\less$`, and `&` as `\&`. A `<` alone is no tag: `p<0.05`,
`<roe@example.org>` and `10.1002/…<1661::AID-SIM968>` are none.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ketreview.appraisal.latex_text import word_for_word
from ketreview.patterns import regex

_COMMANDS = {
    "i": r"\textit{", "italic": r"\textit{", "it": r"\textit{", "em": r"\emph{", "b": r"\textbf{", "bold": r"\textbf{",
    "strong": r"\textbf{", "sub": r"\textsubscript{", "inf": r"\textsubscript{", "sup": r"\textsuperscript{",
    "scp": r"\textsc{", "sc": r"\textsc{", "smallcaps": r"\textsc{", "u": r"\underline{", "tt": r"\texttt{",
}  # fmt: skip
_CARRIERS = frozenset(["p", "span", "div", "title", "font", "small", "big"])
_OTHERS = frozenset(
    ["a", "s", "strike", "ovl", "ul", "ol", "li", "sec", "h1", "h2", "h3", "named-content", "inline-formula", "xref"]
)
_VOID = frozenset(["br", "hr"])
_WRITTEN = frozenset((*_COMMANDS, *_CARRIERS, "br"))
_NAMES = "|".join(sorted((*_COMMANDS, *_CARRIERS, *_OTHERS, *_VOID), key=len, reverse=True))
_LESS = r"(?:<|&(?:amp;)*lt;|\{\\textless\}|\\textless(?:\{\}|\s)?|\$\\less\$|\$<\$)"
_GREATER = r"(?:>|&(?:amp;)*gt;|\{\\textgreater\}|\\textgreater(?:\{\})?|\$\\greater\$|\$>\$)"
_TAG = regex(
    rf"{_LESS}\s?(?P<end>/?)(?P<family>(?:jats|mml):)?(?P<name>(?<=:)\w{{1,30}}|{_NAMES})"
    rf"(?P<rest>\s[^<>{{}}$\\]{{0,120}}?)?\s?/?{_GREATER}",
    re.IGNORECASE,
)
_ENTITY = regex(r"\\?&(?:amp;)*(?:\\?#(?:(?P<dec>\d{2,7})|[xX](?P<hex>[0-9A-Fa-f]{2,6}));?|(?P<name>\w{2,31});)")
_PLAIN = {
    "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "$": r"\$", "<": "$<$", ">": "$>$", "'": "'", "\xa0": "~",
    "–": "--", "—": "---", "‘": "`", "’": "'", "“": "``", "”": "''", "…": r"{\ldots}", "\xad": "", "\u200b": "",
    "\u2009": " ", "\u2002": " ", "\u2003": " ", "\u200a": " ",
}  # fmt: skip
_BRACE = regex(r"[{}]")
_UNWRITTEN = frozenset("{}\\~^`")
_ROUNDS = 3
_APART = frozenset(["p", "div", "title", "br", "hr"])
_LONE_DOLLAR = regex(r"(?<!\\)\$")


class Piece(NamedTuple):
    """A tag or an entity. `meant` is the character of an entity, and empty for a tag, which has a `name`.

    A tag that is not `paired` is an end without a beginning, or one that nothing in LaTeX stands for.
    """

    start: int
    end: int
    meant: str = ""
    name: str = ""
    ends: bool = False
    paired: bool = True


def markup_in(text: str) -> list[Piece]:
    """The tags and entities in a text, in order. A tag that does not end is none, nor is what a URL has in it."""
    verbatim = list(word_for_word(text)) if "\\" in text else []
    tags = sorted(_tags(text))
    taken = iter(tags)
    behind = next(taken, None)
    found: list[Piece] = []
    for entity in _entities(text):
        while behind is not None and behind.end <= entity.start:
            behind = next(taken, None)
        if behind is None or entity.end <= behind.start:
            found.append(entity)
    return [
        piece
        for piece in sorted((*tags, *found))
        if not any(start < piece.end and piece.start < end for start, end in verbatim)
    ]


def without_markup(text: str, pieces: Sequence[Piece], *, ascii_only: bool) -> str:
    """The text with its markup in LaTeX, and characters that LaTeX has no way to write only if not `ascii_only`.

    Empty where it is not sure: what nothing in LaTeX stands for, tags around half a group, entities in mathematics.
    """
    writer = _Writer(ascii_only)
    position = 0
    for piece in pieces:
        if not (writer.add(text[position : piece.start]) and writer.add_piece(piece)):
            return ""
        position = piece.end
    if not writer.add(text[position:]) or writer.depth:
        return ""
    result = "".join(writer.parts).strip()
    return "" if markup_in(result) else result


def without_entities(text: str) -> str:
    """The text with the characters that its entities stand for; what was escaped twice is undone as often."""
    if "&" not in text:
        return text
    from html import unescape  # noqa: PLC0415  its table of entities is large, and few texts have one

    for _ in range(_ROUNDS):
        text = unescape(text)
    return text


@dataclass(slots=True)
class _Writer:
    """Puts the parts of a text together, and keeps in mind the tags that are open and whether it is in mathematics."""

    ascii_only: bool
    parts: list[str] = field(default_factory=lambda: [""])
    opened: list[tuple[int, bool]] = field(default_factory=list)
    depth: int = 0
    mathematics: bool = False
    apart: bool = False

    def add(self, text: str) -> bool:
        """Adds text as it is; false where it closes a group that was open before the tag that is open now."""
        self.parts.append(text.lstrip(" ") if self.apart else text)
        self.apart = False
        self.mathematics ^= len(_LONE_DOLLAR.findall(text)) % 2 == 1
        lowest = self.opened[-1][0] if self.opened else 0
        for brace in _BRACE.findall(text):
            self.depth += 1 if brace == "{" else -1
            if self.depth < lowest:
                return False
        return True

    def add_piece(self, piece: Piece) -> bool:
        """Adds what stands for a piece; false where nothing sure does."""
        if piece.meant:
            written = self.written(piece.meant)
            self.parts.append(written or "")
            return written is not None
        if not piece.paired:
            return False
        if piece.name in _COMMANDS:
            return self.add_command(piece)
        if piece.name in _APART:
            last = next((part for part in reversed(self.parts) if part), " ")
            self.parts += [] if last.endswith(" ") else [" "]
            self.apart = True
        return True

    def add_command(self, piece: Piece) -> bool:
        if not piece.ends:
            self.opened.append((self.depth, self.mathematics))
            self.parts.append(_COMMANDS[piece.name])
            return True
        self.parts.append("}")
        return self.opened.pop() == (self.depth, self.mathematics)

    def written(self, meant: str) -> str | None:
        """How LaTeX writes a character; None if there is no sure way."""
        if self.mathematics:
            return meant if meant in {"<", ">"} else None
        if meant == '"':
            return "``" if not self.parts[-1][-1:].strip() or self.parts[-1].endswith(("(", "[")) else "''"
        if meant in _PLAIN:
            return _PLAIN[meant]
        if meant in _UNWRITTEN:
            return None
        return meant if meant.isascii() or not self.ascii_only else _in_ascii(meant)


def _tags(text: str) -> Iterator[Piece]:
    """Tags that begin and end, ends without a beginning, and those that stand alone."""
    opened: list[Piece] = []
    names: Counter[str] = Counter()
    for match in _TAG.finditer(text):
        name = match["name"].lower()
        piece = Piece(
            *match.span(), name=name, ends=bool(match["end"]), paired=name in _WRITTEN and not match["family"]
        )
        if match["family"] or name in _VOID:
            yield piece
        elif not piece.ends:
            opened.append(piece)
            names[name] += 1
        elif not names[name]:
            yield piece._replace(paired=False)
        else:
            while opened[-1].name != name:
                names[opened.pop().name] -= 1
            names[name] -= 1
            yield from (opened.pop(), piece)


def _entities(text: str) -> Iterator[Piece]:
    if "&" not in text:
        return
    from html import unescape  # noqa: PLC0415  as in `without_entities`
    from html.entities import html5  # noqa: PLC0415  the large table itself

    for match in _ENTITY.finditer(text):
        number = int(match["dec"] or "0") or int(match["hex"] or "0", 16)
        known = f"{match['name']};" in html5 if match["name"] else number <= sys.maxunicode
        meant = unescape(f"&{match['name']};" if match["name"] else f"&#{number};") if known else ""
        if meant in _PLAIN or (meant and meant.isprintable() and meant != "\ufffd"):
            yield Piece(*match.span(), meant=meant)


def _in_ascii(meant: str) -> str | None:
    from pylatexenc.latexencode import UnicodeToLatexEncoder  # noqa: PLC0415  loaded only where an entity is rewritten

    encoder = UnicodeToLatexEncoder(
        unknown_char_policy="fail", unknown_char_warning=False, replacement_latex_protection="braces-all"
    )
    try:
        return str(encoder.unicode_to_latex(meant))
    except ValueError:
        return None
