r"""Plain text of other programs as values of a BibTeX entry, in which nothing is a command that the text brought.

Unicode stays. `& % # _ $` are escaped; backslash, braces, `~` and `^` become the commands that print them, as BibTeX
counts a brace even behind a backslash. Markup of titles in CSL and of publishers (`<i>`, `<b>`, `<sub>`, `<sup>`,
`<span class="nocase">`) becomes LaTeX's where it is closed and holds no other markup.
"""

from __future__ import annotations

import re
import unicodedata

from ketreview.appraisal.identifiers import expanded
from ketreview.patterns import regex

_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "&%#_$"},
    }
)
_MARKUP = regex(
    r"<(?P<tag>i|b|em|strong|sub|sup)>(?P<text>[^<>]*)</(?P=tag)>|<span class=\"nocase\">(?P<nocase>[^<>]*)</span>"
)
_COMMANDS = {
    "i": "textit", "em": "textit", "b": "textbf", "strong": "textbf",
    "sub": "textsubscript", "sup": "textsuperscript",
}  # fmt: skip
_UNSAFE_IN_URL = regex(r"[\x00-\x20\\{}<>\"^`|\x7f]")
_AND = regex(r"\sand\s", re.IGNORECASE)
_RANGE = regex(r"([A-Za-z]*)(\d+)\s*[-‐‑‒–—−]+\s*(?:\1)?(\d+)")
_ARTICLE_DIGITS = 6
_DASH = regex(r"\s*[‒–—−]+\s*")
_INITIALS = regex(r"[A-Z]{1,4}")
_JOINERS = "\u200c\u200d"


def plain(text: str) -> str:
    """`text` on one line, without control characters and signs that turn or hide text."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join("".join(map(_shown, unicodedata.normalize("NFC", text))).split())


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cs":
        return "\ufffd"
    if category in {"Cc", "Zl", "Zp"}:
        return " "
    return "" if category == "Cf" and character not in _JOINERS else character


def latex(text: str) -> str:
    """Text as the value of a field."""
    text = plain(text)
    parts, end = [], 0
    for match in _MARKUP.finditer(text):
        inner = (match["nocase"] if match["tag"] is None else match["text"]).translate(_ESCAPES)
        command = f"\\{_COMMANDS[match['tag']]}" if match["tag"] else ""
        parts += [text[end : match.start()].translate(_ESCAPES), f"{command}{{{inner}}}"]
        end = match.end()
    return "".join([*parts, text[end:].translate(_ESCAPES)])


def address(text: str) -> str:
    """A URL as the value of a field, which BibLaTeX reads as it stands: unsafe characters are percent-encoded."""
    return _UNSAFE_IN_URL.sub(lambda match: f"%{ord(match[0]):02X}", plain(text))


def pages(text: str) -> str:
    """A page range with two hyphens and its last page written out (`568-75` is `568--575`), else the text itself."""
    text = plain(text)
    found = _RANGE.fullmatch(text)
    if found is None:
        return latex(_DASH.sub("--", text))
    prefix, first, last = found.groups()
    whole = expanded(first, last)
    if first == whole:
        return prefix + first
    # what follows the number of an article, or goes down, is left for a person to see
    usual = len(first) == len(last) or len(first) < _ARTICLE_DIGITS
    return f"{prefix}{first}--{prefix}{whole}" if usual and whole > first else f"{prefix}{first}--{last}"


def whole_name(text: str) -> str:
    """A name that is not to be taken apart: of an institution, or of a person without a known family name."""
    return f"{{{latex(text)}}}" if plain(text) else ""


def name(family: str, given: str = "", suffix: str = "") -> str:
    """A person's name as BibTeX writes it; `family` has its particles with it."""
    family, given, suffix = (_part(part) for part in (family, given, suffix))
    if not given and not suffix:
        return f"{{{family}}}" if " " in family else family
    return ", ".join(part for part in (family, suffix, given) if part)


def inverted_name(text: str) -> str:
    """A name written `Family, Given` or `Family, Given, Suffix`; without a comma it is not taken apart."""
    parts = [part.strip() for part in plain(text).split(",") if part.strip()]
    if len(parts) in {2, 3}:
        return name(*parts)
    text = plain(text).strip(", ")
    return whole_name(text) if " " in text else name(text)


def abbreviated_name(text: str) -> str:
    """A name written as in MEDLINE's short form, `Family AB`; else it is not taken apart."""
    family, _, initials = plain(text).rpartition(" ")
    if family and _INITIALS.fullmatch(initials):
        return name(family, " ".join(f"{letter}." for letter in initials))
    return inverted_name(text)


def _part(text: str) -> str:
    """A part of a name: a comma or the word `and` in it would begin another part or person."""
    value = latex(text)
    return f"{{{value}}}" if "," in value or _AND.search(f" {value} ") else value
