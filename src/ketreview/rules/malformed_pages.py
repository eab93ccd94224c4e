"""Pages are not written as a page or a range of pages."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.pages import USUAL_PAGES, double_hyphened, pages_fault
from ketreview.diagnostics import Fix, Severity, shown
from ketreview.linking import Corpus
from ketreview.model.value import Value
from ketreview.rule import Problem, problem_of, rule, values


@rule("KR316", values("pages", usual={"pages": USUAL_PAGES.fullmatch}), Severity.WARNING)
def malformed_pages(value: Value, corpus: Corpus) -> Iterator[Problem]:
    """A `pages` is not a page or a range as BibTeX writes it, `first--last`.

    A range with a single hyphen, or with another dash, is only information: many styles mend it, and a safe fix writes
    `--`. Article numbers, `284--284.e1`, `348ra96`, `S436--S439`, `12-15--12-20`, roman numerals, `43+`, `12--`,
    `online ahead of print` and `---` are fine. Pages that a source prints are judged only for what is no page: a single
    hyphen is how pages are printed.

    Bad:

    ```bib references.bib
    @article{klein2020, title = {A}, pages = {166-170}}
    @article{gross2020, title = {B}, pages = {pp. 12--15}}
    ```

    Good:

    ```bib references.bib
    @article{klein2020, title = {A}, pages = {166--170}}
    @article{gross2020, title = {B}, pages = {12--15}}
    ```
    """
    del corpus
    text = value.folded
    if value.entry is not None and (mended := double_hyphened(value.text)) != value.text:
        message = f"BibTeX writes the range {shown(text)} with two hyphens, {shown(' '.join(mended.split()))}"
        fix = Fix("Write two hyphens", safe=True, edits=value.rewritten(mended))
        yield problem_of(value, message, severity=Severity.INFO, fix=fix)
    elif why := pages_fault(text):
        yield problem_of(value, f"the pages {shown(text)} {why}")
