"""Stubs: a new review file, or a study or claim at the end of its list in a review."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, get_args

from ketreview.changes.change import ChangeError
from ketreview.changes.review_edits import ReviewEdits
from ketreview.changes.yaml_values import Fields
from ketreview.diagnostics import shown
from ketreview.edits import edited, encoded, write_atomically
from ketreview.model.record import Id, Pattern
from ketreview.parsing.reviews import parse_review
from ketreview.parsing.text import decode_text
from ketreview.source import Source

Kind = Literal["study", "claim"]
LISTS = {"study": "studies", "claim": "claims"}
_ID: Pattern = get_args(Id)[1]

_REVIEW = """\
schema_version: 1
id: {id}
title: {title}
status: planned

question:
  text: "What is asked?"
  populations:
  - {{id: population, name: Who is treated}}
  interventions:
  - {{id: treatment, name: What is given}}
  - {{id: control, name: What it is compared with}}
  comparisons:
  - {{id: treatment-control, population: population, intervention: treatment, comparator: control}}
  outcomes:
  - {{id: outcome, name: What matters most to patients, importance: critical, kind: benefit}}

next_steps:
- text: Search, and add the first study with `ketreview new study {id} ID`
"""

_STUBS: Mapping[str, Fields] = {
    "study": {"reference": "Author, year, title", "design": "unknown", "state": "found"},
    "claim": {"kind": "gap", "statement": "What the review says, in a sentence"},
}


def review_text(name: str, title: str) -> str:
    """The text of a new review."""
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    escaped = "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in quoted)
    return _REVIEW.format(id=name, title=f'"{escaped}"')


def new_review(root: Path, path: str, name: str, title: str) -> None:
    """Writes a new review file.

    Raises:
        ChangeError: the id or the title is not one, or the file exists.
    """
    _require_id(name)
    data = review_text(name, title).encode()
    if faults := parse_review(path, data).diagnostics:
        raise ChangeError(faults[0].message)
    location = root / path
    if not Path(os.path.realpath(location)).is_relative_to(os.path.realpath(root)):
        raise ChangeError(f"{path} leads out of the project")
    try:
        location.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(location, data, overwrite=False)
    except FileExistsError:
        raise ChangeError(f"{path} exists already") from None


def add_record(root: Path, path: str, kind: Kind, name: str) -> int:
    """Adds a stub at the end of the list of its kind in a review file; gives the line where it begins.

    Raises:
        ChangeError: the review cannot be read, the id is taken or none, or the list is written in a way that is not
            safe to edit.
    """
    _require_id(name)
    location = Path(os.path.realpath(root / path))
    data = location.read_bytes()
    source, _ = decode_text(path, data)
    review = ReviewEdits(source)
    review.root.append(LISTS[kind], [{"id": name, **_STUBS[kind]}], spread=True)
    (edit,) = review.edits()
    changed = edited(source, [edit])
    write_atomically(location, encoded(changed, data))
    return Source(path, changed).position(edit.span.start + edit.text.index("id: ")).line


def _require_id(name: str) -> None:
    """What is no id could write more than one line."""
    if not re.fullmatch(_ID.regex, name):
        raise ChangeError(f"{shown(name)} is no id; it is {_ID.expected}")
