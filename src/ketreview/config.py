"""Settings: read from ketreview.toml or [tool.ketreview], checked and located like everything else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ketreview.diagnostics import Code, Diagnostic, Severity, fault
from ketreview.model.vocabulary import Level, Mode
from ketreview.nearest import did_you_mean
from ketreview.source import Source, Span

BAD_SETTING = Code(
    "KR012",
    "bad-setting",
    Severity.ERROR,
    """A setting has an unknown name, a value of the wrong type, or a path that leaves the project.

A misspelt setting is a check that silently does not run. The command ends with exit code 2.

Bad:

```toml ketreview.toml
bibliograhpy = ["references.bib"]
```

Good:

```toml ketreview.toml
bibliography = ["references.bib"]
```

```bib references.bib
@misc{a, title = {A}}
```
""",
)

DEFAULT_REVIEWS = ("reviews/*.yaml", "reviews/*.yml")
DEFAULT_BIBLIOGRAPHY = ("references.bib",)
DEFAULT_EXCLUDE = (".git", ".venv", "node_modules", "_site")
DEFAULT_INTERVALS: Mapping[str, int] = {Mode.LIVING: 90, Mode.PERIODIC: 365}

_GLOB_KEYS = ("reviews", "bibliography", "chapters", "exclude")
_CODE_KEYS = ("select", "ignore")
_TABLE_KEYS = ("severity", "per-file-ignores", "intervals", "crosswalk")
_KEYS = (*_GLOB_KEYS, *_CODE_KEYS, "fail-on", *_TABLE_KEYS)
_FAIL_ON = ("error", "warning", "never")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a project set. `spans` says where: `reviews`, `reviews.0`, `severity.KR205`, …"""

    reviews: tuple[str, ...] = DEFAULT_REVIEWS
    bibliography: tuple[str, ...] = DEFAULT_BIBLIOGRAPHY
    chapters: tuple[str, ...] = ()
    exclude: tuple[str, ...] = DEFAULT_EXCLUDE
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fail_on: str = "error"
    intervals: Mapping[str, int] = field(default_factory=lambda: DEFAULT_INTERVALS)
    crosswalk: Mapping[str, Level] = field(default_factory=dict)
    spans: Mapping[str, Span] = field(default_factory=dict)

    def span(self, name: str) -> Span | None:
        """Where `name` is set; None for a default."""
        return self.spans.get(name)


def find_settings(start: Path) -> Path | None:
    """The settings file that holds for `start`: the nearest one up from it."""
    for folder in (start, *start.parents):
        own = folder / "ketreview.toml"
        if own.is_file():
            return own
        shared = folder / "pyproject.toml"
        if _holds_settings(shared):
            return shared
    return None


def _holds_settings(path: Path) -> bool:
    """Whether a pyproject.toml has a table for us; one that is broken has, if a line says so."""
    try:
        data = path.read_bytes() if path.is_file() else b""
    except OSError:  # one that may not be read is nobody's settings
        return False
    if b"ketreview" not in data:
        return False
    import tomllib  # noqa: PLC0415  needed only where there may be settings

    try:
        tool = tomllib.loads(data.decode()).get("tool")
    except (ValueError, RecursionError):
        return re.search(rb"^[ \t]*\[tool\.ketreview", data, re.MULTILINE) is not None
    return isinstance(tool, dict) and "ketreview" in tool


def read_settings(name: str, data: bytes) -> tuple[Settings, list[Diagnostic]]:
    """The settings that `data` holds, `name` being ketreview.toml, a file like it, or pyproject.toml."""
    try:
        text = data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        return Settings(), [fault(BAD_SETTING, Span(Source(name, ""), 0, 0), f"not UTF-8 at byte {error.start}")]
    import tomllib  # noqa: PLC0415  needed only where there are settings

    source = Source(name, text)
    try:
        table: Any = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits is a plain ValueError
        return Settings(), [fault(BAD_SETTING, _syntax_span(source, str(error)), f"not TOML: {error}")]
    prefix = ""
    if Path(name).name == "pyproject.toml":
        prefix = "tool.ketreview."
        tools = table.get("tool", {})
        table = tools.get("ketreview", {}) if isinstance(tools, dict) else {}
    return _Reader(source, _locate(source, prefix)).read(table)


def _syntax_span(source: Source, message: str) -> Span:
    match = re.search(r"at line (\d+), column (\d+)", message)
    if match is None:
        return Span(source, len(source.text), len(source.text))
    lines = source.text.split("\n")  # tomllib counts LF alone
    offset = sum(len(line) + 1 for line in lines[: int(match[1]) - 1]) + int(match[2]) - 1
    return Span(source, offset, offset)


_HEADER = re.compile(r"[ \t]*\[\[?([^\[\]\n]+)\]\]?")
_ASSIGNMENT = re.compile(r"[ \t]*((?:[\w-]+|\"[^\"\n]*\"|'[^'\n]*')(?:[ \t]*\.[ \t]*(?:[\w-]+|\"[^\"\n]*\"))*)[ \t]*=")


def _locate(source: Source, prefix: str) -> dict[str, Span]:
    """Where each setting is written, as far as it begins a line; a setting inside another has that one's place."""
    spans: dict[str, Span] = {}
    table = ""
    offset = 0
    for line in source.text.splitlines(keepends=True):
        if match := _HEADER.match(line):
            table = _unquote(match[1]) + "."
            name = table.removesuffix(".")
        elif match := _ASSIGNMENT.match(line):
            name = table + _unquote(match[1])
        else:
            offset += len(line)
            continue
        if name.startswith(prefix):
            spans.setdefault(name[len(prefix) :], Span(source, offset + match.start(1), offset + match.end(1)))
        offset += len(line)
    return spans


def _unquote(key: str) -> str:
    parts = re.findall(r"\"([^\"]*)\"|'([^']*)'|([\w-]+)", key)
    return ".".join(first or second or third for first, second, third in parts)


class _Reader:
    """Turns a table into Settings, gathering what is wrong with it."""

    def __init__(self, source: Source, spans: dict[str, Span]) -> None:
        self.source = source
        self.spans = spans
        self.found: list[Diagnostic] = []

    def bad(self, name: str, message: str) -> None:
        span = self.spans.get(name) or self.spans.get(name.split(".", 1)[0]) or Span(self.source, 0, 0)
        self.found.append(fault(BAD_SETTING, span, message))

    def read(self, table: Any) -> tuple[Settings, list[Diagnostic]]:
        if not isinstance(table, dict):
            self.bad("", "[tool.ketreview] is not a table")
            return Settings(), self.found
        for name in table:
            if name not in _KEYS:
                self.bad(name, f"`{name}` is not a setting{_nearest(name)}")
        values: dict[str, Any] = {}
        for name in _GLOB_KEYS:
            if name in table:
                values[name] = tuple(self.paths(name, table[name]))
        for name in _CODE_KEYS:
            if name in table:
                values[name] = tuple(self.texts(name, table[name]))
        if "fail-on" in table:
            values["fail_on"] = self.choice("fail-on", table["fail-on"], _FAIL_ON) or "error"
        tables = {name: self.table(name, table[name]) for name in _TABLE_KEYS if name in table}
        values |= self.read_tables(tables)
        return Settings(**values, spans=self.spans), self.found

    def read_tables(self, tables: dict[str, dict[str, Any]]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        if "severity" in tables:
            pairs = self.choices("severity", tables["severity"], tuple(Severity))
            values["severity"] = {code: Severity(value) for code, value in pairs}
        if "per-file-ignores" in tables:
            values["per_file_ignores"] = {
                glob: tuple(self.texts(f"per-file-ignores.{glob}", codes))
                for glob, codes in tables["per-file-ignores"].items()
            }
        if "intervals" in tables:
            values["intervals"] = {**DEFAULT_INTERVALS, **dict(self.intervals(tables["intervals"]))}
        if "crosswalk" in tables:
            pairs = self.choices("crosswalk", tables["crosswalk"], tuple(Level))
            values["crosswalk"] = {word.casefold(): Level(value) for word, value in pairs}
        return values

    def table(self, name: str, value: Any) -> dict[str, Any]:
        if isinstance(value, dict):
            return value
        self.bad(name, f"`{name}` is a table, not {_kind(value)}")
        return {}

    def items(self, name: str, value: Any) -> Iterator[tuple[int, str]]:
        if not isinstance(value, list):
            self.bad(name, f"`{name}` is a list of texts, not {_kind(value)}")
            return
        for index, item in enumerate(value):
            if isinstance(item, str):
                self.locate_item(name, index, item)
                yield index, item
            else:
                self.bad(name, f"`{name}` has {_kind(item)} where a text is expected")

    def texts(self, name: str, value: Any) -> Iterator[str]:
        return (item for _, item in self.items(name, value))

    def paths(self, name: str, value: Any) -> Iterator[str]:
        for index, item in self.items(name, value):
            path = item.removeprefix("./")
            if not path:
                self.bad(f"{name}.{index}", f"`{name}` has an empty path")
            elif path.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", path) or re.match("[A-Za-z]:", path):
                message = f"`{item}` leaves the project; paths are relative to the project's root"
                self.bad(f"{name}.{index}", message)
            else:
                yield path

    def locate_item(self, name: str, index: int, item: str) -> None:
        """Finds the item, in its quotes, in its list, so that a finding about it points at it."""
        span = self.spans.get(name)
        if span is not None:
            found = re.compile(f"([\"']){re.escape(item)}\\1").search(self.source.text, span.end)
            if found:
                self.spans[f"{name}.{index}"] = Span(self.source, found.start() + 1, found.end() - 1)

    def choice(self, name: str, value: Any, allowed: tuple[str, ...]) -> str | None:
        if isinstance(value, str) and value in allowed:
            return value
        self.bad(name, f"`{name}` is {_shown(value)}; it is one of {', '.join(allowed)}")
        return None

    def choices(self, table: str, values: dict[str, Any], allowed: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        for name, value in values.items():
            choice = self.choice(f"{table}.{name}", value, allowed)
            if choice is not None:
                yield name, choice

    def intervals(self, values: dict[str, Any]) -> Iterator[tuple[str, int]]:
        for name, days in values.items():
            if name not in DEFAULT_INTERVALS:
                self.bad(f"intervals.{name}", f"`{name}` has no interval; {' and '.join(DEFAULT_INTERVALS)} have")
            elif isinstance(days, bool) or not isinstance(days, int) or days < 1:
                self.bad(f"intervals.{name}", f"`{name}` is {_shown(days)}; it is a number of days")
            else:
                yield name, days


def _nearest(name: str) -> str:
    return did_you_mean(name, _KEYS) or f"; settings are {', '.join(_KEYS)}"


def _kind(value: Any) -> str:
    names = {bool: "true or false", str: "a text", int: "a number", float: "a number", list: "a list", dict: "a table"}
    return names.get(type(value), "a date")


def _shown(value: Any) -> str:
    return f"`{value}`" if isinstance(value, str | int | float) else _kind(value)
