"""Regular expressions that are compiled when they are first asked."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

_ASKED = ("match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split", "groups", "groupindex")


def regex(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, but for its time: a run meets hundreds of patterns and asks half of them."""
    return cast("re.Pattern[AnyStr]", _Late(text, flags))


class _Late:
    """A pattern; what it can be asked is taken from the compiled one at once, so that asking costs nothing more."""

    __slots__ = ("flags", "pattern", *_ASKED)

    def __init__(self, text: str | bytes, flags: int) -> None:
        self.pattern = text
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _ASKED:
            raise AttributeError(f"a pattern has no {name!r}")
        compiled = re.compile(self.pattern, self.flags)
        for each in _ASKED:
            setattr(self, each, getattr(compiled, each))
        return getattr(self, name)
