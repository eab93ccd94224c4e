"""Works to studies, references and entries of the store."""

from __future__ import annotations

from collections.abc import Sequence

from ketreview.appraisal.same_work import folded
from ketreview.appraisal.trial_mentions import numbers_in
from ketreview.changes.add import Plan, planned
from ketreview.changes.importing import citations
from ketreview.changes.importing.draft import Draft, origin
from ketreview.changes.importing.outline import Shape
from ketreview.changes.importing.proposal import slug
from ketreview.changes.importing.reading import Folder, Text
from ketreview.changes.importing.topics import Topic, topic_of
from ketreview.changes.importing.works import Work
from ketreview.changes.yaml_values import Value
from ketreview.linking.works import Works, first_author
from ketreview.model.vocabulary import Design
from ketreview.parsing.bib_file import BibFile
from ketreview.patterns import regex
from ketreview.source import Span

_REGISTERED = frozenset(
    {"registration", "trial registration", "clinicaltrials.gov", "clinicaltrials.gov identifier", "nct"}
)
_AUTHOR_YEAR = regex(r"([^\W\d_][^\W\d_'’-]*(?:[-'’][^\W\d_]+)*)[^\d]{0,60}?((?:19|20)\d\d)\b")
_LONGEST_SUMMARY = 1500


def resolve(draft: Draft, found: Sequence[Work], store: BibFile, held: Works, waiting: Sequence[str]) -> Plan:
    """Gives each work the key of its entry in the store, or of the one that is proposed for it.

    Raises:
        CannotAddError: the store file cannot be added to.
    """
    new = []
    for work in found:
        keys = [entry.key for entry in held.same(work.identity)]
        if len(keys) == 1:
            work.key = keys[0]
        elif keys:
            draft.leave(work.where, f"the store has several entries that it may be: {', '.join(keys)}", work.label)
        elif made := citations.work_of(work.identity, work.labels, work.where):
            work.entry = made
            new.append(work)
        elif alike := _alike(work, held):
            why = f"nothing names the work for sure; `{alike}` in the store has this author and year"
            draft.leave(work.where, why, work.label)
    plan = planned([work.entry for work in new if work.entry], store, held, waiting)
    for work, addition in zip(new, plan.additions, strict=True):
        if addition.place.state == "conflict":
            draft.leave(work.where, f"no entry is proposed: {addition.place.reason}", work.label)
            continue
        work.key = addition.key
        draft.works.append(addition.record)
    return plan


def _alike(work: Work, held: Works) -> str:
    """The one entry whose first author and year a label gives; empty if there is none, or more."""
    found = _AUTHOR_YEAR.match(work.label)
    if found is None:
        return ""
    name, year = folded(found[1]), int(found[2])
    keys = [entry.key for entry in held.entries if entry.year == year and first_author(entry) == name]
    return keys[0] if len(keys) == 1 else ""


def add_study(draft: Draft, work: Work) -> None:
    """Adds a work as a study, with its own key, or its name where the store has no entry of it."""
    span = work.where
    cites = [work.key] if work.key else []
    own = work.folder
    fields: dict[str, Value] = {
        "id": work.id,
        "title": own.heading if own else "",
        "cites": cites,
        "reference": "" if cites else work.label,
        "registrations": _registered(work),
        "design": work.design.value,
        "participants": work.participants or "",
        "included_studies": work.studies or "",
        "summary": _summary(draft, own) if own else "",
        "state": "read" if own else "found",
        "from": [
            item for one, place, label in _each_once(work) for item in origin(one, place, (label,) if label else ())
        ],
        "note": _limits(draft, own) if own else "",
    }
    draft.add("studies", fields, span)
    if own:
        names = own.read.identity
        for stated in (*names.keys, *names.dois, *names.pmids, *names.titles, *names.citations):
            draft.use(stated.span)
        _use_labels(draft, work)
        for place in work.read:
            draft.use(place)
    if work.design is Design.UNKNOWN:
        draft.leave(work.where, "no design is plainly stated: `unknown` stands", work.label)


def _each_once(work: Work) -> list[tuple[Folder, Span, str]]:
    seen: set[tuple[str, str]] = set()
    kept = []
    for folder, span, label in work.named:
        if (key := (folder.source, folder.at(span))) not in seen:
            seen.add(key)
            kept.append((folder, span, label))
    return kept


def _use_labels(draft: Draft, work: Work) -> None:
    """Notes the labelled lines that an entry was made of."""
    if work.entry is None:
        return
    values = {"author", "authors", "journal", "published in", "publication", "journal/source", "year", "title"}
    for label, stated in work.labels.items():
        if label in values:
            draft.use(stated.span)


def _registered(work: Work) -> list[Value]:
    found = [
        number for label, stated in work.labels.items() if label in _REGISTERED for number in numbers_in(stated.value)
    ]
    return list(dict.fromkeys(found))


def summary_of(draft: Draft, texts: Sequence[Text]) -> str:
    """The first paragraph under a heading such as Summary or Overview."""
    for text in texts:
        for part in text.parts if text.speaks else ():
            if topic_of(part) is not Topic.BACKGROUND or not part.path:
                continue
            if slug(part.path[-1]) not in {
                "summary",
                "overview",
                "study-summary",
                "quick-summary",
                "executive-summary",
            }:
                continue
            first = next(iter(part.items), None)
            if first is not None and first.shape is Shape.PROSE and _is_summary(first.text):
                draft.use(first.span)
                return first.text
    return ""


def _is_summary(text: str) -> bool:
    return len(text) <= _LONGEST_SUMMARY and not text.endswith(":")


def _summary(draft: Draft, folder: Folder) -> str:
    return summary_of(draft, folder.texts)


def _limits(draft: Draft, folder: Folder) -> str:
    """The limitations that a work's texts state, for its note."""
    said: dict[str, str] = {}
    for text in folder.texts:
        for part in text.parts if text.speaks else ():
            if topic_of(part) is not Topic.LIMITS:
                continue
            for item in part.items:
                if item.shape in {Shape.BULLET, Shape.NUMBERED}:
                    for one in item.everything:
                        draft.use(one.span)
                        said.setdefault(one.text.casefold(), f"{one.text} ({text.name}:{one.span.begin.line})")
    return f"Limitations stated: {'; '.join(said.values())}" if said else ""
