"""A source tells a study with other participants, design, species, population or interventions than the review."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.one_study import designs_differ, species_differ
from ketreview.diagnostics import Related, Severity, shown
from ketreview.linking import Corpus
from ketreview.model.record import Statement
from ketreview.model.study import Study
from ketreview.model.vocabulary import Design, Species
from ketreview.rule import STUDY, Problem, as_printed, rule

_COUNTS = ("participants", "included_studies")


@rule("KR409", STUDY, Severity.WARNING)
def study_told_otherwise(study: Study, corpus: Corpus) -> Iterator[Problem]:
    """A source gives a study other participants, included studies, design, species, population or interventions.

    It tells a trial of esketamine as one of ketamine, or cites a paper on depression for another illness; who reads the
    source alone is misled. Looked at is the `as_stated` of a study, where both it and the review say something. A
    population or an intervention counts where it is an id, as the review has them; other words are a quotation. One
    account may be closer than the other (a meta-analysis and a systematic review, rodent and mouse): that is none.

    Bad:

    ```yaml reviews/depression.yaml
    question: {interventions: [{id: ketamine, name: ketamine}, {id: esketamine, name: esketamine}]}
    studies:
    - id: daly-2019
      reference: Daly et al. 2019
      design: randomised_trial
      interventions: [esketamine]
      state: read
      as_stated: [{source: cureus, interventions: ketamine}]
    ```

    Good:

    ```yaml reviews/depression.yaml
    question: {interventions: [{id: ketamine, name: ketamine}, {id: esketamine, name: esketamine}]}
    studies:
    - id: daly-2019
      reference: Daly et al. 2019
      design: randomised_trial
      interventions: [esketamine]
      state: read
      as_stated: [{source: cureus, interventions: esketamine}]
    ```
    """
    ids = _ids(study, corpus) if study.as_stated else frozenset()
    for statement in study.as_stated:
        for field, own in _differing(study, statement, ids):
            word = str(statement.values[field]).replace("_", " ")
            what = field.replace("_", " ")
            message = f"`{study.id}` is told with {what} {shown(word)}; here it has {shown(own.replace('_', ' '))}"
            related = (Related(study.span(field), "the review says so here"),)
            yield Problem(message + as_printed(statement.source), statement.span(field), related=related)


def _ids(study: Study, corpus: Corpus) -> frozenset[str]:
    """The ids of populations and interventions of the study's review."""
    question = corpus.review_of(study).question
    if question is None:
        return frozenset()
    return frozenset((*(one.id for one in question.populations), *(one.id for one in question.interventions)))


def _differing(study: Study, statement: Statement, ids: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The fields that are told otherwise, each with what the review says."""
    for field in _COUNTS:
        told, own = statement.values.get(field), getattr(study, field)
        if isinstance(told, int) and own is not None and told != own:
            yield field, str(own)
    design, species = (str(statement.values.get(field, "")) for field in ("design", "species"))
    if design in set(Design) and designs_differ(Design(design), study.design):
        yield "design", study.design
    if species in set(Species) and study.species and species_differ(Species(species), study.species):
        yield "species", study.species
    population, intervention = (str(statement.values.get(field, "")) for field in ("population", "interventions"))
    if population in ids and study.population and population != study.population:
        yield "population", study.population
    if intervention in ids and study.interventions and intervention not in study.interventions:
        yield "interventions", ", ".join(study.interventions)
