"""Whether a sentence states a thing as settled, or says itself that it is open."""

from __future__ import annotations

import re

from ketreview.patterns import regex

_OPEN = regex(
    r"\b(?:may|might|could|can|perhaps|possibly|probably|whether|if|unless)\b"
    r"|\b(?:disput|contest|debat|controvers|conflict|disagree|contradict|inconsisten|question|hypothes|theor|propos"
    r"|suggest|assum|appear|seem|uncertain|unclear|unsettled|unproven|unconfirmed|unknown|doubt|challeng|oppos|mixed"
    r"|preliminary|tentativ|insufficient|however|although|though|while|whereas|but)"
    r"|\b(?:not|no|nor|never|without|held to|said to|holds|claims?|speaks?|calls?|by the account)\b"
    r"|\b(?:strittig|umstritten|fraglich|ungeklärt|unklar|widerspr|könnte|vielleicht|möglich)"
    r"|\b(?:contest|discut|débatt|controvers|incertain|peut-être|pourrait|podría|quizá|discutid)",
    re.IGNORECASE,
)
_SETTLED = regex(
    r"\b(?:(?:well|firmly|clearly|conclusively|definitively|now|is|are|been)[ -]"
    r"(?:proven|proved|established|undisputed)"
    r"|(?:is|are) (?:certain|settled|beyond doubt)|(?:was|were) (?:proven|proved|established beyond)"
    r"|proves|beyond (?:any |all )?doubt|without (?:any )?doubt|undoubtedly|indisputabl[ey]|incontrovertibl[ey])\b",
    re.IGNORECASE,
)
_DENIED = regex(r"\b(?:not|never|no|nor|neither|nothing|yet to be|whether|if|far from|cannot)\b", re.IGNORECASE)
_REACH = 200


def is_open(statement: str) -> bool:
    """Whether a statement has any word that leaves the matter open, or tells another side."""
    return _OPEN.search(statement) is not None


def settled_words(statement: str) -> str:
    """The words by which a statement calls a matter settled; empty if there are none, or they are denied."""
    for found in _SETTLED.finditer(statement):
        before = statement[max(found.start() - _REACH, 0) : found.start()]
        if not _DENIED.search(re.split("[.;:]", before)[-1]):
            return found[0]
    return ""
