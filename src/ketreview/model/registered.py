"""A trial as the file of a registry shows it."""

from __future__ import annotations

from ketreview.diagnostics import Diagnostic
from ketreview.frozen import frozen
from ketreview.model.partial_date import PartialDate
from ketreview.model.vocabulary import TrialStatus


@frozen(kw_only=True)
class RegisteredTrial:
    """What a registry's file tells of a trial; what it does not tell is empty or None.

    `path` is the file's. `number` is the trial's own number there, and `aliases` others of the same registry that mean
    it; `others` are numbers of other registries. `data_of` is the day of the registry's data.
    """

    path: str
    number: str
    aliases: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    status: TrialStatus | None = None
    last_known_status: TrialStatus | None = None
    why_stopped: str = ""
    start: PartialDate | None = None
    primary_completion: PartialDate | None = None
    expected_completion: PartialDate | None = None
    completion: PartialDate | None = None
    last_update: PartialDate | None = None
    results_posted: PartialDate | None = None
    has_results: bool | None = None
    delayed_posting: bool = False
    planned: int | None = None
    actual: int | None = None
    phase: str = ""
    conditions: tuple[str, ...] = ()
    ages: str = ""
    sponsor: str = ""
    data_of: PartialDate | None = None


@frozen
class RegistryFile:
    """What a file of a registry holds: trials, or the faults for which it is not taken.

    `more` says that it is one page of several.
    """

    trials: tuple[RegisteredTrial, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    more: bool = False
