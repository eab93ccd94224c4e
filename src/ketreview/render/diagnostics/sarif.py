"""Findings as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).

Two points where what readers do decides, not only what the standard has:

- GitHub compares alerts by `primaryLocationLineHash` alone, which its upload action works out itself and warns of where
  it finds another: so the fingerprint stands under a name of our own.
- The standard wants `{` and `}` doubled in messages (3.11.5); readers show them as they are. What they take for a
  placeholder (`{0}`) or a link (`[text](target)`) is kept from being one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from ketreview.checking import catalogue
from ketreview.diagnostics import Code, Diagnostic, Fix, Related, Severity
from ketreview.edits import Edit
from ketreview.patterns import regex
from ketreview.render import rule_page
from ketreview.render.clean import clean
from ketreview.render.data import as_data, as_json
from ketreview.render.diagnostics import Run, numbered
from ketreview.source import Span

FINGERPRINT = "ketreview/v1"
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_HOME = "https://github.com/ketreview/ketreview"
_ROOT = "%SRCROOT%"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PLACEHOLDER = regex(r"\{(\d+)\}")
_LONGEST = 1_000
"""Characters of a description; GitHub cuts at 1,024."""


def render(findings: Sequence[Diagnostic], run: Run) -> str:
    """A log of one run."""
    codes = _codes(findings)
    counts = {name: number for name, number in as_data(run.summary).items() if number is not None}
    index = {code: number for number, code in enumerate(codes)}
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(codes.values())},
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
                "invocations": [{"executionSuccessful": True}],
                "results": [_result(*item, index, run.folder) for item in numbered(findings)],
                "properties": {"as_of": run.as_of.isoformat(), "summary": counts},
            }
        ],
    }
    return as_json(log)


def _codes(findings: Iterable[Diagnostic]) -> Mapping[str, Code]:
    """The whole catalogue, so that it is the same in every run, and behind it what else findings have."""
    return dict(catalogue()) | {
        finding.code.id: finding.code for finding in findings if finding.code.id not in catalogue()
    }


def _driver(codes: Iterable[Code]) -> dict[str, Any]:
    release = version("ketreview")
    return {
        "name": "ketreview",
        "version": release,
        "semanticVersion": release,
        "informationUri": _HOME,
        "rules": [_rule(code) for code in codes],
    }


def _rule(code: Code) -> dict[str, Any]:
    text = code.documentation or code.name
    return {
        "id": code.id,
        "name": code.name,
        "shortDescription": {"text": _short(rule_page.fault(code) or code.name)},
        "fullDescription": {"text": _short(rule_page.explanation(code) or code.name)},
        "help": {"text": text, "markdown": rule_page.markdown(code) or text},
        "helpUri": code.page,
        "defaultConfiguration": {"level": _LEVELS[code.severity], "enabled": code.default},
    }


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rsplit(" ", 1)[0] + "…"


def _result(finding: Diagnostic, known_by: str, number: int, index: Mapping[str, int], folder: str) -> dict[str, Any]:
    subject = {name: value for name, value in as_data(finding.subject).items() if value}
    optional = {
        "relatedLocations": [_related(*item, folder) for item in enumerate(finding.related, 1)],
        "fixes": list(_fixes(finding.fix, folder)),
        "properties": subject,
    }
    return {
        "ruleId": finding.code.id,
        "ruleIndex": index[finding.code.id],
        "level": _LEVELS[finding.severity],
        "message": _message(finding.message),
        "locations": [{"physicalLocation": _place(finding.span, folder)}],
        "partialFingerprints": {FINGERPRINT: f"{known_by}:{number}"},
        **{name: value for name, value in optional.items() if value},
    }


def _message(text: str) -> dict[str, str]:
    return {"text": _PLACEHOLDER.sub(r"{{\1}}", clean(text)).replace("](", "] (")}


def _related(number: int, related: Related, folder: str) -> dict[str, Any]:
    return {
        "id": number,
        "physicalLocation": _place(related.span, folder),
        "message": _message(related.message),
    }


def _fixes(fix: Fix | None, folder: str) -> Iterator[dict[str, Any]]:
    """The fix, if it changes anything: its edits by file."""
    if fix is None or not fix.edits:
        return
    by_path: dict[str, list[Edit]] = {}
    for edit in fix.edits:
        by_path.setdefault(edit.span.path, []).append(edit)
    yield {
        "description": _message(fix.title),
        "artifactChanges": [
            {"artifactLocation": _file(path, folder), "replacements": [_replacement(edit) for edit in edits]}
            for path, edits in by_path.items()
        ],
        "properties": {"safe": fix.safe},
    }


def _replacement(edit: Edit) -> dict[str, Any]:
    return {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}}


def _place(span: Span, folder: str) -> dict[str, Any]:
    return {"artifactLocation": _file(span.path, folder), "region": _region(span)}


def _file(path: str, folder: str) -> dict[str, str]:
    """Where a file is, percent-encoded. Bytes of its name that are no UTF-8 are those bytes again."""
    try:
        name = (folder + path).encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        name = (folder + path).encode("utf-8", "replace")
    return {"uri": quote(name, safe="/"), "uriBaseId": _ROOT}


def _region(span: Span) -> dict[str, int]:
    begin, end = span.begin, span.finish
    return {"startLine": begin.line, "startColumn": begin.column, "endLine": end.line, "endColumn": end.column}
