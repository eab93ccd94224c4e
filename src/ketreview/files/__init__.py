"""Path to bytes: the files of a project, from disk, from an editor's buffer, or as a revision of git has them."""

from __future__ import annotations

from ketreview.files.disk import (
    BIB_SUFFIXES,
    CHAPTER_SUFFIXES,
    REVIEW_SUFFIXES,
    SITE_FILES,
    SUFFIXES,
    Earlier,
    Files,
    Unreadable,
    reason_of,
)

__all__ = [
    "BIB_SUFFIXES",
    "CHAPTER_SUFFIXES",
    "REVIEW_SUFFIXES",
    "SITE_FILES",
    "SUFFIXES",
    "Earlier",
    "Files",
    "Unreadable",
    "reason_of",
]
