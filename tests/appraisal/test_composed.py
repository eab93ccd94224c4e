"""Unicode's composed form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.appraisal.composed import composed


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Andre\u0301", "Andr\u00e9"),
        ("Andr\u00e9", "Andr\u00e9"),
        ("10 \u212b", "10 \u00c5"),
        ("x\u0302", "x\u0302"),
        ("\ufa19e\u0301\ufa19", "\ufa19\u00e9\ufa19"),
        ("plain", "plain"),
    ],
)
def test_composed(text: str, wanted: str) -> None:
    assert composed(text) == wanted


@given(st.text())
def test_composing_twice_changes_nothing_more(text: str) -> None:
    assert composed(composed(text)) == composed(text)
