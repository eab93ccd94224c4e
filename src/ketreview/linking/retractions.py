"""What exports of retractions say of the works of the store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from ketreview.appraisal.retraction import Judged, Standing, judged
from ketreview.appraisal.titles import in_two_languages, notice_of, titles_alike
from ketreview.frozen import frozen
from ketreview.linking.duplicates import Reason
from ketreview.linking.grouping import grouped
from ketreview.linking.works import Works, doi_of, pmid_of
from ketreview.model.entry import Entry
from ketreview.model.retraction import Notice
from ketreview.parsing.text import shown

if TYPE_CHECKING:
    from ketreview.parsing.retraction_watch import Export  # what reads CSV is loaded where there is an export


@frozen
class Finding:
    """How the work of an entry stands, by the notice that says so.

    `by` is what the entry shares with the notice. `doubt` says why it may be otherwise, empty where it is sure; where
    the notice may be about `another` paper, that is the doubt.
    """

    entry: Entry
    standing: Standing
    notice: Notice
    by: Reason
    doubt: str = ""
    another: bool = False


@frozen(slots=False)
class Retractions:
    """The exports of a project, held against its store on a day."""

    exports: tuple[Export, ...]
    works: Works
    as_of: date

    def of(self, entry: Entry) -> Finding | None:
        """What is said of the work of an entry; None where nothing was found, which proves nothing."""
        if not self.exports:
            return None
        return self._found.get((entry.source.path, entry.start))

    @cached_property
    def retracted(self) -> frozenset[str]:
        """The keys of the entries whose work was surely retracted, and neither reinstated nor replaced."""
        if not self.exports:
            return frozenset()
        return frozenset(
            found.entry.key
            for found in self._found.values()
            if found.standing is Standing.RETRACTED and not found.doubt
        )

    def export(self, notice: Notice) -> Export:
        """The export that a notice stands in."""
        return next(export for export in self.exports if export.path == notice.path)

    @cached_property
    def _found(self) -> Mapping[tuple[str, int], Finding]:
        named = [
            (entry, notice)
            for by_name in (self.works.by_doi, self.works.by_pmid)
            for export in self.exports
            for entry, notice in _meeting(export, by_name)
        ]
        entries = {(entry.source.path, entry.start): entry for entry, _ in named}
        notices = grouped(((entry.source.path, entry.start), notice) for entry, notice in named)
        judgements = (
            (place, _finding(entries[place], dict.fromkeys(own), self.as_of)) for place, own in notices.items()
        )
        return {place: found for place, found in judgements if found is not None}


def told_of(export: Export) -> str:
    """An export by its path and the newest date in it, for a message: how far it reaches."""
    dated = f"its newest notice is of {export.newest}" if export.newest else "it has no date"
    return f"{shown(export.path)} ({dated})"


def _meeting(export: Export, by_name: Mapping[str, Sequence[Entry]]) -> Iterator[tuple[Entry, Notice]]:
    """The entries and the rows of an export that share a name."""
    names = by_name.keys() & export.places.keys()
    for notice in export.notices(names):
        for name in {notice.doi, notice.pmid} & names:
            yield from ((entry, notice) for entry in by_name[name])


def _finding(entry: Entry, notices: Mapping[Notice, None], as_of: date) -> Finding | None:
    """What the notices that share a name with an entry say of its work: first those that are surely about it."""
    title = entry.get("title")
    about = [notice for notice in notices if not notice_of(title) or notice_of(notice.title)]
    sure = [notice for notice in about if not _other_paper(entry, notice)]
    for own in (sure, about):
        found = judged(own, as_of)
        if found is not None:
            other, by = _other_paper(entry, found.notice), _shared(entry, found.notice)
            return Finding(entry, found.standing, found.notice, by, other or _doubt(found), bool(other))
    return None


def _other_paper(entry: Entry, notice: Notice) -> str:
    """Why a notice that shares a name with an entry may be about another paper; empty where nothing speaks for that."""
    title = entry.get("title")
    if title and notice.title and not (titles_alike(title, notice.title) or in_two_languages(title, notice.title)):
        return f"its title there is {shown(notice.title)}: look up which paper is meant"
    for name, one, other in (("DOI", doi_of(entry), notice.doi), ("PMID", pmid_of(entry), notice.pmid)):
        if one and other and one != other and not (title and notice.title):
            return f"its {name} there is {shown(other)}: look up which paper is meant"
    return ""


def _doubt(found: Judged) -> str:
    if not found.sure:
        return "it was reinstated too, and the dates do not say which came last"
    if found.standing is Standing.REPLACED:
        return "it was published anew, often under the same DOI: look up which of the two was read"
    return ""


def _shared(entry: Entry, notice: Notice) -> Reason:
    return Reason.DOI if notice.doi and notice.doi == doi_of(entry) else Reason.PMID
