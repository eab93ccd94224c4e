"""Killed at random moments of real runs on a project of many files: `pytest --kills 300` tries more of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

import pytest

from tests.changes.importing.folders import STORE, TOPIC, WORK
from tests.cli.test_killed import APART, PROJECT, again, said, tree
from tests.killing import Killer
from tests.projects import AS_OF, write

CHAPTERS = {
    f"chapters/{number}.md": f"# {number}\n\nSeen [@good2020; @twin2020; @Other2020].\n" for number in range(40)
}
MANY = PROJECT | CHAPTERS
FOLDERS = {"lit/tea/README.md": TOPIC, "references.bib": STORE} | {
    f"lit/tea/green{number}/README.md": WORK for number in range(20)
}
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "check": ("check", *AS_OF),
    "check --fix": ("check", "--fix", "--unsafe-fixes", *AS_OF),
    "refs merge": ("refs", "merge", "good2020", "twin2020", "--write"),
    "refs rename": ("refs", "rename", "good2020", "best2020", "--write"),
    "refs format": ("refs", "format", "--write"),
    "export, several": ("export", "good", "other", "-o", "drafts"),
    "import": ("import", "lit/tea", "--write"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_killed_at_any_moment(
    name: str,
    killer: Killer,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    record_property: Callable[[str, object], None],
) -> None:
    """Each file is the old or the new one, the next run ends what was begun, and what was kept changes no answer."""
    command, random, killed = COMMANDS[name], Random(name), 0
    template, root = write(tmp_path / "template", FOLDERS if name == "import" else MANY), tmp_path / "project"
    killer.run(again(template, root), *command)  # the first is slower
    begun = time.perf_counter()
    whole = killer.run(again(template, root), *command)
    longest = time.perf_counter() - begun
    assert whole.code in {0, 1}, whole
    old, new = tree(template)[0], tree(root)[0]
    for _ in range(request.config.getoption("--kills")):
        ended = killer.run(again(template, root), *command, after=random.uniform(0, longest))
        killed += ended.code == -9
        for path, data in tree(root)[0].items():
            assert data in (old.get(path), new.get(path)), (path, ended)
        answers = [said(killer.run(root, "check", *AS_OF, *more)) for more in ((), (), ("--no-cache",))]
        assert len(set(answers)) == 1
        assert name in APART or tree(root)[0] in (old, new)
        said(killer.run(root, *command))
        assert tree(root)[0] == new
    record_property("kills", killed)
