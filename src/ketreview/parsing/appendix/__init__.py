"""An annotated bibliography, as people write one in Typst, LaTeX or Markdown, to the works in it.

A work has a heading, or a bold line of its own, and lines with labels: `*DOI:* …`, `\\textbf{PMID:} …`,
`**Full citation:** …`. Under the heading of a topic may stand several works, one reference after another.
"""

from __future__ import annotations

from ketreview.model.manuscript import Manuscript
from ketreview.model.stated import Appendix, Stated
from ketreview.parsing.appendix import hiding
from ketreview.parsing.appendix.blocks import blocks
from ketreview.parsing.appendix.languages import LANGUAGES
from ketreview.parsing.appendix.works import Works
from ketreview.parsing.manuscripts import parse_manuscript

SUFFIXES = tuple(LANGUAGES)
"""The extensions of files that can be read."""


def parse_appendix(path: str, data: bytes) -> Appendix:
    """Reads the works that an annotated bibliography annotates. Never raises for what is in it.

    A heading counts as one only if something below it names a work: a labelled DOI, PMID, key or reference, or a line
    that does nothing but cite. Comments and raw text do not count. Of the keys, only one that is stated under a label,
    or cited in the heading, in the reference or on a line of its own, names the work; one that is cited in its text
    never does, even where no other stands, for it is more often that of another work. The same holds for a DOI or PMID
    in the text.

    Raises:
        KeyError: no language has this extension.
    """
    return annotated(parse_manuscript(path, data))


def annotated(chapter: Manuscript) -> Appendix:
    """The works that a chapter annotates, which is read already; as `parse_appendix`."""
    path = chapter.source.path
    language = LANGUAGES[path[path.rindex(".") :] if "." in path.rsplit("/", 1)[-1] else ""]
    page = hiding.page(chapter.source.text, language.hidden)
    mentions = [Stated(mention.key, mention.span) for mention in chapter.citations]
    works = Works(chapter.source, page, language, mentions).read(blocks(page.markup, language))
    return Appendix(chapter.source, works, chapter.diagnostics)
