"""A name is not written as BibTeX reads names."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.name_faults import faults_of, may_be_faulty
from ketreview.appraisal.names import are_ordinary, stray_ands
from ketreview.appraisal.placeholder_names import placeholder_names
from ketreview.diagnostics import Fix, Severity, shown
from ketreview.edits import Edit
from ketreview.linking import Corpus
from ketreview.model.value import Value
from ketreview.rule import Problem, problem_of, rule, values
from ketreview.source import Span

_LISTS = ("author", "editor", "translator", "bookauthor")


def _are_sound(names: str) -> bool:
    return not may_be_faulty(names)


@rule("KR319", values(*_LISTS, usual=dict.fromkeys(_LISTS, (are_ordinary, _are_sound))), Severity.WARNING)
def malformed_names(value: Value, corpus: Corpus) -> Iterator[Problem]:
    """A name in a list of authors or editors is not one, or not one alone, as BibTeX reads it.

    BibTeX parts names by `and`, and a name by its commas. So `et al.`, an `and` with nothing before or behind it, an
    address on the web, an academic title, an institution without braces, a suffix in the wrong place, and several
    persons parted by `;`, `&` or commas are printed as if they were parts of a person's name. A safe fix is offered
    where it is certain what is meant. What stands in braces is taken as it is, and so are mononyms, initials, and
    `Ferrari, MD`, which may be initials too. Each name has one finding; a placeholder (KR312) has none here. Names
    that a source prints are not judged: in print `et al.` and `&` are as they should be.

    Bad:

    ```bib references.bib
    @article{siracusa2021, author = {Siracusa, R. and Rodà, L. and et al.}, title = {A}}
    ```

    Good:

    ```bib references.bib
    @article{siracusa2021, author = {Siracusa, R. and Rodà, L. and others}, title = {A}}
    ```
    """
    del corpus
    if value.entry is None or not may_be_faulty(value.text) or placeholder_names(value.text):
        return
    for name, fault in faults_of(value.text):
        fix = _fix(value, name.start, name.end, fault.meant, f"Write {_shown(fault.meant)}") if fault.meant else None
        yield _problem(value, name.start, name.end, f"{_shown(name.text)} {fault.why}", fix)
    for stray in stray_ands(value.text):
        where = "follows another `and`" if stray.doubled else "has no name on one side"
        end = stray.end + len(value.text[stray.end :]) - len(value.text[stray.end :].lstrip())
        fix = _fix(value, stray.start, end, "", "Remove the second `and`") if stray.doubled else None
        yield _problem(value, stray.start, stray.end, f"an `and` in the {value.name} {where}", fix)


def _shown(name: str) -> str:
    """A name that may be wrapped, on one line."""
    return shown(" ".join(name.split()))


def _problem(value: Value, start: int, end: int, message: str, fix: Fix | None) -> Problem:
    problem = problem_of(value, message, fix=fix)
    inner = value.inner
    return (
        problem
        if inner is None
        else Problem(message, Span(inner.source, inner.start + start, inner.start + end), fix=fix)
    )


def _fix(value: Value, start: int, end: int, text: str, title: str) -> Fix | None:
    inner = value.inner
    if inner is None:
        return None
    return Fix(title, safe=True, edits=(Edit(Span(inner.source, inner.start + start, inner.start + end), text),))
