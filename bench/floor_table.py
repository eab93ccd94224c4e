"""The floor for a command with a table: a typer and rich program that prints one small table and does nothing else."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def main(rows: Annotated[int, typer.Option(help="How many rows the table has.")] = 4) -> None:
    """Prints one small table."""
    table = Table("Name", "Count", "State")
    for row in range(rows):
        table.add_row(f"row {row}", str(row), "fine")
    Console().print(table)


if __name__ == "__main__":
    app()
