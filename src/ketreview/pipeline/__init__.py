"""The whole flow on one page: files → records → corpus → findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from ketreview import checking
from ketreview.changes.stale_drafts import stale_drafts
from ketreview.checking import Selection
from ketreview.checking.faults import EXPORT_OUT_OF_DATE
from ketreview.checking.limits import cut_short
from ketreview.checking.suppressing import Suppressions
from ketreview.config import Settings
from ketreview.diagnostics import Diagnostic, Severity, Summary
from ketreview.files import BIB_SUFFIXES, REVIEW_SUFFIXES, SITE_FILES, Files
from ketreview.frozen import frozen
from ketreview.globs import below
from ketreview.linking import Corpus, Parts, link, listed_paths
from ketreview.linking.books import Book
from ketreview.linking.grouping import grouped
from ketreview.linking.noted import NotedCorpus
from ketreview.model.stated import ReadingFolder
from ketreview.parsing.bib_file import BibFile
from ketreview.parsing.bibtex import parse_bib
from ketreview.pipeline.books import appendices, books, gather_chapters, store_paths
from ketreview.pipeline.gathering import Gathering
from ketreview.pipeline.literature import gather_folders
from ketreview.pipeline.retractions import gather_exports
from ketreview.render.documents import render_document
from ketreview.timings import Timings, not_timed

if TYPE_CHECKING:
    from ketreview.parsing.reviews import ReviewFile


@frozen(slots=False)
class Project:
    """What was read of a project. `reading` are the faults found on the way, `matches` the files of each pattern."""

    corpus: Corpus
    reading: tuple[Diagnostic, ...]
    suppressions: Suppressions
    matches: Mapping[str, Sequence[str]]
    files: tuple[str, ...]


def read(
    files: Files, settings: Settings, as_of: date, extra: Iterable[str] = (), end: Callable[[str], None] = not_timed
) -> Project:
    """Reads a project, and the paths in `extra` that no setting names. Never raises for what it reads.

    `end` is told where a stage ends.
    """
    gathering = Gathering(files, settings, tuple(extra))
    end("find files")
    reviews = _reviews(gathering)
    end("read reviews")
    reviews_complete = not gathering.absent
    known = len(gathering.absent)
    store_files = dict.fromkeys([*gathering.paths("bibliography", BIB_SUFFIXES), *store_paths(gathering)])
    stores = gathering.parsed(store_files, parse_bib)
    store_complete = len(gathering.absent) == known and all(store.complete for store in stores)
    staged = gathering.parsed(gathering.paths("staging"), parse_bib)
    end("read stores")
    chapters, reached = gather_chapters(gathering, stores)
    end("read chapters")
    reading_folders = gather_folders(gathering)
    exports = gather_exports(gathering)
    end("read folders")
    whole = Book(None, frozenset(), tuple(stores), (), store_complete)
    corpus, faults = link(
        Parts(
            reviews=reviews,
            store=whole,
            sizes=_sizes(files, reviews, reading_folders),
            folders=_folders(files, reviews),
            reviews_complete=reviews_complete,
            chapters=chapters,
            books=books(gathering, chapters, reached, whole),
            staged=staged,
            appendix=appendices(gathering, chapters),
            reading=reading_folders,
            exports=exports,
        ),
        settings=settings,
        as_of=as_of,
    )
    read_files: list[ReviewFile | BibFile] = [*reviews, *stores, *staged]
    reading = [finding for file in (*read_files, *chapters, *reading_folders, *exports) for finding in file.diagnostics]
    commented = [found for file in (*read_files, *chapters, *reading_folders) for found in file.suppressions]
    accepted = {(found.span.path, found.span.start): found for found in commented}  # a file may be read as both
    end("join")
    return Project(
        NotedCorpus.of(corpus) if corpus.reviews and files.keeps_runs else corpus,  # a run in part reads reviews alone
        (*gathering.absent, *reading, *faults),
        grouped((found.span.path, found) for found in accepted.values()),
        gathering.matches,
        (
            *(file.source.path for file in (*read_files, *chapters)),
            *(name for each in reading_folders for name in each.files),
            *(export.path for export in exports),
        ),
    )


def _reviews(gathering: Gathering) -> list[ReviewFile]:
    paths = gathering.paths("reviews", REVIEW_SUFFIXES, never=SITE_FILES)
    if not paths:
        return []
    from ketreview.parsing.reviews import parse_review  # noqa: PLC0415  what reads YAML is loaded where there is some

    return gathering.parsed(paths, parse_review)


def check(
    project: Project,
    selection: Selection,
    files: Files | None = None,
    timings: Timings | None = None,
    most: int | None = None,
) -> tuple[Diagnostic, ...]:
    """Every finding of a project, in order; of each rule, no more than `most` and one that says so.

    `files` also say what became of keys that are not there any more.
    """
    corpus = project.corpus
    lost = {citation.key for citation in corpus.unresolved if not corpus.suggestions.key(citation.key)}
    if files and lost and (former := files.former_keys(lost)):
        corpus = corpus.remembering(former)
    wanted = selection.selects(EXPORT_OUT_OF_DATE)
    drafts = stale_drafts(corpus, project.reading, render_document) if wanted else ()
    if timings:
        timings.end("lost keys and drafts")
    limit = None if most is None else checking.limit_of(most, selection, project.suppressions)
    found = checking.find(corpus, selection, (*project.reading, *drafts), timings, limit)
    cut = cut_short(found, limit)
    if files and isinstance(corpus, NotedCorpus) and not cut:
        from ketreview.pipeline.keeping import facts  # noqa: PLC0415  seldom needed

        if (kept := facts(project, corpus, found, lost)) is not None:
            files.keep_run(kept, (review.where.source.path for review in corpus.known_reviews))
    return checking.judge(
        found,
        selection,
        corpus.settings,
        suppressions=project.suppressions,
        matches=project.matches,
        files=project.files,
        cut_short=cut,
    )


def summarise(findings: Sequence[Diagnostic], corpus: Corpus) -> Summary:
    """What a run checked, and how much it found."""
    severities = [finding.severity for finding in findings]
    return Summary(
        errors=severities.count(Severity.ERROR),
        warnings=severities.count(Severity.WARNING),
        infos=severities.count(Severity.INFO),
        reviews=len(corpus.reviews),
        entries=len(corpus.entries),
        citations=corpus.number_of_citations,
        unresolved=len(corpus.unresolved),
    )


def _sizes(files: Files, reviews: Iterable[ReviewFile], reading: Iterable[ReadingFolder]) -> dict[str, int | None]:
    """The size of each file that a review or a reading folder lists."""
    paths = dict.fromkeys(listed_paths(file.review for file in reviews if file.review))
    paths |= dict.fromkeys(listed.value for folder in reading for listed in folder.listed)
    return {path: files.size(path) for path in paths}


def _folders(files: Files, reviews: Iterable[ReviewFile]) -> dict[str, tuple[str, ...]]:
    """The files in each folder that a source declares, at any depth."""
    names = {source.folder for file in reviews if file.review for source in file.review.sources if source.folder}
    globs = {name: below(name) for name in sorted(names)}
    found = files.find(tuple(globs.values()))
    return {name: found[glob] for name, glob in globs.items()}
