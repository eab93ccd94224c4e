"""Text as LaTeX reads it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.appraisal.latex_text import own_signs, word_for_word


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("Bugs & Drugs", "&"),
        (r"Bugs \& Drugs", ""),
        (r"a\\&b", "&"),
        ("50% of #1 _x", "%#_"),
        ("$x_1$ & y", "&"),
        ("It costs $5", "$"),
        ("$5 and $6", ""),
        (r"\$5 and $x$ & $", "&$"),
        ("$$x_1$$ _", "_"),
        ("$$x_1$ _", "$_"),
        ("$a$b_$c_d$", "_"),
        (r"$\$_$ _", "_"),
        (r"\url{a_b%20}&", "&"),
        (r"\url{a_b", ""),
        (r"\url{a{_}b}_", "_"),
        (r"\href{a_b}{c_d}", "_"),
        (r"\cite[p. 3]{a_b} \autoref{a_b} _", "_"),
        (r"\verb|a_b| \verb*+_+ _", "_"),
        (r"\verb|a_b", ""),
        (r"\ce{H_2O} \ensuremath{x_1}", ""),
        (r"\(x_1\) \[a_b\] _", "_"),
        (r"\(x_1", ""),
        (r"\emph{a_b}", "_"),
        ("", ""),
    ],
)
def test_signs_of_latex(text: str, signs: str) -> None:
    found = list(own_signs(text))
    assert "".join(sign.sign for sign in found) == signs
    assert all(text[sign.at] == sign.sign for sign in found)


@pytest.mark.parametrize(
    ("text", "verbatim"),
    [
        (r"\url{a} \href{b}{c} \verb|d| \emph{e} $f$", ["{a}", "{b}", "d|"]),
        (r"\cite{a} \(x\) % & \\", []),
        (r"\url{a", ["{a"]),
        ("plain", []),
    ],
)
def test_what_is_taken_word_for_word(text: str, verbatim: list[str]) -> None:
    assert [text[start:end] for start, end in word_for_word(text)] == verbatim


@given(st.text("\\{}$&%_#urlverb|()[]x"))
def test_signs_are_in_order_and_in_the_text(text: str) -> None:
    places = [sign.at for sign in own_signs(text)]
    assert places == sorted(set(places))
