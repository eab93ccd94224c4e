"""Typst: the citations of a file are those that the compiler reads."""

# ruff: noqa: E501  tables of cases are wide

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.model.manuscript import Manuscript
from ketreview.parsing.file_faults import NOT_UTF8
from ketreview.parsing.manuscripts.typst import parse


def read(text: str) -> Manuscript:
    return parse("a.typ", text.encode("utf-8", "surrogatepass"))


def keys(text: str) -> list[str]:
    return [mention.key for mention in read(text).citations]


# The rules are those of crates/typst-syntax: lexer.rs (`ref_marker`, `label`, `raw`, `link_prefix`, `block_comment`,
# `is_newline`, `is_valid_in_label_literal`) and parser.rs (`embedded_code_expr`, `code_expr_prec`, `AtNewline`).
CASES: dict[str, tuple[str, list[str]]] = {
    # ref_marker: identifier characters, `:` and `.`; not those at the end
    "a key": ("As shown @smith2020 before.", ["smith2020"]),
    "at the start": ("@a", ["a"]),
    "in a row": ("@a @b@c", ["a", "b", "c"]),
    "underscore, hyphen, dot, colon": ("@a_b @a-b @a.b @a:b", ["a_b", "a-b", "a.b", "a:b"]),
    "a full stop behind": ("See @a. And @b.", ["a", "b"]),
    "colons and dots behind": ("@a: @b... @c.: x", ["a", "b", "c"]),
    "a comma, a semicolon, a bracket behind": ("(@a, @b; @c)", ["a", "b", "c"]),
    "a hyphen behind is of the key": ("@a- @b-- x", ["a-", "b--"]),
    "an underscore behind is of the key": ("_@a_ b_", ["a_"]),
    "star and blank close": ("*@a* _@b _", ["a", "b"]),
    "a slash ends a key": ("@a/b @c/d", ["a", "c"]),
    "an apostrophe ends a key": ("@a's @b’s", ["a", "b"]),
    "a dash ends a key": ("@a—b @c…", ["a", "c"]),
    "digits first": ("@2020a @1", ["2020a", "1"]),
    "letters of any script": ("@Müller2020 @café @日本 @é\u0301x", ["Müller2020", "café", "日本", "é\u0301x"]),
    "a superscript ends a key": ("@key²x", ["key"]),
    "continuing characters": ("@a·b @a‿b", ["a·b", "a‿b"]),
    "a key behind a word": ("et al.@a result@b", ["a", "b"]),
    "a supplement": ("@a[p. 3] @b[pp. 4--5].", ["a", "b"]),
    "a citation in a supplement": ("@a[see @b[in @c]] @d", ["a", "b", "c", "d"]),
    "a supplement after a full stop": ("@a.[p. 3]", ["a"]),
    "nothing behind the sign": ("a @ b @, c @", []),
    "dots and colons alone": ("@. @: @.a @:b", []),
    "in headings, lists and terms": ("= H @a\n- @b\n+ @c\n/ @d: @e\n1. @f", ["a", "b", "c", "d", "e", "f"]),
    "in a table": ("#table(columns: 2, [@a], [x], [@b], \"@no\")", ["a", "b"]),
    "CRLF": ("@a\r\n// @no\r\n@b", ["a", "b"]),
    # escapes
    "an escaped sign": ("\\@no \\\\@a", ["a"]),
    "an escape of code": ("\\u{40}no \\#cite(<no>)", []),
    "a line break before": ("x \\ @a", ["a"]),
    "an escaped backtick": ("\\`@a\\`", ["a"]),
    "an escaped slash": ("\\//@a", ["a"]),
    "an escaped dollar": ("5 \\$ @a \\$", ["a"]),
    "an escaped hash": ("\\#[@a]", ["a"]),
    # comments
    "a line comment": ("x // @no\n@a", ["a"]),
    "every kind of newline": ("//@no\v@a //@no\f@b //@no\r@c //@no\x85@d //@no\u2028@e //@no\u2029@f", list("abcdef")),
    "a block comment": ("@a /* @no\n@no */ @b", ["a", "b"]),
    "nested block comments": ("/* @no /* @no */ @no */ @a", ["a"]),
    "a comment that seems closed": ("/*/ @no */ @a", ["a"]),
    "a line comment in a block comment": ("/* // */ @a", ["a"]),
    "a block comment in a line comment": ("// /*\n@a", ["a"]),
    "a comment behind a key": ("@a/*x*/b @c//x", ["a", "c"]),
    "a comment never closed": ("@a /* @no", ["a"]),
    "a shebang": ("#!/usr/bin/typst @no\n@a", ["a"]),
    # raw text
    "inline raw text": ("`@no` @a `x` @b", ["a", "b"]),
    "no escape in raw text": ("`\\` @a", ["a"]),
    "a fence": ("```typ\n@no\n``` @a", ["a"]),
    "a fence on a line": ("```@no``` @a", ["a"]),
    "a longer fence": ("````\n```\n@no\n```\n```` @a", ["a"]),
    "two backticks": ("``@a``", ["a"]),
    "no comment in raw text": ("`//` @a ```/*``` @b", ["a", "b"]),
    "raw() of a string": ("#raw(\"@no\") @a", ["a"]),
    "raw() of a block": ("#raw(block: true, lang: \"typ\", \"@no #cite(<no>)\") @a", ["a"]),
    "raw text in code": ("#let x = `@no`; @a #(`]`) @b", ["a", "b"]),
    # links and addresses
    "@ in a URL": ("https://x.org/@no @a http://me@x.org/ @b", ["a", "b"]),
    "a URL in brackets": ("[https://x.org/(a@no)] @a (https://x.org) @b", ["a", "b"]),
    "a URL is no comment": ("https://x.org // @no\n@a", ["a"]),
    "another scheme is a comment": ("ftp://x.org @no\n@a", ["a"]),
    "an escaped URL is a comment": ("\\https://x.org @no\n@a", ["a"]),
    "link() with an address": ("#link(\"mailto:me@x.org\")[me\\@x.org @a]", ["a"]),
    "an escaped address": ("me\\@x.org", []),
    # The compiler reads it as a reference, finds nothing of that name, and stops: no chapter that compiles has one.
    "a bare address": ("Write to me@example.org or a.b@mail.uni.de. @a", ["a"]),
    "an address in a string": ("#let mail = \"me@x.org\"\n@a", ["a"]),
    # math
    "math": ("$x @y$ @a $ y_1 $ @b", ["a", "b"]),
    "text in math": ("$ \"@y $\" $ @a", ["a"]),
    "an escaped dollar in math": ("$ \\$ @y $ @a", ["a"]),
    "content in math": ("$ #[@a] @y $ @b", ["a", "b"]),
    "brackets in math": ("#[$ ] $ @a] @b", ["a", "b"]),
    "a comment in math": ("$ x // $ @no\n$ @a", ["a"]),
    "a less-than sign in math": ("$<$5% @a $>$", ["a"]),
    # code
    "a string in code": ("#let x = \"@no\"\n@a", ["a"]),
    "an escaped quote": ("#let x = \"\\\"@no\"\n@a", ["a"]),
    "quotes in markup are text": ("\"@a\" '@b'", ["a", "b"]),
    "content in code": ("#let x = [@a]\n#{ let y = [@b]; y }", ["a", "b"]),
    "content as an argument": ("#f[@a][@b] #f(x: [@c], \"@no\")[@d]", ["a", "b", "c", "d"]),
    "markup after a call": ("#f(\"@no\")@a #x.y@b #f().g@c", ["a", "b", "c"]),
    "markup after a block": ("#{ 1 }@a #(1)@b #[x]@c #\"@no\"@d", ["a", "b", "c", "d"]),
    "a semicolon": ("#x;@a #let y = 1; @b", ["a", "b"]),
    "a statement ends with its line": ("#set text(red) if x == \"@no\"\n@a", ["a"]),
    "a statement in content": ("#[#let x = \"@no\"] @a", ["a"]),
    "if and else": ("#if x == \"@no\" [@a] else if y { [@b] } else [@c] @d", ["a", "b", "c", "d"]),
    "text behind a condition": ("#if x [@a] [@b] \"@c\"", ["a", "b", "c"]),
    "content in a condition": ("#if [@a] == x [@b]", ["a", "b"]),
    "for and while": ("#for x in (\"@no\",) [@a] @b #while f(x) {[@c]} @d", ["a", "b", "c", "d"]),
    "context": ("#context text.lang @a #context { [@b] }", ["a", "b"]),
    "a show rule": ("#show \"@no\": it => [@a]\n@b", ["a", "b"]),
    "a closure": ("#let f(x, y: \"@no\") = {\n  [@a]\n}\n@b", ["a", "b"]),
    "brackets in text": ("[see @a] [[@b] @c] ] @d", ["a", "b", "c", "d"]),
    "a bracket in a string in content": ("#f[\"] @a", ["a"]),
    "a hash before a blank": ("# @a #; @b ## @c", ["a", "b", "c"]),
    "a number": ("#1@a #5.@b #1.5em@c", ["a", "b", "c"]),
    "a footnote": ("#footnote[See @a.]", ["a"]),
    # cite and ref
    "cite": ("#cite(<a>) #cite(<b_c-d.e:f>, form: \"prose\")", ["a", "b_c-d.e:f"]),
    "cite with a label of text": ("#cite(label(\"DBLP:a/b\")) #cite( label( \"c d\" ) , form: none)", ["DBLP:a/b", "c d"]),
    "cite with a supplement": ("#cite(<a>, supplement: [see @b]) @c", ["a", "b", "c"]),
    "cite over lines": ("#cite(\n  // @no <no>\n  <a>,\n)", ["a"]),
    "cite in code": ("#{ cite(<a>); [x] + cite(<b>) }", ["a", "b"]),
    "a function named after cite": ("#citet(<a>) #pkg.textcite(<b>) #cite.with(form: \"year\")(<no>)", ["a", "b"]),
    "ref": ("#ref(<a>) #ref(label(\"b\"), supplement: [p. 3])", ["a", "b"]),
    "link and query cite nothing": ("#link(<no>)[x] #query(<no>)", []),
    "cite in a comment": ("// #cite(<no>)\n/* #cite(<no>) */ `#cite(<no>)`", []),
    "cite in text": ("cite(<no>) and \"cite(<a>)\"", []),
    # labels
    "a reference to a label": ("= H <sec:a>\n@sec:a @b", ["b"]),
    "a label after its reference": ("@fig:a @b #figure([x]) <fig:a>", ["b"]),
    "a label by function": ("#metadata(none)#label(\"a:b\") @a:b @c", ["c"]),
    "a label in a comment is none": ("// <a>\n@a", ["a"]),
    "a label in raw text is none": ("`<a>` @a", ["a"]),
    "no label": ("1 < 2 @a <b c> @b <> @c", ["a", "b", "c"]),
    "a label value is no label": ("#link(<a>)[x] @a", ["a"]),
    "cite never means a label": ("= H <a>\n#cite(<a>) @a", ["a"]),
    # broken
    "an unclosed string": ("@a #f(\"@no", ["a"]),
    "unclosed raw text": ("@a `@no", ["a"]),
    "unclosed math": ("@a $ @no", ["a"]),
    "a bracket too many": ("@a ] ) } @b", ["a", "b"]),
    "mismatched brackets": ("#f((] @a", ["a"]),
    "nothing": ("", []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_citations(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


def test_a_mention_has_its_place_and_form() -> None:
    first, second, third = read('\ufeffä @a_b.\n#cite(<c>) #ref(label("d"))').citations
    assert (first.key, first.form, first.span.begin, first.span.finish) == ("a_b", "@", (1, 4), (1, 7))
    assert (second.key, second.form, second.span.begin) == ("c", "#cite", (2, 8))
    assert (third.key, third.form, third.span.text) == ("d", "#ref", "d")


INCLUDES: dict[str, tuple[str, list[str]]] = {
    "include": ("#include \"a b/obs:c.typ\"\n#include \"/d.typ\"", ["a b/obs:c.typ", "/d.typ"]),
    "import": ("#import \"../env.typ\": *\n#import \"b.typ\" as b\n#import \"c.typ\": (\n x,\n y)", ["../env.typ", "b.typ", "c.typ"]),
    "a package": ("#import \"@preview/cetz:0.3.0\": canvas @no", []),
    "in parentheses": ("#include(\"a.typ\") #include (\"b.typ\")", ["a.typ", "b.typ"]),
    "in code": ("#{ include \"a.typ\"; [x]\n import \"b.typ\": c }", ["a.typ", "b.typ"]),
    "as a value": ("#let x = include \"a.typ\"\n#f(include \"b.typ\")", ["a.typ", "b.typ"]),
    "in content": ("#pad[\n  #include \"a.typ\"\n]", ["a.typ"]),
    "behind a comment": ("#include /* x */ \"a.typ\"", ["a.typ"]),
    "a computed path": ("#include \"ch/\" + name + \".typ\"", []),
    "in a comment or raw text": ("// #include \"a.typ\"\n`#include \"a.typ\"` include \"a.typ\"", []),
    "another name": ("#{ my-include \"a.typ\" }", []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), INCLUDES.values(), ids=INCLUDES)
def test_includes(text: str, expected: list[str]) -> None:
    links = read(text).includes
    assert [link.path for link in links] == expected == [link.span.text for link in links]


BIBLIOGRAPHIES: dict[str, tuple[str, list[str]]] = {
    "one file": ("#bibliography(\"a.bib\")", ["a.bib"]),
    "a list": ("#bibliography((\"a.bib\", \"b/c.yml\"), style: \"x.csl\", title: \"No\")", ["a.bib", "b/c.yml"]),
    "a list over lines": ("#bibliography(\n  ( // \"no.bib\"\n    \"a.bib\", // one, \"no\"\n    \"b.bib\",\n  ),\n)", ["a.bib", "b.bib"]),
    "a name first": ("#bibliography(title: \"No\", full: true, \"a.bib\")", ["a.bib"]),
    "bytes": ("#bibliography(read(\"a.bib\", encoding: none))", ["a.bib"]),
    "given to a template": ("#show: t.with(title: \"No\", bibliography: bibliography(\"a.bib\"))", ["a.bib"]),
    "given arguments": ("#let b = bibliography.with(\"a.bib\", style: \"ieee\")\n", ["a.bib"]),
    "a set rule": ("#set bibliography(style: \"apa\", title: [@a])", []),
    "commented out": ("// #bibliography(\"a.bib\")", []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BIBLIOGRAPHIES.values(), ids=BIBLIOGRAPHIES)
def test_bibliographies(text: str, expected: list[str]) -> None:
    links = read(text).bibliographies
    assert [link.path for link in links] == expected == [link.span.text for link in links]


def test_labels_of_a_file() -> None:
    text = '= H <sec:a>\n#figure([x]) <fig:b>\n#label("c d") #<e> #grid(<f>, label: <g>) #link(<no>)[x] #let k = <no>\n`<no>`'
    chapter = parse("a.typ", text.encode())
    labels = chapter.labels
    assert labels == {"sec:a", "fig:b", "c d", "e", "f", "g"}
    assert not chapter.citations
    # A function may set the label it is given, or look it up: the linker knows whether a store has the key.
    assert [mention.key for mention in parse("a.typ", b"#grid(<f>) @f").citations] == ["f"]


def test_bytes_that_are_not_utf8_are_reported() -> None:
    chapter = parse("a.typ", b"\xff @a")
    assert [mention.key for mention in chapter.citations] == ["a"]
    assert [finding.code for finding in chapter.diagnostics] == [NOT_UTF8]


HIDDEN = st.text(st.characters(exclude_characters='`"\\*/#[]', exclude_categories=["Cs"]))
PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            ["@", "@a", "@a.", "@a[", "[", "]", "(", ")", "{", "}", "#", "$", "`", "```", '"', "\\", "//", "/*", "*/", "<", ">", "<a>", "#cite(", "#cite(<a>)", "label(", "#if", "#else", "#for", "in", "#let", "=", ";", ":", ".", ",", "\n", "http://", "x"]
        ),
        st.text(max_size=3),
    ),
    max_size=40,
)  # fmt: skip


@given(HIDDEN)
def test_hidden_text_never_cites(text: str) -> None:
    line = "".join(c for c in text if c not in "\n\v\f\r\x85\u2028\u2029")
    for hidden in (
        f"// {line}\n",
        f"/* {text} */",
        f"` {text} `",
        f"```` {text} ````",
        f'#raw("{text}")',
        f'#let x = "{text}"\n',
    ):
        assert keys(f"@a {hidden} @b") == ["a", "b"]


@given(st.text(st.characters(exclude_characters="@#")))
def test_text_without_a_sign_never_cites(text: str) -> None:
    assert keys(text) == []


@given(st.one_of(st.text(), PIECES.map("".join)))
def test_any_text_is_read_and_keys_are_where_they_are_said_to_be(text: str) -> None:
    chapter = read(text)
    assert [mention.key for mention in chapter.citations] == keys(text)
    for mention in chapter.citations:
        span = mention.span
        assert 0 <= span.start < span.end <= len(chapter.source.text)
        assert chapter.source.text[span.start : span.end] == mention.key
    for link in chapter.includes + chapter.bibliographies:
        assert link.span.text == link.path
    starts = [mention.span.start for mention in chapter.citations]
    assert starts == sorted(set(starts))


@given(st.binary())
def test_any_bytes_are_read(data: bytes) -> None:
    parse("a.typ", data)


HOSTILE = {
    "nested brackets": "[" * 50_000 + "@a" + "]" * 50_000,
    "nested content": "#f[" * 50_000 + "@a" + "]" * 50_000,
    "nested calls": "#f(" + "f(" * 50_000 + "[@a]" + ")" * 50_000,
    "nested comments": "@a" + "/*" * 50_000,
    "nested math": "@a" + "$#[" * 50_000,
    "conditions": "@a" + "#if " * 50_000,
    "backticks": "@a " + "` " * 100_001,
    "unclosed strings": "@a" + "#(\"" * 50_000,
    **{f"many {sign!r}": "@a \n" + sign * 500_000 for sign in "@#$[](){}<>/*`\\\"-_=.:hx\0\n\r é。"},
}  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_read_in_one_pass(text: str) -> None:
    assert "a" in keys(text)


# Evaluates a text as the compiler does and lists what it would resolve, without a need to resolve it.
_WALK = r"""
#let walk(it) = {
  if type(it) == array { it.map(walk).flatten() }
  else if type(it) == content {
    let own = if it.func() == ref { (str(it.target),) } else if it.func() == cite { (str(it.key),) } else { () }
    own + it.fields().pairs().filter(((name, _)) => name not in ("label", "target", "key")).map(((_, x)) => walk(x)).flatten()
  } else { () }
}
#let f(..it) = it.pos().filter(value => type(value) == content).join()
#metadata(walk(eval(sys.inputs.text, mode: "markup", scope: (f: f, x: true, y: true)))) <found>
"""


@pytest.mark.compiles
def test_cases_are_as_the_compiler_reads_them() -> None:
    typst = pytest.importorskip("typst")
    compared = 0
    for name, (text, expected) in CASES.items():
        if name == "a bare address":
            continue
        try:
            found = typst.query(_WALK.encode(), "<found>", field="value", one=True, sys_inputs={"text": text})
        except RuntimeError:
            continue  # broken, or needs names that only a whole document has
        labels = parse("a.typ", text.encode()).labels
        resolved = [key for key in json.loads(found) if key not in labels]
        read_here = [key for key in expected if key not in labels]
        compared += name not in NOT_EVALUATED
        assert resolved == read_here or (name in NOT_EVALUATED and set(resolved) < set(read_here)), name
    assert compared > 80


# What stands in a branch, a function or a condition that is not laid out is read all the same.
NOT_EVALUATED = {
    "content in code",
    "content as an argument",
    "if and else",
    "content in a condition",
    "for and while",
    "context",
    "a show rule",
    "a closure",
}

TRICKY = r"""#import "env.typ": note
#set heading(numbering: "1.")
= Heading <sec:one>
A @a2020. B @b_2021-x: C (@c.d:e, p. 3); @f2022[p. 7, see @g2023]. Word@h2024 and @Müller2020’s.
@sec:one, `@no`, me\@no.org, https://x.org/@no, "@i2025", // @no
/* @no /* @no */ @no */ #raw("@no") ```typ @no ```
$ x @y "@no" #[@j1] $ #let s = "@no"; #text(size: 9pt)[@k1 _@l1 _] #link("mailto:x@no.org")[mail]
#cite(<m1>, form: "prose") #cite(label("n/1")) #if 1 < 2 [@o1] else [] #for x in (1,) [@p1] #note[@q1]
#{ let t = [@r1]; t } #figure(table([@s1]), caption: [C @t1]) <fig:one> @fig:one #ref(<u1>)
#include "part.typ"
#bibliography(("one.bib", "two.bib"), title: none)
"""


@pytest.mark.compiles
def test_a_document_cites_what_the_compiler_resolves(tmp_path: Path) -> None:
    typst = pytest.importorskip("typst")
    (tmp_path / "env.typ").write_text("#let note(it) = [#it]\n")
    (tmp_path / "part.typ").write_text("Included @v1, not \\@no.\n")
    (tmp_path / "main.typ").write_text(TRICKY)
    main, part = (parse(name, (tmp_path / name).read_bytes()) for name in ("main.typ", "part.typ"))
    cited = [mention.key for mention in main.citations + part.citations]
    entries = [f"@misc{{{key}, title = {{T}}, author = {{A, B}}, year = 2020}}\n" for key in cited]
    (tmp_path / "one.bib").write_text("".join(entries[::2]))
    (tmp_path / "two.bib").write_text("".join(entries[1::2]))
    found = typst.query(tmp_path / "main.typ", "cite", root=tmp_path)
    assert sorted({element["key"].removeprefix("label").strip('<>()"') for element in json.loads(found)}) == sorted(
        cited
    )
    assert "no" not in "".join(cited)
    assert [link.path for link in main.includes] == ["env.typ", "part.typ"]
    assert [link.path for link in main.bibliographies] == ["one.bib", "two.bib"]
