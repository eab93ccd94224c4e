"""Which terminals are given links."""

from __future__ import annotations

import io
from typing import Any

import pytest
from rich.console import Console

from ketreview.cli.hyperlinks import links_shown

TERMINAL: dict[str, Any] = {"force_terminal": True, "color_system": "standard", "legacy_windows": False}


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, False),
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "linux"}, False),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM_PROGRAM": "vscode"}, True),
        ({"TERM_PROGRAM": "Apple_Terminal"}, False),
        ({"WT_SESSION": "x"}, True),
        ({"VTE_VERSION": "6800"}, True),
        ({"VTE_VERSION": "4200"}, False),
        ({"VTE_VERSION": "x"}, False),
        ({"VTE_VERSION": "²"}, False),
        ({"FORCE_HYPERLINK": "1"}, True),
        ({"FORCE_HYPERLINK": "0", "TERM": "xterm-kitty"}, False),
        ({"FORCE_HYPERLINK": "", "TERM": "xterm-kitty"}, True),
    ],
)
def test_by_what_the_environment_says(
    environment: dict[str, str], expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.environ", environment)
    assert links_shown(Console(file=io.StringIO(), _environ={}, **TERMINAL)) is expected


@pytest.mark.parametrize(
    "options",
    [{"force_terminal": False}, {"color_system": None}, {"no_color": True}, {"legacy_windows": True}],
    ids=str,
)
def test_none_without_a_terminal_in_colour(options: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.environ", {"FORCE_HYPERLINK": "1"})
    assert not links_shown(Console(file=io.StringIO(), _environ={}, **TERMINAL | options))
