"""The signs and words of integration: what is done, what is pending, and where something is integrated."""

from __future__ import annotations

import re

from ketreview.model.vocabulary import IntegrationKind
from ketreview.patterns import regex

DONE_SIGNS = "✅✓✔☑🟢"
PENDING_SIGNS = "⏳⌛❌✗✘☐⬜🔲🔄🚧🟡🔴"
SIGN = regex(rf"[{DONE_SIGNS}{PENDING_SIGNS}]|\[[ xX]\](?!\()")
AROUND = " \t-–—:📚📖📋📁📄🎯⚠\ufe0f"
"""What stands around the words of a line and says nothing."""

PENDING = regex(
    r"\b(?:pending|not (?:yet|in|added|cited|integrated|started|done|created|present|included)"
    r"|await(?:s|ing)?|needs?|needed"
    r"|required|to be|to ?do|to add|planned|scheduled|in progress|under way|outstanding|missing|absent|incomplete"
    r"|partial(?:ly)?|waiting|deferred|remaining|tbd)\b",
    re.IGNORECASE,
)
PREPARED = regex(r"\b(?:prepar\w*|ready|draft(?:ed|s)?)\b", re.IGNORECASE)
"""What is not integrated yet, though something was made for it."""
DONE = regex(
    r"\b(?:added|appended|inserted|integrated|cited|created|saved|completed?|done|updated|written|documented|included"
    r"|downloaded|archived|retrieved|finished|exists?|present|extracted|entered|merged|confirmed|verified|incorporated)\b",
    re.IGNORECASE,
)
ADDED = regex(r"\b(?:added|integrated|cited|inserted|appended|incorporated)\b", re.IGNORECASE)
ANOTHER_DEED = regex(
    r"\b(?:identified|specif\w+|suggested|proposed|provided|listed|mapped|noted|reviewed|assessed)\b", re.IGNORECASE
)
UNCLEAR = regex(
    r"\b(?:optional(?:ly)?|not (?:applicable|needed|required|relevant)|n/a|consider|unclear|unknown)\b|\?",
    re.IGNORECASE,
)
ALL_DONE = regex(r"(?:all )?(?:completed?|done|added|integrated|created|yes|saved|cited|finished)\b", re.IGNORECASE)
GROUP = regex(
    r"[\W_]*(completed?|done|integrated|pending|to ?do|outstanding|remaining|in progress|awaiting|not yet(?: done)?)"
    r"[\W_]*",
    re.IGNORECASE,
)

_TEXT = r"(?<![\w./@~-])[\w./@~-]{1,200}\.(?:md|txt|pdf|rst|markdown)\b"
_FOLDER = r"\bliterature files?\b|\b(?:literature |reading )?folder\b|\bpdf\b|\bfull[- ]text\b"
PLACE = regex(
    r"(?P<file>(?:\bchapter )?\bintegration[- _]guides?\b|\babstracts?\b|\b(?:detailed |reading )?notes\b"
    rf"|\bkey[- ]findings\b|\bread ?me\b|{_FOLDER}|{_TEXT})"
    r"|(?P<appendix>\bannotated[- ]bibliography\b|\bappendix(?:[- _][a-z]\b|[- ](?:entr|item|section|update)\w*)"
    r"|\A\W*appendix(?= ?:)|(?<![\w./-])[\w./-]{0,200}\bappendix-[\w-]{1,80}\.\w+)"
    r"|(?P<bibliography>(?<![\w./~-])[\w./~-]{0,200}\.bib\b|\bbib(?:tex|latex)\b|\bbibliography\b"
    r"|\breferences? (?:store|library|entr\w+))"
    r"|(?P<chapter>\bchapters?\b(?![- ]integrator)|\bch\d{1,3}[a-z]?\b[\w-]*(?:\.\w+)?|\bsections? (?:\d|[\"“§])"
    r"|(?<![\w./-])[\w./-]{1,200}\.(?:typ|tex|qmd)\b)",
    re.IGNORECASE,
)
KINDS = {
    "file": IntegrationKind.FILE,
    "appendix": IntegrationKind.APPENDIX,
    "bibliography": IntegrationKind.BIBLIOGRAPHY,
    "chapter": IntegrationKind.CHAPTER,
}
JOINED = regex(r"[\s*_`\"]*(?:entr(?:y|ies)[\s*_`]*)?(?:,|/|&|\+|\band\b)[\s*_`\"]*", re.IGNORECASE)
ABOUT_CONTENT = regex(r"(?:includes?|contains?|provides?|lists?|describes?|uses?|mentions?)\b", re.IGNORECASE)
STAGED_IN = regex(
    r"\b(?:drafted|prepared|written|staged|ready|available|documented|see|provided) (?:in|at|under|from) \S+",
    re.IGNORECASE,
)

_OF = r"(?:integration|literature|bibtex|bibliography|appendix|chapter|completion|processing)"
STATUS_LABEL = regex(rf"(?:{_OF} ?){{0,2}}status|verification")
GENERAL_LABEL = regex(r"(?:\w+ ){0,2}(?:status|state|verification|location|result|done|pending|integration)")
"""Labels that say of themselves nothing of what a line is about."""
DATE_LABEL = regex(
    r"date|(?:last )?(?:updated|modified|changed|checked)|literature files? created|status date|as of|created"
)
