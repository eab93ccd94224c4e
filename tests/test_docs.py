"""The pages in docs/ say what is so: fields, vocabularies, examples, settings, layers, links."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
import yaml

from ketreview.checking import catalogue
from ketreview.checking.examples import ExampleFile
from ketreview.cli.session import Exit
from ketreview.config import read_settings
from ketreview.config.settings import KEYS
from ketreview.model import vocabulary
from ketreview.model.partial_date import PartialDate
from ketreview.model.record import Id, Length, Pattern, Range, Record, Ref, Shorthand, Sourced, Statement, Text
from ketreview.parsing.reviews import parse_review
from tests.examples import findings
from tests.parsing.model import hints, places, required, unwrap

ROOT = Path(__file__).parent.parent
FORMAT = (ROOT / "docs/review-format.md").read_text("utf-8")
GENERATED = {"cli.md", "rules.md", "benchmarks.md"}
PAGES = sorted(
    path
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"))
    if path.name not in GENERATED and path.name != "README.md"
)
CLASSES = list(dict.fromkeys(place.cls for place in places()))
COMMON = set(hints(Sourced))

_FENCE = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SCALARS = {str: "text", int: "whole number", float: "number", bool: "`true` or `false`", PartialDate: "date"}


def fences(page: str, info: str) -> list[str]:
    """The fenced blocks that begin with exactly this info string."""
    return [text for found, text in _FENCE.findall(page) if found == info]


def table(page: str, heading: str) -> list[list[str]]:
    """The cells of the first table below a heading, without its head."""
    match = re.search(rf"^#+ {heading}(?::.*)?\n\n(?:[^|#\n].*\n|\n)*(\|.*(?:\n\|.*)*)", page, re.MULTILINE)
    assert match is not None, heading
    return [[cell.strip() for cell in row[1:-1].split("|")] for row in match[1].splitlines()[2:]]


def code(cell: str) -> list[str]:
    """What stands in backquotes."""
    return re.findall(r"`([^`]*)`", cell)


def words(hint: Any) -> str:
    """A field's type as the page names it."""
    base, marks = unwrap(hint)
    short = any(isinstance(mark, Shorthand) for mark in marks)
    if get_origin(base) is tuple:
        item = get_args(base)[0]
        if any(isinstance(mark, Length) for mark in marks):
            return "two numbers"
        return (
            "text, or " if short else ""
        ) + f"list: {'[Statement](#statement)' if item is Statement else words(item)}"
    if get_origin(base) is not None:
        return "texts by name"
    if issubclass(base, Record):
        return f"[{base.__name__}](#{base.__name__.lower()})"
    if issubclass(base, StrEnum):
        return f"[{base.__name__}](#vocabularies)"
    return _marked(base, marks)


def _marked(base: Any, marks: tuple[Any, ...]) -> str:
    found = next((mark for mark in marks if isinstance(mark, Ref | Pattern | Range)), None)
    match found:
        case Ref(kind):
            return {"entry": "citation key", "any_claim": "claim id"}.get(kind, f"{kind} id")
        case Pattern(regex, expected):
            return {get_args(Text)[1].regex: "text", get_args(Id)[1].regex: "id"}.get(regex, expected)
        case Range(low, high):
            end = f" to {high:g}" if high < 1e9 else ""
            return f"`{low:g}`" if low == high else f"{_SCALARS[base]} from {low:g}{end}"
    return _SCALARS[base]


def own_fields(cls: type[Record]) -> dict[str, tuple[bool, str]]:
    """The fields that a class adds to what every record has: whether it must be there, and its type."""
    common = COMMON if issubclass(cls, Sourced) and cls is not Sourced else set()
    kept = {name: hint for name, hint in hints(cls).items() if name not in common or hint != hints(Sourced)[name]}
    return {name: (name in required(cls), words(hint)) for name, hint in kept.items()}


@pytest.mark.parametrize("cls", [Sourced, *CLASSES], ids=lambda cls: cls.__name__)
def test_each_record_has_a_table_of_exactly_its_fields(cls: type[Record]) -> None:
    rows = table(FORMAT, cls.__name__)
    assert {code(row[0])[0]: (row[1] == "yes", row[2]) for row in rows} == own_fields(cls)
    assert [code(row[0])[0] for row in rows] == list(own_fields(cls))
    assert all(row[3] for row in rows)


def test_a_statement_has_a_table_of_its_own() -> None:
    assert [code(row[0]) for row in table(FORMAT, "Statement")] == [["source"], ["at"], []]
    assert {spec.name for spec in fields(Statement)} == {"where", "source", "at", "values"}


VOCABULARIES: dict[str, type[StrEnum]] = {
    name: value
    for name, value in vars(vocabulary).items()
    if isinstance(value, type) and issubclass(value, StrEnum) and value is not StrEnum
}


@pytest.mark.parametrize("name", VOCABULARIES)
def test_each_vocabulary_is_listed_with_exactly_its_values(name: str) -> None:
    rows = {row[0]: code(row[1]) for row in table(FORMAT, "Vocabularies")}
    assert rows.keys() == VOCABULARIES.keys()
    assert rows[name] == [member.value for member in VOCABULARIES[name]]


EXAMPLE = "".join(fences(FORMAT, "yaml"))


def test_the_example_put_together_is_a_review() -> None:
    file = parse_review("reviews/mecfs.yaml", EXAMPLE.encode())
    assert file.diagnostics == ()
    assert file.review is not None


@pytest.mark.parametrize("text", fences(FORMAT, "yaml by-itself"))
def test_an_example_that_stands_by_itself_is_valid_below_a_head(text: str) -> None:
    assert parse_review("a.yaml", ExampleFile("yaml", "reviews/a.yaml", text).data()).diagnostics == ()


def test_what_check_finds_in_the_example_is_what_the_page_lists(tmp_path: Path) -> None:
    store = (ROOT / "references.bib").read_bytes()
    found = findings(tmp_path, {"reviews/mecfs.yaml": EXAMPLE.encode(), "references.bib": store}, date(2026, 11, 21))
    listed = {code(row[0])[0]: int(row[1]) for row in table(FORMAT, "What check finds")}
    codes = [finding.code.id for finding in found]
    assert {known: codes.count(known) for known in dict.fromkeys(codes)} == listed


def test_every_setting_is_explained_with_a_valid_example() -> None:
    page = (ROOT / "docs/settings.md").read_text("utf-8")
    assert set(re.findall(r"^## `([\w-]+)`$", page, re.MULTILINE)) == set(KEYS)
    for text in fences(page, "toml"):
        name = "pyproject.toml" if "[tool.ketreview]" in text else "ketreview.toml"
        assert read_settings(name, text.encode())[1] == [], text
        assert tomllib.loads(text)


def test_the_rules_that_are_off_by_default_are_named() -> None:
    off = [code.id for code in catalogue().values() if not code.default]
    page = (ROOT / "docs/settings.md").read_text("utf-8")
    assert f"all but {', '.join(off[:-1])} and {off[-1]}. A" in " ".join(page.split())


def test_every_part_of_the_program_and_every_exit_code_is_in_the_architecture() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"][0]
    layers = [part.strip() for layer in contract["layers"] for part in re.split(r"[|:]", layer)]
    described = re.findall(r"^\*\*`(\w+)(?:\.py|/)`\*\*", page, re.MULTILINE)
    assert sorted(described) == sorted(layers)
    assert [int(row[0]) for row in table(page, "Exit codes")] == [member.value for member in Exit]


@pytest.mark.parametrize("text", fences((ROOT / "docs/ci.md").read_text("utf-8"), "yaml"))
def test_what_is_to_be_pasted_is_yaml(text: str) -> None:
    assert yaml.safe_load(text)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_page_has_short_lines_links_that_lead_somewhere_and_codes_that_exist(path: Path) -> None:
    text = path.read_text("utf-8")
    assert [line for line in text.splitlines() if len(line) > 120 and not line.startswith("|")] == []
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        assert target.startswith("https://") or (path.parent / target).exists(), target
    known = {*catalogue(), "KR2O5"}
    assert set(re.findall(r"\bKR\d\w\d\b", text)) <= known


def test_the_index_of_decisions_lists_them_all() -> None:
    folder = ROOT / "docs/decisions"
    index = (folder / "README.md").read_text("utf-8")
    assert re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", index) == sorted(path.name for path in folder.glob("0*.md"))
