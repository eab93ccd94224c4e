"""Words that only names of institutions have.

Words that are also surnames are left out (Board, Bureau, Center, College, Council, Hospital, Project, Team, Trust,
Union), or need what follows them (`Center for`).
"""

from __future__ import annotations

import re

from ketreview.patterns import regex

_WORDS = (
    "academy", "administration", "agency", "arbeitsgemeinschaft", "arbeitsgruppe", "association", "associations",
    "authority", "collaboration", "collaborative", "collaborators", "commission", "committee", "consortia",
    "consortium", "corporation", "department", "federation", "foundation", "gesellschaft", "gmbh", "group", "groups",
    "inc", "inc.", "initiative", "institut", "institute", "institutes", "investigators", "laboratories", "llc", "ltd",
    "ltd.", "ministerium", "ministry", "network", "organisation", "organization", "secretariat", "society", "stiftung",
    "subcommittee", "taskforce", "universidad", "università", "universität", "université", "university",
)  # fmt: skip
INSTITUTION_WORDS = frozenset(form for word in _WORDS for form in (word, word.capitalize(), word.upper()))
"""Each word as it may stand in a name, for a quick look at many."""

_ONE_OF_SEVERAL = regex(
    rf"(?<![\w.'-])(?:{'|'.join(re.escape(word) for word in _WORDS)}"
    r"|cent(?:er|re)s?\s+(?:for|of|on)|(?:college|council|board|bureau|office|school)\s+(?:of|for|on|on\s+the)"
    r"|task\s+force|working\s+party|(?:united|european)\s+(?:nations|union))(?![\w'-])",
    re.IGNORECASE,
)
_BLANK = regex(r"[\s~]")


def is_institution(bare: str) -> bool:
    """Whether a name is an institution's: one of its words says so, and no comma makes a person's name of it.

    `bare` is the name without what stands in braces.
    """
    return _BLANK.search(bare) is not None and bare.count(",") != 1 and _ONE_OF_SEVERAL.search(bare) is not None
