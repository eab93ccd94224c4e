"""What ClinicalTrials.gov gives as JSON (API 2, `ctg-oas-v2`): one study, a list of them, or a page of a search."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import takewhile
from typing import Any, NoReturn

from ketreview.appraisal.trial_mentions import numbers_in
from ketreview.appraisal.trials import number_of
from ketreview.diagnostics import Code, Diagnostic, Severity, fault, shown
from ketreview.model.partial_date import PartialDate
from ketreview.model.registered import RegisteredTrial, RegistryFile
from ketreview.model.vocabulary import TrialStatus
from ketreview.parsing.registry.places import Places, Step, too_deep
from ketreview.parsing.registry.values import Fault, Node, kind
from ketreview.parsing.text import decode_text
from ketreview.patterns import regex
from ketreview.source import Source, Span

UNREAD_TRIAL = Code(
    "registry",
    "unread-trial",
    Severity.ERROR,
    "A file of a trial registry cannot be read, or tells something that a registry does not.",
)
MAX_SIZE = 64 << 20
_MAX_FAULTS = 100
_MOST_FAULTS = 1000
_MAX_DEPTH = 100
_DIGITS = regex(r"(?<!\d)\d{4000,}")
_OURS = "ClinicalTrials.gov"
_OLD = ("FullStudiesResponse", "StudyFieldsResponse", "FullStudy")
_PHASES = {"NA": "N/A", "EARLY_PHASE1": "Early Phase 1"}
_AGE = regex(r"(\d{1,4}) ([A-Za-z]{3,7}?)s?")


def parse(path: str, data: bytes) -> RegistryFile:
    """Reads a file of ClinicalTrials.gov; one fault, and nothing of it is taken. Never raises for what is in it."""
    if len(data) > MAX_SIZE:
        message = f"the file is larger than {MAX_SIZE >> 20} MiB; ask the registry for fewer studies or fields"
        return RegistryFile((), (fault(UNREAD_TRIAL, Span(Source(path, ""), 0, 0), message),))
    source, found = decode_text(path, data)
    if found:
        return RegistryFile((), tuple(found))
    tree = _tree(source)
    if isinstance(tree, Diagnostic):
        return RegistryFile((), (tree,))
    faults: list[Fault] = []
    within = takewhile(lambda _: len(faults) < _MOST_FAULTS, _studies(tree, (), faults))
    trials = tuple(_trial(study, path) for study in within)
    if faults:
        return RegistryFile((), tuple(_located(source, faults)))
    return RegistryFile(trials, more=isinstance(tree, dict) and bool(tree.get("nextPageToken")))


def _tree(source: Source) -> Any:
    """The tree of a JSON text, or the fault for which there is none."""
    try:
        return json.loads(source.text, parse_constant=_no_number)
    except RecursionError:
        at = too_deep(source.text, _MAX_DEPTH)
        return fault(UNREAD_TRIAL, Span(source, at, at), "nested deeper than any study is, and not read")
    except ValueError as error:
        digits = _DIGITS.search(source.text)
        at = getattr(error, "pos", digits.start() if digits else 0)
        reason = getattr(error, "msg", str(error).split(";")[0])
        return fault(UNREAD_TRIAL, Span(source, min(at, len(source.text)), at), f"this is not JSON: {reason}")


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number of JSON")


def _located(source: Source, faults: list[Fault]) -> Iterator[Diagnostic]:
    places = Places(source.text)
    for wrong in faults[:_MAX_FAULTS]:
        start, end = places.of(wrong.path)
        yield fault(UNREAD_TRIAL, Span(source, start, end), wrong.message)
    if len(faults) > _MAX_FAULTS:
        least = "at least " if len(faults) >= _MOST_FAULTS else ""  # it was read no further then
        more = f"there are {least}{len(faults) - _MAX_FAULTS:,} more faults like these"
        yield fault(UNREAD_TRIAL, Span(source, 0, 0), more)


def _studies(tree: Any, path: tuple[Step, ...], faults: list[Fault]) -> Iterator[Node]:
    """The studies of a study, a list of studies, or an answer that holds a list of them."""
    if isinstance(tree, list):
        for index, item in enumerate(tree):
            yield from _studies(item, (*path, index), faults) if isinstance(item, dict) else _none(item, path, faults)
    elif not isinstance(tree, dict):
        yield from _none(tree, path, faults)
    elif "protocolSection" in tree:
        yield Node(tree, path, faults)
    elif "studies" in tree:
        yield from Node(tree, path, faults).records("studies")
    else:
        old = next((name for name in _OLD if name in tree), "")
        faults.append(Fault(path, _REPLACED if old else _NO_STUDY))


_REPLACED = "this is an answer of the API before version 2, which is not read; ask /api/v2/studies"
_NO_STUDY = "a study has a `protocolSection`, and the answer to a search has `studies`; this has neither"


def _none(value: Any, path: tuple[Step, ...], faults: list[Fault]) -> Iterator[Node]:
    faults.append(Fault(path, f"this is {kind(value)}; a study is a record, with a `protocolSection`"))
    return iter(())


def _trial(study: Node, path: str) -> RegisteredTrial:
    protocol = study.record("protocolSection")
    names, status = protocol.record("identificationModule"), protocol.record("statusModule")
    design, eligible = protocol.record("designModule"), protocol.record("eligibilityModule")
    dates = {name: status.record(f"{name}DateStruct").date("date") for name in ("start", "primaryCompletion")}
    expected, actual_end = _either(status.record("completionDateStruct"), "date")
    planned, actual = _either(design.record("enrollmentInfo"), "count")
    posted = status.record("resultsFirstPostDateStruct").date("date")
    late = bool(status.flag("delayedPosting") or status.flag("resultsWaived") or status.date("dispFirstSubmitDate"))
    return RegisteredTrial(
        path=path,
        number=_own_number(names),
        aliases=tuple(number_of(alias).text or alias for alias in names.texts("nctIdAliases")),
        others=tuple(dict.fromkeys(_others(names))),
        titles=tuple(filter(None, (names.text("briefTitle"), names.text("officialTitle"), names.text("acronym")))),
        status=status.word("overallStatus", TrialStatus),
        last_known_status=status.word("lastKnownStatus", TrialStatus),
        why_stopped=status.text("whyStopped"),
        start=dates["start"],
        primary_completion=dates["primaryCompletion"],
        expected_completion=expected,
        completion=actual_end,
        last_update=status.record("lastUpdatePostDateStruct").date("date"),
        results_posted=posted,
        has_results=study.flag("hasResults"),
        delayed_posting=late and posted is None,
        planned=planned,
        actual=actual,
        phase=_phase(design.texts("phases")),
        conditions=protocol.record("conditionsModule").texts("conditions"),
        ages=_ages(eligible.text("minimumAge"), eligible.text("maximumAge")),
        sponsor=protocol.record("sponsorCollaboratorsModule").record("leadSponsor").text("name"),
        data_of=study.record("derivedSection").record("miscInfoModule").date("versionHolder"),
    )


def _own_number(names: Node) -> str:
    written = names.text("nctId")
    number = number_of(written)
    given = names.value.get("nctId")
    if given is None:
        names.wrong("a study needs `nctId`")
    elif isinstance(given, str) and number.registry != _OURS:
        names.wrong(f"`nctId` is {shown(written)}; it is a number like NCT03633058", "nctId")
    return number.text


def _others(names: Node) -> Iterator[str]:
    """The numbers of other registries that the study names as its own."""
    for second in names.records("secondaryIdInfos"):
        written = second.text("id")
        number = number_of(written)
        found = (number.text,) if number.registry else numbers_in(written)
        yield from (text for text in found if len(found) == 1 and number_of(text).registry != _OURS)


def _either(told: Node, name: str) -> tuple[Any, Any]:
    """What is told as planned, and what as actual; without a type it is as planned, which claims less."""
    value: PartialDate | int | None = told.date(name) if name == "date" else told.count(name)
    word = told.text("type")
    if word not in {"", "ACTUAL", "ESTIMATED"}:
        told.wrong(f"`type` is {shown(word)}; it is ACTUAL or ESTIMATED", "type")
    return (None, value) if word == "ACTUAL" else (value, None)


def _phase(phases: tuple[str, ...]) -> str:
    return "/".join(_PHASES.get(phase, phase.removeprefix("PHASE")) for phase in phases)


def _ages(lowest: str, highest: str) -> str:
    low, high = _AGE.fullmatch(lowest), _AGE.fullmatch(highest)
    if low and high and low[2].lower() == high[2].lower():
        return f"{low[1]} to {highest.lower()}"
    if low and high:
        return f"{lowest.lower()} to {highest.lower()}"
    if low:
        return f"{lowest.lower()} and older"
    return f"up to {highest.lower()}" if high else ""
