"""The examples in a code's documentation: small projects that have the fault, and small ones that do not."""

from __future__ import annotations

import re
from datetime import date
from pathlib import PurePosixPath

from ketreview.frozen import frozen
from ketreview.patterns import regex

_HEADING = regex(r"^(Bad|Good):\s*$", re.MULTILINE)
_BLOCK = regex(r"^```(\w+) (\S+)(?: as-of=(\d{4}-\d\d-\d\d))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DEFAULT_AS_OF = date(2026, 11, 20)


@frozen
class ExampleFile:
    """One fenced block: a file of the example's project."""

    language: str
    path: str
    text: str

    def data(self) -> bytes:
        """The file's bytes: a `hex` block is decoded, and a review gets the head that the example leaves out."""
        if self.language == "hex":
            return bytes.fromhex(self.text)
        return (self._head() + self.text).encode()

    def _head(self) -> str:
        path = PurePosixPath(self.path)
        if self.language != "yaml" or path.parts[0] != "reviews" or "schema_version:" in self.text:
            return ""
        head = {"schema_version": "1", "id": path.stem, "title": "A review", "status": "active"}
        return "".join(
            f"{name}: {value}\n" for name, value in head.items() if not re.search(rf"(?m)^{name}:", self.text)
        )


@frozen
class Example:
    """A project of a few files that has the fault (`bad`) or not, and the day it is judged on."""

    bad: bool
    files: tuple[ExampleFile, ...]
    as_of: date


def examples_of(documentation: str) -> tuple[Example, ...]:
    """The examples of a code: all blocks below one `Bad:` or `Good:` are one project."""
    parts = _HEADING.split(documentation)
    return tuple(_example(heading == "Bad", text) for heading, text in zip(parts[1::2], parts[2::2], strict=True))


def _example(bad: bool, text: str) -> Example:
    blocks = list(_BLOCK.finditer(text))
    dates = [date.fromisoformat(block[3]) for block in blocks if block[3]]
    return Example(
        bad, tuple(ExampleFile(*block.group(1, 2, 4)) for block in blocks), max(dates, default=DEFAULT_AS_OF)
    )
