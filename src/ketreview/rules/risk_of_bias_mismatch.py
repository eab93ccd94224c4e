"""An assessment of the risk of bias is not what its tool gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ketreview.diagnostics import Related, Severity, shown
from ketreview.linking import Corpus
from ketreview.model.study import RiskOfBias, Study
from ketreview.model.vocabulary import RiskOfBiasTool
from ketreview.nearest import did_you_mean
from ketreview.rule import STUDY, Problem, rule

if TYPE_CHECKING:
    from ketreview.appraisal.risk_of_bias import Overall, Reading
    from ketreview.appraisal.risk_of_bias_tools import Tool

_NAMED = 4


@rule("KR514", STUDY, Severity.WARNING)
def risk_of_bias_mismatch(study: Study, corpus: Corpus) -> Iterator[Problem]:
    """The overall risk of bias is not what the tool's own rule makes of the domains, or the words are not the tool's.

    RoB 2 is low if every domain is low, high if one is, else some concerns; several domains with some concerns may be
    raised to high, with the reason in `because`. ROBINS-I is its worst domain, AMSTAR 2 counts flaws in its critical
    items 2, 4, 7, 9, 11, 13 and 15. Domains that are not judged may be anything: only what no judgement of them could
    give is reported. SYRCLE advises against summary scores. Answers are read in any case and as tables abbreviate them
    (`PY`, `NMA`, `Low risk of bias`), domains also by number (`D1`, `q1`). A tool that is not for the study's design is
    an info.

    Bad:

    ```yaml reviews/depression.yaml
    studies:
    - id: anand-2023
      design: randomised_trial
      state: extracted
      risk_of_bias:
      - tool: rob2
        domains: {randomisation: low, deviations: high, missing_data: low, measurement: low, reporting: low}
        overall: some concerns
    ```

    Good:

    ```yaml reviews/depression.yaml
    studies:
    - id: anand-2023
      design: randomised_trial
      state: extracted
      risk_of_bias:
      - tool: rob2
        domains: {randomisation: low, deviations: some concerns, missing_data: low, measurement: low, reporting: low}
        overall: some concerns
    ```
    """
    del corpus
    for assessment in study.risk_of_bias:
        yield from _judged(study, assessment)


def _judged(study: Study, assessment: RiskOfBias) -> Iterator[Problem]:
    from ketreview.appraisal.risk_of_bias import read, unsuited  # noqa: PLC0415  few projects have an assessment
    from ketreview.appraisal.risk_of_bias_tools import TOOLS  # noqa: PLC0415  as above

    tool = TOOLS[assessment.tool]
    reading = read(assessment.tool, assessment.domains)
    yield from _words(assessment, tool, reading)
    yield from _overall(assessment, tool, reading)
    if kind := unsuited(assessment.tool, study.design, study.species):
        message = f"{tool.title} is not meant for {kind}, which {shown(study.id)} is"
        yield Problem(message, assessment.span("tool"), severity=Severity.INFO)


def _words(assessment: RiskOfBias, tool: Tool, reading: Reading) -> Iterator[Problem]:
    """Domains and answers that the tool does not have."""
    for name in reading.strange:
        hint = did_you_mean(name, tool.domains) or f"; it has {', '.join(tool.domains)}"
        yield Problem(f"{shown(name)} is no domain of {tool.title}{hint}", assessment.span(f"domains.{name}"))
    for name in reading.repeated:
        message = f"{shown(name)} is `{tool.domain(name)}` of {tool.title}, which is judged already"
        yield Problem(message, assessment.span(f"domains.{name}"))
    for name in reading.unclear:
        word, allowed = assessment.domains[name], tool.allowed(tool.domain(name))
        message = f"{shown(word)} is no answer of {tool.title} to {shown(name)} ({', '.join(allowed)})"
        yield Problem(message + did_you_mean(word, allowed), assessment.span(f"domains.{name}"))


def _overall(assessment: RiskOfBias, tool: Tool, reading: Reading) -> Iterator[Problem]:
    """An overall judgement that is none of the tool's, or not what its rule gives."""
    from ketreview.appraisal.risk_of_bias import is_score, overall  # noqa: PLC0415  few projects have an assessment

    word, span = assessment.overall, assessment.span("overall")
    if assessment.tool is RiskOfBiasTool.SYRCLE and is_score(word):
        yield Problem(f"{shown(word)} is a score, and SYRCLE advises against one: judge each domain", span)
    given = overall(assessment.tool, reading.judgements)
    if not word or assessment.tool in {RiskOfBiasTool.SYRCLE, RiskOfBiasTool.JBI}:
        return
    stated = tool.judgement(word)
    if not stated:
        message = f"{shown(word)} is no overall judgement of {tool.title} ({', '.join(tool.overall)})"
        yield Problem(message + did_you_mean(word, tool.overall), span)
    elif given and stated not in given.possible and not (stated in given.with_reason and assessment.because):
        related = tuple(
            Related(assessment.span(f"domains.{name}"), f"{tool.domain(name)}: {reading.judgements[tool.domain(name)]}")
            for name in assessment.domains
            if tool.domain(name) in given.deciding and name not in (*reading.repeated, *reading.unclear)
        )
        yield Problem(_message(stated, tool, reading, given), span, related=related)


def _message(stated: str, tool: Tool, reading: Reading, given: Overall) -> str:
    """What is stated, what the tool gives, on what that rests, and how it would be right."""
    names = [f"{name} ({reading.judgements[name]})" for name in given.deciding[:_NAMED]]
    more = f" and {len(given.deciding) - _NAMED} more" if len(given.deciding) > _NAMED else ""
    basis = f" for {', '.join(names)}{more}" if names and given.deciding != tuple(tool.domains) else ""
    remedy = "; say why in `because`, or judge it so" if stated in given.with_reason else ""
    return f"`overall` is {stated}, but {tool.title} gives {' or '.join(given.possible)}{basis}{remedy}"
