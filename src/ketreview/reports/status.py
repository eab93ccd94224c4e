"""Where every review stands, and the project as a whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ketreview.appraisal.currency import age_in_days
from ketreview.appraisal.searches import last_search
from ketreview.diagnostics import Diagnostic, Severity
from ketreview.document import Column, Document, Line, Paragraph, Table, Text, Tone, line
from ketreview.frozen import field, frozen
from ketreview.linking import Corpus
from ketreview.linking.ratings import lowest_stated
from ketreview.model.review import Review
from ketreview.model.vocabulary import Mode, Scale, UpdateStatus
from ketreview.reports import pending
from ketreview.reports.levels import shown as level_text


@frozen
class ReferenceCounts:
    """Keys that a review cites, each once."""

    cited: int
    resolved: int
    unresolved: tuple[str, ...]


@frozen
class RatedOutcome:
    """The level of one GRADE rating."""

    outcome: str
    comparison: str | None
    population: str | None
    level: str


@frozen
class Updating:
    """Whether a review is up to date, by the Cochrane Updating Classification System."""

    status: str
    rationale: str | None
    reassess_on: str | None


@frozen
class IntegrationCounts:
    """Items of `pending`: done, not done, and not as declared."""

    done: int
    pending: int
    drift: int


@frozen
class FindingCounts:
    """Findings by severity."""

    errors: int
    warnings: int
    infos: int


@frozen
class ReviewStatus:
    """One review's line. `search_age_days` counts from the last day that the last search may have been made on."""

    id: str
    title: str
    status: str
    studies: int
    claims: int
    trials: int
    references: ReferenceCounts
    certainty: tuple[RatedOutcome, ...]
    last_search: str | None
    search_age_days: int | None
    updating: Updating | None = field(metadata={"omit": True})
    integration: IntegrationCounts
    findings: FindingCounts


@frozen
class ProjectCounts:
    """The project as a whole; `citations` and `unresolved` count places, `uncited` counts entries."""

    bibliography_files: int
    entries: int
    chapters: int
    citations: int
    unresolved: int
    uncited: int
    staged: int
    folders: int


@frozen
class StatusAnswer:
    """The whole status."""

    version: int
    as_of: str
    reviews: tuple[ReviewStatus, ...]
    project: ProjectCounts


def answer(corpus: Corpus, findings: Iterable[Diagnostic], reviews: Collection[str] = ()) -> StatusAnswer:
    """The status of all reviews, or of those named."""
    by_path: dict[str, list[Diagnostic]] = {}
    for finding in findings:
        by_path.setdefault(finding.span.path, []).append(finding)
    rows = tuple(
        _review(corpus, review, by_path.get(review.where.source.path, []))
        for review in corpus.reviews
        if not reviews or review.id in reviews
    )
    return StatusAnswer(1, corpus.as_of.isoformat(), rows, _project(corpus))


def _review(corpus: Corpus, review: Review, findings: list[Diagnostic]) -> ReviewStatus:
    searched = last_search(review)
    return ReviewStatus(
        review.id,
        review.title,
        review.status.value,
        len(review.studies),
        len(review.claims),
        len(review.trials),
        _references(corpus, review),
        tuple(
            RatedOutcome(rating.outcome, rating.comparison or None, rating.population or None, rating.level.value)
            for rating in review.certainty
            if rating.outcome and rating.scale is Scale.GRADE
        ),
        str(searched) if searched else None,
        max(age_in_days(searched, corpus.as_of), 0) if searched else None,
        _updating(review),
        _integration(corpus, review),
        count(findings),
    )


def _updating(review: Review) -> Updating | None:
    currency = review.currency
    if currency is None or currency.status is None:
        return None
    day = str(currency.reassess_on) if currency.reassess_on else None
    return Updating(currency.status.value, currency.rationale or None, day)


def count(findings: Iterable[Diagnostic]) -> FindingCounts:
    """How many findings there are of each severity."""
    severities = [finding.severity for finding in findings]
    return FindingCounts(*(severities.count(severity) for severity in Severity))


def _references(corpus: Corpus, review: Review) -> ReferenceCounts:
    cited = corpus.cited_by(review)
    unresolved = tuple(sorted(key for key in cited if corpus.entry(key) is None))
    return ReferenceCounts(len(cited), len(cited) - len(unresolved), unresolved)


def _integration(corpus: Corpus, review: Review) -> IntegrationCounts:
    items = list(pending.items(corpus, review))
    done = sum(item.finished for item in items)
    return IntegrationCounts(done, len(items) - done, sum(item.drift for item in items))


def _project(corpus: Corpus) -> ProjectCounts:
    return ProjectCounts(
        bibliography_files=len(corpus.bibliography),
        entries=len(corpus.entries),
        chapters=sum(chapter.language != "quarto" for chapter in corpus.chapters),
        citations=corpus.number_of_citations,
        unresolved=len(corpus.unresolved),
        uncited=sum(not corpus.citations_of(entry.key) for entry in corpus.entries),
        staged=sum(len(file.entries) for file in corpus.staged),
        folders=len(corpus.reading),
    )


COLUMNS = (
    Column("Review"),
    Column("Title", drop=9, width=3),
    Column("State", drop=7),
    Column("Studies", right=True),
    Column("Claims", right=True, drop=4),
    Column("Trials", right=True, drop=5),
    Column("References", right=True),
    Column("Certainty"),
    Column("Searched", right=True, drop=3),
    Column("Updating", drop=8),
    Column("Integrated", right=True),
    Column("Findings", right=True),
)


def document(answer: StatusAnswer, corpus: Corpus) -> Document:
    """A table with a line for each review, and a sentence on the project."""
    rows = tuple(_row(review, corpus) for review in answer.reviews)
    project = answer.project
    words = [
        f"{_plural(project.entries, 'entry', 'entries')} in {_plural(project.bibliography_files, 'store file')}",
        _plural(project.citations, "citation"),
        f"{project.unresolved} unresolved",
        f"{project.uncited} uncited" if corpus.reviews_complete else "uncited not known",
    ]
    words += [_plural(project.chapters, "chapter")] if project.chapters else []
    words += [f"{project.staged} staged"] if project.staged else []
    words += [_plural(project.folders, "reading folder")] if project.folders else []
    drift = sum(item.drift for item in pending.project_items(corpus))
    words += [f"{drift} declared otherwise than seen (`ketreview pending`)"] if drift else []
    tone = Tone.BAD if project.unresolved else Tone.MUTED
    table = (_table(rows, classified=any(review.updating for review in answer.reviews)),) if rows else ()
    return Document(f"Status on {answer.as_of}", (*table, Paragraph(line(Text(" · ".join(words), tone)))))


def _table(rows: tuple[tuple[Line, ...], ...], *, classified: bool) -> Table:
    """The table, with the column on updating only where a review says something of it."""
    if classified:
        return Table(COLUMNS, rows)
    kept = [index for index, column in enumerate(COLUMNS) if column.title != "Updating"]
    return Table(tuple(COLUMNS[index] for index in kept), tuple(tuple(row[index] for index in kept) for row in rows))


def _row(status: ReviewStatus, corpus: Corpus) -> tuple[Line, ...]:
    references = status.references
    integration = status.integration
    return (
        line(Text(status.id, Tone.STRONG)),
        line(status.title),
        line(Text(status.status, Tone.PLAIN if status.status == "active" else Tone.MUTED)),
        line(str(status.studies)),
        line(str(status.claims)),
        line(str(status.trials)),
        line(Text(f"{references.resolved}/{references.cited}", Tone.BAD if references.unresolved else Tone.GOOD)),
        _certainty(status, corpus),
        _search(status, corpus),
        _called(status.updating),
        _done(integration),
        _findings(status.findings),
    )


def _certainty(status: ReviewStatus, corpus: Corpus) -> Line:
    review = corpus.review(status.id)
    level = lowest_stated(review) if review else None
    return line(Text("not rated", Tone.MUTED) if level is None else level_text(level, Scale.GRADE))


def _search(status: ReviewStatus, corpus: Corpus) -> Line:
    if status.search_age_days is None:
        return line(Text("never", Tone.CAUTION))
    review = corpus.review(status.id)
    currency = review.currency if review else None
    mode = currency.mode if currency else Mode.STATIC
    interval = (currency.interval_days if currency else None) or corpus.settings.intervals.get(mode)
    late = interval is not None and status.search_age_days > interval
    return line(Text(f"{status.search_age_days} d ago", Tone.CAUTION if late else Tone.GOOD))


def _called(updating: Updating | None) -> Line:
    """The status of the classification, and the day on which it is looked at again."""
    if updating is None:
        return line(Text("—", Tone.MUTED))
    day = f", again {updating.reassess_on}" if updating.reassess_on else ""
    tone = Tone.CAUTION if updating.status == UpdateStatus.UPDATE_PENDING else Tone.PLAIN
    return line(Text(updating.status.replace("_", " ") + day, tone))


def _done(integration: IntegrationCounts) -> Line:
    total = integration.done + integration.pending
    tone = Tone.GOOD if not integration.pending else Tone.CAUTION
    drift = (Text(f" ≠{integration.drift}", Tone.BAD),) if integration.drift else ()
    return (Text(f"{integration.done}/{total}" if total else "—", tone if total else Tone.MUTED), *drift)


def _findings(findings: FindingCounts) -> Line:
    named = [
        (findings.errors, "E", Tone.BAD),
        (findings.warnings, "W", Tone.CAUTION),
        (findings.infos, "I", Tone.MUTED),
    ]
    parts = [Text(f"{number}{letter}", tone) for number, letter, tone in named if number]
    if not parts:
        return line(Text("none", Tone.GOOD))
    return tuple(item for part in parts for item in (part, Text(" ")))[:-1]


def _plural(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
