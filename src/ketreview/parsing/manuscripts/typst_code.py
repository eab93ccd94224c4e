"""What is open in a Typst file, and what a literal in code is for: a citation, a label, or a path."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import IntEnum, auto

from ketreview.parsing.manuscripts import typst_tokens as tokens
from ketreview.patterns import regex

_CALLEE = regex(r"(?<![\w\-.])(?:[\w\-.]++$|(?:include|import)(?=\s*$))")
_JOINED = regex(r"\s*\+")
_LAST_ARGUMENT = regex(r"[\s,]*\)")
_FILE_KEYWORD = regex(r"(?<![\w.\-])(?:include|import)\s*$")
_LONGEST_NAME = 200
_EMPTY_STRING = 2


class Kind(IntEnum):
    """A mode: markup, math, code in brackets, or an expression that stands in markup or math."""

    MARKUP = auto()
    MATH = auto()
    GROUP = auto()
    EXPRESSION = auto()


class Step(IntEnum):
    """What an expression in markup still has to read."""

    PRIMARY = auto()
    POSTFIX = auto()
    OPERATOR = auto()
    BLOCK = auto()
    ELSE = auto()
    STATEMENT = auto()


class Role(IntEnum):
    """What a literal in a group of code is for."""

    NOTHING = auto()
    CALL = auto()
    CITE = auto()
    REF = auto()
    LABEL = auto()
    BIBLIOGRAPHY = auto()
    FILE = auto()


_ROLES = {
    "bibliography": Role.BIBLIOGRAPHY,
    "label": Role.LABEL,
    "ref": Role.REF,
    "include": Role.FILE,
    "import": Role.FILE,
    # What takes a label to look something up, and so defines none.
    **dict.fromkeys(("link", "query", "locate", "counter", "at", "final", "selector", "before", "after"), Role.NOTHING),
    **dict.fromkeys(("within", "where", "outline", "or", "and", "str", "repr"), Role.NOTHING),
}


@dataclass(slots=True)
class Frame:
    """Something open. `mark` is where its last whole token ended, so that the text since then names what follows."""

    kind: Kind
    mark: int = 0
    closer: str = ""
    role: Role = Role.NOTHING
    nesting: int = 0
    todo: list[Step] = field(default_factory=list)
    first: bool = True


@dataclass(slots=True)
class Code:
    """Collects spans of `text`: mentions with their form, and paths; and the names of labels.

    A label given to a function is a possible one: the function may set it (`subpar.grid`) or look it up.
    """

    text: str
    mentions: list[tuple[int, int, str]] = field(default_factory=list)
    labels: set[str] = field(default_factory=set)
    possible_labels: set[str] = field(default_factory=set)
    includes: list[tuple[int, int]] = field(default_factory=list)
    bibliographies: list[tuple[int, int]] = field(default_factory=list)
    comments: list[tuple[int, int]] = field(default_factory=list)  # those that a line ends
    unclosed: tuple[int, int] = (0, 0)  # what opens a comment, raw text or a string that is never closed
    stack: list[Frame] = field(default_factory=lambda: [Frame(Kind.MARKUP)])

    def hidden(self, start: int, end: int) -> int:
        """The end of what hides text, from the span of what opens it."""
        after = tokens.hidden_end(self.text, start, end)
        if self.text.startswith("//", start):
            self.comments.append((start, after))
        elif after == len(self.text) and self.unclosed == (0, 0) and not tokens.is_closed(self.text, start, end):
            self.unclosed = (start, end)
        return after

    def open(self, kind: Kind, position: int, closer: str = "", role: Role = Role.NOTHING) -> int:
        """Opens the frame whose bracket stands at `position`, and gives the place behind it."""
        self.stack.append(Frame(kind, position + 1, closer, role))
        return position + 1

    def close(self, position: int) -> int:
        """Closes the innermost frame, of which the next is open again at `position`."""
        self.stack.pop()
        self.stack[-1].mark = position
        self.stack[-1].first = False
        return position

    def code(self, position: int, pattern: re.Pattern[str]) -> int:
        """Reads code up to what opens or closes something, or ends a statement."""
        text, frame = self.text, self.stack[-1]
        while match := pattern.match(text, position):
            kind = match.lastindex
            if kind == tokens.BRACKET:
                return self.bracket(match.start(kind))
            if kind is None:
                position = match.end()
                continue
            if kind == tokens.QUOTE:
                position = self.string(match.start(kind))
            elif kind == tokens.LABEL:
                position = match.end()
                self._label_value(match.start(kind), match.end(kind))
            else:
                position = self.hidden(*match.span(kind))
            if kind not in tokens.COMMENTS:
                frame.mark = position
                frame.first = False
        return len(text)

    def bracket(self, start: int) -> int:
        """Opens or closes what the character at `start` does in code."""
        frame, mark = self.stack[-1], self.text[start]
        if mark in "({":
            return self.open(Kind.GROUP, start, ")" if mark == "(" else "}", self._role(start))
        if mark == "[":
            return self.open(Kind.MARKUP, start)
        if mark == "$":
            return self.open(Kind.MATH, start)
        if frame.kind is Kind.GROUP:
            # As the compiler recovers: any closing bracket ends the innermost group, only its own is part of it.
            return self.close(start + (mark == frame.closer))
        self.stack.pop()
        return start + (mark == ";")

    def _before(self, start: int) -> str:
        """The text between the last whole token of the open frame and `start`, comments left out."""
        gap = self.text[self.stack[-1].mark : start]
        return tokens.COMMENT.sub("", gap) if "//" in gap or "/*" in gap else gap

    def _positional(self, start: int) -> bool:
        before = self._before(start).rstrip()
        return before.endswith(",") or (not before and self.stack[-1].first)

    def _role(self, start: int) -> Role:
        callee = _CALLEE.search(self._before(start)[-_LONGEST_NAME:]) if self.text[start] == "(" else None
        parent = self.stack[-1].role
        if callee is None:
            inside = parent in {Role.BIBLIOGRAPHY, Role.FILE} and self._positional(start)
            return parent if inside else Role.NOTHING
        *_, owner, name = ("", *callee[0].split("."))
        name = owner if name == "with" else name
        if name == "read" and parent is Role.BIBLIOGRAPHY:
            return parent
        if "cite" in name.lower():
            return Role.CITE
        return _ROLES.get(name, Role.CALL)

    def string(self, start: int) -> int:
        """Takes a string in code for what it stands for, and gives its end."""
        end = self.hidden(start, start + 1)
        inner = (start + 1, end - 1)
        if end - start <= _EMPTY_STRING or "\\" in self.text[start:end]:
            return end
        role = self.stack[-1].role
        if role is Role.FILE or _FILE_KEYWORD.search(self._before(start)[-_LONGEST_NAME:]):
            if self.text[start + 1] != "@" and not _JOINED.match(self.text, end):
                self.includes.append(inner)
        elif role is Role.BIBLIOGRAPHY and self._positional(start):
            self.bibliographies.append(inner)
        elif role is Role.LABEL and self._positional(start) and _LAST_ARGUMENT.match(self.text, end):
            self._computed_label(*inner)
        return end

    def _computed_label(self, start: int, end: int) -> None:
        """A `label("…")`: its value goes to the call around it, or to the markup that it stands in."""
        outer = self.stack[-2]
        if outer.role in {Role.CITE, Role.REF}:
            self.mentions.append((start, end, f"#{outer.role.name.lower()}"))
        elif outer.kind is Kind.EXPRESSION and Step.STATEMENT not in outer.todo:
            self.labels.add(self.text[start:end])
        elif outer.role is Role.CALL:
            self.possible_labels.add(self.text[start:end])

    def _label_value(self, start: int, end: int) -> None:
        role = self.stack[-1].role
        if tokens.id_end(self.text, start, end) < end:
            return
        if role in {Role.CITE, Role.REF}:
            if self._positional(start - 1):
                self.mentions.append((start, end, f"#{role.name.lower()}"))
        elif role is Role.CALL:
            self.possible_labels.add(self.text[start:end])
