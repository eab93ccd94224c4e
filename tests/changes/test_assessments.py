"""Which study a row of a table is of, and what becomes of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview import pipeline
from ketreview.appraisal.prisma_boxes import BOXES
from ketreview.appraisal.risk_of_bias_tools import TOOLS
from ketreview.changes.assessments import Additions, normal, planned
from ketreview.changes.flows import changed, edits
from ketreview.config import Settings
from ketreview.edits import edited
from ketreview.files import Files
from ketreview.linking import Corpus
from ketreview.model.flow import PARTS
from ketreview.model.vocabulary import RiskOfBiasTool
from ketreview.parsing.exchange.csv_rows import read_rows
from ketreview.parsing.exchange.prisma_flow import read_flow
from ketreview.parsing.exchange.robvis import Assessed, read_table
from ketreview.render.exchange import prisma, robvis
from ketreview.reports.risk_of_bias import answer
from tests.projects import HEAD, write

ROB2 = RiskOfBiasTool.ROB2
STORE = """\
@article{anand2023, author = {Anand, Amit and Mathew, Sanjay J.}, title = {A}, year = {2023}}
@article{diaz2020, author = {Acevedo-Díaz, Elia E. and Other, B.}, title = {B}, date = {2020-05}}
@article{smith2019a, author = {Smith, A.}, title = {C}, year = {2019}}
@article{smith2019b, author = {Smith, B.}, title = {D}, year = {2019}}
@misc{nobody, title = {E}}
"""
REVIEW = (
    HEAD.format(id="a")
    + """\
question:
  outcomes: [{id: response, name: Response, importance: critical}]
studies:
- {id: elekt-d, cites: [anand2023, lost2020], design: randomised_trial, state: read}
- {id: walitt, reference: Walitt et al. 2021, design: unknown, state: found}
- {id: diaz, cites: [diaz2020], design: randomised_trial, state: read}
- {id: one, cites: [smith2019a, nobody], design: randomised_trial, state: read}
- id: two
  cites: [smith2019b]
  design: randomised_trial
  state: read
  risk_of_bias:
  - {tool: rob2, result: response, domains: {D1: Low}, overall: Low}
  - {tool: rob2, domains: {D1: High}, overall: High}
"""
)


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    root = write(tmp_path, {"reviews/a.yaml": REVIEW, "references.bib": STORE, "reviews/b.yaml": HEAD.format(id="b")})
    found = pipeline.read(Files(root), Settings(), date(2026, 11, 20))
    assert found.reading == ()
    return found.corpus


def plan(corpus: Corpus, *rows: Assessed, outcome: str = "") -> Additions:
    return planned(corpus, corpus.reviews[0], rows, ROB2, outcome, "rob.csv")


def row(study: str, word: str = "low", line: int = 2) -> Assessed:
    return Assessed(line, study, {"randomisation": word}, word)


@pytest.mark.parametrize(
    ("name", "study"),
    [
        ("elekt-d", "elekt-d"),
        ("ELEKT D", "elekt-d"),
        ("anand2023", "elekt-d"),
        ("Anand 2023", "elekt-d"),
        ("Anand et al., 2023", "elekt-d"),
        ("Anand et al[33], 2023", "elekt-d"),
        ("lost2020", "elekt-d"),
        ("Walitt 2021", "walitt"),
        ("Acevedo-Diaz 2020", "diaz"),
        ("nobody", "one"),
        ("two", "two"),
    ],
)
def test_a_row_is_of_the_study_that_it_names(name: str, study: str, corpus: Corpus) -> None:
    (addition,) = plan(corpus, row(name, "some concerns")).added or plan(corpus, row(name), outcome="x").added
    assert addition.study.id == study


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Smith 2019", "`Smith 2019` may be one or two"),
        ("elekt-e", "`a` has no study `elekt-e`; did you mean `elekt-d`?"),
        ("Nobody 1999", "`a` has no study `Nobody 1999`"),
        ("elekt-d: weight", "`a` has no study `elekt-d: weight`"),
        ("", "`a` has no study ``"),
    ],
)
def test_a_row_that_names_no_study_or_several_is_left(name: str, why: str, corpus: Corpus) -> None:
    found = plan(corpus, row(name))
    assert (found.added, found.known) == ((), 0)
    assert [left.why for left in found.left] == [why]


def test_what_is_there_is_not_added_again_and_not_replaced(corpus: Corpus) -> None:
    found = plan(
        corpus,
        row("two: response"),
        row("two", "high"),
        row("two", "low"),
        row("two: response", "high", 5),
        row("diaz: response", "high", 6),
        row("diaz: response", "low", 7),
        row("two", "some concerns", 8),
    )
    assert found.known == 3
    assert [(addition.study.id, addition.fields) for addition in found.added] == [
        (
            "diaz",
            {
                "tool": "rob2",
                "result": "response",
                "domains": {"randomisation": "high"},
                "overall": "high",
                "note": "rob.csv, line 6",
            },
        )
    ]
    after = edited(corpus.reviews[0].where.source, found.edits())
    assert (
        "design: randomised_trial, risk_of_bias: [{tool: rob2, result: response, domains: {randomisation: high}"
        in after
    )
    assert [(left.line, left.why) for left in found.left] == [
        (5, "`two` has another assessment with RoB 2 for response at line 17"),
        (7, "`diaz` is in the table twice"),
        (8, "`two` has another assessment with RoB 2 at line 18"),
    ]


def test_a_row_may_have_the_whole_alone_or_the_domains_alone(corpus: Corpus) -> None:
    found = plan(corpus, Assessed(2, "elekt-d", {}, "low"), Assessed(3, "diaz", {"reporting": "low"}, ""), outcome="x")
    assert [dict(addition.fields) for addition in found.added] == [
        {"tool": "rob2", "result": "x", "overall": "low", "note": "rob.csv, line 2"},
        {"tool": "rob2", "result": "x", "domains": {"reporting": "low"}, "note": "rob.csv, line 3"},
    ]


def test_a_review_without_a_question_has_no_outcomes(corpus: Corpus) -> None:
    found = planned(corpus, corpus.reviews[1], [row("x: response")], ROB2, "", "rob.csv")
    assert [left.why for left in found.left] == ["`b` has no study `x: response`"]


@given(st.text(max_size=40))
def test_names_can_be_compared_whatever_they_hold(name: str) -> None:
    assert normal(normal(name)) == normal(name)


def assessed(tool: RiskOfBiasTool) -> st.SearchStrategy[str]:
    """A study with an assessment in the tool's words, as YAML."""
    table = TOOLS[tool]
    words = {domain: st.sampled_from(table.allowed(domain)) for domain in table.domains}
    whole = st.sampled_from(table.overall) if tool in {ROB2, RiskOfBiasTool.ROBINS_I} else st.just("")
    return st.builds(
        lambda domains, overall: (
            f"- {{id: s, design: unknown, state: read, risk_of_bias: [{{tool: {tool.value}, domains: {{"
            + ", ".join(f"{domain}: '{word}'" for domain, word in domains.items())
            + f"}}{f', overall: {overall!r}' if overall else ''}}}]}}\n"
        ),
        st.fixed_dictionaries(words),
        whole,
    )


@given(st.sampled_from(tuple(RiskOfBiasTool)).flatmap(lambda tool: st.tuples(st.just(tool), assessed(tool))))
def test_an_assessment_survives_the_way_through_robvis(case: tuple[RiskOfBiasTool, str]) -> None:
    tool, study = case
    corpus = _alone(HEAD.format(id="a") + "studies:\n" + study)
    found = answer(corpus).assessments
    read = read_table(read_rows("a.csv", robvis.render(tool, found).encode()))
    assert (read.tool, read.left) == (tool, ())
    assert [dict(one.domains) for one in read.rows] == [dict(one.domains) for one in found]
    assert planned(corpus, corpus.reviews[0], read.rows, tool, "", "a.csv").known == 1


def _alone(text: str) -> Corpus:
    files = Files(Path(__file__).parent / "nowhere", buffers={"reviews/a.yaml": text.encode()})
    return pipeline.read(files, Settings(), date(2026, 11, 20)).corpus


FIGURES = st.dictionaries(
    st.sampled_from([box.field for box in BOXES if box.field not in PARTS]), st.integers(1, 10**9), min_size=1
)
NAMES = st.text(st.characters(exclude_characters=",;", exclude_categories=["C", "Z"]), min_size=1, max_size=20)
LISTS = st.dictionaries(
    st.sampled_from(PARTS),
    st.lists(
        st.tuples(NAMES.filter(lambda name: name[0] not in "'=+-@＝＋－＠"), st.integers(0, 10**6)),
        min_size=1,
        max_size=3,
    ),
)


@given(FIGURES, LISTS)
def test_a_flow_survives_the_way_through_the_template_of_prisma2020(
    figures: dict[str, int], lists: dict[str, list[tuple[str, int]]]
) -> None:
    values = figures | {name: tuple(parts) for name, parts in lists.items()}
    empty = _alone(HEAD.format(id="a")).reviews[0]
    text = edited(empty.where.source, edits(empty, values))
    review = _alone(text).reviews[0]
    assert review.flow is not None
    assert changed(review, values) == {}
    read = read_flow(read_rows("a.csv", prisma.render(review.flow).encode()))
    assert (read.figures, read.left) == (values, ())
    assert changed(empty, read.figures) == values


def test_what_a_flow_says_otherwise_is_changed() -> None:
    (review,) = _alone(HEAD.format(id="a") + "flow: {duplicates: 3, dbr_excluded: [{name: a, count: 1}]}\n").reviews
    figures = changed(review, {"duplicates": 3, "new_reports": 5, "dbr_excluded": (("a", 2),)})
    assert figures == {"new_reports": 5, "dbr_excluded": (("a", 2),)}
    text = edited(review.where.source, edits(review, figures))
    assert text.endswith("flow: {duplicates: 3, dbr_excluded: [{name: a, count: 2}], new_reports: 5}\n")


def test_signs_that_part_one_name_from_the_next_are_left_out() -> None:
    text = HEAD.format(id="a") + "flow: {dbr_excluded: [{name: 'wrong; and, more', count: 3}], new_reports: 4}\n"
    (review,) = _alone(text).reviews
    assert review.flow is not None
    assert '"wrong / and / more, 3"' in prisma.render(review.flow)
