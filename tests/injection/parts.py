"""What an output is made of, as a parser of its format sees it.

A hostile project's output may have no part that its harmless twin's lacks, but for what each format writes in place of
a sign (`ESCAPES`).
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import pypandoc
import typst
from defusedxml import ElementTree

from tests.render.test_clean import hostile

Parts = frozenset[str]


def _lines(text: str) -> Iterator[str]:
    """What is wrong with a text for people: what a terminal, or a CI system that reads its log, acts on.

    GitHub's runner takes `::name …::` at the start of a line for a command, and `##[name]` anywhere in it
    (`ActionCommand.cs`); Azure Pipelines `##vso[`, TeamCity `##teamcity[`.
    """
    yield from {f"sign U+{ord(sign):04X}" for sign in hostile(text)}
    if re.search(r"^\s*::[\w-]+( .*)?::", text, re.MULTILINE):
        yield "workflow command"
    if re.search(r"##\w*\[", text):
        yield "logging command"
    if re.search(r"section_(start|end):\d+:\S*\r", text):
        yield "section of a log"


def people(text: str) -> Parts:
    return frozenset(_lines(text))


_SEQUENCE = re.compile(r"\x1b(?:\[(?P<sgr>[0-9;]*)m|\]8;(?P<id>[^;\x1b\x07]*);(?P<target>[^\x1b\x07]*)\x1b\\)")


def terminal(text: str) -> Parts:
    """The links and colours, and whatever is none of them."""
    links = {f"link {urlsplit(found['target'])[:3]}" for found in _SEQUENCE.finditer(text) if found["target"]}
    colours = {f"colour {found['sgr']}" for found in _SEQUENCE.finditer(text) if found["sgr"] is not None}
    return frozenset({*links, *colours, *_lines(_SEQUENCE.sub("", text))})


class _Page(HTMLParser):
    VOID = ("meta", "input")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.parts: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts |= {f"<{tag}>", *(f"<{tag} {name}>" for name, _ in attrs)}
        self.parts |= {f"to {re.split('[#/]', value or '')[0]}" for name, value in attrs if name in {"href", "src"}}
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.parts.add(f"stray </{tag}>")

    def handle_comment(self, data: str) -> None:
        self.parts.add("comment")

    def handle_pi(self, data: str) -> None:
        self.parts.add("instruction")

    def unknown_decl(self, data: str) -> None:
        self.parts.add("declaration")


def html(text: str) -> Parts:
    page = _Page()
    page.feed(text)
    page.close()
    return frozenset({*page.parts, *(f"open <{tag}>" for tag in page.open), *people(text)})


_LATEX = re.compile(r"(?P<begin>\\(?:begin|end)\{[^{}]*\})|(?P<command>\\(?:[A-Za-z@]+\*?|.|\n))|(?P<sign>[%$&#^_~])|[{}]")


def latex(text: str) -> Parts:
    """Control sequences, environments and active signs; and whether braces are in pairs."""
    parts, depth = set(), 0
    for found in _LATEX.finditer(text):
        depth += {"{": 1, "}": -1}.get(found.group(), 0)
        parts |= {found.group()} - {"{", "}"} | ({"a brace too many"} if depth < 0 else set())
    return frozenset(parts | ({"an open brace"} if depth else set()) | people(text.replace("\\#\\#", "")))


_WALK = """
#let walk(it) = if type(it) == array { it.map(walk) } else if type(it) == content {
  (repr(it.func()), ..it.fields().values().map(walk))
} else { () }
#metadata(walk([
"""


def typst_parts(text: str) -> Parts:
    """The elements that Typst makes of it; what it calls, as `#set` and `#show`, stands in it as it would in a page."""
    source = f"{_WALK}{text}\n]).flatten().dedup())<parts>"
    found = json.loads(typst.query(source.encode(), "<parts>", field="value", one=True))
    return frozenset({*found, *people(text)})


def _pandoc(text: str, reader: str) -> Parts:
    tree = json.loads(pypandoc.convert_text(text, "json", format=reader))
    return frozenset({*_nodes(tree["blocks"]), *(f"meta {name}" for name in tree["meta"]), *people(text)})


def _nodes(node: Any) -> Iterator[str]:
    pending = [node]
    while pending:
        current = pending.pop()
        if isinstance(current, dict):
            if current.get("t") in {"Link", "Image"}:
                yield f"{current['t']} {current['c'][2][0].split('/')[0]}"
            elif "t" in current:
                yield current["t"]
            pending += [value for key, value in current.items() if key != "t"]
        elif isinstance(current, list):
            pending += current


def markdown(text: str) -> Parts:
    """As Pandoc reads it, and as GitHub does, where it is put into a summary or a comment."""
    return _pandoc(text, "markdown") | {f"gfm {part}" for part in _pandoc(text, "gfm")}


def table(text: str) -> Parts:
    """Whether a cell is a formula; what is a number is none."""
    cells = [cell for row in csv.reader(io.StringIO(text, newline=""), strict=True) for cell in row]
    wrong = [cell for cell in cells if re.match(r"\s*[=+\-@＝＋－＠]|[\t\r\n]", cell) and not _number(cell)]
    return frozenset({*(f"formula {cell[:40]!r}" for cell in wrong), *(f"sign {sign!r}" for sign in hostile("".join(cells)))})


def _number(cell: str) -> bool:
    return re.fullmatch(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?", cell, re.ASCII) is not None


def strict_json(text: str) -> Parts:
    """The shape: names by their depth. What only Python reads as JSON is no JSON."""

    def refuse(word: str) -> None:
        raise ValueError(word)

    return frozenset({*_shape(json.loads(text, parse_constant=refuse), ""), *(f"sign {sign!r}" for sign in hostile(text))})


_OPEN = ("domains", "printed", "values", "as_stated", "fields", "interval_days")


def _shape(node: Any, place: str) -> Iterator[str]:
    if isinstance(node, dict):
        for name, value in node.items():
            here = f"{place}.{name}"
            yield here
            if name not in _OPEN:
                yield from _shape(value, here)
    elif isinstance(node, list):
        for item in node:
            yield from _shape(item, place)


def jsonl(text: str) -> Parts:
    return frozenset(part for row in text.splitlines() for part in strict_json(row))


def github(text: str) -> Parts:
    """The commands and their properties; every line is one."""
    parts: set[str] = set()
    for row in text.removesuffix("\n").split("\n"):
        found = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", row)
        if found is None:
            parts.add(f"no command {row!r}")
            continue
        pairs = dict(pair.split("=", 1) for pair in found[2].split(","))
        parts |= {found[1], *pairs, *(f"sign {sign!r}" for sign in hostile(row))}
        if re.search(r"%(?!25)", found[3]):
            parts.add(f"escape {found[3]!r}")
    return frozenset(parts)


def junit(text: str) -> Parts:
    root = ElementTree.fromstring(text.encode())
    return frozenset({*(f"<{one.tag}>" for one in root.iter()), *(f"<{one.tag} {name}>" for one in root.iter() for name in one.attrib)})


def errorformat(text: str) -> Parts:
    rows = text.removesuffix("\n").split("\n")
    wrong = {f"no place {row!r}" for row in rows if not re.fullmatch(r"[^:]+:\d+:\d+: [a-z]+: KR\d{3} .*", row)}
    return frozenset({*wrong, *people(text)})


def diff(text: str) -> Parts:
    """The files of a diff, and the kinds of its lines; each hunk is as long as its head says."""
    parts, rows = set(people(text.replace("\r\n", "\n"))), iter(text.split("\n")[:-1])
    for row in rows:
        hunk = re.fullmatch(r"@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@", row)
        if hunk is None:
            parts.add(row[:4] if row.startswith(("--- ", "+++ ")) else f"stray {row[:40]!r}")
            continue
        old, new = (int(count or 1) for count in hunk.groups())
        while old or new:
            sign = next(rows)[:1]
            old, new = old - (sign in " -"), new - (sign in " +")
            parts |= {sign} - {"\\"}
    return frozenset(parts)


PARTS: Mapping[str, Callable[[str], Parts]] = {
    "table": people, "text": people, "terminal": terminal, "html": html, "latex": latex, "typst": typst_parts,
    "markdown": markdown, "csv": table, "json": strict_json, "sarif": strict_json, "gitlab": strict_json,
    "fhir": strict_json, "jsonl": jsonl, "github": github, "junit": junit, "errorformat": errorformat, "diff": diff,
    "robvis": table, "prisma": table, "studies-csv": table,
}  # fmt: skip
