"""Whether the terminal shows links (OSC 8): most pass over what they do not know, some print it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

_PROGRAMS = {"iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "terminology", "zed", "WarpTerminal", "Tabby", "rio"}
_TERMINALS = {
    "xterm-kitty",
    "xterm-ghostty",
    "alacritty",
    "alacritty-direct",
    "foot",
    "foot-extra",
    "contour",
    "wezterm",
}
_SIGNS = ("DOMTERM", "WT_SESSION", "KONSOLE_VERSION", "KITTY_WINDOW_ID")
_VTE = 5000


def links_shown(console: Console) -> bool:
    """Whether links may be written to a console: a terminal in colour that is known to show them.

    `FORCE_HYPERLINK` says so for a terminal that is not known; 0 says no for one that is.
    """
    coloured = console.is_terminal and console.color_system is not None and not console.no_color
    return coloured and not console.legacy_windows and _known(os.environ)


def _known(environment: Mapping[str, str]) -> bool:
    """What the environment says of the terminal."""
    if (forced := environment.get("FORCE_HYPERLINK", "")) != "":
        return forced.strip() != "0"
    vte = environment.get("VTE_VERSION", "")
    return (
        environment.get("TERM_PROGRAM") in _PROGRAMS
        or environment.get("TERM") in _TERMINALS
        or any(sign in environment for sign in _SIGNS)
        or (vte.isascii() and vte.isdigit() and int(vte) >= _VTE)
    )
