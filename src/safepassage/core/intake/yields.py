"""What a list gives, sheet by sheet, counted from the result of taking it in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from safepassage.core.intake.codes import Outcome
from safepassage.core.intake.values import BatchResult


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


def count_yield(result: BatchResult) -> tuple[SheetYield, ...]:
    """What each sheet of a list gives."""
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
    return tuple(found)
