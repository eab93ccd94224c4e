"""Chapters joined to the store: what is a citation, what resolves, what nothing cites."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.projects import AS_OF, HEAD, check, run, write

SETTINGS = 'chapters = ["book/**"]\n'
STORE = (
    "@misc{klein2020, title = {Opioid system}, author = {Klein, M.}, doi = {10.1000/182}}\n"
    "@misc{zhang2019, title = {Lack}, doi = {10.1000/183}}\n"
)


def project(root: Path, **files: str) -> Path:
    named = {name.replace("__", "/").replace("_typ", ".typ"): text for name, text in files.items()}
    return write(root, {"ketreview.toml": SETTINGS, "references.bib": STORE, **named})


def found(root: Path, *codes: str) -> list[tuple[str, str, int, int]]:
    return [
        (finding["code"], finding["path"], finding["line"], finding["column"])
        for finding in check(root).findings
        if finding["code"] in codes
    ]


def test_a_book_without_a_review_is_a_project(tmp_path: Path) -> None:
    project(tmp_path, book__one_typ="Shown @klein2020.\nNot shown @klein2021 and @Zhang2019.\n")
    done = check(tmp_path)
    assert done.code == 1
    assert [(finding["code"], finding["line"], finding["column"]) for finding in done.findings] == [
        ("KR202", 2, 12),
        ("KR203", 2, 27),
        ("KR204", 2, 7),
    ]
    assert done.findings[0]["message"] == "`klein2021` is not in the store; did you mean `klein2020`?"
    assert done.findings[1]["fix"]["edits"][0]["text"] == "zhang2019"
    assert done.json["summary"]["citations"] == 3
    assert done.json["summary"]["unresolved"] == 2


def test_labels_are_told_from_citations(tmp_path: Path) -> None:
    project(
        tmp_path,
        book__one_typ="= A <sec:a>\nSee @sec:b, @sec:a and @sec:in-no-file; but @note:x.\n",
        book__two_typ="= B <sec:b>\nSee @klein2020 and #ref(<plain>). #figure[x] <plain>\n",
    )
    assert found(tmp_path, "KR202") == [("KR202", "book/one.typ", 2, 46)]


def test_a_key_of_the_store_is_a_citation_even_beside_a_label(tmp_path: Path) -> None:
    project(tmp_path, book__one_typ="= A <klein2020>\n", book__two_typ="@klein2020 @zhang2019\n")
    assert found(tmp_path, "KR202", "KR204") == []


def test_an_incomplete_store_is_not_judged(tmp_path: Path) -> None:
    project(tmp_path, book__one_typ="@absent\n")
    write(tmp_path, {"references.bib": "@misc{a, title = {A\n"})
    assert found(tmp_path, "KR202") == []


def test_what_cannot_be_read_is_reported_and_the_rest_is_read(tmp_path: Path) -> None:
    project(tmp_path, book__one_typ="@absent\n", book__notes="not a chapter @x")
    write(tmp_path, {"book/two.typ": b"caf\xe9 @gone\n", "book/three.typ": "<<<<<<< HEAD\n@klein2020\n"})
    assert found(tmp_path, "KR006", "KR011", "KR202") == [
        ("KR202", "book/one.typ", 1, 2),
        ("KR011", "book/three.typ", 1, 1),
        ("KR006", "book/two.typ", 1, 4),
        ("KR202", "book/two.typ", 1, 7),
    ]


SUPPRESSED = {
    "a.typ": ("@absent // ketreview: ignore[KR202] why\n", "// ketreview: ignore[KR202] why\n"),
    "a.tex": ("\\cite{absent} % ketreview: ignore[KR202] why\n", "% ketreview: ignore[KR202] why\n"),
    "a.md": ("@absent <!-- ketreview: ignore[KR202] why -->\n", "<!-- ketreview: ignore[KR202] why -->\n"),
    "a.qmd": ("<!-- ketreview: ignore[KR202] why -->\n@absent\n", "<!-- ketreview: ignore[KR202] why -->\n"),
    "b.md": ("% ketreview: ignore[KR202] why\n{cite}`absent`\n", "{cite}`zhang2019`\n% ketreview: ignore[KR202] why\n"),
    "a.rst": (".. ketreview: ignore[KR202] why\n\n:cite:`absent`\n", ".. ketreview: ignore[KR202] why\n"),
    "a.ipynb": (
        '{"cells": [{"cell_type": "markdown", "source": "@absent <!-- ketreview: ignore[KR202] why -->"}]}',
        '{"cells": [{"cell_type": "markdown", "source": "<!-- ketreview: ignore[KR202] why -->"}]}',
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SUPPRESSED)
def test_a_finding_in_a_chapter_can_be_accepted(tmp_path: Path, name: str) -> None:
    used, unused = SUPPRESSED[name]
    project(tmp_path)
    write(tmp_path, {f"book/{name}": used})
    assert found(tmp_path, "KR202", "KR901") == []
    write(tmp_path, {f"book/{name}": unused})
    assert [code for code, *_ in found(tmp_path, "KR202", "KR901")] == ["KR901"]


def test_a_notebook_is_joined_to_the_store(tmp_path: Path) -> None:
    project(tmp_path)
    cells = '{"cells": [\n{"cell_type": "markdown", "source": ["@klein2020, @Zhang2019,\\n",\n"@gon\\u00e9"]}]}'
    write(tmp_path, {"book/a.ipynb": cells})
    assert found(tmp_path, "KR202", "KR203", "KR204") == [
        ("KR203", "book/a.ipynb", 2, 52),
        ("KR202", "book/a.ipynb", 3, 3),
        ("KR204", "references.bib", 2, 7),
    ]


def test_nothing_is_called_uncited_while_a_chapter_is_not_read_whole(tmp_path: Path) -> None:
    project(tmp_path, book__one_typ="@klein2020\n")
    assert [code for code, *_ in found(tmp_path, "KR204", "KR013")] == ["KR204"]
    write(tmp_path, {"book/two.md": b"\0\0"})
    assert [code for code, *_ in found(tmp_path, "KR204", "KR013")] == ["KR013"]


def test_a_chapter_can_be_named(tmp_path: Path) -> None:
    project(tmp_path, book__one_typ="@absent\n", book__two_typ="@gone\n", elsewhere__three_typ="@lost\n")
    assert [finding["path"] for finding in check(tmp_path, "book/two.typ").findings] == ["book/two.typ"]
    assert [finding["path"] for finding in check(tmp_path, "elsewhere/three.typ").findings] == ["elsewhere/three.typ"]
    assert run(tmp_path, "check", "ketreview.toml", *AS_OF).code == 2


def test_status_counts_chapters(tmp_path: Path) -> None:
    project(tmp_path, book__one_typ="@klein2020 @klein2020 @absent\n")
    counts = run(tmp_path, "status", *AS_OF, "--format", "json").json["project"]
    assert (counts["chapters"], counts["citations"], counts["unresolved"], counts["uncited"]) == (1, 3, 1, 1)


@pytest.fixture
def joined(tmp_path: Path) -> Path:
    project(tmp_path, book__one_typ="Shown @klein2020.\nNot shown @absent.\n")
    claim = "claims:\n- {id: c1, kind: gap, statement: S, supports: [{cites: klein2020}, {cites: lost}]}\n"
    return write(tmp_path, {"reviews/r.yaml": HEAD.format(id="r") + claim})


def test_refs_where(joined: Path) -> None:
    places = run(joined, "refs", "where", "klein2020", *AS_OF, "--format", "json").json["places"]
    assert [(place["kind"], place["path"], place["line"], place["by"]) for place in places] == [
        ("entry", "references.bib", 1, "@misc"),
        ("review", "reviews/r.yaml", 6, "r: c1"),
        ("chapter", "book/one.typ", 1, "@"),
    ]
    done = run(joined, "refs", "where", "klein2021", *AS_OF)
    assert done.code == 2
    assert "did you mean `klein2020`?" in done.talk


def test_refs_where_finds_a_work_by_its_doi_in_the_appendix_and_in_folders(tmp_path: Path) -> None:
    settings = 'appendix = ["h.md"]\nliterature = ["lit/**"]\n'
    store = "@misc{roe2021, doi = {10.1000/roe}}\n@misc{doe2020, doi = {10.1000/doe}}\n"
    notes = "# Annotated\n\n## Roe 2021\n\n**DOI:** https://doi.org/10.1000/ROE\n\n## Doe 2020\n\n**Key:** doe2020\n"
    texts = {"h.md": notes, "lit/roe/README.md": "# Roe 2021\n\n**DOI:** 10.1000/roe\n"}
    write(tmp_path, {"ketreview.toml": settings, "references.bib": store, **texts})
    places = {
        key: [
            (place["path"], place["line"])
            for place in run(tmp_path, "refs", "where", key, "--format", "json").json["places"]
        ]
        for key in ("roe2021", "doe2020")
    }
    assert places == {
        "roe2021": [("references.bib", 1), ("h.md", 5), ("lit/roe/README.md", 3)],
        "doe2020": [("references.bib", 2), ("h.md", 9)],
    }


def test_a_path_that_is_not_there_is_said_to_be_so(tmp_path: Path) -> None:
    project(tmp_path, book__one_typ="")
    done = check(tmp_path, "bok")
    assert (done.code, "bok: there is no such file or folder" in done.talk) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "keys"),
    [
        (("list",), ["klein2020", "zhang2019", "lost", "absent"]),
        (("list", "--uncited"), ["zhang2019"]),
        (("list", "--unresolved"), ["lost", "absent"]),
        (("list", "--in", "r"), ["klein2020", "lost"]),
        (("list", "--in", "r", "--unresolved"), ["lost"]),
        (("find", "opioid klein"), ["klein2020"]),
        (("find", "lost"), ["lost"]),
        (("find", "nothing of the kind"), []),
    ],
    ids=" ".join,
)
def test_refs_list_and_find(joined: Path, arguments: tuple[str, ...], keys: list[str]) -> None:
    done = run(joined, "refs", *arguments, *AS_OF, "--format", "json")
    assert done.code == 0
    assert [reference["key"] for reference in done.json["references"]] == keys


def test_refs_list_of_no_review(joined: Path) -> None:
    assert run(joined, "refs", "list", "--in", "x", *AS_OF).code == 2
    assert "not in the store" in run(joined, "refs", "list", *AS_OF).out


def test_a_text_of_a_reading_folder_that_is_not_utf_8_is_a_warning(tmp_path: Path) -> None:
    settings = 'reviews = []\nliterature = ["lit/**"]\n'
    write(tmp_path, {"ketreview.toml": settings, "references.bib": STORE, "lit/a/README.md": b"# R\xe9sum\xe9 2020\n"})
    done = check(tmp_path)
    assert [(finding["code"], finding["severity"]) for finding in done.findings if finding["code"] != "KR204"] == [
        ("KR006", "warning")
    ]
    assert done.code == 0
