"""The PRISMA 2020 flow of a review: how many records became how many studies."""

from typing import Annotated

from ketreview.model.record import Count, Sourced, Text, record


@record
class FlowPart(Sourced):
    """One part of a count: a database, a register, or a reason of exclusion."""

    name: Text
    count: Count


@record
class Flow(Sourced):
    """The counts of a PRISMA 2020 flow diagram, by the names of the PRISMA2020 package's template.

    A count that is not known is left out, and nothing is held against it.
    """

    previous_studies: Count | None = None
    previous_reports: Count | None = None
    database_results: Count | None = None
    database_specific_results: Annotated[tuple[FlowPart, ...], "records of each database"] = ()
    register_results: Count | None = None
    register_specific_results: Annotated[tuple[FlowPart, ...], "records of each register"] = ()
    website_results: Count | None = None
    organisation_results: Count | None = None
    citations_results: Count | None = None
    duplicates: Count | None = None
    excluded_automatic: Annotated[Count | None, "records that automation tools excluded"] = None
    excluded_other: Annotated[Count | None, "records removed before screening for other reasons"] = None
    records_screened: Count | None = None
    records_excluded: Count | None = None
    dbr_sought_reports: Annotated[Count | None, "reports sought, from databases and registers"] = None
    dbr_notretrieved_reports: Count | None = None
    other_sought_reports: Annotated[Count | None, "reports sought, from other sources"] = None
    other_notretrieved_reports: Count | None = None
    dbr_assessed: Annotated[Count | None, "reports assessed, from databases and registers"] = None
    dbr_excluded: Annotated[tuple[FlowPart, ...], "reports excluded, by reason"] = ()
    other_assessed: Annotated[Count | None, "reports assessed, from other sources"] = None
    other_excluded: Annotated[tuple[FlowPart, ...], "reports excluded, by reason"] = ()
    new_studies: Count | None = None
    new_reports: Count | None = None
    total_studies: Count | None = None
    total_reports: Count | None = None
    total_studies_ma: Annotated[Count | None, "studies in the meta-analysis"] = None
    total_reports_ma: Annotated[Count | None, "reports in the meta-analysis"] = None


PARTS = ("database_specific_results", "register_specific_results", "dbr_excluded", "other_excluded")
"""The fields that list the parts of a count."""
