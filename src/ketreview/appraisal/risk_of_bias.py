"""Tools for the risk of bias and the quality of a study: their domains, answers and overall judgement, as data.

RoB 2: Sterne 2019, BMJ 366:l4898; Cochrane Handbook 6.4, chapter 8.2.4. Low if every domain is low; high if one is
high; else some concerns, which may be raised to high where several domains with some concerns together lower the
confidence substantially.

ROBINS-I: Sterne 2016, BMJ 355:i4919. The worst domain; no information where a domain lacks it and none is serious or
critical.

SYRCLE: Hooijmans 2014, BMC Med Res Methodol 14:43 (PMC4230647). No summary score is recommended.

AMSTAR 2: Shea 2017, BMJ 358:j4008. Items 2, 4, 7, 9, 11, 13 and 15 are critical. High: no or one non-critical weakness;
moderate: more than one; low: one critical flaw; critically low: more than one. Items 11, 12 and 15 are no flaws where
there is no meta-analysis.

JBI, case series: Munn 2020, JBI Evid Synth 18:2127. Ten questions and an appraisal as a whole, without a cut-off.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ketreview.model.vocabulary import RiskOfBiasTool

Judgements = Mapping[str, str]
"""Domain → judgement, in the tool's own words as `plain` writes them."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool.

    `domains` are its domains or questions by id, in order; `answers` what each may be judged; `overall` the judgements
    as a whole, best first, empty where the tool has none. `judged` computes that from complete judgements; it is empty
    where the tool leaves it to the reader.
    """

    title: str
    domains: Mapping[str, str]
    answers: tuple[str, ...]
    overall: tuple[str, ...]
    judged: Callable[[Judgements], str]


class Overall(NamedTuple):
    """A tool's own overall judgement, and those beside it that a stated reason makes right."""

    judgement: str
    with_reason: tuple[str, ...] = ()


_LOW, _SOME, _HIGH = "low", "some concerns", "high"
_MODERATE, _SERIOUS, _CRITICAL, _NO_INFORMATION = "moderate", "serious", "critical", "no information"
_YES, _PARTIAL, _NO, _NO_META_ANALYSIS = "yes", "partial yes", "no", "no meta-analysis"
_ROBINS = (_LOW, _MODERATE, _SERIOUS, _CRITICAL)
_SEVERAL = 2

AMSTAR_CRITICAL = frozenset({"q2", "q4", "q7", "q9", "q11", "q13", "q15"})
"""The items whose failure is a critical flaw."""
AMSTAR_OF_META_ANALYSIS = frozenset({"q11", "q12", "q15"})
"""The items that may be answered `no meta-analysis`."""


def _rob2(judgements: Judgements) -> str:
    found = set(judgements.values())
    return _HIGH if _HIGH in found else _LOW if found == {_LOW} else _SOME


def _robins_i(judgements: Judgements) -> str:
    found = set(judgements.values())
    worst = max((answer for answer in found if answer in _ROBINS), key=_ROBINS.index, default=_NO_INFORMATION)
    return _NO_INFORMATION if _NO_INFORMATION in found and worst not in {_SERIOUS, _CRITICAL} else worst


def _amstar2(judgements: Judgements) -> str:
    flaws = {item for item, answer in judgements.items() if answer == _NO}
    critical = len(flaws & AMSTAR_CRITICAL)
    if critical:
        return _LOW if critical == 1 else "critically low"
    return _HIGH if len(flaws) <= 1 else _MODERATE


def _none(judgements: Judgements) -> str:
    del judgements
    return ""


TOOLS: Mapping[RiskOfBiasTool, Tool] = {
    RiskOfBiasTool.ROB2: Tool(
        "RoB 2",
        {
            "randomisation": "bias arising from the randomisation process",
            "deviations": "bias due to deviations from intended interventions",
            "missing_data": "bias due to missing outcome data",
            "measurement": "bias in measurement of the outcome",
            "reporting": "bias in selection of the reported result",
        },
        (_LOW, _SOME, _HIGH),
        (_LOW, _SOME, _HIGH),
        _rob2,
    ),
    RiskOfBiasTool.ROBINS_I: Tool(
        "ROBINS-I",
        {
            "confounding": "bias due to confounding",
            "selection": "bias in selection of participants into the study",
            "classification": "bias in classification of interventions",
            "deviations": "bias due to deviations from intended interventions",
            "missing_data": "bias due to missing data",
            "measurement": "bias in measurement of outcomes",
            "reporting": "bias in selection of the reported result",
        },
        (*_ROBINS, _NO_INFORMATION),
        (*_ROBINS, _NO_INFORMATION),
        _robins_i,
    ),
    RiskOfBiasTool.SYRCLE: Tool(
        "SYRCLE",
        {
            "sequence_generation": "was the allocation sequence generated and applied adequately",
            "baseline": "were the groups similar at baseline, or adjusted for",
            "concealment": "was the allocation concealed adequately",
            "random_housing": "were the animals housed at random",
            "blinding_caregivers": "were caregivers and investigators blinded",
            "random_assessment": "were animals selected at random for outcome assessment",
            "blinding_assessors": "was the outcome assessor blinded",
            "incomplete_data": "were incomplete outcome data addressed adequately",
            "selective_reporting": "is the report free of selective outcome reporting",
            "other": "is the study free of other problems",
        },
        (_YES, _NO, "unclear"),
        (),
        _none,
    ),
    RiskOfBiasTool.AMSTAR2: Tool(
        "AMSTAR 2",
        {
            "q1": "question and inclusion criteria with the components of PICO",
            "q2": "methods established before the review, deviations justified",
            "q3": "selection of study designs explained",
            "q4": "comprehensive literature search",
            "q5": "study selection in duplicate",
            "q6": "data extraction in duplicate",
            "q7": "list of excluded studies, with reasons",
            "q8": "included studies described in adequate detail",
            "q9": "satisfactory assessment of the risk of bias",
            "q10": "sources of funding of the included studies",
            "q11": "appropriate methods of statistical combination",
            "q12": "impact of risk of bias on the meta-analysis assessed",
            "q13": "risk of bias accounted for in interpretation",
            "q14": "heterogeneity explained and discussed",
            "q15": "publication bias investigated",
            "q16": "conflicts of interest of the review reported",
        },
        (_YES, _PARTIAL, _NO, _NO_META_ANALYSIS),
        (_HIGH, _MODERATE, _LOW, "critically low"),
        _amstar2,
    ),
    RiskOfBiasTool.JBI: Tool(
        "JBI checklist for case series",
        {
            "q1": "clear criteria for inclusion",
            "q2": "condition measured in a standard, reliable way",
            "q3": "valid methods of identification of the condition",
            "q4": "consecutive inclusion",
            "q5": "complete inclusion",
            "q6": "demographics reported clearly",
            "q7": "clinical information reported clearly",
            "q8": "outcomes or follow-up reported clearly",
            "q9": "presenting sites' demographics reported clearly",
            "q10": "appropriate statistical analysis",
        },
        (_YES, _NO, "unclear", "not applicable"),
        ("include", "exclude", "seek further information"),
        _none,
    ),
}


def plain(answer: str) -> str:
    """A judgement as it is compared: without case, `_` and `-` between words as blanks; `no meta-analysis` stays."""
    words = " ".join(answer.casefold().replace("_", " ").replace("-", " ").split())
    return {"no meta analysis": _NO_META_ANALYSIS, "no ma": _NO_META_ANALYSIS, "na": "not applicable"}.get(words, words)


def unknown_domains(tool: RiskOfBiasTool, judgements: Judgements) -> tuple[str, ...]:
    """The domains of an assessment that the tool does not have."""
    return tuple(name for name in judgements if name not in TOOLS[tool].domains)


def unknown_answers(tool: RiskOfBiasTool, judgements: Judgements) -> tuple[str, ...]:
    """The domains whose judgement is none of the tool's; `no meta-analysis` only where AMSTAR 2 allows it."""
    return tuple(name for name, answer in judgements.items() if not _allowed(tool, name, plain(answer)))


def overall(tool: RiskOfBiasTool, judgements: Judgements) -> Overall | None:
    """The tool's overall judgement; None where it has no such algorithm, or where a domain is missing or unknown."""
    read = {name: plain(answer) for name, answer in judgements.items()}
    complete = read.keys() == TOOLS[tool].domains.keys() and not unknown_answers(tool, read)
    judgement = TOOLS[tool].judged(read) if complete else ""
    if not judgement:
        return None
    several = list(read.values()).count(_SOME) >= _SEVERAL
    raised = tool is RiskOfBiasTool.ROB2 and judgement == _SOME and several
    return Overall(judgement, (_HIGH,) if raised else ())


def _allowed(tool: RiskOfBiasTool, name: str, answer: str) -> bool:
    if answer == _NO_META_ANALYSIS and name not in AMSTAR_OF_META_ANALYSIS:
        return False
    return answer in TOOLS[tool].answers
