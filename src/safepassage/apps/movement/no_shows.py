"""Who was expected and stayed away, as the ledger tells it; how far a plan is overbooked, and who stands by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from safepassage.apps.ledger.selectors import events_of_kind
from safepassage.apps.movement.models import NetworkRecord, PlanRecord
from safepassage.apps.movement.selectors import network_read
from safepassage.apps.policy.selectors import policy_in_force, policy_read
from safepassage.core.ids import PartyId
from safepassage.core.ledger import Event, EventKind
from safepassage.core.ledger.clock import from_milliseconds
from safepassage.core.movement import (
    Demand,
    Expected,
    Leg,
    LegRisk,
    Network,
    NoShowRates,
    Plan,
    learn_no_shows,
    leg_risks,
    notice_of,
    stand_by_lists,
)
from safepassage.core.policy import Overbooking

NETWORKS_READ = 20
"""The newest networks of which legs are known: an operation of a few weeks records one a day."""
STAND_BY_KEPT = 10
"""Parties kept for each leg, the first in policy order."""
ELSEWHERE = timedelta(hours=24)
"""Who went by another leg within this time of a departure did not stay away: they were moved."""
_BOARDING = (EventKind.PERSONS_SET_OUT, EventKind.PERSONS_BOARDED)


@dataclass(frozen=True, slots=True)
class LegLine(LegRisk):
    """One leg of a plan: its risk, and who stands by, in policy order."""

    stand_by: tuple[PartyId, ...]

    @property
    def percents(self) -> tuple[float, float, float, float]:
        """In percent: the chance that somebody is left standing; the share that stays away, from, to."""
        low, high = round(100 * self.rate_low), round(100 * self.rate_high)
        return round(100 * self.bump_chance, 1), round(100 * self.rate), low, high


def overbooking_rule(now: datetime) -> Overbooking | None:
    """What the policy in force says of booking beyond the seats."""
    record = policy_in_force(now)
    return policy_read(record).overbooking if record is not None else None


def no_show_rates(*, now: datetime) -> NoShowRates:
    """Rates learnt from every leg that has left and on which somebody was noted as setting out or boarding.

    Of a leg on which nobody was noted nothing is known; of the others, a party of which nobody was noted stayed away,
    unless it went by another leg. Cost: the events of five kinds, and the newest networks.
    """
    legs = _legs_known()
    went: defaultdict[str, dict[str, datetime]] = defaultdict(dict)
    for event in chain.from_iterable(events_of_kind(kind) for kind in _BOARDING):
        on = str(event.body.get("leg", ""))
        for _, party, *_rest in event.rows:
            went[str(party)].setdefault(on, from_milliseconds(event.claimed))
    away: defaultdict[str, set[str]] = defaultdict(set)
    for event in events_of_kind(EventKind.PERSONS_NO_SHOW):
        for _, party, *_rest in event.rows:
            away[str(party)].add(str(event.body.get("leg", "")))
    observed = {on for by_leg in went.values() for on in by_leg}
    seen = []
    for (party, key), told_at in _expected(legs).items():
        leg = legs[key]
        is_away = key in away[party]
        if leg.departs >= now or not (is_away or key in observed):
            continue
        came = key in went[party]
        if not came and any(abs(at - leg.departs) < ELSEWHERE for at in went[party].values()):
            continue
        notice = notice_of(leg.departs - told_at)
        seen.append((Expected(leg.mode.value, leg.origin, notice), not came))
    return learn_no_shows(seen)


def _legs_known() -> dict[str, Leg]:
    known: dict[str, Leg] = {}
    for record in NetworkRecord.objects.order_by("-recorded_at")[:NETWORKS_READ]:
        for leg in network_read(record).legs:
            known.setdefault(leg.id, leg)
    return known


def _expected(legs: dict[str, Leg]) -> dict[tuple[str, str], datetime]:
    """By party and first leg of a booking that stood when the leg left: when the party was told."""
    kinds = (EventKind.PERSONS_BOOKED, EventKind.PERSONS_UNBOOKED)
    events = sorted(chain.from_iterable(events_of_kind(kind) for kind in kinds), key=lambda event: event.order)
    standing: dict[tuple[str, str], datetime] = {}
    for event in events:
        at = from_milliseconds(event.claimed)
        by_party = _rows_by_party(event, legs)
        for party, keys in by_party.items():
            if event.kind is EventKind.PERSONS_BOOKED:
                standing.setdefault((party, min(keys, key=lambda key: (legs[key].departs, key))), at)
                continue
            for key in keys:
                if at < legs[key].departs:
                    standing.pop((party, key), None)
    reached = _reached()
    return {(party, leg): _told(at, reached.get(party, ()), legs[leg]) for (party, leg), at in standing.items()}


def _rows_by_party(event: Event, legs: dict[str, Leg]) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for _, party, leg in event.rows:
        if str(leg) in legs:
            found[str(party)].add(str(leg))
    return found


def _told(booked_at: datetime, calls: Sequence[datetime], leg: Leg) -> datetime:
    """The first call that reached the party after it was booked and before it left; else its booking."""
    return next((at for at in calls if booked_at <= at <= leg.departs), booked_at)


def _reached() -> dict[str, list[datetime]]:
    found: defaultdict[str, list[datetime]] = defaultdict(list)
    for event in events_of_kind(EventKind.CALL_OUTCOMES):
        if event.body.get("outcome") == "reached":
            for _, party, *_rest in event.rows:
                found[str(party)].append(from_milliseconds(event.claimed))
    return {party: sorted(set(times)) for party, times in found.items()}


def legs_noted(network: Network, demands: Sequence[Demand], plan: Plan, rates: NoShowRates) -> list[dict[str, Any]]:
    """What a plan's record keeps of each leg: its risk, and who stands by. `network` has the real seats."""
    risks = leg_risks(network, demands, plan, rates)
    empty = {risk.leg: risk.empty_likely if rates.is_learnt else 0 for risk in risks}
    lists = {
        one.leg: one.parties
        for one in stand_by_lists(network, demands, plan, empty=empty, parties_per_leg=STAND_BY_KEPT)
    }
    return [
        asdict(risk) | {"empty_likely": empty[risk.leg], "stand_by": list(lists.get(risk.leg, ()))}
        for risk in risks
        if risk.beyond or lists.get(risk.leg)
    ]


def legs_overbooked(record: PlanRecord) -> tuple[LegLine, ...]:
    """The legs of a plan that are overbooked or stood by for, by departure, as noted when it was made."""
    return tuple(LegLine(**one | {"stand_by": tuple(one["stand_by"])}) for one in record.overbooked)
