"""Trial statuses and registration numbers.

Statuses: ClinicalTrials.gov API 2, `overallStatus`. Shapes of the numbers: maia-sh/ctregistries (registries.csv,
9c50f5c), identifiers.org, and rfhb/ctrdata for CTIS, tightened to the form that each registry prints itself. WHO's
ICTRP prints some with a prefix of its own (`JPRN-`, `CTIS`, `EUCTR…-DE`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

from ketreview.model.vocabulary import TrialStatus
from ketreview.patterns import regex

OPEN = frozenset(
    {
        TrialStatus.ACTIVE_NOT_RECRUITING,
        TrialStatus.ENROLLING_BY_INVITATION,
        TrialStatus.NOT_YET_RECRUITING,
        TrialStatus.RECRUITING,
    }
)
STOPPED = frozenset({TrialStatus.SUSPENDED, TrialStatus.TERMINATED, TrialStatus.WITHDRAWN})

_OPEN_WORDS = regex(r"\b(ongoing|on-going|recruiting|active|underway|under way|running|in progress|open|enrolling)\b")
_DENIED = regex(
    r"\b(not(?! yet)|no longer|never|inactive"
    r"|closed|ended|stopped|halted|finished|completed?|terminated|withdrawn|suspended)\b"
)


_STILL_ON = frozenset({
    "authorised, not started",
    "authorised, recruitment pending",
    "ongoing, not yet recruiting",
    "ongoing, recruitment ended",
    "restarted",
})  # fmt: skip
"""What CTIS and the EU register print of trials that go on, and the words alone do not tell (ctrdata,
f_statusRecruitment.R)."""


def is_open(status: str) -> bool:
    """Whether a status, or the words a source uses for one, says that the trial still goes on."""
    words = status.casefold()
    name = "_".join(re.findall(r"[a-z]+", words)).upper()
    if name in set(TrialStatus):
        return name in OPEN
    if " ".join(words.split()) in _STILL_ON:
        return True
    return bool(_OPEN_WORDS.search(words)) and not _DENIED.search(words)


class _Registry(NamedTuple):
    """A shape of number. `shape` is met by letters and digits alone, `form` puts the separators in.

    `trial` is the part of the form that all numbers of one trial share, where that is not the whole.
    """

    name: str
    shape: re.Pattern[str]
    form: str
    trial: str
    fold: Callable[[str], str]


_CTIS = r"(?:EUCT|CTIS)?(20\d\d)(5\d{5})(\d\d)"
_EUDRACT = r"(20\d\d)(0\d{5})(\d\d)"


def _registry(name: str, shape: str, form: str, *, trial: str = "", upper: bool = False) -> _Registry:
    pattern = regex(shape, re.ASCII | re.IGNORECASE)
    return _Registry(name, pattern, form, trial or form, str.upper if upper else str.lower)


@cache
def _registries() -> tuple[_Registry, ...]:
    """Every shape of number, made where one is looked at: it takes milliseconds."""
    return (
        _registry("ClinicalTrials.gov", r"NCT(0\d{7})", "NCT{}"),
        _registry("ISRCTN", r"ISRCTN(\d{8})", "ISRCTN{}"),
        _registry("CTIS", rf"{_CTIS}(\d\d)", "{}-{}-{}-{}", trial="{}-{}-{}"),
        _registry("CTIS", _CTIS, "{}-{}-{}"),
        _registry("EudraCT", rf"(?:EUDRACT)?{_EUDRACT}(?:[A-Z]{{2}})?", "{}-{}-{}"),
        _registry("EudraCT", rf"EUCTR{_EUDRACT}", "EUCTR{}-{}-{}", trial="{}-{}-{}"),
        _registry("EudraCT", rf"EUCTR{_EUDRACT}([A-Z]{{2}})", "EUCTR{}-{}-{}-{}", trial="{}-{}-{}", upper=True),
        _registry("EudraCT", rf"EUCTR{_EUDRACT}3rd", "EUCTR{}-{}-{}-3rd", trial="{}-{}-{}"),
        _registry("ANZCTR", r"(?:ACTRN|ANZCTR)(126\d{11})", "ACTRN{}"),
        _registry("ANZCTR", r"(?:ACTRN|ANZCTR)0(126\d{11})", "ACTRN0{}", trial="ACTRN{}"),
        _registry("DRKS", r"DRKS(000\d{5})", "DRKS{}"),
        _registry("jRCT", r"jRCT([a-z]\d{9}|\d{10})", "jRCT{}"),
        _registry("JapicCTI", r"JapicCTI(\d{6})", "JapicCTI-{}"),
        _registry("JMACCT", r"JMAIIA(\d{5})", "JMA-IIA{}"),
        _registry("UMIN", r"(?:UMIN(?:CTR)?|C)(000\d{6})", "UMIN{}"),
        _registry("ChiCTR", r"ChiCTR(\d{8,10})", "ChiCTR{}"),
        _registry("ChiCTR", r"ChiCTR([A-Z]{2,5})(\d{8})", "ChiCTR-{}-{}", upper=True),
        _registry("ITMCTR", r"ITMCTR(\d{8,10})", "ITMCTR{}"),
        _registry("CTRI", r"CTRI(20\d\d)(\d{2,3})(\d{6})", "CTRI/{}/{}/{}"),
        _registry("CRIS", r"KCT(00\d{5})", "KCT{}"),
        _registry("IRCT", r"IRCT(\d{12,14})N(\d{1,3})", "IRCT{}N{}"),
        _registry("PACTR", r"PACTR(20\d{13,14})", "PACTR{}"),
        _registry("ReBEC", r"RBR(\d\w{5,7})", "RBR-{}"),
        _registry("TCTR", r"TCTR(20\d{9})", "TCTR{}"),
        _registry("NTR", r"NTR(\d{1,5})", "NTR{}"),
        _registry("NL", r"NL(\d{1,5})", "NL{}"),
        _registry("OMON", r"NLOMON(\d{4,6})", "NL-OMON{}"),
        _registry("SLCTR", r"SLCTR(20\d\d)(\d{3})", "SLCTR/{}/{}"),
        _registry("LBCTR", r"LBCTR(20\d{8})", "LBCTR{}"),
        _registry("REPEC", r"PER(\d{3})(\d\d)", "PER-{}-{}"),
        _registry("REPEC", r"PER(\d{3})(\d\d)([A-Z])", "PER-{}-{}-{}", trial="PER-{}-{}", upper=True),
        _registry("RPCEC", r"RPCEC(0000\d{4})", "RPCEC{}"),
        _registry("PHRR", r"PHRR(\d{6})(\d{6})", "PHRR{}-{}"),
        _registry("SNCTP", r"SNCTP(\d{9})", "SNCTP{}"),
        _registry("HKUCTR", r"HKUCTR(\d{1,5})", "HKUCTR-{}"),
        _registry("UTN", r"U(1\d{3})(\d{4})(\d{4})", "U{}-{}-{}"),
    )


_PREFIXES = (
    *("NCT", "ISRCTN", "ACTRN", "DRKS", "JRCT", "JAPICCTI", "UMIN", "CHICTR", "ITMCTR", "CTRI", "KCT", "IRCT", "PACTR"),
    *("RBR", "TCTR", "NTR", "SLCTR", "LBCTR", "RPCEC", "PHRR", "SNCTP", "HKUCTR", "EUDRACT", "EUCTR", "EUCT", "CTIS"),
    *("ANZCTR", "NLOMON"),
)
_LABELS = regex(r"\b(clinicaltrials\.gov|identifier|registration|number|nr|no|id)\b\W*", re.IGNORECASE)
_LOOKALIKES = str.maketrans("OoIl", "0011")
_LONGEST = 100
"""What is longer than this is no number, and is not looked at as one."""


class Number(NamedTuple):
    """A registration number as its registry prints it; `trial` is what all numbers of one trial there have in common.

    `registry` is empty where no registry has numbers like it.
    """

    registry: str
    text: str
    trial: str


def number_of(written: str) -> Number:
    """The number that a text is, separators, case and labels apart."""
    squeezed = _squeezed(written)
    for registry in _registries() if squeezed else ():
        if match := registry.shape.fullmatch(squeezed):
            parts = [registry.fold(part) for part in match.groups()]
            return Number(registry.name, registry.form.format(*parts), registry.trial.format(*parts))
    return Number("", "", written.strip())


def normal_form(number: str) -> str:
    """The number as its registry prints it, separators and case apart; empty if no registry has numbers like it."""
    return number_of(number).text


def nearest_form(number: str) -> str:
    """The normal form of the number that may be meant: letters may be swapped, O may stand for 0; else empty."""
    squeezed = _squeezed(number)
    for prefix in _PREFIXES:
        if sorted(squeezed[: len(prefix)].upper()) == sorted(prefix):
            rest = squeezed[len(prefix) :]
            if found := normal_form(prefix + rest) or normal_form(prefix + rest.translate(_LOOKALIKES)):
                return found
    return normal_form(number)


def names_registry(number: str) -> bool:
    """Whether a text begins as the numbers of a known registry do, or as a year and digits of a European one."""
    return _squeezed(number).upper().startswith(_PREFIXES) or bool(re.fullmatch(r"20\d\d-\d+-[\d-]+", number.strip()))


def trials_of(registrations: Iterable[str]) -> frozenset[str]:
    """What identifies the trials that have these numbers: a trial is the same if it shares one of them."""
    return frozenset(number_of(written).trial for written in registrations)


def _squeezed(number: str) -> str:
    if len(number) > _LONGEST:
        return ""
    squeezed = re.sub(r"[\W_]+", "", _LABELS.sub("", number))
    return squeezed[4:] if squeezed[:4].upper() == "JPRN" else squeezed
