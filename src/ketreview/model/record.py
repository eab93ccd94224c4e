"""What every record of a review has: the places of its fields, its origin, and what its sources print."""

from collections.abc import Mapping
from typing import Annotated, TypeVar, dataclass_transform

from ketreview.frozen import field, frozen
from ketreview.model.partial_date import PartialDate
from ketreview.model.places import Where
from ketreview.source import Source, Span

T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True, eq_default=False, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """Makes a frozen record class.

    Two records are the same only if they are one; a class of the model costs half as much so.
    """
    return frozen(kw_only=True, eq=False)(cls)


NOWHERE = Where.of(Source("", ""), {})


@frozen
class Ref:
    """Marks a field that names another record: `kind` is `study`, `claim`, `outcome`, …, or `entry` for a citation
    key."""

    kind: str


@frozen
class Pattern:
    """Marks a text that must match `regex` whole; `expected` says so in words."""

    regex: str
    expected: str


@frozen
class Range:
    """Marks a number that lies between `low` and `high`, both included."""

    low: float
    high: float


@frozen
class Length:
    """Marks a list of exactly `items` items."""

    items: int


@frozen
class Shorthand:
    """Marks a list of statements for which a plain text stands as one statement of field `name`."""

    name: str


Id = Annotated[str, Pattern(r"[A-Za-z0-9][A-Za-z0-9._-]*", "letters, digits, `.`, `_` and `-`")]
Text = Annotated[str, Pattern(r"(?s).*\S.*", "a text that is not empty")]
Path = Annotated[
    str,
    Pattern(r"(?!/|\\|[A-Za-z]:)(?!(.*[/\\])?\.\.([/\\]|$))[^\x00-\x1f]+", "a path inside the project"),
]
Count = Annotated[int, Range(0, 10**12)]
Interval = Annotated[tuple[float, ...], Length(2), "lower and upper bound of the 95 % confidence interval"]
Percent = Annotated[float, Range(0, 100)]
Positive = Annotated[float, Range(0, 10**15)]

EntryKey = Annotated[str, Ref("entry"), Pattern(r"\S+", "a citation key, without blanks")]
SourceId = Annotated[str, Ref("source")]
StudyId = Annotated[str, Ref("study")]
ClaimId = Annotated[str, Ref("claim")]
RatingId = Annotated[str, Ref("rating")]
TrialId = Annotated[str, Ref("trial")]
OutcomeId = Annotated[str, Ref("outcome")]
PopulationId = Annotated[str, Ref("population")]
InterventionId = Annotated[str, Ref("intervention")]
ComparisonId = Annotated[str, Ref("comparison")]


@record
class Record:
    """Anything decoded from a file; `where` holds the places of its fields."""

    where: Where = NOWHERE

    def __repr__(self) -> str:
        return f"<{type(self).__name__} at {self.where.source.path}:{self.span().begin.line}>"

    def span(self, name: str = "") -> Span:
        """The place of field `name`, or of the whole record."""
        return self.where.span(name)


@record
class Origin(Record):
    """Where a fact comes from: a source document, the place in it, and the reference labels printed there."""

    source: SourceId
    at: Annotated[Text, "the heading, table or list item of the source, as a reader finds it"] = ""
    labels: Annotated[tuple[str, ...], "the source's own reference labels for this fact"] = ()


@record
class Statement(Record):
    """What a source prints, under the field names of the record that carries it.

    Judged as the source's, never as the review's.
    """

    source: SourceId = ""
    at: Text = ""
    values: Mapping[str, str | int | float | bool]


@record
class Sourced(Record):
    """A record with provenance."""

    from_: Annotated[tuple[Origin, ...], "source document, place in it, and its labels"] = ()
    as_stated: Annotated[tuple[Statement, ...], "values that a source prints and the review does not take over"] = ()
    added: Annotated[PartialDate | None, "the day this record was added"] = None
    note: Text = ""
