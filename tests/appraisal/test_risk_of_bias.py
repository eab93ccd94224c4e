"""Overall judgements, computed again from published tables; some of these break the rule of their tool."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.appraisal.risk_of_bias import Overall, is_score, overall, read, unsuited
from ketreview.appraisal.risk_of_bias_tools import NO_INFORMATION, TOOLS
from ketreview.model.vocabulary import Design, RiskOfBiasTool, Species

ROB2, ROBINS, AMSTAR = RiskOfBiasTool.ROB2, RiskOfBiasTool.ROBINS_I, RiskOfBiasTool.AMSTAR2
SYRCLE, JBI = RiskOfBiasTool.SYRCLE, RiskOfBiasTool.JBI


def row(tool: RiskOfBiasTool, words: str) -> tuple[str, Overall, str]:
    """A row of a table: a name, the judgements in the tool's order, and the overall one, as they are printed."""
    name, *cells, printed = (cell.strip() for cell in words.split("|"))
    reading = read(tool, {str(number): cell for number, cell in enumerate(cells, 1)})
    assert not any(reading[1:])
    found = overall(tool, reading.judgements)
    assert found is not None
    stated = TOOLS[tool].judgement(printed)
    assert stated
    return name, found, stated


AMSTAR_AGREES = """\
Gong | Yes | No | Yes | No | Yes | Yes | No | No | No | No | Yes | Yes | No | Yes | Yes | Yes | Critically low
Gu | Yes | Yes | Yes | Yes | Yes | Yes | Yes | Yes | Yes | Yes | Yes | Yes | Yes | Yes | Yes | Yes | High
Tan | Yes | No | Yes | PY | No | Yes | No | Yes | Yes | No | Yes | No | Yes | Yes | Yes | Yes | Critically low
Yang | Yes | No | Yes | No | Yes | Yes | No | PY | No | No | No | No | Yes | No | Yes | Yes | Critically low
Ma | Yes | No | Yes | PY | No | Yes | No | PY | No | No | Yes | No | Yes | Yes | Yes | Yes | Critically low
Shi | Yes | Yes | Yes | PY | Yes | Yes | No | Yes | Yes | No | Yes | Yes | Yes | Yes | No | Yes | Critically low
Liu a | Yes | No | Yes | PY | No | No | No | PY | Yes | No | No | No | Yes | No | Yes | Yes | Critically low
Liu b | Yes | Yes | Yes | Yes | Yes | Yes | No | Yes | Yes | No | Yes | No | Yes | Yes | Yes | Yes | Low
Wang | Yes | No | Yes | PY | Yes | Yes | No | PY | Yes | No | Yes | No | Yes | Yes | Yes | Yes | Critically low
"""
"""PMC7382724 (10.1155/2020/4140692), table 2, `Partial yes` written PY."""

AMSTAR_BREAKS = """\
Bachmann 2010 | Y | N | N | PY | Y | N | N | Y | PY | N | Y | Y | Y | Y | Y | Y | Moderate
De Morton 2007 | Y | N | N | Y | Y | Y | Y | PY | Y | Y | Y | N | N | Y | Y | Y | Low
Handoll 2011 | Y | Y | N | PY | Y | Y | Y | Y | Y | N | NMA | NMA | Y | Y | N | Y | Moderate
Heldmann 2019 | Y | PY | N | PY | Y | Y | N | Y | Y | N | NMA | NMA | N | Y | NMA | Y | Low
Machado 2020 | Y | PY | N | PY | Y | N | N | PY | Y | N | Y | N | Y | Y | N | Y | Moderate
Martinez-Velilla 2016 | Y | N | Y | PY | Y | N | N | Y | PY | N | NMA | NMA | N | N | N | Y | Low
Peck 2020 | Y | N | N | N | Y | N | N | Y | N | N | NMA | NMA | N | N | NMA | Y | Critically low
Peiris 2018 | Y | Y | N | PY | Y | Y | N | Y | Y | N | Y | Y | Y | Y | Y | Y | Moderate
Scrivener 2015 | Y | Y | N | PY | N | Y | N | Y | Y | N | Y | Y | Y | Y | N | Y | Low
Smith 2020a | Y | Y | N | Y | Y | Y | Y | Y | Y | Y | Y | N | Y | N | N | Y | Moderate
Smith 2020b | Y | Y | N | PY | Y | Y | N | Y | Y | N | Y | N | Y | Y | Y | Y | Moderate
Yasmeen 2020 | Y | Y | N | Y | Y | Y | N | Y | Y | N | NMA | NMA | Y | Y | NMA | Y | Moderate
"""
"""PMC9188066 (10.1186/s12877-022-03169-2), table 2."""

ROBINS_TABLE = """\
Baum 2022 | Moderate | Low | Moderate | Moderate | Low | Low | Low | Moderate
Grewal 2022 | Moderate | Moderate | Low | Low | Low | Low | Low | Moderate
Rosenberg 2021 | Moderate | Moderate | Low | Low | Moderate | Low | Low | Moderate
Rosero-Bixby 2021 | Moderate | Low | Low | Low | Moderate | Moderate | Low | Moderate
Rane 2022 | Low | Low | Low | Low | Moderate | Low | Low | Low
Chemaitelly 2021 | Moderate | Low | Low | Low | Moderate | Low | Low | Moderate
Lytras 2022 | Moderate | Low | Low | Low | Moderate | Moderate | Low | Moderate
Ranzani 2022 | Low | Low | Low | Low | Low | Moderate | Low | Moderate
"""
"""PMC10421623, table 3."""

ROBINS_CRITICAL = """\
Barbosa 2013 | Critical | Critical | Serious | Moderate | Moderate | Critical | Moderate | Critical
Lee 2014 | Critical | Serious | Serious | Moderate | Moderate | Serious | Moderate | Critical
"""
"""PMC7017593, table 3."""

ROB2_TABLE = """\
Direito 2015 | Low | Low | Low | Low | Low | Low
Edney 2020 | Low | Low | Low | Low | Low | Low
Fanning 2017 | Some concerns | Some concerns | Some concerns | Low | Some concerns | High
Fukuoka 2019 | Low | Low | Low | Low | Low | Low
Garcia-Ortiz 2018 | Low | Some concerns | Some concerns | Low | Low | Some concerns
Garde 2018 | Low | Some concerns | Some concerns | Low | Some concerns | High
Glynn 2014 | Some concerns | Low | Low | Low | Low | Some concerns
Gremaud 2018 | Low | Some concerns | Low | Low | Some concerns | Some concerns
Harries 2016 | Some concerns | Some concerns | Low | Low | Some concerns | High
Hurkmans 2018 | High | Some concerns | Low | Low | Low | High
King 2016 | Low | Low | Low | Low | Some concerns | Some concerns
Kitagawa 2020 | Some concerns | Low | Low | Low | Some concerns | Some concerns
Leinonen 2017 | Low | High | High | Low | Low | High
Lyons 2017 | Low | Low | Low | Low | Low | Low
Martin 2015 | Low | Low | Low | Low | Some concerns | Some concerns
Pope 2020 | High | Some concerns | Low | Low | Some concerns | High
Recio-Rodriguez 2016 | Low | Some concerns | Some concerns | Low | Low | Some concerns
Robertson 2018 | Low | High | High | Low | Some concerns | High
Schade 2020 | Some concerns | Some concerns | High | Low | Some concerns | High
Simons 2018 | High | Some concerns | Low | Low | Some concerns | High
Walsh 2016 | Low | Low | Low | Low | Some concerns | Some concerns
Zhang 2019 | Low | Some concerns | Low | Low | Some concerns | Some concerns
Zhou 2018 | Low | Low | Low | Low | Some concerns | Some concerns
"""
"""PMC10196895, table 3, its signs +, ? and - written as its legend has them."""


@pytest.mark.parametrize(
    ("tool", "table"),
    [
        *((AMSTAR, line) for line in AMSTAR_AGREES.splitlines()),
        *((ROBINS, line) for line in ROBINS_CRITICAL.splitlines()),
        *((ROBINS, line) for line in ROBINS_TABLE.splitlines() if "Rane" not in line),
    ],
)
def test_published_judgements_that_follow_the_rule(tool: RiskOfBiasTool, table: str) -> None:
    _, found, stated = row(tool, table)
    assert (found.judgement, stated in found.possible) == (stated, True)


def test_a_published_table_of_amstar_2_that_breaks_its_rule() -> None:
    rows = [row(AMSTAR, line) for line in AMSTAR_BREAKS.splitlines()]
    assert {name: found.judgement for name, found, stated in rows if stated not in found.possible} == {
        "Bachmann 2010": "critically low",
        "De Morton 2007": "critically low",
        "Handoll 2011": "low",
        "Heldmann 2019": "critically low",
        "Machado 2020": "critically low",
        "Martinez-Velilla 2016": "critically low",
        "Peiris 2018": "low",
        "Scrivener 2015": "critically low",
        "Smith 2020a": "low",
        "Smith 2020b": "low",
        "Yasmeen 2020": "low",
    }
    assert [found.judgement for name, found, _ in rows if name == "Peck 2020"] == ["critically low"]


def test_a_published_table_of_robins_i_that_breaks_its_rule() -> None:
    _, found, stated = row(ROBINS, next(line for line in ROBINS_TABLE.splitlines() if "Rane" in line))
    assert (stated, found) == ("low", Overall("moderate", ("moderate",), (), ("missing_data",)))


def test_a_published_table_of_rob_2_raises_some_concerns_in_three_domains_to_high() -> None:
    rows = [row(ROB2, line) for line in ROB2_TABLE.splitlines()]
    raised = [name for name, found, stated in rows if stated not in found.possible]
    assert raised == ["Fanning 2017", "Garde 2018", "Harries 2016"]
    assert all(found.with_reason == ("high",) for name, found, _ in rows if name in raised)
    assert all(found.judgement == stated for name, found, stated in rows if name not in raised)


def robins(**others: str) -> dict[str, str]:
    return dict.fromkeys(TOOLS[ROBINS].domains, "low") | others


@pytest.mark.parametrize(
    ("judgements", "expected"),
    [
        (robins(), Overall("low", ("low",), (), tuple(TOOLS[ROBINS].domains))),
        (robins(selection="moderate", reporting="moderate"), ("moderate", ("moderate",), ("serious",))),
        (robins(selection="serious", reporting="serious"), ("serious", ("serious",), ("critical",))),
        (robins(selection="critical", reporting="critical"), ("critical", ("critical",), ())),
        (robins(selection="no information"), ("no information", ("no information", "low"), ())),
        (
            robins(selection="no information", reporting="moderate"),
            ("no information", ("no information", "moderate"), ()),
        ),
        (robins(selection="no information", reporting="serious"), ("serious", ("serious",), ())),
        (dict.fromkeys(TOOLS[ROBINS].domains, "no information"), ("no information", ("no information",), ())),
        ({"reporting": "serious"}, ("", ("serious", "critical"), ())),
        ({"reporting": "critical"}, ("critical", ("critical",), ())),
        ({"reporting": "moderate"}, ("", ("moderate", "serious", "critical", "no information"), ())),
        (
            {"reporting": "no information"},
            ("", ("no information", "low", "moderate", "serious", "critical"), ()),
        ),
    ],
)
def test_robins_i(judgements: dict[str, str], expected: tuple[object, ...]) -> None:
    found = overall(ROBINS, judgements)
    assert found is not None
    assert found[: len(expected)] == expected


def amstar(**others: str) -> dict[str, str]:
    return dict.fromkeys(TOOLS[AMSTAR].domains, "yes") | others


@pytest.mark.parametrize(
    ("judgements", "judgement", "possible", "with_reason"),
    [
        (amstar(q1="no"), "high", ("high",), ()),
        (amstar(q1="no", q3="no"), "moderate", ("moderate",), ("low",)),
        (amstar(q1="no", q3="partial yes"), "high", ("high", "moderate"), ()),
        (amstar(q2="no", q3="partial yes"), "low", ("low",), ()),
        (amstar(q2="no", q15="no"), "critically low", ("critically low",), ()),
        (amstar(q11="no meta-analysis", q12="no meta-analysis", q15="no meta-analysis"), "high", ("high",), ()),
        ({"q2": "no", "q4": "no"}, "critically low", ("critically low",), ()),
        ({"q2": "no"}, "", ("low", "critically low"), ()),
        ({"q1": "no"}, "", ("high", "moderate", "low", "critically low"), ()),
        ({name: "yes" for name in TOOLS[AMSTAR].domains if name != "q2"}, "", ("high", "moderate", "low"), ()),
        ({name: "yes" for name in TOOLS[AMSTAR].domains if name != "q1"}, "high", ("high",), ()),
    ],
)
def test_amstar_2(
    judgements: dict[str, str], judgement: str, possible: tuple[str, ...], with_reason: tuple[str, ...]
) -> None:
    found = overall(AMSTAR, judgements)
    assert found is not None
    assert found[:3] == (judgement, possible, with_reason)


def test_there_is_no_rule_for_nothing_and_for_tools_without_one() -> None:
    assert overall(ROB2, {}) is None
    assert overall(SYRCLE, {"baseline": "yes"}) is None
    assert overall(JBI, {"q1": "yes"}) is None


def test_what_is_read_and_what_is_not() -> None:
    domains = {
        "D1": "L",
        "deviation": "low",
        "randomization": "high",
        "Missing data": "??",
        "reporting": "Some concern",
    }
    assert read(ROB2, domains) == (
        {"randomisation": "low", "reporting": "some concerns"},
        ("deviation",),
        ("randomization",),
        ("Missing data",),
    )
    assert read(AMSTAR, {"item 2": "no meta-analysis", "11": "No meta-analysis conducted"}) == (
        {"q11": "no meta-analysis"},
        (),
        (),
        ("item 2",),
    )


@pytest.mark.parametrize(
    ("tool", "word", "meant"),
    [
        (ROB2, "Low risk of bias", "low"),
        (ROB2, "HIGH RISK", "high"),
        (ROB2, "Some concerns of bias", "some concerns"),
        (ROB2, "some-concerns", "some concerns"),
        (ROB2, "unclear", ""),
        (ROB2, "", ""),
        (ROB2, "risk of bias", ""),
        (ROBINS, "Serious risk", "serious"),
        (ROBINS, "NI", "no information"),
        (ROBINS, "S", "serious"),
        (AMSTAR, "Critically-low", "critically low"),
        (AMSTAR, "Moderate confidence", "moderate"),
        (AMSTAR, "high quality", "high"),
        (JBI, "Seek further info", "seek further information"),
        (SYRCLE, "low", ""),
    ],
)
def test_overall_judgements_as_they_are_printed(tool: RiskOfBiasTool, word: str, meant: str) -> None:
    assert TOOLS[tool].judgement(word) == meant


@pytest.mark.parametrize("word", ["6", "6/10", "6 / 10", "6 of 10", "6 out of 10", "60%", "60 %", "7.5/10", "0,5"])
def test_scores(word: str) -> None:
    assert is_score(word)


@pytest.mark.parametrize("word", ["", "low", "6 low", "unclear in 6/10", "10.1000/1", "NCT01234567", "6/"])
def test_what_is_no_score(word: str) -> None:
    assert not is_score(word)


@pytest.mark.parametrize(
    ("tool", "design", "species", "kind"),
    [
        (ROB2, Design.RANDOMISED_TRIAL, Species.HUMAN, ""),
        (ROB2, Design.RANDOMISED_TRIAL, Species.RAT, "a study in animals"),
        (ROB2, Design.SYSTEMATIC_REVIEW, Species.RAT, "a systematic review"),
        (ROB2, Design.POST_HOC_ANALYSIS, None, ""),
        (ROB2, Design.UNKNOWN, None, ""),
        (ROBINS, Design.COHORT, None, ""),
        (ROBINS, Design.RANDOMISED_TRIAL, None, ""),
        (ROBINS, Design.IN_VITRO, Species.CELLS, "an in vitro study"),
        (SYRCLE, Design.ANIMAL_EXPERIMENT, Species.MOUSE, ""),
        (SYRCLE, Design.RANDOMISED_TRIAL, Species.MOUSE, ""),
        (SYRCLE, Design.RANDOMISED_TRIAL, Species.HUMAN, "a study in people"),
        (SYRCLE, Design.META_ANALYSIS, None, "a meta-analysis"),
        (AMSTAR, Design.META_ANALYSIS, Species.MOUSE, ""),
        (AMSTAR, Design.COHORT, None, "a cohort study"),
        (JBI, Design.CASE_REPORT, None, ""),
        (JBI, Design.ANIMAL_EXPERIMENT, Species.MOUSE, ""),
    ],
)
def test_tools_and_studies(tool: RiskOfBiasTool, design: Design, species: Species | None, kind: str) -> None:
    assert unsuited(tool, design, species) == kind


def assessments(tool: RiskOfBiasTool) -> st.SearchStrategy[dict[str, str]]:
    """Some domains of a tool, each with an answer that it may have."""
    answers = {domain: st.sampled_from(TOOLS[tool].allowed(domain)) for domain in TOOLS[tool].domains}
    return st.fixed_dictionaries({}, optional=answers)


JUDGED = st.sampled_from((ROB2, ROBINS, AMSTAR)).flatmap(lambda tool: st.tuples(st.just(tool), assessments(tool)))


def ranks(tool: RiskOfBiasTool, found: Overall) -> list[int]:
    return [TOOLS[tool].overall.index(word) for word in found.possible if word != NO_INFORMATION]


@given(JUDGED)
def test_what_is_given_is_the_tools_own(case: tuple[RiskOfBiasTool, Mapping[str, str]]) -> None:
    tool, judgements = case
    found = overall(tool, judgements)
    if found is None:
        assert not judgements
        return
    assert {*found.possible, *found.with_reason} <= set(TOOLS[tool].overall)
    assert found.judgement in {"", *found.possible}
    assert found.judgement or len(found.possible) > 1
    assert not {*found.possible} & {*found.with_reason}
    assert {*found.deciding} <= judgements.keys()


@given(JUDGED, st.data())
def test_a_domain_more_only_narrows_what_is_possible(
    case: tuple[RiskOfBiasTool, dict[str, str]], data: st.DataObject
) -> None:
    tool, judgements = case
    before = overall(tool, judgements)
    missing = sorted(TOOLS[tool].domains.keys() - judgements.keys())
    if before is None or not missing:
        return
    domain = data.draw(st.sampled_from(missing))
    answer = data.draw(st.sampled_from(TOOLS[tool].allowed(domain)))
    after = overall(tool, judgements | {domain: answer})
    assert after is not None
    assert {*after.possible} <= {*before.possible}


@given(JUDGED, st.data())
def test_a_worse_answer_never_makes_the_whole_better(
    case: tuple[RiskOfBiasTool, dict[str, str]], data: st.DataObject
) -> None:
    tool, judgements = case
    graded = [domain for domain, answer in judgements.items() if answer not in {NO_INFORMATION, "no meta-analysis"}]
    if not graded:
        return
    domain = data.draw(st.sampled_from(graded))
    answers = [answer for answer in TOOLS[tool].allowed(domain) if answer not in {NO_INFORMATION, "no meta-analysis"}]
    worse = data.draw(st.sampled_from(answers[answers.index(judgements[domain]) :]))
    before, after = overall(tool, judgements), overall(tool, judgements | {domain: worse})
    assert before is not None
    assert after is not None
    if ranks(tool, before) and ranks(tool, after):
        assert min(ranks(tool, before)) <= min(ranks(tool, after))
        assert max(ranks(tool, before)) <= max(ranks(tool, after))


@given(st.sampled_from(tuple(RiskOfBiasTool)), st.dictionaries(st.text(max_size=20), st.text(max_size=20)))
def test_any_words_can_be_read(tool: RiskOfBiasTool, domains: dict[str, str]) -> None:
    reading = read(tool, domains)
    assert len(reading.judgements) + len(reading.strange) + len(reading.repeated) + len(reading.unclear) == len(domains)


@given(st.sampled_from(tuple(RiskOfBiasTool)))
def test_a_tool_reads_its_own_words(tool: RiskOfBiasTool) -> None:
    table = TOOLS[tool]
    for number, domain in enumerate(table.domains, 1):
        assert [table.domain(name) for name in (domain, f"D{number}", f"Q{number}", str(number))] == [domain] * 4
        assert [table.answer(answer, domain) for answer in table.allowed(domain)] == list(table.allowed(domain))
    assert [table.judgement(word) for word in table.overall] == list(table.overall)


def test_a_long_hostile_word_is_read_at_once() -> None:
    hostile = " risk of" * 20_000
    assert read(ROB2, {hostile: hostile, "D1": hostile}).judgements == {}
    assert not is_score(" " * 100_000 + "1" * 100_000)
