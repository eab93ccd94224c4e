"""Files of every language in four bad shapes, for any size, each with the command that reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

HEAD = "schema_version: 1\nid: huge\ntitle: Huge\nstatus: active\n"
_WORDS = "Nobody wrote this text, it says nothing of tea. "

VALUE, TINY, DEEP, LINE = "one huge value", "a million tiny things", "deep nesting", "one line"
SHAPES = (VALUE, TINY, DEEP, LINE)

Make = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Language:
    """A kind of file: where it stands in a project, the command that reads it, and its bad shapes for a size."""

    name: str
    path: str
    shapes: Mapping[str, Make]
    command: Sequence[str] = ("check", "--no-cache", "--select", "ALL")
    settings: str = ""


def _filled(unit: str) -> Make:
    """The unit again and again; `%d` in it is a number of its own each time."""
    if "%d" not in unit:
        return lambda size: unit * (size // len(unit.encode()))

    def make(size: int) -> str:
        width = len(unit) + 5
        return "".join([unit.replace("%d", str(number)) for number in range(size // width)])

    return make


def _framed(before: str, unit: str, after: str = "") -> Make:
    return lambda size: before + _filled(unit)(size - len(before) - len(after)) + after


def _nested(before: str, opener: str, inner: str = "", closer: str = "", after: str = "") -> Make:
    def make(size: int) -> str:
        times = (size - len(before) - len(after)) // len(opener + closer)
        return before + opener * times + inner + closer * times + after

    return make


def _shapes(value: Make, tiny: Make, deep: Make, line: Make) -> Mapping[str, Make]:
    return dict(zip(SHAPES, (value, tiny, deep, line), strict=True))


def _indented(before: str) -> Make:
    """A block nested as deep as the size allows: each level is indented by one more."""

    def make(size: int) -> str:
        levels = int((2 * size) ** 0.5) - 10
        return before + "".join(f"{' ' * level}a:\n" for level in range(levels))

    return make


def languages() -> Iterator[Language]:
    """Every language, with its shapes."""
    yield Language("Review (YAML)", "reviews/huge.yaml", _shapes(
        _framed(f"{HEAD}summary: |\n  ", _WORDS),
        _framed(f"{HEAD}studies:\n", "- {id: s%d, title: T}\n"),
        _nested(f"{HEAD}summary: ", "[", "x", "]"),
        _framed(f"{HEAD}summary: [", "{a: b}, ", "]\n"),
    ))  # fmt: skip
    yield Language("Review (YAML), in blocks", "reviews/huge.yaml", _shapes(
        _framed(f'{HEAD}summary: "', "\\u00e9 ", '"\n'),
        _framed(f"{HEAD}claims:\n", "- a\n"),
        _indented(HEAD),
        _framed(f"{HEAD}summary: &a [", "&b%d x, ", "]\n"),
    ))  # fmt: skip
    yield Language("BibTeX store", "references.bib", _shapes(
        _framed("@misc{a, title = {", _WORDS, "}}\n"),
        _filled("@misc{k%d}\n"),
        _nested("@misc{a, title = ", "{", "x", "}", "}\n"),
        _filled("@misc{k%d, title = {A}} "),
    ))  # fmt: skip
    yield Language("BibTeX store, broken", "references.bib", _shapes(
        _framed('@misc{a, title = "', _WORDS),
        _filled("@comment{ @misc{k%d "),
        _nested("@misc{a, title = ", "{"),
        _filled("@misc{k%d, title = {A} "),
    ))  # fmt: skip
    yield Language("Settings (TOML)", "ketreview.toml", _shapes(
        _framed('baseline = "', _WORDS, '"\n'),
        _filled("k%d = 1\n"),
        _nested("reviews = ", "[", "", "]"),
        _framed("reviews = [", '"reviews/%d.yaml", ', "]\n"),
    ))  # fmt: skip
    yield from _chapters()
    yield from _beside()
    yield from _imported()


def _chapter(name: str, suffix: str, *shapes: Make) -> Language:
    return Language(name, f"chapters/huge.{suffix}", _shapes(*shapes), settings='chapters = ["chapters/*"]\n')


def _chapters() -> Iterator[Language]:
    yield _chapter(
        "Markdown", "md", _filled(_WORDS), _filled("@k%d\n"), _nested("", "[", "@k", "]"), _filled("[@k%d] *a* `b` ")
    )
    yield _chapter(
        "Markdown, in blocks", "md",
        _framed("```\n", "@k\n"),
        _filled("- @k%d\n\n"),
        _nested("", "> ", "@k"),
        _filled("<a x='@k'> $ ![b](c) "),
    )  # fmt: skip
    yield _chapter(
        "Quarto", "qmd",
        _framed("---\ntitle: >-\n  ", _WORDS, "\n---\n@k\n"),
        _filled("# H%d {#sec-%d}\n\n"),
        _nested("", ":::: {.a}\n", "@k", "::::\n"),
        _filled("{{< include a%d.qmd >}} "),
    )  # fmt: skip
    yield _chapter(
        "MyST", "md",
        _framed("```{note}\n", _WORDS),
        _filled("{cite}`k%d`\n"),
        _nested("", ":::{note}\n", "{cite}`k`"),
        _filled("{cite}`k%d` `` ` "),
    )  # fmt: skip
    yield _chapter(
        "LaTeX", "tex",
        _framed("\\cite{k} ", _WORDS),
        _filled("\\cite{k%d}\n"),
        _nested("\\cite", "{", "k", "}"),
        _filled("\\newcommand{\\a}[1]{\\cite{#1}} "),
    )  # fmt: skip
    yield _chapter(
        "Typst", "typ",
        _framed("@k ", _WORDS),
        _filled("@k%d\n"),
        _nested("#", "[#(", "@k", ")]"),
        _filled("#a[@k%d] "),
    )  # fmt: skip
    yield _chapter(
        "reStructuredText", "rst",
        _framed(":cite:`k` ", _WORDS),
        _filled(":cite:`k%d`\n"),
        _nested("", "   " * 10 + "* ", "x"),
        _filled(":cite:`k%d` `` ` "),
    )  # fmt: skip
    yield _chapter(
        "Notebook", "ipynb",
        _framed('{"cells": [{"cell_type": "markdown", "source": "', _WORDS, '@k"}]}'),
        _framed('{"cells": [', '{"cell_type": "markdown", "source": "@k%d"},', "{}]}"),
        _nested('{"cells": ', "[", "", "]", "}"),
        _framed('{"cells": [{"cell_type": "markdown", "source": "', "@k%d \\n", '"}]}'),
    )  # fmt: skip


def _beside() -> Iterator[Language]:
    yield Language("Annotated bibliography", "appendix.md", _shapes(
        _framed("# A 2019\n\n- **DOI:** 10.1000/a\n\n", _WORDS),
        _filled("# A %d\n\n- **DOI:** 10.1/%d\n\n"),
        _nested("", "- ", "**DOI:** 10.1/a"),
        _filled("**DOI:** 10.1/%d "),
    ), settings='appendix = ["appendix.md"]\n')  # fmt: skip
    yield Language("Reading folder", "literature/a/README.md", _shapes(
        _framed("# A\n\n## Summary\n\n", _WORDS),
        _filled("- a%d.md\n"),
        _nested("", "#", " A"),
        _filled("**Status:** done **DOI:** 10.1/%d "),
    ), settings='literature = ["literature/**"]\n')  # fmt: skip
    columns = "Record ID,Title,RetractionDate,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature\n"
    yield Language("Retraction Watch CSV", "r.csv", _shapes(
        _framed(f'{columns}1,"', _WORDS, '",8/16/2023 0:00,10.1/a,1,Retraction\n'),
        _framed(columns, "1,T,8/16/2023 0:00,10.1/%d,0,Retraction\n"),
        _framed(columns, '"'),
        _framed(columns.strip(), ","),
    ), settings='retractions = "r.csv"\n')  # fmt: skip
    item = '{"path": "a", "code": "KR603", "message": "m", "fingerprint": "0123456789abcdef"},'
    yield Language("Baseline", "b.json", _shapes(
        _framed('{"version": 1, "findings": ["', _WORDS, '"]}'),
        _framed('{"version": 1, "findings": [\n', f"{item}\n", "null]}"),
        _nested('{"version": 1, "findings": ', "[", "", "]", "}"),
        _framed('{"version": 1, "findings": [', "null,", "null]}"),
    ), settings='baseline = "b.json"\n')  # fmt: skip


def _import(name: str, path: str, *shapes: Make, command: Sequence[str] = ("refs", "add")) -> Language:
    return Language(name, path, _shapes(*shapes), (*command, path))


def _imported() -> Iterator[Language]:
    yield _import(
        "RIS", "a.ris",
        _framed("TY  - JOUR\nTI  - ", _WORDS, "\nER  - \n"),
        _filled("TY  - JOUR\nTI  - T%d\nER  - \n"),
        _framed("TY  - JOUR\nTI  - ", "<i>", "\nER  - \n"),
        _framed("TY  - JOUR\nAU  - ", "A, B; ", "\nER  - \n"),
    )  # fmt: skip
    yield _import(
        "PubMed (MEDLINE)", "a.nbib",
        _framed("PMID- 1\nTI  - ", _WORDS, "\n"),
        _filled("PMID- %d\nTI  - T\n\n"),
        _framed("PMID- 1\nTI  - a\n", "      b\n"),
        _framed("PMID- 1\nAU  - ", "A B, ", "\n"),
    )  # fmt: skip
    yield _import(
        "CSL JSON", "a.json",
        _framed('[{"title": "', _WORDS, '"}]'),
        _framed("[", '{"title": "T%d"},', "{}]"),
        _nested("", "[", "", "]"),
        _framed('[{"title": "T", "author": [', '{"family": "A"},', "{}]}]"),
    )  # fmt: skip
    yield _import(
        "EndNote XML", "a.xml",
        _framed("<xml><record><titles><title>", _WORDS, "</title></titles></record></xml>"),
        _framed("<xml><records>", "<record><titles><title>T%d</title></titles></record>", "</records></xml>"),
        _nested("<xml><record>", "<a>", "", "</a>", "</record></xml>"),
        _framed("<xml><record ", "a%d='b' ", "/></xml>"),
    )  # fmt: skip
    trial, trials = '{"protocolSection": {"identificationModule": {"nctId": "NCT00000001"', '{"studies": ['
    yield _import(
        "ClinicalTrials.gov JSON", "t.json",
        _framed(f'{trial}, "briefTitle": "', _WORDS, '"}}}'),
        _framed(trials, f"{trial}}}}}}},", "{}]}"),
        _nested(trials[:-1], "[", "", "]", "}"),
        _framed(trials, "{},", "{}]}"),
        command=("trials", "import"),
    )  # fmt: skip
