"""`check --baseline`, `--write-baseline` and `--since` as a person runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ketreview import cache
from tests.projects import AS_OF, HEAD, Run, check, run, snapshot, write
from tests.repositories import commit, git, repository

NAME = "ketreview-baseline.json"
SOME = 'select = ["KR2", "KR317", "KR9"]\n'
"""Some rules, so that a new one changes no test of what is done with findings."""
SET = f'{SOME}baseline = "{NAME}"\n'
STORE = "@article{a,\n pages = {9--4},\n title = {A}\n}\n\n@article{b,\n pages = {8--4},\n title = {B}\n}\n"
STUDIES = "studies:\n- {id: s, cites: [a, b, lost], design: cohort, state: read}\n"
OLD = {"ketreview.toml": SOME, "references.bib": STORE, "reviews/r.yaml": HEAD.format(id="r") + STUDIES}
FRESH = "@article{c,\n pages = {7--4},\n title = {C}\n}\n"
PADDING = "% " + "x" * 60_000 + "\n"
"""Makes a store worth keeping an answer of."""


def codes(done: Run) -> list[tuple[str, str]]:
    return [(finding["code"], finding["subject"]["key"] or finding["path"]) for finding in done.findings]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A project with findings that a baseline accepts."""
    root = write(tmp_path, {**OLD, "ketreview.toml": SET})
    assert run(root, "check", *AS_OF, "--write-baseline").code == 0
    return root


def test_from_old_findings_to_new_ones_only(tmp_path: Path) -> None:
    root = write(tmp_path, OLD)
    assert len(check(root).findings) == 3
    done = run(root, "check", *AS_OF, "--write-baseline")
    assert (done.code, done.out) == (
        0,
        "No findings in 1 review, 2 entries, 3 citations (1 unresolved); 3 in the baseline.\n",
    )
    assert f"{NAME} accepts 3 findings" in done.talk
    assert f'baseline = "{NAME}"' in done.talk
    assert len(check(root).findings) == 3, "nothing is accepted that is not asked for"
    again = check(root, "--baseline", NAME)
    assert (again.code, again.findings) == (0, [])
    assert again.json["summary"]["baseline"] == 3
    write(root, {"ketreview.toml": SET, "references.bib": FRESH + "\n" + STORE})
    done = check(root)
    assert done.code == 0
    assert {key for _, key in codes(done)} == {"c"}
    assert check(root, "--fail-on", "warning").code == 1
    everything = check(root, "--no-baseline")
    assert len(everything.findings) > 3
    assert "baseline" not in everything.json["summary"]


def test_a_fixed_finding_is_told_at_its_line(old: Path) -> None:
    write(old, {"references.bib": STORE.replace("8--4", "4--8")})
    (finding,) = check(old).findings
    assert (finding["code"], finding["severity"], finding["path"]) == ("KR904", "info", NAME)
    assert finding["subject"]["key"] == "b"
    row = (old / NAME).read_text().splitlines()[finding["line"] - 1]
    assert json.loads(row.removesuffix(","))["key"] == "b"
    assert finding["fix"]["safe"]
    assert check(old, "references.bib").findings == [], "it stands in another file"
    assert len(check(old, ".").findings) == 1
    run(old, "check", *AS_OF, "--write-baseline", "-q")
    assert check(old).findings == []
    assert len((old / NAME).read_text().splitlines()) == 4


def test_writing_again_changes_nothing(old: Path) -> None:
    before = snapshot(old)
    write(old, {"references.bib": STORE})
    done = run(old, "check", "--as-of", "2030-01-01", "--write-baseline", "-q")
    assert (done.code, done.talk) == (0, "")
    assert snapshot(old)[NAME][1] == before[NAME][1]


def test_the_file_can_be_named(tmp_path: Path) -> None:
    root = write(tmp_path, OLD)
    for arguments in (("--write-baseline", "ci/one.json"), ("--write-baseline", "--baseline", "ci/two.json")):
        assert run(root, "check", *AS_OF, *arguments).code == 0
    assert (root / "ci/one.json").read_bytes() == (root / "ci/two.json").read_bytes()
    assert not (root / NAME).exists()
    assert check(root, "--baseline", "ci/one.json", "--fail-on", "warning").code == 0


def test_a_part_of_a_baseline_is_written(old: Path) -> None:
    """What a run is not to find stays as it is: below other paths, and of other codes."""
    store = STORE.replace("8--4", "4--8") + FRESH
    write(old, {"references.bib": store, "reviews/r.yaml": OLD["reviews/r.yaml"].replace("lost", "other")})
    found = [("KR904", "lost"), ("KR904", "b"), ("KR317", "c"), ("KR201", "other")]
    assert sorted(codes(check(old, "--ignore", "KR204"))) == sorted(found)
    assert run(old, "check", *AS_OF, "--write-baseline", "--ignore", "KR204", "references.bib").code == 0
    assert codes(check(old, "--ignore", "KR204")) == [("KR904", "lost"), ("KR201", "other")]
    assert run(old, "check", *AS_OF, "--write-baseline", "--select", "KR317").code == 0
    assert codes(check(old, "--ignore", "KR204")) == [("KR904", "lost"), ("KR201", "other")]
    assert run(old, "check", *AS_OF, "--write-baseline").code == 0
    assert codes(check(old)) == []


def test_reading_is_not_accepted(tmp_path: Path) -> None:
    root = write(tmp_path, {**OLD, "ketreview.toml": SET, "references.bib": STORE + "@misc{x,\n"})
    done = run(root, "check", *AS_OF, "--write-baseline")
    assert done.code == 1
    assert "KR0, here 1" in done.talk
    assert codes(check(root)) == [("KR010", "references.bib")]


REFUSED: dict[str, tuple[tuple[str, ...], str]] = {
    "none and one": (("--no-baseline", "--baseline", NAME), "goes neither"),
    "none and written": (("--no-baseline", "--write-baseline"), "goes neither"),
    "two to write": (("--write-baseline", "a.json", "b.json"), "name one file"),
    "two to write, one by its option": (("--write-baseline", "a.json", "--baseline", "b.json"), "name one file"),
    "fixed and accepted": (("--write-baseline", "--fix"), "run --fix first"),
    "a part of history": (("--write-baseline", "--since", "HEAD"), "leave --since out"),
    "one that is not there": (("--baseline", "none.json"), "`none.json` cannot be read: there is no such file"),
    "one outside": (("--baseline", "../none.json"), "lies outside the project"),
    "a folder": (("--baseline", "reviews"), "it is a folder"),
    "a store": (("--baseline", "references.bib"), "not JSON"),
    "a store to write over": (("--write-baseline", "--baseline", "references.bib"), "is not written over"),
    "a folder to write over": (("--write-baseline", "--baseline", "reviews"), "cannot write"),
    "no repository": (("--since", "HEAD"), "this is no git repository"),
    "a PATH that is JSON": ((NAME,), "only files ending in"),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "words"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    root = write(tmp_path, {**OLD, NAME: '{"version": 1, "findings": [null]}'})
    before = snapshot(root)
    done = run(root, "check", *AS_OF, *arguments, GIT_CEILING_DIRECTORIES=str(root.parent))
    assert done.code == 2, done.out
    assert words in done.talk
    assert snapshot(root) == before


BROKEN = {
    "{": "KR012",
    '{"version": 2, "findings": []}': "KR012",
    "<<<<<<< HEAD\n": "KR011",
    '{"version": 1, "findings": [\n{"path": "a"}]}': f"{NAME}:2:1",
}


@pytest.mark.parametrize(("text", "words"), BROKEN.items())
def test_a_broken_baseline_is_located_and_ends_with_2(old: Path, text: str, words: str) -> None:
    write(old, {NAME: text})
    done = run(old, "check", *AS_OF)
    assert (done.code, done.out) == (2, "")
    assert words in done.talk
    assert NAME in done.talk
    written = run(old, "check", *AS_OF, "--write-baseline")
    ours = text.startswith('{"version": 1, "findings": [')
    assert ours or "writes one" not in done.talk or "take the file away first" in done.talk
    assert (written.code, (old / NAME).read_text() == text) == ((0, False) if ours else (2, True))
    assert run(old, "status", *AS_OF).code == 0, "other commands do not read it"


def test_one_that_the_settings_name_and_is_not_there_is_located(tmp_path: Path) -> None:
    root = write(tmp_path, {**OLD, "ketreview.toml": SET})
    done = run(root, "check", *AS_OF)
    assert done.code == 2
    assert "ketreview.toml:2:1" in done.talk
    assert "KR009" in done.talk
    assert "--write-baseline" in done.talk


def test_a_conflict_is_ended_by_writing_anew(old: Path) -> None:
    text = (old / NAME).read_text().splitlines(keepends=True)
    write(old, {NAME: "".join([text[0], "<<<<<<< HEAD\n", *text[1:2], "=======\n", ">>>>>>> other\n", *text[2:]])})
    assert run(old, "check", *AS_OF).code == 2
    assert run(old, "check", *AS_OF, "--write-baseline").code == 0
    assert (old / NAME).read_text().splitlines(keepends=True) == text


def test_a_link_out_of_the_project_is_not_written(tmp_path: Path) -> None:
    root = write(tmp_path / "root", OLD)
    write(tmp_path, {"outside.json": ""})
    (root / NAME).symlink_to("../outside.json")
    assert run(root, "check", *AS_OF, "--write-baseline").code == 2
    assert run(root, "check", *AS_OF, "--baseline", NAME).code == 2
    assert (tmp_path / "outside.json").read_text() == ""


def test_nothing_to_check_writes_nothing(tmp_path: Path) -> None:
    assert run(tmp_path, "check", "--write-baseline").code == 2
    assert list(tmp_path.iterdir()) == []


def test_settings_of_a_baseline(tmp_path: Path) -> None:
    for text, words in (
        ('baseline = "../x.json"', "leaves the project"),
        ("baseline = 3", "is the path of a file"),
        ('baseline = ""', "empty path"),
    ):
        done = run(write(tmp_path, {**OLD, "ketreview.toml": text}), "check", *AS_OF)
        assert (done.code, words in done.talk) == (2, True)


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """A repository whose second commit adds an entry, and whose folder has one more that no commit has."""
    root = repository(tmp_path, {**OLD, ".gitignore": ".ketreview_cache/\n"})
    commit(root, {"references.bib": STORE + FRESH + PADDING})
    write(root, {"references.bib": STORE + FRESH + FRESH.replace("c,", "d,") + PADDING})
    return root


def keys(done: Run) -> set[str]:
    return {key for code, key in codes(done) if code == "KR317"}


def test_since_a_revision(history: Path) -> None:
    done = check(history, "--since", "HEAD~1")
    assert keys(done) == {"c", "d"}
    assert done.json["summary"]["unchanged"] == 3
    assert keys(check(history, "--since", "HEAD")) == {"d"}
    assert check(history).code == 1
    assert done.code == 0, "the error is an old one"
    said = run(history, "check", *AS_OF, "--since", "HEAD", "--concise").out
    assert "on records that did not change" in said
    refused = run(history, "check", *AS_OF, "--since", "nope")
    assert (refused.code, "--since nope: it is no commit of this repository" in refused.talk) == (2, True)
    assert run(history, "check", *AS_OF, "--since", "").code == 2
    assert run(history, "check", *AS_OF, "--since", "--help").code == 2


def test_it_goes_with_paths_codes_and_a_baseline(history: Path) -> None:
    assert check(history, "--since", "HEAD~1", "reviews").findings == []
    assert keys(check(history, "--since", "HEAD~1", "references.bib", "--select", "KR3")) == {"c", "d"}
    assert check(history, "--since", "HEAD~1", "--ignore", "KR317,KR2").findings == []
    git(history, "stash", "-q")
    assert run(history, "check", *AS_OF, "--write-baseline").code == 0
    git(history, "stash", "pop", "-q")
    both = check(history, "--since", "HEAD~1", "--baseline", NAME)
    assert keys(both) == {"d"}
    assert both.json["summary"]["baseline"] >= 4
    assert check(history, "--since", "HEAD~1", "--baseline", NAME, "--ignore", "KR317,KR204").findings == []


def test_stdin_is_the_present(history: Path) -> None:
    text = (STORE + FRESH.replace("c,", "e,")).encode()
    done = check(history, "--since", "HEAD~1", "-", "--stdin-filename", "references.bib", stdin=text)
    assert keys(done) == {"e"}


def used(root: Path, *arguments: str) -> bool:
    """Whether the next run answers from what was kept."""
    check(root, *arguments)
    changed = 0
    for path in (root / cache.FOLDER).glob("[0-9a-f]*.json"):
        kept = json.loads(path.read_text())
        for finding in kept["answer"][0]:
            finding[2] = "from the cache"
            changed += 1
        path.write_text(json.dumps(kept))
    assert changed
    return "from the cache" in check(root, *arguments).out


def test_a_kept_answer_is_given_while_revision_and_baseline_are_the_same(history: Path) -> None:
    assert used(history, "--since", "HEAD")
    assert keys(check(history, "--since", "HEAD~1")) == {"c", "d"}
    git(history, "commit", "-qam", "three")
    anew = check(history, "--since", "HEAD")
    assert anew.findings == []
    assert anew == check(history, "--since", "HEAD", "--no-cache")
    run(history, "check", *AS_OF, "--write-baseline", "--select", "KR317")
    assert used(history, "--baseline", NAME)
    accepted = (history / NAME).read_text()
    write(history, {NAME: accepted.replace(accepted.splitlines()[1] + "\n", "", 1)})
    anew = check(history, "--baseline", NAME)
    assert len(keys(anew)) == 1
    assert anew == check(history, "--baseline", NAME, "--no-cache")


def test_a_revision_that_is_gone_is_not_answered_from_what_was_kept(history: Path) -> None:
    git(history, "branch", "old", "HEAD~1")
    assert used(history, "--since", "old")
    git(history, "branch", "-D", "old")
    assert run(history, "check", *AS_OF, "--since", "old").code == 2


def test_since_goes_by_lines_in_the_settings(history: Path) -> None:
    commit(history, {"ketreview.toml": SOME + 'staging = ["old/*.bib"]\n'})
    write(history, {"ketreview.toml": SOME + 'chapters = ["none/*.md"]\nstaging  = ["old/*.bib"]\n'})
    done = check(history, "--since", "HEAD", "--select", "KR9")
    assert [(finding["code"], finding["line"]) for finding in done.findings] == [("KR905", 2)]


def test_a_file_that_can_no_longer_be_read_is_told(history: Path) -> None:
    (history / "reviews/r.yaml").unlink()
    (history / "reviews/r.yaml").mkdir()
    assert ("KR009", "reviews/r.yaml") in codes(check(history, "--since", "HEAD"))


def test_a_fix_takes_out_what_is_needed_no_more(old: Path) -> None:
    write(old, {"references.bib": STORE.replace("8--4", "4--8").replace("9--4", "4--9")})
    assert [code for code, _ in codes(check(old))] == ["KR904", "KR904"]
    assert check(old, "--fix").findings == []
    fixed = (old / NAME).read_bytes()
    (old / NAME).unlink()
    run(old, "check", *AS_OF, "--write-baseline")
    assert (old / NAME).read_bytes() == fixed


def test_a_fix_mends_only_what_is_new(old: Path) -> None:
    """What the baseline accepts stays as it is."""
    write(old, {"ketreview.toml": SET.replace('"KR317"', '"KR104", "KR317"')})
    twice = "@misc{%s,\n title = {T},\n title = {T}\n}\n"
    write(old, {"references.bib": STORE + twice % "one"})
    run(old, "check", *AS_OF, "--write-baseline")
    write(old, {"references.bib": STORE + twice % "one" + twice % "two"})
    assert codes(check(old, "--ignore", "KR204")) == [("KR104", "two")]
    assert check(old, "--ignore", "KR204", "--fix").findings == []
    assert (old / "references.bib").read_text() == STORE + twice % "one" + "@misc{two,\n title = {T}\n}\n"
