"""What was not read in a run that reads a part of a project: whoever asks for it ends that run, and all is read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NoReturn


class NotReadError(Exception):
    """What a part of a project cannot answer."""


class NotRead(tuple[Any, ...]):
    """Stands for records that are there, and were not read. It is true, and nothing else can be asked of it.

    Raises:
        NotReadError: somebody goes over it, counts it or compares it.
    """

    __slots__ = ()

    def __bool__(self) -> bool:
        return True

    def __iter__(self) -> Iterator[Any]:
        raise NotReadError

    def __len__(self) -> int:
        raise NotReadError

    def __getitem__(self, index: Any) -> NoReturn:
        raise NotReadError

    def __contains__(self, value: object) -> bool:
        raise NotReadError

    def __eq__(self, other: object) -> bool:
        raise NotReadError

    def __hash__(self) -> int:
        raise NotReadError
