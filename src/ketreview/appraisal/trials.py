"""Trial statuses and registration numbers.

Statuses: ClinicalTrials.gov API 2, `overallStatus`. Shapes of the numbers: maia-sh/ctregistries (registries.csv,
9c50f5c), identifiers.org, and rfhb/ctrdata for CTIS, tightened to the form that each registry prints itself.
"""

from __future__ import annotations

import re
from typing import NamedTuple

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

_OPEN_WORDS = re.compile(
    r"\b(ongoing|on-going|recruiting|active|underway|under way|running|in progress|open|enrolling)\b"
)
_DENIED = re.compile(
    r"\b(not(?! yet)|no longer|never|inactive"
    r"|closed|ended|stopped|halted|finished|completed?|terminated|withdrawn|suspended)\b"
)


def is_open(status: str) -> bool:
    """Whether a status, or the words a source uses for one, says that the trial still goes on."""
    words = status.casefold()
    name = "_".join(re.findall(r"[a-z]+", words)).upper()
    if name in set(TrialStatus):
        return name in OPEN
    return bool(_OPEN_WORDS.search(words)) and not _DENIED.search(words)


class _Registry(NamedTuple):
    """A shape of number. `shape` is met by letters and digits alone, `form` puts the separators in."""

    name: str
    shape: re.Pattern[str]
    form: str


def _registry(name: str, shape: str, form: str) -> _Registry:
    return _Registry(name, re.compile(shape, re.ASCII | re.IGNORECASE), form)


_REGISTRIES = (
    _registry("ClinicalTrials.gov", r"NCT(0\d{7})", "NCT{}"),
    _registry("ISRCTN", r"ISRCTN(\d{8})", "ISRCTN{}"),
    _registry("CTIS", r"(?:EUCT|CTIS)?(20\d\d)(5\d{5})(\d\d)(\d\d)", "{}-{}-{}-{}"),
    _registry("CTIS", r"(?:EUCT|CTIS)?(20\d\d)(5\d{5})(\d\d)", "{}-{}-{}"),
    _registry("EudraCT", r"(?:EUDRACT)?(20\d\d)(0\d{5})(\d\d)", "{}-{}-{}"),
    _registry("EU CTR", r"EUCTR(20\d\d)(0\d{5})(\d\d)", "EUCTR{}-{}-{}"),
    _registry("EU CTR", r"EUCTR(20\d\d)(0\d{5})(\d\d)([A-Z]{2})", "EUCTR{}-{}-{}-{}"),
    _registry("ANZCTR", r"ACTRN(0?126\d{11})", "ACTRN{}"),
    _registry("DRKS", r"DRKS(000\d{5})", "DRKS{}"),
    _registry("jRCT", r"jRCT([a-z]\d{9}|\d{10})", "jRCT{}"),
    _registry("JapicCTI", r"JapicCTI(\d{6})", "JapicCTI-{}"),
    _registry("JMACCT", r"JMAIIA(\d{5})", "JMA-IIA{}"),
    _registry("UMIN", r"UMIN(000\d{6})", "UMIN{}"),
    _registry("ChiCTR", r"ChiCTR(\d{8,10})", "ChiCTR{}"),
    _registry("ChiCTR", r"ChiCTR([A-Z]{3,5})(\d{8})", "ChiCTR-{}-{}"),
    _registry("ITMCTR", r"ITMCTR(\d{8,10})", "ITMCTR{}"),
    _registry("CTRI", r"CTRI(20\d\d)(\d{2,3})(0\d{5})", "CTRI/{}/{}/{}"),
    _registry("CRIS", r"KCT(00\d{5})", "KCT{}"),
    _registry("IRCT", r"IRCT(\d{12,14})N(\d{1,3})", "IRCT{}N{}"),
    _registry("PACTR", r"PACTR(20\d{13,14})", "PACTR{}"),
    _registry("ReBEC", r"RBR(\d\w{5,7})", "RBR-{}"),
    _registry("TCTR", r"TCTR(20\d{9})", "TCTR{}"),
    _registry("NTR", r"NTR(\d{1,5})", "NTR{}"),
    _registry("NTR", r"NL(\d{1,5})", "NL{}"),
    _registry("NTR", r"NLOMON(\d{4,6})", "NL-OMON{}"),
    _registry("SLCTR", r"SLCTR(20\d\d)(\d{3})", "SLCTR/{}/{}"),
    _registry("LBCTR", r"LBCTR(20\d{8})", "LBCTR{}"),
    _registry("REPEC", r"PER(\d{3})(\d\d)", "PER-{}-{}"),
    _registry("RPCEC", r"RPCEC(0000\d{4})", "RPCEC{}"),
    _registry("PHRR", r"PHRR(\d{6})(\d{6})", "PHRR{}-{}"),
    _registry("SNCTP", r"SNCTP(\d{9})", "SNCTP{}"),
    _registry("HKUCTR", r"HKUCTR(\d{1,5})", "HKUCTR-{}"),
    _registry("UTN", r"U(1\d{3})(\d{4})(\d{4})", "U{}-{}-{}"),
)
_UPPER = frozenset({"ChiCTR", "EU CTR"})
_PREFIXES = (
    *("NCT", "ISRCTN", "ACTRN", "DRKS", "JRCT", "JAPICCTI", "UMIN", "CHICTR", "ITMCTR", "CTRI", "KCT", "IRCT", "PACTR"),
    *("RBR", "TCTR", "NTR", "SLCTR", "LBCTR", "RPCEC", "PHRR", "SNCTP", "HKUCTR", "EUDRACT", "EUCTR", "EUCT", "CTIS"),
)
_LABELS = re.compile(r"\b(clinicaltrials\.gov|identifier|registration|number|nr|no|id)\b\W*", re.IGNORECASE)
_LOOKALIKES = str.maketrans("OoIl", "0011")


def normal_form(number: str) -> str:
    """The number as its registry prints it, separators and case apart; empty if no registry has numbers like it."""
    squeezed = _squeezed(number)
    for registry in _REGISTRIES:
        if match := registry.shape.fullmatch(squeezed):
            fold = str.upper if registry.name in _UPPER else str.lower
            return registry.form.format(*map(fold, match.groups()))
    return ""


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


def _squeezed(number: str) -> str:
    return re.sub(r"[\W_]+", "", _LABELS.sub("", number))
