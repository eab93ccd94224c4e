"""Trial statuses and registration numbers."""

from __future__ import annotations

import re

from ketreview.model.vocabulary import TrialStatus

OPEN = frozenset(
    {
        TrialStatus.ACTIVE_NOT_RECRUITING,
        TrialStatus.ENROLLING_BY_INVITATION,
        TrialStatus.NOT_YET_RECRUITING,
        TrialStatus.RECRUITING,
    }
)
STOPPED = frozenset({TrialStatus.SUSPENDED, TrialStatus.TERMINATED, TrialStatus.WITHDRAWN})
_OPEN_WORDS = re.compile(r"\b(ongoing|recruiting|active|underway|under way|running|in progress|open|enrolling)\b", re.IGNORECASE)


def is_open(status: str) -> bool:
    """Whether a status, or the words a source uses for one, says that the trial still goes on."""
    return status in OPEN or (status not in set(TrialStatus) and bool(_OPEN_WORDS.search(status)))
