"""The page of findings: alone, safe, and for everyone to read."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise
from typing import Any

import pytest
from lxml import html as parser

from ketreview.diagnostics import Diagnostic, Related, Summary, fault
from ketreview.render.diagnostics import Run
from ketreview.render.diagnostics.html import render
from ketreview.source import Source, Span
from tests.render.findings import CLEAR, ERROR, FINDINGS, RUN, WARNING


def page(findings: Sequence[Diagnostic] = FINDINGS, run: Run = RUN) -> Any:
    return parser.document_fromstring(render(findings, run))


def said(element: Any) -> str:
    return " ".join(element.text_content().split())


def test_nothing_is_loaded_and_nothing_runs() -> None:
    out = render(FINDINGS, RUN)
    tree = page()
    style = re.search(r"<style>(.*?)</style>", out, re.DOTALL)
    assert style is not None
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") == [
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    ]
    assert not re.search(r"url\(|@import|expression|javascript:", style[1])
    assert not tree.xpath("//script | //link | //img | //iframe | //object | //form | //@style | //@src")
    assert {address.split("#")[0] for address in tree.xpath("//@href")} == {
        "",
        "https://github.com/ketreview/ketreview/blob/main/docs/rules.md",
    }


def test_links_lead_somewhere_and_names_are_unique() -> None:
    ids = page().xpath("//@id")
    assert len(set(ids)) == len(ids)
    named = {name.removeprefix("#") for name in page().xpath("//@href") if name.startswith("#")}
    assert named | set(page().xpath("//@for | //@aria-labelledby")) <= set(ids)


def test_headings_go_down_one_by_one() -> None:
    levels = [int(element.tag[1]) for element in page().iter("h1", "h2", "h3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_finding() -> None:
    first, second, *_ = page().xpath("//article")
    assert said(first.find("h3")) == "error KR201 a is a key already"
    assert said(first.find_class("place")[0]) == "references.bib:5:7 unresolved-citation"
    assert [said(mark) for mark in first.iter("mark")] == ["a", "a,"]
    assert said(first.find_class("related")[0]).startswith("also references.bib:1:7: first here")
    assert said(second.find_class("fix")[0]) == (
        "Fix: Write the DOI alone − doi = {https://doi.org/10.1/x}, + doi = {10.1/x},"
    )
    assert said(page().xpath("//article")[4].find_class("unsafe")[0]) == "needs your yes"


def test_findings_are_grouped_by_file_and_counted() -> None:
    titles = [said(element) for element in page().xpath("//section[contains(@class, 'file ')]/h2")]
    assert titles == ["references.bib 1 error, 1 warning", "reviews/a.yaml 2 errors", "reviews/b.yaml 1 info"]
    assert [said(item) for item in page().xpath("//nav//li")] == titles
    assert said(page().find_class("summary")[0]) == (
        "1 error, 2 warnings, 1 info in 3 reviews, 4 entries, 5 citations (6 unresolved)."
    )


def test_each_severity_has_a_box_with_a_label() -> None:
    boxes = page().xpath("//input[@type='checkbox' and @checked]/@id")
    assert boxes == ["show-error", "show-warning", "show-info"] == page().xpath("//label/@for")
    only = replace(RUN, summary=Summary(2, 0, 0, 1, 1, 1, 0))
    assert page(FINDINGS[2:4], only).xpath("//input | //nav") == []


def test_codes_are_explained_once() -> None:
    rules = page().xpath("//section[@class='rule']")
    assert [said(rule.find("h3")) for rule in rules] == [
        "KR201 unresolved-citation", "KR205 reference-without-key", "KR702 unlisted-file",
    ]  # fmt: skip
    assert rules[0].xpath(".//pre/code")


def test_a_run_without_findings() -> None:
    tree = page((), CLEAR)
    assert said(tree.find_class("summary")[0]) == "No findings in 3 reviews, 4 entries, 5 citations."
    assert tree.xpath("//article | //nav | //section") == []
    assert said(page((), replace(CLEAR, project="")).find(".//h1")) == "Findings"


def test_lines_left_out_and_places_between_characters() -> None:
    source = Source("a.bib", "".join(f"line {number}\n" for number in range(9)))
    many = tuple(Related(Span(source, 0, 4), "here") for _ in range(4))
    tree = page([fault(WARNING, Span(source, 2, 50), "long", related=many), fault(ERROR, Span(source, 0, 0), "start")])
    first, second = tree.xpath("//article")
    assert [said(row) for row in first.find_class("row")] == ["1line 0", "2line 1", "⋮5 more lines", "8line 7"]
    assert len(first.xpath(".//li")) == 4
    assert len(second.xpath(".//mark[@class='point']")) == 1


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("number", [0, 1, 2], ids=["light", "dark", "print"])
def test_text_can_be_read_on_every_ground(number: int) -> None:
    """WCAG 2.2 AA asks for 4.5."""
    blocks = re.findall(r":root \{(.*?)\}", render((), CLEAR), re.DOTALL)
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", blocks[number]))
    for text in ("text", "quiet", "link", "error", "warning", "info", "fine"):
        for ground in ("page", "code"):
            assert _contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    for ground in ("mark", "old", "new"):
        assert _contrast(colours["text"], colours[ground]) >= 4.5, ground
        if ground != "mark":
            assert _contrast(colours["quiet"], colours[ground]) >= 4.5, ground
