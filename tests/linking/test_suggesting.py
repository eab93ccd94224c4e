"""What an unresolved key may mean."""

import pytest

from ketreview.history import FormerKey
from ketreview.linking.suggesting import Suggestions
from ketreview.parsing.bibtex import parse_bib

STORE = """
@article{Klein2020opioid, author = {Klein, Matthew E. and Roe, A.}, year = 2020}
@article{nijs2017neuroinflammation, author = {Nijs, J.}, year = 2017}
@article{roe2019a, author = {Roe, A.}, year = 2019}
@article{roe2019b, author = {Roe, A.}, year = 2019}
@article{muller_2021, author = {M{\\"u}ller, B.}, year = 2021}
@article{doyle2017gut, author = {Doyle, B.}, year = 2017}
@misc{glossary, title = {G}}
"""
FORMER = {"old": FormerKey("glossary", "abc1234", "2026-01-02"), "gone": FormerKey("", "def5678", "2026-02-03")}


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("Klein2020", "; did you mean `Klein2020opioid`?"),
        ("klein:2020:rats", "; did you mean `Klein2020opioid`?"),
        ("müller2021", "; did you mean `muller_2021`?"),
        ("roe2019c", "; did you mean `roe2019a`?"),
        ("nijs2018neuroinflammation", "; did you mean `nijs2017neuroinflammation`?"),
        ("nijs2007neuroinflammation", "; did you mean `nijs2017neuroinflammation`?"),
        ("njis2017neuroinflammation", "; did you mean `nijs2017neuroinflammation`?"),
        ("nijs2018neuroinfl", "; did you mean `nijs2017neuroinflammation`?"),
        ("nijs2018neurotransmitter", ""),
        ("doyle2018", ""),
        ("doyle2018diet", ""),
        ("doyle2015gut", "; did you mean `doyle2017gut`?"),
        ("boyle2017gut", "; did you mean `doyle2017gut`?"),
        ("roylet2017gut", ""),
        ("blitshteyn2025neuroinflammation", ""),
        ("nijs1999neuroinflammation", ""),
        ("glosary", "; did you mean `glossary`?"),
        ("old", "; it was renamed to `glossary` in abc1234 (2026-01-02)"),
        ("gone", "; it was deleted in def5678 (2026-02-03)"),
        ("zzz", ""),
    ],
)
def test_hint(key: str, hint: str) -> None:
    entries = parse_bib("a.bib", STORE.encode()).entries
    assert Suggestions(entries, FORMER).hint(key) == hint
