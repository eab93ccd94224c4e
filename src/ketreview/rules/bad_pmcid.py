"""A PMCID cannot be one."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.identifiers import is_doi, plain_doi
from ketreview.appraisal.pubmed import is_pmcid, is_pmid, labelled_pmcid
from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus
from ketreview.model.value import Value
from ketreview.rule import Problem, problem_of, rule, values


@rule("KR306", values("pmcid", "pmc"), Severity.WARNING)
def bad_pmcid(value: Value, corpus: Corpus) -> Iterator[Problem]:
    """A `pmcid` is not `PMC` and a number.

    It may be a PMID, which is a number of another archive, the number of a manuscript (`NIHMS123456`), or have a label
    or an address around it. In a field named `pmc` the number alone is fine.

    Bad:

    ```bib references.bib
    @misc{saligan2016, title = {A}, pmid = {26807677}, pmcid = {26807677}}
    ```

    Good:

    ```bib references.bib
    @misc{saligan2016, title = {A}, pmid = {26807677}, pmcid = {PMC4761507}}
    ```
    """
    del corpus
    text = value.folded
    if not text or is_pmcid(text) or (value.name == "pmc" and is_pmid(text)):
        return
    yield problem_of(value, f"{shown(text)} {_why(text, value.beside('pmid'))}")


def _why(text: str, pmid: str) -> str:
    if meant := labelled_pmcid(text):
        return f"has more than the PMCID, which is {shown(meant)}"
    if text == pmid:
        return "is the PMID; a PMCID is `PMC` and another number"
    if is_pmid(text):
        return f"is a number without `PMC`: a PMCID would be {shown('PMC' + text)}, or it is a PMID"
    if text.upper().startswith("NIHMS"):
        return "is the number of a manuscript; a PMCID is `PMC` and a number"
    if is_doi(plain_doi(text)):
        return "is a DOI, which belongs in `doi`"
    return "is no PMCID, which is `PMC` and a number"
