"""The chapter of a review: what it says, what it leaves out, and that keys are resolved or named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ketreview import pipeline
from ketreview.changes.drafts import stamped
from ketreview.config import Settings
from ketreview.document import (
    Cite,
    Column,
    Comment,
    Document,
    Heading,
    Item,
    Items,
    Paragraph,
    Table,
    line,
    lines,
    plain,
)
from ketreview.files import Files
from ketreview.linking import Corpus
from ketreview.model.partial_date import PartialDate
from ketreview.model.vocabulary import Design, Species
from ketreview.render.documents import latex, markdown, typst
from ketreview.reports import chapter
from ketreview.reports.chapter import terms, typography

STORE = """\
@article{anand2023, author = {Anand, Amit and Mathew, Sanjay J. and Hu, Bo}, title = {T}, journal = {J}, year = {2023}}
@article{klein2020, author = {Klein, Eva and Roe, R.}, title = {T}, journal = {J}, year = {2020}}
@article{zhang2019, author = {Zhang, Li}, title = {T}, journal = {J}, year = {2019}}
@misc{fda2019, author = {{U.S. Food \\& Drug Administration}}, title = {T}, year = {2019}}
"""
HEAD = "schema_version: 1\nid: r\ntitle: Ketamine for R\nstatus: active\n"
FULL = (Path(__file__).parent / "chapter.yaml").read_text(encoding="utf-8")


def read(tmp_path: Path, review: str, store: str = STORE) -> Corpus:
    buffers = {"reviews/r.yaml": review.encode(), "references.bib": store.encode()}
    (tmp_path / "reviews").mkdir(exist_ok=True)
    for path, content in buffers.items():
        (tmp_path / path).write_bytes(content)
    project = pipeline.read(Files(tmp_path), Settings(), date(2026, 11, 21))
    assert [finding.message for finding in project.reading] == []
    return project.corpus


def written(tmp_path: Path, review: str, folder: str = "") -> Document:
    corpus = read(tmp_path, review)
    return chapter.document(corpus, corpus.reviews[0], folder)


def said(document: Document) -> list[str]:
    return [plain(content) for content in lines(document.blocks)]


def titles(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading)]


def claim(text: str) -> str:
    return f"{HEAD}{STUDIES}claims:\n- {{id: c, {text}}}\n"


STUDIES = """\
studies:
- {id: human, cites: [anand2023], design: randomised_trial, species: human, state: read}
- {id: mouse, cites: [zhang2019], design: animal_experiment, species: mouse, state: read}
- {id: rodent, cites: [klein2020], design: animal_experiment, species: rodent, state: read}
- {id: named, reference: Safety review 2024, design: unknown, state: found}
- {id: lost, cites: [gone2020, anand2023], design: cohort, state: found}
"""


def test_an_empty_review_has_no_empty_sections(tmp_path: Path) -> None:
    document = written(tmp_path, HEAD)
    assert titles(document) == ["State of the evidence"]
    assert said(document) == ["No search of the review's own is recorded."]
    assert document.bibliography == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kind: efficacy, statement: It works., supports: [{study: human}]", "It works [anand2023]."),
        ("kind: efficacy, statement: It works., supports: [{cites: fda2019, locator: p. 2}]", "It works [fda2019]."),
        (
            "kind: efficacy, statement: It works., supports: [{study: human}, {study: mouse}]",
            "It works [anand2023], [zhang2019] (in mice).",
        ),
        (
            "kind: efficacy, statement: It works., supports: [{study: named}]",
            "It works (Safety review 2024; not in the store).",
        ),
        (
            "kind: efficacy, statement: It works., supports: [{study: lost}]",
            "It works [anand2023], gone2020 (not in the store).",
        ),
        (
            "kind: efficacy, statement: It works., species: mouse, supports: [{study: mouse}]",
            "It works (in mice) [zhang2019].",
        ),
        (
            "kind: efficacy, statement: In mice it works., species: mouse, supports: [{study: mouse}]",
            "In mice it works [zhang2019].",
        ),
        ("kind: efficacy, statement: It works.", "It works.†"),
        ("kind: gap, statement: 'Does it work?'", "Does it work?†"),
        (
            "kind: cost, statement: It is dear., values: [{what: price, low: 1000, unit: USD, qualifier: at least}]",
            "It is dear (price: at least 1000\u00a0USD).†",
        ),
        (
            "kind: cost, statement: 'It costs 1,000 USD.', values: [{what: price, low: 1000, unit: USD}]",
            "It costs 1,000 USD.†",
        ),
        ("kind: practice, statement: Two hours pass., values: [{what: wait, low: 2, unit: h}]", "Two hours pass.†"),
    ],
)
def test_a_claim(text: str, expected: str, tmp_path: Path) -> None:
    assert expected in said(written(tmp_path, claim(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "supports: [{study: human}], challenges: [{study: mouse}, {study: rodent}]",
            "Supported by Anand et al. 2023 [anand2023]; challenged by Zhang 2019 [zhang2019] (in mice)"
            " and Klein and Roe 2020 [klein2020] (in rodents).",
        ),
        ("challenges: [{cites: fda2019}]", "Challenged by U.S. Food & Drug Administration 2019 [fda2019]."),
    ],
)
def test_a_contested_claim(text: str, expected: str, tmp_path: Path) -> None:
    document = written(tmp_path, claim(f"kind: mechanism, statement: It binds., species: human, {text}"))
    told = said(document)
    assert told[told.index("It binds.") + 1] == expected


def test_a_trial_that_nobody_has_looked_up(tmp_path: Path) -> None:
    told = said(written(tmp_path, HEAD + "trials: [{id: a, title: A, registrations: [NCT00000001], start: 2020}]\n"))
    assert any("Status not looked up; started 2020" in line for line in told), told


def test_every_section(tmp_path: Path, golden: Callable[[str, str], None]) -> None:
    document = written(tmp_path, FULL)
    kept = [block.text for block in document.blocks if isinstance(block, Heading) and block.level == 1]
    assert kept == [title for _, title, _ in chapter.SECTIONS]
    golden("chapter.md", stamped(markdown.render(document)))
    golden("chapter.tex", stamped(latex.render(document)))
    golden("chapter.typ", stamped(typst.render(document)))


def test_ids_stand_as_names(tmp_path: Path) -> None:
    text = "\n".join(said(written(tmp_path, FULL)))
    for name in ("pop-a", "ket-iv", "arm-p", "iv-plac", "out-resp", "src-news", "st-trial", "tr-one", "rate-resp"):
        assert name not in text


def test_only_keys_of_the_store_are_cited(tmp_path: Path) -> None:
    document = written(tmp_path, FULL)
    cited = {
        key for content in lines(document.blocks) for part in content if isinstance(part, Cite) for key in part.keys
    }
    assert cited <= {"anand2023", "klein2020", "zhang2019", "fda2019"}
    assert "missing2024 (not in the store)" in "\n".join(said(document))


@pytest.mark.parametrize(
    ("folder", "path"), [("", "references.bib"), ("drafts", "../references.bib"), ("a/b", "../../references.bib")]
)
def test_the_store_is_named_from_the_folder_of_the_draft(folder: str, path: str, tmp_path: Path) -> None:
    assert written(tmp_path, FULL, folder).bibliography == (path,)


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    assert typst.render(written(tmp_path, FULL)) == typst.render(written(tmp_path, FULL))


@pytest.mark.parametrize(
    ("currency", "expected"),
    [
        (
            "mode: living, interval_days: 90, last_search: 2026-10",
            "It is kept as a living review, to be searched anew every 90 days."
            " Its last search was in October 2026; the next is due by 29 January 2027.",
        ),
        (
            "mode: static, last_search: 2026-11-01",
            "It is kept as a static review. Its last search was on 1 November 2026.",
        ),
        (
            "mode: living, interval_days: 90, last_search: 9999-12",
            "It is kept as a living review, to be searched anew every 90 days. Its last search was in December 9999.",
        ),
    ],
)
def test_the_currency_of_a_review(currency: str, expected: str, tmp_path: Path) -> None:
    assert said(written(tmp_path, f"{HEAD}currency: {{{currency}}}\n")) == [expected]


def test_a_chapter_is_the_same_on_every_day(tmp_path: Path) -> None:
    corpus = read(tmp_path, FULL)
    later = replace(corpus, as_of=date(2031, 1, 1))
    assert chapter.document(later, later.reviews[0]) == chapter.document(corpus, corpus.reviews[0])


def test_the_first_part_that_every_chapter_has(tmp_path: Path) -> None:
    comments = [block.text for block in written(tmp_path, HEAD).blocks if isinstance(block, Comment)]
    assert comments == [f"ketreview:begin r/{chapter.ALWAYS}", "ketreview:end"]
    assert tuple(dict.fromkeys(chapter.PARTS)) == chapter.PARTS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two.", "One."),
        ("One figure is credited to a Dr. Podell. Two.", "One figure is credited to a Dr. Podell."),
        ("By Prof. A. B. Smith et al. (2024), e.g. Mice. Two.", "By Prof. A. B. Smith et al. (2024), e.g. Mice."),
        ("See Fig. A, No. (3), cf. Mr. and Mrs. X. Two? Three.", "See Fig. A, No. (3), cf. Mr. and Mrs. X. Two?"),
        ("Drug vs. ECT, i.e. A or B, by the U.S. Army. Two.", "Drug vs. ECT, i.e. A or B, by the U.S. Army."),
        ("The dose was 0.5. (It is low.)", "The dose was 0.5."),
        ("No stop", "No stop"),
        ("By Dr. No", "By Dr. No"),
        ("", ""),
    ],
)
def test_a_first_sentence(text: str, expected: str) -> None:
    assert terms.first_sentence(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mecp2-null mice (a model)", " (Mecp2-null mice [a model])"),
        ("(2R,6R)-HNK", " ((2R,6R)-HNK)"),
        ("in mice", " (in mice)"),
        ("", ""),
    ],
)
def test_an_aside(text: str, expected: str) -> None:
    assert terms.aside(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It fell by 5 % (-3.2, -4 to -1).", "It fell by 5\u00a0% (−3.2, −4 to −1)."),
        (
            "-2 in Covid-19, pages 3-4, see https://example.org/a-1",
            "−2 in Covid-19, pages 3-4, see https://example.org/a-1",
        ),
    ],
)
def test_signs_are_set_alike(text: str, expected: str) -> None:
    blocks = (
        Heading(text),
        Paragraph(line(text)),
        Items((Item(line(text), (line(text),)),)),
        Table((Column("c"),), ((line(text),),), text),
    )
    assert typography.typeset(blocks) == (
        Heading(expected),
        Paragraph(line(expected)),
        Items((Item(line(expected), (line(expected),)),)),
        Table((Column("c"),), ((line(expected),),), expected),
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [(5, "5"), (5.0, "5"), (-0.1, "−0.1"), (14.25, "14.25"), (1000, "1000"), (25000.0, "25,000"), (1e-07, "0.0000001")],
)
def test_numbers(value: float, expected: str) -> None:
    assert terms.number(value) == expected


@pytest.mark.parametrize(
    ("low", "high", "unit", "expected"),
    [
        (1, 2, "h", "1 to 2\u00a0h"),
        (1, 1, "h", "1\u00a0h"),
        (None, 2, "h", "up to 2\u00a0h"),
        (None, None, "hours", "hours"),
        (1, None, "", "1"),
        (None, None, "", ""),
    ],
)
def test_quantities(low: float | None, high: float | None, unit: str, expected: str) -> None:
    assert terms.quantity(low, high, unit) == expected


def test_words() -> None:
    assert terms.words(Design.CASE_CONTROL) == "case–control study"
    assert terms.words(Species.MOUSE) == "mice"
    assert terms.counted(1, "study") == "1 study"
    assert terms.counted(2, "meta-analysis") == "2 meta-analyses"
    assert terms.counted(3, "rating of certainty") == "3 ratings of certainty"
    assert terms.counted(2, "study of unknown design") == "2 studies of unknown design"
    assert terms.listed(["a", "b", "c"]) == "a, b and c"
    assert terms.day(PartialDate(2026, 1, 29)) == "29 January 2026"
    assert terms.sentence("mTOR rises") == "mTOR rises."
    assert terms.capital("a dose") == "A dose"
