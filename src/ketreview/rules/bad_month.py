"""A month is none, or is written out where it is to be an abbreviation."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.dates import MONTHS, month_number
from ketreview.diagnostics import Fix, Severity, shown
from ketreview.edits import Edit
from ketreview.linking import Corpus
from ketreview.model.entry import Word
from ketreview.model.value import Value
from ketreview.nearest import nearest
from ketreview.parsing.bibtex_values import MONTHS as MONTH_NAMES
from ketreview.rule import Problem, problem_of, rule, values

_SEASONS = ("spring", "summer", "autumn", "fall", "winter", "quarter", "frühling", "sommer", "herbst")
_LONGEST = 60


def _is_word(text: str) -> bool:
    """Whether it is an abbreviation; as it stands for a text, the text alone would not tell."""
    return isinstance(text, Word)


@rule("KR315", values("month", usual={"month": _is_word}), Severity.WARNING)
def bad_month(value: Value, corpus: Corpus) -> Iterator[Problem]:
    """A `month` is not one of the twelve.

    BibTeX styles define `jan` to `dec`, without braces, and print each in their own language; biblatex reads these, and
    the numbers 1 to 12. A name that is written out (`{March}`) is printed as it stands, so it is only information; a
    safe fix writes `mar`. Days and several months (`{March 15}`, `{May/June}`, `"15~" # mar`) and seasons are left
    alone. An abbreviation that is not defined is KR109's.

    Bad:

    ```bib references.bib
    @article{klein2020, title = {A}, year = {2020}, month = {13}}
    @article{gross2020, title = {B}, year = {2020}, month = {March}}
    ```

    Good:

    ```bib references.bib
    @article{klein2020, title = {A}, year = {2020}, month = 12}
    @article{gross2020, title = {B}, year = {2020}, month = mar}
    ```
    """
    del corpus
    if value.entry is not None and value.span.text[:1].isalpha():
        return
    text = value.folded.strip("{} ")
    if not text or (value.entry is not None and value.inner is None):
        return
    if text.isdecimal():
        if not 1 <= int(text[:_LONGEST]) <= len(MONTHS):
            yield problem_of(value, f"{shown(text)} is not a month; months are `jan` to `dec`, or 1 to 12")
    elif number := month_number(text):
        if value.entry is not None:
            yield _written_out(value, text, MONTHS[number - 1])
    elif not _may_be(text):
        meant = nearest(text, MONTH_NAMES.values())
        hint = f"; did you mean `{meant[:3].lower()}`?" if meant else "; months are `jan` to `dec`, or 1 to 12"
        yield problem_of(value, f"{shown(text)} is not a month{hint}")


def _written_out(value: Value, text: str, short: str) -> Problem:
    message = f"{shown(text)} is printed as it stands by BibTeX; `{short}` without braces is a month in every language"
    fix = Fix(f"Write `{short}`", safe=True, edits=(Edit(value.span, short),))
    return problem_of(value, message, severity=Severity.INFO, fix=fix)


def _may_be(text: str) -> bool:
    """Whether a month, a season or a part of a year is among other words."""
    words = "".join(character if character.isalpha() else " " for character in text[:_LONGEST].casefold()).split()
    return any(word in _SEASONS or month_number(word) for word in words) or len(text) > _LONGEST
