"""The formats of other programs: what each field becomes, what is not mapped, and where."""

# ruff: noqa: E501  tables of cases are wide

from __future__ import annotations

import json

import pytest

from ketreview.model.imported import ImportedEntry
from ketreview.parsing.exchange import parse

RIS = b"""\xef\xbb\xbfProvider: A made-up database\r
TY  - JOUR\r
AU  - M\xc3\xbcller, J\xc3\xbcrgen A.\r
AU  - Rossi, Anna, Jr.\r
A1  - World Sleep Group\r
T1  - Sleep & dreams in 100% of\r
 twelve made-up subjects\r
JO  - J Sleep\r
JF  - Journal of Sleeping\r
PY  - 2021/05/04/\r
VL  - 3\r
IS  - 2\r
SP  - 107\r
EP  - 9\r
DO  - https://doi.org/10.1000/sleep_1\r
UR  - https://example.org/a b\r
KW  - sleep\r
KW  - dreams\r
SN  - 1234-5678\r
N1  - read on a train\r
ZZ  - odd\r
ER  - \r
\r
TY  - CHAP\r
A2  - Verdi, Carla\r
AU  - Bianchi, Ugo\r
TI  - A chapter\r
T2  - A book of chapters\r
PB  - Press\r
CY  - Rome\r
SN  - 978-1-00000-000-0\r
DA  - 2019 Spring\r
ER  - \r
"""
NBIB = b"""
PMID- 30000001
OWN - NLM
STAT- MEDLINE
DEP - 99999999
IS  - 1234-5678 (Electronic)
IS  - 0234-567X (Linking)
VI  - 12
IP  - 4
DP  - 2019 Jan 15
TI  - Made-up effects of rest on rodents that were
      never there: a trial.
PG  - e568-75
LID - 10.1000/abc.123 [doi]
LID - S0001 [pii]
AB  - We rested.
FAU - O'Brien-Smith, Anna B
AU  - O'Brien-Smith AB
AD  - Somewhere
FAU - de la Cruz, M
AU  - de la Cruz M
CN  - Rest Group
LA  - eng
PT  - Journal Article
PT  - Retracted Publication
PL  - England
TA  - J Rest
JT  - Journal of rest
AID - 10.1000/abc.123 [doi]
PMC - PMC123456

PMID- 30000002
AU  - Smith JA
TI  - Short
TA  - J Rest
DP  - 2018 Nov-Dec

PMID- 30000003
BTI - A book of rest.
PB  - Press
PL  - Oslo (NO)
DP  - 2017
ISBN- 9781000000000
FED - Verdi, Carla
"""
CSL = [
    {
        "id": "http://example.org/1",
        "citation-key": "beethoven2022",
        "type": "article-journal",
        "title": 'The <span class="nocase">EEG</span> of <i>Mus musculus</i> at 5 < 6',
        "author": [
            {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
            {"literal": "Smith and Sons, Ltd"},
        ],
        "issued": {"date-parts": [["2022", 3]]},
        "container-title": ["Nature of Rest"],
        "page": "e12–e15",
        "DOI": "10.1000/CSL.1",
        "volume": 7,
        "note": "PMID: 1",
        "custom": {"x": 1},
        "relation": {"is-preprint-of": []},
    },
    {"id": "t", "type": "thesis", "title": "A thesis", "publisher": "University of Rest", "genre": "PhD thesis"},
]
XML = """<?xml version="1.0" encoding="UTF-8" ?><xml><records>
<record><database name="x.enl">x.enl</database><ref-type name="Journal Article">17</ref-type>
<contributors><authors><author><style face="normal">Doe, Jane</style></author><author>Roe, R.</author></authors></contributors>
<titles><title><style face="normal">A </style><style face="italic">made-up</style> title &amp; more</title>
<secondary-title>J Full</secondary-title></titles><periodical><full-title>Journal in Full</full-title></periodical>
<pages>1-5</pages><volume>4</volume><dates><year>2018</year></dates>
<urls><related-urls><url>https://example.org/</url></related-urls></urls>
<electronic-resource-num>10.1000/en.1</electronic-resource-num><custom2>PMC77</custom2><custom7>seven</custom7></record>
<record><ref-type name="Statute">31</ref-type><titles><title>An act</title></titles></record>
</records></xml>
"""


def entries(path: str, data: bytes) -> tuple[ImportedEntry, ...]:
    read = parse(path, data)
    assert read.diagnostics == ()
    return read.entries


def lost(entry: ImportedEntry) -> list[tuple[str, str, int]]:
    return [(one.name, one.value, one.span.begin.line) for one in entry.unmapped]


def test_ris() -> None:
    article, chapter = entries("a.ris", RIS)
    assert article.type == "article"
    assert article.where.begin.line == 2
    assert dict(article.fields) == {
        "author": "Müller, Jürgen A. and Rossi, Jr., Anna and {World Sleep Group}",
        "title": r"Sleep \& dreams in 100\% of twelve made-up subjects",
        "journaltitle": "Journal of Sleeping",
        "date": "2021-05-04",
        "volume": "3",
        "number": "2",
        "pages": "107--109",
        "issn": "1234-5678",
        "doi": "10.1000/sleep_1",
        "url": "https://example.org/a%20b",
        "keywords": "sleep, dreams",
    }
    assert lost(article) == [("N1", "read on a train", 20), ("ZZ", "odd", 21)]
    assert (chapter.type, chapter.where.begin.line) == ("incollection", 24)
    assert dict(chapter.fields) == {
        "author": "Bianchi, Ugo",
        "editor": "Verdi, Carla",
        "title": "A chapter",
        "booktitle": "A book of chapters",
        "publisher": "Press",
        "location": "Rome",
        "isbn": "978-1-00000-000-0",
        "date": "2019",
    }
    assert lost(chapter) == [("DA", "2019 Spring", 32)]


def test_medline() -> None:
    article, short, book = entries("a.nbib", NBIB)
    assert dict(article.fields) == {
        "author": "O'Brien-Smith, Anna B and de la Cruz, M and {Rest Group}",
        "title": "Made-up effects of rest on rodents that were never there: a trial",
        "journaltitle": "Journal of rest",
        "date": "2019-01-15",
        "volume": "12",
        "number": "4",
        "pages": "e568--e575",
        "language": "eng",
        "issn": "1234-5678",
        "doi": "10.1000/abc.123",
        "pmid": "30000001",
        "pmcid": "PMC123456",
        "abstract": "We rested.",
    }
    assert lost(article) == [("PT", "Retracted Publication", 25)]
    assert dict(short.fields) == {
        "author": "Smith, J. A.",
        "title": "Short",
        "journaltitle": "J Rest",
        "date": "2018",
        "pmid": "30000002",
    }
    assert lost(short) == [("DP", "2018 Nov-Dec", 36)]
    assert book.type == "book"
    assert dict(book.fields) == {
        "editor": "Verdi, Carla",
        "title": "A book of rest",
        "date": "2017",
        "publisher": "Press",
        "location": "Oslo (NO)",
        "isbn": "9781000000000",
        "pmid": "30000003",
    }


def test_records_of_pubmed_central_begin_with_its_number() -> None:
    text = b"PMC - PMC1\nPMID- 1\nTI  - One\nAB  - \nLID - 18\n\nPMC - PMC2\nTI  - Two\n\nPMID- 3\nTI  - Three\nPMID- 4\nTI  - Four\n"
    read = [
        (dict(one.fields)["title"], dict(one.fields).get("pmcid"), dict(one.fields).get("pmid"))
        for one in entries("a.nbib", text)
    ]
    assert read == [("One", "PMC1", "1"), ("Two", "PMC2", None), ("Three", None, "3"), ("Four", None, "4")]


def test_a_list_of_ris_has_a_line_for_each_item() -> None:
    (entry,) = entries(
        "a.ris", b"TY  - JOUR\nTI  - T\nKW  - one\ntwo\n\nthree\nSN  - 1234-5678\n8765-4321\nM3  - Article\nER  -\n"
    )
    assert dict(entry.fields) == {"title": "T", "issn": "1234-5678", "keywords": "one, two, three"}
    assert entry.unmapped == ()


def test_csl_json() -> None:
    article, thesis = entries("a.json", json.dumps(CSL, indent=1).encode())
    assert article.suggested_key == "beethoven2022"
    assert dict(article.fields) == {
        "author": "van Beethoven, Ludwig and {Smith and Sons, Ltd}",
        "title": r"The {EEG} of \textit{Mus musculus} at 5 < 6",
        "journaltitle": "Nature of Rest",
        "date": "2022-03",
        "volume": "7",
        "pages": "e12--e15",
        "doi": "10.1000/CSL.1",
    }
    assert lost(article) == [("note", "PMID: 1", 2), ("relation", "1 values", 2)]
    assert (thesis.type, thesis.suggested_key) == ("thesis", "")
    assert dict(thesis.fields) == {"title": "A thesis", "type": "PhD thesis", "institution": "University of Rest"}
    assert thesis.where.begin.line > article.where.begin.line


def test_one_item_of_csl_json_alone() -> None:
    (alone,) = entries("a.json", json.dumps(CSL[1]).encode())
    assert alone.type == "thesis"


def test_endnote_xml() -> None:
    article, act = entries("a.xml", XML.encode())
    assert dict(article.fields) == {
        "author": "Doe, Jane and Roe, R.",
        "title": r"A made-up title \& more",
        "journaltitle": "Journal in Full",
        "date": "2018",
        "volume": "4",
        "pages": "1--5",
        "doi": "10.1000/en.1",
        "pmcid": "PMC77",
        "url": "https://example.org/",
    }
    assert article.where.begin.line == 2
    assert lost(article) == [("custom7", "seven", 8)]
    assert (act.type, act.where.begin.line) == ("misc", 9)
    assert lost(act) == [("ref-type", "Statute", 9)]


def test_bibtex_is_taken_as_it_stands_and_broken_entries_are_left_out() -> None:
    text = (
        b"@string{jr = {Journal of Rest}}\n@misc{a,title = {{A} \\input{x}},}\n@misc{b, title = {B\n"
        b"@article{c, title = {C}, journal = jr}\n@misc{d title = {D}}\n@misc{e\x00, title = {E}}\n@misc{f, month = jan}"
    )
    read = parse("a.bib", text)
    assert [(one.suggested_key, one.verbatim) for one in read.entries] == [
        ("a", "@misc{a,title = {{A} \\input{x}},}"),
        ("c", ""),
        ("f", "@misc{f, month = jan}"),
    ]
    assert dict(read.entries[1].fields)["journal"] == "Journal of Rest"
    assert [finding.span.begin.line for finding in read.diagnostics if finding.code.id == "KR010"] == [3, 5]
    assert any("control character" in finding.message for finding in read.diagnostics)


FAULTS: dict[str, tuple[str, bytes, list[str], list[int]]] = {
    "an empty RIS file": ("a.ris", b"", [], [1]),
    "no RIS": ("a.ris", b"hello\n", [], [1]),
    "an item before a record": ("a.ris", b"AU  - A, B\nTY  - JOUR\nTI  - T\nER  - \n", ["T"], [1]),
    "a record not closed": ("a.ris", b"TY  - JOUR\nTI  - T\nTY  - JOUR\nTI  - U\nER  - \n", ["T", "U"], [1]),
    "no title": ("a.ris", b"TY  - JOUR\nAU  - A, B\nER  - \nTY  - BOOK\nTI  - U\nER  - ", ["U"], [1]),
    "an empty MEDLINE file": ("a.nbib", b"\n\n", [], [1]),
    "no MEDLINE record": ("a.nbib", b"TI  - A title\n", [], [1]),
    "an odd PMID": ("a.nbib", b"PMID- abc\nTI  - T.\nPMC - x\nIS  - y\nPHST- z\nAID - w\nDP  - v\n", ["T"], []),
    "not JSON": ("a.json", b'[{"title": "T"},\n {"title": ]', ["T"], [2]),
    "an empty JSON file": ("a.json", b"", [], [1]),
    "no comma": ("a.json", b'[{"title": "T"}\n {"title": "U"}]', ["T"], [2]),
    "more after the list": ("a.json", b'[{"title": "T"}]\nx', ["T"], [1]),
    "wrong items": ("a.json", b'[1, "x", [], null, {"title": "T", "author": 3, "issued": [], "DOI": {"a": 1}}]', ["T"], [1] * 4),
    "wrong people": ("a.json", b'[{"title": "T", "author": [1, {}, {"family": []}], "issued": {"date-parts": [[]]}}]', ["T"], []),
    "NaN": ("a.json", b'[{"title": "T", "volume": NaN}]', [], [1]),
    "a number without end": ("a.json", b'[{"title": ' + b"9" * 5000 + b"}]", [], [1]),
    "not XML": ("a.xml", b"<xml><record><titles><title>T</title></titles></record><oops", ["T"], [1]),
    "an empty XML file": ("a.xml", b"", [], [1]),
    "XML without records": ("a.xml", b"<xml/>", [], [1]),
    "an XML bomb": (
        "a.xml",
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>\n<xml><record><titles><title>&b;</title></titles></record></xml>',
        [],
        [1],
    ),
    "an entity of another file": (
        "a.xml",
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n<xml><record><titles><title>&a;</title></titles></record></xml>',
        [],
        [1],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("path", "data", "titles", "lines"), FAULTS.values(), ids=FAULTS)
def test_what_cannot_be_read_is_said_where_it_stands(
    path: str, data: bytes, titles: list[str], lines: list[int]
) -> None:
    read = parse(path, data)
    assert [dict(one.fields)["title"] for one in read.entries] == titles
    assert [finding.span.begin.line for finding in read.diagnostics] == lines
