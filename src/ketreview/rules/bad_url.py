"""A URL leads nowhere as it is written, or follows its reader."""

from __future__ import annotations

from collections.abc import Iterator

from ketreview.appraisal.web import USUAL_URL, plain_url, untracked, url_fault
from ketreview.diagnostics import Fix, Severity, shown
from ketreview.linking import Corpus
from ketreview.model.value import Value
from ketreview.rule import Problem, problem_of, rule, values


@rule("KR309", values("url", usual={"url": USUAL_URL.fullmatch}), Severity.WARNING)
def bad_url(value: Value, corpus: Corpus) -> Iterator[Problem]:
    """A `url` has no protocol, a blank in it or more than one URL; or parameters that only follow its reader.

    Without `https://` a link leads into the reader's own folder, and at a blank it ends. Parameters such as
    `utm_source` or `fbclid` say where somebody came from, not what is cited; a safe fix takes them out. LaTeX escapes
    and `\\url{}` are left out of account, other protocols than the web's pass, and an address inside of another one, as
    an archive's, is not touched.

    Bad:

    ```bib references.bib
    @online{who2024, title = {A}, url = {www.who.int/news}}
    ```

    Good:

    ```bib references.bib
    @online{who2024, title = {A}, url = {https://www.who.int/news}}
    ```
    """
    del corpus
    if fault := url_fault(value.text):
        near = f"; did you mean {shown(fault.meant)}?" if fault.meant else ""
        yield problem_of(value, f"{shown(plain_url(value.folded))} {fault.problem}{near}")
    clean, names = untracked(value.text)
    if names:
        fix = Fix("Take the parameters out", safe=True, edits=value.rewritten(clean))
        what = "parameters" if len(names) > 1 else "a parameter"
        yield problem_of(
            value,
            f"`url` has {what} that only follow{'' if len(names) > 1 else 's'} its reader: {shown(', '.join(names))}",
            fix=fix,
        )
