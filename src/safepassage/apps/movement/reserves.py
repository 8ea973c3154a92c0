"""Seats that the policy keeps for a group: which a plan left free for whom, and their release before the hour."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from safepassage.apps.ledger.services import acts_in_turn, event_append
from safepassage.apps.movement.models import PlanRecord, ReserveRelease
from safepassage.apps.movement.selectors import network_read, network_record_now
from safepassage.apps.policy.selectors import policy_in_force, policy_read
from safepassage.core.errors import ConflictError, NotFoundError
from safepassage.core.ids import LegId
from safepassage.core.ledger import EventKind
from safepassage.core.movement import Demand, KeptSeats, Network, Plan, kept_seats
from safepassage.core.policy import Policy


@dataclass(frozen=True, slots=True)
class HeldSeats:
    """Seats that a plan kept for a group on these legs together, `taken` by the group; `until` is aware UTC.

    `title` is the policy's, by language code. `is_released`: somebody gave them to all; `is_over`: their hour came.
    In both cases this plan still leaves them free, and the next one does not.
    """

    reserve: str
    title: Mapping[str, str]
    seats: int
    taken: int
    legs: tuple[LegId, ...]
    until: datetime
    is_released: bool
    is_over: bool

    @property
    def is_held(self) -> bool:
        """Whether the next plan keeps them too."""
        return not (self.is_released or self.is_over)


def seats_keep(network: Network, *, now: datetime) -> tuple[Network, tuple[KeptSeats, ...]]:
    """The network with the seats that the policy in force keeps, and those seats; released ones are not among them.

    Where no policy keeps any, the network is as it was, with reserves of its own if it had some.
    """
    record = policy_in_force(now)
    reserves = policy_read(record).reserves if record is not None else ()
    if not reserves:
        return network, ()
    kept = kept_seats(network, reserves, now, _released())
    return replace(network, reserves=tuple(one.reserve for one in kept)), kept


def kept_noted(kept: Iterable[KeptSeats], demands: Sequence[Demand], plan: Plan, *, now: datetime) -> list[Any]:
    """Kept seats as a plan's record holds them, with how many of them the plan gives to the group."""
    record = policy_in_force(now)
    titles = {one.id: one.title for one in policy_read(record).reserves} if record is not None else {}
    groups = {one.party: one.groups for one in demands}
    noted = []
    for one in kept:
        name, legs = one.reserve.group, frozenset(one.reserve.legs)
        heads = sum(
            placed.heads
            for placed in plan.assignments
            if name in groups.get(placed.party, ()) and not legs.isdisjoint(placed.legs)
        )
        title = titles[name]
        noted.append(
            {
                "reserve": name,
                "title": {"en": title.en or name, "fa-af": title.fa_af, "ps": title.ps},
                "seats": one.reserve.seats,
                "taken": min(heads, one.reserve.seats),
                "legs": list(one.reserve.legs),
                "until": one.until.isoformat(),
            }
        )
    return noted


def seats_held(record: PlanRecord, *, now: datetime) -> tuple[HeldSeats, ...]:
    """The seats that a plan kept, by the hour until which it kept them."""
    released = _released()
    held = []
    for one in record.kept:
        until = datetime.fromisoformat(one["until"])
        legs = tuple(LegId(leg) for leg in one["legs"])
        held.append(
            HeldSeats(
                reserve=one["reserve"],
                title=one["title"],
                seats=one["seats"],
                taken=one["taken"],
                legs=legs,
                until=until,
                is_released=released.issuperset((one["reserve"], leg) for leg in legs),
                is_over=until <= now,
            )
        )
    return tuple(sorted(held, key=lambda one: (one.until, one.reserve, one.legs)))


@transaction.atomic
def reserve_release(*, reserve: str, legs: Sequence[LegId] = (), account: str, now: datetime) -> tuple[LegId, ...]:
    """Gives the seats kept for a group to all, on these legs or every leg that keeps some; the ledger says who did.

    It changes no plan: the next one that is made uses the seats.

    Returns:
        The legs on which seats were released.

    Raises:
        NotFoundError: the policy in force has no such reserve, or a leg keeps no seats for it.
        ConflictError: no seat is kept for it now.
    """
    acts_in_turn()
    policy = _policy(now)
    if reserve not in {one.id for one in policy.reserves}:
        known = ", ".join(one.id for one in policy.reserves) or "none"
        raise NotFoundError("The policy in force has no such reserve.", where=reserve, advice=f"It has: {known}.")
    _, kept = seats_keep(network_read(network_record_now()), now=now)
    held = sorted({leg for one in kept if one.reserve.group == reserve for leg in one.reserve.legs})
    if not held:
        raise ConflictError(
            "No seat is kept for this reserve now: released already, or its hour has come.",
            where=reserve,
            advice="Plan again, and the seats go to whoever is next: `safepassage plan make`.",
        )
    for leg in legs:
        if leg not in held:
            raise NotFoundError(
                "This leg keeps no seats for this reserve now.", where=leg, advice=f"These do: {', '.join(held[:5])}."
            )
    chosen = tuple(sorted(set(legs))) or tuple(held)
    ReserveRelease.objects.bulk_create(
        ReserveRelease(reserve=reserve, leg=leg, released_at=now, released_by=account) for leg in chosen
    )
    body = {"reserve": reserve, "policy": policy.id, "rows": tuple((leg,) for leg in chosen)}
    event_append(kind=EventKind.RESERVE_RELEASED, body=body, account=account, now=now)
    return chosen


def _policy(now: datetime) -> Policy:
    record = policy_in_force(now)
    if record is None:
        raise NotFoundError(
            "No policy is in force, so no seats are kept.",
            advice="Propose one, and let another sign it: `safepassage policy propose FILE`.",
        )
    return policy_read(record)


def _released() -> frozenset[tuple[str, LegId]]:
    rows = ReserveRelease.objects.values_list("reserve", "leg")
    return frozenset((reserve, LegId(leg)) for reserve, leg in rows)
