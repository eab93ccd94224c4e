"""The annotations of the appendix by the keys and the names of the works that they are about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ketreview.linking.works import names_of
from ketreview.model.entry import Entry
from ketreview.model.stated import Annotation, Identity


def by_key(
    annotations: Iterable[Annotation], same_work: Callable[[Identity], Sequence[Entry]]
) -> dict[str, Annotation]:
    """The first annotation of each key: one that it states, or that of an entry that it names otherwise."""
    found: dict[str, Annotation] = {}
    for annotation in annotations:
        entries = [entry.key for entry in same_work(annotation.identity)]
        for key in [*entries, *(key.value for key in annotation.identity.keys)]:
            found.setdefault(key, annotation)
    return found


def by_name(annotations: Iterable[Annotation]) -> dict[tuple[str, str], Annotation]:
    """The first annotation of each DOI, PMID and title, as `works.names_of` gives them."""
    found: dict[tuple[str, str], Annotation] = {}
    for annotation in annotations:
        for name in names_of(annotation.identity):
            found.setdefault(name, annotation)
    return found
