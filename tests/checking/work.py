"""Counts the work of a program in lines run, and the projects of any size that it is counted on.

A line that is run again counts again, so a loop within a loop shows. What happens within one call into C does not: a
search of a list by `in`, or a regular expression over one long value.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from types import FrameType
from typing import Any

from ketreview.checking.examples import Example

Contents = Mapping[str, bytes]
_KEY = re.compile(rb"@\w+\{\s*([^\s,{}]+),")
_ID = re.compile(rb"(?m)^(id: *)(\S+)$")
_TOGETHER = (".bib", ".toml", ".csv")


def lines_run(function: Callable[[], object]) -> int:
    """How many lines of Python run until `function` has ended, and calls into it."""
    count = 0

    def trace(_frame: FrameType, _event: str, _argument: Any) -> Any:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        function()
    finally:
        sys.settrace(before)
    return count


def grows(work: Sequence[int], size: int) -> bool:
    """Whether work on `size`, twice and four times as much input grows well above linearly.

    From the second size to the third, linear work grows twice as much as from the first to the second, n log n a little
    more, quadratic work four times as much. A few lines for each record are let pass.
    """
    first, second, third = work
    return third - second > 3 * max(second - first, 0) + 10 * size


def copies(example: Example, count: int) -> Contents:
    """A project that holds an example many times: under other keys and ids, and with the same words."""
    found: dict[str, bytes] = {}
    keys = {key for file in example.files for key in _KEY.findall(file.data())}
    for number in range(count):
        for file in example.files:
            path = _path(file.path, number)
            data = _renamed(file.data(), keys, number)
            if file.path.endswith(".toml"):
                found[path] = data
            else:
                found[path] = found.get(path, b"") + data
    return found


def _path(path: str, number: int) -> str:
    if path.endswith(_TOGETHER) or number == 0:
        return path
    parts = PurePosixPath(path)
    return str(parts.with_name(f"{parts.stem}-{number}{parts.suffix}"))


def _renamed(data: bytes, keys: Iterable[bytes], number: int) -> bytes:
    """The text with its keys and the id of its review under other names."""
    suffix = b"-%d" % number if number else b""
    for key in keys:
        data = re.sub(rb"(?<![\w-])%s(?![\w-])" % re.escape(key), key + suffix, data)
    return _ID.sub(rb"\g<1>\g<2>" + suffix, data, count=1)
