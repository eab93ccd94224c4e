"""What a fix offers, applied."""

from __future__ import annotations

from pathlib import Path

import pytest

from ketreview.checking.examples import DEFAULT_AS_OF
from ketreview.diagnostics import Diagnostic
from tests.examples import findings

HEAD = "schema_version: 1\nid: a\ntitle: A\nstatus: active\n"


def found(code: str, root: Path, contents: dict[str, str]) -> list[Diagnostic]:
    data = {name: text.encode() for name, text in contents.items()}
    return [finding for finding in findings(root, data, DEFAULT_AS_OF) if finding.code.id == code]


def mended(finding: Diagnostic) -> str:
    assert finding.fix is not None
    text = finding.span.source.text
    for edit in sorted(finding.fix.edits, key=lambda edit: edit.span.start, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("[KLEIN2020]", "[Klein2020]"),
        ('["klein2020"]', '["Klein2020"]'),
        ("['klein2020']", "['Klein2020']"),
        ("[&klein2020 klein2020]", "[&klein2020 Klein2020]"),
        ("[\n    klein2020  # KLEIN2020\n  ]", "[\n    Klein2020  # KLEIN2020\n  ]"),
    ],
)
def test_a_key_is_written_as_the_store_has_it(written: str, wanted: str, tmp_path: Path) -> None:
    review = HEAD + "studies:\n- {id: s, design: unknown, state: read, cites: " + written + "}\n"
    (finding,) = found(
        "KR203", tmp_path, {"reviews/a.yaml": review, "references.bib": "@misc{Klein2020, title = {A}}\n"}
    )
    assert finding.fix is not None
    assert finding.fix.safe
    assert mended(finding) == review.replace(written, wanted)
    assert [related.span.text for related in finding.related] == ["Klein2020"]


@pytest.mark.parametrize(
    ("written", "store"),
    [
        (r'"klein\u0032020"', "@misc{Klein2020, title = {A}}\n"),
        ("klein2020", "@misc{Klein2020, title = {A}}\n@misc{KLEIN2020, title = {B}}\n"),
    ],
)
def test_a_key_is_not_guessed(written: str, store: str, tmp_path: Path) -> None:
    review = HEAD + "studies:\n- {id: s, design: unknown, state: read, cites: [" + written + "]}\n"
    (finding,) = found("KR203", tmp_path, {"reviews/a.yaml": review, "references.bib": store})
    assert finding.fix is None


@pytest.mark.parametrize(
    ("store", "wanted"),
    [
        ("@misc{a, title = {A}, title = {A}}", "@misc{a, title = {A}}"),
        ("@misc{a,\n  year = 2020,\n  note = {n},\n  year = {2020},\n}", "@misc{a,\n  year = 2020,\n  note = {n},\n}"),
        ("@misc{a,\n  title = {A  B},\n  Title = {A\n B}\n}", "@misc{a,\n  title = {A  B}\n}"),
    ],
)
def test_the_second_of_two_equal_fields_goes(store: str, wanted: str, tmp_path: Path) -> None:
    (finding,) = found("KR104", tmp_path, {"references.bib": store})
    assert finding.fix is not None
    assert finding.fix.safe
    assert mended(finding) == wanted


@pytest.mark.parametrize(
    "store",
    ["@misc{a, year = 2020, year = 2021}", "@misc{a, year = 2020, % the second is right\n  year = 2020}"],
)
def test_a_field_is_kept_where_its_removal_would_lose_something(store: str, tmp_path: Path) -> None:
    (finding,) = found("KR104", tmp_path, {"references.bib": store})
    assert finding.fix is None


def test_an_identical_entry_may_be_removed_if_a_person_says_so(tmp_path: Path) -> None:
    store = "@misc{a, title = {A}}\n@misc{a, title = {A}}\n@misc{a, title = {B}}\n"
    same, other = found("KR101", tmp_path, {"references.bib": store})
    assert same.fix is not None
    assert not same.fix.safe
    assert mended(same) == "@misc{a, title = {A}}\n@misc{a, title = {B}}\n"
    assert other.fix is None


def test_findings_name_the_record_and_what_else_matters(tmp_path: Path) -> None:
    review = HEAD + (
        "trials:\n- {id: t, title: A, status: TERMINATED, registrations: [NCT1]}\n"
        "next_steps:\n- {text: A, waits_for: [t]}\n"
    )
    (finding,) = found("KR605", tmp_path, {"reviews/a.yaml": review})
    assert (finding.subject.review, finding.subject.id) == ("a", "t")
    assert [related.span.text for related in finding.related] == ["TERMINATED"]
    (finding,) = found("KR601", tmp_path, {"reviews/a.yaml": review})
    assert (finding.subject.review, finding.subject.id, finding.span.text) == ("a", "t", "NCT1")


@pytest.mark.parametrize(
    "second",
    ["@misc{a, title = {A}, % checked\n}", "@misc{a, % checked\n title = {A}}", "@misc{a, title = {A}\n@misc{c}"],
)
def test_an_entry_with_a_comment_in_it_or_without_an_end_is_left(second: str, tmp_path: Path) -> None:
    (finding,) = found("KR101", tmp_path, {"references.bib": f"@misc{{a, title = {{A}}}}\n{second}\n"})
    assert "identical" in finding.message
    assert finding.fix is None


@pytest.mark.parametrize("written", ["pending", '"pending"', "'pending'", "absent", "!!str pending"])
def test_what_is_seen_to_be_done_is_written_so(written: str, tmp_path: Path) -> None:
    review = HEAD + (
        "studies:\n- {id: s, design: unknown, state: read, cites: [klein2020]}\n"
        "integration:\n- {kind: bibliography, target: references.bib, state: " + written + "} # as of today\n"
    )
    (finding,) = found(
        "KR705", tmp_path, {"reviews/a.yaml": review, "references.bib": "@misc{klein2020, title = {A}}\n"}
    )
    assert mended(finding) == review.replace(written, written.replace("pending", "done").replace("absent", "done"))


@pytest.mark.parametrize("written", ["&s pending", r'"p\u0065nding"', "!!str &s pending", "*pending"])
def test_a_state_that_is_not_plainly_written_is_left(written: str, tmp_path: Path) -> None:
    review = HEAD + (
        "summary: &pending pending\nstudies:\n- {id: s, design: unknown, state: read, cites: [klein2020]}\n"
        "integration:\n- {kind: bibliography, target: references.bib, state: " + written + "}\n"
    )
    (finding,) = found(
        "KR705", tmp_path, {"reviews/a.yaml": review, "references.bib": "@misc{klein2020, title = {A}}\n"}
    )
    assert finding.fix is None


@pytest.mark.parametrize("written", ["desgin", '"desgin"', "? desgin\n  "])
def test_a_field_is_renamed_as_it_is_written(written: str, tmp_path: Path) -> None:
    review = HEAD + f"studies:\n- id: s\n  state: read\n  {written}: cohort # a\n"
    (finding,) = found("KR003", tmp_path, {"reviews/a.yaml": review})
    assert finding.fix is not None
    assert not finding.fix.safe
    assert mended(finding) == review.replace("desgin", "design")


@pytest.mark.parametrize(
    "written",
    [
        "design: cohort\n  desgin: cohort",
        r'"desg\u0069n": cohort',
        "desgin: cohort\n  desgin: cohort",
        "*d : cohort",
        "&e desgin: cohort",
    ],
)
def test_a_field_is_not_renamed_into_one_that_is_there_nor_where_it_is_written_otherwise(
    written: str, tmp_path: Path
) -> None:
    review = HEAD + f"summary: &d desgin\nstudies:\n- id: s\n  state: read\n  {written}\n"
    finding = found("KR003", tmp_path, {"reviews/a.yaml": review})[0]
    assert finding.fix is None


@pytest.mark.parametrize(
    ("store", "wanted"),
    [
        ("@misc(a, title = {})\n", None),
        ("@misc(a, title = {}\n)\n", "@misc(a\n)\n"),
        ("@misc(a, title = {},)\n", "@misc(a,)\n"),
        ("@misc{a, title = {}}\n", "@misc{a}\n"),
    ],
)
def test_a_parenthesis_does_not_become_part_of_a_key(store: str, wanted: str | None, tmp_path: Path) -> None:
    (finding,) = found("KR105", tmp_path, {"references.bib": store})
    assert (mended(finding) if finding.fix else None) == wanted
