"""An entry lacks a field that its type needs."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus
from ketreview.linking.inheritance import inherited
from ketreview.linking.shapes import Shape
from ketreview.model.entry import NOTHING, Entry
from ketreview.model.entry_types import Group, known_fields, missing, relevant_fields
from ketreview.nearest import nearest
from ketreview.rule import Problem, entries, rule

_ALIKE = 80


def _lacks_nothing(shape: Shape, corpus: Corpus) -> bool:
    return shape.plain and not missing(shape.type, shape.names, corpus.settings.dialect)


@rule("KR108", entries(shape=_lacks_nothing), Severity.WARNING)
def missing_required_field(entry: Entry, corpus: Corpus) -> Iterator[Problem]:
    """An entry lacks a field without which its type cannot be printed as it should.

    The types and fields are those of BibTeX's and BibLaTeX's manuals. While the project does not set its `dialect`, a
    field is asked for only if every one of the two that knows the type does: an `@article` needs an author, a title, a
    journal and a year, a `@book` no publisher. Aliases count (`journal` and `journaltitle`, `year` and `date`, `school`
    and `institution`), and so does what an entry inherits by `crossref` and `xdata`; nothing is said of one whose
    parent is not in the store, and of one that could not be read whole. A work without an author may have a `key`,
    `label` or `shorthand`, one that is yet to appear a `pubstate`, and a preprint an `eprint` instead of a journal. An
    empty field counts as none.

    Bad:

    ```bib references.bib
    @article{klein2020, author = {Klein, Anna}, title = {A}, year = 2020}
    ```

    Good:

    ```bib references.bib
    @article{klein2020, author = {Klein, Anna}, title = {A}, journal = {J}, year = 2020}
    @inproceedings{diaz2021, author = {Diaz, Ana}, title = {B}, crossref = {proc2021}}
    @proceedings{proc2021, title = {Proceedings}, year = 2021}
    ```
    """
    if not entry.whole:
        return
    asked = relevant_fields(entry.type)
    names = {field.name for field in entry.fields if field.name in asked and field.value.strip(NOTHING)}
    if not missing(entry.type, names, corpus.settings.dialect):
        return
    more = inherited(entry, corpus)
    if more is not None and (lacking := missing(entry.type, names | more, corpus.settings.dialect)):
        wanted = " and ".join(map(_none_of, lacking))
        yield Problem(f"this `@{entry.type}` has {wanted}{_slip(lacking, entry)}", entry.key_span)


def _none_of(group: Group) -> str:
    *others, last = (f"`{name}`" for name in group)
    return f"neither {', '.join(others)} nor {last}" if others else f"no {last}"


def _slip(lacking: Collection[Group], entry: Entry) -> str:
    """A field that may be a slip for one that is missing."""
    strange = sorted({field.name for field in entry.fields} - known_fields())
    for group in lacking:
        for name in group:
            found = nearest(name, strange, cutoff=_ALIKE)
            if found is not None:
                return f"; {shown(found)} may be meant for `{name}`"
    return ""
