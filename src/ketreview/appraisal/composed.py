"""Text in Unicode's composed form (NFC, Unicode Standard Annex 15), in which equal texts are equal.

Ideographs for compatibility (U+F900 to U+FAFF, U+2F800 to U+2FA1F) stay as they are: composing would write a name with
another form of its character.
"""

from __future__ import annotations

from unicodedata import is_normalized, normalize

from ketreview.patterns import regex

_IDEOGRAPHS = regex("([\uf900-\ufaff\U0002f800-\U0002fa1f]+)")


def composed(text: str) -> str:
    """The text in its composed form."""
    if is_normalized("NFC", text):
        return text
    parts = _IDEOGRAPHS.split(text)
    return "".join(part if index % 2 else normalize("NFC", part) for index, part in enumerate(parts))
