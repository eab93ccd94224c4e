"""A DOI stands as a URL, or only in one."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.doi_urls import NamedDoi, doi_in_url, names_no_doi
from ketreview.appraisal.identifiers import USUAL_DOI, is_doi, plain_doi
from ketreview.appraisal.same_work import doi_name
from ketreview.appraisal.web import plain_url
from ketreview.diagnostics import Fix, Severity, shown
from ketreview.linking import Corpus
from ketreview.model.entry_layout import added
from ketreview.model.value import Value
from ketreview.rule import Problem, problem_of, rule, values


@rule("KR302", values("doi", "url", usual={"doi": USUAL_DOI.fullmatch, "url": names_no_doi}), Severity.WARNING)
def doi_as_url(value: Value, corpus: Corpus) -> Iterator[Problem]:
    """A resolver or a label stands before a `doi`; or `url` names a DOI, and `doi` is missing or another one.

    Styles put `https://doi.org/` before a `doi` themselves, so that it is printed twice and the link is broken; and a
    DOI that only a `url` has is found by no program that looks for it. A safe fix leaves the resolver or label out, or
    adds a `doi` with what the resolver's URL names; the `url` stays. Where the URL is a publisher's page, the DOI is
    named, and a person has to write it.

    A `url` that repeats the `doi` is fine. Two DOIs of which one is the beginning of the other, such as a figure's or a
    version's, are not compared if the URL is a publisher's. What a source prints need not have a `doi`.

    Bad:

    ```bib references.bib
    @misc{picard2019, title = {A}, doi = {https://doi.org/10.1038/s41380-018-0341-9}}
    ```

    Good:

    ```bib references.bib
    @misc{picard2019, title = {A}, doi = {10.1038/s41380-018-0341-9}}
    ```
    """
    del corpus
    if value.name == "doi":
        if not value.text.startswith("10."):
            yield from _not_bare(value)
    elif "10." in value.text and not _repeats(value) and (named := doi_in_url(value.text)):
        yield from _in_url(value, named)


def _repeats(value: Value) -> bool:
    """Whether a URL ends in the `doi` beside it, as most do that name one."""
    own = value.beside("doi")
    return own != "" and value.text.endswith(f"/{own}")


def _not_bare(value: Value) -> Iterator[Problem]:
    """The problem of a `doi` that has something before it."""
    text = plain_url(value.folded)
    named = doi_in_url(text)
    doi = named.doi if named else plain_doi(text)
    if text.startswith("10.") or not is_doi(doi):
        return
    what = "is a URL" if "/" in text[: text.find("10.")] else "has a label"
    message = f"{shown(text)} {what}, and `doi` takes the DOI alone: {shown(doi)}"
    sure = (named is None or named.resolved) and _ends_well(doi) and not {"?", "#"} & set(text)
    fix = Fix("Write the DOI alone", safe=True, edits=value.rewritten(_as_written(value.text, doi))) if sure else None
    yield problem_of(value, message, fix=fix)


def _as_written(text: str, doi: str) -> str:
    """The DOI with the escapes that it has in the text; without, where it was encoded or stood in a command."""
    written = text[text.find("10.") :].strip()
    return written if plain_doi(written) == doi and not {"%", "{", "}"} & set(written) else doi


def _in_url(value: Value, named: NamedDoi) -> Iterator[Problem]:
    """The problem of a `url` that names a DOI, held against the `doi` beside it."""
    if own := value.beside("doi"):
        if _differ(doi_name(own), named):
            yield problem_of(value, f"`url` names the DOI {shown(named.doi)}, and `doi` is {shown(plain_doi(own))}")
        return
    if value.entry is None:
        return
    fix = None
    if named.resolved and _ends_well(named.doi) and not value.entry.field("doi"):
        fix = Fix(
            f"Add `doi = {{{named.doi}}}`", safe=True, edits=tuple(added(value.entry, [("doi", f"{{{named.doi}}}")]))
        )
    yield problem_of(value, f"`url` names the DOI {shown(named.doi)}, and there is no `doi`", fix=fix)


def _differ(own: str, named: NamedDoi) -> bool:
    """Whether two DOIs are of different things; a malformed one is another fault."""
    other = doi_name(named.doi).rstrip(".,;:/")
    own = own.rstrip(".,;:/")
    if not own or own == other:
        return False
    return named.resolved or not (own.startswith(other) or other.startswith(own))


def _ends_well(doi: str) -> bool:
    """Whether a DOI does not end in what may belong to the sentence around it."""
    return doi[-1] not in ".,;:/-_"
