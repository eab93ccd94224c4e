"""What a registry tells, written into the reviews: the right places in any manner of writing, and nothing else."""

# ruff: noqa: E501  tables of cases are wide

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketreview.changes.change import ChangeError
from ketreview.changes.trials import TrialsPlan, planned
from ketreview.changes.trials.stub import stub
from ketreview.config import Settings
from ketreview.edits import edited
from ketreview.linking import Corpus, Parts, link
from ketreview.linking.books import Book
from ketreview.model.partial_date import PartialDate
from ketreview.model.registered import RegisteredTrial
from ketreview.model.trial import Trial
from ketreview.model.vocabulary import TrialStatus
from ketreview.parsing.reviews import parse_review
from tests.projects import HEAD

READ = PartialDate(2026, 11, 21)
NUMBER = "NCT04436250"
STORE = Book(None, frozenset(), (), (), complete=True)


def on(text: str) -> PartialDate | None:
    return PartialDate.parse(text)


def corpus_of(**texts: str) -> Corpus:
    """A project of reviews; each text stands below the head of the review of that name."""
    files = [
        parse_review(f"reviews/{name}.yaml", (HEAD.format(id=name) + text).encode()) for name, text in texts.items()
    ]
    assert [one.message for file in files for one in file.diagnostics] == []
    return link(Parts(reviews=files, store=STORE, sizes={}), settings=Settings(), as_of=date(2026, 11, 21))[0]


def told(**values: Any) -> RegisteredTrial:
    return RegisteredTrial(path="a.json", number=values.pop("number", NUMBER), **values)


def plan_of(text: str, *trials: RegisteredTrial, retrieved: PartialDate = READ, fill: bool = False) -> TrialsPlan:
    return planned(corpus_of(a=text), trials, retrieved, fill=fill)


def after(text: str, *trials: RegisteredTrial, retrieved: PartialDate = READ, fill: bool = False) -> str:
    """The text once it is written."""
    plan = plan_of(text, *trials, retrieved=retrieved, fill=fill)
    source = corpus_of(a=text).reviews[0].where.source
    return edited(source, plan.change.edits).removeprefix(HEAD.format(id="a"))


BLOCK = """\
trials:
- id: a
  title: A
  registrations: [NCT04436250]
  status: RECRUITING
"""
ENDED = told(status=TrialStatus.TERMINATED)
HISTORY = "{field: status, before: RECRUITING, after: TERMINATED, read: 2026-11-21}"

MANNERS: dict[str, tuple[str, str]] = {
    "a block": (
        BLOCK,
        BLOCK.replace("RECRUITING", "TERMINATED") + f"  retrieved: 2026-11-21\n  changes:\n  - {HISTORY}\n",
    ),
    "nobody had looked it up": (
        BLOCK.replace("  status: RECRUITING\n", ""),
        BLOCK.replace("RECRUITING", "TERMINATED") + "  retrieved: 2026-11-21\n",
    ),
    "one line": (
        "trials:\n- {id: a, title: A, registrations: [NCT04436250], status: RECRUITING, retrieved: 2026-01} # x\n",
        "trials:\n- {id: a, title: A, registrations: [NCT04436250], status: TERMINATED, retrieved: 2026-11-21,\n"
        f"  changes: [{HISTORY}]}} # x\n",
    ),
    "a line of JSON": (
        '{"schema_version": 1, "id": "a", "title": "A", "status": "active", "trials": [\n  {"id": "a", "title": "A",'
        ' "registrations": ["NCT04436250"], "status": "RECRUITING"}\n]}',
        '{"schema_version": 1, "id": "a", "title": "A", "status": "active", "trials": [\n  {"id": "a", "title": "A",'
        f' "registrations": ["NCT04436250"], "status": "TERMINATED", retrieved: 2026-11-21,\n    changes: [{HISTORY}]}}\n]}}',
    ),
    "quotes": (
        BLOCK.replace("RECRUITING", "'RECRUITING' # so") + '  retrieved: "2026"\n',
        BLOCK.replace("RECRUITING", "'TERMINATED' # so") + f'  retrieved: "2026-11-21"\n  changes:\n  - {HISTORY}\n',
    ),
    "an order of its own, comments and empty lines": (
        "trials:\n# first\n- status: RECRUITING # s\n\n  # number\n  registrations:\n  - NCT04436250 # n\n\n  id: a\n  title: >-\n    A long\n    title\n\n# end\n",
        f"trials:\n# first\n- status: TERMINATED # s\n  retrieved: 2026-11-21\n\n  # number\n  registrations:\n  - NCT04436250 # n\n\n  id: a\n  title: >-\n    A long\n    title\n  changes:\n  - {HISTORY}\n\n# end\n",
    ),
    "a history": (
        BLOCK + "  retrieved: 2026-01-01\n  changes:\n    - {field: start, after: 2025-01, read: 2026-01-01} # c\n    # more\n  note: N\n",
        BLOCK.replace("RECRUITING", "TERMINATED")
        + f"  retrieved: 2026-11-21\n  changes:\n    - {{field: start, after: 2025-01, read: 2026-01-01}} # c\n    - {HISTORY}\n    # more\n  note: N\n",
    ),
    "a history in a line": (
        BLOCK + "  retrieved: 2026-01-01\n  changes: []\n",
        BLOCK.replace("RECRUITING", "TERMINATED") + f"  retrieved: 2026-11-21\n  changes: [{HISTORY}]\n",
    ),
    "no end of the last line": (
        BLOCK.removesuffix("\n"),
        BLOCK.replace("RECRUITING", "TERMINATED") + f"  retrieved: 2026-11-21\n  changes:\n  - {HISTORY}",
    ),
    "further in": (
        BLOCK.replace("- ", "    - ").replace("  title", "      title").replace("  reg", "      reg").replace("  stat", "      stat"),
        "trials:\n    - id: a\n      title: A\n      registrations: [NCT04436250]\n      status: TERMINATED\n      retrieved: 2026-11-21\n"
        f"      changes:\n      - {HISTORY}\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MANNERS)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_only_what_has_to_is_written_anew(name: str, ends: str) -> None:
    before, wanted = MANNERS[name]
    if not before.startswith("{"):
        before, wanted = HEAD.format(id="a") + before, HEAD.format(id="a") + wanted
    file = parse_review("reviews/a.yaml", before.replace("\n", ends).encode())
    corpus = link(Parts(reviews=[file], store=STORE, sizes={}), settings=Settings(), as_of=date(2026, 11, 21))[0]
    assert edited(file.source, planned(corpus, [ENDED], READ).change.edits) == wanted.replace("\n", ends)


NESTED: dict[str, tuple[str, dict[str, Any], str]] = {
    "none": ("", {"planned": 30, "actual": 4}, "  enrolment: {planned: 30, actual: 4}\n"),
    "one line": (
        "  enrolment: {planned: 20} # n\n",
        {"planned": 30, "actual": 4},
        "  enrolment: {planned: 30, actual: 4} # n\n",
    ),
    "a block": (
        "  enrolment:\n    planned: 20 # n\n    note: N\n",
        {"actual": 4},
        "  enrolment:\n    planned: 20 # n\n    actual: 4\n    note: N\n",
    ),
    "a note alone": ("  enrolment: {note: N}\n", {"planned": 3}, "  enrolment: {note: N, planned: 3}\n"),
    "a long line": (
        "  enrolment: {planned: 20, note: 'N" + " n" * 45 + "'}\n",
        {"actual": 4},
        "  enrolment: {planned: 20, actual: 4,\n    note: 'N" + " n" * 45 + "'}\n",
    ),
    "a long line to its end": (
        "  enrolment: {note: 'N" + " n" * 50 + "'}\n",
        {"actual": 4},
        "  enrolment: {note: 'N" + " n" * 50 + "',\n    actual: 4}\n",
    ),
}


@pytest.mark.parametrize("name", NESTED)
def test_enrolment(name: str) -> None:
    before, values, wanted = NESTED[name]
    found = after(BLOCK + "  retrieved: 2026-11-21\n" + before, told(**values))
    assert wanted in found
    assert [row for row in found.splitlines() if "changes" in row or "field:" in row] == [
        *(["  changes:"] if "20" in before or "actual" in values else []),
        *(
            ['  - {field: enrolment.planned, before: "20", after: "30", read: 2026-11-21}']
            if values.get("planned") == 30 and before
            else []
        ),
        *(['  - {field: enrolment.actual, after: "4", read: 2026-11-21}'] if "actual" in values else []),
    ]


def test_a_block_within_a_block_at_the_end() -> None:
    text = BLOCK + "  retrieved: 2026-11-21\n  enrolment:\n    planned: 20\n"
    added = '    actual: 4\n  changes:\n  - {field: enrolment.actual, after: "4", read: 2026-11-21}\n'
    assert after(text, told(actual=4)) == text + added


LONG = "The sponsor stopped it because recruitment was slow, and because the drug could not be had for a long while any more"


@pytest.mark.parametrize(
    ("reason", "written"),
    [
        ("Funding withdrawn", "  why_stopped: Funding withdrawn\n"),
        ("Funding: withdrawn", '  why_stopped: "Funding: withdrawn"\n'),
        ("no", '  why_stopped: "no"\n'),
        ("# 4", '  why_stopped: "# 4"\n'),
        ("2026", '  why_stopped: "2026"\n'),
        ('a "quote"\u202e', '  why_stopped: "a \\"quote\\"\\u202e"\n'),
        ("\U0001f600", "  why_stopped: \U0001f600\n"),
        (LONG, f"  why_stopped: >-\n    {LONG[:107]}"),
    ],
)
def test_texts_are_texts(reason: str, written: str) -> None:
    found = after(BLOCK, told(why_stopped=reason))
    assert written in found
    (trial,) = corpus_of(a=found).reviews[0].trials
    assert trial.why_stopped == reason


def test_a_text_replaced_keeps_its_quotes_and_is_kept_in_the_history() -> None:
    text = BLOCK + "  retrieved: 2026-01-01\n  why_stopped: 'It''s slow'\n"
    found = after(text, told(why_stopped="Wasn't funded"))
    assert "  why_stopped: 'Wasn''t funded'\n" in found
    assert "- {field: why_stopped, before: It's slow, after: Wasn't funded, read: 2026-11-21}" in found
    assert '  why_stopped: "Wasn\'t\\u202e"\n' in after(text, told(why_stopped="Wasn't\u202e"))
    folded = BLOCK + "  why_stopped: >-\n    It is\n    slow\n  note: N\n"
    assert "  why_stopped: Not funded\n  changes:\n" in after(folded, told(why_stopped="Not funded"))
    double = BLOCK + '  why_stopped: "slow"\n'
    assert '  why_stopped: "Not funded"\n' in after(double, told(why_stopped="Not funded"))
    assert after(text, told(why_stopped="It's slow."), retrieved=PartialDate(2026, 1, 1)) == text


def test_a_long_item_of_the_history_is_a_block() -> None:
    text = BLOCK + "  retrieved: 2026-01-01\n"
    found = after(text, told(why_stopped=LONG))
    assert f"  changes:\n  - field: why_stopped\n    after: >-\n      {LONG[:110]}" in found
    again = after(found, told(why_stopped="Slow"), retrieved=PartialDate(2026, 12, 1))
    assert "  - field: why_stopped\n    before: >-\n" in again


ALIASES = [
    BLOCK.replace("RECRUITING", "&s RECRUITING"),
    BLOCK.replace("title: A", "title: &t RECRUITING").replace("status: RECRUITING", "status: *t"),
    BLOCK.replace("status: RECRUITING", "status: !!str RECRUITING"),
    BLOCK + "  retrieved: &r 2026\n",
    "question: {text: &q X}\n" + BLOCK + "  changes:\n  - field: start\n    after: *q\n    read: 2026\n",
    BLOCK.replace("- id: a", "- ? id\n  : a"),
]


@pytest.mark.parametrize("text", ALIASES[:4])
def test_what_others_share_is_not_edited(text: str) -> None:
    with pytest.raises(ChangeError, match=r"reviews/a.yaml:\d+: `\w+` is written in a way that is not edited here"):
        plan_of(text, ENDED)


@pytest.mark.parametrize("text", ALIASES[4:])
def test_odd_ways_of_writing_are_edited_or_refused(text: str) -> None:
    found = after(text, ENDED)
    (trial,) = corpus_of(a=found).reviews[0].trials
    assert trial.status is TrialStatus.TERMINATED


def test_a_record_that_stands_elsewhere_is_refused() -> None:
    text = "odd: &t {id: a, title: A, registrations: [NCT04436250], status: RECRUITING}\ntrials: [*t]\n"
    file = parse_review("reviews/a.yaml", (HEAD.format(id="a") + text).encode())
    corpus = link(Parts(reviews=[file], store=STORE, sizes={}), settings=Settings(), as_of=date(2026, 11, 21))[0]
    with pytest.raises(ChangeError, match=r"reviews/a\.yaml is written in a way that is not edited here"):
        planned(corpus, [ENDED], READ)


def test_anchors_do_no_harm_and_aliases_are_refused() -> None:
    text = "sources:\n- {id: s, title: S}\ntrials:\n- &t {id: a, title: A, registrations: [NCT04436250], status: RECRUITING}\n"
    assert "TERMINATED" in after(text, ENDED)
    shared = (
        BLOCK.replace("registrations: [NCT04436250]", "registrations: &n [NCT04436250]")
        + "studies:\n- {id: s, design: cohort, state: read, registrations: *n}\n"
    )
    assert "TERMINATED" in after(shared, ENDED)
    added = shared.replace("NCT04436250", "2020-000561-27")
    with pytest.raises(ChangeError, match="not edited here"):
        plan_of(added, told(status=TrialStatus.TERMINATED, others=("2020-000561-27",)))


def history(text: str, *trials: RegisteredTrial, retrieved: PartialDate = READ) -> list[tuple[str, str, str]]:
    (trial,) = corpus_of(a=after(text, *trials, retrieved=retrieved)).reviews[0].trials
    return [(change.field, change.before, change.after) for change in trial.changes]


OPEN = BLOCK + "  retrieved: 2026-01-01\n"


def test_dates_are_taken_over_if_they_say_more() -> None:
    text = OPEN + "  start: 2020\n  primary_completion: 2021-03\n  completion: 2021-05-01\n"
    news = told(start=on("2020-10"), primary_completion=on("2021"), completion=on("2021-05"))
    found = after(text, news)
    assert "  start: 2020-10\n" in found
    assert "  primary_completion: 2021-03\n" in found
    assert "  completion: 2021-05-01\n" in found
    assert history(text, news) == []


def test_what_is_told_otherwise_is_kept() -> None:
    text = OPEN + "  start: 2020-10-10\n  expected_completion: 2026-10-01\n  last_update: 2026-01-01\n"
    news = told(
        status=TrialStatus.UNKNOWN,
        last_known_status=TrialStatus.RECRUITING,
        start=on("2021"),
        expected_completion=on("2027"),
        results_posted=on("2026-10-01"),
        last_update=on("2026-11-01"),
        delayed_posting=True,
    )
    assert history(text, news) == [
        ("status", "RECRUITING", "UNKNOWN"),
        ("start", "2020-10-10", "2021"),
        ("expected_completion", "2026-10-01", "2027"),
        ("results_posted", "", "2026-10-01"),
        ("delayed_posting", "", "true"),
    ]
    (trial,) = corpus_of(a=after(text, news)).reviews[0].trials
    assert trial.last_known_status is TrialStatus.RECRUITING
    assert (trial.last_update, trial.retrieved, trial.delayed_posting) == (on("2026-11-01"), READ, True)


def test_what_a_review_never_read_is_filled_and_no_news() -> None:
    news = told(start=on("2020"), completion=on("2021"), why_stopped="Slow", actual=3)
    assert history(BLOCK, news) == []
    assert [one[0] for one in history(OPEN, news)] == ["completion", "why_stopped", "enrolment.actual"]


def test_nothing_new_changes_the_day_of_reading_alone() -> None:
    text = OPEN + "  start: 2020-10-10\n"
    assert after(text, told(status=TrialStatus.RECRUITING, start=on("2020-10"))) == text.replace(
        "2026-01-01", "2026-11-21"
    )
    same = text.replace("2026-01-01", "2026-11-21")
    assert after(same, told(status=TrialStatus.RECRUITING)) == same
    assert not plan_of(same, told()).change.edits


def left(text: str, *trials: RegisteredTrial) -> list[tuple[str, str, str]]:
    return [(one.field, one.one, one.other) for found in plan_of(text, *trials).told for one in found.left]


def test_what_the_review_words_in_its_own_way_is_compared() -> None:
    own = "  phase: Phase II\n  conditions: [fibromyalgia, pain]\n  ages: 18 to 65 years\n  sponsor: The Hospital\n"
    text = BLOCK.replace("title: A", "title: Ketamine for fatigue (KETFAT)") + own
    same = told(
        titles=("KETAMINE for fatigue", "An official title"), phase="2", conditions=("Fibromyalgia",),
        ages="18 to 65 years", sponsor="Hospital",
    )  # fmt: skip
    assert left(text, same) == []
    other = told(
        titles=("Esketamine",), phase="2/3", conditions=("Fatigue",), ages="18 years and older", sponsor="Clinic"
    )
    assert left(text, other) == [
        ("title", "Ketamine for fatigue (KETFAT)", "Esketamine"),
        ("phase", "Phase II", "2/3"),
        ("ages", "18 to 65 years", "18 years and older"),
        ("sponsor", "The Hospital", "Clinic"),
        ("conditions", "fibromyalgia, pain", "Fatigue"),
    ]
    assert "Esketamine" not in after(text, other)


@pytest.mark.parametrize(
    ("mine", "theirs", "alike"),
    [
        ("2", "2", True),
        ("Phase 1/2", "1/2", True),
        ("Phase I and II", "1/2", True),
        ("Early Phase 1", "Early Phase 1", True),
        ("1", "Early Phase 1", False),
        ("N/A", "N/A", True),
        ("not applicable", "N/A", True),
        ("3", "2", False),
    ],
)
def test_phases_are_compared_by_what_they_mean(mine: str, theirs: str, alike: bool) -> None:
    assert (left(BLOCK + f"  phase: '{mine}'\n", told(phase=theirs)) == []) is alike


def test_what_is_told_no_more_is_left_to_a_person() -> None:
    text = OPEN + "  completion: 2021\n  results_posted: 2022\n  why_stopped: Slow\n  last_known_status: RECRUITING\n"
    news = told(
        status=TrialStatus.COMPLETED,
        expected_completion=on("2027"),
        has_results=False,
        others=("2020-000561-27", "2022-501549-57-00"),
    )
    assert left(text, news) == [
        ("registrations", "NCT04436250", "also 2020-000561-27, 2022-501549-57-00"),
        ("completion", "2021", "expected 2027"),
        ("results_posted", "2022", "none posted"),
        ("why_stopped", "Slow", "the trial is COMPLETED"),
        ("last_known_status", "RECRUITING", "the trial is COMPLETED"),
    ]
    assert left(OPEN, told(has_results=True)) == [
        ("results_posted", "", "posted, on a day that the file does not tell")
    ]
    assert left(OPEN, told(has_results=True, results_posted=on("2026"))) == []
    assert left(text, told(number=NUMBER)) == []


def test_descriptions_are_filled_if_that_is_asked_for() -> None:
    news = told(phase="2", conditions=("Fatigue", "ME, or CFS"), ages="18 to 65 years", sponsor="A: B")
    (one,) = plan_of(BLOCK, news).told
    assert one.missing == ("phase", "conditions", "ages", "sponsor")
    found = after(BLOCK, news, fill=True)
    added = '  phase: "2"\n  conditions: [Fatigue, "ME, or CFS"]\n  ages: 18 to 65 years\n  sponsor: "A: B"\n'
    assert f"  status: RECRUITING\n{added}  retrieved: 2026-11-21\n" in found
    assert plan_of(found, news, fill=True).told[0].updates == ()
    assert plan_of(BLOCK + "  phase: '1'\n", news).told[0].missing == ("conditions", "ages", "sponsor")


@pytest.mark.parametrize(
    ("text", "news", "retrieved", "reason"),
    [
        (OPEN, told(), "2025-12-31", "the registry was read later, 2026-01-01"),
        (OPEN, told(), "2026-01-01", ""),
        (BLOCK + "  retrieved: 2026\n", told(), "2026-01-01", ""),
        (
            OPEN + "  last_update: 2025-12-01\n",
            told(last_update=on("2025-11-30")),
            "2026-11-21",
            "the file knows the update of 2025-11-30, the review that of 2025-12-01",
        ),
        (OPEN + "  last_update: 2025-12-01\n", told(last_update=on("2025-12-01")), "2026-11-21", ""),
        (
            OPEN,
            told(data_of=on("2025-12-24")),
            "2026-11-21",
            "the data of the file is of 2025-12-24, and the registry was read 2026-01-01",
        ),
        (OPEN, told(data_of=on("2025-12-25")), "2026-11-21", ""),
    ],
)
def test_an_older_file_changes_nothing(text: str, news: RegisteredTrial, retrieved: str, reason: str) -> None:
    plan = plan_of(text, news, retrieved=on(retrieved) or READ)
    assert plan.told[0].refused == reason
    assert bool(plan.change.edits) == (
        reason == "" and on(retrieved) != corpus_of(a=text).reviews[0].trials[0].retrieved
    )


@pytest.mark.parametrize(
    ("day", "is_so"),
    [("2026-11-14", False), ("2026-11-13", True), ("2026-11-22", True), ("2026-11", False), (None, False)],
)
def test_data_of_another_day_is_told(day: str | None, is_so: bool) -> None:
    assert bool(plan_of(OPEN, told(data_of=on(day) if day else None)).misdated) is is_so


def test_trials_are_known_by_any_of_their_numbers() -> None:
    second = BLOCK.replace(NUMBER, "EUCTR2020-000561-27-DE")
    found = after(second, told(status=TrialStatus.TERMINATED, others=("2020-000561-27",)))
    assert "  registrations: [EUCTR2020-000561-27-DE, NCT04436250]\n" in found
    listed = second.replace("[EUCTR2020-000561-27-DE]", "\n  - EUCTR2020-000561-27-DE # n")
    assert "  - EUCTR2020-000561-27-DE # n\n  - NCT04436250\n" in after(listed, told(others=("2020-000561-27",)))
    assert "retrieved" in after(BLOCK.replace(NUMBER, "nct 04436250"), told())
    assert "retrieved" in after(BLOCK.replace(NUMBER, "NCT00000009"), told(aliases=("NCT00000009",)))


def doubts(text: str, *trials: RegisteredTrial) -> list[str]:
    plan = plan_of(text, *trials)
    assert not plan.change.edits
    assert not plan.unknown or not plan.doubts
    return [doubt for _, doubt in plan.doubts]


def test_a_number_that_several_trials_share_decides_nothing() -> None:
    parent = BLOCK.replace(NUMBER, "NCT00000001, 2020-000561-27")
    assert doubts(parent, told(others=("2020-000561-27",))) == ["`a` shares a number with it, and has NCT00000001"]
    shared = BLOCK.replace(NUMBER, "2020-000561-27")
    several = [told(number=f"NCT0000000{index}", others=("2020-000561-27",)) for index in (1, 2)]
    assert doubts(shared, *several) == ["`a` shares a number with it, and with another trial of these files"] * 2
    twice = BLOCK + BLOCK.removeprefix("trials:\n").replace("id: a", "id: b")
    assert doubts(twice, ENDED) == ["`a` records it 2 times (KR607)"]


def test_every_review_that_has_the_trial_is_told() -> None:
    plan = planned(corpus_of(a=BLOCK, b=BLOCK.replace("id: a", "id: x"), c="summary: S\n"), [ENDED], READ)
    assert [(one.review, one.trial.id) for one in plan.told] == [("a", "a"), ("b", "x")]
    assert list(plan.change.by_path) == ["reviews/a.yaml", "reviews/b.yaml"]
    assert plan.change.places == 4


def test_of_several_files_the_newest_counts() -> None:
    old = told(status=TrialStatus.RECRUITING, last_update=on("2026-01-01"))
    new = told(status=TrialStatus.TERMINATED, last_update=on("2026-02-01"))
    for files in ((old, new), (new, old)):
        assert "status: TERMINATED" in after(BLOCK, *files)
    assert "status: TERMINATED" in after(BLOCK, told(status=TrialStatus.COMPLETED), ENDED)


def test_what_no_review_has_is_a_record_to_paste() -> None:
    news = told(
        number="NCT00000001", others=("2022-501549-57-00",), titles=("Ketamine: a trial", "x"), status=TrialStatus.UNKNOWN,
        last_known_status=TrialStatus.RECRUITING, phase="2", conditions=("ME/CFS",), ages="18 years and older",
        sponsor="A, B", start=on("2020"), primary_completion=on("2021-02"), expected_completion=on("2021-03"),
        completion=on("2021-04-01"), last_update=on("2026-01-01"), results_posted=on("2026"), delayed_posting=True,
        why_stopped=LONG, planned=0, actual=3,
    )  # fmt: skip
    ((_, text),) = plan_of(BLOCK, news).unknown
    found = corpus_of(a=BLOCK + text).reviews[0].trials[1]
    assert (found.id, found.title, found.status) == ("nct00000001", "Ketamine: a trial", TrialStatus.UNKNOWN)
    assert found.enrolment is not None
    assert (found.enrolment.planned, found.enrolment.actual) == (0, 3)
    assert (found.why_stopped, found.delayed_posting, found.retrieved) == (LONG, True, READ)
    plan = plan_of(BLOCK + text, news)
    assert plan.unknown == ()
    assert [one.updates for one in plan.told] == [()]
    assert plan.told[0].left == ()


def test_a_stub_of_a_bare_number_says_what_it_lacks() -> None:
    assert stub(told(), READ) == (
        "- id: nct04436250\n  # status: (the file does not tell it)\n  title: NCT04436250\n"
        "  registrations: [NCT04436250]\n  retrieved: 2026-11-21\n"
    )


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=150).map(
    lambda text: " ".join(text.split())
)
DATES = st.none() | st.builds(PartialDate, st.integers(1990, 2050), st.integers(0, 12))
COUNTS = st.none() | st.integers(0, 5)
STATUSES = st.none() | st.sampled_from(TrialStatus)
NEWS = st.builds(
    told, status=STATUSES, last_known_status=STATUSES, why_stopped=TEXTS | st.just(""), start=DATES,
    primary_completion=DATES, expected_completion=DATES, completion=DATES, last_update=DATES, results_posted=DATES,
    delayed_posting=st.booleans(), planned=COUNTS, actual=COUNTS, phase=TEXTS, conditions=st.tuples(TEXTS), sponsor=TEXTS,
)  # fmt: skip
WRITTEN = st.sampled_from([before for before, _ in MANNERS.values() if not before.startswith("{")])
MORE = st.sampled_from(
    ["", "  start: 2020\n", "  enrolment:\n    actual: 3\n", "  changes: []\n", "  results: R # r\n"]
)


@given(WRITTEN, MORE, NEWS, st.booleans())
@settings(max_examples=200)
def test_writing_twice_is_writing_once_and_nothing_else_changes(
    text: str, more: str, news: RegisteredTrial, fill: bool
) -> None:
    if text == BLOCK:
        text += more
    found = after(text, news, fill=fill)
    assert after(found, news, fill=fill) == found
    (before,), (changed,) = corpus_of(a=text).reviews[0].trials, corpus_of(a=found).reviews[0].trials
    _require_told(before, changed, news, fill=fill)
    removed = [row for row in text.splitlines() if row not in found.splitlines()]
    touched = ("status", "retrieved", "start", "enrolment", "actual", "changes", "- {id", "why_stopped")
    assert all(any(name in row for name in touched) for row in removed)


def _require_told(before: Trial, trial: Trial, news: RegisteredTrial, *, fill: bool) -> None:
    assert trial.status is (news.status or before.status)
    assert (trial.id, trial.title, trial.results, trial.note) == (before.id, before.title, before.results, before.note)
    assert trial.retrieved == READ
    assert len(trial.changes) >= len(before.changes)
    assert {change.read for change in trial.changes[len(before.changes) :]} <= {READ}
    for name in ("planned", "actual"):
        if getattr(news, name) is not None:
            assert getattr(trial.enrolment, name) == getattr(news, name)
    if fill and news.sponsor:
        assert trial.sponsor == news.sponsor
