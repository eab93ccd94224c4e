"""Everything that was read, joined: a read-only, indexed Corpus."""

from __future__ import annotations

from ketreview.linking.corpus import Corpus
from ketreview.linking.facts import is_whole, listed_path, listed_paths, unkeyed_references
from ketreview.linking.joining import Parts, link

__all__ = ["Corpus", "Parts", "is_whole", "link", "listed_path", "listed_paths", "unkeyed_references"]
