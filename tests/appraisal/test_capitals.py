"""Capitals in titles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.appraisal.capitals import unprotected_capitals


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("DNA methylation in ME/CFS and mRNA", ["DNA", "ME/CFS", "mRNA"]),
        ("The McDonald criteria and iPS cells: A pH study", ["McDonald", "iPS", "pH"]),
        ("COVID-19-related fatigue in SARS-CoV-2", ["COVID-19", "SARS-CoV-2"]),
        ("Anti-NMDA receptors in type II", ["NMDA", "II"]),
        ("T-type channels, vitamin D, the U.S.", ["D", "U.S"]),
        ("O'Brien and the goat", ["O'Brien"]),
        ("Sleep of patients with Parkinson disease and fatigue", ["Parkinson"]),
        ("Sleep of patients with fatigue? What Parkinson wrote", ["Parkinson"]),
        ("Infections during treatment of patients – New South Wales and Vienna", ["Vienna"]),
        ("Infections and treatment of patients with chronic fatigue during sleep: New South Wales", ["South", "Wales"]),
        ("Infections during treatment of patients – in Vienna", ["Vienna"]),
        ("Infections during treatment of patients –\n                  United States", []),
        ("Infections during treatment of patients in\n                  Vienna", ["Vienna"]),
        ("A Review of Chronic Fatigue Syndrome/Myalgic Encephalomyelitis", []),
        ("Vitamin A and I", []),
        ("{DNA} and {ME/CFS}: $X_A$ \\emph{XY} mi{RNA} {DNA}s", []),
        ("SLEEP AND PAIN", []),
        ("Schlaf und Schmerz bei der kleinen weissen Ziege", []),
        ("", []),
    ],
)
def test_words_that_need_braces(title: str, words: list[str]) -> None:
    assert [title[start:end] for start, end in unprotected_capitals(title)] == words


def test_german_writes_nouns_in_capitals() -> None:
    title = "Warum kleine weisse Ziegen nachts wenig schlafen"
    assert [title[start:end] for start, end in unprotected_capitals(title)] == ["Ziegen"]
    assert unprotected_capitals(title, german=True) == []


@given(st.text("AbC dE{}$\\-/.:?"))
def test_what_is_put_into_braces_is_protected(title: str) -> None:
    found = unprotected_capitals(title)
    for start, end in reversed(found):
        title = f"{title[:start]}{{{title[start:end]}}}{title[end:]}"
    kept = unprotected_capitals(title)
    assert len(kept) <= len(found)


@pytest.mark.parametrize("title", ["a " * 50_000, "Ab-" * 33_000, "{" * 50_000, "$" * 100_001, "Ab " * 33_000])
def test_endless_titles_take_no_time(title: str) -> None:
    unprotected_capitals(title)
