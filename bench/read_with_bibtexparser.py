"""What bibtexparser says of files: the blocks that it could not take, as JSON."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from typing import Any

from bibtexparser.entrypoint import parse_file


def problems(path: str) -> Iterator[dict[str, Any]]:
    """Each block that failed, at its first line; or the exception, if the file could not be read."""
    try:
        library = parse_file(path)
    except ValueError as error:
        yield {"path": path, "line": 0, "kind": type(error).__name__, "text": str(error)[-120:]}
        return
    for block in library.failed_blocks:
        line = (block.start_line or 0) + 1
        yield {"path": path, "line": line, "kind": type(block).__name__, "text": str(block.error)}


if __name__ == "__main__":
    logging.disable()
    json.dump([item for path in sys.argv[1:] for item in problems(path)], sys.stdout)
