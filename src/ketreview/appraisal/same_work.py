r"""Names of a work that can be compared: a DOI, a PMID, a title, however each is written.

DOIs are compared without regard to case (DOI Handbook 2.4). A PMID is a number of up to eight digits without leading
zeros (NLM, "PMID: PubMed Identifier"). Titles are compared by their letters and digits alone.
"""

from __future__ import annotations

import re
import unicodedata

from ketreview.appraisal.identifiers import is_doi, plain_doi
from ketreview.patterns import regex

_BARE = regex(r"10\.[\w.()/;:-]+", re.ASCII)  # nearly all; no LaTeX can stand in it
_PMID = regex(r"0*([1-9]\d{0,7})", re.ASCII)
_ACCENT = regex(r"\\[`'^\"~=.](?=[\s{]*\\?[A-Za-z])|\\[cuvHkrbdt](?=\s*\{)")
_COMMAND = regex(r"\\([A-Za-z]+)\s*")
_LETTERS = str.maketrans({"ı": "i", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe"})
_BETWEEN = regex(r"[\W_]+")
_ASCII_BETWEEN = bytes(code for code in range(128) if not chr(code).isalnum())
_SHORTEST_TITLE = 20


def doi_name(text: str) -> str:
    """A DOI as it is compared; empty if `text` is none."""
    doi = text if _BARE.fullmatch(text) else plain_doi(text)
    return doi.casefold() if is_doi(doi) else ""


def pmid_name(text: str) -> str:
    """A PMID as it is compared; empty if `text` is none."""
    found = _PMID.fullmatch(text.strip())
    return found[1] if found else ""


def title_name(text: str) -> str:
    """A title as it is compared; empty if it is too short to tell works apart."""
    name = folded(text)
    return name if len(name) >= _SHORTEST_TITLE else ""


def folded(text: str) -> str:
    """The letters and digits of a text alone, without case, accents and LaTeX."""
    if "\\" in text:
        text = _COMMAND.sub(r"\1", _ACCENT.sub("", text))
    if text.isascii():
        return text.lower().encode("ascii").translate(None, _ASCII_BETWEEN).decode("ascii")  # in a fifth of the time
    text = "".join(map(_plain, unicodedata.normalize("NFKD", text.translate(_LETTERS))))
    return _BETWEEN.sub("", text.casefold())


def _plain(character: str) -> str:
    """A letter without its accents; Greek ones by their names, as LaTeX writes them."""
    if unicodedata.combining(character):
        return ""
    name = unicodedata.name(character, "")
    return name.rsplit(" ", 1)[-1] if name.startswith("GREEK ") and " LETTER " in name else character
