"""What could not be read of lists: in short on the screen, in full in a file; places and reasons, no content."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from safepassage.cli.speak import out
from safepassage.core.exchange.cells import csv_text

SHOWN = 20
"""Places listed on the screen; a file holds all of them."""
COLUMNS = ("file", "sheet", "row", "column", "what", "code", "reason", "advice")


def unread_of(batches: Iterable[str]) -> list[dict[str, str | int]]:
    """Whole rows first, then single cells, of the batches with these ids."""
    from safepassage.apps.intake.selectors import batch_by_id, rejects_of

    found: list[dict[str, str | int]] = []
    for key in dict.fromkeys(batches):
        batch = batch_by_id(key)
        found += (
            {
                "file": batch.file_name,
                "sheet": one.sheet,
                "row": one.number,
                "column": one.column,
                "what": "row" if one.is_whole_row else "cell",
                "code": one.code,
                "reason": one.reason,
                "advice": one.advice,
            }
            for one in rejects_of(batch)
        )
    return sorted(found, key=lambda one: one["what"] != "row")


def write_unread(path: Path, unread: Sequence[dict[str, str | int]]) -> None:
    """Writes all of it as CSV that no spreadsheet takes for formulas."""
    rows = ([one[name] for name in COLUMNS] for one in unread)
    path.write_bytes(("\ufeff" + csv_text((COLUMNS, *rows))).encode())


def show_unread(unread: Sequence[dict[str, str | int]], written_to: Path | None) -> None:
    """The first places in a table, and where the others are."""
    if not unread:
        return
    rows = sum(one["what"] == "row" for one in unread)
    out.print(f"Not read: {rows} whole rows and {len(unread) - rows} single cells (their rows went on without them).")
    grid = Table("list", "sheet", "row", "column", "why", "what to do")
    for one in unread[:SHOWN]:
        grid.add_row(*(escape(str(one[name])) for name in ("file", "sheet", "row", "column", "reason", "advice")))
    out.print(grid)
    if written_to:
        out.print(f"All {len(unread)} are in [bold]{escape(str(written_to))}[/].", highlight=False)
    elif len(unread) > SHOWN:
        left = len(unread) - SHOWN
        out.print(
            f"{left} more: [bold]safepassage intake … --rejects FILE.csv[/] writes all, the console shows them."
        )
