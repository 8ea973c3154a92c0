"""What a list would give if it were taken in now: counted without a store, so that nothing is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from safepassage.cli.options import now_utc
from safepassage.cli.speak import out


@dataclass(frozen=True, slots=True)
class SheetYield:
    """One sheet: its rows by what becomes of them, and the listings (a row may name a whole family)."""

    sheet: str
    rows: int
    rows_with_listings: int
    rows_rejected: int
    rows_without_people: int
    listings: int
    without_a_name: int = 0
    """Of the listings, kin who are only counted: "3 kids"."""
    rejected_because: dict[str, int] = field(default_factory=dict)
    """Rows by code (docs/codes.md)."""
    without_people_because: dict[str, int] = field(default_factory=dict)


def yield_of(path: Path) -> list[SheetYield]:
    """What each sheet of a list would give. Cost: reads the list as `intake` does.

    Raises:
        UnreadableError: it is no list in any form we know.
    """
    from safepassage.core.ids import SourceId
    from safepassage.core.intake import Outcome, intake_file

    result = intake_file(path, source=SourceId("S-INSPECTED"), received=now_utc().date())
    found = []
    for sheet in dict.fromkeys(row.sheet for row in result.rows):
        rows = [row for row in result.rows if row.sheet == sheet]
        outcomes = Counter(row.outcome for row in rows)
        people = [one for one in result.listings if one.row.sheet == sheet]
        reasons = {
            outcome: dict(Counter(str(row.reason) for row in rows if row.outcome is outcome).most_common())
            for outcome in (Outcome.REJECTED, Outcome.NO_PEOPLE)
        }
        found.append(
            SheetYield(
                sheet=sheet,
                rows=len(rows),
                rows_with_listings=outcomes[Outcome.LISTINGS],
                rows_rejected=outcomes[Outcome.REJECTED],
                rows_without_people=outcomes[Outcome.NO_PEOPLE],
                listings=len(people),
                without_a_name=sum(one.is_counted for one in people),
                rejected_because=reasons[Outcome.REJECTED],
                without_people_because=reasons[Outcome.NO_PEOPLE],
            )
        )
    return found


def show_yield(found: list[SheetYield]) -> None:
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
