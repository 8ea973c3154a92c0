"""What came of a walk: figures for machines, and the same for people."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from safepassage.cli.store import clock

if TYPE_CHECKING:
    from safepassage.apps.registry.services import RunResult
    from safepassage.cli.walk_gate import GateResult
    from safepassage.cli.walk_ground import Walk


@dataclass(frozen=True, slots=True)
class WalkResult:
    """The figures of a walk. `counts` add up to `persons`, the row figures to `rows_read`."""

    seed: int
    rows: dict[str, int]
    rows_without_people_by_reason: dict[str, int]
    unreadable: list[str]
    listings: int
    persons: int
    persons_from_lists: int
    parties: int
    reviews_open: int
    likely_twice: int
    parties_by_tier: dict[str, int]
    parties_booked: int
    people_booked: int
    people_boarded: int
    people_at_safe_haven: int
    refused: dict[str, int]
    receipts: dict[str, int]
    alarms: dict[str, int]
    counts: list[dict[str, Any]]
    as_of: datetime
    state_digest: str
    seconds: dict[str, float] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """One JSON object; everything but `seconds` depends on seed and lists alone."""
        return {
            "seed": self.seed,
            **self.rows,
            "rows_without_people_by_reason": self.rows_without_people_by_reason,
            "unreadable": self.unreadable,
            "listings": self.listings,
            "persons": self.persons,
            "persons_from_lists": self.persons_from_lists,
            "parties": self.parties,
            "reviews_open": self.reviews_open,
            "likely_twice": self.likely_twice,
            "parties_by_tier": self.parties_by_tier,
            "parties_booked": self.parties_booked,
            "people_booked": self.people_booked,
            "people_boarded": self.people_boarded,
            "people_at_safe_haven": self.people_at_safe_haven,
            "refused": self.refused,
            "receipts": self.receipts,
            "alarms": self.alarms,
            "counts": self.counts,
            "as_of": self.as_of.isoformat(),
            "state_digest": self.state_digest,
            "seconds": self.seconds,
        }

    def show(self, out: Console) -> None:
        """The figures as a short story."""
        out.print(
            f"\n[bold]{self.rows['rows_read']}[/] rows: {self.rows['rows_with_listings']} name people, "
            f"{self.rows['rows_rejected']} rejected, {self.rows['rows_without_people']} name nobody.\n"
            f"[bold]{self.listings}[/] listings are [bold]{self.persons_from_lists}[/] persons in {self.parties} "
            f"parties; {self.reviews_open} questions wait for a person, about {self.likely_twice} persons are likely "
            "listed twice until they are answered.\n"
            f"[bold]{self.people_booked}[/] people of {self.parties_booked} parties have places; "
            f"[bold]{self.people_boarded}[/] boarded, {self.people_at_safe_haven} are at a safe haven."
        )
        grid = Table("category", "stage", "people", title=f"as of {clock(self.as_of)}")
        for row in self.counts:
            grid.add_row(row["category"], row["stage"], str(row["people"]))
        out.print(grid)
        out.print(f"{self.persons} people known, each in exactly one row. " + _story(self.seconds))


def _story(seconds: dict[str, float]) -> str:
    return "Seconds: " + ", ".join(f"{name} {spent:.1f}" for name, spent in seconds.items())


def gather(one: Walk, *, resolved: RunResult, gate: GateResult, unreadable: list[str]) -> WalkResult:
    """Reads the figures from the store, as any user of it would."""
    from safepassage.apps.intake.selectors import reasons_without_people, row_figures
    from safepassage.apps.ledger.selectors import counts_as_of, state_now
    from safepassage.apps.movement.bookings import bookings_lines
    from safepassage.apps.outreach.reports import refusals_of
    from safepassage.apps.policy.selectors import standings_now
    from safepassage.core.ledger import Stage, state_digest

    state = state_now()
    figures = row_figures()
    listings = figures.pop("listings_made")
    lines = bookings_lines()
    stages = Counter(person.furthest for person in state.people.values())
    boarded = (Stage.BOARDED, Stage.DEPARTED, Stage.AT_STAGING_BASE, Stage.AT_SAFE_HAVEN, Stage.CLOSED)
    tiers = Counter(f"tier-{one.tier}" if one.tier else one.outcome.value for one in standings_now())
    return WalkResult(
        seed=one.seed,
        rows=figures,
        rows_without_people_by_reason=reasons_without_people(),
        unreadable=unreadable,
        listings=listings,
        persons=len(state.people),
        persons_from_lists=resolved.persons,
        parties=resolved.parties,
        reviews_open=resolved.reviews_open,
        likely_twice=resolved.likely_twice,
        parties_by_tier=dict(sorted(tiers.items())),
        parties_booked=len(lines),
        people_booked=sum(len(line.persons) for line in lines),
        people_boarded=sum(stages[stage] for stage in boarded),
        people_at_safe_haven=stages[Stage.AT_SAFE_HAVEN],
        refused=dict(refusals_of(state)),
        receipts=dict(sorted(gate.receipts.items())),
        alarms=dict(sorted(Counter(alarm.code for alarm in state.alarms).items())),
        counts=[
            {"category": row.category, "stage": row.stage.value, "people": row.people, "seen": row.seen}
            for row in counts_as_of()
        ],
        as_of=gate.ended_at,
        state_digest=state_digest(state),
        seconds=one.seconds,
    )
