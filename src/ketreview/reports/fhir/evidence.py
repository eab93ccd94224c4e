"""A GRADE rating as an Evidence: what was compared, what was found, how certain that is and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ketreview.model.question import Comparison
from ketreview.model.rating import AbsoluteEffect, Rating, Step
from ketreview.model.study import Study
from ketreview.model.vocabulary import Directness, Domain, Measure, ReviewStatus
from ketreview.reports.chapter.names import Names
from ketreview.reports.fhir import codes
from ketreview.reports.fhir.codes import Json, concept
from ketreview.reports.fhir.texts import full_url, markdown, resource_id, string

_STATUS: Mapping[ReviewStatus, str] = {
    ReviewStatus.PLANNED: "draft",
    ReviewStatus.ACTIVE: "active",
    ReviewStatus.PAUSED: "active",
    ReviewStatus.COMPLETE: "active",
    ReviewStatus.RETIRED: "retired",
}
_MOST = 2**31 - 1
"""The largest `unsignedInt`."""


def evidence(names: Names, rating: Rating, name: str) -> Json:
    """The rating, under this name; empty if it does not say what is rated. What the review lacks is left out."""
    variables = list(_variables(names, rating))
    if not variables:
        return {}
    parts = {
        "relatedArtifact": list(_related(names, rating)),
        "note": list(_notes(names, rating)),
        "variableDefinition": variables,
        "statistic": list(_statistics(rating.effect)) if rating.effect else [],
        "certainty": [_certainty(rating)],
    }
    return {
        "resourceType": "Evidence",
        "id": resource_id(name),
        "title": _title(names, rating),
        "status": _STATUS[names.review.status],
        **({"date": str(rating.rated)} if rating.rated else {}),
        **{name: part for name, part in parts.items() if part},
    }


def studies_of(names: Names, rating: Rating) -> list[Study]:
    """The studies that a rating rests on: its own, then those that its steps name besides."""
    ids = [*rating.studies, *(study for step in rating.steps for study in step.studies)]
    return [study for name in dict.fromkeys(ids) if (study := names.study(name)) is not None]


def _title(names: Names, rating: Rating) -> str:
    what = names.outcome(rating.outcome) if rating.outcome else rating.subject or rating.id
    aside = [names.comparison(rating.comparison), names.population(_population(names, rating)), rating.timepoint]
    return string(": ".join([what, *([", ".join(filter(None, aside))] if any(aside) else [])]))


def _population(names: Names, rating: Rating) -> str:
    return rating.population or names.population_of(rating.comparison)


def _variables(names: Names, rating: Rating) -> Iterator[Json]:
    """Population, exposure, reference exposure and what is measured, as far as the rating names them."""
    compared = names.corpus.record(names.review, "comparison", rating.comparison)
    arms = (compared.intervention, compared.comparator) if isinstance(compared, Comparison) else (rating.comparison, "")
    outcome = names.outcome(rating.outcome) if rating.outcome else rating.subject
    described = (
        (codes.POPULATION, names.population(_population(names, rating))),
        (codes.EXPOSURE, names.intervention(arms[0])),
        (codes.REFERENCE_EXPOSURE, names.intervention(arms[1])),
        (codes.MEASURED_VARIABLE, ", ".join(filter(None, (outcome, rating.timepoint)))),
    )
    match = {"directnessMatch": {"text": "direct"}} if _is_direct(names, rating) else {}
    for role, text in described:
        if text:
            yield {"description": markdown(text), "variableRole": concept(codes.VARIABLE_ROLE, role), **match}


def _is_direct(names: Names, rating: Rating) -> bool:
    """Whether every study is direct evidence and no step says otherwise. Where it is not, no review says in what."""
    studies = studies_of(names, rating)
    doubted = any(step.domain is Domain.INDIRECTNESS and step.by for step in rating.steps)
    return bool(studies) and not doubted and all(study.directness is Directness.DIRECT for study in studies)


def _related(names: Names, rating: Rating) -> Iterator[Json]:
    """The reports that a rating is derived from; a study without an entry as a source names it."""
    seen = set()
    for study in studies_of(names, rating):
        keys = [key for key in study.cites if names.corpus.entry(key)]
        for key in keys:
            if key not in seen:
                seen.add(key)
                reference = {"reference": full_url(names.review.id, "Citation", key), "type": "Citation"}
                yield {"type": "derived-from", "resourceReference": {**reference, "display": string(key)}}
        named = study.reference or study.title
        if not keys and named:
            yield {"type": "derived-from", "citation": markdown(named)}


def _notes(names: Names, rating: Rating) -> Iterator[Json]:
    if rating.note:
        yield {"text": markdown(rating.note)}
    for study in studies_of(names, rating):
        if study.directness is Directness.INDIRECT:
            why = f": {study.indirect_because}" if study.indirect_because else ""
            yield {"text": markdown(f"{study.id} is indirect evidence{why}")}


def _statistics(effect: AbsoluteEffect) -> Iterator[Json]:
    """The effect with its interval and sizes; then the risk without the intervention, where it is known."""
    unit = {"unit": "percentage points"} if effect.measure is Measure.RISK_DIFFERENCE else {}
    statistic = {
        "note": [{"text": markdown(effect.note)}] if effect.note else [],
        "statisticType": codes.measure_concept(effect.measure),
        "quantity": {"value": effect.estimate, **unit},
        "sampleSize": _sample(effect),
        "attributeEstimate": [_interval(effect.ci, unit)] if effect.ci and effect.ci[0] <= effect.ci[1] else [],
    }
    yield {name: part for name, part in statistic.items() if part}
    if effect.control_per_1000 is not None:
        yield {
            "description": "risk with the comparator",
            "statisticType": concept(codes.STATISTIC_TYPE, codes.PREDICTED_RISK),
            "quantity": {"value": effect.control_per_1000, "unit": "per 1000"},
        }


def _interval(bounds: tuple[float, ...], unit: Json) -> Json:
    low, high = ({"value": bound, **unit} for bound in bounds)
    return {
        "type": concept(codes.ESTIMATE_TYPE, codes.CONFIDENCE_INTERVAL),
        "level": 0.95,
        "range": {"low": low, "high": high},
    }


def _sample(effect: AbsoluteEffect) -> Json:
    counts = {"numberOfStudies": effect.studies, "numberOfParticipants": effect.participants}
    return {name: count for name, count in counts.items() if count is not None and count <= _MOST}


def _certainty(rating: Rating) -> Json:
    notes = [
        *([f"Start: {rating.start.value.replace('_', ' ')}"] if rating.start else []),
        *([f"Not start plus steps: {rating.override}"] if rating.override else []),
    ]
    return {
        **({"description": markdown(rating.because)} if rating.because else {}),
        **({"note": [{"text": markdown(note)} for note in notes]} if notes else {}),
        "type": concept(codes.CERTAINTY_TYPE, codes.OVERALL),
        "rating": codes.level_concept(rating.level),
        **({"subcomponent": [_step(step) for step in rating.steps]} if rating.steps else {}),
    }


def _step(step: Step) -> Json:
    return {
        **({"description": markdown(step.because)} if step.because else {}),
        **({"note": [{"text": f"Studies: {', '.join(step.studies)}"}]} if step.studies else {}),
        "type": codes.domain_concept(step.domain),
        "rating": codes.step_concept(step.domain, step.by),
    }
