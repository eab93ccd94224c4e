"""A number of arXiv cannot be one."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.arxiv import arxiv_fault, in_archive, names_arxiv
from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus
from ketreview.model.value import Value
from ketreview.rule import Problem, problem_of, rule, values


@rule("KR307", values("eprint", "arxiv", "arxivid"), Severity.WARNING)
def bad_eprint(value: Value, corpus: Corpus) -> Iterator[Problem]:
    """An `eprint` is no number of arXiv.

    Since April 2007 it is year, month, a point and four digits, since 2015 five (`1706.03762`); before it was an
    archive, a slash and seven digits (`hep-th/9901001`). Versions (`v2`), a label (`arXiv:`) and a class in brackets
    are fine. Only what `eprinttype` or `archiveprefix` calls arXiv, and what says so by itself, is judged.

    Bad:

    ```bib references.bib
    @misc{vaswani2017, title = {A}, eprint = {1713.03762}, eprinttype = {arxiv}}
    ```

    Good:

    ```bib references.bib
    @misc{vaswani2017, title = {A}, eprint = {1706.03762}, eprinttype = {arxiv}}
    ```
    """
    del corpus
    text = value.folded.replace("{", "").replace("}", "")
    fault = arxiv_fault(text) if text else None
    if fault and _is_of_arxiv(value, text):
        meant = fault.meant or in_archive(text, value.beside("eprintclass", "primaryclass"))
        near = f"; did you mean {shown(meant)}?" if meant else ""
        yield problem_of(value, f"{shown(text)} {fault.problem}{near}")


def _is_of_arxiv(value: Value, text: str) -> bool:
    """Whether its entry, its field or itself says that it is a number of arXiv."""
    kind = value.beside("eprinttype", "archiveprefix").casefold()
    return kind == "arxiv" if kind else value.name != "eprint" or names_arxiv(text)
