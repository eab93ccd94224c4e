"""`ketreview export --to robvis` and `--to prisma`: tables for other programs."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ketreview.cli.session import Exit, Refusal, Session, save
from ketreview.files import reason_of
from ketreview.model.vocabulary import RiskOfBiasTool
from ketreview.render.clean import clean

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
    pairs = list(zip(paths, tables, strict=True))
    if check:
        late = [path for path, table in pairs if _existing(path) != table.text.encode()]
        sys.stdout.write("".join(f"{clean(str(path))}: is not what the reviews say now\n" for path in late))
        return Exit.FINDINGS if late else Exit.FINE
    for path, table in pairs:
        _make_folder(path)
        save(path, table.text)
        session.talk(f"wrote {path}")
    return Exit.FINE


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


def _existing(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError as error:
        raise Refusal(f"cannot read {path}: {reason_of(error)}") from None


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal(f"cannot write {path}: {reason_of(error)}") from None
