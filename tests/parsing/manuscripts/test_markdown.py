"""Citations in Markdown and Quarto. Rules: Pandoc's manual, "Citation syntax" and the reader's `citeKey`."""

# ruff: noqa: E501  tables of cases are wide

from __future__ import annotations

import json
import string
import subprocess
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketreview.model.manuscript import Manuscript
from ketreview.parsing.manuscripts.markdown import _KINDS, parse
from ketreview.parsing.manuscripts.markdown_metadata import parse_quarto


def read(text: str, path: str = "chapter.md") -> Manuscript:
    return parse(path, text.encode())


def keys(text: str, path: str = "chapter.md") -> list[str]:
    return [mention.key for mention in read(text, path).citations]


# Each text with the keys that pandoc 3.9 finds in it, in order: a `compiles` test holds this table to pandoc itself.
AS_PANDOC: list[tuple[str, str]] = [
    # A key starts with a letter, a digit or `_`; punctuation is part of it when single and inside.
    ("@key", "key"),
    ("@9x and @_a", "9x _a"),
    ("@日本2020 and @é1", "日本2020 é1"),
    ("@Foo_bar.baz.", "Foo_bar.baz"),
    ("@Foo_bar--baz", "Foo_bar"),
    ("@a..b @a- @k: @k; @k? @k's", "a a k k k k"),
    ("@a_ and @A_B__c", "a_ A_B__c"),
    ("@a:b @a.b @a#b @a$b @a%b @a&b @a-b", "a:b a.b a#b a$b a%b a&b a-b"),
    ("@a+b @a?b @a<b @a>b @a~b @a/b", "a+b a?b a<b a>b a~b a/b"),
    ("@a|b @a!b @a=b @a'b @a,b", "a a a a a"),
    ("@10.1000/abc(1)", "10.1000/abc"),
    ("@a://b.c and @a//b and @a:/b", "a://b.c a//b a:/b"),
    ("@a/@b", "a b"),
    ("@-a, @ k, @, @@k", "k"),
    ("@\u200bk a@\u200b", ""),
    # In braces: anything but white space, braces in pairs.
    ("@{Foo_bar.baz.}", "Foo_bar.baz."),
    ("[@{https://example.com/bib?name=foobar&date=2000}, p. 33]", "https://example.com/bib?name=foobar&date=2000"),
    ("@{a{b}c} @{a b} @{a\nb} @{}", "a{b}c"),
    ("-@{a} @a{b}", "a a"),
    # Not behind a letter, a digit or a full stop: that is an address.
    ("me@example.org, first.last@example.org", ""),
    ("x.@k é@k 5@k", ""),
    ("...@k", "k"),
    ("x_@k foo-@k word[@k] —@k “@k” (x @k)", "k k k k k k"),
    ("@k@l, @k.@m", "k l k"),
    ("*@k* **@k** _@k_ ~~@k~~ ~@k~ ^@k^", "k k k_ k k k"),
    # Groups, prefixes, suffixes, locators.
    ("[-@key, p. 3; see @other]", "key other"),
    ("[see @a, pp. 33-35; also @b, chap. 1 and @c]", "a b c"),
    ("@a [p. 3] @b [@c; -@d]", "a b c d"),
    ("[@a{pp. iv, vi-xi} and @b]", "a b"),
    ("[@a][@b][@c;@d]", "a b c d"),
    ("text^[a note on @k] and [[@l]]", "k l"),
    ("[@a\n\n@b]", "a b"),
    # Nothing cites right behind emphasis, and in a subscript no key has a `~`.
    ("*a*@k **a**@l _a_@m *a*-@n *a* @o", "n o"),
    ("***a***@k ***a** b*@l ***a* b**@m **a *b***@n", ""),
    ("*a*b*@k \\*a*@l `*`a*@m", "k m"),
    ("a_b_@k *a**b*@l ****a*@m", "k l m"),
    ("*a _b_@k*@l", ""),
    ("*a\nb*@k *`a`*@l", ""),
    ("[*a*@k](u) [@l]", "l"),
    ("H~@k~O and H~[@l~O]~ x~-@m~", "k l m"),
    ("H~~@k~O~~ and @l~O ~a @m~O", "k~O l~O m~O"),
    # A footnote cites if it is called, outside of footnotes; of two definitions the last one counts.
    ("x[^n]\n\n[^n]: @k\nlazy @l\n\n    more @m\n\n[^o]: @o\n\nafter @p", "k l m p"),
    ("[^n]: @k\n\n`[^n]`", ""),
    ("[^n]: @k\n\n- # H[^n]", "k"),
    ("x[^n]\n\n[^n]: @k [^o]\n[^o]: @l", "k"),
    ("[^n]: @k\n[^n]: @l\n\nx[^n]", "l"),
    ("x[^o]\n\n[^n]: a\n[^o]: @k", "k"),
    # The title block.
    ("% T @t\n  more @u\n\n    @k", "t u"),
    ("% T\n% A; B @b\n% @d\n@k", "b d k"),
    # Escapes and entities.
    ("\\@k and \\\\@l and a\\@m", "l"),
    ("&#64;k &commat;k &amp;@k", "k"),
    # Code in a line: a run of as many backticks closes it, in the same paragraph.
    ("`@k` ``@k` @m`` ``` @k ```", ""),
    ("`@k\n@l`", ""),
    ("`@k\n\n@l`", "k l"),
    ("`@k ``` @l", "k l"),
    ("`@k\\` @l \\`@m\\`", "l m"),
    ("`<b>@k`{=html}", ""),
    # Fenced code: closed by as many of the same; tildes do not end a paragraph, backticks do.
    ("```\n@k\n```\n@l", "l"),
    ("~~~ py\n@k\n```\n@k\n~~~\n@m", "m"),
    ("````\n```\n@k\n````\n@l", "l"),
    ("~~~~\n~~~\n@k\n~~~~\n@l", "l"),
    ("para\n```\n@k\n```\n", ""),
    ("para\n~~~\n@k\n~~~\n", "k"),
    ("```{.py x='@k'}\n@k\n```", ""),
    ("```{=html}\n@k\n```\n", ""),
    ("   ```\n@k\n   ```\n@l", "l"),
    ("> ```\n> @k\n> ```\n\n- ```\n  @k\n  ```\n", ""),
    ("```\nnever closed @k\n", "k"),
    # Indented code: four columns deeper than the text around it, and not in a paragraph.
    ("    @k", ""),
    ("\t@k", ""),
    ("para\n    @k\n", "k"),
    ("para\n\n    @k\n\n    @k\n\n@l", "l"),
    ("# H\n    @k", ""),
    ("- a\n\n    @k\n\n        @c\n", "k"),
    ("1. a\n\n   @k\n\n        @c\n", "k"),
    ("-   a\n\n      @k\n\n          @c", "k"),
    ("- a\n- b\n\n  @k\n\n      @c", "k"),
    ("- a\n\n b\n\n    @c", ""),
    (">     @c\n\n> - a\n>\n>     @k", "k"),
    ("[^1]: foo\n\n    @k\n\n        @c\n\nx[^1]", "k"),
    ("Term\n:   @k\n\n    @l\n\n        @c\n", "k l"),
    ("Term\n~   @k\n\n    @l\n\n        @c\n", "k l"),
    # HTML: comments run over blank lines, tags and their attributes, elements that are not read.
    ("a <!-- @k\n\n@k --> @m", "m"),
    ("<!--\n- @k\n\n    @k\n-->\n@l", "l"),
    ("<!-- never closed @k", "k"),
    ("`<!--` @k `-->`", "k"),
    ("<b title='@k'>@l</b> <b\ntitle='@k'>@m", "l m"),
    ("<div data-x='@k'>\n@l\n</div>", "l"),
    ("<script>\n@k\n\n@k\n</script>\n\n@l", "l"),
    ("<pre><code>@k</code></pre>\n\n<style>@k</style>", ""),
    ("a < @k > b <@l>", "k l"),
    # Links: no citation in an address, a title, or a definition; citations in their text.
    ("<https://x.y/@k> <a@b.c>", ""),
    ('[t @l](https://x.y/@k "@m")', "l"),
    ("[t](<@k a>) and [see @a](u @b v)", "a"),
    ("[@a](u/@b)", "a"),
    ("x ![i @l](x@k.png){alt='@k'}", "l"),
    ("[t]{.x y='@k'}", ""),
    ("[id]: http://x/@k\n\n[id]", ""),
    ("[id]: foo @k bar\n", ""),
    ("[@a]: u", "a"),
    ("para\n[id]: foo @k bar\n", "k"),
    ("[^@x] a", ""),
    # Attributes, TeX, math.
    ("# H @k {#x y='@l'}", "k"),
    ("::: {.x y='@k'}\n@l\n:::", "l"),
    ("\\cite{@k} \\href{@k}{@l}", ""),
    ("\\begin{x}\n@k\n\n\\end{x}\n\n@l", "l"),
    ("$@k$ and $$@k$$ and $$\n@k\n$$", ""),
    ("It was $5 [@k] and $6", "k"),
    ("$5 @k 6$7 @l $", "k l"),
    ("$$\n@k\n\n@l$$", "k l"),
    # Labels of example items are no citations, wherever they stand.
    ("(@good) An example\n\nAs (@good) and @good show, @bad", "bad"),
    ("(@) @k", "k"),
    # Tables and line blocks.
    ("| a | b |\n|---|---|\n| @k | [@l] |", "k l"),
    ("a | b\n--|--\n@k | `@l`", "k"),
    ("| @k\n| @l", "k l"),
]
OURS: list[tuple[str, str]] = [
    # Pandoc takes `@name` in a bare address for a citation; nobody means that.
    ("https://x.y/@k and www.x.org/@k, medium.com/@name/post", ""),
    ("see https://x.y/z [@k]; http://x.y/@a @l", "k l"),
    # Shortcodes are Quarto's, not Pandoc's.
    ("{{< video https://x/@k >}} @l", "l"),
    ("{{{< include @k >}}} @l", "l"),
    # pandoc-crossref
    ("@fig:one, @Tbl:two, [@eq:three; @k]", "k"),
]


@pytest.mark.parametrize(("text", "expected"), [*AS_PANDOC, *OURS])
def test_keys(text: str, expected: str) -> None:
    assert keys(text) == expected.split()
    assert keys(text.replace("\n", "\r\n")) == expected.split()


@pytest.mark.parametrize("path", ["a.md", "a.qmd"])
@pytest.mark.parametrize("kind", sorted(_KINDS))
def test_cross_references_are_quartos(path: str, kind: str) -> None:
    text = f"@{kind}-one and [@{kind.title()}-two; -@{kind}-three], @{kind} @{kind}s-x"
    expected = [kind, f"{kind}s-x"]
    if path == "a.md":
        expected = [f"{kind}-one", f"{kind.title()}-two", f"{kind}-three", *expected]
    assert keys(text, path) == expected


def test_a_document_adds_kinds_of_cross_references() -> None:
    text = "---\ncrossref:\n  custom:\n    - kind: float\n      key: supp\n---\n@supp-one @sup-two"
    assert keys(text, "a.qmd") == ["sup-two"]


def test_forms_and_places() -> None:
    manuscript = read("\ufeffé\r\n[-@a; @{b.}; -@{c}] @d")
    assert manuscript.language == "markdown"
    assert [(m.key, m.form, m.span.begin, m.span.text) for m in manuscript.citations] == [
        ("a", "-@", (2, 4), "a"),
        ("b.", "@{}", (2, 9), "b."),
        ("c", "-@{}", (2, 17), "c"),
        ("d", "@", (2, 22), "d"),
    ]


def test_includes() -> None:
    text = (
        '{{< include _a.qmd >}}\n\n{{<include "b c.qmd">}}\n\n{{{< include no.qmd >}}}\n\n{{</* include x */>}}\n\n'
        "`{{< include no.qmd >}}`\n\n```\n{{< include no.qmd >}}\n```\n\n<!-- {{< include no.qmd >}} -->\n\n"
        "{{< meta include >}}\n\n{{< include /d.md >}} @k\n"
    )
    manuscript = read(text, "a.qmd")
    assert [link.path for link in manuscript.includes] == ["_a.qmd", "b c.qmd", "/d.md"]
    assert all(link.span.text == link.path for link in manuscript.includes)


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("bibliography: a.bib", "a.bib"),
        ("bibliography: 'a.bib' # why", "a.bib"),
        ('bibliography: ["a.bib", b.bib]', "a.bib b.bib"),
        ("bibliography:\n  - a.bib\n  - ../b.bib\n", "a.bib ../b.bib"),
        ("bibliography:\n- a.bib\ntitle: x", "a.bib"),
        ("bibliography: {main: a.bib, more: [b.bib]}", "a.bib b.bib"),
        ("date: !r Sys.Date()\nbibliography: a.bib", "a.bib"),
        ("format:\n  pdf:\n    bibliography: a.bib\n  html: default", "a.bib"),
        ("bibliography:\n", ""),
        ("bibliography: [", ""),
        ("# bibliography: a.bib\nx: {bibliography: b.bib}", ""),
    ],
)
def test_bibliographies(yaml: str, expected: str) -> None:
    for manuscript in (read(f"---\n{yaml}\n---\n\n@k"), parse_quarto("_quarto.yml", yaml.encode())):
        assert [link.path for link in manuscript.bibliographies] == expected.split()
        assert all(link.span.text == link.path for link in manuscript.bibliographies)
    assert keys(f"---\n{yaml}\n---\n\n@k") == ["k"]


@pytest.mark.parametrize(
    ("yaml", "expected", "everything"),
    [
        ("nocite: '@*'", [], True),
        ("nocite: |\n  @a, @b", [("a", "nocite"), ("b", "nocite")], False),
        ("nocite: |\n  @*\n  [@a]", [("a", "nocite")], True),
        ("abstract: |\n  As @a says, `@no`.\ntwitter: '@no'\nauthor: x@y.z", [("a", "@")], False),
    ],
)
def test_citations_of_the_metadata(yaml: str, expected: list[tuple[str, str]], everything: bool) -> None:
    manuscript = read(f"---\n{yaml}\n---\n")
    assert [(m.key, m.form) for m in manuscript.citations] == expected
    assert all(m.span.text == m.key for m in manuscript.citations)
    assert manuscript.cites_all is everything


def test_a_rule_is_no_metadata() -> None:
    assert keys("a\n\n---\n\n@k\n\n---\n\n@l") == ["k", "l"]
    assert keys("---\nbibliography: a.bib\n\n@k") == ["k"]


def test_bytes_that_are_not_utf8_are_reported_and_the_rest_is_read() -> None:
    manuscript = parse("a.md", b"\xff [@k]")
    assert [m.key for m in manuscript.citations] == ["k"]
    assert [found.code.id for found in manuscript.diagnostics] == ["KR006"]


_HOSTILE = r"""@ | ` | [ | ] | [a]( | [a](b "c | <!-- | <a x= | <a x=" y=' | $a | $$a | { | @{ | {{<a | {.a | {a="@ | \begin{a} | \a{
| ```N | > | > @aN | - | * | -N | x.y/@/ | /@a | ---Na: bNN | <pre> | |@aN | [a]: bN | [a]:N | [^a | (@a) | <!a | <x@ | <x:y
| @a~ | ~ | \ | `@a `` | : | :// | _ | *@a | ![ | www. | 1. | =N | ---N | N | NN | \@ | # | # @N | ::: """


@pytest.mark.parametrize("unit", [" ", "\0", "\t", *_HOSTILE.replace("\n", "").replace("N", "\n").split(" | ")])
def test_hostile_input_is_read_in_linear_time(unit: str) -> None:
    # 300 KB of each: quadratic work on it would take minutes.
    text = "@ " + unit * (300_000 // len(unit))
    for mention in read(text + " @").citations:
        assert mention.span.text == mention.key


def test_fences_that_are_never_closed_are_looked_for_once() -> None:
    text = "\n\n".join("`" * length for length in range(600, 3, -1)) + "\n```x\n" * 20_000 + "@k"
    assert keys(text) == ["k"]
    assert keys("[" * 50_000 + "@a" + "]" * 50_000) == ["a"]


_MARKS = r"""@ @k ` ```N ~~~N N NN - > [ ]( ) ] { } < <!-- --> $ $$ \ ---N bibliography:_a.bibN nocite:_'@x'N ::: <pre>
</pre> _ {{<_include_a_>}} (@a)_ a . | [^1]: [a]:_ :// é ____ :___"""
_PIECES = st.sampled_from([mark.replace("_", " ").replace("N", "\n") for mark in _MARKS.split()])


@given(st.one_of(st.text(), st.lists(_PIECES, max_size=40).map("".join)), st.sampled_from(["a.md", "a.qmd"]))
def test_any_text_is_read_with_places_inside_it(text: str, path: str) -> None:
    manuscript = read(text, path)
    for mention in manuscript.citations:
        assert mention.key
        assert mention.span.text == mention.key
        assert manuscript.source.text[mention.span.start - 1] in "@{"
    for link in (*manuscript.includes, *manuscript.bibliographies):
        assert link.span.text == link.path
    assert [mention.key for mention in read(text, path).citations] == [mention.key for mention in manuscript.citations]


class _Anything:
    """Holds whatever is asked for."""

    def __contains__(self, item: object) -> bool:
        return True


_BEGINNINGS = r"@a¦# @b¦<div @c>¦<!-- @d¦-->¦```¦~~~¦::: {x}¦:::¦| @e¦---¦===¦***¦___¦--- ---¦¦[r]: @f¦[^1]: @g¦[^1]¦: @h¦~ @i¦\@j¦1. @k¦+ @l¦@m¦`@n¦`"
_LINES = st.builds(
    str.__add__,
    st.sampled_from(["", "", "", "> ", "- ", "~ ", "    "]),
    st.sampled_from(_BEGINNINGS.split("¦")),
)


@settings(max_examples=300)
@given(st.lists(_LINES, max_size=12).map("\n".join))
def test_a_line_is_no_block_if_it_does_not_begin_as_one(text: str) -> None:
    known = keys(text)
    with patch("ketreview.parsing.manuscripts.markdown_blocks._BLOCKS", _Anything()):
        assert keys(text) == known


def test_a_part_of_a_document_may_have_its_footnotes_called_by_another() -> None:
    text = "[^1]: @a"
    assert keys(text) == keys(text, "_quarto-notes/a.md") == []
    assert keys(text, "notes/_a.qmd") == keys("{{< include a.qmd >}}\n\n" + text, "a.qmd") == ["a"]


@given(st.text(alphabet=st.characters(exclude_characters="@", exclude_categories=["Cs"])))
def test_text_without_an_at_sign_cites_nothing(text: str) -> None:
    assert keys(text) == []


_WORDS = st.text(alphabet=string.ascii_letters + "@ .,;:-_()é", max_size=40)


@given(
    _WORDS,
    st.sampled_from(["``{}``", "~~~\n{}\n~~~", "<!-- {} -->", "<b title='{}'>", "$$x{}$$", "[t](<{}>)", "    {}"]),
)
def test_what_is_hidden_is_never_cited(text: str, frame: str) -> None:
    hidden = frame.replace("{}", text)
    assert keys(f"@a\n\n{hidden}\n\n@b") == ["a", "b"]


def _cited(node: Any, into: list[str]) -> list[str]:
    """The keys of the Cite elements of pandoc's JSON, in the order of the text."""
    if isinstance(node, list):
        for item in node:
            _cited(item, into)
    elif isinstance(node, dict) and node.get("t") == "Cite":
        for citation in node["c"][0]:
            _cited(citation["citationPrefix"], into)
            into.append(citation["citationId"])
            _cited(citation["citationSuffix"], into)
    elif isinstance(node, dict):
        _cited(list(node.values()), into)
    return into


def _pandoc(text: str) -> list[str]:
    pypandoc = pytest.importorskip("pypandoc")
    command = [pypandoc.get_pandoc_path(), "--from=markdown", "--to=json"]
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=True)
    return [key for key in _cited(json.loads(done.stdout), []) if key]


@pytest.mark.compiles
def test_one_document_of_all_cases_is_read_as_pandoc_reads_it() -> None:
    # Cases that are about the end of the text, or that change how others are read, are compared on their own.
    alone = {"never closed", "(@", "[^", "[id]", "Term", "% T"}
    joined = [text for text, _ in AS_PANDOC if not any(mark in text for mark in alone)]
    document = "\n\n<!-- -->\n\nNext.\n\n".join(joined)
    assert keys(document) == _pandoc(document)


@pytest.mark.compiles
@pytest.mark.parametrize(("text", "expected"), AS_PANDOC)
def test_each_case_is_read_as_pandoc_reads_it(text: str, expected: str) -> None:
    assert _pandoc(text) == expected.split()
