from __future__ import annotations

import pytest

from ketreview.appraisal.searches import last_search
from ketreview.parsing.reviews import parse_review

HEAD = "schema_version: 1\nid: a\ntitle: A\nstatus: active\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("currency: {mode: living}\n", None),
        ("currency: {mode: living, last_search: 2026-01}\n", "2026-01"),
        ("searches: [{date: 2025}, {date: 2026-02-01}, {strategy: none noted}]\n", "2026-02-01"),
        ("currency: {mode: living, last_search: 2026-01}\nsearches: [{date: 2026-01-30}]\n", "2026-01"),
        ("currency: {mode: living, last_search: 2026-01}\nsearches: [{date: 2026-02-01}]\n", "2026-02-01"),
    ],
)
def test_the_newest_of_currency_and_searches(text: str, expected: str | None) -> None:
    review = parse_review("a.yaml", (HEAD + text).encode()).review
    assert review is not None
    found = last_search(review)
    assert (str(found) if found else None) == expected
