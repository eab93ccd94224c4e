r"""URLs as a store writes them: what they need, and what they can do without.

A URL begins with its scheme and has no blanks (RFC 3986, 3 and Appendix C). Parameters that only tell where a reader
came from are those of the "URL tracking" lists of ClearURLs and AdGuard that no site needs to show its page; one that
names a site's own state (`ref`, `source`, `id`) is never among them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ketreview.appraisal.identifiers import is_doi
from ketreview.patterns import regex

_WRAPPER = regex(r"\\(?:url|path|nolinkurl)\b\s*")
_ESCAPED = regex(r"\{?\\([_%&#$~])(?:\{\})?\}?")
_TILDE = regex(r"\{?\\textasciitilde\b\s*(?:\{\})?\}?")


def plain_url(text: str) -> str:
    """A URL without what LaTeX puts around it and into it; white space as written."""
    text = text.strip()
    if "\\" in text or "{" in text:
        text = _ESCAPED.sub(r"\1", _TILDE.sub("~", _WRAPPER.sub("", text)))
        text = text.replace("{", "").replace("}", "").strip()
    return text


_PLAIN = regex(r"https?://(?!https?:)[^\s{}\\]+")
USUAL_URL = regex(r"https?://[^\s{}\\?:]+")
"""URLs without faults and parameters, which nearly all are."""
_SCHEME = regex(r"([A-Za-z][A-Za-z0-9+-]*):(?!\d+(?:/|$))")
_NO_SCHEMES = frozenset({"http", "https", "url", "uri", "link", "web", "website", "online", "available", "from"})
_HOST = regex(r"(?:[\w-]{1,63}\.){1,10}[a-z]{2,24}(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
_WEB = regex(r"https?://[^\s<>\"]+", re.IGNORECASE)
_BROKEN = regex(r"h?t+ps?(?:[:;]/*|//)+(?=\w)", re.IGNORECASE)
_PROPER = regex(r"https?://(?=[^/\s])", re.IGNORECASE)
_TWICE = regex(r"https?:/+(?=https?:/)", re.IGNORECASE)
_ANOTHER = regex(r"(?<=\S)\s+(?:and\s+)?https?://", re.IGNORECASE)
_BLANK = regex(r"\s")
_WRAPPED = regex(r"\s*[\r\n]\s*")
_LONGEST = 4096


class UrlFault(NamedTuple):
    """What is wrong with a URL, in words that go on from it, and the URL that it may mean (empty: unknown)."""

    problem: str
    meant: str = ""


def url_fault(text: str) -> UrlFault | None:
    """What keeps a value from being one URL, if anything; nothing is said of an empty one."""
    if _PLAIN.fullmatch(text):
        return None  # nearly every URL of a store ends here
    url = plain_url(text)
    if not url:
        return None
    if (first := _PROPER.search(url)) and _ANOTHER.search(url, first.end()):
        return UrlFault("holds more than one URL, and `url` takes one")
    if (fault := _of_scheme(url)) is not None:
        return fault
    if _BLANK.search(url):
        return UrlFault("has a blank in it, where a URL ends", _without_blanks(url))
    return None


def _of_scheme(url: str) -> UrlFault | None:
    """What is wrong with how a URL begins. Protocols other than the web's are not judged."""
    if twice := _TWICE.match(url):
        return UrlFault("has its protocol twice", url[twice.end() :])
    if _PROPER.match(url):
        return None
    if broken := _BROKEN.match(url):
        secure = "s" if "s" in broken[0].lower() else ""
        return UrlFault("does not begin with `http://` or `https://`", f"http{secure}://{url[broken.end() :]}")
    scheme = _SCHEME.match(url)
    return None if scheme and scheme[1].lower() not in _NO_SCHEMES else _without_protocol(url)


def _without_protocol(url: str) -> UrlFault:
    if inside := _WEB.search(url):
        return UrlFault("does not begin with its protocol", inside[0])
    bare = url.removeprefix("//")
    if is_doi(bare):
        return UrlFault("is a DOI, which belongs in `doi`", f"https://doi.org/{bare}")
    near = f"https://{bare}" if len(bare) < _LONGEST and _HOST.fullmatch(bare) else ""
    return UrlFault("has no protocol" if near else "is no URL, which begins with its protocol, as `https://`", near)


def _without_blanks(url: str) -> str:
    """The URL that was wrapped, or the one before a blank that text follows."""
    joined = _WRAPPED.sub("", url)
    return url.split(maxsplit=1)[0] if _BLANK.search(joined) else joined


_TRACKING = regex(
    r"""(?:utm|mtm|hsa)_\w+ | pk_(?:campaign|kwd|keyword|source|medium|content)
    | fbclid | fb_(?:ref|source|action_ids|action_types) | gclid | gclsrc | dclid | gbraid | wbraid | msclkid | yclid
    | twclid | ttclid | igshid | li_fat_id | mc_[ce]id | mkt_tok | _hs(?:enc|mi) | __hs(?:sc|tc|fp) | hsctatracking
    | oly_(?:anon|enc)_id | vero_(?:id|conv) | _openstat | ml_subscriber(?:_hash)? | s_cid | _g[al] | wickedid
    | casa_token | getft_integrator | __cf_chl_\w+
    """,
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)
_TRACKING_PAIRS = frozenset({"via=ihub", "via%3dihub", "src=getftr"})
_AND = regex(r"(\{\\&\}|\\&|&amp;|&)")
_FRAGMENT = regex(r"\\?#")


def untracked(text: str) -> tuple[str, tuple[str, ...]]:
    """A URL without the parameters that only follow its reader, and their names; all else is kept as written.

    A URL inside of another one (an archive's, a redirection) is left alone, and so is one that text stands behind.
    """
    if "?" not in text or text.count("://") != 1 or _BLANK.search(text.strip()):
        return text, ()
    address, query = text.split("?", 1)
    fragment = _FRAGMENT.search(query)
    tail = query[fragment.start() :] if fragment else ""
    first, *rest = _AND.split(query[: fragment.start()] if fragment else query)
    found = []
    kept: list[str] = []
    for separator, parameter in zip(("?", *rest[::2]), (first, *rest[1::2]), strict=True):
        plain = plain_url(parameter)
        name = re.split(r"=|%3D", plain, maxsplit=1)[0]
        if _TRACKING.fullmatch(name) or plain.casefold() in _TRACKING_PAIRS:
            found.append(name)
        else:
            kept += (separator if kept else "?", parameter)
    clean = address + "".join(kept) + tail
    cut_a_brace = clean.count("{") - clean.count("}") != text.count("{") - text.count("}")
    return (text, ()) if cut_a_brace else (clean, tuple(dict.fromkeys(found)))
