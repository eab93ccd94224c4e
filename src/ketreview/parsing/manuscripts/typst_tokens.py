"""The characters of Typst: what to jump to in each mode, and where what hides text ends."""

from __future__ import annotations

import re

from ketreview.patterns import regex

# A newline ends a line comment and, in markup, a statement; Typst counts seven of them.
_NL = "\n\v\f\r\x85\u2028\u2029"
# Wider than an identifier; `key_end` cuts at the first character that Unicode does not let continue one. Said by what
# it is not, all of it ASCII: a set of all other letters takes longer to compile than most chapters to read.
_ID = r"[^\x00-,./:-@\[-^`{-\x7f]"
_REST = r"[^\x00-,/;-@\[-^`{-\x7f]"  # the same with `.` and `:`
# What opens an expression; a `#` before anything else is an error.
_OPENER = r"[\w(\[{$\"`<.\-]"
# Each pattern jumps over what does not matter, which is many times as fast as a search.
_SHARED = rf"<({_ID}{_REST}*+)>|(//)|(/\*)|(`+)"
MARKUP = regex(
    rf"[^@</`#$\[\]\\]*+(?:@({_ID}{_REST}*+)|{_SHARED}|(?:\$\$)+|(\[+|\]+|\$|#(?={_OPENER}))"
    r"|\\.?|@+(?=@)|#+(?=#)|<+(?=<)|[@</#])",
    re.DOTALL,
)
MATH = regex(rf"[^#$/\"\\]*+(?:(#(?={_OPENER})|\$)|(//)|(/\*)|(\")|\\.?|[#/])", re.DOTALL)
GROUP = regex(rf"[^\"</`(\[{{$)\]}}]*+(?:(\")|{_SHARED}|([(\[{{$)\]}}])|[</])")
STATEMENT = regex(rf"[^\"</`(\[{{$)\]}};{_NL}]*+(?:(\")|{_SHARED}|([(\[{{$)\]}};{_NL}])|[</])")

KEY = regex(rf"{_ID}{_REST}*+")

# Groups of the patterns.
REFERENCE = QUOTE = 1
LABEL = 2
SLASHES = 3
COMMENTS = (SLASHES, 4)
BRACKET = 6

_LINE = regex(f"[^{_NL}]*")
SPACE = regex(rf"[^\S{_NL}]*")
_COMMENT_EDGE = regex(r"/\*|\*/")
COMMENT = regex(rf"//[^{_NL}]*|/\*.*?\*/", re.DOTALL)
STRING = regex(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_URL = regex(r"[0-9a-zA-Z!#$%&*+,\-./:;=?@_~'\[\]()]*")
_URL_BRACKET = regex(r"[\[\]()]")
NAME = regex(rf"[^\W\d]{_ID}*")
ATOM = regex(
    rf"(?P<name>[^\W\d][\w\-]*)|(?P<open>[(\[{{$\"`])|<{_REST}+>"
    r"|(?:0[box])?[0-9]+(?:\.(?![.\w]))?(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?:%|[0-9a-zA-Z]*)|\.[0-9]+[0-9a-zA-Z%]*"
)
PREFIX = regex(r"[+\-\u2212]|not(?![\w\-])")
OPERATOR = regex(r"=>|[=!<>+\-\u2212*/]=|(?!/[/*])[+\-\u2212*/<>=]|(?:and|or|in|not\s+in)(?![\w\-])")
ELSE = regex(r"else(?![\w\-])")
IF = regex(r"if(?![\w\-])")
_EMPTY = 2


def id_end(text: str, start: int, end: int) -> int:
    """Where the first character stands that cannot continue an identifier."""
    if text[start:end].isascii():
        return end
    for place in range(start, end):
        if text[place] not in "-.:" and not ("a" + text[place]).isidentifier():
            return place
    return end


def key_end(text: str, start: int, end: int) -> int:
    """The end of a key whose widest reading ends at `end`: what is likely to be the sentence's is not part of it."""
    end = id_end(text, start, end)
    while end > start and text[end - 1] in ".:":
        end -= 1
    return end


def line_end(text: str, position: int) -> int:
    """The end of the line."""
    match = _LINE.match(text, position)
    return match.end() if match else len(text)


def hidden_end(text: str, start: int, end: int) -> int:
    """The end of a comment, raw text or string, from the span of what opens it."""
    match text[start:end]:
        case "//":
            return line_end(text, start)
        case "/*":
            return comment_end(text, start)
        case '"':
            return string_end(text, start)
    return raw_end(text, start, end)


def is_closed(text: str, start: int, end: int) -> bool:
    """Whether a comment, raw text or a string is closed."""
    match text[start:end]:
        case '"':
            return STRING.match(text, start) is not None
        case "``":
            return True
        case "/*":
            return _comment_end(text, start) >= 0
    return text.find("`" * (end - start), end) >= 0


def comment_end(text: str, position: int) -> int:
    """The end of a block comment; they nest."""
    end = _comment_end(text, position)
    return end if end >= 0 else len(text)


def _comment_end(text: str, position: int) -> int:
    depth = 0
    for edge in _COMMENT_EDGE.finditer(text, position):
        depth += 1 if edge[0] == "/*" else -1
        if not depth:
            return edge.end()
    return -1


def string_end(text: str, position: int) -> int:
    """The end of a string."""
    match = STRING.match(text, position)
    return match.end() if match else len(text)


def raw_end(text: str, start: int, opened: int) -> int:
    """The end of raw text whose backticks stand from `start` to `opened`; two of them are empty raw text."""
    ticks = opened - start
    if ticks == _EMPTY:
        return opened
    end = text.find("`" * ticks, opened)
    return end + ticks if end >= 0 else len(text)


def link_end(text: str, position: int) -> int:
    """The end of a bare URL: the first character no URL has, or a bracket that closes what it did not open."""
    match = _URL.match(text, position)
    end = match.end() if match else position
    opened: list[str] = []
    for bracket in _URL_BRACKET.finditer(text, position, end):
        if bracket[0] in "([":
            opened.append(")" if bracket[0] == "(" else "]")
        elif not opened or opened.pop() != bracket[0]:
            return bracket.start()
    return end
