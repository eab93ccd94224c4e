"""Every place of a key in the store, the reviews and the chapters, and the edits that write another key there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from ketreview.changes.change import ChangeError, listed
from ketreview.changes.yaml_scalar import rewritten
from ketreview.diagnostics import shown
from ketreview.edits import Edit, edited
from ketreview.linking import Corpus
from ketreview.model.citation import Citation
from ketreview.model.entry import Entry, Field
from ketreview.parsing.manuscripts import parse_manuscript
from ketreview.source import Span

NAMING_FIELDS = frozenset({"crossref", "xref", "xdata", "related", "entryset", "ids"})
"""Fields whose value is a list of keys (biblatex manual, 2.2.3 and 2.4.1)."""

BRACING = (".md", ".qmd", ".rmd", ".markdown", ".ipynb")
"""Chapters in which `@{…}` cites any key."""


def key_edits(corpus: Corpus, names: Mapping[str, str]) -> list[Edit]:
    """Edits that write for each key of `names` the one that it maps to, wherever it is cited or named.

    Keys of entries themselves are left.

    Raises:
        ChangeError: a chapter's language cannot write the new key in one of these places.
    """
    found = [edit for entry in stored(corpus) for edit in _named_in(entry, names)]
    in_chapters: defaultdict[str, list[Citation]] = defaultdict(list)
    for old in names:
        for citation in corpus.citations_of(old):
            if citation.in_chapter:
                in_chapters[citation.span.path].append(citation)
            else:
                found.append(Edit(citation.span, rewritten(citation.span.text, old, names[old])))
    refused: list[Edit] = []
    for citations in in_chapters.values():
        edits, impossible = _cited_anew(citations, names)
        found += edits
        refused += impossible
    if refused:
        new = ", ".join(dict.fromkeys(shown(edit.text.strip("{}")) for edit in refused))
        places = listed(edit.span for edit in refused)
        raise ChangeError(f"{new} cannot be written as a citation at {places}; choose another key")
    return found


def stored(corpus: Corpus) -> Iterator[Entry]:
    """Every entry of the project's stores, and those that wait in staging files."""
    yield from corpus.entries
    yield from (entry for file in corpus.staged for entry in file.entries)


def _named_in(entry: Entry, names: Mapping[str, str]) -> Iterator[Edit]:
    for field in entry.fields:
        if field.name in NAMING_FIELDS:
            yield from (Edit(span, names[span.text]) for span in named_keys(entry, field) if span.text in names)


def named_keys(entry: Entry, field: Field) -> Iterator[Span]:
    """The keys that a field's value lists, each where it stands."""
    text = entry.source.text
    for item in re.finditer(r"[^\s,{}\"#]+", text[field.value_start : field.value_end]):
        yield Span(entry.source, field.value_start + item.start(), field.value_start + item.end())


def _cited_anew(citations: Iterable[Citation], names: Mapping[str, str]) -> tuple[list[Edit], list[Edit]]:
    """The edits of one chapter, and those of them that would not be read as the new key.

    What a reader makes of the edited text decides, so that no language's rules have to be known here.
    """
    edits = [Edit(citation.span, names[citation.key]) for citation in citations]
    wrong = _misread(edits)
    if wrong and edits[0].span.path.lower().endswith(BRACING):
        unread = set(wrong)
        edits = [Edit(edit.span, f"{{{edit.text}}}") if edit in unread else edit for edit in edits]
        wrong = _misread(edits)
    return edits, wrong


def _misread(edits: Iterable[Edit]) -> list[Edit]:
    """The edits after which the text does not cite the new key there."""
    ordered = sorted(edits, key=lambda edit: edit.span.start)
    source = ordered[0].span.source
    after = parse_manuscript(source.path, edited(source, ordered).encode())
    read = {mention.span.start: mention.key for mention in after.citations}
    wrong = []
    moved = 0
    for edit in ordered:
        start, end = edit.span.start, edit.span.end
        if read.get(start + moved + edit.text.startswith("{")) != edit.text.strip("{}"):
            wrong.append(edit)
        moved += len(edit.text) - (end - start)
    return wrong
