"""What headings of notes mean: the words of each meaning, and how a heading is brought down to its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache

from ketreview.patterns import regex


class Meaning(StrEnum):
    """What a section of a README or of notes is about. HEAD is the title with what stands below it."""

    HEAD = "head"
    SUMMARY = "summary"
    CITATION = "citation"
    KEY_RESULTS = "key_results"
    DESIGN = "design"
    CERTAINTY = "certainty"
    STATUS = "status"
    CHECKS = "checks"
    FILES = "files"
    NEXT_STEPS = "next_steps"
    TARGETS = "targets"
    SAFETY = "safety"
    LIMITATIONS = "limitations"
    IMPLICATIONS = "implications"
    REFERENCES = "references"
    OTHER = "other"


_OF = (
    r"(?:integration|literature|completion|processing|bibliography|bibtex|chapter|folder|document|documentation|review)"
)
WORDS: Mapping[Meaning, str] = {
    Meaning.STATUS: rf"""(?:{_OF}\ )*(?:integration\ )?(?:status|progress)
        | (?:{_OF}\ )*integration\ (?:checklist|state)
        | status\ (?:of|for)\ (?:the\ )?integration | where\ (?:it|this)\ is\ integrated | integration\ log""",
    Meaning.CHECKS: r"""(?:verification|quality|final|pre-?integration)(?:\ verification|\ quality)?
            (?:\ checklist|\ checks?|\ results?)*
        | checklist""",
    Meaning.CITATION: r"""(?:full\ |paper\ |complete\ |suggested\ )?citations?(?:\ keys?|\ information|\ details)?
        | bib(?:tex|latex)(?:\ key|\ entry|\ citation|\ record)? | cite\ ?key | (?:full\ |paper\ )?reference
        | (?:bibliographic|publication|paper|article|study|source)\ (?:information|info|details|data|metadata|record)
        | metadata | paper | article | source | how\ to\ cite | doi""",
    Meaning.FILES: r"""(?:list\ of\ )?files?
            (?:\ (?:list|listing|structure|overview|created|included|saved|present|here))*
            (?:\ (?:and\ )?verified)?(?:\ in\ (?:this|the)\ (?:folder|collection|directory))?
        | (?:folder|directory|file)(?:\ folder)?\ (?:contents?|structure|layout|tree)(?:\ created)?
        | contents(?:\ of\ this\ folder)? | what\ is\ (?:here|in\ this\ folder)""",
    Meaning.CERTAINTY: r"""(?:overall\ |evidence\ )?certainty(?:\ of\ (?:the\ )?evidence)?
            (?:\ assessments?|\ ratings?|\ levels?|\ summary)*(?:\ for\ integration)?(?:\ summary)?
        | evidence\ (?:quality|grade|level|strength|rating|appraisal)(?:\ (?:assessment|summary|considerations|rating))*
        | (?:study\ |overall\ )?quality(?:\ of\ (?:the\ )?evidence|\ assessment|\ appraisal|\ rating)*
        | confidence(?:\ in\ the\ evidence|\ rating)* | (?:strength|level|grade|quality)\ of\ (?:the\ )?evidence
        | grade(?:\ assessment|\ rating)? | appraisal | risk\ of\ bias\ and\ certainty""",
    Meaning.KEY_RESULTS: r"""(?:key|main|primary|principal|core)
            \ (?:results?|findings?|points?|contributions?|takeaways?|outcomes?)(?:\ summary)?
        | results?(?:\ summary)? | findings? | outcomes? | take[- ]?home(?:\ messages?)?""",
    Meaning.SUMMARY: r"""(?:study\ |quick\ |executive\ |brief\ |plain\ |lay\ )?(?:summary|overview|abstract|synopsis)
        | in\ brief | background | tl;?dr | introduction""",
    Meaning.DESIGN: r"""(?:study\ |trial\ )?(?:design|methods?|methodology|population|participants|sample|intervention)
            (?:\ and\ (?:methods?|population))?
        | study\ characteristics""",
    Meaning.SAFETY: r"""safety(?:\ profile|\ considerations|\ data|\ and\ tolerability)* | adverse\ (?:events?|effects?)
        | side\ effects? | tolerability | contraindications | harms?""",
    Meaning.LIMITATIONS: r"(?:study\ |key\ |main\ )?(?:limitations?|weaknesses|caveats|shortcomings)",
    Meaning.NEXT_STEPS: r"""next\ steps?.* | to\ ?do(?:s|\ list)? | action\ items? | follow-?up
        | future\ (?:work|additions|directions) | open\ tasks?""",
    Meaning.TARGETS: r"""integration\ (?:points?|targets?|relevance|recommendations?|priority|priorities|guidance
            |strategy|context)(?:\ .*)?
        | recommended\ chapters?.* | (?:(?:primary|secondary|tertiary|quaternary|optional|main|integration)\ )*targets?
        | chapter\ integrations?(?:\ priorities)? | suggested\ (?:chapters?|integration)""",
    Meaning.IMPLICATIONS: r"""clinical\ (?:implications?|relevance|significance|meaning|bottom\ line)
        | relevance(?:\ (?:to|for)\ .*)? | significance | why\ (?:this|it)\ matters | implications?(?:\ for\ .*)?""",
    Meaning.REFERENCES: r"""references?(?:\ list|\ summary|\ for\ this\ overview) | references
        | (?:web\ )?sources?(?:\ consulted|\ list)? | bibliography
        | related\ (?:papers?|literature|works?|studies)(?:\ .*)?
        | see\ also | cross-?references?(?:\ .*)? | further\ reading | links | papers? | key\ papers
        | complementary\ citations""",
}
"""The words of each meaning, as a pattern of a heading that `plain_heading` made plain; the first that fits counts."""

_PATTERNS = tuple((meaning, regex(words, re.VERBOSE)) for meaning, words in WORDS.items())
_NUMBER = regex(r"\A(?:(?:section|part|step)\s+)?(?:\d{1,3}|[ivx]{1,4})[.):]\s*(?:\d{1,3}[.)]?\s+)*")
_ASIDE = regex(r"\([^()]*\)|\[[^\[\]]*\]")
_SIGN = regex(r"[^\w\s'/&;-]+")
_LONGEST = 120


def plain_heading(text: str) -> str:
    """A heading's words: in lower case, without numbering, signs, asides in brackets, and what follows a colon."""
    head = _NUMBER.sub("", text[:_LONGEST].casefold().lstrip("#*_ \t"), count=1)
    head = _ASIDE.sub(" ", head).split(":", 1)[0].replace("_", " ")
    return " ".join(_SIGN.sub(" ", head).split()).strip("-/& ")


@lru_cache(maxsize=4096)
def meaning_of(heading: str) -> Meaning:
    """What a section under this heading is about; OTHER if its words are not known."""
    plain = plain_heading(heading)
    return next((meaning for meaning, pattern in _PATTERNS if pattern.fullmatch(plain)), Meaning.OTHER)
