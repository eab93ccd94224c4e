"""The arithmetic of a PRISMA 2020 flow diagram.

The diagram: Page 2021, BMJ 372:n71, figure 1. Which counts follow from which is read off its boxes and arrows; the
names are those of the template of the R package PRISMA2020 (Haddaway 2022, Campbell Syst Rev 18:e1230). One record may
have several reports and one report several studies, and a citing document may be sought that no search counted: an
identity that such cases break in good order is not `strict`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ketreview.model.flow import Flow, FlowPart


class Mismatch(NamedTuple):
    """Two figures that do not fit: what `fields[0]` is, and what it should be by the others.

    `relation` is `=`, `<=` or `>=`: what the figure should be to `expected`. `sum` says in words how that comes about.
    """

    fields: tuple[str, ...]
    stated: int
    relation: str
    expected: int
    sum: str
    strict: bool = True


def mismatches(flow: Flow, *, listed_studies: int | None = None) -> Iterator[Mismatch]:
    """What does not add up in a flow, box by box.

    A count that is left out is taken for unknown, and identities that need it are not tried; of what was removed before
    screening, and of what was not retrieved, a part that is left out counts as none where another part is there.
    `listed_studies` is how many included studies the review lists.
    """
    yield from _identification(flow)
    yield from _retrieval(flow)
    yield from _inclusion(flow)
    if listed_studies is not None and flow.total_studies is None:
        yield from _held(flow.new_studies, "=", listed_studies, ("new_studies",), "the studies listed")


def _identification(flow: Flow) -> Iterator[Mismatch]:
    found = _total(flow.database_results, flow.register_results)
    removed = _total(flow.duplicates, flow.excluded_automatic, flow.excluded_other)
    if found is not None and removed is not None:
        fields = ("records_screened", "database_results", "register_results", "duplicates")
        words = f"{found} found less {removed} removed before screening"
        yield from _held(flow.records_screened, "=", found - removed, fields, words)
    for name, parts in (
        ("database_results", flow.database_specific_results),
        ("register_results", flow.register_specific_results),
    ):
        if parts:
            yield from _held(getattr(flow, name), "=", _sum(parts), (name, _specific(name)), "the sum of its parts")
    if flow.records_screened is not None and flow.records_excluded is not None:
        fields = ("dbr_sought_reports", "records_screened", "records_excluded")
        words = f"{flow.records_screened} screened less {flow.records_excluded} excluded"
        left = flow.records_screened - flow.records_excluded
        yield from _held(flow.dbr_sought_reports, "=", left, fields, words, strict=False)
    others = _total(flow.website_results, flow.organisation_results, flow.citations_results)
    if others is not None:
        fields = ("other_sought_reports", "website_results", "organisation_results", "citations_results")
        words = "what was found in other ways"
        yield from _held(flow.other_sought_reports, "<=", others, fields, words, strict=False)


def _retrieval(flow: Flow) -> Iterator[Mismatch]:
    for arm in ("dbr", "other"):
        sought, missed = (getattr(flow, f"{arm}_{name}_reports") for name in ("sought", "notretrieved"))
        if sought is not None and missed is not None:
            fields = (f"{arm}_assessed", f"{arm}_sought_reports", f"{arm}_notretrieved_reports")
            words = f"{sought} sought less {missed} not retrieved"
            yield from _held(getattr(flow, fields[0]), "=", sought - missed, fields, words)


def _inclusion(flow: Flow) -> Iterator[Mismatch]:
    assessed = _total(flow.dbr_assessed, flow.other_assessed)
    if assessed is not None and flow.dbr_assessed is not None and (flow.dbr_excluded or flow.other_excluded):
        excluded = _sum(flow.dbr_excluded) + _sum(flow.other_excluded)
        fields = ("new_reports", "dbr_assessed", "dbr_excluded", "other_assessed", "other_excluded")
        words = f"{assessed} assessed less {excluded} excluded"
        yield from _held(flow.new_reports, "=", assessed - excluded, fields, words)
    if flow.new_studies is not None:
        fields = ("new_reports", "new_studies")
        yield from _held(flow.new_reports, ">=", flow.new_studies, fields, "the new studies", strict=False)
    for kind in ("studies", "reports"):
        before, new = getattr(flow, f"previous_{kind}"), getattr(flow, f"new_{kind}")
        total = getattr(flow, f"total_{kind}")
        if before is not None and new is not None:
            fields = (f"total_{kind}", f"previous_{kind}", f"new_{kind}")
            yield from _held(total, "=", before + new, fields, f"{before} before and {new} new")
        most = total if total is not None else new
        if most is not None:
            name = f"total_{kind}_ma"
            yield from _held(getattr(flow, name), "<=", most, (name, f"total_{kind}"), f"all {kind} included")


def _held(
    stated: int | None, relation: str, expected: int, fields: Sequence[str], words: str, *, strict: bool = True
) -> Iterator[Mismatch]:
    """The mismatch of one figure, if it is known and not as it should be."""
    if stated is None:
        return
    holds = {"=": stated == expected, "<=": stated <= expected, ">=": stated >= expected}[relation]
    if not holds:
        yield Mismatch(tuple(fields), stated, relation, expected, words, strict)


def _total(*counts: int | None) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if known else None


def _sum(parts: Sequence[FlowPart]) -> int:
    return sum(part.count for part in parts)


def _specific(name: str) -> str:
    return name.replace("_results", "_specific_results")
