"""Fixes applied round by round: which ones together, which ones not, and when it ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ketreview.changes.change import ChangeError
from ketreview.changes.fixing import ROUNDS, Fixed, Seen, fixed
from ketreview.diagnostics import Code, Diagnostic, Fix, Severity, fault
from ketreview.edits import Edit
from ketreview.files import Files
from ketreview.source import Source, Span

FAULT = Code("KR3", "fault", Severity.WARNING, "")
HARM = Code("KR101", "harm", Severity.ERROR, "")
Rules = Callable[[Source], Iterator[Diagnostic]]


def change(source: Source, *places: tuple[int, int, str], safe: bool = True, message: str = "") -> Diagnostic:
    """A finding at the first place whose fix makes these edits."""
    edits = tuple(Edit(Span(source, start, end), text) for start, end, text in places)
    at = Span(source, *places[0][:2])
    return fault(FAULT, at, message or f"{at.text} at {at.start}", fix=Fix("Mend it", safe, edits))


def words(source: Source, wanted: str, text: str, *, safe: bool = True) -> Iterator[Diagnostic]:
    for match in re.finditer(wanted, source.text):
        yield change(source, (*match.span(), text), safe=safe, message=match[0])


def run(text: str, *rules: Rules, unsafe: bool = False, harm: str = "[^\\s\\S]") -> tuple[str, Fixed[int]]:
    """The text that the fixes of these rules make; where `harm` stands is an error that must not become more."""
    looks = 0

    def look(files: Files) -> Seen[int]:
        nonlocal looks
        looks += 1
        data = files.read("a")
        assert isinstance(data, bytes)
        source = Source("a", data.decode())
        shown = [finding for rule in rules for finding in rule(source)]
        judged = [fault(HARM, Span(source, *match.span()), match[0]) for match in re.finditer(harm, source.text)]
        return Seen(shown, judged, looks)

    files = Files(Path("/nowhere"), buffers={"a": text.encode()})
    done = fixed(files, look, unsafe=unsafe)
    after = {**files.buffers, **done.after}
    assert done.before.keys() == done.after.keys()
    again = look(Files(files.root, buffers=after))
    assert [f.message for f in done.seen.shown] == [f.message for f in again.shown]
    return after["a"].decode(), done


def test_what_overlaps_or_touches_is_looked_for_again() -> None:
    text, done = run("aabb-ab", lambda source: words(source, "aa|bb|ab", "c"))
    assert (text, len(done.mended), done.seen.answer) == ("cc-c", 3, 3)


def test_the_first_by_place_and_code_wins() -> None:
    def other(source: Source) -> Iterator[Diagnostic]:
        yield from words(source, "(?<=[ay])b", "z")

    text, done = run("ab", lambda source: words(source, "ab", "yb"), other)
    assert (text, [finding.message for finding in done.mended]) == ("yz", ["ab", "b"])


def test_a_fix_is_applied_whole_or_not_at_all() -> None:
    def both(source: Source) -> Iterator[Diagnostic]:
        if (start := source.text.find("(")) >= 0:
            yield change(source, (start, start + 1, ""), (source.text.find(")"), source.text.find(")") + 1, ""))

    text, done = run("a(b)c", lambda source: words(source, r"a\(", "a["), both)
    assert (text, len(done.mended)) == ("a[b)c", 1)
    assert run("a(b)c", both)[0] == "abc"


def test_the_same_edits_mend_several_findings() -> None:
    def twice(source: Source) -> Iterator[Diagnostic]:
        if source.text.startswith("#"):
            yield from (change(source, (0, 1, ""), message=word) for word in ("one", "two"))

    text, done = run("#a", twice)
    assert (text, [finding.message for finding in done.mended], done.seen.answer) == ("a", ["one", "two"], 2)


def test_what_needs_a_yes_is_left_without_it() -> None:
    def rules(source: Source) -> Iterator[Diagnostic]:
        yield from words(source, "a", "b", safe=False)

    assert run("a-a", rules)[0] == "a-a"
    assert run("a-a", rules, unsafe=True)[0] == "b-b"


def test_a_fix_that_changes_nothing_is_none() -> None:
    text, done = run("a", lambda source: words(source, "a", "a"))
    assert (text, done.mended, done.after, done.seen.answer) == ("a", (), {}, 1)


@pytest.mark.parametrize("bad", ["x", "xax", "xaax", "axaaaaxaax", "a" * 99 + "x"])
def test_fixes_that_do_harm_are_found_among_others(bad: str) -> None:
    text, done = run(
        " ".join(bad), lambda source: words(source, "a", "b"), lambda source: words(source, "x", "!"), harm="!"
    )
    assert text == " ".join(bad.replace("a", "b"))
    assert {left.finding.message for left in done.left} == {"x"}
    assert all("more than before" in left.why for left in done.left)
    assert {finding.message for finding in done.mended} <= {"a"}


def test_harm_that_was_there_is_no_reason() -> None:
    text, done = run("a !", lambda source: words(source, "a", "b"), harm="!")
    assert (text, done.left) == ("b !", ())


def test_it_is_not_sought_for_ever_which_fixes_do_harm() -> None:
    bad = " ".join(f"x{number}" for number in range(200))
    text, done = run(bad + " a", lambda source: words(source, r"x\d+|a", "!"), harm="!")
    assert text == bad + " a"
    assert {left.why for left in done.left} >= {"it could not be told from fixes that do harm"}
    assert (len(done.left), done.seen.answer) == (201, 1)


def test_the_safe_fixes_are_told_from_the_others_that_do_harm() -> None:
    bad = " ".join(f"x{number}" for number in range(200))
    text, _ = run(
        bad + " a",
        lambda source: words(source, r"x\d+", "!", safe=False),
        lambda source: words(source, "a", "b"),
        unsafe=True,
        harm="!",
    )
    assert text == bad + " b"


def test_fixes_that_undo_one_another_end() -> None:
    text, done = run("a", lambda source: words(source, "a", "b"), lambda source: words(source, "b", "a"))
    assert (text, len(done.mended)) == ("b", 1)


def test_fixes_without_end_are_refused() -> None:
    with pytest.raises(ChangeError, match=r"comes to no end.*--ignore KR3"):
        run("a", lambda source: words(source, "^", "a"))
    text, _ = run("a" * (ROUNDS - 1), lambda source: words(source, "a(?=b*$)", "b"))
    assert text == "b" * (ROUNDS - 1)


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"\xe9 a", "a is not UTF-8"), (b"a b", "a was changed since it was read"), (None, "a cannot be written: ")],
)
def test_a_file_that_is_not_what_the_finding_saw_is_left(data: bytes | None, why: str, tmp_path: Path) -> None:
    source = Source("a", b"\xe9 a".decode(errors="replace") if data == b"\xe9 a" else "a")
    files = Files(tmp_path, buffers={} if data is None else {"a": data})
    done = fixed(files, lambda _: Seen(list(words(source, "a", "b")), [], None), unsafe=False)
    assert (done.mended, done.after) == ((), {})
    assert [left.why.startswith(why) for left in done.left] == [True]


def test_a_file_that_is_not_to_be_written_is_left() -> None:
    files = Files(Path("/nowhere"), buffers={"a": b"a"})
    look = lambda _: Seen(list(words(Source("a", "a"), "a", "b")), [], None)  # noqa: E731  one line says it
    done = fixed(files, look, unsafe=False, refusal=lambda path: "is sacred")
    assert [left.why for left in done.left] == ["a is sacred"]
