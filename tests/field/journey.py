"""What a bus and a staging base are told, in the form of `apps.gate.manifests`: the family and others, invented."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from safepassage.core.ledger import EventKind
from safepassage.core.passes.presented import presented_tag
from tests.core.passes.orders import GATE, OPERATION, issued
from tests.field.site import PARTY, PERSONS, Site, pass_for_now

KEY = bytes(range(32))
BASE = "base-1"
OTHER, COUPLE, WALK_IN, STAND_BY = "F-000000000BBB", "F-000000000CCC", "T-000000000DDD", "F-000000000EEE"
OTHER_PASS = issued(7)
"""Of the party on the green bus."""
SLIP = "w-a1b2-003"


def loading(site: Site) -> None:
    """The site gives a bus what it needs."""
    site.role = "bus"
    site.manifests = lambda: _told(
        site,
        "bus",
        GATE,
        legs=[
            _leg("blue-bus", 1, "rally-1", GATE, vehicle="KBL 1234", seats=4),
            _leg("green-bus", 2, "rally-1", GATE, vehicle="KBL 5678", seats=30),
        ],
        parties=[
            _party(PARTY, "blue-bus", PERSONS, number=1),
            _party(COUPLE, "blue-bus", ["P-0000000000C1", "P-0000000000C2"], number=2),
            _party(OTHER, "green-bus", ["P-0000000000B1"], number=1),
            _party(STAND_BY, "blue-bus", ["P-0000000000F1"]) | {"is_stand_by": True},
        ],
    )


def arriving(site: Site) -> None:
    """The site gives a staging base what it needs: no key of a pass."""
    site.role = "staging-base"

    def told() -> dict[str, Any]:
        family = _party(PARTY, "c17-1", PERSONS, number=1, onward="c17-2") | {"aboard": [0, 1, 2]}
        return _told(
            site,
            "staging-base",
            BASE,
            legs=[
                _leg("c17-1", -3, GATE, BASE, mode="flight", is_before_gate=False),
                _leg("c17-2", 20, BASE, "haven-1", mode="flight", is_before_gate=False),
            ],
            parties=[
                family,
                _party(COUPLE, "c17-1", ["P-0000000000C1", "P-0000000000C2"], number=2),
                _party(WALK_IN, "", ["P-0000000000D1"]),
            ],
        ) | {"beds": {"beds": 4, "here": ["P-0000000000E1", *arrived(site)]}}

    site.manifests = told


def _told(
    site: Site, role: str, point: str, *, legs: list[dict[str, Any]], parties: list[dict[str, Any]]
) -> dict[str, Any]:
    family = pass_for_now()
    tags = {("text", family.text): PARTY, ("pass", family.id): PARTY, ("slip", SLIP): WALK_IN}
    tags |= {("text", OTHER_PASS.text): OTHER, ("pass", OTHER_PASS.id): OTHER}
    _note_events(site, legs, parties)
    return {
        "operation": OPERATION,
        "name": "Test",
        "device": "D-7ZK3M0Q2R9TX",
        "role": role,
        "point": point,
        "made_at": (datetime.now(UTC) - site.age).isoformat(),
        "key": KEY.hex(),
        "legs": legs,
        "parties": parties,
        "tags": {presented_tag(KEY, kind, value).hex(): party for (kind, value), party in tags.items()},  # type: ignore[arg-type]
        "places": {"rally-1": "School yard", GATE: "North Gate", BASE: "Base One", "haven-1": "Haven"},
        "beds": None,
    }


def _note_events(site: Site, legs: list[dict[str, Any]], parties: list[dict[str, Any]]) -> None:
    """What was handed in is told again, as the site does it."""
    undone = {event.code("event") for event in site.events if event.kind is EventKind.ANNULLED}
    for event in site.events:
        leg = next((one for one in legs if one["id"] == event.code("leg")), None)
        if leg is None or event.id in undone:
            continue
        if event.kind is EventKind.HEADS_COUNTED:
            leg |= {"departed": event.clock.wall // 1000, "counted": event.number("count")}
        if event.kind is EventKind.PERSONS_SET_OUT:
            lines = [one for one in parties if one["leg"] == leg["id"] and not one["is_stand_by"]]
            on_it = {person: one for one in lines for person in one["persons"]}
            for person, party in event.rows:
                if person in on_it:
                    on_it[person]["aboard"].append(on_it[person]["persons"].index(person))
                else:
                    leg["others"].append([person, party])


def arrived(site: Site) -> list[str]:
    """Whoever the site knows to have arrived."""
    undone = {event.code("event") for event in site.events if event.kind is EventKind.ANNULLED}
    come = [one for one in site.events if one.kind is EventKind.PERSONS_ARRIVED and one.id not in undone]
    return [str(row[0]) for event in come for row in event.rows]


def _leg(
    name: str, hours: int, origin: str, to: str, *, mode: str = "bus", vehicle: str = "", seats: int = 100,
    is_before_gate: bool = True,
) -> dict[str, Any]:  # fmt: skip
    departs = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=hours)
    return {
        "id": name,
        "mode": mode,
        "origin": origin,
        "destination": to,
        "departs": int(departs.timestamp()),
        "arrives": int((departs + timedelta(hours=2)).timestamp()),
        "vehicle": vehicle,
        "seats": seats,
        "version": 1,
        "is_before_gate": is_before_gate,
        "departed": 0,
        "counted": None,
        "others": [],
    }


def _party(party: str, leg: str, persons: list[str], *, number: int = 0, onward: str = "") -> dict[str, Any]:
    where = [""] * len(persons)
    return {
        "id": party, "leg": leg, "number": number, "persons": persons, "aboard": [], "where": where, "onward": onward,
        "is_stand_by": False,
    }  # fmt: skip
