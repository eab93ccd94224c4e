"""Guides to GRADE as data: where evidence starts by its design, how far a domain moves it, when it may be rated up.

Guides differ, so that a level can be held only against the guide that was followed. Sources:

- `cochrane`: randomised evidence high, observational evidence low: Schünemann 2018 (GRADE 18, PMC6692166, table 1),
  which also keeps rating up for observational studies without a reason to rate down. Case series and case reports very
  low: the ladder of the Cochrane Handbook as two reviews print it (bjsm highwire 110605, 104279). One or two levels
  down in each domain, +1 or +2 for a large effect, +1 for the other two: BMJ Open highwire 215908. Three levels for
  imprecision: GRADE guidance 34 (PMID 35934265) and 35.
- `one_level`: inconsistency, imprecision and publication bias lower by one level at most: 10.1186/s13643-020-01293-x,
  table 1.
- `case_series_low`: case series and case reports low: PMC6687989, table S.1.
- `robins_i`: non-randomised studies start high where ROBINS-I judges their bias, which then lowers by up to three
  levels; rating up stays possible (GRADE 18). Where they start is general knowledge of the field, and was not verified.
- `animal`: a stream of its own, which starts high: Hooijmans 2018 (10.1371/journal.pone.0187271). Where it starts was
  not verified in the full text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from types import MappingProxyType

from ketreview.frozen import frozen
from ketreview.model.vocabulary import Design, Domain, Level

MOST_RUNGS = 3
"""The most rungs that any guide moves a level for one domain."""
UP = frozenset({Domain.LARGE_EFFECT, Domain.DOSE_RESPONSE, Domain.PLAUSIBLE_CONFOUNDING})
"""The domains that raise a level; the others lower it."""


@frozen
class Profile:
    """A guide. A design that `start` does not have starts nowhere; a domain that `caps` does not have has no cap."""

    name: str
    start: Mapping[Design, Level]
    caps: Mapping[Domain, int] = field(default_factory=dict)
    upgrades_beside_downgrades: bool = False
    upgrades_on_randomised: bool = False


_OBSERVATIONAL = (Design.NON_RANDOMISED_TRIAL, Design.COHORT, Design.CASE_CONTROL, Design.CROSS_SECTIONAL)
_CASES = (Design.CASE_SERIES, Design.CASE_REPORT)

COCHRANE = Profile(
    "cochrane",
    {
        Design.RANDOMISED_TRIAL: Level.HIGH,
        **dict.fromkeys(_OBSERVATIONAL, Level.LOW),
        **dict.fromkeys(_CASES, Level.VERY_LOW),
    },
    {
        Domain.RISK_OF_BIAS: 2,
        Domain.INCONSISTENCY: 2,
        Domain.INDIRECTNESS: 2,
        Domain.IMPRECISION: 3,
        Domain.PUBLICATION_BIAS: 2,
        Domain.LARGE_EFFECT: 2,
        Domain.DOSE_RESPONSE: 1,
        Domain.PLAUSIBLE_CONFOUNDING: 1,
    },
)
_BUILT_IN = (
    COCHRANE,
    replace(
        COCHRANE,
        name="one_level",
        caps={
            **COCHRANE.caps,
            Domain.INCONSISTENCY: 1,
            Domain.IMPRECISION: 1,
            Domain.PUBLICATION_BIAS: 1,
        },
    ),
    replace(
        COCHRANE,
        name="case_series_low",
        start={**COCHRANE.start, **dict.fromkeys(_CASES, Level.LOW)},
    ),
    replace(
        COCHRANE,
        name="robins_i",
        start={**COCHRANE.start, **dict.fromkeys(_OBSERVATIONAL, Level.HIGH)},
        caps={**COCHRANE.caps, Domain.RISK_OF_BIAS: 3},
        upgrades_beside_downgrades=True,
    ),
    replace(
        COCHRANE,
        name="animal",
        start={Design.ANIMAL_EXPERIMENT: Level.HIGH},
    ),
)
PROFILES: Mapping[str, Profile] = MappingProxyType({profile.name: profile for profile in _BUILT_IN})
"""The guides that are known without a setting, by name."""
