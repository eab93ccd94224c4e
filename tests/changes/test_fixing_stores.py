"""Fixing random stores: what is not mended stays as it is, byte for byte, and a second run changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from ketreview.diagnostics import Diagnostic
from ketreview.parsing.bib_file import BibFile
from ketreview.parsing.bibtex import parse_bib
from tests.fixing import Looking
from tests.stores import stores

PATH = "references.bib"
HERE = Path("/nowhere")


def entries(store: BibFile) -> list[tuple[str, str, frozenset[tuple[str, str]]]]:
    """What each entry says; of a field that is written twice, the first, and of one that is empty, nothing."""
    return [
        (
            entry.type,
            entry.key,
            frozenset(
                {field.name: " ".join(field.value.split()) for field in reversed(entry.fields) if field.value}.items()
            ),
        )
        for entry in store.entries
    ]


def touched(store: BibFile, found: Iterable[Diagnostic]) -> set[int]:
    """The places of the entries that fixes change."""
    spans = [edit.span for finding in found if finding.fix for edit in finding.fix.edits]
    return {
        entry.start
        for entry in store.entries
        if any(span.start <= entry.end and entry.start < span.end for span in spans)
    }


@settings(max_examples=200, deadline=None)
@example(data=b"@misc{klein2020}\n\n@misc{klein2020}\n", unsafe=True)
@given(stores(), st.booleans())
def test_a_store_is_fixed_once_and_the_rest_stays(data: bytes, unsafe: bool) -> None:
    looking = Looking(HERE)
    before = parse_bib(PATH, data)
    assert not before.diagnostics, before.diagnostics
    done = looking.fixed({PATH: data}, unsafe=unsafe)
    fixed = done.after.get(PATH, data)
    after = parse_bib(PATH, fixed)
    assert not after.diagnostics
    assert (done.left, looking.texts({PATH: fixed}, unsafe=unsafe)[PATH]) == ((), fixed)
    assert after.strings == before.strings
    keys = [(entry.type, entry.key) for entry in before.entries]
    now = [(entry.type, entry.key) for entry in after.entries]
    assert (set(now) == set(keys)) if unsafe else (now == keys)
    changed = touched(before, looking.findings({PATH: data}))
    same = Counter(entry.span.text for entry in before.entries if entry.start not in changed)
    assert not same - Counter(entry.span.text for entry in after.entries)
    assert fixed.startswith(b"\xef\xbb\xbf") == data.startswith(b"\xef\xbb\xbf")
    assert fixed.count(b"\r\n") == fixed.count(b"\n") * (b"\r\n" in data)


@settings(max_examples=200, deadline=None)
@given(stores(), st.booleans())
def test_what_is_taken_out_twice_was_there_twice(data: bytes, unsafe: bool) -> None:
    looking = Looking(HERE, select=("KR101", "KR104", "KR9"))
    after = parse_bib(PATH, looking.texts({PATH: data}, unsafe=unsafe)[PATH])
    said, wanted = entries(after), entries(parse_bib(PATH, data))
    assert (set(said) == set(wanted)) if unsafe else (said == wanted)
