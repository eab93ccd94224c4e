"""The chapters of the shipped reviews, read as text: words for a reader, not ids, keys or terms of the format."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from ketreview import pipeline
from ketreview.config import Settings
from ketreview.document import Document
from ketreview.files import Files
from ketreview.linking import Corpus
from ketreview.render.documents import latex, markdown, typst
from ketreview.reports import chapter

ROOT = Path(__file__).parents[2]
REVIEWS = sorted(path.stem for path in (ROOT / "reviews").glob("*.yaml"))
ENGLISH = {"long-term"}
"""Ids that are words of the language."""
CITATION = re.compile(r"(?<!\\)\[[^\]]*@[^\]]*\]")
COMMENT = re.compile(r"^<!-- .* -->$", re.MULTILINE)
ADDRESS = re.compile(r"https?://\S+")
WORD = re.compile(r"(?<![\w./-])\w[\w-]*(?![\w/-])")

pytestmark = pytest.mark.parametrize("review", REVIEWS)


@cache
def corpus() -> Corpus:
    return pipeline.read(Files(ROOT), Settings(), date(2026, 11, 21)).corpus


@cache
def text(name: str) -> str:
    """A chapter as exported, without its front matter, its comments, citations and web addresses."""
    review = corpus().review(name)
    assert review is not None
    body = markdown.render(chapter.document(corpus(), review)).split("---\n", 2)[2]
    return ADDRESS.sub("", CITATION.sub("", COMMENT.sub("", body)).replace("\\ ", "\u00a0").replace("\\", ""))


def ids() -> Iterator[str]:
    """The ids of every review's records, and the keys of the store."""
    for review in corpus().reviews:
        yield review.id
        for records in (
            *(review.studies, review.claims, review.certainty, review.trials),
            *(review.concerns, review.sources, review.next_steps),
        ):
            yield from (record.id for record in records)
    yield from (entry.key for entry in corpus().entries)


def test_no_id_or_key_stands_in_the_text(review: str) -> None:
    named = {name for name in ids() if re.search(r"[-\d]", name)} - ENGLISH
    assert sorted(named & set(WORD.findall(text(review)))) == []


def test_no_term_of_the_format_stands_in_the_text(review: str) -> None:
    assert re.findall(r"\w+_\w+", text(review)) == []


def test_figures_and_dates_are_set_as_a_text_sets_them(review: str) -> None:
    told = text(review)
    assert re.findall(r".{9}(?<![^\s(])-\d.*", told) == []
    assert re.findall(r"\d +%", told.replace("\u00a0", "~")) == []
    assert re.findall(r"(?<![\w./-])\d{4}-\d\d(?:-\d\d)?(?![\w-])", told) == []


def test_no_parentheses_stand_in_parentheses(review: str) -> None:
    assert re.findall(r"\([^()]*\s\([^()]*\)[^()]*\)", text(review)) == []


@pytest.mark.parametrize("render", [latex.render, markdown.render, typst.render], ids=["latex", "markdown", "typst"])
def test_an_editor_that_cuts_blanks_at_line_ends_changes_nothing(
    review: str, render: Callable[[Document], str]
) -> None:
    found = corpus().review(review)
    assert found is not None
    lines = render(chapter.document(corpus(), found)).splitlines()
    assert [line for line in lines if line != line.rstrip(" \t")] == []
