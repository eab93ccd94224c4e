"""Times the scanners of chapters: how many megabytes of each language are read for citations in a second."""

from __future__ import annotations

import gc
import json
import statistics
import time
from dataclasses import dataclass

import book

from ketreview.parsing.manuscripts import parse_manuscript

NOTEBOOK = "Jupyter notebooks"
_CHAPTERS = 40
_SIZE = 50_000
_CELL = 2_000


@dataclass(frozen=True, slots=True)
class Speed:
    """What one language took: citations found, megabytes read, and megabytes in a second of processor time."""

    language: str
    citations: int
    megabytes: float
    per_second: float


def speeds(rounds: int) -> list[Speed]:
    """Each language once around to warm up, then the median of `rounds`, in this process."""
    known = book.keys(1000)
    found = []
    for language in (*book.LANGUAGES, NOTEBOOK):
        chapters = [_chapter(language, number, known) for number in range(_CHAPTERS)]
        size = sum(len(data) for _, data in chapters) / 1_000_000
        citations = _read(chapters)
        found.append(
            Speed(language, citations, size, size / statistics.median(_timed(chapters) for _ in range(rounds)))
        )
    return found


def _chapter(language: str, number: int, known: list[str]) -> tuple[str, bytes]:
    if language != NOTEBOOK:
        return f"{number}{book.LANGUAGES[language][0]}", book.chapter(language, number, _SIZE, known).encode()
    text = book.chapter("Markdown", number, _SIZE, known)
    cells = [text[start : start + _CELL] for start in range(0, len(text), _CELL)]
    sources = [{"cell_type": "markdown", "metadata": {}, "source": cell.splitlines(keepends=True)} for cell in cells]
    notebook = {"cells": sources, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return f"{number}.ipynb", json.dumps(notebook, indent=1).encode()


def _timed(chapters: list[tuple[str, bytes]]) -> float:
    gc.collect()
    begin = time.process_time()
    _read(chapters)
    return time.process_time() - begin


def _read(chapters: list[tuple[str, bytes]]) -> int:
    return sum(len(parse_manuscript(path, data).citations) for path, data in chapters)
