"""A key begins with a name that no author has."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.key_parts import (
    first_word,
    is_acronym,
    is_latin,
    is_near,
    leading_letters,
    names_a_year,
    names_another,
)
from ketreview.appraisal.names import OTHERS, names_in
from ketreview.appraisal.same_work import folded
from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus
from ketreview.model.entry import Entry
from ketreview.rule import Problem, entries, rule

_PERSONS = ("author", "editor", "shortauthor", "translator", "bookauthor", "organization", "institution")
_TOPICS = (
    "title", "subtitle", "booktitle", "journal", "journaltitle", "series", "institution", "organization", "publisher",
    "school", "howpublished", "shorttitle", "eventtitle", "keywords", "doi", "url",
)  # fmt: skip
_BEGINNING = 4


def _names_its_work(entry: Entry) -> bool:
    """Whether the word that a key begins with is an author's or the title's, as that of nearly every entry is."""
    authors = entry.texts.get("author")
    if authors is None or entry.key[:_BEGINNING].casefold() in authors.casefold():
        return True
    word = leading_letters(entry.key).casefold()
    in_title = word in entry.texts.get("title", "").casefold()
    return in_title or not first_word(entry.key) or not names_a_year(entry.key)


@rule("KR329", entries(entry=_names_its_work), Severity.INFO)
def key_contradicts_author(entry: Entry, corpus: Corpus) -> Iterator[Problem]:
    """A key begins with a word that no author of its entry has.

    It was made for another work, or the authors were put in later and are another's. Only keys of a word and a year
    are looked at. Nothing is said where the word stands in the title, the journal or the institution, is an acronym or
    has under four letters, or is like an author's name; where a later word of the key is an author's; or where the
    authors are written in another script.

    Bad:

    ```bib references.bib
    @article{walitt2021, author = {Pastrak, Mila and Ma, Frank}, title = {Ketamine for fibromyalgia}}
    ```

    Good:

    ```bib references.bib
    @article{pastrak2021, author = {Pastrak, Mila and Ma, Frank}, title = {Ketamine for fibromyalgia}}
    ```
    """
    del corpus
    if _names_its_work(entry):
        return
    word = first_word(entry.key)
    persons = " and ".join(filter(None, (entry.get(name) for name in _PERSONS)))
    topics = [entry.get(name) for name in _TOPICS]
    plain = folded(word)
    if plain in folded(persons) or plain in folded(" ".join(topics)):
        return
    names = [name for name in names_in(persons) if name.text != OTHERS]
    if (
        not any(map(is_latin, names))
        or is_near(word, names)
        or names_another(entry.key, names)
        or is_acronym(word, [persons, *topics])
    ):
        return
    first = f"the first is {shown(' '.join(names[0].family.split()))}"
    yield Problem(
        f"the key {shown(entry.key)} begins with `{word}`, which no author is called; {first}", entry.key_span
    )
