"""The authors of an entry are a placeholder."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.names import are_ordinary
from ketreview.appraisal.placeholder_names import name_somebody, placeholder_names
from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus
from ketreview.model.value import Value
from ketreview.rule import Problem, problem_of, rule, values

_USUAL = dict.fromkeys(("author", "editor"), (are_ordinary, name_somebody))


@rule("KR312", values("author", "editor", usual=_USUAL), Severity.ERROR)
def placeholder_author(value: Value, corpus: Corpus) -> Iterator[Problem]:
    """The authors of an entry are words or names that stand for nobody.

    `Multiple sources`, `Author, A. and Author, B.`, or the commonest surnames with the first names A, B, C and D: so a
    reference looks that was invented, or never looked up. Two common surnames are no sign, nor are `Anonymous`,
    PubMed's `[No authors listed]` and the names of institutions. One `Doe, John` may be a person, and is a warning.

    Bad:

    ```bib references.bib
    @article{sleep2024, author = {Smith, A and Johnson, B and Williams, C and Brown, D}, title = {Sleep traits}}
    ```

    Good:

    ```bib references.bib
    @article{smith2021, author = {Smith, Joshua and Johnson, Mary}, title = {Sleep traits}}
    ```
    """
    del corpus
    found = placeholder_names(value.text)
    if found is None:
        return
    what = f"the {value.name} {shown(value.folded)} {'is' if found.sure else 'may be'} a placeholder"
    why = f"{shown(' '.join(found.name.split()))} {found.why}" if found.name else found.why
    severity = None if found.sure else Severity.WARNING
    yield problem_of(value, f"{what}: {why}; look the work up", severity=severity)
