"""What findings and `show` say of a work that was retracted, doubted or corrected, and of what rests on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ketreview.appraisal.retraction import Standing
from ketreview.appraisal.titles import without_status
from ketreview.diagnostics import Related, Severity, shown
from ketreview.linking.corpus import Corpus
from ketreview.linking.duplicate_words import listed, place_of
from ketreview.linking.impact import KINDS, Resting, resting_on
from ketreview.linking.retractions import Finding, told_of
from ketreview.linking.works import doi_of, pmid_of
from ketreview.model.entry import Entry
from ketreview.patterns import regex
from ketreview.source import Span, whole_file

_HAPPENED = {
    Standing.RETRACTED: "was retracted",
    Standing.REPLACED: "was retracted",
    Standing.CONCERN: "has an expression of concern",
    Standing.CORRECTED: "was corrected",
    Standing.REINSTATED: "was reinstated",
}
_MARKED = regex(r"\bretracted(?:\s+article)?\s*[:\])]", re.IGNORECASE)
_KINDS = {
    "claim": ("the claim", "the claims"),
    "challenge": ("the challenge of", "the challenges of"),
    "rating": ("the rating", "the ratings"),
    "study": ("the study", "the studies"),
}
_NAMED = 5
_REASONS = 3
_PLACES = 12


class Told(NamedTuple):
    """A finding about an entry in words, its place, and the places of what rests on it."""

    message: str
    span: Span
    related: tuple[Related, ...]
    severity: Severity | None


def told(found: Finding, corpus: Corpus) -> Told:
    """What a finding says of an entry, with what rests on it; a warning at most where there is doubt."""
    resting = resting_on(corpus, found.entry.key, corpus.retractions.retracted)
    who = shown(found.entry.key)
    about = f"the {found.by.value.upper()} of {who} is that of a paper that" if found.another else who
    message = f"{about} {happened(found, corpus)}; {rests(resting)}"
    related = [Related(one.span, _named(one) + one.why) for one in resting[:_PLACES]]
    where = Related(whole_file(found.notice.path), f"in this export, {_record(found)}")
    severity = Severity.WARNING if found.doubt else None
    return Told(message, place_of(found.entry, found.by), (*related, where), severity)


def happened(found: Finding, corpus: Corpus) -> str:
    """What happened to a work, when and why, by which record of which export, and how far that reaches."""
    own = ", as its own entry says" if is_marked(found.entry) and found.standing is Standing.RETRACTED else ""
    doubt = f"; but {found.doubt}" if found.doubt else ""
    newest = corpus.retractions.export(found.notice).newest
    reach = f", whose newest notice is of {newest}" if newest else ", which has no dates"
    source = f"by {_record(found)} of {shown(found.notice.path)}{reach}"
    return f"{_HAPPENED[found.standing]}{_when(found)}{_why(found.notice.reasons)}{own} ({source}){doubt}"


def not_found(entry: Entry, corpus: Corpus) -> str:
    """That an entry's work was not found, and how little that says."""
    exports = listed([told_of(export) for export in corpus.retractions.exports])
    if not (doi_of(entry) or pmid_of(entry)):
        return f"It has neither a DOI nor a PMID, so it was not looked up in {exports}."
    return f"No notice about it was found in {exports}, which is no proof that there is none."


def is_worse(found: Finding) -> bool:
    """Whether what rests on a work falls, or is in doubt with it."""
    return found.standing in {Standing.RETRACTED, Standing.REPLACED, Standing.CONCERN}


def is_marked(entry: Entry) -> bool:
    """Whether an entry says itself that its work was retracted."""
    title = entry.get("title").replace("{", "").replace("}", "")
    return without_status(title) != title or _MARKED.search(entry.get("note")) is not None


def rests(resting: Sequence[Resting]) -> str:
    """What rests on an entry, in a clause."""
    parts = [words for kind in KINDS if (words := _of_kind(kind, [one for one in resting if one.kind == kind]))]
    return f"on it rest {listed(parts)}" if parts else "nothing in reviews and chapters rests on it"


def _of_kind(kind: str, resting: Sequence[Resting]) -> str:
    if not resting or kind == "chapter":
        number = len(resting)
        return f"{number:,} {'citation' if number == 1 else 'citations'} in chapters" if number else ""
    names = [shown(one.id) + (" (alone)" if one.alone and kind != "study" else "") for one in resting[:_NAMED]]
    if len(resting) > _NAMED:
        names.append(f"{len(resting) - _NAMED:,} more")
    return f"{_KINDS[kind][len(resting) > 1]} {listed(names)}"


def _named(one: Resting) -> str:
    return f"{shown(one.id)}: " if one.id else ""


def _record(found: Finding) -> str:
    return f"record {shown(found.notice.record)}" if found.notice.record else "a row"


def _when(found: Finding) -> str:
    when = found.notice.when
    if when is None:
        return ""
    return f" {'of' if found.standing is Standing.CONCERN else 'on' if when.day else 'in'} {when}"


def _why(reasons: Sequence[str]) -> str:
    named = [shown(reason) for reason in reasons[:_REASONS]]
    if len(reasons) > _REASONS:
        named.append(f"{len(reasons) - _REASONS} more reasons")
    return f" for {listed(named)}" if named else ""
