"""A rule's documentation as Markdown, and its parts."""

from __future__ import annotations

from ketreview.diagnostics import Code


def severity(code: Code) -> str:
    """How bad it is, and whether it is looked for by default."""
    return code.severity.value + ("" if code.default else ", off by default")


def markdown(code: Code) -> str:
    """The documentation with each example's file name above it, as Markdown shows no title of a fence."""
    out = []
    for row in code.documentation.splitlines():
        language, _, title = row.removeprefix("```").partition(" ")
        if row.startswith("```") and title:
            out += [f"`{title}`", "", f"```{language}"]
        else:
            out.append(row)
    return "\n".join(out)


def fault(code: Code) -> str:
    """The first sentence: what is wrong."""
    return " ".join(code.documentation.split("\n\n", 1)[0].split())


def explanation(code: Code) -> str:
    """The paragraphs before the examples on one line: what is wrong, why it matters, what is and is not reported."""
    before = code.documentation.split("\n\nBad:", 1)[0].split("\n```", 1)[0]
    return " ".join(before.split())
