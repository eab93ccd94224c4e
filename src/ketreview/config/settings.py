"""What a project can set, and the defaults."""

from __future__ import annotations

from collections.abc import Mapping

from ketreview.diagnostics import Severity
from ketreview.frozen import field, frozen
from ketreview.model.profile import COCHRANE, PROFILES, Profile
from ketreview.model.vocabulary import Level, Mode
from ketreview.source import Span

DEFAULT_REVIEWS = ("reviews/*.yaml", "reviews/*.yml")
DEFAULT_BIBLIOGRAPHY = ("references.bib",)
DEFAULT_EXCLUDE = (".git", ".venv", "node_modules", "_site")
PENDING = "pending"
"""The interval, in days, after which what is declared pending has been so for too long."""
TRIALS = "trials"
"""The interval, in days, after which a trial's registry is to be read again."""
DEFAULT_INTERVALS: Mapping[str, int] = {Mode.LIVING: 90, Mode.PERIODIC: 365, PENDING: 180, TRIALS: 180}

FILE_KEYS = ("reviews", "bibliography", "staging", "chapters", "appendix", "literature", "retractions")
"""The settings that are globs of what is read, in the order it is read."""
ONE_FILE = "retractions"
"""The one of them that may be written as a text, without a list."""
GLOB_KEYS = (*FILE_KEYS, "exclude")
CODE_KEYS = ("select", "ignore")
TABLE_KEYS = ("severity", "per-file-ignores", "intervals", "crosswalk", "profiles")
BUILD_KEYS = ("name", "roots", "bibliography")
KEYS = (*GLOB_KEYS, "dialect", "builds", *CODE_KEYS, "fail-on", "baseline", "profile", *TABLE_KEYS)
FAIL_ON = ("error", "warning", "never")
DIALECTS = ("bibtex", "biblatex")


@frozen
class Build:
    """A book or site that is made of its own: `roots` are the files it starts from, `bibliography` its store files.

    Both are globs; without a list of its own a build has the whole store.
    """

    name: str
    roots: tuple[str, ...]
    bibliography: tuple[str, ...] = ()

    @property
    def globs(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Its globs, by the name of their setting."""
        return (("roots", self.roots), ("bibliography", self.bibliography))


@frozen
class Settings:
    """What a project set. `spans` says where: `reviews`, `reviews.0`, `builds.0.roots.1`, `severity.KR205`, …

    `dialect` is one of `DIALECTS`, or empty. `profile` is the guide to GRADE of ratings that name none, `profiles` are
    the project's own guides.
    """

    reviews: tuple[str, ...] = DEFAULT_REVIEWS
    bibliography: tuple[str, ...] = DEFAULT_BIBLIOGRAPHY
    staging: tuple[str, ...] = ()
    chapters: tuple[str, ...] = ()
    appendix: tuple[str, ...] = ()
    literature: tuple[str, ...] = ()
    retractions: tuple[str, ...] = ()
    dialect: str = ""
    builds: tuple[Build, ...] = ()
    exclude: tuple[str, ...] = DEFAULT_EXCLUDE
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fail_on: str = "error"
    baseline: str = ""
    intervals: Mapping[str, int] = field(default_factory=lambda: DEFAULT_INTERVALS)
    crosswalk: Mapping[str, Level] = field(default_factory=dict)
    profile: str = COCHRANE.name
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    spans: Mapping[str, Span] = field(default_factory=dict)

    def globs(self, name: str) -> tuple[str, ...]:
        """The globs of one of `FILE_KEYS`."""
        value: tuple[str, ...] = getattr(self, name)
        return value

    @property
    def known_profiles(self) -> Mapping[str, Profile]:
        """The guides to GRADE that a rating may name: the built-in ones and the project's own."""
        return {**PROFILES, **self.profiles}

    def span(self, name: str) -> Span | None:
        """Where `name` is set; None for a default."""
        return self.spans.get(name)
