"""The LaTeX commands and environments that cite, include, list stores, define, or hide text.

A shape says what follows a command: `o` any number of optional arguments, `m` an argument, `k` an argument that holds
keys or a path; `+` the whole again and again, as biblatex's multicite commands have it. A star may follow any of them.
"""

from __future__ import annotations


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


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
_VOLUME = (
    "volcite Volcite pvolcite Pvolcite fvolcite Fvolcite ftvolcite svolcite Svolcite tvolcite Tvolcite avolcite"
    " Avolcite"
)

CITES: dict[str, str] = {
    **dict.fromkeys(_names(f"{_BIBLATEX} {_NATBIB} {_OTHER}"), "ok"),
    **dict.fromkeys(_names(_MULTI), "ok+"),
    **dict.fromkeys(_names(_VOLUME), "omok"),
    **{f"{name}s": "omok+" for name in _names(_VOLUME)},
    **dict.fromkeys(_names("textcquote blockcquote"), "ok"),
    **dict.fromkeys(
        _names("foreigntextcquote hyphentextcquote foreignblockcquote hyphenblockcquote hybridblockcquote"), "mok"
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
SUFFIXED = _names("cite nocite citet citep citealt citealp citeauthor citeyear citeyearpar citenum Citet Citep")

INCLUDES: dict[str, str] = {
    **dict.fromkeys(_names("include subfile subfileinclude includestandalone InputIfFileExists"), "ok"),
    **dict.fromkeys(_names("import subimport inputfrom includefrom subinputfrom subincludefrom"), "kk"),
    "input": "k",
    "@input": "k",
}
STORES: dict[str, str] = dict.fromkeys(
    _names("bibliography nobibliography defaultbibliography addbibresource addglobalbib addsectionbib"), "ok"
)
WITH_EXTENSION = _names("addbibresource addglobalbib addsectionbib")

VERBATIM = _names(
    "verbatim verbatim* Verbatim Verbatim* BVerbatim BVerbatim* LVerbatim LVerbatim* SaveVerbatim VerbatimOut"
    " VerbatimWrite verbatimwrite verbatimtab boxedverbatim spverbatim lstlisting minted comment filecontents"
    " filecontents* luacode luacode* pycode pyblock pyverbatim pyconsole sagesilent sageblock asy asydef"
    " tcblisting tcolorboxlisting codeexample markdown rawhtml Sinput Soutput Scode"
)
# each defines an environment that its first argument names
VERBATIM_DEFINERS = _names("lstnewenvironment DefineVerbatimEnvironment newtcblisting newminted excludecomment")
SHORT_VERB = _names("MakeShortVerb DefineShortVerb lstMakeShortInline")
INLINE = _names("verb Verb spverb lstinline mint mintinline url nolinkurl path href")
ADDRESSES = _names("url nolinkurl path href")
DEFINERS = _names(
    "newcommand renewcommand providecommand DeclareRobustCommand newrobustcmd renewrobustcmd providerobustcmd"
    " NewDocumentCommand RenewDocumentCommand ProvideDocumentCommand DeclareDocumentCommand"
    " NewExpandableDocumentCommand newenvironment renewenvironment NewDocumentEnvironment"
    " RenewDocumentEnvironment DeclareDocumentEnvironment def gdef edef xdef"
)
CITE_DEFINERS = {"DeclareCiteCommand": "ok", "DeclareMultiCiteCommand": "ok+"}
# what follows is a name, not a use of it
NAMERS = _names(
    "let futurelet string meaning show noexpand robustify pretocmd apptocmd patchcmd xpretocmd xapptocmd xpatchcmd"
    " preto appto newif"
)

CONDITIONALS = _names(
    "if ifcat ifx ifnum ifdim ifodd ifvmode ifhmode ifmmode ifinner ifvoid ifhbox ifvbox ifeof iftrue iffalse ifcase"
    " ifdefined ifcsname iffontchar ifincsname"
)
