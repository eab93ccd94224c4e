"""`python -m ketreview`."""

from ketreview.cli import run

run()
