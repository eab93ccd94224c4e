"""The note of an entry says that the entry is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.doubts import doubt_in, may_doubt
from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus
from ketreview.model.value import Value
from ketreview.rule import Problem, problem_of, rule, values
from ketreview.source import Span


@rule("KR331", values("note", "annotation", "annote", "comment"), Severity.WARNING)
def entry_doubts_itself(value: Value, corpus: Corpus) -> Iterator[Problem]:
    """The note of an entry says that its DOI, its authors or the entry itself is wrong.

    Somebody found the fault and wrote it down, and the entry is still cited as it is. Nothing is said once the note
    tells that it was corrected, or the entry has the DOI, PMID or author that the note calls the correct one. That
    something could not be verified is only information. Findings of the work itself (a wrong dose, fabricated data) are
    not meant.

    Bad:

    ```bib references.bib
    @article{walitt2021, title = {Ketamine}, doi = {10.1093/pm/pnab250},
      note = {Author list is wrong; correct DOI 10.31486/toj.21.0038}}
    ```

    Good:

    ```bib references.bib
    @article{pastrak2021, title = {Ketamine}, doi = {10.31486/toj.21.0038},
      note = {The DOI that was given first was wrong; correct DOI 10.31486/toj.21.0038}}
    ```
    """
    del corpus
    if value.entry is None or not may_doubt(value.text):
        return
    doubt = doubt_in(
        value.text, doi=value.beside("doi"), pmid=value.beside("pmid"), author=value.beside("author", "editor")
    )
    if doubt is None:
        return
    words = shown(" ".join(value.text[doubt.start : doubt.end].split()))
    act = "correct the entry" if doubt.sure else "look the work up"
    message = f"the {value.name} says of its own entry: {words}; {act}, and say so in the note"
    problem = problem_of(value, message, severity=None if doubt.sure else Severity.INFO)
    inner = value.inner
    span = problem.span if inner is None else Span(inner.source, inner.start + doubt.start, inner.start + doubt.end)
    yield Problem(problem.message, span, severity=problem.severity)
