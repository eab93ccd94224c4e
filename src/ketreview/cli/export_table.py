"""`ketreview export --to robvis` and `--to prisma`: tables for other programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ketreview.cli.session import Exit, Refusal, Session
from ketreview.cli.whole_files import write_whole
from ketreview.model.vocabulary import RiskOfBiasTool

if TYPE_CHECKING:
    from ketreview.linking import Corpus
    from ketreview.model.review import Review


class Table(NamedTuple):
    """A table, and the name that its file has in a folder."""

    name: str
    text: str


def export_tables(
    session: Session,
    corpus: Corpus,
    reviews: Sequence[Review],
    to: str,
    tool: RiskOfBiasTool | None,
    folder: Path | None,
    *,
    check: bool,
) -> Exit:
    """Writes the tables of reviews: one to stdout or to -o FILE, several to a folder."""
    made = _robvis(corpus, reviews, tool) if to == "robvis" else _prisma(reviews)
    tables = list(made)
    output = session.options.output
    if len(tables) > 1 and folder is None:
        names = ", ".join(table.name for table in tables)
        raise Refusal(
            f"several tables ({names}) need a folder: -o FOLDER/{', or one --tool' if to == 'robvis' else ''}"
        )
    if output is None:
        session.write(tables[0].text)
        return Exit.FINE
    paths = [output if folder is None else folder / f"{table.name}.csv" for table in tables]
    return write_whole(session, {path: table.text for path, table in zip(paths, tables, strict=True)}, check=check)


def _robvis(corpus: Corpus, reviews: Sequence[Review], tool: RiskOfBiasTool | None) -> Iterator[Table]:
    """A table for each review and tool that has assessments.

    Raises:
        Refusal: a review has none.
    """
    from ketreview.render.exchange.robvis import render
    from ketreview.reports.risk_of_bias import answer

    for review in reviews:
        found = answer(corpus, [review.id]).assessments
        tools = [name for name in RiskOfBiasTool if any(one.tool == name for one in found) and tool in {None, name}]
        if not tools:
            raise Refusal(f"`{review.id}` has no assessment of the risk of bias{f' with {tool}' if tool else ''}")
        yield from (Table(f"{review.id}-{name.value}", render(name, found)) for name in tools)


def _prisma(reviews: Sequence[Review]) -> Iterator[Table]:
    """The flow of each review.

    Raises:
        Refusal: a review has none.
    """
    from ketreview.render.exchange.prisma import render

    for review in reviews:
        if review.flow is None:
            raise Refusal(f"`{review.id}` has no `flow`")
        yield Table(f"{review.id}-flow", render(review.flow))
