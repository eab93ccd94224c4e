"""The works that folders tell of: those of whole folders, and those that lists and headings name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ketreview.appraisal.same_work import doi_name, pmid_name, title_name
from ketreview.changes.importing.designs import design_of, sized
from ketreview.changes.importing.draft import Draft
from ketreview.changes.importing.outline import Item, Part, Shape, plain
from ketreview.changes.importing.reading import Folder
from ketreview.changes.importing.topics import Topic, topic_of
from ketreview.model.imported import ImportedEntry
from ketreview.model.stated import Identity, Stated
from ketreview.model.vocabulary import Design
from ketreview.parsing.literature.headings import Meaning
from ketreview.parsing.literature.identity import cited_in, identity_of
from ketreview.patterns import regex
from ketreview.source import Span

_LEAD = regex(r"\*\*([^*]{2,200})\*\*|\[([^\]]{2,200})\]\([^)]*\)|([^–—:]{2,120}?)(?= [-–—] |: |\.\s|$)")
_DESIGN_LABELS = frozenset({"design", "study design", "study type", "type", "publication type", "type of study"})
_SIZE_LABELS = frozenset({"sample", "sample size", "participants", "n", "population", "study size"})
_FIELDS = frozenset({
    "folder", "citation", "full citation", "key finding", "key findings", "certainty", "doi", "pmid", "bibtex key",
    "key", "journal", "authors", "design", "quality", "relevance", "status", "note", "title", "year", "files",
})  # fmt: skip
_ET_AL = regex(r"\bet al\b")
_LOOKED_AT = 4000
_YEAR = regex(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(slots=True)
class Work:
    """A work with every place that names it. `label` is how the first one does, `folder` the folder that is of it."""

    label: str
    identity: Identity
    named: list[tuple[Folder, Span, str]]
    folder: Folder | None = None
    design: Design = Design.UNKNOWN
    participants: int = 0
    studies: int = 0
    labels: dict[str, Stated] = field(default_factory=dict)
    read: tuple[Span, ...] = ()
    words: str = ""
    entry: ImportedEntry | None = None
    id: str = ""
    key: str = ""
    is_study: bool = True

    @property
    def where(self) -> Span:
        """The first place that names it."""
        return self.named[0][1]


def of_folder(folder: Folder) -> Work:
    """The work that a folder is of."""
    labels: dict[str, Stated] = {}
    sizes: list[Stated] = []
    designs: list[Stated] = []
    for text in folder.texts:
        for part in text.parts:
            for item in part.items:
                label = item.label.casefold()
                if not label or item.shape is Shape.ROW:
                    continue
                labels.setdefault(label, Stated(item.value, item.span))
                designs += [Stated(item.value, item.span)] if label in _DESIGN_LABELS and text.speaks else []
                sizes += [Stated(item.value, item.span)] if label in _SIZE_LABELS and text.speaks else []
    known = {
        one: design
        for one in (*designs, *folder.read.identity.titles)
        if (design := design_of(one.value)) is not Design.UNKNOWN
    }
    design = next(iter(known.values())) if len(set(known.values())) == 1 else Design.UNKNOWN
    numbers = {one: number for one in sizes if any(number := sized(one.value, design))}
    people = {one.participants for one in numbers.values()} - {0}
    studies = {one.studies for one in numbers.values()} - {0}
    read = (*(known if design is not Design.UNKNOWN else ()), *(numbers if len(people) == 1 else ()))
    return Work(
        folder.heading,
        folder.read.identity,
        [(folder, folder.first, "")],
        folder,
        design,
        people.pop() if len(people) == 1 else 0,
        studies.pop() if len(studies) == 1 else 0,
        labels,
        tuple(one.span for one in read),
    )


def listed(draft: Draft, folder: Folder) -> Iterator[Work]:
    """The works that the lists and the headings of a folder's texts name as its papers or references."""
    for text in folder.texts:
        for part in text.parts if text.speaks else ():
            topic = topic_of(part)
            if topic not in {Topic.WORKS, Topic.REFERENCES}:
                continue
            if len(part.path) > 1 and (work := _of_heading(draft, folder, part)):
                yield replace(work, is_study=topic is Topic.WORKS)
                continue
            for item in part.items:
                numbered = item.shape in {Shape.BULLET, Shape.NUMBERED} and not draft.is_used(item.span)
                if numbered and (work := _of_item(folder, part, item)):
                    work.is_study = topic is Topic.WORKS
                    for one in item.everything:
                        draft.use(one.span)
                    yield work


def _of_heading(draft: Draft, folder: Folder, part: Part) -> Work | None:
    """The work of a heading with its citation, DOI, PMID or key below it."""
    heading = part.section.heading
    identity = identity_of([replace(part.section, meaning=Meaning.CITATION, own=True)])
    named = identity.dois or identity.pmids or identity.keys or identity.citations
    fielded = heading and _YEAR.search(heading.value) and any(item.label.casefold() in _FIELDS for item in part.items)
    if heading is None or not (named or fielded):
        return None
    for name in (*identity.dois, *identity.pmids, *identity.keys, *identity.citations, *identity.titles):
        draft.use(name.span)
    words = plain(re.sub(r"^\s*\d{1,3}[.)]\s+", "", heading.value))
    design = design_of(words)
    work = Work(words, identity, [(folder, heading.span, words)], None, design, *sized(words, design))
    section = part.section
    work.words = section.source.text[heading.span.start : min(section.end, heading.span.start + _LOOKED_AT)]
    return work


def _of_item(folder: Folder, part: Part, item: Item) -> Work | None:
    """The work that an item of a list of papers names, by its bold words, its link, or what is before a dash."""
    lead = _LEAD.match(item.raw.strip())
    if (
        lead is None
        or item.label.casefold() in _FIELDS
        or item.text.casefold().startswith(("see ", "http", "none"))
        or item.raw.rstrip().endswith(":")
    ):
        return None
    label = plain(lead[1] or lead[2] or lead[3]).rstrip(":")
    identity = cited_in(part.section, item.span.start, item.span.end)
    names = _YEAR.search(item.raw) or _ET_AL.search(item.raw) or identity.dois or identity.pmids
    if not names and design_of(label) is Design.UNKNOWN:
        return None
    if not lead[1] and not lead[2] and identity.citations and len(item.text) > len(label):
        label = _short(item.text)
    design = design_of(item.text)
    work = Work(label, identity, [(folder, item.span, label)], None, design, *sized(item.text, design))
    work.words = item.raw[:_LOOKED_AT]
    return work


def _short(citation: str) -> str:
    """A whole reference as its own label, up to a length that a list can show."""
    return citation if len(citation) <= 200 else citation[:199] + "…"  # noqa: PLR2004  a line or two


def merged(works: Sequence[Work]) -> list[Work]:
    """The works, each once: those that share a DOI, a PMID, a key or a title, and those that name a folder."""
    by_name: dict[tuple[str, str], Work] = {}
    kept: list[Work] = []
    for work in works:
        names = _names(work)
        other = next((by_name[name] for name in names if name in by_name), None)
        if other is None:
            kept.append(work)
        else:
            _join(other, work)
        for name in names:
            by_name.setdefault(name, other or work)
    return kept


def _names(work: Work) -> list[tuple[str, str]]:
    identity = work.identity
    named = [
        *(("doi", doi_name(doi.value)) for doi in identity.dois),
        *(("pmid", pmid_name(pmid.value)) for pmid in identity.pmids),
        *(("key", key.value) for key in identity.keys),
        *(("title", title_name(title.value)) for title in identity.titles),
    ]
    if work.folder is not None:
        named.append(("folder", work.folder.name))
    else:
        below = work.named[0][0].below
        named += [("folder", word) for word in re.findall(r"[\w.-]{4,200}", work.words) if word in below]
    return [name for name in dict.fromkeys(named) if name[1]]


def _join(work: Work, other: Work) -> None:
    """Takes up what another place says of a work."""
    work.named += other.named
    work.is_study = work.is_study or other.is_study
    if work.design is Design.UNKNOWN:
        work.design = other.design
    work.participants = work.participants or other.participants
    work.studies = work.studies or other.studies
    for name in ("keys", "dois", "pmids", "titles", "citations"):
        if not getattr(work.identity, name):
            work.identity = replace(work.identity, **{name: getattr(other.identity, name)})
