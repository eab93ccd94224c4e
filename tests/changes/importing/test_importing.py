"""Folders of literature to proposed reviews: what is mapped is right and says where from, what is not is listed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview.changes.importing import Proposal
from ketreview.changes.importing.citations import people
from ketreview.changes.importing.designs import design_of, sized
from ketreview.edits import edited
from ketreview.model.vocabulary import Design, Level
from ketreview.parsing.bibtex import parse_bib
from ketreview.parsing.reviews import parse_review
from tests.changes.importing.folders import STORE, TOPIC, WORK, imported, project, reasons, records
from tests.hanging import no_hang


def _line(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def _left(proposal: Proposal, text: str, words: str) -> str:
    return reasons(proposal)[_line(text, words)]


def test_a_whole_proposal(golden: Callable[[str, str], None]) -> None:
    proposal, plan = imported({"README.md": TOPIC, "green/README.md": WORK})
    left = [f"{one.span.path}:{one.span.begin.line}: {one.words} - {one.why}" for one in proposal.unmapped]
    store = edited(project().store.source, plan.edits)
    golden("import.txt", "\n".join([proposal.text, "--- not mapped", *left, "", "--- references.bib", store]))


def test_every_record_stands_below_its_line() -> None:
    proposal, _ = imported({"README.md": TOPIC, "green/README.md": WORK})
    rows = proposal.text.splitlines()
    begun = [number for number, row in enumerate(rows) if re.match(r"(?:  )?- \w+:", row) and "source:" not in row]
    assert len(begun) == sum(map(len, proposal.lists.values())) > 30
    texts = {"README.md": TOPIC.splitlines(), "green/README.md": WORK.splitlines()}
    for number in begun:
        place = re.fullmatch(r" *# (\S+):(\d+)", rows[number - 1])
        assert place is not None, rows[number]
        assert texts[place[1]][int(place[2]) - 1].strip()


@pytest.mark.parametrize("text", [TOPIC, WORK])
def test_no_line_is_left_out_silently(text: str) -> None:
    proposal, plan = imported({"README.md": text})
    told = " ".join([*proposal.text.split(), *(edit.text for edit in plan.edits)]).replace('\\"', '"').casefold()
    left = " ".join(one.span.text for one in proposal.unmapped).casefold()
    for row in text.splitlines():
        words = [word.casefold() for word in re.findall(r"[^\W\d_]{4,}", row)]
        if words and not row.startswith("#"):
            assert any(word in told or word in left for word in words), row


def test_claims_have_the_kind_of_their_section_and_the_words_of_the_text() -> None:
    proposal, _ = imported({"README.md": TOPIC})
    claims = {str(made["statement"]): made["kind"] for made in records(proposal, "claims")}
    assert claims["Menthol may calm the diaphragm"] == "mechanism"
    assert claims["Nerves: The phrenic nerve is not"] == "mechanism"
    assert claims["Nobody has tried cold tea"] == "gap"
    assert claims["Adverse Effects (chronic use): No serious events were reported"] == "safety"
    assert claims["Adverse Effects (chronic use): Rash in 4% of drinkers"] == "safety"
    assert "Blue ones" not in claims
    assert "no heading with a known meaning" in _left(proposal, TOPIC, "Blue ones")
    assert "no field is for it" in _left(proposal, TOPIC, "**Mood:**")


def test_levels_go_through_the_crosswalk_and_none_is_invented() -> None:
    proposal, _ = imported({"README.md": TOPIC})
    ratings = {str(made["subject"]): (made["scale"], made["level"]) for made in records(proposal, "certainty")}
    assert ratings == {"Efficacy for hiccups": ("grade", "very_low"), "Clinical feasibility": ("feasibility", "high")}
    assert "no level of the plausibility scale" in _left(proposal, TOPIC, "**Mechanistic")
    assert "not plainly the certainty" in _left(proposal, TOPIC, "**Applicability")
    taught, _ = imported({"README.md": TOPIC}, of=project(crosswalk={"medium-high": Level.MODERATE}))
    assert {str(made["subject"]): made["level"] for made in records(taught, "certainty")}[
        "Mechanistic plausibility"
    ] == "moderate"
    stated = next(made for made in records(proposal, "certainty") if made["scale"] == "grade")["as_stated"]
    place = "Certainty Assessment, Efficacy for hiccups"
    assert stated == [{"source": "tea-folder", "at": place, "level": "VERY LOW", "because": "one trial"}]


def test_a_second_word_is_kept_as_stated_and_told() -> None:
    text = "# A\n\n## Certainty\n\n**Efficacy:** Low\n\n## Evidence Quality\n\n**Efficacy:** High\n**Efficacy:** low\n"
    proposal, _ = imported({"README.md": text})
    (rating,) = records(proposal, "certainty")
    stated = rating["as_stated"]
    assert isinstance(stated, list)
    assert (rating["level"], [one["level"] for one in stated]) == ("low", ["Low", "High"])
    assert "another word than `Low`" in _left(proposal, text, "**Efficacy:** High")


def test_studies_are_told_by_what_names_the_work() -> None:
    proposal, plan = imported({"README.md": TOPIC})
    studies = {str(made["id"]): made for made in records(proposal, "studies")}
    assert studies["adams-2001"]["cites"] == ["adams2001"]
    assert (studies["adams-2001"]["design"], studies["adams-2001"]["participants"]) == ("randomised_trial", 60)
    brown = studies["brown-et-al-2010"]
    assert (brown["reference"], brown["design"], brown["participants"], brown["included_studies"]) == (
        "Brown et al. 2010",
        "systematic_review",
        90,
        4,
    )
    assert "Old logbook" not in proposal.text
    assert "names no work plainly" in _left(proposal, TOPIC, "3. **Old logbook")
    assert plan.edits == ()
    source = records(proposal, "sources")[0]
    assert source["references"] == [{"label": "Adams 2001", "cites": "adams2001"}, {"label": "Brown et al. 2010"}]


def test_a_work_that_the_store_lacks_is_proposed() -> None:
    proposal, plan = imported({"README.md": WORK})
    (study,) = records(proposal, "studies")
    assert (study["cites"], study["design"], study["participants"]) == (["cole2015"], "cohort", 250)
    assert study["summary"] == "People who drank green tea yawned less."
    assert study["note"] == "Limitations stated: One harbour only (README.md:21)"
    entry = parse_bib("a.bib", edited(project().store.source, plan.edits).encode()).entries[1]
    assert {name: entry.get(name) for name in ("author", "year", "volume", "number", "pages", "doi")} == {
        "author": "Cole, C and Dean, D",
        "year": "2015",
        "volume": "3",
        "number": "2",
        "pages": "10--19",
        "doi": "10.1000/green.7",
    }
    claims = {str(made["statement"]): made for made in records(proposal, "claims")}
    assert claims["Fewer yawns: treatment halved them, against placebo"]["kind"] == "efficacy"
    assert claims["Yawns come in the evening"] == {
        "id": "yawns-come-in-the-evening",
        "kind": "background",
        "statement": "Yawns come in the evening",
        "supports": [{"study": "tea"}],
    }
    assert "`B` is no level" in _left(proposal, WORK, "- **Evidence Grade:** B")
    assert "not plainly" in _left(proposal, WORK, "- **Study Quality:**")
    (rating,) = records(proposal, "certainty")
    assert (rating["subject"], rating["studies"]) == ("Efficacy (Green tea and yawns: a cohort)", ["tea"])


def test_a_title_may_stand_in_quotes() -> None:
    cited = 'Cole C, et al. "Green tea and yawns in a harbour." J Tea 2018;4:10-19. doi:10.1000/green.8 PMID: 12345678'
    _, plan = imported({"README.md": f"# Tea\n\n## Citation\n\n{cited}\n"})
    entry = parse_bib("a.bib", edited(project().store.source, plan.edits).encode()).entries[1]
    assert {name: entry.get(name) for name in ("author", "title", "year", "volume", "pages", "doi", "pmid")} == {
        "author": "Cole, C and others",
        "title": "Green tea and yawns in a harbour",
        "year": "2018",
        "volume": "4",
        "pages": "10--19",
        "doi": "10.1000/green.8",
        "pmid": "12345678",
    }


def test_too_little_of_a_citation_gives_no_entry() -> None:
    text = "# Tea\n\n**DOI:** 10.1000/green.8\n**Title:** Green tea and yawns in a small harbour town\n"
    proposal, plan = imported({"README.md": text})
    assert plan.edits == ()
    assert [made.get("reference") for made in records(proposal, "studies")] == ["Tea"]


def test_the_same_work_in_a_list_and_in_a_folder_is_one_study() -> None:
    listing = "# Tea\n\n## Key Papers\n\n- **Cole 2015** - prospective cohort, doi:10.1000/green.7\n"
    proposal, _ = imported({"README.md": listing, "green/README.md": WORK})
    (study,) = proposal.lists["studies"]
    assert study.fields["from"] == [
        {"source": "green-folder"},
        {"source": "tea-folder", "at": "Key Papers, bullet 1", "labels": ["Cole 2015"]},
    ]


def test_an_entry_that_contradicts_the_store_is_not_proposed() -> None:
    store = STORE.replace("10.1000/mint.1", "10.1000/green.7")
    proposal, plan = imported({"README.md": WORK}, of=project(store))
    assert plan.edits == ()
    (study,) = records(proposal, "studies")
    assert study["cites"] == ["adams2001"]  # its DOI is the store's: which of the two is wrong, `check` asks


def test_safety_lists() -> None:
    proposal, _ = imported({"README.md": TOPIC})
    assert records(proposal, "safety.adverse_effects") == [{"name": "Heartburn", "exposure": "chronic"}]
    assert records(proposal, "safety.contraindications") == [{"name": "Allergy to mint"}]
    assert records(proposal, "safety.monitoring") == [
        {"what": "Breathing (minimum 20 minutes)", "minimum": 20, "unit": "min"},
        {"what": "Discomfort (HIC/MINT scales)", "instruments": ["HIC", "MINT"]},
    ]
    assert records(proposal, "safety.dosing") == [
        {"what": "Usual doses of 200-1,000 mg daily", "low": 200, "high": 1000, "unit": "mg"}
    ]


def test_trials_have_no_status_of_prose_and_steps_wait_for_them() -> None:
    proposal, _ = imported({"README.md": TOPIC})
    (trial,) = records(proposal, "trials")
    assert trial["registrations"] == ["NCT01234567"]
    assert "status" not in trial, "nobody has looked it up"
    assert records(proposal, "next_steps") == [
        {"text": "Wait for NCT01234567", "waits_for": ["nct01234567"]},
        {"text": "Ask the sailors", "done": True},
    ]


def test_integration_says_what_is_declared_and_no_more() -> None:
    proposal, _ = imported({"README.md": TOPIC})
    made = {(str(one["kind"]), str(one["target"])): one for one in records(proposal, "integration")}
    assert made["appendix", "Appendix C"]["state"] == "pending"
    assert made["chapter", "Chapter 4"]["state"] == "pending"
    notes = made["file", "lit/tea/notes.md"]
    assert (notes["state"], notes["as_stated"]) == (
        "absent",
        [{"source": "tea-folder", "at": "Integration Status, bullet 3", "state": "created", "since": "2025-03-01"}],
    )
    assert "names no place" in _left(proposal, TOPIC, "Something else entirely") or "say" in _left(
        proposal, TOPIC, "Something else entirely"
    )


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("- ✅ Added to references.bib\n- ⏳ Appendix B entry", {"bibliography": "absent", "appendix": "pending"}),
        ("- [ ] Added to references.bib\n- [ ] Appendix B", {"bibliography": "pending", "appendix": "pending"}),
        ("- ✗ Added to references.bib\n- ⬜ Appendix B", {"bibliography": "pending", "appendix": "pending"}),
        ("**References.bib:** Pending\n**Appendix B:** Done", {"bibliography": "pending", "appendix": "done"}),
    ],
)
def test_every_dialect_of_status(block: str, expected: dict[str, str]) -> None:
    proposal, _ = imported({"README.md": f"# Tea\n\n## Integration Status\n\n{block}\n"})
    assert {str(made["kind"]): made["state"] for made in records(proposal, "integration")} == expected


def test_a_file_is_named_for_sure_or_not_at_all() -> None:
    lines = {
        "✅ Notes created": "lit/tea/notes.md",
        "✅ Notes and abstract created": "",
        "✅ Notes created for each study": "",
        "✅ Abstract saved": "",
        "✅ Notes created: other/place/notes.md": "",
    }
    for line, target in lines.items():
        text = f"# Tea\n\n## Integration Status\n\n- {line}\n"
        proposal, _ = imported({"README.md": text, "notes.md": "# Notes\n"})
        assert [made["target"] for made in records(proposal, "integration")] == [target] * bool(target), line
        assert target or 5 in reasons(proposal), line


def test_what_is_done_for_one_work_is_not_done_for_the_review() -> None:
    status = "\n## Integration Status\n\n- [x] Added to Appendix B\n- [ ] Integrated into Chapter 3\n"
    proposal, _ = imported({"README.md": "# Tea\n", "green/README.md": WORK + status})
    assert [(made["kind"], made["state"]) for made in records(proposal, "integration")] == [("chapter", "pending")]
    assert any("done for one folder" in left.why for left in proposal.unmapped)


def test_results_are_of_safety_or_efficacy_only_by_their_words() -> None:
    lines = {
        "Fewer hiccups than with placebo": "efficacy",
        "No adverse events": "safety",
        "A placebo-controlled design": "background",
        "Sailors were asked twice": "background",
    }
    text = "# Tea\n\n## Key Findings\n\n" + "".join(f"- {line}\n" for line in lines)
    text += "\n## Results\n\n### Follow-up\n\n- Mean duration: 2 years\n\n### Without milk\n\n- Worse taste\n"
    proposal, _ = imported({"README.md": text})
    made = {str(claim["statement"]): claim["kind"] for claim in records(proposal, "claims")}
    assert made == {**lines, "Mean duration: 2 years": "background"}
    assert records(proposal, "next_steps") == []


def test_reasons_below_a_level_are_no_claims() -> None:
    text = "# Tea\n\n## Certainty Assessment\n\n### Safety: HIGH\n\n- Large sample\n"
    proposal, _ = imported({"README.md": text})
    assert [(made["subject"], made["level"]) for made in records(proposal, "certainty")] == [("Safety", "high")]
    assert records(proposal, "claims") == []
    assert "read for levels and states alone" in _left(proposal, text, "- Large sample")


def test_what_stands_above_a_list_stays_in_front() -> None:
    text = "# Tea\n\n## Mechanisms\n\n**Effect:** It calms these nerves:\n- Vagus\n- Phrenic\n"
    text += "\n1. **Menthol**\n   - cools\n\n**Bold and alone**\n"
    proposal, _ = imported({"README.md": text})
    assert [made["statement"] for made in records(proposal, "claims")] == [
        "Effect: It calms these nerves: Vagus",
        "Effect: It calms these nerves: Phrenic",
        "Menthol: cools",
    ]
    assert "prose" in _left(proposal, text, "**Bold and alone")


@pytest.mark.parametrize(("word", "level"), [("B", Level.MODERATE), ("0.7", Level.LOW), ("Medium-High", Level.HIGH)])
def test_letters_and_numbers_go_through_the_crosswalk(word: str, level: Level) -> None:
    text = f"# Tea\n\n## Certainty Assessment\n\n- **Evidence Grade:** {word}\n"
    taught, _ = imported({"README.md": text}, of=project(crosswalk={word.casefold(): level}))
    assert [made["level"] for made in records(taught, "certainty")] == [level.value]
    untaught, _ = imported({"README.md": text})
    assert records(untaught, "certainty") == []
    assert "the setting `crosswalk` can teach it" in _left(untaught, text, "- **Evidence")


def test_a_word_that_only_the_crosswalk_knows_is_a_level_behind_any_label() -> None:
    text = "# Tea\n\n## Certainty Assessment\n\n- **Efficacy for hiccups:** B (one trial)\n"
    taught, _ = imported({"README.md": text}, of=project(crosswalk={"b": Level.LOW}))
    assert [(made["subject"], made["level"]) for made in records(taught, "certainty")] == [
        ("Efficacy for hiccups", "low")
    ]


def test_searches_are_those_with_a_date() -> None:
    proposal, _ = imported({"README.md": TOPIC})
    (search,) = records(proposal, "searches")
    assert (search["date"], search["sources"]) == ("2025-03", ["PubMed"])
    of_work, _ = imported({"README.md": WORK + "\n## Methods\n\n- Search: database inception to January 2022\n"})
    assert records(of_work, "searches") == []


HOSTILE = [
    "a: b",
    "a # b",
    "- a",
    "yes",
    "no improvement",
    "1e3",
    "0x1F",
    "2026-01-29 is it",
    "'single' \"double\" \\ back",
    "{flow} [list]",
    "*alias &anchor !tag",
    "% directive",
    "@at",
    "tab\there",
    "bell \x07 escape \x1b[31m",
    "next\x85line \u2028 separator",
    "\u202eturned",
    "emoji 🟢 and Å",
    "ends with a colon :",
    "# ketreview: ignore[KR205] not a comment",
    "--- document",
    "word " * 60,
]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words: str) -> None:
    text = f"# {words}\n\n## Mechanisms\n\n- because {words} so\n\n## Next Steps\n\n1. do {words} now\n"
    proposal, _ = imported({"README.md": text})
    review = parse_review("a.yaml", proposal.text.encode()).review
    assert review is not None
    whole = " ".join(re.sub(r"(?<!\w)[*_](?=\w)", "", words).split())
    assert [claim.statement for claim in review.claims] == [f"because {whole} so"]
    assert [step.text for step in review.next_steps] == [f"do {whole} now"]
    assert all(character.isprintable() or character == "\n" for character in proposal.text)


@pytest.mark.parametrize("name", ["ketreview: ignore[KR205] x", "a\nb: c", "a # b", "\u202e", "-", "'"])
def test_hostile_names_of_folders(name: str) -> None:
    proposal, _ = imported({f"{name}/README.md": WORK})
    assert "\n# ketreview:" not in proposal.text
    assert len(proposal.lists["studies"]) == 1


def test_what_is_no_text_does_no_harm() -> None:
    proposal, _ = imported({"README.md": b"# A\n\n## Mechanisms\n\n- b\xff\xfe ad bytes\n", "notes.txt": b""})
    assert len(proposal.lists["claims"]) == 1


def test_long_texts_take_linear_time() -> None:
    with no_hang():
        head = "# T\n\n## Certainty Assessment\n\n"
        imported({"README.md": head + "".join(f"- Efficacy {number}: Low\n" for number in range(2000))})
        head = "# T\n\n## Key Findings\n\n"
        imported(
            {"README.md": head + "- the same words of one finding that go on and on until the end, again\n" * 5000}
        )
        imported({"README.md": head + "- " + "(" * 100_000 + "\n" + "[" * 100_000 + "\n" + "-" * 1_000_000 + "x\n"})
        imported(
            {"README.md": head + "".join(" " * min(depth, 200) + "- deeper and deeper\n" for depth in range(3000))}
        )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Systematic review and meta-analysis of double-blind RCTs", Design.META_ANALYSIS),
        ("Randomised, double-blind, placebo-controlled trial", Design.RANDOMISED_TRIAL),
        ("case series, not a randomised trial", Design.CASE_SERIES),
        ("no RCT", Design.UNKNOWN),
        ("systematic reviews or narrative reviews", Design.UNKNOWN),
        ("study protocol of a randomised trial", Design.PROTOCOL),
        ("observations", Design.UNKNOWN),
    ],
)
def test_designs_are_those_plainly_named(words: str, expected: Design) -> None:
    assert design_of(words) is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("(7 studies, 118 patients)", (118, 7)),
        ("n=38", (38, 0)),
        ("n=20-30", (0, 0)),
        ("about 40 patients, then 30 patients", (30, 0)),
        ("25 patients and 35 participants", (0, 0)),
        ("1,204 participants", (1204, 0)),
    ],
)
def test_numbers_are_those_given_once(words: str, expected: tuple[int, int]) -> None:
    assert tuple(sized(words, Design.SYSTEMATIC_REVIEW)) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Cole C, Dean DE, et al.", "Cole, C\nDean, DE\nothers"),
        ("Ødegård Ø, van der Berg J-P", "Ødegård, Ø\nvan der Berg, J-P"),
        ("Cole, C. D., & Dean, E.", "Cole, C. D.\nDean, E."),
        ("Carla Cole and Dora Dean", "Carla Cole\nDora Dean"),
        ("The Tea Group (2015)", ""),
        ("Cole C, somebody else", ""),
    ],
)
def test_names_are_those_that_are_plain(words: str, expected: str) -> None:
    assert people(words) == expected


def test_the_example_of_the_page_is_true() -> None:
    page = (Path(__file__).parents[3] / "docs/importing.md").read_text("utf-8")
    fences = re.findall(r"^```(\w+)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    text, shown, told = (next(body for kind, body in reversed(fences) if kind == name) for name in KINDS)
    proposal, _ = imported({"README.md": text})
    rows = iter(proposal.text.splitlines())
    for row in shown.splitlines():
        assert row in rows, row
    left = [f"README.md:{one.span.begin.line}: {one.words} - {one.why}" for one in proposal.unmapped]
    assert left == told.replace("\n  ", " ").splitlines()


KINDS = ("markdown", "yaml", "text")

PIECES = [
    *("# A", "## Key Papers", "## Certainty Assessment", "## Integration Status", "## Next Steps", "### Safety: HIGH"),
    *("## Adverse effects", "## Monitoring", "## Files in This Folder", "## Mechanisms", "## Limitations", "## 引用"),
    *("- **Brown et al. 2010** - RCT (n=3)", "**Efficacy:** Low (because)", "| Safety | High |", "|---|---|", "---"),
    *(
        "- [x] Added to references.bib",
        "  - inner: `x`",
        "1) one",
        "**DOI:** 10.1000/a.1",
        "**PMID:** 12",
        "```",
        "~~~",
    ),
    *("**Citation:** Cole C. A title that is long. *Tea*. 2015;3(2):1-9. doi:10.1000/b", "- `notes.md` - notes", "   "),
    *(
        "**Authors:** Cole C",
        "**Year:** 2015",
        "as of March 2025 found",
        "- NCT01234567",
        "- minimum 5 min",
        "caption:",
    ),
    *(
        "- doses of 1-2 mg/kg IV",
        "**Bold**",
        "> quoted",
        "- **Head:**",
        "    - deep",
        "=====",
        "\t- tab",
        "- ✅ Notes created",
    ),
]


def test_a_heading_without_words_is_no_title() -> None:
    proposal, _ = imported({"README.md": "#\r\n# A"})
    assert [source["title"] for source in records(proposal, "sources")] == ["tea"]


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=20)), max_size=30), st.sampled_from(["\n", "\r\n"]))
def test_any_text_gives_a_valid_review(rows: list[str], newline: str) -> None:
    text = newline.join(rows)
    proposal, _ = imported(
        {"README.md": text.encode("utf-8", "replace"), "a/notes.md": text.encode("utf-8", "replace")}
    )
    for left in proposal.unmapped:
        assert left.span.begin.line <= text.count("\n") + text.count("\r") + 1
