"""A table of settings to Settings, each fault located."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ketreview.config.finding import MAX_SIZE
from ketreview.config.locating import locate, syntax_span, texts_of
from ketreview.config.profiles import read_profiles
from ketreview.config.settings import (
    BUILD_KEYS,
    CODE_KEYS,
    DEFAULT_INTERVALS,
    DIALECTS,
    FAIL_ON,
    GLOB_KEYS,
    KEYS,
    ONE_FILE,
    TABLE_KEYS,
    Build,
    Settings,
)
from ketreview.diagnostics import Code, Diagnostic, Severity, fault, shown
from ketreview.model.profile import COCHRANE
from ketreview.model.vocabulary import Level
from ketreview.nearest import did_you_mean
from ketreview.source import Source, Span

BAD_SETTING = Code(
    "KR012",
    "bad-setting",
    Severity.ERROR,
    """A setting has an unknown name, a value of the wrong type, or a path that leaves the project.

A misspelt setting is a check that silently does not run. A baseline that is none, or of another version, is reported
with this code too, at its place in that file. The command ends with exit code 2.

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


def read_settings(name: str, data: bytes) -> tuple[Settings, list[Diagnostic]]:
    """The settings that `data` holds, `name` being ketreview.toml, a file like it, or pyproject.toml."""
    if len(data) > MAX_SIZE:
        message = f"the file is larger than {MAX_SIZE >> 20} MiB, which no settings are"
        return Settings(), [fault(BAD_SETTING, Span(Source(name, ""), 0, 0), message)]
    try:
        text = data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        return Settings(), [fault(BAD_SETTING, Span(Source(name, ""), 0, 0), f"not UTF-8 at byte {error.start}")]
    import tomllib  # noqa: PLC0415  needed only where there are settings

    source = Source(name, text)
    try:
        table: Any = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits is a plain ValueError
        return Settings(), [fault(BAD_SETTING, syntax_span(source, str(error)), f"not TOML: {error}")]
    prefix = ""
    if Path(name).name == "pyproject.toml":
        prefix = "tool.ketreview."
        tools = table.get("tool", {})
        table = tools.get("ketreview", {}) if isinstance(tools, dict) else {}
    return _Reader(source, locate(source, prefix)).read(table)


class _Reader:
    """Turns a table into Settings, gathering what is wrong with it."""

    def __init__(self, source: Source, spans: dict[str, Span]) -> None:
        self.source = source
        self.spans = spans
        self.found: list[Diagnostic] = []

    def bad(self, name: str, message: str) -> None:
        outer = name
        while outer not in self.spans and "." in outer:
            outer = outer.rpartition(".")[0]
        span = self.spans.get(outer) or Span(self.source, 0, 0)
        self.found.append(fault(BAD_SETTING, span, message))

    def read(self, table: Any) -> tuple[Settings, list[Diagnostic]]:
        if not isinstance(table, dict):
            self.bad("", "[tool.ketreview] is not a table")
            return Settings(), self.found
        for name in table:
            if name not in KEYS:
                self.bad(name, f"{shown(name)} is not a setting{_nearest(name, KEYS)}")
        values: dict[str, Any] = {}
        for name in GLOB_KEYS:
            if name in table:
                values[name] = tuple(self.paths(name, self.one_or_several(name, table[name])))
        values |= {name: tuple(self.texts(name, table[name])) for name in CODE_KEYS if name in table}
        if "builds" in table:
            values["builds"] = tuple(self.builds(table["builds"]))
        values |= self.read_texts(table)
        tables = {name: self.table(name, table[name]) for name in TABLE_KEYS if name in table}
        values |= self.read_tables(tables)
        if "profile" in table:
            known = tuple(Settings(profiles=values.get("profiles", {})).known_profiles)
            values["profile"] = self.choice("profile", table["profile"], known) or COCHRANE.name
        return Settings(**values, spans=self.spans), self.found

    def read_texts(self, table: dict[str, Any]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, allowed, default in (("dialect", DIALECTS, ""), ("fail-on", FAIL_ON, "error")):
            if name in table:
                values[name.replace("-", "_")] = self.choice(name, table[name], allowed) or default
        if "baseline" in table:
            values["baseline"] = self.file("baseline", table["baseline"])
        return values

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
        if "profiles" in tables:
            values["profiles"] = read_profiles(tables["profiles"], self.bad)
        return values

    def builds(self, value: Any) -> Iterator[Build]:
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.bad("builds", "`builds` is a list of tables, each written `[[builds]]`")
            return
        names: set[str] = set()
        for index, table in enumerate(value):
            place = f"builds.{index}"
            for key in table:
                if key not in BUILD_KEYS:
                    self.bad(f"{place}.{key}", f"{shown(key)} is not a setting of a build{_nearest(key, BUILD_KEYS)}")
            name = table.get("name")
            if not isinstance(name, str) or not name:
                self.bad(f"{place}.name" if "name" in table else place, "a build has a `name`, which is a text")
            elif name in names:
                self.bad(f"{place}.name", f"two builds are named {shown(name)}")
            elif not table.get("roots"):
                self.bad(f"{place}.roots" if "roots" in table else place, f"build {shown(name)} has no `roots`")
            else:
                names.add(name)
                roots, stores = (
                    tuple(self.paths(f"{place}.{key}", table.get(key, []))) for key in ("roots", "bibliography")
                )
                yield Build(name, roots, stores)

    def table(self, name: str, value: Any) -> dict[str, Any]:
        if isinstance(value, dict):
            return value
        self.bad(name, f"{shown(name)} is a table, not {_kind(value)}")
        return {}

    def items(self, name: str, value: Any) -> Iterator[tuple[int, str]]:
        if not isinstance(value, list):
            self.bad(name, f"{shown(name)} is a list of texts, not {_kind(value)}")
            return
        places = texts_of(self.spans[name]) if name in self.spans else iter(())
        for index, item in enumerate(value):
            if isinstance(item, str):
                if (place := next(places, None)) is not None:
                    self.spans[f"{name}.{index}"] = place
                yield index, item
            else:
                self.bad(name, f"{shown(name)} has {_kind(item)} where a text is expected")

    def one_or_several(self, name: str, value: Any) -> Any:
        """The list that a lone text stands for, where it may: an export is mostly one file."""
        return [value] if name == ONE_FILE and isinstance(value, str) else value

    def texts(self, name: str, value: Any) -> Iterator[str]:
        return (item for _, item in self.items(name, value))

    def paths(self, name: str, value: Any) -> Iterator[str]:
        for index, item in self.items(name, value):
            yield from self.inside(f"{name}.{index}", name, item)

    def inside(self, place: str, name: str, item: str) -> Iterator[str]:
        """The path that `item` is, unless it is none inside the project."""
        path = item.removeprefix("./")
        if not path:
            self.bad(place, f"{shown(name)} has an empty path")
        elif path.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", path) or re.match("[A-Za-z]:", path):
            self.bad(place, f"{shown(item)} leaves the project; paths are relative to the project's root")
        else:
            yield path

    def file(self, name: str, value: Any) -> str:
        if not isinstance(value, str):
            self.bad(name, f"`{name}` is the path of a file, not {_kind(value)}")
            return ""
        return next(self.inside(name, name, value), "")

    def choice(self, name: str, value: Any, allowed: tuple[str, ...]) -> str | None:
        if isinstance(value, str) and value in allowed:
            return value
        self.bad(name, f"{shown(name)} is {_shown(value)}; it is one of {', '.join(map(_plain, allowed))}")
        return None

    def choices(self, table: str, values: dict[str, Any], allowed: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        for name, value in values.items():
            choice = self.choice(f"{table}.{name}", value, allowed)
            if choice is not None:
                yield name, choice

    def intervals(self, values: dict[str, Any]) -> Iterator[tuple[str, int]]:
        for name, days in values.items():
            if name not in DEFAULT_INTERVALS:
                self.bad(f"intervals.{name}", f"{shown(name)} has no interval; {' and '.join(DEFAULT_INTERVALS)} have")
            elif isinstance(days, bool) or not isinstance(days, int) or days < 1:
                self.bad(f"intervals.{name}", f"`{name}` is {_shown(days)}; it is a number of days")
            else:
                yield name, days


def _nearest(name: str, known: tuple[str, ...]) -> str:
    return did_you_mean(name, known) or f"; settings are {', '.join(known)}"


def _plain(word: str) -> str:
    """A word that may be set; the name of a project's own profile may be any text."""
    return word if word.isprintable() else shown(word)


def _kind(value: Any) -> str:
    names = {bool: "true or false", str: "a text", int: "a number", float: "a number", list: "a list", dict: "a table"}
    return names.get(type(value), "a date")


def _shown(value: Any) -> str:
    return shown(value) if isinstance(value, str | int | float) else _kind(value)
