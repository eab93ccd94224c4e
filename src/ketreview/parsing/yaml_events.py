"""The events of a YAML text, by libyaml through PyYAML."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # a PyYAML built without libyaml reads the same, slower
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]  # a class of the same methods

# They are typed loosely, as PyYAML's stubs let a mark be None.
SCALAR: Any = yaml.ScalarEvent
MAPPING: Any = yaml.MappingStartEvent
MAPPING_END: Any = yaml.MappingEndEvent
SEQUENCE: Any = yaml.SequenceStartEvent
SEQUENCE_END: Any = yaml.SequenceEndEvent
BEGINNINGS = frozenset({MAPPING, SEQUENCE})
ENDS = frozenset({MAPPING_END, SEQUENCE_END})

# Gives the next event at each call, and None behind the last.
NextEvent = Callable[[], Any]

_MOST_REPEATED = 1000
"""Events that aliases may repeat; with more, it is for the tree to say whether they expand too far."""


def events(text: str) -> NextEvent:
    """The events of a text; raises at once where it has a character that YAML forbids."""
    # CParser counts characters only for text, and stops at a character that YAML forbids without its offset.
    if (match := yaml.reader.Reader.NON_PRINTABLE.search(text)) is not None:
        raise yaml.reader.ReaderError("", match.start(), match.group(), "", "not allowed")
    return _Loader(text).get_event


def usual_events(text: str) -> NextEvent:
    """The same where no offset of such a character is needed, with those of a node again in the place of its alias."""
    next_event = _Loader(text).get_event
    return _with_aliases(next_event).__next__ if "*" in text else next_event


def _with_aliases(next_event: NextEvent) -> Iterator[Any]:
    """An alias stays what it is where what it names is not kept.

    `past` are the events since the outermost node began that has an anchor, `opened` the collections in it that have
    not ended, with the number of their first event.
    """
    past: list[Any] = []
    opened: list[tuple[str | None, int]] = []
    anchors: dict[str | None, list[Any]] = {}
    left = _MOST_REPEATED
    while (event := next_event()) is not None:
        events = [event]
        kind = type(event)
        if kind is yaml.AliasEvent and len(anchors.get(event.anchor, ())) <= left:
            events = anchors.get(event.anchor, events)
            left -= len(events)
        elif kind in BEGINNINGS and (opened or event.anchor is not None):
            opened.append((event.anchor, len(past)))
            anchors.pop(event.anchor, None)
        elif kind is SCALAR and event.anchor is not None:
            anchors[event.anchor] = events
        if opened:
            past += events
            if kind in ENDS:
                anchor, first = opened.pop()
                anchors[anchor] = past[first:]
            if not opened or len(past) > _MOST_REPEATED:
                past, opened = [], []
        yield from events
