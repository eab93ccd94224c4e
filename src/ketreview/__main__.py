"""The command `ketreview`, and `python -m ketreview`."""

from __future__ import annotations

import gc


def main() -> None:
    """The entry point."""
    gc.disable()  # as `run` does for its own time: loading libraries makes much and drops nothing
    from ketreview.cli import run  # noqa: PLC0415  what it loads is what takes the time

    run()


if __name__ == "__main__":
    main()
