"""What exports of retractions say of the works of the store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from ketreview.appraisal.retraction import Judged, Standing, judged
from ketreview.appraisal.titles import in_two_languages, notice_of, titles_alike
from ketreview.diagnostics import shown
from ketreview.frozen import frozen
from ketreview.linking.duplicates import Reason
from ketreview.linking.grouping import grouped
from ketreview.linking.works import Works, doi_of, pmid_of
from ketreview.model.entry import Entry
from ketreview.model.retraction import Notice

if TYPE_CHECKING:
    from ketreview.parsing.retraction_watch import Export  # what reads CSV is loaded where there is an export

_MOST_NOTICES = 100
"""As many are asked about one paper, of which there are few: a file that has more was made to be slow."""


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
        judgements: dict[_Known, _Judgement | None] = {}  # one for all copies of an entry
        found = {}
        for entry in (entry for name in self._notices for entry in self._named(name)):
            known = _Known(entry.get("title"), doi_of(entry), pmid_of(entry))
            if known not in judgements:
                own = (notice for name in (known.doi, known.pmid) for notice in self._notices.get(name, ()))
                judgements[known] = _judgement(known, dict.fromkeys(islice(own, _MOST_NOTICES)), self.as_of)
            if (judgement := judgements[known]) is not None:
                found[entry.source.path, entry.start] = Finding(entry, *judgement)
        return found

    @cached_property
    def _notices(self) -> Mapping[str, Sequence[Notice]]:
        """The notices of each DOI and PMID of the store."""
        names = self.works.by_doi.keys() | self.works.by_pmid.keys()
        wanted = [(export, names & export.places.keys()) for export in self.exports]
        rows = ((notice, own) for export, own in wanted for notice in export.notices(own))
        return grouped((name, notice) for notice, own in rows for name in {notice.doi, notice.pmid} & own)

    def _named(self, name: str) -> Sequence[Entry]:
        return [*self.works.by_doi.get(name, ()), *self.works.by_pmid.get(name, ())]


class _Known(NamedTuple):
    """By what an entry and a notice are known to be about one paper."""

    title: str
    doi: str
    pmid: str


class _Judgement(NamedTuple):
    """A `Finding` without its entry."""

    standing: Standing
    notice: Notice
    by: Reason
    doubt: str
    another: bool


def told_of(export: Export) -> str:
    """An export by its path and the newest date in it, for a message: how far it reaches."""
    dated = f"its newest notice is of {export.newest}" if export.newest else "it has no date"
    return f"{shown(export.path)} ({dated})"


def _judgement(entry: _Known, notices: Iterable[Notice], as_of: date) -> _Judgement | None:
    """What the notices that share a name with an entry say of its work: first those that are surely about it."""
    about = [notice for notice in notices if not notice_of(entry.title) or notice_of(notice.title)]
    sure = [notice for notice in about if not _other_paper(entry, notice)]
    for own in (sure, about):
        found = judged(own, as_of)
        if found is not None:
            other, by = _other_paper(entry, found.notice), _shared(entry, found.notice)
            return _Judgement(found.standing, found.notice, by, other or _doubt(found), bool(other))
    return None


def _other_paper(entry: _Known, notice: Notice) -> str:
    """Why a notice that shares a name with an entry may be about another paper; empty where nothing speaks for that."""
    title = entry.title
    if title and notice.title and not (titles_alike(title, notice.title) or in_two_languages(title, notice.title)):
        return f"its title there is {shown(notice.title)}: look up which paper is meant"
    for name, one, other in (("DOI", entry.doi, notice.doi), ("PMID", entry.pmid, notice.pmid)):
        if one and other and one != other and not (title and notice.title):
            return f"its {name} there is {shown(other)}: look up which paper is meant"
    return ""


def _doubt(found: Judged) -> str:
    if not found.sure:
        return "it was reinstated too, and the dates do not say which came last"
    if found.standing is Standing.REPLACED:
        return "it was published anew, often under the same DOI: look up which of the two was read"
    return ""


def _shared(entry: _Known, notice: Notice) -> Reason:
    return Reason.DOI if notice.doi and notice.doi == entry.doi else Reason.PMID
