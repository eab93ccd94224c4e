"""A review file to a review."""

from __future__ import annotations

from ketreview.diagnostics import Diagnostic, Related, fault, shown
from ketreview.frozen import frozen
from ketreview.model.record import Record
from ketreview.model.review import ID_KINDS, Review
from ketreview.model.suppression import Suppression
from ketreview.model.walk import within
from ketreview.parsing import yaml_tree
from ketreview.parsing.decode import decode
from ketreview.parsing.decode_usual import decode_usual
from ketreview.parsing.faults import WRONG_VALUE, YAML_SYNTAX
from ketreview.parsing.file_faults import CONFLICT_MARKER, NOT_UTF8
from ketreview.parsing.reading import Context
from ketreview.parsing.suppressions import MARKER
from ketreview.parsing.text import decode_text
from ketreview.parsing.yaml_suppressions import in_yaml
from ketreview.source import Source, Span


@frozen
class ReviewFile:
    """What a review file holds: the review, unless something of it is wrong, and the ids of what had to be left out."""

    source: Source
    review: Review | None
    broken: frozenset[str]
    suppressions: tuple[Suppression, ...]
    diagnostics: tuple[Diagnostic, ...]


def parse_review(path: str, data: bytes) -> ReviewFile:
    """Reads a review from the bytes of a YAML file. Never raises."""
    source, found = decode_text(path, data)
    if any(finding.code in {NOT_UTF8, CONFLICT_MARKER} for finding in found):
        return _unread(source, found)
    if MARKER not in source.text and (usual := decode_usual(Review, source)) is not None:
        return ReviewFile(source, usual, frozenset(), (), ())
    tree, faults = yaml_tree.parse(source)
    found += faults
    if tree is None:
        if not faults:
            found.append(
                fault(YAML_SYNTAX, Span(source, 0, 0), "the file is empty; `ketreview new review` makes a filled one")
            )
        return _unread(source, found)
    context = Context(source)
    review = decode(Review, tree, context)
    if review is not None:
        _check_ids(review, context)
    suppressions = in_yaml(source, tree) if MARKER in source.text else ()
    return ReviewFile(source, review, frozenset(context.broken), suppressions, tuple(found + context.faults()))


def _unread(source: Source, found: list[Diagnostic]) -> ReviewFile:
    return ReviewFile(source, None, frozenset(), (), tuple(found))


def _check_ids(review: Review, context: Context) -> None:
    """Two records of one kind with one id: a reader of the id cannot tell which is meant."""
    first: dict[tuple[str, str], Record] = {}
    for record in within(review):
        name = getattr(record, "id", "")
        kind = ID_KINDS.get(type(record), "")
        if not (name and kind):
            continue
        other = first.setdefault((kind, name), record)
        if other is not record:
            related = Related(other.span("id"), "it is used first here")
            message = f"the id {shown(name)} names another {kind} of this review already"
            context.report(WRONG_VALUE, record.span("id"), message, related=(related,))
