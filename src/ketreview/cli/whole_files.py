"""Files for other programs, written whole: which of them are not as they would be now, and writing those."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from ketreview.cli.session import Exit, Refusal, Session, save
from ketreview.files import reason_of
from ketreview.render.clean import clean


def write_whole(session: Session, files: Mapping[Path, str], *, check: bool) -> Exit:
    """Writes the files that are not as they would be; with `check` names them and writes nothing.

    Raises:
        Refusal: one cannot be read or written.
    """
    late = {path: text for path, text in files.items() if existing(path) != text.encode("utf-8", "replace")}
    if check:
        sys.stdout.write("".join(f"{clean(str(path))}: is not what the reviews say now\n" for path in late))
        return Exit.FINDINGS if late else Exit.FINE
    for path, text in files.items():
        if path not in late:
            session.talk(f"{path} is up to date")
            continue
        make_folder(path)
        save(path, text)
        session.talk(f"wrote {path}")
    return Exit.FINE


def existing(path: Path) -> bytes | None:
    """What stands at a path; None where no file does. A device or a pipe is written to and not read."""
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError as error:
        raise Refusal(f"cannot read {path}: {reason_of(error)}") from None


def make_folder(path: Path) -> None:
    """Makes the folder that a file is to stand in."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal(f"cannot write {path}: {reason_of(error)}") from None
