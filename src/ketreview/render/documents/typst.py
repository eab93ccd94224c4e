"""Typst: a document that compiles, with `@key` citations and tables that break across pages."""

from __future__ import annotations

from ketreview.document import (
    Block,
    Cite,
    Column,
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
from ketreview.render.documents.prose import cites, folded, folded_lines, framed, marked, runs

_PREAMBLE = """\
#set page(margin: 25mm, numbering: "1")
#set text(lang: "en")
#set par(justify: true)
#set heading(numbering: "1.1")
#set table(stroke: (x, y) => (bottom: if y == 0 { 0.8pt } else { 0.3pt + luma(180) }), inset: (x: 4pt, y: 5pt))
#show table: set text(size: 0.8em)
#show table: set par(justify: false)
#show table.cell.where(y: 0): strong
#show figure: set block(breakable: true)
#show figure.where(kind: table): set figure.caption(position: top)
#show figure.caption: set block(sticky: true)
"""
_SPECIAL = regex(r"[\\#$*_`<>@\[\]~]|-(?=[-?\d]|[^\x00-\x7f\u00c0-\u024f\u0370-\u03ff])|\.(?=\.\.)|/(?=[/*]|$)")
_BLOCK_START = regex(r"(?P<mark>=+|[-+/])(?=\s|$)|\d+(?P<dot>\.)(?=\s|$)")
_KEY = regex(r"[A-Za-z0-9_](?:[A-Za-z0-9_.:-]*[A-Za-z0-9_-])?")


def render(document: Document) -> str:
    """The document as Typst."""
    parts = [_head(document.title)] if document.title else []
    parts += [_block(block) for block in document.blocks]
    if document.bibliography and cites(document):
        paths = ", ".join(_string(path) for path in document.bibliography)
        command = f"#bibliography({paths})\n" if len(document.bibliography) == 1 else f"#bibliography(({paths}))\n"
        parts += framed(command, [_block(comment) for comment in document.around])
    return "\n".join(parts)


def _head(title: str) -> str:
    return f"#set document(title: {_string(folded(title).strip())})\n{_PREAMBLE}\n#title()\n"


def _string(text: str) -> str:
    """A string of Typst code."""
    return f'"{_quoted(folded(text))}"'


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'=' * min(max(block.level, 1), 6)} {_started(escaped(folded(block.text).strip()))}\n"
        case Paragraph():
            return _content(block.line) + "\n"
        case Items():
            return "".join(_item(item, "+" if block.ordered else "-") for item in block.items)
        case Table():
            return _table(block)
        case Verbatim():
            return _verbatim(block)
        case Comment():
            return f"// {folded(block.text).strip()}\n"


def _verbatim(block: Verbatim) -> str:
    text = "\\n".join(_quoted(line) for line in folded_lines(block.text.rstrip("\n")))
    title = _strong(_started(escaped(folded(block.title).strip())), inside=False)
    return (f"{title}\n\n" if folded(block.title).strip() else "") + f'#raw(block: true, "{text}")\n'


def _item(item: Item, mark: str) -> str:
    under = "".join(f"  - {_content(content)}\n" for content in item.under)
    return f"{mark} {_content(item.line)}\n{under}"


def _table(table: Table) -> str:
    columns = ", ".join(f"{column.width:g}fr" for column in table.columns)
    align = ", ".join("right" if column.right else "left" for column in table.columns)
    inside = [f"columns: ({columns},),", f"align: ({align},),"]
    inside.append(f"table.header({_cells([_title(column) for column in table.columns])}),")
    inside += [f"{_cells([_content(cell) for cell in row])}," for row in table.rows]
    if not table.caption:
        return "\n".join(["#table(", *(f"  {part}" for part in inside), ")", ""])
    caption = f"  caption: [{_started(escaped(folded(table.caption).strip()))}],"
    return "\n".join(["#figure(", caption, "  table(", *(f"    {part}" for part in inside), "  ),", ")", ""])


def _title(column: Column) -> str:
    return _started(escaped(folded(column.title).strip()))


def _cells(cells: list[str]) -> str:
    return ", ".join(f"[{cell}]" for cell in cells)


def _content(content: Line) -> str:
    parts = list(runs(content))
    out = ""
    for index, part in enumerate(parts):
        after = parts[index + 1] if index + 1 < len(parts) else None
        following = after.text if isinstance(after, Text) else ""
        if isinstance(part, Text):
            out += _text(part, out[-1:], following)
        elif part:
            out += _group(part, following)
    return _started(out.strip(" "))


def _text(part: Text, before: str, after: str) -> str:
    if part.tone is Tone.STRONG:
        inside = bool(before[-1:].isalnum() or after[:1].isalnum() or after[:1] == "/")
        return marked(part.text, lambda words: _strong(_started(escaped(words)), inside=inside))
    if part.tone is Tone.CODE:
        return marked(part.text, _code)
    return escaped(part.text)


def _code(words: str) -> str:
    return f"`{words}`" if "`" not in words else f"#raw({_string(words)});"


def _strong(markup: str, *, inside: bool) -> str:
    return f"#strong[{markup}];" if inside or markup.startswith("/") else f"*{markup}*"


def _group(group: tuple[Cite, ...], after: str) -> str:
    """Citations side by side; Typst makes one bracket of them."""
    single = [Cite((key,), cite.locator if key == cite.keys[-1] else "") for cite in group for key in cite.keys]
    return " ".join(_cite(cite, after if cite is single[-1] else "") for cite in single)


def _cite(cite: Cite, after: str) -> str:
    key, locator = cite.keys[0], escaped(folded(cite.locator).strip())
    if _KEY.fullmatch(key) and (locator or not _extends(after)):
        return f"@{key}[{_started(locator)}]" if locator else f"@{key}"
    label = f"<{key}>" if _KEY.fullmatch(key) else f"label({_string(key)})"
    return f"#cite({label}, supplement: [{_started(locator)}]);" if locator else f"#cite({label});"


def _extends(after: str) -> bool:
    """Whether a reference right before this text would take part of it into its key."""
    taken = 0
    while taken < len(after) and (after[taken] in "_-.:" or ("a" + after[taken]).isidentifier()):
        taken += 1
    return bool(after[:taken].rstrip(".:"))


def escaped(text: str) -> str:
    """`text` with every character escaped that Typst would read; no-break spaces as `~`."""
    return _SPECIAL.sub(r"\\\g<0>", text).replace("\u00a0", "~")


def _started(content: str) -> str:
    """A line that opens no heading or list by its first characters."""
    match = _BLOCK_START.match(content)
    if match is None:
        return content
    at = match.start("mark") if match["mark"] else match.start("dot")
    return f"{content[:at]}\\{content[at:]}"
