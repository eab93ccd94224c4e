"""The fields of a sound, invented record of each type, from its key and a number."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generate import Dice

_JOURNALS = {
    "aim": "Annals of Invented Medicine",
    "ijt": "Invented Journal of Trials",
    "aip": "Archives of Imagined Psychiatry",
    "jfn": "Journal of Fictional Neurology",
    "ain": "Acta Inventa",
    "icr": "Imaginary Clinical Reports",
}
_DESIGNS = (
    "Invented trial", "Invented cohort study", "Imaginary case series", "Invented crossover study",
    "Invented survey", "Imaginary pilot study", "Invented registry study", "Imagined review",
)  # fmt: skip
_SUBJECTS = (
    "evening light", "warm socks", "slow reading", "choir practice", "long walks", "peppermint tea", "weighted hats",
    "cold porridge", "brass music", "garden work", "silent meals",
)  # fmt: skip
_PEOPLE = (
    "lighthouse keepers", "retired sailors", "night nurses", "young bakers", "bell ringers", "tired clockmakers",
    "bus drivers", "new parents", "librarians",
)  # fmt: skip
_STEP = 353  # has no divisor in common with the number of titles: none comes twice before all have come
_FAMILIES = ("Lumo", "Varga", "Tessel", "Osk", "Pereda", "Hollmen", "Ziegel", "Brix", "Castor", "Dunmore")
_INITIALS = "ABCDEFGHJKLMNPRSTW"
_PRESS = "Invented University Press"
_INSTITUTE = "Invented Institute of Health"

_TYPES: Mapping[str, tuple[str, ...]] = {
    "article": ("author", "title", "journal", "year", "volume", "number", "pages", "doi"),
    "book": ("author", "title", "publisher", "address", "year", "doi"),
    "booklet": ("author", "title", "howpublished", "year", "doi"),
    "collection": ("editor", "title", "publisher", "year", "doi"),
    "dataset": ("author", "title", "publisher", "year", "doi"),
    "incollection": ("author", "title", "editor", "booktitle", "publisher", "year", "pages", "doi"),
    "inproceedings": ("author", "title", "booktitle", "publisher", "year", "pages", "doi"),
    "manual": ("author", "title", "organization", "year", "doi"),
    "mastersthesis": ("author", "title", "school", "year", "doi"),
    "misc": ("author", "title", "howpublished", "year", "doi"),
    "online": ("author", "title", "year", "url", "urldate"),
    "patent": ("author", "title", "number", "year", "url", "urldate"),
    "phdthesis": ("author", "title", "school", "year", "doi"),
    "proceedings": ("editor", "title", "publisher", "year", "doi"),
    "report": ("author", "title", "type", "institution", "year", "doi"),
    "software": ("author", "title", "publisher", "year", "doi"),
    "techreport": ("author", "title", "institution", "year", "doi"),
    "thesis": ("author", "title", "institution", "year", "doi"),
    "unpublished": ("author", "title", "year", "url", "urldate"),
}


def fields(kind: str, key: str, number: int) -> dict[str, str]:
    """The fields of a record whose first author and year are those of its key; an unknown type is as an article."""
    dice = Dice(f"sound/{number}")
    family = re.match(r"[^\W\d_]+", key)
    year = (re.findall(r"\d{4}", key) or ["2015"])[0]
    short = dice.pick(list(_JOURNALS))
    page = dice.number(20, 800)
    values = {
        "author": " and ".join([_author(dice, family[0].capitalize() if family else "Anon"), *_others(dice)]),
        "editor": _author(dice, dice.pick(_FAMILIES)),
        "title": _title(number),
        "booktitle": f"Invented handbook of {dice.pick(_SUBJECTS)}",
        "journal": _JOURNALS[short],
        "publisher": _PRESS,
        "address": "Inventa",
        "school": _INSTITUTE,
        "institution": _INSTITUTE,
        "organization": _INSTITUTE,
        "howpublished": "Invented leaflet",
        "type": "techreport",
        "year": year,
        "volume": str(int(year) - 1980),
        "number": str(dice.number(1, 12)),
        "pages": f"{page}--{page + dice.number(3, 15)}",
        "doi": f"10.5555/j.{short}.{year}.{dice.number(1, 12):02}.{number * 3 + 104}",
        "url": f"https://example.org/invented/{number * 3 + 104}",
        "urldate": f"2025-{dice.number(1, 12):02}-{dice.number(1, 28):02}",
    }
    return {name: values[name] for name in _TYPES.get(kind, _TYPES["article"])}


def _title(number: int) -> str:
    place = number * _STEP % (len(_DESIGNS) * len(_SUBJECTS) * len(_PEOPLE))
    rest, design = divmod(place, len(_DESIGNS))
    people, subject = divmod(rest, len(_SUBJECTS))
    return f"{_DESIGNS[design]} of {_SUBJECTS[subject]} in {_PEOPLE[people]}"


def _author(dice: Dice, family: str) -> str:
    return f"{family}, {dice.pick(_INITIALS)}. {dice.pick(_INITIALS)}."


def _others(dice: Dice) -> list[str]:
    first = dice.number(0, len(_FAMILIES) - 1)
    return [_author(dice, _FAMILIES[(first + step) % len(_FAMILIES)]) for step in range(dice.number(1, 3))]
