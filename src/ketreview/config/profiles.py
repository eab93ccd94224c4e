"""A project's own guides to GRADE, each made from a built-in one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from ketreview.diagnostics import shown
from ketreview.model.profile import COCHRANE, MOST_RUNGS, PROFILES, Profile
from ketreview.model.vocabulary import Design, Domain, Level
from ketreview.nearest import did_you_mean

PROFILE_KEYS = ("like", "start", "caps", "upgrades-beside-downgrades", "upgrades-on-randomised")
RUNGS = (Level.HIGH, Level.MODERATE, Level.LOW, Level.VERY_LOW)
Bad = Callable[[str, str], None]


def read_profiles(tables: Mapping[str, Any], bad: Bad) -> dict[str, Profile]:
    """The guides of the setting `profiles`; each fault of them goes to `bad`, with the name of its setting."""
    return {name: profile for name, table in tables.items() if (profile := _profile(name, table, bad)) is not None}


def _profile(name: str, table: Any, bad: Bad) -> Profile | None:
    place = f"profiles.{name}"
    if not isinstance(table, dict):
        bad(place, f"the profile {shown(name)} is a table, with {', '.join(PROFILE_KEYS)}")
        return None
    if name in PROFILES:
        bad(place, f"`{name}` is a profile that is built in; give your own another name")
        return None
    for key in table:
        if key not in PROFILE_KEYS:
            hint = did_you_mean(key, PROFILE_KEYS) or f"; it has {', '.join(PROFILE_KEYS)}"
            bad(f"{place}.{key}", f"{shown(key)} is not a setting of a profile{hint}")
    like = table.get("like", COCHRANE.name)
    if not isinstance(like, str) or like not in PROFILES:
        bad(f"{place}.like", f"`like` is {_said(like)}; it is one of {', '.join(PROFILES)}")
        return None
    base = PROFILES[like]
    flags = {key.replace("-", "_"): _flag(place, key, table[key], bad) for key in PROFILE_KEYS[3:] if key in table}
    return replace(
        base,
        name=name,
        start={**base.start, **dict(_starts(place, table.get("start", {}), bad))},
        caps={**base.caps, **dict(_caps(place, table.get("caps", {}), bad))},
        **flags,
    )


def _starts(place: str, table: Any, bad: Bad) -> Iterator[tuple[Design, Level]]:
    for design, level in _rows(place, "start", table, tuple(Design), bad):
        if level in RUNGS:
            yield Design(design), Level(level)
        else:
            bad(
                f"{place}.start.{design}",
                f"`{design}` starts at {_said(level)}; it starts at one of {', '.join(RUNGS)}",
            )


def _caps(place: str, table: Any, bad: Bad) -> Iterator[tuple[Domain, int]]:
    for domain, rungs in _rows(place, "caps", table, tuple(Domain), bad):
        if isinstance(rungs, int) and not isinstance(rungs, bool) and 0 <= rungs <= MOST_RUNGS:
            yield Domain(domain), rungs
        else:
            bad(
                f"{place}.caps.{domain}",
                f"the cap of `{domain}` is {_said(rungs)}; it is a number from 0 to {MOST_RUNGS}",
            )


def _rows(place: str, key: str, table: Any, known: tuple[str, ...], bad: Bad) -> Iterator[tuple[str, Any]]:
    if not isinstance(table, dict):
        bad(f"{place}.{key}", f"`{key}` of a profile is a table")
        return
    for name, value in table.items():
        if name in known:
            yield name, value
        else:
            hint = did_you_mean(name, known) or f"; it has {', '.join(known)}"
            bad(f"{place}.{key}.{name}", f"{shown(name)} is not known in `{key}`{hint}")


def _flag(place: str, key: str, value: Any, bad: Bad) -> bool:
    if not isinstance(value, bool):
        bad(f"{place}.{key}", f"`{key}` is {_said(value)}; it is true or false")
    return value is True


def _said(value: Any) -> str:
    return shown(value) if isinstance(value, str | int | float) else "a list or a table"
