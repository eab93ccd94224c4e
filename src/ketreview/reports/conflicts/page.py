"""The conflicts of a project as a page: the questions, then studies told differently, then what else is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ketreview.document import (
    Block,
    Column,
    Document,
    Heading,
    Item,
    Items,
    Line,
    Paragraph,
    Table,
    Text,
    Tone,
    joined,
    line,
)
from ketreview.model.vocabulary import Design, Level, Scale, Species
from ketreview.reports import levels
from ketreview.reports.chapter.terms import capital, counted, sentence, words
from ketreview.reports.conflicts import (
    ConcernAnswer,
    ConflictsAnswer,
    OpposedAnswer,
    QuestionAnswer,
    RetoldAnswer,
)
from ketreview.reports.conflicts.claims import ClaimAnswer, SideAnswer

_RETOLD = (
    Column("Study", width=2),
    Column("Other study", width=2),
    Column("What"),
    Column("There"),
    Column("Here"),
    Column("Where", drop=1, width=2),
)


def document(answer: ConflictsAnswer) -> Document:
    """Each question with both sides; then one study in two reviews; then the concerns that bear on no question."""
    blocks: list[Block] = [Paragraph(line(Text(_summary(answer), Tone.MUTED)))]
    if answer.questions:
        blocks.append(Heading("Contested questions"))
        for question in answer.questions:
            blocks += _question(question, [one for one in answer.concerns if one.question == question.title])
    if answer.studies:
        rows = tuple(_retold(one) for one in answer.studies)
        blocks += [Heading("Studies told differently"), Table(_RETOLD, rows)]
    others = [one for one in answer.concerns if one.question is None]
    if others:
        blocks += [Heading("Other open concerns"), Items(tuple(_concern(one) for one in others))]
    return Document("Conflicts", tuple(blocks))


def _summary(answer: ConflictsAnswer) -> str:
    claims = sum(len(question.claims) for question in answer.questions)
    studies = {(one.study, one.other) for one in answer.studies}
    told = f"{counted(len(studies), 'study')} told differently by two reviews"
    return (
        f"{counted(len(answer.questions), 'contested question')} with {counted(claims, 'claim')}, {told}, "
        f"{counted(len(answer.concerns), 'open concern')}."
    )


def _question(question: QuestionAnswer, concerns: Sequence[ConcernAnswer]) -> Iterator[Block]:
    yield Heading(capital(question.title), 2)
    yield Items(tuple(_claim(claim) for claim in question.claims))
    if question.opposed:
        yield Paragraph(line(Text("They say opposite things:", Tone.STRONG)))
        yield Items(tuple(_opposed(pair) for pair in question.opposed))
    if question.unchallenged:
        yield Paragraph(line(Text("Also said of it, and challenged by nothing:", Tone.STRONG)))
        yield Items(tuple(_unchallenged(claim) for claim in question.unchallenged))
    if concerns:
        yield Paragraph(line(Text("Open concerns about it:", Tone.STRONG)))
        yield Items(tuple(_concern(one) for one in concerns))


def _claim(claim: ClaimAnswer) -> Item:
    where = "; ".join(part for part in (claim.review, _species(claim.species)) if part)
    own = joined(
        [line(Text(claim.id, Tone.STRONG), f" ({where}{_level(claim)}): "), line(sentence(claim.statement))], ""
    )
    for_ = _evidence("for: ", Tone.GOOD, claim.supports)
    against = _evidence("against: ", Tone.BAD, claim.challenges)
    same = line(Text(f"the same claim: {', '.join(claim.same_as)}", Tone.MUTED)) if claim.same_as else ()
    return Item(own, tuple(part for part in (for_, against, same) if part))


def _level(claim: ClaimAnswer) -> str:
    if claim.level is None or claim.scale is None:
        return ""
    scale = "certainty" if claim.scale == Scale.GRADE else claim.scale
    return f"; {scale}: {levels.with_symbol(Level(claim.level), Scale(claim.scale))}"


def _evidence(label: str, tone: Tone, sides: Sequence[SideAnswer]) -> Line:
    if not sides:
        return line(Text(f"{label}nothing that is listed", Tone.MUTED))
    return (Text(label, tone), *joined([_side(side) for side in sides], "; "))


def _side(side: SideAnswer) -> Line:
    """A study by its name and citation, with its design, its species and its size."""
    told = [
        words(Design(side.design)) if side.design else "",
        _species(side.species),
        counted(side.participants, "participant") if side.participants is not None else "",
    ]
    about = ", ".join(part for part in told if part)
    name = side.name if side.name not in side.cites else ""
    gone = (Text("retracted", Tone.BAD),) if side.retracted else ()
    keys = ", ".join(part for part in (*side.cites, side.locator) if part)
    cited = line(Text(f"[{keys}]", Tone.CODE)) if side.cites else ()  # no citation: a page may have no bibliography
    return joined([line(name), cited, gone, line(f"({about})" if about else "")], " ")


def _species(species: str | None) -> str:
    return f"in {words(Species(species))}" if species and species != Species.NOT_STATED else ""


def _opposed(pair: OpposedAnswer) -> Item:
    one, other = (name.partition(":")[2] for name in (pair.one, pair.other))
    return Item(
        line(Text(pair.target, Tone.STRONG)),
        (line(f"{one}: {pair.says[0]}"), line(f"{other}: {pair.says[1]}")),
    )


def _unchallenged(claim: ClaimAnswer) -> Item:
    told = claim.mechanism or claim.statement
    head = line(Text(claim.id, Tone.STRONG), f" ({claim.review}): {told}")
    return Item(head, (_evidence("for: ", Tone.GOOD, claim.supports),))


def _concern(concern: ConcernAnswer) -> Item:
    aside = "; ".join((concern.review, concern.basis.replace("_", " ")))
    about = line(Text(f"about {', '.join(concern.about)}", Tone.MUTED)) if concern.about else ()
    return Item(
        line(Text(concern.id, Tone.STRONG), f" ({aside}): {sentence(concern.problem)}"), (about,) if about else ()
    )


def _retold(one: RetoldAnswer) -> tuple[Line, ...]:
    doubt = "" if one.sure else " (by registration alone)"
    first, second = (value.replace("_", " ") for value in one.values)
    return (
        line(Text(one.study, Tone.STRONG)),
        line(Text(one.other, Tone.STRONG), doubt),
        line(one.field.replace("_", " ")),
        line(first),
        line(second),
        line(Text(f"{one.path}:{one.line}", Tone.MUTED)),
    )
