"""Seeded projects whose reviews speak of each other, and changes to them."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

from tests.projects import write

IDS = ("ra", "rb", "rc", "rd", "re")
KEYS = tuple(f"klein20{number:02}" for number in range(10, 24))
LOST = ("klein2010x", "nobody1999", "kleim2011")
NUMBERS = ("NCT01234567", "NCT07654321", "ISRCTN12345678")
DESIGNS = ("randomised_trial", "cohort", "case_report", "meta_analysis")
TARGETS = ("NMDA receptor", "mu-opioid receptor", "")
LABELS = ("Klein et al. 2012", "Klein et al., 2013", "1", "Picard 2019", "Klein et al. 2014")
STATUSES = ("RECRUITING", "COMPLETED", "TERMINATED")
EFFECTS = ("increases", "decreases", "no_change")


def store(dice: random.Random) -> str:
    """Entries, some of which are one work or share a DOI, and a string."""
    entries = ['@string{jn = {Journal of "N"}}\n']
    for number, key in enumerate(KEYS):
        shared = dice.random() < 0.15
        doi = "10.1000/shared" if shared else f"10.1000/{key}"
        year = 2012 + number % 3
        entries.append(
            f"@article{{{key}, title = {{A work on number {'nine' if shared else key} of many}}, journal = jn,\n"
            f"  author = {{Klein, Anna and Picard, Béa and Roy, Cy}}, year = {year}, volume = {number + 1},"
            f" doi = {{{doi}}}, certainty = {{{dice.choice(['low', 'high'])}}}}}\n"
        )
    return "".join(entries)


def _some(dice: random.Random, make: Callable[[int], str], most: int) -> str:
    return "".join(make(number) for number in range(dice.randint(0, most)))


def _key(dice: random.Random) -> str:
    return dice.choice(LOST) if dice.random() < 0.1 else dice.choice(KEYS)


def review(dice: random.Random, name: str) -> str:
    """A review that names works, trials, mechanisms and claims which others may name too."""

    def study(number: int) -> str:
        return (
            f"- {{id: s{number}, cites: [{_key(dice)}], design: {dice.choice(DESIGNS)}, state: read,"
            f" participants: {dice.choice([10, 20, 300])}, species: {dice.choice(['human', 'mouse'])},"
            f" registrations: [{dice.choice(NUMBERS) if dice.random() < 0.4 else ''}]}}\n"
        )

    def claim(number: int) -> str:
        same = f"{dice.choice((*IDS, 'rz'))}:c{dice.randint(0, 2)}"
        against = f", challenges: [{{cites: {_key(dice)}}}]" if dice.random() < 0.3 else ""
        return (
            f"- {{id: c{number}, kind: mechanism, statement: It {dice.choice(['may work', 'works', 'proves it'])},"
            f" supports: [{{cites: {_key(dice)}}}]{against}, rating: {dice.choice(['q0', 'q1'])},"
            f" same_as: [{same if dice.random() < 0.4 else ''}],"
            f" mechanism: {{target: {dice.choice(TARGETS) or 'x'}, action: {dice.choice(['agonist', 'antagonist'])},"
            f" effect: {dice.choice(EFFECTS)}, on: BDNF}}}}\n"
        )

    def rating(number: int) -> str:
        level = dice.choice(["low", "high"])
        return f"- {{id: q{number}, subject: whatever, scale: grade, level: {level}, studies: [s{number}]}}\n"

    def trial(number: int) -> str:
        return (
            f"- {{id: t{number}, registrations: [{dice.choice(NUMBERS)}], title: T, status: {dice.choice(STATUSES)},"
            f" expected_completion: 2020-01, retrieved: 2026-0{dice.randint(1, 9)}-01,"
            f" enrolment: {{planned: {dice.choice([10, 20])}}}}}\n"
        )

    def reference(_: int) -> str:
        return f'  - {{label: "{dice.choice(LABELS)}", cites: {_key(dice)}}}\n'

    ignored = dice.choice(["", "", f"# ketreview: ignore[{dice.choice(['KR201', 'KR603', 'KR517'])}] known\n"])
    parts = (
        ("sources:\n- id: src\n  title: S\n  references:\n", _some(dice, reference, 4)),
        ("studies:\n", _some(dice, study, 4)),
        ("claims:\n", _some(dice, claim, 3)),
        ("certainty:\n", _some(dice, rating, 2)),
        (f"trials:\n{ignored}", _some(dice, trial, 2)),
    )
    body = "".join(head + items for head, items in parts if items)
    head = f"{dice.choice(['', '# a comment', '# another'])}\nschema_version: 1\nid: {name}\ntitle: A\nstatus: active\n"
    return f"{head}{body}integration: [{{kind: bibliography, target: references.bib, state: done}}]\n"


class Changing:
    """A project in a folder, and changes to it; a file is always older than what is kept of it."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root, self.dice, self._time = root, random.Random(seed), 1_700_000_000
        self.write("references.bib", store(self.dice))
        for name in IDS:
            self.write(f"reviews/{name}.yaml", review(self.dice, name))

    def write(self, path: str, text: str) -> None:
        """Writes a file."""
        write(self.root, {path: text})
        self._time += 1
        os.utime(self.root / path, (self._time, self._time))

    def change_a_review(self) -> None:
        """One review: all of it, or a line taken out, put elsewhere or doubled."""
        name = self.dice.choice(IDS)
        path = self.root / f"reviews/{name}.yaml"
        new = review(self.dice, name)
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True) if path.exists() else []
        items = [number for number, line in enumerate(lines) if line.startswith(("- {", "  - {"))]
        if items and self.dice.random() < 0.6:
            number = self.dice.choice(items)
            kept = self.dice.choice(["", "# gone\n", lines[number].replace("participants: 10", "participants: 77")])
            new = "".join([*lines[:number], kept, *lines[number + 1 :]])
        self.write(f"reviews/{name}.yaml", new)

    def change_anything(self) -> None:
        """One of the changes that a person makes."""
        dice = self.dice
        name = dice.choice(IDS)
        path = f"reviews/{name}.yaml"
        text = (self.root / path).read_text(encoding="utf-8") if (self.root / path).exists() else review(dice, name)
        odd: tuple[Callable[[], object], ...] = (
            lambda: self.write(path, text + "surplus: 1\n"),
            lambda: self.write(path, text.replace("title: A", "title: [")),
            lambda: self.write(path, "\n# moved\n" + text),
            lambda: (self.root / path).unlink(missing_ok=True),
            lambda: self.write("references.bib", store(dice)),
            lambda: self.write("reviews/rz.yaml", review(dice, "rz")),
            lambda: self.write("ketreview.toml", f'ignore = ["{dice.choice(["KR6", "KR204", "KR201"])}"]\n'),
            lambda: self.write("ketreview.toml", 'chapters = ["book/*.typ"]\n'),
            lambda: self.write("book/one.typ", f"See @{_key(dice)} and @{_key(dice)}.\n"),
            lambda: self.write(path, text.replace(f"id: {name}", "id: rb", 1)),
        )
        dice.choice(odd)()
