"""Typst's modes in one pass: what markup, code and math cite, label, include and list.

Follows the compiler's own lexer and parser (crates/typst-syntax of Typst 0.13 to 0.15). No tree is built: the stack
holds what is open, and each mode jumps from one character that matters in it to the next.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from ketreview.parsing.manuscripts import typst_tokens as tokens
from ketreview.parsing.manuscripts.typst_code import Code, Kind, Step
from ketreview.patterns import regex

"""Forms that Typst resolves to a label of the document as well as to an entry."""

_ADDRESS = regex(
    r"(?:[A-Za-z0-9\-]+\.)+(?:[a-z]{2}|com|org|net|edu|gov|mil|int|info|example|invalid|test|local)", re.ASCII
)
_IN_ADDRESS = "._%+-"
# Of open brackets and expressions; the compiler refuses far fewer.
_DEEPEST = 200_000
_STATEMENTS = frozenset({"let", "set", "show", "import", "include", "return"})
# Taken from the end: the condition, its block, and perhaps another branch.
_CONDITIONAL = (Step.ELSE, Step.BLOCK, Step.OPERATOR, Step.POSTFIX, Step.PRIMARY)


@dataclass(slots=True)
class Scanner(Code):
    """Reads a whole text."""

    steps: dict[Step, Callable[[int, list[Step]], int]] = field(init=False)

    def __post_init__(self) -> None:
        self.steps = {
            Step.STATEMENT: self._statement,
            Step.PRIMARY: self._primary,
            Step.POSTFIX: self._postfix,
            Step.OPERATOR: self._operator,
            Step.BLOCK: self._block,
            Step.ELSE: self._else,
        }

    def run(self) -> None:
        """Reads the whole text."""
        position = tokens.line_end(self.text, 0) if self.text.startswith("#!") else 0
        modes = {
            Kind.MARKUP: self._markup,
            Kind.MATH: self._math,
            Kind.GROUP: self._group,
            Kind.EXPRESSION: self._expression,
        }
        while position < len(self.text) and len(self.stack) < _DEEPEST:
            position = modes[self.stack[-1].kind](position)

    def _markup(self, position: int) -> int:
        text, frame, match_at = self.text, self.stack[-1], tokens.MARKUP.match
        while match := match_at(text, position):
            kind = match.lastindex
            if kind is None:
                position = match.end()
            elif kind == tokens.REFERENCE:
                position = self._reference(match.start(kind), match.end(kind))
            elif kind == tokens.LABEL:
                position = self._label(match.start(kind), match.end(kind))
            elif kind == tokens.SLASHES:
                position = self._comment_or_link(match.start(kind), position)
            elif kind != tokens.BRACKET:
                position = self.hidden(*match.span(kind))
            else:
                position = match.end()
                bracket = text[position - 1]
                count = position - match.start(kind)
                if bracket == "[":
                    frame.nesting += count
                elif bracket != "]":
                    return self._embedded(position - 1)
                elif count > frame.nesting and len(self.stack) > 1:
                    return self.close(match.start(kind) + frame.nesting + 1)
                else:
                    frame.nesting = max(0, frame.nesting - count)
        return len(text)

    def _reference(self, start: int, widest: int) -> int:
        end = tokens.key_end(self.text, start, widest)
        if end > start and not self._is_address(start, end):
            self.mentions.append((start, end, "@"))
        return end

    def _is_address(self, start: int, end: int) -> bool:
        """Whether it is a mail address: the compiler refuses one in bare text, as a reference to nothing."""
        text = self.text
        before = text[start - 2] if start > 1 else ""
        if not (before.isalnum() or before in _IN_ADDRESS) or text.startswith("[", end):
            return False
        return _ADDRESS.fullmatch(text, start, end) is not None

    def _label(self, start: int, end: int) -> int:
        if tokens.id_end(self.text, start, end) < end:
            return start
        self.labels.add(self.text[start:end])
        return end + 1

    def _comment_or_link(self, slashes: int, since: int) -> int:
        text = self.text
        for scheme in ("http:", "https:"):
            if slashes - len(scheme) >= since and text.startswith(scheme, slashes - len(scheme)):
                return tokens.link_end(text, slashes + 2)
        return self.hidden(slashes, slashes + 2)

    def _embedded(self, position: int) -> int:
        """Opens the equation or the expression at a `$` or `#`."""
        if self.text[position] == "$":
            return self.open(Kind.MATH, position)
        after = self.open(Kind.EXPRESSION, position)
        self.stack[-1].todo += (Step.POSTFIX, Step.PRIMARY)
        return after

    def _math(self, position: int) -> int:
        text = self.text
        while match := tokens.MATH.match(text, position):
            kind = match.lastindex
            if kind is None:
                position = match.end()
            elif kind != 1:
                position = self.hidden(*match.span(kind))
            elif text[match.end() - 1] == "$":
                return self.close(match.end())
            else:
                return self._embedded(match.end() - 1)
        return len(text)

    def _group(self, position: int) -> int:
        return self.code(position, tokens.GROUP)

    def _expression(self, position: int) -> int:
        """Takes the next step of an expression that stands in markup or math."""
        todo = self.stack[-1].todo
        if not todo:
            self.stack.pop()
            return position
        return self.steps[todo.pop()](position, todo)

    def _statement(self, position: int, todo: list[Step]) -> int:
        todo.append(Step.STATEMENT)
        return self.code(position, tokens.STATEMENT)

    def _block(self, position: int, todo: list[Step]) -> int:
        after = self._trivia(position)
        if self.text.startswith(("{", "["), after):
            return self.bracket(after)
        todo.clear()
        return position

    def _operator(self, position: int, todo: list[Step]) -> int:
        after = self._trivia(position)
        if match := tokens.OPERATOR.match(self.text, after):
            todo += (Step.OPERATOR, Step.POSTFIX, Step.PRIMARY)
            return match.end()
        if self.text.startswith(".", after) and tokens.NAME.match(self.text, after + 1):
            todo += (Step.OPERATOR, Step.POSTFIX)
            return after
        return position

    def _else(self, position: int, todo: list[Step]) -> int:
        otherwise = tokens.ELSE.match(self.text, self._trivia(position))
        if otherwise is None:
            return position
        again = tokens.IF.match(self.text, self._trivia(otherwise.end()))
        todo += _CONDITIONAL if again else (Step.BLOCK,)
        return again.end() if again else otherwise.end()

    def _primary(self, position: int, todo: list[Step]) -> int:
        text = self.text
        conditional = len(todo) > 1
        after = self._trivia(position) if conditional else position
        while conditional and (prefix := tokens.PREFIX.match(text, after)):
            after = self._trivia(prefix.end())
        atom = tokens.ATOM.match(text, after)
        if atom is None:
            todo.clear()
            return after
        self.stack[-1].mark = after
        if text[after] == "<" and not conditional:
            self.labels.add(atom[0][1:-1])
        if atom["open"]:
            return self._opened(after, atom.end())
        return self._word(atom["name"] or "", atom.end(), todo)

    def _opened(self, start: int, end: int) -> int:
        mark = self.text[start]
        if mark == '"':
            return self.hidden(start, end)
        if mark == "`":
            while self.text.startswith("`", end):
                end += 1
            return self.hidden(start, end)
        return self.bracket(start)

    def _word(self, word: str, end: int, todo: list[Step]) -> int:
        if word in _STATEMENTS:
            todo.clear()
            todo.append(Step.STATEMENT)
        elif word == "if":
            todo += _CONDITIONAL
        elif word in {"while", "for"}:
            todo += _CONDITIONAL[1:]
        elif word == "context":
            todo.append(Step.PRIMARY)
            return self._trivia(end)
        return end

    def _postfix(self, position: int, todo: list[Step]) -> int:
        text = self.text
        if text.startswith(("(", "["), position):
            todo.append(Step.POSTFIX)
            return self.bracket(position)
        if text.startswith(".", position) and (name := tokens.NAME.match(text, position + 1)):
            todo.append(Step.POSTFIX)
            return name.end()
        return position

    def _trivia(self, position: int) -> int:
        """Skips blanks and block comments; a newline ends an expression in markup."""
        while True:
            blank = tokens.SPACE.match(self.text, position)
            position = blank.end() if blank else position
            if not self.text.startswith("/*", position):
                return position
            position = self.hidden(position, position + len("/*"))
