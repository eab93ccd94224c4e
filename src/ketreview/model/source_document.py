"""The documents that a review's content came from, with what they list and print."""

from collections.abc import Mapping
from dataclasses import field
from typing import Annotated

from ketreview.model.flow import Flow
from ketreview.model.partial_date import PartialDate
from ketreview.model.record import EntryKey, Id, Path, Sourced, Text, record
from ketreview.model.search import Search


@record
class Reference(Sourced):
    """One item of a source's reference list; without `cites` it is work still to do."""

    label: Text
    cites: EntryKey = ""
    listed: Annotated[bool, "false where the text cites it and the list lacks it"] = True
    printed: Annotated[Mapping[str, str], "BibTeX fields as the source prints them, where the store differs"] = field(
        default_factory=dict
    )


@record
class ListedFile(Sourced):
    """A file that a source document says it has."""

    path: Path
    about: Text = ""


@record
class SourceDocument(Sourced):
    """A document that facts were taken from. What it prints is judged as its own."""

    id: Id
    title: Text
    kind: Annotated[Text, "news article, narrative review, reading folder, …"] = ""
    cites: EntryKey = ""
    date: PartialDate | None = None
    url: Text = ""
    search: Search | None = None
    flow: Annotated[Flow | None, "the PRISMA flow that it prints"] = None
    references: tuple[Reference, ...] = ()
    folder: Annotated[Path, "where the listed files lie, from the project's root"] = ""
    files: tuple[ListedFile, ...] = ()
