"""Studies as ClinicalTrials.gov's API 2 gives them (`ctg-oas-v2`), with made-up facts."""

from __future__ import annotations

import copy
import json
from typing import Any

STUDY: dict[str, Any] = {
    "protocolSection": {
        "identificationModule": {
            "nctId": "NCT04436250",
            "orgStudyIdInfo": {"id": "P20/25"},
            "secondaryIdInfos": [
                {"id": "2020-000561-27", "type": "EUDRACT_NUMBER"},
                {"id": "EU CT 2022-501549-57-00", "type": "CTIS"},
                {"id": "R01DK075877", "type": "NIH", "link": "https://reporter.nih.gov/x"},
                {"id": "NCT00902941", "type": "REGISTRY", "domain": "ClinicalTrials.gov"},
                {},
            ],
            "organization": {"fullName": "A Hospital", "class": "OTHER"},
            "briefTitle": "Ketamine for fatigue",
            "officialTitle": "A Randomised Trial of Ketamine for Fatigue",
            "acronym": "KETFAT",
        },
        "statusModule": {
            "statusVerifiedDate": "2026-10",
            "overallStatus": "TERMINATED",
            "whyStopped": "Funding\n withdrawn",
            "startDateStruct": {"date": "2020-10-10", "type": "ACTUAL"},
            "primaryCompletionDateStruct": {"date": "2023-05", "type": "ACTUAL"},
            "completionDateStruct": {"date": "2023-06-01", "type": "ACTUAL"},
            "lastUpdatePostDateStruct": {"date": "2026-10-05", "type": "ESTIMATED"},
        },
        "sponsorCollaboratorsModule": {"leadSponsor": {"name": "A Hospital", "class": "OTHER"}},
        "conditionsModule": {"conditions": ["Fibromyalgia", "Fatigue"]},
        "designModule": {
            "studyType": "INTERVENTIONAL",
            "phases": ["PHASE1", "PHASE2"],
            "enrollmentInfo": {"count": 12, "type": "ACTUAL"},
        },
        "eligibilityModule": {"minimumAge": "18 Years", "maximumAge": "65 Years"},
    },
    "derivedSection": {"miscInfoModule": {"versionHolder": "2026-11-20"}},
    "hasResults": False,
}


def study(**changes: Any) -> dict[str, Any]:
    """A study with other values, each under its name wherever that is; None takes it out."""
    made = copy.deepcopy(STUDY)
    for name, value in changes.items():
        _set(made, name, value)
    return made


def _set(node: Any, name: str, value: Any) -> bool:
    if not isinstance(node, dict):
        return False
    if name in node:
        if value is None:
            del node[name]
        else:
            node[name] = value
        return True
    return any(_set(inner, name, value) for inner in node.values())


def add(made: dict[str, Any], module: str, **values: Any) -> dict[str, Any]:
    """A study with more in one of its modules."""
    made["protocolSection"][module].update(values)
    return made


def text(value: Any) -> bytes:
    """It as a file."""
    return json.dumps(value, indent=2, ensure_ascii=False).encode()
