"""Fixes of characters in values: each changes what it must, is safe, and leaves nothing to find."""

from __future__ import annotations

from pathlib import Path

import pytest

from ketreview.edits import edited
from tests.rules.test_fixes import found


def mended(code: str, root: Path, store: str, **others: str) -> str:
    """The store after every fix of one code; it finds nothing more then."""
    contents = {"references.bib": store, **others}
    findings = [finding for finding in found(code, root, contents) if finding.span.path == "references.bib"]
    assert findings
    assert all(finding.fix is not None and finding.fix.safe for finding in findings)
    edits = [edit for finding in findings if finding.fix for edit in finding.fix.edits]
    text = edited(findings[0].span.source, edits)
    assert found(code, root, {**contents, "references.bib": text}) == []
    return text


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("{ Sleep }", "{Sleep}"),
        ('"\tSleep  "', '"Sleep"'),
        ("{Sleep   \n    in goats}", "{Sleep\n    in goats}"),
        ("{Sleep \r\n in\t\r\n goats }", "{Sleep\r\n in\r\n goats}"),
        ("{ \n  Sleep\n  \n in goats\n }", "{\n  Sleep\n\n in goats\n }"),
        ("{\u00a0Sleep\u200b}", "{Sleep}"),
        ("{Sleep\\  }", "{Sleep\\ }"),
        ("{Sleep\\\\ }", "{Sleep\\\\}"),
    ],
)
def test_stray_blanks(written: str, wanted: str, tmp_path: Path) -> None:
    store = "@misc{{a, title = {}, % a comment \n  year = 2020}}\n"
    assert mended("KR325", tmp_path, store.format(written)) == store.format(wanted)


def test_what_stray_blanks_are(tmp_path: Path) -> None:
    store = "@misc{a, title = { Sleep \n in goats \n at night }, note = {A \n b}}"
    first, second = found("KR325", tmp_path, {"references.bib": store})
    assert first.message == "`title` begins with a blank, ends with a blank and has 2 lines that end with blanks"
    assert second.message == "`note` has a line that ends with blanks"


@pytest.mark.parametrize("sign", [" ", "\u00a0", " \n", "\u200b", "\\ "])
def test_endless_blanks_take_no_time(sign: str, tmp_path: Path) -> None:
    store = f"@misc{{a, title = {{a{sign * 50_000}b{sign * 50_000}}}}}"
    assert len(found("KR325", tmp_path, {"references.bib": store})) == ("\\" not in sign)


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("{Andre\u0301}", "{Andr\u00e9}"),
        ('"Andre\u0301 and 10 \u212b"', '"Andr\u00e9 and 10 \u00c5"'),
        ("{\ufa19 Andre\u0301}", "{\ufa19 Andr\u00e9}"),
    ],
)
def test_composed_letters(written: str, wanted: str, tmp_path: Path) -> None:
    store = "% Andre\u0301\n@misc{{a, title = {}}}\n"
    assert mended("KR324", tmp_path, store.format(written)) == store.format(wanted)


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("{Bugs &amp; Drugs}", r"{Bugs \& Drugs}"),
        (r'"Bugs \&amp; {Drugs}"', r'"Bugs \& {Drugs}"'),
        ("{CO<sub>2</sub> <em>in</em> <SCP>dna</SCP>}", r"{CO\textsubscript{2} \emph{in} \textsc{dna}}"),
        ("{<p>Sleep <b>of <i>goats</i></b></p>}", r"{Sleep \textbf{of \textit{goats}}}"),
        ("{&quot;Sleep&quot; (&quot;of&quot;) goats&apos;}", "{``Sleep'' (``of'') goats'}"),
        ("{$p &lt; 5$ &lt; 6}", "{$p < 5$ $<$ 6}"),
        ("{TNF-&alpha;, &eacute;, &nbsp;&hellip; &shy;x}", r"{TNF-{\ensuremath{\alpha}}, {\'e}, ~{\ldots} x}"),
        (r"{$\less$p$\greater$Sleep:~$\less$/p$\greater$}", "{Sleep:~}"),
        (r"{\textlessi\textgreaterX\textless/i\textgreater y}", r"{\textit{X} y}"),
    ],
)
def test_html(written: str, wanted: str, tmp_path: Path) -> None:
    store = "@misc{{a, title = {}, year = 2020}}\n"
    assert mended("KR321", tmp_path, store.format(written)) == store.format(wanted)


def test_a_store_with_letters_of_its_own_gets_the_letters(tmp_path: Path) -> None:
    assert mended("KR321", tmp_path, "@misc{a, title = {é &eacute; &alpha;}}") == "@misc{a, title = {é é α}}"


def test_a_letter_that_latex_has_no_way_to_write_is_left(tmp_path: Path) -> None:
    (finding,) = found("KR321", tmp_path, {"references.bib": "@misc{a, title = {&#20013;}}"})
    assert finding.fix is None


@pytest.mark.parametrize("written", ["{$&eacute;$ &amp;}", "{<i>$x</i>$}", "{x} # {&amp;}"])
def test_html_is_left_where_nothing_is_sure(written: str, tmp_path: Path) -> None:
    (finding,) = found("KR321", tmp_path, {"references.bib": f"@misc{{a, title = {written}}}"})
    assert finding.fix is None


@pytest.mark.parametrize(
    "text", ["<i>" * 20_000 + "</i>" * 20_000, "&amp;" * 20_000, "</b>" * 20_000, "<i " * 30_000, "$\\less$" * 10_000]
)
def test_endless_html_takes_no_time(text: str, tmp_path: Path) -> None:
    store = f"@misc{{a, title = {{{text}}}}}"
    assert len(found("KR321", tmp_path, {"references.bib": store})) <= 1


LATEX = {"ketreview.toml": 'chapters = ["*.tex"]\n', "a.tex": "\\cite{a}\n"}


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("{Muscle & Nerve, 50% _x #1}", r"{Muscle \& Nerve, 50\% \_x \#1}"),
        (r'"a\\& \& $x_1$ b_c"', r'"a\\\& \& $x_1$ b\_c"'),
        ("{It costs $50}", r"{It costs \$50}"),
        ("{Bugs &amp; Drugs & more}", r"{Bugs &amp; Drugs \& more}"),
    ],
)
def test_signs_that_latex_does_not_print(written: str, wanted: str, tmp_path: Path) -> None:
    store = "@misc{{a, title = {}, note = {{a & b}}}}\n"
    assert mended("KR322", tmp_path, store.format(written), **LATEX) == store.format(wanted)


@pytest.mark.parametrize("written", ["{An $x_1 & more}", "{$x$ costs $5}", "{a & b} # {c}", "{Sleep $}"])
def test_a_dollar_that_may_be_meant_is_left(written: str, tmp_path: Path) -> None:
    (finding,) = found("KR322", tmp_path, {"references.bib": f"@misc{{a, title = {written}}}", **LATEX})
    assert finding.fix is None


@pytest.mark.parametrize("text", ["&" * 50_000, "$" * 50_001, "&amp;" * 20_000, r"\verb|" * 20_000])
def test_endless_signs_take_no_time(text: str, tmp_path: Path) -> None:
    store = f"@misc{{a, title = {{{text}}}}}"
    assert len(found("KR322", tmp_path, {"references.bib": store, **LATEX})) <= 1


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("{DNA in ME/CFS}", "{{DNA} in {ME/CFS}}"),
        ('"The mRNA of Anti-NMDA cells"', '"The {mRNA} of Anti-{NMDA} cells"'),
        ("{COVID-19-related {DNA}}", "{{COVID-19}-related {DNA}}"),
    ],
)
def test_capitals_are_put_into_braces_if_a_person_says_so(written: str, wanted: str, tmp_path: Path) -> None:
    settings = {"ketreview.toml": 'select = ["KR326"]\n'}
    store = "@misc{{a, title = {}, year = 2020}}\n"
    (finding,) = found("KR326", tmp_path, {"references.bib": store.format(written), **settings})
    assert finding.fix is not None
    assert not finding.fix.safe
    text = edited(finding.span.source, finding.fix.edits)
    assert text == store.format(wanted)
    assert found("KR326", tmp_path, {"references.bib": text, **settings}) == []


def test_capitals_of_a_title_in_parts_are_left(tmp_path: Path) -> None:
    contents = {"references.bib": "@misc{a, title = {DNA} # { of goats}}", "ketreview.toml": 'select = ["KR326"]\n'}
    (finding,) = found("KR326", tmp_path, contents)
    assert finding.fix is None
