"""Fixes of findings, applied round by round in memory until none is left to apply.

A fix is applied whole or not at all. Of fixes that overlap or touch, the first by place and code is applied, and the
others are looked for anew in the text that it made. After each round the project is read again; where it is worse than
before, the round is halved until the fixes that make it so are found, and these are left.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, NamedTuple, TypeVar

from ketreview.changes.change import ChangeError
from ketreview.changes.verified import require_no_new_faults
from ketreview.diagnostics import Diagnostic, Fix, fingerprint
from ketreview.edits import Edit, edited, encoded
from ketreview.files import Files
from ketreview.frozen import frozen
from ketreview.source import BYTE_ORDER_MARK

T = TypeVar("T")
ROUNDS = 100
_TRIALS = 64
"""How often a round is read in parts, to find the fixes that do harm; what is not known to be harmless then is left."""


class Seen(NamedTuple, Generic[T]):
    """What a check of the project finds: what is `shown`, and what must not become more. `answer` holds all of it."""

    shown: Sequence[Diagnostic]
    judged: Sequence[Diagnostic]
    answer: T


class Left(NamedTuple):
    """A fix that was not applied, and why."""

    finding: Diagnostic
    why: str


@frozen(slots=False)
class Fixed(Generic[T]):
    """What fixing makes of a project: the findings that were `mended`, and each changed file before and after.

    `seen` is what is found in what it makes.
    """

    mended: tuple[Diagnostic, ...]
    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    left: tuple[Left, ...]
    seen: Seen[T]


def fixed(
    files: Files, look: Callable[[Files], Seen[T]], *, unsafe: bool, refusal: Callable[[str], str] = lambda _: ""
) -> Fixed[T]:
    """Applies the fixes of what `look` shows, the safe ones or all, until nothing is left to apply.

    `refusal` says of a path why it is not to be written; empty if it may be.

    Raises:
        ChangeError: fixes make ever more to fix, which is a bug of their rules.
    """
    mending = _Mending(files, look, unsafe, refusal)
    state = _State(look(files))
    met = [state.texts]
    while chosen := _chosen(mending.applicable(state)):
        following = mending.after_round(state, chosen)
        if following.texts in met:  # nothing was applied, or fixes undo one another
            break
        if len(met) > ROUNDS:
            codes = ", ".join(sorted({finding.code.id for finding, _ in chosen}))
            raise ChangeError(f"fixing comes to no end: leave out what goes on with --ignore {codes}, and report it")
        met.append(following.texts)
        state = following
    before = {path: data for path in state.texts if isinstance(data := files.read(path), bytes)}
    return Fixed(tuple(state.mended), before, state.texts, tuple(mending.left.values()), state.seen)


def fixable(finding: Diagnostic, *, unsafe: bool) -> bool:
    """Whether a finding has a fix that may be applied, and that changes something."""
    fix = finding.fix
    return fix is not None and (fix.safe or unsafe) and any(edit.span.text != edit.text for edit in fix.edits)


@frozen
class _State(Generic[T]):
    """What is found in the project as it is after some rounds: with `texts` for the files that changed."""

    seen: Seen[T]
    texts: Mapping[str, bytes] = field(default_factory=dict)
    mended: tuple[Diagnostic, ...] = ()


@dataclass(slots=True)
class _Mending(Generic[T]):
    """`left` are the fixes that are not applied, by what they are known by when lines move."""

    files: Files
    look: Callable[[Files], Seen[T]]
    unsafe: bool
    refusal: Callable[[str], str]
    left: dict[tuple[str, ...], Left] = field(default_factory=dict)
    trials: int = _TRIALS

    def applicable(self, state: _State[T]) -> Iterator[tuple[Diagnostic, Fix]]:
        """The fixes that may be applied now; of others it is noted why not."""
        files = self.buffered(state.texts)
        refusals: dict[str, str] = {}
        for finding in state.seen.shown:
            if finding.fix is None or not fixable(finding, unsafe=self.unsafe) or _name(finding) in self.left:
                continue
            sources = {edit.span.path: edit.span.source.text for edit in finding.fix.edits}
            for path, text in sources.items():
                refusals.setdefault(path, self.refusal(path) or _unlike(files, path, text))
            why = next((f"{path} {refusals[path]}" for path in sources if refusals[path]), "")
            if why:
                self.left[_name(finding)] = Left(finding, why)
            else:
                yield finding, finding.fix

    def after_round(self, state: _State[T], chosen: Sequence[tuple[Diagnostic, Fix]]) -> _State[T]:
        """The project with these fixes applied; those that make it worse are found by halving, and noted."""
        start, pending = state, [sorted(chosen, key=_risk)]
        applied: list[tuple[Diagnostic, Fix]] = []
        while pending:
            some = pending.pop()
            trial = [*applied, *some]
            why = "it could not be told from fixes that do harm"
            if self.trials:
                self.trials -= len(some) < len(chosen)
                texts = self.applied(start, trial)
                seen = self.look(self.buffered(texts))
                why = _harm(start.seen, seen)
                if not why:
                    applied = trial
                    state = _State(seen, texts, (*start.mended, *(finding for finding, _ in trial)))
                    continue
            if len(some) == 1 or not self.trials:
                self.left.update((_name(finding), Left(finding, why)) for finding, _ in some)
            else:
                half = len(some) // 2
                pending += (some[half:], some[:half])
        return state

    def applied(self, state: _State[T], chosen: Iterable[tuple[Diagnostic, Fix]]) -> dict[str, bytes]:
        """The bytes of each file that is not what it was at first, these fixes applied."""
        files = self.buffered(state.texts)
        edits: defaultdict[str, list[Edit]] = defaultdict(list)
        for _, fix in chosen:
            for edit in fix.edits:
                edits[edit.span.path].append(edit)
        texts = dict(state.texts)
        for path, some in edits.items():
            data = files.read(path)
            texts[path] = encoded(edited(some[0].span.source, some), data if isinstance(data, bytes) else b"")
        return {path: data for path, data in texts.items() if data != self.files.read(path)}

    def buffered(self, texts: Mapping[str, bytes]) -> Files:
        return replace(self.files, buffers={**self.files.buffers, **texts})


def _chosen(fixes: Iterable[tuple[Diagnostic, Fix]]) -> list[tuple[Diagnostic, Fix]]:
    """Those that can be applied together, the first ones first; the very same edits may mend several findings."""
    taken: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    whole: set[frozenset[Edit]] = set()
    chosen = []
    for finding, fix in sorted(fixes, key=lambda pair: pair[0].order):
        edits = frozenset(fix.edits)
        if edits not in whole:
            if any(_touches(taken[edit.span.path], edit.span.start, edit.span.end) for edit in edits):
                continue
            whole.add(edits)
            for edit in edits:
                insort(taken[edit.span.path], (edit.span.start, edit.span.end))
        chosen.append((finding, fix))
    return chosen


def _risk(pair: tuple[Diagnostic, Fix]) -> tuple[bool, str]:
    """Fixes of one kind stand together, so that halves of a round do harm or do not; the safe ones come first."""
    finding, fix = pair
    return (not fix.safe, finding.code.id)


def _touches(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a stretch overlaps or touches one of those taken, which do neither among themselves."""
    index = bisect_left(taken, (start, end))
    before = index and taken[index - 1][1] >= start
    return bool(before or (index < len(taken) and taken[index][0] <= end))


def _harm(before: Seen[T], after: Seen[T]) -> str:
    try:
        require_no_new_faults(before.judged, after.judged)
    except ChangeError as error:
        return str(error)
    return ""


def _unlike(files: Files, path: str, text: str) -> str:
    """Why edits of `text` are none of the file at `path`; empty if they are."""
    data = files.read(path)
    if not isinstance(data, bytes):
        return f"cannot be written: {data.reason}"
    body = data.removeprefix(BYTE_ORDER_MARK)
    if body == text.encode("utf-8", "replace"):
        return ""
    return "is not UTF-8" if "\ufffd" in text else "was changed since it was read"


def _name(finding: Diagnostic) -> tuple[str, ...]:
    """What a fix is known by from round to round."""
    return (fingerprint(finding), finding.message, finding.fix.title if finding.fix else "")
