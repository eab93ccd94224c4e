"""Writes seeded projects of growing size for the benchmark: the same seed gives the same bytes."""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent / ".data"
SIZES = (100, 1_000, 10_000, 100_000)
DEFAULT_MAX = 10_000
DEFAULT_SEED = 20261120

_SYLLABLES = (
    "ba", "do", "fe", "gi", "ka", "lo", "mu", "ne", "pi", "ra", "so", "tu", "ve", "wa", "zo",
)  # fmt: skip
_INITIALS = "ABCDEFGHJKLMNPRSTW"
_MONTHS = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
_WORDS = (
    "response", "relapse", "infusion", "placebo", "baseline", "follow-up", "cohort", "interval", "dosage",
    "tolerance", "symptom", "severity", "remission", "outcome", "control", "measure", "adherence", "exposure",
    "washout", "blinding", "allocation", "attrition", "recovery", "fatigue", "sleep", "cognition",
)  # fmt: skip
_EXAMPLE_DOI = "10.5555"  # the prefix that Crossref keeps for tests
_FREE_NUMBERS = "NCT09"  # registry numbers that are not given out yet
_REVIEWS_PER_100_ENTRIES = 3
_STUDIES = 6
_CLAIMS = 4


class Dice:
    """Random choices from `random.random` alone, whose sequence Python promises to keep between versions."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed).random

    def number(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self._random() * (high - low + 1))

    def pick(self, items: Sequence[str]) -> str:
        return items[self.number(0, len(items) - 1)]

    def words(self, count: int) -> str:
        return " ".join(self.pick(_WORDS) for _ in range(count))


@dataclass(frozen=True, slots=True)
class Work:
    """One generated work. It says that it is generated, wherever it is printed."""

    number: int
    year: int
    key: str
    bibtex: str


def work(seed: int, number: int) -> Work:
    """The work with this number, which is the same in projects of every size."""
    dice = Dice(f"{seed}/work/{number}")
    year = dice.number(1995, 2024)
    key = f"generated{year}-{number:06}"
    first = dice.number(1, 900)
    fields = {
        "author": " and ".join(_author(dice) for _ in range(dice.number(3, 5))),
        "title": f"Generated work {number:06}: {dice.words(6)}",
        "journal": f"Journal of Generated {dice.pick(_WORDS).capitalize()} Studies",
        "year": str(year),
        "month": dice.pick(_MONTHS),
        "volume": str(dice.number(1, 80)),
        "number": str(dice.number(1, 12)),
        "pages": f"{first}--{first + dice.number(3, 15)}",
        "publisher": "Generated Press",
        "doi": f"{_EXAMPLE_DOI}/generated.{number:06}",
        "url": f"https://example.org/generated/{number:06}",
        "urldate": f"2025-{dice.number(1, 12):02}-{dice.number(1, 28):02}",
        "language": "english",
        "keywords": ", ".join(dice.pick(_WORDS) for _ in range(4)),
        "abstract": f"This abstract is generated and reports nothing: {dice.words(18)}.",
    }
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'},\n" for name, value in fields.items()]
    return Work(number, year, key, f"@article{{{key},\n{''.join(lines)}}}\n")


def _author(dice: Dice) -> str:
    family = "".join(dice.pick(_SYLLABLES) for _ in range(3)).capitalize()
    return f"{family}, {dice.pick(_INITIALS)}. {dice.pick(_INITIALS)}."


def review(seed: int, number: int, works: Sequence[Work]) -> str:
    """The review with this number, which cites every one of `works`."""
    dice = Dice(f"{seed}/review/{number}")
    studies = works[:_STUDIES]
    parts = (
        _head(dice, number),
        _source(works),
        "studies:\n" + "".join(_study(dice, index, item) for index, item in enumerate(studies, 1)),
        "claims:\n" + "".join(_claim(dice, index, len(studies), works) for index in range(1, _CLAIMS + 1)),
        _rest(dice, number),
    )
    return "\n".join(parts)


def _head(dice: Dice, number: int) -> str:
    return f"""\
# Generated for the benchmark; nothing in it is evidence.
schema_version: 1
id: generated-{number:04}
title: Generated review {number:04}
status: active
summary: >-
  This review is generated and says nothing. {dice.words(14)}
  {dice.words(12)}.

question:
  populations: [{{id: adults, name: Generated adults}}, {{id: older, name: Generated older adults}}]
  interventions:
  - {{id: ket-iv, name: generated infusion, route: iv, dose: {{low: 0.5, unit: mg/kg}}, minutes: 40, schedule: 2/week}}
  - {{id: placebo, name: generated placebo, route: iv}}
  comparisons:
  - {{id: iv-placebo, population: adults, intervention: ket-iv, comparator: placebo}}
  outcomes:
  - {{id: response, name: Response, importance: critical}}
  - {{id: relapse, name: Relapse, importance: important}}

currency: {{mode: living, interval_days: 90, last_search: 2026-10-20}}

searches:
- {{date: 2026-10-20, sources: [Generated Index], strategy: generated AND work, found: {dice.number(40, 900)}}}
"""


def _source(works: Sequence[Work]) -> str:
    references = "".join(f'  - {{label: "{label}", cites: {item.key}}}\n' for label, item in enumerate(works, 1))
    return f"""\
sources:
- id: overview
  title: Generated overview
  kind: generated text
  date: 2025-06-01
  references:
{references}"""


def _study(dice: Dice, index: int, item: Work) -> str:
    return f"""\
- id: study-{index}
  title: Generated work {item.number:06}
  cites: [{item.key}]
  design: randomised_trial
  comparison: iv-placebo
  population: adults
  directness: direct
  species: human
  participants: {dice.number(20, 400)}
  results:
  - {{outcome: response, timepoint: week {dice.number(1, 12)}, arms: [{{arm: ket-iv, percent: {dice.number(30, 70)}}}]}}
  state: extracted
  from: [{{source: overview, at: Generated section {index}, labels: ["{index}"]}}]
"""


def _claim(dice: Dice, index: int, studies: int, works: Sequence[Work]) -> str:
    cited = works[(index * 3) % len(works)], works[(index * 5) % len(works)]
    return f"""\
- id: claim-{index}
  kind: efficacy
  statement: >-
    Generated statement {index}: {dice.words(8)}
    {dice.words(4)}.
  about: [ket-iv]
  species: human
  supports: [{{study: study-{dice.number(1, studies)}}}, {{cites: {cited[0].key}, locator: table {dice.number(1, 4)}}}]
  challenges: [{{cites: {cited[1].key}}}]
  from: [{{source: overview, at: Generated section {index}}}]
"""


def _rest(dice: Dice, number: int) -> str:
    return f"""\
certainty:
- id: response-iv
  outcome: response
  comparison: iv-placebo
  population: adults
  scale: grade
  start: high
  level: moderate
  studies: [study-1, study-2]
  rated: 2026-10-20
  steps: [{{domain: imprecision, by: -1, because: generated reason, studies: [study-1]}}]

trials:
- id: trial
  registrations: [{_FREE_NUMBERS}{number:06}]
  title: Generated trial {number:04}
  status: RECRUITING
  expected_completion: 2031-12
  retrieved: 2026-10-20
  enrolment: {{planned: {dice.number(40, 300)}}}

safety:
  adverse_effects:
  - {{name: generated effect, percent: {dice.number(1, 60)}, of: 188, exposure: clinical, study: study-3}}
  monitoring: [{{what: generated watch, minimum: 30, unit: min}}]

integration: [{{kind: bibliography, target: references.bib, state: done, since: 2026-10-20}}]
next_steps: [{{text: Read the generated trial, waits_for: [trial]}}]
"""


def review_count(entries: int) -> int:
    """How many reviews share the entries out: 3 for 100, 30 for 1,000, …"""
    return max(1, entries * _REVIEWS_PER_100_ENTRIES // 100)


def write(folder: Path, entries: int, seed: int = DEFAULT_SEED) -> None:
    """Writes a project: a store of `entries` entries, and reviews that cite each of them."""
    reviews = folder / "reviews"
    reviews.mkdir(parents=True, exist_ok=True)
    for old in reviews.glob("generated-*.yaml"):
        old.unlink()
    count = review_count(entries)
    works = shares(seed, entries, count)
    with (folder / "references.bib").open("w", encoding="utf-8", newline="\n") as store:
        store.write("% Generated for the benchmark; none of these works exists.\n")
        for number, share in enumerate(works, 1):
            store.writelines(f"\n{item.bibtex}" for item in share)
            text = review(seed, number, share)
            (reviews / f"generated-{number:04}.yaml").write_text(text, encoding="utf-8", newline="\n")


def write_store(folder: Path, entries: int, seed: int = DEFAULT_SEED) -> None:
    """Writes a project of a store alone."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "references.bib").open("w", encoding="utf-8", newline="\n") as store:
        store.writelines(f"{work(seed, number).bibtex}\n" for number in range(1, entries + 1))


def write_reviews(folder: Path, count: int, entries: int, seed: int = DEFAULT_SEED) -> None:
    """Writes a project of a store and any number of reviews of it, so that a work is cited by many of them.

    Those that cite the same works say the same of them.
    """
    write_store(folder, entries, seed)
    reviews = folder / "reviews"
    reviews.mkdir(exist_ok=True)
    texts = [review(seed, number, share) for number, share in enumerate(shares(seed, entries, review_count(entries)))]
    for number in range(count):
        same = number % len(texts)
        text = texts[same].replace(f"generated-{same:04}", f"generated-{number:04}")
        (reviews / f"generated-{number:04}.yaml").write_text(text, encoding="utf-8", newline="\n")


def shares(seed: int, entries: int, count: int) -> Iterator[list[Work]]:
    """The works that each review cites; together they are all works, in order."""
    for share in range(count):
        numbers = range(share * entries // count + 1, (share + 1) * entries // count + 1)
        yield [work(seed, number) for number in numbers]


def sizes(largest: int) -> tuple[int, ...]:
    """The sizes up to `largest`."""
    return tuple(size for size in SIZES if size <= largest)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--max", type=int, default=DEFAULT_MAX, help="the largest store, in entries (default: %(default)s)"
    )
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="same seed, same bytes (default: %(default)s)")
    parser.add_argument(
        "--out", type=Path, default=DATA, help="the folder for the projects, one each (default: %(default)s)"
    )
    options = parser.parse_args()
    for size in sizes(options.max):
        write(options.out / str(size), size, options.seed)


if __name__ == "__main__":
    main()
