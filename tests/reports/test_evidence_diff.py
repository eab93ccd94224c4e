"""What changed in the evidence: on small repositories, forward and back, at 80 columns, in a pipe and as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from ketreview.config import Settings
from ketreview.diagnostics import Diagnostic
from ketreview.linking import Parts, link
from ketreview.linking.books import Book
from ketreview.model.differing import FieldChange, differences, words
from ketreview.parsing.reviews import parse_review
from ketreview.reports.contrast import contrast, shortened
from ketreview.reports.evidence_diff import DiffAnswer, Side, answer
from ketreview.reports.evidence_diff.rows import rows
from ketreview.reports.evidence_diff.telling import document
from tests.cli.test_reports_included import BOOK
from tests.projects import AS_OF, HEAD, Run, run
from tests.repositories import commit, git, repository
from tests.typesetters import latex, needs_latex

STORE = "@article{anand2023, title = {A}, year = {2023}}\n"
SETTINGS = 'select = ["KR0", "KR201"]\n'
"""So that the golden files do not change with every new rule."""
BEFORE = """\
schema_version: 1
id: depression
title: Ketamine for depression
status: active
question:
  outcomes: [{id: response, name: Response, importance: critical}]
studies:
- {id: anand, cites: [anand2023], design: randomised_trial, state: found}
- {id: gone, reference: Walitt 2021, design: unknown, state: found}
claims:
- id: c1
  kind: efficacy
  statement: Ketamine acts within hours in most of the people who were studied.
  supports: [{study: anand}]
- {id: c2, kind: gap, statement: Nothing is known of adolescents.}
certainty:
- id: r1
  outcome: response
  scale: grade
  start: high
  level: moderate
  studies: [anand]
  steps: [{domain: risk_of_bias, by: -1, because: not blinded}]
trials:
- {id: t1, title: A trial, status: RECRUITING, registrations: [NCT04436250], enrolment: {planned: 60}}
concerns:
- {id: k1, about: [{claim: c1}], problem: Two sources differ., basis: in_documents, status: open}
- {id: k2, about: [{claim: c1}], problem: Settled once., basis: in_documents, status: resolved, resolution: so}
"""
AFTER = """\
schema_version: 1
id: depression
title: Ketamine for depression
status: paused
question:
  outcomes: [{id: response, name: Response at one day, importance: critical}]
studies:
- {id: anand, cites: [anand2023], design: randomised_trial, state: integrated, participants: 365}
- {id: new, title: A new trial, cites: [new2024], design: randomised_trial, state: read}
claims:
- id: c1
  kind: efficacy
  statement: Ketamine acts within hours in some of the people who were studied.
  supports: [{study: anand}, {study: new}]
certainty:
- id: r1
  outcome: response
  scale: grade
  start: high
  level: low
  studies: [anand, new]
  steps:
  - {domain: risk_of_bias, by: -1, because: not blinded}
  - {domain: imprecision, by: -1, because: one small trial}
- {id: r2, subject: relevance, scale: plausibility, level: low}
trials:
- id: t1
  title: A trial
  status: COMPLETED
  registrations: [NCT04436250]
  enrolment: {planned: 60, actual: 58}
  results_posted: 2026-05
concerns:
- {id: k1, about: [{claim: c1}], problem: Two sources differ., basis: in_documents, status: resolved, resolution: so}
- {id: k2, about: [{claim: c1}], problem: Settled once., basis: in_documents, status: open}
- {id: k3, about: [{claim: c1}], problem: A new doubt., basis: unverified, status: open}
"""
PATH = "reviews/depression.yaml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = repository(tmp_path / "p", {PATH: BEFORE, "references.bib": STORE, "ketreview.toml": SETTINGS})
    return commit(root, {PATH: AFTER})


def diff(root: Path, *arguments: str, columns: str = "") -> Run:
    done = run(root, "diff", *AS_OF, *arguments, COLUMNS=columns)
    assert done.code == 0, done.talk
    return done


def fixed(text: str) -> str:
    """Without what a commit's id depends on."""
    return re.sub(r"\b[0-9a-f]{40}\b", "0" * 40, re.sub(r"\([0-9a-f]{10}\)", "(0000000000)", text))


def test_what_is_said(project: Path) -> None:
    found = diff(project, "HEAD~1", "HEAD", "--format", "json").json
    assert {(one["id"], one["change"], one["before"], one["after"]) for one in found["studies"]} == {
        ("anand", "changed", "found", "integrated"), ("gone", "removed", "found", None), ("new", "added", None, "read"),
    }  # fmt: skip
    assert [(one["id"], one["change"]) for one in found["claims"]] == [("c1", "changed"), ("c2", "removed")]
    moved, new = found["certainty"]
    assert (moved["before"], moved["after"], new["change"]) == ("moderate", "low", "added")
    assert moved["why"] == [{"field": "steps.imprecision", "before": None, "after": "by -1, because one small trial"}]
    (trial,) = found["trials"]
    assert [one["field"] for one in trial["fields"]] == ["status", "results_posted", "enrolment.actual"]
    assert [(one["id"], one["before"], one["after"]) for one in found["concerns"]] == [
        ("k1", "open", "resolved"), ("k2", "resolved", "open"), ("k3", None, "open"),
    ]  # fmt: skip
    assert [one["field"] for one in found["reviews"][0]["fields"]] == ["status", "question.outcomes.response.name"]
    assert found["references"] == [{"review": "depression", "key": "new2024", "change": "added"}]
    assert found["before"]["revision"] == "HEAD~1"


def test_golden(project: Path, golden: Callable[[str, str], None]) -> None:
    revisions = ("HEAD~1", "HEAD")
    golden("diff-80.txt", fixed(diff(project, *revisions, columns="80").out))
    golden("diff-pipe.txt", fixed(diff(project, *revisions).out))
    golden("diff.json", fixed(diff(project, *revisions, "--format", "json").out))
    golden("diff.md", fixed(diff(project, *revisions, "--format", "markdown").out))


def test_a_rating_that_stays_tells_what_else_changed_by_names(project: Path) -> None:
    old = "  steps: [{domain: risk_of_bias, by: -1, because: not blinded}]\n"
    new = "  steps: [{domain: risk_of_bias, by: -1, because: open label}]\n  override: so it is\n  rated: 2026-11\n"
    effect = "  effect: {measure: risk_ratio, estimate: 1.5, ci: [1.1, 2.0], participants: 40}\n"
    commit(project, {PATH: BEFORE})
    commit(project, {PATH: BEFORE.replace(old, new + effect)})
    found = diff(project, "HEAD~1", "HEAD")
    (changed,) = [row for row in found.out.splitlines() if "depression:r1" in row]
    assert changed.split("moderate")[2].strip() == "override: + so it is"
    assert "6 other fields: steps, rated, effect (4)\n" in found.out
    fields = diff(project, "HEAD~1", "HEAD", "--format", "json").json["certainty"][0]["fields"]
    assert {"effect.estimate", "rated"} < {one["field"] for one in fields}


@pytest.mark.parametrize("format_", ["csv", "typst", "latex"])
def test_other_formats(project: Path, format_: str) -> None:
    assert "one small trial" in diff(project, "HEAD~1", "HEAD", "--format", format_).out


@pytest.mark.compiles
def test_it_can_be_typeset(project: Path) -> None:
    text = diff(project, "HEAD~1", "HEAD", "--format", "typst").out
    assert typst.compile(text.encode()).startswith(b"%PDF")


@pytest.mark.compiles
@needs_latex
def test_it_can_be_typeset_by_latex(project: Path, tmp_path: Path) -> None:
    latex(tmp_path, BOOK % diff(project, "HEAD~1", "HEAD", "--format", "latex").out, "")


def test_the_working_tree(project: Path) -> None:
    assert diff(project, "HEAD").out.endswith("No change in the evidence, and no finding new or gone.\n")
    (project / PATH).write_text(BEFORE)
    found, back = (
        diff(project, "HEAD", "--format", "json").json,
        diff(project, "HEAD", "HEAD~1", "--format", "json").json,
    )
    assert found["after"] == {"revision": None, "commit": None}
    assert {**found, "after": 0} == {**back, "after": 0}


def test_a_commit_with_itself_is_empty(project: Path) -> None:
    for name in ("HEAD", "HEAD~1"):
        found = diff(project, name, name, "--format", "json").json
        assert not any(value for value in found.values() if isinstance(value, list))
        assert diff(project, name, name, "--format", "csv").out == "\n"


def test_findings_new_and_gone(project: Path) -> None:
    commit(project, {PATH: AFTER.replace("new2024", "nobody2020")})
    new = diff(project, "HEAD~1", "HEAD", "--format", "json").json["findings"]
    assert ("KR201", "added") in {(one["code"], one["change"]) for one in new}
    gone = diff(project, "HEAD", "HEAD~1", "--format", "json").json["findings"]
    assert {(one["fingerprint"], one["change"]) for one in gone} == {
        (one["fingerprint"], {"added": "removed", "removed": "added"}[one["change"]]) for one in new
    }


def test_each_revision_has_its_own_settings(project: Path) -> None:
    commit(project, {"ketreview.toml": 'reviews = ["r/*.yaml"]\n', "r/depression.yaml": AFTER}, PATH)
    found = diff(project, "HEAD~1", "--format", "json").json
    assert not any(found[name] for name in ("reviews", "studies", "claims"))
    commit(project, {"pyproject.toml": '[tool.ketreview]\nreviews = ["r/*.yaml"]\n'}, "ketreview.toml")
    assert diff(project, "HEAD~2", "HEAD", "--format", "json").json["reviews"] == []


def test_what_cannot_be_read_is_not_said_to_be_gone(project: Path) -> None:
    commit(project, {PATH: AFTER + "  wrong: [\n"})
    done = diff(project, "HEAD~1", "HEAD", "--format", "json")
    assert done.json["studies"] == done.json["reviews"] == []
    assert "as of HEAD: what they hold may be missing here" in done.talk
    commit(project, {PATH: AFTER.replace("kind: efficacy", "kind: nonsense")})
    found = diff(project, "HEAD~2", "HEAD", "--format", "json").json
    assert found["claims"] == []
    commit(project, {f"reviews/{number}.yaml": "a: [\n" for number in range(5)})
    assert "more file" in diff(project, "HEAD~1", "HEAD").talk


@pytest.mark.parametrize("revision", ["nope", "--all", "HEAD:a", "", "x" * 5000])
def test_a_bad_revision(project: Path, revision: str) -> None:
    for arguments in ((revision,), ("HEAD", revision)):
        done = run(project, "diff", *AS_OF, "--", *arguments)
        assert done.code == 2
        assert "commit" in done.talk


def test_no_repository(tmp_path: Path) -> None:
    (tmp_path / "references.bib").write_text(STORE)
    assert run(tmp_path, "diff", "HEAD").code == 2


def test_kept_answers_follow_the_revision(project: Path) -> None:
    git(project, "branch", "base", "HEAD~1")
    first = diff(project, "base", "--format", "json").json
    assert diff(project, "base", "--format", "json").json == first
    git(project, "branch", "-f", "base", "HEAD")
    assert diff(project, "base", "--format", "json").json["studies"] == []


def test_hostile_words_do_nothing(tmp_path: Path) -> None:
    bad = "\\u001b[31m[bold]x[/] | <script>"
    root = repository(tmp_path / "p", {PATH: BEFORE, "references.bib": STORE})
    commit(root, {PATH: BEFORE.replace("Nothing is known of adolescents.", f'"{bad}"')})
    for format_ in ("table", "markdown"):
        out = diff(root, "HEAD~1", "HEAD", "--format", format_).out
        assert "\x1b" not in out
    assert "<script>" not in diff(root, "HEAD~1", "HEAD", "--format", "markdown").out.replace("\\<", "")


# Properties


def side(*texts: str, findings: tuple[Diagnostic, ...] = (), **more: Any) -> Side:
    files = [parse_review(f"reviews/{number}.yaml", text.encode()) for number, text in enumerate(texts)]
    corpus, _ = link(
        Parts(reviews=files, store=Book(None, frozenset(), (), (), True), sizes={}), settings=Settings(),
        as_of=date(2026, 11, 20),
    )  # fmt: skip
    found = tuple(finding for file in files for finding in file.diagnostics)
    return Side(corpus, (*found, *findings), **more)


_IDS = st.lists(st.sampled_from(["a", "b", "c", "d"]), unique=True)
_WORDS = st.sampled_from(["one", "two words", "a: [b]", "é | <x>", "-1"])


@st.composite
def reviews(draw: st.DrawFn) -> str:
    studies = [
        {
            "id": name,
            "design": draw(st.sampled_from(["cohort", "unknown"])),
            "state": draw(st.sampled_from(["found", "read"])),
            "cites": draw(st.lists(st.sampled_from(["k1", "k2", "k3"]))),
            "results": [{"outcome": draw(st.sampled_from("op")), "estimate": draw(st.sampled_from([1, 2.5]))}]
            * draw(st.integers(0, 2)),
        }
        for name in draw(_IDS)
    ]
    ratings = [
        {
            "id": name,
            "subject": draw(_WORDS),
            "scale": "grade",
            "level": draw(st.sampled_from(["high", "low", "very_low", "no_evidence"])),
            "steps": [
                {
                    "domain": draw(st.sampled_from(["imprecision", "indirectness"])),
                    "by": draw(st.sampled_from([-1, -2])),
                }
                for _ in range(draw(st.integers(0, 3)))
            ],
        }
        for name in draw(_IDS)
    ]
    claims = [{"id": name, "kind": "gap", "statement": draw(_WORDS)} for name in draw(_IDS)]
    head = {"schema_version": 1, "id": draw(st.sampled_from(["x", "y"])), "title": draw(_WORDS), "status": "active"}
    return json.dumps({**head, "studies": studies, "claims": claims, "certainty": ratings})


SIDES = st.builds(
    lambda texts, retracted: side(*texts, retracted=frozenset(retracted)),
    st.lists(reviews(), max_size=2, unique_by=lambda text: json.loads(text)["id"]),
    st.sets(st.sampled_from(["k1", "k2"])),
)
_SWAPPED = {"added": "removed", "removed": "added", "changed": "changed"}


def reversed_(found: DiffAnswer) -> DiffAnswer:
    """The diff the other way round."""

    def swap(one: Any) -> Any:
        if isinstance(one, FieldChange):
            return FieldChange(one.field, one.after, one.before)
        changes: dict[str, Any] = {"change": _SWAPPED[one.change]}
        if hasattr(one, "fields"):
            changes |= {"before": one.after, "after": one.before, "fields": tuple(map(swap, one.fields))}
        if hasattr(one, "why"):
            changes |= {"why": tuple(map(swap, one.why))}
        if hasattr(one, "title") and one.change == "changed":
            changes |= {"title": ""}
        return replace(one, **changes)

    values = {spec.name: getattr(found, spec.name) for spec in fields(found)}
    lists = {name: value for name, value in values.items() if isinstance(value, tuple)}
    swapped: dict[str, Any] = {name: tuple(map(swap, changes)) for name, changes in lists.items()}
    swapped["findings"] = tuple(sorted(swapped["findings"], key=lambda one: one.change))
    return replace(found, before=found.after, after=found.before, **swapped)


@given(SIDES)
def test_a_state_with_itself_is_empty(one: Side) -> None:
    assert answer(one, one).empty
    assert rows(answer(one, one)) == ()


@given(SIDES, SIDES)
def test_forward_and_back_agree(one: Side, other: Side) -> None:
    forward, back = answer(one, other), answer(other, one)
    assert reversed_(reversed_(back)) == reversed_(forward)
    assert document(forward).blocks
    assert bool(rows(forward)) != forward.empty


# Words


def test_words() -> None:
    review = parse_review(PATH, BEFORE.encode()).review
    assert review is not None
    assert words(review.trials[0].enrolment) == "planned 60"
    assert words((True, False, None, 2.50, 3.0)) == "yes; no; ; 2.5; 3"
    assert words({"a": 1, "b": "x\ny"}) == "a: 1, b: x y"
    assert differences(None, None) == ()
    given_ = differences(None, review.trials[0])
    assert given_[:2] == (FieldChange("id", None, "t1"), FieldChange("title", None, "A trial"))
    assert all(change.before is None for change in given_)


def test_an_interval_is_one_value_with_its_bounds_in_order() -> None:
    head = HEAD.format(id="a") + "certainty:\n- {id: r, subject: s, scale: grade, level: low, "
    effects = [
        "{measure: other, estimate: 142, ci: [39, 242]}",
        "{measure: other, estimate: 142, ci: [-300, 242]}",
        "{measure: other, estimate: 142}",
    ]
    one, other, none = (parse_review(PATH, f"{head}effect: {effect}}}\n".encode()).review for effect in effects)
    assert differences(one, other) == (FieldChange("certainty.r.effect.ci", "39; 242", "-300; 242"),)
    assert differences(none, other) == (FieldChange("certainty.r.effect.ci", None, "-300; 242"),)


def test_judgements_by_domain_are_told_apart() -> None:
    text = BEFORE.replace("state: found}", "state: found, risk_of_bias: [{tool: rob2, domains: {a: low, b: high}}]}", 1)
    one, other = (parse_review(PATH, some.encode()).review for some in (text, text.replace("b: high", "c: low")))
    assert one is not None
    assert other is not None
    (change,) = differences(one.studies[0], other.studies[0])
    assert (change.field, change.before) == ("risk_of_bias", "tool rob2, domains a: low, b: high")
    assert [found.field for found in differences(one.studies[0].risk_of_bias[0], other.studies[0].risk_of_bias[0])] == [
        "domains.b", "domains.c",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("a b c d e f", "a b c d x f", ("… b c d e f", "… b c d x f")),
        ("a x", "b x", ("a x", "b x")),
        ("x a b c d e", "y a b c d e", ("x a b c …", "y a b c …")),
        ("a b", "a b c", ("a b", "a b c")),
        ("", "a", ("", "a")),
    ],
)
def test_contrast(before: str, after: str, shown: tuple[str, str]) -> None:
    assert contrast(before, after) == shown
    assert contrast(after, before) == shown[::-1]


@given(st.text(), st.text())
def test_contrast_shows_a_difference(before: str, after: str) -> None:
    one, other = contrast(before, after)
    if before.split() == after.split():
        assert one == other
    assert len(one) <= 130


def test_shortened() -> None:
    assert shortened("word " * 50, 20) == "word word word…"
    assert shortened("x" * 30, 20) == "x" * 19 + "…"
