"""Hostile reviews: each is told at its place, the run ends as it should, and all else is still checked."""

# ruff: noqa: E501  tables are wide

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from ketreview.parsing.reviews import ReviewFile, parse_review
from tests.projects import HEAD, check, write

A = HEAD.format(id="a").encode()


class Told(NamedTuple):
    """What is to be said of a file: the code, the line, the column, and words of it; no code where it is sound.

    The column is 0 where it is not the same with each version of libyaml, which looks ahead on a line.
    """

    data: bytes
    code: str = ""
    place: tuple[int, int] = (1, 1)
    words: str = ""


def _bomb(levels: int) -> bytes:
    rows = [b"a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"]
    rows += [b"a%d: &a%d [%s]\n" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 10)) for n in range(1, levels)]
    return A + b"".join(rows)


def _mappings(levels: int) -> bytes:
    rows = [
        b"a0: &a0 {k: v}\n",
        *(b"a%d: &a%d {a: *a%d, b: *a%d, c: *a%d}\n" % (n, n, *[n - 1] * 3) for n in range(1, levels)),
    ]
    return A + b"".join(rows)


HOSTILE: dict[str, Told] = {
    "an alias bomb of lists": Told(_bomb(10), "KR007", (8, 45), "aliases that expand to far more than the file holds"),
    "an alias bomb of records": Told(_mappings(40), "KR007", (12, 21), "aliases that expand"),
    "an anchor that holds itself": Told(A + b"summary: &a [*a]\n", "KR007", (5, 14), "`*a` has no anchor before it, or stands inside it"),
    "an alias of nothing": Told(A + b"summary: *nobody\n", "KR007", (5, 10), "`*nobody` has no anchor"),
    "a merge key": Told(A + b"claims:\n- &c {id: c, kind: gap, statement: S}\n- {<<: *c}\n", "KR003", (7, 4), "`<<` is not a field here"),
    "an anchor of many names": Told(A + b"summary: " + b"&a " * 2 + b"x\n", "KR001", (5, 13), "did not find expected"),
    "a tag of Python": Told(A + b"summary: !!python/object/apply:os.system [ls]\n", "KR007", (5, 10), "the tag `!!python/object/apply:os.system` is not plain YAML"),
    "a tag of one's own": Told(A + b"summary: !x y\n", "KR007", (5, 10), "the tag `!x` is not plain YAML"),
    "a tag on a list": Told(A + b"claims: !!set {a}\n", "KR007", (5, 9), "the tag `!!set`"),
    "binary": Told(A + b"summary: !!binary aGk=\n", "KR007", (5, 10), "the tag `!!binary`"),
    "a directive of tags": Told(b"%TAG ! tag:evil,2026:\n---\n" + A + b"summary: !x y\n", "KR007", (7, 10), "the tag `tag:evil,2026:x`"),
    "10,000 lists": Told(A + b"summary: " + b"[" * 10_000 + b"]" * 10_000 + b"\n", "KR007", (5, 0), "nested deeper than 100 levels"),
    "10,000 records on a line": Told(A + b"summary: " + b"{a: " * 10_000 + b"}" * 10_000 + b"\n", "KR007", (5, 0), "nested deeper than 100 levels"),
    "1,000 blocks": Told(A + b"summary:\n" + b"".join(b" " * (n + 1) + b"a:\n" for n in range(1_000)), "KR007", (105, 101), "nested deeper"),
    "1,000 lists in a row": Told(A + b"summary:\n" + b"- " * 1_000 + b"x\n", "KR007", (6, 199), "nested deeper"),
    "10,000 keys that are lists": Told(A + b"? " * 10_000, "KR007", (5, 201), "nested deeper"),
    "NUL": Told(A + b"summary: a\0b\n", "KR001", (5, 11), "the character U+0000 is not allowed in YAML"),
    "NUL alone": Told(b"\0", "KR001", (1, 1), "U+0000"),
    "a control character": Told(A + b"summary: a\x07b\n", "KR001", (5, 11), "the character U+0007 is not allowed in YAML"),
    "DEL": Told(A + b"summary: a\x7fb\n", "KR001", (5, 11), "U+007F"),
    "a control character of Unicode": Told(A + b"summary: a\xc2\x9bb\n", "KR001", (5, 11), "U+009B"),
    "U+FFFF": Told(A + b"summary: a\xef\xbf\xbfb\n", "KR001", (5, 11), "U+FFFF"),
    "an escaped NUL": Told(A + b'summary: "a\\0b"\n'),
    "a lone surrogate in bytes": Told(A + b"summary: a\xed\xa0\x80b\n", "KR006", (5, 11), "byte 65 (0xed) is not UTF-8"),
    "an escaped surrogate": Told(A + b'summary: "a\\ud800b"\n', "KR001", (5, 14), "invalid Unicode character escape code"),
    "an escape that ends too soon": Told(A + b'summary: "a\\x"\n', "KR001", (5, 14), "did not find expected hexdecimal number"),
    "Latin-1": Told(A + b"summary: caf\xe9\n", "KR006", (5, 13), "(0xe9) is not UTF-8"),
    "UTF-16": Told("\ufeffid: a\n".encode("utf-16-le"), "KR006", (1, 1), "is not UTF-8"),
    "a byte-order mark": Told(b"\xef\xbb\xbf" + A),
    "a byte-order mark within": Told(A + b"\xef\xbb\xbfsummary: S\n", "KR001", (5, 2), "did not find expected key"),
    "two byte-order marks": Told(b"\xef\xbb\xbf\xef\xbb\xbf" + A),
    "CRLF": Told(A.replace(b"\n", b"\r\n")),
    "CR": Told(A.replace(b"\n", b"\r")),
    "line ends of all kinds": Told(A.replace(b"\nid", b"\r\nid").replace(b"\ntitle", b"\rtitle") + b"summary: |\r\n  a\r  b\n  c\r\n"),
    "CR, and what is wrong behind it": Told(A.replace(b"\n", b"\r") + b"claim: []\r", "KR003", (5, 1), "`claim` is not a field here"),
    "line ends that only Unicode has": Told(A + "summary: a\u2028b\n".encode(), "KR001", (5, 11), "U+2028 (line separator) ends the line"),
    "a tab before a key": Told(A + b"summary:\n\ttext: x\n", "KR001", (6, 1), "found character that cannot start any token"),
    "a tab within a block": Told(A + b"claims:\n  -\tid: c\n  \tkind: gap\n", "KR001", (6, 4), "found character that cannot start any token"),
    "tabs between": Told(A + b"summary:\tS\t# a comment\n"),
    "nothing": Told(b"", "KR001", (1, 1), "the file is empty"),
    "a comment": Told(b"# a\n", "KR001", (1, 1), "the file is empty"),
    "a scalar": Told(b"a\n", "KR005", (1, 1), "the file is the text `a`"),
    "a list": Told(b"[a]\n", "KR005", (1, 1), "the file is a list"),
    "two documents": Told(A + b"---\na: b\n", "KR007", (5, 1), "a review is one document"),
    "an end of the document": Told(A + b"...\n"),
    "what stands behind the end": Told(A + b"...\nx\n", "KR001", (6, 1), "did not find expected <document start>"),
    "a version that nobody has": Told(b"%YAML 9.9\n---\n" + A, "KR001", (1, 1), "found incompatible YAML document"),
    "a quote that nothing closes": Told(A + b'summary: "a\n', "KR001", (6, 1), "found unexpected end of stream"),
    "a list that nothing closes": Told(A + b"claims: [\n", "KR001", (6, 1), "did not find expected node content"),
    "a key of 2,000 characters": Told(A + b"k" * 2_000 + b": x\n", "KR001", (5, 2001), "could not find expected ':'"),
    "a number of 10,000 digits": Told(A + b"summary: " + b"9" * 10_000 + b"\n"),
    "a number that is no number": Told(A.replace(b"version: 1", b"version: .nan"), "KR005", (1, 17), "`schema_version` is"),
    "a key that is a list": Told(A + b"[a]: b\n", "KR005", (5, 1), "a list stands where a field name is expected"),
    "a key that is a record": Told(A + b"? {a: b}\n: c\n", "KR005", (5, 3), "a record stands where a field name is expected"),
    "no key at all": Told(A + b": x\n", "KR001", (5, 1), "did not find expected key"),
    "the same key twice": Told(A + b"id: b\n", "KR002", (5, 1), "`id` is written twice"),
    "a conflict of git": Told(A + b"<<<<<<< HEAD\nsummary: A\n=======\n>>>>>>> x\n", "KR011", (5, 1), "git conflict marker of `HEAD`"),
}  # fmt: skip


def read(data: bytes) -> ReviewFile:
    return parse_review("reviews/a.yaml", data)


@pytest.mark.parametrize("name", HOSTILE)
def test_each_is_told_at_its_place(name: str) -> None:
    told = HOSTILE[name]
    found = [
        (one.code.id, (one.span.begin.line, told.place[1] and one.span.begin.column), one.message)
        for one in read(told.data).diagnostics
    ]
    if not told.code:
        assert found == []
        assert read(told.data).review is not None
        return
    assert [(code, place) for code, place, message in found if told.words in message] == [(told.code, told.place)], (
        found
    )
    assert all(message.isprintable() for _, _, message in found)


def test_all_else_is_still_checked(tmp_path: Path) -> None:
    """Every hostile review beside a good one, in one run: exit code 1, each at its place, and the fault of the good one."""
    files = {f"reviews/h{number}.yaml": told.data for number, told in enumerate(HOSTILE.values())}
    good = HEAD.format(id="good") + "claims:\n- {id: c, kind: efficacy, statement: S, supports: [{study: nobody}]}\n"
    write(
        tmp_path,
        {**files, "reviews/good.yaml": good, "references.bib": "@misc{a, title = {A}\n@misc{b, title = {B}}\n"},
    )
    done = check(tmp_path)
    assert (done.code, done.talk) == (1, "")
    found = {(one["path"], one["line"], one["code"]) for one in done.findings}
    assert found >= set(_wanted())
    assert ("references.bib", 1, "KR010") in found
    assert {one["code"] for one in done.findings if "nobody" in one["message"] and "good" in one["path"]} == {"KR206"}


def _wanted() -> Iterator[tuple[str, int, str]]:
    for number, told in enumerate(HOSTILE.values()):
        if told.code:
            yield (f"reviews/h{number}.yaml", told.place[0], told.code)


@pytest.mark.parametrize("name", [name for name, told in HOSTILE.items() if "bomb" in name or "10,000" in name])
def test_memory_stays_in_bounds(name: str) -> None:
    tracemalloc.start()
    try:
        read(HOSTILE[name].data)
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()
