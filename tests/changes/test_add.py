"""Adding to a store file: in its order and manner, every other byte as it was, nothing twice."""

# ruff: noqa: E501  tables of cases are wide

from __future__ import annotations

import pytest

from ketreview.changes.add import CannotAddError, Plan, planned
from ketreview.changes.keys import TakenKeys, key_style
from ketreview.edits import edited
from ketreview.linking.works import Works
from ketreview.model.imported import ImportedEntry
from ketreview.parsing.bib_file import BibFile
from ketreview.parsing.bibtex import parse_bib
from ketreview.parsing.exchange import parse
from ketreview.source import Source, Span
from tests.hanging import no_hang

SORTED = """% The store.

@article{adams2001,
  author = {Adams, Ann},
  title = {A study of apples in the dark},
  journal = {Fruit},
  year = {2001},
  doi = {10.1000/apples},
}

% about cherries
@article{cole2003,
  author = {Cole, Carl},
  title = {A study of cherries in the dark},
  journal = {Fruit},
  year = {2003},
  pmid = {103},
}

% the end
"""
RIS = b"""TY  - JOUR
AU  - Brown, Bea
TI  - A study of berries & 50% more
JO  - Fruit
PY  - 2002/03
DO  - 10.1000/berries
AB  - Long.
ER  -\x20
"""
NEW = """@article{brown2002,
  author = {Brown, Bea},
  title = {A study of berries \\& 50\\% more},
  journal = {Fruit},
  year = {2002},
  doi = {10.1000/berries},
}
"""


def store_of(text: str | bytes) -> BibFile:
    return parse_bib("references.bib", text if isinstance(text, bytes) else text.encode())


def plan_of(store: str, name: str, data: bytes | str, *more: str) -> Plan:
    file = store_of(store)
    entries = (*file.entries, *(entry for text in more for entry in store_of(text).entries))
    records = parse(name, data if isinstance(data, bytes) else data.encode()).entries
    return planned(records, file, Works(entries))


def after(store: str, name: str, data: bytes | str) -> str:
    text = edited(store_of(store).source, plan_of(store, name, data).edits)
    assert not parse_bib("a.bib", text.encode()).diagnostics
    return text


def test_in_the_order_of_keys() -> None:
    assert after(SORTED, "a.ris", RIS) == SORTED.replace("% about cherries", NEW + "\n% about cherries")


def test_line_ends_are_kept() -> None:
    store = SORTED.replace("\n", "\r\n")
    assert after(store, "a.ris", RIS) == store.replace(
        "% about cherries", NEW.replace("\n", "\r\n") + "\r\n% about cherries"
    )


def test_before_the_first_entry_and_what_belongs_to_it() -> None:
    verbatim = "@misc{aa, title={A  thing}}"
    assert after(SORTED, "a.bib", verbatim) == SORTED.replace("@article{adams", verbatim + "\n\n@article{adams")
    store = "% head\n\n% of b\n@misc{b, title = {B}}\n@misc{c, title = {C}}\n"
    assert (
        after(store, "a.bib", verbatim)
        == f"% head\n\n{verbatim}\n% of b\n@misc{{b, title = {{B}}}}\n@misc{{c, title = {{C}}}}\n"
    )


def test_several_at_one_place_are_in_order() -> None:
    text = after(SORTED, "a.bib", "@misc{bb, title = {B}}\n@misc{Ba, title = {A}}\n@misc{zz, title = {Z}}")
    assert [entry.key for entry in store_of(text).entries] == ["adams2001", "Ba", "bb", "cole2003", "zz"]
    assert text.endswith("}\n\n@misc{zz, title = {Z}}\n\n% the end\n")


STORES = {
    "no line end": ("@misc{b, title = {B}}\n@misc{a, title = {A}}", "@misc{b, title = {B}}\n@misc{a, title = {A}}\nNEW\n"),
    "empty": ("", "NEW\n"),
    "a comment alone": ("% mine", "% mine\nNEW\n"),
    "no order": ("@misc{b, title = {B}}\n\n\n@misc{a, title = {A}} % last\n% end\n", "@misc{b, title = {B}}\n\n\n@misc{a, title = {A}} % last\n\n\nNEW\n% end\n"),
    "two on a line": ("@misc{a, title = {A}} @misc{z, title = {Z}}\n", "@misc{a, title = {A}}\n\nNEW\n\n @misc{z, title = {Z}}\n"),
    "a comma behind": ("@misc{b, title = {B}},\n@misc{a, title = {A}},\n", "@misc{b, title = {B}},\n@misc{a, title = {A}},\nNEW\n"),
}  # fmt: skip


@pytest.mark.parametrize(("store", "expected"), STORES.values(), ids=STORES)
def test_places(store: str, expected: str) -> None:
    new = "@misc{k, title = {K}}"
    assert after(store, "a.bib", new) == expected.replace("NEW", new)


MANNERS = {
    "aligned": (
        "@Article{x2000,\n\tauthor       = {X, Y},\n\ttitle        = {T},\n\tjournaltitle = {J},\n\tdate         = {2000-01}\n}\n",
        "@Article{brown2002,\n\tauthor       = {Brown, Bea},\n\ttitle        = {A study of berries \\& 50\\% more},\n\tjournaltitle = {Fruit},\n\tdate         = {2002-03},\n\tdoi          = {10.1000/berries}\n}\n",
    ),
    "aligned but for a long name": (
        "@article{x2000,\n  author  = {X, Y},\n  title   = {T},\n  journal = {J},\n  year    = {2000},\n  research_stream = {s}\n}\n",
        "@article{brown2002,\n  author  = {Brown, Bea},\n  title   = {A study of berries \\& 50\\% more},\n  journal = {Fruit},\n  year    = {2002},\n  doi     = {10.1000/berries}\n}\n",
    ),
    "quotes and bare years": (
        '@ARTICLE{x2000,\n    author="X, Y",\n    title="T",\n    journal="J",\n    year=2000,\n    month=3 }\n',
        '@ARTICLE{brown2002,\n    author="Brown, Bea",\n    title="A study of berries \\& 50\\% more",\n    journal="Fruit",\n    year=2002,\n    month=3,\n    doi="10.1000/berries"}\n',
    ),
    "one line": (
        "@article{x2000, author = {X, Y}, title = {T}, journal = {J}, year = {2000}}\n",
        "@article{brown2002, author = {Brown, Bea}, title = {A study of berries \\& 50\\% more}, journal = {Fruit}, year = {2002}, doi = {10.1000/berries}}\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("store", "expected"), MANNERS.values(), ids=MANNERS)
def test_manners(store: str, expected: str) -> None:
    assert after(store, "a.ris", RIS) == f"{store}\n{expected}"


def test_fields_that_the_store_never_has_are_named() -> None:
    (addition,) = plan_of(SORTED, "a.ris", RIS).additions
    assert addition.left_out == ("abstract",)
    assert "abstract = {Long.}" in after("", "a.ris", RIS)


def test_an_article_has_no_publisher_unless_others_have() -> None:
    ris = RIS.replace(b"AB  - Long.", b"PB  - Press")
    assert plan_of(SORTED, "a.ris", ris).additions[0].left_out == ("publisher",)
    assert "publisher = {Press}" in after(
        SORTED.replace("year = {2001}", "year = {2001}, publisher = {P}"), "a.ris", ris
    )
    assert "publisher = {Press}" in after(SORTED, "a.ris", ris.replace(b"JOUR", b"BOOK"))


def test_types_of_bibtex_unless_the_store_has_biblatex() -> None:
    ris = b"TY  - RPRT\nTI  - T\nPY  - 2002\nCY  - Rome\nER  - \n"
    assert "@techreport{" in after(SORTED, "a.ris", ris)
    assert "address = {Rome}" in after(SORTED, "a.ris", ris)
    assert "@report{" in after("@report{x, title = {T}, date = {2000}, location = {Oslo}}\n", "a.ris", ris)


@pytest.mark.parametrize(
    ("entry", "state", "key"),
    [
        ("@article{adams2001, title = {A study of apples in the dark}}", "merged", "adams2001"),
        ("@article{adams2001, title = {Another}, doi = {10.1000/APPLES}}", "conflict", "adams2001"),
        ("@article{adams2001, title = {A study of apples in the dark}, doi = {10.1000/x}}", "conflict", "adams2001"),
        ("@article{adams2001, title = {Ferries and their harbours in winter}}", "conflict", "adams2001"),
        ("@article{Adams2001, title = {Ferries and their harbours in winter}}", "conflict", "Adams2001"),
        ("@article{other, title = {A study of apples in the dark: a trial}, doi = {10.1000/apples}}", "under another key", "other"),
        ("@article{other, author = {Adams, A.}, title = {A Study of {Apples} in the Dark}, year = {2002}}", "under another key", "other"),
        ("@article{other, author = {Adams, A.}, title = {A Study of Apples in the Dark}, year = {2001}, doi = {10.1000/y}}", "conflict", "other"),
        ("@article{other, author = {Yu, A.}, title = {A Study of Apples in the Dark}, year = {2021}, doi = {10.1000/y}}", "absent", "other"),
        ("@article{other, title = {X}, doi = {10.1000/apples}, pmid = {103}}", "conflict", "other"),
        ("@article{other, title = {X}, pmid = {0103}}", "conflict", "other"),
        ("@article{other, title = {A study of cherries in the dark}, pmid = {103}}", "under another key", "other"),
        ("@article{other, title = {X}}", "absent", "other"),
    ],
)  # fmt: skip
def test_what_the_store_has_already(entry: str, state: str, key: str) -> None:
    plan = plan_of(SORTED, "a.bib", entry)
    (addition,) = plan.additions
    assert (addition.place.state, addition.key) == (state, key), addition.place
    assert bool(plan.edits) == (state == "absent")


def test_the_whole_store_counts_and_not_the_file_alone() -> None:
    (addition,) = plan_of(
        SORTED, "a.ris", RIS, "@misc{b, title = {A study of berries & 50% more}, doi = {10.1000/berries}}"
    ).additions
    assert addition.place.state == "merged"


def test_a_work_is_added_once() -> None:
    one, two = plan_of(SORTED, "a.ris", RIS + RIS).additions
    assert (one.is_new, two.is_new, two.within, two.key) == (True, False, True, "brown2002")
    first, second = plan_of(
        SORTED, "a.bib", "@misc{k, title = {Ferries of the north}}\n@misc{K, title = {Harbours of the south}}"
    ).additions
    assert (first.is_new, second.place.state, second.within) == (True, "conflict", True)


def test_abbreviations_of_a_staging_file_are_written_out() -> None:
    text = after(SORTED, "a.bib", "@string{f = {Fruit}}\n@article{bee2000, title = {T}, journal = f, year = 2000}")
    assert "journal = {Fruit}" in text


def test_a_broken_store_is_not_added_to() -> None:
    with pytest.raises(CannotAddError):
        plan_of("@misc{a, title = {A", "a.bib", "@misc{b, title = {B}}")


def record(author: str, title: str = "The effects of Rest", date: str = "2020") -> ImportedEntry:
    fields = tuple((name, value) for name, value in (("author", author), ("title", title), ("date", date)) if value)
    return ImportedEntry("article", fields, "", Span(Source("a.ris", ""), 0, 0))


@pytest.mark.parametrize(
    ("entry", "taken", "key"),
    [
        (record("Klein, A. and Smith, B."), [], "klein2020"),
        (record("Klein, A."), ["klein2020"], "klein2020b"),
        (record("Klein, A."), ["KLEIN2020", "klein2020b"], "klein2020c"),
        (record("Klein, A."), ["klein2020a", "klein2020b"], "klein2020c"),
        (record("Acevedo-Diaz, E."), ["klein2020", "rivas-grajales2021"], "acevedo-diaz2020"),
        (record("Müller, Jürgen"), ["Klein2019"], "Muller2020"),
        (record("{World Health Organization}"), ["who2019"], "world-health-organization2020"),
        (record("de la Cruz, M."), ["CastroMarrero2019employment"], "DeLaCruz2020rest"),
        (record("Klein, A."), ["Tsai2022Meta", "Mei2026Drug"], "Klein2020Rest"),
        (record("Klein, A."), ["tsai_2022", "mei_2026"], "klein_2020"),
        (record("王, 伟"), ["klein2020"], "rest2020"),
        (record("", "", ""), ["klein2020"], "anonymous"),
        (record(r"\input{x}, Y", "{}", "n.d."), [], "x"),
        (record("Klein, A."), ["klein2020", *(f"klein2020{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"), "klein2020-2"], "klein2020-3"),
    ],
)  # fmt: skip
def test_keys(entry: ImportedEntry, taken: list[str], key: str) -> None:
    assert TakenKeys(taken).proposed(entry) == key


def test_the_style_of_no_keys() -> None:
    assert key_style(["spravato-label", "x"]) == key_style([])


def test_many_records_and_a_large_store() -> None:
    store = "".join(
        f"@misc{{k{number:05}, title = {{T{number}}}, doi = {{10.1000/k{number}}}}}\n\n" for number in range(5000)
    )
    ris = b"".join(
        b"TY  - JOUR\nAU  - Klein, A\nTI  - T\nPY  - 2020\nDO  - 10.1000/n%d\nER  - \n" % number
        for number in range(5000)
    )
    with no_hang():
        plan = plan_of(store, "a.ris", ris)
        assert len({addition.key for addition in plan.additions}) == 5000
