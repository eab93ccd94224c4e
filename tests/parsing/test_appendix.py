"""Annotated bibliographies: which works are in them, by what names, and where each name stands."""

# ruff: noqa: E501  examples are wide

from __future__ import annotations

import re
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketreview.model.stated import Annotation, Stated
from ketreview.parsing.appendix import parse_appendix
from ketreview.parsing.appendix.languages import LANGUAGES, Language
from ketreview.parsing.appendix.words import plain
from tests.hanging import no_hang

TYPST = r"""
= Annotated Bibliography <app:bib>
Prose that cites @dean2001 and a DOI, 10.1000/none.

== Trials of sleep
// === Commented et al. 2000
=== Picard et al.\ 2019 — Sleep in short nights <sec:picard>

    *Full Citation:*: Picard A, Roy B, et al.\ Sleep in nights of four hours and less. _Journal of Nights_. 2019;4:1--9. @picard2019
    *DOI:*: #link("https://doi.org/10.1000/abc(19)00_1")[10.1000/abc(19)00\_1]
    *PMID:*: 0123456
    *PMCID:*: PMC999
    *Key Findings:*:
        - Unlike @dean2001 (doi 10.1000/other, PMID: 777), sleep was short.
    *Certainty Assessment:*:
        - *Quality:* High (one journal)
        - *Replication:* Low
        - *Score:* 0.80

=== Only prose
*Findings:* nothing here names a work, not even @dean2001 or 10.1000/no.

== Two works under one topic

@roy2020

*Key Findings:*
First.

*Certainty:*: Low-Medium (small)

    *Full Citation:*: Dean C. Naps of ten minutes in open-plan offices. _Naps_. 2021;1:2.
    *DOI:*: 10.1000/naps
    *Certainty:*: Raw 0.60; weight 0.50; discounted 0.30.

*Stone et al.\ 2018 — A bold line heads a work*

@stone2018

*Relevance:* Of @roy2020.
"""

LATEX = r"""
\section{Annotated bibliography}\label{sec:bib}
% \subsection{Commented (2000)}
\subsection*{Picard et al.\ (2019)}
\begin{description}
\item[DOI] \href{https://doi.org/10.1000/abc_1}{10.1000/abc\_1}
\item[\textbf{PMID:}] 123456
\item[Citation key] \texttt{picard2019}
\end{description}
\textbf{Certainty:} Very low. It agrees with \cite{dean2001}.

\subsubsection{Roy (2020): Dreams of \emph{Mus musculus} in spring}
\textbf{Citation:} Roy, B., \& M\"uller, C. (2020). Dreams of \emph{Mus musculus} in spring. \emph{Dreams}, 3.
  See \autocite{roy2020}. \\
\textbf{DOI:} \url{10.1000/dreams}

\begin{verbatim}
\textbf{DOI:} 10.1000/verbatim
\end{verbatim}
\paragraph{Dean 2021.} \textbf{PMID:} 55 \textbf{Certainty:} High
"""

MARKDOWN = """---
title: "**DOI:** 10.1000/front"
---
# Annotated bibliography

## Sleep {#sec-sleep}

### Picard 2019: Sleep in nights of four hours

- **DOI:** [10.1000/abc](https://doi.org/10.1000/abc)
- **PMID:** [123456](https://pubmed.ncbi.nlm.nih.gov/123456/)
- **BibTeX key**: `picard2019`

#### Certainty assessment

- **Quality:** High
- **Score:** 0.7

<!-- **DOI:** 10.1000/comment -->
```
**PMID:** 999
```

Roy 2020
--------

| **DOI** | <https://doi.org/10.1000/row> |
| PMID | 77 |

Agrees with [@dean2001].

## Naps of ten minutes in open-plan offices

**Authors:** Dean C, Stone D
**DOI:** 10.1000/naps.
[@dean2021]
"""


def read(text: str, name: str) -> list[Annotation]:
    return list(parse_appendix(name, text.encode("utf-8", "surrogatepass")).annotations)


def values(stated: tuple[Stated, ...]) -> list[str]:
    return [item.value for item in stated]


def names(annotation: Annotation) -> tuple[list[str], list[str], list[str]]:
    identity = annotation.identity
    return values(identity.keys), values(identity.dois), values(identity.pmids)


def all_stated(annotation: Annotation) -> Iterator[Stated]:
    identity = annotation.identity
    yield annotation.heading
    yield from (*identity.keys, *identity.dois, *identity.pmids, *identity.titles, *identity.citations)
    yield from (*annotation.certainty, *annotation.cited)


def test_typst() -> None:
    picard, roy, dean, stone = read(TYPST, "a.typ")
    assert picard.heading.value == "Picard et al. 2019 — Sleep in short nights"
    assert picard.heading.span.text == "Picard et al.\\ 2019 — Sleep in short nights"
    assert names(picard) == (["picard2019"], ["10.1000/abc(19)00_1"], ["123456"])
    assert values(picard.identity.titles) == ["Sleep in nights of four hours and less"]
    assert values(picard.identity.citations) == [
        "Picard A, Roy B, et al. Sleep in nights of four hours and less. Journal of Nights. 2019;4:1–9."
    ]
    assert values(picard.certainty) == ["0.80", "High"]
    assert values(picard.cited) == ["dean2001"]
    assert (names(roy), values(roy.certainty)) == ((["roy2020"], [], []), ["Low-Medium"])
    assert (names(dean), values(dean.certainty)) == (([], ["10.1000/naps"], []), ["0.30"])
    assert dean.heading == dean.identity.citations[0]
    assert stone.heading.value == "Stone et al. 2018 — A bold line heads a work"
    assert (names(stone), values(stone.cited)) == ((["stone2018"], [], []), ["roy2020"])


def test_latex() -> None:
    picard, roy, dean = read(LATEX, "a.tex")
    assert (picard.heading.value, names(picard)) == (
        "Picard et al. (2019)",
        (["picard2019"], ["10.1000/abc_1"], ["123456"]),
    )
    assert (values(picard.certainty), values(picard.cited)) == (["Very low"], ["dean2001"])
    assert roy.heading.value == "Roy (2020): Dreams of Mus musculus in spring"
    assert names(roy) == (["roy2020"], ["10.1000/dreams"], [])
    assert values(roy.identity.titles) == ["Dreams of Mus musculus in spring"]
    assert values(roy.identity.citations)[0].startswith("Roy, B., & Müller, C. (2020). Dreams of Mus")
    assert (dean.heading.value, names(dean), values(dean.certainty)) == ("Dean 2021.", ([], [], ["55"]), ["High"])


def test_markdown() -> None:
    picard, roy, naps = read(MARKDOWN, "a.md")
    assert names(picard) == (["picard2019"], ["10.1000/abc"], ["123456"])
    assert values(picard.identity.titles) == []
    assert values(picard.certainty) == ["0.7", "High"]
    assert (roy.heading.value, names(roy), values(roy.cited)) == (
        "Roy 2020",
        ([], ["10.1000/row"], ["77"]),
        ["dean2001"],
    )
    assert values(naps.identity.titles) == ["Naps of ten minutes in open-plan offices"]
    assert (names(naps), values(naps.cited)) == (([], ["10.1000/naps"], []), ["dean2021"])
    assert read(MARKDOWN, "a.qmd")[0].heading.value == picard.heading.value


@pytest.mark.parametrize(("text", "name"), [(TYPST, "a.typ"), (LATEX, "a.tex"), (MARKDOWN, "a.md")])
def test_each_place_is_that_of_the_value(text: str, name: str) -> None:
    for annotation in read(text, name):
        identity = annotation.identity
        for stated in (*identity.keys, *annotation.certainty, *annotation.cited):
            assert stated.span.text == stated.value
        for stated in identity.dois:
            assert stated.span.text.replace("\\", "") == stated.value
        for stated in identity.pmids:
            assert stated.span.text.lstrip("0") == stated.value
        for stated in (annotation.heading, *identity.titles, *identity.citations):
            assert stated.span.text == stated.span.text.strip()
            assert stated.span.text[:3] == stated.value[:3]


HEAD = "=== A 2019\n"
NO_WORKS = {
    "prose alone": f"{HEAD}Text.",
    "a key in prose": f"{HEAD}As @a2019 shows.",
    "a DOI in prose": f"{HEAD}See https://doi.org/10.1000/1 for more.",
    "a title alone": f"{HEAD}*Title:* Something of some length",
    "certainty alone": f"{HEAD}*Certainty:* High",
    "a heading that cites": "=== After @a2019\nText.",
    "a comment": f"{HEAD}// *DOI:* 10.1000/1\n/*\n*PMID:* 1\n*/",
    "raw text": f"{HEAD}```\n*DOI:* 10.1000/1\n```\n`*DOI:* 10.1000/1`",
    "no DOI": f"{HEAD}*DOI:* none\n\n*PMID:* pending (2 of 3)\n\n*DOI:* 10.12/x",
    "no reference": f"{HEAD}*Reference:* see the next chapter",
    "no key": f"{HEAD}*Key:* sleep is what matters",
    "another label": f"{HEAD}*PMCID:* PMC1\n*Year:* 2019",
}


@pytest.mark.parametrize("text", NO_WORKS.values(), ids=NO_WORKS)
def test_no_work(text: str) -> None:
    assert read(text, "a.typ") == []


WORKS: dict[str, tuple[str, list[tuple[list[str], list[str], list[str]]]]] = {
    "a line that only cites": (f"{HEAD}@a2019.", [(["a2019"], [], [])]),
    "several such lines": (f"{HEAD}@a\n\nText.\n\n@b\n\nText.", [(["a"], [], []), (["b"], [], [])]),
    "a stated key after the text": (
        f"{HEAD}*DOI:* 10.1000/1\n*Findings:* Some.\n*Key:* a2019",
        [(["a2019"], ["10.1000/1"], [])],
    ),
    "a reference after the text": (
        f"{HEAD}@roy2019\n\nText.\n\n*Citation:* Roy B. Something of a title. 2019. 10.1000/1",
        [(["roy2019"], ["10.1000/1"], [])],
    ),
    "the reference of another work after the text": (
        f"{HEAD}@a2019\n\nText.\n\n*Citation:* C D. Something else. 2020.\n*PMID:* 3",
        [(["a2019"], [], []), ([], [], ["3"])],
    ),
    "identifiers in the reference": (
        f"{HEAD}*Citation:* A B. Something of a title. 2019. doi:10.1000/1. PMID: 12.",
        [([], ["10.1000/1"], ["12"])],
    ),
    "two on a line": (f"{HEAD}*DOI:* 10.1000/1; *PMID:* 12", [([], ["10.1000/1"], ["12"])]),
    "a part of a work": (f"{HEAD}@a2019\n==== Numbers\nDOI: 10.1000/1", [(["a2019"], ["10.1000/1"], [])]),
    "a label as a heading": (f"{HEAD}==== DOI\n10.1000/1\n==== PMID\n12", [([], ["10.1000/1"], ["12"])]),
    "a heading that cites": ("=== @a2019\n*DOI:* 10.1000/1", [(["a2019"], ["10.1000/1"], [])]),
    "DOIs alone": (
        f"{HEAD}*DOI:* 10.1000/1\n\nText.\n\n*DOI:* 10.1000/2",
        [([], ["10.1000/1"], []), ([], ["10.1000/2"], [])],
    ),
    "an encoded DOI": (f'{HEAD}*DOI:* #link("https://doi.org/10.1000/a%28b%29")', [([], ["10.1000/a(b)"], [])]),
    "a DOI at a sentence's end": (f"{HEAD}*DOI:* (10.1000/a).", [([], ["10.1000/a"], [])]),
    "a list of terms": (f"{HEAD}/ DOI: 10.1000/1\n/ PMID: 12", [([], ["10.1000/1"], ["12"])]),
    "no heading": ("*Citation:* A B. Something of a title. 2019. @a2019", [(["a2019"], [], [])]),
    "CRLF": ("=== A 2019\r\n@a2019\r\n\r\n*DOI:* 10.1000/1\r\n", [(["a2019"], ["10.1000/1"], [])]),
}


@pytest.mark.parametrize(("text", "expected"), WORKS.values(), ids=WORKS)
def test_works(text: str, expected: list[tuple[list[str], list[str], list[str]]]) -> None:
    assert [names(annotation) for annotation in read(text, "a.typ")] == expected


RATINGS = {
    "0.80 (one trial)": "0.80",
    ".8": ".8",
    "Medium-High (two trials)": "Medium-High",
    "Very low.": "Very low",
    "High certainty, for once": "High certainty",
    "Raw 0.60; weight 0.5; final 0.30": "0.30",
    "High for sleep, low for the rest": "",
    "3 trials agree": "",
    "80%": "",
    "4/5": "",
    "Trial registration only --- no data": "",
}


@pytest.mark.parametrize(("text", "expected"), RATINGS.items())
def test_certainty(text: str, expected: str) -> None:
    (annotation,) = read(f"{HEAD}@a2019\n\n*Certainty:* {text}\n", "a.typ")
    assert values(annotation.certainty) == ([expected] if expected else [])


REFERENCES = {
    "Roy B, Dean C. Sleep in nights of four hours. _J_. 2019;1:2.": "Sleep in nights of four hours",
    "Roy, B., & Dean, C. (2019). Sleep in nights of four hours. _J_, 1.": "Sleep in nights of four hours",
    'Roy, Bea. "Sleep in nights of four hours." _J_ 1 (2019).': "Sleep in nights of four hours",
    "Roy B. Sleep of _Mus musculus_ in short nights? A trial. _J_. 2019.": "Sleep of Mus musculus in short nights? A trial",
    "Roy B. _Sleep in nights of four hours_. Press; 2019.": "Sleep in nights of four hours",
    "Roy B. Too short. _J_. 2019.": "",
}


@pytest.mark.parametrize(("text", "expected"), REFERENCES.items())
def test_title_of_a_reference(text: str, expected: str) -> None:
    (annotation,) = read(f"*Full citation:* {text}\n", "a.typ")
    assert values(annotation.identity.titles) == ([expected] if expected else [])


PIECES = """=== A 2019
|## A 2019
|\\subsection{A 2019}|*DOI:*|**PMID:** |\\textbf{Key:} |10.1000/a|12|
|

|@a |\\cite{a}|[@a]|`|```|{|}|[|]|(|)|*|_|**|//|/*|%|\\|\\\\|<!--|Certainty: |Score: |0.8|High|- |---
|#link("|Full citation: |Roy B. Sleep at noon. 2019. |\0|é|\r"""
TEXTS = st.lists(st.sampled_from([*PIECES.split("|"), "|"]), max_size=40).map("".join)


@settings(deadline=None, max_examples=300)
@given(st.one_of(TEXTS, st.text(max_size=60)), st.sampled_from(["a.typ", "a.tex", "a.md", "a.qmd"]))
def test_any_text(text: str, name: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    appendix = parse_appendix(name, data)
    for annotation in appendix.annotations:
        assert any(names(annotation)) or annotation.identity.citations
        for stated in all_stated(annotation):
            assert stated.span.source is appendix.source
            assert 0 <= stated.span.start <= stated.span.end <= len(appendix.source.text)


@settings(deadline=None)
@given(st.binary(max_size=80), st.sampled_from(["a.typ", "a.tex", "a.md"]))
def test_any_bytes(data: bytes, name: str) -> None:
    parse_appendix(name, data)


@settings(max_examples=300)
@given(st.text("ab. .@*_-~#\\$[](){}<>\0\n'`", max_size=12), st.sampled_from(list(LANGUAGES.values())))
def test_words_without_markup_are_told_by_their_characters(text: str, language: Language) -> None:
    known = plain(text, language)
    with patch("ketreview.parsing.appendix.words._MARKUP", re.compile("")):
        assert plain(text, language) == known


@pytest.mark.parametrize(("path", "text"), [("a.typ", TYPST), ("a.tex", LATEX), ("a.md", MARKDOWN)])
def test_lines_of_another_system(path: str, text: str) -> None:
    assert list(map(names, read(text.replace("\n", "\r\n"), path))) == list(map(names, read(text, path)))


def test_lines_that_end_with_a_carriage_return_alone() -> None:
    assert list(map(names, read(TYPST.replace("\n", "\r"), "a.typ"))) == list(map(names, read(TYPST, "a.typ")))


HOSTILE = {
    "brackets": "[" * 200_000,
    "bold": "*DOI:* " + "*a " * 100_000,
    "DOIs": "*DOI:* " + "10.1000/" * 50_000,
    "brackets behind a DOI": "*DOI:* 10.1000/" + ")" * 200_000,
    "links": "**DOI:** " + '#link("' * 50_000,
    "sentences": "*Full citation:* " + "A. " * 100_000,
    "quotes": "*Full citation:* " + '"a ' * 100_000,
    "backticks": "".join("`" * (number % 300) + " " for number in range(2_000)),
    "braces": "\\section{" * 40_000,
    "certainty": "*Certainty:* " + "high-" * 50_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_time_grows_with_the_text_alone(text: str) -> None:
    for name in ("a.typ", "a.tex", "a.md"):
        with no_hang():
            parse_appendix(name, text.encode())
