"""Globs: `*`, `?` and `[…]` stay in a folder, `**` crosses folders; matching takes linear time for any pattern."""

from __future__ import annotations

import fnmatch
import re
from functools import lru_cache
from posixpath import normpath

from ketreview.patterns import regex

_ANY = "**"


def is_glob(pattern: str) -> bool:
    """Whether a pattern can match more than its own path."""
    return any(character in pattern for character in "*?[")


def below(folder: str) -> str:
    """The glob of every file in a folder, at any depth; wildcards in the folder's own name stand for themselves."""
    name = normpath(folder)
    return _ANY if name == "." else re.sub(r"[*?[]", r"[\g<0>]", name) + f"/{_ANY}"


def matches(pattern: str, path: str) -> bool:
    """Whether a glob matches a whole path.

    `**` stands for any number of folders; at the end, for anything below. It is matched as little as possible, and only
    the last one is ever tried again, since what a later one can take an earlier one need not.
    """
    parts = _parts(pattern)
    if not _one(parts[-1], path.rpartition("/")[2]):  # no pattern ends in `**`, and most paths differ there
        return False
    if parts[0] is None and not parts[1:-1]:  # `**/` and a name
        return True
    names = path.split("/")
    part = name = 0
    retry: tuple[int, int] | None = None
    while name < len(names):
        if part < len(parts) and parts[part] is None:
            retry = (part + 1, name)
            part += 1
        elif part < len(parts) and _one(parts[part], names[name]):
            part, name = part + 1, name + 1
        elif retry is not None:
            part, name = retry[0], retry[1] + 1
            retry = (part, name)
        else:
            return False
    return part == len(parts)


def _one(part: re.Pattern[str] | None, name: str) -> bool:
    return part is not None and part.match(name) is not None


@lru_cache(maxsize=512)
def _parts(pattern: str) -> tuple[re.Pattern[str] | None, ...]:
    """The pattern's folders and its file; None for `**`, a run of which is one."""
    words = pattern.split("/")
    if words[-1] == _ANY:
        words.append("*")
    kept = [word for index, word in enumerate(words) if word != _ANY or words[index - 1 : index] != [_ANY]]
    return tuple(None if word == _ANY else regex(fnmatch.translate(_closed(word))) for word in kept)


def _closed(word: str) -> str:
    """A part whose `[` that nothing closes are written as sets: for each, fnmatch seeks to the end."""
    last = word.rfind("]") + 1
    return word[:last] + word[last:].replace("[", "[[]")
