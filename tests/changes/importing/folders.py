"""Made-up folders of literature in the dialects that people keep them in, and the import of them."""

from __future__ import annotations

from ketreview.changes.add import Plan
from ketreview.changes.importing import Found, Project, Proposal, propose
from ketreview.linking.works import Works
from ketreview.model.vocabulary import Level
from ketreview.parsing.bibtex import parse_bib
from ketreview.parsing.reviews import parse_review

STORE = """@article{adams2001,
  author = {Adams, Ann},
  title = {Mint tea for hiccups in sailors at sea},
  year = {2001},
  doi = {10.1000/mint.1},
}
"""

TOPIC = """# Mint tea for hiccups

**Status:** Waiting - no trial of mint tea identified as of March 2025 in PubMed
**Mood:** hopeful

## Overview

Mint tea is drunk against hiccups by sailors, and little is known of it.

## Proposed mechanisms

- Menthol may calm the diaphragm
- **Nerves:**
  - The vagus may be involved
  - The phrenic nerve is not

## Key Papers

### At sea
1. **Adams 2001** - Randomised controlled trial in sailors (60 participants), doi:10.1000/mint.1
2. **Brown et al. 2010** - Systematic review (4 studies, 90 patients)

### On land
3. **Old logbook** - nothing that can be told apart

## Safety Considerations

### Adverse Effects (chronic use)
- Heartburn
- No serious events were reported
- Rash in 4% of drinkers

### Contraindications
1. Allergy to mint

### Required Monitoring
- Breathing (minimum 20 minutes)
- Discomfort (HIC/MINT scales)

### Dosing
- Usual doses of 200-1,000 mg daily

## Research gaps

- Nobody has tried cold tea

## Trials

- NCT01234567 is under way

## Favourite mugs

- Blue ones

## Certainty Assessment

**Efficacy for hiccups:** VERY LOW (one trial)
**Mechanistic plausibility:** Medium-High
**Clinical feasibility:** HIGH
**Applicability to divers:** Low

## Integration Status

- [x] Added to references.bib
- [ ] Appendix C entry pending
- ✅ Notes created 2025-03-01
- ⏳ Chapter 4 to be written
- Something else entirely

## Next Steps

1. Wait for NCT01234567
- [x] Ask the sailors

## Files in This Folder

- `README.md` - This file
- `notes.md` - Notes
"""

WORK = """# Green tea and yawns: a cohort

**Authors:** Cole C, Dean D
**Journal:** Tea Letters, 2015, 3(2):10-19
**DOI:** 10.1000/green.7
**Title:** Green tea and yawns in a large harbour town
**Study Design:** prospective cohort
**Sample Size:** 250 participants

## Summary

People who drank green tea yawned less.

## Main Findings

1. **Fewer yawns:** treatment halved them, against placebo
2. Yawns come in the evening

## Limitations

- One harbour only

## Certainty Assessment

- **Evidence Grade:** B
- **Study Quality:** High
- **Efficacy:** Low - one town
"""


def project(store: str = STORE, crosswalk: dict[str, Level] | None = None) -> Project:
    """A project with a store."""
    file = parse_bib("references.bib", store.encode())
    return Project(file, Works(tuple(file.entries)), (), crosswalk or {}, ("references.bib",))


def imported(
    texts: dict[str, str | bytes], *, of: Project | None = None, others: tuple[str, ...] = ()
) -> tuple[Proposal, Plan]:
    """The import of a folder `lit/tea` with texts by their names in it; the review must be valid."""
    files = {f"lit/tea/{name}": text.encode() if isinstance(text, str) else text for name, text in texts.items()}
    more = tuple(f"lit/tea/{name}" for name in others)
    proposal, plan = propose(Found("lit/tea", files, more, "lit/tea", True), of or project())
    read = parse_review(f"reviews/{proposal.id}.yaml", proposal.text.encode())
    assert [(finding.span.begin, finding.message) for finding in read.diagnostics] == []
    assert read.review is not None
    return proposal, plan


def records(proposal: Proposal, name: str) -> list[dict[str, object]]:
    """The records of a list without their origin."""
    return [{key: value for key, value in made.fields.items() if key != "from"} for made in proposal.lists[name]]


def reasons(proposal: Proposal) -> dict[int, str]:
    """Why what stands on a line was left, for imports of one text."""
    return {left.span.begin.line: left.why for left in proposal.unmapped}
