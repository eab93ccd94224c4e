"""The whole flow on one page: files → records → corpus → findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from ketreview import checking
from ketreview.changes.stale_drafts import stale_drafts
from ketreview.checking import Selection
from ketreview.checking.faults import EXPORT_OUT_OF_DATE
from ketreview.checking.suppressing import Suppressions
from ketreview.config import Settings
from ketreview.diagnostics import Diagnostic, Severity, Summary, fault
from ketreview.files import BIB_SUFFIXES, CHAPTER_SUFFIXES, REVIEW_SUFFIXES, Files, Unreadable
from ketreview.globs import below, is_glob
from ketreview.linking import Corpus, link, listed_paths
from ketreview.parsing.bibtex import BibFile, parse_bib
from ketreview.parsing.file_faults import UNREADABLE_FILE
from ketreview.parsing.manuscripts import parse_manuscript, without_labels
from ketreview.parsing.reviews import ReviewFile, parse_review
from ketreview.render.documents import render_document
from ketreview.source import whole_file

T = TypeVar("T")


@dataclass(frozen=True)
class Project:
    """What was read of a project. `reading` are the faults found on the way, `matches` the files of each pattern."""

    corpus: Corpus
    reading: tuple[Diagnostic, ...]
    suppressions: Suppressions
    matches: Mapping[str, Sequence[str]]
    files: tuple[str, ...]


def read(files: Files, settings: Settings, as_of: date, extra: Iterable[str] = ()) -> Project:
    """Reads a project, and the paths in `extra` that no setting names. Never raises for what it reads."""
    extra = tuple(extra)
    matches = files.find((*settings.reviews, *settings.bibliography, *settings.chapters))
    review_paths = _paths(settings.reviews, matches, extra, REVIEW_SUFFIXES)
    bib_paths = _paths(settings.bibliography, matches, extra, BIB_SUFFIXES)
    chapter_paths = _paths(settings.chapters, matches, extra, CHAPTER_SUFFIXES)
    missing_chapters = _missing(settings, "chapters", settings.chapters, matches)
    missing_reviews = _missing(settings, "reviews", settings.reviews, matches)
    missing_stores = _missing(settings, "bibliography", settings.bibliography, matches)
    reviews, unread_reviews = _parsed(files, review_paths, parse_review)
    stores, unread_stores = _parsed(files, bib_paths, parse_bib)
    chapters, unread_chapters = _parsed(files, _readable(chapter_paths), parse_manuscript)
    keys = {entry.key for store in stores for entry in store.entries}
    chapters = without_labels(chapters, keys, {key.split(":")[0] for key in keys if ":" in key})
    corpus, faults = link(
        reviews,
        stores,
        settings=settings,
        as_of=as_of,
        sizes={path: files.size(path) for path in listed_paths(file.review for file in reviews if file.review)},
        store_complete=not (missing_stores or unread_stores),
        folders=_folders(files, reviews),
        reviews_complete=not (missing_reviews or unread_reviews),
        chapters=chapters,
    )
    read_files: list[ReviewFile | BibFile] = [*reviews, *stores]
    reading = [finding for file in (*read_files, *chapters) for finding in file.diagnostics]
    absent = (*missing_reviews, *missing_stores, *missing_chapters, *unread_reviews, *unread_stores, *unread_chapters)
    return Project(
        corpus,
        (*absent, *reading, *faults),
        {file.source.path: file.suppressions for file in read_files if file.suppressions},
        matches,
        (*review_paths, *bib_paths, *chapter_paths),
    )


def check(project: Project, selection: Selection) -> tuple[Diagnostic, ...]:
    """Every finding of a project, in order."""
    wanted = selection.selects(EXPORT_OUT_OF_DATE)
    drafts = stale_drafts(project.corpus, project.reading, render_document) if wanted else ()
    return checking.check(
        project.corpus,
        selection,
        reading=(*project.reading, *drafts),
        suppressions=project.suppressions,
        matches=project.matches,
        files=project.files,
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
        citations=len(corpus.citations),
        unresolved=sum(corpus.entry(citation.key) is None for citation in corpus.citations),
    )


def _paths(
    patterns: Sequence[str], matches: Mapping[str, Sequence[str]], extra: Sequence[str], suffixes: tuple[str, ...]
) -> tuple[str, ...]:
    """The files of the patterns, each once, then those of `extra` with one of `suffixes`."""
    named = [path for pattern in patterns for path in matches[pattern]]
    return tuple(dict.fromkeys([*named, *(path for path in extra if path.endswith(suffixes))]))


def _readable(paths: Iterable[str]) -> tuple[str, ...]:
    """The chapters in a language that can be read; a glob such as `book/**` names other files too."""
    return tuple(path for path in paths if path.endswith(CHAPTER_SUFFIXES))


def _folders(files: Files, reviews: Iterable[ReviewFile]) -> dict[str, tuple[str, ...]]:
    """The files in each folder that a source declares, at any depth."""
    names = {source.folder for file in reviews if file.review for source in file.review.sources if source.folder}
    globs = {name: below(name) for name in sorted(names)}
    found = files.find(tuple(globs.values()))
    return {name: found[glob] for name, glob in globs.items()}


def _missing(
    settings: Settings, name: str, paths: Sequence[str], matches: Mapping[str, Sequence[str]]
) -> list[Diagnostic]:
    """The files that the settings name by their path and that are not there."""
    return [
        fault(UNREADABLE_FILE, span, f"`{path}` cannot be read: there is no such file")
        for index, path in enumerate(paths)
        if not matches[path] and not is_glob(path) and (span := settings.span(f"{name}.{index}"))
    ]


def _parsed(files: Files, paths: Iterable[str], parse: Callable[[str, bytes], T]) -> tuple[list[T], list[Diagnostic]]:
    """The files at `paths`, parsed, and a finding for each one that cannot be read."""
    parsed, found = [], []
    for path in paths:
        data = files.read(path)
        if isinstance(data, Unreadable):
            found.append(fault(UNREADABLE_FILE, whole_file(path), f"cannot be read: {data.reason}"))
        else:
            parsed.append(parse(path, data))
    return parsed, found
