"""Fixes of characters in values: each changes what it must, is safe, and leaves nothing to find."""

from __future__ import annotations

from pathlib import Path

import pytest

from ketreview.edits import edited
from tests.rules.test_fixes import found


def mended(code: str, root: Path, store: str, **others: str) -> str:
    """The store after every fix of one code; it finds nothing more then."""
    contents = {"references.bib": store, **others}
    findings = [finding for finding in found(code, root, contents) if finding.span.path == "references.bib"]
    assert findings
    assert all(finding.fix is not None and finding.fix.safe for finding in findings)
    edits = [edit for finding in findings if finding.fix for edit in finding.fix.edits]
    text = edited(findings[0].span.source, edits)
    assert found(code, root, {**contents, "references.bib": text}) == []
    return text


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("{ Sleep }", "{Sleep}"),
        ('"\tSleep  "', '"Sleep"'),
        ("{Sleep   \n    in goats}", "{Sleep\n    in goats}"),
        ("{Sleep \r\n in\t\r\n goats }", "{Sleep\r\n in\r\n goats}"),
        ("{ \n  Sleep\n  \n in goats\n }", "{\n  Sleep\n\n in goats\n }"),
        ("{\u00a0Sleep\u200b}", "{Sleep}"),
        ("{Sleep\\  }", "{Sleep\\ }"),
        ("{Sleep\\\\ }", "{Sleep\\\\}"),
    ],
)
def test_stray_blanks(written: str, wanted: str, tmp_path: Path) -> None:
    store = "@misc{{a, title = {}, % a comment \n  year = 2020}}\n"
    assert mended("KR325", tmp_path, store.format(written)) == store.format(wanted)


def test_what_stray_blanks_are(tmp_path: Path) -> None:
    store = "@misc{a, title = { Sleep \n in goats \n at night }, note = {A \n b}}"
    first, second = found("KR325", tmp_path, {"references.bib": store})
    assert first.message == "`title` begins with a blank, ends with a blank and has 2 lines that end with blanks"
    assert second.message == "`note` has a line that ends with blanks"


@pytest.mark.parametrize("sign", [" ", "\u00a0", " \n", "\u200b", "\\ "])
def test_endless_blanks_take_no_time(sign: str, tmp_path: Path) -> None:
    store = f"@misc{{a, title = {{a{sign * 50_000}b{sign * 50_000}}}}}"
    assert len(found("KR325", tmp_path, {"references.bib": store})) == ("\\" not in sign)


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("{Andre\u0301}", "{Andr\u00e9}"),
        ('"Andre\u0301 and 10 \u212b"', '"Andr\u00e9 and 10 \u00c5"'),
        ("{\ufa19 Andre\u0301}", "{\ufa19 Andr\u00e9}"),
    ],
)
def test_composed_letters(written: str, wanted: str, tmp_path: Path) -> None:
    store = "% Andre\u0301\n@misc{{a, title = {}}}\n"
    assert mended("KR324", tmp_path, store.format(written)) == store.format(wanted)
