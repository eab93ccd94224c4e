"""The closed vocabularies of a review, with the field's own terms."""

from __future__ import annotations

from enum import StrEnum


class ReviewStatus(StrEnum):
    PLANNED = "planned"
    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETE = "complete"
    RETIRED = "retired"


class Mode(StrEnum):
    """How a review is kept current (Cochrane guidance for living systematic reviews, 2019)."""

    LIVING = "living"
    PERIODIC = "periodic"
    STATIC = "static"


class UpdateStatus(StrEnum):
    """Whether a review is up to date, by the Cochrane Updating Classification System."""

    UP_TO_DATE = "up_to_date"
    UPDATE_PENDING = "update_pending"
    NO_UPDATE_PLANNED = "no_update_planned"


class Route(StrEnum):
    IV = "iv"
    IM = "im"
    SC = "sc"
    ORAL = "oral"
    SUBLINGUAL = "sublingual"
    INTRANASAL = "intranasal"
    INTRAPERITONEAL = "intraperitoneal"
    OTHER = "other"


class Importance(StrEnum):
    """GRADE's three ranks of an outcome."""

    CRITICAL = "critical"
    IMPORTANT = "important"
    LIMITED = "limited"


class OutcomeKind(StrEnum):
    BENEFIT = "benefit"
    HARM = "harm"


class Desired(StrEnum):
    """In which direction an outcome is better for those it happens to."""

    HIGHER = "higher"
    LOWER = "lower"


class Design(StrEnum):
    META_ANALYSIS = "meta_analysis"
    SYSTEMATIC_REVIEW = "systematic_review"
    NARRATIVE_REVIEW = "narrative_review"
    RANDOMISED_TRIAL = "randomised_trial"
    NON_RANDOMISED_TRIAL = "non_randomised_trial"
    POST_HOC_ANALYSIS = "post_hoc_analysis"
    COHORT = "cohort"
    CASE_CONTROL = "case_control"
    CROSS_SECTIONAL = "cross_sectional"
    CASE_SERIES = "case_series"
    CASE_REPORT = "case_report"
    ANIMAL_EXPERIMENT = "animal_experiment"
    IN_VITRO = "in_vitro"
    MENDELIAN_RANDOMISATION = "mendelian_randomisation"
    ECONOMIC_EVALUATION = "economic_evaluation"
    PROTOCOL = "protocol"
    GUIDELINE = "guideline"
    COMMENTARY = "commentary"
    WEB_PAGE = "web_page"
    OTHER = "other"
    UNKNOWN = "unknown"


class Species(StrEnum):
    HUMAN = "human"
    MOUSE = "mouse"
    RAT = "rat"
    RODENT = "rodent"
    ANIMAL = "animal"
    CELLS = "cells"
    MIXED = "mixed"
    NOT_STATED = "not_stated"


class Directness(StrEnum):
    DIRECT = "direct"
    INDIRECT = "indirect"


class StudyState(StrEnum):
    """How far a study has come on its way into the review."""

    FOUND = "found"
    READ = "read"
    EXTRACTED = "extracted"
    INTEGRATED = "integrated"


class Measure(StrEnum):
    """What a result's estimate is."""

    RISK_RATIO = "risk_ratio"
    ODDS_RATIO = "odds_ratio"
    HAZARD_RATIO = "hazard_ratio"
    RISK_DIFFERENCE = "risk_difference"
    MEAN_DIFFERENCE = "mean_difference"
    STANDARDISED_MEAN_DIFFERENCE = "standardised_mean_difference"
    MEAN_CHANGE = "mean_change"
    PROPORTION = "proportion"
    OTHER = "other"


class EffectSize(StrEnum):
    """How much an effect matters, as GRADE's informative statements ask (GRADE 26)."""

    LARGE = "large"
    MODERATE = "moderate"
    SMALL = "small"
    TRIVIAL = "trivial"


class HypothesisKind(StrEnum):
    """What a comparison was to show (CONSORT extension for noninferiority and equivalence trials, 2012)."""

    SUPERIORITY = "superiority"
    NONINFERIORITY = "noninferiority"
    EQUIVALENCE = "equivalence"


class RiskOfBiasTool(StrEnum):
    ROB2 = "rob2"
    ROBINS_I = "robins_i"
    SYRCLE = "syrcle"
    AMSTAR2 = "amstar2"
    JBI = "jbi"


class ClaimKind(StrEnum):
    BACKGROUND = "background"
    HISTORY = "history"
    EPIDEMIOLOGY = "epidemiology"
    MECHANISM = "mechanism"
    EFFICACY = "efficacy"
    SAFETY = "safety"
    REGULATION = "regulation"
    PROVISION = "provision"
    COST = "cost"
    PRACTICE = "practice"
    GAP = "gap"


class Action(StrEnum):
    """What a substance does at its target."""

    AGONIST = "agonist"
    ANTAGONIST = "antagonist"
    INVERSE_AGONIST = "inverse_agonist"
    CHANNEL_BLOCKER = "channel_blocker"
    INHIBITOR = "inhibitor"
    ACTIVATOR = "activator"
    MODULATOR = "modulator"
    UPREGULATOR = "upregulator"
    NONE = "none"
    UNCLEAR = "unclear"


class EffectDirection(StrEnum):
    INCREASES = "increases"
    DECREASES = "decreases"
    RESTORES = "restores"
    BLOCKS = "blocks"
    NO_CHANGE = "no_change"
    REQUIRED_FOR = "required_for"
    NOT_REQUIRED_FOR = "not_required_for"
    UNCLEAR = "unclear"


class Scale(StrEnum):
    """What a rating measures; a scale whose levels changed from one version to the next has its version in its name."""

    GRADE = "grade"
    PLAUSIBILITY = "plausibility"
    FEASIBILITY = "feasibility"
    OCEBM_2011 = "ocebm_2011"


class Level(StrEnum):
    """The levels of all scales; which of them a scale has is in `appraisal.grade`."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very_low"
    NO_EVIDENCE = "no_evidence"
    UNASSESSED = "unassessed"
    LEVEL_1 = "level_1"
    LEVEL_2 = "level_2"
    LEVEL_3 = "level_3"
    LEVEL_4 = "level_4"
    LEVEL_5 = "level_5"


class Domain(StrEnum):
    """GRADE's five reasons to rate down and three to rate up."""

    RISK_OF_BIAS = "risk_of_bias"
    INCONSISTENCY = "inconsistency"
    INDIRECTNESS = "indirectness"
    IMPRECISION = "imprecision"
    PUBLICATION_BIAS = "publication_bias"
    LARGE_EFFECT = "large_effect"
    DOSE_RESPONSE = "dose_response"
    PLAUSIBLE_CONFOUNDING = "plausible_confounding"


class TrialStatus(StrEnum):
    """ClinicalTrials.gov's `overallStatus`, all fourteen."""

    ACTIVE_NOT_RECRUITING = "ACTIVE_NOT_RECRUITING"
    COMPLETED = "COMPLETED"
    ENROLLING_BY_INVITATION = "ENROLLING_BY_INVITATION"
    NOT_YET_RECRUITING = "NOT_YET_RECRUITING"
    RECRUITING = "RECRUITING"
    SUSPENDED = "SUSPENDED"
    TERMINATED = "TERMINATED"
    WITHDRAWN = "WITHDRAWN"
    AVAILABLE = "AVAILABLE"
    NO_LONGER_AVAILABLE = "NO_LONGER_AVAILABLE"
    TEMPORARILY_NOT_AVAILABLE = "TEMPORARILY_NOT_AVAILABLE"
    APPROVED_FOR_MARKETING = "APPROVED_FOR_MARKETING"
    WITHHELD = "WITHHELD"
    UNKNOWN = "UNKNOWN"


class Exposure(StrEnum):
    CLINICAL = "clinical"
    CHRONIC = "chronic"
    RECREATIONAL = "recreational"


class Basis(StrEnum):
    """What a concern rests on."""

    IN_DOCUMENTS = "in_documents"
    PUBLISHED_RECORD = "published_record"
    FIELD_KNOWLEDGE = "field_knowledge"
    UNVERIFIED = "unverified"


class ConcernStatus(StrEnum):
    OPEN = "open"
    RESOLVED = "resolved"
    ACCEPTED = "accepted"


class IntegrationKind(StrEnum):
    BIBLIOGRAPHY = "bibliography"
    APPENDIX = "appendix"
    CHAPTER = "chapter"
    FILE = "file"


class IntegrationState(StrEnum):
    DONE = "done"
    PENDING = "pending"
    ABSENT = "absent"
