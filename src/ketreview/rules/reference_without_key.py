"""A work is named and has no entry in the store: pending work."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus, unkeyed_references
from ketreview.model.review import Review
from ketreview.rule import REVIEW, Problem, rule


@rule("KR205", REVIEW, Severity.WARNING)
def reference_without_key(review: Review, corpus: Corpus) -> Iterator[Problem]:
    """A study has a `reference` ("Walitt et al. 2021") and no key, or an item of a source's reference list has none.

    It is work still to do: find the paper, add it to the store, cite it. Until then no chapter can cite what rests on
    it. A work that a study and a list both name is reported once. A study with neither `reference` nor `cites` is not
    reported: nothing says that a publication exists.

    Bad:

    ```yaml reviews/mecfs.yaml
    studies:
    - {id: safety-2024, reference: Safety review 2024, design: unknown, state: found}
    ```

    Good:

    ```yaml reviews/mecfs.yaml
    studies:
    - {id: pastrak-2021, reference: Walitt et al. 2021, cites: [pastrak2021], design: systematic_review, state: read}
    ```

    ```bib references.bib
    @misc{pastrak2021, title = {A}}
    ```
    """
    del corpus
    for name, span in unkeyed_references(review):
        yield Problem(f"{shown(name)} is named and not keyed: find it, add it to the store and cite it", span)
