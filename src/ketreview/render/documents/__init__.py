"""Documents to text, one file per format."""

from __future__ import annotations

from importlib import import_module

from ketreview.document import Document


def render_document(name: str, document: Document) -> str:
    """A document in one of the text formats; its module is loaded when it is asked for."""
    text: str = import_module(f"{__name__}.{name}").render(document)
    return text
