"""The faults found while reading (KR0), with their documentation."""

from __future__ import annotations

from ketreview.diagnostics import Code, Severity


def _code(number: str, name: str, documentation: str) -> Code:
    return Code(number, name, Severity.ERROR, documentation)


YAML_SYNTAX = _code(
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
DUPLICATE_YAML_KEY = _code(
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
UNKNOWN_FIELD = _code(
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
MISSING_FIELD = _code(
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
WRONG_VALUE = _code(
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
NOT_UTF8 = _code(
    "KR006",
    "not-utf8",
    """A file is not UTF-8.

In a review nothing can be trusted then, and nothing of it is read. A store is read with the bad bytes replaced, because
its other entries are still right; convert the file with `iconv -f latin1 -t utf-8` to mend it.

Bad:

```hex references.bib
40 6d 69 73 63 7b 61 2c 20 74 69 74 6c 65 20 3d 20 7b e9 7d 7d 0a
```

Good:

```bib references.bib
@misc{a, title = {é}}
```
""",
)
HOSTILE_YAML = _code(
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
DUPLICATE_REVIEW_ID = _code(
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
UNREADABLE_FILE = _code(
    "KR009",
    "unreadable-file",
    """A file that the settings or the command line name cannot be read: it is missing, a folder, a link out of the
    project, or
not permitted.

Everything else is still checked, and nothing is said to be missing that this file may hold.

Bad:

```toml ketreview.toml
bibliography = ["library.bib"]
```

Good:

```toml ketreview.toml
bibliography = ["library.bib"]
```

```bib library.bib
@misc{a, title = {A}}
```
""",
)
BIB_SYNTAX = _code(
    "KR010",
    "bib-syntax",
    """An entry of a BibTeX file is not closed, or lacks its key, a comma, or an `=`.

Some readers silently merge an unclosed entry with the next one, others drop all that follows. Here the entries after it
are kept,
and what can be read of the broken one is kept too.

Bad:

```bib references.bib
@misc{a, title = {A}
@misc{b, title = {B}}
```

Good:

```bib references.bib
@misc{a, title = {A}}
@misc{b, title = {B}}
```
""",
)
CONFLICT_MARKER = _code(
    "KR011",
    "conflict-marker",
    """A file has a git conflict marker.

Both sides of the conflict are in the file, so whatever is read from it may be wrong.

Bad:

```bib references.bib
<<<<<<< HEAD
@misc{a, title = {A}}
=======
@misc{a, title = {B}}
>>>>>>> other
```

Good:

```bib references.bib
@misc{a, title = {A}}
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
)
