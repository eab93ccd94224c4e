"""Generated files are as the code would write them now."""

from pathlib import Path

import pytest

from ketreview.generated import generated

ROOT = Path(__file__).parents[1]
FILES = generated(ROOT)


@pytest.mark.parametrize("path", FILES)
def test_fresh(path: str) -> None:
    assert (ROOT / path).read_text(encoding="utf-8") == FILES[path], "run `make generate`"
