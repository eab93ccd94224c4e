"""What is wrong with an export of retractions (KR014), gathered while it is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from ketreview.diagnostics import Diagnostic, Severity, fault, shown
from ketreview.parsing.file_faults import reading_fault
from ketreview.source import BYTE_ORDER_MARK, Source, Span, whole_file

RETRACTIONS_SYNTAX = reading_fault(
    "KR014",
    "retractions-syntax",
    """A file that the setting `retractions` names is no export of Retraction Watch, or has rows that cannot be read.

Of the papers in what is not read nothing can be said, neither that they were retracted nor that they were not. A file
that is none is an error: another header, a page that came instead of the download, no text at all. Rows that are broken
are a warning, the first ones by their places: quotes that are not closed, fewer or more cells than the header, a kind
of notice that is not known. Bytes that are not UTF-8 are no fault, since exports have them.

Bad:

```toml ketreview.toml
retractions = "retractions.csv"
```

```text retractions.csv
<!DOCTYPE html>
<title>Sign in</title>
```

Good:

```toml ketreview.toml
retractions = "retractions.csv"
```

```text retractions.csv
Record ID,Title,RetractionDate,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,Reason
1,An invented paper,8/16/2023 0:00,10.1000/182,0,Retraction,+Error in Data;
```
""",
)
MOST_ROWS = 1_000_000
TOO_LONG = "too long"
"""What stands for a row that has no end in sight."""
_TOLD = 3
_GIVEN_UP = 1000
_REASONS = {
    "field larger": "a quotation mark is not closed, or a cell is longer than 131,072 characters",
    TOO_LONG: "it is longer than a megabyte",
    "unexpected end": "a quotation mark is not closed before the file ends",
    "new-line character": "its lines end with bare carriage returns; save it with LF or CRLF",
}
_LEAD = 80


class Faults:
    """Gathers what is wrong with one export. Of rows that are wrong in one way the first ones are told, and a count."""

    def __init__(self, path: str, data: bytes) -> None:
        self._path, self._data = path, data
        self._counts: Counter[str] = Counter()
        self._last: dict[str, int] = {}
        self._found: list[Diagnostic] = []

    @property
    def found(self) -> tuple[Diagnostic, ...]:
        """What was found."""
        return tuple(self._found)

    def all(self) -> tuple[Diagnostic, ...]:
        """What was found; where not all is told, the last of a kind says how many more there are."""
        for kind, index in self._last.items():
            more = self._counts[kind] - _TOLD
            if more > 0:
                finding = self._found[index]
                words = f"{finding.message}; so {'is' if more == 1 else 'are'} {more:,} more"
                self._found[index] = replace(finding, message=words)
        return self.found

    def of_file(self) -> bool:
        """Whether the file is no text, which is told."""
        wide = self._data.startswith((b"\xff\xfe", b"\xfe\xff"))
        if wide or b"\0" in self._data:
            why = "it is UTF-16; save it as UTF-8" if wide else f"byte {self._data.index(0)} is NUL"
            self._found.append(
                fault(RETRACTIONS_SYNTAX, whole_file(self._path), f"not a text file, and not read: {why}")
            )
        return bool(self._found)

    def no_export(self, header: Sequence[str], needed: Sequence[str]) -> None:
        """The first row is no header of an export."""
        if any(finding.severity is Severity.ERROR for finding in self._found):
            return
        if not self._data.strip():
            why = "it is empty"
        elif self._found:
            why = self._found.pop().message.replace("this row", "its first line", 1)
        elif any(";" in name or "\t" in name for name in header) and any(needed[0] in name for name in header):
            why = "its columns are not parted by commas"
        else:
            lacking = [name for name in needed if name not in header]
            why = f"its first line has no column {shown(lacking[0] if lacking else needed[0])}"
        message = f"this is no export of Retraction Watch: {why}; nothing was looked up in it"
        self._found.append(fault(RETRACTIONS_SYNTAX, self._line(0), message))

    def no_rows(self) -> None:
        """There is a header, and nothing below it that could be wrong."""
        if self._found:
            return
        message = "the export has no rows: nothing was looked up in it"
        self._found.append(fault(RETRACTIONS_SYNTAX, self._line(0), message))

    def too_many(self, start: int) -> None:
        """The file is larger than any export."""
        self._note("many", start, f"the export has more than {MOST_ROWS:,} rows, and is not read from here on")

    def goes_on_after(self, start: int, error: str) -> bool:
        """Notes a row that cannot be parted into cells; says whether reading on makes sense."""
        why = next((words for begin, words in _REASONS.items() if error.startswith(begin)), "its quotes are broken")
        self._note("broken", start, f"this row cannot be read: {why}")
        return self._counts["broken"] < _GIVEN_UP

    def misfit(self, start: int, cells: int, width: int) -> None:
        """A row has not one cell for each column."""
        self._note("misfit", start, f"this row has {cells} cells where the header has {width}, and is not read")

    def unknown_nature(self, start: int, nature: str, known: Sequence[str]) -> None:
        """A row is a notice of another kind."""
        expected = f"it is one of {', '.join(known)}"
        self._note("nature", start, f"RetractionNature is {shown(nature)}, and the row is not read: {expected}")

    def _note(self, kind: str, start: int, message: str) -> None:
        self._counts[kind] += 1
        if self._counts[kind] <= _TOLD:
            self._last[kind] = len(self._found)
            finding = fault(RETRACTIONS_SYNTAX, self._line(start), message)
            self._found.append(replace(finding, severity=Severity.WARNING, ceiling=Severity.WARNING))

    @cached_property
    def _source(self) -> Source:
        return Source(self._path, self._data.removeprefix(BYTE_ORDER_MARK).decode(errors="replace"))

    def _line(self, start: int) -> Span:
        """The beginning of the line at an offset in bytes."""
        before = self._data[:start].removeprefix(BYTE_ORDER_MARK)
        begin = len(before.decode(errors="replace"))
        text = self._source.text
        end = text.find("\n", begin, begin + _LEAD)
        return Span(self._source, begin, end if end >= 0 else min(len(text), begin + _LEAD))
