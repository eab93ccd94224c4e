"""The process killed at every step that touches the disk: each file is the old or the new one, and what follows works.

How many steps that are is in the test's output (`pytest -rP`).
"""

from __future__ import annotations

import errno
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.changes.importing.folders import STORE, TOPIC, WORK
from tests.cli.test_import_table import ROB, TABLES
from tests.cli.test_trials import PROJECT as TRIALS
from tests.killing import Ended, Killer
from tests.projects import AS_OF, HEAD, write

LEFT = re.compile(r"\.\d+-\w{8}\.tmp")
JOURNAL = ".ketreview_journal"
SETTINGS = 'bibliography = ["references.bib", "more.bib"]\nchapters = ["chapters/*.md"]\n'
CITES = "[good2020, twin2020, Other2020]"
STUDY = f"studies:\n- {{id: s, design: cohort, state: read, cites: {CITES}}} # ketreview: ignore[KR603] x\n"
PROJECT = {
    "ketreview.toml": SETTINGS,
    "references.bib": "@misc{good2020,\n  title = {Good},\n  year = 2020, year = 2020\n}\n",
    "more.bib": "@misc{twin2020,\n  title = {Good},\n  note = {n}\n}\n\n@misc{other2020}\n\n@misc{z}\n\n@misc{z}\n",
    "reviews/good.yaml": HEAD.format(id="good") + STUDY,
    "reviews/other.yaml": HEAD.format(id="other"),
    "chapters/one.md": "# One\n\nSeen [@good2020; @twin2020; @Other2020].\n",
    "new.bib": "@article{new2021, title = {New work}, author = {Klein, A}, year = {2021}}\n",
    "drafts/good.md": "",
}
FIRST = {"lit/tea/README.md": TOPIC, "lit/tea/green/README.md": WORK, "references.bib": STORE}
"""A project that has no review yet, nor a folder for them."""
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "check --fix": ("check", "--fix", "--unsafe-fixes", *AS_OF),
    "check --fix, one file": ("check", "--fix", "more.bib", "--unsafe-fixes", *AS_OF),
    "refs rename": ("refs", "rename", "good2020", "best2020", "--write"),
    "refs merge": ("refs", "merge", "good2020", "twin2020", "--write"),
    "refs format": ("refs", "format", "--write"),
    "refs add": ("refs", "add", "new.bib", "--to", "references.bib", "--write"),
    "import": ("import", "lit/tea", "--write"),
    "export": ("export", "good", "-o", "drafts/good.md"),
    "export, several": ("export", "good", "other", "-o", "drafts"),
    "check -o": ("check", "-o", "drafts/good.md", *AS_OF),
    "check --write-baseline": ("check", "--write-baseline", *AS_OF),
    "trials import": ("trials", "import", "ctg.json", "--write", *AS_OF),
    "import, a table": ("import", "rob.csv", "--write"),
}
OTHER: Mapping[str, Mapping[str, str | bytes]] = {
    "import": FIRST,
    "trials import": TRIALS,
    "import, a table": {"reviews/tables.yaml": TABLES, "rob.csv": ROB},
}
APART = {"export, several"}
"""What writes files that do not depend on each other, one after the other."""


def tree(root: Path) -> tuple[dict[str, bytes], set[str]]:
    """What each file holds, but for those that only help to write others, which are named apart."""
    found, left = {}, set()
    for path in sorted(path for path in root.rglob("*") if path.is_file() and ".ketreview_cache" not in path.parts):
        name = path.relative_to(root).as_posix()
        if path.name == JOURNAL or LEFT.search(path.name):
            left.add(name)
        else:
            found[name] = path.read_bytes()
    return found, left


def again(template: Path, root: Path) -> Path:
    """A fresh copy of a project."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(template, root)
    return root


def said(ended: Ended) -> str:
    assert "a bug" not in ended.talk
    assert "Traceback" not in ended.talk
    assert not LEFT.search(ended.out)
    return ended.out


@pytest.mark.parametrize("name", COMMANDS)
def test_killed_at_every_step(
    name: str, killer: Killer, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    command = COMMANDS[name]
    template, root = write(tmp_path / "template", OTHER.get(name, PROJECT)), tmp_path / "project"
    whole = killer.run(again(template, root), *command)
    assert whole.code in {0, 1}, whole
    old, new = tree(template)[0], tree(root)[0]
    assert old != new
    assert tree(root)[1] == set()
    found = {
        said(killer.run(again(template, root), "check", *AS_OF)),
        said(_checked_after(killer, template, root, name)),
    }
    for stop, step in enumerate(whole.steps):
        ended = killer.run(again(template, root), *command, stop=stop)
        assert ended.code == -9, (step, ended)
        now, _ = tree(root)
        for path in old.keys() | new.keys() | now.keys():
            assert now.get(path) in (old.get(path), new.get(path)), (step, path)
        checked = killer.run(root, "check", *AS_OF)
        now, _ = tree(root)
        if name not in APART:
            assert now in (old, new), (step, checked.talk)
        assert said(checked) in found, step
        said(killer.run(root, *command))
        assert tree(root)[0] == new, step
        if now != new:
            assert tree(root)[1] == set(), step
    record_property("kills", len(whole.steps))
    print(f"{name}: killed at each of {len(whole.steps)} steps")  # noqa: T201  shown with -rP


def test_what_was_finished_is_said(killer: Killer, tmp_path: Path) -> None:
    template, root = write(tmp_path / "template", PROJECT), tmp_path / "project"
    command = COMMANDS["refs rename"]
    steps = killer.run(again(template, root), *command).steps
    second = [number for number, step in enumerate(steps) if step.startswith("rename ")][1]
    killer.run(again(template, root), *command, stop=second)
    assert tree(root)[1] >= {JOURNAL}
    talk = killer.run(root, "status").talk
    for path in ("references.bib", "reviews/good.yaml"):
        assert f"ketreview: wrote {path}, which an earlier run was killed before it could write\n" in talk
    killer.run(again(template, root), *command, stop=second)
    (root / "references.bib").write_text("mine")
    talk = killer.run(root, "status").talk
    assert "ketreview: references.bib was changed after an earlier run was killed, and lacks its change\n" in talk
    (root / JOURNAL).write_text("mine")
    assert f"ketreview: {JOURNAL} is no journal of a run here; remove it\n" in killer.run(root, "status").talk


def _checked_after(killer: Killer, template: Path, root: Path, name: str) -> Ended:
    killer.run(again(template, root), *COMMANDS[name])
    return killer.run(root, "check", *AS_OF)


ERRORS = (errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO)


@pytest.mark.parametrize("name", COMMANDS)
def test_refused_at_every_step(
    name: str, killer: Killer, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """A full disk, a folder that may not be written, a failing device: all is as it was, or done."""
    command = COMMANDS[name]
    template, root = write(tmp_path / "template", OTHER.get(name, PROJECT)), tmp_path / "project"
    whole = killer.run(again(template, root), *command)
    old, new = tree(template)[0], tree(root)[0]
    for stop, step in enumerate(whole.steps):
        ended = killer.run(again(template, root), *command, stop=stop, fails=ERRORS[stop % len(ERRORS)])
        now, left = tree(root)
        said(ended)
        if name not in APART:
            assert now in (old, new), (step, ended)
        assert (now == new) == (ended.code in {0, 1}), (step, ended)
        assert not left or step.startswith("remove"), (step, ended)
    record_property("refusals", len(whole.steps))


@pytest.mark.parametrize("name", COMMANDS)
def test_files_may_be_no_larger(name: str, killer: Killer, tmp_path: Path) -> None:
    """The system itself refuses to write, in the midst of a file."""
    template, root = write(tmp_path / "template", OTHER.get(name, PROJECT)), tmp_path / "project"
    old = tree(template)[0]
    for largest in (0, 1, 40):
        ended = killer.run(again(template, root), *COMMANDS[name], largest=largest)
        assert (ended.code, tree(root)) == (2, (old, set())), ended
        assert "file too large" in ended.talk
