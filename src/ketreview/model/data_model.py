"""Types and fields of BibTeX and BibLaTeX entries: nothing but data; `entry_types` looks things up in it.

Sources:

- BibTeX: O. Patashnik, "BibTeXing" (`btxdoc`), section 3; plain.bst for the strings that it defines; M. Shell, "How to
  Use the IEEEtran BibTeX Style", for the types that this adds.
- BibLaTeX: its manual (3.19), sections 2.1 (types), 2.2 (fields), 2.3.2 (what may be left out) and appendix B
  (inheritance), and its data model `blx-dm.def`. Where the two differ, what either lets go is not required here.

In a list of fields, `a|b` asks for one of the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class EntryType(NamedTuple):
    """What a type of entries needs, and what else it can have."""

    required: str = ""
    optional: str = ""


_NET = "addendum pubstate doi eprint eprintclass eprinttype url urldate"
_PEOPLE = "editora editorb editorc translator annotator commentator introduction foreword afterword"
_TITLES = "subtitle titleaddon"
_MAIN = f"{_TITLES} maintitle mainsubtitle maintitleaddon"
_IN = f"{_MAIN} booksubtitle booktitleaddon language origlanguage"
_BOUND = "volumes series number note publisher location isbn"
_EVENT = "eventtitle eventtitleaddon eventdate venue"
_OF_BOOK = f"{_PEOPLE} {_MAIN} language origlanguage volume part edition {_BOUND} eid chapter pages pagetotal {_NET}"
_OF_MVBOOK = f"{_PEOPLE} {_TITLES} language origlanguage edition {_BOUND} pagetotal {_NET}"
_OF_INBOOK = f"editor {_PEOPLE} {_IN} volume part edition {_BOUND} eid chapter pages {_NET}"
_OF_ARTICLE = (
    f"translator annotator commentator {_TITLES} editor editora editorb editorc journalsubtitle journaltitleaddon "
    "issuetitle issuesubtitle issuetitleaddon language origlanguage series volume number eid issue month pages version "
    f"note issn {_NET}"
)
_OF_MISC = f"author editor {_TITLES} language howpublished type version note organization location date month {_NET}"

BIBTEX: Mapping[str, EntryType] = {
    "article": EntryType("author title journal year", "volume number pages month note"),
    "book": EntryType("author|editor title publisher year", "volume number series address edition month note"),
    "booklet": EntryType("title", "author howpublished address month year note"),
    "inbook": EntryType(
        "author|editor title chapter|pages publisher year", "volume number series type address edition month note"
    ),
    "incollection": EntryType(
        "author title booktitle publisher year",
        "editor volume number series type chapter pages address edition month note",
    ),
    "inproceedings": EntryType(
        "author title booktitle year", "editor volume number series pages address month organization publisher note"
    ),
    "manual": EntryType("title", "author organization address edition month year note"),
    "mastersthesis": EntryType("author title school year", "type address month note"),
    "misc": EntryType("", "author title howpublished month year note"),
    "phdthesis": EntryType("author title school year", "type address month note"),
    "proceedings": EntryType("title year", "editor volume number series address month organization publisher note"),
    # an institution without a named author is the author of its reports
    "techreport": EntryType("author|institution title institution year", "type number address month note"),
    "unpublished": EntryType("author title note", "month year"),
    # IEEEtran
    "electronic": EntryType("", "author title howpublished organization address year month note url"),
    "patent": EntryType(
        "number year|yearfiled",
        "author title nationality language assignee address type day dayfiled month monthfiled note url",
    ),
    "periodical": EntryType("title year", "editor language series volume number organization month note url"),
    "standard": EntryType("title", "author organization institution language howpublished type number revision"),
}

BIBLATEX: Mapping[str, EntryType] = {
    "article": EntryType("author title journaltitle date", _OF_ARTICLE),
    "suppperiodical": EntryType("author title journaltitle date", _OF_ARTICLE),
    "review": EntryType("author title journaltitle date", _OF_ARTICLE),
    # the standard styles print an editor or a translator in the place of an author
    "book": EntryType("author|editor|translator title date", _OF_BOOK),
    "mvbook": EntryType("author|editor|translator title date", _OF_MVBOOK),
    "inbook": EntryType("author title booktitle date", f"bookauthor {_OF_INBOOK}"),
    "bookinbook": EntryType("author title booktitle date", f"bookauthor {_OF_INBOOK}"),
    "suppbook": EntryType("author title booktitle date", f"bookauthor {_OF_INBOOK}"),
    "booklet": EntryType(
        "author|editor title date",
        f"{_TITLES} language howpublished type note location eid chapter pages pagetotal {_NET}",
    ),
    "collection": EntryType("editor title date", _OF_BOOK),
    "reference": EntryType("editor title date", _OF_BOOK),
    "mvcollection": EntryType("author|editor title date", _OF_MVBOOK),
    "mvreference": EntryType("author|editor title date", _OF_MVBOOK),
    "incollection": EntryType("author title booktitle date", _OF_INBOOK),
    "suppcollection": EntryType("author title booktitle date", _OF_INBOOK),
    "inreference": EntryType("title booktitle date", f"author {_OF_INBOOK}"),  # articles are seldom signed
    "dataset": EntryType(
        "author|editor title",
        f"date {_TITLES} language edition type series number version note organization publisher location {_NET}",
    ),
    "manual": EntryType(
        "title date",
        f"author editor {_TITLES} language edition type series number version note organization publisher location "
        f"isbn eid chapter pages pagetotal {_NET}",
    ),
    "misc": EntryType("title", _OF_MISC),
    "software": EntryType("title", _OF_MISC),
    "online": EntryType(
        "title doi|eprint|url",
        f"author editor date {_TITLES} language version note organization month addendum pubstate eprintclass "
        "eprinttype urldate",
    ),
    "patent": EntryType("author title number date", f"holder {_TITLES} type version location note month {_NET}"),
    "periodical": EntryType(
        "title date",
        f"editor editora editorb editorc {_TITLES} issuetitle issuesubtitle issuetitleaddon language series volume "
        f"number issue month note issn {_NET}",
    ),
    "proceedings": EntryType(
        "title date",
        f"editor {_MAIN} {_EVENT} language volume part {_BOUND} organization month eid chapter pages pagetotal {_NET}",
    ),
    "mvproceedings": EntryType(
        "title date", f"editor {_TITLES} {_EVENT} language {_BOUND} organization month pagetotal {_NET}"
    ),
    "inproceedings": EntryType(
        "author title booktitle date",
        f"editor {_MAIN} booksubtitle booktitleaddon {_EVENT} language volume part {_BOUND} organization month eid "
        f"chapter pages {_NET}",
    ),
    "report": EntryType(
        "author|institution title type institution date",
        f"{_TITLES} language number version note location month isrn eid chapter pages pagetotal {_NET}",
    ),
    "thesis": EntryType(
        "author title type institution date",
        f"{_TITLES} language note location month isbn eid chapter pages pagetotal {_NET}",
    ),
    "unpublished": EntryType(
        "author title date", f"{_TITLES} type {_EVENT} language howpublished note location isbn month {_NET}"
    ),
    # what the standard styles print as @misc
    **dict.fromkeys(
        (
            "artwork", "audio", "bibnote", "commentary", "customa", "customb", "customc", "customd", "custome",
            "customf", "image", "jurisdiction", "legal", "legislation", "letter", "movie", "music", "performance",
            "standard", "video",
        ),
        EntryType("", _OF_MISC),
    ),
    # what holds data for other entries
    "set": EntryType("", "entryset crossref"),
    "xdata": EntryType(),
}  # fmt: skip

TYPE_ALIASES: Mapping[str, str] = {
    "conference": "inproceedings",
    "electronic": "online",
    "www": "online",
    "mastersthesis": "thesis",
    "phdthesis": "thesis",
    "techreport": "report",
}
"""Types that are others under an old name. `conference` is one in BibTeX too."""

IMPLIED: Mapping[str, str] = {"mastersthesis": "type", "phdthesis": "type", "techreport": "type"}
"""The field that an alias has a value for without being given one."""

CONTROL_TYPES = "control ieeetranbstctl achemso-control"
"""Entries that are settings of a style: of REVTeX and biblatex's own, of IEEEtran, of achemso."""

OTHER_TYPES = " ".join((
    "softwareversion softwaremodule codefragment",  # biblatex-software
    "legadminmaterial legmaterial constitution nameonly",  # biblatex-apa
    "archive atlas database map newspaper",  # biblatex-gb7714
    "intechreport lecture literal magazine skip",  # apacite
    "artifactdataset artifactsoftware game preprint presentation underreview",  # ACM-Reference-Format
    "commented glossdef url webpage",  # BibDesk, jurabib
    "generic internet",  # EndNote, IEEEtran
))  # fmt: skip
"""Types that styles and programs add."""

FIELD_ALIASES: Mapping[str, str] = {
    "address": "location",
    "annote": "annotation",
    "archiveprefix": "eprinttype",
    "hyphenation": "langid",
    "journal": "journaltitle",
    "key": "sortkey",
    "pdf": "file",
    "primaryclass": "eprintclass",
    "school": "institution",
}
"""BibTeX's names and others that BibLaTeX takes for its own (2.2.5). `year` is a part of `date`."""

SUBSTITUTES: Mapping[str, str] = {
    "author": "key label organization shorthand sortkey translator",
    "editor": "key label organization shorthand sortkey",
    "date": "pubstate",
    "journaltitle": "eprint",
    "url": "howpublished",
}
"""What an entry may have in the place of a field that it lacks.

A label for citations (`key` in BibTeX); a state such as `inpress`; preprints, which INSPIRE exports as articles
without a journal; a link in `howpublished`.
"""

INHERITED: Mapping[str, str] = {
    "title": "booktitle maintitle journaltitle",
    "subtitle": "booksubtitle mainsubtitle journalsubtitle",
    "titleaddon": "booktitleaddon maintitleaddon journaltitleaddon",
    "author": "bookauthor",
}
"""What a child calls the fields of its parent, beside their own names."""

MISFITS: Mapping[str, Mapping[str, str]] = {
    "article": {
        "booktitle": "inproceedings incollection",
        "chapter": "inbook",
        "school": "phdthesis mastersthesis",
    },
    "book": {"journal": "article", "journaltitle": "article", "school": "phdthesis mastersthesis"},
    "inbook": {"journal": "article", "journaltitle": "article", "school": "phdthesis mastersthesis"},
    "incollection": {"journal": "article", "journaltitle": "article", "school": "phdthesis mastersthesis"},
    "inproceedings": {"journal": "article", "journaltitle": "article", "school": "phdthesis mastersthesis"},
    "thesis": {"booktitle": "inproceedings incollection"},
    "report": {"booktitle": "inproceedings incollection"},
}
"""Fields that no style prints in a type, since they say that the work is of another one; with the types that have them.

`booktitle` is none in a book or in proceedings: BibTeX's manual puts it there for the entries that refer to it. A
`journal` is none in a thesis or a report: ProQuest and ADS write the name of the series there.
"""

DATA_TYPES: Mapping[str, str] = {
    "names": "afterword annotator author bookauthor commentator editor editora editorb editorc foreword holder "
    "introduction namea nameb namec shortauthor shorteditor sortname translator",
    "list": "institution lista listb listc listd liste listf location organization origlocation origpublisher "
    "publisher",
    "keys": "language origlanguage",
    "literal": "abstract addendum annotation booksubtitle booktitle booktitleaddon chapter edition eid entrysubtype "
    "eprintclass eprinttype eventtitle eventtitleaddon howpublished indexsorttitle indextitle isan isrn issue "
    "issuesubtitle issuetitle issuetitleaddon iswc journalsubtitle journaltitle journaltitleaddon label langid "
    "langidopts library mainsubtitle maintitle maintitleaddon nameaddon note number origtitle pagetotal part presort "
    "relatedstring relatedtype reprinttitle series shorthand shorthandintro shortjournal shortseries shorttitle "
    "sortkey sortshorthand sorttitle subtitle title titleaddon usera userb userc userd usere userf venue version",
    "key": "authortype bookpagination editoratype editorbtype editorctype editortype nameatype namebtype namectype "
    "pagination pubstate type",
    "integer": "sortyear volume volumes",
    "date": "date eventdate origdate urldate",
    "datepart": "day endday endmonth endyear eventday eventendday eventendmonth eventendyear eventmonth eventyear "
    "month origday origendday origendmonth origendyear origmonth origyear urlday urlendday urlendmonth urlendyear "
    "urlmonth urlyear year",
    "range": "pages",
    "isbn": "isbn",
    "ismn": "ismn",
    "issn": "issn",
    "pattern": "gender",
    "uri": "url",
    "verbatim": "doi eprint file verba verbb verbc",
    "entry": "crossref xref",
    "entries": "entryset ids related xdata",
    "separated": "keywords options relatedoptions",
    "code": "execute",
}
"""The fields of BibLaTeX by what their values are; `names`, `list` and `keys` are joined by `and`."""

OTHER_FIELDS = " ".join((
    "affiliation contents copyright lccn mrnumber price size",  # listed by btxdoc as common
    "collaboration reportnumber slaccitation bibsource biburl adsnote adsurl",  # INSPIRE, DBLP, ADS
    "pii pmcid pmid",  # PubMed
    "assignee dayfiled intype monthfiled nationality revision yearfiled",  # IEEEtran
    "acmid articleno issue_date numpages lastchecked",  # ACM, urlbst
    "comment creationdate groups modificationdate owner priority printed qualityassured ranking readstatus relevance",
    "timestamp",  # these of JabRef
    "date-added date-modified local-url rating read mendeley-groups mendeley-tags",  # BibDesk, Mendeley
    "abbrev_source_title art_number author_keywords coden correspondence_address1 document_type source",  # Scopus
    "eissn funding-acknowledgement funding-text keywords-plus number-of-cited-references research-areas times-cited",
    "unique-id web-of-science-categories",  # these of the Web of Science
    "hal_id hal_version license repository swhid",  # HAL, biblatex-software
))  # fmt: skip
"""Fields that programs and services write."""

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
"""The strings that are always defined."""

PLAIN_STRINGS = (
    "acmcs acta cacm ibmjrd ibmsj ieeese ieeetc ieeetcad ipl jacm jcss scp sicomp tcs tocs tods tog toms toois toplas"
)
"""The strings that plain.bst defines beside the months, and most styles made after it."""
