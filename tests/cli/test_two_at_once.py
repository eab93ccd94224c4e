"""Two runs on one project: at each step of the one that touches the disk, the other does all its work.

What is on the disk then is what the two would have made one after the other, or one of them alone, if the other says
that it has not done all of its work; and then it can do it again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.test_killed import COMMANDS, OTHER, PROJECT, again, said, tree
from tests.killing import Ended, Killer
from tests.projects import AS_OF, write

PAIRS = (
    ("check --fix", "check --fix"),
    ("check --fix", "refs rename"),
    ("check --fix, one file", "refs format"),
    ("refs format", "check --fix, one file"),
    ("refs merge", "refs rename"),
    ("refs rename", "refs add"),
    ("export", "export"),
    ("export, several", "export, several"),
    ("check -o", "export"),
)

CHECK = ("check", *AS_OF)
CODE = re.compile(r"KR\d{3}")
SEEN = re.compile("open|rename|link|mkdir")
"""Steps that a run beside can see: what is written into a file that has no name yet, nobody sees."""
MIXED = {"KR201", "KR202", "KR203"}
"""Found where one of several files is new already and another is not yet: keys that do not fit."""


def outcome(killer: Killer, template: Path, root: Path, *names: str) -> dict[str, bytes]:
    """What the commands make of a fresh project, one after the other."""
    again(template, root)
    for name in names:
        killer.run(root, *COMMANDS[name])
    return tree(root)[0]


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_one_waits_at_each_step_for_the_other(
    first: str, second: str, killer: Killer, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    template, root = write(tmp_path / "template", PROJECT), tmp_path / "project"
    alone = killer.run(again(template, root), *COMMANDS[first], reading=True)
    both = [outcome(killer, template, root, *names) for names in ((first, second), (second, first))]
    only = {True: outcome(killer, template, root, first), False: outcome(killer, template, root, second)}
    stops = [stop for stop, step in enumerate(alone.steps) if SEEN.match(step)]
    assert len(stops) > 5
    for stop in stops:
        step = alone.steps[stop]
        again(template, root)
        ended = killer.run(root, *COMMANDS[first], stop=stop, meanwhile=COMMANDS[second], reading=True)
        other = Ended(*ended.meanwhile)
        now, left = tree(root)
        said(ended), said(other)
        done, other_done = (run.code in {0, 1} for run in (ended, other))
        assert done or other_done, (step, ended)
        assert not left, step
        if "not fixed:" in ended.talk:
            killer.run(root, *COMMANDS[first])
            now, done = tree(root)[0], True
        assert now in (both if done and other_done else [only[done]]), (step, ended, other)
    record_property("runs", 2 * len(stops))


@pytest.mark.parametrize("name", sorted(COMMANDS.keys() - OTHER.keys()))
def test_what_is_read_meanwhile_is_whole(
    name: str, killer: Killer, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """A check beside a run that writes finds no file that is cut short."""
    template, root = write(tmp_path / "template", PROJECT), tmp_path / "project"
    whole = killer.run(again(template, root), *COMMANDS[name])
    codes = {code for state in (template, root) for code in CODE.findall(killer.run(state, *CHECK).out)}
    stops = [stop for stop, step in enumerate(whole.steps) if SEEN.match(step)]
    for stop in stops:
        step = whole.steps[stop]
        ended = killer.run(again(template, root), *COMMANDS[name], stop=stop, meanwhile=CHECK)
        found = Ended(*ended.meanwhile)
        assert set(CODE.findall(said(found))) <= codes | MIXED, (step, found)
        assert found.code in {0, 1}, (step, found)
    record_property("runs", 2 * len(stops))
