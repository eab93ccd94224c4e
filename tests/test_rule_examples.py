"""Each code's documentation shows the fault and its absence, and both are so."""

from __future__ import annotations

from pathlib import Path

import pytest

from ketreview.checking import all_rules, catalogue
from ketreview.checking.examples import Example, examples_of
from ketreview.diagnostics import Code, Severity
from tests.examples import run

EXAMPLES = [
    pytest.param(code, example, id=f"{code.id}-{'bad' if example.bad else 'good'}-{index}")
    for code in catalogue().values()
    for index, example in enumerate(examples_of(code.documentation))
]


@pytest.mark.parametrize(("code", "example"), EXAMPLES)
def test_example(code: Code, example: Example, tmp_path: Path) -> None:
    found = run(example, tmp_path)
    codes = {finding.code.id for finding in found}
    if example.bad:
        assert code.id in codes
        return
    assert code.id not in codes
    assert not [f.message for f in found if f.code.reading and f.severity is Severity.ERROR]


@pytest.mark.parametrize("code", catalogue().values(), ids=lambda code: code.id)
def test_every_code_is_documented_with_both_examples(code: Code) -> None:
    assert {example.bad for example in examples_of(code.documentation)} == {True, False}
    assert all(example.files for example in examples_of(code.documentation))
    assert code.documentation.split("\n\n")[0].endswith(".")


def test_a_rule_file_is_named_by_its_fault() -> None:
    for rule in all_rules():
        name = rule.code.name.replace("-", "_")
        assert rule.check.__name__ == name
        assert rule.check.__module__ == f"ketreview.rules.{name}"


def test_every_fence_of_a_documentation_is_read() -> None:
    for code in catalogue().values():
        blocks = sum(len(example.files) for example in examples_of(code.documentation))
        assert code.documentation.count("```") == 2 * blocks, code.id


def test_the_head_is_added_only_to_a_review_that_lacks_it() -> None:
    with_title, whole, store = examples_of(
        "Bad:\n\n```yaml reviews/a.yaml\ntitle: T\n```\n\n```yaml reviews/b.yaml\nschema_version: 1\n```\n\n"
        "```bib references.bib as-of=2020-01-01\n```\n"
    )[0].files
    assert with_title.data() == b"schema_version: 1\nid: a\nstatus: active\ntitle: T\n"
    assert whole.data() == b"schema_version: 1\n"
    assert store.data() == b""
