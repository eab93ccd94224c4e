from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.appraisal.trials import (
    OPEN,
    STOPPED,
    is_open,
    names_registry,
    nearest_form,
    normal_form,
    number_of,
    trials_of,
)
from ketreview.model.vocabulary import TrialStatus
from tests.appraisal.registrations import CANONICAL, canonical


@pytest.mark.parametrize(
    ("words", "is_so"),
    [
        ("ongoing", True),
        ("Ongoing", True),
        ("is still under way", True),
        ("Active, not recruiting", True),
        ("not yet recruiting", True),
        ("RECRUITING", True),
        ("actively recruiting", True),
        ("not recruiting", False),
        ("Authorised, recruitment pending", True),
        ("Authorised, recruiting", True),
        ("Authorised, not  started", True),
        ("Ongoing, recruitment ended", True),
        ("Restarted", True),
        ("Under evaluation", False),
        ("Not authorised", False),
        ("Temporarily halted", False),
        ("Prematurely Ended", False),
        ("Trial now transitioned", False),
        ("no longer active", False),
        ("completed", False),
        ("completed; follow-up ongoing", False),
        ("Terminated", False),
        ("inactive", False),
        ("", False),
        ("registered", False),
    ],
)
def test_words_for_open(words: str, is_so: bool) -> None:
    assert is_open(words) is is_so


@pytest.mark.parametrize("status", TrialStatus)
def test_statuses(status: TrialStatus) -> None:
    assert is_open(status) is (status in OPEN)
    assert not (status in OPEN and status in STOPPED)


@pytest.mark.parametrize(
    ("number", "normal"),
    [
        ("NCT00902941", "NCT00902941"),
        ("NCT 00902941", "NCT00902941"),
        ("NCT#00379470", "NCT00379470"),
        ("nct-00379470", "NCT00379470"),
        ("ClinicalTrials.gov Identifier: NCT00902941", "NCT00902941"),
        ("ISRCTN 12345678", "ISRCTN12345678"),
        ("EudraCT 2012-000615-84", "2012-000615-84"),
        ("EudraCT number: 2012 000615 84", "2012-000615-84"),
        ("EUCTR2012-000615-84-de", "EUCTR2012-000615-84-DE"),
        ("EUCTR2012-000615-84", "EUCTR2012-000615-84"),
        ("EU CT 2022-501549-57-00", "2022-501549-57-00"),
        ("2022-501549-57", "2022-501549-57"),
        ("jrcts031180001", "jRCTs031180001"),
        ("CHICTR-trc-10000001", "ChiCTR-TRC-10000001"),
        ("ctri/2018/05/013770", "CTRI/2018/05/013770"),
        ("RBR 6Z5QN7", "RBR-6z5qn7"),
        ("JapicCTI-123456", "JapicCTI-123456"),
        ("JMA-IIA00123", "JMA-IIA00123"),
        ("PACTR201105000291301", "PACTR201105000291301"),
        ("JPRN-UMIN000012345", "UMIN000012345"),
        ("UMIN-CTR 000012345", "UMIN000012345"),
        ("C000000362", "UMIN000000362"),
        ("CTIS2022-500508-23-00", "2022-500508-23-00"),
        ("2020-001934-37-ES", "2020-001934-37"),
        ("EUCTR2015-005843-15-3RD", "EUCTR2015-005843-15-3rd"),
        ("ANZCTR12605000001694", "ACTRN12605000001694"),
        ("ACTRN012605000001694", "ACTRN012605000001694"),
        ("per 002 99 a", "PER-002-99-A"),
        ("NL-OMON 55178", "NL-OMON55178"),
        ("NL26560.042.09", ""),
        ("2022-401549-57-00", ""),
        ("N" * 101, ""),
        ("NCT0090294", ""),
        ("NCT12345678", ""),
        ("", ""),
        ("TBD", ""),
    ],
)
def test_normal_form(number: str, normal: str) -> None:
    assert normal_form(number) == normal
    assert normal_form(normal) == normal


@pytest.mark.parametrize(
    ("number", "near"),
    [
        ("NCT 00902941", "NCT00902941"),
        ("NTC04436250", "NCT04436250"),
        ("NCTO4436250", "NCT04436250"),
        ("CTN04436250", "NCT04436250"),
        ("ISRCTNl2345678", "ISRCTN12345678"),
        ("2012-000615-84", "2012-000615-84"),
        ("NCT0443625", ""),
        ("none yet", ""),
    ],
)
def test_nearest_form(number: str, near: str) -> None:
    assert nearest_form(number) == near


@pytest.mark.parametrize(
    ("number", "is_so"),
    [("NCT1", True), ("isrctn", True), ("2012-00615-84", True), ("TBD", False), ("2012", False), ("local 7", False)],
)
def test_names_registry(number: str, is_so: bool) -> None:
    assert names_registry(number) is is_so


@pytest.mark.parametrize("registry", CANONICAL)
def test_every_registry_is_told_apart(registry: str) -> None:
    found = number_of(CANONICAL[registry][1])
    assert (found.registry, found.text) == (registry.replace("EU CTR", "EudraCT"), CANONICAL[registry][1])


def test_there_are_more_than_the_seventeen_of_the_world_health_organization() -> None:
    assert len(CANONICAL) >= 17


@pytest.mark.parametrize(
    ("one", "other", "is_so"),
    [
        ("2012-000615-84", "EUCTR2012-000615-84-DE", True),
        ("EUCTR2012-000615-84", "eudract 2012-000615-84-fr", True),
        ("2022-501549-57-00", "2022-501549-57-01", True),
        ("2022-501549-57", "CTIS2022-501549-57-00", True),
        ("ACTRN012605000001694", "ACTRN12605000001694", True),
        ("PER-002-99-A", "PER-002-99-B", True),
        ("nct 04436250", "NCT04436250", True),
        ("NTR4337", "NL4337", False),
        ("local 7", "local 8", False),
        (" local 7", "local 7 ", True),
        ("2012-000615-84", "2012-000615-85", False),
    ],
)
def test_numbers_of_one_trial(one: str, other: str, is_so: bool) -> None:
    assert bool(trials_of([one]) & trials_of([other])) is is_so


SEPARATORS = st.sampled_from([" ", "-", ": ", "#", "_", ".", "/", " no. ", "\u2011"])


@given(canonical(), SEPARATORS, st.booleans(), st.sampled_from(["", "identifier: ", "registration number "]))
def test_a_number_survives_a_round_trip(number: str, separator: str, lower: bool, label: str) -> None:
    """As it is printed it stays; with other separators, another case and a label before it, it comes back."""
    assert normal_form(number) == number
    assert number_of(number).trial == number_of(number_of(number).trial).trial
    letters = len(number) - len(number.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-/"))
    written = number[:letters] + separator * bool(letters) + number[letters:].replace("-", "\u2011").replace("/", " ")
    assert normal_form(label + (written.lower() if lower else written)) == number


@given(st.integers(0, 9_999_999), st.sampled_from(["NCT{}", "nct {}", "NCT-{}", " NCT: {} ", "NCT number {}"]))
def test_separators_and_case_are_of_no_account(number: int, written: str) -> None:
    assert normal_form(written.format(f"0{number:07}")) == f"NCT0{number:07}"


@given(st.text(max_size=40))
def test_any_text_is_survived(number: str) -> None:
    normal = normal_form(number)
    assert normal_form(normal) == normal
    assert nearest_form(number) == normal or not normal
    names_registry(number)
