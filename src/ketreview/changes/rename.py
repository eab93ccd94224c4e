"""Another key for an entry, at every place in every language at once."""

from __future__ import annotations

from collections.abc import Iterable

from ketreview.changes.change import Change, ChangeError
from ketreview.changes.key_places import key_edits, stored
from ketreview.changes.refusals import require_citable, require_free, require_whole
from ketreview.diagnostics import Diagnostic
from ketreview.edits import Edit
from ketreview.linking import Corpus


def rename(corpus: Corpus, old: str, new: str, *, reading: Iterable[Diagnostic] = ()) -> Change:
    """The change that gives `new` for `old` wherever it is a key: in entries, in fields that name entries, in reviews
    and in chapters.

    A key that is cited and that no entry has can be given the key of an entry: so a citation is repaired. `reading` are
    the faults found while reading.

    Raises:
        ChangeError: `old` is nowhere, `new` is no key or taken, or a place cannot be seen or written.
    """
    entries = [entry for entry in stored(corpus) if entry.key == old]
    if not entries and not corpus.citations_of(old):
        raise ChangeError(f"there is no key `{old}`")
    if new == old:
        raise ChangeError(f"`{new}` is the key that it has")
    require_citable(new)
    require_whole(reading, (old, new))
    if entries or corpus.entry(new) is None:
        require_free(corpus, old, new)
    edits = [*(Edit(entry.key_span, new) for entry in entries), *key_edits(corpus, {old: new})]
    return Change({old: new}, tuple(edits), len(edits), notes=tuple(_notes(corpus, old, new, repaired=not entries)))


def _notes(corpus: Corpus, old: str, new: str, *, repaired: bool) -> Iterable[str]:
    cited = len(corpus.citations_of(new))
    if cited and not repaired:
        yield f"`{new}` is cited already ({cited} time{'' if cited == 1 else 's'}), and will mean this entry"
    if repaired and corpus.entry(new) is None:
        yield f"no entry has the key `{old}`, and none has `{new}`: the citations stay unresolved"
    alike = [key for key in corpus.keys_like(new) if key not in {old, new}]
    if alike:
        yield f"`{new}` differs in case alone from {', '.join(f'`{key}`' for key in alike)}, which BibTeX takes for one"
