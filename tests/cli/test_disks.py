"""Real disks: one that fills up at any point, one without room for another file, one that may not be written.

They are small file systems in memory, which only root can mount; elsewhere these tests are skipped, and
`test_killed.py` has every write refused at every step all the same.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.test_killed import APART, COMMANDS, OTHER, PROJECT, said, tree
from tests.killing import Killer
from tests.projects import AS_OF, write

PAGE = 4096
LARGE = {"chapters/large.md": "Seen [@good2020], and much more is said of it.\n" * 2000}
"""Enough to read that an answer is worth keeping."""
CHECK = ("check", *AS_OF)


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mounts a small disk with these options; mounted already, changes them."""
    place = tmp_path / "disk"
    place.mkdir()

    def mounted(options: str) -> Path:
        again = ["-o", f"remount,{options}"] if place.is_mount() else ["-t", "tmpfs", "-o", options, "tmpfs"]
        done = subprocess.run(["mount", *again, str(place)], capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"no file system can be mounted here: {done.stderr.strip()}")
        return place

    yield mounted
    subprocess.run(["umount", str(place)], check=False, capture_output=True)


def fill(root: Path, pages: int) -> Path:
    """A file that leaves room for so many pages."""
    ballast = root / "ballast"
    written = 0
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                written += file.write(bytes(PAGE))
        except OSError:
            file.truncate(max(0, written - pages * PAGE))
    return ballast


def emptied(root: Path) -> None:
    for path in sorted(root.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_disk_fills_up(
    name: str,
    killer: Killer,
    mount: Callable[[str], Path],
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    root, files = mount("size=512k"), OTHER.get(name, PROJECT)
    old = tree(write(tmp_path / "old", files))[0]
    killer.run(write(tmp_path / "new", files), *COMMANDS[name])
    new = tree(tmp_path / "new")[0]
    codes = []
    for pages in range(16):
        emptied(root)
        ballast = fill(write(root, files), pages)
        ended = killer.run(root, *COMMANDS[name])
        ballast.unlink()
        said(ended)
        now, left = tree(root)
        assert not left, (pages, ended)
        assert now in (old, new) or name in APART, (pages, ended)
        assert (now == new) == (ended.code in {0, 1}), (pages, ended)
        assert ended.code in {0, 1} or "no space left on device" in ended.talk
        codes.append(ended.code)
    assert codes[0] == 2
    assert codes[-1] in {0, 1}
    record_property("refusals", codes.count(2))


@pytest.mark.parametrize("name", COMMANDS)
def test_there_is_no_room_for_another_file(name: str, killer: Killer, mount: Callable[[str], Path]) -> None:
    root = write(mount("size=512k"), OTHER.get(name, PROJECT))
    old = tree(root)[0]
    mount(f"nr_inodes={1 + sum(1 for _ in root.rglob('*'))}")
    ended = killer.run(root, *COMMANDS[name])
    assert (ended.code, tree(root)) == (2, (old, set())), ended
    assert "no space left on device" in said(ended) + ended.talk


@pytest.mark.parametrize("name", COMMANDS)
def test_a_disk_may_not_be_written(name: str, killer: Killer, mount: Callable[[str], Path]) -> None:
    root = write(mount("size=512k"), OTHER.get(name, PROJECT))
    old = tree(root)[0]
    mount("ro")
    ended = killer.run(root, *COMMANDS[name])
    said(ended)
    assert tree(root) == (old, set())
    if name.startswith("check --fix"):
        assert "may not be written" in ended.talk
        assert ended.code == 1
    else:
        assert "read-only file system" in ended.talk
        assert ended.code == 2


@pytest.mark.parametrize("options", ["ro", "size=256k"])
def test_a_disk_for_which_nothing_is_kept_gives_the_same_answer(
    options: str, killer: Killer, mount: Callable[[str], Path]
) -> None:
    root = write(mount("size=256k"), PROJECT | LARGE)
    uncached = killer.run(root, *CHECK, "--no-cache")
    fill(root, 0)
    mount(options)
    for _ in range(2):
        ended = killer.run(root, *CHECK)
        assert (ended.code, said(ended), ended.talk) == uncached[:3]


def test_the_cache_killed_at_every_step(
    killer: Killer, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """What a killed run kept changes no answer, and what it left goes away with the next that is kept."""
    root = write(tmp_path, PROJECT | LARGE)
    uncached = killer.run(root, *CHECK, "--no-cache")
    steps = killer.run(root, *CHECK).steps
    kept = [path for path in (root / ".ketreview_cache").iterdir() if path.suffix != ".gitignore"]
    assert kept, "nothing was kept: there is nothing to kill"
    for stop, step in enumerate(steps):
        for path in (root / ".ketreview_cache").iterdir():
            path.unlink()
        assert killer.run(root, *CHECK, stop=stop).code == -9, step
        for _ in range(2):
            ended = killer.run(root, *CHECK)
            assert (ended.code, said(ended), ended.talk) == uncached[:3], step
        killer.run(root, "status", *AS_OF)  # another answer to keep
        assert not list(root.rglob("*.tmp")), step
    record_property("kills", len(steps))
