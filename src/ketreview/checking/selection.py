"""Which codes a run reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ketreview.config import Settings
from ketreview.diagnostics import Code, Diagnostic, Severity
from ketreview.frozen import field, frozen
from ketreview.globs import matches

ALL = "ALL"


@frozen
class Selection:
    """Codes, or beginnings of codes (`KR6`), that are reported or not; the longer one wins, and `ignore` wins a tie."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, settings: Settings, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> Selection:
        """The settings' selection; `select` replaces theirs, `ignore` adds to it."""
        return cls(
            tuple(select) or settings.select,
            (*settings.ignore, *ignore),
            settings.severity,
            settings.per_file_ignores,
        )

    def selects(self, code: Code) -> bool:
        """Whether findings of `code` are reported at all. What is found while reading always is."""
        if code.reading:
            return True
        chosen = _longest(code.id, self.select) if self.select else 0
        ignored = _longest(code.id, self.ignore)
        if chosen < 0 or ignored >= max(chosen, 0):
            return False
        return code.default or chosen == len(code.id) or ALL in self.select

    def selects_at(self, code: Code, path: str) -> bool:
        """Whether a finding of `code` in the file at `path` is reported."""
        return code.reading or not any(
            matches(glob, path) and _longest(code.id, codes) >= 0 for glob, codes in self.per_file_ignores.items()
        )

    def idle_ignores(self, found: Sequence[Diagnostic], codes: Iterable[Code]) -> Iterator[str]:
        """The patterns of `per_file_ignores` that leave nothing out, where this run could find all that they name."""
        codes = [code for code in codes if not code.reading]
        for glob, names in self.per_file_ignores.items():
            meant = [code for code in codes if _longest(code.id, names) >= 0]
            if meant and all(self.selects(code) or not code.default for code in meant):
                left_out = (one for one in found if _longest(one.code.id, names) >= 0 and not one.code.reading)
                if not any(matches(glob, one.span.path) for one in left_out):
                    yield glob

    def severity_of(self, finding: Diagnostic) -> Severity:
        """The severity of a finding: as the settings say for its code, but no worse than the finding allows."""
        setting = self.severity.get(finding.code.id)
        if setting is None or finding.code.reading:
            return finding.severity
        return max(setting, finding.ceiling, key=lambda severity: severity.rank)


def _longest(code: str, prefixes: Iterable[str]) -> int:
    """The length of the longest of `prefixes` that `code` begins with; -1 if there is none."""
    return max(
        (0 if prefix == ALL else len(prefix) for prefix in prefixes if prefix == ALL or code.startswith(prefix)),
        default=-1,
    )
