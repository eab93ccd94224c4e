"""Headings by meaning, and the lines below them."""

from __future__ import annotations

import pytest

from ketreview.parsing.literature import sections
from ketreview.parsing.literature.headings import Meaning, meaning_of, plain_heading
from ketreview.source import Source


def outline(text: str, path: str = "a/README.md") -> list[tuple[str, int, Meaning]]:
    return [
        (part.heading.value if part.heading else "", part.level, part.meaning) for part in sections(Source(path, text))
    ]


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("Citation", Meaning.CITATION),
        ("📚 Full Citation", Meaning.CITATION),
        ("Paper Citation Key", Meaning.CITATION),
        ("BibTeX key: `doe2020`", Meaning.CITATION),
        ("3. Key Findings", Meaning.KEY_RESULTS),
        ("Main findings (in short)", Meaning.KEY_RESULTS),
        ("Evidence Grade: B-", Meaning.CERTAINTY),
        ("Certainty Assessment for Integration", Meaning.CERTAINTY),
        ("**Quality of Evidence**", Meaning.CERTAINTY),
        ("Integration Status ✅", Meaning.STATUS),
        ("INTEGRATION CHECKLIST", Meaning.STATUS),
        ("Status", Meaning.STATUS),
        ("Trial status", Meaning.OTHER),
        ("PDF Status", Meaning.OTHER),
        ("Verification Checklist", Meaning.CHECKS),
        ("Files in This Folder", Meaning.FILES),
        ("Files", Meaning.FILES),
        ("FOLDER STRUCTURE CREATED", Meaning.FILES),
        ("Next Steps for the editor", Meaning.NEXT_STEPS),
        ("Integration Points", Meaning.TARGETS),
        ("Safety Profile", Meaning.SAFETY),
        ("Limitations", Meaning.LIMITATIONS),
        ("Study Design", Meaning.DESIGN),
        ("ABSTRACT", Meaning.SUMMARY),
        ("References", Meaning.REFERENCES),
        ("Related Papers", Meaning.REFERENCES),
        ("Why This Matters", Meaning.IMPLICATIONS),
        ("A walk in the park", Meaning.OTHER),
        ("", Meaning.OTHER),
    ],
)
def test_a_heading_is_known_by_its_words(heading: str, meaning: Meaning) -> None:
    assert meaning_of(heading) is meaning


def test_a_heading_is_brought_down_to_its_words() -> None:
    assert plain_heading("## 2.1 ✅ **Key** Findings (short): yes") == "key findings"


def test_the_title_is_the_head_and_meanings_are_handed_down() -> None:
    status = "## Integration Status\n- a\n### Appendix\n- b\n### Next Steps\n- c\n"
    text = "# Doe 2020\nwords\n" + status + "## Other\n### Files\n- d\n"
    assert outline(text) == [
        ("Doe 2020", 1, Meaning.HEAD),
        ("Integration Status", 2, Meaning.STATUS),
        ("Appendix", 3, Meaning.STATUS),
        ("Next Steps", 3, Meaning.NEXT_STEPS),
        ("Other", 2, Meaning.OTHER),
        ("Files", 3, Meaning.FILES),
    ]


def test_underlined_headings_and_plain_words_with_a_colon() -> None:
    assert outline("A title\n=======\n\nStatus\n------\n\ntext\n", "a/README.rst") == [
        ("A title", 1, Meaning.HEAD),
        ("Status", 2, Meaning.STATUS),
    ]
    assert outline("A title\n\nABSTRACT:\nwords\n", "a/abstract.txt") == [
        ("", 0, Meaning.HEAD),
        ("ABSTRACT", 6, Meaning.SUMMARY),
    ]


def test_rules_fences_and_front_matter_are_no_headings() -> None:
    text = (
        "---\ntitle: x\n---\n\nwords\nmore\n---\n\n```text\n# no\n~~~\n## no\n```\n\n- item\n---\n**Label:** x\n---\n"
    )
    assert outline(text) == [("", 0, Meaning.HEAD)]


def test_the_closing_signs_of_a_heading_are_not_its_text() -> None:
    text = "## Status ##  \r\nline\r\n# C#\r\n"
    parts = sections(Source("a.md", text))
    assert [(part.heading.value, part.heading.span.text) for part in parts if part.heading] == [
        ("Status", "Status"),
        ("C#", "C#"),
    ]
    assert [line.text for line in parts[0].lines] == ["line"]


def test_lines_know_where_they_stand_and_what_parts_them() -> None:
    source = Source("a.md", "# T\none\ntwo  \n\n  three\n```\ncode\n```\nfour\r\n\r\nfive")
    lines = sections(source)[0].lines
    assert [(line.text, line.fenced, line.apart) for line in lines] == [
        ("one", False, True),
        ("two", False, False),
        ("  three", False, True),
        ("code", True, True),
        ("four", False, True),
        ("five", False, True),
    ]
    assert all(source.text.startswith(line.text, line.start) for line in lines)
