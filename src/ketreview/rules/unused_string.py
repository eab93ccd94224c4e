"""A string is defined, and no value uses it."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus
from ketreview.parsing.bib_file import BibFile
from ketreview.rule import STORE, Problem, rule
from ketreview.source import Span


@rule("KR110", STORE, Severity.INFO)
def unused_string(file: BibFile, corpus: Corpus) -> Iterator[Problem]:
    """An `@string` is defined, and no value of the store uses it.

    It may be left over, or the values that should name it write the text out. A file that holds strings alone serves
    other stores too, and is left alone; and nothing is said while a file of the store is not read.

    Bad:

    ```bib references.bib
    @string{jn = {Journal of Neuroscience}}
    @misc{klein2020, title = {A}}
    ```

    Good:

    ```bib references.bib
    @string{jn = {Journal of Neuroscience}}
    @article{klein2020, author = {Klein, Anna}, title = {A}, journal = JN, year = 2020}
    ```
    """
    if not file.definitions or not file.entries or not corpus.strings.are_known:
        return
    for definition in file.definitions:
        if definition.name not in corpus.strings.used:
            span = Span(file.source, definition.start, definition.start + len(definition.name))
            yield Problem(f"no value uses the string {shown(definition.name)}", span)
