"""What a rule calls usual, of texts, entries or their shapes, has no finding: the rule says nothing of any of it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketreview import pipeline
from ketreview.appraisal.name_faults import may_be_faulty
from ketreview.appraisal.names import are_ordinary
from ketreview.appraisal.placeholder_names import placeholder_names
from ketreview.checking import Selection, all_rules
from ketreview.checking.examples import DEFAULT_AS_OF, examples_of
from ketreview.config import Settings
from ketreview.files import Files
from ketreview.linking import Corpus
from ketreview.model.value import Value
from ketreview.rule import Rule
from tests.projects import write
from tests.rules.test_cases import cases

ROOT = Path(__file__).parents[2]
RULES = [rule for rule in all_rules() if rule.scope.usual]
BESIDE = [rule for rule in all_rules() if rule.scope.usual_beside]
OF_ENTRIES = [rule for rule in all_rules() if rule.scope.usual_shape or rule.scope.usual_entry]


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> list[Corpus]:
    """The shipped project, and one of every case and example that there is, under names that do not meet."""
    folder = tmp_path_factory.mktemp("all")
    projects = [case.values[0].contents for case in cases()]
    projects += [
        {file.path: file.data() for file in e.files} for r in all_rules() for e in examples_of(r.code.documentation)
    ]
    for number, contents in enumerate(projects):
        kept = {name: data for name, data in contents.items() if name.endswith((".bib", ".yaml"))}
        write(folder, {f"{number}/{name}": data for name, data in kept.items()})
    everything = Settings(reviews=("*/reviews/*.yaml",), bibliography=("*/*.bib",))
    return [
        pipeline.read(Files(root, ()), settings, DEFAULT_AS_OF).corpus
        for root, settings in ((ROOT, Settings()), (folder, everything))
    ]


def _values(corpora: list[Corpus], name: str) -> list[tuple[Value, Corpus]]:
    return [(value, corpus) for corpus in corpora for value in corpus.values.of(name)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code.name)
def test_a_usual_text_has_no_finding(rule: Rule[Any], corpora: list[Corpus]) -> None:
    assert rule.scope.usual is not None
    seen: Counter[bool] = Counter()
    for name in rule.scope.fields:
        for value, corpus in _values(corpora, name):
            problems = list(rule.check(value, corpus))
            answers = [bool(ask(value.text)) for ask in rule.scope.usual(corpus).get(name, ())]
            assert not (any(answers) and problems), problems
            if answers:
                seen[any(answers)] += 1
    assert seen[True] > seen[False] / 3
    assert seen[False]


@pytest.mark.parametrize("rule", BESIDE, ids=lambda rule: rule.code.name)
def test_a_text_that_is_usual_beside_its_entry_has_no_finding(rule: Rule[Any], corpora: list[Corpus]) -> None:
    seen: Counter[bool] = Counter()
    for name, is_usual in rule.scope.usual_beside.items():
        for value, corpus in _values(corpora, name):
            if value.entry is not None:
                answer = bool(is_usual(value.text, value.entry))
                assert not (answer and list(rule.check(value, corpus))), value
                seen[answer] += 1
    assert seen[True] > seen[False] / 3
    assert seen[False]


@pytest.mark.parametrize("rule", OF_ENTRIES, ids=lambda rule: rule.code.name)
def test_a_usual_entry_has_no_finding(rule: Rule[Any], corpora: list[Corpus]) -> None:
    seen: Counter[bool] = Counter()
    for corpus in corpora:
        asked = set(map(id, rule.scope.records(corpus)))
        for entry in corpus.entries:
            assert id(entry) in asked or not list(rule.check(entry, corpus)), entry
            seen[id(entry) in asked] += 1
    assert seen[False] > seen[True] / 3
    assert seen[True]


_INITIALS = st.lists(st.sampled_from("AJBW"), min_size=1, max_size=3).map(
    lambda all_: " ".join(f"{one}." for one in all_)
)
_FAMILIES = (
    "Smith", "Johnson", "Williams", "Brown", "Doe", "Author", "Name", "Surname", "Researcher", "Unknown", "Placeholder",
    "Group", "Inc", "Dr", "Prof", "Jr", "Zhang", "Wang", "Mustermann", "Public", "Bloggs", "Klein", "Firstname",
)  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(_FAMILIES), _INITIALS), min_size=1, max_size=5))
def test_ordinary_names_are_sound_and_somebody(names: list[tuple[str, str]]) -> None:
    text = " and ".join(f"{family}, {given_}" for family, given_ in names)
    if are_ordinary(text):
        assert not may_be_faulty(text)
        assert placeholder_names(text) is None


def test_most_names_are_ordinary() -> None:
    assert are_ordinary("Klein, A. B. and Gross, J. and Brown, C.")
    assert not any(
        map(are_ordinary, ["Smith, A. and Johnson, B. and Williams, C.", "Author, B.", "Lastname, F.", "Klein"])
    )


def test_no_place_is_sought_in_a_sound_store(tmp_path: Path) -> None:
    """It takes as long as reading the store once more."""
    files = {"references.bib": "".join(_SOUND.format(number) for number in range(1, 21))}
    project = pipeline.read(Files(write(tmp_path, files), ()), Settings(), DEFAULT_AS_OF)
    assert pipeline.check(project, Selection.of(Settings(), ("ALL",))) == ()
    assert [entry.key for entry in project.corpus.entries if "fields" in vars(entry)] == []


_SOUND = """\
@article{{klein2020-{0}, author = {{Klein, Anna and Gross, B.}}, title = {{What {{BDNF}} does, part {0} of several}},
  journal = {{J}}, year = 2020, month = jan, volume = 3, pages = {{12--15}}, doi = {{10.1000/182.{0}}}, pmid = {0},
  url = {{https://example.org/{0}}}, urldate = {{2020-05-03}}, note = {{Read twice}}}}
"""
