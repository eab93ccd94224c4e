"""A field's name looks like a slip for another one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus
from ketreview.linking.values import repeated_values
from ketreview.model.entry_types import known_fields
from ketreview.nearest import nearest
from ketreview.rule import CORPUS, Problem, rule

_FEW = 3
_TEMPLATE = ("opt", "alt")
_TIMES = 30
"""How many times as often the field that is meant has to be used."""


@rule("KR107", CORPUS, Severity.WARNING, default=False)
def unknown_field_name(corpus: Corpus, everything: Corpus) -> Iterator[Problem]:
    """A field that hardly any entry has is named almost like one that very many have.

    Any program reads any field, so a slip is never reported by any: `certaintyscore` beside hundreds of `certainty`
    is data that no report finds. Reported are fields that up to three entries have and that are neither BibTeX's,
    BibLaTeX's nor a known program's, where a field that is used thirty times as often is spelt much like it and never
    stands beside it. `OPTnote` and `ALTeditor`, which Emacs writes for what is not filled in yet, are left alone. It is
    off by default, since a store may have fields of its own.

    Bad:

    ```toml ketreview.toml
    select = ["KR107"]
    ```

    ```bib references.bib
    @misc{a01, keywords = {x}} @misc{a02, keywords = {x}} @misc{a03, keywords = {x}} @misc{a04, keywords = {x}}
    @misc{a05, keywords = {x}} @misc{a06, keywords = {x}} @misc{a07, keywords = {x}} @misc{a08, keywords = {x}}
    @misc{a09, keywords = {x}} @misc{a10, keywords = {x}} @misc{a11, keywords = {x}} @misc{a12, keywords = {x}}
    @misc{a13, keywords = {x}} @misc{a14, keywords = {x}} @misc{a15, keywords = {x}} @misc{a16, keywords = {x}}
    @misc{a17, keywords = {x}} @misc{a18, keywords = {x}} @misc{a19, keywords = {x}} @misc{a20, keywords = {x}}
    @misc{a21, keywords = {x}} @misc{a22, keywords = {x}} @misc{a23, keywords = {x}} @misc{a24, keywords = {x}}
    @misc{a25, keywords = {x}} @misc{a26, keywords = {x}} @misc{a27, keywords = {x}} @misc{a28, keywords = {x}}
    @misc{a29, keywords = {x}} @misc{a30, keywords = {x}}
    @misc{b, keywrds = {x}}
    ```

    Good:

    ```toml ketreview.toml
    select = ["KR107"]
    ```

    ```bib references.bib
    @misc{a, keywords = {x}}
    @misc{b, mood = {x}}
    ```
    """
    del everything
    counts = Counter(name for entry in corpus.entries for name in entry.texts)
    counts.update(value.name for value in repeated_values(corpus.entries))
    slips = {name: meant for name, meant in _slips(counts) if not _stand_together(name, meant, corpus)}
    if not slips:
        return
    for entry in (entry for entry in corpus.entries if not slips.keys().isdisjoint(entry.texts)):
        for field in entry.fields:
            if (meant := slips.get(field.name)) is not None:
                message = (
                    f"{shown(field.name)} stands in {counts[field.name]} of the store's entries, `{meant}` in "
                    f"{counts[meant]}; did you mean `{meant}`?"
                )
                yield Problem(message, entry.name_span(field), key=entry.key)


def _slips(counts: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """The names that few entries have and that may be slips, each with what is meant."""
    often = {few: [name for name, uses in counts.items() if uses >= few * _TIMES] for few in range(1, _FEW + 1)}
    for name, count in counts.items():
        if count <= _FEW and name not in known_fields() and not name.startswith(_TEMPLATE):
            meant = nearest(name, often[count])
            if meant is not None:
                yield name, meant


def _stand_together(name: str, other: str, corpus: Corpus) -> bool:
    """Whether an entry has both fields, so that neither is a slip for the other."""
    return any(name in entry.texts and other in entry.texts for entry in corpus.entries)
