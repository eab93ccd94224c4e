"""A work while its annotation is read: what is known of it, and whether more belongs to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ketreview.appraisal.same_work import doi_name
from ketreview.model.stated import Stated
from ketreview.parsing.appendix.labels import Label
from ketreview.patterns import regex

_YEAR = regex(r"(?<!\d)((?:1[89]|20)\d\d)(?!\d)")
_NAME = regex(r"[^\W\d_]{2,}")
_PARTICLES = frozenset({"van", "von", "de", "der", "den", "del", "la", "le", "el", "the", "di", "da", "dos", "st"})
_LONGEST_COMPARED = 2000


@dataclass(slots=True)
class Section:
    """A heading, or a bold line that stands for one, with the works below it. `prose` are keys cited before any."""

    level: int
    heading: Stated | None = None
    works: list[Draft] = field(default_factory=list)
    prose: list[Stated] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The words of the heading."""
        return self.heading.value if self.heading else ""

    @property
    def is_dated(self) -> bool:
        """Whether the heading has a year, as the name of a work does."""
        return _YEAR.search(self.name) is not None


@dataclass(slots=True)
class Draft:
    """What was read of one work. `described`: something other than identifiers followed them."""

    section: Section
    keys: list[Stated] = field(default_factory=list)
    dois: list[Stated] = field(default_factory=list)
    pmids: list[Stated] = field(default_factory=list)
    titles: list[Stated] = field(default_factory=list)
    citations: list[Stated] = field(default_factory=list)
    certainty: list[tuple[int, Stated]] = field(default_factory=list)
    cited: list[Stated] = field(default_factory=list)
    known: set[tuple[Label, str]] = field(default_factory=set)
    described: bool = False
    has_authors: bool = False

    @property
    def is_identified(self) -> bool:
        """Whether anything names the work; a title alone does not."""
        return bool(self.keys or self.dois or self.pmids or self.citations)

    def values(self, label: Label) -> list[Stated]:
        """What is known under a label."""
        known = {
            Label.KEY: self.keys,
            Label.DOI: self.dois,
            Label.PMID: self.pmids,
            Label.TITLE: self.titles,
            Label.CITATION: self.citations,
        }
        return known.get(label, [])

    def add(self, label: Label, stated: Stated) -> None:
        """Notes a value, unless it is known."""
        name = _name(label, stated)
        if name not in self.known:
            self.known.add(name)
            self.values(label).append(stated)

    def is_ended_by(self, label: Label, stated: Stated) -> bool:
        """Whether a value begins the next work.

        A second reference, title or key does. So does a first one that stands behind a description, unless author and
        year are those of this work. A second DOI or PMID does behind a description; else a work may have two.
        """
        values = self.values(label)
        if _name(label, stated) in self.known:
            return label is Label.CITATION
        if label in {Label.DOI, Label.PMID}:
            return bool(values) and self.described
        if values:
            return True
        if not self.described or not self.is_identified or label is Label.TITLE:
            return False
        if label is Label.CITATION and not self.keys:
            return False
        names = [stated.value for stated in (*self.keys, *self.citations)]
        if self.section.works[0] is self:
            names.append(self.section.name)
        return not any(_agree(name, stated.value) for name in names)


def under_own_headings(works: Iterable[Draft]) -> Iterator[tuple[Draft, bool]]:
    """The works that anything names, and whether the heading of its section is that of the work.

    It is if it is the section's only one, or its first one and has the author and year that the heading has.
    """
    named = [work for work in works if work.is_identified]
    numbers = Counter(id(work.section) for work in named)
    met: set[int] = set()
    for work in named:
        section = work.section
        names = (*work.citations, *work.keys) if numbers[id(section)] > 1 else ()
        only = numbers[id(section)] == 1 or any(_agree(section.name, known.value) for known in names)
        yield work, section.heading is not None and id(section) not in met and only
        met.add(id(section))


def _agree(one: str, other: str) -> bool:
    """Whether two names of works (`Zanos et al. 2016`, `zanos2016`, a reference) share a first author and a year."""
    first, second = (one, other) if len(one) <= len(other) else (other, one)
    year, name = _YEAR.search(first), _first_author(first)
    if year is None or not name:
        return False
    longer = second[:_LONGEST_COMPARED]
    return year[1] in longer and name in "".join(_NAME.findall(longer)).casefold()


def _first_author(name: str) -> str:
    words = (word.casefold() for word in _NAME.findall(name))
    return next((word for word in words if word not in _PARTICLES), "")


def _name(label: Label, stated: Stated) -> tuple[Label, str]:
    return label, doi_name(stated.value) if label is Label.DOI else stated.value
