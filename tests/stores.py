"""Random stores in messy layouts, all of which can be read."""

from __future__ import annotations

from hypothesis import strategies as st

SUPPRESSION = "% ketreview: ignore[KR101] asked"
_BLANKS = st.sampled_from(["", " ", "  ", "\t", "\n", "\n    "])
_SPACE = st.sampled_from(["", " ", "   ", "\t"])
_COMMENT = st.sampled_from(["% a note", "%", "% {odd", "% Tag: x, y = {1}", SUPPRESSION, "% é", "  % indented"])
_WORDS = st.sampled_from(
    [
        "A",
        "The {RNA} world",
        "two  blanks",
        "wrapped\n     line",
        "é ü",
        r"M{\"u}ller",
        "50\\% of it",
        "a@b.org",
        "x % y",
    ]
)
_BARE = st.sampled_from(["2020", "7", "jan", "lab", "007"])
_NAMES = st.sampled_from(
    ["title", "Author", "YEAR", "journal", "note", "pages", "doi", "odd-name", "x", "keywords", "volume", "Editor"]
)
_KEYS = st.sampled_from(["klein2020", "Zhang2019", "a", "b:2", "zz/1", "klein2020a", "Ärzte2021", "m_1"])
_KINDS = st.sampled_from(["misc", "Article", "BOOK", "inproceedings"])
_BETWEEN = st.sampled_from(
    [
        "\n",
        "\n\n",
        "\n\n\n\n",
        "\n% about the next\n",
        "\n% one\n\n% two\n",
        " % behind\n",
        "\nloose text\n",
        "\n@comment{kept, with {braces}}\n",
        f"\n{SUPPRESSION}\n",
        "\n@string{jour = {Journal} # lab}\n",
        '\n@STRING( other = "Other" )\n\n',
        '\n@preamble{ "\\newcommand{\\x}{y}" }\n',
        "\n% @misc{hidden, title = {no entry}}\n",
        " ",
    ]
)

values = st.one_of(
    _WORDS.map(lambda text: f"{{{text}}}"),
    _WORDS.map(lambda text: f'"{text}"'),
    _BARE,
    st.sampled_from(["{A} # lab", '"A" # " B"', "lab # jan", "{}", '""', '{"quoted"}', '"in {"} braces"']),
)


@st.composite
def fields(draw: st.DrawFn) -> str:
    """One field, written in any case and with any blanks."""
    return f"{draw(_NAMES)}{draw(_BLANKS)}={draw(_SPACE)}{draw(values)}"


@st.composite
def entries(draw: st.DrawFn, parents: bool = False) -> str:
    """One entry in any layout, with comments where they may stand, and sometimes with a field twice."""
    opening, closing = draw(st.sampled_from([("{", "}"), ("{", "}"), ("(", ")")]))
    rows = draw(st.lists(fields(), max_size=4))
    twice: bool = draw(st.booleans())
    if rows and twice:
        rows.append(draw(st.sampled_from(rows)))
    if parents and draw(st.booleans()):
        rows.append(f"crossref = {{{draw(_KEYS)}}}")
    written = f"@{draw(_KINDS)}{draw(st.sampled_from(['', ' ']))}{opening}{draw(_SPACE)}{draw(_KEYS)}{draw(_BLANKS)}"
    for row in rows:
        written += draw(st.sampled_from([", ", ",\n  ", ",\n", "\n  , ", ",,\n "]))
        if draw(st.integers(0, 5)) == 0:
            written += f"{draw(_COMMENT)}\n  "
        written += row
    ends = ["", ",", ",\n", "\n", " , "] if rows or opening == "{" else [",\n"]  # a `)` may be part of a key
    written += draw(st.sampled_from(ends))
    if draw(st.integers(0, 5)) == 0:
        written += f" {draw(_COMMENT)}\n"
    return written + closing


@st.composite
def stores(draw: st.DrawFn, parents: bool = False) -> bytes:
    """A store of a few entries, some of them twice, with LF or CRLF, and with or without a byte-order mark."""
    some = draw(st.lists(entries(parents=parents), max_size=5))
    twice: bool = draw(st.booleans())
    if some and twice:
        some.append(draw(st.sampled_from(some)))
    text = draw(st.sampled_from(["", "% a store\n", "@string{lab = {Lab}}\n", "\n\n", "text\n\n"]))
    for one in some:
        text += one + draw(_BETWEEN)
    text += draw(st.sampled_from(["", "\n", "% the end", "% the end\n"]))
    newline, mark = draw(st.sampled_from(["\n", "\r\n"])), draw(st.sampled_from([b"", b"\xef\xbb\xbf"]))
    return mark + text.replace("\n", newline).encode()
