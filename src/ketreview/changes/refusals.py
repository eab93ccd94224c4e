"""Why a key cannot be given, and what hides places from a change of keys."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ketreview.changes.change import ChangeError, listed
from ketreview.changes.key_places import NAMING_FIELDS, named_keys, stored
from ketreview.changes.leftovers import mentions
from ketreview.diagnostics import Diagnostic, Severity, shown
from ketreview.linking import Corpus
from ketreview.parsing.file_faults import UNREADABLE_FILE
from ketreview.patterns import regex

_CITABLE = regex(r"[^\s{},%#~\\\"'()=@]+")
_LISTED = 5


def require_citable(key: str) -> None:
    """Ends where no store and no chapter could write a key.

    Raises:
        ChangeError: it is none.
    """
    if not _CITABLE.fullmatch(key) or not key.isprintable():
        raise ChangeError(
            f"{shown(key)} is no citation key: it is not empty, and has no blanks and none of {{}},%#~\\\"'()=@"
        )


def require_free(corpus: Corpus, old: str, new: str) -> None:
    """Ends where `new` means something already that is not `old`.

    Raises:
        ChangeError: an entry, an alias or a label has it.
    """
    taken = [entry.key_span for entry in stored(corpus) if entry.key == new]
    if corpus.entry(new) is not None:
        raise ChangeError(
            f"`{new}` is taken ({listed(taken)}); `ketreview refs merge {new} {old}` makes one of the two"
        )
    aliases = [
        span
        for entry in stored(corpus)
        for field in entry.fields
        if field.name == "ids"
        for span in named_keys(entry, field)
        if span.text == new
    ]
    if taken or aliases:
        raise ChangeError(f"`{new}` is taken ({listed(taken + aliases)}); choose another key")
    prefix = new.partition(":")[0]
    prefixes = {key.split(":")[0] for key in corpus.keys if ":" in key}
    for chapter in corpus.chapters:
        kinds = {label.split(":")[0] for label in chapter.labels if ":" in label}
        if new in chapter.labels:
            raise ChangeError(f"`{new}` is a label in {chapter.source.path}, and a chapter cannot tell the two apart")
        if ":" in new and prefix in kinds and prefix not in prefixes:
            raise ChangeError(f"labels in {chapter.source.path} begin with `{prefix}:`; choose another key")


def require_whole(reading: Iterable[Diagnostic], keys: Collection[str]) -> None:
    """Ends where a file could not be read as a whole and may hold places of the keys that are not seen.

    Raises:
        ChangeError: a file with faults of reading has one of `keys` in it, or a file cannot be read at all.
    """
    blocking: dict[str, Diagnostic] = {}
    clear: set[str] = set()
    for finding in reading:
        path = finding.span.path
        if finding.severity is not Severity.ERROR or path in blocking or path in clear:
            continue
        unread = finding.code == UNREADABLE_FILE
        if finding.span.source.text if unread else next(mentions(finding.span.source, keys), None) is None:
            clear.add(path)  # a setting may name what is not there, and a file without the keys hides none
        else:
            blocking[path] = finding
    if blocking:
        words = "; ".join(
            f"{listed([finding.span])}: {finding.message}" for finding in list(blocking.values())[:_LISTED]
        )
        raise ChangeError(f"places may be hidden where files cannot be read whole: mend these first ({words})")


def require_no_self_reference(corpus: Corpus, keep: str, others: Collection[str]) -> None:
    """Ends where an entry would name itself after the merge.

    Raises:
        ChangeError: an entry that stays names one that goes, as its parent or as related.
    """
    found = [
        span
        for entry in stored(corpus)
        if entry.key == keep
        for field in entry.fields
        if field.name in NAMING_FIELDS
        for span in named_keys(entry, field)
        if span.text in others
    ]
    if found:
        raise ChangeError(f"`{keep}` itself names what would be merged into it ({listed(found)}); take that out first")
