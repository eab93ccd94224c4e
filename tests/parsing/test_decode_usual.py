"""A review of which nothing is wrong is read from the events as it is from the tree."""

# ruff: noqa: E501  tables of cases are wide

from __future__ import annotations

import subprocess
import sys
import tracemalloc
from dataclasses import fields
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ketreview.checking import all_rules
from ketreview.checking.examples import examples_of
from ketreview.diagnostics import Diagnostic
from ketreview.model.record import Record
from ketreview.model.review import Review
from ketreview.parsing.decode_usual import decode_usual
from ketreview.parsing.reviews import ReviewFile, parse_review
from ketreview.source import Source
from tests.parsing.model import good, places, with_value
from tests.parsing.test_hostile_yaml import HOSTILE
from tests.rules.test_cases import cases

ROOT = Path(__file__).parents[2]
SHIPPED = sorted((ROOT / "reviews").glob("*.yaml"))
HEAD = "schema_version: 1\nid: a\ntitle: A\nstatus: active\n"


def written(review: Any) -> str:
    return str(yaml.dump(review, Dumper=yaml.CSafeDumper, sort_keys=False))


def plain(value: Any) -> Any:
    """A record with all that it holds and the places of it, in values that can be compared."""
    if isinstance(value, Record):
        held = [(spec.name, plain(getattr(value, spec.name))) for spec in fields(value) if spec.name != "where"]
        return type(value), value.where.source.path, value.where.places, held
    return [plain(item) for item in value] if isinstance(value, tuple) else (type(value), value)


def fix(one: Diagnostic) -> Any:
    return one.fix and (one.fix.title, one.fix.safe, [(edit.span[1:], edit.text) for edit in one.fix.edits])


def everything(file: ReviewFile) -> tuple[object, ...]:
    found = [
        (one.code.id, one.message, one.span[1:], [(more.span[1:], more.message) for more in one.related], fix(one))
        for one in file.diagnostics
    ]
    comments = [(one.span[1:], one.codes[0][0], one.first, one.last) for one in file.suppressions]
    return plain(file.review), file.broken, comments, found


def read(data: bytes) -> bool:
    """Reads a review both ways, and holds the one against the other; whether the events were enough."""
    file = parse_review("a.yaml", data)
    with patch("ketreview.parsing.reviews.decode_usual", return_value=None):
        from_tree = parse_review("a.yaml", data)
    assert everything(file) == everything(from_tree)
    return file.review is not None and decode_usual(Review, file.source) is not None


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_shipped_reviews_need_no_tree(path: Path) -> None:
    assert read(path.read_bytes())


def test_generated_reviews_need_no_tree(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "bench" / "generate.py"), "--max", "100", "--out", str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True)
    generated = sorted(tmp_path.rglob("*.yaml"))
    assert len(generated) == 3
    assert all(read(path.read_bytes()) for path in generated)


def test_all_cases_and_examples() -> None:
    contents = [case.values[0].contents for case in cases()]
    contents += [
        {file.path: file.data() for file in one.files} for r in all_rules() for one in examples_of(r.code.documentation)
    ]
    texts = {data for files in contents for name, data in files.items() if name.startswith("reviews/")}
    usual = sum(map(read, texts))
    assert usual > 0.8 * len(texts) > 200


def test_a_right_value_of_every_field_is_usual() -> None:  # wrong ones are tried in test_decode.py
    for place in places():
        assert read(written(with_value(place, good(place.hint, place.field))).encode())


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files(name: str) -> None:
    read(HOSTILE[name].data)


STUDY = "studies:\n- &s {id: s, design: cohort, state: read}\n"
USUAL = {
    "a byte-order mark": "\ufeff" + HEAD,
    "a byte-order mark inside": HEAD + "note: a\ufeffb\n",
    "the end of the document": "---\n" + HEAD + "...\n",
    "lines of other systems": HEAD.replace("\n", "\r\n"),
    "keys in quotes": HEAD.replace("id:", '"id":').replace("title:", "? title\n:"),
    "a number in quotes": HEAD.replace("title: A", "title: '3'"),
    "words that are no values": HEAD + "summary: yes\n",
    "a text in lines": HEAD + "summary: >-\n  a\n  b\n\n# a comment\n",
    "an empty list": HEAD + "studies: []\n",
    "an anchor alone": HEAD + STUDY,
    "an alias of a text": HEAD.replace("id: a", "id: &a a").replace("title: A", "title: *a"),
    "an alias of a name": HEAD.replace("id: a", "id: &t title").replace("title: A", "*t : A"),
    "an alias of a list": HEAD + STUDY.replace("}", ", cites: &c [x, y]}\n- {id: t, design: cohort, state: read, cites: *c}"),
    "an anchor in an anchor": HEAD + "claims:\n- {id: a, kind: gap, statement: S, about: &x [&y b], supports: [{cites: *y}]}\n- {id: b, kind: gap, statement: S, about: *x}\n",
    "an anchor around an alias": HEAD + "claims:\n- {id: &y a, kind: gap, statement: S, about: &x [b, *y]}\n- {id: b, kind: gap, statement: S, about: *x}\n",
    "an anchor that is written again": HEAD + "summary: &a x\nnote: &a y\ncurrency: {mode: living, note: *a}\n",
    "statements": HEAD + "certainty:\n- {id: r, subject: x, scale: grade, level: low, as_stated: [{source: s, at: p, level: LOW, rated: 3}]}\n",
    "a statement in short": HEAD + "certainty:\n- {id: r, subject: x, scale: grade, level: low, as_stated: LOW}\n",
}  # fmt: skip
UNUSUAL = {
    "nothing": "",
    "a list": "- a\n",
    "a tag": HEAD.replace("title: A", "title: !!str A"),
    "a tag of a list": HEAD + "studies: !!seq []\n",
    "a tag of a record": "!!map\n" + HEAD,
    "a tag of a key": HEAD.replace("title:", "!!str title:"),
    "a second document": HEAD + "---\n" + HEAD,
    "a suppression": HEAD + "# ketreview: ignore[KR603] asked\n",
    "one in a text": HEAD + "summary: '# ketreview: ignore[KR603] asked'\n",
    "a name twice": HEAD + "title: B\n",
    "a name of a mapping twice": HEAD + "sources: [{id: s, title: S, references: [{label: a, printed: {a: b, a: c}}]}]\n",
    "a name of a statement twice": HEAD + "studies: [{id: s, design: cohort, state: read, as_stated: [{at: a, at: b}]}]\n",
    "a name that is no field": HEAD + "titel: B\n",
    "a statement of what is no field": HEAD + "studies: [{id: s, design: cohort, state: read, as_stated: [{titel: b}]}]\n",
    "an empty value in a statement": HEAD + "studies: [{id: s, design: cohort, state: read, as_stated: [{title: }]}]\n",
    "an id twice": HEAD + "studies: [{id: s, design: cohort, state: read}, {id: s, design: cohort, state: read}]\n",
    "an id twice by an alias": HEAD + STUDY + "- *s\n",
    "a tag of a name in a mapping": HEAD + "sources: [{id: s, title: S, references: [{label: a, printed: {!!str a: b}}]}]\n",
    "a tag of a name in a statement": HEAD + "studies: [{id: s, design: cohort, state: read, as_stated: [{!!str at: a}]}]\n",
    "a statement whose source is a number": HEAD + "studies: [{id: s, design: cohort, state: read, as_stated: [{source: 3}]}]\n",
    "a text that has to be of a form": HEAD.replace("id: a", "id: a b"),
    "a number that is too large": HEAD.replace("version: 1", "version: 2"),
    "a list that is too short": HEAD + "studies: [{id: s, design: cohort, state: read, results: [{outcome: o, ci: [1]}]}]\n",
    "what is missing": "schema_version: 1\nid: a\ntitle: A\n",
    "an alias of nothing": HEAD + "note: *a\n",
    "an alias in what it names": HEAD + "studies: &a [*a]\n",
    "an alias in what has its name again": HEAD + "note: &a x\nstudies: &a [{id: s, design: cohort, state: read, note: *a}]\n",
    "an alias of what is large": HEAD + "studies: [{id: s, design: cohort, state: read, cites: &a [" + "x, " * 1100 + "]},\n {id: t, design: cohort, state: read, cites: *a}]\n",
    "three aliases of what is rather large": HEAD + "studies:\n- {id: s, design: cohort, state: read, cites: &a [" + "x, " * 400 + "]}\n" + "".join(f"- {{id: {name}, design: cohort, state: read, cites: *a}}\n" for name in "tuv"),
    "one that had a small one's name": HEAD + "note: &a x\nstudies: [{id: s, design: cohort, state: read, cites: &a [" + "x, " * 1100 + "]},\n {id: t, design: cohort, state: read, cites: *a}]\n",
    "a sign that YAML forbids": HEAD + "note: a\x07b\n",
    "a NUL at the end": HEAD + "\0",
    "what stands behind the end": HEAD + "...\nx: [\n",
}  # fmt: skip


@pytest.mark.parametrize("name", USUAL)
def test_what_is_usual(name: str) -> None:
    assert read(USUAL[name].encode())


@pytest.mark.parametrize("name", UNUSUAL)
def test_what_is_not(name: str) -> None:
    read(UNUSUAL[name].encode())
    assert "ketreview:" in UNUSUAL[name] or decode_usual(Review, Source("a.yaml", UNUSUAL[name])) is None


@pytest.mark.parametrize("text", [*USUAL.values(), *UNUSUAL.values()], ids=[*USUAL, *UNUSUAL])
def test_what_is_read_without_libyaml(text: str) -> None:
    with patch("ketreview.parsing.yaml_events._Loader", yaml.SafeLoader):
        read(text.encode())


def test_a_large_file_is_not_kept_because_of_an_anchor() -> None:
    text = "&a\n" + HEAD + "note: '*'\nnext_steps:\n" + "- {text: a}\n" * 4000
    tracemalloc.start()
    try:
        assert decode_usual(Review, Source("a.yaml", text)) is not None
        assert tracemalloc.get_traced_memory()[1] < 500 * 4000
    finally:
        tracemalloc.stop()


BASES = [
    *(text.removesuffix("...\n") for text in USUAL.values()),
    *(written(with_value(place, good(place.hint, place.field))) for place in places()),
]
PIECES = (
    *"abn01.-+~:,[]{}#&*!|>'\"\n\t \r\0\x07\x85\ufeff\u2028é",
    *(": ", "- ", "\n- ", "  ", "? ", "*a", "&a ", "!!str ", "null", "true", "yes", "1.5", "2026-01", "---\n", "...\n", "# x"),
)  # fmt: skip


@st.composite
def mutants(draw: st.DrawFn) -> str:
    """A good review in which a few things are changed: characters, words, whole lines."""
    text = draw(st.sampled_from(BASES))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 5)))
        lines = text.splitlines(keepends=True) or [""]
        one, other = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
        text = draw(
            st.sampled_from(
                [
                    text[:start] + draw(st.sampled_from(PIECES)) + text[end:],
                    text[:start] + text[end:],
                    "".join([*lines[:one], lines[other], *lines[one:]]),
                    "".join([*lines[:one], *lines[one + 1 :]]),
                    "".join([*lines[:one], lines[other], *lines[one + 1 :]]),
                ]
            )
        )
    return text


@settings(max_examples=400)
@given(mutants())
def test_reviews_that_are_changed_at_random(text: str) -> None:
    read(text.encode("utf-8", "replace"))
