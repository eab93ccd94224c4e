"""Integration as it is seen: an entry in the store, an annotation in the appendix, a citation in a chapter, a file."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from posixpath import basename, dirname, normpath
from typing import Literal, NamedTuple

from ketreview.linking.corpus import Corpus
from ketreview.linking.facts import GUIDE, is_observable
from ketreview.linking.works import names_of
from ketreview.model.citation import Citation
from ketreview.model.integration import Integration
from ketreview.model.review import Review
from ketreview.model.stated import Declared, Identity, ReadingFolder
from ketreview.model.vocabulary import IntegrationKind
from ketreview.patterns import regex
from ketreview.source import Span

_KINDS_OF_FILE = (
    GUIDE,
    regex(r"abstract", re.IGNORECASE),
    regex(r"key[-_ ]?findings", re.IGNORECASE),
    regex(r"notes", re.IGNORECASE),
)
State = Literal["done", "pending", "absent", "unknown"]


class Observed(NamedTuple):
    """What is seen of one item, in a clause, and the place that shows it, if one does.

    `pending` is a part of it done; `unknown` is what cannot be seen.
    """

    state: State
    words: str = ""
    place: Span | None = None


_UNSEEN = Observed("unknown")


def observe(corpus: Corpus, review: Review, item: Integration) -> Observed:
    """What can be seen of an item that a review declares: whether its keys, each and all, have come where it says."""
    if item.kind is IntegrationKind.FILE:
        return file_state(corpus, item.target)
    keys = corpus.cited_by(review)
    if item.kind is IntegrationKind.BIBLIOGRAPHY:
        return _in_store(corpus, item.target, keys)
    if item.kind is IntegrationKind.APPENDIX:
        seen = _counted(keys, corpus.annotated, "annotated in the appendix")
        return (_missing(corpus, item) or seen) if corpus.appendix else _UNSEEN
    chapters = _chapters(corpus, item.target)
    if not chapters:
        return _UNSEEN
    if missing := _missing(corpus, item):
        return missing
    cited = {key for key in keys if any(citation.span.path in chapters for citation in corpus.in_chapters(key))}
    return _counted(keys, cited, f"cited in {_named(chapters)}")


def observe_folder(corpus: Corpus, folder: ReadingFolder, item: Declared) -> Observed:
    """What can be seen of a line in the status of a reading folder: whether its work has come where the line says.

    In a folder of several works, a line on the store that names a key is of that one.
    """
    if item.kind is IntegrationKind.FILE:
        return _file_of(corpus, folder, item)
    identity = folder.identity
    if not (identity.keys or identity.dois or identity.pmids or identity.titles):
        return _key_in_store(corpus, item.key) if item.kind is IntegrationKind.BIBLIOGRAPHY and item.key else _UNSEEN
    keys = list(
        dict.fromkeys([entry.key for entry in corpus.same_work(identity)] + [key.value for key in identity.keys])
    )
    if item.kind is IntegrationKind.BIBLIOGRAPHY:
        return _work_in_store(corpus, keys)
    if item.kind is IntegrationKind.APPENDIX:
        return _work_in_appendix(corpus, keys, identity) if corpus.appendix else _UNSEEN
    chapters = _chapters(corpus, "")
    return _work_in_chapters(corpus, keys, chapters) if chapters else _UNSEEN


def file_state(corpus: Corpus, path: str) -> Observed:
    """Whether a file that a review or a folder names is there, and not empty."""
    size = corpus.sizes.get(path)
    if size is None:
        return Observed("absent", "there is no such file")
    return Observed("done", "the file is there") if size else Observed("absent", "the file is empty")


def _counted(keys: Collection[str], seen: Collection[str], words: str) -> Observed:
    if not keys:
        return _UNSEEN
    number, total = sum(key in seen for key in keys), len(keys)
    if total == 1:
        return Observed("done" if number else "absent", f"its one reference is {'' if number else 'not '}{words}")
    if number == total:
        return Observed("done", f"all of its {total} references are {words}")
    if not number:
        return Observed("absent", f"none of its {total} references is {words}")
    return Observed("pending", f"{number} of its {total} references {'is' if number == 1 else 'are'} {words}")


def _missing(corpus: Corpus, item: Integration) -> Observed | None:
    """That a target named as a file of an appendix or a chapter is not there; a name of a chapter is no file."""
    if is_observable(item) and corpus.sizes.get(item.target) is None:
        return Observed("absent", "there is no such file")
    return None


def _in_store(corpus: Corpus, target: str, keys: Collection[str]) -> Observed:
    store = next((file for file in corpus.bibliography if file.source.path == target), None)
    if store is None:
        found = file_state(corpus, target)
        return found if found.state == "absent" else _UNSEEN
    if not store.complete:
        return _UNSEEN
    if len(corpus.bibliography) == 1:
        return _counted(keys, corpus.store.by_key, f"in {target}")
    own = {key for key in keys if any(entry.source is store.source for entry in corpus.entries_with(key))}
    return _counted(keys, own, f"in {target}")


def _chapters(corpus: Corpus, target: str) -> frozenset[str]:
    """The chapters that a target means: the file or the folder of that path, else all but the appendix."""
    paths = corpus.prose_paths
    place = normpath(target) if target else ""
    own = frozenset(path for path in paths if place and (path == place or path.startswith(f"{place}/")))
    return own or paths


def _named(chapters: frozenset[str]) -> str:
    return next(iter(chapters)) if len(chapters) == 1 else "the chapters"


def _work_in_store(corpus: Corpus, keys: Sequence[str]) -> Observed:
    entry = next((entry for key in keys if (entry := corpus.entry(key)) is not None), None)
    if entry is not None:
        return Observed("done", f"`{entry.key}` is in the store", entry.key_span)
    if not corpus.store_complete:
        return _UNSEEN
    waiting = next((entry for key in keys for entry in corpus.staged_keys.get(key, ())), None)
    if waiting is not None:
        return Observed("pending", f"`{waiting.key}` waits to be merged", waiting.key_span)
    return Observed("absent", "the store has no entry of the work")


def _key_in_store(corpus: Corpus, key: str) -> Observed:
    seen = _work_in_store(corpus, [key])
    return seen._replace(words=f"`{key}` is not in the store") if seen.state == "absent" else seen


def _work_in_appendix(corpus: Corpus, keys: Sequence[str], identity: Identity) -> Observed:
    notes = (*map(corpus.annotated.get, keys), *map(corpus.annotated_names.get, names_of(identity)))
    found = next(filter(None, notes), None)
    if found is not None:
        return Observed("done", "the appendix annotates the work", found.heading.span)
    return Observed("absent", "the appendix does not annotate the work")


def _work_in_chapters(corpus: Corpus, keys: Sequence[str], chapters: frozenset[str]) -> Observed:
    places = (citation for key in keys for citation in corpus.in_chapters(key))
    found: Citation | None = next((citation for citation in places if citation.span.path in chapters), None)
    if found is not None:
        return Observed("done", f"`{found.key}` is cited", found.span)
    return Observed("absent", "no chapter cites the work")


def _file_of(corpus: Corpus, folder: ReadingFolder, item: Declared) -> Observed:
    """A file that a folder's status names by its path, or by what it is; only a guide must be a file of its own."""
    if "." in basename(item.target):
        return _path_of(folder, item.target)
    words = item.span.text
    kind = next((kind for kind in _KINDS_OF_FILE if kind.search(words)), None)
    if kind is None:
        return _UNSEEN
    here = next((path for path in folder.files if kind.search(basename(path))), None)
    if here is not None:
        return Observed("done", f"{basename(here)} is there")
    if kind is not GUIDE or _is_of_elsewhere(item) or any(_is_near(path, folder.path) for path in corpus.guides):
        return _UNSEEN
    return Observed("absent", "there is no guide in the folder")


def _is_of_elsewhere(item: Declared) -> bool:
    """Whether a line may speak of another folder: it has a path, or stands in a summary and no README."""
    summary = not basename(item.span.path).casefold().startswith("readme")
    return summary or "/" in item.span.source.line(item.span.begin.line)


def _is_near(path: str, folder: str) -> bool:
    """Whether a file stands below a folder, or directly in the one above it."""
    return path.startswith(f"{folder}/") or dirname(path) == dirname(folder)


def _path_of(folder: ReadingFolder, target: str) -> Observed:
    paths = {normpath(f"{folder.path}/{target}"), normpath(target)}
    if any(path in paths for path in folder.files):
        return Observed("done", "the file is there")
    if "/" in target:  # of another folder, or of another person's machine
        return _UNSEEN
    return Observed("absent", "there is no such file in the folder")
