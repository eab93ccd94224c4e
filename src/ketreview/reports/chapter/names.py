"""Names in place of ids, and citations in place of keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from ketreview.document import Cite, Inline, Line, Text, joined, line
from ketreview.frozen import frozen
from ketreview.linking import Corpus
from ketreview.model.claim import Evidence
from ketreview.model.entry import Entry
from ketreview.model.question import Comparison, Intervention, Outcome, Population
from ketreview.model.record import Record
from ketreview.model.review import Review
from ketreview.model.source_document import SourceDocument
from ketreview.model.study import Study
from ketreview.model.vocabulary import Species
from ketreview.parsing.latex_text import latex_text
from ketreview.parsing.names import OTHERS, last_names
from ketreview.reports.chapter.terms import ANIMALS, aside, words

R = TypeVar("R", bound=Record)
_ALL_AUTHORS = 2


@frozen
class Names:
    """Look-ups in one review. An id without a record stands as it is."""

    corpus: Corpus
    review: Review

    def population(self, name: str) -> str:
        """What a population is called."""
        found = self._record(Population, "population", name)
        return found.name if found else name

    def intervention(self, name: str) -> str:
        """What an intervention is called."""
        found = self._record(Intervention, "intervention", name)
        return found.name if found else name

    def outcome(self, name: str) -> str:
        """What an outcome is called."""
        found = self._record(Outcome, "outcome", name)
        return found.name if found else name

    def comparison(self, name: str) -> str:
        """`A versus B`."""
        found = self._record(Comparison, "comparison", name)
        return (
            f"{self.intervention(found.intervention)} versus {self.intervention(found.comparator)}" if found else name
        )

    def population_of(self, comparison: str) -> str:
        """The id of a comparison's population."""
        found = self._record(Comparison, "comparison", comparison)
        return found.population if found else ""

    def source(self, name: str) -> str:
        """A source's title."""
        found = self._record(SourceDocument, "source", name)
        return found.title if found else name

    def study(self, name: str) -> Study | None:
        """The study of this id."""
        return self._record(Study, "study", name)

    def short(self, study: Study) -> str:
        """A study as running text names it: authors and year, else as a source names it, else its title."""
        entry = next((entry for key in study.cites if (entry := self.corpus.entry(key))), None)
        authors = _authors(entry) if entry else ""
        if entry is None or not authors:
            return study.reference or study.title or ("" if study.cites else study.id)
        year = study.date.year if study.date else entry.year
        return f"{authors} {year}" if year else authors

    def cited(self, keys: Iterable[str], locator: str = "") -> Line:
        """Citations of the keys that the store has; the others are named."""
        every = tuple(dict.fromkeys(keys))
        known = tuple(key for key in every if self.corpus.entry(key))
        unknown = [line(f"{key} (not in the store)") for key in every if key not in known]
        return joined([(Cite(known, locator),) if known else (), *unknown], ", ")

    def study_cited(self, study: Study) -> Line:
        """A study's short name with its citations."""
        return joined([line(self.short(study)), self.cited(study.cites)], " ")

    def evidence(self, items: Sequence[Evidence], species: Species | None = None) -> Line:
        """The citations of pieces of evidence. The species is said where it is not the one spoken of."""
        groups: dict[str, list[Evidence]] = {}
        for item in items:
            groups.setdefault(self._aside(item, species), []).append(item)
        return joined([joined([self._bracket(group), line(aside)], " ") for aside, group in groups.items()], ", ")

    def named_evidence(self, items: Sequence[Evidence], species: Species | None = None) -> Line:
        """Each piece of evidence by its name, with its citation."""
        lines = [self._named(item, self._aside(item, species)) for item in items]
        return joined([joined(lines[:-1], ", "), *lines[-1:]], " and ")

    def _named(self, item: Evidence, aside: str) -> Line:
        study = self.study(item.study)
        entry = self.corpus.entry(item.cites)
        name = self.short(study) if study else _authored(entry) if entry else ""
        return joined([line(name), self._cites(item) if self._keys(item) else (), line(aside)], " ")

    def _bracket(self, items: Sequence[Evidence]) -> Line:
        """Citations in one group; then the evidence that has no key, by its name."""
        cites: dict[Inline, None] = {}
        names: list[Line] = []
        for item in items:
            for part in self._cites(item):
                if isinstance(part, Cite):
                    cites[part] = None
                else:
                    names.append((part,))
        return joined([_merged(cites), *dict.fromkeys(names)], ", ")

    def _cites(self, item: Evidence) -> Line:
        keys = self._keys(item)
        if keys:
            return tuple(part for part in self.cited(keys, item.locator) if part != Text(", "))
        study = self.study(item.study)
        return line(aside(f"{self.short(study) if study else item.study}; not in the store").strip())

    def _keys(self, item: Evidence) -> tuple[str, ...]:
        study = self.study(item.study)
        return (*(study.cites if study else ()), *((item.cites,) if item.cites else ()))

    def _aside(self, item: Evidence, species: Species | None) -> str:
        study = self.study(item.study)
        told = study.species if study else None
        return f"(in {words(told)})" if told and told in ANIMALS and told is not species else ""

    def _record(self, kind: type[R], name: str, record_id: str) -> R | None:
        found = self.corpus.record(self.review, name, record_id)
        return found if isinstance(found, kind) else None


def _merged(cites: Iterable[Inline]) -> Line:
    """Citations without a place first and in one; then those with one."""
    known = [cite for cite in cites if isinstance(cite, Cite)]
    plain = tuple(dict.fromkeys(key for cite in known if not cite.locator for key in cite.keys))
    placed = [cite for cite in known if cite.locator]
    return (*((Cite(plain),) if plain else ()), *placed)


def _authored(entry: Entry) -> str:
    return " ".join(part for part in (_authors(entry), str(entry.year or "")) if part)


def _authors(entry: Entry) -> str:
    """The last names of an entry's authors, as running text gives them."""
    names = [latex_text(name).strip() for name in last_names(entry.get("author", "editor"))]
    if len(names) > _ALL_AUTHORS or OTHERS in names:
        return f"{names[0]} et al."
    return " and ".join(names)
