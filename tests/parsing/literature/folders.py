"""Reading folders for tests, from texts."""

from __future__ import annotations

from ketreview.model.stated import ReadingFolder, Stated
from ketreview.parsing.literature import parse_folder

PATH = "literature/mice/Doe_2020"


def read(*others: str, path: str = PATH, **texts: str) -> ReadingFolder:
    """A folder whose texts are given by name: `README="…"` is README.md, `abstract="…"` is abstract.txt."""
    files = []
    for name, text in texts.items():
        suffix = ".txt" if name.startswith("abstract") else ".md"
        files.append((f"{path}/{name}{suffix}", text.encode("utf-8", "surrogatepass")))
    return parse_folder(path, files, [f"{path}/{other}" for other in others])


def values(stated: tuple[Stated, ...]) -> list[str]:
    """The values, each of which stands where its span says."""
    for each in stated:
        assert " ".join(each.span.text.split()) == each.value
    return [each.value for each in stated]
