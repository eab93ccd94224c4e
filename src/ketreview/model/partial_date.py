"""A date that may lack its day or its month, as registries and journals print it."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from ketreview.frozen import frozen
from ketreview.patterns import regex

SHAPE = "(?!0000)[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
"""Its form as a pattern, which cannot know how long a month is."""
_SHAPE = regex(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@frozen(order=True)
class PartialDate:
    """A year, a month (`2026-01`) or a day (`2026-01-29`); 0 stands for what is not known."""

    year: int
    month: int = 0
    day: int = 0

    @classmethod
    def parse(cls, text: str) -> PartialDate | None:
        """The date that `text` writes as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; None if it is none."""
        match = _SHAPE.fullmatch(text)
        if match is None:
            return None
        year, month, day = (int(part) if part else None for part in match.groups())
        try:
            date(year or 0, month if month is not None else 1, day if day is not None else 1)
        except ValueError:
            return None
        return cls(year or 0, month or 0, day or 0)

    def __str__(self) -> str:
        return f"{self.year:04}" + (f"-{self.month:02}" if self.month else "") + (f"-{self.day:02}" if self.day else "")

    def earliest(self) -> date:
        """The first day it may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> date:
        """The last day it may mean."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])
