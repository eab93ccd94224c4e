"""Numbers of books and serials: the ISBNs and ISSNs that a value holds, and what is wrong with them.

An ISBN has ten or thirteen digits, the last a check digit (ISO 2108); before 1970 there was the SBN of nine, an ISBN-10
without its leading zero. An ISSN has eight (ISO 3297). As a bar code an ISSN begins with 977. The last sign of both
short forms may be an X. Hyphens and blanks mean nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from ketreview.patterns import regex

_LABEL = regex(r"(?:\b[ep][- ]?)?IS[BS]N(?:-L\b)?(?:[- ]?1[03](?![\d-]*\d{4}))?\s*[:=]?", re.IGNORECASE | re.ASCII)
_RUN = regex(r"\d[\d -]*(?:[Xx](?![A-Za-z]))?", re.ASCII)
_DOI = regex(r"\b10\.\d{4,9}/\S", re.ASCII)
_MARKUP = str.maketrans({"{": "", "}": "", "~": " ", "\\": "", **dict.fromkeys("‐‑‒–—―−", "-")})
_SINGLE = frozenset({8, 9, 10, 13})
_GLUED = (8, 10, 13)
_FEWEST = 8
_LONGEST = 2048
_SERIAL, _OLD, _SHORT, _LONG = 8, 9, 10, 13


class Misfit(NamedTuple):
    """A number that does not belong where it stands, as written.

    `problem` is `check digit` (`wanted` is the right one), `length` (`wanted` is its own), `isbn`, `issn`, `bar code`
    (of a serial; `wanted` is its ISSN), `doi`, `prefix` or `no number`.
    """

    number: str
    problem: str
    wanted: str = ""


@lru_cache(maxsize=2048)  # a store has each of its journals many times
def isbn_misfits(text: str) -> tuple[Misfit, ...]:
    """What of a value of `isbn` is no ISBN."""
    return tuple(_misfits(text, _isbn_misfit))


@lru_cache(maxsize=2048)
def issn_misfits(text: str) -> tuple[Misfit, ...]:
    """What of a value of `issn` is no ISSN."""
    return tuple(_misfits(text, _issn_misfit))


def _misfits(text: str, misfit_of: Callable[[str], Misfit | None]) -> Iterator[Misfit]:
    folded = " ".join(text[:_LONGEST].translate(_MARKUP).split())
    if _DOI.search(folded):
        yield Misfit(folded, "doi")
        return
    numbers = dict.fromkeys(numbers_in(folded))
    if folded and not numbers:
        yield Misfit(folded, "no number")
    yield from (found for number in numbers if (found := misfit_of(number)))


def numbers_in(text: str) -> list[str]:
    """The numbers in a list of them, as written; what is too short for one is left out, if there is a longer one."""
    runs = [run.rstrip(" -") for run in _RUN.findall(_LABEL.sub(";", text))]
    numbers = [number for run in runs for number in _parted(run)]
    long = [number for number in numbers if len(compact(number)) >= _FEWEST]
    return long or numbers[:1]


def compact(number: str) -> str:
    """A number without its hyphens and blanks."""
    return number.replace("-", "").replace(" ", "").upper()


def _parted(run: str) -> list[str]:
    """The numbers of a run of digits: one, several with blanks between, or several of one kind without."""
    digits, words = compact(run), run.split()
    if len(words) > 1 and all(len(compact(word)) in _SINGLE for word in words):
        return words
    for size in _GLUED:
        parts = [digits[start : start + size] for start in range(0, len(digits), size)]
        if len(digits) > size and len(digits) % size == 0 and all(is_standard(part) for part in parts):
            return parts
    return [run]


def is_standard(digits: str) -> bool:
    """Whether digits are an ISBN or an ISSN with a right check digit."""
    from stdnum import isbn, issn  # noqa: PLC0415  loaded only where a number is looked at: it takes 0.03 s

    return issn.is_valid(digits) if len(digits) == _SERIAL else isbn.is_valid(digits)


def _isbn_misfit(number: str) -> Misfit | None:
    digits = compact(number)
    if len(digits) == _LONG:
        return _of_bar_code(number, digits)
    if is_standard(digits) and len(digits) in {_OLD, _SHORT}:
        return None
    if len(digits) == _SHORT:
        return Misfit(number, "check digit", _last_of_isbn(digits))
    if len(digits) == _SERIAL and (is_standard(digits) or number[4:5] == "-"):
        return Misfit(number, "issn")
    return Misfit(number, "length", str(len(digits)))


def _of_bar_code(number: str, digits: str) -> Misfit | None:
    """What is wrong with thirteen digits as an ISBN; 979-0 is music's ISMN, with the same check digit."""
    from stdnum import ean  # noqa: PLC0415  as above

    if digits.startswith("977"):
        return Misfit(number, "bar code", _issn_of(digits))
    if not digits.startswith(("978", "979")):
        return Misfit(number, "prefix")
    wanted = ean.calc_check_digit(digits[:-1])
    return None if wanted == digits[-1] else Misfit(number, "check digit", wanted)


def _issn_misfit(number: str) -> Misfit | None:
    from stdnum import issn  # noqa: PLC0415  as above

    digits = compact(number)
    if len(digits) == _SERIAL:
        wanted = issn.calc_check_digit(digits[:-1])
        return None if wanted == digits[-1] else Misfit(number, "check digit", wanted)
    if len(digits) == _LONG and digits.startswith("977"):
        return Misfit(number, "bar code", _issn_of(digits))
    if (len(digits) == _LONG and digits.startswith(("978", "979"))) or (len(digits) == _SHORT and is_standard(digits)):
        return Misfit(number, "isbn")
    return Misfit(number, "length", str(len(digits)))


def _last_of_isbn(digits: str) -> str:
    """The check digit that the first nine digits ask for."""
    from stdnum import isbn  # noqa: PLC0415  as above

    return isbn.to_isbn10(isbn.to_isbn13(digits))[-1]


def _issn_of(digits: str) -> str:
    """The ISSN in a bar code that begins with 977."""
    from stdnum import issn  # noqa: PLC0415  as above

    return issn.format(digits[3:10] + issn.calc_check_digit(digits[3:10]))
