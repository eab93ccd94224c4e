"""Drafts with marked parts: read, stamped with digests, compared, and written anew around an author's own text.

A part stands between two comments that begin their lines: `ketreview:begin REVIEW/PART DIGEST` and `ketreview:end`. Its
digest is that of the text as generated, so that what somebody changed since is known without any record beside the
draft. A part with nothing in it is one that the author leaves out. What stands outside of all parts is the author's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from ketreview.diagnostics import shown
from ketreview.document import PART_BEGINS, PART_ENDS
from ketreview.frozen import frozen
from ketreview.patterns import regex
from ketreview.source import Source, Span

_MARKER = regex(
    rf"(?:^|(?<=[\r\n]))(?://|%|<!--)[ \t]*(?:(?P<begin>{PART_BEGINS})|{PART_ENDS})(?![^\s>-])"
    r"(?P<words>[^\r\n]*)(?:\r\n|\n|\r|$)"
)
_BREAK = regex(r"\r\n|\n|\r")
_HEX = 12


class Problem(NamedTuple):
    """What is wrong with a draft at one place; `name` is the part's, `REVIEW/PART`, if one is meant."""

    span: Span
    message: str
    name: str = ""
    edited: bool = False


class DraftError(Exception):
    """A draft that cannot be written anew as it is."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = tuple(problems)


@frozen
class Part:
    """A part as it stands in a text: offsets of its first line, of what is between the markers, and behind its last.

    `named` is the place of its name in the first line, `digest` as written there.
    """

    name: str
    digest: str
    named: Span
    start: int
    inner: int
    inner_end: int
    end: int

    @property
    def review(self) -> str:
        """The id of the review it is made from."""
        return self.name.rpartition("/")[0]

    @property
    def text(self) -> str:
        """Its lines, with LF, without empty lines before and after."""
        return _BREAK.sub("\n", self.named.source.text[self.inner : self.inner_end]).strip("\n")

    @property
    def left_out(self) -> bool:
        """Whether the author keeps it empty."""
        return not self.text.strip()

    @property
    def edited(self) -> bool:
        """Whether its text is not what was generated."""
        return not self.left_out and digest(self.text) != self.digest


class Draft(NamedTuple):
    """The parts of a text in order, each name once, and what is wrong with its markers."""

    source: Source
    parts: Mapping[str, Part]
    problems: tuple[Problem, ...] = ()

    def of(self, review: str) -> dict[str, Part]:
        """The parts that are made from a review."""
        return {name: part for name, part in self.parts.items() if part.review == review}


def digest(text: str) -> str:
    """What a part's first line says of its text."""
    from hashlib import blake2b  # noqa: PLC0415  OpenSSL takes as long to load as a small file to read

    return blake2b(text.encode("utf-8", "replace"), digest_size=_HEX // 2).hexdigest()


def read(source: Source) -> Draft:
    """The parts of a text. Never raises; time is linear in the text's length."""
    parts: dict[str, Part] = {}
    problems: list[Problem] = []
    opened: re.Match[str] | None = None
    for marker in _MARKER.finditer(source.text):
        if marker["begin"] and opened is not None:
            problems.append(_problem(source, opened, "a part begins here and is not closed before the next one"))
        if marker["begin"]:
            opened = marker
        elif opened is None:
            problems.append(_problem(source, marker, "a part ends here that does not begin"))
        else:
            _add(parts, problems, _part(source, opened, marker))
            opened = None
    if opened is not None:
        problems.append(_problem(source, opened, "a part begins here and is not closed"))
    return Draft(source, parts, tuple(problems))


def stamped(text: str) -> str:
    """A rendered chapter with the digest of each part in its first line."""
    draft = read(Source("", text))
    out, at = [], 0
    for part in draft.parts.values():
        out += [text[at : part.named.end], f" {digest(part.text)}"]
        at = part.named.end
    return "".join([*out, text[at:]])


def differences(old: Draft, new: Draft, review: str, always: str) -> Iterator[Problem]:
    """Where a draft does not say what a review says now, `new` being the draft that would be written today.

    `always` is the part that every draft has: a text without it has taken single parts, and lacks none.
    """
    fresh, held = new.of(review), old.of(review)
    for name, part in held.items():
        if message := _difference(part, fresh.get(name)):
            yield Problem(part.named, f"part {shown(name)} {message}", name, edited=_is_edited(part, fresh.get(name)))
    lacking = [name for name in fresh if name not in held] if f"{review}/{always}" in held else []
    if lacking:
        named = ", ".join(f"`{name}`" for name in lacking)
        parts = f"part{'s' if len(lacking) > 1 else ''} {named}"
        yield Problem(next(iter(held.values())).named, f"the draft lacks the {parts}")


def merged(old: Draft, new: Draft, review: str, always: str, *, force: bool = False) -> str:
    """The text of `old` with the parts of a review as in `new`; every other line stays as it is.

    Raises:
        DraftError: a marker is wrong; or, without `force`, a part that would be replaced was edited.
    """
    fresh, held = new.of(review), old.of(review)
    edited = [problem for problem in differences(old, new, review, always) if problem.edited]
    if old.problems or (edited and not force):
        raise DraftError(old.problems or edited)
    newline = found.group() if (found := _BREAK.search(old.source.text)) else "\n"
    added = _added(held, fresh) if f"{review}/{always}" in held else {}
    out, at = list[str](), 0
    for name, part in held.items():
        goes = name not in fresh and not part.left_out
        out.append(old.source.text[at : _above(part, newline, at) if goes else part.start])
        out += [_lines(fresh[other], newline) + newline for other in added.get((name, True), ())]
        out.append(_rewritten(part, fresh.get(name), newline))
        for other in added.get((name, False), ()):
            out += ["" if out[-1].endswith(("\n", "\r")) else newline, newline, _lines(fresh[other], newline)]
        at = part.end
    return "".join([*out, old.source.text[at:]])


def _problem(source: Source, marker: re.Match[str], message: str) -> Problem:
    return Problem(Span(source, marker.start(), marker.start() + len(marker.group().rstrip())), message)


def _part(source: Source, first: re.Match[str], last: re.Match[str]) -> Part:
    words = first["words"].rstrip(" \t").removesuffix("-->").split()
    name = words[0] if words else ""
    at = first.start("words") + (first["words"].index(name) if name else 0)
    stated = words[1] if len(words) > 1 else ""
    return Part(name, stated, Span(source, at, at + len(name)), first.start(), first.end(), last.start(), last.end())


def _add(parts: dict[str, Part], problems: list[Problem], part: Part) -> None:
    if "/" not in part.name:
        place = Span(part.named.source, part.start, max(part.named.end, part.start))
        problems.append(Problem(place, "a part begins here without its name, `REVIEW/PART`"))
    elif part.name in parts:
        line = parts[part.name].named.begin.line
        problems.append(Problem(part.named, f"part {shown(part.name)} stands here again, first in line {line}"))
    else:
        parts[part.name] = part


def _difference(part: Part, fresh: Part | None) -> str:
    """How a part differs from what would be generated, in words; empty if it does not."""
    if part.left_out or (fresh is not None and fresh.digest == digest(part.text)):
        return ""
    if _is_edited(part, fresh):
        return "was edited by hand: move your own words out of it, or leave it empty to do without it"
    return "is none that the review gives now" if fresh is None else "is not what the review says now"


def _is_edited(part: Part, fresh: Part | None) -> bool:
    return part.edited and (fresh is None or digest(part.text) != fresh.digest)


def _added(held: Collection[str], fresh: Mapping[str, Part]) -> dict[tuple[str, bool], list[str]]:
    """The parts to add: below the nearest held one that goes before them (name, False), else above the first (True)."""
    out: dict[tuple[str, bool], list[str]] = {}
    anchor = (next((name for name in fresh if name in held), ""), True)
    for name in fresh:
        if name in held:
            anchor = (name, False)
        else:
            out.setdefault(anchor, []).append(name)
    return out


def _above(part: Part, newline: str, least: int) -> int:
    """Where a part begins together with the empty line above it, which goes with it."""
    empty = part.named.source.text.endswith(newline * 2, 0, part.start)
    return max(part.start - len(newline) if empty else part.start, least)


def _rewritten(part: Part, fresh: Part | None, newline: str) -> str:
    """A part as it will stand: as it is where nothing is new, in new words, or not at all."""
    as_it_is = part.named.source.text[part.start : part.end]
    if part.left_out or (fresh is not None and fresh.digest == digest(part.text) == part.digest):
        return as_it_is
    written = _lines(fresh, newline) if fresh is not None else ""
    return written if as_it_is.endswith(("\n", "\r")) else written.removesuffix(newline)


def _lines(part: Part, newline: str) -> str:
    return part.named.source.text[part.start : part.end].replace("\n", newline)
