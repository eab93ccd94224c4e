"""What every fix of every code has to hold to, on all projects that the tests and the documentation have.

Each project is one of the examples in a docstring or a case of `cases/`; new rules are held to it without further work.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ketreview.checking import catalogue
from ketreview.checking.examples import examples_of
from ketreview.diagnostics import Diagnostic, fingerprint
from ketreview.edits import edited, encoded
from ketreview.model.entry_removal import gaps
from ketreview.parsing.bibtex import parse_bib
from ketreview.source import BYTE_ORDER_MARK
from tests.fixing import Contents, Looking
from tests.rules.test_cases import Case, cases


def _projects() -> Iterator[Any]:
    for code in catalogue().values():
        for index, example in enumerate(examples_of(code.documentation)):
            contents = {file.path: file.data() for file in example.files}
            yield pytest.param(Case(code.id, example.as_of, contents), id=f"{code.id}-example-{index}")
    yield from cases()


PROJECTS = list(_projects())


def _known(findings: Iterable[Diagnostic]) -> Counter[tuple[str, str]]:
    return Counter((fingerprint(finding), finding.message) for finding in findings)


def _reading(findings: Iterable[Diagnostic]) -> Counter[str]:
    return Counter(finding.code.id for finding in findings if finding.code.reading)


def _applied(contents: Contents, finding: Diagnostic) -> Contents:
    """The project after one fix alone."""
    assert finding.fix is not None
    after = dict(contents)
    for path in {edit.span.path for edit in finding.fix.edits}:
        edits = [edit for edit in finding.fix.edits if edit.span.path == path]
        assert encoded(edits[0].span.source.text, contents[path]) == contents[path]
        after[path] = encoded(edited(edits[0].span.source, edits), contents[path])
    return after


def _comments(contents: Contents) -> Counter[str]:
    """The comments of stores, each in one line: what stands between entries and between their fields."""
    found: Counter[str] = Counter()
    for path, data in contents.items():
        if path.endswith(".bib"):
            store = parse_bib(path, data)
            at = 0
            for entry in store.entries:
                found.update(_words(store.source.text[at : entry.start]))
                found.update(word for gap in gaps(entry) for word in _words(gap))
                at = entry.end
            found.update(_words(store.source.text[at:]))
    return found


def _words(gap: str) -> list[str]:
    return [row for row in (row.strip(", \t{}()") for row in gap.splitlines()) if row]


@pytest.mark.parametrize("case", PROJECTS)
def test_each_fix_mends_its_finding_and_nothing_else(case: Case, tmp_path: Path) -> None:
    looking = Looking(tmp_path, case.as_of)
    before = looking.findings(case.contents)
    for finding in before:
        if finding.fix is None:
            continue
        assert finding.fix.edits, f"{finding.code.id} offers a fix that changes nothing"
        contents = _applied(case.contents, finding)
        after = looking.findings(contents)
        known = (fingerprint(finding), finding.message)
        assert _known(after)[known] < _known(before)[known], f"{finding.code.id} is still found"
        assert not _reading(after) - _reading(before), f"{finding.code.id}: its fix breaks something"
        if not finding.code.id.startswith("KR9"):
            assert not _comments(case.contents) - _comments(contents), f"{finding.code.id}: its fix loses a comment"


@pytest.mark.parametrize("case", PROJECTS)
def test_all_fixes_together_leave_nothing_to_fix(case: Case, tmp_path: Path) -> None:
    looking = Looking(tmp_path, case.as_of)
    if not any(finding.fix for finding in looking.findings(case.contents)):
        return
    for unsafe in (False, True):
        done = looking.fixed(case.contents, unsafe=unsafe)
        again = looking.fixed({**case.contents, **done.after}, unsafe=unsafe)
        assert (again.mended, again.after) == ((), {})
        assert not _reading(done.seen.shown) - _reading(looking.findings(case.contents))


@pytest.mark.parametrize("case", PROJECTS)
def test_line_ends_and_byte_order_marks_make_no_difference(case: Case, tmp_path: Path) -> None:
    looking = Looking(tmp_path, case.as_of)
    if not any(finding.fix for finding in looking.findings(case.contents)):
        return
    after = looking.texts(case.contents)
    with_returns = {path: _with_returns(data) for path, data in case.contents.items()}
    assert looking.texts(with_returns) == {path: _with_returns(data) for path, data in after.items()}
    marked = {path: BYTE_ORDER_MARK + data for path, data in case.contents.items()}
    assert looking.texts(marked) == {path: BYTE_ORDER_MARK + data for path, data in after.items()}


def _with_returns(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def test_every_kind_of_fix_is_tried(tmp_path: Path) -> None:
    with_fix = {
        finding.code.id
        for project in PROJECTS
        for finding in Looking(tmp_path, project.values[0].as_of).findings(project.values[0].contents)
        if finding.fix
    }
    assert with_fix >= {"KR003", "KR101", "KR104", "KR203", "KR705", "KR901"}
