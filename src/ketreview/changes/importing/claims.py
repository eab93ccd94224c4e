"""Statements of lists to claims, and to the lists of safety."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ketreview.changes.importing.draft import Draft, origin
from ketreview.changes.importing.outline import Item, Part, Shape
from ketreview.changes.importing.reading import Folder
from ketreview.changes.importing.topics import Topic, kind_of, topic_below, topic_of
from ketreview.changes.yaml_values import Value
from ketreview.patterns import regex
from ketreview.source import Span

_LIST = frozenset({Shape.BULLET, Shape.NUMBERED, Shape.LABELLED})
_LISTS = {
    Topic.ADVERSE: "safety.adverse_effects",
    Topic.CONTRAINDICATIONS: "safety.contraindications",
    Topic.MONITORING: "safety.monitoring",
}
_NOT_A_HARM = regex(
    r"\b(?:no|none|not|never|without|minimal|minimally|well[- ]tolerated|rare|rarely|consistent|low|than|placebo"
    r"|population|incidence|transient|similar|comparable|favou?rable|safe|unknown|unclear|reported|study|trial"
    r"|patients|participants|discontinu\w+|were|was|is|are|may|can|should)\b",
    re.IGNORECASE,
)
_OF_A_BOOK = regex(
    r"\bch(?:apter)? ?\d|\b(?:chapter|appendix|subsection|latex|bibtex|references\.bib|cite|citing|cross-reference)\b"
    r"|\.(?:tex|typ|qmd)\b|\\[a-z]+\{|\benvironment\b.{0,80}\b(?:use|for)\b|\b(?:see|use) (?:also )?(?:`|section)",
    re.IGNORECASE,
)
_FIGURE = regex(r"[\d:]")
_LONGEST_NAME = 12
_LONGEST = 1500
_CHRONIC = regex(r"\b(?:chronic|long-?term) (?:use|misuse|exposure)\b", re.IGNORECASE)
_RECREATIONAL = regex(r"\brecreational\b", re.IGNORECASE)
_MINIMUM = regex(r"\b(?:minimum|at least)(?: of)? (\d{1,4}) ?(minutes?|min|hours?|h)\b", re.IGNORECASE)
_SCALES = regex(r"\(([A-Z][A-Z0-9-]{2,}(?:(?:/|, )[A-Z][A-Z0-9-]{2,})*) (?:scales?|scores?)\)")
_NUMBER = r"\d{1,3}(?:,\d{3})+|\d{1,6}(?:\.\d{1,4})?"
_DOSE = regex(
    rf"(?<![\d.,~≈<>/-])({_NUMBER})(?: ?(?:-|–|to) ?({_NUMBER}))? ?"
    r"((?:mg|µg|μg|mcg|g|IU)(?:/kg)?(?:/(?:day|d|h|hour|min|week))?)"
    r"(?![\w/]|-)(?: (IV|intravenous\w*|oral\w*|IM|SC|sublingual\w*|intranasal\w*))?"
)
_DOSING = regex(r"(?<!patient's )\bdos(?:es?|ing|ages?)\b(?!-)(?:[ :]+[^\s\d:]+){0,2}[ :(]*$", re.IGNORECASE)
_ROUTES = {"iv": "iv", "int": "iv", "ora": "oral", "im": "im", "sc": "sc", "sub": "sublingual"}
_DOSED = frozenset({Topic.PRACTICE, Topic.SAFETY, Topic.EFFICACY, Topic.BACKGROUND})


class Said(NamedTuple):
    """A statement with its place, what heads it, and what stands in a list below it."""

    own: str
    span: Span
    item: Item
    head: str = ""
    below: str = ""

    @property
    def text(self) -> str:
        """Its words with those above it, without which it may say something else."""
        return f"{self.head}: {self.own}" if self.head else self.own


def add_claims(draft: Draft, folder: Folder, study: str = "") -> None:
    """Adds what the folder's own texts state in lists: claims, and harms, contraindications and monitoring."""
    seen: set[str] = set()
    for text in folder.texts:
        for part in text.parts if text.speaks else ():
            topic = topic_of(part)
            if topic is Topic.LIMITS and study:
                continue
            for headed in statements(draft, part):
                meant = topic_below(topic, headed.head)
                plain = meant is not topic and meant not in {Topic.CLOSED, Topic.LIMITS}
                said = headed._replace(head="") if plain else headed
                again = said.text.casefold() in seen
                if again:
                    draft.use(said.span)
                elif meant is not Topic.CLOSED and _add(draft, folder, part, meant, said, study):
                    seen.add(said.text.casefold())


def statements(draft: Draft, part: Part) -> Iterator[Said]:
    """The statements of a part that nothing else was read from; a title with a list below heads each item of it."""
    for item in part.items:
        if item.shape not in _LIST or item.is_caption or draft.is_used(item.span):
            continue
        heads = item.below and (item.raw.rstrip().endswith((":", ":**")) or _is_bold(item.raw))
        if heads:
            draft.use(item.span)
            for inner in item.below:
                rest = "; ".join(one.text for one in list(inner.everything)[1:])
                yield Said(inner.text, inner.span, inner, item.text.rstrip(":"), rest)
        else:
            rest = "; ".join(one.text for one in list(item.everything)[1:])
            yield Said(item.text, item.span, item, item.caption, rest)


def _is_bold(raw: str) -> bool:
    words = raw.strip()
    return words.startswith("**") and words.rstrip(":").endswith("**") and words.count("**") == 2  # noqa: PLR2004  it begins and ends


def _add(draft: Draft, folder: Folder, part: Part, topic: Topic, said: Said, study: str) -> bool:
    if not re.search(r"[^\W\d_]{2}", said.text) or len(said.text) > _LONGEST:
        return False
    if topic in _LISTS:
        sentence = topic is Topic.ADVERSE and _FIGURE.search(said.text)
        if _is_name(said) and not sentence:
            _add_to_safety(draft, folder, part, topic, said, study)
            return True
        topic = Topic.SAFETY
        said = said._replace(head=": ".join(filter(None, [part.path[-1] if part.path else "", said.head])))
    kind = kind_of(topic, said.text)
    if kind is None or _OF_A_BOOK.search(said.text):
        return False
    fields: dict[str, Value] = {
        "id": draft.id("claim", said.text),
        "kind": kind.value,
        "statement": said.text,
        "supports": [{"study": study}] if study else [],
        "from": origin(folder, said.span),
        "note": f"Below it: {said.below}" if said.below else "",
    }
    draft.add("claims", fields, said.span)
    for inner in list(said.item.everything)[1:]:
        draft.use(inner.span)
    if topic in _DOSED or topic is Topic.RESULTS:
        _add_dose(draft, folder, said, study)
    return True


def _is_name(said: Said) -> bool:
    """Whether a statement is the name of one thing, and not a sentence on it."""
    return len(said.own.split()) <= _LONGEST_NAME and not _NOT_A_HARM.search(said.text) and not said.below


def _add_to_safety(draft: Draft, folder: Folder, part: Part, topic: Topic, said: Said, study: str) -> None:
    evidence: list[Value] = [{"study": study}] if study else []
    fields: dict[str, Value] = {"name": said.own}
    if topic is Topic.MONITORING:
        fields = {"what": said.own}
        if found := _MINIMUM.search(said.text):
            fields |= {"minimum": int(found[1]), "unit": "min" if found[2].startswith("min") else "h"}
        if found := _SCALES.search(said.text):
            fields["instruments"] = re.split(r"/|, ", found[1])
    elif topic is Topic.ADVERSE:
        around = " ".join([*part.path, said.item.caption])
        exposure = "chronic" if _CHRONIC.search(around) else "recreational" if _RECREATIONAL.search(around) else ""
        fields["exposure"] = exposure
    draft.add(_LISTS[topic], {**fields, "supports": evidence, "from": origin(folder, said.span)}, said.span)


def _add_dose(draft: Draft, folder: Folder, said: Said, study: str) -> None:
    """Adds the dose of a statement on dosing that gives one figure or one range."""
    found = list(_DOSE.finditer(said.text))
    if len(found) != 1 or not _DOSING.search(said.text, 0, found[0].start()):
        return
    low, high, unit, route = found[0].groups()
    fields: dict[str, Value] = {"what": said.text, "low": _number(low)}
    if high:
        fields["high"] = _number(high)
    fields |= {"unit": unit, "route": _route(route or "")}
    evidence: list[Value] = [{"study": study}] if study else []
    draft.add("safety.dosing", {**fields, "supports": evidence, "from": origin(folder, said.span)}, said.span)


def _number(text: str) -> float | int:
    bare = text.replace(",", "")
    return float(bare) if "." in bare else int(bare)


def _route(word: str) -> str:
    folded = word.casefold()
    if folded.startswith("intranasal"):
        return "intranasal"
    return _ROUTES.get(folded[:3], "")
