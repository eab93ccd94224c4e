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
from typing import Any
from urllib.parse import urlsplit

import pypandoc
import typst
from defusedxml import ElementTree
from lxml import etree

Parts = frozenset[str]
_SIGN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
"""What a terminal acts on, or what hides or turns text; as `test_clean.hostile`, in a tenth of its time."""


def _lines(text: str) -> Iterator[str]:
    """What is wrong with a text for people: what a terminal, or a CI system that reads its log, acts on.

    GitHub's runner takes `::name …::` at the start of a line for a command, and `##[name]` anywhere in it
    (`ActionCommand.cs`); Azure Pipelines `##vso[`, TeamCity `##teamcity[`.
    """
    yield from {f"sign {sign!r}" for sign in _SIGN.findall(text)}
    if re.search(r"^\s*::[\w-]+( .*)?::", text, re.MULTILINE):
        yield "workflow command"
    if re.search(r"##\w*\[", text):
        yield "logging command"
    if re.search(r"section_(start|end):\d+:\S*\r", text):
        yield "section of a log"


def people(text: str) -> Parts:
    return frozenset(_lines(text))


def signs(text: str) -> Parts:
    return frozenset(f"sign {sign!r}" for sign in _SIGN.findall(text))


_SEQUENCE = re.compile(r"\x1b(?:\[(?P<sgr>[0-9;]*)m|\]8;(?P<id>[^;\x1b\x07]*);(?P<target>[^\x1b\x07]*)\x1b\\)")


def terminal(text: str) -> Parts:
    """The links and colours, and whatever is none of them."""
    links = {f"link {urlsplit(found['target'])[:3]}" for found in _SEQUENCE.finditer(text) if found["target"]}
    colours = {f"colour {found['sgr']}" for found in _SEQUENCE.finditer(text) if found["sgr"] is not None}
    return frozenset({*links, *colours, *_lines(_SEQUENCE.sub("", text))})


_UNKNOWN = etree.ErrorTypes.HTML_UNKNOWN_TAG
"""What libxml2 says of elements that are younger than HTML 4."""


def html(text: str) -> Parts:
    """Elements, attributes, where they lead, and what is not in order."""
    parser = etree.HTMLParser(huge_tree=True)
    root = etree.fromstring(text, parser)
    parts = {f"wrong: {error.message}" for error in parser.error_log if error.type != _UNKNOWN}
    for element in root.iter():
        parts.add(f"<{element.tag}>")
        for name, value in element.attrib.items():
            parts.add(f"<{element.tag} {name}>")
            if name not in {"id", "class", "aria-labelledby"}:
                parts.add(f"<{element.tag} {name}={re.split('[#0-9]', value)[0]}>")
    return frozenset(parts | signs(text))


_LATEX = re.compile(
    r"(?P<begin>\\(?:begin|end)\{[^{}]*\})|(?P<command>\\(?:[A-Za-z@]+\*?|.|\n))|(?P<sign>[%$&#^_~])|[{}]"
)


def latex(text: str) -> Parts:
    """Control sequences, environments and active signs; and whether braces are in pairs."""
    parts, depth = set(), 0
    for found in _LATEX.finditer(text):
        depth += {"{": 1, "}": -1}.get(found.group(), 0)
        parts |= {found.group()} - {"{", "}"} | ({"a brace too many"} if depth < 0 else set())
    return frozenset(parts | ({"an open brace"} if depth else set()) | signs(text))


_WALK = """
#let walk(it) = if type(it) == array { it.map(walk) } else if type(it) == content {
  (repr(it.func()), ..it.fields().values().map(walk))
} else { () }
#let bibliography(..) = []
#metadata(walk([
"""


def typst_parts(text: str) -> Parts:
    """The elements that Typst makes of it; what it calls, as `#set` and `#show`, stands in it as it would in a page."""
    source = f"{_WALK}{text}\n]).flatten().dedup())<parts>"
    found = json.loads(typst.query(source.encode(), "<parts>", field="value", one=True))
    return frozenset({*found, *signs(text)})


def _pandoc(text: str, reader: str) -> Parts:
    tree = json.loads(pypandoc.convert_text(text, "json", format=reader))
    return frozenset(
        {*_nodes([tree["blocks"], tree["meta"]]), *(f"meta {name}" for name in tree["meta"]), *signs(text)}
    )


def _nodes(node: Any) -> Iterator[str]:
    pending = [node]
    while pending:
        current = pending.pop()
        if isinstance(current, dict):
            if current.get("t") == "Link" and current["c"][2][0].startswith("https://"):
                yield "address" if _words(current["c"][1]) == current["c"][2][0] else "link"
            elif current.get("t") == "Span":
                yield f"span {current['c'][0][1]}"
            elif "t" in current:
                yield current["t"]
            pending += [value for key, value in current.items() if key != "t"]
        elif isinstance(current, list):
            pending += current


def _words(inlines: Any) -> str:
    return "".join(part.get("c", "") for part in inlines if isinstance(part.get("c", ""), str))


def draft(text: str) -> Parts:
    """As Pandoc reads it; where something else shows it, a citation may be what it likes, but never HTML."""
    return _pandoc(text, "markdown") | {part for part in _pandoc(text, "gfm") if part.startswith("RawInline")}


def markdown(text: str) -> Parts:
    """As Pandoc reads it, and as GitHub does, where it is put into a summary or a comment."""
    return _pandoc(text, "markdown") | {f"gfm {part}" for part in _pandoc(text, "gfm")}


def table(text: str) -> Parts:
    """Whether a cell is a formula; what is a number is none."""
    cells = [cell for row in csv.reader(io.StringIO(text, newline=""), strict=True) for cell in row]
    wrong = [cell for cell in cells if re.match(r"\s*[=+\-@＝＋－＠]|[\t\r\n]", cell) and not _number(cell)]
    return frozenset(
        {*(f"formula {cell[:40]!r}" for cell in wrong), *(f"sign {sign!r}" for sign in _SIGN.findall("".join(cells)))}
    )


def _number(cell: str) -> bool:
    return re.fullmatch(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?", cell, re.ASCII) is not None


def strict_json(text: str) -> Parts:
    """The shape: names by their depth. What only Python reads as JSON is no JSON."""

    def refuse(word: str) -> None:
        raise ValueError(word)

    return frozenset(
        {*_shape(json.loads(text, parse_constant=refuse), ""), *(f"sign {sign!r}" for sign in _SIGN.findall(text))}
    )


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
    for row in text.split("\n")[:-1]:
        found = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", row)
        if found is None:
            parts.add(f"no command {row!r}")
            continue
        pairs = dict(pair.split("=", 1) for pair in found[2].split(","))
        parts |= {found[1], *pairs, *(f"sign {sign!r}" for sign in _SIGN.findall(row))}
        if re.search(r"%(?!25)", found[3]):
            parts.add(f"escape {found[3]!r}")
    return frozenset(parts)


def junit(text: str) -> Parts:
    root = ElementTree.fromstring(text.encode())
    return frozenset(
        {
            *(f"<{one.tag}>" for one in root.iter()),
            *(f"<{one.tag} {name}>" for one in root.iter() for name in one.attrib),
        }
    )


def errorformat(text: str) -> Parts:
    rows = text.removesuffix("\n").split("\n")
    wrong = {f"no place {row!r}" for row in rows if not re.fullmatch(r".+?:\d+:\d+: [a-z]+: KR\d{3} .*", row)}
    return frozenset({*wrong, *people(text)})


def diff(text: str) -> Parts:
    """The files of a diff, and the kinds of its lines; each hunk is as long as its head says.

    It is to apply, so that what a CI system would take for a command stays in it.
    """
    parts, rows = set(signs(re.sub("\r\n|\t", "\n", text))), iter(text.split("\n")[:-1])
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
    "draft": draft,
    "table": people, "text": people, "terminal": terminal, "html": html, "latex": latex, "typst": typst_parts,
    "markdown": markdown, "csv": table, "json": strict_json, "sarif": strict_json, "gitlab": strict_json,
    "fhir": strict_json, "jsonl": jsonl, "github": github, "junit": junit, "errorformat": errorformat, "diff": diff,
    "robvis": table, "prisma": table, "studies-csv": table,
}  # fmt: skip

_LATEX_SIGNS = (
    "# $ % & _ { } textasciicircum textasciigrave textasciitilde textbackslash textbar textgreater textless ldots"
)
_NODES = "Quoted SingleQuote DoubleQuote"
_GITHUB = ("gfm address", "gfm span ['emoji']")
"""What GitHub makes of the words `https://…` and `:smile:`, escaped or not."""
ESCAPES: Mapping[str, Parts] = {
    "latex": frozenset(f"\\{name}" for name in f"{_LATEX_SIGNS} url , .".split()),
    "typst": frozenset(("smartquote", "symbol", "cite")),
    "markdown": frozenset(f"{reader}{node}" for node in _NODES.split() for reader in ("", "gfm ")) | {*_GITHUB},
    "draft": frozenset(_NODES.split()),
    "terminal": frozenset(("colour 1;32", "colour 1;31")),
    "html": frozenset(("<i>", "<b>", "<ins>", "<ins class>")),
}
"""What a format writes for a sign that means something to it, or makes of quotation marks and dashes."""
