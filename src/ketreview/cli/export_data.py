"""`ketreview export --to fhir` and `--to studies-csv`: data for other programs, written whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ketreview.cli.session import Exit, Refusal, Session
from ketreview.cli.whole_files import write_whole

if TYPE_CHECKING:
    from ketreview.linking import Corpus
    from ketreview.model.review import Review

UNCHECKED = "not held against the schema of FHIR R5, which needs fhir.resources: pip install 'ketreview[fhir]'"


def export_data(
    session: Session,
    corpus: Corpus,
    reviews: Sequence[Review],
    to: str,
    folder: Path | None,
    suffix: str,
    *,
    check: bool,
) -> Exit:
    """Writes a file for each review: one to stdout or to -o FILE, several to a folder."""
    if len(reviews) > 1 and folder is None:
        raise Refusal("the data of several reviews need a folder: -o FOLDER/")
    make = _fhir if to == "fhir" else _studies
    texts = {review.id: make(session, corpus, review) for review in reviews}
    output = session.options.output
    if output is None:
        session.write(texts[reviews[0].id])
        return Exit.FINE
    files = {output if folder is None else folder / f"{name}{suffix}": text for name, text in texts.items()}
    return write_whole(session, files, check=check)


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


def _studies(session: Session, corpus: Corpus, review: Review) -> str:
    from dataclasses import fields

    from ketreview.render.data import as_csv
    from ketreview.reports.studies import StudyAnswer, answer

    del session  # nothing to say
    return as_csv(answer(corpus, [review.id]).studies, (field.name for field in fields(StudyAnswer)))
