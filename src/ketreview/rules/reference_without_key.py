"""A work is named and has no entry in the store: pending work."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Severity
from ketreview.linking import Corpus
from ketreview.model.review import Review
from ketreview.parsing.text import shown
from ketreview.rule import REVIEW, Problem, rule


@rule("KR205", REVIEW, Severity.WARNING)
def reference_without_key(review: Review, corpus: Corpus) -> Iterator[Problem]:
    """A study has a `reference` ("Walitt et al. 2021") and no key, or an item of a source's reference list has none.

    It is work still to do: find the paper, add it to the store, cite it. Until then no chapter can cite what rests on
    it. A study with neither `reference` nor `cites` is not reported: nothing says that a publication exists.

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
    for study in review.studies:
        if study.reference and not study.cites:
            message = f"{shown(study.reference)} is named and not keyed: find it, add it to the store and cite it"
            yield Problem(message, study.span("reference"), id=study.id)
    for source in review.sources:
        for reference in source.references:
            if not reference.cites:
                place = (
                    f"in the reference list of {source.id}"
                    if reference.listed
                    else f"cited by {source.id}, not in its list"
                )
                message = f"{shown(reference.label)} ({place}) is not keyed: find it, add it to the store and cite it"
                yield Problem(message, reference.span("label"), id=source.id)
