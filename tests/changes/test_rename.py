"""A key renamed at every place in every language."""

# ruff: noqa: E501  tables of cases are wide

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketreview.changes.change import Change, ChangeError
from ketreview.changes.rename import rename
from ketreview.changes.yaml_scalar import is_plain_text, rewritten
from tests.changes.projects import Texts, after, left, project, read, review

ENTRY = "@misc{old, title = {A}}\n"


def renamed(root: Path, files: Texts, old: str = "old", new: str = "new") -> tuple[dict[str, bytes], Change]:
    project(root, files)
    return after(root, lambda it: rename(it.corpus, old, new, reading=it.reading))


PLACES: list[tuple[str, str, str]] = [
    ("references.bib", "@misc{old, title = {old}}\n", "@misc{new, title = {old}}\n"),
    ("references.bib", "@misc(old\n, title = {A})\n@misc{old}", "@misc(new\n, title = {A})\n@misc{new}"),
    ("references.bib", ENTRY + '@misc{b, crossref = "old"}\n', '@misc{new, title = {A}}\n@misc{b, crossref = "new"}\n'),
    (
        "references.bib",
        ENTRY + "@set{b, entryset = {a,old , older}, ids={old2}, related = old}\n",
        "@misc{new, title = {A}}\n@set{b, entryset = {a,new , older}, ids={old2}, related = new}\n",
    ),
    ("inbox.bib", "@misc{old}\n", "@misc{new}\n"),
    ("reviews/a.yaml", review("- {id: s, cites: [old, 'old', \"old\"]}\n"), review("- {id: s, cites: [new, 'new', \"new\"]}\n")),
    ("reviews/a.yaml", review("- id: s\n  cites: # old\n  - old # old\n  note: old\n"), review("- id: s\n  cites: # old\n  - new # old\n  note: old\n")),
    ("reviews/a.yaml", review("- {id: s, cites: [&k old, *k]}\n"), review("- {id: s, cites: [&k new, *k]}\n")),
    ("reviews/a.yaml", review("- id: s\n  cites:\n  - !!str old\n  - |-\n    old\n"), review("- id: s\n  cites:\n  - !!str new\n  - |-\n    new\n")),
    ("ch/a.typ", "@old. @old: @old[p. 3] #cite(<old>) #cite(label(\"old\"))\n", "@new. @new: @new[p. 3] #cite(<new>) #cite(label(\"new\"))\n"),
    ("ch/a.typ", "@old // @old\n/* @old */ `@old` old @older", "@new // @old\n/* @old */ `@old` old @older"),
    ("ch/a.tex", "\\cite{a,old ,b} \\autocite[see][p. 1]{ old}\n", "\\cite{a,new ,b} \\autocite[see][p. 1]{ new}\n"),
    ("ch/a.tex", "\\cite{%\n old, % old\n old2}", "\\cite{%\n new, % old\n old2}"),
    ("ch/a.tex", "\\verb|\\cite{old}| \\bibitem{old2} \\cites{old}[2]{old}", "\\verb|\\cite{old}| \\bibitem{old2} \\cites{new}[2]{new}"),
    ("ch/a.md", "See @old. [-@old, p. 3; @{old}] `@old` <!-- @old --> @older", "See @new. [-@new, p. 3; @{new}] `@old` <!-- @old --> @older"),
    ("ch/a.qmd", "---\nnocite: |\n  @old\n---\n@old's [^1]\n\n[^1]: see @old\n", "---\nnocite: |\n  @new\n---\n@new's [^1]\n\n[^1]: see @new\n"),
    ("ch/a.ipynb", '{"cells": [{"cell_type": "markdown", "source": ["[@old]\\n", "old"]}]}', '{"cells": [{"cell_type": "markdown", "source": ["[@new]\\n", "old"]}]}'),
    ("ch/a.rst", ":cite:p:`old,older` and :footcite:`old`\n", ":cite:p:`new,older` and :footcite:`new`\n"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "before", "wanted"), PLACES)
@pytest.mark.parametrize("form", ["plain", "crlf", "bom"])
def test_every_place_and_nothing_else(tmp_path: Path, path: str, before: str, wanted: str, form: str) -> None:
    def bytes_of(text: str) -> bytes:
        return (text.replace("\n", "\r\n") if form == "crlf" else text).encode()

    mark = b"\xef\xbb\xbf" if form == "bom" else b""
    stores = {} if path.endswith(".bib") else {"references.bib": ENTRY}
    contents, change = renamed(tmp_path, {**stores, path: mark + bytes_of(before)})
    assert contents[path] == mark + bytes_of(wanted)
    assert set(contents) == {path, *stores}
    assert change.places == len(change.edits)


def test_markdown_gets_braces_where_the_key_needs_them(tmp_path: Path) -> None:
    contents, _ = renamed(tmp_path, {"references.bib": ENTRY, "ch/a.md": "[@old] @{old} @old."}, new="new.")
    assert contents["ch/a.md"] == b"[@{new.}] @{new.} @{new.}."


def test_an_unresolved_key_is_given_the_key_of_an_entry(tmp_path: Path) -> None:
    contents, change = renamed(tmp_path, {"references.bib": "@misc{new}\n", "ch/a.typ": "@old @new"})
    assert contents == {"ch/a.typ": b"@new @new"}
    assert change.notes == ()


def test_an_unresolved_key_may_stay_unresolved_and_that_is_said(tmp_path: Path) -> None:
    contents, change = renamed(tmp_path, {"references.bib": "@misc{a}\n", "ch/a.typ": "@old"})
    assert contents == {"ch/a.typ": b"@new"}
    assert change.notes == ("no entry has the key `old`, and none has `new`: the citations stay unresolved",)


def test_what_will_mean_the_entry_is_said(tmp_path: Path) -> None:
    _, change = renamed(tmp_path, {"references.bib": ENTRY + "@misc{NEW}\n", "ch/a.tex": "\\cite{new} \\cite{old}"})
    assert change.notes == (
        "`new` is cited already (1 time), and will mean this entry",
        "`new` differs in case alone from `NEW`, which BibTeX takes for one",
    )


REFUSALS: list[tuple[Texts, str, str, str]] = [
    ({}, "gone", "new", "there is no key `gone`"),
    ({}, "old", "old", "is the key that it has"),
    ({"references.bib": ENTRY + "@misc{new}\n"}, "old", "new", r"taken \(references.bib:2:7\); `ketreview refs merge new old`"),
    ({"inbox.bib": "@misc{new}\n"}, "old", "new", r"taken \(inbox.bib:1:7\); choose"),
    ({"references.bib": ENTRY + "@misc{b, ids = {x, new}}\n"}, "old", "new", "taken .references.bib:2:20"),
    ({"ch/a.typ": "= A <new>\n"}, "old", "new", "is a label in ch/a.typ"),
    ({"ch/a.typ": "= A <fig:x>\n@fig:y"}, "old", "fig:new", "labels in ch/a.typ begin with `fig:`"),
    ({"ch/a.typ": "a @old, b"}, "old", "10/x", r"`10/x` cannot be written as a citation at ch/a.typ:1:4; choose"),
    ({"ch/a.typ": "a @old, b"}, "old", "new.", "cannot be written as a citation"),
    ({"ch/a.typ": "@old", "references.bib": b"@misc{old}\n@misc{b, title = {\xe9}}"}, "old", "new", "references.bib:2:19: byte"),
    ({"references.bib": ENTRY + "@misc{b, title = {A}\n"}, "old", "new", "references.bib:2:1: `@misc` is not closed"),
    ({"ch/a.qmd": "@old"}, "old", "fig-new", "`fig-new` cannot be written as a citation at ch/a.qmd:1:2"),
    ({"reviews/b.yaml": "id: [old\n"}, "old", "new", "mend these first .reviews/b.yaml"),
]  # fmt: skip


@pytest.mark.parametrize(("files", "old", "new", "message"), REFUSALS)
def test_refusals(tmp_path: Path, files: Texts, old: str, new: str, message: str) -> None:
    with pytest.raises(ChangeError, match=message):
        renamed(tmp_path, {"references.bib": ENTRY, **files}, old, new)


@pytest.mark.parametrize("key", ["", "a b", "a\tb", "a\u0085", "a\x07b", *(f"a{sign}" for sign in "{},%#~\\\"'()=@")])
def test_what_is_no_key(tmp_path: Path, key: str) -> None:
    with pytest.raises(ChangeError, match="is no citation key"):
        renamed(tmp_path, {"references.bib": ENTRY}, "old", key)


def test_a_broken_file_without_the_keys_is_no_hindrance(tmp_path: Path) -> None:
    files: Texts = {
        "references.bib": ENTRY,
        "reviews/b.yaml": "id: [x\n",
        "ch/a.tex": b"\\cite{old}",
        "ch/b.tex": b"\xe9",
    }
    contents, _ = renamed(tmp_path, files)
    assert set(contents) == {"references.bib", "ch/a.tex"}


def test_a_file_that_changed_is_not_written(tmp_path: Path) -> None:
    project(tmp_path, {"references.bib": ENTRY})
    it = read(tmp_path)
    (tmp_path / "references.bib").write_text("@misc{old}\n")
    with pytest.raises(ChangeError, match="was changed since"):
        after(tmp_path, lambda _: rename(it.corpus, "old", "new"))


def test_mentions_are_left_to_the_person(tmp_path: Path) -> None:
    files: Texts = {
        "references.bib": "% old\n" + ENTRY,
        "ch/a.typ": "@old `@old` // old\n",
        "notes.md": "see @old, (old) and old. Not older, x-old, a/old.pdf, old-b, old:c, bold\n",
        ".hidden/a.md": "old",
        "picture.bin": b"old\0",
        "latin.txt": b"old \xe9",
        "large.txt": "old " * 1_250_001,
        "mark.txt": b"\xef\xbb\xbfold",
    }
    _, change = renamed(tmp_path, files)
    assert left(tmp_path, change) == [
        ("ch/a.typ", 1, 8), ("ch/a.typ", 1, 16), ("mark.txt", 1, 1),
        ("notes.md", 1, 6), ("notes.md", 1, 12), ("notes.md", 1, 21), ("references.bib", 1, 3),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "key",
    [
        "yes",
        "Null",
        "123",
        "1e3",
        "1:30",
        "2020-01-01",
        "a:",
        "-",
        "- a",
        "&a",
        "*a",
        "!a",
        "|",
        ">",
        "?",
        "`a",
        "[a]",
        "y",
        "~",
    ],
)
def test_a_key_that_plain_yaml_would_read_otherwise_is_quoted(key: str) -> None:
    assert rewritten("old", "old", key) == f'"{key}"'
    assert rewritten("'old'", "old", key) == f"'{key}'"


@pytest.mark.parametrize("key", ["new", "a:b", "smith2020+", "x.y/z", "é", "2020a", "a&b", "a*"])
def test_a_key_that_is_plain_yaml_stays_plain(key: str) -> None:
    assert rewritten("&k old", "old", key) == f"&k {key}"


KEYS = st.from_regex(r"[A-Za-z][A-Za-z0-9_:+/é-]{0,6}[a-z0-9é]", fullmatch=True).filter(is_plain_text)
FILES: Texts = {
    "references.bib": b"\xef\xbb\xbf% k0\r\n@misc{k0,\r\n  title = {A}, crossref={k1}}\r\n@misc{k1, related = {k0 , k1}}",
    "reviews/a.yaml": review("- {id: s, cites: [k0, 'k1', \"k0\"]}\n- id: t\n  cites:\n  - k0\n"),
    "ch/a.tex": "\\cite{k0, k1}\r\n% \\cite{k0}\r\n\\nocite{k0}",
}


@settings(max_examples=60)
@given(KEYS)
def test_there_and_back_again(key: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = project(Path(folder), FILES)
        try:
            contents, _ = after(root, lambda it: rename(it.corpus, "k0", key, reading=it.reading))
        except ChangeError:
            assert key in {"k0", "k1"}
            return
        for path, data in contents.items():
            (root / path).write_bytes(data)
        again, _ = after(root, lambda it: rename(it.corpus, key, "k0", reading=it.reading))
        for path, data in again.items():
            original = FILES[path]
            assert data == (original.encode() if isinstance(original, str) else original)
