"""An edition says that it is one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus
from ketreview.model.value import Value
from ketreview.patterns import regex
from ketreview.rule import Problem, problem_of, rule, values

_WORD = regex(
    r"(?:\b(?:edition|edn|ed|auflage|aufl|édition|edición|edizione|editie|edição)\b)\.?\)?\s*\Z", re.IGNORECASE
)
_ORDINAL = regex(r"(\d{1,4})\s*(st|nd|rd|th)\b", re.IGNORECASE | re.ASCII)
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_TEENS = range(11, 14)
_TAIL = 40


@rule("KR318", values("edition"), Severity.INFO)
def bad_edition(value: Value, corpus: Corpus) -> Iterator[Problem]:
    """An `edition` ends in the word that styles add to it, or has a wrong ordinal.

    Styles print `edition` behind the value, so that `Second edition` becomes `Second edition edition`. A number, an
    ordinal (`Second`, `2nd`) and any other text (`Version 3.0`, `revised and expanded`) are fine.

    Bad:

    ```bib references.bib
    @book{klein2020, title = {A}, edition = {2nd edition}}
    ```

    Good:

    ```bib references.bib
    @book{klein2020, title = {A}, edition = {2}}
    @book{gross2020, title = {B}, edition = {Second}}
    ```
    """
    del corpus
    if value.entry is None:
        return  # in print the word belongs there
    text = value.folded
    if (word := _WORD.search(text[-_TAIL:])) and len(text) > len(word[0]):
        rest = text[: len(text) - len(word[0])].rstrip(" ,.(")
        meant = f"; did you mean {shown(rest)}?" if rest else ""
        yield problem_of(value, f"{shown(text)} ends in `{word[0].strip()}`, which styles add by themselves{meant}")
    elif (found := _ORDINAL.match(text)) and found[2].lower() != (ending := _ending(int(found[1]))):
        yield problem_of(value, f"{shown(text)} is not an ordinal; did you mean `{found[1]}{ending}`?")


def _ending(number: int) -> str:
    """What an English ordinal ends in."""
    return "th" if number % 100 in _TEENS else _ENDINGS.get(number % 10, "th")
