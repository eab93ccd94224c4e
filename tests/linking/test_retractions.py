"""Exports of retractions held against a store: look-ups, several exports, what falls, and what is kept of them."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ketreview import cache, pipeline
from ketreview.appraisal.retraction import Standing
from ketreview.cache import NotingFiles
from ketreview.config import Settings
from ketreview.files import Files
from ketreview.linking import Corpus, retractions
from ketreview.linking.duplicates import Reason
from ketreview.linking.impact import resting_on
from ketreview.linking.retraction_words import not_found, rests, told
from tests.projects import AS_OF, check, run, write
from tests.repositories import commit, repository

HEADER = "Record ID,Title,RetractionDate,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,Reason\n"
OLD = (
    HEADER
    + "1,Paper one,1/2/2020 0:00,10.1000/one,0,Retraction,\n2,Paper two,1/2/2020 0:00,10.1000/two,2,Retraction,\n"
)
NEW = (
    HEADER
    + "3,Paper two,1/2/2026 0:00,unavailable,2,Reinstatement,\n1,Paper one,1/2/2020 0:00,10.1000/one,0,Retraction,\n"
)
STORE = """\
@article{one, title = {Paper one}, doi = {10.1000/one}}
@article{two, title = {Paper two}, pmid = {2}}
@article{three, title = {Paper three}, doi = {10.1000/three}}
@article{four, title = {Paper four}}
@article{other, title = {A survey of rivers and fish}, doi = {10.1000/one}}
"""
REVIEW = """\
schema_version: 1
id: a
title: A
status: active
studies:
- {id: s1, cites: [one], design: cohort, state: read}
- {id: s2, cites: [one, three], design: cohort, state: read}
- {id: s3, cites: [other], design: cohort, state: read}
claims:
- {id: c1, kind: efficacy, statement: A, supports: [{study: s1}, {cites: other}]}
- {id: c2, kind: efficacy, statement: A, supports: [{study: s2}], challenges: [{study: s1}, {study: s2}]}
"""
FILES = {"old.csv": OLD, "new.csv": NEW, "references.bib": STORE, "reviews/a.yaml": REVIEW}


def corpus_of(root: Path, *exports: str, as_of: date = date(2026, 11, 20)) -> Corpus:
    settings = replace(Settings(), retractions=exports)
    return pipeline.read(Files(write(root, FILES)), settings, as_of).corpus


def test_without_an_export_nothing_is_known(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path)
    assert corpus.retractions.retracted == frozenset()
    assert all(corpus.retractions.of(entry) is None for entry in corpus.entries)


def test_look_ups(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, "old.csv")
    one, two, three, four, other = corpus.entries
    found = corpus.retractions.of(one)
    assert found is not None
    assert (found.standing, found.by, found.doubt) == (Standing.RETRACTED, Reason.DOI, "")
    assert corpus.retractions.of(three) is None
    assert corpus.retractions.of(four) is None
    doubtful = corpus.retractions.of(other)
    assert doubtful is not None
    assert doubtful.doubt.startswith("its title there is `Paper one`")
    assert corpus.retractions.retracted == {"one", "two"}
    assert "no proof" in not_found(three, corpus)
    assert not_found(four, corpus).startswith("It has neither a DOI nor a PMID")
    assert (by := corpus.retractions.of(two)) is not None
    assert by.by is Reason.PMID


def test_what_one_export_has_and_another_takes_back(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, "old.csv", "new.csv")
    assert corpus.retractions.retracted == {"one"}
    found = corpus.retractions.of(corpus.entries[1])
    assert found is not None
    assert (found.standing, found.notice.path) == (Standing.REINSTATED, "new.csv")
    assert corpus_of(tmp_path, "old.csv", "new.csv", as_of=date(2025, 1, 1)).retractions.retracted == {"one", "two"}


def test_as_many_notices_of_a_paper_are_asked_as_it_may_have(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retractions, "_MOST_NOTICES", 2)
    row = "{},Paper one,1/2/2020 0:00,10.1000/one,0,{},\n"
    rows = [row.format(*one) for one in enumerate(("Correction", "Expression of concern", "Retraction"))]
    write(tmp_path, {"many.csv": HEADER + "".join(rows)})
    corpus = corpus_of(tmp_path, "many.csv")
    found = corpus.retractions.of(corpus.entries[0])
    assert found is not None
    assert found.standing is Standing.CONCERN


def test_what_rests_on_an_entry(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, "old.csv")
    found = [(one.kind, one.id, one.alone) for one in resting_on(corpus, "one")]
    assert found == [
        ("claim", "c1", False),
        ("claim", "c2", False),
        ("challenge", "c2", False),
        ("study", "s1", True),
        ("study", "s2", False),
    ]
    with_others = {(one.kind, one.id) for one in resting_on(corpus, "one", {"three", "other"}) if one.alone}
    assert with_others == {("claim", "c1"), ("claim", "c2"), ("challenge", "c2"), ("study", "s1"), ("study", "s2")}
    assert rests(resting_on(corpus, "four")) == "nothing in reviews and chapters rests on it"


def test_many_things_rest_on_an_entry(tmp_path: Path) -> None:
    claims = "".join(f"- {{id: c{n}, kind: gap, statement: A, supports: [{{cites: one}}]}}\n" for n in range(20))
    review = REVIEW[: REVIEW.index("claims:")] + "claims:\n" + claims
    settings = replace(Settings(), retractions=("old.csv",))
    root = write(tmp_path, {**FILES, "reviews/a.yaml": review})
    corpus = pipeline.read(Files(root), settings, date(2026, 11, 20)).corpus
    found = corpus.retractions.of(corpus.entries[0])
    assert found is not None
    what = told(found, corpus)
    assert "the claims `c0` (alone), `c1` (alone), `c2` (alone), `c3` (alone), `c4` (alone) and 15 more" in what.message
    assert len(what.related) == 13
    assert what.related[-1].message == "in this export, record `1`"


def test_a_missing_export_is_said(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "ketreview.toml": 'retractions = "gone.csv"\n'})
    (finding,) = check(tmp_path, "--select", "KR80").findings
    assert (finding["code"], finding["line"], finding["column"]) == ("KR009", 1, 16)
    write(tmp_path, {"ketreview.toml": 'retractions = ["gone*.csv"]\n'})
    (finding,) = check(tmp_path, "--select", "KR80,KR905").findings
    assert (finding["code"], finding["path"]) == ("KR905", "ketreview.toml")


def test_a_broken_export_is_said_in_check_and_beside_reports(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "old.csv": "<html>\n", "ketreview.toml": 'retractions = "old.csv"\n'})
    done = check(tmp_path, "--select", "KR80")
    assert done.code == 1
    assert [finding["code"] for finding in done.findings] == ["KR014"]
    assert "1 fault of reading in old.csv" in run(tmp_path, "show", "one", *AS_OF).talk


def test_what_was_gathered_is_kept_and_holds_as_long_as_the_file(tmp_path: Path) -> None:
    padding = "".join(f"{n},Paper,1/2/2020 0:00,10.1000/p{n},0,Retraction,\n" for n in range(2000))
    root = write(tmp_path, {**FILES, "old.csv": OLD + padding, "ketreview.toml": 'retractions = "old.csv"\n'})
    os.utime(root / "old.csv", (1_700_000_000, 1_700_000_000))
    anew = check(root, "--select", "KR80", "--no-cache")
    assert check(root, "--select", "KR80").raw == anew.raw
    kept = json.loads((root / cache.FOLDER / "files.json").read_bytes())
    assert list(kept["files"]) == ["old.csv"]
    write(root, {"reviews/b.yaml": REVIEW.replace("id: a", "id: b")})
    files = NotingFiles(root)
    settings = replace(Settings(), retractions=("old.csv",))
    corpus = pipeline.read(files, settings, date(2026, 11, 20)).corpus
    assert files.facts.now.keys() == {"old.csv"}
    assert files.facts.fresh == 0
    assert corpus.retractions.retracted == {"one", "two"}
    write(root, {"old.csv": HEADER + "9,Paper three,1/2/2020 0:00,10.1000/three,0,Retraction,\n"})
    (finding,) = check(root, "--select", "KR801").findings
    assert finding["subject"]["key"] == "three"


@pytest.mark.parametrize("facts", [[1], [1, "", "a\nb", [1], {}], [1, 2, 3, 4, 5]])
def test_kept_facts_that_are_none_are_not_used(tmp_path: Path, facts: object) -> None:
    class Kept(NotingFiles):
        def recall(self, path: str) -> object:
            return facts

    write(tmp_path, FILES)
    settings = replace(Settings(), retractions=("old.csv",))
    corpus = pipeline.read(Kept(tmp_path), settings, date(2026, 11, 20)).corpus
    assert corpus.retractions.retracted == {"one", "two"}


def test_an_export_that_is_gone_when_a_row_is_asked_for(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, "old.csv")
    gone = tuple(replace(export, read=lambda: b"") for export in corpus.exports)
    assert replace(corpus, exports=gone).retractions.retracted == frozenset()


def test_show_says_what_falls(tmp_path: Path) -> None:
    root = write(tmp_path, {**FILES, "ketreview.toml": 'retractions = "old.csv"\n'})
    (shown,) = run(root, "show", "one", *AS_OF, "--format", "json").json["records"]
    published = shown["published"]
    assert (published["standing"], published["sure"], published["date"]) == ("retracted", True, "2020-01-02")
    assert [(one["kind"], one["id"], one["alone"]) for one in published["falls"]][:2] == [
        ("claim", "c1", False),
        ("claim", "c2", False),
    ]
    (shown,) = run(root, "show", "three", *AS_OF, "--format", "json").json["records"]
    assert (shown["published"]["standing"], shown["published"]["falls"]) == ("not_found", [])
    write(root, {"ketreview.toml": 'retractions = ["old.csv", "new.csv"]\n'})
    (shown,) = run(root, "show", "two", *AS_OF, "--format", "json").json["records"]
    assert shown["published"]["standing"] == "reinstated"
    write(root, {"ketreview.toml": ""})
    (shown,) = run(root, "show", "one", *AS_OF, "--format", "json").json["records"]
    assert "published" not in shown


def test_show_for_people(tmp_path: Path) -> None:
    root = write(tmp_path, {**FILES, "ketreview.toml": 'retractions = "old.csv"\n'})
    out = run(root, "show", "one", *AS_OF, COLUMNS="80").out
    assert "It was retracted on 2020-01-02 (by record 1 of old.csv, whose newest notice is" in out
    assert "claim          a: c1  it is among what supports this claim" in out
    out = run(root, "show", "three", *AS_OF, COLUMNS="80").out
    assert "No notice about it was found in old.csv (its newest notice is of 2020-01-02)," in out


def test_a_retraction_is_news_since_a_commit_though_no_record_changed(tmp_path: Path) -> None:
    settings = 'retractions = "old.csv"\n'
    root = repository(
        tmp_path, {**FILES, "old.csv": NEW.replace("10.1000/one", "10.1000/none"), "ketreview.toml": settings}
    )
    assert check(root, "--select", "KR801", "--since", "HEAD").findings == []
    write(root, {"old.csv": OLD})
    keys = {finding["subject"]["key"] for finding in check(root, "--select", "KR801", "--since", "HEAD").findings}
    assert keys == {"one", "two", "other"}
    commit(root, {})
    assert check(root, "--select", "KR801", "--since", "HEAD").findings == []
