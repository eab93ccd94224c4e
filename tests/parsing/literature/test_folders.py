"""Folders from paths, and what must not break them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.model.stated import Declared, Rated, Stated
from ketreview.parsing.file_faults import NOT_UTF8
from ketreview.parsing.literature import folders_of, parse_folder
from tests.hanging import no_hang
from tests.parsing.literature.folders import read

_LINES = (
    "## Integration Status\n|# Title\n|## Citation\n|## Files\n|## Certainty\n|\n\n|- |[x] |✅ |⏳|references.bib"
    "|Appendix H|Chapter 3|added|pending|DOI: |10.1000/a(b)<c>|**BibTeX key:** `a1`|├── |│   |a.md|sub/b.md|Doe_2020/"
    "|HIGH|**Quality:** Low|PMID: 1|```\n|---\n|2026-01-29|Date: |@article{a,\n doi = {10.1000/b}}\n"
    "|Doe J, Roe R. A title of it. J. 2020."
)
PIECES = st.sampled_from([*'#`-*|:[]()\n\r \t<>@{}~=^"', *_LINES.split("|")])


@given(
    st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join), st.sampled_from(["README", "abstract", "notes"])
)
def test_any_text_gives_a_folder_whose_spans_hold(text: str, name: str) -> None:
    found = read("sub/b.md", **{name: text})
    identity = found.identity
    everything: list[Stated | Rated | Declared] = [
        *identity.keys, *identity.dois, *identity.pmids, *identity.titles, *identity.citations,
        *found.certainty, *found.listed, *found.declared, *found.unmapped,
    ]  # fmt: skip
    for each in everything:
        assert 0 <= each.span.start < each.span.end <= len(each.span.source.text)
    for rated in found.certainty:
        assert rated.span.text == rated.value
    for stated in (*identity.keys, *identity.pmids, *identity.titles, *identity.citations, *found.unmapped):
        assert " ".join(stated.span.text.split()) == " ".join(stated.value.split())


@given(st.binary(max_size=60))
def test_any_bytes_give_a_folder(data: bytes) -> None:
    assert parse_folder("a", [("a/README.md", data)]).files == ("a/README.md",)


@pytest.mark.parametrize(
    "text",
    [
        "#" * 300_000,
        "# " + " " * 300_000,
        "[" * 300_000,
        "# T\n## Integration Status\n" + "- [x] " * 50_000,
        "# T\n## Integration Status\n- ✅ references.bib " + "a/" * 150_000,
        "# T\n## Files\n" + "│   " * 75_000 + "├── a.md",
        "# T\n## Files\n" + "".join(f"{'│   ' * (n % 500)}├── a{n}\n" for n in range(2_000)),
        "# T\n## Citation\n" + "Doe J, " * 45_000 + "2020",
        "DOI: " + "10.1000/" * 40_000,
        "**" * 150_000 + ":",
        "`" * 300_000,
        "\n---\n" * 60_000,
        "a\n===\n" * 50_000,
        " \n" * 150_000,
        "✅ " * 100_000,
        "# T\n## Certainty\n" + "Low to " * 40_000,
        "@a{" * 100_000,
        "(" * 300_000 + "status: ✅",
    ],
    ids=range(18),
)
def test_hostile_texts_are_read_in_linear_time(text: str) -> None:
    with no_hang():
        read(README=text, abstract=text)


def test_bytes_that_are_no_text_are_reported() -> None:
    found = parse_folder("a", [("a/README.md", b"# T\n\nDOI: 10.1000/a\n\xe9\n")])
    assert [finding.code for finding in found.diagnostics] == [NOT_UTF8]
    assert [doi.value for doi in found.identity.dois] == ["10.1000/a"]


def test_a_folder_holds_its_own_texts() -> None:
    paths = [
        "l/README.md",
        "l/a/notes.MD",
        "l/a/abstract.txt",
        "l/a/scan.pdf",
        "l/a/.hidden.md",
        "l/b/data.csv",
        "top.rst",
    ]
    assert folders_of(paths) == {"l": ["l/README.md"], "l/a": ["l/a/notes.MD", "l/a/abstract.txt"], "": ["top.rst"]}


def test_the_readme_speaks_first_and_files_are_sorted() -> None:
    found = read(notes="# Notes\n", README="# The title\n", abstract="A")
    assert found.heading is not None
    assert found.heading.value == "The title"
    assert [path.rsplit("/", 1)[1] for path in found.files] == ["README.md", "abstract.txt", "notes.md"]
    assert read(abstract="A").heading is None
