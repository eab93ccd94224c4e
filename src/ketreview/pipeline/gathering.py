"""The files that the settings name, read once each, and what cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from ketreview.config import Settings
from ketreview.config.settings import FILE_KEYS
from ketreview.diagnostics import Diagnostic, fault
from ketreview.files import Files, Unreadable
from ketreview.globs import is_glob
from ketreview.parsing.file_faults import UNREADABLE_FILE
from ketreview.source import whole_file

T = TypeVar("T")


@dataclass(slots=True)
class Gathering:
    """Reads what the settings name. `matches` are the files of each pattern, `absent` what cannot be read."""

    files: Files
    settings: Settings
    extra: Sequence[str]
    matches: Mapping[str, tuple[str, ...]] = field(init=False)
    absent: list[Diagnostic] = field(default_factory=list)
    _named: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        builds = [pattern for build in self.settings.builds for pattern in (*build.roots, *build.bibliography)]
        named = [pattern for key in FILE_KEYS for pattern in self.settings.globs(key)]
        self.matches = self.files.find(tuple(dict.fromkeys([*named, *builds])))
        self._named = frozenset(path for paths in self.matches.values() for path in paths)

    def paths(
        self, name: str, suffixes: tuple[str, ...] = (), *, never: tuple[str, ...] = (), only: bool = False
    ) -> tuple[str, ...]:
        """The files that a setting names, each once, then those with one of `suffixes` from the command line.

        With `only`, files of another extension are left alone: a glob such as `book/**` names pictures too. One that
        ends in `never` is another setting's.
        """
        patterns = self.settings.globs(name)
        named = [path for index, glob in enumerate(patterns) for path in self.matched(f"{name}.{index}", glob)]
        more = [path for path in self.extra if path.endswith(suffixes) and path not in self._named]
        paths = dict.fromkeys([*named, *(path for path in more if not path.endswith(never))])
        return tuple(path for path in paths if not only or path.endswith(suffixes))

    def matched(self, place: str, pattern: str) -> tuple[str, ...]:
        """The files of a pattern that is set at `place`; one that names a file that is not there is noted as absent."""
        found = self.matches[pattern]
        span = self.settings.span(place)
        if not found and not is_glob(pattern) and span is not None:
            self.absent.append(fault(UNREADABLE_FILE, span, f"`{pattern}` cannot be read: there is no such file"))
        return found

    def of_build(self, index: int, name: str) -> Iterator[str]:
        """The files that a setting of a build names, in order; as `matched`."""
        for number, pattern in enumerate(getattr(self.settings.builds[index], name)):
            yield from self.matched(f"builds.{index}.{name}.{number}", pattern)

    def parsed(self, paths: Iterable[str], parse: Callable[[str, bytes], T]) -> list[T]:
        """The files at `paths`, parsed; each one that cannot be read is noted as absent."""
        return [found for path in paths if (found := self.parse_one(path, parse)) is not None]

    def parse_one(self, path: str, parse: Callable[[str, bytes], T]) -> T | None:
        """One file, parsed; None where it cannot be read, which is noted."""
        data = self.files.read(path)
        if isinstance(data, Unreadable):
            self.absent.append(fault(UNREADABLE_FILE, whole_file(path), f"cannot be read: {data.reason}"))
            return None
        return parse(path, data)
