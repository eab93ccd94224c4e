"""BibTeX to located entries."""

# ruff: noqa: E501  tables of cases are wide

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketreview.model.entry import Entry
from ketreview.parsing.bib_file import BibFile
from ketreview.parsing.bibtex import MAX_FAULTS, parse_bib
from tests.hanging import no_hang

Simple = dict[str, dict[str, str]]


def read(text: str) -> BibFile:
    return parse_bib("a.bib", text.encode())


def simple(file: BibFile) -> Simple:
    return {entry.key: {field.name: field.value for field in entry.fields} for entry in file.entries}


def faults(file: BibFile) -> list[tuple[int, int, str]]:
    return [(*fault.span.begin, fault.message) for fault in file.diagnostics]


GOOD: dict[str, tuple[str, Simple]] = {
    "braces": ("@misc{a, title = {T}}", {"a": {"title": "T"}}),
    "quotes": ('@misc{a, title = "T"}', {"a": {"title": "T"}}),
    "a number": ("@misc{a, year = 2020}", {"a": {"year": "2020"}}),
    "parentheses": ("@misc(a, title = {T (1)})", {"a": {"title": "T (1)"}}),
    "a comma at the end": ("@misc{a, title = {T},}", {"a": {"title": "T"}}),
    "two commas": ("@misc{a,, title = {T},,}", {"a": {"title": "T"}}),
    "no field": ("@misc{a}", {"a": {}}),
    "no field and a comma": ("@misc{a,}", {"a": {}}),
    "no blanks": ("@misc{a,title={T},year=2020}", {"a": {"title": "T", "year": "2020"}}),
    "many blanks": ("@ misc { a , title\n=\n{T} }", {"a": {"title": "T"}}),
    "capitals": ("@MISC{Aa, TITLE = {T}}", {"Aa": {"title": "T"}}),
    "nested braces": ("@misc{a, title = {A {B {C}} D}}", {"a": {"title": "A {B {C}} D"}}),
    "quotes in braces": ('@misc{a, title = {A "B" C}}', {"a": {"title": 'A "B" C'}}),
    "a braced quote in quotes": ('@misc{a, title = "A {"}B{"} C"}', {"a": {"title": 'A {"}B{"} C'}}),
    "an empty value": ("@misc{a, title = {}, note = \"\"}", {"a": {"title": "", "note": ""}}),
    "a value of lines": ("@misc{a, title = {A\n  B}}", {"a": {"title": "A\n  B"}}),
    "CRLF": ("@misc{a,\r\n title = {A\r\n B},\r\n}\r\n", {"a": {"title": "A\r\n B"}}),
    "lone CR": ("@misc{a,\r title = {A},\r}\r@misc{b}\r", {"a": {"title": "A"}, "b": {}}),
    "a byte-order mark": ("\ufeff@misc{a}", {"a": {}}),
    "strings": ('@string{j = "Journal"}@misc{a, journal = J}', {"a": {"journal": "Journal"}}),
    "a string of strings": ('@string{a = {x}}@string{b = a # "y"}@misc{k, note = b # {z}}', {"k": {"note": "xyz"}}),
    "a string in parentheses": ("@string(j = {Journal})@misc{a, journal = j}", {"a": {"journal": "Journal"}}),
    "two strings at once": ("@string{i = {I}, j = {J}}@misc{a, note = i # j}", {"a": {"note": "IJ"}}),
    "an undefined string": ("@misc{a, journal = nope}", {"a": {"journal": "nope"}}),
    "months": ("@misc{a, month = jan}@misc{b, month = 3 # {~} # DEC}", {"a": {"month": "January"}, "b": {"month": "3~December"}}),
    "a month of one's own": ("@string{jan = {Jänner}}@misc{a, month = jan}", {"a": {"month": "Jänner"}}),
    "concatenation over lines": ('@misc{a, title = "A"\n # "B"#{C} # 1\n}', {"a": {"title": "ABC1"}}),
    "@comment": ("@comment{@misc{x}}@misc{a}", {"a": {}}),
    "@comment of entries": ("@comment{\n@misc{x, title = {X}}\n@misc{y,\n}\n}\n@misc{a}", {"x": {"title": "X"}, "y": {}, "a": {}}),
    "@comment that ends before a brace too many": ("@comment{\n@misc{x,}\n} {\n@misc{a}", {"x": {}, "a": {}}),
    "@comment in a comment": ("% @comment{ x\n@misc{a}", {"a": {}}),
    "@comment without braces": ("@comment x\n@misc{a}", {"a": {}}),
    "@preamble": ('@preamble{"\\newcommand{\\x}{@misc}" # {y}}@misc{a}', {"a": {}}),
    "% before an entry": ("% @misc{x, title = {X}}\n@misc{a}", {"a": {}}),
    "% in an entry": ("@misc{a, % first\n title = {T}, % @misc{x}\n}", {"a": {"title": "T"}}),
    "% in a value": ("@misc{a, title = {50 % of @misc{x}}}", {"a": {"title": "50 % of @misc{x}"}}),
    "@ in text": ("by a@misc.org or @misc and @ x\n@misc{a}", {"a": {}}),
    "an address before an entry": ("mail me@home{a, x} @misc{a}", {"a": {}}),
    "@ in a value": ("@misc{a, note = {see @article or me@x.org}}", {"a": {"note": "see @article or me@x.org"}}),
    "@ in quotes": ('@misc{a, note = "@article{b, title}"}', {"a": {"note": "@article{b, title}"}}),
    "an entry after an entry": ("@misc{a}@misc{b} @misc{c}", {"a": {}, "b": {}, "c": {}}),
    "keys with signs": ("@misc{Smith:2015ME/CFS.+-_*'!?é}", {"Smith:2015ME/CFS.+-_*'!?é": {}}),
    "unicode keys": ("@misc{Müller2020, title = {Ä}}@misc{日本}", {"Müller2020": {"title": "Ä"}, "日本": {}}),
    "field names with signs": ("@misc{a, date-added = {x}, bdsk-url-1 = {y}, a:b_c = {z}}", {"a": {"date-added": "x", "bdsk-url-1": "y", "a:b_c": "z"}}),
    "a backslash before a brace": ("@misc{a, title = {A \\{ B \\} C}}", {"a": {"title": "A \\{ B \\} C"}}),
    "emoji": ("@misc{a, title = {😀\u2028}}", {"a": {"title": "😀\u2028"}}),
    "no entry": ("just text, 50 % of it @ all", {}),
    "nothing": ("", {}),
}  # fmt: skip


@pytest.mark.parametrize(("text", "entries"), GOOD.values(), ids=GOOD)
def test_good(text: str, entries: Simple) -> None:
    file = read(text)
    assert faults(file) == []
    assert simple(file) == entries
    assert file.complete


def test_a_repeated_field_is_kept_twice() -> None:
    (entry,) = read("@misc{a, note = {1}, NOTE = {2}}").entries
    assert [(field.name, field.value) for field in entry.fields] == [("note", "1"), ("note", "2")]


BAD: dict[str, tuple[str, Simple, list[tuple[int, int, str]]]] = {
    "an unclosed entry": (
        "@misc{a, title = {A}\n@misc{b, title = {B}}",
        {"a": {"title": "A"}, "b": {"title": "B"}},
        [(1, 1, "`@misc` is not closed: no `}` before the next entry or the end of the file")],
    ),
    "an unclosed entry after a comma": ("@misc{a,\n  title = {A},\n@misc{b}", {"a": {"title": "A"}, "b": {}}, [(1, 1, "`@misc` is not closed")]),
    "an unclosed last entry": ("@misc{a, title = {A}\n", {"a": {"title": "A"}}, [(1, 1, "`@misc` is not closed")]),
    "an unclosed parenthesis": ("@misc(a, title = {A}\n@misc{b}", {"a": {"title": "A"}, "b": {}}, [(1, 1, "no `)` before")]),
    "only a beginning": ("@misc{", {}, [(1, 1, "`@misc` has no key"), (1, 1, "`@misc` is not closed")]),
    "only a beginning before an entry": ("@misc{\n@misc{b}", {"b": {}}, [(1, 1, "`@misc` is not closed")]),
    "only a key": ("@misc{a", {"a": {}}, [(1, 1, "`@misc` is not closed")]),
    "a key, then an entry": ("@misc{a\n@misc{b, title = {B}}", {"a": {}, "b": {"title": "B"}}, [(1, 1, "`@misc` is not closed")]),
    "an unclosed value": (
        "@misc{a, year = 1, title = {A\n}\n\n@misc{b, title = {B}}",
        {"a": {"year": "1", "title": "A\n"}, "b": {"title": "B"}},
        [(1, 1, "`@misc` is not closed")],
    ),
    "an unclosed value of two braces": ("@misc{a, title = {A {B},\n}\n@misc{b, title = {B}}", {"a": {"title": "A {B},\n"}, "b": {"title": "B"}}, [(1, 1, "`@misc` is not closed")]),
    "an unclosed quote": ('@misc{a, title = "A,\n}\n@misc{b, title = {B}}', {"a": {}, "b": {"title": "B"}}, [(1, 10, "the value of `title` is not closed")]),
    "a quote with a brace too many": ('@misc{a, title = "A}"}\n@misc{b}', {"a": {}, "b": {}}, [(1, 10, "the value of `title` is not closed")]),
    "a brace too many": ("@misc{a, title = {A}},\n  year = 2020\n}\n@misc{b}", {"a": {"title": "A"}, "b": {}}, [(1, 21, "`@misc` ends here")]),
    "no comma after the key": ("@misc{a title = {A}}", {"a": {"title": "A"}}, [(1, 8, "a comma is missing after the key `a`")]),
    "no comma after a value": ("@misc{a, title = {A}\n  year = 2020}", {"a": {"title": "A", "year": "2020"}}, [(1, 21, "a comma is missing after the value of `title`")]),
    "no comma after a number": ("@misc{a, year = 2020\n title = {A}}", {"a": {"year": "2020", "title": "A"}}, [(1, 21, "a comma is missing after the value of `year`")]),
    "no key": ("@misc{, title = {A}}\n@misc{b}", {"b": {}}, [(1, 1, "`@misc` has no key")]),
    "no key and no comma": ("@misc{title = {A}}\n@misc{b}", {"b": {}}, [(1, 1, "`@misc` has no key before `title =`")]),
    "no =": ("@misc{a, title {A}, year = 2020}", {"a": {"title": "A", "year": "2020"}}, [(1, 10, "`=` is missing after `title`")]),
    "no = and no value": ("@misc{a, title, year = 2020}", {"a": {"year": "2020"}}, [(1, 10, "`=` is missing after `title`")]),
    "no value": ("@misc{a, title = , year = 2020}\n@misc{b}", {"a": {}, "b": {}}, [(1, 10, "`title` has no value")]),
    "no value at all": ("@misc{a, title =}\n@misc{b}", {"a": {}, "b": {}}, [(1, 10, "`title` has no value")]),
    "nothing after #": ('@misc{a, title = "A" # }\n@misc{b}', {"a": {}, "b": {}}, [(1, 10, "`title` has no value")]),
    "an unclosed string": ("@string{j = {J}\n@misc{b}", {"b": {}}, [(1, 1, "`@string` is not closed")]),
    "an unclosed preamble": ('@preamble{"x"\n@misc{b}', {"b": {}}, [(1, 1, "`@preamble` is not closed")]),
    "an unclosed @comment": ("@misc{a}\n @Comment{ x\n@misc{b}", {"a": {}, "b": {}}, [(2, 2, "`@comment{` is never closed")]),
    "an unclosed @comment of entries": ("@comment{\n@misc{a,}\n@misc{b}", {"a": {}, "b": {}}, [(1, 1, "`@comment{` is never closed")]),
    "unclosed @comments": ("@comment{ x\n@misc{a}\n@comment{", {"a": {}}, [(1, 1, "`@comment{` is never closed")]),
    "a stray sign": ("@misc{a, ) title = {A}}", {"a": {"title": "A"}}, [(1, 10, "`)` stands where a field is expected")]),
}  # fmt: skip


def test_an_entry_with_a_fault_in_it_is_not_whole() -> None:
    text = (
        "@misc{a, title = {A}}\n@misc{b, title = {B}},\n year = 1}\n@misc{c, title {C}}\n@misc{d, title = {D}\n@misc{e}"
    )
    assert [entry.key for entry in read(text).entries if entry.whole] == ["a", "e"]


@pytest.mark.parametrize(
    "text",
    [
        "@misc{a},\n@misc{b}",
        "@misc{a}, see\n@misc{b}",
        "@misc{a}, k <= {b}\n@misc{b}",
        "@misc{a}\nyear = 2020\n@misc{b}",
    ],
)
def test_what_stands_between_entries_is_a_comment(text: str) -> None:
    assert read(text).diagnostics == ()


@pytest.mark.parametrize(("text", "entries", "expected"), BAD.values(), ids=BAD)
def test_bad(text: str, entries: Simple, expected: list[tuple[int, int, str]]) -> None:
    file = read(text)
    found = faults(file)
    assert [fault[:2] for fault in found][: len(expected)] == [fault[:2] for fault in expected]
    assert all(part[2] in fault[2] for part, fault in zip(expected, found, strict=False))
    assert {fault.code.id for fault in file.diagnostics} == {"KR010"}
    assert simple(file) == entries


def test_a_stray_brace_does_not_hide_the_entries_after_it() -> None:
    file = read("@misc{a, title = {A}}}\n@misc{b, title = {B}}\n")
    assert simple(file) == {"a": {"title": "A"}, "b": {"title": "B"}}


@pytest.mark.parametrize(
    "lost",
    [
        "@misc{x, title = {",
        '@misc{x,\n title = "',
        "@misc{x, title = {A}",
        "@misc{x, a = {{}, b = {B}\n}",
        "@misc{x",
        "@misc{",
    ],
)
def test_what_follows_a_broken_entry_is_kept(lost: str) -> None:
    file = read(f"@misc{{a}}\n{lost}\n\n@misc{{b, title = {{B}}}}\n\n@article{{c, title = {{C}}}}\n")
    keys = [entry.key for entry in file.entries]
    assert keys[0] == "a"
    assert keys[-2:] == ["b", "c"]
    assert simple(file)["c"] == {"title": "C"}
    assert file.diagnostics


def test_places() -> None:
    text = '\ufeff@string{j = "J"}\r\n@Article{Key1,\r\n  title = {Ä 😀},\r\n  journal = j # "x",\r\n}\r\n'
    file = read(text)
    (entry,) = file.entries
    title, journal = entry.fields
    assert entry.key_span.text == "Key1"
    assert entry.key_span.begin == (2, 10)
    assert (entry.span.begin, entry.span.finish) == ((2, 1), (5, 2))
    assert entry.name_span(title).text == "title"
    assert entry.value_span(title).text == "{Ä 😀}"
    assert entry.value_span(journal).text == 'j # "x"'
    assert entry.value_span(journal).begin == (4, 13)


def test_bytes_that_are_not_utf8_are_reported_and_the_entries_kept() -> None:
    file = parse_bib("a.bib", b"@misc{a, title = {caf\xe9}}\n@misc{b, title = {B}}\n")
    assert [(fault.code.id, *fault.span.begin) for fault in file.diagnostics] == [("KR006", 1, 22)]
    assert simple(file) == {"a": {"title": "caf\ufffd"}, "b": {"title": "B"}}


@pytest.mark.parametrize("marker", ["<<<<<<< HEAD", ">>>>>>> other", "||||||| base", "<<<<<<< HEAD\r"])
def test_conflict_markers(marker: str) -> None:
    file = read(f"@misc{{a}}\n{marker}\n@misc{{b}}\n")
    assert [(fault.code.id, fault.span.begin.line) for fault in file.diagnostics] == [("KR011", 2)]
    assert list(simple(file)) == ["a", "b"]


def test_a_file_that_is_no_bibtex_ends_with_a_last_fault() -> None:
    file = read("@misc{a,\n" * (MAX_FAULTS * 2))
    assert len(file.diagnostics) == MAX_FAULTS + 1
    assert "more than" in file.diagnostics[-1].message
    assert not file.complete


_SIGNS = st.text(alphabet="@{}()\"#,=% \n\r\\abj1é😀\u2028'", max_size=80)
_PIECES = st.lists(
    st.sampled_from(
        ["@misc{a,", "@article(b,", " title = {T}", ",", "}", ")", "{", '"', "\n", "@string{j = {J}}", "@comment{", "% ", "x = ", "j # ", "@", "é", "12", " ", "=", "@preamble{", "\r\n"]
    ),
    max_size=20,
).map("".join)  # fmt: skip


def assert_sound(file: BibFile, text: str) -> None:
    end = len(text)
    for fault in file.diagnostics:
        assert 0 <= fault.span.start <= fault.span.end <= end
    for entry in file.entries:
        assert_entry(entry, end)


def assert_entry(entry: Entry, end: int) -> None:
    assert entry.key
    assert entry.key_span.text == entry.key
    assert 0 <= entry.start <= entry.key_start <= entry.end <= end
    assert entry.span.text.startswith("@")
    for field in entry.fields:
        assert entry.start < field.start < field.value_start <= field.value_end <= end
        assert entry.name_span(field).text.lower() == field.name


@settings(max_examples=400)
@given(st.one_of(st.text(max_size=80), _SIGNS, _PIECES))
def test_no_text_raises_and_places_are_true(text: str) -> None:
    text = text.removeprefix("\ufeff")
    assert_sound(read(text), text)


@given(st.binary(max_size=80))
def test_no_bytes_raise(data: bytes) -> None:
    parse_bib("a.bib", data)


@given(_PIECES)
def test_a_whole_entry_after_anything_is_read(before: str) -> None:
    """Unless it stands in a comment or a value that goes on to it, an entry that begins a line is never lost."""
    file = read(f"{before}\n\n@book{{last, title = {{Last}}, year = 1999}}\n")
    if file.complete and not any(before.count(sign) for sign in ("@comment", "@preamble", "@string", '"', "{")):
        assert simple(file)["last"] == {"title": "Last", "year": "1999"}


_MEGABYTE = 1_000_000
ADVERSARIAL = {
    "braces": "{",
    "closing braces": "}",
    "an entry that is never closed": "@misc{a, ",
    "entries without end on one line": "@misc{a, title = {",
    "entries without end on lines": "@misc{a, title = {\n",
    "open quotes": '@misc{a, title = "\n',
    "at signs": "@",
    "at signs and blanks": "@ ",
    "one entry of braces": "@misc{a, title = {" + "{" * 1000,
    "percent signs": "%",
    "comments with entries": "%@misc{a}",
    "a line of addresses": "a@b{c, ",
    "commas": ",",
    "concatenations": "@misc{a, b = c #\n",
    "one concatenation": '"a" # ',
    "names": "@misc{a, b ",
    "equals": "@misc{a, =",
    "comments": "@comment{",
    "comments of entries": "@comment{\n@misc{a,}\n}\n",
    "comments of entries in one another": "@comment{\n@misc{a,}\n",
    "preambles": "@preamble{",
    "strings": "@string{a = {b}}\n",
    "blanks": "@misc{a, b" + " " * 1000,
    "carriage returns": "@misc{a,\r",
    "keys": "@misc{" + "k" * 1000,
    "nested entries": "@misc{a, title = {\n@misc{b, ",
    "entries in values": ", title = {\n@misc{a, note = {x}",
}


@pytest.mark.parametrize("piece", ADVERSARIAL.values(), ids=ADVERSARIAL)
@pytest.mark.parametrize(
    "head", ["", "@misc{a, title = ", "@misc{a, title = {"], ids=["alone", "as a value", "in a value"]
)
def test_a_megabyte_of_it_ends(head: str, piece: str) -> None:
    text = head + piece * (_MEGABYTE // len(piece))
    with no_hang():
        file = read(text)
    assert_sound(file, text)


@pytest.mark.parametrize("filler", [" ", "\n", "a", "é", "{}", "#", "%\n", "\\", "'", "-", "="])
@pytest.mark.parametrize(
    "frame",
    ["@misc{{a, title = {}", "@misc{{{}", "@{}", "@misc{}", "@misc{{a, {}", "@misc{{a, title {}", "{}@misc{{a}}"],
)
def test_much_of_one_sign_ends(frame: str, filler: str) -> None:
    text = frame.format(filler * (_MEGABYTE // 5 // len(filler)))
    assert_sound(read(text), text)


def test_strings_are_kept_with_their_places_and_with_those_of_their_uses() -> None:
    text = (
        '@string{Jn = {Journal}}\n@string{jp = jn # " P"}\n@preamble{"x" # jp}\n'
        "@article{a, journal = JN, year = 2020, month = 10 # jan, note = {jn}, volume = 12-14}\n"
        "@article{b, title = {A}, pages = 1 # lost\n"
    )
    file = parse_bib("a.bib", text.encode())
    assert [(item.name, text[item.start : item.start + 2]) for item in file.definitions] == [("jn", "Jn"), ("jp", "jp")]
    assert [word.text for word in file.words] == ["jn", "jp", "JN", "jan", "12-14", "lost"]
    assert file.strings == {"jn": "Journal", "jp": "Journal P"}
