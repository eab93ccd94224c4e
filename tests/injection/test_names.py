"""Hostile names of files and folders, arguments, standard input, settings, git's history, and a baseline."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.injection import reviews
from tests.injection.matrix import marks
from tests.injection.parts import ESCAPES, PARTS, people, signs
from tests.injection.projects import Marks
from tests.injection.running import TERMINAL, Runner
from tests.injection.sinks import choices, commands
from tests.injection.values import VALUES
from tests.projects import GOOD, HEAD, environment, write

Note = Callable[[str, object], None]
ALL = " ".join(value.text for value in VALUES).replace("\x00", "")
GITHUB = {"error", "warning", "notice", "file", "line", "endLine", "title", "col", "endColumn"}
STARTS = [
    value.text.replace("\x00", "") for value in VALUES if value.kind in {"ci", "csv", "paths", "diff", "markdown"}
]


def _name(text: str) -> str:
    """A value as the name of a file, or of a folder and a file."""
    return re.sub(r"[/\x00]|^\.+", "", text)[:80]


def test_names_of_files_and_folders(runner: Runner, tmp_path: Path, record_property: Note) -> None:
    """Beside the values: names that are no text, of Windows' devices, and alike but for case or Unicode form."""
    names = {_name(f"{value.text}Q{number}x0Q") for number, value in enumerate(VALUES)}
    root = _named(
        tmp_path / _name(STARTS[0]), {*names, "\udcff\udc80", "CON", "nul", "é", "e\u0301", "A", "a", "x" * 200}
    )
    twin = _named(tmp_path / "twin", {"plain1", "plain2"})
    reached = 0
    for option, value in choices(commands()["check"], {"output_format"}):
        done, harmless = (runner.run(one, "check", option, value, warm=False) for one in (root, twin))
        reached += len(marks(done.out))
        assert done.code == harmless.code == 1, done.talk
        assert PARTS[value](done.out) <= PARTS[value](harmless.out) | ESCAPES.get(value, frozenset()), value
        assert people(done.talk) == frozenset()
    renaming = ("refs", "rename", "good2020", "b")
    for arguments in (("check",), ("status",), ("refs", "list"), ("refs", "where", "good2020"), renaming):
        done, harmless = (
            runner.run(one, *arguments, warm=False, terminal=True, environment=TERMINAL) for one in (root, twin)
        )
        assert PARTS["terminal"](done.out) <= PARTS["terminal"](harmless.out) | {"sign '\\t'"}, arguments
        reached += len(marks(done.out))
    record_property("injections", reached)


def _named(root: Path, names: set[str]) -> Path:
    """A project with files and folders of these names, in all of which something is found."""
    files: dict[str, str | bytes] = {
        "ketreview.toml": 'reviews = ["**/*.yaml"]\nbibliography = ["**/*.bib"]\nchapters = ["**/*.md"]\n'
    }
    for name in names:
        files |= {
            f"reviews/{name}.yaml": "id: [",
            f"{name}/x.md": "@none",
            f"stores/{name}.bib": "@misc{good2020}@misc{x",
        }
    return write(root, files)


def test_a_diff_of_a_file_with_such_a_name(runner: Runner, tmp_path: Path, record_property: Note) -> None:
    """A name cannot end the line that it stands in: nothing that applies the diff is led to another file."""
    names = [_name(value.text) for value in VALUES]
    files = {
        f"reviews/{name}.yaml": HEAD.format(id=f"r{number}")
        + "studies:\n- {id: s, cites: [good2020], design: cohort, state: read}\n"
        for number, name in enumerate(names)
    }
    root = write(tmp_path, {**GOOD, **files, "ketreview.toml": 'reviews = ["reviews/*"]\n'})
    done = runner.run(root, "refs", "rename", "good2020", "new2020", warm=False)
    assert done.code == 0, done.talk
    assert PARTS["diff"](done.out) == {"--- ", "+++ ", "-", "+", " "}
    assert done.out.count("\n--- ") == len(names)
    heads = [row for row in done.out.split("\n") if row.startswith(("--- ", "+++ "))]
    assert all(re.match(r'(---|\+\+\+) "?[ab]/(references\.bib|reviews/)', row) for row in heads)
    applied = subprocess.run(
        ["git", "apply", "--check", "-"], cwd=root, input=done.raw, capture_output=True, check=False
    )
    assert applied.returncode == 0, applied.stderr.decode()
    record_property("injections", len(names))


_PATHS = [value.text for value in VALUES if value.kind == "paths"]


def _arguments() -> list[tuple[str, tuple[str, ...]]]:
    """Every argument and option of every command that takes a text, with what makes the rest of the line valid."""
    out = []
    for name, command in commands().items():
        free = [
            one
            for one in command.params
            if not getattr(one.type, "choices", None) and not getattr(one, "is_flag", False) and one.name != "help"
        ]
        fixed = [one for one in free if one.param_type_name == "argument"]
        for one in free:
            if name != "status" and one.name in {"root", "config", "as_of", "output"}:
                continue
            words = ["{}" if other is one else "x" for other in fixed]
            option = [] if one in fixed else [f"{one.opts[0]}={{}}"]
            out.append((f"{name} {one.name}", (*name.split(), *option, "--", *words)))
    return out


def test_arguments(runner: Runner, tmp_path: Path, record_property: Note) -> None:
    """What a person, or a script with another's text, gives to the command line: it is told again as text."""
    root, tried = write(tmp_path / "project", GOOD), 0
    for what, line in [*_arguments(), ("an unknown command", ("{}",)), ("an unknown option", ("check", "--{}"))]:
        values = [ALL, *(_PATHS if what.startswith("new ") else [])]
        for value in values:
            done = runner.run(root, *(word.replace("{}", value) if "{}" in word else word for word in line), warm=False)
            tried += len(VALUES)
            assert done.code in {0, 1, 2}, (what, done.talk)
            assert people(done.talk) | people(done.out) == frozenset(), (what, done.talk)
    assert [path.name for path in tmp_path.iterdir()] == ["project"]
    record_property("injections", tried)


PATHS_OF_STDIN = (
    "reviews/x.yaml", "x.bib", "x.md", "x.tex", "x.typ", "x.rst", "x.ipynb", "../x.yaml", "/x.bib", ALL, f"{ALL}.bib",
)  # fmt: skip


def test_standard_input(runner: Runner, tmp_path: Path, record_property: Note) -> None:
    root = write(tmp_path, GOOD)
    told = "\n".join(value.text for value in VALUES)
    for name in PATHS_OF_STDIN:
        asked = ("check", "-", "--stdin-filename", name)
        done = runner.run(root, *asked, warm=False, stdin=told)
        annotated = runner.run(root, *asked, "--output-format", "github", warm=False, stdin=told)
        mended = runner.run(root, *asked, "--fix", "--diff", warm=False, stdin=told)
        assert {done.code, annotated.code, mended.code} <= {0, 1, 2}
        assert people(done.out) | people(done.talk + annotated.talk + mended.talk) == frozenset()
        assert PARTS["github"](annotated.out) <= GITHUB
        assert signs(mended.out.replace("\t", "")) == frozenset()
    record_property("injections", len(VALUES) * len(PATHS_OF_STDIN) * 3)


def test_settings(runner: Runner, tmp_path: Path, record_property: Note) -> None:
    """Every setting with every value, as its name, its value, and an item of it; and text that is no TOML."""
    from ketreview.config.settings import KEYS, TABLE_KEYS  # noqa: PLC0415

    quoted = [json.dumps(value.text).replace("\x7f", "\\u007f") for value in VALUES]
    listed = f"[{', '.join(quoted)}]"
    lines = [f"{name} = 1" for name in quoted]
    lines += [f"{key} = {listed}" for key in KEYS if key not in {*TABLE_KEYS, "builds"}]
    lines += [f"builds = [{', '.join(f'{{name = {name}, {name} = {name}, roots = {listed}}}' for name in quoted)}]"]
    lines += [f"{key} = {{{', '.join(f'{name} = {name}' for name in quoted)}}}" for key in TABLE_KEYS]
    files = {"all.toml": "\n".join(lines) + "\n"}
    files |= {
        f"{number}.toml": f"{value.text}\n"
        for number, value in enumerate(VALUES)
        if value.kind in {"ci", "terminal", "signs"}
    }
    root = write(tmp_path, {**GOOD, **files})
    for name in files:
        done = runner.run(root, "check", "--config", name, warm=False)
        assert done.code == 2
        assert people(done.talk) == frozenset()
        assert done.out == ""
    record_property("injections", len(VALUES) * (len(KEYS) + 1))


def test_history(runner: Runner, tmp_path: Path, record_property: Note) -> None:
    """What git remembers: messages, names of authors, keys that are no more, claims that were otherwise."""
    root, twin = _remembered(tmp_path / "hostile", twin=False), _remembered(tmp_path / "twin", twin=True)
    reached = 0
    for name, arguments in (("diff", ("diff", "HEAD~1")), ("status", ("status", "--history"))):
        for option, value in choices(commands()[name], {"format_"}):
            done, harmless = (runner.run(one, *arguments, option, value, warm=False) for one in (root, twin))
            assert done.code == 0, done.talk
            assert people(done.talk) == frozenset()
            known = PARTS[value](harmless.out) | ESCAPES.get(value, frozenset())
            assert PARTS[value](done.out) <= known, (name, value)
            reached += len(marks(done.out))
    found = runner.run(root, "check", "--select", "KR201", warm=False)
    assert people(found.out) | people(found.talk) == frozenset()
    assert len(marks(found.out)) > len(VALUES) / 2
    record_property("injections", reached + len(marks(found.out)))


def _remembered(root: Path, *, twin: bool) -> Path:
    """A repository of two commits: keys are renamed and claims reworded by the second."""
    marked = Marks(twin)
    puts = [marked.of(number, value.text) for number, value in enumerate(VALUES)]
    keys = [re.sub(r"[\s@(){},=\"#%\\\x00-\x1f]", "", put("former key")) for put in puts]
    store = "".join(f"@misc{{{key}, doi = {{10.1000/h{number}}}}}\n" for number, key in enumerate(keys))
    studies = [
        {"id": f"s{put.number}", "cites": [keys[put.number]], "design": "cohort", "state": "read"} for put in puts
    ]
    told = [
        [{"id": f"c{put.number}", "kind": "gap", "statement": put(place)} for put in puts]
        for place in ("before", "after")
    ]
    said = " ".join(put("message", "\x00") for put in puts)
    author = re.sub(r"[<>\n\r]", "", " ".join(put("author", "\x00") for put in puts))
    root.mkdir()
    _git(root, "init", "-q", "-b", "main")
    for claims, entries in (
        (told[0], store),
        (told[1], re.sub(r"@misc\{[^,]*,", lambda found: f"@misc{{k{found.start()},", store)),
    ):
        review = f"{HEAD.format(id='good')}studies: {reviews.yaml(studies)}\nclaims: {reviews.yaml(claims)}\n"
        write(root, {"references.bib": entries, "reviews/good.yaml": review})
        _commit(root, said, author)
    return root


def _git(root: Path, *arguments: str, **extra: str) -> None:
    subprocess.run(
        ["git", "-c", "commit.gpgsign=false", *arguments],
        cwd=root,
        check=True,
        capture_output=True,
        env=environment(**extra),
    )


def _commit(root: Path, message: str, author: str) -> None:
    names = {
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", author), ("EMAIL", "x@example.org"))
    }
    (root.parent / "message").write_text(message, "utf-8", "replace")
    _git(root, "add", "-A")
    _git(root, "commit", "-q", "-F", os.fspath(root.parent / "message"), "--cleanup=verbatim", **names)


def test_a_baseline(runner: Runner, tmp_path: Path, record_property: Note) -> None:
    """Each field of each line, each name, and what is no baseline at all."""
    line: dict[str, Any] = {
        "path": "a",
        "code": "KR201",
        "message": "m",
        "fingerprint": "0" * 16,
        "review": "r",
        "key": "k",
        "id": "i",
    }
    texts = [value.text for value in VALUES]
    findings = [{**line, name: text} for name in line for text in texts] + [{**line, text: text} for text in texts]
    files = {"all.json": json.dumps({"version": 1, "findings": findings}), "version.json": json.dumps({"version": ALL})}
    root = write(tmp_path, {**GOOD, **files, "none.json": ALL})
    for name in (*files, "none.json"):
        for arguments in ((), ("--fix", "--diff")):
            done = runner.run(root, "check", "--baseline", name, *arguments, warm=False)
            assert done.code in {0, 1, 2}, done.talk
            assert people(done.talk) | people(done.out) == frozenset()
    record_property("injections", len(findings))
