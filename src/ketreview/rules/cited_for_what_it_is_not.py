"""What a source cites for a claim is none of the evidence that the review has for or against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ketreview.diagnostics import Severity, shown
from ketreview.linking import Corpus, is_whole
from ketreview.linking.duplicate_words import listed
from ketreview.model.claim import Claim
from ketreview.model.record import Origin
from ketreview.model.review import Review
from ketreview.model.source_document import Reference, SourceDocument
from ketreview.model.study import Study
from ketreview.rule import REVIEW, Problem, as_printed, rule


@rule("KR520", REVIEW, Severity.INFO)
def cited_for_what_it_is_not(review: Review, corpus: Corpus) -> Iterator[Problem]:
    """A source cites works for a claim, and the review takes none of them as evidence for or against it.

    The source miscites, or their evidence is still to be taken over. Looked at are claims that have evidence from other
    works, and of their origins those whose `labels` are all in the source's reference list. The source itself is no
    evidence here, and works under several keys (KR401 to KR403) are one.

    Bad:

    ```yaml reviews/depression.yaml
    sources:
    - {id: cureus, title: A, references: [{label: "3", cites: ekstrand2022}, {label: "4", cites: hirota2022}]}
    claims:
    - id: relapse
      kind: efficacy
      statement: Relapse is as frequent after ketamine as after ECT
      from: [{source: cureus, labels: ["4"]}]
      supports: [{cites: ekstrand2022}]
    ```

    ```bib references.bib
    @misc{ekstrand2022, title = {A}}
    @misc{hirota2022, title = {B}}
    ```

    Good:

    ```yaml reviews/depression.yaml
    sources:
    - {id: cureus, title: A, references: [{label: "3", cites: ekstrand2022}, {label: "4", cites: hirota2022}]}
    claims:
    - id: relapse
      kind: efficacy
      statement: Relapse is as frequent after ketamine as after ECT
      from: [{source: cureus, labels: ["3"]}]
      supports: [{cites: ekstrand2022}]
    ```

    ```bib references.bib
    @misc{ekstrand2022, title = {A}}
    @misc{hirota2022, title = {B}}
    ```
    """
    for claim in review.claims:
        if claim.from_ and is_whole(claim, "supports") and is_whole(claim, "challenges"):
            evidence = _evidence(claim, review, corpus)
            for origin in claim.from_:
                yield from _miscited(claim, origin, evidence, review, corpus)


def _miscited(
    claim: Claim, origin: Origin, evidence: dict[str, str], review: Review, corpus: Corpus
) -> Iterator[Problem]:
    source = corpus.record(review, "source", origin.source)
    if not isinstance(source, SourceDocument) or not origin.labels or not is_whole(source, "references"):
        return
    references = [one for one in source.references if one.label in origin.labels]
    rest = {name: told for name, told in evidence.items() if name != _work(source.cites, corpus)}
    if len(references) < len(set(origin.labels)) or not rest or any(_is_taken(one, rest, corpus) for one in references):
        return
    cited, here = _told([one.label for one in references]), _told(list(dict.fromkeys(rest.values())))
    which = "none of which is" if len(references) > 1 else "which is no"
    message = f"`{claim.id}` is cited to {cited}, {which} evidence for or against it here: that is {here}"
    yield Problem(message + as_printed(source.id), origin.span("labels"), id=claim.id)


def _is_taken(reference: Reference, evidence: dict[str, str], corpus: Corpus) -> bool:
    return (_work(reference.cites, corpus) if reference.cites else reference.label.casefold()) in evidence


def _evidence(claim: Claim, review: Review, corpus: Corpus) -> dict[str, str]:
    """The works that a claim rests on or that speak against it, by what they are compared by, with how they are told.

    A study without a key is known by its `reference`.
    """
    found: dict[str, str] = {}
    for item in (*claim.supports, *claim.challenges):
        study = corpus.record(review, "study", item.study)
        keys = (item.cites,) if item.cites else study.cites if isinstance(study, Study) else ()
        found |= {_work(key, corpus): key for key in keys}
        if isinstance(study, Study) and not keys:
            found[study.reference.casefold() or f" {study.id}"] = study.id
    return found


def _work(key: str, corpus: Corpus) -> str:
    """What a key names: itself, or the key that stands for all of its work."""
    entry = corpus.entry(key) if key else None
    work = corpus.duplicates.work_of(entry) if entry is not None else None
    return work.keep.key if work is not None else key


def _told(names: Sequence[str]) -> str:
    return listed([shown(name) for name in names])
