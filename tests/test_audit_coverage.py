"""docs/audit-coverage.md is what `check` finds now, and the audit and the reviews agree."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def coverage() -> ModuleType:
    path = ROOT / "bench" / "audit_coverage.py"
    spec = importlib.util.spec_from_file_location("audit_coverage", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["audit_coverage"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def with_table(coverage: ModuleType, monkeypatch: pytest.MonkeyPatch, folder: Path, old: str, new: str) -> None:
    """Lets the table of points say something else."""
    table = coverage.POINTS.read_text(encoding="utf-8")
    assert old in table
    (folder / "points.csv").write_text(table.replace(old, new), encoding="utf-8")
    monkeypatch.setattr(coverage, "POINTS", folder / "points.csv")


def test_fresh(coverage: ModuleType) -> None:
    page = coverage.page(coverage.points(ROOT))
    assert (ROOT / "docs" / "audit-coverage.md").read_text(encoding="utf-8") == page, "run `make generate`"


def test_every_point_is_there_once(coverage: ModuleType) -> None:
    counts = {"000": 11, "001": 14, "002": 7, "003": 32, "004": 25}
    numbers = [f"{document}-{point}" for document, last in counts.items() for point in range(1, last + 1)]
    assert [point.number for point in coverage.points(ROOT)] == numbers


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
    old: str, new: str, message: str, coverage: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with_table(coverage, monkeypatch, tmp_path, old, new)
    with pytest.raises(coverage.AuditError, match=message):
        coverage.points(ROOT)
