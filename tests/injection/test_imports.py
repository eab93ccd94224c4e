"""Every value in every field of files of other programs: what is told of them, and what they become in the project."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from ketreview.parsing.bibtex import parse_bib
from tests.injection.matrix import marks
from tests.injection.parts import PARTS, people, signs
from tests.injection.projects import NUL, Marks, Putting, braced
from tests.injection.running import TERMINAL, Runner
from tests.injection.values import VALUES
from tests.parsing.exchange.test_formats import CSL, NBIB, RIS, XML
from tests.projects import GOOD, HEAD, write
from tests.registry import STUDY

Note = Callable[[str, object], None]
DIFF = {"--- ", "+++ ", "+", "-", " "}
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd]")
_KEPT = {"type", "id", "nctId", "status", "overallStatus", "date", "class", "versionHolder", "studyType"}


def _puts() -> list[Putting]:
    marks_ = Marks(twin=False)
    return [marks_.of(number, value.text) for number, value in enumerate(VALUES)]


def _tagged(text: str, tag: re.Pattern[str], kept: str) -> str:
    """A record for each value, which stands behind every tag but those that say what is read."""

    def record(put: Putting) -> str:
        rows = [found for row in text.split("\n") if (found := tag.match(row))]
        return "\n".join(
            row.string if re.match(kept, row.string) else row.group() + put(f"tag {row.group().strip()}", NUL)
            for row in rows
        )

    return "\n\n".join(map(record, _puts())) + "\n"


def ris() -> str:
    first = RIS.decode("utf-8-sig").replace("\r", "").partition("TY  - CHAP")[0]
    return _tagged(first, re.compile(r"[A-Z][A-Z0-9]  - "), "TY|ER|PY")


def nbib() -> str:
    first = NBIB.decode().strip().partition("\n\n")[0]
    records = _tagged(first, re.compile(r"[A-Z]+ *- "), "PMID|DP|PT")
    return re.sub(r"^PMID- \d+", lambda found: f"PMID- {30_000_000 + found.start()}", records, flags=re.MULTILINE)


def csl() -> str:
    return json.dumps([_each(CSL[0], put) for put in _puts()])


def xml() -> str:
    body = XML[XML.index("<record>") : XML.index("</record>") + len("</record>")]

    def record(put: Putting) -> str:
        text = escape(_NOT_XML.sub("", put("element")))
        return re.sub(
            r">([^<>]*[a-z][^<>]*)</", lambda found: f">{text}</" if found[1] != "Journal Article" else found[0], body
        )

    return f"<xml><records>{''.join(map(record, _puts()))}</records></xml>"


def bib() -> str:
    fields = ("author", "title", "journal", "doi", "pmid", "url", "note", "abstract")
    told = {put.number: "".join(f"{name} = {braced(put(name, NUL))}, " for name in fields) for put in _puts()}
    return "".join(f"@article{{k{number}, {text}year = 2020}}\n" for number, text in told.items())


def registry() -> str:
    studies = [_each(STUDY, put) for put in _puts()]
    for number, study in enumerate(studies):
        study["protocolSection"]["identificationModule"]["nctId"] = f"NCT{number:08}"
    return json.dumps({"studies": studies})


def _each(node: Any, put: Putting, name: str = "") -> Any:
    """JSON with the value in place of each text, but for those that say what it is."""
    if isinstance(node, dict):
        return {key: _each(value, put, key) for key, value in node.items()}
    if isinstance(node, list):
        return [_each(item, put, name) for item in node]
    return put(name) if isinstance(node, str) and name not in _KEPT else node


def robvis() -> str:
    rows = [[put("study"), *(put(f"domain {number}") for number in range(5)), "Low"] for put in _puts()]
    head = ["Study", "D1", "D2", "D3", "D4", "D5", "Overall"]
    return _csv([head, *rows, ["s", "Low", "Low", "Low", "Low", "Low", "Low"]])


def prisma() -> str:
    head = ["data", "node", "box", "description", "boxtext", "tooltips", "url", "n"]
    named = [
        ["database_specific_results", *[put("cell") for _ in range(6)], f"{put('name', ',;')}, 3"]
        for put in _puts()[:1]
    ]
    return _csv([head, *named, *([put("box"), *[put("cell") for _ in range(6)], put("n")] for put in _puts())])


def _csv(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([[cell.replace(NUL, "") for cell in row] for row in rows])
    return out.getvalue()


REVIEW = HEAD.format(id="good") + "studies:\n- {id: s, reference: S, design: cohort, state: read}\n"
TRIALS = "trials:\n" + "".join(
    f"- {{id: t{number}, title: T, status: RECRUITING, registrations: [NCT{number:08}]}}\n"
    for number in range(len(VALUES) - 9)
)
FILES: dict[str, tuple[Callable[[], str], tuple[str, ...]]] = {
    "a.ris": (ris, ("refs", "add")),
    "a.nbib": (nbib, ("refs", "add")),
    "a.json": (csl, ("refs", "add")),
    "a.xml": (xml, ("refs", "add")),
    "a.bib": (bib, ("refs", "add")),
    "b.json": (registry, ("trials", "import", "--fill")),
    "rob.csv": (robvis, ("import", "--tool", "rob2")),
    "flow.csv": (prisma, ("import",)),
}


@pytest.mark.parametrize("name", FILES)
def test_what_would_be_written_and_what_is(name: str, runner: Runner, tmp_path: Path, record_property: Note) -> None:
    make, command = FILES[name]
    root = write(
        tmp_path, {**GOOD, "reviews/good.yaml": REVIEW + TRIALS, name: make().encode("utf-8", "surrogatepass")}
    )
    shown = runner.run(root, *command, name, warm=False)
    diff, _, stubs = shown.out.partition("\n# NCT")
    assert shown.code == 0, shown.talk
    assert PARTS["diff"](diff) <= DIFF
    assert signs(stubs) == frozenset()
    assert people(shown.talk) == frozenset()
    seen = runner.run(root, *command, name, warm=False, terminal=True, environment=TERMINAL)
    assert {part for part in PARTS["terminal"](seen.out) if not part.startswith("colour")} <= {
        "sign '\\t'",
        "logging command",
    }
    runner.run(root, *command, name, "--write", warm=False)
    record_property("injections", len(marks(shown.out) | marks(shown.talk)) + len(marks(seen.out)))
    _reads_well(root, runner, shown.out)


def _reads_well(root: Path, runner: Runner, diff: str) -> None:
    """What was written is read as what was meant: no value has ended where it was not to end."""
    store = parse_bib("references.bib", (root / "references.bib").read_bytes())
    assert store.diagnostics == ()
    assert store.complete
    assert store.others == ()
    assert len(store.entries) == 1 + len(re.findall(r"^\+@\w+\{", diff, re.MULTILINE))
    checked = runner.run(root, "check", "--select", "KR0", "--output-format", "json", warm=False)
    assert json.loads(checked.out)["diagnostics"] == []
