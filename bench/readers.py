"""Every reader of ketreview, a good file of each kind to begin with, and the words of its language."""

# ruff: noqa: E501  tables are wide

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import whole_projects

from ketreview.changes.change import ChangeError
from ketreview.changes.drafts import read as read_draft
from ketreview.changes.formatting import formatted
from ketreview.changes.formatting.layout import Layout
from ketreview.changes.importing import Found, Project, propose
from ketreview.checking.baseline_file import parse_baseline
from ketreview.config import read_settings
from ketreview.config.finding import holds_settings
from ketreview.diagnostics import Diagnostic
from ketreview.globs import matches
from ketreview.linking.works import Works
from ketreview.parsing import exchange
from ketreview.parsing.appendix import parse_appendix
from ketreview.parsing.bibtex import parse_bib
from ketreview.parsing.exchange.csv_rows import read_rows
from ketreview.parsing.exchange.prisma_flow import read_flow
from ketreview.parsing.exchange.robvis import Left, read_table
from ketreview.parsing.literature import parse_folder
from ketreview.parsing.manuscripts import parse_manuscript
from ketreview.parsing.registry import clinicaltrials_gov
from ketreview.parsing.retraction_watch import parse_export
from ketreview.parsing.reviews import parse_review
from ketreview.parsing.text import decode_text

HERE = Path(__file__).parent
SEEDS = HERE / "seeds"
_RESULTS_OF_SPANS = 50

Read = Callable[[bytes], Iterable[Diagnostic]]


@dataclass(frozen=True, slots=True)
class Reader:
    """One reader: what it is called, good files, what its language has beside the words of these, and the reading."""

    name: str
    good: Callable[[], tuple[bytes, ...]]
    read: Read
    words: tuple[bytes, ...] = ()
    slow: bool = False

    @property
    def seeds(self) -> tuple[bytes, ...]:
        """Good files; some are made by a run, so that none is before it is needed."""
        return self.good()

    def __call__(self, data: bytes) -> None:
        """Reads a file, and holds that each finding has a place in it.

        Raises:
            AssertionError: one has not.
        """
        for finding in list(self.read(data))[:_RESULTS_OF_SPANS]:
            span = finding.span
            length = len(span.source.text)
            assert 0 <= span.start <= length + 1, (finding.message, span.start, span.end, length)
            assert span.start <= span.end, (finding.message, span.start, span.end, length)
            assert finding.message.isprintable(), ascii(finding.message)
            assert span.begin.line >= 1


def _seeds(*names: str) -> Callable[[], tuple[bytes, ...]]:
    return cache(lambda: tuple((SEEDS / name).read_bytes() for name in names))


def _words(text: str) -> tuple[bytes, ...]:
    return tuple(word.replace("_", " ").replace("¶", "\n").encode() for word in text.split(" ") if word)


_YAML = _words(
    "- : {} [] {a:_b} [a,_b] &x *x <<:_*x |¶ >-¶ ? ?_[a] ' \" # ---¶ ...¶ ! !!str !!int !!binary !%1b !<%0a> %YAML_1.1¶ ~ null yes .inf 0o17 "
    "studies:¶ claims:¶ certainty:¶ sources:¶ trials:¶ id:_a cites:_[a] from:_{source:_letter} kind: 2026-13 <<<<<<<_HEAD¶"
)
_BIB = _words(
    '@misc{ @string{ @comment{ @preamble{ @article(a, @ { } ( ) " # = , % ¶ title_= ,¶year_=_2020 {\\"u} \\{ \\} } jan and '
    "crossref_=_{doe2020}, xdata ids_=_{a,b}, ¶@misc{a, ¶}¶ month others doi_=_{10.1/x} @@ @{ @misc{,"
)
_MARKDOWN = _words(
    "@k [@k] -@ @{ } [ ] ( ) ` ``` ```¶ ~~~¶ > - * ** _ $ $$ <!-- --> < > </pre> <pre> ::: [^1] [^1]: ¶ ¶¶ ---¶ | \\ {{< >}} "
    "{#sec-x} {.a_b='@c'} !"
    + "[ # # ====¶ (@a) &#64; bibliography:_x.bib nocite:_|¶ {cite}`k` ~ ^ \t 1. \\@ http://x/@k"
)
_LATEX = _words(
    "\\cite{k} \\cite \\ { } [ ] % \\% ¶ \\begin{verbatim} \\end{verbatim} \\verb| \\verb \\newcommand{\\x}[1]{#1} #1 ##1 \\x{} \\def\\y#1{ "
    "\\let\\z\\cite \\iffalse \\fi \\input{a} \\include \\nocite{*} \\bibliography{a} \\begin{ \\end{ \\makeatletter \\begin{comment} $ ~ &"
)
_TYPST = _words(
    '@k #cite(<k>) # #{ } [ ] ( ) // /* */ ` ``` " $ <a> \\ = - + / ¶ #let_x_= #show: #set #import_"a.typ'
    + '" #include '
    '#bibliography("a.bib") #raw(" #if #for => .. : ; , _ * @k[p] #ref(<a>) label("a") http://x/@k'
)
_RST = _words(
    ":cite:`k` ` `` :: ..¶ .._ .._include::_a .._code-block::¶ ___ ¶ ¶¶ * ** | _ [1]_ :ref:`x` \\ \t ¶=== .._bibliography::_a.bib"
)
_JSON = _words('{ } [ ] : , " "" \\" \\u0000 \\ud800 \\uZZZZ null true 1e5 -0 01 {"a":1} [1,2] NaN Infinity // 1e999')
_CSV = _words(', ; \t " "" "a,b" ¶ ,,, NA Low High =1 \'x "¶" -1 1,234 12/31/2020_0:00 13/13/2020 10.1/x')
_TAGGED = _words(
    "TY__-_ ER__-_ PMID-_1 AU__-_A,_B TI__-_ ¶ ¶¶ ______x DP__-_2020 SP__-_1 SN__-_ N1__-_ __-_ A1__-_ , ; <i> </i> & %"
)
_XML = _words(
    '<a> </a> <record> </record> <!DOCTYPE_x_[<!ENTITY_a_"b">]> &a; &#0; &#xD800; <![CDATA[ ]]> <!-- --> <?x?> < > & " = <style> </style>'
)
_TOML = _words(
    '[ ] [[ ]] = , " \' """ \'\'\' # . ¶ {} [] "\\u001b"_=_1¶ 1 1.5 inf nan 2020-01-01 12:00:00 true [severity] [[builds]] a.b.c_=_1 \\u0000 0x1 [profiles.x] like_=_"x"'
)
_NOTES = _words(
    "#_ ##_ ###_ **Status:** **DOI:** **PMID:** - * 1. | |---| [x](y) ` ``` ¶ ¶¶ > HIGH Low GRADE NCT01234567 10.1000/x et_al. (2020) doi:10.1/x : ✅ [x] []"
)

_ALL = (*_YAML, *_BIB, *_MARKDOWN, *_LATEX, *_TYPST, *_RST, *_JSON, *_CSV, *_TAGGED, *_XML, *_TOML, *_NOTES)


@cache
def readers() -> tuple[Reader, ...]:
    """All of them."""
    return (
        Reader("BibTeX store", _seeds("store.bib"), _bibtex, _BIB),
        Reader("Formatting of a store", _seeds("store.bib"), _formatting, _BIB),
        Reader("Review (YAML)", _reviews, _review, _YAML),
        Reader("Settings (TOML)", _seeds("ketreview.toml"), _settings, _TOML),
        Reader("Markdown", _seeds("chapter.md", "myst.md"), _chapter("chapters/a.md"), _MARKDOWN),
        Reader("Quarto", _seeds("page.qmd", "chapter.md"), _chapter("chapters/a.qmd"), _MARKDOWN),
        Reader("Quarto's project file", _seeds("_quarto.yml"), _chapter("_quarto.yml"), _YAML),
        Reader("MyST", _seeds("myst.md", "chapter.md"), _chapter("chapters/a.md"), _MARKDOWN),
        Reader("LaTeX", _seeds("chapter.tex", "appendix.tex"), _chapter("chapters/a.tex"), _LATEX),
        Reader("Typst", _seeds("chapter.typ", "appendix.typ"), _chapter("chapters/a.typ"), _TYPST),
        Reader("reStructuredText", _seeds("chapter.rst"), _chapter("chapters/a.rst"), _RST),
        Reader("Notebook", _seeds("notebook.json"), _chapter("chapters/a.ipynb"), (*_JSON, *_MARKDOWN)),
        Reader("Annotated bibliography (Markdown)", _seeds("appendix.md"), _appendix("a.md"), (*_MARKDOWN, *_NOTES)),
        Reader("Annotated bibliography (LaTeX)", _seeds("appendix.tex"), _appendix("a.tex"), _LATEX),
        Reader("Annotated bibliography (Typst)", _seeds("appendix.typ"), _appendix("a.typ"), _TYPST),
        Reader("Reading folder", _seeds("topic.md", "work.md"), _folder, _NOTES),
        Reader("Import of a folder", _seeds("topic.md", "work.md"), _import, _NOTES, slow=True),
        Reader("Assessments (robvis CSV)", _seeds("robvis.csv"), _robvis, _CSV),
        Reader("Flow (PRISMA2020 CSV)", _seeds("flow.csv"), _flow, _CSV),
        Reader("Retraction Watch CSV", _seeds("retractions.csv"), lambda data: parse_export("r.csv", data).diagnostics, _CSV),
        Reader("ClinicalTrials.gov JSON", _seeds("trials.json"), lambda data: clinicaltrials_gov.parse("t.json", data).diagnostics, _JSON),
        Reader("RIS", _seeds("references.ris"), _exchange(".ris"), _TAGGED),
        Reader("PubMed (MEDLINE)", _seeds("references.nbib"), _exchange(".nbib"), _TAGGED),
        Reader("CSL JSON", _seeds("references.json"), _exchange(".json"), _JSON),
        Reader("EndNote XML", _seeds("references.xml"), _exchange(".xml"), _XML),
        Reader("BibTeX to import", _seeds("store.bib"), _exchange(".bib"), _BIB),
        Reader("Baseline", _seeds("baseline.json"), lambda data: parse_baseline("b.json", data)[1], _JSON),
        Reader("Draft with marked parts", _seeds("draft.md"), _draft, _MARKDOWN),
        Reader("Check of a project, all formats, all fixes", lambda: (whole_projects.everything(), *whole_projects.examples()), whole_projects.check, _ALL, slow=True),
        Reader("Every command on a project, stdin too", lambda: (whole_projects.everything(),), whole_projects.command, _ALL, slow=True),
        Reader("Kept answers (cache)", whole_projects.answers, whole_projects.kept_answer, _JSON, slow=True),
        Reader("Journal of a killed run", lambda: (whole_projects.JOURNAL,), whole_projects.journal, (*_JSON, *_words("../ a.txt OLD NEW 7777 .a.txt.99-abcdefgh.tmp"))),
        Reader("Patterns of paths", lambda: (b"chapters/**/*.typ",), _pattern, _words("* ** ? [ ] [!a] [a-z] / . \\ { }")),
    )  # fmt: skip


@cache
def _reviews() -> tuple[bytes, ...]:
    """A small review, and those that docs/review-format.md shows: together they have every field."""
    text = (HERE.parent / "docs" / "review-format.md").read_text(encoding="utf-8")
    head = "schema_version: 1\nid: shown\ntitle: Shown\nstatus: active\n"
    blocks = re.findall(r"^```yaml[^\n]*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    shown = ((block if "schema_version" in block else head + block).encode() for block in blocks)
    return ((SEEDS / "review.yaml").read_bytes(), *shown)


def _bibtex(data: bytes) -> Sequence[Diagnostic]:
    file = parse_bib("references.bib", data)
    ends = [0]
    for entry in file.entries:
        assert ends[-1] <= entry.start <= entry.end <= len(file.source.text), entry.key
        ends.append(entry.start)
    return file.diagnostics


def _formatting(data: bytes) -> Sequence[Diagnostic]:
    file = parse_bib("references.bib", data)
    with suppress(ChangeError):
        formatted(file, Layout())
    return ()


def _review(data: bytes) -> Sequence[Diagnostic]:
    file = parse_review("reviews/a.yaml", data)
    assert file.review is not None or file.diagnostics
    return file.diagnostics


def _settings(data: bytes) -> Sequence[Diagnostic]:
    holds_settings(data)
    read_settings("pyproject.toml", data)
    return read_settings("ketreview.toml", data)[1]


def _chapter(path: str) -> Read:
    def read(data: bytes) -> Sequence[Diagnostic]:
        chapter = parse_manuscript(path, data)
        text = chapter.source.text
        for mention in chapter.citations[:_RESULTS_OF_SPANS]:
            assert mention.key
            assert 0 <= mention.span.start <= mention.span.end <= len(text)
        for link in (*chapter.includes, *chapter.bibliographies):
            assert 0 <= link.span.start <= link.span.end <= len(text)
        return chapter.diagnostics

    return read


def _appendix(path: str) -> Read:
    def read(data: bytes) -> Sequence[Diagnostic]:
        found = parse_appendix(path, data)
        for one in found.annotations:
            assert 0 <= one.heading.span.start <= one.heading.span.end <= len(found.source.text)
        return found.diagnostics

    return read


def _folder(data: bytes) -> Sequence[Diagnostic]:
    return parse_folder(
        "literature/tea", [("literature/tea/README.md", data), ("literature/tea/notes.md", data)]
    ).diagnostics


def _import(data: bytes) -> Sequence[Diagnostic]:
    store = parse_bib("references.bib", SEEDS.joinpath("store.bib").read_bytes())
    project = Project(store, Works(store.entries), (), {}, ("references.bib",))
    found = Found("tea", {"tea/README.md": data, "tea/one/notes.md": data})
    proposal, _ = propose(found, project)
    return parse_review("reviews/tea.yaml", proposal.text.encode()).diagnostics


def _robvis(data: bytes) -> Sequence[Diagnostic]:
    _require_printable(read_table(read_rows("a.csv", data)).left)
    return ()


def _flow(data: bytes) -> Sequence[Diagnostic]:
    _require_printable(read_flow(read_rows("a.csv", data)).left)
    return ()


def _require_printable(left: Iterable[Left]) -> None:
    assert all(one[1].isprintable() for one in left)


def _exchange(suffix: str) -> Read:
    return lambda data: exchange.parse(f"a{suffix}", data).diagnostics


def _draft(data: bytes) -> Sequence[Diagnostic]:
    read_draft(decode_text("a.md", data)[0])
    return ()


def _pattern(data: bytes) -> Sequence[Diagnostic]:
    matches(data.decode("utf-8", "replace"), "chapters/one/two.typ")
    return ()
