r"""What each language of chapters can cite, and where it stops reading a key that it cannot.

Typst (crates/typst-syntax, and its documentation of `cite`): `@` and `<…>` take what may continue an identifier, `.`
and `:`, and `@` leaves those two at the end to the sentence; `label("…")` takes anything. Pandoc (MANUAL, "Citation
syntax"): letters, digits, `_` and single marks inside; `@{…}` takes anything without blanks. LaTeX reads `\`, `~`, `#`
and `%` itself, and biber's grammar (btparse, "bt_language") has no quotes, parentheses and `=` in a key; BibTeX knows
ASCII alone. sphinxcontrib-bibtex: a role ends at a backquote, and a backslash is markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from ketreview.patterns import regex

PANDOC_KEY = regex(r"\w+(?:(?:[:.#$%&\-+?<>~/](?=\w)|[:/](?=/))\w*)*+")
_PLAIN = regex(r"[A-Za-z0-9_]+(?:[-:.][A-Za-z0-9_]+)*+")
_LATEX_STOP = regex(r"[\\~#%{},\"'()=]")
_SPHINX_STOP = regex(r"[`\\{}]")


class Obstacle(NamedTuple):
    """Why a key cannot be cited plainly: what is so, in words; `passable` where the language has another way."""

    reason: str
    passable: bool = False


def is_plain(key: str) -> bool:
    """Whether every language can cite a key: letters, digits and `_`, joined by single marks."""
    return _PLAIN.fullmatch(key) is not None


def obstacles(key: str, languages: Iterable[str], *, ascii_only: bool = True) -> Iterator[Obstacle]:
    """What keeps these languages of `Manuscript.language` from citing a key; `ascii_only` is how BibTeX reads."""
    if not key.isprintable():
        hidden = next(character for character in key if not character.isprintable())
        yield Obstacle(f"U+{ord(hidden):04X} in it cannot be seen")
        return
    for target in dict.fromkeys(_TARGETS[language] for language in languages if language in _TARGETS):
        if (found := target(key)) is not None:
            yield found
        elif target is _latex and ascii_only and not key.isascii():
            strange = next(character for character in key if not character.isascii())
            yield Obstacle(f"BibTeX reads `{strange}` as bytes (biber reads it as a letter)", passable=True)


def _typst(key: str) -> Obstacle | None:
    from ketreview.parsing.manuscripts import typst_tokens as tokens  # noqa: PLC0415  needed for few keys

    widest = tokens.KEY.match(key)
    end = tokens.id_end(key, 0, widest.end()) if widest else 0
    if end < len(key):
        return Obstacle(f'Typst\'s `@` and `<…>` stop at `{key[end]}`, and only `#cite(label("…"))` takes it')
    if tokens.key_end(key, 0, end) < end:
        return Obstacle(
            f"Typst's `@` takes the last `{key[-1]}` for the sentence's, and only `#cite(<…>)` cites it", True
        )
    return None


def _pandoc(key: str) -> Obstacle | None:
    if PANDOC_KEY.fullmatch(key):
        return None
    return Obstacle("Pandoc cites it only in braces, `@{…}`", passable=True)


def _latex(key: str) -> Obstacle | None:
    found = _LATEX_STOP.search(key)
    if found is None:
        return None
    who = "biber cannot read" if found[0] in "'()=\"" else "LaTeX cannot cite"
    return Obstacle(f"{who} `{found[0]}` in a key")


def _sphinx(key: str) -> Obstacle | None:
    found = _SPHINX_STOP.search(key)
    return Obstacle(f"Sphinx cannot cite `{found[0]}` in a key") if found else None


_TARGETS: Mapping[str, Callable[[str], Obstacle | None]] = {
    "typst": _typst,
    "latex": _latex,
    "markdown": _pandoc,
    "quarto": _pandoc,
    "notebook": _pandoc,
    "rst": _sphinx,
}
LANGUAGES = ("latex", "typst", "markdown")
"""Those that a store may be made for, where nothing says which."""
