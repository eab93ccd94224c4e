"""What findings and the report say of entries of one work: where each is cited, which to keep, and how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from shlex import quote

from ketreview.diagnostics import Related, shown
from ketreview.linking.corpus import Corpus
from ketreview.linking.duplicates import Reason, Tie, Work
from ketreview.linking.sameness import first_page
from ketreview.linking.works import fields_filled, first_author, title_of
from ketreview.model.entry import Entry
from ketreview.source import Span

_MOST_NAMED = 6


def told(tie: Tie, corpus: Corpus, shared: str) -> str:
    """The message of a tie; `shared` says what its entries share."""
    keep = tie.work.keep
    kept_here = any(entry.key == keep.key for entry in tie.entries)
    why = why_kept(tie.work, corpus) if kept_here else "another key of the same work"
    fields = tuple(differences(tie.entries))
    differing = f"; their {listed(fields)} differ" if fields else ""
    advice = f"keep {shown(keep.key)}, {why}: {merging(keep, tie.entries)}"
    return f"{named(tie.entries, corpus)} have {shared}{differing}; {advice}"


def named(entries: Sequence[Entry], corpus: Corpus) -> str:
    """Entries by their keys, each with how often it is cited, where anything is."""
    more = len(entries) - _MOST_NAMED
    words = [
        f"{shown(entry.key)} ({often(entry, corpus)})" if corpus.cites_anything else shown(entry.key)
        for entry in entries[:_MOST_NAMED]
    ]
    return listed([*words, f"{more} more"] if more > 0 else words)


def titled(entries: Sequence[Entry]) -> str:
    """Entries by their keys, each with its title."""
    more = len(entries) - _MOST_NAMED
    words = [f"{shown(entry.key)} ({shown(entry.get('title'))})" for entry in entries[:_MOST_NAMED]]
    return listed([*words, f"{more} more"] if more > 0 else words)


def listed(words: Sequence[str]) -> str:
    """Words as a sentence lists them."""
    return " and ".join([*([", ".join(words[:-1])] if words[1:] else []), *words[-1:]])


def often(entry: Entry, corpus: Corpus) -> str:
    """How often an entry is cited."""
    number = corpus.times_cited(entry.key)
    return {0: "not cited", 1: "cited once", 2: "cited twice"}.get(number, f"cited {number:,} times")


def related_to(entries: Sequence[Entry], corpus: Corpus) -> tuple[Related, ...]:
    """The entry of each key, and the first place that cites it."""
    return tuple(_places(entries[:_MOST_NAMED], corpus))


def why_kept(work: Work, corpus: Corpus) -> str:
    """Why one entry of a work is the one to keep."""
    cited = corpus.times_cited(work.keep.key)
    equal = [other for other in work.firsts if corpus.times_cited(other.key) == cited]
    if len(equal) == 1:
        return "which is cited most"
    fuller = [other for other in equal if fields_filled(other) == fields_filled(work.keep)]
    return "which says more" if len(fuller) == 1 else "which stands first"


def merging(keep: Entry, entries: Iterable[Entry]) -> str:
    """The command that makes entries one, for a message."""
    return f"`{merge_command(keep, entries)}`"


def merge_command(keep: Entry, entries: Iterable[Entry]) -> str:
    """The same as a shell takes it."""
    others = dict.fromkeys(entry.key for entry in entries if entry.key != keep.key)
    return f"ketreview refs merge {' '.join(map(quote, (keep.key, *others)))}"


def differences(entries: Sequence[Entry]) -> Iterator[str]:
    """In what entries differ that describe a work: titles, first authors, years, first pages."""
    for name, value_of in (
        ("titles", title_of),
        ("first authors", first_author),
        ("years", lambda entry: str(entry.year or "")),
        ("first pages", first_page),
    ):
        if len({value for entry in entries if (value := value_of(entry))}) > 1:
            yield name


def place_of(entry: Entry, reason: Reason) -> Span:
    """The value that names the work of an entry: its DOI, PMID or title, whatever field has it."""
    fields = {Reason.DOI: ("doi", "url"), Reason.PMID: ("pmid", "eprint"), Reason.TITLE: ("title",)}[reason]
    found = (field for name in fields if (field := entry.field(name)) and field.value.strip())
    return next((entry.value_span(field) for field in found), entry.key_span)


def _places(entries: Sequence[Entry], corpus: Corpus) -> Iterator[Related]:
    for entry in entries:
        yield Related(entry.key_span, f"the entry of {shown(entry.key)}")
        if first := corpus.first_citation(entry.key):
            yield Related(first.span, f"{shown(entry.key)} is first cited here")
