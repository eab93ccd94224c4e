"""Names of journals, as they are abbreviated."""

from __future__ import annotations

import pytest

from ketreview.appraisal.venues import same_venue


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Clin Neurophysiol", "Clinical Neurophysiology"),
        ("Am. J. Med. Sci.", "The American Journal of the Medical Sciences"),
        ("N Engl J Med", "New England Journal of Medicine"),
        ("NEJM", "The New England Journal of Medicine"),
        ("PNAS", "Proceedings of the National Academy of Sciences"),
        ("Proc. Natl. Acad. Sci.", "Proceedings of the National Academy of Sciences"),
        ("Healthcare", "Healthcare (Basel)"),
        (r"Brain, Behavior, \& Immunity - Health", "Brain, Behavior, & Immunity – Health"),
        (r"Rev M\'ed Suisse", "Revue Médicale Suisse"),
        ("", "Pain"),
        ("", ""),
    ],
)
def test_one_journal(one: str, other: str) -> None:
    assert same_venue(one, other)
    assert same_venue(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pain", "Brain"),
        ("bioRxiv", "Nature"),
        ("Journal of Sleep Research", "Sleep Medicine Reviews"),
        ("European Journal of Pain", "European Journal of Psychiatry"),
    ],
)
def test_two_journals(one: str, other: str) -> None:
    assert not same_venue(one, other)
