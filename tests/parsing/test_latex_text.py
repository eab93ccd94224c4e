"""Values of the store as text."""

from __future__ import annotations

import pytest

from ketreview.parsing.latex_text import latex_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Smith", "Smith"),
        ("{van der Berg}", "van der Berg"),
        (r"M{\"u}ller & Sons", "Müller & Sons"),
        (r"{Caf\'e 5% Group}", "Café 5% Group"),
        (r"Health \& Care", "Health & Care"),
        (r"S{\o}rensen #2", "Sørensen #2"),
        ("Health & Care 5%", "Health & Care 5%"),
        ("\\x" + "{" * 60, "\\x"),
    ],
)
def test_signs_that_nobody_escaped_stay(value: str, text: str) -> None:
    assert latex_text(value) == text
