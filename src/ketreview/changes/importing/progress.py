"""What a folder says of its own state: files, integration, next steps, trials to watch, searches."""

from __future__ import annotations

import re
from collections.abc import Collection
from posixpath import basename

from ketreview.appraisal.trial_mentions import numbers_in, trial_mentions
from ketreview.changes.importing.claims import statements
from ketreview.changes.importing.draft import Draft, origin
from ketreview.changes.importing.outline import Shape
from ketreview.changes.importing.reading import Folder
from ketreview.changes.importing.topics import Topic, topic_of
from ketreview.changes.yaml_values import Value
from ketreview.model.partial_date import PartialDate
from ketreview.model.stated import Declared
from ketreview.model.vocabulary import IntegrationKind, IntegrationState
from ketreview.parsing.literature.status_words import DONE, DONE_SIGNS
from ketreview.patterns import regex
from ketreview.source import Span

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december")  # fmt: skip
_DATE = r"(?P<iso>\d{4}(?:-\d\d(?:-\d\d)?)?)(?![\d-])"
_DAY = regex(rf"(?:(?P<month>{'|'.join(_MONTHS)}) (?:\d{{1,2}},? )?(?P<year>\d{{4}})\b|{_DATE})", re.IGNORECASE)
_AS_OF = regex(rf"\bas of {_DAY.pattern}", re.IGNORECASE)
_SEARCHED = regex(
    r"(?:last |literature |database |registry )?search(?:ed)?(?: date| performed| conducted| run)?|date of search"
)
_FOUND = regex(r"\b(?:identified|found|registered)\b", re.IGNORECASE)
_REGISTRIES = regex(
    r"\b(?:ClinicalTrials\.gov|PubMed|Embase|Cochrane Library|CENTRAL|Google Scholar|PsycINFO|DRKS|CTIS)(?!\w)"
)

_NAMED = (
    (r"\bintegration[- _]guides?\b", "integration-guide.md"),
    (r"\bkey[- ]findings\b", "key-findings.md"),
    (r"\babstracts?\b", "abstract.txt"),
    (r"\bnotes\b", "notes.md"),
    (r"\bread ?me\b|\bliterature files?\b", "README.md"),
)

_EACH = regex(r"\b(?:each|every|both|all)\b")


def add_source(draft: Draft, folder: Folder, path: str, references: list[Value], note: str) -> None:
    """Adds the folder as a source document, with the files that it lists; `path` is where they lie in the project."""
    files: list[Value] = []
    for listed in folder.read.listed:
        own = listed.value.removeprefix(f"{folder.read.path}/")
        if own.startswith(("../", "/")) or not own.isprintable():
            draft.leave(listed.span, "a listed file that lies outside the folder", listed.value)
            continue
        files.append({"path": own, **_about(folder, listed.span)})
        draft.use(listed.span)
    date = next((stated.since for stated in folder.read.declared if stated.since is not None), None)
    fields: dict[str, Value] = {
        "id": folder.source,
        "title": folder.heading,
        "kind": "reading folder",
        "date": str(date) if date else "",
        "note": note,
        "references": references,
        "folder": path if path.isprintable() else "",
        "files": files,
    }
    draft.add("sources", fields, folder.first)


def _about(folder: Folder, span: Span) -> dict[str, Value]:
    """What a list says behind the name of a file."""
    text = folder.text_of(span)
    part = text.part_at(span.start) if text else None
    item = text.item_at(part, span.start) if text and part else None
    if item is None or item.shape not in {Shape.BULLET, Shape.NUMBERED}:
        return {}
    found = re.search(r"(?: [-–—]|:) (\S.{1,300})$", item.text)
    return {"about": found[1]} if found else {}


def add_integration(
    draft: Draft, folder: Folder, base: str, stores: Collection[str], seen: Collection[str], *, part: bool
) -> None:
    """Adds what is declared done or pending where; what is said to be done and is not seen here is absent.

    `base` is the folder's path in the project, `stores` are the store's files, `seen` the project's files. What is done
    for a folder that is `part` of what the review is of is not done for the review.
    """
    taken = {(made.fields["kind"], made.fields["target"]): made.span for made in draft.lists["integration"]}
    for said in folder.read.declared:
        target = _target(said, folder, base, stores)
        place = (said.kind.value, target)
        reason = _left(said, target, taken.get(place), part=part)
        if reason:
            draft.leave(said.span, reason)
            continue
        taken[place] = said.span
        draft.add("integration", _integration(said, target, folder, seen), said.span)


def _left(said: Declared, target: str, earlier: Span | None, *, part: bool) -> str:
    """Why a line makes no record; empty if it does. `earlier` is the line that has spoken of its place."""
    if not target:
        return f"does not say which {said.kind}"
    if part and said.state is IntegrationState.DONE and said.kind is not IntegrationKind.FILE:
        return f"done for one folder of the review: that the whole is in {target} is not said"
    if earlier is not None:
        return f"{said.state} is said of {target}, which {earlier.path}:{earlier.begin.line} has spoken of"
    return ""


def _integration(said: Declared, target: str, folder: Folder, seen: Collection[str]) -> dict[str, Value]:
    """The fields of a record; of a store it cannot be seen yet whether it has all that the review will cite."""
    unseen = said.kind is IntegrationKind.BIBLIOGRAPHY or (said.kind is IntegrationKind.FILE and target not in seen)
    state, since = said.state, str(said.since) if said.since else ""
    stated: list[Value] = []
    if state is IntegrationState.DONE and unseen:
        state = IntegrationState.ABSENT
        printed: dict[str, Value] = {"source": folder.source, "at": folder.at(said.span), "state": _word(said)}
        stated, since = [{**printed, **({"since": since} if since else {})}], ""
    return {
        "kind": said.kind.value,
        "target": target,
        "state": state.value,
        "since": since,
        "from": origin(folder, said.span),
        "as_stated": stated,
    }


def _word(said: Declared) -> str:
    """The source's own word for what is done."""
    found = DONE.search(said.span.text)
    return found[0] if found else "done"


def _target(said: Declared, folder: Folder, base: str, stores: Collection[str]) -> str:
    if said.kind is IntegrationKind.BIBLIOGRAPHY:
        alike = [store for store in stores if basename(store).casefold() == basename(said.target).casefold()]
        return alike[0] if alike else said.target or (next(iter(stores)) if len(stores) == 1 else "references.bib")
    if said.kind is not IntegrationKind.FILE:
        return said.target
    named = said.target or _file_named(said, folder)
    return "/".join(filter(None, [base, named])) if named and not named.startswith(("/", "../")) else ""


def _file_named(said: Declared, folder: Folder) -> str:
    """The file of the folder that the words of a line mean; the README stands for the literature files.

    It has to be there, or listed; a line that writes a path means the file at that path, which is elsewhere.
    """
    words = said.span.text.casefold()
    own = {path[len(folder.read.path) :].lstrip("/") for path in folder.read.files}
    own |= {listed.value[len(folder.read.path) :].lstrip("/") for listed in folder.read.listed}
    names = [name for pattern, name in _NAMED if re.search(pattern, words)]
    several = len(names) != 1 or _EACH.search(words) or "/" in words
    return "" if several or names[0] not in own else names[0]


def add_steps(draft: Draft, folder: Folder) -> None:
    """Adds the next steps, done where they are ticked."""
    trials = {
        number: str(trial.fields["id"])
        for trial in draft.lists["trials"]
        for number in _list(trial.fields["registrations"])
    }
    for text in folder.texts:
        wanted = [part for part in text.parts if topic_of(part) is Topic.STEPS and not part.title]
        for said in (said for part in wanted if text.speaks for said in statements(draft, part)):
            sign = said.item.sign
            fields: dict[str, Value] = {"text": said.text, "from": origin(folder, said.span)}
            if sign in {"[x]", "[X]"} or sign[:1] in tuple(DONE_SIGNS):
                fields["done"] = True
            fields["waits_for"] = [trials[number] for number in numbers_in(said.text) if number in trials]
            fields["note"] = f"Below it: {said.below}" if said.below else ""
            draft.add("next_steps", fields, said.span)
            for inner in said.item.everything:
                draft.use(inner.span)


def _list(value: Value) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


def add_trials(draft: Draft, folder: Folder) -> None:
    """Adds a trial for each registration number; its status is left out until somebody looks it up."""
    known = {number: made for made in draft.lists["trials"] for number in _list(made.fields["registrations"])}
    for text in folder.texts:
        for start, end, found in trial_mentions(text.source.text):
            number = found.text
            if number in known:
                continue
            span = Span(text.source, start, end)
            fields: dict[str, Value] = {
                "id": draft.id("trial", number),
                "title": f"Trial {number}",
                "registrations": [number],
                "from": origin(folder, span),
                "note": "Named by its number alone: title and status are still to be looked up in the registry.",
            }
            held = (span.path, span.begin.line) in draft.used
            draft.add("trials", fields, span)
            if not held:
                draft.used.discard((span.path, span.begin.line))
            known[number] = draft.lists["trials"][-1]


def add_searches(draft: Draft, folder: Folder) -> None:
    """Adds searches whose date is labelled, or given with `as of` where it is said what was found.

    What a work searched is the work's, and makes no review current.
    """
    if folder.is_work:
        return
    known = {str(made.fields["date"]) for made in draft.lists["searches"]}
    for text in folder.texts:
        for part in text.parts if text.speaks else ():
            for item in (inner for top in part.items for inner in top.everything):
                labelled = _SEARCHED.fullmatch(item.label.casefold()) is not None if item.label else False
                found = _DAY.search(item.value) if labelled else _AS_OF.search(item.text)
                if found is None or not (labelled or _FOUND.search(item.text)):
                    continue
                day = _date(found)
                if not day or day in known:
                    continue
                known.add(day)
                fields: dict[str, Value] = {
                    "date": day,
                    "sources": list(dict.fromkeys(_REGISTRIES.findall(item.text))),
                    "from": origin(folder, item.span),
                    "note": f"As stated: {item.text}",
                }
                draft.add("searches", fields, item.span)


def _date(found: re.Match[str]) -> str:
    if found["iso"]:
        return found["iso"] if PartialDate.parse(found["iso"]) else ""
    return f"{found['year']}-{_MONTHS.index(found['month'].casefold()) + 1:02}"
