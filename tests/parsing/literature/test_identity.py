"""Which work a folder is about, and which works its texts only mention."""

from __future__ import annotations

import pytest

from ketreview.model.stated import Identity
from tests.parsing.literature.folders import read, values

CITATION = "Doe J, Roe R. Sleep of mice after a single dose. *J Mice*. 2020;4(2):10-19."
TITLE = "Sleep of mice after a single dose"


def test_a_readme_with_labels() -> None:
    found = read(
        README=f"# Sleep of mice (Doe 2020)\n\n**Citation:** {CITATION}\n\n**DOI:** 10.1000/mice(20)00001-2.\n"
        "**PMID:** 12345678\n**BibTeX key:** `doe2020sleep`\n\n## Key Findings\n\nAs in 10.1000/other.\n"
    )
    assert found.heading is not None
    assert found.heading.value == "Sleep of mice (Doe 2020)"
    assert values(found.identity.citations) == [CITATION]
    assert values(found.identity.dois) == ["10.1000/mice(20)00001-2"]
    assert values(found.identity.pmids) == ["12345678"]
    assert values(found.identity.keys) == ["doe2020sleep"]
    assert values(found.identity.titles) == [TITLE]


@pytest.mark.parametrize(
    "line",
    [
        "DOI: 10.1000/mice.1",
        "- **DOI:** 10.1000/mice.1",
        "doi:10.1000/mice.1",
        "**DOI**: [10.1000/mice.1](https://doi.org/10.1000/mice.1)",
        "| DOI | `10.1000/mice.1` |",
        "DOI: https://doi.org/10.1000/mice.1",
        "**DOI:**\n10.1000/mice.1",
        "## DOI: 10.1000/mice.1",
        "📎 DOI: 10.1000/mice.1;",
        "> DOI: 10.1000/mice.1",
    ],
)
def test_ways_to_label_a_doi(line: str) -> None:
    found = read(notes=f"# Notes\n\n{line}\n").identity.dois
    assert {doi.value for doi in found} == {"10.1000/mice.1"}
    assert found[0].span.text == "10.1000/mice.1"


@pytest.mark.parametrize(
    "line",
    [
        "**DOI:** Not available",
        "DOI: none",
        "**DOI:** see 10.1000 of the publisher",
        "The DOI: of the other is 10.1000/other",
        "Also compare https://doi.org/10.1000/other",
    ],
)
def test_what_is_no_doi_of_the_folder(line: str) -> None:
    assert read(notes=f"# Notes\n\n{line}\n").identity.dois == ()


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("**BibTeX key:** `doe2020`", "doe2020"),
        ("BibTeX: doe2020", "doe2020"),
        ("Citation key: @doe2020", "doe2020"),
        ("- **Cite key:** `smith_roe:2020-a` (also in the store)", "smith_roe:2020-a"),
        ("**BibTeX key:** `doe2020` (or `roe2020`)", "doe2020"),
        ("BibTeX: pending", ""),
        ("**BibTeX key:** to be chosen", ""),
        ("BibTeX key: none yet", ""),
    ],
)
def test_ways_to_label_a_key(line: str, key: str) -> None:
    assert values(read(README=f"# T\n\n{line}\n").identity.keys) == ([key] if key else [])


def test_a_section_on_the_citation() -> None:
    found = read(
        README=f"# Mice\n\n## Citation\n\n{CITATION} doi: 10.1000/mice.1. PMID: 123456.\n\n**Key:** `doe2020`\n"
    )
    assert values(found.identity.dois) == ["10.1000/mice.1"]
    assert values(found.identity.pmids) == ["123456"]
    assert values(found.identity.keys) == ["doe2020"]
    assert values(found.identity.titles) == [TITLE]


def test_several_references_are_not_one_work() -> None:
    text = "# T\n\n## Citation\n\n- Doe J. A. 2020. doi: 10.1000/a\n- Roe R. B. 2021. doi: 10.1000/b\n"
    assert read(README=text).identity == Identity()


def test_references_and_prose_are_of_others() -> None:
    text = (
        "# T\n\nSee PMID: 999.\n\n## References\n\n- DOI: 10.1000/other\n\n## Related work\n\n**DOI:** 10.1000/third\n"
    )
    assert read(notes=text).identity == Identity()


def test_a_bibtex_block() -> None:
    fields = "  title = {{Sleep of mice}},\n  doi = {10.1000/mice.1},\n  pmid = {77},\n"
    block = "```bibtex\n@article{doe2020,\n" + fields + "}\n```\n"
    found = read(README=f"# T\n\n## BibTeX\n\n{block}").identity
    assert values(found.keys) == ["doe2020"]
    assert values(found.dois) == ["10.1000/mice.1"]
    assert values(found.pmids) == ["77"]
    two = block + block.replace("doe", "roe")
    assert read(README=f"# T\n\n## BibTeX\n\n{two}").identity == Identity()


def test_an_abstract_with_its_names_at_the_end() -> None:
    head = f"{TITLE}\n\nAuthors: J Doe, R Roe\nJournal: J Mice\n\n"
    text = head + "ABSTRACT:\nMice slept.\n\nDOI: 10.1000/mice.1\nPubMed: 123\n"
    found = read(abstract=text).identity
    assert values(found.dois) == ["10.1000/mice.1"]
    assert values(found.pmids) == ["123"]
    assert values(found.titles) == [TITLE]


def test_an_abstract_as_pubmed_prints_it() -> None:
    text = (
        "1. J Mice. 2020 Jan 5;4(2):10-19. doi: 10.1000/mice.1.\n\nSleep of mice after a \nsingle dose.\n\n"
        "Doe J(1), Roe R(2).\n\nBACKGROUND: Mice sleep.\n\nComment in\n    J Rats. 2021. doi: 10.1000/rats.9.\n\n"
        "DOI: 10.1000/mice.1\nPMID: 1234567 [Indexed for MEDLINE]\n"
    )
    found = read(abstract=text).identity
    assert values(found.dois) == ["10.1000/mice.1"]
    assert values(found.pmids) == ["1234567"]
    assert values(found.titles) == [TITLE]


def test_an_abstract_that_begins_with_a_citation() -> None:
    found = read(abstract=f"{CITATION[:-1]}. doi: 10.1000/mice.1. PMID: 55\n\nABSTRACT:\n\nMice.\n").identity
    assert values(found.dois) == ["10.1000/mice.1"]
    assert values(found.pmids) == ["55"]
    assert values(found.titles) == [TITLE]


def test_prose_at_the_beginning_of_an_abstract_is_no_title() -> None:
    assert read(abstract="This study asked whether mice sleep. They do.\n\nDOI: 10.1000/a\n").identity.titles == ()


def test_what_several_texts_state_is_one_and_the_first_place_counts() -> None:
    found = read(
        abstract="T\n\ndoi: 10.1000/MICE.1\n",
        notes="# N\n\nDOI: 10.1000/mice.1\n",
        README="# R\n\nDOI: 10.1000/Mice.1\n",
    )
    assert [(doi.value, doi.span.path) for doi in found.identity.dois] == [
        ("10.1000/Mice.1", "literature/mice/Doe_2020/README.md")
    ]


def test_two_dois_for_one_folder_are_both_kept() -> None:
    found = read(README="# R\n\nDOI: 10.1000/a\n", notes="# N\n\nDOI: 10.1000/b\n")
    assert values(found.identity.dois) == ["10.1000/a", "10.1000/b"]


def test_a_key_stated_further_down_counts_if_it_is_the_only_one() -> None:
    assert values(read(guide="# G\n\n## Text\n\n**BibTeX key:** `doe2020`\n").identity.keys) == ["doe2020"]
    assert read(guide="# G\n\n## A\n\nBibTeX key: `doe2020`\n\n## B\n\nBibTeX key: `roe2021`\n").identity.keys == ()


def test_a_topic_folder_has_the_identity_of_its_readme_alone() -> None:
    texts = {"README": f"# Mice\n\n**Citation:** {CITATION}\n**DOI:** 10.1000/a\n", "notes": "# N\n\nDOI: 10.1000/b\n"}
    below = "Roe_2021/notes.md"
    assert values(read(below, **texts).identity.dois) == ["10.1000/a"]
    assert read(below, README="# Mice\n\nDOI: 10.1000/a\n").identity == Identity()
    assert read("figure.png", README="# Mice\n\nDOI: 10.1000/a\n").identity != Identity()


def test_a_folder_with_texts_on_several_works_is_about_none() -> None:
    one = (
        "### {0}\n\n**Citation:** {0} J. The sleep of {0} after a single dose. *J Mice*. 2020.\n**Key:** `{0}2020`\n\n"
    )
    assert read(
        README="# Mice\n\n" + one.format("Doe") + one.format("Roe"), abstract="T\n\nDOI: 10.1000/a\n"
    ).identity == (Identity())
    assert read(abstract_a="T\n\nDOI: 10.1000/a\n", abstract_b="T\n\nDOI: 10.1000/b\n").identity == Identity()
