"""LaTeX chapters to citations, includes and stores."""

# ruff: noqa: E501  tables of cases are wide

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketreview.model.manuscript import Manuscript
from ketreview.parsing.manuscripts.latex import parse
from tests.hanging import no_hang


def read(text: str) -> Manuscript:
    return parse("chapters/a.tex", text.encode("utf-8", "surrogatepass"))


def keys(text: str) -> list[str]:
    return [mention.key for mention in read(text).citations]


# natbib.sty 2010 and LaTeX's `\@citex`: `\@for` splits at commas, blanks before a key go, a control word skips blanks,
# one line end and comments before `[`, `{` or `*` (`\@ifnextchar`, `\@ifstar`); biblatex manual, "Citation Commands".
CITATIONS: dict[str, tuple[str, str]] = {
    "plain": (r"\cite{a}", "a"),
    "two keys": (r"\cite{a,b}", "a b"),
    "blanks between": (r"\cite{ a , b }", "a b"),
    "line ends between": ("\\cite{a,\n  b,\n  c\n}", "a b c"),
    "CRLF between": ("\\cite{a,\r\n  b}\r\n\\cite\r\n{c}", "a b c"),
    "lone CR": ("%\\cite{x}\r\\cite{a}\r", "a"),
    "comments between": ("\\cite{%\n  a, % the first, {x}\n  % y,\n  b%\n}", "a b"),
    "empty items": (r"\cite{a,,b,}", "a b"),
    "no key": (r"\cite{} \cite{ } \cite", ""),
    "odd signs": (r"\cite{Smith:2015ME/CFS.+-_'!?@é}", "Smith:2015ME/CFS.+-_'!?@é"),
    "braced keys": (r"\cite{{a},b, {c} }", "a b c"),
    "a merged key": (r"\cite{a,*b,*[see][p.~2]c}", "a b c"),
    "capital letters": (r"\Citet{a}\Parencite{b}\Textcite{c}", "a b c"),
    "stars": (r"\cite*{a}\citet*{b} \parencite *{c}", "a b c"),
    "a note": (r"\cite[p.~3]{a}", "a"),
    "two notes": (r"\citep[see][p.~3, and more]{a}", "a"),
    "empty notes": (r"\citep[][]{a}", "a"),
    "blanks before the arguments": (r"\cite [x] [y] {a}", "a"),
    "a line end before the arguments": ("\\cite\n[x]\n  {a}", "a"),
    "a comment before the arguments": ("\\cite% see\n  [x]% {y}\n  {a}", "a"),
    "notes over lines": ("\\autocite[see\n  also][pp.\n 3--5]{a}", "a"),
    "braces in a note": (r"\cite[see {\em this {one}}, {]}]{a}", "a"),
    "an open bracket in a note": (r"\cite[interval [0,1)]{a}", "a"),
    "brackets in a note": (r"\cite[see [1], [2]]{a}", "a"),
    "escaped brackets": (r"\cite[a \] b \} c \% d]{a}", "a"),
    "a comment in a note": ("\\cite[see % ]{x}\n this]{a}", "a"),
    "a citation in a note": (r"\footcite[see \citet[3]{a} {\citet[2]{b}}]{c}", "a b"),
    "a citation in a braced note": (r"\footcite[{see \citet[2]{a} and \cite{b}}][p.~3]{c}", "a b c"),
    "an overlay or apacite prefix": (r"\cite<see>[p.~3]{a} \shortciteA<e.g.,>{b} \citeNP{c}", "a b c"),
    "natbib": (r"\citet{a}\citep{b}\citealt{c}\citealp*{d}\citeauthor{e}\citeyear{f}\citeyearpar{g}\citenum{h}\citefullauthor{i}", "a b c d e f g h i"),
    "natbib's text": (r"\citetext{see \citealt{a}; \citealp[p.~2]{b}; c}", "a b"),
    "natbib's aliases": (r"\defcitealias{x}{Paper~I} \citetalias{a} \citepalias[2]{b}", "a b"),
    "natbib's settings": (r"\citestyle{apa}\setcitestyle{round}\bibpunct{(}{)}{;}{a}{}{,}\shortcites{x}", ""),
    "biblatex": (r"\autocite{a}\parencite{b}\textcite{c}\footcite{d}\footcitetext{e}\smartcite{f}\supercite{g}\fullcite{h}\footfullcite{i}\citetitle*{j}\citedate{k}\citeurl{l}\notecite{m}\pnotecite{n}", "a b c d e f g h i j k l m n"),
    "a field": (r"\citefield{a}{title}\citename[2]{b}{author}\citelist{c}{publisher}", "a b c"),
    "biblatex's settings": (r"\citereset\citetrackerfalse\DeclareCiteCommand{\x}{a}{b}{c}{d}\ExecuteBibliographyOptions{x}", ""),
    "many at once": (r"\parencites{a}{b}{c} d", "a b c"),
    "many with notes": (r"\textcites(see)(p.~3)[a]{b}[c][d]{e,f}[g]{h} [i] j", "b e f h"),
    "many over lines": ("\\autocites\n  [see][1]{a}% one\n  [2]{b}\n", "a b"),
    "one note for many": (r"\cites(see {(also)} {)})[p.~2]{a}{b}", "a b"),
    "many end at another command": (r"\cites{a}{b}\relax {c} \cites{d} \emph{e}", "a b d"),
    "many end with the paragraph": ("\\cites{a}{b}\n\n{c}", "a b"),
    "a volume": (r"\volcite{2}{a}\pvolcite[see]{3}[p.~4]{b}\ftvolcite{1}[2]{c}", "a b c"),
    "volumes": (r"\volcites{2}[p.~1]{a}{3}{b}", "a b"),
    "quotations": (r"\textcquote[12]{a}{text \cite{b}} \foreigntextcquote{german}[3]{c}{x} \blockcquote{d}{y}", "a b c d"),
    "a displayed quotation": ("\\begin{displaycquote}[see][3]{a}\ntext\n\\end{displaycquote}", "a"),
    "bibentry": (r"\bibentry{a}", "a"),
    "nocite": (r"\nocite{a,b}", "a b"),
    "nocite of all": (r"\nocite{*}", ""),
    "in a footnote": (r"\footnote{see \cite{a}, and {\cite{b}}}", "a b"),
    "in an environment": ("\\begin{figure}\\caption[short \\cite{a}]{long \\cite{b}}\\end{figure}", "a b"),
    "in mathematics": (r"$x \cite{a}$ \[ y \mbox{\cite{b}} \]", "a b"),
    "in a table": ("\\begin{tabular}{l|l} a & \\cite{a}\\\\\\cite{b} & c \\\\ \\hline\\end{tabular}", "a b"),
    "behind a line break": (r"\\\cite{a} \\ cite{b} \\cite{c}", "a"),
    "protected": (r"\section{A\protect\cite{a}}", "a"),
    "in a conditional": (r"\ifdraft \cite{a}\else \cite{b}\fi", "a b"),
    "a comment": ("% \\cite{x}\n\\cite{a} % \\cite{y}\n%%\\cite{z}\n", "a"),
    "an escaped percent sign": ("50\\% \\cite{a} \\\\% \\cite{x}\n\\\\\\% \\cite{b}", "a b"),
    "verb": (r"\verb|\cite{x}| \verb*+\cite{y}+ \verb |\cite{z}| \cite{a}", "a"),
    "verb of a percent sign": (r"\verb|%| \cite{a} \verb!\! \cite{b} \verb{%{ \cite{c}", "a b c"),
    "verb without an end": ("\\verb|\\cite{a}\n|\\cite{b}", "a b"),
    "a name that begins with verb": (r"\verbatiminput{x} \verbose|\cite{a}|", "a"),
    "lstinline": (r"\lstinline|\cite{x}| \lstinline[language=TeX]!%\cite{y}! \lstinline{\cite{z}} \cite{a}", "a"),
    "Verb and mintinline": (r"\Verb|%\cite{x}| \mintinline{tex}|\cite{y}| \mintinline[a]{tex}{%\cite{z}} \cite{a}", "a"),
    "addresses": (r"\url{http://x/%20y} \cite{a} \href{http://x/%7E}{text \cite{b}} \path{C:\cite} \url|a%b|\cite{c}", "a b c"),
    "a TikZ path": (r"\path (0,0) node {\cite{a}} (1,1);", "a"),
    "verbatim": ("\\begin{verbatim}\n% \\cite{x}\n\\end{verbatim} \\cite{a}", "a"),
    "verbatim with a star": ("\\begin{verbatim*}\\cite{x}\\end{verbatim}\\end{verbatim*}\\cite{a}", "a"),
    "Verbatim": ("\\begin{Verbatim}[commandchars=!]\n\\cite{x}\n\\end{Verbatim}\\cite{a}", "a"),
    "lstlisting": ("\\begin{lstlisting}[caption=x]\n\\cite{x}%\n\\end{lstlisting}\\cite{a}", "a"),
    "minted": ("\\begin {minted}[a]{tex}\n\\cite{x}\n\\end{minted}\\cite{a}", "a"),
    "comment": ("\\begin{comment}\n\\cite{x}\n\\end{comment}\\cite{a}", "a"),
    "verbatim without an end": ("\\cite{a}\\begin{verbatim}\n\\cite{x}", "a"),
    "verbatim in a comment": ("% \\begin{verbatim}\n\\cite{a}", "a"),
    "an environment of one's own": ("\\lstnewenvironment{code}{}{}\n\\begin{code}\n\\cite{x}\n\\end{code}\\cite{a}", "a"),
    "minted of one's own": ("\\newminted{tex}{}\\newminted[own]{c}{}\\begin{texcode}\\cite{x}\\end{texcode}\\begin{own}\\cite{y}\\end{own}\\cite{a}", "a"),
    "an excluded environment": ("\\excludecomment{hidden}\\begin{hidden}\\cite{x}\\end{hidden}\\cite{a}", "a"),
    "short verb": ("\\MakeShortVerb{\\|} |\\cite{x}%| \\cite{a} | \\cite{b}\n|", "a b"),
    "iffalse": (r"\iffalse \cite{x} \fi \cite{a}", "a"),
    "iffalse with else": (r"\iffalse \cite{x} \else \cite{a} \fi \cite{b}", "a b"),
    "iffalse around others": (r"\newif\ifdraft \iffalse \ifdraft{x}\else y\fi \ifx\a\b \iff \ifthenelse{p}{q}{r} \fi \cite{x} \fi \cite{a}", "a"),
    "iffalse with a comment": ("\\iffalse % \\fi\n\\cite{x}\\fi \\cite{a}", "a"),
    "iffalse without an end": (r"\cite{a} \iffalse \cite{x}", "a"),
    "if 0": ("\\if0 \\cite{x}\n\\fi\\if 01\\cite{y}\\fi \\if0\\blind \\cite{a}\\fi", "a"),
    "the end of the document": ("\\begin{document}\\cite{a}\\end{document}\\cite{x}", "a"),
    "the end of the document, not yet": ("%\\end{document}\n\\verb|\\end{document}|\\cite{a}", "a"),
    "endinput": ("\\cite{a}\n\\endinput % done\n\\cite{x}", "a"),
    "endinput on a condition": ("\\ifdefined\\x\n  \\endinput\n\\fi\n\\cite{a} \\ifx\\a\\b\\endinput\\fi\\cite{b}", "a b"),
    "a definition": (r"\newcommand{\x}[1]{(\cite{#1})} \def\y#1{\cite{a#1}}", ""),
    "a definition that is used": (r"\newcommand{\x}[2][see]{\citep[#1]{#2}} \x{a} \x[b]{c,d}", "a c d"),
    "a definition of two arguments": (r"\newcommand\x[2]{#1~\cite{#2}} \x{text \cite{a}}{b}", "a b"),
    "a definition by def": (r"\long\def\x#1#2{\cite{#1,#2}} \x{a}{b}", "a b"),
    "a definition with delimiters": (r"\def\x#1.{\cite{#1}} \x{y}.", ""),
    "a definition by xparse": (r"\NewDocumentCommand{\x}{s O{p. 1} +m}{\cite[#2]{#3}} \x*[b]{a}", "a"),
    "a definition of another kind": (r"\NewDocumentCommand{\x}{r() m}{\cite{#2}} \x(a){b}", ""),
    "a definition with empty lines": ("\\newcommand{\\x}[1]{\n\n\\cite{#1}}\n\\x{a}", "a"),
    "an environment that cites": (r"\newenvironment{x}[1]{\cite{#1}}{} \begin{x}{a} b \end{x}", "a"),
    "a key in a definition": (r"\newcommand{\x}{\cite{a}}", "a"),
    "a parameter behind a definition": (r"\newcommand{\x}[1]{#1}\DeclareFieldFormat{y}{\cite{#1}} \x{a}", ""),
    "a definition of cite itself": (r"\renewcommand\cite[1]{text} \let\cite\x {b} \def\citep#1{c} \patchcmd\citet{d}{e}{}{}", ""),
    "an alias": (r"\let\oc=\cite \newcommand{\pc}{\parencite} \oc[3]{a} \pc{b}", "a b"),
    "a command that drops its argument": (r"\newcommand{\hide}[1]{} \hide{\cite{x}} \newcommand{\hidden}[2][]{ }\hidden[\cite{y}]{\cite{z}} \cite{a}", "a"),
    "a cite command by biblatex": (r"\DeclareCiteCommand{\my}[\mkbibparens]{}{}{}{}\DeclareMultiCiteCommand{\mys}{\my}{} \my[1]{a}\mys{b}{c}", "a b c"),
    "multibib": (r"\newcites{sec,own}{Second,Own} \citesec{a}\nocitesec{b}\citepown[1]{c}", "a b c"),
    "a name only": (r"\string\cite{x} \detokenize{\cite{y}} \meaning\cite{z} \cite{a}", "a"),
    "other names": (r"\citation{x}\citeneed{y}\citationneeded\incite{z}\cited{u}\recite{v}\cite@x{w}\bibcite{k}{1}", ""),
    "words": (r"cite{x} \textbackslash cite{y} \ cite{z} @a [@b] \bibitem{k} \label{l}\ref{m}", ""),
    "a macro as a key": (r"\cite{\key, a, \x{b}} \cite{\jobname}", "a"),
    "a key with a blank": ("\\cite{smith 2020}", "smith 2020"),
    "a key cut by a comment": ("\\cite{smi%\nth, a}", "a"),
    "a citation without an end": ("\\cite{x, and \\cite{a}.\n\n\\cite{b} \\cite[p.~3{c}\n\n\\cite{d}", "a b d"),
    "an argument over paragraphs": ("\\cite{x\n\ny} \\cite[z\n\n]{u} \\cite\n\n{v}", ""),
    "a definition without an end": ("\\newcommand{\\x}[1]{\\cite{#1} \n\n \\cite{a} \\x{b}", "a"),
    "an environment without a name": (r"\begin\cite{a}\begin{\cite{b}\end{x", "a b"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CITATIONS.values(), ids=CITATIONS)
def test_citations(text: str, expected: str) -> None:
    found = read(text)
    assert " ".join(mention.key for mention in found.citations) == expected
    assert [mention.span.text for mention in found.citations] == [mention.key for mention in found.citations]


def test_a_key_over_lines_is_as_written() -> None:
    assert keys("\\cite{smith\r\n2020}") == ["smith\r\n2020"]


def test_positions_and_forms() -> None:
    found = read("é\r\n\\autocite*[p.~3]{ a,\r\n  bc}\n\\begin{displaycquote}{d}\\Textcites{e}{f}")
    assert [(m.key, m.form, *m.span.begin, *m.span.finish) for m in found.citations] == [
        ("a", r"\autocite*", 2, 19, 2, 20),
        ("bc", r"\autocite*", 3, 3, 3, 5),
        ("d", r"\begin{displaycquote}", 4, 23, 4, 24),
        ("e", r"\Textcites", 4, 36, 4, 37),
        ("f", r"\Textcites", 4, 39, 4, 40),
    ]
    assert (found.language, found.source.path) == ("latex", "chapters/a.tex")


@pytest.mark.parametrize(("text", "everything"), [(r"\nocite{*}", True), (r"\nocite{a, * }", True), (r"%\nocite{*}", False), (r"\nocite{a}", False)])  # fmt: skip
def test_nocite_of_everything(text: str, everything: bool) -> None:
    assert read(text).cites_all is everything


def test_entries_written_by_hand_are_labels() -> None:
    found = read(
        "\\begin{thebibliography}{9}\\bibitem{a} A\\bibitem[Jones et~al.(1990)]{b} % \\bibitem{x}\n\\end{thebibliography}\\cite{a}"
    )
    assert found.labels == {"a", "b"}
    assert [mention.key for mention in found.citations] == ["a"]


# an `\input` without braces ends at a blank (The TeXbook, p. 214); `\import{DIR/}{FILE}` joins the two (import.sty)
INCLUDES: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "input": (r"\input{a/b}", [("a/b", "a/b")]),
    "input without braces": ("\\input a/b.tex\n\\input\\x \\input", [("a/b.tex", "a/b.tex")]),
    "input in quotes": ('\\input{"a b"} \\input "c" \\input{d e}', [("a b", "a b"), ("c", "c"), ("d e", "d e")]),
    "include": (r"\include{a} \include { b } \includeonly{c} \includegraphics{d}", [("a", "a"), ("b", "b")]),
    "subfile": (r"\subfile{../a} \subfileinclude{b}", [("../a", "../a"), ("b", "b")]),
    "import": (r"\import{a/}{b} \subimport*{c/}{d.tex}", [("a/b", "b"), ("c/d.tex", "d.tex")]),
    "subfix": (r"\input{\subfix{a}}", [("a", "a")]),
    "if it exists": (r"\InputIfFileExists{a}{}{}", [("a", "a")]),
    "a macro in the path": (r"\input{\dir/a} \input{a#1} \import{\x}{b} \input{|ls}", []),
    "hidden": ("%\\input{a}\n\\verb|\\input{b}| \\iffalse\\input{c}\\fi\\end{document}\\input{d}", []),
    "without an end": ("\\input{a\n\nb}", []),
}
STORES: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "bibliography": (r"\bibliography{a}", [("a.bib", "a")]),
    "many": ("\\bibliography{a,\n  ../b, % {c}\n  d.bib}", [("a.bib", "a"), ("../b.bib", "../b"), ("d.bib", "d.bib")]),
    "bibentry": (r"\nobibliography{a} \nobibliography*", [("a.bib", "a")]),
    "addbibresource": (r"\addbibresource{a.bib}\addbibresource[label=x]{my refs.bib}", [("a.bib", "a.bib"), ("my refs.bib", "my refs.bib")]),
    "sections": (r"\addsectionbib{a.bib}\addglobalbib{b.bib}", [("a.bib", "a.bib"), ("b.bib", "b.bib")]),
    "remote": (r"\addbibresource[location=remote]{https://x.org/a.bib}", []),
    "subfix": (r"\addbibresource{\subfix{a.bib}} \bibliography{\subfix{b}, c}", [("a.bib", "a.bib"), ("b.bib", "b"), ("c.bib", "c")]),
    "multibib": (r"\newcites{x}{X}\bibliographyx{a}\bibliographyy{b}", [("a.bib", "a")]),
    "a macro": (r"\bibliography{\jobname,a}", [("a.bib", "a")]),
    "a style": (r"\bibliographystyle{plain}\printbibliography[title={a}]", []),
    "hidden": ("%\\bibliography{a}\n", []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), INCLUDES.values(), ids=INCLUDES)
def test_includes(text: str, expected: list[tuple[str, str]]) -> None:
    found = read(text)
    assert [(link.path, link.span.text) for link in found.includes] == expected
    assert not found.citations


@pytest.mark.parametrize(("text", "expected"), STORES.values(), ids=STORES)
def test_stores(text: str, expected: list[tuple[str, str]]) -> None:
    found = read(text)
    assert [(link.path, link.span.text) for link in found.bibliographies] == expected
    assert not found.citations


def test_bytes_that_are_no_utf8_are_reported() -> None:
    found = parse("a.tex", b"\xef\xbb\xbf\\cite{a} \xe9 \\cite{b}")
    assert [finding.code.id for finding in found.diagnostics] == ["KR006"]
    assert [(mention.key, mention.span.start) for mention in found.citations] == [("a", 6), ("b", 17)]


PIECES = st.sampled_from([
    "\\", "%", "{", "}", "[", "]", "(", ")", "\n", "\n\n", "\r", " ", ",", "*", "|", "#1", "a", "b1", "\0", "é",
    "\\cite", "\\cites", "\\cite{a}", "\\nocite", "\\verb", "\\url", "\\iffalse", "\\else", "\\fi", "\\input", "\\volcites",
    "\\begin{verbatim}", "\\end{verbatim}", "\\newcommand", "\\def", "\\x", "{\\x}", "[1]", "\\let", "\\endinput",
    "\\NewDocumentCommand", "\\newcites", "\\MakeShortVerb", "\\lstinline", "\\detokenize", "\\bibliography", "<", ">", "\\if0 ",
])  # fmt: skip


@settings(max_examples=500)
@given(st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text()))
def test_any_text_is_read_and_spans_are_keys(text: str) -> None:
    found = read(text)
    source = found.source.text
    starts = [mention.span.start for mention in found.citations]
    assert starts == sorted(set(starts))
    for mention in found.citations:
        assert 0 <= mention.span.start < mention.span.end <= len(source)
        assert source[mention.span.start : mention.span.end] == mention.key == mention.key.strip()
    for link in (*found.includes, *found.bibliographies):
        assert 0 <= link.span.start < link.span.end <= len(source)
        assert link.span.text in link.path


@given(st.binary())
def test_any_bytes_are_read(data: bytes) -> None:
    parse("a.tex", data)


@given(st.text().filter(lambda text: not re.search("cit|cquote|bibentry|apud", text, re.IGNORECASE)))
def test_text_without_a_command_has_no_citation(text: str) -> None:
    assert not read(text).citations


PROSE = st.text(st.characters(codec="utf-8", exclude_characters="\\%\r\n"))


@given(st.lists(PROSE, min_size=2, max_size=4))
def test_text_around_a_citation_yields_none(parts: list[str]) -> None:
    assert keys("\n".join(f"{part}\n\\cite{{k}}\\relax" for part in parts)) == ["k"] * len(parts)
    assert not keys("\n".join(f"% {part} \\cite{{x}} {part}" for part in parts))
    assert not keys("".join(f"\\begin{{verbatim}}{part}\\cite{{x}}%\\verb\\end{{verbatim}}{part}" for part in parts))


HOSTILE: dict[str, str] = {
    "braces": "{" * 2_000_000,
    "backslashes": "\\" * 2_000_000,
    "percent signs": "%" * 2_000_000,
    "NULs": "\0" * 2_000_000,
    "line ends": "\n" * 2_000_000,
    "open citations": "\\cite{" * 50_000,
    "open notes": "\\cite[" * 50_000,
    "nested citations": "\\cite{" * 50_000 + "}" * 50_000,
    "nested notes": "\\cite[" * 50_000 + "]" * 50_000 + "{a}",
    "open parentheses": "\\cites(" * 50_000,
    "chained notes": "\\cites[\\cites[a]{b}" * 20_000,
    "chained options": "\\newcommand{\\x}[2][" * 20_000,
    "open addresses": "\\url{" * 50_000,
    "open options": "\\lstinline[" * 50_000,
    "verbs of many signs": "".join(f"\\verb{chr(0x2500 + number % 2000)}" for number in range(50_000)),
    "open definitions": "\\newcommand{\\x}[1]{" * 50_000,
    "dropped arguments": "\\newcommand{\\h}[1]{}" + "\\h{" * 50_000,
    "conditions": "\\iffalse" * 50_000,
    "a long gap": "\\cite{a" + " " * 1_000_000 + "b" + "\n" * 1_000_000 + "}" + "\\cite %\n" * 20_000,
    "commas": "\\cite{" + "," * 300_000 + "}",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_input_takes_linear_time(text: str) -> None:
    with no_hang():
        read(text)


TRICKY = r"""
\documentclass{article}
\usepackage{natbib}
\newcommand{\own}[2][see]{\citep[#1]{#2}}
\newcommand{\hide}[1]{}
\let\oldcite\cite
\begin{document}
First \cite{plain}, \citet*{one, two ,
  three}; 50\% of \citep[see {\em this [one]}][p.~3]{notes}. % \cite{comment}
A line break\\\citealt{break} \cite% why
  [p.~4]% {x}
  {gap}, \citeauthor{author}, \citeyearpar{year-par}.
\verb|\cite{verb}| and \verb+%+ \citep{after_verb}
\begin{verbatim}
\cite{verbatim}
\end{verbatim}
\iffalse \cite{false} \iftrue \fi \else \cite{alive} \fi
\own{used} \own[cf.]{used:again} \hide{\cite{hidden}}
\footnote{In a note \citep[{and \citealp{inner}}]{outer}.}
\begin{tabular}{ll} a & \cite{cell} \\ \citetext{\citealp{text1}; \citealp{text2}} & b \end{tabular}
\oldcite{alias}
\nocite{no1,no2}
\end{document}
\cite{beyond}
"""
TRICKY_BIBLATEX = r"""
\autocite[see][3]{a} \Autocite*{b} \textcites(see)(p. 3)[x]{c}[y][z]{d} \parencites{e}{f,
 g} \footcite[p.~3]{h} \supercite{i} \smartcite{j}
\begin{lstlisting}[language=TeX]
\cite{listing}
\end{lstlisting}
\begin{comment}
\cite{comment}
\end{comment}
\lstinline|\cite{inline}| \url{http://x.org/%20y} \parencite{k}
\newcommand{\mine}{\parencite} \mine[3]{l}
"""


def pandoc_keys(text: str) -> set[str]:
    pypandoc = pytest.importorskip("pypandoc")
    document = json.loads(pypandoc.convert_text(text, "json", format="latex"))
    found: set[str] = set()

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            if value.get("t") == "Cite":
                found.update(citation["citationId"] for citation in value["c"][0])
            for part in value.values():
                walk(part)
        elif isinstance(value, list):
            for part in value:
                walk(part)

    walk(document)
    return found


@pytest.mark.compiles
@pytest.mark.parametrize("text", [TRICKY, TRICKY_BIBLATEX], ids=["natbib", "biblatex"])
def test_citations_are_those_that_pandoc_reads(text: str) -> None:
    assert set(keys(text)) == pandoc_keys(text)


@pytest.mark.compiles
@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="no pdflatex")
def test_citations_are_those_that_latex_writes(tmp_path: Path) -> None:
    """`\\citation{…}` in the .aux file is what BibTeX is asked for; natbib writes a list in one.

    A blank behind a key stays there, and LaTeX calls the key undefined; biblatex and pandoc drop it, and so do we.
    """
    more = "$x_{\\mbox{\\cite{math}}}$ \\cite{{braced},*merged} \\string\\cite{string} \\end{document}"
    text = TRICKY.replace("\\end{document}", more).replace("{natbib}", "[merge]{natbib}")
    (tmp_path / "a.tex").write_text(text, encoding="utf-8")
    subprocess.run(["pdflatex", "-interaction=nonstopmode", "a.tex"], cwd=tmp_path, capture_output=True, timeout=60, check=False)  # fmt: skip
    written = re.findall(r"\\citation\{([^}]*)\}", (tmp_path / "a.aux").read_text(encoding="utf-8"))
    assert {key.strip() for listed in written for key in listed.split(",")} == set(keys(text))
