"""Settings: read from ketreview.toml or [tool.ketreview], checked and located like everything else."""

from __future__ import annotations

from ketreview.config.finding import find_settings, holds_settings, leads_out
from ketreview.config.reading import BAD_SETTING, read_settings
from ketreview.config.settings import (
    DEFAULT_BIBLIOGRAPHY,
    DEFAULT_EXCLUDE,
    DEFAULT_INTERVALS,
    DEFAULT_REVIEWS,
    Settings,
)

__all__ = [
    "BAD_SETTING",
    "DEFAULT_BIBLIOGRAPHY",
    "DEFAULT_EXCLUDE",
    "DEFAULT_INTERVALS",
    "DEFAULT_REVIEWS",
    "Settings",
    "find_settings",
    "holds_settings",
    "leads_out",
    "read_settings",
]
