"""An ISBN cannot be one."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.standard_numbers import Misfit, isbn_misfits
from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus
from ketreview.model.value import Value
from ketreview.rule import Problem, problem_of, rule, values


@rule("KR303", values("isbn"), Severity.WARNING)
def bad_isbn(value: Value, corpus: Corpus) -> Iterator[Problem]:
    """An `isbn` is none: it has another number of digits, its last one does not fit, or it is another kind of number.

    The last digit is worked out of the others, so that a mistyped digit or two that changed places show. Hyphens or
    none, ISBN-10 and ISBN-13, the nine digits of before 1970, labels, remarks in brackets and several numbers in one
    value are fine: each number is judged by itself.

    Bad:

    ```bib references.bib
    @book{shulgin1991, title = {A}, isbn = {978-3-16-148410-1}}
    ```

    Good:

    ```bib references.bib
    @book{shulgin1991, title = {A}, isbn = {978-3-16-148410-0}}
    ```
    """
    del corpus
    for misfit in isbn_misfits(value.text):
        yield problem_of(value, f"{shown(misfit.number)} {_why(misfit)}")


def _why(misfit: Misfit) -> str:
    match misfit.problem:
        case "check digit":
            return f"is no ISBN: its other digits ask for `{misfit.wanted}` as the last, so one of them is wrong"
        case "length":
            return f"has {misfit.wanted} digit{'' if misfit.wanted == '1' else 's'}; an ISBN has 10 or 13"
        case "bar code":
            return f"is the bar code of a serial; its ISSN `{misfit.wanted}` belongs in `issn`"
        case "issn" | "doi" as other:
            return f"is {'an ISSN' if other == 'issn' else 'a DOI'}, which belongs in `{other}`"
        case "prefix":
            return "has 13 digits, and an ISBN of 13 begins with 978 or 979"
        case _:
            return "is no ISBN, which has 10 or 13 digits"
