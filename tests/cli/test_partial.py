"""What could not be read is said wherever it would be missed, and paths mean what a person means by them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.projects import AS_OF, GOOD, HEAD, check, run, write

BROKEN = HEAD.format(id="half") + "claims:\n- {id: c, kind: efficacyy, statement: S}\n"
CLAIMED = HEAD.format(id="half") + "claims:\n- {id: c, kind: efficacy, statement: S}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write(tmp_path, {**GOOD, "reviews/half.yaml": BROKEN})


REPORTS = (("status",), ("certainty",), ("pending",), ("show", "half"), ("status", "--format", "json"))


@pytest.mark.parametrize("command", REPORTS, ids=" ".join)
def test_a_report_says_what_it_lacks(project: Path, command: tuple[str, ...]) -> None:
    done = run(project, *command, *AS_OF)
    assert done.code == 0
    assert "1 fault of reading in reviews/half.yaml" in done.talk
    assert run(project, *command, *AS_OF, "-q").talk == ""


def test_a_draft_is_not_written_without_what_cannot_be_read(project: Path) -> None:
    done = run(project, "export", "half", *AS_OF, "-o", "x.md")
    assert done.code == 2
    assert "1 fault of reading in reviews/half.yaml" in done.talk
    assert not (project / "x.md").exists()
    assert run(project, "export", "half", *AS_OF, "-o", "x.md", "--force").code == 0
    assert run(project, "export", "good", *AS_OF).code == 0


def test_a_review_that_is_broken_is_not_said_to_be_absent_alone(tmp_path: Path) -> None:
    write(tmp_path, {**GOOD, "reviews/half.yaml": "x: ["})
    done = run(tmp_path, "pending", "half", *AS_OF)
    assert done.code == 2
    assert "reading in reviews/half.yaml" in done.talk


def test_uncited_is_not_known_of_half_a_project(tmp_path: Path) -> None:
    write(tmp_path, {**GOOD, "reviews/half.yaml": "x: ["})
    assert "uncited not known" in run(tmp_path, "status", *AS_OF).out


@pytest.mark.parametrize(
    "command", [("status",), ("check",), ("pending",), ("certainty",), ("show", "x")], ids=" ".join
)
def test_an_empty_project_ends_with_2(tmp_path: Path, command: tuple[str, ...]) -> None:
    done = run(tmp_path, *command, *AS_OF)
    assert done.code == 2
    assert "ketreview init" in done.talk


def test_a_folder_that_holds_nothing_that_is_read_is_not_fine(project: Path) -> None:
    write(project, {"other/a.yaml": "id: [\n", "empty/x.txt": ""})
    for name in ("other", "empty"):
        done = run(project, "check", name, *AS_OF)
        assert done.code == 2
        assert f"nothing that is read lies below {name}" in done.talk
    assert run(project, "check", "other/a.yaml", *AS_OF).code == 1
    assert check(project, "reviews").code == 1
    assert check(project, ".").code == 1


def test_a_folder_in_place_of_a_review(tmp_path: Path) -> None:
    write(tmp_path, {**GOOD, "reviews/dir.yaml/x": ""})
    done = check(tmp_path)
    assert done.code == 1
    assert [(finding["code"], finding["path"]) for finding in done.findings] == [("KR009", "reviews/dir.yaml")]


def test_the_root_stays_where_it_is_with_other_settings(project: Path) -> None:
    write(project, {"ci/strict.toml": 'fail-on = "warning"\n', "ci/wrong.toml": "foo = 1\n"})
    assert len(run(project, "status", *AS_OF, "--config", "ci/strict.toml", "--format", "json").json["reviews"]) == 2
    assert "ci/wrong.toml:1:1" in run(project, "status", *AS_OF, "--config", "ci/wrong.toml").talk


def test_a_path_through_a_link_lies_in_the_project(project: Path) -> None:
    link = project.parent / f"{project.name}-link"
    link.symlink_to(project)
    assert check(project, str(link / "reviews/good.yaml")).code == 0
    assert check(link, str(project / "reviews/good.yaml")).code == 0
    assert run(project, "check", str(project.parent / "elsewhere.yaml"), *AS_OF).code == 2


@pytest.mark.parametrize("day", ["20261120", "2026-W01-1", "2026-13-01", "2026-02-30", "today", ""])
def test_a_date_is_written_in_one_way(project: Path, day: str) -> None:
    done = run(project, "status", "--as-of", day)
    assert done.code == 2
    assert "a date is written 2026-01-29" in done.talk


def test_a_new_review_is_one_that_is_read(tmp_path: Path) -> None:
    write(tmp_path, {"ketreview.toml": 'reviews = ["book/*.yaml"]\n', "book/a.yaml": CLAIMED})
    done = run(tmp_path, "new", "review", "x")
    assert done.code == 2
    assert "book/*.yaml" in done.talk
    write(tmp_path, {"ketreview.toml": 'reviews = ["book/*.yaml", "reviews/*.yaml"]\n'})
    assert run(tmp_path, "new", "review", "x").code == 0
    done = run(tmp_path, "new", "review", "half")
    assert done.code == 2
    assert "taken by book/a.yaml" in done.talk


def test_an_unknown_name_lists_a_few_and_no_more(tmp_path: Path) -> None:
    entries = "".join(f"@misc{{key{number}, title = {{T}}}}\n" for number in range(50))
    write(tmp_path, {**GOOD, "references.bib": entries})
    done = run(tmp_path, "show", "zzzzzzzz")
    assert done.code == 2
    assert "and 43 more" in done.talk


def test_a_record_in_place_of_a_text_is_called_what_it_is(tmp_path: Path) -> None:
    write(tmp_path, {"reviews/a.yaml": HEAD.format(id="a") + "question: no\nstudies: [x]\n"})
    messages = [finding["message"] for finding in check(tmp_path).findings]
    assert messages[0].startswith("`question` is the text `no`; it is a record")
    assert messages[1].startswith("an item of `studies` is the text `x`; it is a record")


@pytest.mark.parametrize("columns", ["9" * 5000, "0", "1", "-5", "x"])
def test_any_width_does(project: Path, columns: str) -> None:
    assert run(project, "status", *AS_OF, COLUMNS=columns).code == 0


def test_many_files_that_cannot_be_read_are_one_sentence(tmp_path: Path) -> None:
    broken = {f"reviews/{number}.yaml": "id: [\n" for number in range(5)}
    done = run(write(tmp_path, {**GOOD, **broken}), "status")
    assert done.talk.count("of reading in") == 1
    assert "5 faults of reading in reviews/0.yaml, reviews/1.yaml, reviews/2.yaml and 2 more files" in done.talk
