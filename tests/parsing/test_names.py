from __future__ import annotations

import pytest

from ketreview.parsing.names import last_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Anand, Amit and Mathew, Sanjay J. and others", ("Anand", "Mathew", "others")),
        ("van Campen, C. M. C. and Ludwig van Beethoven", ("van Campen", "van Beethoven")),
        ("{King's College London}", ("King's College London",)),
        ("{{U.S. Food and Drug Administration}} and Li, N.", ("{U.S. Food and Drug Administration}", "Li")),
        ("Zarate, Jr., Carlos A.", ("Zarate",)),
        ("Movahed Rad, Pouya", ("Movahed Rad",)),
        ("a, b, c, d, e", ("a",)),
        ("", ()),
    ],
)
def test_last_names(text: str, names: tuple[str, ...]) -> None:
    assert last_names(text) == names
