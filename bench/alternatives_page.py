"""The section of the page on what else a person would run, side by side with ketreview in one run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import generate
import measure
from tables import clock, number, table

if TYPE_CHECKING:
    from alternatives import Alternative

Shown = Callable[[measure.Runs], str]
_WORDS = """\
What a person would run on a store instead, timed in turn with `ketreview check` in the same run, on the same stores.
ketreview reads the reviews too, links them and runs all its rules; the others read the store alone. Seconds on the
clock: the median, and in brackets the middle half of the runs. A program that takes long is run fewer times, one of
over {enough:.0f} s once.
"""
_COMPARED = """\
Not comparable, or only with care:

- None of the others reads reviews or chapters, so none does all that is timed for ketreview; what each does is said
  above. The generated stores are sound: finding nothing is the same work for all, reporting is not timed.
- bibtex-tidy, biber and bibtool write the store anew, and pandoc writes it in another format: that is in their times.
- papis reads no store. It has a library of its own with one YAML file an entry, and its database is filled in the first
  run, which is not timed.
- bibtool, badness and pandoc are compiled, bibtex-tidy runs on node, biber on Perl. Starting Python is in the times of
  ketreview, bibtexparser and papis.
- bibtexparser is a library: the time is that of a script which parses the store and checks nothing.
"""


def render(by_size: Mapping[int, Sequence[measure.Runs]], names: Sequence[str], tools: Sequence[Alternative]) -> str:
    """The section as Markdown: `names` are the programs to show, of those that were timed."""
    sizes = list(by_size)
    timed = {size: {runs.program.name: runs for runs in by_size[size]} for size in sizes}
    shown = [name for name in names if any(name in timed[size] for size in sizes)]
    header = [""]
    header += [f"{size:,} entries, {generate.review_count(size):,} reviews: s" for size in sizes]
    header += [f"{size:,}: MiB" for size in sizes]
    rows = [
        [name, *_cells(name, timed, clock), *_cells(name, timed, lambda runs: number(runs.peak_mib))] for name in shown
    ]
    parts = ["## Beside other programs\n", _WORDS.format(enough=measure.ENOUGH), table(header, rows)]
    return "\n".join([*parts, "".join(_lines(tools)), _COMPARED])


def _cells(name: str, timed: Mapping[int, Mapping[str, measure.Runs]], show: Shown) -> list[str]:
    return [show(runs[name]) if name in runs else "–" for runs in timed.values()]


def _lines(tools: Sequence[Alternative]) -> Iterator[str]:
    for tool in tools:
        if tool.absent:
            yield f"- {tool.name} was not run: it {tool.absent}.\n"
        else:
            yield f"- {tool.name} {tool.version}, up to {tool.largest:,} entries: {tool.does}. `{tool.shown()}`\n"
