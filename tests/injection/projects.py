"""Projects that hold each value in each place, and which places those are.

Where a value begins or ends a text matters to many formats, so it stands at both ends: `VALUE Q12x345Q VALUE`, without
the blanks. The mark between names the value and the place, for whoever reads of a failure.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ketreview.model.entry_types import known_fields
from tests.injection import reviews
from tests.injection.values import TWIN, VALUES, Value
from tests.parsing.test_retraction_watch import HEADER

NUL = "\x00"
Content = str | bytes
_TEXTS = {"years": "2005/2024", "languages": "en", "places": "GB", "path": "a.md", "folder": "a"}
_BLANK = re.compile(r"\s|[\x1c-\x1f]")


@dataclass
class Marks:
    """Gives each place its number, and counts what was put."""

    twin: bool
    places: dict[str, int] = field(default_factory=dict)
    put: int = 0

    def text(self, number: int, value: str, place: str) -> str:
        """The value with its mark, as it stands at a place."""
        self.put += 1
        at = self.places.setdefault(place, len(self.places))
        told = TWIN if self.twin else value
        return f"{told}Q{number}x{at}Q{told}"

    def of(self, number: int, value: str) -> Putting:
        return Putting(self, number, value)


class Putting(NamedTuple):
    """Puts one value wherever it is asked to."""

    marks: Marks
    number: int
    value: str

    def __call__(self, place: str, without: str = "") -> str:
        """The value at a place; `without` are the signs that the place cannot hold."""
        return self.marks.text(
            self.number, re.sub(f"[{re.escape(without)}]", "", self.value) if without else self.value, place
        )

    def word(self, place: str, without: str = "") -> str:
        """The value at a place that holds no blanks."""
        return _BLANK.sub("", self(place, without))


@dataclass(frozen=True)
class Project:
    """The files of a project, and how many values stand in how many places of it."""

    files: Mapping[str, Content]
    places: int
    put: int


def hostile(values: Iterable[Value] = VALUES, *, twin: bool = False) -> Project:
    """A project that can be read, with every value in every place that takes it."""
    marks = Marks(twin)
    files: dict[str, Content] = {"ketreview.toml": _settings(values, marks)}
    stores, exported = [], [HEADER]
    for number, value in enumerate(values):
        put = marks.of(number, value.text)
        files[f"reviews/r{number}.yaml"] = reviews.document(_wired(put, number))
        files[f"reviews/d{number}.yaml"] = reviews.document(_dangling(put, number))
        stores.append(_entries(put, number))
        files |= _chapters(put, number) | _folder(put, number)
        exported.append(_retraction(put, number))
    files["references.bib"] = "".join(stores)
    files["retractions.csv"] = "".join(exported)
    return Project({path: _encoded(text) for path, text in files.items()}, len(marks.places), marks.put)


def _encoded(text: Content) -> bytes:
    return text if isinstance(text, bytes) else text.encode("utf-8", "replace")


def _wired(put: Putting, number: int) -> dict[str, Any]:
    """A review whose records find one another, and whose texts are hostile."""

    def text(leaf: reviews.Leaf) -> str:
        name = leaf.path[-1]
        if leaf.path == ("id",):
            return f"r{number}"
        if name == "id" or (leaf.kind and leaf.kind not in {"entry", "any_claim"}):
            return "i"
        if leaf.path[-2:] == ("as_stated", "source") and len(leaf.path) > len(("as_stated", "source")):
            return "i"
        if leaf.kind == "any_claim":
            return "r0:i"
        if leaf.kind == "entry":
            return key(put)
        return _fitting(put, leaf) or _TEXTS.get(name, "words")

    return reviews.filled(text)


def key(put: Putting) -> str:
    """A citation key with as much of the value as a store can hold."""
    return put.word("key", '@(){},="#%\x00')


def _fitting(put: Putting, leaf: reviews.Leaf) -> str:
    """The value as the leaf's type takes it; empty where it takes nothing of it."""
    return next((text for text in (put(leaf.name), put.word(leaf.name)) if leaf.takes(text)), "")


def _dangling(put: Putting, number: int) -> dict[str, Any]:
    """A review in which nothing that is named is there."""

    seen = set()

    def text(leaf: reviews.Leaf) -> str:
        if leaf.path[-1] == "id":
            return f"d{number}" if leaf.path == ("id",) else "i"
        if leaf.kind and leaf.path[-2:] not in seen:
            seen.add(leaf.path[-2:])
            return _fitting(put, leaf._replace(path=("dangling", *leaf.path))) or "i"
        if leaf.kind:
            return "i"
        return _TEXTS.get(leaf.path[-1], "words")

    return reviews.filled(text, sparse=True)


def braced(text: str) -> str:
    """A text as the value of a field: without braces, where they are not in pairs."""
    depth = 0
    for sign in text:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0:
            break
    return "{" + (text if not depth else re.sub("[{}]", "", text)) + "}"


def _entries(put: Putting, number: int) -> str:
    """An entry with every field there is, one by the key that the review cites, a string, and comments."""
    fields = "".join(
        f",\n  {name} = {braced(put(f'field {name}', NUL))}" for name in sorted(known_fields()) if name != "crossref"
    )
    title, author = braced(put("title", NUL)), braced(put("author", NUL))
    comment = put("comment", "@\x00\r\n\u2028\u2029\x85\x0b\x0c\x1c\x1d\x1e")
    return (
        f"% {comment}\n@comment{braced(put('@comment', NUL))}\n@preamble{{{braced(put('@preamble', NUL))}}}\n"
        f"@string{{s{number} = {braced(put('@string', NUL))}}}\n"
        f"% ketreview: ignore[KR108] {comment}\n@article{{all{number}{fields}\n}}\n"
        f"@misc{{{key(put)}, title = s{number}, author = {author}, crossref = {{all{number}}}}}\n"
        f"@misc{{once{number}, title = {title}, author = {title}, doi = {{10.1000/twice{number}}}}}\n"
        f"@book{{twice{number}, title = {title}, note = {title}, doi = {{10.1000/twice{number}}}}}\n"
    )


def _chapters(put: Putting, number: int) -> dict[str, Content]:
    """Chapters in every language, whose prose, keys, labels and includes are hostile."""
    text, word = put("chapter", NUL), put.word("chapter key", NUL)
    names = put.word("include", '"{}\x00')
    plain = put("heading", NUL).replace("\n", " ").replace("\r", " ")
    notebook = {
        "cells": [{"cell_type": "markdown", "metadata": {}, "source": [text, f"\n[@{word}] @none{number}"]}],
        "metadata": {}, "nbformat": 4, "nbformat_minor": 5,
    }  # fmt: skip
    told = {
        "typ": f'@none{number} #cite(label("{word}")) #cite(<{word}>) #include "{names}.typ"\n= {plain}\n',
        "tex": f"\\cite{{none{number},{word}}}\\input{{{names}}}\\label{{{word}}}\n\\section{{{plain}}}\n",
        "md": f"[@none{number}; @{{{word}}}; @{word}]\n\n# {plain} {{#{word}}}\n\n",
        "qmd": f"---\ntitle: {reviews.quoted(text)}\nnocite: {reviews.quoted(f'@{word}')}\n---\n[@none{number}] ",
        "rst": f":cite:`{word}` :cite:p:`none{number}`\n\n.. _{word}:\n\n{plain}\n====\n\n",
    }
    return {
        **{f"chapters/c{number}.{suffix}": f"{head}{text}\n" for suffix, head in told.items()},
        f"chapters/c{number}.ipynb": json.dumps(notebook),
        f"appendix/a{number}.md": (
            f"# Works\n\n## {plain} 2020\n\n**Full Citation:** {plain}. 2020. [@{word}]\n**DOI:** 10.1000/{word}\n"
            f"**PMID:** 1{number}\n**Certainty:** {plain}\n\n{text}\n"
        ),
    }


def _folder(put: Putting, number: int) -> dict[str, Content]:
    """A folder of literature."""
    text = put("note", NUL).replace("\n", " ").replace("\r", " ")
    listed = put.word("listed file", f"(){NUL}")
    readme = (
        f"# {text}\n\n**Status:** {text}\n**{text}:** {text}\n\n## Key Papers\n\n1. **{text} 2001** - {text}\n"
        f"2. **Doe 2002** - Randomised controlled trial, doi:10.1000/{number} {text}\n\n## Overview\n\n{text}\n\n"
        f"## Proposed mechanisms\n\n- {text}\n\n## {text}\n\n- {text}\n\n"
        f"## Safety Considerations\n\n### Adverse Effects\n"
        f"- {text}\n- Rash in 4% of {text}\n\n### Dosing\n- {text}\n\n## Research gaps\n\n- {text}\n\n"
        f"## Certainty Assessment\n\n**{text}:** LOW ({text})\n**Efficacy:** {text}\n\n"
        f"## Files\n\n- `{text}` - {text}\n- [x]({listed})\n\n## Bibliography\n\n- [x] {text}\n"
    )
    return {f"literature/l{number}/README.md": readme, f"literature/l{number}/notes.md": put("notes", NUL)}


def _retraction(put: Putting, number: int) -> str:
    names = HEADER.rstrip(",\n").split(",")
    cells = {name: put(f"retraction {name}", NUL) for name in names}
    cells |= {
        "RetractionDate": "8/16/2023 0:00",
        "OriginalPaperDOI": f"10.1000/r{number}",
        "OriginalPaperPubMedID": str(9_000_000 + number),
        "RetractionNature": "Retraction",
    }
    return _csv([[*cells.values(), ""]])


def _csv(rows: Iterable[Iterable[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _toml(text: str) -> str:
    return '"' + "".join(sign if sign.isalnum() or sign in " ._-" else f"\\U{ord(sign):08x}" for sign in text) + '"'


def _settings(values: Iterable[Value], marks: Marks) -> str:
    """Settings that read all of it, with the values wherever a setting takes any text."""
    texts = [marks.of(number, value.text)("settings") for number, value in enumerate(values)]
    paths = [text for text in texts if not re.search(r"^[/\\]|\.\.|^[A-Za-z]:|\x00", text)]
    listed = ", ".join(_toml(path) for path in paths)
    lines = [
        'chapters = ["chapters/*"]', 'appendix = ["appendix/*.md"]', 'literature = ["literature/**"]',
        'retractions = "retractions.csv"', f'exclude = [".git", {listed}]', f'staging = [{listed}]',
        "[crosswalk]", *(f'{_toml(text)} = "low"' for text in texts),
        "[per-file-ignores]", *(f'{_toml(text)} = ["KR9"]' for text in texts),
        *(f'[[builds]]\nname = {_toml(text)}\nroots = ["chapters/c0.typ"]\n' for text in texts),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"
