"""Two entries of the store have one key."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Fix, Related, Severity
from ketreview.linking import Corpus
from ketreview.model.entry import Entry
from ketreview.model.entry_removal import is_plain, without
from ketreview.rule import DOUBLED, Problem, rule


@rule("KR101", DOUBLED, Severity.ERROR)
def duplicate_key(entry: Entry, corpus: Corpus) -> Iterator[Problem]:
    """Two entries, in one file or in two, have the same key.

    BibTeX keeps the first and warns, biber stops, and other readers keep the last: what a citation of the key shows
    depends on the tool. The second and every further entry is reported, with the first beside it. Where both are the
    same word for word, removing the second is offered, unless a comment inside it would go too. Copies of an entry in
    the stores of two builds are no duplicates.

    Bad:

    ```bib references.bib
    @misc{klein2020, title = {A}}
    @misc{klein2020, title = {B}}
    ```

    Good:

    ```bib references.bib
    @misc{klein2020a, title = {A}}
    @misc{klein2020b, title = {B}}
    ```
    """
    entries = corpus.entries_with(entry.key)
    first = next(other for other in entries if other is entry or corpus.one_store(other, entry))
    if first is entry:
        return
    same = (first.type, _content(first)) == (entry.type, _content(entry))
    fix = (
        Fix("Remove the second entry", safe=False, edits=tuple(without([entry]))) if same and is_plain(entry) else None
    )
    place = f"line {first.key_span.begin.line}" if first.source is entry.source else first.source.path
    message = f"`{entry.key}` is the key of another entry already ({place}{', which is identical' if same else ''})"
    yield Problem(
        message, entry.key_span, key=entry.key, related=(Related(first.key_span, "first used here"),), fix=fix
    )


def _content(entry: Entry) -> dict[str, str]:
    return {field.name: " ".join(field.value.split()) for field in entry.fields}
