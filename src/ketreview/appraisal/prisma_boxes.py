"""The boxes of a PRISMA 2020 flow diagram (Page 2021, BMJ 372:n71, figure 1), in the diagram's order."""

from __future__ import annotations

from typing import NamedTuple


class Box(NamedTuple):
    """A figure of the diagram: the field of `model.flow` that holds it, the phase it is in, and what it counts.

    `node` and `box` are where the R package PRISMA2020 draws it, where a box with several figures has one node; `label`
    is what the diagram itself says there.
    """

    field: str
    phase: str
    words: str
    node: str
    box: str
    label: str


IDENTIFICATION, SCREENING, INCLUDED = "Identification", "Screening", "Included"
OTHERWISE = "found otherwise"

BOXES = (
    Box(
        "previous_studies",
        IDENTIFICATION,
        "studies of the previous version",
        "node5",
        "box1",
        "Studies included in previous version of review",
    ),
    Box(
        "previous_reports",
        IDENTIFICATION,
        "reports of these",
        "",
        "box1",
        "Reports of studies included in previous version of review",
    ),
    Box("database_results", IDENTIFICATION, "records from databases", "node7", "box2", "Databases"),
    Box("database_specific_results", IDENTIFICATION, "of which from", "", "box2", "Specific Databases"),
    Box("register_results", IDENTIFICATION, "records from registers", "", "box2", "Registers"),
    Box("register_specific_results", IDENTIFICATION, "of which from", "", "box2", "Specific Registers"),
    Box("website_results", IDENTIFICATION, "records from websites", "node17", "box11", "Websites"),
    Box("organisation_results", IDENTIFICATION, "records from organisations", "", "box11", "Organisations"),
    Box("citations_results", IDENTIFICATION, "records from citation searching", "", "box11", "Citation searching"),
    Box("duplicates", IDENTIFICATION, "duplicates removed", "node8", "box3", "Duplicate records"),
    Box(
        "excluded_automatic",
        IDENTIFICATION,
        "removed by automation tools",
        "",
        "box3",
        "Records marked as ineligible by automation tools",
    ),
    Box("excluded_other", IDENTIFICATION, "removed for other reasons", "", "box3", "Records removed for other reasons"),
    Box("records_screened", SCREENING, "records screened", "node9", "box4", "Records screened"),
    Box("records_excluded", SCREENING, "records excluded", "node10", "box5", "Records excluded"),
    Box("dbr_sought_reports", SCREENING, "reports sought", "node11", "box6", "Reports sought for retrieval"),
    Box("dbr_notretrieved_reports", SCREENING, "reports not retrieved", "node12", "box7", "Reports not retrieved"),
    Box(
        "other_sought_reports",
        SCREENING,
        f"reports sought, {OTHERWISE}",
        "node18",
        "box12",
        "Reports sought for retrieval",
    ),
    Box(
        "other_notretrieved_reports",
        SCREENING,
        f"reports not retrieved, {OTHERWISE}",
        "node19",
        "box13",
        "Reports not retrieved",
    ),
    Box("dbr_assessed", SCREENING, "reports assessed", "node13", "box8", "Reports assessed for eligibility"),
    Box("dbr_excluded", SCREENING, "reports excluded", "node14", "box9", "Reports excluded"),
    Box(
        "other_assessed",
        SCREENING,
        f"reports assessed, {OTHERWISE}",
        "node20",
        "box14",
        "Reports assessed for eligibility",
    ),
    Box("other_excluded", SCREENING, f"reports excluded, {OTHERWISE}", "node21", "box15", "Reports excluded"),
    Box("new_studies", INCLUDED, "new studies", "node15", "box10", "New studies included in review"),
    Box("new_reports", INCLUDED, "reports of these", "", "box10", "Reports of new included studies"),
    Box("total_studies", INCLUDED, "studies in all", "node22", "box16", "Total studies included in review"),
    Box("total_reports", INCLUDED, "reports of these", "", "box16", "Reports of total included studies"),
    Box(
        "total_studies_ma",
        INCLUDED,
        "studies in the meta-analysis",
        "",
        "",
        "Total studies included in meta-analysis",
    ),
    Box(
        "total_reports_ma",
        INCLUDED,
        "reports of these",
        "",
        "",
        "Reports of total included studies in meta-analysis",
    ),
)
