"""Acts of movement: record a network, make a plan, note who was told."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from safepassage.apps.ledger.damage import is_same
from safepassage.apps.movement.models import Booking, NetworkRecord, PlaceReason, PlanRecord
from safepassage.apps.movement.no_shows import legs_noted
from safepassage.apps.movement.planning import Progress, basis_now
from safepassage.apps.movement.reserves import kept_noted
from safepassage.apps.movement.selectors import network_read, network_record_now
from safepassage.apps.movement.told import told_note
from safepassage.apps.movement.values import EXPLANATION, PLAN, REPORT
from safepassage.apps.registry.questions import reviews_open
from safepassage.core.errors import Problems
from safepassage.core.ids import PartyId
from safepassage.core.ledger.body import is_reference
from safepassage.core.movement import (
    Demand,
    Explainer,
    Method,
    Network,
    Plan,
    Scenario,
    read_scenario,
    write_scenario,
)


def network_record(*, text: str, account: str, now: datetime, file: str = "") -> NetworkRecord:
    """Records the network of a scenario text as the one that holds; the newest again changes nothing.

    Raises:
        ProblemsError: everything wrong with the text, each with its path.
    """
    return network_keep(network=read_scenario(text, file=file).network, account=account, now=now)


def network_keep(*, network: Network, account: str, now: datetime) -> NetworkRecord:
    """Records a network made from a few figures (`single_bus`) or changed in the console.

    Raises:
        ProblemsError: an id that the ledger would refuse, since it could be a name.
    """
    problems = Problems()
    for kind, ids in (("point", network.points), ("leg", network.legs)):
        for one in ids:
            if not is_reference(one.id):
                advice = "Use lower case, figures and dashes: gate-north, bus-24-1."
                problems.add(
                    "id-not-a-reference", f"This id of a {kind} could be a name.", where=one.id, advice=advice
                )
    problems.raise_if_any("the network")
    content = json.loads(write_scenario(Scenario(network, ())))
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    record, is_new = NetworkRecord.objects.get_or_create(
        digest=digest, defaults={"content": content, "recorded_at": now, "recorded_by": account}
    )
    if not is_new and NetworkRecord.objects.filter(recorded_at__gt=record.recorded_at).exists():
        # an earlier network holds again: it is the one recorded last
        record.recorded_at, record.recorded_by = now, account
        record.save(update_fields=["recorded_at", "recorded_by"])
    return record


def plan_make(
    *,
    account: str,
    now: datetime,
    method: Method = Method.AUTO,
    time_limit_seconds: float = 10.0,
    progress: Progress | None = None,
) -> PlanRecord:
    """Makes a draft plan for the network recorded last and everyone who stands in a tier, and has it judged.

    Why each party has its place, or none, is kept with it. It is marked provisional while questions about who is
    whom are open. No transaction is held while it plans, so that gates go on writing; the write at the end is one.

    Raises:
        NotFoundError: no network is known.
    """
    network = network_record_now()
    basis = basis_now(now)
    made = basis.planned(network_read(network), method=method, seconds=time_limit_seconds, progress=progress)
    reasons = place_reasons(made.booked, made.demands, made.plan)
    noted = kept_noted(made.kept, made.demands, made.plan, now=now)
    with transaction.atomic():
        record, is_new = PlanRecord.objects.get_or_create(
            id=made.plan.id,
            defaults={
                "network": network,
                "is_provisional": reviews_open().exists(),
                "content": PLAN.dump_python(made.plan, mode="json"),
                "report": REPORT.dump_python(made.report, mode="json"),
                "kept": noted,
                "overbooked": legs_noted(made.network, made.demands, made.plan, basis.rates),
                "made_at": now,
                "made_by": account,
            },
        )
        if is_new:
            for reason in reasons:
                reason.plan = record
            PlaceReason.objects.bulk_create(reasons, batch_size=500)
        elif not is_same(record.kept, noted) and record.status == PlanRecord.Status.DRAFT:
            record.kept = noted
            record.save(update_fields=["kept"])
    return record


def place_reasons(
    network: Network, demands: Sequence[Demand], plan: Plan, *, only: Collection[PartyId] | None = None
) -> list[PlaceReason]:
    """Why each party has its place or none, worked out while everything that the plan was made of is at hand."""
    explainer = Explainer.of(network, demands, plan)
    asked = (demand.party for demand in demands if only is None or demand.party in only)
    explained = (explainer.explain(party) for party in asked)
    return [PlaceReason(party=one.party, content=EXPLANATION.dump_python(one, mode="json")) for one in explained]


@transaction.atomic
def bookings_tell(*, parties: Sequence[PartyId], now: datetime) -> int:
    """Notes that these parties were told their place: from now on a new plan keeps it if it can be kept."""
    untold = list(Booking.objects.filter(party__in=parties, told_at=None))
    told_note(untold, at=now)
    return Booking.objects.filter(party__in=[one.party for one in untold]).update(told_at=now)
