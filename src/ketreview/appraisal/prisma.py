"""The arithmetic of a PRISMA 2020 flow diagram.

Which figures follow from which is read off the diagram's boxes and arrows (Page 2021, BMJ 372:n71, figure 1); the names
are those of the template of the R package PRISMA2020 (Haddaway 2022, Campbell Syst Rev 18:e1230), which itself adds
nothing up. A record is a title in a database, a report a document, a study what is reported: several records may be of
one report, and one report may tell of several studies. A sum that this may explain carries its `doubt`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from ketreview.model.flow import Flow, FlowPart


class Mismatch(NamedTuple):
    """Figures that do not fit.

    `fields` are what is concerned, first the one that is `stated`; by the others it is `expected`, at most that, or at
    least that, as `relation` says. `sum` says how that comes about, `doubt` what may be the reason in good order.
    """

    fields: tuple[str, ...]
    stated: int
    relation: str
    expected: int
    sum: str
    doubt: str = ""


SAME, AT_MOST, AT_LEAST = "=", "<=", ">="
_RECORDS = "several records may be of one report"
_STUDIES = "one report may tell of several studies"
_LEADS = "one lead may be to several reports"


def mismatches(flow: Flow, *, listed: int | None = None) -> Iterator[Mismatch]:
    """What does not add up in a flow, box by box.

    A figure that is left out is not known. Of several that one box shows, such as databases and registers, one that is
    left out counts as none where another is there. `listed` is how many studies the review lists in all.
    """
    for found in chain(_identified(flow), _screened(flow), _retrieved(flow), _included(flow), _in_all(flow)):
        yield from found
    if listed is not None:
        name = "total_studies" if flow.total_studies is not None else "new_studies"
        yield from _held(flow, AT_MOST, listed, "the studies that the review lists", name)


Found = Iterator[Iterator[Mismatch]]


def _identified(flow: Flow) -> Found:
    """What was found: the parts of each sum, and less what was removed before screening."""
    for kind in ("database", "register"):
        parts: Sequence[FlowPart] = getattr(flow, f"{kind}_specific_results")
        if parts:
            name = f"{kind}_results"
            yield _held(flow, SAME, _sum(parts), "its parts", name, f"{kind}_specific_results")
    found = _total(
        flow.database_results if flow.database_results is not None else _known_sum(flow.database_specific_results),
        flow.register_results if flow.register_results is not None else _known_sum(flow.register_specific_results),
    )
    removed = _total(flow.duplicates, flow.excluded_automatic, flow.excluded_other)
    sources = ("database_results", "database_specific_results", "register_results", "register_specific_results")
    if found is not None and removed is not None:
        words = f"{found} found less {removed} removed before screening"
        fields = (*sources, "duplicates", "excluded_automatic", "excluded_other")
        yield _held(flow, SAME, found - removed, words, "records_screened", *fields)
    elif found is not None:
        yield _held(flow, AT_MOST, found, "what was found", "records_screened", *sources)


def _screened(flow: Flow) -> Found:
    """What was screened, and what was looked for beside it."""
    if flow.records_screened is not None:
        yield _held(flow, AT_MOST, flow.records_screened, "what was screened", "records_excluded", "records_screened")
    if flow.records_screened is not None and flow.records_excluded is not None:
        words = f"{flow.records_screened} screened less {flow.records_excluded} excluded"
        left, fields = flow.records_screened - flow.records_excluded, ("records_screened", "records_excluded")
        yield _held(flow, SAME, left, words, "dbr_sought_reports", *fields, doubt=_RECORDS)
    leads = _total(flow.website_results, flow.organisation_results, flow.citations_results)
    if leads is not None:
        words = "what was found otherwise"
        yield _held(flow, AT_MOST, leads, words, "other_sought_reports", *_LEAD_FIELDS, doubt=_LEADS)


def _retrieved(flow: Flow) -> Found:
    """Reports sought and reports read, of databases and registers and of other sources."""
    for arm in ("dbr", "other"):
        sought, missed = (getattr(flow, f"{arm}_{name}_reports") for name in ("sought", "notretrieved"))
        fields = (f"{arm}_assessed", f"{arm}_sought_reports", f"{arm}_notretrieved_reports")
        if sought is not None and missed is not None:
            yield _held(flow, SAME, sought - missed, f"{sought} sought less {missed} not retrieved", *fields)
        elif sought is not None:
            yield _held(flow, AT_MOST, sought, "what was sought", *fields)


def _included(flow: Flow) -> Found:
    """Reports read, less those excluded, are those included."""
    arms = ["dbr", "other"] if _looks_elsewhere(flow) else ["dbr"]
    read = [getattr(flow, f"{arm}_assessed") for arm in arms]
    if None not in read:
        excluded = sum(_sum(getattr(flow, f"{arm}_excluded")) for arm in arms)
        reasoned = all(getattr(flow, f"{arm}_excluded") for arm in arms)
        words = f"{sum(read)} assessed less {excluded} excluded" if excluded else "what was assessed"
        fields = [f"{arm}_{name}" for arm in arms for name in ("assessed", "excluded")]
        left = sum(read) - excluded
        if flow.new_reports is not None:
            yield _held(flow, SAME if reasoned else AT_MOST, left, words, "new_reports", *fields)
        else:
            yield _held(flow, AT_MOST, left, words, "new_studies", *fields, doubt=_STUDIES)
    if flow.new_reports is not None:
        yield _held(flow, AT_MOST, flow.new_reports, "their reports", "new_studies", "new_reports", doubt=_STUDIES)


def _in_all(flow: Flow) -> Found:
    """What an earlier version included and what is new are the whole, and the meta-analysis has no more."""
    is_first = flow.previous_studies is None and flow.previous_reports is None
    for kind in ("studies", "reports"):
        before, new, total = (getattr(flow, f"{name}_{kind}") for name in ("previous", "new", "total"))
        fields = (f"total_{kind}", f"previous_{kind}", f"new_{kind}")
        if before is not None and new is not None:
            yield _held(flow, SAME, before + new, f"{before} before and {new} new", *fields)
        elif new is not None:
            yield _held(flow, AT_LEAST, new, f"the new {kind}", *fields)
        most = total if total is not None else new if is_first else None
        if most is not None:
            yield _held(flow, AT_MOST, most, f"the {kind} included", f"total_{kind}_ma", *fields)


_LEAD_FIELDS = ("website_results", "organisation_results", "citations_results")


def _looks_elsewhere(flow: Flow) -> bool:
    """Whether anything is said of what was found beside databases and registers."""
    names = ("other_sought_reports", "other_notretrieved_reports", "other_assessed", *_LEAD_FIELDS)
    return bool(flow.other_excluded) or any(getattr(flow, name) is not None for name in names)


def _held(
    flow: Flow, relation: str, expected: int, words: str, name: str, *fields: str, doubt: str = ""
) -> Iterator[Mismatch]:
    """The mismatch of one figure, if it is known and not as it should be."""
    stated: int | None = getattr(flow, name)
    if stated is None:
        return
    holds = {SAME: stated == expected, AT_MOST: stated <= expected, AT_LEAST: stated >= expected}[relation]
    if not holds:
        known = tuple(field for field in fields if field in flow.where.offsets)
        yield Mismatch((name, *known), stated, relation, expected, words, doubt)


def _total(*counts: int | None) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if known else None


def _known_sum(parts: Sequence[FlowPart]) -> int | None:
    return _sum(parts) if parts else None


def _sum(parts: Sequence[FlowPart]) -> int:
    return sum(part.count for part in parts)
