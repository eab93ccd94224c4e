"""Registration numbers as their registries print them, of any registry that is known."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import strategies as st

CANONICAL: Mapping[str, tuple[str, str]] = {
    "ClinicalTrials.gov": (r"NCT0[0-9]{7}", "NCT04436250"),
    "ISRCTN": (r"ISRCTN[0-9]{8}", "ISRCTN26462355"),
    "CTIS": (r"20[0-9]{2}-5[0-9]{5}-[0-9]{2}-[0-9]{2}", "2022-501549-57-00"),
    "EudraCT": (r"20[0-9]{2}-0[0-9]{5}-[0-9]{2}", "2012-000615-84"),
    "EU CTR": (r"EUCTR20[0-9]{2}-0[0-9]{5}-[0-9]{2}-[A-Z]{2}", "EUCTR2012-000615-84-DE"),
    "ANZCTR": (r"ACTRN126[0-9]{11}", "ACTRN12605000001694"),
    "DRKS": (r"DRKS000[0-9]{5}", "DRKS00012345"),
    "jRCT": (r"jRCT([a-z][0-9]{9}|[0-9]{10})", "jRCTs031180001"),
    "JapicCTI": (r"JapicCTI-[0-9]{6}", "JapicCTI-123456"),
    "JMACCT": (r"JMA-IIA[0-9]{5}", "JMA-IIA00123"),
    "UMIN": (r"UMIN000[0-9]{6}", "UMIN000012345"),
    "ChiCTR": (r"ChiCTR([0-9]{10}|-[A-Z]{3}-[0-9]{8})", "ChiCTR-TRC-10000001"),
    "ITMCTR": (r"ITMCTR[0-9]{10}", "ITMCTR2200005551"),
    "CTRI": (r"CTRI/20[0-9]{2}/(0[1-9]|1[0-2]|091)/[0-9]{6}", "CTRI/2018/05/013770"),
    "CRIS": (r"KCT00[0-9]{5}", "KCT0001234"),
    "IRCT": (r"IRCT20[0-9]{10,12}N[0-9]{1,3}", "IRCT20080901001165N11"),
    "PACTR": (r"PACTR20[0-9]{13,14}", "PACTR201205000384379"),
    "ReBEC": (r"RBR-[0-9][a-z0-9]{5}", "RBR-6z5qn7"),
    "TCTR": (r"TCTR20[0-9]{9}", "TCTR20190101001"),
    "NTR": (r"NTR[0-9]{3,4}", "NTR4337"),
    "OMON": (r"NL-OMON[0-9]{5}", "NL-OMON55178"),
    "SLCTR": (r"SLCTR/20[0-9]{2}/[0-9]{3}", "SLCTR/2019/012"),
    "LBCTR": (r"LBCTR20[0-9]{8}", "LBCTR2019012345"),
    "REPEC": (r"PER-[0-9]{3}-[0-9]{2}(-[A-Z])?", "PER-012-19"),
    "RPCEC": (r"RPCEC0000[0-9]{4}", "RPCEC00000123"),
    "PHRR": (r"PHRR[0-9]{6}-[0-9]{6}", "PHRR230101-005432"),
    "SNCTP": (r"SNCTP[0-9]{9}", "SNCTP000001234"),
    "HKUCTR": (r"HKUCTR-[0-9]{1,5}", "HKUCTR-2541"),
    "UTN": (r"U1[0-9]{3}-[0-9]{4}-[0-9]{4}", "U1111-1234-5678"),
}
"""The form of each registry's numbers, and one of them."""


def canonical() -> st.SearchStrategy[str]:
    """Any number of any registry, as it is printed there."""
    return st.sampled_from(sorted(CANONICAL)).flatmap(lambda name: st.from_regex(CANONICAL[name][0], fullmatch=True))
