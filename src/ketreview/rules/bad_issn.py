"""An ISSN cannot be one."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.standard_numbers import Misfit, issn_misfits
from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus
from ketreview.model.value import Value
from ketreview.rule import Problem, problem_of, rule, values


@rule("KR304", values("issn"), Severity.WARNING)
def bad_issn(value: Value, corpus: Corpus) -> Iterator[Problem]:
    """An `issn` is none: it has another number of digits, its last one does not fit, or it is another kind of number.

    The last sign is worked out of the others, so that a mistyped digit shows. A missing hyphen, labels, remarks such as
    `(electronic)` and several numbers in one value are fine: each number is judged by itself.

    Bad:

    ```bib references.bib
    @article{picard2019, title = {A}, issn = {1359-4148}}
    ```

    Good:

    ```bib references.bib
    @article{picard2019, title = {A}, issn = {1359-4184, 1476-5578 (electronic)}}
    ```
    """
    del corpus
    for misfit in issn_misfits(value.text):
        yield problem_of(value, f"{shown(misfit.number)} {_why(misfit)}")


def _why(misfit: Misfit) -> str:
    match misfit.problem:
        case "check digit":
            return f"is no ISSN: its other digits ask for `{misfit.wanted}` as the last, so one of them is wrong"
        case "length":
            return f"has {misfit.wanted} digit{'' if misfit.wanted == '1' else 's'}; an ISSN has 8, as in `0036-8075`"
        case "bar code":
            return f"is a bar code; the ISSN in it is `{misfit.wanted}`"
        case "isbn" | "doi" as other:
            return f"is {'an ISBN' if other == 'isbn' else 'a DOI'}, which belongs in `{other}`"
        case _:
            return "is no ISSN, which has 8 digits, as in `0036-8075`"
