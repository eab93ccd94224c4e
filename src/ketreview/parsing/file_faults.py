"""The faults of files and stores found while reading (KR0), with their documentation."""

from __future__ import annotations

from ketreview.diagnostics import Code, Severity


def reading_fault(number: str, name: str, documentation: str) -> Code:
    """A code of the family KR0: an error that cannot be ignored."""
    return Code(number, name, Severity.ERROR, documentation)


NOT_UTF8 = reading_fault(
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
UNREADABLE_FILE = reading_fault(
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
BIB_SYNTAX = reading_fault(
    "KR010",
    "bib-syntax",
    """An entry of a BibTeX file is not closed, or lacks its key, a comma, or an `=`; or a `@comment{` is not closed.

Some readers silently merge an unclosed entry with the next one, others drop all that follows. Here the entries after it
are kept,
and what can be read of the broken one is kept too. What stands behind a `@comment{` that is never closed is read, as
BibTeX does; it is a warning, as biber stops there. One with whole entries in it is fine.

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
CONFLICT_MARKER = reading_fault(
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
MANUSCRIPT_SYNTAX = reading_fault(
    "KR013",
    "manuscript-syntax",
    """A chapter cannot be read whole.

A notebook is not JSON, or has no list of cells; the metadata at the top of a Markdown page, or a file `_quarto.yml`,
are not YAML; a comment, raw text or a string in Typst, or a verbatim environment or `\\iffalse` in LaTeX, is opened
and never closed, which hides the rest of the file; the braces of a citation in LaTeX are not closed in their paragraph;
it has more than 100,000 citations; or the file is not text at all. What can be read is read. A comment in Typst is only
a warning, as Typst lets it hide the rest. No entry is said to be cited by nothing then, since the rest may cite it.

Bad:

```toml ketreview.toml
chapters = ["chapters/*.md"]
```

```markdown chapters/one.md
---
title: "Ketamine
bibliography: references.bib
---
```

```bib references.bib
@misc{a, title = {A}}
```

Good:

```toml ketreview.toml
chapters = ["chapters/*.md"]
```

```markdown chapters/one.md
---
title: "Ketamine"
bibliography: references.bib
---
```

```bib references.bib
@misc{a, title = {A}}
```
""",
)
