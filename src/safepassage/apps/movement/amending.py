"""The published plan amended: some arrivals moved where a gate gets too full, and nobody else."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from safepassage.apps.ledger.damage import is_damaged
from safepassage.apps.ledger.services import acts_in_turn
from safepassage.apps.movement.demands import demands_now
from safepassage.apps.movement.models import PlaceReason, PlanRecord
from safepassage.apps.movement.no_shows import legs_noted, no_show_rates
from safepassage.apps.movement.reserves import kept_noted, seats_keep
from safepassage.apps.movement.selectors import network_read, network_record_now, plan_read, plan_record_now
from safepassage.apps.movement.services import network_keep, place_reasons
from safepassage.apps.movement.values import PLAN, REPORT
from safepassage.core.errors import ConflictError, ForbiddenError
from safepassage.core.ids import PartyId, PointId
from safepassage.core.movement import (
    Network,
    Plan,
    Relief,
    amend_plan,
    check_plan,
    move_arrivals,
    parties_moved,
    plan_overbooked,
    promised,
)
from safepassage.core.movement.soundness import require_sound


@transaction.atomic
def plan_amend(*, point: PointId, moves: Sequence[Relief], account: str, now: datetime) -> PlanRecord:
    """Makes an amendment of the published plan, as a draft: the legs of these moves at other times, all else kept.

    The network with the moved legs becomes the one that holds. Nobody's place changes before the draft is published.

    Raises:
        ConflictError: no plan is published, or another network holds by now.
        ForbiddenError: the judge finds a fault in it, such as a flight that is missed; nothing is written.
        NotFoundError: the network has no such leg.
        ProblemsError: the changed network contradicts itself, such as a vehicle that is not back in time.
    """
    acts_in_turn()
    standing = plan_record_now()
    if standing is None or standing.network_id != network_record_now().pk:
        raise ConflictError(
            "No plan is published for the network that holds: nothing can be moved in it.",
            advice="Plan again and publish: `safepassage plan make`, `safepassage plan publish`.",
        )
    was = network_read(standing.network)
    will = move_arrivals(was, moves)
    require_sound(will, ())
    plan, values = plan_read(standing), seats_keep(will, now=now)
    network, kept = values
    demands = promised(demands_now(network, now=now), plan)

    def make(booked: Network) -> Plan:
        return amend_plan(was, booked, demands, plan, moves, now=now)

    rates = no_show_rates(now=now)
    amended, booked = plan_overbooked(network, demands, rates=rates, rule=None, make=make, previous=plan)
    report = check_plan(booked, demands, amended, previous=plan)
    if not report.is_clean:
        raise ForbiddenError(
            f"Moving these alone breaks the plan. {report.faults[0].message}",
            where=str(report.faults[0].where or report.faults[0].party),
            advice="Try it under What if, where everybody is planned anew.",
        )
    record = PlanRecord.objects.create(
        id=amended.id,
        network=network_keep(network=will, account=account, now=now),
        is_provisional=standing.is_provisional,
        content=PLAN.dump_python(amended, mode="json"),
        report=REPORT.dump_python(report, mode="json"),
        kept=kept_noted(kept, demands, amended, now=now),
        overbooked=legs_noted(network, demands, amended, rates),
        relieved=point,
        moved=[_noted(one) for one in moves],
        made_at=now,
        made_by=account,
    )
    moved = frozenset(parties_moved(plan, amended))
    reasons = [*place_reasons(booked, demands, amended, only=moved), *_reasons_as_before(standing.pk, moved)]
    for reason in reasons:
        reason.plan = record
    PlaceReason.objects.bulk_create(reasons, batch_size=500)
    return record


def _reasons_as_before(plan: str, moved: Collection[PartyId]) -> Iterator[PlaceReason]:
    """Why all others have their place, or none: as it was worked out for the plan that stood."""
    for party, content in PlaceReason.objects.filter(plan=plan).values_list("party", "content").iterator(2000):
        if party not in moved and not is_damaged(content):
            yield PlaceReason(party=party, content=content)


def _noted(one: Relief) -> dict[str, Any]:
    return {"leg": one.leg or "", "arrives": one.arrives.isoformat(), "minutes": one.minutes, "heads": one.heads}
