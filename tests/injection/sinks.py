"""Every command with every format that it has, found from the command line itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ketreview import cli

_FORMATS = {"format_", "output_format"}
_SLOW = {"table", "typst", "markdown"}
"""What would take minutes of a record of each value; there, some of them are asked for."""
ASKED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "status": ((),),
    "check": ((), ("--concise",), ("--statistics",)),
    "certainty": ((), ("--sof",)),
    "bias": ((),),
    "flow": ((),),
    "conflicts": ((),),
    "pending": ((),),
    "show": (("i",), ("r4:i",), ("r10:i",), ("all4",)),
    "trials list": ((),),
    "refs list": ((), ("--unresolved",)),
    "refs find": (("Q4x",),),
    "refs where": (("none4",),),
    "refs duplicates": ((),),
}
"""What is asked of the commands that tell of a project without changing it."""
ELSEWHERE = {
    "diff": "test_history", "export": "test_drafts", "explain": "arguments", "rules": "nothing of a file",
    "schema": "nothing of a file", "init": "arguments", "import": "imports", "trials import": "imports",
    "refs add": "imports", "refs rename": "changes", "refs merge": "changes", "refs format": "changes",
    "new review": "arguments", "new study": "arguments", "new claim": "arguments", "validate": "is check",
}  # fmt: skip
"""Where the other commands are tried."""


class Sink(NamedTuple):
    """A command with its arguments, and the format of its answer. `terminal`: as a person sees it."""

    arguments: tuple[str, ...]
    format: str
    terminal: bool = False

    @property
    def name(self) -> str:
        return " ".join((*self.arguments, *(["on a terminal"] if self.terminal else [])))


def commands() -> dict[str, Any]:
    """Every command by its whole name."""
    return dict(_commands(cli.command_tree(), ()))


def _commands(command: Any, path: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    inner = getattr(command, "commands", None)
    if inner is None:
        yield " ".join(path), command
        return
    for name, one in inner.items():
        yield from _commands(one, (*path, name))


def choices(command: Any, names: set[str]) -> list[tuple[str, str]]:
    """The option of a command that says the format, and each format that it has."""
    return [
        (parameter.opts[0], str(choice))
        for parameter in command.params
        if parameter.name in names
        for choice in parameter.type.choices
    ]


def sinks() -> list[Sink]:
    return [sink for name, asked in ASKED.items() for question in asked for sink in _sinks(name, question)]


def _sinks(name: str, question: tuple[str, ...]) -> Iterator[Sink]:
    for option, choice in choices(commands()[name], _FORMATS):
        value = getattr(choice, "value", choice)
        arguments = (*name.split(), *question, option, value)
        if question[:1] in {("--concise",), ("--statistics",)} and value != "text":
            continue
        if question == ("i",) and value in _SLOW:
            continue
        yield Sink(arguments, value)
        if value in {"table", "text"} and question != ("--statistics",):
            yield Sink(arguments, "terminal", terminal=True)
