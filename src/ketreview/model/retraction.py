"""What was done to a paper after it was published, as an export of such notices has it."""

from __future__ import annotations

from enum import StrEnum

from ketreview.frozen import frozen
from ketreview.model.partial_date import PartialDate


class Nature(StrEnum):
    """What a notice does, in Retraction Watch's words."""

    RETRACTION = "Retraction"
    CONCERN = "Expression of concern"
    CORRECTION = "Correction"
    REINSTATEMENT = "Reinstatement"


@frozen
class Notice:
    """A row of an export. `title`, `doi` and `pmid` are those of the paper that the notice is about, never its own.

    DOI and PMID are as they are compared, empty where the row has none. `record` is the number of the row in the
    export, `path` the export.
    """

    nature: Nature
    title: str = ""
    doi: str = ""
    pmid: str = ""
    when: PartialDate | None = None
    reasons: tuple[str, ...] = ()
    record: str = ""
    path: str = ""
