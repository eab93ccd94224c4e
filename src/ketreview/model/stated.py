"""What texts beside the reviews state of works: annotated bibliographies and folders of what was read."""

from __future__ import annotations

from typing import NamedTuple

from ketreview.diagnostics import Diagnostic
from ketreview.frozen import frozen
from ketreview.model.partial_date import PartialDate
from ketreview.model.suppression import Suppression
from ketreview.model.vocabulary import IntegrationKind, IntegrationState
from ketreview.source import Source, Span


class Stated(NamedTuple):
    """A value, and the place that states it; the span is the value's alone."""

    value: str
    span: Span


@frozen
class Identity:
    """Which works a text is about, each name where it stands.

    DOIs are without a resolver, PMIDs digits alone. `titles` are titles of works, `citations` whole references as
    written, `keys` keys of the store, cited or named.
    """

    keys: tuple[Stated, ...] = ()
    dois: tuple[Stated, ...] = ()
    pmids: tuple[Stated, ...] = ()
    titles: tuple[Stated, ...] = ()
    citations: tuple[Stated, ...] = ()


@frozen
class Annotation:
    """A work in an annotated bibliography, from its heading to the next.

    `certainty` is as written there, what rates the whole first. `cited` are keys that its text cites, which may be
    those of other works: they are no part of its identity.
    """

    heading: Stated
    identity: Identity
    certainty: tuple[Stated, ...] = ()
    cited: tuple[Stated, ...] = ()


@frozen
class Appendix:
    """An annotated bibliography."""

    source: Source
    annotations: tuple[Annotation, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


class Rated(NamedTuple):
    """A level that a text gives, as written, and what it is of; the span is the level's alone."""

    subject: str
    value: str
    span: Span


class Declared(NamedTuple):
    """One line of a folder's status: what is said to be integrated where. The span is of the words that say it.

    `target` is a path, or the name of a chapter or appendix, as written; empty where the line names none. `key` is the
    one citation key that the line names as such.
    """

    kind: IntegrationKind
    target: str
    state: IntegrationState
    since: PartialDate | None
    span: Span
    key: str = ""


@frozen
class ReadingFolder:
    """A folder with what was read of one work, or of several.

    `path` and `files` are from the project's root. `listed` are the files its texts list, as paths from the project's
    root. `unmapped` are lines of a status block or a list of files that say nothing known. `suppressions` are those in
    all of its texts.
    """

    path: str
    files: tuple[str, ...]
    heading: Stated | None = None
    identity: Identity = Identity()
    certainty: tuple[Rated, ...] = ()
    listed: tuple[Stated, ...] = ()
    declared: tuple[Declared, ...] = ()
    unmapped: tuple[Stated, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    suppressions: tuple[Suppression, ...] = ()

    def short(self, path: str) -> str:
        """A path as it is seen from the folder, if it is of a file in it."""
        return path.removeprefix(f"{self.path}/")
