"""A PMID cannot be one."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.identifiers import is_doi, plain_doi
from ketreview.appraisal.pubmed import is_pmcid, is_pmid, labelled_pmcid, labelled_pmid
from ketreview.diagnostics import Fix, Severity, shown
from ketreview.linking import Corpus
from ketreview.model.value import Value
from ketreview.rule import Problem, problem_of, rule, values


@rule("KR305", values("pmid"), Severity.WARNING)
def bad_pmid(value: Value, corpus: Corpus) -> Iterator[Problem]:
    """A `pmid` is no number of up to eight digits.

    It may be a word such as `tbc`, a PMCID, which is a number of another archive, or a DOI; a link made of it leads
    nowhere, and a work that stands twice in a store is not found by it. A label or an address around the number is
    taken out by a safe fix.

    Bad:

    ```bib references.bib
    @misc{saligan2016, title = {A}, pmid = {PMC4761507}}
    ```

    Good:

    ```bib references.bib
    @misc{saligan2016, title = {A}, pmid = {26807677}, pmcid = {PMC4761507}}
    ```
    """
    del corpus
    text = value.folded
    if not text or is_pmid(text):
        return
    if meant := labelled_pmid(text):
        fix = Fix("Write the number alone", safe=True, edits=value.rewritten(meant))
        yield problem_of(value, f"{shown(text)} has more than the PMID, which is {shown(meant)}", fix=fix)
    else:
        yield problem_of(value, f"{shown(text)} {_why(text)}")


def _why(text: str) -> str:
    if is_pmcid(text) or labelled_pmcid(text):
        return "is a PMCID, which belongs in `pmcid`"
    if is_doi(plain_doi(text)):
        return "is a DOI, which belongs in `doi`"
    parts = text.replace(",", " ").replace(";", " ").split()
    if len(parts) > 1 and all(is_pmid(part) for part in parts):
        return f"holds {len(parts)} PMIDs, and a work has one"
    return "is no PMID, which is a number of up to 8 digits"
