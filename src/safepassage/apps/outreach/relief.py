"""Where a gate gets too full: the fewest arrivals to move, a planner's word that they are moved, and the messages.

The word amends the published plan at once, for all to see; whoever was told another time has a message drafted.
Nothing reaches anybody before somebody releases it (`outreach.messages`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from safepassage.apps.accounts.selectors import account_may
from safepassage.apps.gate.selectors import tallies_since
from safepassage.apps.ledger.services import acts_in_turn, event_append
from safepassage.apps.movement.amending import plan_amend
from safepassage.apps.movement.selectors import network_read, plan_read, plan_record_now
from safepassage.apps.outreach.enacting import MOVED, parties_knowing
from safepassage.apps.outreach.messages import messages_draft
from safepassage.apps.passes.services import plan_enact
from safepassage.core.errors import ConflictError, ForbiddenError
from safepassage.core.ids import PartyId, PointId, derived_id
from safepassage.core.ledger import EventKind
from safepassage.core.movement import Plan, Reliefs, Tally, parties_moved, relieve

if TYPE_CHECKING:
    from safepassage.apps.movement.models import PlanRecord

CROWD_HOLDS = timedelta(hours=2)
"""So long an officer's estimate says who stands there now."""


@dataclass(frozen=True, slots=True)
class Relieved:
    """An amendment that was published: its plan, the parties that go at another time, the messages drafted."""

    plan: str
    parties: tuple[PartyId, ...]
    drafts: int


def crowds_seen(now: datetime) -> list[Tally]:
    """What officers estimated of the crowd of late, as the forecast takes it: of officers who differ, the most."""
    crowd: dict[tuple[str, datetime], int] = {}
    for one in tallies_since(now - CROWD_HOLDS):
        if one.heads is not None and one.quarter <= now:
            crowd[one.point, one.quarter] = max(one.heads, crowd.get((one.point, one.quarter), 0))
    return [Tally(PointId(point), quarter, heads, is_crowd=True) for (point, quarter), heads in crowd.items()]


def relief_key(relief: Reliefs) -> str:
    """What a proposal is known by: a planner says yes to this one, and to no other that was worked out since."""
    moves = (f"{one.leg or ''} {one.arrives.isoformat()} {one.minutes} {one.heads}" for one in relief.moves)
    return derived_id("R", relief.point, *moves)


@transaction.atomic
def relief_accept(*, point: str, key: str, account: str, now: datetime) -> Relieved:
    """A planner says that these arrivals are moved: the plan is amended and published, the messages are drafted.

    Whoever was told their place by a call or a released message, or was given a pass, gets a draft with their new
    time. Passes for the old time no longer hold, and are due again. `key` is the proposal's (`relief_key`), empty for
    the one of this moment.

    Raises:
        ForbiddenError: the account may not plan; or these moves alone break the plan: then nothing is written.
        ConflictError: another proposal holds by now, or there is none.
        ProblemsError: a vehicle would not be back in time.
    """
    if not account_may(account, "plan.make"):
        raise ForbiddenError("This account may not change the plan.", where="plan.make")
    acts_in_turn()
    standing = plan_record_now()
    relief = _relief_now(standing, point, now) if standing else None
    if standing is None or relief is None or not relief.moves:
        raise ConflictError(
            "No arrival has to be moved there, or none can be in time.",
            where=point,
            advice="Look at the plan page again.",
        )
    if key and key != relief_key(relief):
        raise ConflictError(
            "Something has changed since: other arrivals would be moved by now.",
            where=point,
            advice="Look at the plan page again, and decide on what stands there.",
        )
    before = plan_read(standing)
    knowing = parties_knowing(one.party for one in before.assignments)
    draft = plan_amend(point=relief.point, moves=relief.moves, account=account, now=now)
    amended = plan_read(draft)
    plan_enact(plan_id=draft.pk, account=account, now=now)
    moved = parties_moved(before, amended)
    rows = _rows(before, amended, moved)
    body = {"plan": draft.pk, "previous": standing.pk, "point": relief.point, "rows": rows}
    event_append(kind=EventKind.WINDOWS_MOVED, body=body, account=account, now=now)
    told = [party for party in moved if party in knowing]
    drafts = messages_draft(parties=told, code=MOVED, plan=draft.pk, account=account, now=now)
    return Relieved(draft.pk, moved, drafts)


def _relief_now(record: PlanRecord, point: str, now: datetime) -> Reliefs | None:
    network, plan = network_read(record.network), plan_read(record)
    found = relieve(network, plan, now=now, tallies=crowds_seen(now))
    return next((one for one in found if one.point == point), None)


def _rows(before: Plan, after: Plan, moved: tuple[PartyId, ...]) -> tuple[tuple[str, int], ...]:
    """By how many minutes each is to be there later (or, below zero, earlier)."""
    was, will = ({one.party: one.report_at for one in plan.assignments} for plan in (before, after))
    return tuple((party, round((will[party] - was[party]).total_seconds() / 60)) for party in moved)
