"""Fixing random stores: what is not mended stays as it is, byte for byte, and a second run changes nothing."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from hypothesis import given, settings

from ketreview.parsing.bibtex import BibFile, parse_bib
from tests.fixing import Looking
from tests.stores import SUPPRESSION, stores

PATH = "references.bib"
HERE = Path("/nowhere")


def entries(store: BibFile) -> list[tuple[str, str, frozenset[tuple[str, str]]]]:
    """What each entry says; of a field that is written twice, the first."""
    return [
        (
            entry.type,
            entry.key,
            frozenset({field.name: " ".join(field.value.split()) for field in reversed(entry.fields)}.items()),
        )
        for entry in store.entries
    ]


@settings(max_examples=300, deadline=None)
@given(stores())
def test_a_store_is_fixed_once_and_says_the_same(data: bytes) -> None:
    looking = Looking(HERE)
    before = parse_bib(PATH, data)
    assert not before.diagnostics, before.diagnostics
    for unsafe in (False, True):
        done = looking.fixed({PATH: data}, unsafe=unsafe)
        fixed = done.after.get(PATH, data)
        after = parse_bib(PATH, fixed)
        assert not after.diagnostics
        assert looking.texts({PATH: fixed}, unsafe=unsafe)[PATH] == fixed
        if not unsafe:
            assert entries(after) == entries(before)
        else:
            assert set(entries(after)) == set(entries(before))
        assert after.strings == before.strings
        touched = {finding.subject.key for finding in done.mended}
        texts = Counter(entry.span.text for entry in after.entries)
        same = [entry.span.text for entry in before.entries if entry.key not in touched]
        assert not Counter(text for text in same if SUPPRESSION not in text) - texts
        assert fixed.startswith(b"\xef\xbb\xbf") == data.startswith(b"\xef\xbb\xbf")
        assert fixed.count(b"\r\n") == fixed.count(b"\n") * (b"\r\n" in data)
