"""`certainty`, its Summary of Findings and its explanations: what they say, and how they look."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from ketreview import pipeline
from ketreview.config import Settings
from ketreview.document import Document, packed, unpacked
from ketreview.files import Files
from ketreview.linking import Corpus
from ketreview.render.data import as_csv, as_data
from ketreview.render.documents import render_document, terminal
from ketreview.reports import certainty, certainty_explained, findings_table, summary_of_findings
from ketreview.reports.chapter import document as chapter
from tests.projects import AS_OF, run, write

REVIEW = (Path(__file__).parent / "certainty.yaml").read_text("utf-8")
STORE = "@article{one2020, title = {A}, year = {2020}}\n@article{two2021, title = {B}, year = {2021}}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write(tmp_path, {"reviews/pain.yaml": REVIEW, "references.bib": STORE})


@pytest.fixture
def corpus(project: Path) -> Corpus:
    found = pipeline.read(Files(project), Settings(), date(2026, 11, 20))
    assert [finding.message for finding in found.reading] == []
    return found.corpus


def text(document: Document, width: int) -> str:
    out = io.StringIO()
    terminal.show(document, Console(file=out, width=width))
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())


def rows(corpus: Corpus) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in as_data(summary_of_findings.answer(corpus))["findings"]}


def explained(corpus: Corpus, name: str) -> list[str]:
    (one,) = certainty_explained.answer(corpus, name).explanations
    return list(one.sentences)


def test_stated_beside_computed(corpus: Corpus) -> None:
    ratings = {rating.id: rating for rating in certainty.answer(corpus).ratings}
    assert {name: (one.start, one.level, one.computed, one.agrees) for name, one in ratings.items()} == {
        "response-day": ("high", "low", "low", True),
        "response-week": ("high", "low", "moderate", True),
        "score-day": ("high", "moderate", "moderate", True),
        "relapse-year": ("low", "very_low", "very_low", True),
        "nausea-day": ("low", "high", "high", True),
        "sleep-day": (None, "no_evidence", None, None),
        "response-often": ("high", "very_low", "high", False),
        "often-against": ("low", "very_low", "low", False),
        "same": (None, "very_low", None, None),
        "lost": ("unassessed", "very_low", None, None),
        "odd": ("high", "high", None, None),
        "subject": (None, "low", None, None),
        "theory": (None, "moderate", None, None),
        "levels": (None, "level_2", None, None),
    }
    assert [step.counted for step in ratings["score-day"].steps] == [-1]
    assert [step.counted for step in ratings["same"].steps] == [None]
    assert (ratings["theory"].profile, ratings["score-day"].profile) == (None, "one_level")
    assert ratings["response-week"].override == "the trial was stopped early for benefit."


def test_the_certainty_over_the_critical_outcomes(corpus: Corpus) -> None:
    overall = [
        (one.comparison, one.level, one.computed, one.agrees, len(one.critical))
        for one in certainty.answer(corpus).overall
    ]
    assert overall == [
        ("ket-pla", "low", "low", True, 4),
        (None, "high", "very_low", True, 8),
        ("ket-often-ket", "moderate", "very_low", False, 1),
        (None, "moderate", None, None, 0),
        ("often-pla", None, "very_low", None, 1),
        ("ket-ket", None, "very_low", None, 1),
        ("ket-lost", None, "very_low", None, 1),
    ]


def test_risks_are_stated_or_computed(corpus: Corpus) -> None:
    found = rows(corpus)
    names = ("risk_with_control", "risk_with_intervention", "risk_interval", "difference", "difference_interval")
    computed = {name: [found[name][field] for field in names] for name in found}
    assert computed["response-day"] == [
        200,
        pytest.approx(300),
        pytest.approx([240, 376]),
        pytest.approx(100),
        pytest.approx([40, 176]),
    ]
    assert computed["response-week"] == [88, 274, [129, 492], 187, [41, 404]]
    assert computed["score-day"] == [None, None, [], None, []]
    assert [round(value) for value in (computed["relapse-year"][1], *computed["relapse-year"][2])] == [256, 161, 398]
    assert computed["nausea-day"] == [100, 150, [], 50, [20, 80]]


def test_each_finding_in_a_sentence(corpus: Corpus) -> None:
    told = {name: row["statement"] for name, row in rows(corpus).items() if row["statement"]}
    unsure = "The evidence is very uncertain about the effect of"
    assert told == {
        "response-day": "Ketamine may result in a large increase in response compared with placebo.",
        "response-week": "Ketamine may increase response compared with placebo.",
        "score-day": "Ketamine probably reduces pain score slightly compared with placebo.",
        "relapse-year": "Ketamine may reduce relapse compared with placebo, but the evidence is very uncertain.",
        "nausea-day": "Ketamine increases nausea compared with placebo.",
        "response-often": f"{unsure} ketamine on response compared with placebo.",
        "often-against": (
            f"{unsure} ketamine, by infusion (3/week) on response compared with ketamine, by infusion (2/week)."
        ),
    }
    assert {name: row["favours"] for name, row in rows(corpus).items() if row["favours"]} == {
        **dict.fromkeys(("response-day", "response-week", "score-day", "relapse-year"), "intervention"),
        "nausea-day": "comparator",
    }


def test_a_comparison_that_asked_for_noninferiority_is_told_as_that(tmp_path: Path) -> None:
    asked = "  hypothesis: {kind: noninferiority, margin: %s}\n  effect:\n    measure: odds_ratio"
    answers = {
        "0.8": "Ketamine may be no worse than placebo for response, by a noninferiority margin of odds ratio 0.8.",
        "1": "Ketamine may increase response compared with placebo.",
    }
    for margin, told in answers.items():
        text_ = REVIEW.replace("  effect:\n    measure: odds_ratio", asked % margin)
        files = Files(write(tmp_path / margin, {"reviews/a.yaml": text_}))
        found = pipeline.read(files, Settings(), date(2026, 11, 20)).corpus
        row = rows(found)["response-week"]
        assert (row["statement"], row["hypothesis"], row["margin"]) == (told, "noninferiority", float(margin))
        (one,) = certainty_explained.answer(found, "response-week").explanations
        assert f"The comparison was to show noninferiority, by a margin of odds ratio {margin}." in one.sentences


def test_a_margin_has_the_unit_of_its_effect(tmp_path: Path) -> None:
    asked = "  hypothesis: {kind: noninferiority, margin: 6}\n  effect: {measure: mean_difference"
    text_ = REVIEW.replace("  effect: {measure: mean_difference", asked)
    found = pipeline.read(Files(write(tmp_path, {"reviews/a.yaml": text_})), Settings(), date(2026, 11, 20)).corpus
    assert rows(found)["score-day"]["statement"] == (
        "Ketamine is probably no worse than placebo for pain score, by a noninferiority margin of 6 points."
    )


@pytest.mark.parametrize("width", [40, 80, 100, 160, 400])
def test_the_sentences_stand_at_every_width(corpus: Corpus, width: int) -> None:
    out = " ".join(text(findings_table.document(summary_of_findings.answer(corpus)), width).split())
    told = [row["statement"] for row in rows(corpus).values() if row["statement"]]
    assert len(told) == 7
    assert [sentence for sentence in told if sentence not in out] == []
    assert ("• Response (one week): Ketamine may" in out) == (width < 400)


def test_a_reason_is_one_footnote_of_its_table(corpus: Corpus) -> None:
    answer = summary_of_findings.answer(corpus)
    first = answer.tables[0]
    assert (first.comparison, first.population) == ("Ketamine, by infusion against placebo", "Adults with pain")
    assert [(note.number, note.text) for note in first.footnotes] == [
        (1, "risk of bias -1: not blinded (one)"),
        (2, "imprecision -1: few events (one)"),
        (3, "imprecision -2: few events (one)"),
        (4, "risk of bias -2 (two)"),
        (5, "large effect +2: risk ratio above 5"),
        (6, "dose response +1: more with more"),
    ]
    assert [row.footnotes for row in answer.findings][:3] == [(1, 2), (1,), (3,)]
    assert len(answer.findings) == sum(len(table.rows) for table in answer.tables) == 11


def test_explanations(corpus: Corpus) -> None:
    assert explained(corpus, "RESPONSE-DAY") == [
        "Rated by GRADE, as the profile `cochrane` has it (the project's).",
        "It starts at high, as stated and by the design of its studies (randomised trial).",
        "-1 risk of bias, which makes moderate: not blinded (one).",
        "-1 imprecision, which makes low: few events (one).",
        "Computed and stated: low.",
        "The reason given for the whole: one trial.",
        "Over the critical outcomes of this comparison: low, the lowest of response (one day) low, response (one week)"
        " low, score moderate, nausea high.",
    ]
    assert explained(corpus, "score-day")[:4] == [
        "Rated by GRADE, as the profile `one_level` has it (named by the rating).",
        "It starts at high, as stated and by the design of its studies (randomised trial).",
        "-2 imprecision, of which 1 counts in `one_level`, which makes moderate: few events (one).",
        "Computed and stated: moderate.",
    ]
    assert explained(corpus, "response-week")[1:4] == [
        "It starts at high, by the design of its studies (randomised trial).",
        "-1 risk of bias, which makes moderate: not blinded (one).",
        "Computed: moderate. Stated: low, set by hand: the trial was stopped early for benefit.",
    ]
    assert explained(corpus, "Relapse")[2:4] == [
        "-2 risk of bias, which makes very low (the end of the ladder), without a reason (two).",
        "The sum would be 1 below very low, where the ladder ends.",
    ]
    assert explained(corpus, "nausea-day")[4] == "The sum would be 1 above high, where the ladder ends."
    assert explained(corpus, "sleep-day")[1] == (
        "No evidence: where nothing was found, nothing is rated, and nothing is summed up."
    )
    assert explained(corpus, "response-often")[1:4] == [
        "It starts at high, as stated; the profile gives its designs no common start (randomised trial, case series).",
        "No step down or up.",
        "Computed: high. Stated: very low, and no reason is given for the difference (KR501).",
    ]
    assert explained(corpus, "often-against")[1] == (
        "It starts at low, as stated; by design (case series) it would start at very low."
    )
    assert explained(corpus, "same")[1:3] == [
        "No start is stated, and the designs do not settle one (systematic review): nothing is computed.",
        "Stated: very low.",
    ]
    assert explained(corpus, "lost")[1].startswith("It starts at unassessed, which is no level of GRADE's ladder")
    assert explained(corpus, "odd")[1] == "Nobody has described `nobodys`, so nothing is computed."
    assert "its studies are not known" in explained(corpus, "safety profile")[1]
    assert explained(corpus, "theory") == [
        "Rated on the scale of plausibility, which has no start and no steps: moderate.",
        "The reason given for the whole: animal experiments.",
    ]
    assert explained(corpus, "levels") == [
        "Rated on the scale of OCEBM 2011, which has no start and no steps: level 2."
    ]


def test_a_start_may_be_stated_where_no_study_is_known(corpus: Corpus, tmp_path: Path) -> None:
    text_ = REVIEW.replace(
        "start: high\n  level: low\n  studies: [one]\n  because", "start: high\n  level: low\n  because"
    )
    text_ = text_.replace(
        "studies: [one]}\n  - {domain: imprecision, by: -1, because: few events, studies: [one]}", "}"
    )
    other = pipeline.read(
        Files(write(tmp_path / "b", {"reviews/a.yaml": text_})), Settings(), date(2026, 11, 20)
    ).corpus
    assert explained(other, "response-day")[1] == "It starts at high, as stated."


def test_an_outcome_is_found_in_every_review_or_in_those_named(corpus: Corpus) -> None:
    assert len(certainty_explained.answer(corpus, "response").explanations) == 6
    assert certainty_explained.answer(corpus, "response", ["other"]).explanations == ()
    assert {"response", "Response", "theory", "opioid theory"} <= set(certainty_explained.names(corpus))


def documents(corpus: Corpus) -> list[Document]:
    return [
        certainty.document(certainty.answer(corpus), corpus),
        findings_table.document(summary_of_findings.answer(corpus)),
        certainty_explained.document(certainty_explained.answer(corpus, "response")),
    ]


def test_how_they_look_at_80_columns(corpus: Corpus, golden: Callable[[str, str], None]) -> None:
    found = documents(corpus)
    out = "\n".join(text(document, 80) for document in found)
    golden("certainty-80.txt", out)
    assert max(len(row) for row in out.splitlines()) <= 80
    assert all(unpacked(packed(document)) == document for document in found)


ASKED = ((), ("--sof",), ("--explain", "response"))


def test_how_they_look_in_a_pipe(project: Path, golden: Callable[[str, str], None]) -> None:
    golden("certainty-pipe.txt", "\n".join(run(project, "certainty", *asked, *AS_OF).out for asked in ASKED))


def test_their_json(project: Path, golden: Callable[[str, str], None]) -> None:
    outs = [run(project, "certainty", *asked, *AS_OF, "--format", "json").out for asked in ASKED]
    golden("certainty.json", "\n".join(outs))


def test_the_summary_of_findings_in_each_format(corpus: Corpus, golden: Callable[[str, str], None]) -> None:
    document = documents(corpus)[1]
    golden("sof.html", render_document("html", document))
    for name in ("markdown", "latex", "typst"):
        assert "Ketamine may increase response" in render_document(name, document).replace("\n", " ")
    header, first, *_ = as_csv(summary_of_findings.answer(corpus).findings).splitlines()
    assert header.startswith("review,comparison,population,outcome,timepoint,risk_with_control")
    assert "Ketamine may result in a large increase in response compared with placebo." in first


def test_eight_outcomes_are_told(tmp_path: Path) -> None:
    more = "".join(
        f"- {{id: m{number}, outcome: o{number}, scale: grade, level: no_evidence}}\n" for number in range(8)
    )
    review = f"schema_version: 1\nid: a\ntitle: A\nstatus: active\ncertainty:\n{more}"
    corpus = pipeline.read(Files(write(tmp_path, {"reviews/a.yaml": review})), Settings(), date(2026, 11, 20)).corpus
    out = text(findings_table.document(summary_of_findings.answer(corpus)), 100)
    assert "8 outcomes; a Summary of Findings has up to 7, those that matter most." in out
    assert findings_table.document(summary_of_findings.answer(corpus, ["none"])).blocks == ()


def test_a_chapter_says_each_finding_in_a_sentence(corpus: Corpus) -> None:
    review = corpus.review("pain")
    assert review is not None
    out = render_document("markdown", chapter(corpus, review))
    assert "- Ketamine may result in a large increase in response compared with placebo." in out
    assert "Over the critical outcomes of Ketamine, by infusion versus placebo: ⊕⊕○○ low. Response decides." in out
    assert "OCEBM 2011: level 2" in out


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--sof", "--explain", "response"), "--sof and --explain are two reports"),
        (("--explain", "respons"), "nothing is rated under the name of `respons`; did you mean `response`?"),
    ],
)
def test_what_cannot_be_told(project: Path, asked: tuple[str, ...], said: str) -> None:
    done = run(project, "certainty", *asked, *AS_OF)
    assert done.code == 2
    assert said in done.talk


def test_a_level_of_another_scale_breaks_no_report(tmp_path: Path) -> None:
    review = (
        "schema_version: 1\nid: a\ntitle: A\nstatus: active\n"
        "question: {outcomes: [{id: o, name: O, importance: critical}]}\n"
        "certainty: [{id: x, outcome: o, scale: grade, level: level_2, studies: [s]}]\n"
    )
    write(tmp_path, {"reviews/a.yaml": review})
    for asked in (
        ("status",),
        ("certainty",),
        ("certainty", "--sof"),
        ("certainty", "--explain", "o"),
        ("export", "a"),
    ):
        assert run(tmp_path, *asked, *AS_OF).code == 0
