"""A source gives a mechanism the opposite direction, to the review or to itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ketreview.appraisal.mechanisms import effect_kind, kinds_exclude, strength
from ketreview.diagnostics import Related, Severity, shown
from ketreview.linking import Corpus
from ketreview.model.claim import Claim, Mechanism
from ketreview.model.record import Statement
from ketreview.model.vocabulary import Action, EffectDirection
from ketreview.rule import CLAIM, Problem, as_printed, rule
from ketreview.source import Span

_OPPOSITE = frozenset({"weakens", "strengthens"})


class _Told(NamedTuple):
    """A word of a mechanism's direction, its kind (what others exclude), and where it stands."""

    field: str
    word: str
    kind: str
    place: Span


@rule("KR519", CLAIM, Severity.WARNING)
def mechanism_told_otherwise(claim: Claim, corpus: Corpus) -> Iterator[Problem]:
    """A source lets something act on a target, or that on another thing, in the opposite direction.

    It says that a receptor is activated which the review says is blocked, that something falls which rises; or it says
    both itself. Looked at are `action` and `effect` in the `as_stated` of a mechanism, where they are words that these
    fields have; other words are a quotation. Actions are opposite where one strengthens its target and the other
    weakens it, effects where both cannot be.

    Bad:

    ```yaml reviews/rett.yaml
    claims:
    - id: nmda
      kind: mechanism
      statement: Ketamine blocks NMDA receptors
      mechanism: {target: NMDA receptor, action: channel_blocker, as_stated: [{source: news, action: activator}]}
    ```

    Good:

    ```yaml reviews/rett.yaml
    claims:
    - id: nmda
      kind: mechanism
      statement: Ketamine blocks NMDA receptors
      mechanism: {target: NMDA receptor, action: channel_blocker, as_stated: [{source: news, action: antagonist}]}
    ```
    """
    del corpus
    mechanism = claim.mechanism
    if mechanism is None:
        return
    own = {told.field: told for told in _own(mechanism)}
    earlier: dict[tuple[str, str], _Told] = {}
    for statement in mechanism.as_stated:
        for told in _printed(statement):
            before = earlier.setdefault((statement.source, told.field), told)
            here = own.get(told.field)
            if here and _exclude(here, told):
                yield _problem(claim, told, f"it is {shown(here.word)} here", here, statement.source)
            elif _exclude(before, told):
                yield _problem(claim, told, f"and {shown(before.word)} elsewhere", before, statement.source)


def _own(mechanism: Mechanism) -> Iterator[_Told]:
    yield _Told("action", mechanism.action, strength(mechanism.action), mechanism.span("action"))
    if mechanism.effect:
        yield _Told("effect", mechanism.effect, effect_kind(mechanism.effect), mechanism.span("effect"))


def _printed(statement: Statement) -> Iterator[_Told]:
    """The words of a statement that the fields have; others are a quotation."""
    action, effect = (str(statement.values.get(field, "")).strip().casefold() for field in ("action", "effect"))
    if action in set(Action):
        yield _Told("action", action, strength(Action(action)), statement.span("action"))
    if effect in set(EffectDirection):
        yield _Told("effect", effect, effect_kind(EffectDirection(effect)), statement.span("effect"))


def _exclude(one: _Told, other: _Told) -> bool:
    if one.field == "action":
        return {one.kind, other.kind} == _OPPOSITE
    return kinds_exclude(one.kind, other.kind)


def _problem(claim: Claim, told: _Told, against: str, other: _Told, source: str) -> Problem:
    message = f"the {told.field} of `{claim.id}` is called {shown(told.word)}; {against}{as_printed(source)}"
    return Problem(message, told.place, id=claim.id, related=(Related(other.place, "the opposite is said here"),))
