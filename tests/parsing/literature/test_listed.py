"""Which files a folder's texts list for sure, and which they may not mean."""

from __future__ import annotations

import pytest

from tests.parsing.literature.folders import PATH, read, values

LIST = "# T\n\n## Files in This Folder\n\n"


def listed(text: str, *others: str, **texts: str) -> tuple[list[str], list[str]]:
    found = read(*others, README=text, **texts)
    for each in found.listed:
        assert each.value.endswith(each.span.text.removeprefix("./").rsplit("/", 1)[-1])
    return [each.value.removeprefix(f"{PATH}/") for each in found.listed], values(found.unmapped)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- `abstract.txt` - the abstract", "abstract.txt"),
        ("- **`abstract.txt`** – the abstract", "abstract.txt"),
        ("* abstract.txt: the abstract", "abstract.txt"),
        ("1. ✅ **`abstract.txt`** (12 lines)", "abstract.txt"),
        ("✓ `abstract.txt` - the abstract", "abstract.txt"),
        ("- 📄 `abstract.txt`", "abstract.txt"),
        ("- [the abstract](abstract.txt)", "abstract.txt"),
        ("| `abstract.txt` | the abstract |", "abstract.txt"),
        ("- [x] ./abstract.txt", "abstract.txt"),
        ("- `scan.pdf`", "scan.pdf"),
    ],
)
def test_ways_to_list_a_file(line: str, expected: str) -> None:
    assert listed(LIST + line + "\n") == ([expected], [])


@pytest.mark.parametrize(
    "line",
    [
        "- `*.pdf` - scans",
        "- `data/` - tables",
        "- notes, etc.",
        "- `paper.pdf` - not included",
        "- `notes.md` (planned)",
        "- `notes.md` - to be written",
        "- ⏳ `notes.md`",
        "- [ ] notes.md",
        "- https://example.org/notes.md",
        "notes.md is the best of them",
        "- v1.2 of the notes",
        "```\n- `notes.md`\n```",
    ],
)
def test_what_is_no_listed_file(line: str) -> None:
    assert listed(LIST + line + "\n") == ([], [])


@pytest.mark.parametrize(
    "line",
    [
        "- `references.bib` - the store",
        "- `chapter.typ`",
        "- `/home/somebody/notes.md`",
        "- `../Roe_2021/notes.md`",
        "- `Roe_2021/notes.md`",
        "- `staging/GUIDE.md`",
    ],
)
def test_a_file_that_may_be_of_another_place_is_left_open(line: str) -> None:
    assert listed(LIST + line + "\n") == ([], [line.split("`")[1]])


def test_a_file_that_is_there_is_listed_wherever_the_list_stands() -> None:
    text = "# T\n\n## Files Created\n\nFor each study:\n\n- `notes.md`\n- `key-findings.md`\n- `sub/a.md`\n"
    assert listed(text, "sub/a.md", notes="N") == (["notes.md", "sub/a.md"], ["key-findings.md"])


def test_a_list_below_another_label_is_not_of_this_folder() -> None:
    assert listed(LIST + "- `a.md`\n\n**Roe 2021:**\n\n- `b.md`\n") == (["a.md"], ["b.md"])
    assert listed(LIST + "- `a.md`\n\n### Roe 2021\n\n- `b.md`\n") == (["a.md"], ["b.md"])
    assert listed("# T\n\n## Files Created\n\n- `b.md`\n") == ([], ["b.md"])


def test_a_file_in_a_folder_below_that_is_there() -> None:
    assert listed(LIST + "- `sub/a.md`\n- `sub/b.md`\n", "sub/a.md") == (["sub/a.md", "sub/b.md"], [])


@pytest.mark.parametrize("path", [f"{PATH}/b.md", "Literature/Mice/Doe_2020/b.md", "mice/doe_2020/b.md"])
def test_a_path_from_above_that_ends_in_this_folder(path: str) -> None:
    assert listed(LIST + f"- `{path}`\n") == (["b.md"], [])


def test_a_list_elsewhere_is_no_list_of_files() -> None:
    assert listed("# T\n\n## Next Steps\n\n- `notes.md` in full\n\n## Reading\n\n- `key-findings.md`\n") == ([], [])


TREE = """{root}
├── a.md            ✅ 2026-01-01
├── sub/
│   ├── b.md
│   └── deep/
│       └── c.md
└── d.md
"""


@pytest.mark.parametrize("root", ["Doe_2020/", "literature/mice/Doe_2020/", "."])
def test_a_drawing_of_this_folder(root: str) -> None:
    text = "# T\n\n## Folder Structure\n\n```\n" + TREE.format(root=root) + "```\n"
    assert listed(text) == (["a.md", "sub/b.md", "sub/deep/c.md", "d.md"], [])


def test_a_drawing_of_another_folder_is_left_open() -> None:
    text = "# T\n\n## Files Created\n\n```\n" + TREE.format(root="literature/rats/Roe_2021/") + "```\n"
    assert listed(text, "a.md") == ([], ["a.md", "b.md", "c.md", "d.md"])


def test_a_drawing_without_a_folder_is_of_this_one_in_a_list_of_its_files() -> None:
    assert listed(LIST + "|-- a.md\n|-- sub\n|   `-- b.md\n`-- c.md\n") == (["a.md", "c.md"], ["b.md"])


def test_a_file_that_two_texts_list_is_listed_once() -> None:
    found = read(README=LIST + "- `a.md`\n", notes=LIST + "- `a.md`\n- `b.md`\n")
    assert [(each.value, each.span.path) for each in found.listed] == [
        (f"{PATH}/a.md", f"{PATH}/README.md"),
        (f"{PATH}/b.md", f"{PATH}/notes.md"),
    ]
