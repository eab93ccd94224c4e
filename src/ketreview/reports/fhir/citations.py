"""A reference of the store as a Citation."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.identifiers import is_doi, plain_doi
from ketreview.linking.works import pmid_of
from ketreview.model.entry import Entry
from ketreview.model.partial_date import PartialDate
from ketreview.parsing.names import OTHERS, persons
from ketreview.reports.fhir.codes import Json
from ketreview.reports.fhir.texts import markdown, resource_id, string, without_latex

DOI = "https://doi.org"
PUBMED = "https://pubmed.ncbi.nlm.nih.gov"
"""The systems of identifiers, as the examples of HL7's guide EBMonFHIR have them."""


def citation(entry: Entry) -> Json:
    """What the entry says, as it is read; a field that it lacks is left out."""
    title = without_latex(entry.get("title"))
    authors = without_latex(_authors(entry.get("author", "editor")))
    cited = {
        "identifier": list(_identifiers(entry)),
        "title": [{"text": markdown(title)}] if title else [],
        "publicationForm": [form] if (form := _form(entry)) else [],
        "webLocation": [{"url": url}] if (url := _url(entry)) else [],
        "contributorship": {"summary": [{"value": markdown(authors)}]} if authors else {},
    }
    return {
        "resourceType": "Citation",
        "id": resource_id(entry.key),
        "identifier": [{"value": string(entry.key)}],
        **({"title": title} if title else {}),
        "status": "active",
        "citedArtifact": {name: value for name, value in cited.items() if value},
    }


def _authors(names: str) -> str:
    return "; ".join("et al." if name == OTHERS else name for name in persons(names))


def _identifiers(entry: Entry) -> Iterator[Json]:
    doi = plain_doi(entry.get("doi"))
    if is_doi(doi):
        yield {"system": DOI, "value": string(doi)}
    pmid = pmid_of(entry)
    if pmid.isascii() and pmid.isdigit():
        yield {"system": PUBMED, "value": pmid}


def _form(entry: Entry) -> Json:
    venue = without_latex(entry.get("journal", "journaltitle", "booktitle"))
    year = string(entry.get("date", "year"))
    date = {"articleDate": year} if PartialDate.parse(year) else {"publicationDateText": year}
    texts = {
        "volume": without_latex(entry.get("volume")),
        "issue": without_latex(entry.get("number", "issue")) if venue else "",
        "pageString": without_latex(entry.get("pages")).replace("--", "-"),
    }
    return {
        **({"publishedIn": {"title": venue}} if venue else {}),
        **(date if year else {}),
        **{name: text for name, text in texts.items() if text},
    }


def _url(entry: Entry) -> str:
    url = entry.get("url")
    return url if url.startswith(("https://", "http://")) and url.isprintable() and " " not in url else ""
