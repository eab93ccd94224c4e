"""Diffs on a terminal and in a pipe."""

from __future__ import annotations

import io

from rich.console import Console

from ketreview.edits import diff
from ketreview.render.diff import harmless, show


def test_colours_say_what_goes_and_what_comes() -> None:
    out, line = io.StringIO(), " ".join(["long"] * 10)
    console = Console(file=out, force_terminal=True, color_system="standard", width=20, highlight=False)
    show(diff("a", f"x\r\nred\x1b[31m\n{line}\n", f"x\r\n[bold]new\n{line}\n"), console)
    text = out.getvalue()
    assert "\x1b[31m-red\\u001b[31m\x1b[0m\n" in text
    assert "\x1b[32m+[bold]new\x1b[0m\n" in text
    assert f" {line}\n" in text
    assert "\r" not in text


def test_in_a_pipe_only_what_a_patch_needs_is_kept() -> None:
    assert harmless("--- a/x\n+++ b/x\n@@ -1 +1 @@\n-\ufeffa\ufeff\r\n+\ufeff\rb\u202e\r\n") == (
        "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-\ufeffa\\ufeff\r\n+\ufeff\\u000db\\u202e\r\n"
    )
