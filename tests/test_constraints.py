"""The versions in constraints/: the lowest are the bounds of pyproject.toml, the locked ones lie within them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"].values()
OF_USERS = [*PROJECT["project"]["dependencies"], *(text for extra in EXTRAS for text in extra)]
OF_DEVELOPERS = PROJECT["dependency-groups"]["dev"]
PINNED = re.compile(r"^([a-z0-9-]+)==(\S+)")


def name_of(requirement: Requirement) -> str:
    """As an index writes it."""
    return re.sub(r"[-_.]+", "-", requirement.name).lower()


def pinned(file: str) -> dict[str, Version]:
    lines = (ROOT / "constraints" / file).read_text("utf-8").splitlines()
    return {match[1]: Version(match[2]) for line in lines if (match := PINNED.match(line))}


@pytest.mark.parametrize("text", OF_USERS)
def test_the_lowest_version_is_the_bound(text: str) -> None:
    requirement = Requirement(text)
    bounds = [Version(part.version) for part in requirement.specifier if part.operator == ">="]
    assert bounds == [pinned("lowest.txt")[name_of(requirement)]]


@pytest.mark.parametrize("text", [*OF_USERS, *OF_DEVELOPERS])
def test_the_locked_version_is_allowed(text: str) -> None:
    requirement = Requirement(text)
    assert requirement.specifier.contains(pinned("locked.txt")[name_of(requirement)], prereleases=True)


def test_what_is_locked_has_hashes_and_comes_from_an_index() -> None:
    blocks = re.split(r"^(?=\S)", (ROOT / "constraints/locked.txt").read_text("utf-8"), flags=re.MULTILINE)
    pins = [block for block in blocks if block.strip() and not block.startswith("#")]
    assert len(pins) > len(OF_USERS)
    for block in pins:
        assert PINNED.match(block), block
        assert "--hash=sha256:" in block
        assert "://" not in block
