"""An ORCID iD cannot be one."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.orcid import orcids_in, wrong_orcids
from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus
from ketreview.model.value import Value
from ketreview.rule import Problem, problem_of, rule, values


@rule("KR308", values("orcid", "orcids", "orcid-numbers", "author+an", "author+an:orcid"), Severity.WARNING)
def bad_orcid(value: Value, corpus: Corpus) -> Iterator[Problem]:
    """An ORCID iD is none: its last character does not fit the others, or it has not sixteen digits.

    The last character is worked out of the others, so that a mistyped digit shows. Names beside the iDs, several of
    them, and the address `https://orcid.org/` before them are fine.

    Bad:

    ```bib references.bib
    @misc{carberry2008, title = {A}, orcid = {0000-0002-1825-0079}}
    ```

    Good:

    ```bib references.bib
    @misc{carberry2008, title = {A}, orcid = {0000-0002-1825-0097}}
    ```
    """
    del corpus
    numbers = orcids_in(value.text)
    for number, wanted in wrong_orcids(numbers):
        yield problem_of(
            value, f"{shown(number)} is no ORCID iD: its other digits ask for `{wanted}` as the last, so one is wrong"
        )
    if not numbers and value.name in {"orcid", "orcids"} and value.folded:
        yield problem_of(value, f"{shown(value.folded)} is no ORCID iD, which has 16 digits, as `0000-0002-1825-0097`")
