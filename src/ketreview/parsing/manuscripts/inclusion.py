"""Which files a chapter includes, and all that a build is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from posixpath import dirname, join, normpath

from ketreview.model.manuscript import Link, Manuscript


def candidates(chapter: Manuscript, link: Link, base: str) -> Iterator[str]:
    """The paths, from the project's root, that a link of a chapter may mean, likeliest first.

    `base` is the folder of the file that is compiled: LaTeX seeks from there, and a path with `/` in front starts at a
    root that only the compiler's caller knows: that folder, or one above it.
    """
    folder = dirname(chapter.source.path)
    if link.path.startswith("/"):
        places = [join(above, link.path.lstrip("/")) for above in _upwards(base)]
    elif chapter.language == "latex":
        places = [join(base, link.path), join(folder, link.path)]
    else:
        places = [join(folder, link.path)]
    if chapter.language == "latex":  # as \input does, which adds the extension first
        places = [place + suffix for place in places for suffix in (("",) if place.endswith(".bib") else (".tex", ""))]
    paths = dict.fromkeys(map(normpath, places))
    return (path for path in paths if not path.startswith(("../", "/")) and path not in {"", ".", ".."})


def reach(roots: Iterable[str], read: Callable[[str], Manuscript | None]) -> frozenset[str]:
    """The roots and every chapter that they include, at any depth; `read` gives None for what is no chapter.

    A file that includes itself, at whatever distance, is met once.
    """
    reached: set[str] = set()
    for root in roots:
        base = dirname(root)
        seen = {root}
        pending = [root]
        while pending:
            chapter = read(pending.pop())
            if chapter is None:
                continue
            reached.add(chapter.source.path)
            for link in chapter.includes:
                for path in candidates(chapter, link, base):
                    if path in seen:
                        break
                    if read(path):
                        seen.add(path)
                        pending.append(path)
                        break
    return frozenset(reached)


def _upwards(folder: str) -> Iterator[str]:
    """A folder, and each one above it up to the project's root."""
    while folder:
        yield folder
        folder = dirname(folder)
    yield ""
