"""Projects of any size that are hard on whoever compares everything with everything: sound ones are easy."""

from __future__ import annotations

from collections.abc import Callable, Iterator

Contents = dict[str, bytes]
HEAD = "schema_version: 1\nid: {id}\ntitle: A review\nstatus: active\n"
QUESTION = """\
question:
  populations: [{id: adults, name: Adults}]
  interventions: [{id: ket, name: ketamine, route: iv}, {id: placebo, name: placebo, route: iv}]
  comparisons: [{id: ket-placebo, population: adults, intervention: ket, comparator: placebo}]
  outcomes: [{id: response, name: Response, importance: critical}]
"""
FAULTS = """\
  author = {{Doe, J. and others, and et al.}}, title = {{THE <i>Title</i> of ALL {n}  & more.}}, year = {{20{n}x}},
  doi = {{https://doi.org/10.1000/{n} }}, issn = {{1234-567{n}}}, isbn = {{978-3-16-{n}}}, pages = {{9{n}-8{n}}},
  month = {{month {n}}}, url = {{htp:/example.org/ {n}}}, date = {{2020-1{n}}}, pmid = {{0{n}}}, odd{n} = {{}},
"""


def _entry(number: int, **over: str) -> str:
    fields = {
        "author": f"Family{number}, A.",
        "title": f"Words {number} of work {number * 7}",
        "journal": "Journal of Invented Studies",
        "year": str(1900 + number % 120),
        "doi": f"10.5555/invented.{number}",
    } | over
    inside = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@article{{key{number},\n{inside}}}\n"


def _store(size: int, entry: Callable[[int], str]) -> Contents:
    return {"references.bib": "\n".join(entry(number) for number in range(size)).encode()}


def _texts(**files: str) -> Contents:
    return {path: text.encode() for path, text in files.items()}


def _review(records: Iterator[str] | list[str], name: str = "a") -> str:
    return HEAD.format(id=name) + QUESTION + "\n".join(records) + "\n"


def _studies(size: int) -> Iterator[str]:
    yield "studies:"
    for number in range(size):
        yield (
            f"- {{id: s{number}, title: One title, cites: [key0], design: randomised_trial, comparison: ket-placebo,"
            f" population: adults, directness: direct, species: human, participants: {number}, state: extracted}}"
        )


def _claims(size: int) -> Iterator[str]:
    yield "claims:"
    for number in range(size):
        yield (
            f"- {{id: c{number}, kind: efficacy, statement: Ketamine cures all {number}, about: [ket],"
            f" supports: [{{study: s{number}}}, {{study: s0}}], challenges: [{{study: s{size - 1 - number}}}]}}"
        )


def _ratings(size: int) -> Iterator[str]:
    yield "certainty:"
    for number in range(size):
        level = ("high", "low")[number % 2]
        yield (
            f"- {{id: r{number}, outcome: response, comparison: ket-placebo, population: adults, scale: grade,"
            f" start: high, level: {level}, rated: 2020-01-01, studies: [s{number}],"
            f" steps: [{{domain: imprecision, by: -1, because: few, studies: [s0]}}]}}"
        )


def _trials(size: int) -> Iterator[str]:
    yield "trials:"
    for number in range(size):
        yield (
            f"- {{id: t{number}, title: One trial, registrations: [NCT00000102], status: RECRUITING,"
            f" expected_completion: 2020-{number % 12 + 1:02}, retrieved: 2020-01}}"
        )


def _one_review(size: int) -> Contents:
    parts = [*_studies(size), *_claims(size), *_ratings(size), *_trials(size)]
    return _texts(**{"reviews/a.yaml": _review(parts)}) | _store(size, _entry)


def _many_reviews(size: int) -> Contents:
    parts = [part for records in (_studies, _claims, _ratings, _trials) for part in records(2)]
    reviews = {f"reviews/r{number}.yaml": _review(parts, f"r{number}") for number in range(size)}
    return _texts(**reviews) | _store(2, _entry)


def _one_claim(size: int) -> Contents:
    cited = ", ".join(f"{{cites: kye{number}}}" for number in range(size))
    claim = f"claims:\n- {{id: c, kind: gap, statement: A, supports: [{cited}], challenges: [{cited}]}}"
    steps = ", ".join("{domain: imprecision, by: -1, because: few}" for _ in range(size))
    rating = f"certainty:\n- {{id: r, subject: all, scale: grade, level: low, steps: [{steps}]}}"
    return _texts(**{"reviews/a.yaml": _review([claim, rating])}) | _store(size, _entry)


def _source(size: int) -> Contents:
    listed = ", ".join(f"{{path: gone{number}.md}}" for number in range(size))
    printed = "\n".join(
        f"  - {{label: '{number}', cites: kye{number}, printed: {{pages: 9{number}-8, doi: 10.1/{number}}}}}"
        for number in range(size)
    )
    source = f"sources:\n- id: s\n  title: A\n  folder: notes\n  files: [{listed}]\n  references:\n{printed}"
    notes = {f"notes/{number}.md": "text" for number in range(size)}
    return _texts(**{"reviews/a.yaml": _review([source])}, **notes) | _store(size, _entry)


def _crossrefs(size: int) -> Contents:
    return _store(size, lambda number: _entry(number, crossref=f"key{(number + 1) % size}", year=""))


def _huge(size: int) -> Contents:
    words = " ".join(f"word{number} RNA <b>a</b> &amp; \\'e  50%" for number in range(size))
    names = " and ".join(f"Family{number}, A." for number in range(size))
    pages = ", ".join(f"{number}-{number + 1}" for number in range(size))
    more = {f"field{number}": words[:20] for number in range(size)}
    return _store(1, lambda number: _entry(number, author=names, title=words, pages=pages, note=words, **more))


def _strings(size: int) -> Contents:
    lines = [f'@string{{a{number} = "A" # b{number}}}\n@string{{a{number} = a{number - 1}}}' for number in range(size)]
    entries = [f"@misc{{k{number}, title = a{number} # c{number}, year = 2020}}" for number in range(size)]
    return _texts(**{"references.bib": "\n".join([*lines, *entries])})


def _comments(size: int) -> Contents:
    comments = "".join(f"% ketreview: ignore[KR{number}, KR101] why\n" for number in range(size))
    entries = "".join(f"% ketreview: ignore[KR101] why\n{_entry(number)}" for number in range(size))
    return _texts(**{"references.bib": comments + entries})


def _broken(size: int) -> Contents:
    return _store(size, lambda number: f"@article{{key{number} title = {{A}}\n" if number % 2 else _entry(number))


def _stores(size: int) -> Contents:
    """Many store files, and in each an entry that is not of the usual form."""
    files = {f"s{number}.bib": _entry(number).replace("\n}", "\n  note = {},\n}") for number in range(size)}
    return _texts(**files, **{"ketreview.toml": 'bibliography = ["*.bib"]\n'})


def _book(size: int) -> Contents:
    cited = {f"c{number}.md": f"A [@kye{number}; @Key{number}], @key0 and @key{number}.\n" for number in range(size)}
    main = "".join(f"{{{{< include c{number}.md >}}}}\n\nAnd @kye{number}.\n\n" for number in range(size))
    settings = 'chapters = ["*.md", "*.qmd"]\n\n[[builds]]\nname = "b"\nroots = ["main.qmd"]\n'
    return _texts(**cited, **{"main.qmd": main, "ketreview.toml": settings}) | _store(size, _entry)


def _chain(size: int) -> Contents:
    files = {f"c{number}.typ": f'#include "c{number + 1}.typ"\n@kye{number} @key{number}\n' for number in range(size)}
    settings = 'chapters = ["*.typ"]\n\n[[builds]]\nname = "b"\nroots = ["c0.typ"]\nbibliography = ["references.bib"]\n'
    return _texts(**files, **{"ketreview.toml": settings}) | _store(size, _entry)


HOSTILE: dict[str, Callable[[int], Contents]] = {
    "sound": lambda size: _store(size, _entry),
    "one author and year": lambda size: _store(size, lambda number: _entry(number, author="Doe, J.", year="2020")),
    "one title": lambda size: _store(size, lambda number: _entry(number, title="The only title", doi="")),
    "nearly one title": lambda size: _store(
        size, lambda number: _entry(number, title=f"The only title of them {number:04}", author="Doe, J.", year="2020")
    ),
    "all but the key the same": lambda size: _store(
        size, lambda number: _entry(number, title="The only title", author="Doe, J.", year="2020", doi="")
    ),
    "one DOI": lambda size: _store(size, lambda number: _entry(number, doi="10.5555/one")),
    "one PMID": lambda size: _store(size, lambda number: _entry(number, pmid="12345678")),
    "one key": lambda size: _store(size, lambda number: _entry(number).replace(f"key{number},", "key,")),
    "keys that differ in case": lambda size: _store(
        size, lambda number: _entry(number).replace(f"key{number},", f"{_cased('keykeykeykey', number)},")
    ),
    "one beginning of all keys": lambda size: (
        _store(size, lambda number: _entry(number).replace("{key", "{a-long-beginning-of-all-keys-"))
        | _texts(**{"reviews/a.yaml": _review([_cites(size, "a-long-beginning-of-all-kyes-")])})
    ),
    "many faults in each": lambda size: _store(
        size, lambda number: f"@artikle{{key/{number},\n{FAULTS.format(n=number % 10)}}}\n"
    ),
    "each inherits from the next": _crossrefs,
    "all inherit from one": lambda size: _store(size, lambda number: _entry(number, crossref="key0", year="")),
    "one entry, all in it huge": _huge,
    "strings": _strings,
    "comments": _comments,
    "every other entry broken": _broken,
    "many stores": _stores,
    "one review": _one_review,
    "many reviews of the same": _many_reviews,
    "one claim and one rating": _one_claim,
    "one source": _source,
    "one book": _book,
    "each chapter includes the next": _chain,
}


def _cased(word: str, number: int) -> str:
    return "".join(sign.upper() if number >> place & 1 else sign for place, sign in enumerate(word))


def _cites(size: int, beginning: str) -> str:
    cited = ", ".join(f"{{cites: {beginning}{number}}}" for number in range(size))
    return f"claims:\n- {{id: c, kind: gap, statement: A, supports: [{cited}]}}"
