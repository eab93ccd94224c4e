"""Blocks to annotated works: what names a work, and which of the things behind a heading belong to it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from ketreview.model.stated import Annotation, Identity, Stated
from ketreview.parsing.appendix import values, words
from ketreview.parsing.appendix.blocks import Block, Kind, has_year
from ketreview.parsing.appendix.drafts import Draft, Section, under_own_headings
from ketreview.parsing.appendix.hiding import Page
from ketreview.parsing.appendix.labels import KNOWN, RATINGS, Label, folded
from ketreview.parsing.appendix.languages import Language
from ketreview.parsing.appendix.values import Found
from ketreview.patterns import regex
from ketreview.source import Source, Span

_LONGEST_KEY_LINE = 500
_SHORTEST_REFERENCE = 20
_WORD = regex(r"\w")


class Works:
    """Reads blocks in order and collects works."""

    def __init__(self, source: Source, page: Page, language: Language, mentions: Sequence[Stated]) -> None:
        self.source = source
        self.page = page
        self.language = language
        self.mentions = mentions
        self.starts = [mention.span.start for mention in mentions]
        self.sections = [Section(0)]
        self.works: list[Draft] = []
        self.assessing = False
        self.waiting: tuple[Label, str] | None = None

    def read(self, blocks: Iterable[Block]) -> tuple[Annotation, ...]:
        """The annotations, in the order of the text."""
        for block in blocks:
            if block.kind is Kind.HEADING:
                self.heading(block)
            elif block.kind is Kind.LABEL:
                self.label(block)
            else:
                self.text(block)
        return tuple(self.annotation(work, own=own) for work, own in under_own_headings(self.works))

    def heading(self, block: Block) -> None:
        """Opens a section; a heading that is a label's name labels what follows it."""
        stated = self.words(block.start, block.end)
        if (name := folded(stated.value)) in KNOWN:
            self.label(Block(Kind.LABEL, block.end, block.end, name=name))
            return
        while len(self.sections) > 1 and self.sections[-1].level >= block.level:
            self.sections.pop()
        self.sections.append(Section(block.level, stated))
        self.assessing, self.waiting = False, None

    def label(self, block: Block) -> None:
        """Reads a labelled value; where none stands beside the label, it is the paragraph behind."""
        rated = RATINGS.get(block.name) if self.assessing else None
        label = KNOWN.get(block.name)
        self.waiting = None
        if rated is not None:
            self.rated(block, rated)
        elif self.assessing and block.item and label is None:
            self.prose(block)
        else:
            self.assessing = label is Label.CERTAINTY
            if label is None:
                self.prose(block)
            elif block.start == block.end:
                self.waiting = (label, block.name)
            else:
                self.value(label, block.name, block)

    def text(self, block: Block) -> None:
        """Reads a paragraph."""
        waiting, self.waiting = self.waiting, None
        if waiting is not None and not (block.item and self.assessing):
            self.value(*waiting, block)
            return
        self.assessing = self.assessing and block.item
        keys = self.cited(block.start, block.end)
        if keys and block.end - block.start <= _LONGEST_KEY_LINE and not _WORD.search(self.plain(block)):
            self.put(Label.KEY, keys)
        else:
            self.prose(block)

    def prose(self, block: Block) -> None:
        """Notes what else the annotation says; keys cited there are those of other works."""
        work = self.current()
        (self.sections[-1].prose if work is None else work.cited).extend(self.cited(block.start, block.end))
        if work is not None and work.is_identified:
            work.described = True

    def value(self, label: Label, name: str, block: Block) -> None:
        """Reads the value of a known label."""
        if label is Label.CERTAINTY:
            self.rated(block, 0)
        elif label is Label.KEY:
            self.key(block)
        elif label is Label.TITLE:
            self.put(label, [self.words(block.start, block.end)])
        elif label is Label.AUTHOR:
            self.work_for(label).has_authors = True
        elif label is Label.CITATION:
            self.reference(block, whole="full" in name)
        else:
            self.identifiers(label, block)

    def rated(self, block: Block, rank: int) -> None:
        """Reads a rating of the work before; an assessment of several works, or of none, rates none."""
        work = self.current() or (self.work_for(Label.CERTAINTY) if self.sections[-1].is_dated else None)
        found = values.rating(self.page.readable, block.start, block.end)
        if work is not None:
            work.cited += self.cited(block.start, block.end)
            work.described = True
            if found is not None:
                work.certainty.append((rank, self.stated(found)))

    def key(self, block: Block) -> None:
        """Reads a stated key: cited, or written out."""
        keys = self.cited(block.start, block.end)
        found = None if keys else values.stated_key(self.page.readable, block.start, block.end)
        if found is not None:
            keys = [self.stated(found)]
        if keys:
            self.put(Label.KEY, keys, labelled=True)
        else:
            self.prose(block)

    def reference(self, block: Block, *, whole: bool) -> None:
        """Reads a reference, with the identifiers and keys in it.

        Only a label that promises a full one is believed where no year stands.
        """
        stated = self.words(block.start, block.end)
        keys = self.cited(block.start, block.end)
        if len(stated.value) < _SHORTEST_REFERENCE or not (whole or has_year(stated.value)):
            if keys and not _WORD.search(self.plain(block)):
                self.put(Label.KEY, keys)
            else:
                self.prose(block)
            return
        work = self.put(Label.CITATION, [stated])
        for key in keys:
            work.add(Label.KEY, key)
        title = words.title_in(self.page.readable, block.start, block.end, self.language)
        if title is not None:
            work.add(Label.TITLE, self.stated(title))
        self.numbers(work, block, labelled=())

    def identifiers(self, label: Label, block: Block) -> None:
        """Reads the value of `DOI`, `PMID` or both."""
        text, start, end = self.page.readable, block.start, block.end
        dois = list(values.dois(text, start, end, labelled=label is Label.DOI)) if label is not Label.PMID else []
        pmids = list(values.pmids(text, start, end, labelled=label is Label.PMID)) if label is not Label.DOI else []
        work = None
        for kind, found in ((Label.DOI, dois), (Label.PMID, pmids)):
            if found:
                work = self.put(kind, [self.stated(item) for item in found])
        if work is None:
            self.prose(block)
            return
        self.numbers(work, block, labelled=(Label.DOI,) if dois else (Label.PMID,))
        work.cited += self.cited(start, end)

    def numbers(self, work: Draft, block: Block, *, labelled: Sequence[Label]) -> None:
        """Notes the identifiers that stand in a value beside what its label promises."""
        text, start, end = self.page.readable, block.start, block.end
        if Label.DOI not in labelled:
            for found in values.dois(text, start, end, labelled=False):
                work.add(Label.DOI, self.stated(found))
        if Label.PMID not in labelled:
            for found in values.pmids(text, start, end, labelled=False):
                work.add(Label.PMID, self.stated(found))

    def put(self, label: Label, stated: Sequence[Stated], *, labelled: bool = False) -> Draft:
        """Adds values to the work that they belong to, and gives it. A labelled key is that of the work above it."""
        work = self.work_for(label)
        if not (labelled and not work.keys) and work.is_ended_by(label, stated[0]):
            if label is Label.KEY and not work.keys:
                work.cited += stated
            work = self.begun()
        for item in stated:
            work.add(label, item)
        return work

    def work_for(self, label: Label) -> Draft:
        """The work that something belongs to: the last of the section, or the one that a part of it describes."""
        section = self.sections[-1]
        if section.works:
            return section.works[-1]
        above = self.above()
        if above is None or not above.is_identified or above.values(label):
            return self.begun()
        return above if above.section.is_dated or label in {Label.DOI, Label.PMID, Label.KEY} else self.begun()

    def above(self) -> Draft | None:
        """The one work of the section that this one is a part of; one with a year is a work of its own."""
        if self.sections[-1].is_dated:
            return None
        works = next((section.works for section in reversed(self.sections[:-1]) if section.works), [])
        return works[0] if len(works) == 1 else None

    def current(self) -> Draft | None:
        """The work that is being described."""
        if self.sections[-1].works:
            return self.sections[-1].works[-1]
        above = self.above()
        return above if above is not None and above.section.is_dated else None

    def begun(self) -> Draft:
        """A new work in the section."""
        section = self.sections[-1]
        work = Draft(section, cited=section.prose)
        section.prose = []
        section.works.append(work)
        self.works.append(work)
        return work

    def annotation(self, work: Draft, *, own: bool) -> Annotation:
        """What was read of a work; under a heading of several, each is headed by its own reference."""
        heading, titles, keys = work.section.heading, list(work.titles), list(work.keys)
        if heading is not None and own:
            keys = [*self.cited(heading.span.start, heading.span.end), *keys]
            titles = titles or list(self.titles_of(work, heading))
        else:
            heading = next(iter((*work.citations, *keys, *work.dois, *work.pmids)))
        named: dict[str, Stated] = {}
        for key in keys:
            named.setdefault(key.value, key)
        identity = Identity(
            tuple(named.values()),
            tuple(work.dois),
            tuple(work.pmids),
            tuple(titles),
            tuple(work.citations),
        )
        certainty = tuple(stated for _, stated in sorted(work.certainty, key=lambda ranked: ranked[0]))
        return Annotation(heading, identity, certainty, tuple(key for key in work.cited if key.value not in named))

    def titles_of(self, work: Draft, heading: Stated) -> Iterator[Stated]:
        """The title in a heading: behind author and year, or all of it where an author is stated on its own.

        Where a key or a reference names the work, a heading more often says what the work found.
        """
        if work.keys or work.citations:
            return
        text, (_, start, end) = self.page.readable, heading.span
        found = words.title_of_heading(text, start, end, self.language)
        if found is not None:
            yield self.stated(found)
        elif work.has_authors and not work.section.is_dated:
            yield heading

    def cited(self, start: int, end: int) -> list[Stated]:
        """The keys that are cited between two offsets."""
        return list(self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)])

    def plain(self, block: Block) -> str:
        """The words of a block."""
        return words.plain(self.page.readable[block.start : block.end], self.language)

    def words(self, start: int, end: int) -> Stated:
        """The words between two offsets, without blanks around them."""
        text = self.page.readable[start:end]
        first = start + len(text) - len(text.lstrip())
        last = max(first, start + len(text.rstrip()))
        return Stated(words.plain(text, self.language), Span(self.source, first, last))

    def stated(self, found: Found) -> Stated:
        """A value that was found, with its place."""
        return Stated(found.value, Span(self.source, found.start, found.end))
