"""The command `ketreview`, and `python -m ketreview`."""

from __future__ import annotations

import gc


def main() -> None:
    """The entry point."""
    gc.disable()  # loading makes much and drops nothing; a run is short and frees nothing before its end
    from ketreview.cli import run  # noqa: PLC0415  what it loads is what takes the time

    run()


if __name__ == "__main__":
    main()
