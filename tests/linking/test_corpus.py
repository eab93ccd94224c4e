"""Everything that was read, joined and indexed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from ketreview.checking import all_rules
from ketreview.config import Settings
from ketreview.linking import Corpus, Parts, link, listed_path, listed_paths
from ketreview.linking.books import Book
from ketreview.parsing.bibtex import parse_bib
from ketreview.parsing.reviews import parse_review

HEAD = "schema_version: 1\nid: {id}\ntitle: A review\nstatus: active\n"
ONE = HEAD.format(id="one") + (
    "question: {outcomes: [{id: o, name: O, importance: critical}]}\n"
    "sources: [{id: doc, title: D, cites: b, folder: lit, files: [{path: a.md}, {path: ./b.md}]}]\n"
    "studies:\n- {id: s, cites: [a, b], design: cohort, state: read}\n"
    "claims: [{id: c, kind: gap, statement: s, supports: [{study: s, cites: A}]}]\n"
    "integration: [{kind: file, target: x.md, state: done}, {kind: appendix, target: H, state: done}]\n"
)
TWO = (
    HEAD.format(id="two")
    + "studies: [{id: s, cites: [a], design: cohort, state: read}, {id: t, design: x, state: read}]\n"
)
STORES = ("@misc{a}\n@misc{b}\n@misc{a}\n", "@misc{B}\n@misc{c}\n")


def corpus(*texts: str, stores: tuple[str, ...] = STORES, store_complete: bool = True) -> Corpus:
    reviews = [parse_review(f"reviews/{index}.yaml", text.encode()) for index, text in enumerate(texts)]
    files = [parse_bib(f"{index}.bib", text.encode()) for index, text in enumerate(stores)]
    complete = store_complete and all(file.complete for file in files)
    parts = Parts(reviews, Book(None, frozenset(), tuple(files), (), complete))
    made, found = link(parts, settings=Settings(), as_of=date(2026, 11, 20))
    assert {finding.code.id for finding in found} <= {"KR008"}
    return made


def test_entries_and_keys() -> None:
    made = corpus(ONE)
    assert [entry.key for entry in made.entries] == ["a", "b", "a", "B", "c"]
    assert list(made.keys) == ["a", "b", "B", "c"]
    assert [entry.key_start for entry in made.entries_with("a")] == [6, 24]
    first = made.entry("a")
    assert first is not None
    assert first.key_start == 6
    assert list(made.keys_like("B")) == ["b", "B"]
    assert made.entry("A") is None
    assert list(made.entries_with("z")) == []
    assert list(made.keys_like("z")) == []


def test_citations_in_the_order_of_reviews_and_fields() -> None:
    made = corpus(ONE, TWO)
    assert [(citation.review, citation.record, citation.key) for citation in made.citations] == [
        ("one", "doc", "b"),
        ("one", "s", "a"),
        ("one", "s", "b"),
        ("one", "c", "A"),
        ("two", "s", "a"),
    ]
    assert [citation.span.path for citation in made.citations_of("a")] == ["reviews/0.yaml", "reviews/1.yaml"]
    assert [citation.span.text for citation in made.citations_of("b")] == ["b", "b"]
    assert list(made.citations_of("z")) == []


def test_records_by_kind_and_id() -> None:
    made = corpus(ONE, TWO)
    one, two = made.reviews
    assert made.review("one") is one
    assert made.review("three") is None
    assert made.record(one, "study", "s") is one.studies[0]
    assert made.record(one, "claim", "s") is None
    assert list(made.ids_of(one, "outcome")) == ["o"]
    assert made.review_of(two.studies[0]) is two
    assert made.broken == {"one": frozenset(), "two": frozenset({"t"})}


def test_a_second_review_with_an_id_that_is_taken_is_left_out() -> None:
    files = [parse_review(f"reviews/{name}.yaml", ONE.encode()) for name in "ab"]
    made, found = link(
        Parts(files, Book(None, frozenset(), (), (), complete=True)), settings=Settings(), as_of=date(2026, 11, 20)
    )
    assert [review.where.source.path for review in made.reviews] == ["reviews/a.yaml"]
    (finding,) = found
    assert (finding.code.id, finding.span.path, *finding.span.begin) == ("KR008", "reviews/b.yaml", 2, 5)
    assert [related.span.path for related in finding.related] == ["reviews/a.yaml"]
    assert not made.reviews_complete


def test_whether_the_store_is_complete() -> None:
    assert corpus(ONE).store_complete
    assert not corpus(ONE, store_complete=False).store_complete
    assert not corpus(ONE, stores=("@misc{a, title = {",)).store_complete
    assert corpus(ONE, stores=("@misc{a, title {x}}",)).store_complete


def test_listed_paths() -> None:
    made = corpus(ONE)
    source = made.reviews[0].sources[0]
    assert [listed_path(source, file) for file in source.files] == ["lit/a.md", "lit/b.md"]
    assert list(listed_paths(made.reviews)) == ["lit/a.md", "lit/b.md", "x.md"]


def test_what_was_left_out_is_gathered_once_for_all_entries() -> None:
    """Or asking it of each entry would take as many questions as there are entries times reviews."""

    class Counted(dict[str, frozenset[str]]):
        asked = 0

        def values(self) -> Any:
            self.asked += 1
            return super().values()

    broken = Counted({"one": frozenset({"a"}), "two": frozenset({"b"})})
    made = replace(corpus(ONE, TWO), broken=broken)
    rule = next(rule for rule in all_rules() if rule.code.name == "uncited-entry")
    found = [problem.key or problem.span.text for entry in made.entries for problem in rule.check(entry, made)]
    assert found == ["B", "c"]
    assert broken.asked == 1
