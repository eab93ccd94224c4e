"""HTML: one page that stands alone, with no script and nothing from elsewhere; every text is escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from importlib.resources import files

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
from ketreview.render.documents.prose import folded, folded_lines, marked, runs
from ketreview.render.html_page import head

_TAGS: Mapping[Tone, tuple[str, str]] = {
    Tone.STRONG: ("<strong>", "</strong>"),
    Tone.CODE: ("<code>", "</code>"),
    Tone.MUTED: ('<span class="quiet">', "</span>"),
    Tone.GOOD: ('<span class="fine">', "</span>"),
    Tone.CAUTION: ('<span class="caution">', "</span>"),
    Tone.BAD: ('<span class="bad">', "</span>"),
}
_DEEPEST = 6


def render(document: Document) -> str:
    """The document as a page; without a title, as a part to put into one."""
    body = "".join(_block(block) for block in document.blocks)
    if not document.title:
        return body
    title = _escaped(document.title).strip()
    style = files(__package__).joinpath("html.css").read_text("utf-8")
    return (
        f"{head(title, style)}<header>\n<h1>{title}</h1>\n</header>\n<main>\n{body}</main>\n"
        "<footer><p>Written by ketreview.</p></footer>\n</body>\n</html>\n"
    )


def _escaped(text: str) -> str:
    """`text` on one line, for content and for attributes in quotes."""
    return escape(folded(text))


def _block(block: Block) -> str:
    match block:
        case Heading():
            level = min(max(block.level, 1) + 1, _DEEPEST)
            return f"<h{level}>{_escaped(block.text).strip()}</h{level}>\n"
        case Paragraph():
            return f"<p>{_content(block.line)}</p>\n"
        case Items():
            return _listed([_item(item) for item in block.items], "ol" if block.ordered else "ul")
        case Table():
            return _table(block) if block.columns else ""
        case Verbatim():
            return _verbatim(block)
        case Comment():
            return f"<!-- {folded(block.text).replace('>', '').replace('--', '- -').strip()} -->\n"


def _listed(items: Sequence[str], tag: str) -> str:
    rows = "".join(f"<li>{item}</li>\n" for item in items)
    return f"<{tag}>\n{rows}</{tag}>\n" if items else ""


def _item(item: Item) -> str:
    under = _listed([_content(content) for content in item.under], "ul")
    return _content(item.line) + (f"\n{under}" if under else "")


def _table(table: Table) -> str:
    """A table in a frame of its own, so that a wide one scrolls and the page does not."""
    sides = [' class="right"' if column.right else "" for column in table.columns]
    titles = [_escaped(column.title).strip() for column in table.columns]
    heads = "".join(f'<th scope="col"{side}>{title}</th>' for side, title in zip(sides, titles, strict=True))
    rows = "".join(f"<tr>{_row(row, sides)}</tr>\n" for row in table.rows)
    caption = f"<caption>{_escaped(table.caption).strip()}</caption>\n" if table.caption else ""
    return (
        f'<div class="table">\n<table>\n{caption}<thead>\n<tr>{heads}</tr>\n</thead>\n'
        f"<tbody>\n{rows}</tbody>\n</table>\n</div>\n"
    )


def _row(row: Sequence[Line], sides: Sequence[str]) -> str:
    return "".join(f"<td{side}>{_content(cell)}</td>" for side, cell in zip(sides, row, strict=True))


def _verbatim(block: Verbatim) -> str:
    text = escape("\n".join(folded_lines(block.text.rstrip("\n"))))
    title = f'<p class="file">{_escaped(block.title).strip()}</p>\n' if block.title else ""
    return f"{title}<pre><code>{text}</code></pre>\n"


def _content(content: Line) -> str:
    return "".join(_text(part) if isinstance(part, Text) else _cites(part) for part in runs(content)).strip(" ")


def _text(part: Text) -> str:
    if part.tone is Tone.PLAIN:
        return _escaped(part.text)
    before, after = _TAGS[part.tone]
    return marked(_escaped(part.text), lambda words: f"{before}{words}{after}")


def _cites(group: Sequence[Cite]) -> str:
    """Citations by their keys; a page has no list of references of its own."""
    told = "; ".join(", ".join(part for part in ("; ".join(cite.keys), cite.locator) if part) for cite in group)
    return f'<span class="cite">[{_escaped(told)}]</span>' if told else ""
