"""Cases are texts: small projects whose lines say what is to be found on them.

A file of `cases/` begins with the code that it is about. A project begins with `##### NAME [as-of=DATE]`, a file of it
with `=== PATH`; `# expect: KR601 WORDS` (in BibTeX `% expect: …`, and before `-->` in Markdown) asks for a finding of
that code on its line, with these words in its message; `|` separates several, and `(warning)` asks for a severity.
Findings of the file's code that are not expected fail, and so do faults of reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from ketreview.checking import all_rules
from ketreview.checking.examples import DEFAULT_AS_OF, ExampleFile
from ketreview.diagnostics import Diagnostic
from tests.examples import findings

CASES = Path(__file__).parent / "cases"
_PROJECT = re.compile(r"^##### (.+?)(?: as-of=(\S+))?\n", re.MULTILINE)
_FILE = re.compile(r"^=== (.+)\n", re.MULTILINE)
_EXPECT = re.compile(r"[#%] expect: (.*?)(?: -->)?$")
_LANGUAGES = {".yaml": "yaml", ".bib": "bib"}


class Expected(NamedTuple):
    path: str
    line: int
    code: str
    severity: str
    words: str

    def is_met_by(self, finding: Diagnostic) -> bool:
        place = (finding.span.path, finding.span.begin.line, finding.code.id)
        severity = self.severity in {"", finding.severity}
        return place == (self.path, self.line, self.code) and severity and self.words in finding.message


class Case(NamedTuple):
    code: str
    as_of: date
    contents: dict[str, bytes]


def cases() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.txt")):
        code, text = path.read_text(encoding="utf-8").split("\n", 1)
        parts = _PROJECT.split(text)
        for name, day, body in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
            as_of = date.fromisoformat(day) if day else DEFAULT_AS_OF
            yield pytest.param(Case(code.strip(), as_of, _files(body)), id=f"{path.stem}: {name}")


def _files(body: str) -> dict[str, bytes]:
    parts = _FILE.split(body)
    return {
        name: ExampleFile(_LANGUAGES.get(Path(name).suffix, "text"), name, text).data()
        for name, text in zip(parts[1::2], parts[2::2], strict=True)
    }


def _expected(contents: dict[str, bytes]) -> Iterator[Expected]:
    for path, data in contents.items():
        for number, line in enumerate(data.decode().splitlines(), 1):
            if match := _EXPECT.search(line):
                for item in match[1].split(" | "):
                    code, _, words = item.strip().partition(" ")
                    severity = re.match(r"\((\w+)\) ?", words)
                    words = words[severity.end() :] if severity else words
                    yield Expected(path, number, code, severity[1] if severity else "", words)


@pytest.mark.parametrize("case", list(cases()))
def test_case(case: Case, tmp_path: Path) -> None:
    found = [
        finding
        for finding in findings(tmp_path, case.contents, case.as_of)
        if finding.code.id == case.code or finding.code.reading
    ]
    unmet = []
    for expected in _expected(case.contents):
        met = next((finding for finding in found if expected.is_met_by(finding)), None)
        if met is None:
            unmet.append(expected)
        else:
            found.remove(met)
    unexpected = [f"{f.span.path}:{f.span.begin.line} {f.code.id} {f.severity} {f.message}" for f in found]
    assert (unmet, unexpected) == ([], [])


def test_each_rule_has_cases() -> None:
    assert {path.read_text(encoding="utf-8").split("\n", 1)[0] for path in CASES.glob("*.txt")} >= {
        rule.code.id for rule in all_rules()
    }
