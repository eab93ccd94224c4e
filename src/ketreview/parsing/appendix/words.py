"""Words of a text without its markup, and the title in a reference."""

from __future__ import annotations

import re
import unicodedata

from ketreview.appraisal.same_work import title_name
from ketreview.parsing.appendix.languages import Language
from ketreview.parsing.appendix.values import Found
from ketreview.patterns import regex

_MARKUP = regex(r"[#\\\[@<*_\0~{}$]|--")
_CITATIONS = regex(
    r"#cite\([^()\n]*+\)|\\[A-Za-z]*[cC]ite[A-Za-z]*+\*?(?:\[[^\[\]\n]*+\])*+\{[^{}\n]*+\}|\\bibentry\s*+\{[^{}\n]*+\}"
    r"|\[[^\[\]\n]{0,40}?@[^\[\]\n]*+\]|(?<![\w\\])-?@\{[^{}\n]*+\}|(?<![\w\\])-?@[\w:.\-]*\w(?:\[[^\[\]\n]*+\])?"
)
_LINKS = regex(
    r"#link\(\"[^\"\n]*+\"\)\[([^\[\]\n]*+)\]|#link\(\"([^\"\n]*+)\"\)|#\w{1,12}\[([^\[\]\n]*+)\]"
    r"|\\href\s*+\{[^{}\n]*+\}\s*+\{([^{}\n]*+)\}|!?\[([^\[\]\n]*+)\]\([^()\n]*+(?:\([^()\n]*+\)[^()\n]*+)*+\)"
    r"|<(https?://[^<>\s]*+)>"
)
_ACCENT = regex(r"\\([`'^\"~=.])\s*+\{?\\?([A-Za-z])\}?|\\([cuvHkr])\s*+\{\\?([A-Za-z])\}")
_COMBINING = dict(
    zip("`'^\"~=.cuvHkr", "\u0300\u0301\u0302\u0308\u0303\u0304\u0307\u0327\u0306\u030c\u030b\u0328\u030a", strict=True)
)
_COMMAND = regex(r"\\([A-Za-z]++)[ \t]*+")
_ESCAPE = regex(r"\\(\W)")
_EMPHASIS = regex(r"(?<![^\W_])[*_]{1,3}(?=\S)|(?<=[^\s*_])[*_]{1,3}(?!\w)")
_LETTERS = {"ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "aa": "å", "AA": "Å", "l": "ł"}

_QUOTED = regex(r"[“\"]([^“”\"\n]{20,500}?)[.,?!]?[”\"]|``([^`'\n]{20,500}?)[.,?!]?''")
_SENTENCE_END = regex(r"(?<!\bNo)[.](?:\\)?(?=[\s*_])\s*|\\newblock\s*")
_YEAR_IN_BRACKETS = regex(r"\((?:1[89]|20)\d\d[a-z]?(?:,[^()\n]{1,20})?\)[.,:]?\s*")
_INITIALS = regex(r"(?:[^\W\d_a-z]\.?-?){1,3}")
_LONGEST_AUTHORS = 3000
_LONGEST_TITLE = 500
_SHARE_OF_INITIALS = 0.25
_AFTER_NAME = regex(r"(?:1[89]|20)\d\d[a-z]?\)?\*{0,2}\s*(?:—|–|---|--|:|-\s)\s*")


def plain(text: str, language: Language) -> str:
    """A text without markup and citations, on one line."""
    if not _MARKUP.search(text):  # as in most headings
        return " ".join(text.split()).replace(" .", ".").strip()
    text = _CITATIONS.sub("", text)
    text = _LINKS.sub(lambda match: next(filter(None, match.groups()), ""), text)
    text = _without_commands(text) if language.backslashes else _EMPHASIS.sub("", text)
    text = _ESCAPE.sub(lambda match: " " if match[1].isspace() else match[1], text)
    text = text.replace("\0", "").replace("---", "—").replace("--", "–")
    return " ".join(text.replace("~", " ").split()).replace(" .", ".").strip()


def _without_commands(text: str) -> str:
    text = _ACCENT.sub(_accented, text)
    text = _COMMAND.sub(lambda match: _LETTERS.get(match[1], ""), text)
    return text.replace("{", "").replace("}", "").replace("$", "")


def _accented(match: re.Match[str]) -> str:
    sign, letter = (match[1], match[2]) if match[1] else (match[3], match[4])
    return unicodedata.normalize("NFC", letter + _COMBINING[sign])


def title_in(text: str, start: int, end: int, language: Language) -> Found | None:
    """The title in a reference: what stands in quotation marks, or between the authors and the journal."""
    if quoted := _QUOTED.search(text, start, end):
        return _found(text, *quoted.span(quoted.lastindex or 0), language)
    begin = _behind_authors(text, start, end)
    journal = None
    for emphasis in language.emphasis.finditer(text, begin, min(end, begin + _LONGEST_TITLE)):
        before = text[begin : emphasis.start()].rstrip().rstrip("\\").rstrip()
        if not before or before.endswith((".", "?", "!", "”", '"')):
            journal = emphasis
            break
    if journal is not None and text[begin : journal.start()].strip():
        return _found(text, begin, journal.start(), language)
    sentence = _SENTENCE_END.search(text, journal.end() if journal else begin, end)
    return _found(text, begin, sentence.start() if sentence else end, language)


def title_of_heading(text: str, start: int, end: int, language: Language) -> Found | None:
    """What stands behind author, year and a dash or colon."""
    match = _AFTER_NAME.search(text, start, end)
    return _found(text, match.end(), end, language) if match else None


def _behind_authors(text: str, start: int, end: int) -> int:
    limit = min(end, start + _LONGEST_AUTHORS)
    first = _SENTENCE_END.search(text, start, limit)
    year = _YEAR_IN_BRACKETS.search(text, start, limit)
    if year and not re.search(r"[.?!]\s+[_*]\w|\\emph|\\textit", text[start : year.start()]):
        return year.end()
    if first is not None:
        words = text[start : first.start()].replace(",", " ").replace("&", " ").split()
        initials = sum(_INITIALS.fullmatch(word) is not None for word in words)
        if "et al" in text[start : first.start()] or (words and initials / len(words) >= _SHARE_OF_INITIALS):
            return first.end()
    return start


def _found(text: str, start: int, end: int, language: Language) -> Found | None:
    words = text[start:end]
    bare = words.strip(' \t\r\n.,*_\\{}"')
    if not bare or len(bare) > _LONGEST_TITLE:
        return None
    start += words.index(bare)
    value = plain(bare, language)
    return Found(value, start, start + len(bare)) if title_name(value) else None
