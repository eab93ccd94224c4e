"""What the lines below a heading become: claims of a kind, or records of another list."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from ketreview.changes.importing.outline import Part
from ketreview.model.vocabulary import ClaimKind
from ketreview.parsing.literature.headings import Meaning, meaning_of, plain_heading
from ketreview.patterns import regex

_TREATED = regex(
    r"\b(?:placebo(?!-controlled)|effica\w+|effective(?:ly|ness)?|respon(?:ders?|se rates?)|remission|relief|superior"
    r"|non-?inferior|benefi(?:t|ts|cial)|improv(?:ed|es|ements?))\b",
    re.IGNORECASE,
)


_HARMED = regex(r"\b(?:adverse|safety|safe|tolerated|tolerability|toxic(?:ity)?|side effects?|harms?)\b", re.IGNORECASE)
_FOLLOW_UP = regex(r"follow-?up")


class Topic(StrEnum):
    """What the lines of a section become; a value that `ClaimKind` has too is a claim of that kind."""

    BACKGROUND = "background"
    HISTORY = "history"
    EPIDEMIOLOGY = "epidemiology"
    MECHANISM = "mechanism"
    EFFICACY = "efficacy"
    SAFETY = "safety"
    REGULATION = "regulation"
    PROVISION = "provision"
    COST = "cost"
    PRACTICE = "practice"
    GAP = "gap"
    RESULTS = "results"
    ADVERSE = "adverse effects"
    CONTRAINDICATIONS = "contraindications"
    MONITORING = "monitoring"
    STEPS = "next steps"
    WORKS = "works"
    REFERENCES = "references"
    LIMITS = "limitations"
    DESIGN = "design"
    ELSEWHERE = "read elsewhere"
    """Sections whose lines are read by their own forms: certainty, status, files, citation."""
    NONE = "none"
    """A heading that says nothing known, and neither do those around it."""
    CLOSED = "closed"
    """A heading that says that what stands below is of another sort."""


_AND = r"(?:\ (?:and|&)\ [\w\ -]+)?"
_FOR = r"(?:\ (?:for|in|of|to|with|from|by)\ .*)?"
_WORDS: tuple[tuple[Topic, str], ...] = (
    (Topic.CLOSED, r""".*\b(?:not|no|without|never|negative|null|unlike|hypothe\w+|speculati\w+|placebo|controls?
            |counter\w*|disadvantages?|quotes?|latex|acronyms?|abbreviations?|glossary|keywords|comparison|versus|vs
            |compared|patient\ (?:report|relevance|context)|report|chapters?|appendix|integration|implementation|draft
            |template|research\ (?:implications?|priorit\w+|directions|needs?|questions)|future)\b.*"""),
    (Topic.WORKS, r"""(?:key|core|main|primary|included|relevant)
            \ (?:papers?|studies|publications|literature|references)
            |(?:papers?|studies|publications)(?:\ (?:processed|documented|included|reviewed|read))?"""),
    (Topic.ADVERSE, rf"""(?:common|serious|rare|severe|potential|reported|possible|main|known)?\ ?
            (?:adverse\ (?:effects?|events?|reactions?)|side\ effects?|harms?){_AND}{_FOR}"""),
    (Topic.CONTRAINDICATIONS, rf"(?:absolute|relative|specific|key|main)?\ ?contra-?indications?{_FOR}"),
    (Topic.MONITORING, rf"(?:required|recommended|safety|clinical|laboratory|patient)?\ ?monitoring{_FOR}"),
    (Topic.GAP, rf"""(?:key|research|evidence|knowledge|critical|main|remaining|identified)?\ ?
            (?:(?:research|knowledge|evidence)\ )?
            (?:gaps|unknowns|open\ questions|unanswered\ questions|uncertainties)(?:\ identified)?{_AND}{_FOR}"""),
    (Topic.LIMITS, rf"(?:study|key|main|important)?\ ?(?:limitations?|caveats|weaknesses){_AND}{_FOR}"),
    (Topic.COST, rf"costs?{_AND}{_FOR}|pric(?:e|es|ing)"),
    (Topic.EPIDEMIOLOGY, r"epidemiology|prevalence|incidence"),
    (Topic.HISTORY, r"history|historical\ (?:context|background|notes?)"),
    (Topic.REGULATION, r"regulat(?:ion|ory\ (?:status|context))|legal\ status|approval(?:\ status)?"),
    (Topic.PROVISION, r"availability|access|provision|service\ provision"),
    (Topic.MECHANISM, rf"""(?:proposed|key|main|possible|biological|underlying|relevant|molecular)?\ ?
            mechanis(?:m|ms|tic)(?:\ (?:of\ action|rationale|basis|evidence|insights?|findings?|relevance))*{_AND}{_FOR}
            |pathophysiolog(?:y|ical)(?:\ (?:rationale|basis))?{_FOR}|pharmacology|pharmacodynamics|pharmacokinetics
            |(?:biological|scientific)\ rationale{_FOR}"""),
    (Topic.PRACTICE, rf"""(?:practical|clinical|special)\ (?:considerations?|use|application|practice|management){_AND}
            |practice|patient\ selection(?:\ criteria|\ considerations)?|administration|precautions
            |dos(?:e|es|ing|age)(?:\ (?:considerations|schedule|protocols?|regimens?))?
            |(?:treatment|dosing|clinical)\ protocols?|protocol\ parameters"""),
    (Topic.SAFETY, r"""(?:long-?term\ )?safety
            (?:\ (?:profile|considerations|data|information|findings|and\ tolerability))*
            |(?:abuse|misuse|addiction|dependence)(?:\ (?:potential|liability|risk))?|tolerability|warnings?|risks?
            |(?:drug\ )?interactions?"""),
    (Topic.EFFICACY, rf"""(?:clinical\ )?(?:efficacy|effectiveness)
            (?:\ (?:data|findings|results|outcomes|evidence))?{_FOR}|response\ rates?"""),
    (Topic.RESULTS, r"""(?:clinical|key|main|primary|secondary|principal|core|other|statistical|additional)
            \ (?:findings?|results?|outcomes?|measures)(?:\ summary)?|main\ results|conclusions?"""),
    (Topic.BACKGROUND, r"""clinical\ (?:context|implications?(?:\ .*)?|trial\ status|trials|relevance|significance
            |experience)|trial\ status|trials|key\ (?:contribution|concepts?|points?|messages?)
            |why\ (?:this|it)\ matters|relevance(?:\ to\ .*)?|(?:current\ )?evidence(?:\ summary|\ base)*
            |expected\ outcomes"""),
)  # fmt: skip
_PATTERNS = tuple((topic, regex(words, re.VERBOSE)) for topic, words in _WORDS)
_LISTINGS = frozenset({Topic.WORKS, Topic.REFERENCES})
_BY_MEANING = {
    Meaning.SUMMARY: Topic.BACKGROUND,
    Meaning.KEY_RESULTS: Topic.RESULTS,
    Meaning.DESIGN: Topic.DESIGN,
    Meaning.SAFETY: Topic.SAFETY,
    Meaning.LIMITATIONS: Topic.LIMITS,
    Meaning.IMPLICATIONS: Topic.BACKGROUND,
    Meaning.NEXT_STEPS: Topic.STEPS,
    Meaning.REFERENCES: Topic.REFERENCES,
    Meaning.TARGETS: Topic.CLOSED,
    Meaning.CERTAINTY: Topic.ELSEWHERE,
    Meaning.STATUS: Topic.ELSEWHERE,
    Meaning.CHECKS: Topic.ELSEWHERE,
    Meaning.FILES: Topic.ELSEWHERE,
    Meaning.CITATION: Topic.ELSEWHERE,
    Meaning.HEAD: Topic.ELSEWHERE,
}


def topic_of(part: Part) -> Topic:
    """What the lines of a section become: by its own heading, else by the nearest one around it that says so."""
    own = _meant(part)
    if own is Topic.STEPS and len(part.path) > 1 and _FOLLOW_UP.fullmatch(plain_heading(part.path[-1])):
        own = Topic.NONE  # below results it is for how long people were watched
    if part.title or not part.path or own in {Topic.ELSEWHERE, Topic.STEPS}:
        return own
    found = [_of_words(heading) for heading in part.path]
    found[-1] = Topic.NONE if own is Topic.NONE and found[-1] is Topic.STEPS else found[-1]
    if found[-1] is Topic.NONE and own is not Topic.NONE:
        found[-1] = own
    if Topic.ELSEWHERE in found:
        return Topic.ELSEWHERE  # reasons below a level, and the like
    if Topic.CLOSED in found:
        return Topic.CLOSED
    listing = next((index for index, topic in enumerate(found) if topic in _LISTINGS), len(found))
    if listing < len(found) <= listing + 2:
        return found[listing]  # headings right below "Key papers" sort them
    return next((topic for topic in reversed(found) if topic is not Topic.NONE), Topic.NONE)


def topic_below(topic: Topic, caption: str) -> Topic:
    """What the lines below a caption of a section become, where the caption says something known."""
    own = _of_words(caption) if caption else Topic.NONE
    return topic if own in {Topic.NONE, Topic.ELSEWHERE} or topic is Topic.CLOSED else own


def kind_of(topic: Topic, statement: str) -> ClaimKind | None:
    """The kind of a claim under a heading; None where its lines are no claims.

    A result is one of safety or of efficacy only where it speaks of harm, or of effect, response or a placebo; else it
    is background.
    """
    if topic in {Topic.RESULTS, Topic.EFFICACY} and _HARMED.search(statement):
        return ClaimKind.SAFETY
    if topic is Topic.RESULTS:
        return ClaimKind.EFFICACY if _TREATED.search(statement) else ClaimKind.BACKGROUND
    if topic is Topic.LIMITS:
        return ClaimKind.GAP
    return ClaimKind(topic.value) if topic.value in set(ClaimKind) else None


def _meant(part: Part) -> Topic:
    """By the meaning that the section has, also from the section around it."""
    return _BY_MEANING.get(part.section.meaning, Topic.NONE)


@lru_cache(maxsize=4096)
def _of_words(heading: str) -> Topic:
    words = plain_heading(heading)
    found = next((topic for topic, pattern in _PATTERNS if pattern.fullmatch(words)), Topic.NONE)
    if found is not Topic.NONE:
        return found
    return _BY_MEANING.get(meaning_of(heading), Topic.NONE)
