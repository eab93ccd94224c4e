"""A first project: settings, one small review, and the store that it cites."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from ketreview.edits import write_atomically

SETTINGS = """\
# Settings of ketreview. What is not set here has a default.
reviews = ["reviews/*.yaml"]
bibliography = ["references.bib"]

# Findings at or above this make `ketreview check` fail: error, warning or never.
fail-on = "error"
"""

REVIEW = """\
# A small review to start from. `ketreview schema` says what each field means.
schema_version: 1
id: example
title: Ketamine or electroconvulsive therapy for depression
status: planned

question:
  populations:
  - {id: trd, name: Treatment-resistant depression without psychosis}
  interventions:
  - {id: ketamine, name: Ketamine, route: iv}
  - {id: ect, name: Electroconvulsive therapy}
  comparisons:
  - {id: ketamine-ect, population: trd, intervention: ketamine, comparator: ect}
  outcomes:
  - {id: response, name: Response to treatment, importance: critical, kind: benefit}

studies:
- id: anand-2023
  cites: [anand2023]
  design: randomised_trial
  comparison: ketamine-ect
  population: trd
  species: human
  results:
  - outcome: response
    instrument: QIDS-SR-16
    arms:
    - {arm: ketamine, percent: 55.4}
    - {arm: ect, percent: 41.2}
    measure: risk_difference
    estimate: 14.2
    ci: [3.9, 24.2]
    unit: percentage points
  state: extracted

claims:
- id: response-not-worse
  kind: efficacy
  statement: In depression without psychosis, ketamine may not be inferior to ECT in response.
  about: [ketamine, ect]
  rating: response
  supports:
  - {study: anand-2023}

certainty:
- id: response
  outcome: response
  comparison: ketamine-ect
  population: trd
  scale: grade
  start: high
  steps:
  - domain: risk_of_bias
    by: -1
    because: patients knew their treatment, and rated their symptoms themselves
    studies: [anand-2023]
  - domain: imprecision
    by: -1
    because: one trial
    studies: [anand-2023]
  level: low
  studies: [anand-2023]

next_steps:
- text: Search for further trials
"""

STORE = """\
@article{anand2023,
  author = {Anand, Amit and Mathew, Sanjay J. and Sanacora, Gerard and others},
  title = {Ketamine versus {ECT} for nonpsychotic treatment-resistant major depression},
  journal = {New England Journal of Medicine},
  year = {2023},
  volume = {388},
  pages = {2315--2325},
  doi = {10.1056/NEJMoa2302399},
}
"""

FILES: Mapping[str, str] = {"ketreview.toml": SETTINGS, "reviews/example.yaml": REVIEW, "references.bib": STORE}


def init(root: Path) -> list[str]:
    """Makes a first project in `root`, and gives the paths it wrote.

    Raises:
        FileExistsError: one of the files is there already; then nothing is written.
        OSError: a file cannot be written.
    """
    for name in FILES:
        folder = (root / name).parent
        if os.path.lexists(folder) and (folder.is_symlink() or not folder.is_dir()) and folder != root:
            raise FileExistsError(folder.name)
        if os.path.lexists(root / name):
            raise FileExistsError(name)
    for name, text in FILES.items():
        (root / name).parent.mkdir(exist_ok=True)
        write_atomically(root / name, text.encode(), overwrite=False)
    return list(FILES)
