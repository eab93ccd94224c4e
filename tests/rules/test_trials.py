"""Messages of the rules about trials, word for word, where what they do not say matters."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ketreview.checking.examples import ExampleFile
from tests.examples import findings


def messages(root: Path, code: str, review: str) -> list[str]:
    data = ExampleFile("yaml", "reviews/a.yaml", review).data()
    found = findings(root, {"reviews/a.yaml": data}, date(2026, 11, 21))
    return [finding.message for finding in found if finding.code.id == code]


@pytest.mark.parametrize(
    ("note", "message"),
    [
        ("nct 04436250", "`a` has no registration number; its record names `NCT04436250`"),
        ("NCT04436250, that is nct04436250", "`a` has no registration number; its record names `NCT04436250`"),
        ("NCT04436250 or NCT00902941", "`a` has no registration number"),
        ("none", "`a` has no registration number"),
    ],
)
def test_only_one_number_is_proposed(tmp_path: Path, note: str, message: str) -> None:
    review = f"trials:\n- {{id: a, title: A, status: COMPLETED, note: '{note}'}}\n"
    assert messages(tmp_path, "KR602", review) == [message]


def test_a_long_reason_is_cut_and_harmless(tmp_path: Path) -> None:
    review = (
        f'trials:\n- {{id: a, title: A, status: TERMINATED, why_stopped: "\\e[31m{"x" * 100}"}}\n'
        "next_steps:\n- {text: A, waits_for: [a]}\n"
    )
    (message,) = messages(tmp_path, "KR605", review)
    assert message.startswith("a next step waits for `a`, which is TERMINATED (`\\u001b[31mxxx")
    assert len(message) < 130
