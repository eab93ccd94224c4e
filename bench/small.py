"""A small benchmark for CI: ratios of programs timed in turn, which say more of a change than seconds do."""

from __future__ import annotations

import commands
import generate
import measure
import page
from tables import ratio, table

ENTRIES = 1_000
ROUNDS = 7


def ratios(rounds: int) -> str:
    """A table of ratios. Nothing fails here for being slow; a `check` that does not read the project whole does."""
    root = generate.DATA / str(ENTRIES)
    generate.write(root, ENTRIES)
    commands.age(root)
    floors = [commands.small_table(), commands.parse_bib(commands.files(root)[1])]
    own = [commands.verified(program, ENTRIES) for program in (commands.check_anew(root), commands.check_again(root))]
    below, above = (runs := measure.in_turn([*floors, *own], rounds))[:2], runs[2:]
    header = [page.generated(ENTRIES), *(f"× {one.program.name}" for one in below), "memory, MiB"]
    rows = [
        [one.program.name, *(ratio(measure.ratio(one, floor)) for floor in below), f"{one.peak_mib:.0f}"]
        for one in above
    ]
    return table(header, rows)
