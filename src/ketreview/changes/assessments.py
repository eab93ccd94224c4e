"""Assessments of the risk of bias from a table, added to the studies of a review that its rows name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ketreview.appraisal.risk_of_bias import read
from ketreview.appraisal.risk_of_bias_tools import TOOLS
from ketreview.changes.review_edits import ReviewEdits
from ketreview.changes.yaml_values import Fields
from ketreview.diagnostics import shown
from ketreview.edits import Edit
from ketreview.frozen import frozen
from ketreview.linking import Corpus
from ketreview.linking.grouping import grouped
from ketreview.linking.works import first_author
from ketreview.model.review import Review
from ketreview.model.study import RiskOfBias, Study
from ketreview.model.vocabulary import RiskOfBiasTool
from ketreview.nearest import did_you_mean
from ketreview.parsing.exchange.robvis import Assessed, Left
from ketreview.patterns import regex


@frozen
class Addition:
    """A row that becomes an assessment of a study."""

    line: int
    study: Study
    fields: Fields


@frozen
class Additions:
    """What becomes of the rows of a table: added, there already, or left with the reason."""

    added: tuple[Addition, ...]
    known: int
    left: tuple[Left, ...]

    def edits(self) -> tuple[Edit, ...]:
        """The edits that add them.

        Raises:
            ChangeError: a study is written in a way that is not edited.
        """
        if not self.added:
            return ()
        review = ReviewEdits(self.added[0].study.where.source)
        for study, items in grouped((addition.study, addition.fields) for addition in self.added).items():
            review.record(study).append("risk_of_bias", items)
        return review.edits()


def planned(
    corpus: Corpus, review: Review, rows: Sequence[Assessed], tool: RiskOfBiasTool, outcome: str, file: str
) -> Additions:
    """What the rows of a table add to a review.

    A row is of the study that its name is the id, a citation key, the printed reference, or the first author and year
    of; behind the name may stand `: OUTCOME`. An assessment with the same tool for the same outcome is not replaced.
    """
    names = _names(corpus, review)
    outcomes = [item.id for item in review.question.outcomes] if review.question else []
    added: list[Addition] = []
    left: list[Left] = []
    known = 0
    for row in rows:
        name, result = _parted(row.study, outcomes, outcome)
        found = list(dict.fromkeys(names.get(normal(name), ())))
        if len(found) != 1:
            left.append(Left(row.line, _unfound(name, found, review)))
            continue
        state = _state(row, found[0], tool, result, added)
        if state == "new":
            added.append(Addition(row.line, found[0], _fields(row, tool, result, file)))
        elif state:
            left.append(Left(row.line, f"{shown(found[0].id)} {state}"))
        else:
            known += 1
    return Additions(tuple(added), known, tuple(left))


def normal(name: str) -> str:
    """A study's name as it is compared: letters and digits alone, without accents, `et al.` and what is in brackets."""
    text = unicodedata.normalize("NFKD", _BRACKETS.sub(" ", name)).casefold()
    plain = "".join(letter for letter in text if not unicodedata.combining(letter))
    return "".join(_WORDS.findall(_ET_AL.sub(" ", plain)))


_BRACKETS = regex(r"\[[^\[\]]*\]")
_ET_AL = regex(r"\bet\.? al\b")
_WORDS = regex(r"[^\W_]+")


def _names(corpus: Corpus, review: Review) -> Mapping[str, Sequence[Study]]:
    """The studies by what a row may call them."""
    return grouped((normal(name), study) for study in review.studies for name in _names_of(corpus, study) if name)


def _names_of(corpus: Corpus, study: Study) -> Iterator[str]:
    yield study.id
    yield study.reference
    for key in study.cites:
        yield key
        entry = corpus.entry(key)
        if entry is not None:
            year = (entry.get("year") or entry.get("date"))[:4]
            yield f"{first_author(entry)} {year}" if year else ""


def _parted(name: str, outcomes: Iterable[str], outcome: str) -> tuple[str, str]:
    """A row's study and its outcome: the one behind the name, else the one that is given for all."""
    study, colon, result = name.rpartition(":")
    return (study, result.strip()) if colon and result.strip() in outcomes else (name, outcome)


def _unfound(name: str, found: Sequence[Study], review: Review) -> str:
    if found:
        return f"{shown(name)} may be {' or '.join(study.id for study in found)}"
    hint = did_you_mean(name, [study.id for study in review.studies])
    return f"`{review.id}` has no study {shown(name)}{hint}"


def _state(row: Assessed, study: Study, tool: RiskOfBiasTool, result: str, added: Iterable[Addition]) -> str:
    """`new`, nothing where the same is there, or why it is not added."""
    if any(addition.study is study and addition.fields.get("result", "") == result for addition in added):
        return "is in the table twice"
    mine = [one for one in study.risk_of_bias if one.tool is tool and result in {"", one.result}]
    if any(_is_same(row, one) for one in mine):
        return ""
    same = [one for one in mine if one.result == result]
    if not same:
        return "new"
    return f"has another assessment with {TOOLS[tool].title}{f' for {result}' if result else ''} at line " + ", ".join(
        str(one.span().begin.line) for one in same
    )


def _is_same(row: Assessed, assessment: RiskOfBias) -> bool:
    """Whether a row says what an assessment says; a table need not have the whole, nor for which outcome it is."""
    tool = TOOLS[assessment.tool]
    whole = tool.judgement(assessment.overall) or assessment.overall
    return read(assessment.tool, assessment.domains).judgements == row.domains and row.overall in {"", whole}


def _fields(row: Assessed, tool: RiskOfBiasTool, result: str, file: str) -> Fields:
    """The assessment as it is written, with the place that it comes from."""
    fields: dict[str, str | Mapping[str, str]] = {"tool": tool.value}
    fields |= {"result": result} if result else {}
    fields |= {"domains": row.domains} if row.domains else {}
    fields |= {"overall": row.overall} if row.overall else {}
    return fields | {"note": f"{file}, line {row.line}"}
