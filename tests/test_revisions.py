"""The files of a git revision are those of a checkout, and reading them runs nothing."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from ketreview import history, pipeline
from ketreview.checking import Selection
from ketreview.config import Settings
from ketreview.files import Files, Unreadable
from ketreview.files import disk as limits
from ketreview.files.revision import RevisionFiles
from ketreview.history import RevisionError
from tests.projects import write
from tests.repositories import commit, git, repository

ROOT = Path(__file__).parent.parent
TREE = {
    "a.bib": "@misc{a}\n",
    "b/c.md": "text\r\n",
    "b/.hidden/d.md": "x",
    "b/ü ö\n.md": "y",
    "out/e.md": "z",
    "b/out/f.md": "z",
    "dir.yaml/g": "",
    "deep/er/h.typ": "w",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    write(root, TREE)
    (root / "link.md").symlink_to("b/c.md")
    (root / "b/up.md").symlink_to("../a.bib")
    (root / "folder").symlink_to("deep")
    (root / "outside.md").symlink_to("../other.md")
    (root / "absolute.md").symlink_to("/etc/passwd")
    (root / "loop.md").symlink_to("loop.md")
    (root / "nowhere.md").symlink_to("none.md")
    return repository(root, {})


PATHS = (
    *TREE, "link.md", "b/up.md", "folder/er/h.typ", "outside.md", "absolute.md", "loop.md", "nowhere.md", "folder",
    "none.md", "b", ".", "../other.md", "./a.bib", "b/../a.bib", "dir.yaml", "nul\0", "a.bib/x",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_reading_is_as_from_disk(project: Path, path: str) -> None:
    now, then = Files(project), Files(project).at("HEAD")
    read, other = now.read(path), then.read(path)
    assert isinstance(other, Unreadable) == isinstance(read, Unreadable)
    if isinstance(read, bytes) or path not in {"nul\0", "a.bib/x", "loop.md", "../other.md", "b/../a.bib"}:
        assert other == read
    assert then.size(path) == now.size(path)


PATTERNS = (
    "**/*.md", "*.md", "b/*", "b/**/*.md", "deep/*/*.typ", "**", "*.yaml", "dir.yaml", "a.bib", "link.md", "folder",
    "none.md", "folder/er/h.typ", "nowhere.md", "out/*.md", ".",
)  # fmt: skip


@pytest.mark.parametrize("exclude", [(), ("out",), ("b/out", ".hidden"), ("o*",), ("deep/*",)])
def test_finding_is_as_on_disk(project: Path, exclude: tuple[str, ...]) -> None:
    patterns = tuple(pattern for pattern in PATTERNS if pattern != "**" or ".git" in exclude)
    now = Files(project, (*exclude, ".git"))
    then = now.at("HEAD")
    assert then.find((*patterns, "**")) == now.find((*patterns, "**"))
    assert list(then.every()) == list(now.every())


def test_what_is_on_disk_plays_no_part(project: Path) -> None:
    shutil.rmtree(project / "b")
    write(project, {"a.bib": "changed", "new.md": "", "d.bib": "@misc{d}"})
    then = Files(project).at("main")
    assert then.read("a.bib") == b"@misc{a}\n"
    assert then.read("b/c.md") == b"text\r\n"
    assert isinstance(then.read("new.md"), Unreadable)
    assert then.size("new.md") is None
    assert then.find(("*.bib",)) == {"*.bib": ("a.bib",)}


def test_a_project_below_the_top_of_its_repository(tmp_path: Path) -> None:
    repository(tmp_path, {"x.bib": "", "sub/a.bib": "@misc{a}", "sub/in/b.bib": ""})
    then = Files(tmp_path / "sub").at("HEAD")
    assert set(then.tree) == {"a.bib", "in/b.bib"}
    assert then.read("a.bib") == b"@misc{a}"
    assert isinstance(then.read("../x.bib"), Unreadable)
    write(tmp_path, {"new/a.bib": ""})
    assert Files(tmp_path / "new").at("HEAD").tree == {}


def test_buffers_stand_in_for_the_revision(project: Path) -> None:
    then = Files(project).at("HEAD")
    edited = RevisionFiles(project, commit=then.commit, tree=then.tree, buffers={"a.bib": b"1", "q.bib": b"22"})
    assert (edited.read("a.bib"), edited.size("q.bib")) == (b"1", 2)
    assert edited.find(("*.bib", "q.bib")) == {"*.bib": ("a.bib", "q.bib"), "q.bib": ("q.bib",)}


def test_same_bytes_are_known_without_reading(project: Path) -> None:
    then = Files(project).at("HEAD")
    assert then.holds("a.bib", b"@misc{a}\n")
    assert not then.holds("a.bib", b"@misc{a}")
    assert not then.holds("none", b"")
    assert not then.holds("link.md", b"b/c.md")


def test_ids_of_a_repository_with_long_ones(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--object-format=sha256")
    commit(tmp_path, {"a.bib": "x"})
    then = Files(tmp_path).at("HEAD")
    assert then.holds("a.bib", b"x")
    assert then.read("a.bib") == b"x"


def test_a_file_that_is_too_large(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ketreview.files.revision.TOO_LARGE", 3)
    assert Files(project).at("HEAD").read("a.bib") == Unreadable(limits.IS_LARGE)


def test_a_whole_project_is_read_as_from_a_checkout(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "reviews", tmp_path / "reviews")
    shutil.copy(ROOT / "references.bib", tmp_path)
    repository(tmp_path, {"chapters/a.typ": "@nobody2020 @klein2020\n"})
    settings = Settings(chapters=("chapters/*.typ",))
    now = Files(tmp_path, settings.exclude)
    then = now.at("HEAD")
    expected, found = (
        pipeline.check(pipeline.read(files, settings, date(2026, 11, 20)), Selection(), files) for files in (now, then)
    )
    assert [finding.order for finding in found] == [finding.order for finding in expected]
    assert found


def test_former_keys_are_those_of_then(tmp_path: Path) -> None:
    repository(tmp_path, {"a.bib": "@misc{one, title = {A}}\n"})
    commit(tmp_path, {"a.bib": "@misc{two, title = {A}}\n"})
    commit(tmp_path, {"a.bib": "@misc{three, title = {A}}\n"})
    assert Files(tmp_path).at("HEAD").former_keys(["two"])["two"].now == "three"
    assert Files(tmp_path).at("HEAD~1").former_keys(["two"]) == {}


REFUSED = {
    "nope": "no commit of this repository",
    "HEAD..main": "no commit of this repository",
    "main:a.bib": "no commit of this repository",
    "": "names no commit",
    " ": "names no commit",
    "a\0b": "names no commit",
    "--help": "no commit of this repository",
    "--all": "no commit of this repository",
    "--output=pwned": "no commit of this repository",
    "-n1": "no commit of this repository",
    "x" * 100_000: "no commit of this repository",
    "HEAD\nmain": "no commit of this repository",
}


@pytest.mark.parametrize(("revision", "reason"), REFUSED.items(), ids=[key[:10] for key in REFUSED])
def test_what_names_no_commit(project: Path, revision: str, reason: str) -> None:
    before = sorted(project.iterdir())
    with pytest.raises(RevisionError, match=reason):
        Files(project).at(revision)
    assert sorted(project.iterdir()) == before


def test_without_a_repository_or_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(RevisionError, match="this is no git repository"):
        Files(tmp_path).at("HEAD")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(RevisionError, match="there is no git on this machine"):
        Files(tmp_path).at("HEAD")


def test_a_repository_without_a_commit(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    with pytest.raises(RevisionError, match="no commit of this repository"):
        Files(tmp_path).at("HEAD")


def test_a_shallow_clone_says_what_to_do(tmp_path: Path) -> None:
    repository(tmp_path / "origin", {"a.bib": ""})
    commit(tmp_path / "origin", {"a.bib": "x"})
    git(tmp_path, "clone", "-q", "--depth", "1", (tmp_path / "origin").as_uri(), "clone")
    assert Files(tmp_path / "clone").at("HEAD").read("a.bib") == b"x"
    with pytest.raises(RevisionError, match="fetch-depth: 0"):
        Files(tmp_path / "clone").at("HEAD~1")


def test_a_partial_clone_fetches_nothing(tmp_path: Path) -> None:
    origin = repository(tmp_path / "origin", {"a.bib": "old"})
    git(origin, "config", "uploadpack.allowFilter", "true")
    commit(origin, {"a.bib": "new"})
    git(tmp_path, "clone", "-q", "--filter=blob:none", origin.as_uri(), "clone")
    clone = tmp_path / "clone"
    git(clone, "config", "protocol.ext.allow", "always")
    git(clone, "config", "remote.origin.url", f"ext::sh -c touch% {tmp_path}/pwned")
    assert Files(clone).at("HEAD").read("a.bib") == b"new"
    with pytest.raises(RevisionError, match="partial"):
        Files(clone).at("HEAD~1")
    assert not (tmp_path / "pwned").exists()


def _sign(root: Path) -> None:
    """Gives the newest commit a signature, which git may be set to have verified by a program."""
    plain = git(root, "cat-file", "commit", "HEAD")
    head, _, message = plain.partition("\n\n")
    signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----"
    done = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--stdin"],
        cwd=root, input=f"{head}\n{signature}\n\n{message}\n".encode(), check=True, capture_output=True,
    )  # fmt: skip
    git(root, "update-ref", "refs/heads/main", done.stdout.decode().strip())


def test_nothing_that_a_repository_configures_is_run(tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/pwned\ncat\n")
    trap.chmod(0o755)
    root = repository(tmp_path / "root", {"a.bib": "@misc{one,}", ".gitattributes": "*.bib diff=x filter=x\n"})
    commit(root, {"a.bib": "@misc{two,}"})
    _sign(root)
    for name in (
        "core.fsmonitor", "core.pager", "diff.external", "diff.x.textconv", "diff.x.command", "filter.x.smudge",
        "filter.x.clean", "filter.x.process", "gpg.program", "core.sshCommand", "core.hooksPath", "core.editor",
    ):  # fmt: skip
        git(root, "config", name, str(trap))
    git(root, "config", "log.showSignature", "true")
    (tmp_path / "pwned").unlink(missing_ok=True)
    then = Files(root).at("HEAD~1")
    assert then.read("a.bib") == b"@misc{one,}"
    assert then.former_keys(["one"]) == {}
    assert Files(root).former_keys(["one"])["one"].now == "two"
    assert not (tmp_path / "pwned").exists()
    git(root, "log", "-1", "-p")
    assert (tmp_path / "pwned").exists(), "the traps are set"


def test_an_object_that_is_gone_is_a_reason(project: Path) -> None:
    then = Files(project).at("HEAD")
    name = then.tree["a.bib"].id
    (project / ".git/objects" / name[:2] / name[2:]).unlink()
    assert isinstance(then.read("a.bib"), Unreadable)
    assert then.read("b/c.md") == b"text\r\n"


def test_git_that_fails_or_hangs_is_a_reason(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RevisionError, match="git says"):
        history.tree_of(project, "0" * 40)
    with pytest.raises(RevisionError, match="git cannot be run"):
        history.commit_of(project, "x" * 3_000_000)
    shutil.rmtree(project / ".git/objects")
    with pytest.raises(RevisionError, match=r"git"):
        history.contents(project, ["0" * 40])
    assert history.contents(project, []) == {}
    slow = project / "git"
    slow.write_text("#!/bin/sh\nexec sleep 20\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{project}:/usr/bin:/bin")
    monkeypatch.setattr(history, "_SECONDS", 0.2)
    assert history.head(project) == ""
    monkeypatch.setattr(history, "_SECONDS_TO_READ", 0.2)
    with pytest.raises(RevisionError, match="took more than"):
        history.tree_of(project, "HEAD")
