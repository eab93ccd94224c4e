"""Entries of one work made into one."""

# ruff: noqa: E501  tables of cases are wide

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ketreview.changes.change import Change, ChangeError
from ketreview.changes.leftovers import leftovers
from ketreview.changes.merge import merge
from ketreview.config import Settings
from ketreview.files import Files
from ketreview.pipeline import Project
from tests.changes import projects
from tests.changes.projects import Texts, after, project, review
from tests.hanging import no_hang


def merged(root: Path, files: Texts, *others: str, **take: str) -> tuple[dict[str, bytes], Change]:
    project(root, files)
    return after(root, lambda it: merge(it.corpus, "keep", others or ("other",), take=take, reading=it.reading))


LAYOUTS: list[tuple[str, str]] = [
    ("@misc{keep,\n  title = {A},\n}\n", "@misc{keep,\n  title = {A},\n  doi = {x},\n  note = \"n\",\n}\n"),
    ("@misc{keep,\n\ttitle={A}\n}\n", "@misc{keep,\n\ttitle={A},\n\tdoi={x},\n\tnote=\"n\"\n}\n"),
    ("@misc{keep, title = {A}}\n", "@misc{keep, title = {A}, doi = {x}, note = \"n\"}\n"),
    ("@misc{keep, title = {A},}\n", "@misc{keep, title = {A}, doi = {x}, note = \"n\",}\n"),
    ("@misc{keep,\n  title = {A}}\n", "@misc{keep,\n  title = {A},\n  doi = {x},\n  note = \"n\"}\n"),
    (
        "@misc{keep,\n  title  = {A},\n  author = {B} % last\n}\n",
        "@misc{keep,\n  title  = {A},\n  author = {B}, % last\n  doi    = {x},\n  note   = \"n\"\n}\n",
    ),
    (
        "@misc{keep,\n  title = {A},\n  author = {B}, % last\n}\n",
        "@misc{keep,\n  title = {A},\n  author = {B}, % last\n  doi = {x},\n  note = \"n\",\n}\n",
    ),
    (
        "@misc{ keep\n  , title = {A}\n  , year = 2020\n  }\n",
        "@misc{ keep\n  , title = {A}\n  , year = 2020\n  , doi = {x}\n  , note = \"n\"\n  }\n",
    ),
    ("@misc{keep}\n", "@misc{keep,\n  title = {{A}},\n  doi = {x},\n  note = \"n\"\n}\n"),
    ("@misc{keep,}\n", "@misc{keep,\n  title = {{A}},\n  doi = {x},\n  note = \"n\"\n}\n"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "wanted"), LAYOUTS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_fields_are_added_as_the_entry_is_written(tmp_path: Path, before: str, wanted: str, newline: str) -> None:
    other = '\n@misc{other, title = {{A}}, doi = {x}, note = "n"}\n'
    contents, change = merged(tmp_path, {"references.bib": (before + other).replace("\n", newline)})
    assert contents["references.bib"].decode() == wanted.replace("\n", newline)
    assert change.conflicts == ()


REMOVALS: list[tuple[str, str]] = [
    ("@misc{a}\n\n@misc{other,\n}\n\n@misc{keep}\n", "@misc{a}\n\n@misc{keep}\n"),
    ("@misc{keep}\n% about it\n@misc{other}\n@misc{b}", "@misc{keep}\n% about it\n@misc{b}"),
    ("@misc{keep}\n\n@misc{other}\n", "@misc{keep}\n"),
    ("@misc{keep}\n\n@misc{other}", "@misc{keep}"),
    ("@misc{other}\n\n\n@misc{keep}", "\n@misc{keep}"),
    ("@misc{keep} @misc{other} @misc{b}\n", "@misc{keep}  @misc{b}\n"),
    ("@misc{keep}\n\n@misc{other}\n\n@misc{other}\n", "@misc{keep}\n"),
    ("@misc{keep}\n  @misc{other} \n\t\n@misc{b}\n", "@misc{keep}\n@misc{b}\n"),
]


@pytest.mark.parametrize(("before", "wanted"), REMOVALS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_goes_with_an_entry(tmp_path: Path, before: str, wanted: str, newline: str) -> None:
    contents, _ = merged(tmp_path, {"references.bib": before.replace("\n", newline)})
    assert contents["references.bib"].decode() == wanted.replace("\n", newline)


TWO = "@misc{keep, title = {A}}\n@misc{other}\n@misc{x}\n"
CITED: list[tuple[str, str, str, int]] = [
    ("ch/a.tex", "\\cite{keep,other}", "\\cite{keep}", 0),
    ("ch/a.tex", "\\cite{other , keep, x}", "\\cite{keep, x}", 0),
    ("ch/a.tex", "\\cite{other,other,keep,other}", "\\cite{keep}", 0),
    ("ch/a.tex", "\\cite{x,other,other}", "\\cite{x,keep}", 0),
    ("ch/a.tex", "\\cite{keep,x,other}", "\\cite{keep,x}", 0),
    ("ch/a.tex", "\\cite{keep, % one\n other}", "\\cite{keep, % one\n keep}", 0),
    ("ch/a.tex", "\\cites{keep}{other} \\cite{other}", "\\cites{keep}{keep} \\cite{keep}", 2),
    ("ch/a.tex", "\\cite{keep} says, and \\cite{other}", "\\cite{keep} says, and \\cite{keep}", 0),
    ("ch/a.md", "[@keep, p. 3; @other]", "[@keep, p. 3; @keep]", 1),
    ("ch/a.md", "[@keep], and [@other] or @other", "[@keep], and [@keep] or @keep", 0),
    ("ch/a.rst", ":cite:`other,keep`", ":cite:`keep,keep`", 1),
    ("ch/a.typ", "@keep @other", "@keep @keep", 1),
    ("reviews/a.yaml", review("- {id: s, cites: [keep, other]}\n"), review("- {id: s, cites: [keep]}\n"), 0),
    ("reviews/a.yaml", review("- {id: s, cites: [keep, 'other']}\n"), review("- {id: s, cites: [keep, 'keep']}\n"), 1),
    ("reviews/a.yaml", review("- id: s\n  cites:\n  - other\n  - x\n  - keep\n"), review("- id: s\n  cites:\n  - x\n  - keep\n"), 0),
    ("reviews/a.yaml", review("- id: s\n  cites:\n  - keep\n  - other\n"), review("- id: s\n  cites:\n  - keep\n"), 0),
    ("reviews/a.yaml", review("- id: s\n  cites:\n  - keep\n  - other # why\n"), review("- id: s\n  cites:\n  - keep\n  - keep # why\n"), 1),
]  # fmt: skip


@pytest.mark.parametrize(("path", "before", "wanted", "left"), CITED)
def test_what_cites_the_other_cites_it_once(tmp_path: Path, path: str, before: str, wanted: str, left: int) -> None:
    contents, change = merged(tmp_path, {"references.bib": TWO, path: before})
    assert contents[path].decode() == wanted
    assert sum(note.count(path) for note in change.notes) == left


def test_several_are_merged_and_fields_follow(tmp_path: Path) -> None:
    store = (
        "@article{keep, title = {A}}\n@misc{b, title = {B}, crossref = {two}, related = {x, one}}\n"
        "@article{one, year = 2020, pages = {1-2}, related = {two}}\n@article{two, pages = {1--2}, volume = 3}\n"
    )
    contents, change = merged(tmp_path, {"references.bib": store}, "one", "two")
    assert contents["references.bib"].decode() == (
        "@article{keep, title = {A}, year = 2020, pages = {1-2}, volume = 3}\n"
        "@misc{b, title = {B}, crossref = {keep}, related = {x, keep}}\n"
    )
    assert change.conflicts == ()


DIFFERENT = (
    "@article{keep, title = {A}, year = 2020, doi = {https://doi.org/10.1000/X}, note = {a  {b}}}\n"
    "@misc{other, title = {B}, date = {2020-05}, doi = {10.1000/x}, note = {{a} b}}\n"
)


def test_conflicts_keep_the_value_of_the_entry_that_stays(tmp_path: Path) -> None:
    contents, change = merged(tmp_path, {"references.bib": DIFFERENT})
    assert contents["references.bib"].decode() == DIFFERENT.splitlines(keepends=True)[0]
    assert [(item.field, item.kept, item.other, item.decided) for item in change.conflicts] == [
        ("title", "A", "B", False),
        ("year", "2020", "2020-05", False),
    ]
    assert "`keep` stays @article, and `other` is @misc" in change.notes


def test_a_choice_takes_the_other_value_and_its_name(tmp_path: Path) -> None:
    contents, change = merged(tmp_path, {"references.bib": DIFFERENT}, date="other", title="keep")
    assert b"{keep, title = {A}, date = {2020-05}, doi" in contents["references.bib"]
    assert [(item.field, item.kept_key, item.decided) for item in change.conflicts] == [
        ("title", "keep", True),
        ("date", "other", True),
    ]


def test_an_empty_field_is_one_that_lacks(tmp_path: Path) -> None:
    store = (
        '@misc{keep, pmid = {}, doi = {10.1/x}, number = {1-2}}\n@misc{other, pmid = 7, doi = "", number = {1--2}}\n'
    )
    contents, change = merged(tmp_path, {"references.bib": store})
    assert contents["references.bib"] == b"@misc{keep, pmid = 7, doi = {10.1/x}, number = {1-2}}\n"
    assert (change.conflicts, change.gone) == ((), 1)


def test_abbreviations_of_another_file_are_written_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {
        "references.bib": "@misc{keep, title = {A}}\n",
        "ch/b.bib": '@string{nejm = "N Engl J Med"}\n@misc{other, journal = nejm # "!", month = jan}\n',
    }
    monkeypatch.setattr(projects, "SETTINGS", Settings(bibliography=("references.bib", "ch/b.bib")))
    contents, _ = merged(tmp_path, files)
    assert contents["references.bib"] == b"@misc{keep, title = {A}, journal = {N Engl J Med!}, month = jan}\n"
    assert contents["ch/b.bib"] == b'@string{nejm = "N Engl J Med"}\n'


REFUSALS: list[tuple[str, tuple[str, ...], dict[str, str], str]] = [
    ("@misc{keep}\n", (), {}, "no entry of the store has the key `other`"),
    ("@misc{keep}\n", ("keep",), {}, "cannot be merged into itself"),
    ("@misc{keep, crossref = {other}}\n@misc{other}\n", (), {}, "`keep` itself names .* .references.bib:1:25"),
    (TWO, (), {"year": "x"}, "--take names `x`, which is none of `keep`, `other`"),
    (TWO, (), {"year": "other"}, "there is nothing to decide in `year`; no field"),
    (TWO + "@misc{other, title = {\n", (), {}, "mend these first"),
]


@pytest.mark.parametrize(("store", "others", "take", "message"), REFUSALS)
def test_refusals(tmp_path: Path, store: str, others: tuple[str, ...], take: dict[str, str], message: str) -> None:
    with pytest.raises(ChangeError, match=message):
        merged(tmp_path, {"references.bib": store}, *others, **take)


def test_a_key_that_is_only_cited_is_repaired_by_renaming(tmp_path: Path) -> None:
    with pytest.raises(ChangeError, match="`ketreview refs rename other keep` repairs its citations"):
        merged(tmp_path, {"references.bib": "@misc{keep}\n", "ch/a.typ": "@other"})


def test_a_list_of_any_length_takes_no_longer_than_it_has_items(tmp_path: Path) -> None:
    with no_hang():
        files = {"references.bib": TWO, "ch/a.tex": f"\\cite{{{'other,' * 20_000}keep}} {'old ' * 10}"}
        contents, change = merged(tmp_path, files)
        assert contents["ch/a.tex"].startswith(b"\\cite{keep} ")
        assert change.dropped == 20_000


def test_places_left_are_found_again_after_the_change(tmp_path: Path) -> None:
    store = "% other 1\n@misc{other}\n\n@misc{keep,\n  doi = {10.1/x}\n} % other 2\n"
    contents, change = merged(tmp_path, {"references.bib": store, "ch/a.typ": "@keep @other and /* other */"})
    for span in leftovers(Files(tmp_path), change):
        line, column = change.position(span, after=True)
        row = contents[span.path].decode().splitlines()[line - 1]
        assert row[column - 1 :].startswith("other"), (span.path, row, column)
    assert [change.position(span, after=False).line for span in leftovers(Files(tmp_path), change)] == [1, 1, 6]


def test_a_change_that_misses_a_place_is_a_bug(tmp_path: Path) -> None:
    project(tmp_path, {"references.bib": TWO, "ch/a.typ": "@keep and @other"})

    def careless(it: Project) -> Change:
        change = merge(it.corpus, "keep", ["other"])
        return replace(change, edits=tuple(edit for edit in change.edits if edit.span.path != "ch/a.typ"))

    with pytest.raises(AssertionError, match="after the change there are"):
        after(tmp_path, careless)
