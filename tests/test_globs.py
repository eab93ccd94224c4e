"""Patterns of the settings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.globs import below, is_glob, matches


@pytest.mark.parametrize(
    ("pattern", "matching", "other"),
    [
        ("reviews/*.yaml", ["reviews/a.yaml", "reviews/.yaml"], ["reviews/x/a.yaml", "a.yaml", "reviews/a.yml"]),
        ("**/*.bib", ["a.bib", "x/a.bib", "x/y/a.bib"], ["a.bibx", "x/abib"]),
        ("lit/**", ["lit/a", "lit/x/b"], ["lit", "literature/a"]),
        ("**", ["a", "a/b", "a/b/c"], []),
        ("a/**/b/**/c.md", ["a/b/c.md", "a/x/b/y/z/c.md", "a/b/b/c.md"], ["a/c.md", "b/c.md", "a/b/c"]),
        ("**/a/*/**/b", ["a/x/b", "q/a/x/y/b", "a/a/a/b"], ["a/b", "a/x/c"]),
        ("**/x", ["x", "a/x", "a/b/x"], ["x/a", "xx", "a/xx", "x/"]),
        ("a/**/x", ["a/x", "a/b/x"], ["x", "b/x", "b/a/x", "a/x/b"]),
        ("**/**/**/x", ["x", "a/x", "a/b/c/d/x"], ["a/y"]),
        ("a?.md", ["ab.md"], ["a/.md", "a.md", "abc.md"]),
        ("[ab].md", ["a.md", "b.md"], ["c.md", "ab.md"]),
        ("[!ab].md", ["c.md"], ["a.md"]),
        ("[a-c]", ["b"], ["d", "-"]),
        ("[]x", ["[]x"], ["x"]),
        ("[^a]", ["^", "a"], ["b"]),
        ("a+(b).c", ["a+(b).c"], ["aab.c", "a+(b)xc"]),
        (r"[\]", ["\\"], ["]"]),
        ("[z-a].md", [], ["z.md", "a.md"]),
        ("a\nb*", ["a\nbc"], ["ab"]),
    ],
)
def test_matches(pattern: str, matching: list[str], other: list[str]) -> None:
    assert [name for name in matching if not matches(pattern, name)] == []
    assert [name for name in other if matches(pattern, name)] == []


@given(st.text(alphabet="ab*?[]!^-\\/.&|~z", max_size=12), st.text(alphabet="ab/.-^", max_size=8))
def test_no_pattern_raises(pattern: str, name: str) -> None:
    matches(pattern, name)


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("/".join(["**"] * 40) + "/x.yaml", "a/" * 60 + "y.yaml"),
        ("/".join(["**", "a"] * 30) + "/x.yaml", "a/" * 200 + "y.yaml"),
        ("*a" * 30 + "b", "a" * 5000),
        ("**/" + "*a" * 30 + "b.yaml", "x/" * 50 + "a" * 200),
    ],
    ids=["many folders", "folders between", "many stars", "stars below"],
)
def test_no_pattern_takes_for_ever(pattern: str, name: str) -> None:
    assert not matches(pattern, name)


@pytest.mark.parametrize(
    ("folder", "glob"),
    [("lit", "lit/**"), ("./lit/", "lit/**"), (".", "**"), ("a[1]*", "a[[]1][*]/**"), ("a//b/../c", "a/c/**")],
)
def test_below(folder: str, glob: str) -> None:
    assert below(folder) == glob


def test_below_takes_wildcards_in_a_folder_name_as_they_are() -> None:
    assert matches(below("a[1]*"), "a[1]*/x")
    assert not matches(below("a[1]*"), "a1b/x")


@pytest.mark.parametrize(("pattern", "glob"), [("a.yaml", False), ("*.yaml", True), ("a?", True), ("[a]", True)])
def test_is_glob(pattern: str, *, glob: bool) -> None:
    assert is_glob(pattern) is glob
