"""The section of the page on what other tools find of the planted faults."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import judging
import other_tools as tools
import planted

from ketreview.checking import catalogue

HEADING = "## Other tools on the same faults\n"
_FAMILIES = {
    "KR0": "reading (KR0)",
    "KR1": "the store (KR1)",
    "KR3": "fields (KR3)",
    "KR4": "same work (KR4)",
    planted.NO_RULE: "not in the catalogue",
}
_CRITERION = """\
**Found** is a fault that a message is about and points at: it is of a kind that is about this fault, and lies on the
lines of an entry that has part in it, or, where a tool gives no lines, names the entry's key. What each kind of message
is about is data (`ABOUT` in `bench/judging.py`), the same for all tools; kinds are taken generously, so a warning of
similar content counts for two keys of one work whatever gave them away. *elsewhere* is a fault of reading that is said,
but at the end of the file instead of in the entry. *changed* is what bibtex-tidy mends without a word, with the options
that are there for it: nobody is told, and of a field written twice one value is lost. A *false alarm* is a message on a
sound entry. What stands between the faults is sound: generated entries, and invented ones with forms of real stores
(`bench/faults/sound.txt`), such as SICI DOIs, article numbers as pages, institutions as authors and dates of EDTF.

Not comparable, or only with care:

- The faults were listed from the catalogue of ketreview's rules, so it has a rule for most. The last family is of
  faults that the catalogue does not name, most of them such as the others, biber or JabRef look for; where a rule finds
  one all the same, it counts. No fault was left out for what anybody finds, but the lists were revised while the rules
  were written: what ketreview finds here is not found blind.
- ketreview has rules that are off by default; the second column has them on. badness has none that is off.
- badness holds fields to BibLaTeX's own data model: `pmid`, `pmcid`, `orcid` and fields of one's own are not in it, and
  it says so of sound entries too. By that model it is right. Its hints about letters beyond ASCII are no warnings.
- bibtex-tidy is a formatter. It warns of duplicates and missing keys alone, always ends with 0 unless it cannot read
  the file, stops at the first fault of reading, and prints it as a stack trace. Its time includes writing the store.
- bibtexparser is a library and no linter: blocks that it could not take are its messages, the exit code that of a
  script of a few lines (`bench/read_with_bibtexparser.py`).
- Each fault of reading stands in a file of its own, so that a tool that stops at the first gets a chance at each.
"""


def render(trials: Sequence[tools.Trial], store: planted.Planted, reading: planted.Planted, day: date | None) -> str:
    """The section as Markdown."""
    faults = (*store.faults, *reading.faults)
    verdicts = {one.name: judging.verdict(one, store, reading) for one in trials if one.tool}
    entries = sum(len(item.keys) for item in (*store.sound, *reading.sound))
    parts = [
        HEADING,
        f"{len(faults)} faults, planted in otherwise sound entries by `bench/planted.py` from a readable list "
        f"(`bench/faults/`),\namong {entries} sound entries. None of the works exists. Every tool read the same files "
        f"in one run, on {day or 'a day that was not given'}.\nTo do it again alone: "
        "`.venv/bin/python bench/run.py --tools-only --date YYYY-MM-DD`.\n",
        _summary(trials, verdicts, faults),
        _commands(trials),
        _CRITERION,
        _folded("Each fault, and who found it", _by_fault(verdicts, faults)),
        _folded("Each false alarm", _alarms(verdicts)),
    ]
    if missing := sorted({fault.code for fault in faults} - {planted.NO_RULE} - set(catalogue())):
        parts.append(f"Not written yet in this version of ketreview: {', '.join(missing)}.\n")
    return "\n".join(parts)


def _summary(
    trials: Sequence[tools.Trial], verdicts: Mapping[str, judging.Verdict], faults: Sequence[planted.Fault]
) -> str:
    rows = [
        [words, str(len(part)), *(_count(verdicts.get(one.name), part) for one in trials)]
        for family, words in _FAMILIES.items()
        if (part := [fault for fault in faults if fault.code.startswith(family)])
    ]
    rows.append(["all", str(len(faults)), *(_count(verdicts.get(one.name), faults) for one in trials)])
    for words, severity in (("false alarms: warnings", tools.WARNING), ("false alarms: hints", tools.HINT)):
        rows.append([words, "", *(_false(verdicts.get(one.name), severity) for one in trials)])
    rows += [
        [
            "other messages on faulty entries",
            "",
            *(str(verdicts[one.name].besides) if one.tool else "" for one in trials),
        ],
        ["seconds, on the store", "", *(f"{one.seconds:.3f}" if one.tool else "" for one in trials)],
        ["exit code, on the store", "", *(_codes(one.store) for one in trials)],
        ["exit codes, where reading fails", "", *(_codes(one.reading) for one in trials)],
    ]
    header = ["found of planted", "planted", *(one.name for one in trials)]
    return _table(header, rows)


def _count(verdict: judging.Verdict | None, faults: Sequence[planted.Fault]) -> str:
    if verdict is None:
        return "not run"
    states = Counter(verdict.found[fault.name] for fault in faults)
    more = [f"{states[state]} {state}" for state in (judging.ELSEWHERE, judging.CHANGED) if states[state]]
    inside = f" ({', '.join(more)})" if more else ""
    return f"{states[judging.FOUND]}{inside}"


def _false(verdict: judging.Verdict | None, severity: str) -> str:
    return "" if verdict is None else str(sum(message.severity == severity for message, _ in verdict.false_alarms))


def _codes(outcome: tools.Outcome | None) -> str:
    return "" if outcome is None else ", ".join(str(code) for code in sorted(set(outcome.exit_codes)))


def _commands(trials: Sequence[tools.Trial]) -> str:
    lines = [
        f"- {one.name} {one.tool.version}: `{one.tool.shown()}`" if one.tool else f"- {one.name}: {one.absent}"
        for one in trials
    ]
    return "\n".join(lines) + "\n"


def _by_fault(verdicts: Mapping[str, judging.Verdict], faults: Sequence[planted.Fault]) -> str:
    rows = [
        [
            f"{'' if fault.code == planted.NO_RULE else fault.code} {fault.name}".strip(),
            _cell(fault.says),
            f"`{_cell(fault.keys[0] if fault.keys else fault.path)}`",
            *(verdict.found[fault.name] for verdict in verdicts.values()),
        ]
        for fault in faults
    ]
    return _table(["fault", "what is planted", "key", *verdicts], rows)


def _alarms(verdicts: Mapping[str, judging.Verdict]) -> str:
    rows = [
        [name, f"{message.kind}, {message.severity}", _cell(message.text), _cell(item.says)]
        for name, verdict in verdicts.items()
        for message, item in verdict.false_alarms
    ]
    return _table(["tool", "kind", "message", "what the entry is"], rows) if rows else "None.\n"


def _folded(summary: str, text: str) -> str:
    return f"<details><summary>{summary}</summary>\n\n{text}\n</details>\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "".join(_lines(header, rows))


def _lines(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(header)} |\n"
    yield f"| {' | '.join('---' for _ in header)} |\n"
    yield from (f"| {' | '.join(row)} |\n" for row in rows)
