"""Which findings a suppression accepts, and what is said about it."""

# ruff: noqa: E501  tables of cases are wide

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ketreview.checking import Selection
from ketreview.diagnostics import Code, Severity
from tests.projects import AS_OF, HEAD, check, run, write

STUDY = "- {id: s, reference: Picard 2019, design: cohort, state: read}"
REVIEW = HEAD.format(id="a")
Found = list[tuple[str, str, int]]


CODES = ("KR0", "KR101", "KR2", "KR6", "KR7", "KR9")
"""Some rules, so that a new one changes no test of what is done with findings."""


def findings_of(root: Path, *arguments: str) -> list[dict[str, Any]]:
    return [finding for finding in check(root, *arguments).findings if finding["code"].startswith(CODES)]


def found(root: Path, *arguments: str) -> Found:
    return [(finding["code"], finding["severity"], finding["line"]) for finding in findings_of(root, *arguments)]


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
    "a word that is no reason": (f"studies:\n{STUDY} # ketreview: ignore[KR205] --\n", [("KR902", "warning", 6)]),
    "no code": (f"studies:\n{STUDY} # ketreview: ignore[] asked\n", [("KR205", "warning", 6), ("KR901", "warning", 6)]),
    "every code": (f"studies:\n{STUDY} # ketreview: ignore[ALL] asked\n", [("KR205", "warning", 6), ("KR903", "error", 6)]),
    "small letters": (f"studies:\n{STUDY} # ketreview: ignore[kr205] asked\n", [("KR205", "warning", 6), ("KR903", "error", 6)]),
    "what is said of comments": (f"studies:\n{STUDY} # ketreview: ignore[KR205, KR902]\n", [("KR902", "warning", 6), ("KR901", "warning", 6)]),
    "several codes with one reason": ("studies:\n- {id: s, cites: [no], population: zz, design: cohort, state: read} # ketreview: ignore[KR206,KR201] asked\n", []),
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
    (finding,) = findings_of(tmp_path)
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
    findings = [finding for finding in findings_of(tmp_path, *arguments) if finding["code"] != "KR905"]
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


MESSAGES = {
    "ignore[KR2] x": "`KR2` stands for several codes; a comment names each, such as `KR201`",
    "ignore[ALL] x": "`ALL` stands for several codes; a comment names each, such as `KR001`",
    "ignore[kr205] x": "`kr205` is not a code; did you mean `KR205`?",
    "ignore[KR2O5] x": "`KR2O5` is not a code; did you mean `KR205`?",
    "ignore[] x": "it suppresses nothing: write the codes between the brackets",
    "ignore[KR003] x": "`KR003` suppresses nothing: what is found while reading cannot be suppressed",
    "ignore[KR901] x": "`KR901` suppresses nothing: what is said of settings and comments themselves cannot be suppressed by a comment",
}  # fmt: skip


@pytest.mark.parametrize(("comment", "message"), MESSAGES.items())
def test_what_is_said_of_a_comment(tmp_path: Path, comment: str, message: str) -> None:
    write(tmp_path, {"reviews/a.yaml": REVIEW + f"studies: [] # ketreview: {comment}\n"})
    assert message in [finding["message"] for finding in findings_of(tmp_path)]


def test_a_severity_is_of_a_whole_code(tmp_path: Path) -> None:
    write(tmp_path, {"ketreview.toml": '[severity]\nKR2 = "info"\n', "references.bib": ""})
    (finding,) = findings_of(tmp_path)
    assert finding["message"] == "`KR2` stands for several codes; `severity` names each, such as `KR201`"


def test_in_staging_files(tmp_path: Path) -> None:
    """What is staged is read, and no rule judges it: a comment there is unused, and says so."""
    text = "% ketreview: ignore[KR317] printed so\n@article{a,\n pages = {9--4}\n}\n"
    write(tmp_path, {"ketreview.toml": 'staging = ["new/*.bib"]\n', "references.bib": "", "new/a.bib": text})
    assert [(one["code"], one["path"]) for one in findings_of(tmp_path)] == [("KR901", "new/a.bib")]


def test_in_the_texts_of_a_reading_folder(tmp_path: Path) -> None:
    """They may be chapters too: a comment is judged once."""
    readme = "# Nie 2023\n\n**DOI:** 10.1000/a <!-- ketreview: ignore[KR711] asked -->\n"
    settings = 'literature = ["read/**"]\n'
    write(tmp_path, {"ketreview.toml": settings, "references.bib": "", "read/nie/README.md": readme})
    assert found(tmp_path) == []
    write(
        tmp_path,
        {
            "read/nie/README.md": readme.replace("KR711", "KR701, KR711"),
            "ketreview.toml": settings + 'chapters = ["read/**/*.md"]\n',
        },
    )
    assert found(tmp_path) == [("KR901", "warning", 3)]
    write(tmp_path, {"read/nie/README.md": readme.replace("<!-- ketreview: ignore[KR711] asked -->", "")})
    assert found(tmp_path) == [("KR711", "info", 3)]


def test_a_code_that_is_off_by_default_is_selected_by_its_name_alone() -> None:
    code = Code("KR107", "unknown-field-name", Severity.WARNING, "", default=False)
    assert not Selection().selects(code)
    assert Selection(select=("KR107",)).selects(code)


IDLE = {
    "used": ('"reviews/*" = ["KR205"]', ()),
    "one of two used": ('"reviews/*" = ["KR205", "KR611"]', ()),
    "a family used": ('"reviews/*" = ["KR2"]', ()),
    "another code": ('"reviews/*" = ["KR611"]', ("info",)),
    "a family": ('"reviews/*" = ["KR6"]', ("info",)),
    "a code that is ignored": ('"reviews/*" = ["KR611"]\n[severity]\n', ()),
    "only what is read": ('"reviews/*" = ["KR003"]', ()),
    "no such file": ('"other/*" = ["KR611"]', ()),
}


@pytest.mark.parametrize(("text", "expected"), IDLE.values(), ids=IDLE)
def test_a_pattern_that_leaves_nothing_out(tmp_path: Path, text: str, expected: tuple[str, ...]) -> None:
    head = 'ignore = ["KR611"]\n' if "[severity]" in text else ""
    settings = f"{head}[per-file-ignores]\n{text}\n"
    write(tmp_path, {"ketreview.toml": settings, "reviews/a.yaml": REVIEW + f"studies:\n{STUDY}\n"})
    findings = [finding for finding in findings_of(tmp_path) if finding["code"] == "KR901"]
    assert tuple(finding["severity"] for finding in findings) == expected
    assert [finding for finding in check(tmp_path, "--select", "KR2,KR9").findings if finding["code"] == "KR901"] == []
    write(tmp_path, {"references.bib": "@misc{"})
    assert [finding for finding in findings_of(tmp_path) if finding["code"] == "KR901"] == [], "half is read"
