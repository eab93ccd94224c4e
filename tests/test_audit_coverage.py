"""docs/audit-coverage.md is what `check` finds now, and the audit and the reviews agree."""

from __future__ import annotations

from pathlib import Path

import audit_coverage
import pytest

ROOT = Path(__file__).parent.parent


def with_table(monkeypatch: pytest.MonkeyPatch, folder: Path, old: str, new: str) -> None:
    """Lets the table of points say something else."""
    table = audit_coverage.POINTS.read_text(encoding="utf-8")
    assert old in table
    (folder / "points.csv").write_text(table.replace(old, new), encoding="utf-8")
    monkeypatch.setattr(audit_coverage, "POINTS", folder / "points.csv")


def test_fresh() -> None:
    page = audit_coverage.page(audit_coverage.points(ROOT))
    assert (ROOT / "docs" / "audit-coverage.md").read_text(encoding="utf-8") == page, "run `make generate`"


def test_every_point_is_there_once() -> None:
    counts = {"000": 11, "001": 14, "002": 7, "003": 32, "004": 25}
    numbers = [f"{document}-{point}" for document, last in counts.items() for point in range(1, last + 1)]
    assert [point.number for point in audit_coverage.points(ROOT)] == numbers


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("KR317@depression:359-49", "KR317@depression:1-2", "003-3: check does not find KR317@depression:1-2"),
        ("KR317@depression", "KR317@mecfs", "003-3: check does not find KR317@mecfs:359-49"),
        ("000-1,", "000-1x,", "concerns name points that the audit does not have: 000-1$"),
        (
            ",,,the dose is in the ordinary range; cumulative milligrams are no dose by weight",
            ",,,",
            "004-19 shows nowhere",
        ),
        (
            "glutamate is said to fall,KR519@rett:glutamate-rises,,",
            "glutamate is said to fall,KR519@rett:glutamate-rises,,nobody looked",
            "000-2 shows nowhere, or shows although",
        ),
        ("KR519@rett:glutamate-rises", "", "000-2: no rule finds it and no reason is given"),
        ("KR519@rett:glutamate-rises,", "KR519@rett:glutamate-rises,a judgement", "000-2: no rule finds it and .*both"),
    ],
)
def test_disagreement_is_an_error(
    old: str, new: str, message: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with_table(monkeypatch, tmp_path, old, new)
    with pytest.raises(audit_coverage.AuditError, match=message):
        audit_coverage.points(ROOT)
