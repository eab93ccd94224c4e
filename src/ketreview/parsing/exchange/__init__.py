"""Files of references that other programs write, to entries: one module a format."""

from __future__ import annotations

from importlib import import_module
from posixpath import splitext

from ketreview.model.imported import Imported

MODULES = {".bib": "bib", ".ris": "ris", ".nbib": "medline", ".json": "csl_json", ".xml": "endnote_xml"}
SUFFIXES = tuple(MODULES)
"""What can be read, by the end of a file's name."""


def parse(path: str, data: bytes) -> Imported:
    """Reads a file by the end of its name, which is one of `SUFFIXES`. Never raises for what is in it.

    Raises:
        ModuleNotFoundError: the library for the format is not installed; the extra `import` brings it.
    """
    module = import_module(f"{__name__}.{MODULES[splitext(path)[1].lower()]}")
    read: Imported = module.parse(path, data)
    return read
