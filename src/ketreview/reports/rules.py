"""The rule catalogue, and one rule explained."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ketreview.diagnostics import Code, Severity
from ketreview.document import Block, Column, Document, Paragraph, Table, Text, Tone, Verbatim, line
from ketreview.frozen import frozen
from ketreview.patterns import regex

TONES = {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.CAUTION, Severity.INFO: Tone.MUTED}
_FENCE = regex(r"^```([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@frozen
class RuleAnswer:
    """One rule."""

    code: str
    name: str
    severity: str
    default: bool
    summary: str
    documentation: str


@frozen
class RulesAnswer:
    """The catalogue."""

    version: int
    rules: tuple[RuleAnswer, ...]


def answer(codes: Iterable[Code]) -> RulesAnswer:
    """The rules as data, in the order given."""
    return RulesAnswer(1, tuple(_rule(code) for code in codes))


def _rule(code: Code) -> RuleAnswer:
    return RuleAnswer(code.id, code.name, code.severity.value, code.default, summary(code), code.documentation)


def summary(code: Code) -> str:
    """The first sentence of a rule's documentation."""
    return " ".join(code.documentation.split("\n\n", 1)[0].split())


def document(answer: RulesAnswer) -> Document:
    """A line for each rule."""
    columns = (Column("Code"), Column("Name", width=2), Column("Severity"), Column("Fault", width=5))
    rows = tuple(
        (
            line(Text(rule.code, Tone.STRONG)),
            line(rule.name),
            line(Text(rule.severity if rule.default else f"{rule.severity}, off", TONES[Severity(rule.severity)])),
            line(rule.summary),
        )
        for rule in answer.rules
    )
    return Document("", (Table(columns, rows),))


def explanation(code: Code) -> Document:
    """A rule's documentation as a document; its examples stand as they are."""
    blocks: list[Block] = [
        Paragraph(line(Text(code.severity.value, TONES[code.severity]), "" if code.default else ", off by default"))
    ]
    position = 0
    text = code.documentation
    for fence in _FENCE.finditer(text):
        blocks += _paragraphs(text[position : fence.start()])
        words = fence[1].split()
        blocks.append(Verbatim(fence[2].rstrip("\n"), title=" ".join(words[1:]), language=words[0] if words else ""))
        position = fence.end()
    blocks += _paragraphs(text[position:])
    return Document(f"{code.id} {code.name}", tuple(blocks))


def _paragraphs(text: str) -> list[Block]:
    return [Paragraph(line(" ".join(part.split()))) for part in text.split("\n\n") if part.strip()]
