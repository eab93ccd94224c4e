"""What fuzzing and huge files once brought down: each is read soon, in little memory, and said in words."""

# ruff: noqa: E501  tables are wide

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from rich.console import Console

from ketreview.checking.examples import DEFAULT_AS_OF
from ketreview.config import read_settings
from ketreview.diagnostics import Diagnostic
from ketreview.globs import matches
from ketreview.linking.works import first_author
from ketreview.model.manuscript import MAX_CITATIONS
from ketreview.parsing import bibtex_values, exchange
from ketreview.parsing.bibtex import parse_bib
from ketreview.parsing.exchange import building
from ketreview.parsing.manuscripts import latex, markdown_inlines, notebook, parse_manuscript
from ketreview.parsing.reading import MAX_FAULTS
from ketreview.parsing.registry.clinicaltrials_gov import parse as parse_trials
from ketreview.parsing.reviews import parse_review
from ketreview.render.diagnostics import text
from ketreview.render.snippet import rows
from ketreview.source import Source, Span
from tests.changes.importing.folders import imported
from tests.examples import findings

HEAD = "schema_version: 1\nid: a\ntitle: A\nstatus: active\n"


def settings(data: str) -> list[Diagnostic]:
    return read_settings("ketreview.toml", data.encode())[1]


def review(data: str) -> tuple[Diagnostic, ...]:
    return parse_review("reviews/a.yaml", (HEAD + data).encode()).diagnostics


def store(data: str) -> tuple[Diagnostic, ...]:
    return parse_bib("a.bib", data.encode()).diagnostics


RAW: dict[str, tuple[Callable[[str], list[Diagnostic] | tuple[Diagnostic, ...]], str, str]] = {
    "a field of a store": (store, "@misc{a, t\x1b[31m = {A} year = 1}", r"after the value of `t\u001b[31m`"),
    "a key of a store": (store, "@misc{a\x1b = {A}}", r"no key before `a\u001b =`"),
    "an escaped tag": (review, "summary: !a%1b x\n", r"the tag `!a\u001b` is not plain YAML"),
    "a name that a source prints": (
        review, 'sources: [{id: a, title: A, references: [{label: "1", printed: {"a\\x1b\\n": }}]}]\n', r"`a\u001b\u000a` is",
    ),
    "a name of a setting": (settings, '"\\u001b" = 1\n', r"`\u001b` is not a setting"),
    "a word of the crosswalk": (settings, '[crosswalk]\n"\\u001b" = 1\n', r"`crosswalk.\u001b` is `1`"),
    "a value of a setting": (settings, 'dialect = "\\u001b"\n', r"`dialect` is `\u001b`"),
    "a name of a profile": (settings, '[profiles."\\u001b"]\n[profiles.b]\nlike = 1\n[profiles]\n', ""),
    "a profile among others": (settings, 'profile = "x"\n[profiles."\\u001b"]\nlike = "cochrane"\n', r"animal, `\u001b`"),
    "a path of a setting": (settings, 'reviews = ["../\\u001b"]\n', r"`../\u001b` leaves the project"),
}  # fmt: skip


@pytest.mark.parametrize("name", RAW)
def test_control_characters_are_told_as_their_codes(name: str) -> None:
    read, data, words = RAW[name]
    messages = [finding.message for finding in read(data)]
    assert any(words in message for message in messages), messages
    assert all(message.isprintable() for message in messages)


def test_a_message_of_a_rule_is_on_one_line_too(tmp_path: Path) -> None:
    files = {"references.bib": b"@misc{a\0\x1b[31m, title = {A}}\n", "reviews/a.yaml": HEAD.encode()}
    found = findings(tmp_path, files, DEFAULT_AS_OF)
    assert any(r"`a\u0000\u001b[31m`" in finding.message for finding in found)
    assert all(finding.message.isprintable() for finding in found)


TRIAL = '{"protocolSection": {"identificationModule": {"nctId": "NCT00000001", "briefTitle": "T"}}}'
SLOW: dict[str, Callable[[], object]] = {
    "blanks behind a directive of MyST": lambda: parse_manuscript("a.md", b"```{note}" + b" " * 100_000 + b"`\n{cite}`k`"),
    "tildes before a backtick in MyST": lambda: parse_manuscript("a.md", b"~" * 100_000 + b"`\n{cite}`k`"),
    "blanks in a directive of reStructuredText": lambda: parse_manuscript(
        "a.rst", b":cite:`k`\n\n.. include::" + b" " * 100_000 + b"x" + b" " * 100_000 + b"y\n"
    ),
    "colons in a directive of reStructuredText": lambda: parse_manuscript("a.rst", b":cite:`k`\n\n.. a" + b":" * 100_000 + b"\n"),
    "blanks below a directive of reStructuredText": lambda: parse_manuscript(
        "a.rst", b":cite:`k`\n\n.. bibliography:: a.bib\n\n   x" + b" " * 300_000 + b"y\n"
    ),
    "sets of a glob that nothing closes": lambda: matches("[a" * 50_000, "a"),
    "texts of a list of settings": lambda: settings("reviews = [" + '"a/\\u0062", ' * 80_000 + "]\n"),
    "digits of a registry's file": lambda: parse_trials("t.json", b"[" + (b"1" * 3_999 + b" ") * 250),
    "faults of a registry's file": lambda: parse_trials("t.json", b'{"studies": [' + b"{}," * 100_000 + b"{}]}"),
    "faults behind many studies": lambda: parse_trials("t.json", f'{{"studies": [{f"{TRIAL}," * 3_000}{"{},{}," * 50}{TRIAL}]}}'.encode()),
    "a paragraph with a label of 4,000 lines": lambda: imported({"README.md": "# A\n\n**Note:** a\n" + "b *c*\n" * 4_000}),
    "comments of a store that nothing closes": lambda: store("@comment{ @misc{h{" * 15_000),
    "blanks before a first author": lambda: first_author(parse_bib("a.bib", b"@misc{a, author = {A" + b" " * 200_000 + b"}}").entries[0]),
}  # fmt: skip
"""Each took from half a minute to hours: what is read again and again grows with the square."""


@pytest.mark.parametrize("name", SLOW)
def test_what_took_minutes_is_read_soon(name: str) -> None:
    SLOW[name]()


def _peak(act: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        act()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_strings_of_a_store_cannot_be_doubled_without_end() -> None:
    bomb = (
        "@string{a = {"
        + "x" * 1_000
        + "}}\n"
        + "@string{a = a # a}\n" * 40
        + "@misc{k, title = a}\n@misc{l, title = {L}}\n"
    )
    assert _peak(lambda: store(bomb)) < 30_000_000
    file = parse_bib("a.bib", bomb.encode())
    assert "`a` and other strings make far more text than the file" in file.diagnostics[0].message
    assert file.diagnostics[0].span.text == "a"
    assert file.entries[-1].fields[0].value == "L"


def test_a_long_string_cannot_be_used_without_end() -> None:
    string = "@string{a = {" + "x" * 100_000 + "}}\n"
    file = parse_bib("a.bib", (string + "@misc{k, title = a}\n" * 50).encode())
    assert [finding.span.begin.line for finding in file.diagnostics] == [*range(14, 52)]
    assert {finding.span.text for finding in file.diagnostics} == {"a"}
    assert sum(len(field.value) for entry in file.entries for field in entry.fields) < 2_000_000


def test_strings_of_a_store_may_be_used_often() -> None:
    entries = "".join(f"@misc{{k{number}, journal = j, month = jan}}\n" for number in range(3_000))
    file = parse_bib("a.bib", ("@string{j = {The Journal of Tea that Nobody Has Written}}\n" + entries).encode())
    assert file.diagnostics == ()
    assert len(file.entries) == 3_000


@pytest.mark.parametrize("begin", ['\n@preamble{"{', "\n@preamble{{", "@comment{{ "])
def test_ends_are_not_sought_again_and_again(begin: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many values nothing closes, only so many braces are passed for nothing."""
    sought: list[int] = []

    def counting(read: Callable[..., int]) -> Callable[..., int]:
        def counted(self: bibtex_values.Values, start: int, *rest: Any) -> int:
            sought.append(start)
            return read(self, start, *rest)

        return counted

    monkeypatch.setattr(bibtex_values, "_MAX_PASSED", 20_000)
    monkeypatch.setattr(bibtex_values.Values, "braced", counting(bibtex_values.Values.braced))
    monkeypatch.setattr(bibtex_values.Values, "quoted", counting(bibtex_values.Values.quoted))
    file = parse_bib("a.bib", (begin * 5_000 + "\n@misc(z, title = {Z})").encode())
    assert 0 < len(sought) < 20
    if begin.startswith("@comment"):  # nothing is hidden by one without an end
        assert file.entries[-1].key == "z"
    else:
        assert file.diagnostics
        assert not file.complete


def test_a_value_that_is_not_closed_far_from_the_next_costs_the_rest_only_where_there_are_many() -> None:
    good = "".join(f"@misc{{k{number}, title = {{A {{B}} C}}}}\n" for number in range(500))
    file = parse_bib("a.bib", (good + '@misc{bad, title = "A\n}\n' + good.replace("{k", "{l")).encode())
    assert [finding.span.begin.line for finding in file.diagnostics] == [501]
    assert len(file.entries) == 1_001
    assert file.complete


def test_thousands_of_faults_of_a_review_are_one_mistake() -> None:
    found = review("claims:\n" + "- a\n" * (MAX_FAULTS + 500))
    assert len(found) == MAX_FAULTS + 1
    assert found[-1].message == "500 more faults follow; mend these first"
    assert found[-1].span.begin.line == MAX_FAULTS + 5
    assert found[0].message.startswith("an item of `claims` is the text `a`")


def test_a_review_with_ten_thousand_faults_is_not_taken_and_its_ids_are_known() -> None:
    broken = "claims:\n" + "- a\n" * (12 * MAX_FAULTS) + "studies:\n- {id: doe, title: A, cites: [doe2020]}\n"
    file = parse_review("reviews/a.yaml", (HEAD + broken).encode())
    assert file.review is None
    assert file.broken >= {"a", "doe", "doe2020"}
    assert (
        file.diagnostics[-1].message
        == "more than 10,000 faults follow, and nothing of the file is taken; mend these first"
    )


def test_an_import_of_too_many_records_is_read_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "MAX_RECORDS", 20)
    records = "".join(f"TY  - JOUR\nTI  - T{number}\nER  - \n" for number in range(30))
    read = exchange.parse("a.ris", records.encode())
    assert [entry.fields for entry in read.entries] == [(("title", f"T{number}"),) for number in range(20)]
    (finding,) = read.diagnostics
    assert finding.message == "more than 20 records; those from here on are not read: part the file"
    assert finding.span.begin.line == 61


def test_a_million_braces_in_latex_take_little_memory() -> None:
    deep = b"\\cite" + b"{" * 1_000_000 + b"k" + b"}" * 1_000_000 + b"\n\n\\cite{l}\n"
    assert _peak(lambda: parse_manuscript("a.tex", deep)) < 20_000_000
    assert [mention.key for mention in parse_manuscript("a.tex", deep).citations] == ["l"]


def test_a_chapter_with_too_many_citations_is_read_so_far() -> None:
    chapter = parse_manuscript("a.md", b"".join(b"@k%d\n" % number for number in range(MAX_CITATIONS + 10)))
    assert len(chapter.citations) == MAX_CITATIONS
    (finding,) = chapter.diagnostics
    assert (finding.code.id, finding.span.begin) == ("KR013", (MAX_CITATIONS + 1, 2))
    assert finding.message == "more than 100,000 citations; those from here on are not read"
    assert not chapter.whole
    small = parse_manuscript("a.md", b"@k\n" * 1_000)
    assert (len(small.citations), small.whole, small.diagnostics) == (1_000, True, ())


LIMITED = {
    "Markdown": ("a.md", "@a\n\n`x` @b *@c* {{< include d.qmd >}}\n\n@e <!-- @f -->\n\n# G {#h}\n", (5, 1)),
    "one paragraph": ("a.md", "@a @b @c [@e](d) {{< include d.qmd >}} {#h}", (1, 11)),
    "a cell of a notebook": (
        "a.ipynb", '{"cells": [{"cell_type": "markdown", "source": "@a @b @c @e {{< include d.qmd >}} {#h}"}]}', (1, 58),
    ),
    "MyST": ("a.md", "@a @b @c @e {{< include d.qmd >}} {#h}\n\n```{bibliography}\n```\n", (1, 10)),
}  # fmt: skip


@pytest.mark.parametrize(("path", "data", "place"), LIMITED.values(), ids=LIMITED)
def test_keys_beyond_those_of_any_chapter_are_not_read(
    path: str, data: str, place: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some of them may be no citations, so that more are looked for than a chapter has; all else is read."""
    all_of_it = parse_manuscript(path, data.encode())
    assert ([mention.key for mention in all_of_it.citations], all_of_it.whole) == (["a", "b", "c", "e"], True)
    monkeypatch.setattr(markdown_inlines, "MOST_KEYS", 3)
    chapter = parse_manuscript(path, data.encode())
    assert [mention.key for mention in chapter.citations] == ["a", "b", "c"]
    assert ([link.path for link in chapter.includes], set(chapter.labels), chapter.whole) == (["d.qmd"], {"h"}, False)
    (finding,) = chapter.diagnostics
    assert finding.code.id == "KR013"
    assert finding.message.endswith(" keys behind `@`; those from here on are not read")
    assert finding.span.begin == place
    monkeypatch.setattr(markdown_inlines, "MOST_KEYS", 4)
    chapter = parse_manuscript(path, data.encode())
    assert (len(chapter.citations), chapter.diagnostics, chapter.whole) == (4, (), True)


def test_too_many_citations_of_a_notebook_hide_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notebook, "MAX_CITATIONS", 1)
    texts = ["@a @b", "@c", "{{< include d.qmd >}}", "# E {#f}", "---\nbibliography: g.bib\n---\n"]
    texts.append("<!-- ketreview: ignore[KR202] as a joke -->")
    cells = [{"cell_type": "markdown", "source": text} for text in texts]
    chapter = parse_manuscript("a.ipynb", json.dumps({"cells": cells}).encode())
    assert [mention.key for mention in chapter.citations] == ["a", "b"]
    assert ([link.path for link in chapter.includes], set(chapter.labels)) == (["d.qmd"], {"f"})
    assert [link.path for link in chapter.bibliographies] == ["g.bib"]
    assert len(chapter.suppressions) == 1


def test_too_many_citations_of_latex_hide_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(latex, "_MOST_CITATIONS", 1)
    text = "\\cite{a}\\cite{b}\\cite{c}\\footnote{\\cite{d}\\input{e}}\\nocite{*}\\bibitem{f}"
    chapter = parse_manuscript("a.tex", text.encode())
    assert [mention.key for mention in chapter.citations] == ["a", "b"]
    assert ([link.path for link in chapter.includes], chapter.cites_all, set(chapter.labels)) == (["e"], True, {"f"})


def test_settings_larger_than_settings_are_refused() -> None:
    (finding,) = settings("#" * (1 << 20) + "\n")
    assert (finding.code.id, finding.message) == ("KR012", "the file is larger than 1 MiB, which no settings are")


@pytest.mark.parametrize(
    "written",
    [
        'reviews = ["a.yaml", "<\\u0062/../../c"]\n',
        "reviews = ['a', # 'no' \"no\"\n  '''<../x''']\n",
        'reviews = [["../a"], "<../b"]\n',
        'reviews = [{a = "../a", b = ["../b"]}, "<../c"]\n',
        'retractions = "<../r.csv"\n',
        'reviews = ["<../x", "<../x"]\n',
        'reviews = ["""<..""", "a", \'<../"\']\n',
        'reviews = ["\\"", "<../a\\"]"]\nbibliography = ["<../b"]\n',
        '[[builds]]\nname = "a"\nroots = ["<../a"]\nbibliography = [ # "no"\n"b",\n"<../c"]\n',
    ],
)
def test_a_text_of_a_list_is_found_as_it_is_written(written: str) -> None:
    """Each `<` stands where one is that leaves the project."""
    parts = written.split("<")
    places = sorted(finding.span.start for finding in settings("".join(parts)) if "leaves" in finding.message)
    assert places == [len("".join(parts[:number])) for number in range(1, len(parts))]


def test_a_million_findings_on_one_line_are_each_cut_out_of_it() -> None:
    """A line may be a whole file: for each finding only what is shown of it is looked at."""
    line = Source("a.md", "é" * 3_000_000)
    chapter = parse_bib("a.bib", b"@misc{a, title = {A}\n").diagnostics[0]
    found = [
        Diagnostic(chapter.code, chapter.severity, "m", Span(line, at, at + 3)) for at in range(0, 3_000_000, 3_000)
    ]
    with Path("/dev/null").open("w", encoding="utf-8") as nowhere:
        peak = _peak(lambda: text.show(found, Console(file=nowhere, width=80), concise=False, fold=False))
    assert peak < 2_000_000  # the line itself has six


def test_what_is_shown_of_a_long_line_is_what_is_shown_of_a_short_one() -> None:
    random = Random(1)
    for _ in range(200):
        lead, marked, tail = (random.choice((0, 1, 30, 990, 1_500)) for _ in range(3))
        content = "a" * lead + "b" * marked + "c" * tail
        (row,) = rows(Span(Source("a", f"x\n{content}\ny"), 2 + lead, 2 + lead + marked), 40)
        assert row.number == 2
        assert (row.before + row.marked + row.after) in content
        assert row.marked == "b" * min(marked, len(row.marked))
        assert (row.cut_left, row.cut_right) == (
            len(row.before) < lead,
            len(row.marked) + len(row.after) < marked + tail,
        )
        assert len(row.before + row.marked + row.after) == min(40, len(content))
