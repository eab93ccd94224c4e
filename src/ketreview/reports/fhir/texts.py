r"""Texts and ids as FHIR has them.

FHIR R5, datatypes: a `string` has no control characters but tab and line ends, an `id` is `[A-Za-z0-9\-\.]{1,64}`, and
a `markdown` is read as Markdown, so that what would be HTML or a link in it is escaped.
"""

from __future__ import annotations

from hashlib import blake2b
from uuid import NAMESPACE_URL, uuid5

from ketreview.parsing.latex_text import latex_text
from ketreview.patterns import regex

_CONTROL = regex(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_MARKUP = regex(r"(?<!\\)(\\*)(<(?=[A-Za-z/!?])|\](?=[(:]))")
_ID = regex(r"[A-Za-z0-9.-]{1,64}")
_DIGESTED = regex(r".*-[0-9a-f]{12}")
_NO_ID = regex(r"[^A-Za-z0-9.-]+")
_STEM = 51


def string(text: str) -> str:
    """A text on one line; a control character becomes the sign of what is not known."""
    return " ".join(_CONTROL.sub("\ufffd", text).split())


def markdown(text: str) -> str:
    """A text that Markdown shows as it is: no tag and no link in it is one."""
    return _MARKUP.sub(lambda found: f"{found[1] * 2}\\{found[2]}", string(text))


def without_latex(text: str) -> str:
    """A value of the store as it is read, without braces and commands."""
    return string(latex_text(text))


def resource_id(name: str) -> str:
    """An id for what a project calls `name`: the same if FHIR allows it, else what can stay of it, and a digest."""
    if _ID.fullmatch(name) and not _DIGESTED.fullmatch(name):
        return name
    digest = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
    return f"{_NO_ID.sub('-', name)[:_STEM]}-{digest}"


def full_url(review: str, kind: str, name: str) -> str:
    """The address of a resource inside its bundle, the same each time (a name-based UUID, RFC 9562 section 5.5)."""
    return uuid5(NAMESPACE_URL, f"ketreview:{review}:{kind}:{resource_id(name)}").urn
