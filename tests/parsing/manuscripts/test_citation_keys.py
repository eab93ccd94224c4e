"""Which keys each language can cite, held against its own reader here and against the typesetters themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from ketreview.parsing.manuscripts import parse_manuscript
from ketreview.parsing.manuscripts.citation_keys import is_plain, obstacles

KEYS = [
    "klein2020", "2020klein", "_a", "-a", "a-", "a_b-c.d:e", "a--b", "a.", "a:", "a/b", "a//b", "a+b", "a&b", "a~b",
    "a@b", "a'b", "a(b)", "a!b", "a|b", "a;b", "a*b", "a?b", "a$b", "a^b", "a<b>c", "a\\b", "a`b", "Müller", "日本",
    "a·b", "a½", "a\u200bb", "𝐀",
]  # fmt: skip


def blocked(key: str, language: str) -> bool:
    return any(not obstacle.passable for obstacle in obstacles(key, [language]))


def free(key: str, language: str) -> bool:
    return next(obstacles(key, [language], ascii_only=False), None) is None


@pytest.mark.parametrize("key", KEYS)
def test_a_key_without_obstacles_is_read_back_from_a_chapter(key: str) -> None:
    for language, name, form in (
        ("typst", "a.typ", "@{}"),
        ("markdown", "a.md", "[@{}]"),
        ("latex", "a.tex", r"\cite{{{}}}"),
    ):
        chapter = parse_manuscript(name, form.format(key).encode())
        cited = [mention.key for mention in chapter.citations] == [key]
        assert not free(key, language) or cited, language
        if language != "latex" and key.isprintable():  # LaTeX reads what biber does not
            assert cited == free(key, language), language


@pytest.mark.parametrize("key", KEYS)
def test_a_plain_key_has_no_obstacle_anywhere(key: str) -> None:
    if is_plain(key):
        assert list(obstacles(key, ["typst", "latex", "markdown", "rst", "quarto", "notebook"])) == []


def test_a_language_is_asked_once_and_one_that_is_unknown_not_at_all() -> None:
    assert len(list(obstacles("a--b", ["markdown", "quarto", "notebook"]))) == 1
    assert list(obstacles("a/b", ["markdown_metadata"])) == []


@pytest.mark.compiles
@pytest.mark.parametrize("key", [key for key in KEYS if key.isprintable() and not set("\\") & set(key)])
def test_typst_itself_agrees(key: str, tmp_path: Path) -> None:
    typst = pytest.importorskip("typst")
    (tmp_path / "r.bib").write_text(f"@misc{{{key}, title={{T}}, author={{A, B}}, year={{2020}}}}\n", "utf-8")
    chapter = tmp_path / "m.typ"

    def compiles(form: str) -> bool:
        chapter.write_text(form + '\n\n#bibliography("r.bib")\n', "utf-8")
        try:
            typst.compile(str(chapter), output=str(tmp_path / "o.pdf"))
        except typst.TypstError:
            return False
        return True

    if compiles(f'#cite(label("{key}"))'):
        assert compiles(f"@{key}") == free(key, "typst")
        assert compiles(f"#cite(<{key}>)") == (not blocked(key, "typst"))
