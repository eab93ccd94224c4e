"""The data model is consistent in itself, and holds what BibLaTeX's own declares."""

from __future__ import annotations

from pathlib import Path

import pytest

from ketreview.model import data_model as data
from ketreview.model.entry_types import (
    CONTROL_TYPES,
    DIALECTS,
    KNOWN_TYPES,
    inherited_names,
    known_fields,
    misfits,
    missing,
    relevant_fields,
    required,
)
from ketreview.parsing.bibtex_values import MONTHS

TYPE_OF = {name: kind for kind, names in data.DATA_TYPES.items() for name in names.split()}
DECLARED = (Path(__file__).parent / "blx-dm.txt").read_text("utf-8")
TYPES = [pytest.param(dialect, kind, id=f"{dialect}-{kind}") for dialect, types in DIALECTS.items() for kind in types]


def declared(name: str) -> list[list[str]]:
    """The lines of one section of the declarations, each as words."""
    section = DECLARED.split(f"[{name}]\n")[1].split("\n[")[0]
    return [line.split() for line in section.splitlines() if line]


@pytest.mark.parametrize(("dialect", "kind"), TYPES)
def test_what_a_type_needs_and_has_are_known_fields_each_once(dialect: str, kind: str) -> None:
    model = DIALECTS[dialect][kind]
    needed = model.required.replace("|", " ").split()
    named = needed + model.optional.split()
    assert set(named) <= known_fields()
    assert len(set(needed)) == len(needed) or kind in {"report", "techreport"}  # an institution may be the author too
    assert len(set(model.optional.split())) == len(model.optional.split())
    assert not {*model.required.split()} & {*model.optional.split()}


def test_aliases_lead_to_what_exists_and_is_no_alias() -> None:
    assert {*data.TYPE_ALIASES.values()} <= {*data.BIBLATEX}
    assert not {*data.TYPE_ALIASES} & {*data.TYPE_ALIASES.values()}
    assert not {*data.TYPE_ALIASES} & {*data.BIBLATEX}
    for alias, field in data.FIELD_ALIASES.items():
        assert field in TYPE_OF, alias
        assert field not in data.FIELD_ALIASES
    for alias, field in data.IMPLIED.items():
        assert field in data.BIBLATEX[data.TYPE_ALIASES[alias]].required.split()


def test_biblatex_speaks_of_fields_by_its_own_names() -> None:
    own = {name for names in data.DATA_TYPES.values() for name in names.split()}
    for kind, model in data.BIBLATEX.items():
        assert {*model.required.replace("|", " ").split(), *model.optional.split()} <= own, kind


def test_each_field_has_one_data_type() -> None:
    fields = [name for names in data.DATA_TYPES.values() for name in names.split()]
    assert sorted(fields) == sorted(set(fields))
    assert not set(fields) & set(data.OTHER_FIELDS.split())
    assert not set(fields) & set(data.FIELD_ALIASES)
    assert (TYPE_OF["journaltitle"], TYPE_OF["year"], TYPE_OF["pages"]) == ("literal", "datepart", "range")


def test_what_stands_beside_the_types_is_of_known_types_and_fields() -> None:
    fields = known_fields()
    for table in (data.SUBSTITUTES, data.INHERITED):
        assert {*table, *" ".join(table.values()).split()} <= fields
    for kind, strange in data.MISFITS.items():
        assert kind in data.BIBLATEX
        for name, types in strange.items():
            assert name in fields
            assert set(types.split()) <= KNOWN_TYPES
            of_type = " ".join(data.BIBLATEX[kind]).split()
            assert data.FIELD_ALIASES.get(name, name) not in of_type
    others = data.OTHER_TYPES.split()
    assert len(set(others)) == len(others)
    assert not {*others} & {*data.BIBTEX, *data.BIBLATEX, *data.TYPE_ALIASES, *CONTROL_TYPES}
    assert all(name == name.lower() for name in (*KNOWN_TYPES, *fields))


def test_the_months_are_those_that_are_read() -> None:
    assert data.MONTHS.split() == list(MONTHS)


def test_the_types_are_those_that_biblatex_declares() -> None:
    (types,) = declared("types")
    ours = set(data.BIBLATEX)
    assert set(types) - ours == set()
    assert ours - set(types) == {"dataset", "suppperiodical"}  # of the manual; newer, or in constraints alone


def test_the_fields_are_those_that_biblatex_declares() -> None:
    names = {name for line in declared("fields") for name in line[1:]}
    dates = next(line[1:] for line in declared("fields") if line[0] == "date")
    parts = ("year", "month", "day", "endyear", "endmonth", "endday")
    names |= {date.removesuffix("date") + part for date in dates for part in parts}
    ours = {name for listed in data.DATA_TYPES.values() for name in listed.split()}
    assert names - ours == set()
    assert ours - names == {"issuetitleaddon", "journaltitleaddon"}  # newer


def test_the_data_types_are_those_that_biblatex_declares() -> None:
    words = {"name": "names", "date": "date", "verbatim": "verbatim", "range": "range", "uri": "uri", "code": "code"}
    for kind, *names in declared("fields"):
        if kind in words:
            assert {TYPE_OF[name] for name in names} == {words[kind]}


def test_nothing_is_asked_for_that_biblatex_lets_go() -> None:
    mandatory: dict[str, set[str]] = {}
    for kind, *names in declared("mandatory"):
        mandatory.setdefault(kind, set()).update(names)
    for kind, fields in mandatory.items():
        for group in required(kind, "biblatex") or ():
            assert fields & set(group), (kind, group)


@pytest.mark.parametrize(
    ("kind", "names", "dialect", "lacking"),
    [
        ("article", "", "", [("author",), ("title",), ("journal", "journaltitle"), ("year", "date")]),
        ("article", "author title journal year", "", []),
        ("article", "author title journaltitle date", "bibtex", []),
        ("book", "author title year", "", []),
        ("book", "author title year", "bibtex", [("publisher",)]),
        ("book", "title publisher year", "", [("author", "editor", "translator")]),
        ("inbook", "author title year", "", []),
        ("inbook", "author title year", "biblatex", [("booktitle",)]),
        ("misc", "", "", []),
        ("misc", "", "biblatex", [("title",)]),
        ("online", "title", "", [("doi", "eprint", "url")]),
        ("online", "title", "bibtex", []),
        ("phdthesis", "author title year", "", [("school", "institution")]),
        ("phdthesis", "author title year", "biblatex", [("institution",)]),
        ("thesis", "author title school year", "", [("type",)]),
        ("nothing", "", "", []),
        ("nothing", "", "biblatex", []),
    ],
)
def test_what_is_missing(kind: str, names: str, dialect: str, lacking: list[tuple[str, ...]]) -> None:
    assert missing(kind, names.split(), dialect) == tuple(lacking)


def test_what_is_missing_depends_on_relevant_fields_alone() -> None:
    assert {"author", "key", "journal", "journaltitle", "eprint", "year", "date", "pubstate"} <= relevant_fields(
        "article"
    )
    assert "abstract" not in relevant_fields("article")
    assert relevant_fields("nothing") == frozenset()


def test_aliases_have_the_misfits_of_their_types_and_children_the_names_of_their_parents() -> None:
    assert misfits("conference") == misfits("inproceedings") != {}
    assert misfits("misc") == {}
    assert inherited_names("title") == {"title", "booktitle", "maintitle", "journaltitle"}
    assert inherited_names("pmid") == {"pmid"}
