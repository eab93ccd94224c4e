"""What the fixes of rules over identifiers write; applied once, nothing more is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from ketreview.checking.examples import DEFAULT_AS_OF
from ketreview.diagnostics import Diagnostic
from ketreview.edits import edited
from tests.examples import findings


def found(code: str, root: Path, store: str) -> list[Diagnostic]:
    return [
        finding
        for finding in findings(root, {"references.bib": store.encode()}, DEFAULT_AS_OF)
        if finding.code.id == code or finding.code.reading
    ]


@pytest.mark.parametrize(
    ("code", "store", "wanted"),
    [
        ("KR302", "@misc{a, doi = {https://doi.org/10.1000/x}}", "@misc{a, doi = {10.1000/x}}"),
        ("KR302", '@misc{a, doi = "http://dx.doi.org/10.1000/x"}', '@misc{a, doi = "10.1000/x"}'),
        ("KR302", "@misc{a,\n  doi={ doi: 10.1000/x },\n}\n", "@misc{a,\n  doi={10.1000/x},\n}\n"),
        ("KR302", "@misc{a, doi = {DOI 10.1000/x}}", "@misc{a, doi = {10.1000/x}}"),
        ("KR302", "@misc{a, doi = {doi-org.ezproxy.example.edu/10.1000/x}}", "@misc{a, doi = {10.1000/x}}"),
        (
            "KR302",
            r"@misc{a, doi = {https://doi.org/10.1002/\%28SICI\%291\%3C2::A\%3E3}}",
            "@misc{a, doi = {10.1002/(SICI)1<2::A>3}}",
        ),
        ("KR302", r"@misc{a, doi = {https://doi.org/10.1007/b\_7}}", r"@misc{a, doi = {10.1007/b\_7}}"),
        ("KR302", r"@misc{a, doi = {\url{https://doi.org/10.1000/x}}}", "@misc{a, doi = {10.1000/x}}"),
        (
            "KR302",
            "@misc{a, url = {https://doi.org/10.1000/x}}",
            "@misc{a, url = {https://doi.org/10.1000/x}, doi = {10.1000/x}}",
        ),
        (
            "KR302",
            "@misc{a,\n  title  = {A},\n  url    = {https://doi.org/10.1000/x},\n  year   = 2020\n}\n",
            "@misc{a,\n  title  = {A},\n  url    = {https://doi.org/10.1000/x},\n  year   = 2020,\n"
            "  doi    = {10.1000/x}\n}\n",
        ),
        (
            "KR302",
            '@misc{a,\r\n\turl="http://dx.doi.org/10.1000/x", % seen\r\n}\r\n',
            '@misc{a,\r\n\turl="http://dx.doi.org/10.1000/x", % seen\r\n\tdoi={10.1000/x},\r\n}\r\n',
        ),
        ("KR305", "@misc{a, pmid = {PMID: 26807677}}", "@misc{a, pmid = {26807677}}"),
        ("KR305", '@misc{a, pmid = "https://pubmed.ncbi.nlm.nih.gov/26807677/"}', '@misc{a, pmid = "26807677"}'),
        ("KR309", "@misc{a, url = {https://a.org/?utm_source=x}}", "@misc{a, url = {https://a.org/}}"),
        (
            "KR309",
            r"@misc{a, url = {https://a.org/?a=1\&utm\_source=x\&b=2\#c}}",
            r"@misc{a, url = {https://a.org/?a=1\&b=2\#c}}",
        ),
        (
            "KR309",
            '@misc{a, url = "https://a.org/?utm_source=x&amp;b=2"}',
            '@misc{a, url = "https://a.org/?b=2"}',
        ),
        (
            "KR309",
            r"@misc{a, url = {\url{https://a.org/?b=2&fbclid=x}}}",
            r"@misc{a, url = {\url{https://a.org/?b=2&fbclid=x}}}",
        ),
    ],
)
def test_a_safe_fix(code: str, store: str, wanted: str, tmp_path: Path) -> None:
    for finding in found(code, tmp_path, store):
        assert finding.fix is not None
        assert finding.fix.safe
        store = edited(finding.span.source, finding.fix.edits)
    assert store == wanted
    assert found(code, tmp_path, store) == []


@pytest.mark.parametrize(
    ("code", "store"),
    [
        ("KR302", "@misc{a, doi = {https://doi.org/10.1000/x.}}"),
        ("KR302", "@misc{a, doi = {https://doi.org/10.1000/x?y=z}}"),
        ("KR302", "@misc{a, doi = {https://www.pnas.org/doi/10.1073/pnas.1710519114}}"),
        ("KR302", '@misc{a, doi = "https://doi.org/" # "10.1000/x"}'),
        ("KR302", "@misc{a, url = {https://doi.org/10.1000/x.}}"),
        ("KR302", "@misc{a, url = {https://doi.org/10.1000/x}, doi = {}}"),
        ("KR302", "@misc{a, url = {https://doi.org/10.1000/x}, doi = {10.1000/y}}"),
        ("KR302", "@misc{a, url = {https://www.pnas.org/doi/10.1073/pnas.1710519114}}"),
        ("KR305", "@misc{a, pmid = {PMC4761507}}"),
        ("KR309", "@misc{a, url = {www.who.int}}"),
        ("KR309", "@misc{a, url = {https://www.who.int/a b?utm_source=x}}"),
    ],
)
def test_what_is_not_certain_is_left_to_a_person(code: str, store: str, tmp_path: Path) -> None:
    (finding,) = found(code, tmp_path, store)
    assert finding.fix is None
