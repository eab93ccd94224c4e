"""The faults of drafts (KR708), and of a project's own settings and suppressions (KR9), with their documentation."""

from __future__ import annotations

from ketreview.diagnostics import Code, Severity

EXPORT_OUT_OF_DATE = Code(
    "KR708",
    "export-out-of-date",
    Severity.ERROR,
    """A draft among the chapters is not what the reviews say now.

`ketreview export` writes each section of a draft between two comments, with a digest of its text. Reported is a part
whose text would be another one today, that was edited by hand, or that no review gives; a draft that lacks a part; and
a comment without its other one. `ketreview export REVIEW --to FORMAT -o FILE` writes the parts anew and keeps every
word that stands outside of them. A part with nothing in it is left out on purpose and is not reported. While a review
or the store cannot be read whole, drafts of it are not judged.

Bad:

```toml ketreview.toml
chapters = ["chapters/*.typ"]
```

```yaml reviews/rett.yaml
title: Ketamine for Rett syndrome
```

```typst chapters/rett.typ
// ketreview:begin rett/state 329b5d9f2fa9

= State of the evidence

No search was made.

// ketreview:end
```

Good:

```toml ketreview.toml
chapters = ["chapters/*.typ"]
```

```yaml reviews/rett.yaml
title: Ketamine for Rett syndrome
```

```typst chapters/rett.typ
// ketreview:begin rett/state 329b5d9f2fa9

= State of the evidence

No search of the review's own is recorded.

// ketreview:end

No search was made by us, as the first one is planned for next year.
```
""",
)
UNUSED_SUPPRESSION = Code(
    "KR901",
    "unused-suppression",
    Severity.WARNING,
    """A suppression comment accepts a finding that is not there.

The fault was mended, the comment stands at the wrong place, or the finding is one that cannot be suppressed (KR0). Left
alone, it would hide the next fault. Codes that are not selected in a run are not judged. A pattern of
`per-file-ignores` whose files have nothing of its codes is told as information: it may be there for what is to come.

Bad:

```yaml reviews/rett.yaml
studies:
# ketreview: ignore[KR205] asked the author
- {id: picard-2019, design: animal_experiment, state: read}
```

Good:

```yaml reviews/rett.yaml
studies:
# ketreview: ignore[KR205] asked the author
- {id: picard-2019, reference: Picard 2019, design: animal_experiment, state: read}
```
""",
)
SUPPRESSION_WITHOUT_REASON = Code(
    "KR902",
    "suppression-without-reason",
    Severity.WARNING,
    """A suppression comment does not say why.

The next reader cannot tell an accepted exception from a forgotten one. The reason follows the bracket.

Bad:

```yaml reviews/rett.yaml
studies:
# ketreview: ignore[KR205]
- {id: picard-2019, reference: Picard 2019, design: animal_experiment, state: read}
```

Good:

```yaml reviews/rett.yaml
studies:
# ketreview: ignore[KR205] asked the author
- {id: picard-2019, reference: Picard 2019, design: animal_experiment, state: read}
```
""",
)
UNKNOWN_CODE = Code(
    "KR903",
    "unknown-code",
    Severity.ERROR,
    """A setting, an option or a suppression names a code that no rule has.

A misspelt code silently selects or ignores nothing.

Bad:

```toml ketreview.toml
ignore = ["KR2O5"]
```

Good:

```toml ketreview.toml
ignore = ["KR205"]
```
""",
)
FIXED_BASELINE_ENTRY = Code(
    "KR904",
    "fixed-baseline-entry",
    Severity.INFO,
    """The baseline accepts a finding that is not there any more.

It was mended, and its line can go: left alone, it would accept the next finding like it. The fix takes the line out of
the file, or lowers its count where some of several alike are left. A line is judged only if its finding could have been
found: its code is selected, its file was read or is gone, and nothing failed to be read.

Bad:

```toml ketreview.toml
baseline = "ketreview-baseline.json"
```

```json ketreview-baseline.json
{"version": 1, "findings": [
{
  "path": "reviews/rett.yaml", "code": "KR201", "review": "rett", "key": "a", "id": "s",
  "message": "`a` is not in the store", "fingerprint": "c3156f8a0a75864f"
},
null]}
```

```yaml reviews/rett.yaml
studies:
- {id: s, cites: [a], design: cohort, state: read}
```

```bib references.bib
@misc{a, title = {A}}
```

Good:

```toml ketreview.toml
baseline = "ketreview-baseline.json"
```

```json ketreview-baseline.json
{"version": 1, "findings": [
null]}
```

```bib references.bib
@misc{a, title = {A}}
```
""",
)
PATTERN_MATCHES_NOTHING = Code(
    "KR905",
    "pattern-matches-nothing",
    Severity.WARNING,
    """A pattern of the settings matches no file.

The files were moved, or the pattern is misspelt: what it was to name is not checked. Patterns that the defaults bring
are not reported.

Bad:

```toml ketreview.toml
reviews = ["revews/*.yaml"]
```

Good:

```toml ketreview.toml
reviews = ["reviews/*.yaml"]
```

```yaml reviews/rett.yaml
title: Ketamine for Rett syndrome
```
""",
)

DRAFTS = (EXPORT_OUT_OF_DATE,)
OWN = (UNUSED_SUPPRESSION, SUPPRESSION_WITHOUT_REASON, UNKNOWN_CODE, FIXED_BASELINE_ENTRY, PATTERN_MATCHES_NOTHING)
