"""What devices sealed while they couldn't send it, what a locked phone may ask, and whose key it is that joins."""

from __future__ import annotations

import base64
import hashlib
import os

import pytest

from safepassage.apps.gate.models import Device
from safepassage.apps.gate.services import device_invite, device_revoke
from safepassage.apps.ledger.selectors import parked_open, state_now
from safepassage.core.ledger import encode_event
from safepassage.core.ledger.outbox import seal_outbox
from tests.apps.gate.scene import GATE, PERSONS, Phone, family_with_pass, joined
from tests.apps.gate.test_api import refusal

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


def sealed(phone: Phone, event, *, site: str = "") -> dict[str, str]:
    data = seal_outbox(
        encode_event(event), event.signature, site=bytes.fromhex(site or phone.outbox_key), ephemeral=os.urandom(32)
    )
    return {"sealed": base64.b64encode(data).decode()}


def test_a_sealed_event_is_received_like_an_open_one_and_known_the_second_time(operation, now) -> None:
    family_with_pass(operation, now)
    phone = joined(operation, now)
    body = {"items": [sealed(phone, phone.admits(now))]}
    first = phone.post("encounters", body).json()["receipts"][0]
    assert (first["nonce"], first["outcome"]) == ("n1", "stored")
    assert {state_now().people[person].stage for person in PERSONS} == {"admitted"}
    assert phone.post("encounters", body).json()["receipts"][0]["outcome"] == "known"


def test_what_an_earlier_identity_sealed_is_taken_from_the_hands_of_a_new_one(operation, now) -> None:
    family_with_pass(operation, now)
    before, after = joined(operation, now), joined(operation, now)
    told = after.post("encounters", {"items": [sealed(before, before.admits(now))]}).json()["receipts"]
    assert told[0]["outcome"] == "stored"


def test_what_is_sealed_to_somebody_else_is_parked_and_blocks_no_other(operation, now) -> None:
    family_with_pass(operation, now)
    phone = joined(operation, now)
    strange = sealed(phone, phone.admits(now), site="09" + 31 * "00")
    told = phone.post("encounters", {"items": [strange, {"sealed": 7}, sealed(phone, phone.admits(now))]}).json()
    assert [one["outcome"] for one in told["receipts"]] == ["parked", "parked", "stored"]
    assert {reason for reason, _, _ in parked_open()} == {"unreadable"}


def ticket(phone: Phone) -> str:
    return hashlib.sha256(b"safepassage/standing/v1\x00" + hashlib.sha256(phone.token.encode()).digest()).hexdigest()


def test_a_locked_phone_hears_that_it_is_withdrawn_and_nobody_else_does(operation, now) -> None:
    phone, other = joined(operation, now), joined(operation, now)
    ask = {"device": phone.id, "ticket": ticket(phone)}
    phone.token = ""
    assert phone.post("standing", ask).json() == {"is_withdrawn": False}
    device_revoke(device=Device.objects.get(pk=phone.id), reason="stolen", account="desk", now=now)
    assert phone.post("standing", ask).json() == {"is_withdrawn": True}
    assert phone.post("standing", {**ask, "ticket": ticket(other)}).json() == {"is_withdrawn": False}
    assert phone.post("standing", {**ask, "device": "D-00000000"}).json() == {"is_withdrawn": False}


def test_nobody_enrols_a_key_that_is_not_theirs(operation, now) -> None:
    phone, thief = Phone(operation), Phone(operation)
    code = device_invite(role="access-point", point=GATE, account="desk", now=now)
    thief.key, own = phone.key, thief.key
    phone.key = own
    body = {"code": code, "public_key": thief.public, "proof": own.sign(b"anything").hex()}
    assert refusal(thief.post("join", body)) == (403, "no-possession")
    assert phone.join(code).status_code == 200
