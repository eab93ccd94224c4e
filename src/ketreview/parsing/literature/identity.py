"""Which work a folder is about: its DOI, PMID, key, title and citation, where its texts state them as their own.

Own is what stands below the title, in a section on the citation, and on the labelled lines of an abstract. What the
prose or a list of references names is another's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from posixpath import basename

from ketreview.appraisal.identifiers import is_doi, plain_doi
from ketreview.appraisal.same_work import doi_name, folded, pmid_name
from ketreview.model.stated import Identity, Stated
from ketreview.parsing.literature.abstracts import TITLE_LABELS, is_authors, title_of
from ketreview.parsing.literature.collection import SHORTEST_CITATION
from ketreview.parsing.literature.headings import Meaning
from ketreview.parsing.literature.labels import ITEM, Labelled, bare, labelled
from ketreview.parsing.literature.sections import Line, Section, plain_text
from ketreview.patterns import regex
from ketreview.source import Source, Span

_DOI = regex(r"10\.\d{4,9}(?:\.\d{1,9}){0,5}/(?:[^\s\"'`|{}\\\[\]<>*]|<[^\s<>]{1,60}>)+", re.ASCII)
_INLINE_DOI = regex(r"(?:\bdoi\b[:\s]{0,3}|doi\.org/)(?=10\.)", re.IGNORECASE)
_INLINE_PMID = regex(r"\bPMID\b[:\s]{0,3}(\d{1,8})(?!\d)", re.IGNORECASE | re.ASCII)
_PUBMED = r"https?://(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/"
_PMID = regex(rf"[\[`*]*(?:{_PUBMED})?(\d{{1,8}})(?![\w-])")
_PUBMED_URL = regex(rf"{_PUBMED}(\d{{1,8}})(?!\d)")
_KEY = regex(
    r"(?:`@?([^\s`,;{}()\[\]\"'#%\\]{1,120})`|\*{0,2}@?([^\s`,;{}()\[\]\"'#%\\*]*\d[^\s`,;{}()\[\]\"'#%\\*]*)\*{0,2}\s*(?:\(|\Z))"
)
_BIBTEX = regex(r"^[ \t]*@[A-Za-z]+[ \t]*\{[ \t]*([^\s,{}\"#%\\]{1,120})[ \t]*,", re.MULTILINE)
_BIBTEX_FIELD = regex(r"^[ \t]*(doi|pmid|title)[ \t]*=[ \t]*[{\"]+([^{}\"\n]+)[}\"]", re.MULTILINE | re.IGNORECASE)
_YEAR = regex(r"\b(?:1[89]|20)\d\d\b")
_TITLE_IN_CITATION = regex(r"[^.?!]{2,2000}?\.\s+(?=\S)(?P<title>[^*]{10,600}?)(?:[.?!]\s*\*|[.?!]\s+(?=[A-Z]))")
_TRAILING = ".,;:)]}>*_"
_HEAD_LINES = 6
_LONGEST_CITATION = 2000

KEY_LABELS = frozenset({
    "bibtex key", "bibtex", "bib key", "bibkey", "cite key", "citekey", "citation key", "bibtex cite key",
    "bibtex citation key", "paper citation key", "reference key", "store key", "key",
})  # fmt: skip
DOI_LABELS = frozenset({"doi", "doi link", "digital object identifier"})
PMID_LABELS = frozenset({"pmid", "pubmed", "pubmed id", "pubmed pmid", "medline id"})
LINK_LABELS = frozenset({"url", "link", "pubmed url", "pubmed link"})
CITATION_LABELS = frozenset({"citation", "full citation", "reference", "full reference", "paper", "source"})


@dataclass(slots=True)
class Names:
    """What one text states of its own work."""

    keys: list[Stated] = field(default_factory=list)
    dois: list[Stated] = field(default_factory=list)
    pmids: list[Stated] = field(default_factory=list)
    titles: list[Stated] = field(default_factory=list)
    citations: list[Stated] = field(default_factory=list)


def identity(texts: Sequence[tuple[Source, Sequence[Section]]]) -> Identity:
    """The work that texts are about, each name once, where it is stated first."""
    found = [names_of(source, parts) for source, parts in texts]
    return Identity(
        keys=_once((name for names in found for name in names.keys), str),
        dois=_once((name for names in found for name in names.dois), doi_name),
        pmids=_once((name for names in found for name in names.pmids), pmid_name),
        titles=_once((name for names in found for name in names.titles), folded),
        citations=_once((name for names in found for name in names.citations), folded),
    )


def identity_of(parts: Sequence[Section]) -> Identity:
    """The work that sections of one text are about."""
    return identity([(parts[0].source, parts)]) if parts else Identity()


def cited_in(part: Section, start: int, end: int) -> Identity:
    """The work that a reference between two offsets of a section names."""
    names = Names()
    _cite(names, part, start, end)
    return Identity(
        tuple(names.keys), tuple(names.dois), tuple(names.pmids), tuple(names.titles), tuple(names.citations)
    )


def names_of(source: Source, parts: Sequence[Section]) -> Names:
    """What a text states of its own work."""
    names = Names()
    plain = basename(source.path).casefold()
    abstract = "abstract" in plain
    for part in parts:
        if part.meaning in {Meaning.HEAD, Meaning.CITATION} and (part.own or part.meaning is Meaning.HEAD):
            _read_own(names, part, abstract)
        elif abstract and part.meaning is not Meaning.REFERENCES:
            _read_lines(names, part, _IN_ABSTRACT)
    if not names.keys and "ey:" in source.text:
        names.keys += _only_key(parts)
    return names


def _read_own(names: Names, part: Section, abstract: bool) -> None:
    lines = part.lines
    if part.heading is not None:
        _read(names, Line(part.heading.value, part.heading.span.start), part, _READERS, ())
    if abstract:
        _read_abstract_head(names, part)
    _read_lines(names, part, _READERS)
    if part.meaning is Meaning.CITATION:
        _read_citation(names, part, lines)
    _read_bibtex(names, part)


def _read_lines(names: Names, part: Section, readers: Mapping[str, Reader]) -> None:
    lines = part.lines
    for index, line in enumerate(lines):
        if not line.fenced:
            _read(names, line, part, readers, lines[index + 1 : index + 2])


def _read(names: Names, line: Line, part: Section, readers: Mapping[str, Reader], following: Sequence[Line]) -> None:
    found = labelled(line)
    reader = readers.get(found.label) if found else None
    if found is None or reader is None:
        return
    if not found.value and following and labelled(following[0]) is None:
        found = Labelled(found.label, following[0].text, following[0].start)
    reader(names, found, part)


Reader = Callable[[Names, Labelled, Section], None]


def _read_doi(names: Names, line: Labelled, part: Section) -> None:
    names.dois += _dois(line.value, line.start, part, 0)


def _read_pmid(names: Names, line: Labelled, part: Section) -> None:
    if found := _PMID.match(line.value):
        names.pmids += _stated(part, line.start + found.start(1), line.start + found.end(1))


def _read_link(names: Names, line: Labelled, part: Section) -> None:
    if found := _PUBMED_URL.match(line.value):
        names.pmids += _stated(part, line.start + found.start(1), line.start + found.end(1))


def _read_key(names: Names, line: Labelled, part: Section) -> None:
    if (found := _KEY.match(line.value)) and (line.label != "key" or part.meaning is Meaning.CITATION):
        group = 1 if found[1] else 2
        names.keys += _stated(part, line.start + found.start(group), line.start + found.end(group))


def _read_title(names: Names, line: Labelled, part: Section) -> None:
    start, end = bare(line.value)
    if end > start:
        names.titles += _stated(part, line.start + start, line.start + end)


def _read_labelled_citation(names: Names, line: Labelled, part: Section) -> None:
    if len(line.value) > SHORTEST_CITATION:
        _cite(names, part, line.start, line.start + len(line.value))


_READERS: Mapping[str, Reader] = {
    **dict.fromkeys(DOI_LABELS, _read_doi),
    **dict.fromkeys(PMID_LABELS, _read_pmid),
    **dict.fromkeys(LINK_LABELS, _read_link),
    **dict.fromkeys(KEY_LABELS, _read_key),
    **dict.fromkeys(TITLE_LABELS, _read_title),
    **dict.fromkeys(CITATION_LABELS, _read_labelled_citation),
}
_IN_ABSTRACT = {label: _READERS[label] for label in (*DOI_LABELS, *PMID_LABELS)}


def _cite(names: Names, part: Section, start: int, end: int) -> None:
    """Takes a whole reference, and the names in it."""
    text = part.source.text[start:end]
    names.citations += _stated(part, start, end)
    names.dois += [doi for match in _INLINE_DOI.finditer(text) for doi in _dois(text, start, part, match.end())[:1]]
    for match in _INLINE_PMID.finditer(text):
        names.pmids += _stated(part, start + match.start(1), start + match.end(1))
    title = _TITLE_IN_CITATION.match(text[:_LONGEST_CITATION])
    if title and not text.startswith(".", title.end("title") + 1) and not title["title"].endswith("."):
        names.titles += _stated(part, start + title.start("title"), start + title.end("title"))


def _read_citation(names: Names, part: Section, lines: Sequence[Line]) -> None:
    """The first paragraph of a section on the citation, if it is a reference; several references are not one work's."""
    block: list[Line] = []
    for line in lines:
        if not (line.fenced or labelled(line) or (line.apart and block)):
            block.append(line)
        elif block:
            break
    if not block or any(_is_item(line) for line in block[1:]):
        return
    item = ITEM.match(block[0].text)
    start = block[0].start + (item.end() if item else 0)
    end = block[-1].start + len(block[-1].text)
    if end - start <= _LONGEST_CITATION and _YEAR.search(part.source.text, start, end):
        _cite(names, part, start, end)


def _is_item(line: Line) -> bool:
    item = ITEM.match(line.text)
    return item is not None and bool(item[0].strip())


def _read_abstract_head(names: Names, part: Section) -> None:
    """The first lines of an abstract without labels: a citation, or a title and the journal below it."""
    for line in part.lines[:_HEAD_LINES]:
        found = None if line.fenced or labelled(line) else _INLINE_DOI.search(line.text, 0, _LONGEST_CITATION)
        if found is None or not _YEAR.search(line.text, 0, found.start()):
            continue
        if is_authors(line):
            _cite(names, part, line.start, line.start + len(line.text))
        else:
            names.dois += _dois(line.text, line.start, part, found.end())[:1]
        break
    if title := title_of(part):
        names.titles += _stated(part, *title)


def _read_bibtex(names: Names, part: Section) -> None:
    """The key, and the names, of the one BibTeX entry in a section."""
    body = plain_text(part.source.text[part.start : part.end])
    if "@" not in body:
        return
    entries = list(_BIBTEX.finditer(body))
    if len(entries) != 1:
        return
    names.keys += _stated(part, part.start + entries[0].start(1), part.start + entries[0].end(1))
    for found in _BIBTEX_FIELD.finditer(body, entries[0].end()):
        start, end = part.start + found.start(2), part.start + found.end(2)
        kind = found[1].casefold()
        if kind == "doi":
            names.dois += _dois(found[2], start, part, 0)
        elif kind == "pmid" and pmid_name(found[2]):
            names.pmids += _stated(part, start, end)
        elif kind == "title":
            names.titles += _stated(part, start, end)


def _only_key(parts: Sequence[Section]) -> list[Stated]:
    """The key on labelled lines anywhere in a text, if it is one and the same."""
    names = Names()
    readers = {label: _READERS[label] for label in KEY_LABELS}
    for part in parts:
        if part.meaning is not Meaning.REFERENCES:
            _read_lines(names, part, readers)
    return names.keys[:1] if len({key.value for key in names.keys}) == 1 else []


def _dois(value: str, start: int, part: Section, begin: int) -> list[Stated]:
    """The DOIs in `value` from `begin` on, without what the sentence puts behind them."""
    found: list[Stated] = []
    for match in _DOI.finditer(value, begin, begin + _LONGEST_CITATION):
        end = match.end()
        while end > match.start() and value[end - 1] in _TRAILING and not _closes(value[match.start() : end]):
            end -= 1
        doi = plain_doi(value[match.start() : end])
        if is_doi(doi):
            found.append(Stated(doi, Span(part.source, start + match.start(), start + end)))
    return found


def _closes(text: str) -> bool:
    """Whether the bracket that ends a DOI belongs to it, since it opens there too."""
    pairs = {")": "(", "]": "[", ">": "<"}
    return text[-1] in pairs and text.count(pairs[text[-1]]) >= text.count(text[-1])


def _stated(part: Section, start: int, end: int) -> list[Stated]:
    return [Stated(" ".join(part.source.text[start:end].split()), Span(part.source, start, end))]


def _once(names: Iterable[Stated], name_of: Callable[[str], str]) -> tuple[Stated, ...]:
    kept: dict[str, Stated] = {}
    for stated in names:
        if name := name_of(stated.value):
            kept.setdefault(name, stated)
    return tuple(kept.values())
