"""What two titles say of their works."""

from __future__ import annotations

import pytest

from ketreview.appraisal.titles import (
    in_two_languages,
    is_generic,
    notice_of,
    one_slip_apart,
    titles_alike,
    without_status,
)

ENDLESS = ("(" * 100_000, "(retracted" * 10_000, " " * 100_000, "retracted" + ":" * 100_000, "the " * 25_000)


@pytest.mark.parametrize(
    ("title", "notice"),
    [
        ("Correction to: Ketamine in sheep", "correction"),
        ("Author Correction: Ketamine in sheep", "correction"),
        ("Publisher’s erratum: Ketamine in sheep", "correction"),
        ("Corrigendum", "correction"),
        ('Retraction notice to "Ketamine in sheep"', "retraction"),
        ("Expression of Concern: Ketamine in sheep", "retraction"),
        ("Re: Ketamine in sheep", "reply"),
        ("In reply", "reply"),
        ("The authors reply", "reply"),
        ("Authors' response to Ketamine in sheep", "reply"),
        ("Comment on “Ketamine in sheep”", "comment"),
        ("Invited Commentary: Ketamine in sheep", "comment"),
        ("Letter to the editor", "comment"),
        ("RETRACTED: Ketamine in sheep", ""),
        ("Withdrawal symptoms after ketamine", ""),
        ("Corrections in cells", ""),
        ("Ketamine in sheep: a reply", ""),
        ("", ""),
    ],
)
def test_notices(title: str, notice: str) -> None:
    assert notice_of(title) == notice


@pytest.mark.parametrize(
    "title", ["RETRACTED: A", "RETRACTED ARTICLE: A", "[Retracted] A", "A [Retracted]", "WITHDRAWN: A", "A (retracted)"]
)
def test_the_word_of_the_publisher_is_left_out(title: str) -> None:
    assert without_status(title).strip() == "A"


def test_a_title_of_retractions_keeps_its_words() -> None:
    assert without_status("Retracted papers and their authors") == "Retracted papers and their authors"


@pytest.mark.parametrize("title", ["Editorial: sleep", "Introduction to the special issue", "Abstracts of a meeting"])
def test_titles_that_many_works_have(title: str) -> None:
    assert is_generic(title)


def test_a_title_of_its_own() -> None:
    assert not is_generic("Ketamine in sheep: an edited genome")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ketamine in {Sheep}", "KETAMINE IN SHEEP."),
        ("Sleep", "Sleep: ketamine in the goat"),
        ("A series about goats: sleep and ketamine in the hills", "Sleep and ketamine in the hills"),
        ("Sleep and ketamine in the goat: a randomised trial", "Sleep and ketamin in goats: a randomized trial"),
        ("", "Anything"),
        ("RETRACTED: Ketamine", "Ketamine"),
    ],
)
def test_titles_that_may_be_of_one_work(one: str, other: str) -> None:
    assert titles_alike(one, other)
    assert titles_alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("Sleep in goats", "Pain in sheep"), ("On sleep", "A book that has a part on sleep in it")]
)
def test_titles_of_two_works(one: str, other: str) -> None:
    assert not titles_alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Schlaf und Narkose bei der Ziege", "Sleep and anaesthesia of the goat"),
        ("Sommeil et anesthésie chez la chèvre", "Sleep and anaesthesia of the goat"),
        ("[Sleep of goats]", "Nächte"),
        ("{[Sleep of goats].}", "Nächte"),
        ("Сон козы", "Goats"),
        ("山羊の睡眠", "Goats"),
    ],
)
def test_translations(one: str, other: str) -> None:
    assert in_two_languages(one, other)
    assert in_two_languages(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sleep of the goat", "Pain of the sheep"),
        ("Effects of β-endorphin on IL-6", "The role of IL-10"),
        ("Goats", "Sheep"),
        ("[Sleep]", "[Pain]"),
    ],
)
def test_titles_in_one_language(one: str, other: str) -> None:
    assert not in_two_languages(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The tretament of pain", "The treatment of pain"),
        ("The treatmnt of pain", "The treatment of pain"),
        ("The treatments of pain", "The treatment of pain"),
        ("Anaesthesia: a review", "Anesthesia: A Review"),
    ],
)
def test_one_slip(one: str, other: str) -> None:
    assert one_slip_apart(one, other)
    assert one_slip_apart(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Vitamin B in goats", "Vitamin D in goats"),
        ("Ketamine, part II", "Ketamine, part III"),
        ("Ketamine in 2019", "Ketamine in 2018"),
        ("CD163a in goats", "CD163b in goats"),
        ("Typical pain", "Atypical pain"),
        ("Afferent fibres", "Efferent fibres"),
        ("The tretament of pian", "The treatment of pain"),
        ("The treatment of pain", "The treatment of pain in goats"),
        ("Goats asleep", "Goats asleep"),
        ("Abduction of knees", "Absorption of knees"),
    ],
)
def test_more_than_a_slip(one: str, other: str) -> None:
    assert not one_slip_apart(one, other)


@pytest.mark.parametrize("title", ENDLESS)
def test_endless_titles_take_no_time(title: str) -> None:
    without_status(title)
    notice_of(title)
    is_generic(title)
    in_two_languages(title, title[1:])
    one_slip_apart(title, title + "b")
    assert titles_alike(title, title + "x") in {True, False}
