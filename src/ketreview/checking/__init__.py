"""Finding the rules, running them, and applying settings and suppressions to what they find."""

from __future__ import annotations

import pkgutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import Any

from ketreview import rules
from ketreview.checking.faults import DRAFTS, OWN, PATTERN_MATCHES_NOTHING, UNKNOWN_CODE, UNUSED_SUPPRESSION
from ketreview.checking.limits import Limit, limited
from ketreview.checking.running import run
from ketreview.checking.selection import ALL, Selection
from ketreview.checking.suppressing import Accepting, Suppressions, suppress
from ketreview.config import BAD_SETTING, Settings
from ketreview.config.settings import FILE_KEYS
from ketreview.diagnostics import Code, Diagnostic, Severity, fault
from ketreview.globs import is_glob
from ketreview.globs import matches as glob_matches
from ketreview.linking import Corpus
from ketreview.nearest import did_you_mean
from ketreview.parsing.faults import READING
from ketreview.rule import Rule
from ketreview.timings import Timings

__all__ = ["Selection", "all_rules", "catalogue", "check"]


@cache
def all_rules() -> tuple[Rule[Any], ...]:
    """Every rule, by code."""
    modules = (import_module(f"{rules.__name__}.{module.name}") for module in pkgutil.iter_modules(rules.__path__))
    found = (value for module in modules for value in vars(module).values() if isinstance(value, Rule))
    return tuple(sorted(found, key=lambda rule: rule.code.id))


@cache
def catalogue() -> Mapping[str, Code]:
    """Every code that a finding can have, by its id."""
    codes = [*READING, BAD_SETTING, *(rule.code for rule in all_rules()), *DRAFTS, *OWN]
    return {code.id: code for code in sorted(codes, key=lambda code: code.id)}


def check(
    corpus: Corpus,
    selection: Selection,
    *,
    reading: Iterable[Diagnostic],
    suppressions: Suppressions,
    matches: Mapping[str, Sequence[str]],
    files: Sequence[str],
) -> tuple[Diagnostic, ...]:
    """Every finding, in order.

    `reading` are the faults found outside of rules, `matches` the files that each pattern of the settings named,
    `files` all that were read.
    """
    found = find(corpus, selection, reading)
    return judge(found, selection, corpus.settings, suppressions=suppressions, matches=matches, files=files)


def find(
    corpus: Corpus,
    selection: Selection,
    reading: Iterable[Diagnostic],
    timings: Timings | None = None,
    limit: Limit | None = None,
) -> list[Diagnostic]:
    """All that is found, whatever is accepted of it; of each rule no more than the limit and one.

    `timings` note what each rule takes.
    """
    active = [rule for rule in all_rules() if selection.selects(rule.code)]
    outside = [finding for finding in reading if selection.selects(finding.code)]
    if timings is None:
        return [*outside, *(finding for rule in active for finding in limited(run(rule, corpus), limit))]
    timings.end("load rules")
    timed = (limited(_timed(rule, corpus, timings), limit) for rule in active)
    found = [*outside, *(finding for findings in timed for finding in findings)]
    timings.end("rules")
    return found


def limit_of(most: int, selection: Selection, suppressions: Suppressions) -> Limit:
    """A limit on what is told: neither a comment nor the settings accept it."""
    accepting = Accepting(suppressions)
    return Limit(most, lambda found: selection.selects_at(found.code, found.span.path) and not accepting.places(found))


def _timed(rule: Rule[Any], corpus: Corpus, timings: Timings) -> list[Diagnostic]:
    name = f"{rule.code.id} {rule.code.name}"
    counted = replace(rule, check=timings.counted(name, rule.check))
    return timings.timed(name, lambda: run(counted, corpus))


def judge(
    found: Sequence[Diagnostic],
    selection: Selection,
    settings: Settings,
    *,
    suppressions: Suppressions,
    matches: Mapping[str, Sequence[str]],
    files: Sequence[str],
    cut_short: Collection[str] = (),
) -> tuple[Diagnostic, ...]:
    """What remains of all that is found, in order, with what is wrong with settings and comments; as in `check`.

    Nothing that names a code of those `cut_short` is called unused.
    """
    codes = {code.id for code in catalogue().values() if selection.selects(code)} - set(cut_short)
    remaining, judged = suppress(found, suppressions, codes)
    own = [
        *judged,
        *_unknown_in_settings(settings),
        *_unknown_in_comments(suppressions),
        *_idle_patterns(settings, matches, files),
        *(() if cut_short else _idle_ignores(selection, remaining, settings, files)),
    ]
    remaining += [finding for finding in own if selection.selects(finding.code)]
    return tuple(sorted(_kept(remaining, selection), key=lambda finding: finding.order))


def _kept(found: list[Diagnostic], selection: Selection) -> list[Diagnostic]:
    """What the settings leave of findings, at the severity that they give them."""
    if not selection.severity and not selection.per_file_ignores:
        return found
    return [
        _graded(finding, selection.severity_of(finding))
        for finding in found
        if selection.selects_at(finding.code, finding.span.path)
    ]


def _graded(finding: Diagnostic, severity: Severity) -> Diagnostic:
    return finding if finding.severity is severity else replace(finding, severity=severity)


def unknown_codes(codes: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The codes, or beginnings of codes, that no rule has, each with a message."""
    for code in codes:
        if code != ALL and not _is_family(code):
            yield code, f"`{code}` is not a code{did_you_mean(code, catalogue())}"


def _is_family(code: str) -> bool:
    """Whether a word is a code or the beginning of one."""
    return code.startswith("KR") and any(other.startswith(code) for other in catalogue())


def _no_whole_code(code: str, where: str) -> str:
    """What is wrong with a word that is to be a whole code; empty if it is one."""
    if code in catalogue():
        return ""
    if code == ALL or _is_family(code):
        example = next(other for other in catalogue() if code == ALL or other.startswith(code))
        return f"`{code}` stands for several codes; {where} names each, such as `{example}`"
    return f"`{code}` is not a code{did_you_mean(code, catalogue())}"


def _unknown_in_settings(settings: Settings) -> Iterator[Diagnostic]:
    lists = {"select": settings.select, "ignore": settings.ignore}
    lists |= {f"per-file-ignores.{glob}": codes for glob, codes in settings.per_file_ignores.items()}
    for name, codes in lists.items():
        for index, code in enumerate(codes):
            span = settings.span(f"{name}.{index}") or settings.span(name)
            yield from (fault(UNKNOWN_CODE, span, message) for _, message in unknown_codes([code]) if span)
    for code in settings.severity:
        span = settings.span(f"severity.{code}")
        if span and (wrong := _no_whole_code(code, "`severity`")):
            yield fault(UNKNOWN_CODE, span, wrong)


def _unknown_in_comments(suppressions: Suppressions) -> Iterator[Diagnostic]:
    for comments in suppressions.values():
        for comment in comments:
            for code, span in comment.codes:
                if wrong := _no_whole_code(code, "a comment"):
                    yield fault(UNKNOWN_CODE, span, wrong)


def _idle_patterns(
    settings: Settings, matches: Mapping[str, Sequence[str]], files: Sequence[str]
) -> Iterator[Diagnostic]:
    builds = (
        (f"builds.{index}.{key}", globs) for index, build in enumerate(settings.builds) for key, globs in build.globs
    )
    for name, patterns in (*((key, settings.globs(key)) for key in FILE_KEYS), *builds):
        for index, pattern in enumerate(patterns):
            span = settings.span(f"{name}.{index}")
            if span is not None and is_glob(pattern) and not matches.get(pattern):
                yield fault(PATTERN_MATCHES_NOTHING, span, f"`{pattern}` matches no file")
    for glob in settings.per_file_ignores:
        span = settings.span(f"per-file-ignores.{glob}")
        if span is not None and not any(glob_matches(glob, file) for file in files):
            yield fault(PATTERN_MATCHES_NOTHING, span, f"`{glob}` matches no file that is read")


def _idle_ignores(
    selection: Selection, found: Sequence[Diagnostic], settings: Settings, files: Sequence[str]
) -> Iterator[Diagnostic]:
    """KR901 for a pattern of `per-file-ignores` that could have left something out, and did not."""
    if any(finding.code.reading for finding in found):
        return
    for glob in selection.idle_ignores(found, catalogue().values()):
        span = settings.span(f"per-file-ignores.{glob}")
        if span is not None and any(glob_matches(glob, file) for file in files):
            message = f"`{glob}` matches files, and nothing of {', '.join(settings.per_file_ignores[glob])} is in them"
            unused = fault(UNUSED_SUPPRESSION, span, message)
            yield replace(unused, severity=Severity.INFO, ceiling=Severity.INFO)
