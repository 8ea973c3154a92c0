"""An invented operation at its gate: one family with a pass valid now, devices, and what a device writes."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client

from safepassage.apps.gate.services import JOIN_CONTEXT, device_invite
from safepassage.apps.ledger.services import event_append
from safepassage.apps.passes.orders import PartyOrder
from safepassage.apps.passes.services import passes_issue
from safepassage.apps.policy.publishing import policy_propose
from safepassage.cli.init import template_text
from safepassage.core.ids import DeviceId, OperationId, PersonId, PointId, derived_id
from safepassage.core.ledger import ChainHead, Event, EventKind, begin_chain, encode_event, write_event
from safepassage.core.passes import ExpectedMember, IssuedPass, PassOrder
from safepassage.core.people import AgeBand, Sex

GATE = PointId("north-gate")
HOUR = timedelta(hours=1)
PARTY = derived_id("F", "testani")
PERSONS = tuple(PersonId(derived_id("P", name)) for name in ("karim", "laila", "omid"))
FAMILY = (
    ExpectedMember(Sex.MALE, AgeBand.ADULT),
    ExpectedMember(Sex.FEMALE, AgeBand.ADULT),
    ExpectedMember(Sex.MALE, AgeBand.CHILD),
)


def family_with_pass(operation: str, now: datetime, *, party: str = PARTY) -> IssuedPass:
    """The Testani family, known to the ledger, with a pass of the north gate valid from an hour ago on."""
    hour = now.replace(second=0, microsecond=0)
    policy = policy_propose(text=template_text("neo"), account="desk", is_unsigned_accepted=True, now=now - 2 * HOUR)
    rows = tuple((person,) for person in PERSONS)
    event_append(kind=EventKind.PERSONS_ASSIGNED, body={"rows": rows}, account="desk", now=now - HOUR)
    order = PassOrder(
        operation=OperationId(operation),
        party=party,
        point=GATE,
        window_start=hour - HOUR,
        window_end=hour + 2 * HOUR,
        policy_version=f"{policy.policy} {policy.version}",
        members=FAMILY,
        route="blue-bus",
    )
    (made,) = passes_issue(orders=[PartyOrder(order, PERSONS)], account="desk", now=now - HOUR)
    return made


@dataclass
class Phone:
    """A device without a browser: its key, its token, its chain."""

    operation: str
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    client: Client = field(default_factory=Client)
    id: str = ""
    token: str = ""
    site_key: str = ""
    outbox_key: str = ""
    head: ChainHead | None = None

    @property
    def public(self) -> str:
        return self.key.public_key().public_bytes_raw().hex()

    def join(self, code: str):
        proof = self.key.sign(JOIN_CONTEXT + code.encode() + b"\x1f" + bytes.fromhex(self.public)).hex()
        body = {"code": code, "public_key": self.public, "proof": proof}
        answer = self.client.post("/api/gate/v1/join", json.dumps(body), "application/json")
        if answer.status_code == 200:
            told = answer.json()
            self.id, self.token, self.site_key = told["device"], told["token"], told["site_key"]
            self.outbox_key = told["outbox_key"]
            self.head = begin_chain(OperationId(self.operation), DeviceId(self.id))
        return answer

    def get(self, call: str):
        return self.client.get(f"/api/gate/v1/{call}", HTTP_AUTHORIZATION=f"Bearer {self.token}")

    def post(self, call: str, body: Any):
        return self.client.post(
            f"/api/gate/v1/{call}",
            json.dumps(body),
            "application/json",
            HTTP_AUTHORIZATION=f"Bearer {self.token}",
        )

    def write(self, kind: EventKind, now: datetime, **body: Any) -> Event:
        assert self.head is not None
        nonce = f"n{self.head.sequence + 1}"
        event, self.head = write_event(self.head, kind, body, now=now, nonce=nonce, key=self.key)
        return event

    def admits(self, now: datetime, pass_id: str = "") -> Event:
        named = {"pass": pass_id} if pass_id else {}
        rows = tuple((person, PARTY) for person in PERSONS)
        return self.write(EventKind.PERSONS_ADMITTED, now, point=GATE, rows=rows, **named)


def item(event: Event) -> dict[str, str]:
    """An event as it is uploaded."""
    return {
        "content": base64.b64encode(encode_event(event)).decode(),
        "signature": base64.b64encode(event.signature).decode(),
    }


def joined(operation: str, now: datetime, *, role: str = "access-point", point: str = GATE) -> Phone:
    """A phone that has answered an invitation."""
    phone = Phone(operation)
    answer = phone.join(device_invite(role=role, point=point, account="desk", now=now))
    assert answer.status_code == 200, answer.content
    return phone
