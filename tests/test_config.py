"""Settings, and what is said about wrong ones."""

# ruff: noqa: E501  tables of cases are wide

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.config import DEFAULT_INTERVALS, Settings, find_settings, holds_settings, read_settings
from ketreview.diagnostics import Severity
from ketreview.model.vocabulary import Level
from tests.projects import check, run, write

WHOLE = """\
reviews = ["./reviews/*.yaml", 'more/a.yaml']
bibliography = ["a.bib", "b/*.bib"]
retractions = "data/retractions.csv"
exclude = [".git"]
dialect = "biblatex"
select = ["KR2"]
ignore = ["KR205"]
fail-on = "warning"

[severity]
KR205 = "info"

[per-file-ignores]
"more/*" = ["KR6"]

[intervals]
living = 30

[crosswalk]
MEDIUM = "moderate"
"""


def test_every_setting() -> None:
    settings, faults = read_settings("ketreview.toml", WHOLE.encode())
    assert faults == []
    assert settings == Settings(
        reviews=("reviews/*.yaml", "more/a.yaml"),
        bibliography=("a.bib", "b/*.bib"),
        retractions=("data/retractions.csv",),
        exclude=(".git",),
        dialect="biblatex",
        select=("KR2",),
        ignore=("KR205",),
        severity={"KR205": Severity.INFO},
        per_file_ignores={"more/*": ("KR6",)},
        fail_on="warning",
        intervals={**DEFAULT_INTERVALS, "living": 30},
        crosswalk={"medium": Level.MODERATE},
        spans=settings.spans,
    )


@pytest.mark.parametrize("prefix", ["", "\ufeff"], ids=["plain", "byte-order mark"])
def test_items_are_located(prefix: str) -> None:
    settings, faults = read_settings("ketreview.toml", (prefix + WHOLE).encode())
    assert faults == []
    spans = {name: span.text for name, span in settings.spans.items()}
    assert spans["reviews.0"] == "./reviews/*.yaml"
    assert spans["reviews.1"] == "more/a.yaml"
    assert spans["severity.KR205"] == "KR205"
    assert spans["per-file-ignores.more/*"] == '"more/*"'
    assert spans["retractions.0"] == "data/retractions.csv"
    assert settings.spans["severity.KR205"].begin == (11, 1)


BAD = {
    "unknown key": ("bibliograhpy = []", 1, 1, "`bibliograhpy` is not a setting; did you mean `bibliography`?"),
    "unknown key, nothing near": ("zzz = 1", 1, 1, "settings are reviews"),
    "not a list": ('\nreviews = "a.yaml"', 2, 1, "`reviews` is a list of texts, not a text"),
    "a text where a list is needed": ('staging = "a.bib"', 1, 1, "`staging` is a list of texts, not a text"),
    "neither text nor list": ("retractions = 1", 1, 1, "`retractions` is a list of texts, not a number"),
    "a lone path leaves": ('retractions = "../r.csv"', 1, 16, "leaves the project"),
    "not a text": ("ignore = [1]", 1, 1, "`ignore` has a number where a text is expected"),
    "not a table": ("severity = 2026-01-01", 1, 1, "`severity` is a table, not a date"),
    "dialect": ('dialect = "natbib"', 1, 1, "`dialect` is `natbib`; it is one of bibtex, biblatex"),
    "choice": ('fail-on = "errors"', 1, 1, "`fail-on` is `errors`; it is one of error, warning, never"),
    "severity": ('[severity]\nKR205 = "off"', 2, 1, "one of error, warning, info"),
    "crosswalk": ('[crosswalk]\nMEDIUM = "medium"', 2, 1, "one of high, moderate"),
    "interval": ("[intervals]\nliving = 0", 2, 1, "a number of days"),
    "interval is a truth": ("[intervals]\nliving = true", 2, 1, "a number of days"),
    "interval of nothing": ("[intervals]\nweekly = 7", 2, 1, "`weekly` has no interval"),
    "up": ('bibliography = ["../b.bib"]', 1, 18, "leaves the project"),
    "up within": ('bibliography = ["a/../../b.bib"]', 1, 18, "leaves the project"),
    "absolute": ('bibliography = ["/etc/passwd"]', 1, 18, "leaves the project"),
    "drive": ('bibliography = ["C:b.bib"]', 1, 18, "leaves the project"),
    "backslashes": (r"bibliography = ['a\..\..\b.bib']", 1, 18, "leaves the project"),
    "empty path": ('bibliography = [""]', 1, 18, "empty path"),
    "syntax": ('a = 1\nb = "x', 2, 7, "not TOML"),
    "written twice": ("ignore = []\nignore = []", 2, 12, "not TOML"),
    "nested": ("a = " + "[" * 50_000, 1, 1, "not TOML"),
    "a number without end": ("a = " + "1" * 5000, 1, 5005, "not TOML"),
    "in a table": ('[per-file-ignores]\n"a" = "KR2"', 2, 1, "is a list of texts"),
    "dotted": ('severity.KR205 = "x"', 1, 1, "one of error"),
}


@pytest.mark.parametrize(("text", "line", "column", "message"), BAD.values(), ids=BAD)
def test_bad_settings_are_located(text: str, line: int, column: int, message: str) -> None:
    _, faults = read_settings("ketreview.toml", text.encode())
    assert [fault.code.id for fault in faults] == ["KR012"]
    assert message in faults[0].message
    if "[[" not in text:
        assert faults[0].span.begin == (line, column)


def test_every_bad_setting_is_reported_at_once() -> None:
    _, faults = read_settings("ketreview.toml", b'foo = 1\nreviews = 2\n[severity]\nKR1 = "x"\n')
    assert [fault.span.begin.line for fault in faults] == [1, 2, 4]


def test_a_setting_of_pyproject() -> None:
    text = '[project]\nname = "x"\n\n[tool.ketreview]\nfail-on = "never"\nfoo = 1\n\n[tool.ketreview.severity]\nKR205 = "nope"\n'
    settings, faults = read_settings("sub/pyproject.toml", text.encode())
    assert settings.fail_on == "never"
    assert [(fault.span.begin.line, fault.span.path) for fault in faults] == [
        (6, "sub/pyproject.toml"),
        (9, "sub/pyproject.toml"),
    ]


@pytest.mark.parametrize("text", ["tool = 1", "[tool]\nketreview = 1", "[tool]", ""])
def test_a_strange_pyproject_does_not_raise(text: str) -> None:
    read_settings("pyproject.toml", text.encode())


def test_not_utf8() -> None:
    _, faults = read_settings("ketreview.toml", b'ignore = ["\xe9"]')
    assert [fault.message for fault in faults] == ["not UTF-8 at byte 11"]


@given(st.one_of(st.text(max_size=60), st.text(alphabet="a=[]{}\"'.#\n\r severity1,", max_size=60)))
def test_no_text_raises(text: str) -> None:
    for name in ("ketreview.toml", "pyproject.toml"):
        settings, faults = read_settings(name, text.encode(errors="replace"))
        for fault in faults:
            assert 0 <= fault.span.start <= fault.span.end <= len(fault.span.source.text)
        assert settings.fail_on == "error"


def test_the_nearest_settings_hold(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "pyproject.toml": "[tool.ketreview]\n",
            "a/pyproject.toml": "[project]\n",
            "a/b/ketreview.toml": "",
            "a/c/x": "",
        },
    )
    assert find_settings(tmp_path / "a" / "b") == tmp_path / "a" / "b" / "ketreview.toml"
    assert find_settings(tmp_path / "a" / "c") == tmp_path / "pyproject.toml"


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("[tool.ketreview]\n", True),
        ("x = 1\n  [ tool . 'ketreview' ]\n", True),
        ("[[tool.ketreview.builds]]\n", True),
        ("[tool]\nketreview = {fail-on = 'error'}\n", True),
        ("tool.ketreview.fail-on = 'error'\n", True),
        ('"tool" = {ketreview = {}}\n', True),
        ("[tool.ketreview\n", True),
        (
            "[project.scripts]\nketreview = 'ketreview.cli:run'\n[tool.x]\nnames = ['ketreview', 'ketreview.model']\n",
            False,
        ),
        ("[tool.other]\nketreview = 1\n", False),
        ("[project]\nname = 'x'\n", False),
    ],
)
def test_which_pyproject_has_settings(text: str, holds: bool) -> None:
    assert holds_settings(text.encode()) is holds


def test_a_bad_setting_ends_the_command_with_2(tmp_path: Path) -> None:
    write(tmp_path, {"ketreview.toml": 'x = 1\nbibliograhpy = ["b.bib"]\n', "references.bib": ""})
    for command in ("check", "status", "pending", "certainty"):
        done = run(tmp_path, command)
        assert done.code == 2
        assert done.raw == b""
        assert "ketreview.toml:2:1" in done.talk
        assert "did you mean `bibliography`?" in done.talk


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_settings_that_may_not_be_read(tmp_path: Path) -> None:
    write(tmp_path, {"pyproject.toml": "[tool.ketreview]", "references.bib": ""})
    (tmp_path / "pyproject.toml").chmod(0)
    assert check(tmp_path).code == 0


def test_settings_from_a_folder_below(tmp_path: Path) -> None:
    write(tmp_path, {"ketreview.toml": 'bibliography = ["a.bib"]\nreviews = []\n', "a.bib": "@misc{a,\n", "sub/x": ""})
    done = check(tmp_path / "sub")
    assert done.code == 1
    assert [finding["path"] for finding in done.findings] == ["a.bib"]


def test_another_settings_file(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"conf/strict.toml": 'bibliography = ["a.bib"]\nreviews = []\n', "conf/a.bib": "@misc{a,\n", "a.bib": ""},
    )
    assert check(tmp_path, "--config", "conf/strict.toml").code == 0
    assert check(tmp_path, "--config", "conf/strict.toml", "--root", "conf").code == 1
    assert check(tmp_path, "--config", "none.toml").code == 2
    assert check(tmp_path, "--config", "conf").code == 2
