"""What a source prints of a work in its reference list, held against the entry that the reference is keyed to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from ketreview.appraisal.identifiers import one_registered_work, page_range
from ketreview.appraisal.key_parts import is_acronym, is_near
from ketreview.appraisal.names import OTHERS, names_in
from ketreview.appraisal.same_work import doi_name, folded, pmid_name
from ketreview.appraisal.standing import may_be_preprint
from ketreview.appraisal.titles import in_two_languages, titles_alike
from ketreview.appraisal.venues import is_broken, may_be_one_venue
from ketreview.linking.works import doi_of, pmid_of
from ketreview.model.entry import Entry
from ketreview.patterns import regex

_PERSONS = ("author", "editor", "shortauthor", "organization", "institution", "publisher")
_VENUES = ("journal", "journaltitle", "shortjournal", "booktitle")
_OTHERS = regex(r"\s*,?\s*\bet\s+al\b\.?\s*$|\s+(?:&|and)\s+others\s*$", re.IGNORECASE)
_WORD = regex(r"[^\W\d_][^\W_]{2,}")
_YEAR = regex(r"(?:19|20)\d\d", re.ASCII)


def contradicted(printed: Mapping[str, str], entry: Entry) -> Iterator[tuple[str, str]]:
    """The fields that are printed otherwise than the entry has them, each with what the entry has.

    Only what cannot be two ways of writing one thing: an abbreviated journal or page range, a DOI of another version or
    of the preprint, a title cut short, a shortened or translated name are none.
    """
    for field, differs in _FIELDS.items():
        value = printed.get(field, "").strip()
        if value and (other := differs(value, entry)):
            yield field, other


def _doi(value: str, entry: Entry) -> str:
    one, other = doi_name(value), doi_of(entry)
    preprint = may_be_preprint(one) or may_be_preprint(other)
    return other if one and other and not preprint and not one_registered_work(one, other) else ""


def _pmid(value: str, entry: Entry) -> str:
    one, other = pmid_name(value), pmid_of(entry)
    return other if one and one != other else ""


def _author(value: str, entry: Entry) -> str:
    """The names of the entry, where nobody of them is named."""
    persons = " and ".join(filter(None, (entry.get(name) for name in _PERSONS)))
    names = [name for name in names_in(persons) if name.text != OTHERS]
    words = _WORD.findall(_OTHERS.sub("", value))
    plain = folded(_OTHERS.sub("", value))
    known = not names or not words or any(is_near(word, names) or is_acronym(word, [persons]) for word in words)
    within = any(family in plain for name in names if (family := folded(name.family)))
    return "" if known or within or not plain.isascii() or not folded(persons).isascii() else names[0].text


def _title(value: str, entry: Entry) -> str:
    title, subtitle = entry.get("title"), entry.get("subtitle")
    other = f"{title}: {subtitle}" if title and subtitle else title
    return other if other and not titles_alike(value, other) and not in_two_languages(value, other) else ""


def _journal(value: str, entry: Entry) -> str:
    names = [name for field in _VENUES if (name := entry.get(field))]
    fits = any(may_be_one_venue(value, name) and not is_broken(value, name) for name in names)
    return names[0] if names and not fits else ""


def _volume(value: str, entry: Entry) -> str:
    other = entry.get("volume")
    return other if value.isdecimal() and other.isdecimal() and int(value) != int(other) else ""


def _pages(value: str, entry: Entry) -> str:
    one, other = (page_range(pages.replace("–", "-")) for pages in (value, entry.get("pages")))
    return entry.get("pages") if one and other and one[1:] != other[1:] else ""


def _year(value: str, entry: Entry) -> str:
    """The entry's year, where it is not the printed one or one beside it: papers appear online before print."""
    found = _YEAR.search(value)
    return str(entry.year) if found and entry.year and abs(int(found[0]) - entry.year) > 1 else ""


_FIELDS: Mapping[str, Callable[[str, Entry], str]] = {
    "author": _author,
    "title": _title,
    "journal": _journal,
    "year": _year,
    "volume": _volume,
    "pages": _pages,
    "doi": _doi,
    "pmid": _pmid,
}
