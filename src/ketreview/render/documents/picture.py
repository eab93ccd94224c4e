"""A document as a picture of a terminal (SVG)."""

from __future__ import annotations

import io
import re

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import DIMMED_MONOKAI

from ketreview.document import Document
from ketreview.patterns import regex
from ketreview.render.documents import terminal

WIDTH = 110
_FONT = regex(r"\s*@font-face \{\{.*?\}\}", re.DOTALL)


def render(document: Document, command: str) -> str:
    """The picture of a terminal in which `command` printed the document. It loads no font from anywhere."""
    console = Console(
        record=True,
        file=io.StringIO(),
        width=WIDTH,
        force_terminal=True,
        color_system="truecolor",
        _environ={},  # the picture is the same whatever terminal it is made in
    )
    console.print(f"$ {command}", markup=False, highlight=False, style="dim")
    terminal.show(document, console)
    picture = console.export_svg(
        title=command, theme=DIMMED_MONOKAI, code_format=_FONT.sub("", CONSOLE_SVG_FORMAT), unique_id="terminal"
    )
    return "".join(row.rstrip() + "\n" for row in picture.splitlines())
