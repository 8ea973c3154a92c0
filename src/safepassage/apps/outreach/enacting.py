"""A plan put in force: whoever knows another hour or place by then has a message drafted, as by an amendment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from safepassage.apps.ledger.services import acts_in_turn, event_append
from safepassage.apps.movement.bookings import bookings_now, bookings_of
from safepassage.apps.movement.selectors import plan_record_now
from safepassage.apps.movement.told import parties_told_otherwise, told_of
from safepassage.apps.outreach.messages import messages_draft
from safepassage.apps.passes.selectors import parties_printed, passes_of
from safepassage.apps.passes.services import plan_enact
from safepassage.core.ids import PartyId
from safepassage.core.ledger import EventKind

if TYPE_CHECKING:
    from safepassage.apps.movement.models import PlanRecord

MOVED = "moved"
"""The text that tells a party of its new time."""


@dataclass(frozen=True, slots=True)
class Enacted:
    """A plan that was published, and how many messages wait by it."""

    plan: PlanRecord
    drafts: int


def parties_knowing(parties: Iterable[PartyId]) -> frozenset[PartyId]:
    """Of these parties: who knows a time, by a call, a released message or a pass, living or printed before."""
    parties = list(parties)
    booked = {party for party, booking in bookings_of(parties).items() if booking.told_at}
    known = booked.union(told_of(parties), passes_of(parties), parties_printed(parties))
    return frozenset(PartyId(party) for party in known)


@transaction.atomic
def plan_enact_telling(*, plan_id: str, account: str, now: datetime) -> Enacted:
    """Publishes a plan (`plan_enact`); who knew their time and goes at another has a message drafted.

    Who was told, lost their place and has one again has one too. Nothing reaches anybody before its release.

    Raises:
        ForbiddenError: the judge found faults.
        ConflictError: the plan was overtaken.
        NotFoundError: no such plan.
    """
    acts_in_turn()
    standing = plan_record_now()
    before = {PartyId(one.party): one for one in bookings_now()}
    knowing = parties_knowing(before)
    record = plan_enact(plan_id=plan_id, account=account, now=now)
    otherwise = parties_told_otherwise()
    rows: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    moved: list[PartyId] = []
    for one in bookings_now():
        party = PartyId(one.party)
        was = before.get(party)
        has_moved = was is not None and (was.start, was.report_at) != (one.start, one.report_at)
        is_news = (party in otherwise and (was is None or has_moved)) or (party in knowing and has_moved)
        if one.report_at <= now or not is_news:
            continue
        moved.append(party)
        if was is not None and has_moved:
            rows[one.access_point or one.start].append(
                (party, round((one.report_at - was.report_at).total_seconds() / 60))
            )
    if standing is not None:
        for point, moves in sorted(rows.items()):
            body = {"plan": record.pk, "previous": standing.pk, "point": point, "rows": tuple(moves)}
            event_append(kind=EventKind.WINDOWS_MOVED, body=body, account=account, now=now)
    drafts = messages_draft(parties=moved, code=MOVED, plan=record.pk, account=account, now=now) if moved else 0
    return Enacted(record, drafts)
