"""Citations, and the labelled lines of a work, to the fields of an entry: only what is plain.

Forms: that of the ICMJE ("Klein ME, Sehgal N. Title. *Journal*. 2020;45(3):1-9.", NLM's Citing Medicine 2, chapter 1),
that of the APA ("Klein, M. E., & Sehgal, N. (2020). Title. *Journal*, *45*(3), 1–9.", 7th edition, 10.1), and with the
title in quotes (Klein ME, et al. "Title." *Journal* 2020;45:1-9.).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ketreview.changes.importing.outline import plain
from ketreview.model.imported import ImportedEntry
from ketreview.model.stated import Identity, Stated
from ketreview.parsing.exchange.building import Item, entry
from ketreview.patterns import regex
from ketreview.source import Span

_LONGEST = 2000
_ICMJE = regex(
    r"(?P<author>[^.]{2,1200}?(?: et al)?)\.\s+(?P<title>[^*]{10,500}?[.?!])\s+"
    r"\*?(?P<journaltitle>[^*;\d]{2,150}?)\*?[.,]?\s+\*{0,2}(?P<date>(?:19|20)\d\d)\*{0,2}(?:\s[A-Z][a-z]{2,8}(?:\s\d{1,2})?)?;\s?(?P<volume>\w{1,8})"
    r"(?:\s?\((?P<number>[^()]{1,20})\))?(?:\s?:\s?(?P<pages>[A-Za-z]?\d[\w–-]{0,20}))?(?=[.;,\s*]|$)"
)
_APA = regex(
    r"(?P<author>[^()]{2,1200}?)\s\((?P<date>(?:19|20)\d\d)\)\.\s+(?P<title>[^*]{10,500}?[.?!])\s+\*(?P<journaltitle>[^*]{2,150}?)\*?"
    r",\s?\*{0,2}(?P<volume>\d{1,5})\*{0,2}(?:\s?\((?P<number>[^()]{1,20})\))?(?:,\s(?P<pages>[A-Za-z]?\d[\w–-]{0,20}))?(?=[.;,\s*]|$)"
)
_QUOTED = regex(
    r"(?P<author>[^\"“”]{2,1200}?)[.,]?\s+[\"“](?P<title>[^\"“”]{10,500}?)[.,]?[\"”][.,]?\s+"
    r"\*?(?P<journaltitle>[^*;()\d]{2,150}?)\*?[.,]?\s+\(?\*{0,2}(?P<date>(?:19|20)\d\d)\*{0,2}\)?(?:\s[A-Z][a-z]{2,8}(?:\s\d{1,2})?)?"
    r"(?:;\s?(?P<volume>\w{1,8})(?:\s?\((?P<number>[^()]{1,20})\))?(?:\s?:\s?(?P<pages>[A-Za-z]?\d[\w–-]{0,20}))?)?"
    r"(?=[.;:,\s*]|$)"
)
_JOURNAL = regex(
    r"(?P<journaltitle>[^,;\d]{2,150}?)[,.]?\s+(?P<date>(?:19|20)\d\d)(?:\s[A-Z][a-z]{2,8}(?:\s\d{1,2})?)?(?:[;,]\s?(?P<volume>\d{1,5})"
    r"(?:\s?\((?P<number>[^()]{1,20})\))?(?:\s?[:]\s?(?P<pages>[A-Za-z]?\d[\w–-]{0,20}))?)?\.?"
)
_JOURNAL_AND_YEAR = regex(r"(?P<journaltitle>[^,;()\d]{2,150}?)[,.]?\s+\(?(?P<date>(?:19|20)\d\d)\b")
_SHORT_NAME = regex(r"((?:[^\W\d_]|['’ -]){2,60}?) ([^\W\d_]{1,4}|[^\W\d_](?:-[^\W\d_]){1,2})")
_LONG_NAME = regex(r"[^\W\d_][^\W\d_.'’-]*\.?(?: [^\W\d_][^\W\d_.'’-]*\.?){1,4}")
_APA_NAME = regex(r"([^,&]{2,60}), ((?:[A-Z]\.(?:[ -]|(?=,|$))?){1,4})")
_YEAR = regex(r"(?:19|20)\d\d")
_AUTHORS = regex(r"authors?")
_JOURNAL_LABELS = frozenset({"journal", "published in", "journal/source"})
_YEAR_LABELS = frozenset({"year", "publication year", "published", "date published"})


def work_of(identity: Identity, labels: dict[str, Stated], where: Span) -> ImportedEntry | None:
    """The entry of a work, by its citation or by labelled lines; None where too little of it is plain.

    That is: a title, a year, and a DOI, a PMID or authors. What is not sure is left out.
    """
    items = {item.field: item for item in (*_labelled(labels), *_cited(identity))}
    for name, stated in (("title", identity.titles), ("doi", identity.dois), ("pmid", identity.pmids)):
        if stated and name not in items:
            items[name] = Item(name, name, plain(stated[0].value).rstrip("."), stated[0].span)
    if len(identity.dois) > 1 or len(identity.pmids) > 1 or "title" not in items:
        return None
    if "date" not in items or not items.keys() & {"doi", "pmid", "author"}:
        return None
    kind = "article" if "journaltitle" in items else "misc"
    people = [
        Item("author", "author", name, item.span)
        for item in [items.pop("author", None)]
        if item
        for name in item.text.split("\n")
    ]
    made = entry(kind, [*people, *items.values()], where, key=identity.keys[0].value if len(identity.keys) == 1 else "")
    if not isinstance(made, ImportedEntry):
        return None
    place = f"{where.path.rpartition('/')[2]}:{where.begin.line}"
    note = "".join(character for character in place if character.isalnum() or character in "._:- ")
    return replace(made, fields=(*made.fields, ("note", f"From notes ({note}), not looked up")))


def people(text: str) -> str:
    """Names as BibTeX has them, one a line; empty where not every one is plain."""
    words = plain(text).strip(" .")
    cut = re.split(r",? (?:et al\.?|and others|and colleagues)$", words)
    others = ["others"] if len(cut) > 1 else []
    names = cut[0]
    whole_names = names if others else plain(text).strip()
    if formal := list(_APA_NAME.finditer(whole_names)):
        rest = _APA_NAME.sub("", whole_names)
        return (
            ""
            if rest.strip(" ,&…")
            else "\n".join([*(f"{one[1].strip()}, {one[2].strip()}" for one in formal), *others])
        )
    single = [name.strip() for name in re.split(r", (?:and |& )?| and | & |; ", names) if name.strip()]
    short = [found if (found := _SHORT_NAME.fullmatch(name)) and found[2].isupper() else None for name in single]
    if all(short):
        return "\n".join([*(f"{one[1]}, {one[2]}" for one in short if one), *others])
    whole = len(single) > 1 or others
    plainly = all(_LONG_NAME.fullmatch(name) for name in single) and not any(short)
    return "\n".join([*single, *others]) if whole and plainly else ""


def _cited(identity: Identity) -> Iterator[Item]:
    """The parts of a citation."""
    if len(identity.citations) != 1:
        return
    stated = identity.citations[0]
    text = stated.value[:_LONGEST].lstrip("*_ ")
    found = _ICMJE.match(text) or _APA.match(text) or _QUOTED.match(text)
    if found is None:
        return
    names = people(found["author"])
    for field, value in found.groupdict().items():
        if field == "author" and names:
            yield Item(field, field, names, stated.span)
        elif field != "author" and value:
            yield Item(field, field, plain(value).rstrip("."), stated.span)


def _labelled(labels: dict[str, Stated]) -> Iterator[Item]:
    """What labelled lines say of authors, journal and year."""
    for label, stated in labels.items():
        if _AUTHORS.fullmatch(label) and (names := people(stated.value)):
            yield Item("author", label, names, stated.span)
        elif label in _JOURNAL_LABELS:
            found = _JOURNAL.fullmatch(plain(stated.value)) or _JOURNAL_AND_YEAR.match(plain(stated.value))
            for field, value in found.groupdict().items() if found else ():
                if value:
                    yield Item(field, label, value, stated.span)
            if found is None and not re.search(r"\d", stated.value):
                yield Item("journaltitle", label, plain(stated.value), stated.span)
        elif label in _YEAR_LABELS and _YEAR.fullmatch(stated.value.strip()):
            yield Item("date", label, stated.value.strip(), stated.span)
