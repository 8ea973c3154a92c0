"""What a phone holds that loads a leg or takes people in at a staging base: whom to expect, as ids and heads alone.

No name, no document, no key of a pass is in it. What people hold out (pass, code beside it, slip) is matched by keyed
hashes, `core/passes/presented.py`.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from safepassage.apps.accounts.selectors import operation_now
from safepassage.apps.gate.loading import LegLoading, beds_tonight, legs_loading, network_planned, people_at
from safepassage.apps.gate.models import Device, WalkIn
from safepassage.apps.ledger.selectors import events_by_id, state_now
from safepassage.apps.movement.no_shows import legs_overbooked
from safepassage.apps.movement.selectors import plan_record_now
from safepassage.apps.passes.selectors import passes_of
from safepassage.apps.registry.selectors import parties_by_id
from safepassage.core.ids import PersonId, derived_id
from safepassage.core.ledger import EventKind, LedgerState, Stage, places_now
from safepassage.core.movement import Leg, Network
from safepassage.core.passes.presented import Presented, presented_tag

KEY_BYTES = 32
PAST = timedelta(hours=24)
"""Legs that left so long ago are told still: buses are late, and whoever missed one is told so in words."""
AHEAD = timedelta(hours=48)
SLIPS_FOR = timedelta(days=7)
"""Walk-ins of so long are known at a base by their slips."""


@dataclass(slots=True)
class _Told:
    """The answer as it grows."""

    key: bytes = field(default_factory=lambda: secrets.token_bytes(KEY_BYTES))
    parties: list[dict[str, Any]] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)


def manifests_of_device(device: Device, *, now: datetime) -> dict[str, Any]:
    """What this device needs, with no network, to load legs or to take people in.

    A bus gets the legs that touch its point, and those that leave from where these leave: whoever stands at another
    bus is told which is theirs. A staging base gets the legs that end or begin there, its beds, and the slips of
    walk-ins that are on the way.
    """
    network, state = network_planned(), state_now()
    is_base = device.role == Device.Role.STAGING_BASE
    legs = _legs_at_base(network, device.point, now) if is_base else _legs_of_bus(network, device.point, now)
    loading = legs_loading(state, legs=legs)
    near = {device.point, *(str(leg.id) for leg in legs)}
    where = {person: place for person, place in places_now(state).items() if place in near}
    told = _Told()
    _tell_parties(told, loading, where, base=device.point if is_base else "")
    point = next((one for one in network.points if one.id == device.point), None) if network else None
    beds: dict[str, Any] | None = None
    if not is_base:
        _tell_stand_by(told, {str(leg.id) for leg in legs}, where)
    if is_base:
        _tell_slips(told, state, where, now=now)
        known = beds_tonight(point, now=now, offset_minutes=network.utc_offset_minutes) if point and network else None
        beds = {"beds": known, "here": sorted(people_at(state, where, device.point))}
    return {
        "operation": operation_now().code,
        "name": operation_now().name,
        "device": device.id,
        "role": device.role,
        "point": device.point,
        "made_at": now,
        "key": told.key.hex(),
        "legs": [_leg_told(one) for one in loading],
        "parties": told.parties,
        "tags": told.tags,
        "places": _places(network, legs, device.point),
        "beds": beds,
    }


def _legs_of_bus(network: Network | None, point: str, now: datetime) -> list[Leg]:
    if network is None:
        return []
    near = [leg for leg in network.legs if now - PAST <= leg.departs <= now + AHEAD]
    origins = {leg.origin for leg in near if point in (leg.origin, leg.destination)}
    return [leg for leg in near if leg.destination == point or leg.origin in origins]


def _legs_at_base(network: Network | None, point: str, now: datetime) -> list[Leg]:
    if network is None:
        return []
    arriving = [one for one in network.legs if one.destination == point and now - PAST <= one.arrives <= now + AHEAD]
    onward = [one for one in network.legs if one.origin == point and one.departs >= now - PAST]
    return arriving + onward


def _leg_told(one: LegLoading) -> dict[str, Any]:
    leg = one.leg
    return {
        "id": leg.id,
        "mode": leg.mode.value,
        "origin": leg.origin,
        "destination": leg.destination,
        "departs": int(leg.departs.timestamp()),
        "arrives": int(leg.arrives.timestamp()),
        "vehicle": leg.vehicle,
        "seats": leg.seats,
        "version": one.version,
        "is_before_gate": one.is_before_gate,
        "departed": int(one.departed.timestamp()) if one.departed else 0,
        "counted": one.counted,
        "others": [[person, one.parties_aboard[person]] for person in sorted(one.others)],
    }


def _tell_parties(told: _Told, loading: Iterable[LegLoading], where: Mapping[PersonId, str], *, base: str) -> None:
    """Each party once for each leg on which it is expected; at a base only for those that end there."""
    loading = [one for one in loading if not base or one.leg.destination == base]
    passes = passes_of({party.party for one in loading for party in one.parties})
    for one in loading:
        for party in one.parties:
            after = party.way[party.way.index(one.leg.id) + 1 :] if one.leg.id in party.way else ()
            told.parties.append(
                {
                    "id": party.party,
                    "leg": one.leg.id,
                    "number": party.number,
                    "persons": list(party.persons),
                    "aboard": [place for place, person in enumerate(party.persons) if person in one.aboard],
                    "where": [where.get(person, "") for person in party.persons],
                    "onward": after[0] if after else "",
                    "is_stand_by": False,
                }
            )
            held = passes.get(party.party)
            if held is not None:
                _tag(told, "text", held.text, party.party)
                _tag(told, "pass", held.id, party.party)


def _tell_stand_by(told: _Told, legs: Set[str], where: Mapping[PersonId, str]) -> None:
    """Who stands by for these legs, in the order of the plan: confirmed members of parties with no seat on any."""
    record = plan_record_now()
    lines = [line for line in legs_overbooked(record) if line.leg in legs] if record else []
    booked = {party["id"] for party in told.parties}
    parties = parties_by_id({party for line in lines for party in line.stand_by} - booked)
    for line in lines:
        for one in (parties[party] for party in line.stand_by if party in parties):
            persons = [member.person for member in one.confirmed]
            told.parties.append(
                {
                    "id": one.id,
                    "leg": line.leg,
                    "number": 0,
                    "persons": persons,
                    "aboard": [],
                    "where": [where.get(person, "") for person in persons],
                    "onward": "",
                    "is_stand_by": True,
                }
            )


def _tag(told: _Told, kind: Presented, value: str, party: str) -> None:
    told.tags[presented_tag(told.key, kind, value).hex()] = party


def _tell_slips(told: _Told, state: LedgerState, where: Mapping[PersonId, str], *, now: datetime) -> None:
    """Walk-ins who were let in and are on the way: by their slips, so that nobody is counted as somebody new."""
    slips = {one.event: one.slip for one in WalkIn.objects.filter(at__gte=now - SLIPS_FOR)}
    parties = {person: party["id"] for party in told.parties for person in party["persons"]}
    for event in events_by_id(slips):
        if event.id in state.silent:
            continue
        named = [PersonId(str(row[0])) for row in event.rows]
        persons = list(dict.fromkeys(state.redirects.get(person, person) for person in named))
        known = next((parties[person] for person in persons if person in parties), "")
        if not known:
            if not any(_is_on_the_way(state, person) for person in persons):
                continue
            known = _party_of(state, persons[0]) or derived_id("T", "slip", event.id)
            told.parties.append(
                {
                    "id": known,
                    "leg": "",
                    "number": 0,
                    "persons": persons,
                    "aboard": [],
                    "where": [where.get(person, "") for person in persons],
                    "onward": "",
                    "is_stand_by": False,
                }
            )
        _tag(told, "slip", slips[event.id], known)


def _is_on_the_way(state: LedgerState, person: PersonId) -> bool:
    known = state.people.get(person)
    return known is not None and Stage.ADMITTED.place <= known.furthest.place <= Stage.AT_STAGING_BASE.place


def _party_of(state: LedgerState, person: PersonId) -> str:
    """The party under which somebody was admitted."""
    rows = [row for event, row in state.touches.get(person, ()) if event.kind is EventKind.PERSONS_ADMITTED]
    return str(rows[-1][1]) if rows else ""


def _places(network: Network | None, legs: Iterable[Leg], point: str) -> dict[str, str]:
    """The names of the places of these legs, and of no other."""
    needed = {point} | {place for leg in legs for place in (leg.origin, leg.destination)}
    return {one.id: one.name or one.id for one in network.points if one.id in needed} if network else {}
