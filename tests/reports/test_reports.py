"""The reports on one small project: their data word for word, and how they look at 80 and 200 columns."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from ketreview import pipeline
from ketreview.checking import Selection, catalogue
from ketreview.config import Settings
from ketreview.diagnostics import Diagnostic
from ketreview.document import Document, packed, unpacked
from ketreview.files import Files
from ketreview.linking import Corpus
from ketreview.render.data import as_csv, as_data
from ketreview.render.documents import terminal
from ketreview.reports import certainty, findings_table, pending, rules, show, status, summary_of_findings
from tests.projects import write

STORE = """\
@article{anand2023, title = {A}, year = {2023}}
@article{uncited2020, title = {B}, year = {2020}}
"""
REVIEW = """\
schema_version: 1
id: depression
title: Ketamine for depression
status: active
question:
  populations: [{id: trd, name: Treatment-resistant depression}]
  interventions: [{id: ket, name: Ketamine}, {id: ect, name: ECT}]
  comparisons: [{id: ket-ect, population: trd, intervention: ket, comparator: ect}]
  outcomes:
  - {id: response, name: Response, importance: critical, kind: benefit}
  - {id: harm, name: Any harm, importance: critical, kind: harm}
  - {id: cost, name: Cost, importance: limited}
currency: {mode: living, interval_days: 90, last_search: 2026-01}
sources:
- id: folder
  title: A folder
  folder: literature
  files: [{path: here.md}, {path: gone.md}, {path: empty.md}]
  references: [{label: Anand 2023, cites: anand2023}, {label: Walitt 2021}, {label: "FDA, 2020"}]
studies:
- {id: anand, cites: [anand2023, lost2021], design: randomised_trial, state: read}
- {id: walitt, reference: walitt 2021, design: unknown, state: found}
claims:
- {id: c1, kind: efficacy, statement: S, about: [ket], rating: r1, supports: [{study: anand}]}
certainty:
- id: r1
  outcome: response
  comparison: ket-ect
  population: trd
  timepoint: three weeks
  scale: grade
  as_stated: Medium
  start: high
  level: moderate
  studies: [anand]
  steps:
  - {domain: risk_of_bias, by: -1, because: not blinded, studies: [anand]}
  - {domain: imprecision, by: -1, because: one trial, studies: [anand]}
  effect: {measure: risk_ratio, estimate: 1.34, ci: [1.09, 1.64], control_per_1000: 412, participants: 365}
- {id: r2, outcome: harm, scale: grade, level: low, start: low, override: "", studies: [anand]}
- {id: r3, outcome: cost, scale: grade, level: no_evidence}
- {id: r4, subject: relevance, scale: plausibility, level: low}
trials:
- {id: t1, title: T, status: COMPLETED, registrations: [NCT04436250]}
integration:
- {kind: bibliography, target: references.bib, state: done, since: 2026-02-01}
- {kind: bibliography, target: other.bib, state: pending}
- {kind: appendix, target: Appendix H, state: pending, since: 2026-01-29}
- {kind: file, target: literature/here.md, state: pending, since: 2026-03}
next_steps: [{text: Read the results, waits_for: [t1]}]
"""
BARE = "schema_version: 1\nid: bare\ntitle: Nothing yet\nstatus: planned\n"


@pytest.fixture
def project(tmp_path: Path) -> pipeline.Project:
    texts = {
        "reviews/depression.yaml": REVIEW.replace('override: "", ', ""),
        "reviews/bare.yaml": BARE,
        "references.bib": STORE,
        "literature/here.md": "text",
        "literature/empty.md": "",
    }
    found = pipeline.read(Files(write(tmp_path, texts)), Settings(), date(2026, 11, 20))
    assert [finding.message for finding in found.reading] == []
    return found


@pytest.fixture
def corpus(project: pipeline.Project) -> Corpus:
    return project.corpus


@pytest.fixture
def findings(project: pipeline.Project) -> tuple[Diagnostic, ...]:
    return pipeline.check(project, Selection(select=("KR201", "KR501", "KR702")))


def text(document: Document, width: int) -> str:
    out = io.StringIO()
    terminal.show(document, Console(file=out, width=width))
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())


def test_status(corpus: Corpus, findings: tuple[Diagnostic, ...]) -> None:
    data = as_data(status.answer(corpus, findings))
    bare, depression = data["reviews"]
    assert depression == {
        "id": "depression",
        "title": "Ketamine for depression",
        "status": "active",
        "studies": 2,
        "claims": 1,
        "trials": 1,
        "references": {"cited": 2, "resolved": 1, "unresolved": ["lost2021"]},
        "certainty": [
            {"outcome": "response", "comparison": "ket-ect", "population": "trd", "level": "moderate"},
            {"outcome": "harm", "comparison": None, "population": None, "level": "low"},
            {"outcome": "cost", "comparison": None, "population": None, "level": "no_evidence"},
        ],
        "last_search": "2026-01",
        "search_age_days": 293,
        "integration": {"done": 2, "pending": 7, "drift": 4},
        "findings": {"errors": 1, "warnings": 2, "infos": 0},
    }
    assert bare["references"] == {"cited": 0, "resolved": 0, "unresolved": []}
    assert (bare["last_search"], bare["search_age_days"], bare["certainty"]) == (None, None, [])
    assert data["project"] == {
        "bibliography_files": 1,
        "entries": 2,
        "chapters": 0,
        "citations": 3,
        "unresolved": 1,
        "uncited": 1,
        "staged": 0,
        "folders": 0,
    }
    assert [row["id"] for row in as_data(status.answer(corpus, (), ["bare"]))["reviews"]] == ["bare"]


def test_status_says_whether_a_review_is_up_to_date(tmp_path: Path) -> None:
    texts = {
        "reviews/a.yaml": BARE.replace("bare", "a")
        + "currency: {mode: periodic, status: update_pending, rationale: One study waits, reassess_on: 2027-01}\n",
        "reviews/b.yaml": BARE.replace("bare", "b") + "currency: {mode: periodic, status: up_to_date}\n",
        "reviews/c.yaml": BARE.replace("bare", "c") + "currency: {mode: static}\n",
    }
    corpus = pipeline.read(Files(write(tmp_path, texts)), Settings(), date(2026, 11, 20)).corpus
    answer = status.answer(corpus, ())
    assert [review.get("updating") for review in as_data(answer)["reviews"]] == [
        {"status": "update_pending", "rationale": "One study waits", "reassess_on": "2027-01"},
        {"status": "up_to_date", "rationale": None, "reassess_on": None},
        None,
    ]
    shown = text(status.document(answer, corpus), 200)
    assert "update pending, again 2027-01" in shown
    assert "up to date" in shown


def test_pending(corpus: Corpus) -> None:
    items = as_data(pending.answer(corpus))["items"]
    shown = ("since", "kind", "target", "declared", "observed", "drift")
    assert [tuple(item[name] for name in shown) for item in items] == [
        ("2026-01-29", "appendix", "Appendix H", "pending", "unknown", False),
        ("2026-02-01", "bibliography", "references.bib", "done", "pending", True),
        ("2026-03", "file", "literature/here.md", "pending", "done", True),
        (None, "file", "literature/here.md", "done", "done", False),
        (None, "file", "literature/gone.md", "done", "absent", True),
        (None, "file", "literature/empty.md", "done", "absent", True),
        (None, "reference", "FDA, 2020", "pending", "absent", False),
        (None, "reference", "walitt 2021", "pending", "absent", False),
        (None, "bibliography", "other.bib", "pending", "absent", False),
    ]  # fmt: skip
    assert items[0].keys() == {
        "review",
        "kind",
        "target",
        "declared",
        "observed",
        "drift",
        "since",
        "path",
        "line",
        "note",
    }
    assert (items[1]["path"], items[1]["line"]) == ("reviews/depression.yaml", 46)
    assert pending.answer(corpus, ["bare"]).items == ()


def test_certainty(corpus: Corpus) -> None:
    ratings = as_data(certainty.answer(corpus))["ratings"]
    assert ratings[0] == {
        "review": "depression",
        "id": "r1",
        "outcome": "response",
        "comparison": "ket-ect",
        "population": "trd",
        "scale": "grade",
        "as_stated": "Medium",
        "level": "moderate",
        "computed": "low",
        "agrees": False,
        "steps": [
            {"domain": "risk_of_bias", "by": -1, "because": "not blinded", "studies": ["anand"], "counted": -1},
            {"domain": "imprecision", "by": -1, "because": "one trial", "studies": ["anand"], "counted": -1},
        ],
        "start": "high",
        "profile": "cochrane",
        "override": None,
    }
    assert [(rating["level"], rating["computed"], rating["agrees"]) for rating in ratings[1:]] == [
        ("low", "low", True),
        ("no_evidence", None, None),
        ("low", None, None),
    ]
    assert ratings[3]["subject"] == "relevance"
    assert "outcome" not in ratings[3]


def test_summary_of_findings(corpus: Corpus) -> None:
    first, *others = as_data(summary_of_findings.answer(corpus))["findings"]
    assert first["comparison"] == "Ketamine against ECT"
    assert (first["population"], first["outcome"]) == ("Treatment-resistant depression", "Response")
    assert (first["risk_with_control"], round(first["risk_with_intervention"])) == (412, 552)
    assert [round(risk) for risk in first["risk_interval"]] == [449, 676]
    assert (first["participants"], first["studies"], first["comments"]) == (365, 1, "not blinded; one trial")
    assert [(row["outcome"], row["estimate"]) for row in others] == [("Any harm", None), ("Cost", None)]


def uses(corpus: Corpus, name: str) -> list[tuple[str, int, str]]:
    records = show.answer(corpus, name).records
    return [(record.kind, use.line, use.by) for record in records for use in record.uses]


def test_show(corpus: Corpus) -> None:
    assert uses(corpus, "anand") == [
        ("study", 24, "depression: c1"),
        ("study", 35, "depression: r1"),
        ("study", 37, "depression: r1"),
        ("study", 38, "depression: r1"),
        ("study", 40, "depression: r2"),
    ]
    assert [by for _, _, by in uses(corpus, "anand2023")] == ["depression: folder", "depression: anand"]
    assert uses(corpus, "depression:t1") == [("trial", 50, "depression: depression")]
    assert [record.kind for record in show.answer(corpus, "depression").records] == ["review"]
    assert show.answer(corpus, "bare:anand").records == ()
    assert {"anand2023", "anand", "bare", "r1"} <= set(show.names(corpus))


@pytest.mark.parametrize("width", [80, 200])
def test_how_they_look(
    corpus: Corpus, findings: tuple[Diagnostic, ...], golden: Callable[[str, str], None], width: int
) -> None:
    documents = [
        status.document(status.answer(corpus, findings), corpus),
        pending.document(pending.answer(corpus)),
        certainty.document(certainty.answer(corpus), corpus),
        findings_table.document(summary_of_findings.answer(corpus)),
        show.document(show.answer(corpus, "walitt")),
        show.document(show.answer(corpus, "r1")),
        rules.document(rules.answer([catalogue()["KR201"], catalogue()["KR702"]])),
        rules.explanation(catalogue()["KR101"]),
    ]
    golden(f"reports-{width}.txt", "\n".join(text(document, width) for document in documents))
    assert all(unpacked(packed(document)) == document for document in documents)


def test_csv(corpus: Corpus) -> None:
    rows: tuple[Any, ...] = pending.answer(corpus).items
    header, first, *_ = as_csv(rows).splitlines()
    assert header == "review,kind,target,declared,observed,drift,since,path,line,note"
    assert first == "depression,appendix,Appendix H,pending,unknown,false,2026-01-29,reviews/depression.yaml,48,"


def test_pending_says_of_which_folder_it_speaks(tmp_path: Path) -> None:
    status_block = "## Integration Status\n\n- [ ] Added to Appendix H\n- ⏳ Awaiting chapter integration\n"
    files = Files(write(tmp_path, {"references.bib": STORE, "lit/roe-2020/README.md": f"# Roe 2020\n\n{status_block}"}))
    corpus = pipeline.read(files, Settings(reviews=(), literature=("lit/**",)), date(2026, 11, 20)).corpus
    shown = text(pending.document(pending.answer(corpus)), 80)
    assert "Appendix H for roe-2020" in shown
    assert "a chapter for roe-2020" in shown
    assert "Review" not in shown
