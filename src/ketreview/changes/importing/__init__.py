"""Folders of literature to a proposed review: nothing is guessed silently, and nothing is left out silently."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from posixpath import basename

from ketreview.changes.add import Plan
from ketreview.changes.importing import yaml_text
from ketreview.changes.importing.claims import add_claims
from ketreview.changes.importing.draft import Draft
from ketreview.changes.importing.leftovers import add_leftovers
from ketreview.changes.importing.progress import add_integration, add_searches, add_source, add_steps, add_trials
from ketreview.changes.importing.proposal import Made, Proposal, Unmapped, slug
from ketreview.changes.importing.ratings import add_ratings
from ketreview.changes.importing.reading import Folder, folders
from ketreview.changes.importing.studies import add_study, resolve, summary_of
from ketreview.changes.importing.works import Work, listed, merged, of_folder
from ketreview.changes.yaml_values import Value
from ketreview.frozen import frozen
from ketreview.linking.works import Works
from ketreview.model.vocabulary import Level
from ketreview.parsing.bib_file import BibFile
from ketreview.parsing.literature import folders_of, is_text

__all__ = ["Found", "Made", "Project", "Proposal", "Unmapped", "is_text", "propose"]

_COMMENT = (
    "Proposed by `ketreview import`. Every record stands below the line that it was mapped from; what could not "
    "be mapped is not here. Words are the source's own: read, word them anew, and take out what does not hold."
)


@frozen
class Found:
    """A folder as it was found: its path as shown, its texts, the paths of its other files, and its place.

    `place` is its path in the project; `inside` says whether it lies there now.
    """

    path: str
    texts: Mapping[str, bytes]
    others: tuple[str, ...] = ()
    place: str = ""
    inside: bool = False


@frozen
class Project:
    """What of the project a proposal needs: the store file to add to, the whole store, keys in use, words for levels.

    `stores` are the paths of the store's files, `files` those of the project that are known.
    """

    store: BibFile
    works: Works
    waiting: tuple[str, ...]
    crosswalk: Mapping[str, Level]
    stores: tuple[str, ...]
    files: Collection[str] = ()


def propose(found: Found, project: Project, review_id: str = "") -> tuple[Proposal, Plan]:
    """The review that a folder gives, and the plan of what its works add to the store.

    Raises:
        CannotAddError: the store file cannot be added to without changing what it says.
    """
    name = review_id or slug(basename(found.place or found.path))
    draft = Draft(project.crosswalk)
    read = list(folders(found.path, found.texts, found.others, _sources(draft, found, name), project.crosswalk))
    works, plan = _works(draft, read, project)
    for folder in read:
        _add_folder(draft, folder, works, found, project)
    for folder in read:
        add_leftovers(draft, folder)
    top = read[0] if read else None
    head: dict[str, Value] = {
        "schema_version": 1,
        "id": name,
        "title": top.heading if top and top.read.path == found.path else _named(found, name),
        "status": "planned",
    }
    if draft.summary:
        head["summary"] = draft.summary
    text = yaml_text.document(head, draft.lists, _COMMENT, found.path)
    left = sorted(draft.unmapped, key=lambda one: (one.span.path, one.span.start))
    return Proposal(name, text, draft.lists, tuple(draft.works), tuple(left)), plan


def _named(found: Found, name: str) -> str:
    """A title for a folder without texts of its own: its name in words."""
    return (basename(found.place) or name).replace("_", " ").replace("-", " ")


def _sources(draft: Draft, found: Found, name: str) -> dict[str, str]:
    """The id of the source document of each folder."""
    paths = sorted(folders_of(sorted(found.texts)), key=lambda path: (path != found.path, path))
    return {path: draft.id("source", f"{name if path == found.path else basename(path)}-folder") for path in paths}


def _works(draft: Draft, read: Sequence[Folder], project: Project) -> tuple[list[Work], Plan]:
    """Every work that the folders tell of, each with its id, and its key where it has one."""
    own = [of_folder(folder) for folder in read if folder.is_work]
    named = [work for folder in read for work in listed(draft, folder)]
    works = merged([*own, *named])
    plan = resolve(draft, works, project.store, project.works, project.waiting)
    for work in works:
        work.id = draft.id("study", work.folder.name if work.folder else work.label) if work.is_study else ""
    return works, plan


def _add_folder(draft: Draft, folder: Folder, works: Sequence[Work], found: Found, project: Project) -> None:
    study = next((work.id for work in works if work.folder is folder), "")
    below = folder.read.path[len(found.path) :].strip("/")
    place = "/".join(filter(None, [found.place, below]))
    mine = [work for work in works if any(one is folder for one, _, _ in work.named)]
    references: list[Value] = [
        {"label": label, **({"cites": work.key} if work.key else {})}
        for work in mine
        for one, _, label in work.named
        if one is folder and label
    ]
    outside = f"The folder lies outside this project; {place} is where it would lie here. "
    add_searches(draft, folder)
    for work in mine:
        if work.id and work.named[0][0] is folder:
            add_study(draft, work)
    if not folder.is_work and not draft.summary and folder.read.path == found.path:
        draft.summary = summary_of(draft, folder.texts)
    add_trials(draft, folder)
    add_integration(draft, folder, place, project.stores, project.files, part=bool(below))
    add_ratings(draft, folder, study)
    add_steps(draft, folder)
    add_source(draft, folder, place, references, "" if found.inside else outside.strip())
    add_claims(draft, folder, study)
