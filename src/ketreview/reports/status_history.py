"""Certainty and counts of every review over the commits that changed it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from ketreview.appraisal import grade
from ketreview.document import Block, Column, Document, Heading, Line, Paragraph, Table, Text, Tone, Verbatim, line
from ketreview.frozen import frozen
from ketreview.history import Commit
from ketreview.linking.ratings import lowest_stated
from ketreview.model.review import Review
from ketreview.model.vocabulary import ConcernStatus, Level, Scale
from ketreview.reports import levels
from ketreview.reports.sparkline import sparkline

REMOVED, UNREADABLE = "removed", "unreadable"
_NAME = 12


class Kept(NamedTuple):
    """A review file of a commit: what stands for its content, and the review, or None where it cannot be read."""

    content: str
    review: Review | None


class Moment(NamedTuple):
    """A commit with its review files by path."""

    commit: Commit
    files: dict[str, Kept]


@frozen
class Point:
    """A review at a commit that changed it; the first of each is how it was at the first commit that was looked at.

    `certainty` is the lowest level among critical outcomes. `note` says of a review without counts that it was removed
    there, or is unreadable.
    """

    review: str
    commit: str
    date: str
    studies: int | None
    claims: int | None
    trials: int | None
    open_concerns: int | None
    certainty: str | None
    note: str | None = None


@frozen
class HistoryAnswer:
    """The points of each review, oldest first; `commits` says how many commits were looked at."""

    version: int
    commits: int
    points: tuple[Point, ...]


def answer(moments: Sequence[Moment], reviews: Collection[str] = ()) -> HistoryAnswer:
    """The history of all reviews, or of those named, from commits that are given oldest first."""
    points = [point for point in _points(moments) if not reviews or point.review in reviews]
    names = sorted({point.review for point in points})
    return HistoryAnswer(1, len(moments), tuple(point for name in names for point in points if point.review == name))


def _points(moments: Iterable[Moment]) -> Iterator[Point]:
    """A point wherever the file of a review is not as it was, or no longer there."""
    known: dict[str, tuple[str, str]] = {}
    for commit, files in moments:
        now = {kept.review.id: (path, kept) for path, kept in sorted(files.items()) if kept.review is not None}
        for name, (path, kept) in now.items():
            if known.get(name, ("", ""))[1] != kept.content and kept.review is not None:
                yield _point(kept.review, commit)
            known[name] = (path, kept.content)
        for name, (path, content) in known.items():
            note = UNREADABLE if path in files else REMOVED
            if name not in now and content != note:
                yield Point(name, commit.id, commit.date, None, None, None, None, None, note)
                known[name] = (path, note)


def _point(review: Review, commit: Commit) -> Point:
    level = lowest_stated(review)
    return Point(
        review.id,
        commit.id,
        commit.date,
        len(review.studies),
        len(review.claims),
        len(review.trials),
        sum(concern.status is ConcernStatus.OPEN for concern in review.concerns),
        level.value if level else None,
    )


COLUMNS = (
    Column("Commit"),
    Column("Date"),
    Column("Studies", right=True),
    Column("Claims", right=True),
    Column("Trials", right=True, drop=2),
    Column("Open concerns", right=True, drop=1),
    Column("Certainty", width=2),
)


def document(answer: HistoryAnswer, *, pictures: bool = False) -> Document:
    """A table for each review, newest first; with `pictures` a line of bars for each of its figures below."""
    if not answer.points:
        return Document("History", (Paragraph(line(Text("No commit has a review.", Tone.MUTED))),))
    blocks: list[Block] = []
    for name in dict.fromkeys(point.review for point in answer.points):
        points = [point for point in answer.points if point.review == name]
        blocks += [Heading(name), Table(COLUMNS, tuple(map(_row, reversed(points))))]
        blocks += _pictures(points) if pictures else ()
    number = f"{answer.commits} commit{'' if answer.commits == 1 else 's'}"
    words = f"From the newest {number} that changed a review; --commits looks at more or fewer."
    return Document("History", (*blocks, Paragraph(line(Text(words, Tone.MUTED)))))


def _row(point: Point) -> tuple[Line, ...]:
    figures = (point.studies, point.claims, point.trials, point.open_concerns)
    said = Text(point.note, Tone.BAD) if point.note else _level(point)
    return (
        line(Text(point.commit[:10], Tone.CODE)),
        line(point.date),
        *(line("—" if figure is None else str(figure)) for figure in figures),
        line(said),
    )


def _level(point: Point) -> Text:
    return (
        Text("not rated", Tone.MUTED) if point.certainty is None else levels.shown(Level(point.certainty), Scale.GRADE)
    )


def _pictures(points: Sequence[Point]) -> Iterator[Block]:
    """Each figure as bars, oldest first, with its first and last value in words, for whom bars tell nothing."""
    if len(points) < 2:  # noqa: PLR2004  one bar shows no course
        return
    words = [(point.certainty or "not rated").replace("_", " ") for point in points]
    rows = (
        ("Studies", [point.studies for point in points], None),
        ("Claims", [point.claims for point in points], None),
        ("Certainty", [_height(point.certainty) for point in points], len(grade.LADDER)),
    )
    bars = []
    for title, values, top in rows:
        first, last = (words[at] if title == "Certainty" else _number(values[at]) for at in (0, -1))
        course = first if first == last else f"{first} → {last}"
        bars.append(f"{title.ljust(_NAME)}{sparkline(values, top)}  {course}")
    yield Verbatim("\n".join(bars))


def _height(level: str | None) -> int | None:
    """How far up the ladder a level is; nothing where there is none, the ground where there is no evidence."""
    if level is None:
        return None
    return grade.LADDER.index(Level(level)) + 1 if Level(level) in grade.LADDER else 0


def _number(value: int | None) -> str:
    return "—" if value is None else str(value)
