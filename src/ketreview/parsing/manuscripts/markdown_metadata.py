"""The metadata of Markdown and Quarto: bibliographies, `nocite`, kinds of cross-references."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ketreview.diagnostics import fault
from ketreview.model.manuscript import MAX_CITATIONS, Link, Manuscript, Mention
from ketreview.parsing.faults import YAML_SYNTAX
from ketreview.parsing.file_faults import MANUSCRIPT_SYNTAX
from ketreview.parsing.manuscripts.markdown_inlines import FoundKey, Inlines
from ketreview.parsing.suppressions import MARKER
from ketreview.parsing.text import decode_text
from ketreview.parsing.yaml_suppressions import in_yaml
from ketreview.parsing.yaml_tree import Mapping, Node, Scalar, Sequence
from ketreview.parsing.yaml_tree import parse as parse_tree
from ketreview.patterns import regex
from ketreview.source import Source, Span

_TAG = regex(r"(?<=[:\[,-] )![\w!:/.-]*")
_ALL = regex(r"(?<![\w.])@\*")
_CITING = ("abstract", "description", "subtitle", "thanks", "title")
_MAX_METADATA = 1 << 20


@dataclass(slots=True)
class Metadata:
    """What metadata say, as offsets into the text; `kinds` are a document's own prefixes of cross-references.

    `faults` are the blocks that are not YAML: where each begins, the place of its fault, and what is wrong.
    """

    bibliographies: list[tuple[int, int]] = field(default_factory=list)
    keys: list[FoundKey] = field(default_factory=list)
    cites_all: bool = False
    kinds: set[str] = field(default_factory=set)
    faults: list[tuple[int, int, str]] = field(default_factory=list)


def read_metadata(text: str, start: int, end: int, into: Metadata) -> None:
    """Reads a YAML block."""
    # R writes `!expr`, which the tree refuses; spaces in its place keep every offset.
    # A line break stands for the first line of the file, so that messages name the right lines of it.
    lead = "\n" if start else ""
    block = lead + _TAG.sub(lambda match: " " * len(match[0]), text[start:end])
    if len(block) > _MAX_METADATA:
        into.faults.append((start, start, f"metadata of more than {_MAX_METADATA >> 20} MiB are not read"))
        return
    root, found = parse_tree(Source("", block))
    offset = start - len(lead)
    into.faults += [
        (start, offset + finding.span.start, f"metadata that are not YAML: {finding.message}")
        for finding in found
        if finding.code is YAML_SYNTAX
    ]
    if not isinstance(root, Mapping):
        return
    into.bibliographies += [_inside(block, item, offset) for value in _listing(root) for item in _scalars(value)]
    for name, value in _pairs(root):
        if name == "nocite" or name in _CITING:
            _citations(text, [(offset + item.start, offset + item.end) for item in _scalars(value)], name, into)
        elif name == "crossref":
            into.kinds.update(_custom_kinds(value))


def parse_quarto(path: str, data: bytes) -> Manuscript:
    """Reads a site's `_quarto.yml` or `_metadata.yml`: the bibliographies of its pages, and what `nocite` cites.

    Its labels are the beginnings of cross-references of its own kinds. Never raises.
    """
    source, found = decode_text(path, data)
    metadata = Metadata()
    read_metadata(source.text, 0, len(source.text), metadata)
    found += [fault(MANUSCRIPT_SYNTAX, Span(source, at, at), message) for _, at, message in metadata.faults]
    tree = parse_tree(source)[0] if MARKER in source.text else None
    return Manuscript(
        source,
        "quarto",
        citations=mentions(source, metadata.keys),
        bibliographies=links(source, metadata.bibliographies),
        cites_all=metadata.cites_all,
        labels=frozenset(f"{kind}-" for kind in metadata.kinds),
        diagnostics=tuple(found),
        suppressions=in_yaml(source, tree) if tree is not None else (),
        whole=not metadata.faults,
    )


def mentions(source: Source, keys: list[FoundKey]) -> tuple[Mention, ...]:
    """Keys as citations, in the order of the text; one more than are read of a chapter at most."""
    first = sorted(keys)[: MAX_CITATIONS + 1]
    return tuple(Mention(source.text[start:end], Span(source, start, end), form) for start, end, form in first)


def links(source: Source, spans: list[tuple[int, int]]) -> tuple[Link, ...]:
    """Paths as links, in the order of the text."""
    return tuple(Link(source.text[start:end], Span(source, start, end)) for start, end in sorted(spans) if start < end)


def _pairs(node: Node) -> Iterator[tuple[str, Node]]:
    if isinstance(node, Mapping):
        for key, value in node.pairs:
            if isinstance(key, Scalar):
                yield key.text, value


def _listing(root: Node) -> Iterator[Node]:
    """What lists bibliographies: of the document, and of one of its formats."""
    for name, value in _pairs(root):
        if name == "bibliography":
            yield value
        elif name == "format":
            for _, options in _pairs(value):
                yield from (listed for option, listed in _pairs(options) if option == "bibliography")


def _scalars(node: Node) -> Iterator[Scalar]:
    """The texts of a value: itself, or those of a list or of a mapping's values."""
    if isinstance(node, Scalar):
        if node.value is not None:
            yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _scalars(item)
    else:
        for _, value in node.pairs:
            yield from _scalars(value)


def _inside(block: str, item: Scalar, offset: int) -> tuple[int, int]:
    """The span of a scalar without its quotes and white space."""
    text = block[item.start : item.end]
    inner = text.strip()
    start = offset + item.start + text.find(inner)
    quoted = len(inner) > 1 and inner[0] in "\"'" and inner[0] == inner[-1]
    return start + quoted, start + len(inner) - quoted


def _citations(text: str, spans: list[tuple[int, int]], name: str, into: Metadata) -> None:
    for start, end in spans:
        inlines = Inlines(text)
        inlines.scan(start, end)
        inlines.close()
        into.keys += [key._replace(form="nocite") if name == "nocite" else key for key in inlines.keys]
        into.cites_all |= name == "nocite" and _ALL.search(text, start, end) is not None


def _custom_kinds(node: Node) -> Iterator[str]:
    for name, value in _pairs(node):
        if name == "custom" and isinstance(value, Sequence):
            for item in value.items:
                for option, kind in _pairs(item):
                    if option == "key" and isinstance(kind, Scalar):
                        yield kind.text.lower()
