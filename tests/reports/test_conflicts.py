"""`ketreview conflicts`: an invented project at 80 columns, in a pipe and as JSON, and the shipped opioid question."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ketreview import pipeline
from ketreview.config import Settings
from ketreview.document import Heading
from ketreview.files import Files
from ketreview.reports import conflicts
from ketreview.reports.conflicts.page import document
from tests.projects import AS_OF, run, write

ROOT = Path(__file__).parents[2]
STORE = """\
@article{roe2019, author = {Roe, Ann}, title = {An invented study of sleep}, year = {2019}, doi = {10.1000/roe}}
@article{doe2020, author = {Doe, Bob and Poe, Cy}, title = {Another invented study}, year = {2020}}
@article{poe2021, author = {Poe, Cy}, title = {A third invented study}, year = {2021}}
@article{loe2022, author = {Loe, Di}, title = {An invented review of studies}, year = {2022}}
"""
EXPORT = """\
Title,RetractionDate,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature
An invented study of sleep,1/2/2020 0:00,10.1000/roe,0,Retraction
"""
SLEEP = """\
schema_version: 1
id: sleep
title: An invented review of sleep
status: active
question:
  populations: [{id: adults, name: Adults}]
  interventions: [{id: tea, name: "tea, black"}, {id: water, name: Water}]
  outcomes: [{id: onset, name: Time to sleep, importance: critical}]
studies:
- {id: roe, cites: [roe2019], design: randomised_trial, species: human, participants: 20, state: read}
- {id: doe, cites: [doe2020], design: animal_experiment, species: rat, state: read}
- {id: poe, cites: [poe2021], design: animal_experiment, species: mouse, state: read}
- {id: loe, cites: [loe2022], design: narrative_review, state: read}
- {id: named, reference: Moe 2018, design: unknown, state: found}
claims:
- id: needs
  kind: mechanism
  statement: it is disputed whether tea needs adenosine receptors
  about: [tea]
  mechanism: {target: adenosine receptors, action: antagonist, effect: decreases, on: sleep}
  rating: plausible
  supports: [{study: doe}, {study: loe}]
  challenges: [{study: poe}]
- id: not-in-mice
  kind: mechanism
  statement: In mice it did not
  species: mouse
  about: [tea]
  mechanism: {target: A1 adenosine receptor, action: antagonist, site: cortex, effect: no_change, on: the sleep}
  supports: [{study: poe}]
  challenges: [{study: doe}]
- id: also
  kind: mechanism
  statement: It binds there
  mechanism: {target: adenosine receptor, action: antagonist}
  supports: [{study: loe}, {cites: doe2020, locator: p. 4}]
- id: opposed-only
  kind: mechanism
  statement: It raises dopamine
  mechanism: {target: dopamine transporter, action: inhibitor, effect: increases, on: dopamine}
  supports: [{study: doe}]
- id: opposed-too
  kind: mechanism
  statement: It lowers dopamine
  mechanism: {target: dopamine transporters, action: inhibitor, effect: decreases, on: dopamine}
- id: onset
  kind: efficacy
  statement: Tea may delay sleep
  about: [tea]
  rating: onset
  supports: [{study: roe}]
  challenges: [{study: named}]
- id: settled
  kind: efficacy
  statement: Water does nothing
  about: [water]
  supports: [{study: roe}]
certainty:
- {id: onset, outcome: onset, scale: grade, level: very_low, studies: [roe]}
- {id: plausible, subject: adenosine, scale: plausibility, level: low, studies: [doe]}
concerns:
- {id: c1, about: [{claim: needs}, {study: doe}], problem: it was told by hearsay, basis: in_documents, status: open}
- {id: c2, about: [{study: named, cites: loe2022}], problem: No record was found., basis: unverified, status: open}
- {id: c3, about: [{claim: onset}], problem: Done, basis: unverified, status: resolved, resolution: so}
"""
PAIN = """\
schema_version: 1
id: pain
title: An invented review of pain
status: active
question: {interventions: [{id: tea, name: tea}]}
studies:
- {id: roe-2019, cites: [roe2019], design: cohort, species: human, participants: 22, state: read}
claims:
- {id: onset, kind: efficacy, statement: Tea delays sleep, same_as: ["sleep:onset"], supports: [{study: roe-2019}]}
- {id: relief, kind: efficacy, statement: Tea relieves pain, challenges: [{cites: doe2020}]}
- {id: more, kind: efficacy, statement: Tea relieves pain more, challenges: [{cites: poe2021}], about: [tea]}
- {id: less, kind: efficacy, statement: Tea relieves pain less, challenges: [{cites: loe2022}], about: [tea]}
"""
SETTINGS = 'retractions = "retractions.csv"\n'
FILES = {
    "references.bib": STORE,
    "retractions.csv": EXPORT,
    "ketreview.toml": SETTINGS,
    "reviews/sleep.yaml": SLEEP,
    "reviews/pain.yaml": PAIN,
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path, FILES)


def test_at_80_columns(root: Path, golden: Callable[[str, str], None]) -> None:
    golden("conflicts-80.txt", run(root, "conflicts", *AS_OF, COLUMNS="80").out)


def test_in_a_pipe(root: Path, golden: Callable[[str, str], None]) -> None:
    golden("conflicts-pipe.txt", run(root, "conflicts", *AS_OF).out)


def test_as_json(root: Path, golden: Callable[[str, str], None]) -> None:
    golden("conflicts.json", run(root, "conflicts", *AS_OF, "--format", "json").out)


def test_as_markdown(root: Path, golden: Callable[[str, str], None]) -> None:
    golden("conflicts.md", run(root, "conflicts", *AS_OF, "--format", "markdown").out)


def test_as_csv(root: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run(root, "conflicts", *AS_OF, "--format", "csv").out)))
    first = rows[[row["claim"] for row in rows].index("needs")]
    assert (first["side"], first["study"], first["design"], first["species"]) == (
        "supports", "doe", "animal_experiment", "rat",
    )  # fmt: skip
    assert {row["retracted"] for row in rows if row["study"] == "roe"} == {"true"}
    assert [row["study"] for row in rows if row["claim"] == "relief"] == ["doe2020"]


def test_one_review(root: Path) -> None:
    answer = run(root, "conflicts", "pain", *AS_OF, "--format", "json").json
    titles = [question["title"] for question in answer["questions"]]
    assert "adenosine receptors" not in titles
    assert len(answer["studies"]) == 2
    assert answer["concerns"] == []
    only = run(root, "conflicts", "sleep", *AS_OF, "--format", "json").json
    assert {claim["review"] for question in only["questions"] for claim in question["claims"]} == {"sleep"}
    assert len(only["concerns"]) == 2
    assert run(root, "conflicts", "nothing", *AS_OF).code == 2


def test_a_project_without_reviews(tmp_path: Path) -> None:
    write(tmp_path, {"references.bib": STORE})
    done = run(tmp_path, "conflicts", *AS_OF)
    assert done.code == 0
    assert (
        "0 contested questions with 0 claims, 0 studies told differently by two reviews, 0 open concerns." in done.out
    )


def test_a_study_joined_by_its_registration_says_so(tmp_path: Path) -> None:
    text = SLEEP[: SLEEP.index("question:")] + (
        "studies:\n- {id: s, registrations: [NCT04436250], design: cohort, participants: %s, state: read}\n"
    )
    write(tmp_path, {"reviews/sleep.yaml": text % 4, "reviews/b.yaml": text.replace("id: sleep", "id: b") % 5})
    out = run(tmp_path, "conflicts", *AS_OF).out
    assert "(by registration alone)" in out


def test_the_opioid_question_of_the_shipped_reviews() -> None:
    """Klein 2020 in rats and Williams 2018 in people for it, Zhang and Hashimoto 2019 in rodents against it."""
    corpus = pipeline.read(Files(ROOT), Settings(), date(2026, 11, 20)).corpus
    answer = conflicts.answer(corpus)
    (question,) = [question for question in answer.questions if question.title == "opioid receptors"]
    claims = {claim.id: claim for claim in question.claims}
    assert claims.keys() >= {"theory-opioid", "naltrexone-human", "naltrexone-rodent", "opioid-habenula", "hnk-opioid"}
    theory = claims["theory-opioid"]
    assert theory.verdict == "contested"
    assert [(side.study, side.species) for side in theory.supports] == [
        ("klein-2020", "rat"),
        ("williams-2018", "human"),
    ]
    assert [(side.study, side.species) for side in theory.challenges] == [("zhang-2019", "rodent")]
    assert claims["hnk-opioid"].verdict == "challenged"
    assert {(pair.one, pair.other) for pair in question.opposed} == {
        ("depression:naltrexone-human", "depression:naltrexone-rodent"),
        ("depression:naltrexone-rodent", "depression:opioid-habenula"),
    }
    assert "opioid-conflict" in [concern.id for concern in answer.concerns if concern.question == question.title]
    assert Heading("Opioid receptors", 2) in document(answer).blocks
