from __future__ import annotations

import pytest

from ketreview.appraisal.name_faults import faults_of, may_be_faulty
from ketreview.appraisal.names import names_in, stray_ands, unbraced
from ketreview.appraisal.placeholder_names import placeholder_names
from tests.hanging import no_hang


@pytest.mark.parametrize(
    ("text", "family", "given"),
    [
        ("Kim, Jiwoo", "Kim", "Jiwoo"),
        ("Jiwoo Kim", "Kim", "Jiwoo"),
        ("van den Berg, Jan", "van den Berg", "Jan"),
        ("Ludwig van Beethoven", "van Beethoven", "Ludwig"),
        (
            r"Charles Louis Xavier Joseph de la Vall{\'e}e Poussin",
            r"de la Vall{\'e}e Poussin",
            "Charles Louis Xavier Joseph",
        ),
        ("Zarate, Jr., Carlos A.", "Zarate", "Carlos A."),
        ("{World Health Organization}", "World Health Organization", ""),
        ("{Barnes and Noble}", "Barnes and Noble", ""),
        ("Pooja", "Pooja", ""),
        (r"{\'E}mile {\'e}tienne Zola", r"{\'e}tienne Zola", r"{\'E}mile"),
        (r"\O{}rsted", r"\O{}rsted", ""),
        ("{de la} Cruz Ana", "Ana", "{de la} Cruz"),
        ("family=de la Cruz, given=Ana", "de la Cruz", ""),
        ("given=Ana, family=Cruz", "Cruz", ""),
        ("given=Ana", "", ""),
        ("李 小龙", "小龙", "李"),
        (r"\relax van Beethoven", r"\relax van Beethoven", ""),
    ],
)
def test_a_name_is_parted_as_bibtex_does(text: str, family: str, given: str) -> None:
    (name,) = names_in(text)
    assert (name.family, name.given) == (family, given)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Kim, J. and Lee, K.", ["Kim, J.", "Lee, K."]),
        ("Kim, J. AND\nLee, K. and others", ["Kim, J.", "Lee, K.", "others"]),
        ("Sandra Andersson and {A and B}", ["Sandra Andersson", "{A and B}"]),
        ("and Kim and and Lee and", ["Kim", "Lee"]),
        ("", []),
        ("and", []),
        ("{Kim} and }Lee", ["{Kim}", "}Lee"]),
        ("{Kim and Lee", ["{Kim and Lee"]),
    ],
)
def test_a_list_is_parted_by_and(text: str, names: list[str]) -> None:
    found = names_in(text)
    assert [name.text for name in found] == names
    assert [text[name.start : name.end] for name in found] == names


def test_an_and_without_a_name_is_found() -> None:
    text = "and Kim and and Lee and"
    assert [(text[stray.start : stray.end], stray.doubled) for stray in stray_ands(text)] == [
        ("and", False),
        ("and", True),
        ("and", False),
    ]
    assert stray_ands("Kim and Lee") == ()


def test_what_stands_in_braces_is_hidden_in_place() -> None:
    assert unbraced("a{b{c}d}e") == "a_______e"
    assert unbraced("a}b{c") == "a_b__"
    assert unbraced("plain") == "plain"


@pytest.mark.parametrize(
    "text",
    [
        "a, " * 30_000,
        "A " * 50_000,
        "a and " * 20_000,
        "{" * 100_000,
        "and " * 25_000,
        "a;" * 50_000,
        "& " * 50_000,
        "Pain Group and " * 7_000,
        "et al. " * 14_000,
        "A" * 100_000,
        "Author " * 15_000,
        "x" + " " * 100_000 + "y",
        "Dr. " * 25_000,
        "https://" * 12_000,
        "Smith A, " * 11_000,
        "," * 100_000,
        "family=" * 14_000,
    ],
)
def test_a_hostile_list_takes_no_time(text: str) -> None:
    with no_hang():
        may_be_faulty(text)
        placeholder_names(text)
        list(faults_of(text))
        stray_ands(text)
