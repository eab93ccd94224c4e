"""LaTeX: an article that pdfLaTeX and BibTeX compile with the packages of texlive-latex-base."""

from __future__ import annotations

import re
from functools import cache
from typing import Protocol

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

_PREAMBLE = r"""\documentclass[11pt,a4paper]{article}
\usepackage[utf8]{inputenc}
\IfFileExists{lmodern.sty}{\usepackage[T1]{fontenc}\usepackage{lmodern}}{}
\usepackage{textcomp}
\usepackage{amssymb}
\usepackage[margin=25mm]{geometry}
\usepackage{array}
\usepackage{longtable}
\usepackage[hidelinks]{hyperref}
\setlength{\parindent}{0pt}
\setlength{\parskip}{0.5\baselineskip plus 2pt}
\setlength{\emergencystretch}{3em}
\setlength{\LTcapwidth}{\linewidth}
\renewcommand{\arraystretch}{1.2}
"""
_SECTIONS = ("section", "subsection", "subsubsection", "paragraph")
_LITERAL = frozenset("\u2013\u2014\u2018\u2019\u201c\u201d") | frozenset(
    letter for letter in map(chr, range(0xC0, 0x100)) if letter not in "ÐÞðþ×÷"
)
"""What `inputenc` reads by itself: these stay as they are, for who edits the draft."""
_ENCODED = frozenset(
    "¡¢£¤¥¦§¨©ª¬®¯°±²³´µ¶·¹º¼½¾¿×÷ĀāĂăĆćĈĉĊċČčĎďĒēĔĕĖėĚěĜĝĞğĠġĢģĤĥĨĩĪīĬĭİıĴĵĶķĹĺĻļĽľŁłŃńŅņŇňŌōŎŏŐőŒœŔŕŖŗŘřŚśŜŝŞşŠšŢţŤťŨũŪūŬŭŮůŰűŴŵŶŷŸŹźŻżŽž"
    "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρςστυφχψωϑϕϖϱϵ‐‒†‡•…‰‱″‴※⁰ⁱ⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎€₩℃№™Ω℧←↑→↓↔↕↖↗↘↙⇌⇐⇑⇒⇓⇔∀∂∃∅∆∇∈∉∋∏∑−∓∗∘√∝∞∠"
    "∣∥∧∨∩∪∫∴∵∼≃≅≈≠≡≤≥≦≧≪≫⊂⊃⊆⊇⊕⊖⊗⊘⊙⊥⋅⋆⌈⌉⌊⌋□■△▽○◦◯ﬀﬁﬂﬃﬄ"
)
"""What pylatexenc writes in commands that the preamble knows, tried one by one."""
_OWN = {
    "\u00a0": "~",
    "\u202f": r"\,",
    "\u2009": r"\,",
    "\u2010": "-",
    "\u2011": r"\mbox{-}",
    "\u2026": r"\ldots{}",
    "\u2032": r"\ensuremath{'}",
    "\u2212": r"\ensuremath{-}",
    "○": r"{\scriptsize\ensuremath{\bigcirc}}",
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "`": r"\textasciigrave{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    **{special: f"\\{special}" for special in "&%$#_{}"},
}
_LIGATING = frozenset("-',")
_SAFE_KEY = regex(r"[\w.:/+*()'!?;=&<>@-]+")
_ADDRESS = regex(r"(https?://[A-Za-z0-9./:=?+-]*[A-Za-z0-9/])")
_SAFE_PATH = regex(r"[\w./+:()@=-]+")


class _Encoder(Protocol):
    def unicode_to_latex(self, text: str) -> str: ...


def render(document: Document) -> str:
    """The document as a complete LaTeX article; without a title, as text to `\\input` in one."""
    parts = [_head(document.title)] if document.title else []
    parts += [_block(block) for block in document.blocks]
    if document.bibliography and cites(document):
        parts += framed(_bibliography(document.bibliography), [_block(comment) for comment in document.around])
    return "\n".join([*parts, "\\end{document}\n"] if document.title else parts)


def _head(title: str) -> str:
    told = f"\\title{{{escaped(folded(title).strip())}}}\n\\author{{}}\n\\date{{}}\n"
    return f"{_PREAMBLE}{told}\n\\begin{{document}}\n\\maketitle\n"


def _bibliography(paths: tuple[str, ...]) -> str:
    usable = [path.removesuffix(".bib") for path in paths if _SAFE_PATH.fullmatch(path)]
    return f"\\bibliographystyle{{plain}}\n\\bibliography{{{','.join(usable)}}}\n" if usable else ""


def _block(block: Block) -> str:
    match block:
        case Heading():
            section = _SECTIONS[min(max(block.level, 1), len(_SECTIONS)) - 1]
            return f"\\{section}{{{escaped(folded(block.text).strip())}}}\n"
        case Paragraph():
            return _content(block.line) + "\n"
        case Items():
            return _listed([_item(item) for item in block.items], ordered=block.ordered)
        case Table():
            return _table(block)
        case Verbatim():
            return _verbatim(block)
        case Comment():
            return f"% {folded(block.text).strip()}\n"


def _verbatim(block: Verbatim) -> str:
    """Lines in typewriter letters: LaTeX's own environment ends wherever a text says so."""
    rows = [_typed(text) or "~" for text in folded_lines(block.text.rstrip("\n"))]
    title = _text(Text(folded(block.title).strip(), Tone.STRONG), "")
    title = f"{title}\n" if title else ""
    body = "\\\\\n".join(_started(row) for row in rows)
    return f"{title}\\begin{{quote}}\\ttfamily\\footnotesize\\raggedright\n{body}\n\\end{{quote}}\n"


def _typed(text: str) -> str:
    straight = {" ": "~", '"': r"\char34{}", "'": r"\textquotesingle{}"}
    return "".join(straight.get(part) or escaped(part) for part in re.split(r"""([ "'])""", text))


def _listed(items: list[str], *, ordered: bool = False) -> str:
    name = "enumerate" if ordered else "itemize"
    return "\n".join([f"\\begin{{{name}}}", *items, f"\\end{{{name}}}", ""]) if items else ""


def _item(item: Item) -> str:
    under = _listed([f"\\item {_started(_content(content))}" for content in item.under])
    return f"\\item {_started(_content(item.line))}" + (f"\n{under.rstrip()}" if under else "")


def _table(table: Table) -> str:
    total = sum(column.width for column in table.columns)
    columns = "\n".join(_column(column, column.width / total) for column in table.columns)
    header = _row([f"\\textbf{{{escaped(folded(column.title).strip())}}}" for column in table.columns])
    rows = "\n".join(f"{_row([_content(cell) for cell in row])}\n\\hline" for row in table.rows)
    caption = f"\\caption{{{escaped(folded(table.caption).strip())}}}\\\\\n" if table.caption else ""
    return (
        f"\\begingroup\\footnotesize\n\\begin{{longtable}}{{@{{}}\n{columns}@{{}}}}\n{caption}\\hline\n{header}\n\\hline\n"
        f"\\endfirsthead\n\\hline\n{header}\n\\hline\n\\endhead\n{rows}\n\\end{{longtable}}\n\\endgroup\n"
    )


def _column(column: Column, share: float) -> str:
    side = "\\raggedleft" if column.right else "\\raggedright"
    return f">{{{side}\\arraybackslash}}p{{\\dimexpr{share:.4f}\\linewidth-2\\tabcolsep\\relax}}"


def _row(cells: list[str]) -> str:
    return " &\n".join(_started(cell) for cell in cells) + " \\\\"


def _started(content: str) -> str:
    """What follows `\\\\` or `\\item` must not look like its argument."""
    return f"{{}}{content}" if content.startswith(("[", "*")) else content


def _content(content: Line) -> str:
    out = ""
    for part in runs(content):
        if isinstance(part, Text):
            out += _text(part, out)
        elif part:
            out += _group(part)
    return out.strip(" ")


def _text(part: Text, before: str) -> str:
    command = {Tone.STRONG: "textbf", Tone.CODE: "texttt"}.get(part.tone)
    if command:
        return marked(part.text, lambda words: f"\\{command}{{{escaped(words)}}}")
    parted = "{}" if before and before[-1] in _LIGATING and part.text.startswith(before[-1]) else ""
    pieces = _ADDRESS.split(part.text)
    return parted + "".join(f"\\url{{{piece}}}" if index % 2 else escaped(piece) for index, piece in enumerate(pieces))


def _group(group: tuple[Cite, ...]) -> str:
    """Citations side by side; those without a place share a command."""
    out: list[str] = []
    plain: list[str] = []
    for cite in group:
        safe = [key for key in cite.keys if _SAFE_KEY.fullmatch(key)]
        if cite.locator and safe:
            plain += safe[:-1]
            place = escaped(folded(cite.locator).strip())
            place = place.replace("]", "{]}") + "{}" if "]" in place else place
            out += [*_cited(plain), f"\\cite[{place}]{{{safe[-1]}}}"]
            plain = []
        else:
            plain += safe
        out += [f"[{escaped(folded(key))}]" for key in cite.keys if key not in safe]
    return ", ".join([*out, *_cited(plain)])


def _cited(keys: list[str]) -> list[str]:
    return [f"\\cite{{{','.join(keys)}}}"] if keys else []


def escaped(text: str) -> str:
    """`text` written so that LaTeX prints it; a character that it does not know is shown by its number."""
    out = ""
    for index, character in enumerate(text):
        piece = _quote(text[:index][-1:]) if character == '"' else _character(character)
        parted = out and out[-1] in _LIGATING and piece.startswith(out[-1])
        out += f"{{}}{piece}" if parted else piece
    return out


def _quote(before: str) -> str:
    return "``" if not before or before in " \u00a0([{/-\u2013\u2014" else "''"


@cache
def _character(character: str) -> str:
    if character in _OWN:
        return _OWN[character]
    if character.isascii() or character in _LITERAL:
        return character
    return _encoder().unicode_to_latex(character) if character in _ENCODED else f"[U+{ord(character):04X}]"


@cache
def _encoder() -> _Encoder:
    from pylatexenc.latexencode import UnicodeToLatexEncoder  # noqa: PLC0415  loaded only where LaTeX is written

    encoder: _Encoder = UnicodeToLatexEncoder(replacement_latex_protection="braces-after-macro")
    return encoder
