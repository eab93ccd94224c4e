"""The LaTeX commands and environments that cite, include, list stores, define, or hide text.

A shape says what follows a command: `o` any number of optional arguments, `m` an argument, `k` an argument that holds
keys or a path; `+` the whole again and again, as biblatex's multicite commands have it. A star may follow any of them.
"""

from __future__ import annotations

_BIBLATEX = (
    "cite Cite parencite Parencite footcite Footcite footcitetext Footcitetext textcite Textcite smartcite Smartcite"
    " autocite Autocite supercite fullcite footfullcite notecite Notecite pnotecite Pnotecite fnotecite Fnotecite"
    " citeauthor Citeauthor citetitle Citetitle citeyear citedate citeurl citename citelist citefield parentcite"
    " headlesscite Headlesscite headlessfullcite shorthandcite gentextcite nptextcite tparencite"
)
_NATBIB = (
    "citet Citet citep Citep citealt Citealt citealp Citealp citenum citeyearpar citefullauthor Citefullauthor"
    " citetalias citepalias bibentry"
)
# apacite, chicago, harvard, cite, REVTeX, abntex2cite, jurabib, mciteplus
_OTHER = (
    "shortcite fullciteA shortciteA citeA citeNP shortciteNP fullciteNP citeN shortciteN citeyearNP citeauthorNP"
    " fullciteauthor shortciteauthor fullciteauthorNP shortciteauthorNP maskcite maskciteA citeasnoun citeaffixed"
    " possessivecite citeaffixedfull citeonline citeonlineonly onlinecite onlinecites citen citepunct shortcitep"
    " shortcitet posscite citepos citeposs citejournal fullcitep fullcitet footfullcitetext citeurldate"
)
_MULTI = (
    "cites Cites parencites Parencites footcites Footcites footcitetexts Footcitetexts textcites Textcites smartcites"
    " Smartcites autocites Autocites supercites fullcites footfullcites notecites Notecites pnotecites fnotecites"
    " citeauthors Citeauthors citetitles nptextcites"
)
_VOLUME = "volcite Volcite pvolcite Pvolcite fvolcite Fvolcite ftvolcite svolcite Svolcite tvolcite Tvolcite avolcite"

CITES: dict[str, str] = {
    **dict.fromkeys(f"{_BIBLATEX} {_NATBIB} {_OTHER}".split(), "ok"),
    **dict.fromkeys(_MULTI.split(), "ok+"),
    **dict.fromkeys(f"{_VOLUME} Avolcite".split(), "omok"),
    **{f"{name}s": "omok+" for name in f"{_VOLUME} Avolcite".split()},
    **dict.fromkeys("textcquote blockcquote".split(), "ok"),
    **dict.fromkeys(
        "foreigntextcquote hyphentextcquote foreignblockcquote hyphenblockcquote hybridblockcquote".split(), "mok"
    ),
    "nocite": "k",
    "apud": "okk",
    "apudonline": "okk",
}
CITING_ENVIRONMENTS: dict[str, str] = {
    "displaycquote": "ok",
    "foreigndisplaycquote": "mok",
    "hyphendisplaycquote": "mok",
}
# multibib makes these anew for every suffix that `\newcites` names
SUFFIXED = "cite nocite citet citep citealt citealp citeauthor citeyear citeyearpar citenum Citet Citep".split()

INCLUDES: dict[str, str] = {
    **dict.fromkeys("include subfile subfileinclude includestandalone InputIfFileExists".split(), "ok"),
    **dict.fromkeys("import subimport inputfrom includefrom subinputfrom subincludefrom".split(), "kk"),
    "input": "k",
    "@input": "k",
}
STORES: dict[str, str] = dict.fromkeys(
    "bibliography nobibliography defaultbibliography addbibresource addglobalbib addsectionbib".split(), "ok"
)
WITH_EXTENSION = frozenset("addbibresource addglobalbib addsectionbib".split())

VERBATIM = frozenset(
    "verbatim verbatim* Verbatim Verbatim* BVerbatim BVerbatim* LVerbatim LVerbatim* SaveVerbatim VerbatimOut"
    " VerbatimWrite verbatimwrite verbatimtab boxedverbatim spverbatim lstlisting minted comment filecontents"
    " filecontents* luacode luacode* pycode pyblock pyverbatim pyconsole sagesilent sageblock asy asydef"
    " tcblisting tcolorboxlisting codeexample markdown rawhtml Sinput Soutput Scode".split()
)  # fmt: skip
# each defines an environment that its first argument names
VERBATIM_DEFINERS = frozenset(
    "lstnewenvironment DefineVerbatimEnvironment newtcblisting newminted excludecomment".split()
)
SHORT_VERB = frozenset("MakeShortVerb DefineShortVerb lstMakeShortInline".split())
INLINE = frozenset("verb Verb spverb lstinline mint mintinline url nolinkurl path href".split())
ADDRESSES = frozenset("url nolinkurl path href".split())
DEFINERS = frozenset(
    "newcommand renewcommand providecommand DeclareRobustCommand newrobustcmd renewrobustcmd providerobustcmd"
    " NewDocumentCommand RenewDocumentCommand ProvideDocumentCommand DeclareDocumentCommand"
    " NewExpandableDocumentCommand newenvironment renewenvironment NewDocumentEnvironment"
    " RenewDocumentEnvironment DeclareDocumentEnvironment def gdef edef xdef".split()
)  # fmt: skip
CITE_DEFINERS = {"DeclareCiteCommand": "ok", "DeclareMultiCiteCommand": "ok+"}
# what follows is a name, not a use of it
NAMERS = frozenset(
    "let futurelet string meaning show noexpand robustify pretocmd apptocmd patchcmd xpretocmd xapptocmd xpatchcmd"
    " preto appto newif".split()
)  # fmt: skip

CONDITIONALS = frozenset(
    "if ifcat ifx ifnum ifdim ifodd ifvmode ifhmode ifmmode ifinner ifvoid ifhbox ifvbox ifeof iftrue iffalse ifcase"
    " ifdefined ifcsname iffontchar ifincsname".split()
)
