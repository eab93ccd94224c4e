"""Which findings a suppression accepts, and what is said about it."""

# ruff: noqa: E501  tables of cases are wide

from __future__ import annotations

from pathlib import Path

import pytest

from tests.projects import AS_OF, HEAD, check, run, write

STUDY = "- {id: s, reference: Picard 2019, design: cohort, state: read}"
REVIEW = HEAD.format(id="a")
Found = list[tuple[str, str, int]]


def found(root: Path, *arguments: str) -> Found:
    return [(finding["code"], finding["severity"], finding["line"]) for finding in check(root, *arguments).findings]


CASES: dict[str, tuple[str, Found]] = {
    "nothing accepted": (f"studies:\n{STUDY}\n", [("KR205", "warning", 6)]),
    "trailing": (f"studies:\n{STUDY} # ketreview: ignore[KR205] asked\n", []),
    "alone on its line": (f"studies:\n# ketreview: ignore[KR205] asked\n{STUDY}\n", []),
    "before the list": (f"# ketreview: ignore[KR205] asked\nstudies:\n{STUDY}\n", []),
    "another code": (f"studies:\n{STUDY} # ketreview: ignore[KR603] asked\n", [("KR205", "warning", 6), ("KR901", "warning", 6)]),
    "two codes, one used": (f"studies:\n{STUDY} # ketreview: ignore[KR603,KR205] asked\n", [("KR901", "warning", 6)]),
    "without reason": (f"studies:\n{STUDY} # ketreview: ignore[KR205]\n", [("KR902", "warning", 6)]),
    "unknown code": (f"studies:\n{STUDY} # ketreview: ignore[KR2O5] asked\n", [("KR205", "warning", 6), ("KR903", "error", 6)]),
    "a family is no code": (f"studies:\n{STUDY} # ketreview: ignore[KR2] asked\n", [("KR205", "warning", 6), ("KR903", "error", 6)]),
    "on the line after": (f"studies:\n{STUDY}\n# ketreview: ignore[KR205] asked\n", [("KR205", "warning", 6), ("KR901", "warning", 7)]),
    "in a scalar": (f'summary: "# ketreview: ignore[KR205] x"\nstudies:\n{STUDY}\n', [("KR205", "warning", 7)]),
    "reading cannot be accepted": ("foo: 1 # ketreview: ignore[KR003] asked\n", [("KR003", "error", 5), ("KR901", "warning", 5)]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_cases(tmp_path: Path, text: str, expected: Found) -> None:
    write(tmp_path, {"reviews/a.yaml": REVIEW + text})
    assert found(tmp_path) == expected


def test_in_a_store(tmp_path: Path) -> None:
    write(tmp_path, {"references.bib": "@misc{a}\n% ketreview: ignore[KR101] two editions\n@misc{a}\n"})
    assert found(tmp_path) == []


def test_many_suppressions_take_no_longer_each(tmp_path: Path) -> None:
    write(tmp_path, {"references.bib": "% ketreview: ignore[KR101] asked\n@misc{a}\n" * 10_000})
    assert found(tmp_path) == [("KR901", "warning", 1)]


def test_nested_suppressions_are_all_used(tmp_path: Path) -> None:
    text = f"# ketreview: ignore[KR205] all\nstudies:\n# ketreview: ignore[KR205] this\n{STUDY} # ketreview: ignore[KR205] here\n"
    write(tmp_path, {"reviews/a.yaml": REVIEW + text})
    assert found(tmp_path) == []


def test_codes_that_are_not_selected_are_not_called_unused(tmp_path: Path) -> None:
    write(tmp_path, {"reviews/a.yaml": REVIEW + "studies: [] # ketreview: ignore[KR205] asked\n"})
    assert found(tmp_path, "--select", "KR9") == []
    assert found(tmp_path) == [("KR901", "warning", 5)]


def test_what_a_fix_says(tmp_path: Path) -> None:
    write(tmp_path, {"reviews/a.yaml": REVIEW + "studies: [] # ketreview: ignore[KR205] asked\n"})
    (finding,) = check(tmp_path).findings
    assert finding["fix"] == {
        "title": "Remove the comment",
        "safe": True,
        "edits": [{"path": "reviews/a.yaml", "line": 5, "column": 12, "end_line": 5, "end_column": 45, "text": ""}],
    }


TROUBLE = {
    "reviews/a.yaml": REVIEW + f"studies:\n{STUDY}\nfoo: 1\n",
    "reviews/b.yaml": HEAD.format(id="b")
    + f"studies:\n{STUDY}\n- {{id: t, cites: [x, no], design: cohort, state: read}}\n",
    "references.bib": "@misc{x}\n",
}
ALL = [("a", "KR205"), ("a", "KR003"), ("b", "KR205"), ("b", "KR201")]
SETTINGS: dict[str, tuple[str, tuple[str, ...], list[tuple[str, str]]]] = {
    "none": ("", (), ALL),
    "ignore": ('ignore = ["KR205"]', (), [("a", "KR003"), ("b", "KR201")]),
    "ignore a family": ('ignore = ["KR2"]', (), [("a", "KR003")]),
    "reading cannot be ignored": ('ignore = ["KR003", "KR0", "ALL"]', (), [("a", "KR003")]),
    "select": ('select = ["KR201"]', (), [("a", "KR003"), ("b", "KR201")]),
    "the longer one wins": ('select = ["KR205"]\nignore = ["KR2"]', (), [("a", "KR205"), ("a", "KR003"), ("b", "KR205")]),
    "ignore wins a tie": ('select = ["KR205"]\nignore = ["KR205"]', (), [("a", "KR003")]),
    "the longer ignore wins": ('select = ["KR2"]\nignore = ["KR205"]', (), [("a", "KR003"), ("b", "KR201")]),
    "the option replaces select": ('select = ["KR201"]', ("--select", "KR205"), [("a", "KR205"), ("a", "KR003"), ("b", "KR205")]),
    "the option adds to ignore": ('ignore = ["KR205"]', ("--ignore", "KR201"), [("a", "KR003")]),
    "with commas and twice": ("", ("--ignore", "KR205, KR6", "--ignore", "KR201"), [("a", "KR003")]),
    "per file": ('[per-file-ignores]\n"reviews/b.*" = ["KR2"]', (), [("a", "KR205"), ("a", "KR003")]),
    "per file, reading stays": ('[per-file-ignores]\n"**" = ["ALL", "KR003"]', (), [("a", "KR003")]),
    "per file beats select": ('select = ["KR201"]\n[per-file-ignores]\n"reviews/*" = ["KR2"]', (), [("a", "KR003")]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "arguments", "expected"), SETTINGS.values(), ids=SETTINGS)
def test_settings(tmp_path: Path, text: str, arguments: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    write(tmp_path, {**TROUBLE, "ketreview.toml": text})
    findings = [finding for finding in check(tmp_path, *arguments).findings if finding["code"] != "KR905"]
    assert [(finding["path"][8], finding["code"]) for finding in findings] == expected


@pytest.mark.parametrize(
    ("severity", "code", "expected"), [("error", 1, "error"), ("warning", 0, "warning"), ("info", 0, "info")]
)
def test_severity_of_a_code(tmp_path: Path, severity: str, code: int, expected: str) -> None:
    write(
        tmp_path,
        {"reviews/a.yaml": REVIEW + f"studies:\n{STUDY}\n", "ketreview.toml": f'[severity]\nKR205 = "{severity}"\n'},
    )
    done = check(tmp_path)
    assert done.code == code
    assert [(finding["code"], finding["severity"]) for finding in done.findings] == [("KR205", expected)]


def test_the_severity_of_reading_stays(tmp_path: Path) -> None:
    write(tmp_path, {"reviews/a.yaml": REVIEW + "foo: 1\n", "ketreview.toml": '[severity]\nKR003 = "info"\n'})
    assert check(tmp_path).code == 1


def test_unknown_codes_of_settings(tmp_path: Path) -> None:
    text = 'select = ["KR2", "KR9", "KR2O5"]\nignore = ["XX1"]\n[severity]\nKR999 = "info"\n[per-file-ignores]\n"**" = ["KR777"]\n'
    write(tmp_path, {"ketreview.toml": text, "references.bib": ""})
    assert found(tmp_path) == [
        ("KR903", "error", 1),
        ("KR903", "error", 2),
        ("KR903", "error", 4),
        ("KR903", "error", 6),
    ]


@pytest.mark.parametrize("arguments", [("--select", "KR2O5"), ("--ignore", "nope")])
def test_unknown_codes_of_options(tmp_path: Path, arguments: tuple[str, str]) -> None:
    write(tmp_path, {"references.bib": ""})
    done = run(tmp_path, "check", *AS_OF, *arguments)
    assert done.code == 2
    assert "is not a code" in done.talk


def test_patterns_that_match_nothing(tmp_path: Path) -> None:
    text = 'reviews = ["revews/*.yaml"]\n[per-file-ignores]\n"x/*" = ["KR2"]\n'
    write(tmp_path, {"ketreview.toml": text, "references.bib": ""})
    assert found(tmp_path) == [("KR905", "warning", 1), ("KR905", "warning", 3)]
