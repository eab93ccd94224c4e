"""`ketreview export` of tables and data for other programs: robvis, PRISMA2020, FHIR and the studies, written whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ketreview.cli.session import Exit, Refusal, Session
from ketreview.cli.whole_files import write_whole
from ketreview.model.vocabulary import RiskOfBiasTool

if TYPE_CHECKING:
    from ketreview.linking import Corpus
    from ketreview.model.review import Review

UNCHECKED = "not held against the schema of FHIR R5, which needs fhir.resources: pip install 'ketreview[fhir]'"


class Export(NamedTuple):
    """A file: the name that it has in a folder, and what makes its text when it is known where that goes."""

    name: str
    text: Callable[[], str]


def export_data(
    session: Session,
    corpus: Corpus,
    reviews: Sequence[Review],
    to: str,
    tool: RiskOfBiasTool | None,
    folder: Path | None,
    *,
    check: bool,
) -> Exit:
    """Writes what reviews say for another program: one file to stdout or to -o FILE, several to a folder."""
    files = [file for review in reviews for file in _made(session, corpus, review, to, tool)]
    output = session.options.output
    if len(files) > 1 and folder is None:
        names = ", ".join(file.name for file in files)
        one = ", or one --tool" if to == "robvis" else ""
        raise Refusal(f"several files ({names}) need a folder: -o FOLDER/{one}")
    if output is None:
        session.write(files[0].text())
        return Exit.FINE
    return write_whole(
        session, {output if folder is None else folder / file.name: file.text() for file in files}, check=check
    )


def _made(session: Session, corpus: Corpus, review: Review, to: str, tool: RiskOfBiasTool | None) -> Iterator[Export]:
    if to == "robvis":
        yield from _robvis(corpus, review, tool)
    elif to == "prisma":
        yield _prisma(review)
    elif to == "fhir":
        yield Export(f"{review.id}.json", partial(_fhir, session, corpus, review))
    else:
        yield Export(f"{review.id}-studies.csv", partial(_studies, corpus, review))


def _robvis(corpus: Corpus, review: Review, tool: RiskOfBiasTool | None) -> Iterator[Export]:
    """A table for each tool that has assessments.

    Raises:
        Refusal: there are none.
    """
    from ketreview.render.exchange.robvis import render
    from ketreview.reports.risk_of_bias import answer

    found = answer(corpus, [review.id]).assessments
    tools = [name for name in RiskOfBiasTool if any(one.tool == name for one in found) and tool in {None, name}]
    if not tools:
        raise Refusal(f"`{review.id}` has no assessment of the risk of bias{f' with {tool}' if tool else ''}")
    yield from (Export(f"{review.id}-{name.value}.csv", partial(render, name, found)) for name in tools)


def _prisma(review: Review) -> Export:
    """The flow.

    Raises:
        Refusal: the review has none.
    """
    from ketreview.render.exchange.prisma import render

    if review.flow is None:
        raise Refusal(f"`{review.id}` has no `flow`")
    return Export(f"{review.id}-flow.csv", partial(render, review.flow))


def _fhir(session: Session, corpus: Corpus, review: Review) -> str:
    from ketreview.render.data import as_json
    from ketreview.reports.fhir import answer

    found = answer(corpus, review)
    for words in found.left_out:
        session.talk(f"{review.id}: {words}")
    try:
        from fhir.resources.bundle import Bundle
    except ImportError:
        session.talk(f"{review.id}: {UNCHECKED}")
    else:
        Bundle.model_validate(found.bundle)  # one that it refuses is a bug here, and nothing is written
    return as_json(found.bundle)


def _studies(corpus: Corpus, review: Review) -> str:
    from dataclasses import fields

    from ketreview.render.data import as_csv
    from ketreview.reports.studies import StudyAnswer, answer

    columns = (field.name for field in fields(StudyAnswer))
    return as_csv(answer(corpus, [review.id]).studies, columns)
