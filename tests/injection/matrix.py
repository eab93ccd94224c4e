"""The hostile project beside its harmless twin: what is asked about them, and what of the answers is not the twin's."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

from tests.injection.parts import ESCAPES, PARTS, Parts, people
from tests.injection.projects import hostile
from tests.injection.running import TERMINAL, Ended, Runner
from tests.injection.sinks import Sink
from tests.injection.values import VALUES
from tests.projects import write

_MARK = re.compile(r"Q\d+x\d+Q")


def marks(text: str) -> set[str]:
    """Which value came from which place into an output."""
    return set(_MARK.findall(text))


class Matrix:
    """Two projects, and what the answers about them are made of."""

    def __init__(self, runner: Runner, root: Path) -> None:
        self.runner, self.hostile, self.twin = runner, root / "hostile", root / "twin"
        write(self.hostile, hostile().files)
        write(self.twin, hostile(VALUES[:5], twin=True).files)
        self._known = dict(ESCAPES)

    def ask(self, root: Path, sink: Sink) -> Ended:
        done = self.runner.run(
            root, *sink.arguments, terminal=sink.terminal, environment=TERMINAL if sink.terminal else {}
        )
        assert done.code in {0, 1}, done.talk
        assert people(done.talk) == frozenset()
        assert [path for path in done.opened if not self._may_be_read(path, root)] == []
        return done

    def foreign(self, sink: Sink, out: str, twin: Callable[[], str] | None = None) -> list[str]:
        """What stands in an answer and in no answer of the twin; its own is asked for where that may help."""
        try:
            parts = PARTS[sink.format](out)
        except (RuntimeError, ValueError, csv.Error, StopIteration) as error:
            return [f"its parser refuses it: {error}"]
        known = self._known.get(sink.format, frozenset[str]())
        if not parts <= known:
            told = twin() if twin else self.ask(self.twin, sink).out
            known |= PARTS[sink.format](told)
            self._known[sink.format] = known
        return sorted(parts - known)

    def _may_be_read(self, path: str, root: Path) -> bool:
        return Path(path).is_relative_to(root) or self.runner.is_own(path)


__all__ = ["Matrix", "Parts", "marks"]
