"""Every reader on mutants of good files: no traceback, and each finding has its place. `bench/fuzz.py` tries longer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import mutants
import pytest
import readers
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

BENCH = Path(readers.__file__).parent
READERS = {reader.name: reader for reader in readers.readers()}


@pytest.mark.parametrize("name", READERS)
def test_mutants_are_read(name: str, record_property: Callable[[str, object], None]) -> None:
    reader, tried = READERS[name], 0

    @settings(
        max_examples=25 if reader.slow else 200,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(seed=st.integers(0, 2**32 - 1))
    def mutant_is_read(seed: int) -> None:
        nonlocal tried
        random = Random(seed)
        reader(mutants.mutant(random, random.choice(reader.seeds), reader.words, reader.seeds))
        tried += 1

    mutant_is_read()
    record_property("inputs", tried)


def test_every_seed_is_read() -> None:
    """A seed of no reader is a file that is never tried."""
    text = (BENCH / "readers.py").read_text("utf-8") + (BENCH / "whole_projects.py").read_text("utf-8")
    assert [path.name for path in (BENCH / "seeds").iterdir() if f'"{path.name}"' not in text] == []


@pytest.mark.parametrize("name", READERS)
def test_a_good_file_is_good(name: str) -> None:
    """What is mutated is read without a fault, so that its readers come far."""
    reader = READERS[name]
    if not reader.slow:
        assert [finding.message for seed in reader.seeds for finding in reader.read(seed)] == []


def test_mutants_differ_and_are_the_same_again() -> None:
    seed = READERS["BibTeX store"].seeds[0]
    made = [mutants.mutant(Random(number), seed, (b"@misc{",), ()) for number in range(200)]
    assert made == [mutants.mutant(Random(number), seed, (b"@misc{",), ()) for number in range(200)]
    assert len(set(made)) > 190
    assert seed not in made[:20]


def test_a_finding_without_a_place_is_found() -> None:
    """The check that the fuzzing rests on fails where it should."""
    good = READERS["BibTeX store"]
    (finding,) = good.read(b"@misc{a, title = {A}\n")
    wrong = finding.span._replace(end=9_999_999, start=9_999_998)
    broken = readers.Reader(
        "broken", good.good, lambda data: [type(finding)(finding.code, finding.severity, "m", wrong)]
    )
    with pytest.raises(AssertionError):
        broken(b"")
    unprintable = type(finding)(finding.code, finding.severity, "\x1b[31m", finding.span)
    with pytest.raises(AssertionError):
        readers.Reader("broken", good.good, lambda data: [unprintable])(b"")
