"""The risk of bias of each study: judged by domain, stated as a whole, and what the tool's own rule gives."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from ketreview.appraisal.risk_of_bias import overall, read
from ketreview.appraisal.risk_of_bias_tools import TOOLS, Tool
from ketreview.document import Block, Column, Document, Heading, Item, Items, Line, Paragraph, Table, Text, Tone, line
from ketreview.frozen import frozen
from ketreview.linking import Corpus
from ketreview.model.review import Review
from ketreview.model.study import RiskOfBias, Study
from ketreview.model.vocabulary import RiskOfBiasTool


@frozen
class AssessmentAnswer:
    """One assessment.

    `domains` are all of the tool's, in its order, each with its judgement, or null where there is none in the tool's
    words. `possible` are the overall judgements that the tool's rule does not exclude, `computed` the one that it
    gives; both are null where the tool has no rule. `agrees` says whether the stated one is among them, or is raised
    with a reason.
    """

    review: str
    study: str
    tool: str
    result: str | None
    domains: Mapping[str, str | None]
    overall: str | None
    computed: str | None
    possible: tuple[str, ...] | None
    agrees: bool | None
    because: str | None


@frozen
class RiskOfBiasAnswer:
    """Every assessment, in the order of the reviews and their studies; `assessed` of `studies` have one."""

    version: int
    studies: int
    assessed: int
    assessments: tuple[AssessmentAnswer, ...]


def answer(corpus: Corpus, reviews: Collection[str] = ()) -> RiskOfBiasAnswer:
    """The assessments in all reviews, or in those named."""
    wanted = [review for review in corpus.reviews if not reviews or review.id in reviews]
    studies = [(review, study) for review in wanted for study in review.studies]
    found = tuple(_assessment(review, study, one) for review, study in studies for one in study.risk_of_bias)
    return RiskOfBiasAnswer(1, len(studies), sum(bool(study.risk_of_bias) for _, study in studies), found)


def _assessment(review: Review, study: Study, assessment: RiskOfBias) -> AssessmentAnswer:
    tool = TOOLS[assessment.tool]
    judgements = read(assessment.tool, assessment.domains).judgements
    given = overall(assessment.tool, judgements)
    stated = tool.judgement(assessment.overall) or assessment.overall
    accepted = (*given.possible, *(given.with_reason if assessment.because else ())) if given else ()
    return AssessmentAnswer(
        review=review.id,
        study=study.id,
        tool=assessment.tool.value,
        result=assessment.result or None,
        domains={name: judgements.get(name) for name in tool.domains},
        overall=stated or None,
        computed=(given.judgement or None) if given else None,
        possible=given.possible if given else None,
        agrees=stated in accepted if given and stated else None,
        because=assessment.because or None,
    )


_TONES = {
    **dict.fromkeys(("low", "yes", "include"), Tone.GOOD),
    **dict.fromkeys(("some concerns", "moderate", "unclear", "partial yes", "no information"), Tone.CAUTION),
    **dict.fromkeys(("high", "serious", "critical", "no", "critically low", "exclude"), Tone.BAD),
}
_CONFIDENCE = {"high": Tone.GOOD, "moderate": Tone.GOOD, "low": Tone.CAUTION}
_SHORT = {"some concerns": "some", "moderate": "mod.", "serious": "ser.", "critical": "crit.", "no information": "n.i."}
_HEADS = {"partial yes": "Partly", "no meta-analysis": "No MA", "not applicable": "N/A"}
"""How judgements stand in a column of a domain, and above one of questions, so that the table fits a terminal."""
_QUESTIONS = 8
"""A tool with so many domains asks questions: its table says which were answered how, instead of a column for each."""


def document(answer: RiskOfBiasAnswer, corpus: Corpus) -> Document:
    """For each review and tool a table of judgements in words, what the domains are, and the reasons given."""
    blocks: list[Block] = []
    for review in corpus.reviews:
        mine = [found for found in answer.assessments if found.review == review.id]
        for name, tool in TOOLS.items():
            rows = [found for found in mine if found.tool == name]
            if rows:
                blocks += [Heading(f"{review.title}: {tool.title}"), *_blocks(tool, rows)]
    words = f"{answer.assessed} of {answer.studies} studies are assessed."
    wrong = sum(found.agrees is False for found in answer.assessments)
    words += f" {wrong} overall judgement{'s are' if wrong != 1 else ' is'} not what the tool gives." if wrong else ""
    return Document("Risk of bias", (*blocks, Paragraph(line(Text(words, Tone.BAD if wrong else Tone.MUTED)))))


def _blocks(tool: Tool, rows: list[AssessmentAnswer]) -> Iterator[Block]:
    asks = len(tool.domains) >= _QUESTIONS
    domains = _by_answer(tool, rows) if asks else _by_domain(tool)
    computed = any(found.possible for found in rows)
    columns = [
        _Column(Column("Study", width=2), lambda found: line(Text(found.study, Tone.STRONG))),
        _Column(Column("Result"), lambda found: line(found.result or "—"))
        if any(found.result for found in rows)
        else None,
        *domains,
        _Column(Column("Overall"), lambda found: _stated(tool, found)),
        _Column(Column("Computed"), _computed) if computed else None,
    ]
    kept = [column for column in columns if column is not None]
    cells = tuple(tuple(column.cell(found) for column in kept) for found in rows)
    yield Table(tuple(column.head for column in kept), cells)
    yield Paragraph(line(Text(_legend(tool, rows, asks=asks), Tone.MUTED)))
    reasons = tuple(
        Item(line(Text(_name(found), Tone.STRONG), f": {found.because}")) for found in rows if found.because
    )
    if reasons:
        yield Items(reasons)


class _Column(NamedTuple):
    """A column of a table, and what stands in it."""

    head: Column
    cell: Callable[[AssessmentAnswer], Line]


def _by_domain(tool: Tool) -> Iterator[_Column]:
    """A column for each domain, the traffic light of which is its word."""
    for number, domain in enumerate(tool.domains, 1):
        yield _Column(Column(f"D{number}"), partial(_light, domain=domain))


def _by_answer(tool: Tool, rows: Iterable[AssessmentAnswer]) -> Iterator[_Column]:
    """A column for each answer that was given, with the numbers of its questions; the good ones go first."""
    given = {judgement for found in rows for judgement in found.domains.values()}
    for answer in tool.answers:
        if answer in given:
            head = Column(_HEADS.get(answer, answer.capitalize()), width=1.5, drop=int(answer == tool.answers[0]))
            yield _Column(head, partial(_numbers, answer=answer))


def _light(found: AssessmentAnswer, domain: str) -> Line:
    word = found.domains[domain] or ""
    return line(Text(_SHORT.get(word, word) or "—", _TONES.get(word, Tone.MUTED)))


def _numbers(found: AssessmentAnswer, answer: str) -> Line:
    numbers = [str(number) for number, word in enumerate(found.domains.values(), 1) if word == answer]
    return line(Text(", ".join(numbers) or "—", _TONES.get(answer, Tone.MUTED)))


def _legend(tool: Tool, rows: Iterable[AssessmentAnswer], *, asks: bool) -> str:
    """What the numbers of the domains stand for, and the words that are shortened."""
    parts = [f"{'' if asks else 'D'}{number} {subject}" for number, subject in enumerate(tool.domains.values(), 1)]
    given = {judgement for found in rows for judgement in found.domains.values()}
    parts += [f"{short}: {word}" for word, short in (_HEADS if asks else _SHORT).items() if word in given]
    parts += ["↑: raised, with a reason"] if any(_is_raised(found) for found in rows) else []
    return "; ".join(parts)


def _is_raised(found: AssessmentAnswer) -> bool:
    """Whether the stated judgement is right by its reason alone."""
    return bool(found.agrees) and found.overall not in (found.possible or ())


def _name(found: AssessmentAnswer) -> str:
    return f"{found.study} ({found.result})" if found.result else found.study


def _stated(tool: Tool, found: AssessmentAnswer) -> Line:
    tones = _TONES | _CONFIDENCE if tool is TOOLS[RiskOfBiasTool.AMSTAR2] else _TONES
    return line(Text(found.overall or "—", tones.get(found.overall or "", Tone.MUTED)))


def _computed(found: AssessmentAnswer) -> Line:
    """What the tool gives, and whether the stated judgement is that; a raised one is marked as such."""
    if found.possible is None:
        return line(Text("—", Tone.MUTED))
    words = found.computed or " or ".join(found.possible)
    if found.agrees is None:
        return line(words)
    if not found.agrees:
        return line(Text(f"{words} ≠", Tone.BAD))
    return line(Text(f"{words} {'↑' if _is_raised(found) else '✓'}", Tone.GOOD))
