"""Two keys of the store differ in upper and lower case alone."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Related, Severity, shown
from ketreview.linking import Corpus
from ketreview.linking.duplicate_words import merging
from ketreview.linking.sameness import are_one_work
from ketreview.model.entry import Entry
from ketreview.rule import ALIKE, Problem, rule


@rule("KR102", ALIKE, Severity.WARNING)
def keys_differ_in_case(entry: Entry, corpus: Corpus) -> Iterator[Problem]:
    """Two entries of one store have keys that differ in upper and lower case alone.

    BibTeX takes them for one key and stops at the second; biber, Typst and Pandoc keep them apart, so a slip in a
    citation silently cites the other work. The later entry is reported, with the first beside it. Where both are one
    work, merging them is proposed; else one of the two needs another key. Entries in the stores of two builds are left
    alone, and so is the very same key, which is KR101.

    Bad:

    ```bib references.bib
    @misc{Keller2024PET, title = {A}}
    @misc{keller2024pet, title = {B}}
    ```

    Good:

    ```bib references.bib
    @misc{Keller2024PET, title = {A}}
    @misc{keller2024mri, title = {B}}
    ```
    """
    alike = corpus.keys_like(entry.key)
    lower = entry.key.lower()
    entries = (other for key in alike if key.lower() == lower for other in corpus.entries_with(key))
    first = next(other for other in entries if other is entry or corpus.one_store(other, entry))
    if first.key == entry.key or _is_double(entry, corpus):
        return
    place = f"line {first.key_span.begin.line}" if first.source is entry.source else first.source.path
    hint = (
        f"both are one work: {_merging(first, entry, corpus)}"
        if are_one_work(first, entry)
        else "BibTeX takes both for one; give one of them another key"
    )
    message = f"{shown(entry.key)} differs from the key {shown(first.key)} ({place}) in case alone; {hint}"
    related = (Related(first.key_span, "written like this here"),)
    yield Problem(message, entry.key_span, related=related, peers=(first.key, entry.key))


def _merging(first: Entry, entry: Entry, corpus: Corpus) -> str:
    """The command that makes both one; it keeps the key that KR401 to KR403 name, where they know the work."""
    work = corpus.duplicates.work_of(entry)
    return merging(work.keep if work else first, (first, entry))


def _is_double(entry: Entry, corpus: Corpus) -> bool:
    """Whether the very same key stands before it, which is another fault."""
    same = (other for other in corpus.entries_with(entry.key) if other is entry or corpus.one_store(other, entry))
    return next(same) is not entry
