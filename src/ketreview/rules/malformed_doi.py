"""A DOI does not have the shape of one."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.doi_urls import doi_in_url
from ketreview.appraisal.identifiers import USUAL_DOI, is_doi, is_short_doi, nearest_doi, plain_doi
from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus
from ketreview.model.value import Value
from ketreview.rule import Problem, problem_of, rule, values


@rule("KR301", values("doi", usual={"doi": USUAL_DOI.fullmatch}), Severity.WARNING)
def malformed_doi(value: Value, corpus: Corpus) -> Iterator[Problem]:
    """A `doi` does not have the shape of a registered DOI, so it cannot be resolved.

    Old forms pass: SICI (`10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2`), brackets, and
    whatever Wiley registered. LaTeX escapes, braces, what URLs encode (`%28`) and a resolver (`https://doi.org/`) or
    another URL around the DOI are left out first: the last is another fault. It is a warning because a few registered
    DOIs have other shapes. A short DOI (`10/cn2h9c`) resolves, but no duplicate and no retraction is found by it. A DOI
    that a source prints is judged the same way, as the source's own.

    Bad:

    ```bib references.bib
    @misc{picard2019, title = {A}, doi = {10.1038s41380-018-0341-9}}
    ```

    Good:

    ```bib references.bib
    @misc{picard2019, title = {A}, doi = {10.1038/s41380-018-0341-9}}
    ```
    """
    del corpus
    doi = plain_doi(" ".join(value.text.split()))
    if not doi or is_doi(doi) or doi_in_url(value.text):
        return
    if is_short_doi(doi):
        message = f"{shown(doi)} is a short DOI, which resolves at doi.org but which databases do not know"
        yield problem_of(value, f"{message}: give the full one", severity=Severity.INFO)
    else:
        yield problem_of(value, _fault(doi))


def _fault(doi: str) -> str:
    """What a text is that is no DOI, and which one it may mean."""
    meant = nearest_doi(doi)
    return f"{shown(doi)} is not a DOI, which begins `10.`, digits and `/`" + (
        f"; did you mean {shown(meant)}?" if meant else ""
    )
