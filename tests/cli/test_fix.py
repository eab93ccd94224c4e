"""`check --fix`, `--unsafe-fixes` and `--diff`, run as a person runs them."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import pytest

from ketreview.checking.examples import ExampleFile
from ketreview.cli.fixing import _RememberingFiles
from tests.projects import AS_OF, GOOD, Run, check, run, snapshot, write

HEAD = "@misc{good2020, doi = {10.1016/j.good.2020},\r\n"
TWICE = HEAD + "  title = {Good}, % the title\r\n  year = 2020, Year = {2020}\r\n}\r\n"
ONCE = HEAD + "  title = {Good}, % the title\r\n  year = 2020\r\n}\r\n"
SAME = "@misc{b2020, title = {B}}\n\n@misc{b2020, title = {B}}\n"
PROJECT = {**GOOD, "references.bib": TWICE, "more.bib": SAME, "ketreview.toml": 'bibliography = ["*.bib"]\n'}


def fix(root: Path, *arguments: str, stdin: bytes = b"") -> Run:
    concise = () if "--diff" in arguments else ("--concise",)
    return run(root, "check", *AS_OF, *concise, *arguments, stdin=stdin)


def test_the_safe_fixes_are_written(tmp_path: Path) -> None:
    write(tmp_path, PROJECT)
    done = fix(tmp_path, "--fix")
    assert (tmp_path / "references.bib").read_bytes() == ONCE.encode()
    assert (tmp_path / "more.bib").read_bytes() == SAME.encode()
    assert (done.code, done.talk) == (1, "Fixed 1 finding in 1 file; 1 more with --unsafe-fixes\n")
    assert "KR104" not in done.out
    assert "KR101" in done.out
    before = snapshot(tmp_path)
    again = fix(tmp_path, "--fix")
    assert (again.out, again.talk) == (done.out, "Nothing to fix; 1 more with --unsafe-fixes\n")
    assert snapshot(tmp_path) == before


def test_the_unsafe_ones_are_written_if_asked(tmp_path: Path) -> None:
    write(tmp_path, PROJECT)
    done = fix(tmp_path, "--fix", "--unsafe-fixes")
    assert (done.code, done.talk) == (0, "Fixed 2 findings in 2 files\n")
    assert (tmp_path / "more.bib").read_text() == "@misc{b2020, title = {B}}\n"
    assert fix(tmp_path, "--fix", "--unsafe-fixes").talk == "Nothing to fix\n"


def test_a_diff_writes_nothing(tmp_path: Path) -> None:
    write(tmp_path, PROJECT)
    before = snapshot(tmp_path)
    done = fix(tmp_path, "--diff")
    assert done.code == 1
    assert done.raw == (
        b"--- a/references.bib\n+++ b/references.bib\n@@ -1,4 +1,4 @@\n "
        + HEAD.encode()
        + b"   title = {Good}, % the title\r\n-  year = 2020, Year = {2020}\r\n+  year = 2020\r\n }\r\n"
    )
    assert done.talk == "Would fix 1 finding in 1 file; 1 more with --unsafe-fixes\n"
    assert fix(tmp_path, "--diff", "--exit-zero").code == 0
    both = fix(tmp_path, "--diff", "--fix", "--unsafe-fixes")
    assert (both.code, both.talk) == (1, "Would fix 2 findings in 2 files\n")
    assert snapshot(tmp_path) == before
    nothing = fix(tmp_path, "--diff", "--select", "KR901")
    assert (nothing.code, nothing.out, nothing.talk) == (0, "", "Nothing to fix\n")


@pytest.mark.parametrize(
    ("arguments", "changed"),
    [
        (["more.bib"], {"more.bib"}),
        (["--select", "KR101"], {"more.bib"}),
        (["--ignore", "KR101"], {"references.bib"}),
        (["--ignore", "KR1"], set()),
        ([], {"more.bib", "references.bib"}),
    ],
)
def test_only_what_is_shown_is_fixed(arguments: list[str], changed: set[str], tmp_path: Path) -> None:
    write(tmp_path, PROJECT)
    fix(tmp_path, "--fix", "--unsafe-fixes", *arguments)
    assert {name for name, text in PROJECT.items() if (tmp_path / name).read_bytes() != text.encode()} == changed


def test_what_is_suppressed_or_ignored_for_its_file_is_not_fixed(tmp_path: Path) -> None:
    settings = 'bibliography = ["*.bib"]\n[per-file-ignores]\n"more.bib" = ["KR101"]\n'
    store = TWICE.replace("Year = {2020}", "Year = {2020} % ketreview: ignore[KR104] asked")
    write(tmp_path, {**PROJECT, "ketreview.toml": settings, "references.bib": store})
    done = fix(tmp_path, "--fix", "--unsafe-fixes")
    assert (done.code, done.talk) == (0, "Nothing to fix\n")


def test_a_hint_says_what_can_be_fixed(tmp_path: Path) -> None:
    write(tmp_path, PROJECT)
    assert fix(tmp_path).talk == "1 can be fixed with --fix, 1 more with --unsafe-fixes\n"
    assert fix(tmp_path, "--unsafe-fixes").talk == "2 can be fixed with --fix --unsafe-fixes\n"
    assert fix(tmp_path, "--select", "KR101").talk == "1 can be fixed with --fix --unsafe-fixes\n"
    assert fix(tmp_path, "--ignore", "KR101").talk == "1 can be fixed with --fix\n"
    assert fix(tmp_path, "--ignore", "KR1").talk == ""
    assert fix(tmp_path, "-q").talk == ""
    assert check(tmp_path).talk == ""


def test_the_remaining_findings_are_given_in_any_format(tmp_path: Path) -> None:
    write(tmp_path, PROJECT)
    done = check(tmp_path, "--fix", "--ignore", "KR310")
    assert [finding["code"] for finding in done.findings] == ["KR101"]
    assert done.json["summary"]["errors"] == 1
    assert "Fixed 1 finding" in done.talk


def test_stdin_is_fixed_to_stdout(tmp_path: Path) -> None:
    write(tmp_path, PROJECT)
    before = snapshot(tmp_path)
    mark = b"\xef\xbb\xbf"
    done = fix(tmp_path, "-", "--stdin-filename", "references.bib", "--fix", stdin=mark + TWICE.encode())
    assert (done.code, done.raw) == (0, mark + ONCE.encode())
    assert done.talk == "Fixed 1 finding in 1 file\n"
    same = fix(tmp_path, "-", "--stdin-filename", "more.bib", "--fix", stdin=SAME.encode())
    assert (same.code, same.out) == (1, SAME)
    assert "KR101" in same.talk
    assert fix(tmp_path, "-", "--stdin-filename", "more.bib", "--diff", stdin=TWICE.encode()).out.startswith("--- a/m")
    into = fix(tmp_path, "-", "--stdin-filename", "references.bib", "--fix", "-o", "out", stdin=TWICE.encode())
    assert (into.out, (tmp_path / "out").read_bytes()) == ("", ONCE.encode())
    (tmp_path / "out").unlink()
    assert snapshot(tmp_path) == before


def test_what_is_not_on_stdin_is_not_fixed(tmp_path: Path) -> None:
    write(tmp_path, PROJECT)
    before = snapshot(tmp_path)
    done = fix(tmp_path, "-", "more.bib", "--stdin-filename", "references.bib", "--fix", "--unsafe-fixes", stdin=b"")
    assert "not fixed: more.bib:3:7 KR101: more.bib is not what stands on stdin\n" in done.talk
    assert (done.out, snapshot(tmp_path)) == ("", before)


def test_bytes_that_are_no_text_are_given_back_as_they_are(tmp_path: Path) -> None:
    write(tmp_path, PROJECT)
    bad = TWICE.replace("Good", "G\xf6d").encode("latin-1")
    done = fix(tmp_path, "-", "--stdin-filename", "references.bib", "--fix", stdin=bad)
    assert (done.code, done.raw) == (1, bad)
    write(tmp_path, {"references.bib": bad, "more.bib": TWICE.replace("good", "best")})
    done = fix(tmp_path, "--fix")
    assert done.code == 1
    assert "not fixed: references.bib:3:16 KR104: references.bib is not UTF-8\nFixed 1 finding in 1 file" in done.talk
    assert (tmp_path / "references.bib").read_bytes() == bad
    assert (tmp_path / "more.bib").read_text() == ONCE.replace("good", "best").replace("\r\n", "\n")


def test_links_stay_links_and_lead_nowhere_else(tmp_path: Path) -> None:
    root = write(tmp_path / "project", {**PROJECT, "references.bib": ""})
    write(tmp_path, {"outside.bib": TWICE, "project/stores/inside.txt": TWICE})
    (root / "out.bib").symlink_to("../outside.bib")
    (root / "in.bib").symlink_to("stores/inside.txt")
    done = fix(root, "--fix")
    assert (tmp_path / "outside.bib").read_bytes() == TWICE.encode()
    assert (root / "in.bib").readlink() == Path("stores/inside.txt")
    assert (root / "stores/inside.txt").read_bytes() == ONCE.encode()
    assert "out.bib:1:1: error KR009" in done.out


def test_a_store_that_is_read_under_two_names_is_left(tmp_path: Path) -> None:
    """Else the entries of one name would be taken for copies of the other's, and the file be emptied."""
    write(tmp_path, {**PROJECT, "more.bib": "", "references.bib": TWICE.replace(" % the title", "")})
    (tmp_path / "link.bib").symlink_to("references.bib")
    before = snapshot(tmp_path)
    done = fix(tmp_path, "--fix", "--unsafe-fixes")
    assert snapshot(tmp_path) == before
    assert "not fixed: link.bib:3:16 KR104: link.bib is read as references.bib, too\n" in done.talk
    assert "not fixed: references.bib:1:7 KR101: references.bib is read as link.bib, too\n" in done.talk


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anything")
def test_a_file_that_may_not_be_written_is_left(tmp_path: Path) -> None:
    write(tmp_path, {**PROJECT, "more.bib": TWICE.replace("good", "best")})
    (tmp_path / "references.bib").chmod(0o444)
    done = fix(tmp_path, "--fix")
    assert "references.bib may not be written\nFixed 1 finding in 1 file" in done.talk
    assert (tmp_path / "references.bib").read_bytes() == TWICE.encode()


def test_permission_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = _RememberingFiles(write(tmp_path, {"a.bib": ""}))
    assert files.refusal("a.bib") == ""
    for denied in (tmp_path, tmp_path / "a.bib"):
        monkeypatch.setattr(os, "access", lambda path, _, denied=denied: Path(path) != denied)
        assert files.refusal("a.bib") == "may not be written"


def test_permissions_are_kept(tmp_path: Path) -> None:
    write(tmp_path, PROJECT)
    (tmp_path / "references.bib").chmod(0o640)
    fix(tmp_path, "--fix")
    assert (tmp_path / "references.bib").stat().st_mode & 0o777 == 0o640


def test_a_fix_that_would_do_harm_is_left_and_the_others_are_not(tmp_path: Path) -> None:
    """One build has both stores, the other only the second: there, the second entry is the only one."""
    settings = (
        'bibliography = ["*.bib"]\nchapters = ["*.md"]\n'
        '[[builds]]\nname = "book"\nroots = ["book.md"]\nbibliography = ["references.bib", "more.bib"]\n'
        '[[builds]]\nname = "site"\nroots = ["site.md"]\nbibliography = ["references.bib"]\n'
    )
    chapters = {"book.md": "@b2020 @good2020\n", "site.md": "@b2020 @good2020\n"}
    entry = "@misc{b2020, title = {B}}\n"
    write(
        tmp_path,
        {**PROJECT, "ketreview.toml": settings, **chapters, "more.bib": entry, "references.bib": TWICE + entry},
    )
    done = fix(tmp_path, "--fix", "--unsafe-fixes")
    assert (tmp_path / "references.bib").read_text() == (ONCE + entry).replace("\r\n", "\n")
    assert "not fixed: references.bib:5:7 KR101: afterwards `check` would find more than before" in done.talk


def test_an_answer_that_was_kept_is_not_given_after_fixing(tmp_path: Path) -> None:
    filler = "".join(f"@misc{{k{number}, title = {{{'T' * 100}}}, year = {{2020}}}}\n" for number in range(600))
    write(tmp_path, {**PROJECT, "more.bib": filler})
    assert "KR104" in fix(tmp_path).out
    assert (tmp_path / ".ketreview_cache").is_dir()
    assert "KR104" in fix(tmp_path).out
    assert fix(tmp_path, "--fix").talk == "Fixed 1 finding in 1 file\n"
    assert "KR104" not in fix(tmp_path).out


def test_chapters_are_fixed_too(tmp_path: Path) -> None:
    chapter = "# A\n\nSeen [@Good2020, p. 3].\n\n@good2020 <!-- ketreview: ignore[KR202] x -->\n"
    write(tmp_path, {**GOOD, "a.md": chapter, "b.md": "@good2020\n", "ketreview.toml": 'chapters = ["*.md"]\n'})
    assert fix(tmp_path, "--fix").talk == "Fixed 2 findings in 1 file\n"
    assert (tmp_path / "a.md").read_text() == "# A\n\nSeen [@good2020, p. 3].\n\n@good2020\n"
    assert (tmp_path / "b.md").read_text() == "@good2020\n"


def test_nothing_to_check_is_said_as_without_fixing(tmp_path: Path) -> None:
    assert fix(tmp_path, "--fix").code == 2
    assert fix(tmp_path, "--diff", "nowhere.bib").code == 2
    write(tmp_path, {**PROJECT, "ketreview.toml": "foo = 1\n"})
    before = snapshot(tmp_path)
    assert fix(tmp_path, "--fix").code == 2
    assert snapshot(tmp_path) == before


PAGE = (Path(__file__).parents[2] / "docs/fixing.md").read_text("utf-8")


def test_the_page_shows_what_is_printed(tmp_path: Path) -> None:
    for language, path, text in re.findall(r"^```(bib|yaml) (\S+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL):
        write(tmp_path, {path: ExampleFile(language, path, text).data()})
    consoles = re.findall(r"^```console\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    commands = re.findall(r"^\$ ketreview (.*)\n((?:(?!\$ ).*\n)*)", "".join(consoles), re.MULTILINE)
    assert len(commands) == 6
    for command, expected in commands:
        done = run(tmp_path, *shlex.split(command), *AS_OF)
        assert done.out + done.talk == expected, command
