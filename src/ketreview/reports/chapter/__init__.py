"""A chapter of one review, for a person to go on editing: what is asked, what is known, how surely.

Each section stands between two comments that name it, so that it can be written anew beside what a person wrote.
"""

from __future__ import annotations

from posixpath import relpath

from ketreview.document import PART_BEGINS, PART_ENDS, Block, Cite, Comment, Document, Heading, lines
from ketreview.linking import Corpus
from ketreview.model.review import Review
from ketreview.reports.chapter import certainty, claims, concerns, open_work, question, safety, state, studies, trials
from ketreview.reports.chapter.names import Names
from ketreview.reports.chapter.typography import typeset

SECTIONS = (
    ("question", "Question", question.blocks),
    ("state", "State of the evidence", state.blocks),
    ("background", "Background", claims.background),
    ("history", "History", claims.history),
    ("epidemiology", "Epidemiology", claims.epidemiology),
    ("studies", "Studies", studies.blocks),
    ("mechanisms", "Mechanisms", claims.mechanisms),
    ("efficacy", "Efficacy", claims.efficacy),
    ("safety", "Safety", safety.blocks),
    ("practice", "Practice", claims.practice),
    ("provision", "Provision", claims.provision),
    ("regulation", "Regulation", claims.regulation),
    ("cost", "Cost", claims.cost),
    ("certainty", "Certainty of the evidence", certainty.blocks),
    ("trials", "Registered trials", trials.blocks),
    ("gaps", "Gaps in the evidence", claims.gaps),
    ("concerns", "Concerns about the sources", concerns.blocks),
    ("pending", "Pending", open_work.pending),
    ("next-steps", "Next steps", open_work.next_steps),
)
"""The chapter's sections in order, each with the name of its part; one without content is left out."""
ALWAYS = "state"
"""The part that no chapter lacks."""
BIBLIOGRAPHY = "bibliography"
PARTS = (*(name for name, _, _ in SECTIONS), BIBLIOGRAPHY)
"""The names of a chapter's parts. They stand in drafts that people keep: a title may change, these may not."""
_END = Comment(PART_ENDS)


def document(corpus: Corpus, review: Review, folder: str = "") -> Document:
    """The chapter of a review. The store's paths are given from `folder`, the draft's place as seen from the root."""
    names = Names(corpus, review)
    blocks: list[Block] = []
    for name, title, section in SECTIONS:
        content = tuple(section(names))
        if content:
            blocks += [_begin(review, name), Heading(title), *content, _END]
    around = (_begin(review, BIBLIOGRAPHY), _END)
    return Document(review.title, typeset(blocks), _bibliography(corpus, blocks, folder), around)


def _begin(review: Review, name: str) -> Comment:
    return Comment(f"{PART_BEGINS} {review.id}/{name}")


def _bibliography(corpus: Corpus, blocks: list[Block], folder: str) -> tuple[str, ...]:
    """The store files that hold a cited entry, in the store's order."""
    keys = {key for content in lines(blocks) for part in content if isinstance(part, Cite) for key in part.keys}
    cited = {entry.source.path for key in keys if (entry := corpus.entry(key))}
    paths = [path for path in dict.fromkeys(file.source.path for file in corpus.bibliography) if path in cited]
    return tuple(relpath(path, folder or ".") for path in paths)
