"""Codes of HL7 that the export uses, with the words that their code systems give them.

Sources: `certainty-rating` and `certainty-type` of FHIR R5 (canonical `http://hl7.org/fhir/…`; R4B has them under
`http://terminology.hl7.org/CodeSystem/…`), and `variable-role`, `statistic-type` and `attribute-estimate-type` of HL7
Terminology, as the value sets of R5 name them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ketreview.model.vocabulary import Domain, Level, Measure

Json = dict[str, Any]
"""A resource, or a part of one."""

CERTAINTY_RATING = "http://hl7.org/fhir/certainty-rating"
CERTAINTY_TYPE = "http://hl7.org/fhir/certainty-type"
VARIABLE_ROLE = "http://terminology.hl7.org/CodeSystem/variable-role"
STATISTIC_TYPE = "http://terminology.hl7.org/CodeSystem/statistic-type"
ESTIMATE_TYPE = "http://terminology.hl7.org/CodeSystem/attribute-estimate-type"

_LEVELS: Mapping[Level, tuple[str, str]] = {
    Level.HIGH: ("high", "High quality"),
    Level.MODERATE: ("moderate", "Moderate quality"),
    Level.LOW: ("low", "Low quality"),
    Level.VERY_LOW: ("very-low", "Very low quality"),
}
_DOMAINS: Mapping[Domain, tuple[str, str]] = {
    Domain.RISK_OF_BIAS: ("RiskOfBias", "Risk of bias"),
    Domain.INCONSISTENCY: ("Inconsistency", "Inconsistency"),
    Domain.INDIRECTNESS: ("Indirectness", "Indirectness"),
    Domain.IMPRECISION: ("Imprecision", "Imprecision"),
    Domain.PUBLICATION_BIAS: ("PublicationBias", "Publication bias"),
    Domain.LARGE_EFFECT: ("LargeEffect", "Large effect"),
    Domain.DOSE_RESPONSE: ("DoseResponseGradient", "Dose response gradient"),
    Domain.PLAUSIBLE_CONFOUNDING: ("PlausibleConfounding", "Plausible confounding"),
}
_UP = (Domain.LARGE_EFFECT, Domain.DOSE_RESPONSE, Domain.PLAUSIBLE_CONFOUNDING)
_CHANGES: Mapping[int, tuple[str, str]] = {
    -3: ("downcode3", "reduce rating: -3"),
    -2: ("downcode2", "reduce rating: -2"),
    -1: ("downcode1", "reduce rating: -1"),
    0: ("no-change", "no change to rating"),
    1: ("upcode1", "increase rating: +1"),
    2: ("upcode2", "increase rating: +2"),
}
_CONCERNS: Mapping[int, tuple[str, str]] = {
    -3: ("extremely-serious-concern", "extremely serious concern"),
    -2: ("very-serious-concern", "very serious concern"),
    -1: ("serious-concern", "serious concern"),
    0: ("no-concern", "no serious concern"),
}
_PRESENCE: Mapping[int, tuple[str, str]] = {
    0: ("absent", "absent"),
    1: ("present", "present"),
    2: ("present", "present"),
}
_MEASURES: Mapping[Measure, tuple[str, str]] = {
    Measure.RISK_RATIO: ("C93152", "Relative Risk"),
    Measure.ODDS_RATIO: ("C16932", "Odds Ratio"),
    Measure.HAZARD_RATIO: ("C93150", "Hazard Ratio"),
    Measure.RISK_DIFFERENCE: ("0000424", "Risk Difference"),
    Measure.MEAN_DIFFERENCE: ("0000457", "Mean Difference"),
    Measure.STANDARDISED_MEAN_DIFFERENCE: ("0000100", "Standardized Mean Difference"),
    Measure.PROPORTION: ("C44256", "Proportion"),
}

PREDICTED_RISK = ("predictedRisk", "Predicted Risk")
CONFIDENCE_INTERVAL = ("C53324", "Confidence interval")
OVERALL = ("Overall", "Overall certainty")
POPULATION = ("population", "population")
EXPOSURE = ("exposure", "exposure")
REFERENCE_EXPOSURE = ("referenceExposure", "reference exposure")
MEASURED_VARIABLE = ("measuredVariable", "measured variable")


def concept(system: str, *codes: tuple[str, str]) -> Json:
    """A CodeableConcept of these codes, which all mean it."""
    return {"coding": [{"system": system, "code": code, "display": display} for code, display in codes]}


def level_concept(level: Level) -> Json:
    """A level of certainty. `no_evidence` is none of HL7's, and stands in words."""
    found = _LEVELS.get(level)
    return concept(CERTAINTY_RATING, found) if found else {"text": level.value.replace("_", " ")}


def domain_concept(domain: Domain) -> Json:
    """What a step is about."""
    return concept(CERTAINTY_TYPE, _DOMAINS[domain])


def step_concept(domain: Domain, by: int) -> Json:
    """How far a step rates down or up, and how serious the concern is, or whether the reason to rate up is present."""
    judged = (_PRESENCE if domain in _UP else _CONCERNS).get(by)
    return concept(CERTAINTY_RATING, *([judged] if judged else []), _CHANGES[by])


def measure_concept(measure: Measure) -> Json:
    """What an estimate is; a measure that HL7 has no code for stands in words."""
    found = _MEASURES.get(measure)
    return concept(STATISTIC_TYPE, found) if found else {"text": measure.value.replace("_", " ")}
