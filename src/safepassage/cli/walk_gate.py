"""The demo's gate days: devices are enrolled, people come, and what every device wrote reaches the site."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from safepassage.apps.accounts.selectors import operation_now
from safepassage.apps.gate.selectors import verifier_now
from safepassage.apps.gate.services import device_invite, device_join
from safepassage.apps.ledger.receiving import events_receive
from safepassage.apps.movement.bookings import bookings_lines
from safepassage.apps.movement.selectors import plan_read, plan_record_now
from safepassage.apps.passes.orders import document_facts
from safepassage.apps.policy.selectors import standings_now
from safepassage.apps.registry.selectors import parties_now, persons_now
from safepassage.cli.speak import progress_bar
from safepassage.core.dates import age_band
from safepassage.core.identity import Person
from safepassage.core.ids import DeviceId, OperationId, PartyId, PassId, PersonId, PointId
from safepassage.core.ledger import encode_event
from safepassage.core.movement import PointKind
from safepassage.core.passes import IssuedPass
from safepassage.core.sim import GateDevice, GateMember, GateParty, GateScene, GateTotals, simulate_gate_days

if TYPE_CHECKING:
    from safepassage.cli.walk_ground import Walk

DEVICES_A_POINT = 3
"""The last of them has no network and syncs late."""


@dataclass(frozen=True, slots=True)
class GateResult:
    """What the gate days left: the simulator's own totals, how uploads were answered, and when it was over."""

    totals: GateTotals
    receipts: dict[str, int]
    ended_at: datetime


def gate_days(one: Walk, issued: list[IssuedPass]) -> GateResult:
    """Simulates the days of the plan and takes in what the devices send, late and repeated uploads included."""
    with progress_bar("6/7 gate days", quiet=one.quiet) as step:
        began = one.planned_at + timedelta(minutes=10)
        points = _points(one)
        devices = _enrol(one, points, began)
        scene = GateScene(
            operation=OperationId(operation_now().code),
            network=one.scenario.network,
            parties=_parties(one, issued),
            devices=devices,
            verifiers={point: verifier_now([point], now=began) for point in points},
            owner="gate-1",
        )
        step(0.2, "people come")
        days = simulate_gate_days(one.rng, scene)
        receipts: dict[str, int] = {}
        ended_at = began
        for number, upload in enumerate(days.uploads, 1):
            items = [
                {
                    "content": base64.b64encode(encode_event(event)).decode(),
                    "signature": base64.b64encode(event.signature).decode(),
                }
                for event in upload.events
            ]
            for receipt in events_receive(items=items, now=upload.at):
                receipts[receipt.outcome] = receipts.get(receipt.outcome, 0) + 1
            ended_at = max(ended_at, upload.at)
            step(0.3 + 0.7 * number / len(days.uploads), f"upload {number} of {len(days.uploads)}")
    return GateResult(days.totals, receipts, ended_at + timedelta(hours=1))


def _points(one: Walk) -> list[PointId]:
    checked = {line.access_point for line in bookings_lines()}
    access = {point.id for point in one.scenario.network.points if point.kind is PointKind.ACCESS_POINT}
    return sorted(checked | access)


def _enrol(one: Walk, points: list[PointId], now: datetime) -> tuple[GateDevice, ...]:
    places: list[tuple[PointId | None, bool]] = [(None, False)]
    places += [(point, number == DEVICES_A_POINT - 1) for point in points for number in range(DEVICES_A_POINT)]
    devices = []
    for number, (point, is_offline) in enumerate(places):
        secret = one.secret(f"device {number}")
        device = GateDevice(DeviceId(""), secret, point, is_offline)
        public = device.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
        role = "access-point" if point else "staging-base"
        code = device_invite(role=role, point=point or "", account="demo", now=now)
        joined = device_join(code=code, public_key=public, now=now)
        devices.append(GateDevice(DeviceId(joined.device.pk), secret, point, is_offline))
    return tuple(devices)


def _parties(one: Walk, issued: list[IssuedPass]) -> tuple[GateParty, ...]:
    record = plan_record_now()
    plan = plan_read(record) if record else None
    assignments = {assignment.party: assignment for assignment in plan.assignments} if plan else {}
    passes = {made.id: made for made in issued}
    persons, parties = persons_now(), {party.id: party for party in parties_now()}
    booked = {line.party: line for line in bookings_lines()}
    holders = _passes_by_party(passes)
    scene = []
    for standing in standings_now():
        party = parties.get(standing.party)
        if party is None or not party.confirmed:
            continue
        line = booked.get(party.id)
        keys = line.persons if line else tuple(member.person for member in party.confirmed)
        members = tuple(_member(persons[key], key, one) for key in keys if key in persons)
        made = holders.get(party.id)
        scene.append(
            GateParty(
                party.id,
                members,
                assignment=assignments.get(party.id) if line and made else None,
                issued=made,
                is_eligible_by_document=standing.tier == 1 and any(member.documents for member in members),
            )
        )
    return tuple(scene)


def _passes_by_party(passes: dict[PassId, IssuedPass]) -> dict[PartyId, IssuedPass]:
    from safepassage.apps.passes.selectors import passes_living

    return {PartyId(one.party): passes[PassId(one.id)] for one in passes_living() if one.id in passes}


def _member(person: Person, key: PersonId, one: Walk) -> GateMember:
    return GateMember(
        person=key,
        sex=person.sex,
        age_band=age_band(person.birth, one.planned_at.date()),
        documents=document_facts(person),
    )
