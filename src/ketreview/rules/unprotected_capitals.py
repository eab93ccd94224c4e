"""A title has capitals that a style in small letters would lose."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal import capitals
from ketreview.diagnostics import Fix, Severity, shown
from ketreview.edits import Edit
from ketreview.linking import Corpus
from ketreview.model.value import Value
from ketreview.rule import Problem, problem_of, rule, values
from ketreview.source import Span

_GERMAN = ("german", "ngerman", "de", "austrian", "naustrian", "swissgerman")
_MOST_NAMED = 6


def _is_small(title: str) -> bool:
    """Whether no capital stands behind the first letter."""
    return len(title) == 1 or title[1:].islower()


@rule(
    "KR326",
    values("title", "subtitle", usual=dict.fromkeys(("title", "subtitle"), _is_small)),
    Severity.INFO,
    default=False,
)
def unprotected_capitals(value: Value, corpus: Corpus) -> Iterator[Problem]:
    """A title has words such as `DNA`, `ME/CFS` or `mRNA` outside of braces, which many styles would write small.

    BibTeX's styles write a title in small letters but for its first letter, and print `Dna`. The fix puts the words
    into braces; it needs a person's yes, as braces also keep a capital where a style would be right to drop it.

    Words with a capital inside, and single capitals such as that of `vitamin D`, count in every title. A word that only
    begins with one counts in a title that writes its other words small (`Parkinson`), and not in one in German or in
    title case, where nobody can tell. What stands in braces, in mathematics or in commands is fine, and a title that is
    all in capitals is KR320's. The rule is off, as many styles leave titles alone.

    Bad:

    ```toml ketreview.toml
    select = ["KR326"]
    ```

    ```bib references.bib
    @misc{roe2020, title = {The mRNA of ME/CFS}}
    ```

    Good:

    ```toml ketreview.toml
    select = ["KR326"]
    ```

    ```bib references.bib
    @misc{roe2020, title = {The {mRNA} of {ME/CFS}}}
    ```
    """
    del corpus
    if value.entry is None:
        return
    german = value.beside("language", "langid").casefold() in _GERMAN
    if found := capitals.unprotected_capitals(value.text, german=german):
        words = list(dict.fromkeys(shown(value.text[start:end]) for start, end in found))
        more = f" and {len(words) - _MOST_NAMED} more" if len(words) > _MOST_NAMED else ""
        message = f"a style that writes titles small loses the capitals of {', '.join(words[:_MOST_NAMED])}{more}"
        yield problem_of(value, f"{message}: put them into braces", fix=_fix(value, found))


def _fix(value: Value, found: list[capitals.Stretch]) -> Fix | None:
    inner = value.inner
    if inner is None:
        return None
    edits = tuple(
        Edit(Span(inner.source, inner.start + start, inner.start + end), f"{{{value.text[start:end]}}}")
        for start, end in found
    )
    return Fix(f"Keep the capitals of `{value.name}` by braces", safe=False, edits=edits)
