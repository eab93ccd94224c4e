"""Runs of which everything is kept, and what is noted of them."""

from __future__ import annotations

import pytest

from ketreview.cache import noting
from ketreview.pipeline import part


@pytest.fixture(autouse=True)
def _all_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small projects are kept too, which a person's are not."""
    monkeypatch.setattr(noting, "WORTHWHILE", 0)
    monkeypatch.setattr(noting, "LARGE_RUN", 0)


@pytest.fixture
def used(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of each run that found something kept, whether it was of use."""
    found: list[bool] = []
    real = part.check_in_part

    def noted(*arguments: object) -> object:
        answer = real(*arguments)  # type: ignore[arg-type]  # whatever it is given
        found.append(answer is not None)
        return answer

    monkeypatch.setattr(part, "check_in_part", noted)
    return found
