"""Whether a tool found a planted fault: what its messages are about, as data, and one criterion for all tools."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import other_tools as tools
import planted

from ketreview.parsing.bibtex import parse_bib

FOUND, ELSEWHERE, CHANGED, MISSED = "found", "elsewhere", "changed", "–"

ABOUT: Mapping[str, Mapping[str, frozenset[str]]] = {
    tools.KETREVIEW: {
        "KR010": frozenset({"lost-at-sign"}),
        "KR111": frozenset({"crossref-to-itself", "set-without-member"}),
        "KR403": frozenset({"one-letter-between-titles", "one-work-two-years"}),
    },
    tools.BADNESS: {
        "cannot read": frozenset({"KR006"}),
        "duplicate-field": frozenset({"KR104"}),
        "duplicate-key": frozenset({"KR101", "KR102"}),
        "empty-field": frozenset({"KR105"}),
        "encoding-hints": frozenset({"letters-beyond-ascii"}),
        "missing-required-field": frozenset({"KR108"}),
        "parse": frozenset({"KR010", "KR011"}),
        "title-capitalization": frozenset({"KR326", "title-in-capitals"}),
        "undefined-string": frozenset({"KR109"}),
        "unknown-field": frozenset({"KR107", "KR112"}),
        "unused-string": frozenset({"KR110"}),
    },
    tools.BIBTEX_TIDY: {
        "MISSING_KEY": frozenset({"no-key"}),
        "duplicate abstract": frozenset({"abstract-of-another-entry"}),
        "duplicate citation": frozenset(
            {"KR401", "KR402", "KR403", "one-letter-between-titles", "one-work-two-years", "one-doi-two-pmids"}
        ),
        "duplicate doi": frozenset({"KR401", "KR404", "one-doi-two-pmids"}),
        "duplicate key": frozenset({"KR101", "KR102"}),
        "syntax error": frozenset({"KR010", "KR011"}),
    },
    tools.BIBTEXPARSER: {
        "DuplicateBlockKeyBlock": frozenset({"KR101", "string-defined-twice"}),
        "DuplicateFieldKeyBlock": frozenset({"KR104"}),
        "ParsingFailedBlock": frozenset({"KR010", "KR011"}),
        "UnicodeDecodeError": frozenset({"KR006"}),
    },
}
"""What each kind of message is about: codes, or names of single faults. ketreview's are about their own code too."""

MENDED = frozenset(
    {"KR104", "KR105", "KR315", "KR322", "KR325", "single-hyphen", "title-in-capitals", "url-with-blank"}
)
"""What the options of bibtex-tidy that are given are there to mend, without a word: codes, or names of faults."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a tool made of all that is planted. `besides` are its messages on faulty entries about something else."""

    found: Mapping[str, str]
    false_alarms: tuple[tuple[tools.Message, planted.Sound], ...]
    besides: int


def verdict(trial: tools.Trial, store: planted.Planted, reading: planted.Planted) -> Verdict:
    """Judges a tool on the store and on the files that cannot be read."""
    found: dict[str, str] = {}
    alarms: list[tuple[tools.Message, planted.Sound]] = []
    besides = 0
    for what, outcome in ((store, trial.store), (reading, trial.reading)):
        if outcome is None:
            continue
        changed = _changed(store, outcome.tidied) if what is store else frozenset()
        found |= {fault.name: _state(trial.name, fault, outcome, fault.name in changed) for fault in what.faults}
        alarms += _false_alarms(outcome, what)
        besides += sum(_is_besides(trial.name, message, what) for message in outcome.messages)
    return Verdict(found, tuple(alarms), besides)


def is_about(name: str, message: tools.Message, fault: planted.Fault) -> bool:
    """Whether the kind of a message is that of a fault."""
    subjects = ABOUT[name.split(",", 1)[0]].get(message.kind, frozenset())
    own = message.kind == fault.code and name.startswith(tools.KETREVIEW)
    return own or fault.code in subjects or fault.name in subjects


def _state(name: str, fault: planted.Fault, outcome: tools.Outcome, changed: bool) -> str:
    about = [one for one in outcome.messages if one.path == fault.path and is_about(name, one, fault)]
    if any(_is_at(one, fault) for one in about):
        return FOUND
    if fault.path != planted.STORE and about:
        return ELSEWHERE
    return CHANGED if changed else MISSED


def _is_at(message: tools.Message, fault: planted.Fault) -> bool:
    """Whether a message points at an entry of a fault, or names it.

    The end of a file's one fault of reading is noticed up to where the next entry begins; a message without a place
    and a key is about the file.
    """
    if not message.line:
        unnamed = not message.keys and fault.path != planted.STORE
        return unnamed or bool({key.casefold() for key in message.keys} & {key.casefold() for key in fault.keys})
    behind = 2 if fault.path != planted.STORE else 0
    return any(first <= message.line <= last + behind for first, last in fault.lines)


def _is_on(message: tools.Message, item: planted.Sound) -> bool:
    if message.path != item.path:
        return False
    if not message.line:
        return bool(set(message.keys) & set(item.keys))
    return any(first <= message.line <= last for first, last in item.lines)


def _false_alarms(outcome: tools.Outcome, what: planted.Planted) -> Iterator[tuple[tools.Message, planted.Sound]]:
    """Messages on sound entries; one that says where a file stopped being read is none."""
    for message in outcome.messages:
        if any(_is_at(message, fault) for fault in what.faults if fault.path == message.path):
            continue
        yield from ((message, item) for item in what.sound if _is_on(message, item))


def _is_besides(name: str, message: tools.Message, what: planted.Planted) -> bool:
    faults = [fault for fault in what.faults if fault.path == message.path and _is_at(message, fault)]
    excused = any(is_about(name, message, fault) or message.kind in fault.also for fault in faults)
    return bool(faults) and not excused


def _changed(store: planted.Planted, tidied: str) -> frozenset[str]:
    """The faults whose field has another value in what a tool wrote, where it is there to mend such faults."""
    before = parse_bib(planted.STORE, store.files[planted.STORE]).entries
    after = parse_bib(planted.STORE, tidied.encode()).entries
    if len(before) != len(after):
        return frozenset()
    changed = set()
    for one, other in zip(before, after, strict=True):
        line = one.key_span.begin.line
        for fault in store.faults:
            if {fault.code, fault.name} & MENDED and fault.lines[0][0] == line:
                values = [[item.value for item in entry.fields if item.name == fault.at] for entry in (one, other)]
                if values[0] != values[1]:
                    changed.add(fault.name)
    return frozenset(changed)
