from __future__ import annotations

import pytest

from ketreview.appraisal.standing import is_marked_retracted, is_preprint
from tests.hanging import no_hang


@pytest.mark.parametrize(
    ("doi", "venue", "elsewhere"),
    [
        ("10.1101/2020.03.02.20030320", "", ""),
        ("10.1101/123456", "", ""),
        ("10.1101/2020.03.02.20030320", "medRxiv", ""),
        ("10.1101/2020.03.02.20030320", "bioRxiv: the preprint server for biology", ""),
        ("10.21203/rs.3.rs-1/v1", "Research Square", ""),
        ("10.48550/arXiv.2101.00001", "", ""),
        ("", "arXiv", ""),
        ("", "arXiv preprint", ""),
        ("", "", "arXiv"),
        ("", "", "Preprint"),
        ("10.20944/preprints202606.1858.v1", "Preprints", ""),
        ("10.2139/ssrn.123", "SSRN Electronic Journal", ""),
        ("", "{medRxiv}", ""),
    ],
)
def test_preprints(doi: str, venue: str, elsewhere: str) -> None:
    assert is_preprint(doi, venue, elsewhere)


@pytest.mark.parametrize(
    ("doi", "venue", "elsewhere"),
    [
        ("10.1101/2020.03.02.20030320", "The Lancet", ""),
        ("10.1101/gad.1234", "Genes & Development", ""),
        ("10.1101/gad.12345678", "", ""),
        ("10.1101/cshperspect.a006189", "", ""),
        ("", "Journal of Archives", ""),
        ("10.1016/j.x", "", "Elsevier"),
        ("", "", ""),
    ],
)
def test_what_is_none(doi: str, venue: str, elsewhere: str) -> None:
    assert not is_preprint(doi, venue, elsewhere)


@pytest.mark.parametrize(
    "title", ["RETRACTED: A", "[Retracted] A", "Retracted article: A", "A (Retracted)", "A [retracted 2020]"]
)
def test_retracted(title: str) -> None:
    assert is_marked_retracted(title)


@pytest.mark.parametrize(
    "title", ["Retracted tongues", "Retraction: A", "Why papers are retracted", "A", "", "Retraction of A"]
)
def test_not_retracted(title: str) -> None:
    assert not is_marked_retracted(title)


def test_hostile_values_end_soon() -> None:
    with no_hang():
        for text in ("(" * 100_000, "the " * 25_000, "preprint" * 12_500, "[retracted" * 10_000):
            is_marked_retracted(text)
            is_preprint(text, text, "")
            is_preprint(text, "", text)
