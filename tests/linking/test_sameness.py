"""Whether two entries are of one work."""

from __future__ import annotations

import pytest

from ketreview.linking.sameness import are_one_work
from ketreview.model.entry import Entry
from ketreview.parsing.bibtex import parse_bib


def pair(one: str, other: str) -> tuple[Entry, Entry]:
    file = parse_bib("a.bib", f"@article{{a, {one}}}\n@article{{b, {other}}}\n".encode())
    assert file.diagnostics == ()
    return file.entries[0], file.entries[1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("doi = {10.1000/1}, title = {Sleep}", "doi = {10.1000/1}, title = {Sleep}"),
        ("doi = {10.1000/1}, pmid = 3, title = {Sleep}", "pmid = 3, title = {Sleep}"),
        ("doi = {10.1000/1}, title = {Sleep}", "url = {https://www.doi.org/10.1000%2F1?via=x}, title = {Sleep}"),
        ("doi = {10.1000/1}, title = {Sleep}", "url = {https://doi-org.proxy.edu/10.1000/1}, title = {Sleep}"),
        (
            "title = {A title that is long enough}, author = {Roe, B.}, year = 2020",
            "title = {A title that is long enough}, author = {B. Roe}, year = 2020",
        ),
    ],
)
def test_one_work(one: str, other: str) -> None:
    assert are_one_work(*pair(one, other))
    assert are_one_work(*pair(other, one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("doi = {10.1000/1}, title = {Sleep}", "doi = {10.1000/2}, title = {Sleep}"),
        ("doi = {10.1000/1}, title = {Sleep}", "doi = {10.1000/1}, title = {Ketamine}"),
        ("doi = {10.1000/1}, pmid = 3", "doi = {10.1000/1}, pmid = 4"),
        ("pmid = 3, title = {Sleep}", "pmid = 3, title = {Ketamine}"),
        ("doi = {10.1000/1}, title = {Sleep}", "url = {https://a.org/doi/10.1000/1}, title = {Sleep}"),
        ("doi = {10.1000/1}, title = {Sleep}", "title = {Sleep}"),
        (
            "title = {A title that is long enough}, author = {Roe, B.}, year = 2020",
            "title = {A title that is long enough}, author = {Doe, B.}, year = 2020",
        ),
    ],
)
def test_two_works(one: str, other: str) -> None:
    assert not are_one_work(*pair(one, other))
    assert not are_one_work(*pair(other, one))
