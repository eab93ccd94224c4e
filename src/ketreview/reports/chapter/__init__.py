"""A chapter of one review, for a person to go on editing: what is asked, what is known, how surely."""

from __future__ import annotations

from posixpath import relpath

from ketreview.document import Block, Cite, Document, Heading, lines
from ketreview.linking import Corpus
from ketreview.model.review import Review
from ketreview.reports.chapter import certainty, claims, concerns, open_work, question, safety, state, studies, trials
from ketreview.reports.chapter.names import Names
from ketreview.reports.chapter.typography import typeset

SECTIONS = (
    ("Question", question.blocks),
    ("State of the evidence", state.blocks),
    ("Background", claims.background),
    ("History", claims.history),
    ("Epidemiology", claims.epidemiology),
    ("Studies", studies.blocks),
    ("Mechanisms", claims.mechanisms),
    ("Efficacy", claims.efficacy),
    ("Safety", safety.blocks),
    ("Practice", claims.practice),
    ("Provision", claims.provision),
    ("Regulation", claims.regulation),
    ("Cost", claims.cost),
    ("Certainty of the evidence", certainty.blocks),
    ("Registered trials", trials.blocks),
    ("Gaps in the evidence", claims.gaps),
    ("Concerns about the sources", concerns.blocks),
    ("Pending", open_work.pending),
    ("Next steps", open_work.next_steps),
)
"""The chapter's sections in order; one without content is left out."""


def document(corpus: Corpus, review: Review, folder: str = "") -> Document:
    """The chapter of a review. The store's paths are given from `folder`, the draft's place as seen from the root."""
    names = Names(corpus, review)
    blocks: list[Block] = []
    for title, section in SECTIONS:
        content = tuple(section(names))
        if content:
            blocks += [Heading(title), *content]
    return Document(review.title, typeset(blocks), _bibliography(corpus, blocks, folder))


def _bibliography(corpus: Corpus, blocks: list[Block], folder: str) -> tuple[str, ...]:
    """The store files that hold a cited entry, in the store's order."""
    keys = {key for content in lines(blocks) for part in content if isinstance(part, Cite) for key in part.keys}
    cited = {entry.source.path for key in keys if (entry := corpus.entry(key))}
    paths = [path for path in dict.fromkeys(file.source.path for file in corpus.bibliography) if path in cited]
    return tuple(relpath(path, folder or ".") for path in paths)
