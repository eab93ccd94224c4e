"""Ratings as FHIR R5: the models of `fhir.resources` accept every bundle, and what it says is what the review says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.config import Settings
from ketreview.files import Files
from ketreview.linking import Corpus
from ketreview.model.vocabulary import Domain, Level, Measure, Scale
from ketreview.pipeline import read
from ketreview.render.data import as_json
from ketreview.reports.fhir import answer, codes
from ketreview.reports.fhir.texts import full_url, markdown, resource_id, string, without_latex
from tests.projects import AS_OF, HEAD, run, write

ROOT = Path(__file__).parents[2]
SHIPPED = sorted(path.stem for path in (ROOT / "reviews").glob("*.yaml"))
ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")
HOSTILE = "<script>alert(1)</script> [x](javascript:1) =1+1 \u202e $(rm) \\\\<img src=x>"

LEVELS = {"high": "high", "moderate": "moderate", "low": "low", "very-low": "very_low"}
STEPS = {"downcode3": -3, "downcode2": -2, "downcode1": -1, "no-change": 0, "upcode1": 1, "upcode2": 2}


def corpus_of(root: Path) -> Corpus:
    return read(Files(root), Settings(), date(2026, 11, 20)).corpus


def bundle_of(root: Path, review: str = "good") -> dict[str, Any]:
    corpus = corpus_of(root)
    found = corpus.review(review)
    assert found is not None
    bundle: dict[str, Any] = json.loads(as_json(answer(corpus, found).bundle))
    validate(bundle)
    return bundle


def validate(bundle: dict[str, Any]) -> None:
    """The models of FHIR R5; then what they do not look at."""
    resources = pytest.importorskip("fhir.resources.bundle", reason="the extra `fhir` is not installed")
    resources.Bundle.model_validate(bundle)
    entries = bundle.get("entry", [])
    urls = [entry["fullUrl"] for entry in entries]
    names = [(entry["resource"]["resourceType"], entry["resource"]["id"]) for entry in entries]
    assert len(set(urls)) == len(urls)
    assert len(set(names)) == len(names)
    assert all(ID.fullmatch(name) for _, name in [*names, ("Bundle", bundle["id"])])
    for value in parts(bundle):
        if isinstance(value, dict):
            assert value
            assert "reference" not in value or value["reference"] in urls
        if isinstance(value, list):
            assert value
        if isinstance(value, str):
            assert value.strip() == value != ""
            assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", value)


def parts(value: Any) -> Iterator[Any]:
    yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from parts(item)


def resources(bundle: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    every = [entry["resource"] for entry in bundle.get("entry", [])]
    return [resource for resource in every if resource["resourceType"] == kind]


def coded(concept: dict[str, Any]) -> list[str]:
    return [coding["code"] for coding in concept.get("coding", [])]


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_review_is_a_bundle_that_says_what_it_says(name: str) -> None:
    corpus = corpus_of(ROOT)
    review = corpus.review(name)
    assert review is not None
    bundle = bundle_of(ROOT, name)
    assert as_json(answer(corpus_of(ROOT), review).bundle) == as_json(answer(corpus, review).bundle)
    ratings = [rating for rating in review.certainty if rating.scale is Scale.GRADE]
    found = resources(bundle, "Evidence")
    assert len(found) == len(ratings) > 0
    domains = {codes.domain_concept(domain)["coding"][0]["code"]: domain for domain in Domain}
    for rating, evidence in zip(ratings, found, strict=True):
        (certainty,) = evidence["certainty"]
        level = [LEVELS[code] for code in coded(certainty["rating"])] or ["no_evidence"]
        assert level == [rating.level.value]
        steps = [
            (domains[coded(part["type"])[0]], next(STEPS[code] for code in coded(part["rating"]) if code in STEPS))
            for part in certainty.get("subcomponent", [])
        ]
        assert steps == [(step.domain, step.by) for step in rating.steps]
        value = evidence["statistic"][0]["quantity"]["value"] if rating.effect else None
        assert value == (rating.effect.estimate if rating.effect else None)
        cited = {key for study in rating.studies for key in corpus.record(review, "study", study).cites}  # type: ignore[union-attr]
        named = evidence.get("relatedArtifact", [])
        display = {part["resourceReference"]["display"] for part in named if "resourceReference" in part}
        assert cited <= display


def test_the_example_in_the_docs_is_one() -> None:
    (example,) = re.findall(r"```json\n(.*?)```", (ROOT / "docs/drafts.md").read_text("utf-8"), re.DOTALL)
    assert json.loads(example) in list(parts(bundle_of(ROOT, "depression")))


REMDESIVIR = """\
question:
  populations: [{id: covid, name: COVID-19}]
  interventions: [{id: remdesivir, name: remdesivir}, {id: placebo, name: placebo}]
  comparisons: [{id: rem-placebo, population: covid, intervention: remdesivir, comparator: placebo}]
  outcomes: [{id: mortality, name: 14-day mortality, importance: critical}]
certainty:
- id: mortality
  outcome: mortality
  comparison: rem-placebo
  scale: grade
  level: low
  start: high
  because: Low certainty due to inconsistency and risk of bias
  steps:
  - {domain: publication_bias, by: 0}
  - {domain: inconsistency, by: -1, because: There is a high degree of heterogeneity (I-squared = 73%).}
  - {domain: imprecision, by: 0}
  - {domain: indirectness, by: 0}
  - {domain: risk_of_bias, by: -1}
"""
# HL7/ebm, input/examples/ArtifactAssessment-certainty-of-evidence-rating-of-day-mortal-example.json at 0bd490a:
# certainty of 14-day mortality, remdesivir against placebo (ACTT-1, Wang et al, WHO SOLIDARITY)
PUBLISHED = [
    ("PublicationBias", "no-concern"),
    ("Inconsistency", "serious-concern"),
    ("Imprecision", "no-concern"),
    ("Indirectness", "no-concern"),
    ("RiskOfBias", "serious-concern"),
]


def test_the_example_of_hl7_comes_out_in_its_codes(tmp_path: Path) -> None:
    write(tmp_path, {"reviews/good.yaml": HEAD.format(id="good") + REMDESIVIR})
    (evidence,) = resources(bundle_of(tmp_path), "Evidence")
    (certainty,) = evidence["certainty"]
    assert certainty["type"]["coding"] == [
        {"system": "http://hl7.org/fhir/certainty-type", "code": "Overall", "display": "Overall certainty"}
    ]
    assert certainty["rating"]["coding"] == [
        {"system": "http://hl7.org/fhir/certainty-rating", "code": "low", "display": "Low quality"}
    ]
    assert certainty["note"] == [{"text": "Start: high"}]
    rated = [(coded(part["type"])[0], coded(part["rating"])[0]) for part in certainty["subcomponent"]]
    assert rated == PUBLISHED
    roles = [(coded(part["variableRole"])[0], part["description"]) for part in evidence["variableDefinition"]]
    assert roles == [
        ("population", "COVID-19"),
        ("exposure", "remdesivir"),
        ("referenceExposure", "placebo"),
        ("measuredVariable", "14-day mortality"),
    ]
    assert "statistic" not in evidence
    assert "relatedArtifact" not in evidence


FULL = f"""\
studies:
- {{id: s1, cites: [good2020, "a_b:c", Nobody1999], design: cohort, state: read, directness: direct}}
- {{id: s2, reference: {json.dumps(HOSTILE)}, design: cohort, state: read, directness: indirect,
   indirect_because: rats}}
- {{id: s3, cites: [good2020], design: cohort, state: read, directness: indirect}}
certainty:
- {{id: a, outcome: gone, scale: grade, level: very_low, studies: [s1], override: agreed, note: {json.dumps(HOSTILE)},
   steps: [{{domain: large_effect, by: 2, studies: [s2, s3]}}, {{domain: dose_response, by: 0}},
           {{domain: imprecision, by: 1}}, {{domain: large_effect, by: -3}}, {{domain: imprecision, by: -3}}],
   effect: {{measure: mean_change, estimate: -1e+300, ci: [3, 1], participants: 1000000000000, note: as printed}}}}
- {{id: a, subject: {json.dumps(HOSTILE)}, scale: grade, level: no_evidence, studies: [s1, s1], timepoint: a week,
   effect: {{measure: odds_ratio, estimate: 0, ci: [-1, 1], participants: 0, studies: 0}}}}
- {{id: a.2, comparison: ket against ect, scale: grade, level: high}}
- {{id: nothing, scale: grade, level: high}}
- {{id: p, subject: x, scale: plausibility, level: high}}
- {{id: f, subject: x, scale: feasibility, level: high}}
"""
ODD = r"""
@article{a_b:c, title = {{\"U}ber \emph{keta\-mine} <b>&</b> 50\%},
  author = {M{\"u}ller, A. and {The Group} and others}, journal = {J. of~K}, number = {2}, volume = 3, pages = {10--12},
  date = {2020-05}, doi = {https://doi.org/10.1000/183},
  eprint = {12345}, eprinttype = {pubmed}, url = {https://example.org/a b}}
"""
STORE = (
    "@misc{good2020, title = {Good}, year = {in press}, doi = {none}, number = 4, url = {https://example.org/}}\n"
    "@misc{empty, note = {}}\n"
)


def test_what_is_odd_stays_data_and_what_is_missing_is_left_out(tmp_path: Path) -> None:
    write(tmp_path, {"reviews/good.yaml": HEAD.format(id="good") + FULL, "references.bib": STORE + ODD})
    bundle = bundle_of(tmp_path)
    first, second, third = resources(bundle, "Evidence")
    assert [resource["id"] for resource in (first, second, third)] == ["good.a", "good.a.2", "good.a.2.2"]
    (certainty,) = first["certainty"]
    assert [note["text"] for note in certainty["note"]] == ["Not start plus steps: agreed"]
    assert [coded(part["rating"]) for part in certainty["subcomponent"]] == [
        ["present", "upcode2"],
        ["absent", "no-change"],
        ["upcode1"],
        ["downcode3"],
        ["extremely-serious-concern", "downcode3"],
    ]
    assert certainty["subcomponent"][0]["note"] == [{"text": "Studies: s2, s3"}]
    (statistic,) = first["statistic"]
    assert statistic == {
        "note": [{"text": "as printed"}],
        "statisticType": {"text": "mean change"},
        "quantity": {"value": -1e300},
    }
    assert [note["text"] for note in first["note"][1:]] == ["s2 is indirect evidence: rats", "s3 is indirect evidence"]
    for text in (first["note"][0]["text"], first["relatedArtifact"][-1]["citation"]):
        assert "\\<script>" in text
        assert "[x\\](" in text
        assert "\\\\\\\\\\<img" in text
    assert second["certainty"] == [
        {"type": codes.concept(codes.CERTAINTY_TYPE, codes.OVERALL), "rating": {"text": "no evidence"}}
    ]
    assert second["statistic"][0]["sampleSize"] == {"numberOfStudies": 0, "numberOfParticipants": 0}
    assert second["statistic"][0]["attributeEstimate"][0]["range"] == {"low": {"value": -1}, "high": {"value": 1}}
    assert second["variableDefinition"][0]["directnessMatch"] == {"text": "direct"}
    assert "directnessMatch" not in first["variableDefinition"][0]
    assert third["variableDefinition"][0]["description"] == "ket against ect"
    plain, odd = resources(bundle, "Citation")
    assert plain["citedArtifact"] == {
        "title": [{"text": "Good"}],
        "publicationForm": [{"publicationDateText": "in press"}],
        "webLocation": [{"url": "https://example.org/"}],
    }
    assert odd["id"] == resource_id("a_b:c") != "a_b:c"
    assert odd["identifier"] == [{"value": "a_b:c"}]
    assert odd["citedArtifact"] == {
        "identifier": [
            {"system": "https://doi.org", "value": "10.1000/183"},
            {"system": "https://pubmed.ncbi.nlm.nih.gov", "value": "12345"},
        ],
        "title": [{"text": "Über ketamine \\<b>&\\</b> 50%"}],
        "publicationForm": [
            {
                "publishedIn": {"title": "J. of K"},
                "articleDate": "2020-05",
                "volume": "3",
                "issue": "2",
                "pageString": "10-12",
            }
        ],
        "contributorship": {"summary": [{"value": "Müller, A.; The Group; et al."}]},
    }
    corpus = corpus_of(tmp_path)
    assert answer(corpus, corpus.reviews[0]).left_out == (
        "left out, as plausibility is no scale of GRADE: p",
        "left out, as feasibility is no scale of GRADE: f",
        "left out, as they do not say what is rated: nothing",
        "left out, as the store has no entry: Nobody1999",
    )


def test_a_step_for_indirectness_says_that_a_variable_is_not_the_intended_one(tmp_path: Path) -> None:
    rated = (
        "- {{id: {}, subject: x, scale: grade, level: low, studies: [s1], steps: [{{domain: indirectness, by: {}}}]}}"
    )
    review = FULL[: FULL.index("certainty:")] + "certainty:\n" + rated.format("a", 0) + "\n" + rated.format("b", -1)
    write(tmp_path, {"reviews/good.yaml": HEAD.format(id="good") + review, "references.bib": STORE})
    first, second = resources(bundle_of(tmp_path), "Evidence")
    assert "directnessMatch" in first["variableDefinition"][0]
    assert "directnessMatch" not in second["variableDefinition"][0]


@pytest.mark.parametrize("measure", Measure)
def test_every_measure_and_level_has_a_concept(measure: Measure) -> None:
    concept = codes.measure_concept(measure)
    assert concept.get("text") or concept["coding"][0]["code"]
    assert all(codes.level_concept(level) for level in Level)


@given(st.lists(st.text(), unique=True))
def test_ids_are_valid_and_unique(names: list[str]) -> None:
    ids = [resource_id(name) for name in names]
    assert all(ID.fullmatch(found) for found in ids)
    assert len(set(ids)) == len(ids)


def test_an_id_that_looks_made_is_made_anew() -> None:
    assert resource_id("a.B-1") == "a.B-1"
    made = resource_id("a_b")
    assert re.fullmatch(r"a-b-[0-9a-f]{12}", made)
    assert resource_id(made) != made
    assert len(resource_id("x" * 65)) == 64
    assert full_url("r", "Evidence", "a_b") != full_url("r", "Evidence", "a-b") != full_url("r", "Citation", "a-b")


def test_texts_are_made_harmless_in_linear_time() -> None:
    assert string("a\x00b\r\n  c") == "a\ufffdb c"
    assert markdown("p < 0.05 and [1] (2)") == "p < 0.05 and [1] (2)"
    assert markdown("\\<b>") == "\\\\\\<b>"
    assert markdown("[a]: javascript:1") == "[a\\]: javascript:1"
    assert markdown("\\" * 100_000) == "\\" * 100_000
    assert without_latex("{" * 100_000 + "\\x") == "\\x"
    assert without_latex("\\x{" * 300)
    assert without_latex("\\input{/etc/passwd} 5% & \\& of \\#3") == "5% & & of #3"


def test_the_command_writes_checks_and_says_what_is_left_out(tmp_path: Path) -> None:
    pytest.importorskip("fhir.resources", reason="the extra `fhir` is not installed")
    files = {"reviews/good.yaml": HEAD.format(id="good") + FULL, "references.bib": STORE}
    write(tmp_path, files | {"reviews/none.yaml": HEAD.format(id="none")})
    out = run(tmp_path, "export", "good", *AS_OF, "--to", "fhir", "--force")
    assert (out.code, out.json["type"]) == (0, "collection")
    assert "good: left out, as plausibility is no scale of GRADE: p\n" in out.talk
    assert "1 fault of reading" in run(tmp_path, "export", "good", "--to", "fhir").talk
    both = ("export", "good", "none", "--to", "fhir", "--force")
    refused = run(tmp_path, *both, "-o", "one.json").talk
    assert "need a folder" in refused
    assert len(refused.splitlines()) == 1  # of data that are not made, nothing else is told
    assert run(tmp_path, *both, "-o", "out", "--check").out.splitlines() == [
        "out/good.json: is not what the reviews say now",
        "out/none.json: is not what the reviews say now",
    ]
    assert "wrote out/none.json\n" in run(tmp_path, *both, "-o", "out").talk
    assert (tmp_path / "out/good.json").read_bytes() == out.raw
    assert json.loads((tmp_path / "out/none.json").read_bytes()) == {
        "resourceType": "Bundle",
        "id": "none",
        "type": "collection",
    }
    assert run(tmp_path, *both, "-o", "out", "--check").code == 0
    assert "out/good.json is up to date" in run(tmp_path, *both, "-o", "out", "--as-of", "2031-01-01").talk
    write(tmp_path, {"out/good.json": "{}"})
    assert run(tmp_path, *both, "-o", "out", "--check").code == 1
    assert "cannot write" in run(tmp_path, *both[:2], *both[3:], "-o", "reviews/good.yaml/x.json").talk


def test_without_the_extra_it_is_written_and_said(tmp_path: Path) -> None:
    write(tmp_path, {"reviews/good.yaml": HEAD.format(id="good"), "hide/fhir/__init__.py": ""})
    path = str(tmp_path / "hide")
    done = run(tmp_path, "export", "good", "--to", "fhir", PYTHONPATH=f"{path}:{ROOT / 'src'}")
    assert (done.code, done.json["id"]) == (0, "good")
    assert "pip install 'ketreview[fhir]'" in done.talk
