"""The search for entries of one work: how many comparisons it takes, and what it gives."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from ketreview.linking import twins
from ketreview.linking.duplicates import Duplicates, Reason
from ketreview.linking.works import Works
from ketreview.parsing.bibtex import parse_bib

COMPARISONS = ("by_doi", "by_pmid", "by_title", "by_near_title", "_half_same")
STORES: dict[str, Callable[[int], str]] = {
    "nothing in common": lambda n: (
        f"@article{{k{n}, title = {{Work number {n} of many}}, author = {{A{n}, B.}}, year = 2020}}"
    ),
    "one DOI": lambda n: f"@article{{k{n}, title = {{A work that has many keys}}, doi = {{10.1000/1}}}}",
    "one DOI, other titles": lambda n: f"@article{{k{n}, title = {{{chr(97 + n % 26) * 30}{n}}}, doi = {{10.1000/1}}}}",
    "one DOI, other PMIDs": lambda n: f"@article{{k{n}, title = {{A work}}, doi = {{10.1000/1}}, pmid = {n + 1}}}",
    "one PMID": lambda n: f"@article{{k{n}, title = {{A work that has many keys}}, pmid = 1}}",
    "one PMID, other DOIs": lambda n: f"@article{{k{n}, title = {{A work}}, doi = {{10.1000/{n}}}, pmid = 1}}",
    "one title": lambda n: (
        f"@article{{k{n}, title = {{A work that has many keys}}, author = {{Klein, M.}}, year = 2020}}"
    ),
    "one title, other pages": lambda n: (
        f"@article{{k{n}, title = {{A work that has many keys}}, author = {{Klein, M.}}, year = 2020, pages = {n}}}"
    ),
    "one author, long beginnings": lambda n: (
        f"@article{{k{n}, title = {{A work with a long beginning of its own {n:06}}}, author = {{Klein, M.}}}}"
    ),
    "one author, long ends": lambda n: (
        f"@article{{k{n}, title = {{{n:06} is a work with a long end of its own}}, author = {{Klein, M.}}}}"
    ),
}


def found(*entries: str) -> Duplicates:
    file = parse_bib("a.bib", "\n".join(entries).encode())
    assert file.diagnostics == ()
    return twins.duplicates_of(Works(file.entries), lambda one, other: True, lambda key: 0)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the comparisons that are made, one each time."""
    calls: list[str] = []

    def counting(name: str, compare: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            calls.append(name)
            return compare(*arguments, **named)

        return call

    for name in COMPARISONS:
        monkeypatch.setattr(twins, name, counting(name, getattr(twins, name)))
    return calls


@pytest.mark.parametrize("kind", STORES)
def test_comparisons_grow_as_the_store(kind: str, counted: list[str]) -> None:
    numbers = []
    for size in (100, 200, 400, 800):
        counted.clear()
        found(*(STORES[kind](number) for number in range(size)))
        numbers.append(len(counted))
    steps = [more - fewer for fewer, more in pairwise(numbers)]
    assert numbers[-1] <= 50 * 800
    assert steps[2] <= 2.2 * steps[1], numbers


def test_a_slip_is_found_among_many_titles() -> None:
    others = [
        f"@article{{o{number}, title = {{Ketamine in the treatment of {word}}}, author = {{Klein, M.}}, year = 2020}}"
        for number, word in enumerate(["asthma", "burns", "colic", "dystonia", "epilepsy", "fever"] * 20)
    ]
    pair = (
        "@article{a, title = {Ketamine in the treatment of depresion}, author = {Klein, M.}, year = 2020, pages = 8}",
        "@article{b, title = {Ketamine in the treatment of depression}, author = {Klein, M.}, year = 2020, pages = 8}",
        "@article{c, title = {Ketamien in the treatment of depression}, author = {Klein, M.}, year = 2020, pages = 8}",
    )
    ties = found(*others[:60], pair[0], *others[60:], *pair[1:]).ties
    assert [[entry.key for entry in tie.entries] for tie in ties if tie.nearly] == [["a", "b"], ["b", "c"]]


def test_a_work_is_one_whatever_joins_its_keys() -> None:
    result = found(
        "@article{a, title = {A work that has many keys}, doi = {10.1000/1}}",
        "@article{b, title = {A work that has many keys}, doi = {10.1000/1}, pmid = 1}",
        "@article{c, title = {A work that has many keys}, pmid = 1, author = {Klein, M.}, year = 2020}",
        "@article{d, title = {A work that has many keys}, author = {Klein, M.}, year = 2020}",
        "@article{d, title = {A work that has many keys}, author = {Klein, M.}, year = 2020}",
        "@article{e, title = {Another work altogether}}",
    )
    (work,) = result.works
    assert [entry.key for entry in work.entries] == ["a", "b", "c", "d", "d"]
    assert [entry.key for entry in work.firsts] == ["a", "b", "c", "d"]
    assert work.keep.key == "c"
    assert [(tie.reason, [entry.key for entry in tie.entries]) for tie in result.ties] == [
        (Reason.DOI, ["a", "b"]),
        (Reason.PMID, ["b", "c"]),
        (Reason.TITLE, ["c", "d"]),
    ]
    assert {tie.work for tie in result.ties} == {work}
    assert {entry.key for entry in work.entries if result.work_of(entry) is work} == {"a", "b", "c", "d"}
