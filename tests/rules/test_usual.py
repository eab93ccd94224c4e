"""What a rule over values calls usual has no finding: the rule says the same of all texts with and without it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ketreview import pipeline
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
    return [(value, corpus) for corpus in corpora for value in corpus.values.of(name, lambda _text: False)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code.name)
def test_a_usual_text_has_no_finding(rule: Rule[Any], corpora: list[Corpus]) -> None:
    seen: Counter[bool] = Counter()
    for name, is_usual in rule.scope.usual.items():
        for value, corpus in _values(corpora, name):
            problems = list(rule.check(value, corpus))
            assert not (is_usual(value.text) and problems), problems
            seen[bool(is_usual(value.text))] += 1
    assert seen[True] > seen[False] / 3
    assert seen[False]


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
