"""A stage for gate days: two access points, a bus to each, a flight from each, passes issued under invented keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from safepassage.core.ids import DeviceId, LegId, OperationId, PartyId, PersonId, PointId, derived_id
from safepassage.core.ledger import Event, EventKind
from safepassage.core.ledger.chain import begin_chain, write_event
from safepassage.core.movement import Assignment, Leg, Mode, Network, Point, PointKind, Window
from safepassage.core.passes import (
    BindingFact,
    ExpectedMember,
    PassOrder,
    PolicyVersion,
    Revocation,
    RevocationList,
    SigningKey,
    VerifierState,
    derive_point_day_key,
    issue_pass,
)
from safepassage.core.people import AgeBand, Sex
from safepassage.core.sim import GateDevice, GateMember, GateParty, GateScene

OPERATION = OperationId("invented-21")
MORNING = datetime(2021, 8, 24, 4, 0, tzinfo=UTC)
ISSUED_AT = MORNING - timedelta(hours=12)
SIGNING, SECRET = SigningKey(b"\x07" * 32), b"\x09" * 32
POINTS = (PointId("access-east"), PointId("access-west"))
SITE = GateDevice(DeviceId("site-1"), b"\x01" * 32)


@dataclass(frozen=True, slots=True)
class Stage:
    """A scene, and the site's events that came before: people, parties, bookings, passes."""

    scene: GateScene
    before: tuple[Event, ...]
    revoked: frozenset[PartyId]


def network() -> Network:
    points = [Point(PointId("rally-1"), PointKind.RALLY_POINT), Point(PointId("base-1"), PointKind.STAGING_BASE)]
    legs = []
    for i, point in enumerate(POINTS, 1):
        points.append(Point(point, PointKind.ACCESS_POINT))
        leaves = MORNING - timedelta(hours=1)
        legs.append(
            Leg(LegId(f"bus-{i}"), Mode.BUS, PointId("rally-1"), point, leaves, MORNING - timedelta(minutes=20), 9999)
        )
        flies = MORNING + timedelta(hours=6)
        legs.append(
            Leg(
                LegId(f"flight-{i}"), Mode.FLIGHT, point, PointId("base-1"), flies, flies + timedelta(hours=4), 9999,
                boarding_minutes=60,
            )
        )  # fmt: skip
    return Network(tuple(points), tuple(legs))


def stage(
    seed: int,
    *,
    parties: int = 40,
    offline: bool = True,
    revoked: int = 2,
    unbooked: int = 5,
    documented: float = 0.7,
) -> Stage:
    """A stage with so many booked parties of 1 to 7 people each."""
    rng = np.random.default_rng(seed)
    found = [_party(rng, n, documented=documented) for n in range(parties)]
    withdrawn = [party for party in found[:revoked] if party.issued and party.assignment]
    revocations = RevocationList(
        OPERATION,
        MORNING - timedelta(hours=1),
        1,
        tuple(Revocation(p.issued.id, p.assignment.access_window.ends) for p in withdrawn),
    )
    keys = tuple(derive_point_day_key(SECRET, OPERATION, point, MORNING.date()) for point in POINTS)
    verifiers = {
        point: VerifierState(
            OPERATION,
            (point,),
            (SIGNING.public,),
            (key,),
            revocations=revocations,
            policies=(PolicyVersion("p-1"),),
        )
        for point, key in zip(POINTS, keys, strict=True)
    }
    devices = [SITE]
    for i, point in enumerate(POINTS):
        devices.append(GateDevice(DeviceId(f"gate-{i}a"), bytes([10 + i]) * 32, point))
        devices.append(GateDevice(DeviceId(f"gate-{i}b"), bytes([20 + i]) * 32, point, is_offline=offline and i == 0))
    more = [_unbooked(rng, n) for n in range(unbooked)]
    scene = GateScene(OPERATION, network(), (*found, *more), tuple(devices), verifiers)
    return Stage(scene, _before(scene), frozenset(party.party for party in withdrawn))


def public_keys(scene: GateScene) -> dict[DeviceId, Ed25519PublicKey]:
    return {device.id: device.key.public_key() for device in scene.devices}


def _members(rng: np.random.Generator, key: str, *, documented: float) -> tuple[GateMember, ...]:
    bands = [AgeBand.ADULT, *rng.choice([AgeBand.ADULT, AgeBand.CHILD, AgeBand.INFANT], int(rng.integers(0, 7)))]
    members = []
    for i, band in enumerate(bands):
        facts = (BindingFact(f"P99{serial_of(key, i):06d}", "900101"),) if rng.random() < documented else ()
        members.append(
            GateMember(PersonId(derived_id("P", key, str(i))), Sex.FEMALE, AgeBand(str(band)), documents=facts)
        )
    return tuple(members)


def serial_of(key: str, i: int) -> int:
    return int.from_bytes(derived_id("X", key, str(i)).encode(), "big") % 10**6


def _party(rng: np.random.Generator, n: int, *, documented: float) -> GateParty:
    key = f"party-{n}"
    members = _members(rng, key, documented=documented)
    i = n % 2
    point = POINTS[i]
    begins = MORNING + timedelta(hours=int(rng.integers(0, 4)))
    window = Window(begins, begins + timedelta(hours=1))
    party = PartyId(derived_id("T", key))
    assignment = Assignment(
        party=party,
        heads=len(members),
        tier=1,
        rank=n,
        start=PointId("rally-1"),
        report_at=MORNING - timedelta(hours=2),
        legs=(LegId(f"bus-{i + 1}"), LegId(f"flight-{i + 1}")),
        end=PointId("base-1"),
        arrives=MORNING + timedelta(hours=10),
        access_point=point,
        access_window=window,
    )
    expected = tuple(ExpectedMember(m.sex, m.age_band, m.documents) for m in members)
    order = PassOrder(OPERATION, party, point, window.begins, window.ends, "p-1", expected, f"bus-{i + 1}")
    issued = issue_pass(order, signing_key=SIGNING, pass_secret=SECRET, now=ISSUED_AT, randomness=rng.bytes(32))
    return GateParty(party, members, assignment, issued, is_eligible_by_document=bool(rng.random() < 0.2))


def _unbooked(rng: np.random.Generator, n: int) -> GateParty:
    key = f"unbooked-{n}"
    return GateParty(
        PartyId(derived_id("T", key)), _members(rng, key, documented=1.0), is_eligible_by_document=n % 2 == 0
    )


def _before(scene: GateScene) -> tuple[Event, ...]:
    head, key, events = begin_chain(OPERATION, DeviceId("site-0")), SITE.key, []
    pairs = [(m.person, p.party) for p in scene.parties for m in p.members]
    booked = [
        (m.person, p.party, leg)
        for p in scene.parties
        if p.assignment
        for m in p.members
        for leg in p.assignment.legs
    ]
    passes = [
        (
            p.issued.id,
            p.party,
            p.assignment.access_point,
            int(p.assignment.access_window.begins.timestamp() * 1000),
            int(p.assignment.access_window.ends.timestamp() * 1000),
            len(p.members),
        )
        for p in scene.parties
        if p.issued
    ]
    acts = (
        (EventKind.PERSONS_ASSIGNED, {"rows": tuple((person,) for person, _ in pairs)}),
        (EventKind.PARTIES_FORMED, {"rows": tuple((party, person, 1) for person, party in pairs)}),
        (EventKind.PERSONS_BOOKED, {"plan": "plan-1", "rows": tuple(booked)}),
        (EventKind.PASSES_ISSUED, {"key": SIGNING.id.hex(), "rows": tuple(passes)}),
    )
    for i, (kind, body) in enumerate(acts):
        event, head = write_event(head, kind, body, now=ISSUED_AT + timedelta(seconds=i), nonce=f"n{i}", key=key)
        events.append(event)
    return tuple(events)
