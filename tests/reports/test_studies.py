"""The studies as CSV: one row each, the header also without one, and no cell that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from tests.projects import AS_OF, HEAD, run, write

STUDIES = """\
studies:
- {id: s1, title: "=HYPERLINK(1)", cites: [good2020, Nobody1999], design: cohort, state: extracted, date: 2020-02,
   registrations: [NCT04436250, ISRCTN00000001], directness: direct, species: human, participants: 12,
   population: adults, interventions: [a, b], results: [{outcome: o, finding: "none"}, {outcome: o, finding: "some"}],
   added: 2026-01-29, risk_of_bias: [{tool: rob2}, {tool: rob2, result: o}, {tool: jbi}]}
- {id: s2, cites: [good2020], design: cohort, state: read, directness: indirect, indirect_because: "+1\\n@x"}
- {id: s3, reference: "-Walitt et al.", design: meta_analysis, included_studies: 4, state: found}
"""
STORE = "@misc{good2020, title = {{G}ood \\& better}, year = 2020, doi = {doi:10.1000/182}, pmid = 123}\n"


def rows(root: Path, review: str) -> list[dict[str, str]]:
    done = run(root, "export", review, *AS_OF, "--to", "studies-csv")
    assert (done.code, done.talk) == (0, "")
    return list(csv.DictReader(io.StringIO(done.out)))


def test_a_study_is_a_row(tmp_path: Path) -> None:
    write(tmp_path, {"reviews/good.yaml": HEAD.format(id="good") + STUDIES, "references.bib": STORE})
    first, second, third = rows(tmp_path, "good")
    assert {name: cell for name, cell in first.items() if cell} == {
        "review": "good",
        "id": "s1",
        "title": "'=HYPERLINK(1)",
        "keys": "good2020; Nobody1999",
        "dois": "10.1000/182",
        "pmids": "123",
        "registrations": "NCT04436250; ISRCTN00000001",
        "design": "cohort",
        "date": "2020-02",
        "population": "adults",
        "interventions": "a; b",
        "species": "human",
        "participants": "12",
        "directness": "direct",
        "results": "2",
        "risk_of_bias": "rob2; jbi",
        "state": "extracted",
        "added": "2026-01-29",
    }
    assert (second["title"], second["date"], second["results"]) == ("Good & better", "2020", "0")
    assert second["indirect_because"].startswith("'+1")
    assert (third["title"], third["reference"], third["included_studies"]) == ("", "'-Walitt et al.", "4")


def test_a_review_without_studies_has_the_header(tmp_path: Path) -> None:
    write(tmp_path, {"reviews/none.yaml": HEAD.format(id="none")})
    done = run(tmp_path, "export", "none", *AS_OF, "--to", "studies-csv", "-o", "out")
    assert done.talk == "wrote out/none-studies.csv\n"
    text = (tmp_path / "out/none-studies.csv").read_text("utf-8")
    assert text.startswith("review,id,title,keys,")
    assert text.count("\n") == 1
