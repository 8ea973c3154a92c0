"""What a list would give if it were taken in now: counted without a store, so that nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from safepassage.cli.options import now_utc
from safepassage.cli.speak import out

if TYPE_CHECKING:
    from safepassage.core.intake import BatchResult, SheetYield, UnknownValues

SHOWN = 8
"""Different values shown of a column; all of them are in the JSON."""


def taken(path: Path) -> BatchResult:
    """What taking a list in would give. Cost: as `intake`.

    Raises:
        UnreadableError: it is no list in any form we know.
    """
    from safepassage.core.ids import SourceId
    from safepassage.core.intake import intake_file

    return intake_file(path, source=SourceId("S-INSPECTED"), received=now_utc().date())


def show_unknown(found: Sequence[UnknownValues]) -> None:
    """Words in columns of closed words that we don't know, a line for each column."""
    for one in found:
        shown = ", ".join(f"{text} ({count})" for text, count in one.values[:SHOWN])
        more = f" and {len(one.values) - SHOWN} more" if len(one.values) > SHOWN else ""
        out.print(
            f"  [yellow]![/] {one.total} values in “{one.column}” are no {one.field.value} that we know: "
            f"{shown}{more}. "
            'Say what they mean in the map: "values": [["driver", "staff"]].',
            highlight=False,
        )


def show_yield(found: Sequence[SheetYield]) -> None:
    """The same in a line for each sheet."""
    for one in found:
        sheet = f"{one.sheet}: " if one.sheet else ""
        counted = f" ({one.without_a_name} only counted)" if one.without_a_name else ""
        out.print(
            f"  {sheet}[bold]{one.listings}[/] people{counted} would come out of {one.rows} rows: "
            f"{one.rows_with_listings} name people, {one.rows_rejected} rejected{_why(one.rejected_because)}, "
            f"{one.rows_without_people} without people{_why(one.without_people_because)}.",
            highlight=False,
        )


def _why(reasons: dict[str, int]) -> str:
    return f" ({', '.join(f'{code} {rows}' for code, rows in reasons.items())})" if reasons else ""
