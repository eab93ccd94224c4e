"""Writing files of the project: all of them or none, and what refuses it in words."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from ketreview.cli.session import Refusal, Session
from ketreview.edits import HalfWrittenError, RefusedWriteError, write_together
from ketreview.files import Files, reason_of
from ketreview.source import BYTE_ORDER_MARK, Source


def bytes_of(session: Session, source: Source) -> bytes:
    """The bytes of a text that was read, as they are now.

    Raises:
        Refusal: it is not UTF-8, or no longer what was read.
    """
    data = Files(session.root).read(source.path)
    if not isinstance(data, bytes) or data.removeprefix(BYTE_ORDER_MARK) != source.text.encode("utf-8", "replace"):
        raise Refusal(f"{source.path} is not UTF-8, or was changed since it was read; nothing was written")
    return data


def write_files(session: Session, texts: Mapping[str, bytes], *, expected: Mapping[str, bytes]) -> None:
    """Writes files of the project; `expected` is what was read of each, and one that it lacks is new.

    Raises:
        Refusal: one cannot be written, leads out of the project, or was changed in the meantime.
    """
    try:
        for path in texts.keys() - expected.keys():
            _make_folder(session, path)
        write_together(session.root, texts, expected=expected)
    except (RefusedWriteError, HalfWrittenError) as error:
        raise Refusal(str(error)) from None
    except OSError as error:
        raise Refusal(f"cannot write: {reason_of(error)}; every file is as it was") from None


def _make_folder(session: Session, path: str) -> None:
    """Makes the folder of a new file, which no link may lead out of the project."""
    folder = (session.root / path).parent
    if not Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(session.root)):
        raise RefusedWriteError(f"{path} leads out of the project; nothing was written")
    folder.mkdir(parents=True, exist_ok=True)
