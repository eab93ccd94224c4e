"""Tools for the risk of bias and the quality of a study, as data: domains, answers and overall judgements.

RoB 2: Sterne 2019, BMJ 366:l4898; Cochrane Handbook 6.4, chapter 8.2. ROBINS-I, the version of 2016: Sterne 2016, BMJ
355:i4919. SYRCLE: Hooijmans 2014, BMC Med Res Methodol 14:43 (PMC4230647, table 2). AMSTAR 2: Shea 2017, BMJ 358:j4008;
which of its items are critical, and what they give: 10.1186/s13643-018-0878-3, table 2. JBI checklist for case series:
Munn 2020, JBI Evid Synth 18:2127 (questions as in PMC7778754, table 2).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ketreview.frozen import field, frozen
from ketreview.model.vocabulary import RiskOfBiasTool
from ketreview.patterns import regex

LOW, SOME, HIGH = "low", "some concerns", "high"
MODERATE, SERIOUS, CRITICAL, NO_INFORMATION = "moderate", "serious", "critical", "no information"
YES, PARTIAL, NO, UNCLEAR = "yes", "partial yes", "no", "unclear"
NO_META_ANALYSIS, NOT_APPLICABLE = "no meta-analysis", "not applicable"
CRITICALLY_LOW = "critically low"

AMSTAR_CRITICAL = frozenset({"q2", "q4", "q7", "q9", "q11", "q13", "q15"})
"""The items whose failure is a critical flaw."""
_OF_META_ANALYSIS = frozenset({"q11", "q12", "q15"})


@frozen
class Tool:
    """A tool.

    `domains` are its domains or questions by id, in order, each with its subject; `answers` what each may be judged;
    `overall` the judgements as a whole, best first, empty where the tool has none. `only_in` names the domains that an
    answer is for, where it is not for all. `words` are shorter ways in which answers are printed, `names` other names
    of domains.
    """

    title: str
    domains: Mapping[str, str]
    answers: tuple[str, ...]
    overall: tuple[str, ...]
    words: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict)
    only_in: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def domain(self, name: str) -> str:
        """The domain that a name means: its id, its number, or `D1`; empty if it means none."""
        if name in self.domains:
            return name
        folded = _SEPARATORS.sub("_", name.strip().casefold())
        if folded in self.domains:
            return folded
        if (number := _NUMBERED.fullmatch(folded)) and 1 <= int(number[1]) <= len(self.domains):
            return list(self.domains)[int(number[1]) - 1]
        return self.names.get(folded, "")

    def answer(self, word: str, domain: str) -> str:
        """The answer that a word means in a domain; empty if it means none."""
        read = _read(word, self.answers, self.words)
        return read if domain in self.only_in.get(read, self.domains) else ""

    def judgement(self, word: str) -> str:
        """The overall judgement that a word means; empty if it means none."""
        return _read(word, self.overall, self.words)

    def allowed(self, domain: str) -> tuple[str, ...]:
        """The answers of a domain."""
        return tuple(answer for answer in self.answers if domain in self.only_in.get(answer, self.domains))


_SEPARATORS = regex(r"[\s.-]+")
_NUMBERED = regex(r"(?:d|q|item_?|domain_?)?([1-9]\d?)", re.ASCII)
_BLANKS = regex(r"[\s_-]+")
_NOUN = regex(r" (?:risk(?: of bias)?|of bias|confidence|quality)")


def _read(word: str, allowed: tuple[str, ...], words: Mapping[str, str]) -> str:
    """The word of `allowed` that is meant, whatever its case, with or without `risk of bias` behind it."""
    if word in allowed:
        return word
    plain = _BLANKS.sub(" ", word.strip().casefold())
    shorter = next((plain[: found.start()] for found in _NOUN.finditer(plain) if found.end() == len(plain)), plain)
    for candidate in (plain, shorter):
        read = words.get(candidate, candidate)
        if read in allowed:
            return read
    return ""


_RISKS = {"l": LOW, "s": SOME, "h": HIGH, "some concern": SOME}
_ROBINS = {"l": LOW, "m": MODERATE, "s": SERIOUS, "c": CRITICAL, "ni": NO_INFORMATION, "n": NO_INFORMATION}
_QUESTIONS = {"y": YES, "py": PARTIAL, "n": NO, "u": UNCLEAR, "na": NOT_APPLICABLE, "n/a": NOT_APPLICABLE}
_META = dict.fromkeys(("nma", "no ma", "no meta analysis", "no meta analysis conducted"), NO_META_ANALYSIS)
_US = {"randomization": "randomisation", "randomisation_process": "randomisation"}

TOOLS: Mapping[RiskOfBiasTool, Tool] = {
    RiskOfBiasTool.ROB2: Tool(
        title="RoB 2",
        domains={
            "randomisation": "randomisation process",
            "deviations": "deviations from intended interventions",
            "missing_data": "missing outcome data",
            "measurement": "measurement of the outcome",
            "reporting": "selection of the reported result",
        },
        answers=(LOW, SOME, HIGH),
        overall=(LOW, SOME, HIGH),
        words=_RISKS,
        names={**_US, "randomization_process": "randomisation"},
    ),
    RiskOfBiasTool.ROBINS_I: Tool(
        title="ROBINS-I",
        domains={
            "confounding": "confounding",
            "selection": "selection of participants into the study",
            "classification": "classification of interventions",
            "deviations": "deviations from intended interventions",
            "missing_data": "missing data",
            "measurement": "measurement of outcomes",
            "reporting": "selection of the reported result",
        },
        answers=(LOW, MODERATE, SERIOUS, CRITICAL, NO_INFORMATION),
        overall=(LOW, MODERATE, SERIOUS, CRITICAL, NO_INFORMATION),
        words=_ROBINS,
    ),
    RiskOfBiasTool.SYRCLE: Tool(
        title="SYRCLE",
        domains={
            "sequence_generation": "allocation sequence adequately generated and applied",
            "baseline": "groups similar at baseline, or adjusted for",
            "concealment": "allocation adequately concealed",
            "random_housing": "animals housed at random",
            "blinding_caregivers": "caregivers and investigators blinded",
            "random_assessment": "animals chosen at random for assessment of the outcome",
            "blinding_assessors": "outcome assessor blinded",
            "incomplete_data": "incomplete outcome data adequately addressed",
            "selective_reporting": "free of selective outcome reporting",
            "other": "free of other problems",
        },
        answers=(YES, NO, UNCLEAR),
        overall=(),
        words=_QUESTIONS,
    ),
    RiskOfBiasTool.AMSTAR2: Tool(
        title="AMSTAR 2",
        domains={
            "q1": "question and criteria of inclusion with the components of PICO",
            "q2": "methods established before the review, deviations justified",
            "q3": "choice of study designs explained",
            "q4": "comprehensive literature search",
            "q5": "study selection in duplicate",
            "q6": "data extraction in duplicate",
            "q7": "list of excluded studies, with reasons",
            "q8": "included studies described in adequate detail",
            "q9": "risk of bias of the included studies satisfactorily assessed",
            "q10": "funding of the included studies reported",
            "q11": "appropriate methods of meta-analysis",
            "q12": "impact of risk of bias on the meta-analysis assessed",
            "q13": "risk of bias accounted for in the interpretation",
            "q14": "heterogeneity explained and discussed",
            "q15": "publication bias investigated",
            "q16": "conflicts of interest of the review reported",
        },
        answers=(YES, PARTIAL, NO, NO_META_ANALYSIS),
        overall=(HIGH, MODERATE, LOW, CRITICALLY_LOW),
        words=_QUESTIONS | _META,
        only_in={NO_META_ANALYSIS: _OF_META_ANALYSIS},
    ),
    RiskOfBiasTool.JBI: Tool(
        title="JBI checklist for case series",
        domains={
            "q1": "clear criteria of inclusion",
            "q2": "condition measured in a standard, reliable way",
            "q3": "valid methods of identifying the condition",
            "q4": "consecutive inclusion",
            "q5": "complete inclusion",
            "q6": "demographics clearly reported",
            "q7": "clinical information clearly reported",
            "q8": "outcomes or follow-up clearly reported",
            "q9": "demographics of the presenting sites clearly reported",
            "q10": "appropriate statistical analysis",
        },
        answers=(YES, NO, UNCLEAR, NOT_APPLICABLE),
        overall=("include", "exclude", "seek further information"),
        words=_QUESTIONS | {"seek further info": "seek further information"},
    ),
}
