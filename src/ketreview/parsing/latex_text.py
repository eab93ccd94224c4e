"""Values of the store as text: commands of LaTeX become the characters that they print."""

from __future__ import annotations

from ketreview.patterns import regex

_SIGN = regex(r"(?<!\\)[&%#]")
"""What is a sign of LaTeX's own, and in a value of a store means itself."""
_SOFT_HYPHEN = "\xad"
_LONGEST = 1000
_MOST_BRACES = 50
"""pylatexenc calls itself once for each brace within another."""


def latex_text(value: str) -> str:
    """A value of the store as it is read, without braces and commands."""
    if "\\" in value and len(value) < _LONGEST and value.count("{") < _MOST_BRACES:
        from pylatexenc.latex2text import LatexNodes2Text  # noqa: PLC0415  only where there is LaTeX

        value = str(LatexNodes2Text().latex_to_text(_SIGN.sub(r"\\\g<0>", value))).replace(_SOFT_HYPHEN, "")
    return value.replace("{", "").replace("}", "").replace("~", " ")
