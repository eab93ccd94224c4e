"""The files that a folder's texts list: lists, tables and drawings of trees.

A path counts only if it is certain which file it means: one that is there, or a name in a list of the files of this
very folder. What a list below another label, a drawing of another folder or a path from elsewhere means is left open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from posixpath import basename, dirname, normpath

from ketreview.model.stated import Stated
from ketreview.parsing.literature import status_words as words
from ketreview.parsing.literature.headings import Meaning
from ketreview.parsing.literature.labels import ITEM
from ketreview.parsing.literature.sections import Line, Section
from ketreview.patterns import regex
from ketreview.source import Span

_SIGNS = regex(rf"(?:[{words.DONE_SIGNS}📄📝📋📖📁📚]️?|\[[xX]\](?!\())[ \t]*")
_OPENED = regex(
    r"[*_]{0,2}(?:`(?P<quoted>[^`\n]{1,300})`|\[(?P<text>[^\]\n]{1,300})\]\((?P<link>[^)\s]{1,300})\)|(?P<plain>[^\s`*|:,;()\[\]]{1,300}))"
)
_TREE = regex(
    r"(?P<lead>(?:[ \t]|│|\|(?!--)|┃)*+)(?:├|└|┣|┗|\|--|`--|\+--|\\--)(?:─|━|-)*+[ \t]*+"
    r"(?P<name>[^\s#]{1,300})(?P<rest>.*)"
)
_FILE_NAME = regex(r"[^\s*?<>|{}\[\]…$]+\.[A-Za-z][A-Za-z0-9]{0,7}")
_ABSENT = regex(
    r"\b(?:planned|pending|to be|to ?do|not yet|missing|optional|if available|future|tbd|awaiting"
    r"|not (?:included|saved|created)"
    r"|will be|in progress|upcoming|needed|elsewhere|moved|removed|deleted|renamed|see)\b|[⏳❌☐⬜🔄]|\[ \]",
    re.IGNORECASE,
)
_TEXTS = (
    ".md",
    ".txt",
    ".markdown",
    ".rst",
    ".pdf",
    ".html",
    ".csv",
    ".json",
    ".xml",
    ".docx",
    ".png",
    ".jpg",
    ".ris",
    ".nbib",
)
_MADE = regex(r"creat|made|modif|updat|chang|add", re.IGNORECASE)


@dataclass(slots=True)
class Folder:
    """The folder whose texts are read, and every file that is known to be in it or below."""

    path: str
    known: frozenset[str]
    folded: dict[str, str] = field(default_factory=dict)
    below: frozenset[str] = frozenset()

    @classmethod
    def of(cls, path: str, paths: Sequence[str]) -> Folder:
        """The folder at `path` with the files at `paths`."""
        known = frozenset(paths)
        prefix = f"{path}/" if path not in {"", "."} else ""
        below = frozenset(name[len(prefix) :].split("/")[0] for name in paths if "/" in name[len(prefix) :])
        return cls(path, known, {name.casefold(): name for name in paths}, below)

    def join(self, path: str) -> str:
        """A path of the folder, from the project's root."""
        return normpath(f"{self.path}/{path}" if self.path else path)


@dataclass(slots=True)
class Lists:
    """What the lists of a text give."""

    listed: list[Stated] = field(default_factory=list)
    unmapped: list[Stated] = field(default_factory=list)


def lists(folder: Folder, parts: Sequence[Section]) -> Lists:
    """The files that a text lists."""
    found = Lists()
    heading = ""
    for part in parts:
        if part.meaning is not Meaning.FILES:
            continue
        if part.own and part.heading is not None:
            heading = part.heading.value
        plain = part.own and not _MADE.search(heading)
        _read(found, folder, part, certain=plain)
    return found


def _read(found: Lists, folder: Folder, part: Section, *, certain: bool) -> None:
    """The lists and drawings of a section; `certain` says whether plain names in it are of this folder."""
    here = True
    tree = _Tree(folder)
    for line in part.lines:
        drawn = _TREE.match(line.text)
        if drawn:
            _take_tree(found, folder, part, line, drawn, tree, certain=certain)
            continue
        tree = _Tree(folder, line.text.strip(" `*:"))
        name = None if line.fenced else _item(line)
        if name is None:
            here = here and not line.text.rstrip("* ").endswith(":")
            continue
        path, start, rest = name
        _take(found, folder, part, path, line.start + start, rest, certain=certain and here)


def _item(line: Line) -> tuple[str, int, str] | None:
    """The path that an item of a list or a row of a table begins with, where, and what follows it; None if none."""
    text = line.text
    item = ITEM.match(text)
    at = item.end() if item else 0
    marked = bool(item and item[0].strip())
    while sign := _SIGNS.match(text, at):
        at, marked = sign.end(), True
    if text[at : at + 1] == "|":
        at, marked = at + 1 + len(text[at + 1 :]) - len(text[at + 1 :].lstrip()), True
    found = _OPENED.match(text, at) if marked else None
    if found is None:
        return None
    group = "link" if found["link"] else "quoted" if found["quoted"] else "plain"
    return found[group], found.start(group), text[found.end() :]


def _take(found: Lists, folder: Folder, part: Section, path: str, start: int, rest: str, *, certain: bool) -> None:
    """One path as written: listed if it is certain which file it means, else left open."""
    if not _FILE_NAME.fullmatch(path) or "://" in path or _ABSENT.search(rest[:200]):
        return
    span = Span(part.source, start, start + len(path))
    meant = _resolved(folder, path, certain=certain)
    (found.listed if meant else found.unmapped).append(Stated(meant or path, span))


def _resolved(folder: Folder, path: str, *, certain: bool) -> str:
    """The path from the project's root that is meant; empty if that is not certain."""
    bare = path.removeprefix("./")
    joined = folder.join(bare)
    if joined in folder.known:
        return joined
    if bare.startswith(("/", "~", "../")) or "\\" in bare:
        return ""
    head = dirname(bare)
    if not head:
        return joined if certain and bare.casefold().endswith(_TEXTS) else ""
    if head.split("/")[0] in folder.below:
        return joined if certain else ""
    return _from_elsewhere(folder, bare)


def _from_elsewhere(folder: Folder, path: str) -> str:
    """A path that begins at the project's root or above it, if its folders end as this folder's path does."""
    mine, theirs = folder.path.casefold().split("/"), dirname(path).casefold().split("/")
    shared = min(len(mine), len(theirs))
    if shared > 1 and mine[-shared:] == theirs[-shared:]:
        return folder.join(basename(path))
    whole = next((name for folded, name in folder.folded.items() if folded.endswith("/" + path.casefold())), "")
    return whole if path.count("/") > 1 else ""


@dataclass(slots=True)
class _Tree:
    """A drawing: the folder in whose name it begins, and the names on the way to the current line."""

    folder: Folder
    root: str = ""
    stack: list[tuple[int, str]] = field(default_factory=list)

    @property
    def own(self) -> bool | None:
        """Whether it begins with this folder; None if it begins with nothing that is a folder's name."""
        root = self.root.split(" ")[0].rstrip("/")
        if not root or root == "." or not self.root.split(" ")[0].endswith("/"):
            return True if root == "." else None
        mine, theirs = self.folder.path.casefold().split("/"), root.casefold().removeprefix("./").split("/")
        shared = min(len(mine), len(theirs))
        return mine[-shared:] == theirs[-shared:]

    def path(self, column: int, name: str) -> str:
        """The path of a name that is drawn at `column`."""
        while self.stack and self.stack[-1][0] >= column:
            self.stack.pop()
        path = "/".join([*(above for _, above in self.stack), name.rstrip("/")])
        self.stack.append((column, name.rstrip("/")))
        return path


_DEEPEST = 200


def _take_tree(
    found: Lists, folder: Folder, part: Section, line: Line, drawn: re.Match[str], tree: _Tree, *, certain: bool
) -> None:
    lead = len(drawn["name"]) - len(drawn["name"].lstrip("`*"))
    name = drawn["name"].strip("`*")
    if len(tree.stack) > _DEEPEST:
        return
    path = tree.path(drawn.end("lead"), name)
    if not _FILE_NAME.fullmatch(name) or name.endswith("/") or _ABSENT.search(drawn["rest"][:200]):
        return
    start = line.start + drawn.start("name") + lead
    span = Span(part.source, start, start + len(name))
    own = tree.own
    joined = folder.join(path)
    sure = own is True or (own is None and (joined in folder.known or (certain and "/" not in path)))
    (found.listed if sure else found.unmapped).append(Stated(joined if sure else name, span))
