"""Names of a work, as they are compared."""

import pytest

from ketreview.appraisal.same_work import doi_name, pmid_name, title_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("10.1186/S12967-018-1644-Y", "10.1186/s12967-018-1644-y"),
        ("https://doi.org/10.1000/182", "10.1000/182"),
        ("doi: 10.1000/182", "10.1000/182"),
        (r"10.1000/a\_b", "10.1000/a_b"),
        ("tbc", ""),
        ("", ""),
    ],
)
def test_doi(text: str, name: str) -> None:
    assert doi_name(text) == name


@pytest.mark.parametrize(
    ("text", "name"), [("38383456", "38383456"), (" 042 ", "42"), ("PMC12", ""), ("0", ""), ("123456789", "")]
)
def test_pmid(text: str, name: str) -> None:
    assert pmid_name(text) == name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ketamine and the {NMDA} receptor", "Ketamine and the NMDA Receptor."),
        (r"na{\"\i}ve B-cells in a cohort", "Naïve B cells in a cohort"),
        (r"M\'eni\`ere and the vestibule", "Ménière and the vestibule"),
        (r"TNF-$\alpha$ in depressed patients", "TNF-α in depressed patients"),
        (r"A cohort from \c{S}anl\i urfa province", "A cohort from Şanlıurfa province"),
    ],
)
def test_titles_that_are_one(one: str, other: str) -> None:
    assert title_name(one) == title_name(other) != ""


def test_short_titles_name_nothing() -> None:
    assert title_name("Editorial") == ""
