"""Whether two fields say the same."""

from __future__ import annotations

import pytest

from ketreview.appraisal.field_values import canonical_name, same_value


@pytest.mark.parametrize(("name", "one"), [("journaltitle", "journal"), ("date", "year"), ("title", "title")])
def test_names_of_one_field(name: str, one: str) -> None:
    assert canonical_name(name) == one


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("doi", "https://doi.org/10.1000/A", "10.1000/a"),
        ("pmid", "012", "12"),
        ("title", "Ketamine in the {NMDA} receptor", "Ketamine in the NMDA Receptor."),
        ("pages", "1--9", "1–9"),
        ("note", "a  {b}", "a b"),
    ],
)
def test_values_that_say_the_same(name: str, one: str, other: str) -> None:
    assert same_value(name, one, other)


@pytest.mark.parametrize(("name", "one", "other"), [("doi", "10.1000/a", "10.1000/b"), ("note", "a--b", "a-b")])
def test_values_that_differ(name: str, one: str, other: str) -> None:
    assert not same_value(name, one, other)
