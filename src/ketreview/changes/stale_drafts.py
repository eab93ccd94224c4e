"""The drafts among the chapters, held against what the reviews say now (KR708)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from posixpath import dirname

from ketreview.changes import drafts
from ketreview.changes.drafts import Draft, Problem
from ketreview.checking.faults import EXPORT_OUT_OF_DATE
from ketreview.diagnostics import Diagnostic, Severity, Subject, fault, shown
from ketreview.document import PART_BEGINS, Document
from ketreview.linking import Corpus
from ketreview.model.manuscript import Manuscript
from ketreview.model.review import Review
from ketreview.nearest import did_you_mean
from ketreview.source import Source

Render = Callable[[str, Document], str]
FORMATS: Mapping[str, str] = {"typst": "typst", "latex": "latex", "markdown": "markdown", "quarto": "markdown"}
"""What a chapter of a language is exported as."""


def draft(corpus: Corpus, review: Review, format_: str, folder: str, render: Render) -> Draft:
    """The draft of a review's chapter as it would be written today, for a place in `folder`."""
    from ketreview.reports import chapter  # noqa: PLC0415  only a project with drafts needs it

    text = render(format_, chapter.document(corpus, review, folder))
    return drafts.read(Source("", drafts.stamped(text)))


def differences(old: Draft, new: Draft, review: str) -> Iterator[Problem]:
    """Where a draft of a review's chapter is not what would be written today."""
    from ketreview.reports.chapter import ALWAYS  # noqa: PLC0415  as above

    return drafts.differences(old, new, review, ALWAYS)


def merged(old: Draft, new: Draft, review: str, *, force: bool = False) -> str:
    """A draft of a review's chapter, its parts written anew.

    Raises:
        DraftError: a marker is wrong; or, without `force`, a part that would be replaced was edited.
    """
    from ketreview.reports.chapter import ALWAYS  # noqa: PLC0415  as above

    return drafts.merged(old, new, review, ALWAYS, force=force)


def stale_drafts(corpus: Corpus, reading: Iterable[Diagnostic], render: Render) -> Iterator[Diagnostic]:
    """What is out of date in every draft among the chapters.

    A draft of what could not be read whole is not judged: `reading` are the faults found on the way.
    """
    marked = list(drafts_among(corpus))
    unread = {finding.span.path for finding in reading if finding.severity is Severity.ERROR} if marked else set()
    stores_read = corpus.store_complete and not any(file.source.path in unread for file in corpus.bibliography)
    for chapter in marked:
        old = drafts.read(chapter.source)
        yield from (fault(EXPORT_OUT_OF_DATE, problem.span, problem.message) for problem in old.problems)
        for name in dict.fromkeys(part.review for part in old.parts.values()):
            review = corpus.review(name)
            if review is None:
                yield from _without_review(corpus, old, name)
            elif stores_read and review.where.source.path not in unread and chapter.language in FORMATS:
                yield from _of_review(corpus, chapter, old, review, render)


def drafts_among(corpus: Corpus) -> Iterator[Manuscript]:
    """The chapters that have parts made from reviews."""
    return (chapter for chapter in corpus.chapters if not chapter.plain and PART_BEGINS in chapter.source.text)


def _without_review(corpus: Corpus, old: Draft, name: str) -> Iterator[Diagnostic]:
    if corpus.reviews_complete:
        hint = did_you_mean(name, [review.id for review in corpus.reviews])
        first = next(iter(old.of(name).values()))
        yield fault(EXPORT_OUT_OF_DATE, first.named, f"there is no review {shown(name)} to make this part from{hint}")


def _of_review(corpus: Corpus, chapter: Manuscript, old: Draft, review: Review, render: Render) -> Iterator[Diagnostic]:
    path, format_ = chapter.source.path, FORMATS[chapter.language]
    new = draft(corpus, review, format_, dirname(path), render)
    anew = f"; `ketreview export {review.id} --to {format_} -o {path}` writes it anew"
    for problem in differences(old, new, review.id):
        found = fault(EXPORT_OUT_OF_DATE, problem.span, problem.message + ("" if problem.edited else anew))
        yield replace(found, subject=Subject(review=review.id))
