"""Writes a seeded book: chapters in each language that citations are found in, a tree of files and its stores."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from generate import DEFAULT_SEED, Dice, work

FILES = 3_500
MEGABYTES = 40
STORES = 29
ENTRIES = 3_300
_PER_FOLDER = 12

Paragraph = Callable[[Dice, Sequence[str], int], str]


def _typst(dice: Dice, keys: Sequence[str], number: int) -> str:
    return f"""
== Generated section {number} <sec:generated-{number}>

This section is generated and says nothing. {dice.words(60)}. It _{dice.words(3)}_ #strong[{dice.words(4)}]
{dice.words(40)} @{dice.pick(keys)}, see @sec:generated-{number}; {dice.words(50)} #cite(<{dice.pick(keys)}>)[p. 3].
// a comment with @{dice.pick(keys)} in it, which is none
- {dice.words(20)}, $p < 0.0{dice.number(1, 5)}$, mail\\@example.org
- `@raw` {dice.words(25)} (#link("https://example.org/@{dice.pick(keys)}")[{dice.words(2)}])
#figure(table(columns: 2, [{dice.words(4)}], [{dice.words(8)}]), caption: [{dice.words(9)}]) <tbl:generated-{number}>

{dice.words(110)}.
"""


def _latex(dice: Dice, keys: Sequence[str], number: int) -> str:
    return f"""
\\section{{Generated section {number}}}\\label{{sec:generated-{number}}}

This section is generated and says nothing. {dice.words(60)}. It \\emph{{{dice.words(3)}}} \\textbf{{{dice.words(4)}}}
{dice.words(40)} \\cite{{{dice.pick(keys)}}}, see \\ref{{sec:generated-{number}}};
\\autocite[see][3]{{{dice.pick(keys)}}}.
% a comment with \\cite{{{dice.pick(keys)}}} in it, which is none
\\begin{{itemize}}
\\item {dice.words(20)}, $p < 0.0{dice.number(1, 5)}$, \\verb|\\cite{{raw}}|
\\item {dice.words(25)} \\href{{https://example.org/@x}}{{{dice.words(2)}}}
\\end{{itemize}}

{dice.words(110)}.
"""


def _markdown(dice: Dice, keys: Sequence[str], number: int) -> str:
    return f"""
## Generated section {number} {{#sec-generated-{number}}}

This section is generated and says nothing. {dice.words(60)}. It *{dice.words(3)}* **{dice.words(4)}**
{dice.words(40)} @{dice.pick(keys)}, see @sec-generated-{number}; {dice.words(50)} [see @{dice.pick(keys)}, p. 3].

<!-- a comment with @{dice.pick(keys)} in it, which is none -->

- {dice.words(20)}, $p < 0.0{dice.number(1, 5)}$, mail@example.org
- `@raw` {dice.words(25)} ([{dice.words(2)}](https://example.org/@{dice.pick(keys)}))

{dice.words(110)}.
"""


def _rst(dice: Dice, keys: Sequence[str], number: int) -> str:
    title = f"Generated section {number}"
    return f"""
{title}
{"=" * len(title)}

This section is generated and says nothing. {dice.words(60)}. It *{dice.words(3)}* **{dice.words(4)}**
{dice.words(40)} :cite:`{dice.pick(keys)}`, {dice.words(50)} :cite:p:`{dice.pick(keys)},{dice.pick(keys)}`.

.. a comment with :cite:`{dice.pick(keys)}` in it, which is none

- {dice.words(20)}, mail@example.org
- ``:cite:`raw``` {dice.words(25)} `{dice.words(2)} <https://example.org>`_

{dice.words(110)}.
"""


LANGUAGES: Mapping[str, tuple[str, Paragraph]] = {
    "Typst": (".typ", _typst),
    "LaTeX": (".tex", _latex),
    "Markdown": (".md", _markdown),
    "Quarto": (".qmd", _markdown),
    "reStructuredText": (".rst", _rst),
}


def keys(entries: int, seed: int = DEFAULT_SEED) -> list[str]:
    """The keys of a generated store."""
    return [work(seed, number).key for number in range(1, entries + 1)]


def chapter(language: str, number: int, size: int, known: Sequence[str], seed: int = DEFAULT_SEED) -> str:
    """A chapter of about `size` characters that cites keys of `known`."""
    dice = Dice(f"{seed}/chapter/{language}/{number}")
    paragraph = LANGUAGES[language][1]
    parts: list[str] = []
    length = 0
    while length < size:
        parts.append(paragraph(dice, known, number * 1000 + len(parts)))
        length += len(parts[-1])
    return "".join(parts)


def write(folder: Path, files: int = FILES, megabytes: float = MEGABYTES, seed: int = DEFAULT_SEED) -> None:
    """Writes a book of Typst files joined by `#include`, with its stores and settings."""
    works = [work(seed, number) for number in range(1, ENTRIES + 1)]
    known = [item.key for item in works]
    for number in range(STORES):
        share = works[number * ENTRIES // STORES : (number + 1) * ENTRIES // STORES]
        _save(folder / f"bib/part-{number:02}.bib", "\n".join(item.bibtex for item in share))
    paths = list(_paths(files))
    size = int(megabytes * 1_000_000 / files)
    main = "".join(f'#include "{path}"\n' for path in paths)
    stores = ", ".join(f'"bib/part-{number:02}.bib"' for number in range(STORES))
    _save(folder / "main.typ", f"{main}#bibliography(({stores}))\n")
    for number, path in enumerate(paths):
        _save(folder / path, chapter("Typst", number, size, known, seed))
    _save(
        folder / "ketreview.toml",
        'reviews = []\nbibliography = ["bib/*.bib"]\nchapters = ["**/*.typ"]\nignore = ["KR204"]\n\n'
        '[[builds]]\nname = "book"\nroots = ["main.typ"]\n',
    )


def _paths(files: int) -> Iterator[str]:
    for number in range(files - 1):
        folder = number // _PER_FOLDER
        yield f"chapters/part-{folder // _PER_FOLDER:02}/section-{folder:03}/{number:04}.typ"


def _save(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
