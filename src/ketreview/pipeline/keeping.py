"""What a run concludes of the whole project, kept for a next run before which little changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ketreview.changes.stale_drafts import drafts_among
from ketreview.diagnostics import Diagnostic, packed, packed_span
from ketreview.linking import Corpus, kept_store
from ketreview.linking.facts import listed_paths
from ketreview.linking.grouping import grouped
from ketreview.linking.labels import labels_of
from ketreview.linking.noted import NotedCorpus
from ketreview.linking.shared_names import shared_names
from ketreview.model.citation import Citation
from ketreview.model.entry import Entry
from ketreview.model.review import Review
from ketreview.model.suppression import Suppression

if TYPE_CHECKING:
    from ketreview.pipeline import Project

BETWEEN = "\n"
"""Between keys, and between names: one text is read sooner than a list."""
KINDS = ("chapters", "books", "staged", "appendix", "reading", "exports")
"""What a run in part does not read; whether there was any is kept."""


def facts(
    project: Project, corpus: NotedCorpus, found: Sequence[Diagnostic], lost: Iterable[str]
) -> dict[str, Any] | None:
    """What is kept; None where a run in part could not do with it.

    `found` is all that was found, whatever is accepted of it, `lost` the keys for which nothing was to be suggested.
    """
    reviews = corpus.known_reviews
    labels = frozenset(label for review in reviews for label in labels_of(review))
    names = {review.id: [*dict.fromkeys(shared_names(review, corpus, labels))] for review in reviews}
    stores = kept_store.packed(corpus.bibliography)
    if stores is None or not _can_be_kept(corpus, names):
        return None
    told = Told.of(corpus)
    in_chapters = [citation for citation in corpus.unresolved if citation.in_chapter]
    return {
        "reviews": [[*told.of_review(review), BETWEEN.join(names[review.id])] for review in reviews],
        "labels": sorted(labels),
        "stores": stores,
        "complete": corpus.store_complete,
        "works": _works(corpus),
        "retracted": sorted(corpus.retractions.retracted) if corpus.exports else [],
        "asked": [sorted(keys) for keys in (corpus.notes.listed, corpus.notes.counted, corpus.notes.first)],
        "citations": corpus.number_of_citations,
        "unresolved": len(corpus.unresolved),
        "cited_in_chapters": sorted({mention.key for chapter in corpus.chapters for mention in chapter.citations}),
        "unresolved_in_chapters": sorted({citation.key for citation in in_chapters}),
        "lost": sorted(lost),
        "former": dict(corpus.former),
        "may_cite_more": corpus.may_cite_more,
        "there_are": [kind for kind in KINDS if getattr(corpus, kind)],
        "sizes": dict(corpus.sizes),
        "folders": dict(corpus.folders),
        "known_files": sorted(corpus.known_files),
        "found": [packed(finding) for finding in found],
        "suppressions": [packed_comment(one) for comments in project.suppressions.values() for one in comments],
        "matches": dict(project.matches),
        "files": list(project.files),
    }


class Told:
    """What reviews cite and list, by the id of the review."""

    def __init__(self, cited: Iterable[Citation], unresolved: Iterable[Citation]) -> None:
        self.cited = grouped((citation.review, citation.key) for citation in cited)
        self.unresolved = grouped((citation.review, citation.key) for citation in unresolved)

    @classmethod
    def of(cls, corpus: Corpus) -> Told:
        """What the known reviews of a corpus tell."""
        return cls(corpus.in_reviews, corpus.unresolved)

    def of_review(self, review: Review) -> list[Any]:
        """Its path and id, the keys that it cites, those that no entry has, the files and the folders that it lists."""
        keys = (BETWEEN.join(found.get(review.id, ())) for found in (self.cited, self.unresolved))
        folders = [source.folder for source in review.sources if source.folder]
        return [review.where.source.path, review.id, *keys, [*listed_paths((review,))], folders]


def _can_be_kept(corpus: NotedCorpus, names: Mapping[str, Sequence[str]]) -> bool:
    """Whether all that rules asked of a review was asked of it by a name that is shared, and nothing was left out."""
    notes = corpus.notes
    ids = {review.where.source.path: review.id for review in corpus.known_reviews}
    asked = all(at in ids and (name == ids[at] or f"review {name}" in names[ids[at]]) for at, name in notes.others)
    apart = ids.keys().isdisjoint(chapter.source.path for chapter in corpus.chapters)
    texts = (*(name for own in names.values() for name in own), *(citation.key for citation in corpus.in_reviews))
    return (
        asked
        and apart
        and corpus.reviews_complete
        and corpus.cites_anything
        and not (notes.unbounded or corpus.broken_ids)
        and next(drafts_among(corpus), None) is None
        and all(BETWEEN not in text and text for text in texts)
    )


def _works(corpus: Corpus) -> list[list[Any]]:
    """The works with several keys, their entries by their places in the store."""
    works = corpus.duplicates.works
    place = {id(entry): number for number, entry in enumerate(corpus.entries)} if works else {}

    def places(entries: Iterable[Entry]) -> list[int]:
        return [place[id(entry)] for entry in entries]

    return [[places(work.entries), places(work.firsts), place[id(work.keep)]] for work in works]


def packed_comment(comment: Suppression) -> list[Any]:
    """A suppression as lists and scalars."""
    codes = [[code, packed_span(span)] for code, span in comment.codes]
    return [packed_span(comment.span), codes, comment.reason, comment.first, comment.last]
