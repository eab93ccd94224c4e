"""Times `ketreview status` and `check` beside other programs, and writes docs/benchmarks.md and docs/growth.svg."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import alternatives
import alternatives_page
import book
import commands
import generate
import growth
import growth_page
import growth_picture
import measure
import other_tools
import page
import planted
import scanners
import small
import tools_page

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
PICTURE = ROOT / "docs" / "growth.svg"
_ROUNDS = 7
_SHIPPED_ROUNDS = 21
_GROWTH_ROUNDS = 3
_COMPARED_UP_TO = 10_000
"""Other programs are run on stores of up to so many entries, where they are not too slow for that."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a run is to time."""

    largest: int
    rounds: int | None
    slow: bool
    with_book: bool

    @property
    def tools(self) -> list[alternatives.Alternative]:
        """What else a person would run, installed as far as it can be."""
        return alternatives.all_of_them(slow=self.slow)


def time_shipped(rounds: int) -> list[measure.Runs]:
    """Times floors and commands on the shipped project, in turn."""
    own = [commands.verified(program, None) for program in commands.all_of_ketreview(ROOT)]
    return measure.in_turn(commands.floors(*commands.files(ROOT)) + own, rounds)


def time_generated(size: int, rounds: int, tools: list[alternatives.Alternative]) -> list[measure.Runs]:
    """The same on a generated project, with other tools, and `check` on a copy in which a review changes each time."""
    root, changing = generate.DATA / str(size), generate.DATA / f"{size}-changing"
    for folder in (root, changing):
        generate.write(folder, size)
        commands.age(folder)
    changed = commands.ketreview(page.CHECK_CHANGED, changing, "check")
    changed = replace(changed, changes=min(changing.glob("reviews/*")))
    mine = (*commands.all_of_ketreview(root), changed, commands.check_store(root))
    own = [commands.verified(program, size) for program in mine]
    others = alternatives.programs(root, size, tools)
    return measure.in_turn(commands.floors(*commands.files(root)) + others + own, rounds)


def time_book(rounds: int) -> list[measure.Runs]:
    """The same on a generated book without reviews, and `check` on a copy in which one chapter changes."""
    root, changing = generate.DATA / "book", generate.DATA / "book-changing"
    for folder in (root, changing):
        book.write(folder)
        commands.age(folder)
    files = [str(path) for path in (*sorted(root.rglob("*.typ")), *sorted(root.glob("bib/*")))]
    changed = commands.ketreview(page.CHAPTER_CHANGED, changing, "check")
    changed = replace(changed, changes=min(changing.glob("chapters/**/*.typ")))
    own = [commands.check_anew(root), commands.check_again(root), changed]
    floors = [commands.small_table(), commands.read_bytes(files)]
    return measure.in_turn([*floors, *(commands.verified(program, book.ENTRIES) for program in own)], rounds)


def time_all(wanted: Wanted, tools: list[alternatives.Alternative]) -> dict[str, list[measure.Runs]]:
    """Everything, by the project it was timed on."""
    _say("the shipped project")
    results = {page.SHIPPED: time_shipped(wanted.rounds or _SHIPPED_ROUNDS)}
    if wanted.with_book:
        _say("the book")
        results[page.BOOK] = time_book(wanted.rounds or _ROUNDS)
    for size in generate.sizes(wanted.largest):
        _say(f"{size:,} entries")
        results[page.generated(size)] = time_generated(size, wanted.rounds or _ROUNDS, tools)
    return results


def _say(what: str) -> None:
    print(f"timing {what} …", file=sys.stderr)


def main() -> None:
    options = _options()
    try:
        if options.small:
            print(small.ratios(options.rounds or small.ROUNDS))
            return
        picture = ""
        if options.tools_only:
            before = _kept()
        else:
            before, picture = _timed(
                Wanted(options.max, options.rounds, options.slow, not options.no_book), options.date
            )
        text = f"{before}\n{compared(options.rounds or _ROUNDS, options.date)}"
    except RuntimeError as error:
        sys.exit(f"bench: {error}")
    print(text)
    if options.date is not None:
        _write(PAGE, text)
    if picture:
        _write(generate.DATA / PICTURE.name if options.date is None else PICTURE, picture)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--max", type=int, default=generate.DEFAULT_MAX, help="the largest store, in entries (default: %(default)s)"
    )
    parser.add_argument(
        "--rounds", type=int, help=f"rounds of each group (default: {_SHIPPED_ROUNDS} shipped, else {_ROUNDS})"
    )
    parser.add_argument(
        "--date", type=date.fromisoformat, help="the day of this run; with it the page and the picture are written"
    )
    parser.add_argument(
        "--slow", action="store_true", help="let biber and papis have 10,000 entries: some minutes more"
    )
    parser.add_argument("--no-book", action="store_true", help="leave the book of 40 MB out")
    parser.add_argument(
        "--small", action="store_true", help="only print a few ratios on 1,000 entries, as CI does; writes nothing"
    )
    parser.add_argument(
        "--tools-only", action="store_true", help="run only the planted faults, and renew their section of the page"
    )
    return parser.parse_args()


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
    print(f"written: {path.relative_to(ROOT)}", file=sys.stderr)


def _timed(wanted: Wanted, day: date | None) -> tuple[str, str]:
    """The page up to the planted faults, and the picture of growth."""
    tools = wanted.tools
    results = time_all(wanted, tools)
    _say("growth")
    largest = wanted.largest if wanted.largest >= generate.SIZES[-1] else 3 * wanted.largest
    grown = growth.series(
        largest,
        wanted.rounds or _GROWTH_ROUNDS,
        _anew_and_again,
        commands.age,
    )
    _say("scanners")
    speeds = scanners.speeds(wanted.rounds or _ROUNDS)
    by_size = {size: results[page.generated(size)] for size in generate.sizes(min(wanted.largest, _COMPARED_UP_TO))}
    names = (page.CHECK, page.CHECK_AGAIN, page.PARSE_BIB, *(tool.name for tool in tools))
    sections = [alternatives_page.render(by_size, names, tools), growth_page.render(grown)]
    return page.render(results, sections, speeds, day, _line(wanted)), growth_picture.render(grown)


def _anew_and_again(root: Path) -> tuple[measure.Program, measure.Program]:
    """The second is run once untimed, which fills its cache, and says what exit code both have."""
    again = commands.verified(commands.check_again(root), None)
    return replace(commands.check_anew(root), exit_codes=again.exit_codes), again


def _line(wanted: Wanted) -> str:
    return f"bench/run.py --max {wanted.largest}{' --slow' if wanted.slow else ''} --date YYYY-MM-DD"


def _kept() -> str:
    """The page as it is, without the section of the planted faults."""
    return PAGE.read_text(encoding="utf-8").split(tools_page.HEADING)[0].rstrip("\n") + "\n"


def compared(rounds: int, day: date | None) -> str:
    """Other tools on the planted faults, as the last section of the page."""
    _say("other tools on planted faults")
    store, reading = planted.store(), planted.reading()
    return tools_page.render(other_tools.trials(store, reading, rounds), store, reading, day)


if __name__ == "__main__":
    main()
