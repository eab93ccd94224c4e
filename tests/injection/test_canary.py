"""Nothing outside the root is read or written because something inside says so; what the person names may lie there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.injection.reviews import Leaf, document, filled
from tests.injection.running import Ended, Runner
from tests.injection.sinks import ASKED
from tests.projects import GOOD, snapshot, write
from tests.repositories import commit, git

Note = Callable[[str, object], None]
CANARY = "canary-of-the-outside"
OUTSIDE = {
    "canary.yaml": f"schema_version: 1\nid: outside\ntitle: {CANARY}\nstatus: active\n",
    "canary.bib": f"@misc{{{CANARY}, title = {{{CANARY}}}}}\n",
    "canary.csv": f"Record ID,{CANARY}\n",
    "canary.json": f'{{"version": "{CANARY}"}}\n',
    "canary.toml": f'"{CANARY}" = 1\n',
    **{f"canary.{suffix}": f"{CANARY} @{CANARY}\n" for suffix in ("typ", "tex", "md", "qmd", "rst", "ipynb", "yml")},
    "folder/README.md": f"# {CANARY}\n",
    "folder/x.yaml": f"id: {CANARY}\n",
}
SETTINGS = """\
reviews = ["reviews/*.yaml", "linked/*.yaml", "linked/**/*.yaml", "lone.yaml"]
bibliography = ["references.bib", "link.bib", "linked/canary.bib"]
staging = ["staged.bib", "linked/*.bib"]
chapters = ["chapters/**", "linked/**", "linked/canary.md"]
appendix = ["appendix.md"]
literature = ["literature/**", "linked/**"]
retractions = ["retractions.csv", "linked/canary.csv"]
baseline = "baseline.json"
[[builds]]
name = "b"
roots = ["chapters/links.tex", "linked/canary.tex"]
bibliography = ["link.bib"]
"""
LINKS = {
    "lone.yaml": "canary.yaml",
    "reviews/link.yaml": "canary.yaml",
    "link.bib": "canary.bib",
    "staged.bib": "canary.bib",
    "appendix.md": "canary.md",
    "retractions.csv": "canary.csv",
    "baseline.json": "canary.json",
    "literature/link": "folder",
    "literature/one/notes.md": "canary.md",
    "linked": ".",
    "chapters/folder": "folder",
    "chapters/_quarto.yml": "canary.yml",
    "chapters/_metadata.yml": "canary.yml",
    **{f"chapters/link.{suffix}": f"canary.{suffix}" for suffix in ("typ", "tex", "md", "qmd", "rst", "ipynb")},
}
"""What is a link out of the project, and where to."""


def _paths(outside: Path) -> list[str]:
    """How a file may name one outside."""
    return [
        "../outside/canary", f"{outside}/canary", f"file://{outside}/canary", "~/canary", "linked/canary",
        "../chapters/../../outside/canary", "..\\outside\\canary", "%2e%2e/outside/canary",
        "x\x00/../../outside/canary",
    ]  # fmt: skip


def _chapters(outside: Path) -> dict[str, str]:
    """Chapters that include, and take a bibliography, from outside."""
    paths = [path.replace("\x00", "") for path in _paths(outside)]
    tex = [
        f"\\{command}{{{path}{suffix}}}"
        for path in paths
        for suffix in ("", ".tex")
        for command in ("input", "include", "subfile", "bibliography", "addbibresource")
    ]
    typ = [
        f'#{command} "{path}.typ"\n#bibliography("{path}.bib")\n#read("{path}.typ")'
        for path in paths
        for command in ("include", "import")
    ]
    md = [f"{{{{< include {path}.qmd >}}}}\n![x]({path}.md)\n```{{include}} {path}.md\n```" for path in paths]
    rst = [f".. include:: {path}.rst\n\n.. bibliography:: {path}.bib\n" for path in paths]
    bibliography = "---\nbibliography: " + json.dumps([f"{path}.bib" for path in paths]) + "\n---\n"
    return {
        "chapters/links.tex": "\n".join(tex) + "\n",
        "chapters/links.typ": "\n".join(typ) + "\n",
        "chapters/links.qmd": bibliography + "\n".join(md) + "\n",
        "chapters/links.md": bibliography + "\n".join(md) + "\n",
        "chapters/links.rst": "\n".join(rst) + "\n",
    }


def _review(path: str, number: int) -> str:
    """A review that names a path outside in each text, and lists it where its type takes it."""

    def text(leaf: Leaf) -> str:
        if leaf.path == ("id",):
            return f"r{number}"
        told = next((one for one in (path, "linked/canary.md", "i") if leaf.takes(one)), "2005/2024")
        return (
            "i"
            if leaf.path[-1] == "id" or leaf.kind
            else told
            if leaf.takes(told)
            else {"languages": "en", "places": "GB"}.get(leaf.path[-1], told)
        )

    return document(filled(text))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    outside, root = write(tmp_path / "outside", OUTSIDE), tmp_path / "project"
    reviews = {f"reviews/r{number}.yaml": _review(f"{path}.md", number) for number, path in enumerate(_paths(outside))}
    fields = ("file", "url", "bibsource", "crossref", "xdata", "abstract", "note")
    store = "".join(
        f"@misc{{k{number}, {', '.join(f'{name} = {{{path}.bib}}' for name in fields)}}}\n"
        for number, path in enumerate(_paths(outside))
    ).replace("\x00", "")
    readme = "# One\n\n## Files\n\n" + "".join(f"- `{path}.md`: x\n- [x]({path}.md)\n" for path in _paths(outside))
    write(
        root,
        {
            "ketreview.toml": SETTINGS,
            "references.bib": store,
            **reviews,
            **_chapters(outside),
            "more.bib": "@misc{more, title = {More}}\n",
            "literature/one/README.md": readme.replace("\x00", ""),
        },
    )
    for place, target in LINKS.items():
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        (root / place).symlink_to(outside / target)
    return root


def _stays_inside(done: Ended, root: Path) -> None:
    outside = str(root.parent / "outside")
    assert [path for path in done.opened if path.startswith(outside)] == []
    assert CANARY not in done.out + done.talk


COMMANDS = [
    *((*name.split(), *asked[0]) for name, asked in ASKED.items()),
    ("check", "--no-baseline", "--output-format", "json"),
    ("check", "--no-baseline", "--fix", "--unsafe-fixes"),
    ("check", "--write-baseline"),
    ("check", "--no-baseline", "linked/canary.yaml", "reviews/link.yaml", "lone.yaml", "linked"),
    ("check", "--baseline", "linked/canary.json"),
    ("import", "literature", "literature/one", "--write"),
    ("export", "r0", "--force", "-o", "linked-draft.md"),
    ("refs", "rename", "k0", "new", "--write"),
    ("refs", "format", "link.bib", "--write"),
    ("refs", "add", "chapters/links.md"),
    ("new", "review", "../outside/x"),
    ("new", "review", "link"),
    ("diff", "HEAD"),
    ("status", "--history"),
    ("refs", "add", "more.bib", "--to", "link.bib", "--write"),
]


def test_no_command_leaves_the_root(runner: Runner, project: Path, record_property: Note) -> None:
    git(project, "init", "-q")
    commit(project, {})
    before = snapshot(project.parent / "outside")
    for command in COMMANDS:
        done = runner.run(project, *command, warm=False)
        assert done.code in {0, 1, 2}, (command, done.talk)
        _stays_inside(done, project)
        assert snapshot(project.parent / "outside") == before, command
    record_property("injections", (len(LINKS) + len(_paths(project))) * len(COMMANDS))


@pytest.mark.parametrize("name", ["ketreview.toml", "pyproject.toml"])
def test_settings_that_are_a_link_out(name: str, runner: Runner, tmp_path: Path) -> None:
    """They would be quoted in what is said of them."""
    root = write(tmp_path / "project", GOOD)
    write(tmp_path / "outside", OUTSIDE)
    (root / name).symlink_to(tmp_path / "outside" / "canary.toml")
    done = runner.run(root, "check", warm=False)
    _stays_inside(done, root)


def test_kept_answers_that_are_a_link_out(runner: Runner, tmp_path: Path) -> None:
    root = write(tmp_path / "project", GOOD)
    write(root, {"references.bib": "".join(f"@misc{{k{number}, title = {{T}}}}\n" for number in range(3_000))})
    write(tmp_path / "outside", OUTSIDE)
    (root / ".ketreview_cache").symlink_to(tmp_path / "outside")
    before = snapshot(tmp_path / "outside")
    for _ in range(2):
        _stays_inside(runner.run(root, "check", warm=False), root)
        _stays_inside(runner.run(root, "status", warm=False), root)
    assert snapshot(tmp_path / "outside") == before
