"""What a run in part knows of a store and of texts, and what it refuses to answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.linking import kept_store
from ketreview.linking.kept_store import KeptStore, KeptSuggestions
from ketreview.linking.missing import NotRead, NotReadError
from ketreview.linking.suggesting import Suggestions
from ketreview.model.entry import Entry
from ketreview.parsing.bibtex import parse_bib
from ketreview.parsing.text import decoded
from ketreview.source import KeptSource, Source
from tests.stores import stores

ODD = """@string{jn = {Journal}} @string{both = jn # { and more}}
@misc{before, journal = both}
@string{jn = {Another}}
@article(paren, title = "A \\"{o}", journal = jn)
@misc{twice, title = {A}, title = {B}}
@misc{broken title = {A}}
@misc{twice, note = {é}}
@misc{last, title = {unclosed
"""


def said(entry: Entry) -> tuple[Any, ...]:
    """All that an entry says."""
    place = entry.start, entry.end, entry.key_start
    return entry.source.path, entry.type, entry.key, *place, dict(entry.texts), entry.fields, entry.whole


def kept(texts: dict[str, bytes]) -> tuple[KeptStore, list[Entry]]:
    """A store as it is kept, and its entries as they are read."""
    files = [parse_bib(path, text) for path, text in texts.items()]
    packed = kept_store.packed(files)
    assert packed is not None
    store = KeptStore(packed, lambda path: KeptSource(path, lambda: decoded(texts[path])))
    return store, [entry for file in files for entry in file.entries]


def held(texts: dict[str, bytes]) -> None:
    store, entries = kept(texts)
    assert [said(store.entry(place)) for place in range(len(store.keys))] == list(map(said, entries))
    by_key = store.book(complete=True).by_key
    assert list(by_key) == list(dict.fromkeys(entry.key for entry in entries))
    for key in by_key:
        assert list(map(said, by_key[key])) == [said(entry) for entry in entries if entry.key == key]
        assert by_key[key][0] is by_key[key][0]
    assert "no such key" not in by_key


def test_an_entry_is_read_as_it_was() -> None:
    held({"odd.bib": ODD.encode(), "more.bib": b"@string{jn = {Third}}\n@misc{more, journal = jn}\n", "none.bib": b""})
    held({"references.bib": (Path(__file__).parents[2] / "references.bib").read_bytes()})


@given(stores())
def test_any_entry_is_read_as_it_was(text: bytes) -> None:
    held({"a.bib": text})


def test_an_entry_that_is_another_now_is_refused() -> None:
    text = {"a.bib": b"@misc{one, title = {A}}\n@misc{two, title = {B}}\n"}
    store, _ = kept(text)
    text["a.bib"] = b"@misc{two, title = {A}}\n"
    for place in (0, 1):
        with pytest.raises(NotReadError):
            store.entry(place)


@pytest.mark.parametrize("key", ["klein2020", "Klein2021", "klein2020a", "nobody", "picard2019x", "roy1999"])
def test_the_same_is_suggested(key: str) -> None:
    text = "".join(
        f"@misc{{{key}, author = {{{author}, A.}}, year = {{{year}}}}}\n"
        for key, author, year in (("klein2020b", "Klein", 2020), ("Picard2019", "Picard", 2019), ("x", "Roy", 1999))
    )
    store, entries = kept({"a.bib": text.encode()})
    assert KeptSuggestions(store, {}).hint(key) == Suggestions(tuple(entries), {}).hint(key)


@given(st.text(alphabet="ab\r\n\u2028é", max_size=30), st.data())
def test_known_places_are_those_that_are_counted(text: str, data: st.DataObject) -> None:
    source, known = Source("a", text), KeptSource("a", lambda: text)
    for offset in data.draw(st.lists(st.integers(0, len(text)))):
        known.know(offset, *source.position(offset))
        assert known.position(offset) == source.position(offset)
        line = source.position(offset).line
        assert (known.line(line), known.bounds(line)) == (source.line(line), source.bounds(line))


ASKED: tuple[Callable[[NotRead], object], ...] = (
    list,
    len,
    lambda missing: missing[0],
    lambda missing: "a" in missing,
    lambda missing: missing == (),
    hash,
    lambda missing: (*missing, 1),
    sorted,
)


@pytest.mark.parametrize("question", ASKED)
def test_what_was_not_read_answers_nothing(question: Callable[[NotRead], object]) -> None:
    assert NotRead()
    with pytest.raises(NotReadError):
        question(NotRead())


def test_a_store_whose_entries_do_not_stand_alone_is_not_kept() -> None:
    """Strings that would make far more text than the file are not expanded any more, once so many were."""
    big = "@string{big = {" + "x" * 100_000 + "}}\n"
    many = "".join(f"@misc{{k{number}, title = big, title = big # big}}\n" for number in range(12))
    file = parse_bib("a.bib", (big + many).encode())
    assert not all(entry.whole for entry in file.entries)
    assert kept_store.packed([file]) is None
