"""Text as HTML: nothing in it is markup, and nothing acts on the page's reader."""

from __future__ import annotations

from html import escape

from ketreview.document import Document, Paragraph, Verbatim, plain
from ketreview.patterns import regex
from ketreview.render.clean import clean

_NO_CHARACTER = regex("[\ufdd0-\ufdef\ufffe\uffff]")
_QUOTED = regex(r"`([^`]+)`")


def text(value: str, *, lines: bool = False) -> str:
    """`value` for content and for attributes in quotes; control characters are shown as their codes."""
    return escape(_NO_CHARACTER.sub("\ufffd", clean(value, lines=lines)))


def inline(value: str) -> str:
    """A sentence in which what stands in backquotes is code."""
    return _QUOTED.sub(r"<code>\1</code>", text(value))


def blocks(document: Document) -> str:
    """The paragraphs and examples of a rule's explanation."""
    out = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            out.append(f"<p>{inline(plain(block.line))}</p>\n")
        elif isinstance(block, Verbatim):
            title = f'<p class="file">{text(block.title)}</p>\n' if block.title else ""
            out.append(f"{title}<pre><code>{text(block.text, lines=True)}</code></pre>\n")
    return "".join(out)
