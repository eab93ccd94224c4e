"""A LaTeX chapter to its citations, includes and stores: one pass from one command of interest to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from sys import maxsize

from ketreview.diagnostics import fault, shown
from ketreview.model.manuscript import MAX_CITATIONS, Link, Manuscript, Mention
from ketreview.parsing.file_faults import MANUSCRIPT_SYNTAX
from ketreview.parsing.manuscripts import latex_commands as known
from ketreview.parsing.manuscripts.latex_definitions import Definitions
from ketreview.parsing.manuscripts.tex_groups import Groups
from ketreview.parsing.suppressions import MARKER, in_chapter
from ketreview.parsing.text import decode_text
from ketreview.patterns import regex
from ketreview.source import Source, Span

_COMMENT = rf"%(?![ \t]*{re.escape(MARKER)})[^\n]*+"  # one that is passed over
_BLANK = r"(?:\s++|%[^\n]*+)*+"
_END = rf"{_BLANK}(?=,|\Z)"
# natbib and mcite: a `*` before a key joins it to the one before
_KEY = regex(
    rf"{_BLANK}(?:\*(?:\[[^\[\]\n]*+\]){{0,2}}+)?+(\{{\s*+)?+"
    rf"([^\s,{{}}%\\#*][^\s,{{}}%\\#]*+(?:\s++[^\s,{{}}%\\#]++)*+)(?(1)\s*+\}}){_END}"
)
_PATH = regex(
    rf"{_BLANK}(\\subfix\s*+\{{\s*+|\{{\s*+)?+(\"?+)([^\s\"|,{{}}%\\#]++(?:[ \t]++[^\s\",{{}}%\\#]++)*+)\2"
    rf"(?(1)\s*+\}}){_END}"
)
_REJECTED = regex(r"(?:[^,{}%\\]++|\\.|%[^\n]*+|\{[^{}]*+\})*+", re.DOTALL)
_PARAMETER = regex(rf"{_BLANK}#([1-9]){_END}")
_EVERYTHING = regex(rf"{_BLANK}\*{_END}")
_BARE_PATH = regex(r"[ \t]++(\"?+)([^\s\\{}%#\"|]++)\1")

_NAMES = (
    known.INCLUDES.keys()
    | known.STORES.keys()
    | known.INLINE
    | known.DEFINERS
    | known.NAMERS
    | known.SHORT_VERB
    | known.VERBATIM_DEFINERS
    | {"iffalse", "endinput", "detokenize", "bibitem", "bibentry", "apud", "apudonline"}
)
_ENVIRONMENTS = known.VERBATIM | known.CITING_ENVIRONMENTS.keys()
_WANTED = (
    rf"[A-Za-z@]*?(?:[cC]it|cquote)|(?:{'|'.join(sorted(_NAMES))})(?![A-Za-z@])"
    rf"|begin[ \t]*+\{{(?:{'|'.join(map(re.escape, sorted(_ENVIRONMENTS)))})\}}"
    r"|end[ \t]*+\{document\}|if[ \t]*+0[1\s]"
)
_TO_KNOWN = regex(rf"(?:[^\\%]++|{_COMMENT}|\\(?!{_WANTED}).)*+", re.DOTALL)
_COMMAND = regex(r"\\([A-Za-z@]++|.)", re.DOTALL)
_ENVIRONMENT = regex(r"[ \t]*+\{([^{}\\\n]*+)\}")
_CONDITIONAL = regex(r"%[^\n]*+|\\newif\s*+\\[A-Za-z@]++|\\(else|fi|if[A-Za-z@]*+)(?![A-Za-z@])|\\.", re.DOTALL)
_ZERO = regex(r"[ \t]*+0[1\s]")
_BRANCHES_IN_BRACES = regex(r"\*?\s*+[\[{]")
_STAR = regex(r"[ \t]*+\*?+[ \t]*+")
_OPTIONS = regex(r"\*?[ \t]*+(?:\[[^\[\]\n]*+\])?[ \t]*+")
_RAW = regex(r"\{(?:[^{}\n]++|\n(?![ \t]*+\n)|\{[^{}]*+\})*+\}")
_WHOLE_LINE = regex(r"[ \t]*+(?:%[^\n]*+)?(?:\n|\Z)(?!\s*+(?:\\fi|\\else|\}))")
_KEYS = regex(r"\s*+[A-Za-z0-9]")
_MEANT = regex(r"(?:\\[A-Za-z@]++|=)[ \t]*+\Z|[^\s]\Z")  # a condition is named, not begun
_NO_END = "no end, and hides all that follows"
_MOST_CITATIONS = 2 * MAX_CITATIONS  # they come in no strict order: what stands in an argument is read again
_MAX_INLINE, _MAX_NESTED, _MAX_INDENT = 4000, 8, 80


def parse(path: str, data: bytes) -> Manuscript:
    """Reads a LaTeX file. Never raises.

    A command of the author's own that cites its argument is known where the same file defines it; the labels are the
    keys of its own `\\bibitem`s.
    """
    source, found = decode_text(path, data)
    scanner = _Scanner(source)
    scanner.run()
    for start, end, what in scanner.unclosed:
        opened = Span(source, start, end)
        found.append(fault(MANUSCRIPT_SYNTAX, opened, f"{shown(opened.text)} has {what}"))
    return Manuscript(
        source,
        "latex",
        tuple(mention for _, mention in sorted(scanner.citations.items())),
        tuple(scanner.includes),
        tuple(scanner.stores),
        scanner.cites_all,
        frozenset(scanner.labels),
        diagnostics=tuple(found),
        suppressions=in_chapter(source, scanner.comments),
        whole=scanner.whole and not scanner.unclosed,
    )


@cache
def _to_any(short: str) -> re.Pattern[str]:
    """To the next command of any name, for a file that defines some, or to one of the characters of `short`."""
    return regex(rf"(?:[^\\%{re.escape(short)}]++|{_COMMENT}|\\[^A-Za-z@])*+")


class _Scanner:
    def __init__(self, source: Source) -> None:
        self.source = source
        # offsets stay, and TeX drops blanks at the end of a line
        self.text = source.text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in source.text else source.text
        self.end = len(self.text)
        self.groups = Groups(self.text)
        self.defined = Definitions(self.text, self.groups)
        # by offset: what stands inside an argument is read again, as text
        self.citations: dict[int, Mention] = {}
        self.last_end = 0
        self.includes: list[Link] = []
        self.stores: list[Link] = []
        self.cites_all = False
        self.labels: set[str] = set()
        self.comments: list[tuple[int, int]] = []
        self.unclosed: list[tuple[int, int, str]] = []  # what begins and has no end, with what it lacks in words
        self.whole = True

    def run(self) -> None:
        text, position = self.text, 0
        while position < self.end:
            pattern = _to_any(self.defined.short) if self.defined.own or self.defined.short else _TO_KNOWN
            skipped = pattern.match(text, position, self.end)
            position = skipped.end() if skipped else self.end
            command = _COMMAND.match(text, position, self.end)
            if command is not None:
                position = self.command(command[1], command.end())
            elif text.startswith("%", position):
                position = self.comment(position)
            elif position < self.end:
                position = self.delimited(position) if text[position] in self.defined.short else position + 1

    def comment(self, position: int) -> int:
        end = self.text.find("\n", position, self.end)
        end = end if end >= 0 else self.end
        self.comments.append((position, end))
        return end

    def command(self, name: str, after: int) -> int:
        """Reads a command, and gives the offset at which to go on; what stands in its arguments is still to be read."""
        defined = self.defined
        if name in defined.cites:
            if name == "nocite" or len(self.citations) <= _MOST_CITATIONS:
                self.cite(f"\\{name}", after, defined.cites[name])
        elif name in defined.stores:
            self.listed(name, after)
        elif name in known.INCLUDES:
            self.included(name, after)
        elif name == "bibitem":
            spans, _ = self.groups.arguments(after, "ok")
            self.labels |= {item[2] for start, stop in spans for item in self.items(_KEY, start, stop)}
        elif name == "endinput":
            self.ended(after)
        else:
            return self.skipped(name, after)
        return after

    def skipped(self, name: str, after: int) -> int:
        """The offset behind what a command hides, or defines."""
        if name in {"begin", "end"}:
            return self.environment(name, after)
        if name in known.INLINE:
            return self.inline(name, after)
        if name == "iffalse" or (name == "if" and _ZERO.match(self.text, after)):
            return self.dead(after - len(f"\\{name}"), after)
        if name == "detokenize":
            return max(after, self.groups.closing(self.groups.gap(after), long=True))
        if name in self.defined.hiding:
            return self.groups.arguments(after, self.defined.hiding[name], long=True)[1]
        return self.defined.read(name, after)

    def cite(self, form: str, after: int, shape: str) -> None:
        begin = self.groups.star(after)
        form += "*" * (begin > after)
        spans, end = self.groups.arguments(begin, shape, most=_MAX_NESTED if after < self.last_end else maxsize)
        self.last_end = max(self.last_end, end)
        if not spans and (brace := self.groups.unclosed(begin, shape)) >= 0 and _KEYS.match(self.text, brace + 1):
            lacks = "no `}` before the end of its paragraph, so that its keys are not read"
            self.unclosed.append((after - len(form.rstrip("*")), brace + 1, lacks))
        for start, stop in spans:
            for item in self.items(_KEY, start, stop):
                span = Span(self.source, *item.span(2))
                self.citations.setdefault(span.start, Mention(span.text, span, form))

    def items(self, pattern: re.Pattern[str], start: int, stop: int) -> Iterator[re.Match[str]]:
        """The items of a list with commas that `pattern` takes."""
        text = self.text
        while start < stop:
            item = pattern.match(text, start, stop)
            if item is not None:
                yield item
            elif pattern is _KEY:
                self.no_key(start, stop)
            passed = item or _REJECTED.match(text, start, stop)
            if passed is None or not text.startswith(",", passed.end()):
                return
            start = passed.end() + 1

    def no_key(self, start: int, stop: int) -> None:
        if _EVERYTHING.match(self.text, start, stop):
            self.cites_all = True
        elif parameter := _PARAMETER.match(self.text, start, stop):
            self.defined.parameter_cited(int(parameter[1]), start)

    def listed(self, name: str, after: int) -> None:
        shape = self.defined.stores[name]
        for start, stop in self.groups.arguments(self.groups.star(after), shape)[0]:
            for item in self.items(_PATH, start, stop):
                path = item[3]
                if "://" in path:
                    continue
                if name not in known.WITH_EXTENSION and not path.endswith(".bib"):
                    path += ".bib"
                self.stores.append(Link(path, Span(self.source, *item.span(3))))

    def included(self, name: str, after: int) -> None:
        spans, _ = self.groups.arguments(self.groups.star(after), known.INCLUDES[name])
        found = [_PATH.match(self.text, start, stop) for start, stop in spans]
        paths = [match for match in found if match is not None and match.end() == match.endpos]
        if paths and len(paths) == len(spans):
            folder = "".join(match[3] for match in paths)
            self.includes.append(Link(folder, Span(self.source, *paths[-1].span(3))))
        elif name == "input" and not spans and (bare := _BARE_PATH.match(self.text, after)):
            self.includes.append(Link(bare[2], Span(self.source, *bare.span(2))))

    def environment(self, command: str, after: int) -> int:
        match = _ENVIRONMENT.match(self.text, after, self.end)
        if match is None:
            return after
        name = match[1]
        if command == "end":
            self.end = after if name == "document" else self.end
        elif name in self.defined.verbatim:
            closing = f"\\end{{{name}}}"
            at = self.text.find(closing, match.end(), self.end)
            start = after - len("\\begin")
            if at < 0 and name in known.VERBATIM and self.begins_line(start):
                self.unclosed.append((start, match.end(), _NO_END))
            return self.end if at < 0 else at + len(closing)
        elif name in self.defined.environments:
            self.cite(f"\\begin{{{name}}}", match.end(), self.defined.environments[name])
        return match.end()

    def inline(self, name: str, after: int) -> int:
        """Skips `\\verb|…|` and its like, in which a `%` is no comment."""
        text = self.text
        options = (_STAR if name == "verb" else _OPTIONS).match(text, after, self.end)
        at = options.end() if options else after
        if name in {"mint", "mintinline"} and (language := _RAW.match(text, at, self.end)):
            at = language.end()
        if text.startswith("{", at) and name != "verb":
            raw = _RAW.match(text, at, self.end)
            return raw.end() if raw else after
        if at >= self.end or text[at].isspace() or text[at].isalpha() or (name in known.ADDRESSES and text[at] != "|"):
            return after
        return max(after, self.delimited(at))

    def delimited(self, position: int) -> int:
        """Skips to the next of the same character on the line."""
        text = self.text
        at = text.find(text[position], position + 1, min(position + _MAX_INLINE, self.end))
        return position + 1 if at < 0 or text.find("\n", position, at) >= 0 else at + 1

    def begins_line(self, start: int) -> bool:
        """Whether only blanks stand before `start` on its line: elsewhere it may be part of a definition."""
        return not self.text[max(start - _MAX_INDENT, 0) : start].rpartition("\n")[2].strip(" \t")

    def dead(self, start: int, position: int) -> int:
        """The offset behind the `\\fi` or `\\else` of a condition at `start` that is never true."""
        depth, ends = 0, 0
        for match in _CONDITIONAL.finditer(self.text, position, self.end):
            word = match[1]
            if word is None:
                continue
            if word in {"fi", "else"}:
                if not depth:
                    return match.end()
                depth -= word == "fi"
                ends += word == "fi"
            elif word in self.defined.conditionals or (
                word != "iff" and not _BRANCHES_IN_BRACES.match(self.text, match.end())
            ):
                depth += 1
        if not ends and self.text.startswith("}", self.groups.gap(position)):  # the body of a definition
            return position
        self.whole = False
        if not ends and not _MEANT.search(self.text, max(start - _MAX_INDENT, 0), start):
            self.unclosed.append((start, position, "no `\\fi`, and hides all that follows"))
        return self.end

    def ended(self, after: int) -> None:
        """`\\endinput` ends the file behind its line; one that may depend on a condition is passed over."""
        start = after - len("\\endinput")
        before = self.text[max(start - _MAX_INDENT, 0) : start].rpartition("\n")
        line = _WHOLE_LINE.match(self.text, after, self.end)
        if line is not None and not before[2].strip() and (before[1] or start <= _MAX_INDENT):
            self.end = line.end()
