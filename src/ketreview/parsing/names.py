"""Names in a field of authors or editors, as BibTeX writes them."""

from __future__ import annotations

OTHERS = "others"


def persons(text: str) -> tuple[str, ...]:
    """Each person as written; an institution in its braces. `others` stays."""
    from bibtexparser.middlewares.names import split_multiple_persons_names  # noqa: PLC0415  as below

    return tuple(split_multiple_persons_names(text))


def last_names(text: str) -> tuple[str, ...]:
    """The last name of each person, with its `von` part; an institution in braces is its whole name. `others` stays."""
    from bibtexparser.middlewares.names import (  # noqa: PLC0415  slow to import, needed by few commands
        parse_single_name_into_parts,
        split_multiple_persons_names,
    )

    names = []
    for person in split_multiple_persons_names(text):
        if person.startswith("{") and person.endswith("}"):
            names.append(person[1:-1])
        else:
            parts = parse_single_name_into_parts(person, strict=False)
            names.append(" ".join([*parts.von, *parts.last]))
    return tuple(name for name in names if name)
