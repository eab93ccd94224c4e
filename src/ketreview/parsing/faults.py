"""The faults of reviews found while reading (KR0), with their documentation, and the list of all of them."""

from __future__ import annotations

from ketreview.parsing.file_faults import (
    BIB_SYNTAX,
    CONFLICT_MARKER,
    MANUSCRIPT_SYNTAX,
    NOT_UTF8,
    UNREADABLE_FILE,
    reading_fault,
)
from ketreview.parsing.retraction_faults import RETRACTIONS_SYNTAX

YAML_SYNTAX = reading_fault(
    "KR001",
    "yaml-syntax",
    """A review is not YAML.

Nothing of the file can be used. The finding points at the fault, not at the end of the file.

Bad:

```yaml reviews/rett.yaml
studies:
- id: picard-2019
  cites: [picard2019
  design: animal_experiment
```

Good:

```yaml reviews/rett.yaml
studies:
- id: picard-2019
  design: animal_experiment
  state: read
```
""",
)
DUPLICATE_YAML_KEY = reading_fault(
    "KR002",
    "duplicate-yaml-key",
    """A field is written twice in one record.

YAML readers keep one of the two without a word, and not all keep the same one. The first is used, and both places are
shown.

Bad:

```yaml reviews/rett.yaml
studies:
- id: picard-2019
  design: animal_experiment
  state: found
  state: read
```

Good:

```yaml reviews/rett.yaml
studies:
- id: picard-2019
  design: animal_experiment
  state: read
```
""",
)
UNKNOWN_FIELD = reading_fault(
    "KR003",
    "unknown-field",
    """A record has a field that the review format does not know.

A misspelt field is a fact that nobody will see. The record is kept without it.

Bad:

```yaml reviews/rett.yaml
studies:
- id: picard-2019
  desing: animal_experiment
  design: animal_experiment
  state: read
```

Good:

```yaml reviews/rett.yaml
studies:
- id: picard-2019
  design: animal_experiment
  state: read
```
""",
)
MISSING_FIELD = reading_fault(
    "KR004",
    "missing-field",
    """A record lacks a field that it must have.

The record is left out of everything that follows; its id stays known, so that nothing else is reported because of it.

Bad:

```yaml reviews/rett.yaml
studies:
- id: picard-2019
  state: read
```

Good:

```yaml reviews/rett.yaml
studies:
- id: picard-2019
  design: animal_experiment
  state: read
```
""",
)
WRONG_VALUE = reading_fault(
    "KR005",
    "wrong-value",
    """A field has a value of another type, outside its vocabulary, or outside its range.

Nothing is converted: `3` is not `"3"`, `yes` is not `true`, and an empty field is not a default. The record is left
out.

Bad:

```yaml reviews/rett.yaml
studies:
- id: picard-2019
  design: animal_experiment
  species: mice
  state: read
```

Good:

```yaml reviews/rett.yaml
studies:
- id: picard-2019
  design: animal_experiment
  species: mouse
  state: read
```
""",
)
HOSTILE_YAML = reading_fault(
    "KR007",
    "hostile-yaml",
    """A review nests deeper than 100 levels, grows beyond measure when its aliases are expanded, is larger than 16 MiB,
    or has
a tag that is not plain YAML.

Such a file is an attack or an accident, and is not read.

Bad:

```yaml reviews/rett.yaml
title: !!python/object/apply:os.system ["true"]
```

Good:

```yaml reviews/rett.yaml
title: "Ketamine for Rett syndrome"
```
""",
)
DUPLICATE_REVIEW_ID = reading_fault(
    "KR008",
    "duplicate-review-id",
    """Two review files have the same id.

Commands name a review by its id. The second one is left out.

Bad:

```yaml reviews/a.yaml
schema_version: 1
id: rett
title: Ketamine for Rett syndrome
status: active
```

```yaml reviews/b.yaml
schema_version: 1
id: rett
title: Ketamine for Rett syndrome, again
status: active
```

Good:

```yaml reviews/a.yaml
schema_version: 1
id: rett
title: Ketamine for Rett syndrome
status: active
```
""",
)

READING = (
    YAML_SYNTAX,
    DUPLICATE_YAML_KEY,
    UNKNOWN_FIELD,
    MISSING_FIELD,
    WRONG_VALUE,
    NOT_UTF8,
    HOSTILE_YAML,
    DUPLICATE_REVIEW_ID,
    UNREADABLE_FILE,
    BIB_SYNTAX,
    CONFLICT_MARKER,
    MANUSCRIPT_SYNTAX,
    RETRACTIONS_SYNTAX,
)
