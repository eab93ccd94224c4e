"""A title was cut off, is in capitals, or is the journal's."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.same_work import folded
from ketreview.appraisal.title_faults import cut_off, in_capitals, may_be_cut_off
from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus
from ketreview.model.entry import Entry
from ketreview.model.value import Value
from ketreview.rule import Problem, problem_of, rule, values

_BEGINNING = 3


def _is_ordinary(title: str, entry: Entry) -> bool:
    """Whether a title ends in no ellipsis, is not in capitals, and does not begin as the journal of its entry does."""
    if title.isupper() or may_be_cut_off(title):
        return False
    beginning = entry.texts.get("journal", entry.texts.get("journaltitle", ""))[:_BEGINNING]
    plain = beginning.isalpha() and len(beginning) == _BEGINNING and title[:1].isalpha()
    return beginning == "" or (plain and not title.startswith(beginning))


@rule("KR320", values("title", beside={"title": _is_ordinary}), Severity.WARNING)
def suspicious_title(value: Value, corpus: Corpus) -> Iterator[Problem]:
    """A title ends in an ellipsis because it was cut off, is written in capitals alone, or is that of its journal.

    A search engine cuts a long title off, an old database printed capitals, and a form filled in twice has the
    journal's title. A short title is not a truncated one: a quotation, a question or a few words may end in an
    ellipsis. Titles of acronyms alone (`CRISPR`, `NICE NG206`) pass, and so does an editorial `Pain` in Pain. Print may
    set a title in capitals.

    Bad:

    ```bib references.bib
    @article{klein2020, title = {Efficacy and safety of low-dose naltrexone in the treatment of ...}}
    @article{gross2020, title = {THE TREATMENT OF CHRONIC FATIGUE}}
    @article{lang2020, title = {Journal of Pain Research}, journal = {Journal of Pain Research}}
    ```

    Good:

    ```bib references.bib
    @article{klein2020, title = {Efficacy and safety of low-dose naltrexone in the treatment of fibromyalgia}}
    @article{gross2020, title = {Doctor, it still hurts ...}}
    ```
    """
    del corpus
    text = value.text
    if not (text.isupper() or may_be_cut_off(text) or _begins_like_journal(value)):
        return
    text = value.folded
    if cut_off(text):
        yield problem_of(value, f"the title ends in an ellipsis, {shown('… ' + text[-40:])}: it was cut off")
    elif value.entry is not None and text.isupper() and in_capitals(text):
        yield problem_of(value, f"the title {shown(text)} is in capitals alone; write it as a sentence")
    elif " " in text and _begins_like_journal(value) and _is_journal(value, text):
        yield problem_of(value, f"the title {shown(text)} is that of the journal")


def _begins_like_journal(value: Value) -> bool:
    journal = value.beside("journal", "journaltitle").lstrip("{")
    return journal != "" and value.text.lstrip("{ \n").startswith(journal[:_BEGINNING])


def _is_journal(value: Value, title: str) -> bool:
    article = value.entry is None or value.entry.type == "article"
    return article and folded(title) == folded(value.beside("journal", "journaltitle"))
