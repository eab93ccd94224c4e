"""What a folder declares done or pending, in each way to write it, and what it does not declare."""

from __future__ import annotations

import pytest

from ketreview.model.stated import ReadingFolder
from tests.parsing.literature.folders import read


def declared(found: ReadingFolder) -> list[tuple[str, str, str]]:
    return [(item.kind.value, item.state.value, item.target) for item in found.declared]


def block(*lines: str, heading: str = "Integration Status") -> ReadingFolder:
    return read(README=f"# Doe 2020\n\n## {heading}\n\n" + "\n".join(lines) + "\n\n## Key Findings\n\n- Mice slept.\n")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # boxes
        ("- [x] Abstract saved", ("file", "done", "")),
        ("- [x] Notes created", ("file", "done", "")),
        ("- [ ] Added to references.bib", ("bibliography", "pending", "references.bib")),
        ("* [X] Added to Appendix H", ("appendix", "done", "Appendix H")),
        ("- [ ] Add to appendix-b-notes.typ (pending)", ("appendix", "pending", "appendix-b-notes.typ")),
        ("- [ ] Integrated into the treatment chapter", ("chapter", "pending", "treatment chapter")),
        ("- [ ] Cited in ch14b-sleep.tex", ("chapter", "pending", "ch14b-sleep.tex")),
        ("- [x] Cited in `chapters/sleep/mice.typ`", ("chapter", "done", "chapters/sleep/mice.typ")),
        # signs
        ("- ✅ BibTeX entry added (doe2020)", ("bibliography", "done", "")),
        ("✓ **BibTeX entries added:** 4 entries in references.bib", ("bibliography", "done", "references.bib")),
        ("- ⏳ Not yet added to library.bib (awaiting the editor)", ("bibliography", "pending", "library.bib")),
        ("- ❌ Appendix C entry", ("appendix", "pending", "Appendix C")),
        ("- ✅ Integration guide created for chapter-integrator", ("file", "done", "")),
        ("- Added to `/home/somebody/book/references.bib` ✓", ("bibliography", "done", "references.bib")),
        ("- `~/book/references.bib` ✓", ("bibliography", "done", "references.bib")),
        ("📚 **Bibliography:** ✅ Added @doe2020", ("bibliography", "done", "")),
        # made, and not integrated
        ("- ✅ BibTeX entry prepared (key: `doe2020`)", ("bibliography", "pending", "")),
        ("- ✅ Appendix H entry drafted", ("appendix", "pending", "Appendix H")),
        ("- **Appendix:** ✅ Entry drafted in STAGED_APPENDIX.typ", ("appendix", "pending", "")),
        ("- Ready for citation in Chapter 15 (Sleep)", ("chapter", "pending", "Chapter 15")),
        # labels
        ("**References.bib entries:** Pending", ("bibliography", "pending", "References.bib")),
        ("**Appendix H entries:** Complete", ("appendix", "done", "Appendix H")),
        ("**Chapter integration guides:** Created", ("file", "done", "")),
        ("- Chapter 7: not yet", ("chapter", "pending", "Chapter 7")),
        # rows of a table
        ("| references.bib | ✅ |", ("bibliography", "done", "references.bib")),
        ("| **Appendix H** | pending |", ("appendix", "pending", "Appendix H")),
        ("| Chapter 4 | added 2026-01-02 | by hand |", ("chapter", "done", "Chapter 4")),
        ("|---|:--|\n| Notes | ⏳ | later |", ("file", "pending", "")),
        # prose
        ("Added to references.bib", ("bibliography", "done", "references.bib")),
        ("- Awaiting chapter integration", ("chapter", "pending", "")),
        ("- The bibliography needs an entry", ("bibliography", "pending", "")),
    ],
)
def test_a_line_of_a_status_block(line: str, expected: tuple[str, str, str]) -> None:
    found = block(line)
    assert declared(found) == [expected]
    assert found.unmapped == ()
    assert line.rstrip("| ").endswith(found.declared[0].span.text)


@pytest.mark.parametrize(
    "line",
    [
        "- ✅ No side effects",
        "- [ ] Ask the authors for their data",
        "- ✅ Verification passed",
        "- **Chapter targets named:** chapters 3 and 4",
        "- ✅ Added to references.bib, pending review",
        "- ⏳ Appendix entry optional",
        "- Chapter 15 is about mice",
        "- ✅ Provides appendix H entries",
        "- ✅ Chapters identified",
        "- Notes of the editor",
        "- ✅ Text drafted for an appendix",
    ],
)
def test_what_says_nothing_known_is_left_open(line: str) -> None:
    found = block(line)
    assert declared(found) == []
    assert [stated.value for stated in found.unmapped] == [line.removeprefix("- ")]
    assert found.unmapped[0].span.text == found.unmapped[0].value


@pytest.mark.parametrize(
    "text",
    [
        "# T\n\n## Key Findings\n\n- ✅ No tolerance\n- ✅ Better sleep in Chapter 3 of the diary\n",
        "# T\n\n## Next Steps\n\n- [ ] Add to references.bib\n- [ ] Cite in Chapter 3\n",
        "# T\n\n## Integration Points\n\n- [ ] Chapter 3: cite as an example\n",
        "# T\n\n## Verification Checklist\n\n- [ ] BibTeX entry exists\n- [ ] Appendix H entry added\n",
        "# T\n\n**Status:** In progress; no trial yet\n\n## Trial status\n\n- Pending in Chapter 3 of the registry\n",
        "# T\n\n## Notes\n\nIt was added to references.bib of another book.\n",
        "# T\n\n## Integration Status\n\n```text\n- [x] Added to references.bib\n```\n",
        "# T\n\n## Summary\n\n- ✅ **notes.md** (written by hand)\n",
    ],
)
def test_what_is_not_the_status_of_integration(text: str) -> None:
    found = read(README=text)
    assert declared(found) == []
    assert found.unmapped == ()


def test_an_empty_box_in_a_guide_is_a_task_of_the_reader() -> None:
    text = "# Guide\n\n## Integration Checklist\n\n- [ ] BibTeX entry exists\n- [x] Added to references.bib\n"
    assert declared(read(**{"integration-guide": text})) == [("bibliography", "done", "references.bib")]
    assert [item[1] for item in declared(read(README=text))] == ["pending", "done"]


def test_elsewhere_a_sign_and_a_deed_at_a_place_count() -> None:
    text = (
        "# T\n\n**BibTeX Status:** ✅ Three entries added to references.bib\n\n## Doe 2020\n\n"
        "**Verification:** ✅ All present in library.bib\n- ✅ Appendix H updated\n- ✅ Chapter 3\n"
    )
    assert declared(read(README=text)) == [
        ("bibliography", "done", "references.bib"),
        ("bibliography", "done", "library.bib"),
        ("appendix", "done", "Appendix H"),
    ]


def test_a_label_without_a_value_opens_a_block() -> None:
    block_ = "**Status:**\n- ✅ Abstract saved\n- ⏳ Not in references.bib\n- ⏳ Print it\n"
    text = f"# T\n\n## Doe 2020\n\n{block_}\nProse ✅.\n"
    found = read(README=text)
    assert declared(found) == [("file", "done", ""), ("bibliography", "pending", "references.bib")]
    assert [stated.value for stated in found.unmapped] == ["⏳ Print it"]


def test_a_heading_says_what_the_line_below_it_is_of() -> None:
    found = block(
        "### References.bib", "✅ Added as `doe2020`", "### Appendix K", "⏳ Waiting", "### Integration guides"
    )
    assert declared(found) == [("bibliography", "done", "References.bib"), ("appendix", "pending", "Appendix K")]


def test_groups_give_their_state() -> None:
    found = block("**Completed:**", "- Notes", "- Entry in references.bib", "", "**Pending:**", "- Appendix H")
    assert declared(found) == [
        ("file", "done", ""),
        ("bibliography", "done", "references.bib"),
        ("appendix", "pending", "Appendix H"),
    ]


def test_paths_below_a_line_with_a_colon_have_its_state() -> None:
    found = read(
        "sub/integration-guide.md",
        README="# T\n\n## Status\n\n✅ Integration guides created:\n- `sub/integration-guide.md`\n- later\n",
    )
    assert declared(found) == [("file", "done", ""), ("file", "done", "sub/integration-guide.md")]
    assert [stated.value for stated in found.unmapped] == ["later"]


def test_two_places_joined_are_two() -> None:
    assert declared(block("- ✅ BibTeX and Appendix H updated")) == [
        ("bibliography", "done", ""),
        ("appendix", "done", "Appendix H"),
    ]


def test_the_date_is_that_of_the_line_else_of_the_block_else_of_the_text() -> None:
    text = (
        "# T\n\n**Date:** 2026-01-02\n\n## Integration Status\n\n**Last updated:** 2026-01-29\n"
        "- [ ] Appendix H\n- [x] Added to references.bib (2026-02-06)\n"
    )
    assert [str(item.since) for item in read(README=text).declared] == ["2026-01-29", "2026-02-06"]
    later = text.replace("**Last updated:** 2026-01-29\n", "")
    assert [str(item.since) for item in read(README=later).declared] == ["2026-01-02", "2026-02-06"]
    assert [item.since for item in block("- [ ] Appendix H").declared] == [None]
    created = block("**Literature files created:** 2026-01-29", "**Appendix H entries:** Pending")
    assert [(item.kind.value, str(item.since)) for item in created.declared] == [
        ("file", "2026-01-29"),
        ("appendix", "2026-01-29"),
    ]


def test_a_declared_file_of_another_folder_loses_its_path() -> None:
    line = "- ✅ Abstract saved: `{}`\n"
    head = "# T\n\n## Status\n\n"
    assert declared(read(README=head + line.format("abstract.txt"))) == [("file", "done", "abstract.txt")]
    assert declared(read(README=head + line.format("elsewhere/Roe_2021/abstract.txt"))) == [("file", "done", "")]
    topic = read("Roe_2021/notes.md", README=head + line.format("abstract.txt") + line.format("Roe_2021/notes.md"))
    assert declared(topic) == [("file", "done", ""), ("file", "done", "Roe_2021/notes.md")]
