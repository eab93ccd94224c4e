"""A claim says more than its rating carries."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ketreview.appraisal.wording import Excess, exceeding
from ketreview.diagnostics import Related, Severity
from ketreview.linking import Corpus
from ketreview.linking.support import ANIMALS
from ketreview.model.claim import Claim
from ketreview.model.rating import Rating
from ketreview.model.vocabulary import ClaimKind, Level, Scale
from ketreview.patterns import regex
from ketreview.rule import CLAIM, Problem, rule
from ketreview.source import Span

_KINDS = frozenset({ClaimKind.EFFICACY, ClaimKind.SAFETY})
_INSTEAD = {
    Level.LOW: "say `may`",
    Level.VERY_LOW: "say `may …, but the evidence is very uncertain`",
}


@rule("KR511", CLAIM, Severity.WARNING)
def wording_exceeds_certainty(claim: Claim, corpus: Corpus) -> Iterator[Problem]:
    """A claim of efficacy or safety speaks of proof, or of an effect without `may`, at low or very low certainty.

    GRADE has words for each level: an effect at high certainty, a probable one at moderate, one that may be at low, and
    at very low one that may be while the evidence is very uncertain. Looked at are claims with a `rating` by GRADE.
    Nothing is said of quotations, of sentences with a negation, a `may` or a word such as `suggests`, `disputed` or
    `is said to`, of what single studies found, and of claims about animals.

    Bad:

    ```yaml reviews/depression.yaml
    claims:
    - {id: c, kind: efficacy, statement: Ketamine is proven to work faster than ECT., rating: r}
    certainty:
    - {id: r, outcome: onset, scale: grade, level: very_low, studies: [s]}
    ```

    Good:

    ```yaml reviews/depression.yaml
    claims:
    - id: c
      kind: efficacy
      statement: Ketamine may work faster than ECT, but the evidence is very uncertain.
      rating: r
    certainty:
    - {id: r, outcome: onset, scale: grade, level: very_low, studies: [s]}
    ```
    """
    if claim.kind not in _KINDS or not claim.rating or claim.species in ANIMALS:
        return
    rating = corpus.record(corpus.review_of(claim), "rating", claim.rating)
    if not isinstance(rating, Rating) or rating.scale is not Scale.GRADE or rating.level not in _INSTEAD:
        return
    for excess in exceeding(claim.statement):
        level = rating.level.replace("_", " ")
        message = f"`{claim.id}` says `{excess.words}` at {level} certainty (`{rating.id}`); {_INSTEAD[rating.level]}"
        related = (Related(rating.span("level"), "rated here"),)
        yield Problem(message, _place(claim, excess), related=related)


def _place(claim: Claim, excess: Excess) -> Span:
    """Where the words stand in the file; the whole statement where YAML writes them otherwise."""
    whole = claim.span("statement")
    words = regex(r"\s+".join(map(re.escape, excess.words.split())))
    earlier = len(words.findall(claim.statement, 0, excess.start))
    for number, match in enumerate(words.finditer(whole.text)):
        if number == earlier:
            return Span(whole.source, whole.start + match.start(), whole.start + match.end())
    return whole
