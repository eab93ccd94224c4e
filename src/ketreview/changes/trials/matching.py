"""Which trials of the reviews a registered trial is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ketreview.appraisal.trials import number_of, trials_of
from ketreview.linking import Corpus
from ketreview.model.registered import RegisteredTrial
from ketreview.model.trial import Trial


class Match(NamedTuple):
    """The trials that a registered one is, and the sentences that say which of them it may be and is not taken for."""

    told: RegisteredTrial
    trials: tuple[Trial, ...]
    doubts: tuple[str, ...] = ()


def matched(corpus: Corpus, told: Iterable[RegisteredTrial]) -> tuple[Match, ...]:
    """Each registered trial, once, with the trials that have its number.

    Where none has, those that share a number of another registry count, which registries give to several trials: not if
    a trial has another number of this registry, or shares it with two registered ones.
    """
    found = [_match(corpus, one) for one in _newest(told)]
    by_second = Counter(
        id(trial) for match in found for trial in match.trials if not _has_its_number(match.told, trial)
    )
    return tuple(_without_shared(match, by_second) for match in found)


def _newest(told: Iterable[RegisteredTrial]) -> list[RegisteredTrial]:
    """Each number once: of several files, what was updated last, and of equals what was read last."""
    newest: dict[str, RegisteredTrial] = {}
    for one in told:
        before = newest.get(one.number)
        if before is None or _updated(one) >= _updated(before):
            newest[one.number] = one
    return list(newest.values())


def _updated(told: RegisteredTrial) -> str:
    return str(told.last_update or "")


def _match(corpus: Corpus, told: RegisteredTrial) -> Match:
    own = _with(corpus, trials_of((told.number, *told.aliases)))
    if own:
        return _once(corpus, told, own)
    shared = _with(corpus, trials_of(told.others))
    other = {id(trial): _other_number(told, trial) for trial in shared}
    doubts = [
        f"`{trial.id}` shares a number with it, and has {other[id(trial)]}" for trial in shared if other[id(trial)]
    ]
    match = _once(corpus, told, [trial for trial in shared if not other[id(trial)]])
    return match._replace(doubts=(*doubts, *match.doubts))


def _with(corpus: Corpus, numbers: Iterable[str]) -> list[Trial]:
    trials = {id(trial): trial for number in numbers for trial in corpus.trials_by_number.get(number, ())}
    return list(trials.values())


def _once(corpus: Corpus, told: RegisteredTrial, trials: Sequence[Trial]) -> Match:
    """The trials, without those of a review that records it twice: which of them is meant cannot be known."""
    counts = Counter(corpus.review_of(trial).id for trial in trials)
    doubts = [f"`{review}` records it {count} times (KR607)" for review, count in counts.items() if count > 1]
    return Match(told, tuple(trial for trial in trials if counts[corpus.review_of(trial).id] == 1), tuple(doubts))


def _without_shared(match: Match, by_second: Counter[int]) -> Match:
    kept = tuple(trial for trial in match.trials if by_second[id(trial)] < 2)  # noqa: PLR2004  two is several
    gone = [trial for trial in match.trials if trial not in kept]
    doubts = [f"`{trial.id}` shares a number with it, and with another trial of these files" for trial in gone]
    return Match(match.told, kept, (*match.doubts, *doubts))


def _has_its_number(told: RegisteredTrial, trial: Trial) -> bool:
    return bool(trials_of((told.number, *told.aliases)) & trials_of(trial.registrations))


def _other_number(told: RegisteredTrial, trial: Trial) -> str:
    """A number of the same registry that a trial has and the registered one has not; empty if there is none."""
    own = trials_of((told.number, *told.aliases))
    registry = number_of(told.number).registry
    numbers = (number_of(written) for written in trial.registrations)
    return next((one.text for one in numbers if one.registry == registry and one.trial not in own), "")
