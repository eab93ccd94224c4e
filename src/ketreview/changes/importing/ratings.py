"""Stated levels of certainty to ratings, through the crosswalk; what rates something else is left."""

from __future__ import annotations

import re

from ketreview.appraisal.grade import LEVELS, level_of
from ketreview.changes.importing.draft import Draft, origin
from ketreview.changes.importing.outline import plain
from ketreview.changes.importing.reading import Folder
from ketreview.changes.yaml_values import Value
from ketreview.diagnostics import shown
from ketreview.model.stated import Rated
from ketreview.model.vocabulary import Scale
from ketreview.patterns import regex
from ketreview.source import Span

_MECHANISM = regex(r"\bmechanis|\bplausib|\bpathophysiolog|\bpharmacolog|\bbiological rationale")
_FEASIBLE = regex(r"\bfeasib|\bpracticab|\bimplementab")
_CERTAIN = regex(
    r"\b(?:certainty|confidence in (?:the )?evidence|quality of (?:the )?evidence|grade|efficacy|effectiveness|safety"
    r"|evidence (?:quality|grade|level|strength|certainty|base)|(?:level|strength) of evidence|tolerability|harms?)\b"
    r"|^for \S"
)
_OTHER = regex(
    r"\b(?:study quality|methodolog\w+|applicab\w+|generali[sz]ab\w+|relevance|transferab\w+|directness|sample"
    r"|replicat\w+|priority|risk of bias|reporting|novelty|integration|extrapolat\w+|translat\w+)\b"
)
_OF_SOMETHING = regex(
    r"[\W_]*(?:evidence|certainty|confidence|quality)?[\W_]*(?:for|that|in|of|to|as|on)\b", re.IGNORECASE
)
_REASON = regex(r"[*_`\s]*(?:\(([^()]{3,400})\)|[-–—:]\s+(\S.{2,400}))")


def add_ratings(draft: Draft, folder: Folder, study: str = "") -> None:
    """Adds a rating for each subject whose level is stated; a second word for it is kept as stated too."""
    first: dict[tuple[str, str], tuple[int, Rated]] = {}
    for rated in folder.read.certainty:
        if draft.is_used(rated.span):
            continue
        subject = plain(rated.subject).strip(" :*")
        rest = rated.span.source.text[rated.span.end : _line(rated.span).end]
        scale = _scale(subject.casefold())
        if scale is None or (not subject and _OF_SOMETHING.match(rest)):
            draft.leave(_line(rated.span), _not_rated(subject, rated))
            continue
        level = level_of(rated.value, scale, draft.crosswalk)
        if level is None:
            levels = ", ".join(LEVELS[scale])
            why = f"{shown(rated.value)} is no level of the {scale} scale ({levels})"
            draft.leave(_line(rated.span), f"{why}; the setting `crosswalk` can teach it")
            continue
        key = (scale.value, " ".join(subject.casefold().split()))
        if key in first:
            _second(draft, folder, rated, first[key])
            continue
        first[key] = (len(draft.lists["certainty"]), rated)
        name = _free(draft, subject, folder, scale)
        fields: dict[str, Value] = {
            "id": draft.id("rating", subject if not folder.is_work else f"{subject} {folder.name}"),
            "subject": name,
            "scale": scale.value,
            "level": level.value,
            "studies": [study] if study and scale is Scale.GRADE else [],
            "from": origin(folder, rated.span),
            "as_stated": [_statement(folder, rated)],
        }
        draft.add("certainty", fields, _line(rated.span))


def _free(draft: Draft, subject: str, folder: Folder, scale: Scale) -> str:
    """What is rated, with the folder where several folders rate something of that name, or the folder is one work's."""
    name = f"{subject or 'certainty'} ({folder.heading})" if folder.is_work else subject or "certainty"
    while (scale.value, name.casefold()) in draft.rated:
        name = f"{name}, {folder.source}"
    draft.rated.add((scale.value, name.casefold()))
    return name


def _scale(subject: str) -> Scale | None:
    """The scale that what is rated has; None where it is not plainly certainty, plausibility or feasibility."""
    if _MECHANISM.search(subject):
        return Scale.PLAUSIBILITY
    if _FEASIBLE.search(subject):
        return Scale.FEASIBILITY
    return Scale.GRADE if not subject or (_CERTAIN.search(subject) and not _OTHER.search(subject)) else None


def _not_rated(subject: str, rated: Rated) -> str:
    what = f"{shown(subject)} is {shown(rated.value)}"
    return f"{what}, which is not plainly the certainty of evidence, plausibility or feasibility"


def _second(draft: Draft, folder: Folder, rated: Rated, first: tuple[int, Rated]) -> None:
    """Another statement of what is rated already: its word is kept where it is another one."""
    index, earlier = first
    made = draft.lists["certainty"][index]
    if " ".join(rated.value.casefold().split()) == " ".join(earlier.value.casefold().split()):
        draft.use(rated.span)
        return
    stated = made.fields["as_stated"]
    kept = [*(stated if isinstance(stated, list) else []), _statement(folder, rated)]
    draft.lists["certainty"][index] = made._replace(fields={**made.fields, "as_stated": kept})
    where = f"{earlier.span.path}:{earlier.span.begin.line}"
    draft.leave(_line(rated.span), f"another word than {shown(earlier.value)} in {where}; it is kept as stated")


def _statement(folder: Folder, rated: Rated) -> dict[str, Value]:
    fields: dict[str, Value] = {"source": folder.source}
    if at := folder.at(rated.span):
        fields["at"] = at
    fields["level"] = " ".join(rated.value.split())
    rest = rated.span.source.text[rated.span.end : _line(rated.span).end]
    if reason := _REASON.match(rest):
        fields["because"] = plain(reason[1] or reason[2])
    return fields


def _line(span: Span) -> Span:
    """The line on which a place stands."""
    text = span.source.text
    begin = max(text.rfind(sign, 0, span.start) for sign in "\r\n") + 1
    ends = [end for sign in "\r\n" if (end := text.find(sign, span.end)) >= 0]
    return Span(span.source, begin, min(ends, default=len(text)))
