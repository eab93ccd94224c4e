"""The import of the folder behind the shipped review of ME/CFS, held to what that review states from it.

The folder's overview is not part of this project, as its text is not ours. KETREVIEW_SEED names a copy of it; without
one these tests are skipped. What differs on purpose stands in `DIFFERENT`, with its reason.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ketreview.changes.importing import Found, Proposal, propose
from ketreview.model.record import Sourced
from ketreview.model.review import Review
from ketreview.model.vocabulary import IntegrationKind
from ketreview.parsing.reviews import parse_review
from tests.changes.importing.folders import project

ROOT = Path(__file__).parents[3]
SEED = os.environ.get("KETREVIEW_SEED", "")
SOURCE = "mecfs-folder"
pytestmark = pytest.mark.skipif(not SEED, reason="KETREVIEW_SEED does not name the overview of the folder")

DIFFERENT = {
    "Medium-High": "lies between two levels: the review chose one with a reason, the import lists it as not mapped",
    "Dr. Podell": "is named in a statement and listed nowhere; the import takes references from lists alone",
    "dysphoria": "stands in one item with dissociative symptoms; the review made two harms of it",
    "misuse": "is a statement in the folder, not an item of a list of harms",
    "maintenance": "has no figure in the folder; the review's is from the case report",
}


@pytest.fixture(scope="module")
def shipped() -> Review:
    path = "reviews/mecfs.yaml"
    review = parse_review(path, (ROOT / path).read_bytes()).review
    assert review is not None
    return review


@pytest.fixture(scope="module")
def proposal() -> Proposal:
    store = (ROOT / "references.bib").read_text("utf-8")
    found = Found("literature/ketamine", {"literature/ketamine/README.md": Path(SEED).read_bytes()})
    found = Found(found.path, found.texts, (), "literature/ketamine")
    return propose(found, project(store), "mecfs")[0]


@pytest.fixture(scope="module")
def made(proposal: Proposal) -> Review:
    read = parse_review("reviews/mecfs.yaml", proposal.text.encode())
    assert read.diagnostics == ()
    assert read.review is not None
    return read.review


def _from_folder(record: Sourced) -> bool:
    return any(origin.source == SOURCE for origin in record.from_)


def test_certainty_has_the_same_words_and_reasons(shipped: Review, made: Review, proposal: Proposal) -> None:
    def stated(review: Review) -> set[tuple[object, object]]:
        each = (one for rating in review.certainty for one in rating.as_stated if one.source == SOURCE)
        return {(one.values["level"], one.values["because"]) for one in each if "because" in one.values}

    lacking = stated(shipped) - stated(made)
    assert {word for word, _ in lacking} == {"Medium-High"}, DIFFERENT
    assert stated(made) <= stated(shipped)
    assert any("Medium-High" in left.why for left in proposal.unmapped)


def test_levels_of_what_is_no_grade_are_equal(shipped: Review, made: Review) -> None:
    def levels(review: Review) -> dict[str, str]:
        scales = {"plausibility", "feasibility"}
        return {rating.scale.value: rating.level.value for rating in review.certainty if rating.scale.value in scales}

    assert levels(made) == levels(shipped)


def test_references_and_files_are_equal(shipped: Review, made: Review) -> None:
    theirs = next(source for source in shipped.sources if source.id == SOURCE)
    (ours,) = made.sources
    listed = {reference.label for reference in theirs.references if reference.listed}
    assert {reference.label for reference in ours.references} == listed
    assert [file.path for file in ours.files] == [file.path for file in theirs.files]
    assert (ours.title, ours.date, ours.folder) == (theirs.title, theirs.date, theirs.folder)


def test_studies_are_those_of_the_key_papers(shipped: Review, made: Review) -> None:
    labels = {label for study in made.studies for origin in study.from_ for label in origin.labels}
    theirs = {label for study in shipped.studies for origin in study.from_ for label in origin.labels}
    assert labels == theirs
    ours = {label: study for study in made.studies for origin in study.from_ for label in origin.labels}
    for study in shipped.studies:
        for label in (label for origin in study.from_ for label in origin.labels):
            if ours[label].design.value != "unknown":
                assert ours[label].design is study.design
            if ours[label].participants is not None:
                assert ours[label].participants == study.participants
                assert ours[label].included_studies == study.included_studies


def test_integration_is_stated_alike(shipped: Review, made: Review) -> None:
    def stated(review: Review) -> set[tuple[IntegrationKind, str]]:
        found = set()
        for item in review.integration:
            word = next((str(one.values.get("state", "")) for one in item.as_stated), item.state.value)
            found.add((item.kind, word.casefold()))
        return found

    assert stated(made) == stated(shipped)
    targets = {item.target for item in made.integration}
    assert targets == {item.target for item in shipped.integration}


def test_trials_steps_and_searches_are_equal(shipped: Review, made: Review) -> None:
    named = {
        number
        for trial in shipped.trials
        for number in trial.registrations
        if _from_folder(trial) and "gives no registration" not in trial.note
    }
    assert {number for trial in made.trials for number in trial.registrations} == named
    assert len(made.next_steps) == len(shipped.next_steps)
    assert [search.date for search in made.searches] == [search.date for search in shipped.searches]


def test_safety_is_equal(shipped: Review, made: Review) -> None:
    assert shipped.safety is not None
    assert made.safety is not None
    harms = [harm for harm in shipped.safety.adverse_effects if _from_folder(harm)]
    apart = [harm for harm in harms if harm.name in DIFFERENT]
    assert len(made.safety.adverse_effects) == len(harms) - len(apart)
    assert {harm.exposure for harm in made.safety.adverse_effects} == {
        harm.exposure for harm in harms if harm not in apart
    }
    assert len(made.safety.contraindications) == len(shipped.safety.contraindications)
    ours = [(one.minimum, one.unit, one.instruments) for one in made.safety.monitoring]
    assert ours == [(one.minimum, one.unit, one.instruments) for one in shipped.safety.monitoring]
    doses = [(one.low, one.high, one.unit, one.route) for one in made.safety.dosing]
    theirs = [(one.low, one.high, one.unit, one.route) for one in shipped.safety.dosing if one.low is not None]
    assert doses == theirs


def test_statements_are_mapped_or_listed(shipped: Review, made: Review, proposal: Proposal) -> None:
    """Every place from which the review has a claim gave a record, or is listed as not mapped."""
    places = [
        origin.at
        for record in (*made.claims, *made.certainty, *made.searches, *made.studies)
        for origin in record.from_
    ]
    places += [left.words for left in proposal.unmapped]
    for claim in shipped.claims:
        for origin in claim.from_:
            if origin.source == SOURCE:
                number = origin.at.rpartition(", ")[2]
                heading = origin.at.split(",")[0].split(" / ")[-1]
                assert any(heading in place and number in place for place in places) or any(
                    place.startswith((origin.at, origin.at.rpartition(", ")[2])) for place in places
                ), origin.at
