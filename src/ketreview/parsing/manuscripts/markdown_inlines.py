"""The text of Markdown paragraphs to citation keys, as Pandoc reads them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import NamedTuple

from ketreview.model.manuscript import LINKED_FORM
from ketreview.parsing.manuscripts.citation_keys import PANDOC_KEY
from ketreview.parsing.manuscripts.markdown_emphasis import Emphasis
from ketreview.patterns import regex

# Each branch begins with a literal: then the engine skips to one of them by a set of characters.
_STOP = regex(r"`|\$|<|\\|@(?=[\w{])|\](?=\()|\[(?=\^)|\{(?=[{.#=\s\w])|:(?=//)")
_STOP_OR_EMPHASIS = regex(_STOP.pattern + r"|\*|_")
_RUN = regex(r"\*+|_+")
_BRACED_KEY = regex(r"\{((?:[^\s{}]++|\{[^\s{}]*+\})++)\}")
_TICKS = regex("`+")
_MATH = regex(r"\$(?!\s)(?:[^\s\\${]++|\\.|\{[^{}]*+\}|\{|\s++(?!\$))++\$(?!\d)", re.DOTALL)
_URL = regex(r"://[^\s<>\[\]\"();,`]*")
_HOST = regex(r"(?:^|[\s(\"'*_])(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,}/\S*$")
_TILDE = regex(r"(?<![\\~])~(?!~)")
_REACH = 200  # characters before an `@` in which `example.org/`, or the `~` of a subscript, is looked for
_AUTOLINK = regex(r"<(?:[A-Za-z][\w+.-]*:[^\s<>]*|[^\s<>@\"']+@[^\s<>@]+)>")
_TAG = regex(
    r"<(?:/?([A-Za-z][\w:-]*)(?:\s++[^\s\"'<>/=]++(?:\s*+=\s*+(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]++))?)*+\s*+/?>|[!?][^<>]*>)"
)
_VERBATIM_END = regex(r"</(script|style|pre|textarea)\s*>", re.IGNORECASE)
_FOOTNOTE = regex(r"\[\^[^\[\]\s]++\]")
_TARGET = regex(
    r"\(\s*+(?:<[^<>\n]*>|(?:[^\s()\\]++|\\.|\((?:[^\s()\\]++|\\.)*+\)|[ \t]++(?![\"'\s)]))*+)"
    r"(?:\s++(?:\"(?:[^\"\\]++|\\.)*+\"|'(?:[^'\\]++|\\.)*+'))?\s*+\)",
    re.DOTALL,
)
_ATTRIBUTES = regex(
    r"\{\s*+(?:(?:[#.][\w:.-]+|[=-][\w-]*|[\w:-]+=(?:\"(?:[^\"\\]++|\\.)*+\"|'(?:[^'\\]++|\\.)*+'|[^\s\"'}]*+))\s*+)++\}"
)
_TEX = regex(r"\\[A-Za-z]+\*?(?:\[[^\[\]]*+\]|\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\})*+")
_ENVIRONMENT = regex(r"\\(begin|end)\{([^{}\s]{1,50})\}")
_INCLUDE = regex(r"\{\{<\s*+include\s++(?:\"([^\"\n]+)\"|'([^'\n]+)'|([^\s\"'>]+))\s*+>\}\}")


class FoundKey(NamedTuple):
    """A key as offsets into the text, and how it is written: `@`, `-@`, `@{}`, `-@{}`, or all of a link's text."""

    start: int
    end: int
    form: str


class Inlines:
    """Scans paragraphs one by one; `keys`, `includes`, `comments` and `calls` of footnotes grow."""

    __slots__ = (
        "_absent",
        "_bracket",
        "_emphasis",
        "_end",
        "_environments",
        "_key_end",
        "_notes",
        "_start",
        "_takers",
        "_ticks",
        "_verbatim_ends",
        "calls",
        "comments",
        "includes",
        "keys",
        "text",
    )

    def __init__(self, text: str) -> None:
        self.text = text
        self.keys: list[FoundKey] = []
        self.includes: list[tuple[int, int]] = []
        self.comments: list[tuple[int, int]] = []  # what stands between `<!--` and `-->`, those included
        self.calls: list[tuple[int, int]] = []  # `[^1]`
        self._emphasis: Emphasis | None = None
        self._notes = "]:" in text and "[^" in text  # may have definitions of footnotes
        self._absent: set[str] = set()  # closers not found, so as not to look for them again
        self._environments: dict[str, list[int]] | None = None
        self._verbatim_ends: dict[str, list[int]] | None = None
        self._start = self._end = self._key_end = 0
        self._ticks: dict[int, list[int]] | None = None
        self._bracket = -1  # the first one of the paragraph, where it was looked for
        self._takers: dict[str, Callable[[int], int]] = {
            "`": self._code,
            "$": self._math,
            "<": self._angle,
            "\\": self._backslash,
            "@": self._at,
            "[": self._note,
            "]": self._target,
            "{": self._brace,
            ":": self._colon,
            "*": self._run,
            "_": self._run,
        }

    def scan(self, start: int, end: int) -> int:
        """Reads one paragraph. Gives `end`, or the offset behind a comment or raw block that runs on past it."""
        text = self.text
        if not self._matters(start, end):
            return end
        self._start, self._end, self._ticks = start, end, None
        self._bracket = -1
        self._absent -= {"$$", ">}}"}
        emphasised = text.find("*@", start, end) >= 0 or text.find("_@", start, end) >= 0
        self._emphasis = Emphasis() if emphasised else None
        search = (_STOP_OR_EMPHASIS if emphasised else _STOP).search
        takers, position = self._takers, start
        while (match := search(text, position, end)) is not None:
            position = takers[match[0]](match.start())
            if position > end:
                return position
        return end

    def close(self) -> None:
        """Lets go of what refers back to the scanner: a run collects no cycles."""
        self._takers.clear()

    def _matters(self, start: int, end: int) -> bool:
        """Whether a paragraph may hold what is looked for, or open what hides a citation behind it."""
        find = self.text.find
        return (
            find("@", start, end) >= 0
            or find("<", start, end) >= 0
            or find("\\begin", start, end) >= 0
            or (self._notes and find("[^", start, end) >= 0)
        )

    def _find(self, closer: str, start: int, end: int) -> int:
        if closer in self._absent:
            return -1
        found = self.text.find(closer, start, end)
        if found < 0:
            self._absent.add(closer)
        return found

    def _code(self, at: int) -> int:
        run = _TICKS.match(self.text, at, self._end)
        assert run is not None  # a backtick stands there  # noqa: S101
        if self._ticks is None:
            self._ticks = {}
            for match in _TICKS.finditer(self.text, at, self._end):
                self._ticks.setdefault(match.end() - match.start(), []).append(match.start())
        length = run.end() - at
        places = self._ticks.get(length, [])
        index = bisect_right(places, at)
        return places[index] + length if index < len(places) else run.end()

    def _math(self, at: int) -> int:
        if self.text.startswith("$$", at):
            close = self._find("$$", at + 3, self._end)
            if close >= 0:
                return close + 2
        match = _MATH.match(self.text, at, self._end)
        return match.end() if match else at + 1

    def _angle(self, at: int) -> int:
        text = self.text
        if text.startswith("<!--", at):
            close = self._find("-->", at + 4, len(text))
            if close >= 0:
                self.comments.append((at, close + 3))
            return close + 3 if close >= 0 else at + 1
        if (link := _AUTOLINK.match(text, at, self._end)) is not None:
            return link.end()
        tag = _TAG.match(text, at, self._end)
        if tag is None:
            return at + 1
        if tag[1] and tag[1].lower() in {"script", "style", "pre", "textarea"} and text[at + 1] != "/":
            return self._verbatim(tag[1].lower(), tag.end())
        return tag.end()

    def _verbatim(self, name: str, start: int) -> int:
        if self._verbatim_ends is None:
            self._verbatim_ends = {}
            for match in _VERBATIM_END.finditer(self.text, start):
                self._verbatim_ends.setdefault(match[1].lower(), []).append(match.start())
        return _next(self._verbatim_ends.get(name, []), start)

    def _backslash(self, at: int) -> int:
        if self.text.startswith("\\begin{", at) and (begin := _ENVIRONMENT.match(self.text, at, self._end)) is not None:
            if self._environments is None:
                self._environments = {}
                for match in _ENVIRONMENT.finditer(self.text, at):
                    if match[1] == "end":
                        self._environments.setdefault(match[2], []).append(match.start())
            return _next(self._environments.get(begin[2], []), begin.end())
        command = _TEX.match(self.text, at, self._end)
        return command.end() if command else min(at + 2, self._end)

    def _note(self, at: int) -> int:
        note = _FOOTNOTE.match(self.text, at, self._end)
        if note is not None:
            self.calls.append(note.span())
        return note.end() if note else at + 1

    def _target(self, at: int) -> int:
        # `[@key](address)` is a link around a citation, and no citation is in the address.
        if self._bracket < 0:
            self._bracket = self.text.find("[", self._start, self._end)
        target = _TARGET.match(self.text, at + 1, self._end) if 0 <= self._bracket < at else None
        if target is None:
            return at + 1
        if self.keys and self.keys[-1].end == at and self.text.startswith("[@", self.keys[-1].start - 2):
            self.keys[-1] = self.keys[-1]._replace(form=LINKED_FORM)  # or somebody's name on a network
        return target.end()

    def _brace(self, at: int) -> int:
        text = self.text
        if text.startswith("{{<", at) or text.startswith("{{{<", at):
            close = self._find(">}}", at, self._end)
            if close >= 0:
                if (include := _INCLUDE.match(text, at, self._end)) is not None:
                    self.includes.append(include.span(include.lastindex or 0))
                return close + 3
        attributes = _ATTRIBUTES.match(text, at, self._end)
        return attributes.end() if attributes else at + 1

    def _colon(self, at: int) -> int:
        url = _URL.match(self.text, at, self._end)
        return url.end() if url else at + 1

    def _at(self, at: int) -> int:
        text = self.text
        before = text[at - 1] if at > self._start else " "
        if self._emphasis is not None and self._emphasis.closed == at:
            return at + 1
        if at != self._key_end and before not in " [-;(*_" and self._is_address(before, at):
            return at + 1
        key = PANDOC_KEY.match(text, at + 1, self._end)
        braced = None if key else _BRACED_KEY.match(text, at + 1, self._end)
        if key is not None:
            start, end = key.start(), self._key_stop(*key.span())
            self._key_end = end
        elif braced is not None:
            start, end, self._key_end = *braced.span(1), braced.end()
        else:
            return at + 1
        self.keys.append(FoundKey(start, end, ("-@" if before == "-" else "@") + ("{}" if braced else "")))
        return self._key_end

    def _key_stop(self, start: int, end: int) -> int:
        """Where a key ends that is matched up to `end`: in a subscript (`H~@key~O`), before the `~` that closes it."""
        tilde = self.text.find("~", start, end)
        if tilde < 0:
            return end
        reach = self.text[max(self._start, start - _REACH) : start].split()
        return tilde if reach and len(_TILDE.findall(reach[-1])) % 2 else end

    def _run(self, at: int) -> int:
        run = _RUN.match(self.text, at, self._end)
        assert run is not None  # a `*` or `_` stands there  # noqa: S101
        if self._emphasis is not None:
            self._emphasis.take(self.text, at, run.end(), self._end)
        return run.end()

    def _is_address(self, before: str, at: int) -> bool:
        """Whether an `@` stands inside a word, behind its single full stop, or in an address without a scheme."""
        if before == ".":
            return not self.text.endswith("...", self._start, at)
        if before == "/":
            reach = self.text[max(self._start, at - _REACH) : at]
            return "." in reach and _HOST.search(reach) is not None
        return before.isalnum()


def _next(places: list[int], start: int) -> int:
    """The first of the sorted places from `start`, or `start` where there is none."""
    index = bisect_left(places, start)
    return places[index] if index < len(places) else start
