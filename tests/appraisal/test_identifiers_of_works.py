from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.appraisal.arxiv import arxiv_fault, in_archive, names_arxiv
from ketreview.appraisal.doi_urls import NamedDoi, doi_in_url
from ketreview.appraisal.doi_years import years_in
from ketreview.appraisal.identifiers import plain_doi
from ketreview.appraisal.orcid import WrongId, orcids_in, wrong_orcids
from ketreview.appraisal.placeholders import Imprint, may_be_placeholder, suspicion
from ketreview.appraisal.pubmed import is_pmcid, is_pmid, labelled_pmcid, labelled_pmid
from ketreview.appraisal.standard_numbers import Misfit, compact, is_standard, isbn_misfits, issn_misfits, numbers_in
from ketreview.appraisal.web import UrlFault, plain_url, untracked, url_fault


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("https://www.doi.org/10.1000/x", "10.1000/x"),
        ("https://doi-org.proxy.example.edu/10.1000/x", "10.1000/x"),
        ("https://doi.org.proxy.example.edu:2048/10.1000/x", "10.1000/x"),
        ("https://doi.org/doi:10.1000/x", "10.1000/x"),
        ("DOI 10.1000/x", "10.1000/x"),
        ("DOI = 10.1000/x", "10.1000/x"),
        ("info:doi/10.1000/x", "10.1000/x"),
        ("urn:doi:10.1000/x", "10.1000/x"),
        (r"10.1002/\%28SICI\%29", "10.1002/(SICI)"),
        (r"\url{https://doi.org/10.1000/x}", "10.1000/x"),
        (r"10.1661/0044\[89:R\]", "10.1661/0044[89:R]"),
        ("10.1000/100%", "10.1000/100%"),
    ],
)
def test_a_doi_is_freed_of_what_is_around_it(text: str, doi: str) -> None:
    assert plain_doi(text) == doi


@pytest.mark.parametrize(
    ("url", "named"),
    [
        ("https://doi.org/10.1000/x", NamedDoi("10.1000/x", resolved=True)),
        ("https://doi.org/10.1000%2Fx", NamedDoi("10.1000/x", resolved=True)),
        ("https://doi.org/10.1000/x?urlappend=y#z", NamedDoi("10.1000/x", resolved=True)),
        ("https://ezproxy.example.edu/login?url=https://doi.org/10.1000/x", NamedDoi("10.1000/x", resolved=True)),
        ("http://doi.wiley.com/10.1002/x", NamedDoi("10.1002/x", resolved=True)),
        ("doi:10.1000/x", NamedDoi("10.1000/x", resolved=True)),
        ("https://doi.org/10.1000/", None),
        ("https://doi.org/10.1000/ü", None),
        ("https://www.example.org/doi/10.1000/x/full/", NamedDoi("10.1000/x", resolved=False)),
        ("https://www.example.org/doi/10.1000/ü", None),
        ("https://www.example.org/articles/10.1000/x.pdf", NamedDoi("10.1000/x", resolved=False)),
        ("https://www.example.org/10.1000/x", None),
        ("https://doi.org/10.1000/x y", None),
        ("https://doi.org/10.1000/" + "x" * 3000, None),
    ],
)
def test_the_doi_of_a_url(url: str, named: NamedDoi | None) -> None:
    assert doi_in_url(url) == named


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (r" \url{https://a.org/b\_c} ", "https://a.org/b_c"),
        (r"https://a.org/\textasciitilde{}b", "https://a.org/~b"),
        (r"https://a.org/{\_}b\~{}c", "https://a.org/_b~c"),
        ("{https://a.org}", "https://a.org"),
        ("https://a.org", "https://a.org"),
    ],
)
def test_a_url_is_freed_of_latex(text: str, url: str) -> None:
    assert plain_url(text) == url


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("https://a.org/\n   b", UrlFault("has a blank in it, where a URL ends", "https://a.org/b")),
        ("https://a.org/ b\n c", UrlFault("has a blank in it, where a URL ends", "https://a.org/")),
        ("localhost:80/a", UrlFault("is no URL, which begins with its protocol, as `https://`")),
        ("   ", None),
        ("git+https://a.org", None),
    ],
)
def test_what_is_wrong_with_a_url(text: str, fault: UrlFault | None) -> None:
    assert url_fault(text) == fault


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("https://a.org/?utm_source=a&b=1&fbclid=2&c=3", "https://a.org/?b=1&c=3"),
        ("https://a.org/?b=1&UTM_Source=a", "https://a.org/?b=1"),
        ("https://a.org/?utm_source=a#top", "https://a.org/#top"),
        ("https://a.org/?via=ihub", "https://a.org/"),
        ("https://a.org/?via=mail", "https://a.org/?via=mail"),
        ("https://a.org/?utm_source", "https://a.org/"),
        ("https://a.org/", "https://a.org/"),
        ("https://a.org/?u=https://b.org?utm_source=a", "https://a.org/?u=https://b.org?utm_source=a"),
        ("https://a.org/?utm_source=a seen today", "https://a.org/?utm_source=a seen today"),
        ("{https://a.org/?utm_source=a}", "{https://a.org/?utm_source=a}"),
    ],
)
def test_parameters_that_follow_are_taken_out(text: str, clean: str) -> None:
    assert untracked(text)[0] == clean
    assert bool(untracked(text)[1]) == (text != clean)


parameters = st.lists(st.sampled_from(["a=1", "utm_source=x", "b", "fbclid=2", r"c=\%20", "gclid="]), max_size=6)


@given(parameters, st.sampled_from(["&", r"\&", "&amp;", r"{\&}"]), st.sampled_from(["", "#f", r"\#f"]))
def test_other_parameters_stay_in_order(names: list[str], separator: str, fragment: str) -> None:
    clean, found = untracked("https://a.org/?" + separator.join(names) + fragment)
    kept = [name for name in names if name.split("=")[0] not in {"utm_source", "fbclid", "gclid"}]
    assert len(names) == len(kept) or found
    assert clean in {f"https://a.org/?{separator.join(kept)}{fragment}", f"https://a.org/{fragment}"}
    assert untracked(clean) == (clean, ())


def test_numbers_of_a_list() -> None:
    assert numbers_in("ISBN 978-3-16-148410-0 (v. 1), 0306406152") == ["978-3-16-148410-0", "0306406152"]
    assert numbers_in("12, 345") == ["12"]
    assert numbers_in("978 3 16 148410 0") == ["978 3 16 148410 0"]
    assert numbers_in("0036-80751095-9203") == ["00368075", "10959203"]
    assert numbers_in("none") == []


def test_a_number_twice_is_one_fault() -> None:
    assert isbn_misfits("1662-5196 (a) 1662-5196 (b)") == (Misfit("1662-5196", "issn"),)


@given(st.text("0123456789", min_size=9, max_size=9))
def test_one_check_digit_fits_an_isbn(digits: str) -> None:
    right = [sign for sign in "0123456789X" if not isbn_misfits(digits + sign)]
    assert len(right) == 1
    wrong = "0" if right != ["0"] else "1"
    assert isbn_misfits(digits + wrong) == (Misfit(digits + wrong, "check digit", right[0]),)


@given(st.text("0123456789", min_size=7, max_size=7))
def test_one_check_digit_fits_an_issn(digits: str) -> None:
    right = [sign for sign in "0123456789X" if not issn_misfits(digits + sign)]
    assert len(right) == 1
    assert is_standard(digits + right[0])


@given(st.text("0123456789- Xx(),;éISBN:/.", max_size=60))
def test_any_list_is_survived(text: str) -> None:
    for misfit in (*isbn_misfits(text), *issn_misfits(text)):
        assert compact(misfit.number) or misfit.problem == "no number"


@pytest.mark.parametrize(
    ("text", "pmid", "labelled"),
    [
        ("26807677", True, ""),
        ("20029614.2", True, ""),
        ("0", False, ""),
        ("123456789", False, ""),
        ("PMID: 26807677", False, "26807677"),
        ("PubMed ID 26807677", False, "26807677"),
        ("PubMed PMID: 26807677.", False, "26807677"),
        ("pubmed.gov/26807677", False, "26807677"),
        ("https://www.ncbi.nlm.nih.gov/m/pubmed/26807677/", False, "26807677"),
        ("https://pubmed.ncbi.nlm.nih.gov/?term=a", False, ""),
        ("PMID: 26807677; PMCID: PMC1", False, ""),
    ],
)
def test_pmids(text: str, pmid: bool, labelled: str) -> None:
    assert (is_pmid(text), labelled_pmid(text)) == (pmid, labelled)


@pytest.mark.parametrize(
    ("text", "pmcid", "labelled"),
    [
        ("PMC4761507", True, ""),
        ("PMC4761507.1", True, ""),
        ("4761507", False, ""),
        ("PMCID: PMC4761507", False, "PMC4761507"),
        ("PMC 4761507", False, "PMC4761507"),
        ("PMC-4761507", False, "PMC4761507"),
        ("PMCID: PMC4761507 [Available on 2027-01-01]", False, "PMC4761507"),
        ("https://europepmc.org/articles/pmc4761507", False, "PMC4761507"),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC4761507/", False, "PMC4761507"),
    ],
)
def test_pmcids(text: str, pmcid: bool, labelled: str) -> None:
    assert (is_pmcid(text), labelled_pmcid(text)) == (pmcid, labelled)


@pytest.mark.parametrize("text", ["9107001", "0703001v2", "9912999"])
def test_numbers_get_their_archive(text: str) -> None:
    assert in_archive(text, "hep-th") == f"hep-th/{text}"
    assert in_archive(text, "") == ""
    assert in_archive("1706.03762", "hep-th") == ""
    assert arxiv_fault(f"hep-th/{text}") is None


@given(st.integers(7, 40), st.integers(1, 12), st.integers(1, 99_999))
def test_numbers_of_arxiv(year: int, month: int, number: int) -> None:
    begun = f"{year:02}{month:02}"
    digits = f"{number:05}" if begun >= "1501" else f"{number % 10_000:04}"
    fault = arxiv_fault(f"{begun}.{digits}")
    assert (fault is None) == (begun >= "0704")


def test_arxiv_by_its_name() -> None:
    assert names_arxiv("arXiv:1706.03762")
    assert names_arxiv("https://arxiv.org/abs/1706.03762")
    assert not names_arxiv("1706.03762")
    assert arxiv_fault("arXiv:" + "1" * 1000) is not None


def test_orcids() -> None:
    assert orcids_in("a 0000-0002-1825-0097, 000000021825009X") == ["0000-0002-1825-0097", "000000021825009X"]
    assert orcids_in("0000-0002-1825-00970") == []
    assert list(wrong_orcids(["0000-0002-1825-0098"])) == [WrongId("0000-0002-1825-0098", "7")]


@pytest.mark.parametrize(
    ("doi", "years"),
    [
        ("10.1016/j.jad.2019.11.028", (2019,)),
        ("10.1016/S0140-6736(17)31585-4", (2017,)),
        ("10.1016/S0893-133X(98)00017-7", (1998,)),
        ("10.1038/s41380-018-0341-9", (2018,)),
        ("10.1097/00000441-200702000-00003", (2007,)),
        ("10.1056/NEJM200107123450202", (2001,)),
        ("10.1523/JNEUROSCI.2013-11.2011", (2013, 2011)),
        ("10.1155/2019/2716870", (2019,)),
        ("10.5604/01.3001.0055.1957", ()),
        ("10.1111/j.1365-2125.1997.tb00025.x", (1997,)),
        ("10.1111/j.2042-7158.2011.01351.x", (2011,)),
        ("10.1000/x", ()),
    ],
)
def test_years_of_a_doi(doi: str, years: tuple[int, ...]) -> None:
    assert years_in(doi) == years


@pytest.mark.parametrize(
    ("doi", "own", "certain"),
    [
        ("10.1016/S1474-4422(24)12345-6", Imprint(), True),
        ("10.1016/j.pain.2013.XX.001", Imprint("19"), True),
        ("10.1016/j.pain.2013.XX.001", Imprint("20"), None),
        ("10.3390/nu12345678", Imprint("12", "34", "5678"), None),
        ("10.3390/nu12345678", Imprint("12", "", "345678"), None),
        ("10.3390/nu12345678", Imprint("12", "3", "5678"), False),
        ("10.3390/nu12345678", Imprint("a", "b", "c"), False),
        ("10.1000/x.111111", Imprint(pages="1--111111"), None),
        ("10.1000/x.11111", Imprint(), None),
        ("10.1000/x-6789-0", Imprint(), False),
        ("10.1000/x-6798-0", Imprint(), None),
    ],
)
def test_placeholders(doi: str, own: Imprint, certain: bool | None) -> None:
    found = suspicion("doi", doi, own) if may_be_placeholder(doi) else None
    assert (found.certain if found else None) is certain


def test_a_long_row_is_shortened() -> None:
    found = suspicion("doi", "10.1000/" + "9" * 300)
    assert found is not None
    assert len(found.reason) < 80


LONG = 100_000
HOSTILE = [
    sign * (LONG // len(sign))
    for sign in (
        *("0", "1-", "1 ", " ", "\n", "x", "x-", "<", "{", r"\_", r"\url{", "_", "a.", "(", "0000-", "ISBN ", "to be "),
        *("10.1000/", "10.1000.", "https://", "doi.", "doi/10.1000/", "arxiv:", "0036-8075", "&a=1", "2019.", "?url="),
    )
] + ["https://a.org" + "\n" * LONG + "b", "https://a.org/?" + "&utm_source=a" * 8000, "10.1002/" + "%28" * 30_000]
READERS: list[Callable[[str], object]] = [
    *(url_fault, untracked, doi_in_url, isbn_misfits, issn_misfits, labelled_pmid, labelled_pmcid, arxiv_fault),
    *(orcids_in, years_in, plain_doi, may_be_placeholder),
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
def test_a_hostile_value_takes_no_time(text: str) -> None:
    for read in READERS:
        read(text)
    for kind in ("doi", "pmid", "pmcid", "isbn", "issn", "orcid", "eprint"):
        suspicion(kind, text[:2048], Imprint(text[:2048], text[:2048], text[:2048]))
