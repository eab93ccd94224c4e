"""Typst's modes in one pass: markup, code and math, with what cites, labels, includes and lists.

Follows the compiler's own lexer and parser (crates/typst-syntax of Typst 0.13 to 0.15). No tree is built: the stack
holds what is open, and each mode jumps from one character that matters in it to the next.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum, auto

REFERENCE_FORMS = frozenset({"@", "#ref"})
"""Forms that Typst resolves to a label of the document as well as to an entry."""

# A newline ends a line comment and, in markup, a statement; Typst counts seven of them.
_NL = "\n\v\f\r\x85\u2028\u2029"
# Wider than an identifier; `_key_end` cuts at the first character that Unicode does not let continue one.
_ID = r"\w\-\u0080-\U0010ffff"
_REST = (
    rf"|<([{_ID}][{_ID}.:]*+)>"
    r"|(//)"
    r"|(/\*)"
    r"|(`+)"
)
_MARKUP = re.compile(rf"@([{_ID}][{_ID}.:]*){_REST}|([#$\[\]])|\\.?", re.DOTALL)
_MATH = re.compile(r"([#$])|(//)|(/\*)|(\")|\\.?", re.DOTALL)
_GROUP = re.compile(rf"(\"){_REST}|([(\[{{$)\]}}])")
_STATEMENT = re.compile(rf"(\"){_REST}|([(\[{{$)\]}};{_NL}])")

_LINE = re.compile(f"[^{_NL}]*")
_SPACE = re.compile(rf"[^\S{_NL}]*")
_COMMENT_EDGE = re.compile(r"/\*|\*/")
_COMMENT = re.compile(rf"//[^{_NL}]*|/\*.*?\*/", re.DOTALL)
_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_URL = re.compile(r"[0-9a-zA-Z!#$%&*+,\-./:;=?@_~'\[\]()]*")
_BRACKET = re.compile(r"[\[\]()]")
_NAME = re.compile(rf"[^\W\d][{_ID}]*")
_ATOM = re.compile(
    rf"(?P<name>[^\W\d][\w\-]*)|(?P<open>[(\[{{$\"`])|<[{_ID}.:]+>"
    r"|(?:0[box])?[0-9]+(?:\.(?![.\w]))?(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?:%|[0-9a-zA-Z]*)|\.[0-9]+[0-9a-zA-Z%]*"
)
_PREFIX = re.compile(r"[+\-\u2212]|not(?![\w\-])")
_OPERATOR = re.compile(r"=>|[=!<>+\-\u2212*/]=|(?![/][/*])[+\-\u2212*/<>=]|(?:and|or|in|not\s+in)(?![\w\-])")
_ELSE = re.compile(r"else(?![\w\-])")
_IF = re.compile(r"if(?![\w\-])")
_CALLEE = re.compile(r"(?<![\w\-.])(?:[\w\-.]++$|(?:include|import)(?=\s*$))")
_JOINED = re.compile(r"\s*\+")
_LAST_ARGUMENT = re.compile(r"[\s,]*\)")
_FILE_KEYWORD = re.compile(r"(?<![\w.\-])(?:include|import)\s*$")
_ADDRESS = re.compile(
    r"(?:[A-Za-z0-9\-]+\.)+(?:[a-z]{2}|com|org|net|edu|gov|mil|int|info|example|invalid|test|local)", re.ASCII
)
_LONGEST_NAME = 200
_STATEMENTS = frozenset({"let", "set", "show", "import", "include", "return"})
# What takes a label to look something up, and so defines none.
_LOOKUPS = frozenset(
    {"link", "query", "locate", "counter", "at", "final", "selector", "before", "after", "within", "where", "outline", "or", "and", "str", "repr"}
)  # fmt: skip


class _Kind(Enum):
    MARKUP = auto()
    MATH = auto()
    GROUP = auto()
    EXPRESSION = auto()


class _Step(Enum):
    """What an expression in markup still has to read."""

    PRIMARY = auto()
    POSTFIX = auto()
    OPERATOR = auto()
    BLOCK = auto()
    ELSE = auto()
    STATEMENT = auto()


class _Role(Enum):
    """What a literal in a group of code is for."""

    NOTHING = auto()
    CALL = auto()
    CITE = auto()
    REF = auto()
    LABEL = auto()
    BIBLIOGRAPHY = auto()
    FILE = auto()


@dataclass(slots=True)
class _Frame:
    """Something open. `mark` is where its last whole token ended, so that the text since then names what follows."""

    kind: _Kind
    mark: int = 0
    closer: str = ""
    role: _Role = _Role.NOTHING
    nesting: int = 0
    todo: list[_Step] = field(default_factory=list)
    first: bool = True


@dataclass(slots=True)
class Scanner:
    """Collects spans of `text`: mentions with their form, and paths; and the names of labels.

    A label given to a function is a possible one: the function may set it (`subpar.grid`) or look it up.
    """

    text: str
    mentions: list[tuple[int, int, str]] = field(default_factory=list)
    labels: set[str] = field(default_factory=set)
    possible_labels: set[str] = field(default_factory=set)
    includes: list[tuple[int, int]] = field(default_factory=list)
    bibliographies: list[tuple[int, int]] = field(default_factory=list)
    stack: list[_Frame] = field(default_factory=lambda: [_Frame(_Kind.MARKUP)])

    def run(self) -> None:
        """Reads the whole text."""
        position = _line_end(self.text, 0) if self.text.startswith("#!") else 0
        modes = {
            _Kind.MARKUP: self._markup,
            _Kind.MATH: self._math,
            _Kind.GROUP: self._group,
            _Kind.EXPRESSION: self._expression,
        }
        while position < len(self.text):
            position = modes[self.stack[-1].kind](position)

    def _open(self, kind: _Kind, position: int, closer: str = "", role: _Role = _Role.NOTHING) -> int:
        self.stack.append(_Frame(kind, position + 1, closer, role))
        return position + 1

    def _close(self, position: int) -> int:
        self.stack.pop()
        self.stack[-1].mark = position
        self.stack[-1].first = False
        return position

    def _markup(self, position: int) -> int:
        text, frame, search = self.text, self.stack[-1], _MARKUP.search
        while match := search(text, position):
            start, kind = match.start(), match.lastindex
            if kind == 1:
                position = self._reference(start)
            elif kind == 2:
                position = self._label(match.start(2), match.end(2))
            elif kind == 3:
                position = self._comment_or_link(start, position)
            elif kind == 4:
                position = _comment_end(text, start)
            elif kind == 5:
                position = _raw_end(text, start, match.end())
            elif kind is None:
                position = match.end()
            elif text[start] == "[":
                frame.nesting += 1
                position = start + 1
            elif text[start] != "]":
                return self._embedded(start)
            elif frame.nesting:
                frame.nesting -= 1
                position = start + 1
            elif len(self.stack) > 1:
                return self._close(start + 1)
            else:
                position = start + 1
        return len(text)

    def _reference(self, at: int) -> int:
        text, start = self.text, at + 1
        end = _key_end(text, start)
        if end > start and not (
            at and (text[at - 1].isalnum() or text[at - 1] in "._%+-") and self._is_address(start, end)
        ):
            self.mentions.append((start, end, "@"))
        return max(end, start)

    def _is_address(self, start: int, end: int) -> bool:
        """Whether `@` inside a word is a mail address: the compiler refuses it as a reference to nothing."""
        return _ADDRESS.fullmatch(self.text, start, end) is not None and not self.text.startswith("[", end)

    def _label(self, start: int, end: int) -> int:
        if _id_end(self.text, start, end) < end:
            return start
        self.labels.add(self.text[start:end])
        return end + 1

    def _comment_or_link(self, slashes: int, since: int) -> int:
        text = self.text
        for scheme in ("http:", "https:"):
            if slashes - len(scheme) >= since and text.startswith(scheme, slashes - len(scheme)):
                return _link_end(text, slashes + 2)
        return _line_end(text, slashes)

    def _embedded(self, position: int) -> int:
        """Opens the equation or the expression at a `$` or `#`."""
        if self.text[position] == "$":
            return self._open(_Kind.MATH, position)
        after = self._open(_Kind.EXPRESSION, position)
        self.stack[-1].todo += (_Step.POSTFIX, _Step.PRIMARY)
        return after

    def _math(self, position: int) -> int:
        text = self.text
        while match := _MATH.search(text, position):
            start, kind = match.start(), match.lastindex
            if kind == 2:
                position = _line_end(text, start)
            elif kind == 3:
                position = _comment_end(text, start)
            elif kind == 4:
                position = _string_end(text, start)
            elif kind is None:
                position = match.end()
            else:
                return self._close(start + 1) if text[start] == "$" else self._embedded(start)
        return len(text)

    def _group(self, position: int) -> int:
        return self._code(position, _GROUP)

    def _code(self, position: int, pattern: re.Pattern[str]) -> int:
        """Reads code up to what opens or closes something, or ends a statement."""
        text, frame = self.text, self.stack[-1]
        while match := pattern.search(text, position):
            start, kind = match.start(), match.lastindex
            if kind == 6:
                return self._bracket(start)
            if kind == 3:
                position = _line_end(text, start)
            elif kind == 4:
                position = _comment_end(text, start)
            else:
                if kind == 1:
                    position = self._string(start)
                elif kind == 5:
                    position = _raw_end(text, start, match.end())
                else:
                    position = match.end()
                    self._label_value(match.start(2), match.end(2))
                frame.mark = position
                frame.first = False
        return len(text)

    def _bracket(self, start: int) -> int:
        frame, mark = self.stack[-1], self.text[start]
        if mark in "({":
            return self._open(_Kind.GROUP, start, ")" if mark == "(" else "}", self._role(start))
        if mark == "[":
            return self._open(_Kind.MARKUP, start)
        if mark == "$":
            return self._open(_Kind.MATH, start)
        if frame.kind is _Kind.GROUP:
            # As the compiler recovers: any closing bracket ends the innermost group, only its own is part of it.
            return self._close(start + (mark == frame.closer))
        self.stack.pop()
        return start + (mark == ";")

    def _before(self, start: int) -> str:
        """The text between the last whole token of the open frame and `start`, comments left out."""
        gap = self.text[self.stack[-1].mark : start]
        return _COMMENT.sub("", gap) if "//" in gap or "/*" in gap else gap

    def _positional(self, start: int) -> bool:
        before = self._before(start).rstrip()
        return before.endswith(",") or (not before and self.stack[-1].first)

    def _role(self, start: int) -> _Role:
        callee = _CALLEE.search(self._before(start)[-_LONGEST_NAME:]) if self.text[start] == "(" else None
        parent = self.stack[-1].role
        if callee is None:
            inside = parent in {_Role.BIBLIOGRAPHY, _Role.FILE} and self._positional(start)
            return parent if inside else _Role.NOTHING
        *_, owner, name = ("", *callee[0].split("."))
        if name == "with":
            name = owner
        if name == "read" and parent is _Role.BIBLIOGRAPHY:
            return parent
        named = {
            "bibliography": _Role.BIBLIOGRAPHY,
            "label": _Role.LABEL,
            "ref": _Role.REF,
            "include": _Role.FILE,
            "import": _Role.FILE,
        }
        if "cite" in name.lower():
            return _Role.CITE
        return named.get(name, _Role.NOTHING if name in _LOOKUPS else _Role.CALL)

    def _string(self, start: int) -> int:
        end = _string_end(self.text, start)
        inner = (start + 1, end - 1)
        if end - start < 3 or "\\" in self.text[start:end]:
            return end
        role = self.stack[-1].role
        if role is _Role.FILE or _FILE_KEYWORD.search(self._before(start)[-_LONGEST_NAME:]):
            if self.text[start + 1] != "@" and not _JOINED.match(self.text, end):
                self.includes.append(inner)
        elif role is _Role.BIBLIOGRAPHY and self._positional(start):
            self.bibliographies.append(inner)
        elif role is _Role.LABEL and self._positional(start) and _LAST_ARGUMENT.match(self.text, end):
            self._computed_label(*inner)
        return end

    def _computed_label(self, start: int, end: int) -> None:
        """A `label("…")`: its value goes to the call around it, or to the markup that it stands in."""
        outer = self.stack[-2]
        if outer.role in {_Role.CITE, _Role.REF}:
            self.mentions.append((start, end, f"#{outer.role.name.lower()}"))
        elif outer.kind is _Kind.EXPRESSION and _Step.STATEMENT not in outer.todo:
            self.labels.add(self.text[start:end])
        elif outer.role is _Role.CALL:
            self.possible_labels.add(self.text[start:end])

    def _label_value(self, start: int, end: int) -> None:
        role = self.stack[-1].role
        if _id_end(self.text, start, end) < end:
            return
        if role in {_Role.CITE, _Role.REF}:
            if self._positional(start - 1):
                self.mentions.append((start, end, f"#{role.name.lower()}"))
        elif role is _Role.CALL:
            self.possible_labels.add(self.text[start:end])

    def _expression(self, position: int) -> int:
        """Takes the next step of an expression that stands in markup or math."""
        todo = self.stack[-1].todo
        if not todo:
            self.stack.pop()
            return position
        step = todo.pop()
        if step is _Step.STATEMENT:
            todo.append(step)
            return self._code(position, _STATEMENT)
        if step is _Step.PRIMARY:
            return self._primary(position, todo)
        if step is _Step.POSTFIX:
            return self._postfix(position, todo)
        after = self._trivia(position)
        if step is _Step.BLOCK:
            if self.text.startswith(("{", "["), after):
                return self._bracket(after)
            todo.clear()
        elif step is _Step.OPERATOR:
            if match := _OPERATOR.match(self.text, after):
                todo += (_Step.OPERATOR, _Step.POSTFIX, _Step.PRIMARY)
                return match.end()
            if self.text.startswith(".", after) and _NAME.match(self.text, after + 1):
                todo += (_Step.OPERATOR, _Step.POSTFIX)
                return after
        elif otherwise := _ELSE.match(self.text, after):
            again = _IF.match(self.text, self._trivia(otherwise.end()))
            todo += _CONDITIONAL if again else (_Step.BLOCK,)
            return again.end() if again else otherwise.end()
        return position

    def _primary(self, position: int, todo: list[_Step]) -> int:
        text = self.text
        conditional = len(todo) > 1
        after = self._trivia(position) if conditional else position
        while conditional and (prefix := _PREFIX.match(text, after)):
            after = self._trivia(prefix.end())
        atom = _ATOM.match(text, after)
        if atom is None:
            todo.clear()
            return after
        self.stack[-1].mark = after
        if atom["open"]:
            return self._opened(after, atom.end())
        return self._word(atom["name"] or "", atom.end(), todo)

    def _opened(self, start: int, end: int) -> int:
        mark = self.text[start]
        if mark == '"':
            return _string_end(self.text, start)
        if mark == "`":
            while self.text.startswith("`", end):
                end += 1
            return _raw_end(self.text, start, end)
        return self._bracket(start)

    def _word(self, word: str, end: int, todo: list[_Step]) -> int:
        if word in _STATEMENTS:
            todo.clear()
            todo.append(_Step.STATEMENT)
        elif word == "if":
            todo += _CONDITIONAL
        elif word in {"while", "for"}:
            todo += _CONDITIONAL[1:]
        elif word == "context":
            todo.append(_Step.PRIMARY)
            return self._trivia(end)
        return end

    def _postfix(self, position: int, todo: list[_Step]) -> int:
        text = self.text
        if text.startswith(("(", "["), position):
            todo.append(_Step.POSTFIX)
            return self._bracket(position)
        if text.startswith(".", position) and (name := _NAME.match(text, position + 1)):
            todo.append(_Step.POSTFIX)
            return name.end()
        return position

    def _trivia(self, position: int) -> int:
        """Skips blanks and block comments; a newline ends an expression in markup."""
        while True:
            blank = _SPACE.match(self.text, position)
            position = blank.end() if blank else position
            if not self.text.startswith("/*", position):
                return position
            position = _comment_end(self.text, position)


# Taken from the end: the condition, its block, and perhaps another branch.
_CONDITIONAL = (_Step.ELSE, _Step.BLOCK, _Step.OPERATOR, _Step.POSTFIX, _Step.PRIMARY)


def _id_end(text: str, start: int, end: int) -> int:
    if text[start:end].isascii():
        return end
    for place in range(start, end):
        if text[place] not in "-.:" and not ("a" + text[place]).isidentifier():
            return place
    return end


def _key_end(text: str, start: int) -> int:
    match = _KEY.match(text, start)
    end = _id_end(text, start, match.end()) if match else start
    while end > start and text[end - 1] in ".:":
        end -= 1
    return end


_KEY = re.compile(rf"[{_ID}.:]*")


def _line_end(text: str, position: int) -> int:
    match = _LINE.match(text, position)
    return match.end() if match else len(text)


def _comment_end(text: str, position: int) -> int:
    depth = 0
    for edge in _COMMENT_EDGE.finditer(text, position):
        depth += 1 if edge[0] == "/*" else -1
        if not depth:
            return edge.end()
    return len(text)


def _string_end(text: str, position: int) -> int:
    match = _STRING.match(text, position)
    return match.end() if match else len(text)


def _raw_end(text: str, start: int, opened: int) -> int:
    ticks = opened - start
    if ticks == 2:
        return opened
    end = text.find("`" * ticks, opened)
    return end + ticks if end >= 0 else len(text)


def _link_end(text: str, position: int) -> int:
    """The end of a bare URL: the first character no URL has, or a bracket that closes what it did not open."""
    match = _URL.match(text, position)
    end = match.end() if match else position
    opened: list[str] = []
    for bracket in _BRACKET.finditer(text, position, end):
        if bracket[0] in "([":
            opened.append(")" if bracket[0] == "(" else "]")
        elif not opened or opened.pop() != bracket[0]:
            return bracket.start()
    return end
