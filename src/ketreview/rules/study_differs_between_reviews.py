"""Two reviews tell one study differently."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.diagnostics import Related, Severity, shown
from ketreview.linking import Corpus
from ketreview.linking.duplicate_words import listed
from ketreview.linking.retold import Retelling, retellings
from ketreview.rule import JOINED, Problem, rule


@rule("KR406", JOINED, Severity.WARNING)
def study_differs_between_reviews(corpus: Corpus, _: Corpus) -> Iterator[Problem]:
    """Two reviews tell one study with other participants, included studies, design, species or date.

    One of them took a figure from another report, or counted those analysed where the other counted those randomised;
    who reads both cannot tell. Studies are one if they share a key, or have keys of one work (KR401 to KR403); a shared
    registration alone is information, and only where one of the two names no report, since a trial has many.

    Nothing is said where one account is only closer than the other (rodent and mouse, a meta-analysis and a systematic
    review, 2019 and 2019-05), of dates up to a year apart, since papers appear online before they are printed, and
    where one review has several studies of one paper. A review is held against the first twenty others that tell the
    study.

    Bad:

    ```yaml reviews/depression.yaml
    studies:
    - {id: anand-2023, cites: [anand2023], design: randomised_trial, participants: 403, state: read}
    ```

    ```yaml reviews/mecfs.yaml
    studies:
    - {id: anand, cites: [anand2023], design: randomised_trial, participants: 365, state: read}
    ```

    Good:

    ```yaml reviews/depression.yaml
    studies:
    - {id: anand-2023, cites: [anand2023], design: randomised_trial, participants: 403, state: read}
    ```

    ```yaml reviews/mecfs.yaml
    studies:
    - {id: anand, cites: [anand2023], design: randomised_trial, participants: 403, state: read}
    ```
    """
    for found in retellings(corpus):
        yield _problem(found)


def _problem(found: Retelling) -> Problem:
    (there, here), (first, second) = found.places, (value.replace("_", " ") for value in found.values)
    earlier = shown(f"{found.one.review.id}:{found.one.study.id}")
    names = listed([shown(name) for name in dict.fromkeys((found.one.name, found.other.name))])
    why = f"one study by {names}{'' if found.sure else ' alone'}"
    what = found.field.replace("_", " ")
    message = (
        f"{what} of {shown(found.other.study.id)}: {second}, and {first} in {earlier} ({why}); look up which is right"
    )
    related = (Related(there, f"{first} in {earlier}"),)
    severity = None if found.sure else Severity.INFO
    return Problem(message, here, id=found.other.study.id, related=related, severity=severity)
