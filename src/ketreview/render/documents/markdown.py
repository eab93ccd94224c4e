"""Pandoc Markdown: front matter, `[@key]` citations, pipe tables."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from ketreview.document import (
    Block,
    Cite,
    Comment,
    Document,
    Heading,
    Item,
    Items,
    Line,
    Paragraph,
    Table,
    Text,
    Tone,
    Verbatim,
)
from ketreview.patterns import regex
from ketreview.render.documents.prose import folded, folded_lines, marked, runs

_DASHES = 90
_SPECIAL = regex(r"[\\`*_{}\[\]<>#|$@^~]|&(?=#?\w+;)|(?<=-)-|\.(?=\.\.)")
_BLOCK_START = regex(
    r"(?P<mark>[-+:%=])(?=\s|$|[-+:%=])|\(?(?:\d+|\\?#|[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+|\\@\w*)(?P<end>[.)])(?=\s|$)"
)
_CAPTION = regex(r"(table|figure)(?=:)", re.IGNORECASE)
_PLAIN_KEY = regex(r"[A-Za-z0-9_](?:[A-Za-z0-9_]|[:.#$%&+?~/-](?=[A-Za-z0-9_]))*")
_BRACED_KEY = regex(r"[^\s{}\\\[\];<>]+")
_IN_BRACKET = regex("[;'\"]")
_PLAIN_CODE = regex(r"[\w .,:;/()+=-]+")
_NO_BREAK = "\u00a0"


def render(document: Document) -> str:
    """The document as Pandoc Markdown."""
    parts = [_front_matter(document)]
    previous: Block | None = None
    for block in document.blocks:
        if isinstance(previous, Items) and isinstance(block, Items):
            parts.append("<!-- -->\n")
        parts.append(_block(block))
        previous = block
    return "\n".join(parts)


def _front_matter(document: Document) -> str:
    lines = [f"title: {_scalar(document.title)}"] if document.title else []
    if document.bibliography:
        lines += ["bibliography:", *(f"- {_scalar(path)}" for path in document.bibliography), "link-citations: true"]
    return "\n".join(["---", *lines, "---", ""]) if lines else ""


def _scalar(text: str) -> str:
    """A YAML string; pandoc reads what is in it as Markdown."""
    return json.dumps(escaped(folded(text).strip()), ensure_ascii=False)


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * min(max(block.level, 1), 6)} {escaped(folded(block.text).strip())}\n"
        case Paragraph():
            return _started(_line(block.line)) + "\n"
        case Items():
            return "".join(
                _item(item, f"{number}." if block.ordered else "-") for number, item in enumerate(block.items, 1)
            )
        case Table():
            return _table(block)
        case Verbatim():
            return _verbatim(block)
        case Comment():
            return f"<!-- {folded(block.text).replace('>', '').strip()} -->\n"


def _verbatim(block: Verbatim) -> str:
    text = "\n".join(folded_lines(block.text.rstrip("\n")))
    fence = "`" * max(3, *(len(ticks) + 1 for ticks in re.findall("`+", text)), 3)
    language = f" {block.language}" if re.fullmatch(r"[A-Za-z0-9_-]+", block.language) else ""
    title = _text(Text(folded(block.title).strip(), Tone.STRONG))
    title = f"{title}\n\n" if title else ""
    return f"{title}{fence}{language}\n{text}\n{fence}\n"


def _item(item: Item, mark: str) -> str:
    indent = " " * (len(mark) + 1)
    under = "".join(f"{indent}- {_started(_line(content))}\n" for content in item.under)
    return f"{mark} {_started(_line(item.line))}\n{under}"


def _table(table: Table) -> str:
    shares = [column.width for column in table.columns]
    rules = [
        _rule(share / sum(shares), right=column.right) for share, column in zip(shares, table.columns, strict=True)
    ]
    rows = [_row([escaped(folded(column.title)) for column in table.columns]), f"|{'|'.join(rules)}|"]
    rows += [_row([_line(cell) for cell in row]) for row in table.rows]
    caption = f"\n: {_line((Text(table.caption),))}\n" if table.caption else ""
    return "\n".join(rows) + "\n" + caption


def _rule(share: float, *, right: bool) -> str:
    dashes = "-" * max(round(share * _DASHES), 3)
    return f"{dashes}:" if right else f":{dashes}"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.strip(' ') for cell in cells)} |"


def _line(content: Line) -> str:
    out = ""
    for part in runs(content):
        if isinstance(part, Text):
            text = _text(part)
            out += "\\" + text if out.endswith("]") and _reads_on(out, text) else text
        elif part:
            out = out[:-1] + "\\" + out[-1] if out.endswith("!") else out
            out += f"[{'; '.join(_cite(cite) for cite in part)}]"
    return _ended(out.strip(" "))


def _ended(content: str) -> str:
    """Without a no-break space at the end, which would be a line break."""
    while (len(content) - len(content.rstrip("\\"))) % 2:
        content = content[:-1].rstrip(" ")
    return content


def _reads_on(before: str, text: str) -> bool:
    """Whether a text right after a citation would make a link or a reference of it."""
    return text.startswith("(") or (text.startswith(":") and before.startswith("["))


def _text(part: Text) -> str:
    if part.tone is Tone.STRONG:
        return marked(part.text, lambda words: f"**{escaped(words)}**")
    if part.tone is Tone.CODE and _PLAIN_CODE.fullmatch(part.text):
        return marked(part.text, lambda words: f"`{words}`")
    return escaped(part.text)


def _cite(cite: Cite) -> str:
    keys = "; ".join(_key(key) for key in cite.keys)
    locator = _IN_BRACKET.sub(r"\\\g<0>", escaped(folded(cite.locator).strip()))
    return f"{keys}, {locator}" if locator else keys


def _key(key: str) -> str:
    """A citation; of a key that may hide something, or that is HTML to what knows no citations, the words alone."""
    if _PLAIN_KEY.fullmatch(key):
        return f"@{key}"
    return f"@{{{key}}}" if _BRACED_KEY.fullmatch(key) and folded(key) == key else escaped(folded(key))


def escaped(text: str) -> str:
    """`text` with every character escaped that Markdown would read; no-break spaces as `\\ `."""
    return _SPECIAL.sub(r"\\\g<0>", text).replace(_NO_BREAK, "\\ ")


def _started(content: str) -> str:
    """A line that opens no list, heading or caption by its first characters."""
    content = _CAPTION.sub(r"\1\\", content, count=1) if _CAPTION.match(content) else content
    match = _BLOCK_START.match(content)
    if match is None:
        return content
    at = match.start("mark") if match["mark"] else match.start("end")
    return f"{content[:at]}\\{content[at:]}"
