"""YAML text to located nodes."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ketreview.parsing.text import decode_text
from ketreview.parsing.yaml_tree import MAX_DEPTH, Mapping, Node, Scalar, Sequence, parse
from ketreview.source import Source
from tests.parsing.plain import plain


def tree(text: str) -> Node:
    root, faults = parse(Source("a.yaml", text))
    assert faults == []
    assert root is not None
    return root


def scalars(node: Node) -> list[Scalar]:
    if isinstance(node, Scalar):
        return [node]
    parts = node.items if isinstance(node, Sequence) else [part for pair in node.pairs for part in pair]
    return [scalar for part in parts for scalar in scalars(part)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("~", None),
        ("null", None),
        ("''", ""),
        ("true", True),
        ("False", False),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("3", 3),
        ("-3", -3),
        ("007", 7),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("1:30", "1:30"),
        ("1.5", 1.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("٣", "٣"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("'3'", "3"),
        ('"true"', "true"),
        ("!!str 3", "3"),
        ("2026-01-29", "2026-01-29"),
        ("2026-01", "2026-01"),
        ("<<", "<<"),
        ("=", "="),
        ("9" * 500, "9" * 500),
    ],
)
def test_scalars_follow_the_core_schema(text: str, value: object) -> None:
    node = tree(f"a: {text}\n")
    assert isinstance(node, Mapping)
    scalar = node.pairs[0][1]
    assert isinstance(scalar, Scalar)
    assert (scalar.value, type(scalar.value)) == (value, type(value))


def test_a_number_is_always_finite() -> None:
    """`1e999` would be infinite, which no JSON can say."""
    assert plain(tree("a: 1e999\nb: -1e999\n")) == {"a": "1e999", "b": "-1e999"}


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        pytest.param("a: 1\nb: target\n", 2, 4, id="LF"),
        pytest.param("a: 1\r\nb: target\r\n", 2, 4, id="CRLF"),
        pytest.param("a: 1\rb: target\r", 2, 4, id="CR"),
        pytest.param("\ufeffa: target\n", 1, 4, id="byte-order mark"),
        pytest.param("\ufeff# c\r\na: target\n", 2, 4, id="byte-order mark and CRLF"),
        pytest.param('a: "\u2028"\nb: target\n', 2, 4, id="U+2028 is no line"),
        pytest.param('a: "\u2029\u0085"\nb: target\n', 2, 4, id="U+2029 and U+0085 are no lines"),
        pytest.param("a: {😀: 1, é: target}\n", 1, 14, id="code points"),
        pytest.param("# \u2028\na: target\n", 2, 4, id="U+2028 in a comment"),
    ],
)
def test_positions(text: str, line: int, column: int) -> None:
    source, faults = decode_text("a.yaml", text.encode())
    root, more = parse(source)
    assert [*faults, *more] == []
    assert root is not None
    found = next(scalar for scalar in scalars(root) if scalar.text == "target")
    assert source.position(found.start) == (line, column)
    assert source.text[found.start : found.end] == "target"


def test_collections_end_where_their_text_does() -> None:
    text = "a:\n- b: 1\n  c: 2\n\n# comment\nd: [1, 2]  \n"
    source = Source("a.yaml", text)
    root, _ = parse(source)
    assert isinstance(root, Mapping)
    first, second = root.pairs[0][1], root.pairs[1][1]
    assert source.text[second.start : second.end] == "[1, 2]"
    assert source.text[first.start : first.end].startswith("- b: 1\n  c: 2")


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        pytest.param("a: [1, 2\nb: 3\n", "KR001", 2, 2, id="an open bracket"),
        pytest.param("a: 1\n b: 2\n", "KR001", 2, 3, id="indentation"),
        pytest.param("a: 1\nb: 'x\n", "KR001", 3, 1, id="an open quote"),
        pytest.param("a: 1\n\tb: 2\n", "KR001", 2, 1, id="a tab"),
        pytest.param("a: \0", "KR001", 1, 4, id="NUL"),
        pytest.param("a: 1\nb: \x1b[31m", "KR001", 2, 4, id="a terminal escape"),
        pytest.param("@", "KR001", 1, 1, id="no token"),
        pytest.param("a: !!python/object/apply:os.system [x]", "KR007", 1, 4, id="a tag"),
        pytest.param("a: !mine 3", "KR007", 1, 4, id="an own tag"),
        pytest.param("a: 1\n---\nb: 2\n", "KR007", 2, 1, id="two documents"),
        pytest.param("a: *b\n", "KR007", 1, 4, id="an alias of nothing"),
        pytest.param("a: &b [*b]\n", "KR007", 1, 8, id="an alias of itself"),
        pytest.param("[" * (MAX_DEPTH + 1), "KR007", 1, 101, id="too deep"),
        pytest.param("? " * (MAX_DEPTH + 1), "KR007", 1, 201, id="too deep in keys"),
        pytest.param("- " * 50_000, "KR007", 1, 201, id="50,000 dashes"),
        pytest.param("[ " * 50_000, "KR007", 1, 201, id="50,000 brackets"),
        pytest.param("{a: " * 50_000, "KR007", 1, 401, id="50,000 braces"),
    ],
)
def test_faults_are_located(text: str, code: str, line: int, column: int) -> None:
    root, faults = parse(Source("a.yaml", text))
    assert root is None
    assert [(fault.code.id, *fault.span.begin) for fault in faults] == [(code, line, column)]
    assert "\x1b" not in faults[0].message


@pytest.mark.parametrize(
    ("text", "line", "column", "sign"),
    [
        pytest.param("a: 1\nb: A\u2028B\nc: 1\n", 2, 5, "U+2028 (line separator)", id="in a plain value"),
        pytest.param("a: A\x85B\n", 1, 5, "U+0085 (next line)", id="next line"),
        pytest.param("a: A\u2029B\nb: 1\n", 1, 5, "U+2029 (paragraph separator)", id="paragraph separator"),
        pytest.param("# a\u2028b c\na: 1\n", 1, 4, "U+2028", id="in a comment"),
        pytest.param("a: A\u2028B\u2028C\nb: 1\n", 1, 7, "U+2028", id="the last of two"),
        pytest.param("a: A\u2028B\nc: [\n", 1, 5, "U+2028", id="before another fault"),
    ],
)
def test_a_hidden_line_break_is_named(text: str, line: int, column: int, sign: str) -> None:
    _, (fault,) = parse(Source("a.yaml", text))
    assert (fault.code.id, *fault.span.begin) == ("KR001", line, column)
    assert fault.message.startswith(sign)
    assert f"`\\u{sign[2:6]}`" in fault.message


def test_a_hidden_line_break_is_not_the_reason_of_every_fault() -> None:
    _, (fault,) = parse(Source("a.yaml", 'a: "A\u2028B"\nb: [\nc: 1\n'))
    assert "U+2028" not in fault.message
    _, (fault,) = parse(Source("a.yaml", "a: [\nb: 1\nc: \u2028 x\n"))
    assert "U+2028" not in fault.message


def test_what_a_hidden_line_break_is_to_be_written_as() -> None:
    assert plain(tree('a: "A\\u2028B \\u0085 \\u2029"\n')) == {"a": "A\u2028B \x85 \u2029"}


def bomb(width: int, levels: int) -> str:
    rows = ["a0: &a0 [" + ", ".join("x" * width) + "]"]
    rows += [f"a{level}: &a{level} [" + ", ".join([f"*a{level - 1}"] * width) + "]" for level in range(1, levels)]
    return "\n".join(rows) + "\n"


@pytest.mark.parametrize(("width", "levels"), [(10, 9), (2, 90), (1000, 3)])
def test_an_alias_bomb_is_refused(width: int, levels: int) -> None:
    root, faults = parse(Source("a.yaml", bomb(width, levels)))
    assert root is None
    assert [fault.code.id for fault in faults] == ["KR007"]
    assert "aliases" in faults[0].message


def test_ordinary_aliases_are_expanded() -> None:
    assert plain(tree("a: &x {b: [1, 2]}\nc: *x\nd: [*x, *x]\n")) == {
        "a": {"b": [1, 2]},
        "c": {"b": [1, 2]},
        "d": [{"b": [1, 2]}, {"b": [1, 2]}],
    }


def test_an_anchor_can_be_used_again() -> None:
    assert plain(tree("- &a 1\n- *a\n- &a 2\n- *a\n")) == [1, 1, 2, 2]


def test_repeated_keys_are_kept() -> None:
    node = tree("a: 1\na: 2\n")
    assert isinstance(node, Mapping)
    assert len(node.pairs) == 2


@pytest.mark.parametrize("text", ["", "\n\n", "# a comment\n", "---\n...\n", "\ufeff"])
def test_empty_documents(text: str) -> None:
    root, faults = parse(Source("a.yaml", text.removeprefix("\ufeff")))
    assert faults == []
    assert root is None or (isinstance(root, Scalar) and root.value is None)


_SIGNS = st.text(alphabet="ab:-?,[]{}#&*!|>'\"%@`~ \n\r\t\u2028\u0085é😀\x00\ufeff01.", max_size=60)


@settings(max_examples=300)
@given(st.one_of(st.text(max_size=60), _SIGNS))
def test_no_text_raises(text: str) -> None:
    text = text.lstrip("\ufeff")  # decode_text leaves it out, as libyaml does not count it
    source = Source("a.yaml", text)
    root, faults = parse(source)
    assert root is None or not faults
    for fault in faults:
        assert 0 <= fault.span.start <= fault.span.end <= len(text)
    for scalar in scalars(root) if root is not None else []:
        assert 0 <= scalar.start <= scalar.end <= len(text)
        if scalar.plain and "\n" not in scalar.text and text[scalar.start : scalar.end].isprintable() and scalar.text:
            assert text[scalar.start : scalar.end].lstrip("&").endswith(scalar.text)


_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.text(alphabet="ab #:-'\"\n{}é😀", max_size=8), st.integers(-99, 99), st.booleans(), st.none()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text("abc", min_size=1, max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(_VALUES, st.booleans())
def test_what_pyyaml_writes_is_read_back(value: object, flow: bool) -> None:
    assert plain(tree(yaml.safe_dump(value, allow_unicode=True, default_flow_style=flow))) == value
