"""Whether two entries are of one work, as far as can be told for sure: by DOI, by PMID, by title."""

from __future__ import annotations

import re
from enum import Enum, auto

from ketreview.appraisal.identifiers import one_registered_work
from ketreview.appraisal.titles import in_two_languages, is_generic, notice_of, one_slip_apart, titles_alike
from ketreview.appraisal.venues import same_venue
from ketreview.linking.works import doi_of, first_author, pmid_of, title_of
from ketreview.model.entry import Entry
from ketreview.patterns import regex

_KINDS = {
    kind: name
    for name, kinds in {
        "part": "inbook incollection suppbook suppcollection bookinbook inreference",
        "paper": "inproceedings conference",
        "whole": "book mvbook collection mvcollection proceedings mvproceedings reference mvreference booklet",
        "journal": "periodical suppperiodical",
        "thesis": "thesis phdthesis mastersthesis",
        "report": "report techreport",
        "data": "dataset software",
        "page": "online electronic www misc",
    }.items()
    for kind in kinds.split()
}
_PARTS = frozenset(["part", "paper"])
_ABSTRACT = regex(r"\babstracts?\b|\bposters?\b", re.IGNORECASE)
_SUPPLEMENT = regex(r"\bsuppl(?:ements?)?\b|^s\d", re.IGNORECASE)
_ABSTRACT_PAGE = regex(r"(?:S|A|W|PO?|OP?)[-.]?\d", re.ASCII)
_PAGE = regex(r"[\s{]*([A-Za-z]{0,3}[-.]?\d+)")
_LINKS = ("crossref", "xref", "xdata", "related", "entryset")
_EDITIONS = ("edition", "version", "isbn", "eprint", "chapter", "part")
_ISSUES = ("number", "issue")
_PLACES = ("volume", *_ISSUES, "month")


class Verdict(Enum):
    """What two entries that share a name are; only `UNSURE` is never told.

    `TWO_TITLES`: one work under two titles. `PERHAPS_TWO`: two works, or parts of what has the name.
    """

    SAME = auto()
    TWO_TITLES = auto()
    PERHAPS_TWO = auto()
    TWO = auto()
    UNSURE = auto()


def are_one_work(one: Entry, other: Entry) -> bool:
    """Whether two entries are of one work: by their DOI, their PMID, or title, first author and year.

    Where DOIs or PMIDs differ, nothing else makes them one. A DOI that names two works is a fault of its own.
    """
    if dois_differ(one, other) or pmids_differ(one, other):
        return False
    if doi_of(one) and doi_of(one) == doi_of(other):
        return by_doi(one, other) is Verdict.SAME
    if pmid_of(one) and pmid_of(one) == pmid_of(other):
        return by_pmid(one, other) is Verdict.SAME
    authors = first_author(one), first_author(other)
    named = title_of(one) == title_of(other) != "" and authors[0] == authors[1] and one.year == other.year
    return named and by_title(one, other)


def dois_differ(one: Entry, other: Entry) -> bool:
    """Whether both have a DOI, and not the same one."""
    dois = doi_of(one), doi_of(other)
    return "" not in dois and dois[0] != dois[1]


def pmids_differ(one: Entry, other: Entry) -> bool:
    """Whether both have a PMID, and not the same one."""
    pmids = pmid_of(one), pmid_of(other)
    return "" not in pmids and pmids[0] != pmids[1]


def are_versions(one: Entry, other: Entry) -> bool:
    """Whether two DOIs that differ may be of one work: its versions, or an old and a new one."""
    return one_registered_work(doi_of(one), doi_of(other))


def by_doi(one: Entry, other: Entry) -> Verdict:
    """What two entries with one DOI are. A DOI may be that of a whole, which its parts have for want of their own."""
    if _apart(one, other) or _are_parts_apart(one, other) or _notices_differ(one, other):
        return Verdict.UNSURE
    if titles_alike(*_titles(one, other)):
        return Verdict.SAME
    if _translated(one, other) or "part" in _kinds(one, other) or "paper" in _kinds(one, other):
        return Verdict.UNSURE
    if (pmid_of(one) and pmid_of(one) == pmid_of(other)) or _same_page(one, other):
        return Verdict.TWO_TITLES
    if _is_abstract(one) or _is_abstract(other):
        return Verdict.UNSURE
    return Verdict.PERHAPS_TWO if _in_one_volume(one, other) else Verdict.TWO


def by_pmid(one: Entry, other: Entry) -> Verdict:
    """What two entries with one PMID are, which names one record of PubMed."""
    if _apart(one, other) or _are_parts_apart(one, other):
        return Verdict.UNSURE
    same_author = first_author(one) == first_author(other) != ""
    if not _notices_differ(one, other):
        if titles_alike(*_titles(one, other)) or (same_author and _same_page(one, other)):
            return Verdict.SAME
        if _translated(one, other):
            return Verdict.SAME if same_author else Verdict.UNSURE
    return Verdict.TWO


def by_title(one: Entry, other: Entry) -> bool:
    """Whether two entries with the same title, first author and year are of one work, for sure.

    Nothing may differ that tells works apart, and where the title is one that many have, or there is no author, the
    place in print has to be the same. Parts of one work, editions, and a work and its preprint are not one. A column
    stands at one page of many issues, where a journal counts its pages anew in each.
    """
    kinds = _kinds(one, other)
    if _apart(one, other) or kinds[0] != kinds[1] or _differ(one, other, *_EDITIONS):
        return False
    if not same_venue(_venue(one), _venue(other)) or _preprint_of_other(one, other) or _pages_differ(one, other):
        return False
    if _same_page(one, other) and not _differ(one, other, *_ISSUES):
        return True
    if _differ(one, other, *_PLACES) or _differ(one, other, "date") or ("page" in kinds and _differ(one, other, "url")):
        return False
    return not (is_generic(one.get("title")) or not first_author(one) or one.year is None) or _agree(one, other)


def by_near_title(one: Entry, other: Entry) -> bool:
    """The same where the titles differ by a slip; then the place in print has to be the same."""
    return one_slip_apart(*_titles(one, other)) and by_title(one, other) and _agree(one, other)


def first_page(entry: Entry) -> str:
    """The first page, or the number of the article; empty if there is none."""
    found = _PAGE.match(entry.get("pages", "eid"))
    return found[1].casefold() if found else ""


def _titles(one: Entry, other: Entry) -> tuple[str, str]:
    titles = [(entry.get("title"), entry.get("subtitle")) for entry in (one, other)]
    first, second = (f"{title}: {subtitle}" if title and subtitle else title for title, subtitle in titles)
    return first, second


def _kinds(one: Entry, other: Entry) -> tuple[str, str]:
    return _KINDS.get(one.type, one.type), _KINDS.get(other.type, other.type)


def _apart(one: Entry, other: Entry) -> bool:
    """Whether one is the whole of which the other is a part, data behind it, or names it as another work."""
    kinds = frozenset(_kinds(one, other))
    part_of_whole = "whole" in kinds and kinds & _PARTS
    data = "data" in kinds and kinds != {"data"}
    return bool(part_of_whole or data or kinds == {"article", "journal"} or _names(one, other) or _names(other, one))


def _names(one: Entry, other: Entry) -> bool:
    return any(other.key in re.split(r"\s*,\s*", value) for link in _LINKS if (value := one.get(link)))


def _are_parts_apart(one: Entry, other: Entry) -> bool:
    """Whether two entries are of parts at two places of one work, or of two of its volumes."""
    kinds = _kinds(one, other)
    if kinds == ("whole", "whole"):
        return _differ(one, other, "volume", "part", "edition")
    both = kinds[0] in _PARTS and kinds[1] in _PARTS
    return both and (_differ(one, other, "chapter") or _pages_differ(one, other))


def _notices_differ(one: Entry, other: Entry) -> bool:
    """Whether one is a notice, such as a correction, and the other is of another kind."""
    return notice_of(one.get("title")) != notice_of(other.get("title"))


def _translated(one: Entry, other: Entry) -> bool:
    return _differ(one, other, "language", "langid") or in_two_languages(*_titles(one, other))


def _is_abstract(entry: Entry) -> bool:
    """Whether an entry is one of many abstracts in a supplement, which may have no DOI but the supplement's."""
    words = [entry.get(name) for name in ("title", "journal", "journaltitle", "booktitle", "note", "howpublished")]
    places = [entry.get(name) for name in ("journal", "journaltitle", "volume", "number", "issue")]
    named = any(map(_ABSTRACT.search, words)) or any(map(_SUPPLEMENT.search, places))
    return named or _ABSTRACT_PAGE.match(entry.get("pages")) is not None


def _in_one_volume(one: Entry, other: Entry) -> bool:
    """Whether two entries stand in one volume of one journal."""
    volumes = one.get("volume"), other.get("volume")
    venues = _venue(one), _venue(other)
    return "" not in (*volumes, *venues) and volumes[0] == volumes[1] and same_venue(*venues)


def _venue(entry: Entry) -> str:
    return entry.get("journal", "journaltitle") or entry.get("booktitle") or entry.get("school", "institution")


def _preprint_of_other(one: Entry, other: Entry) -> bool:
    """Whether one entry is of an eprint, other than a record of PubMed, and the other says where it was published."""
    eprints = [entry.get("eprint") and entry.get("eprinttype").casefold() != "pubmed" for entry in (one, other)]
    return any(eprints) and bool(_venue(one)) != bool(_venue(other))


def _pages_differ(one: Entry, other: Entry) -> bool:
    pages = first_page(one), first_page(other)
    return "" not in pages and pages[0] != pages[1]


def _same_page(one: Entry, other: Entry) -> bool:
    """Whether two entries have one first page, in one volume or journal as far as is said."""
    if first_page(one) != first_page(other) or not first_page(one):
        return False
    return same_venue(_venue(one), _venue(other)) and not _differ(one, other, "volume")


def _agree(one: Entry, other: Entry) -> bool:
    """Whether two entries say that they stand at one place: page, volume of a journal, or address."""
    return _same_page(one, other) or _in_one_volume(one, other) or one.get("url") == other.get("url") != ""


def _differ(one: Entry, other: Entry, *names: str) -> bool:
    """Whether both have one of these fields, and fill it differently."""
    pairs = ((_plain(one.get(name)), _plain(other.get(name))) for name in names)
    return any("" not in pair and pair[0] != pair[1] for pair in pairs)


def _plain(value: str) -> str:
    return re.sub(r"[\s{}\-–]", "", value).casefold()
