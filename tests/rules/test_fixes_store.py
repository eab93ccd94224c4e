"""What the fixes of the store's own faults (KR1) leave behind, applied one by one and all together."""

from __future__ import annotations

from pathlib import Path

import pytest

from ketreview.edits import edited
from tests.rules.test_fixes import found, mended


def all_mended(code: str, root: Path, store: str) -> str:
    findings = found(code, root, {"references.bib": store})
    edits = [edit for finding in findings if finding.fix for edit in finding.fix.edits]
    return edited(findings[0].span.source, edits)


@pytest.mark.parametrize(
    ("store", "wanted"),
    [
        ("@misc{a, title = {A}, note = {}}\n", "@misc{a, title = {A}}\n"),
        ("@misc{a, note = {}, title = {A}}\n", "@misc{a, title = {A}}\n"),
        ("@misc{a,\n  note = {},\n  title = {A},\n}\n", "@misc{a,\n  title = {A},\n}\n"),
        ("@misc{a,\n  title = {A},\n  note = {}\n}\n", "@misc{a,\n  title = {A}\n}\n"),
        ('@misc{a,\r\n\ttitle = {A},\r\n\tNOTE = "",\r\n}\r\n', "@misc{a,\r\n\ttitle = {A},\r\n}\r\n"),
        (
            "@misc{a\n , title = {A}\n , note = {{ }}\n , year = 2020\n }\n",
            "@misc{a\n , title = {A}\n , year = 2020\n }\n",
        ),
        ('@misc{a, note = "" # {}, year = 2020}', "@misc{a, year = 2020}"),
        ("@misc(a, title = {A}, note = {})", "@misc(a, title = {A})"),
        ("@misc{a, note = {}}", "@misc{a}"),
        (
            "@misc{a,\n  title = {A}, % kept\n  year = 2020,\n  note = {}\n}",
            "@misc{a,\n  title = {A}, % kept\n  year = 2020\n}",
        ),
    ],
)
def test_an_empty_field_goes_with_its_comma_and_line(store: str, wanted: str, tmp_path: Path) -> None:
    (finding,) = found("KR105", tmp_path, {"references.bib": store})
    assert finding.fix is not None
    assert finding.fix.safe
    assert mended(finding) == wanted
    assert found("KR105", tmp_path, {"references.bib": wanted}) == []


@pytest.mark.parametrize(
    "store",
    [
        "@misc{a, title = {A}, % to be looked up\n  note = {}}",
        "@misc{a, title = {A},\n  note = {}, % to be looked up\n}",
        "@misc{a, title = {A},\n  note = {} % to be looked up\n}",
        "@misc{a,\n  % to be looked up\n  note = {}}",
        "@misc(a, note = {})",
        "@misc{a, title = {A} note = {}}",
        "@misc{a, title = {A},, note = {}}",
    ],
)
def test_a_field_with_a_comment_or_a_fault_beside_it_is_left_alone(store: str, tmp_path: Path) -> None:
    (finding,) = found("KR105", tmp_path, {"references.bib": store})
    assert finding.fix is None


def test_all_empty_fields_go_together(tmp_path: Path) -> None:
    store = "@misc{a,\n  note = {},\n  doi = {},\n  title = {A},\n  pmid = {},\n}\n@misc{b, note = {}, doi = {}}\n"
    wanted = "@misc{a,\n  title = {A},\n}\n@misc{b}\n"
    assert all_mended("KR105", tmp_path, store) == wanted


def test_the_second_of_two_equal_fields_is_kept_with_the_comment_behind_it(tmp_path: Path) -> None:
    store = "@misc{a, year = 2020,\n  year = 2020, % as printed\n}"
    (finding,) = found("KR104", tmp_path, {"references.bib": store})
    assert finding.fix is None


@pytest.mark.parametrize(
    ("store", "wanted"),
    [
        ("@misc{a, note = {A}}\n\n@misc{a, note = {A}}\n\n@misc{b}\n", "@misc{a, note = {A}}\n\n@misc{b}\n"),
        ("@misc{a}\r\n\r\n  @misc{a}  \r\n \r\n", "@misc{a}\r\n"),
        ("@misc{a}\n@misc{a}", "@misc{a}"),
        ("@misc{a} @misc{a} @misc{b}", "@misc{a}  @misc{b}"),
        ("@misc{a}\n@misc{a} % a remark\n@misc{b}\n", "@misc{a}\n % a remark\n@misc{b}\n"),
        ("@misc{a}\ntext @misc{a}\n@misc{b}\n", "@misc{a}\ntext \n@misc{b}\n"),
    ],
)
def test_an_identical_entry_goes_with_its_lines(store: str, wanted: str, tmp_path: Path) -> None:
    (finding,) = found("KR101", tmp_path, {"references.bib": store})
    assert finding.fix is not None
    assert not finding.fix.safe
    assert mended(finding) == wanted


@pytest.mark.parametrize(
    ("code", "store", "place"),
    [
        ("KR102", "@misc{a}\n@misc{A}", "A"),
        ("KR103", "@misc{a/b}", "a/b"),
        ("KR105", "@misc{a,\n  Note = {}}", "Note"),
        ("KR106", "@ Artcile {a}", "Artcile"),
        ("KR108", "@article{a1}", "a1"),
        ("KR109", "@misc{a, journal = jns # {A}}", "jns"),
        ("KR110", "@string{Jn = {A}} @misc{a}", "Jn"),
        ("KR111", "@misc{a, related = {x,\n  a, lost}}\n@misc{x}", "lost"),
        ("KR111", "@misc{a, crossref = {lost\n one}}", "{lost\n one}"),
        ("KR112", "@book{a, Journal = {A}}", "Journal"),
    ],
)
def test_a_finding_points_at_the_fault_and_names_its_entry(code: str, store: str, place: str, tmp_path: Path) -> None:
    (finding,) = found(code, tmp_path, {"references.bib": store})
    assert finding.span.text == place
    assert finding.subject.key or code == "KR110"


@pytest.mark.parametrize("code", ["KR103", "KR105", "KR106", "KR109", "KR111"])
def test_huge_values_are_read_in_time(code: str, tmp_path: Path) -> None:
    size = 100_000
    store = (
        f"@{'x' * size}{{{'a/' * size}, note = {{{' ' * size}}}, doi = {{{'{' * 50}{'}' * 50}}},"
        f" journal = {'j' * size}, related = {{{'k,' * 2_000}}}}}\n@misc{{b, crossref = {{{'c ' * size}}}}}\n"
    )
    assert found(code, tmp_path, {"references.bib": store})
