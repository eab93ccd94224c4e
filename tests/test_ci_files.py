"""What others run from this repository: the GitHub action, the GitLab template, the hooks, and what is to be pasted."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from ketreview.cli.output import OutputFormat
from ketreview.render.diagnostics.errorformat import ERRORFORMAT
from tests.projects import GOOD, KETREVIEW, run, write
from tests.schemas import holds, published
from tests.test_docs import ROOT, code, fences, table

PAGE = (ROOT / "docs/ci.md").read_text("utf-8")
PASTED = fences(PAGE, "yaml")
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
TEMPLATE = (ROOT / "templates/ketreview.yml").read_text("utf-8")
HEADER, JOBS = yaml.safe_load_all(TEMPLATE)
GITHUB_ACTION = published("https://json.schemastore.org/github-action.json")
GITHUB_WORKFLOW = published("https://json.schemastore.org/github-workflow.json")
GITLAB = published("https://gitlab.com/gitlab-org/gitlab/-/raw/master/app/assets/javascripts/editor/schema/ci.json")
FAULTY = {**GOOD, "references.bib": "@misc{a, year = 2020, year = 2020}\n"}


def stubbed(tmp_path: Path, script: str, environment: dict[str, str]) -> list[str]:
    """Runs a script as CI does, with programs that only say how they were called."""
    for name in ("ketreview", "python"):
        program = tmp_path / "bin" / name
        program.parent.mkdir(exist_ok=True)
        said = f'printf %s {name} >> "$CALLS"; for word; do printf " <%s>" "$word"; done >> "$CALLS"; echo >> "$CALLS"'
        program.write_text(f"#!/bin/sh\n{said}\n", "utf-8")
        program.chmod(0o755)
    calls = tmp_path / "calls"
    path = f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        env={"PATH": path, "CALLS": str(calls), **environment}, cwd=tmp_path, check=True, timeout=30,
    )  # fmt: skip
    return calls.read_text("utf-8").splitlines()


def workflow(text: str) -> Any:
    """A workflow as GitHub reads it: YAML 1.1 takes the word `on` for a truth value."""
    read = yaml.safe_load(text)
    read["on"] = read.pop(True)
    return read


def test_the_action_is_one() -> None:
    holds(ACTION, GITHUB_ACTION)
    holds(workflow((ROOT / ".github/workflows/ci.yml").read_text("utf-8")), GITHUB_WORKFLOW)


def test_no_input_of_the_action_is_pasted_into_a_script() -> None:
    steps = ACTION["runs"]["steps"]
    assert not [step for step in steps if "${{" in step.get("run", "")]
    used = re.findall(r"\$\{\{ inputs\.([\w-]+) \}\}", (ROOT / "action.yml").read_text("utf-8"))
    assert sorted(used) == sorted(ACTION["inputs"])


@pytest.mark.parametrize(
    ("version", "call"),
    [
        ("", "python <-m> <pip> <install> <--quiet> </the action>"),
        ("==1; touch x", "python <-m> <pip> <install> <--quiet> <ketreview==1; touch x>"),
    ],
)
def test_the_action_installs_itself_or_a_release(tmp_path: Path, version: str, call: str) -> None:
    script = ACTION["runs"]["steps"][1]["run"]
    assert stubbed(tmp_path, script, {"VERSION": version, "ACTION": "/the action"}) == [call]


@pytest.mark.parametrize(
    ("arguments", "sarif", "calls"),
    [
        ("", "", ["ketreview <check> <--output-format> <github>"]),
        (
            "--fail-on warning\n --ignore   KR6\n",
            "",
            ["ketreview <check> <--output-format> <github> <--fail-on> <warning> <--ignore> <KR6>"],
        ),
        ("$(touch x) `x` ; *", "", ["ketreview <check> <--output-format> <github> <$(touch> <x)> <`x`> <;> <*>"]),
        (
            "--ignore KR6",
            "my file.sarif",
            [
                "ketreview <check> <--ignore> <KR6> <--output-format> <sarif> <--output> <my file.sarif> <--exit-zero>",
                "ketreview <check> <--output-format> <github> <--ignore> <KR6>",
            ],
        ),
    ],
)  # fmt: skip
def test_the_action_checks(tmp_path: Path, arguments: str, sarif: str, calls: list[str]) -> None:
    script = ACTION["runs"]["steps"][2]["run"]
    assert stubbed(tmp_path, script, {"ARGUMENTS": arguments, "SARIF": sarif}) == calls
    assert not (tmp_path / "x").exists()


def filled(inputs: dict[str, str]) -> Any:
    """The template's jobs with inputs, as GitLab puts them in."""
    values = {name: str(spec["default"]) for name, spec in HEADER["spec"]["inputs"].items()} | inputs
    text = TEMPLATE.split("\n---\n", 1)[1]
    return yaml.safe_load(re.sub(r"\$\[\[ inputs\.(\w+) \]\]", lambda match: values[match[1]], text))


def test_the_template_is_a_component() -> None:
    assert set(HEADER) == {"spec"}
    assert set(HEADER["spec"]) == {"inputs"}
    for spec in HEADER["spec"]["inputs"].values():
        assert set(spec) == {"description", "default"}
    used = re.findall(r"\$\[\[ inputs\.(\w+) \]\]", TEMPLATE)
    assert sorted(used) == sorted(HEADER["spec"]["inputs"])
    assert "$[[" not in "".join(JOBS["$[[ inputs.job ]]"]["script"])
    holds(filled({}), GITLAB)
    assert list(filled({"job": "reviews"})) == ["reviews"]


def test_the_template_checks_and_reports(tmp_path: Path) -> None:
    (tmp_path / "my book").mkdir()
    job = filled({"arguments": "--ignore KR6 reviews/*", "directory": "my book"})["ketreview"]
    variables = {**job["variables"], "CI_PROJECT_DIR": str(tmp_path)}
    assert stubbed(tmp_path, "\n".join(job["script"]), variables) == [
        "python <-m> <pip> <install> <--quiet> <ketreview>",
        "ketreview <check> <--ignore> <KR6> <reviews/*> <--output-format> <gitlab> <--output> "
        f"<{tmp_path}/gl-code-quality-report.json> <--exit-zero>",
        "ketreview <check> <--concise> <--ignore> <KR6> <reviews/*>",
    ]
    assert job["artifacts"]["reports"]["codequality"] == job["variables"]["KETREVIEW_REPORT"]


def test_the_last_format_counts(tmp_path: Path) -> None:
    """So that the arguments of somebody's own cannot undo what a step asks for."""
    write(tmp_path, GOOD)
    done = run(tmp_path, "check", "--output-format", "html", "--output-format", "json")
    assert done.json["version"] == 1


def precommit(*arguments: str, cwd: Path, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT", "COV_"))
    }
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", *arguments], cwd=cwd, env=environment | {"PRE_COMMIT_HOME": str(home)},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def test_the_hooks_are_some(tmp_path: Path) -> None:
    holds(HOOKS, published("https://json.schemastore.org/pre-commit-hooks.json"))
    done = precommit("validate-manifest", str(ROOT / ".pre-commit-hooks.yaml"), cwd=ROOT, home=tmp_path)
    assert done.returncode == 0, done.stdout


def hooked(root: Path, hook: dict[str, Any], files: dict[str, str], **changes: Any) -> subprocess.CompletedProcess[str]:
    """Runs one of the hooks in a project, with the ketreview of these sources, which needs no installation."""
    entry = hook["entry"].replace("ketreview", " ".join(KETREVIEW), 1)
    local = {**hook, "entry": entry, "language": "system", **changes}
    write(root, {**files, ".pre-commit-config.yaml": yaml.safe_dump({"repos": [{"repo": "local", "hooks": [local]}]})})
    for words in (["init", "--quiet"], ["add", "--all"]):
        subprocess.run(["git", *words], cwd=root, check=True, timeout=30)
    return precommit("run", "--all-files", cwd=root, home=root.parent / "home")


@pytest.mark.parametrize(("files", "passes"), [(GOOD, True), (FAULTY, False)])
def test_the_hook_checks(tmp_path: Path, files: dict[str, str], passes: bool) -> None:
    done = hooked(tmp_path / "project", HOOKS[0], files, args=["--fail-on", "warning", "--as-of", "2026-11-20"])
    assert (done.returncode == 0) is passes, done.stdout
    assert ("KR104" in done.stdout) is not passes


def understands(hook: dict[str, Any]) -> bool:
    words = [*hook["entry"].split(), *hook.get("args", ())]
    command = [word for word in words[1:] if not word.startswith("-")]
    done = subprocess.run([*KETREVIEW, *command, "--help"], capture_output=True, text=True, check=False, timeout=60)
    return all(word in done.stdout for word in words if word.startswith("-"))


@pytest.mark.parametrize("hook", HOOKS[1:], ids=lambda hook: hook["id"])
def test_a_hook_that_changes_files_fails_once(tmp_path: Path, hook: dict[str, Any]) -> None:
    if not understands(hook):
        pytest.skip(f"`{hook['entry']}` is not there yet")
    store = {"references.bib": "@misc{a,\n      year = 2020, title={A},\n      year = 2020,\n}\n"}
    first, second = (hooked(tmp_path / "project", hook, files) for files in (store, {}))
    assert first.returncode == 1, first.stdout
    assert "files were modified by this hook" in first.stdout
    assert second.returncode == 0, second.stdout


@pytest.mark.parametrize("text", [text for text in PASTED if "\njobs:" in text])
def test_workflows_to_paste(text: str) -> None:
    holds(workflow(text), GITHUB_WORKFLOW)
    for step in (step for job in workflow(text)["jobs"].values() for step in job["steps"]):
        if step.get("uses", "").startswith("OWNER/"):
            assert set(step["with"]) <= set(ACTION["inputs"])


@pytest.mark.parametrize("text", [text for text in PASTED if "include:" in text or "script:" in text])
def test_pipelines_to_paste(text: str) -> None:
    pipeline = yaml.safe_load(text)
    for include in pipeline.get("include", ()):
        assert set(include.pop("inputs")) <= set(HEADER["spec"]["inputs"])
        assert re.search(r"/REF/templates/ketreview\.yml$|/ketreview@REF$", next(iter(include.values())))
    pipeline.pop("include", None)
    holds(pipeline, GITLAB)


@pytest.mark.parametrize("text", [text for text in PASTED if "repos:" in text])
def test_hooks_to_paste(text: str, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(text, "utf-8")
    done = precommit("validate-config", "config.yaml", cwd=tmp_path, home=tmp_path)
    assert done.returncode == 0, done.stdout
    named = {hook["id"] for repository in yaml.safe_load(text)["repos"] for hook in repository["hooks"]}
    assert named <= {hook["id"] for hook in HOOKS}


def test_all_that_is_pasted_is_looked_at() -> None:
    kinds = ("\njobs:", "include:", "script:", "repos:")
    assert [text for text in PASTED if not any(kind in text for kind in kinds)] == []


def test_the_page_names_every_format_input_and_hook() -> None:
    assert [code(row[0])[0] for row in table(PAGE, "Formats")] == [output.value for output in OutputFormat]
    assert {code(row[0])[0] for row in table(PAGE, "GitHub Actions")} == set(ACTION["inputs"])
    assert [code(row[0])[0] for row in table(PAGE, "pre-commit")] == [hook["id"] for hook in HOOKS]
    assert f"-efm='{ERRORFORMAT}'" in PAGE
    assert f"set errorformat={ERRORFORMAT.replace(' ', chr(92) + ' ')}" in PAGE
