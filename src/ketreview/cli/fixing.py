"""`check --fix`, `--unsafe-fixes` and `--diff`: what is shown is mended, and what was done is said."""

from __future__ import annotations

import os
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, TypeVar

import typer

from ketreview.cli.session import Refusal, Session, counted, save
from ketreview.diagnostics import Diagnostic
from ketreview.files import Files, Unreadable
from ketreview.frozen import field, frozen

if TYPE_CHECKING:
    from ketreview.changes.fixing import Fixed, Seen

T = TypeVar("T")
_LISTED = 20

FixOption = Annotated[
    bool, typer.Option("--fix", help="Apply the safe fixes of what is shown; what remains is reported.")
]
UnsafeOption = Annotated[
    bool,
    typer.Option("--unsafe-fixes", help="With --fix or --diff: the fixes that need your yes, too. Alone: count them."),
]
DiffOption = Annotated[
    bool, typer.Option("--diff", help="Only show what --fix would change, and exit with 1 if there is anything.")
]


class Fixing(NamedTuple):
    """What the options of `check` ask for."""

    fix: bool
    unsafe: bool
    diff: bool
    on_stdin: bool

    @property
    def wanted(self) -> bool:
        """Whether anything is to be mended, on the disk or in a diff."""
        return self.fix or self.diff

    @property
    def takes_stdout(self) -> bool:
        """Whether the answer is the diff, or the mended text of stdin, and not what is found."""
        return self.diff or (self.fix and self.on_stdin)


def mend(session: Session, fixing: Fixing, buffers: Mapping[str, bytes], look: Callable[[Files], Seen[T]]) -> Fixed[T]:
    """Applies the fixes of what `look` shows, and gives the result: as a diff, on stdout for stdin, or to the files.

    Raises:
        Refusal: a file cannot be written, or was changed in the meantime; nothing was written then.
    """
    from ketreview.changes.change import ChangeError
    from ketreview.changes.fixing import fixed
    from ketreview.cli.output import show_diff
    from ketreview.cli.writing import write_files
    from ketreview.edits import diff

    files = _RememberingFiles(session.root, session.settings.exclude, buffers)
    try:
        done = fixed(files, look, unsafe=fixing.unsafe, refusal=files.refusal)
    except ChangeError as error:
        raise Refusal(str(error)) from None
    if fixing.diff:
        texts = {path: (done.before[path].decode(), data.decode()) for path, data in sorted(done.after.items())}
        show_diff(session, "".join(diff(path, *both) for path, both in texts.items()))
    elif buffers:
        for path, data in buffers.items():
            _give(session, done.after.get(path, data))
    elif done.after:
        write_files(session, done.after, expected=done.before)
    return done


def tell(
    session: Session,
    fixing: Fixing,
    done: Fixed[T] | None,
    remaining: Sequence[Diagnostic],
    *,
    beside: bool,
    concise: bool = False,
) -> None:
    """Says what was mended and what was not; where nothing was to be, and it is asked `beside`, what could be."""
    from ketreview.cli.output import show_findings

    if done is None:
        if beside:
            _tell_fixable(session, remaining, unsafe=fixing.unsafe)
        return
    if fixing.on_stdin and not fixing.diff and not session.options.quiet:
        show_findings(session, remaining, concise=concise, to_stderr=True)
    for left in done.left[:_LISTED]:
        begin = left.finding.span.begin
        place = f"{left.finding.span.path}:{begin.line}:{begin.column}"
        session.talk(f"not fixed: {place} {left.finding.code.id}: {left.why}")
    if len(done.left) > _LISTED:
        session.talk(f"… and {len(done.left) - _LISTED:,} more")
    session.talk(_summary(fixing, done, remaining))


def _summary(fixing: Fixing, done: Fixed[T], remaining: Iterable[Diagnostic]) -> str:
    hidden = 0 if fixing.unsafe else _counts(remaining)[False]
    more = f"; {hidden:,} more with --unsafe-fixes" if hidden else ""
    if not done.mended:
        return f"Nothing to fix{more}"
    verb = "Would fix" if fixing.diff else "Fixed"
    return f"{verb} {counted(len(done.mended), 'finding')} in {counted(len(done.after), 'file')}{more}"


def _tell_fixable(session: Session, findings: Iterable[Diagnostic], *, unsafe: bool) -> None:
    counts = _counts(findings)
    if counts[True] and not unsafe:
        more = f", {counts[False]:,} more with --unsafe-fixes" if counts[False] else ""
        session.talk(f"{counts[True]:,} can be fixed with --fix{more}")
    elif counts:
        session.talk(f"{counts.total():,} can be fixed with --fix --unsafe-fixes")


def _counts(findings: Iterable[Diagnostic]) -> Counter[bool]:
    """How many findings have a safe fix, and how many one that needs a person's yes."""
    return Counter(finding.fix.safe for finding in findings if finding.fix is not None)


@frozen
class _RememberingFiles(Files):
    """Files of a run that reads them several times, while only `buffers` change: each is what it was at first.

    So a file that another run changes meanwhile is not taken for what this one may replace.
    """

    first: dict[str, bytes | Unreadable] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    names: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def read(self, path: str) -> bytes | Unreadable:
        """As `Files.read`."""
        self.names[os.path.realpath(self.root / path)].add(path)
        if path in self.buffers:
            return self.buffers[path]
        if path not in self.first:
            self.first[path] = Files.read(self, path)
        return self.first[path]

    def recall(self, path: str) -> Any:
        """As `Files.recall`."""
        return None if path in self.buffers else self.facts.get(path)

    def keep(self, path: str, facts: Any) -> None:
        """As `Files.keep`."""
        if path not in self.buffers:
            self.facts[path] = facts

    def refusal(self, path: str) -> str:
        """Why a file of the project is not to be written; empty if it may be."""
        if self.buffers:
            return "" if path in self.buffers else "is not what stands on stdin"
        location = os.path.realpath(self.root / path)
        others = sorted(self.names[location] - {path})
        if others:
            return f"is read as {others[0]}, too"
        writable = os.access(location, os.W_OK) and os.access(Path(location).parent, os.W_OK)
        return "" if writable else "may not be written"


def _give(session: Session, data: bytes) -> None:
    """Gives a text as it is, to the file of `-o`, else to stdout."""
    if session.options.output is None:
        sys.stdout.buffer.write(data)
    else:
        save(session.options.output, data)
