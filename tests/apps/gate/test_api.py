"""The device endpoint: who may call what, what is answered, and that one bad item never blocks another."""

from __future__ import annotations

import base64
import json
from datetime import timedelta

import cbor2
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.test import Client

from safepassage.apps.accounts.roles import Role
from safepassage.apps.gate.api import CALLS
from safepassage.apps.gate.models import Device
from safepassage.apps.gate.selectors import join_address, verifier_now
from safepassage.apps.gate.services import FIELD_ROLES, device_invite, device_revoke, encounters_receive
from safepassage.apps.ledger.receiving import RECEIPT_CONTEXT
from safepassage.apps.ledger.selectors import claims_waiting, flags_now, flags_of, parked_open, state_now
from safepassage.apps.ledger.services import claim_confirm, claim_discard
from safepassage.apps.outreach.alarms import alarms_now
from safepassage.core.errors import NotFoundError
from safepassage.core.ids import DeviceId
from safepassage.core.ledger import EventKind, Stage
from safepassage.core.passes import read_revocations, verify_pass
from tests.apps.gate.scene import GATE, HOUR, PARTY, PERSONS, Phone, family_with_pass, item, joined
from tests.make import self_made

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
ALL_CALLS = {
    "bundle": lambda phone: phone.get("bundle"),
    "encounters": lambda phone: phone.post("encounters", {"items": []}),
    "lookup": lambda phone: phone.get("lookup"),
    "manifests": lambda phone: phone.get("manifests"),
    "revocations": lambda phone: phone.get("revocations"),
    "tally": lambda phone: phone.post("tally", {"level": "calm"}),
    "time": lambda phone: phone.get("time"),
}


def refusal(answer) -> tuple[int, str]:
    body = answer.json()
    assert set(body) == {"code", "message", "advice"}
    assert body["message"]
    return answer.status_code, body["code"]


@pytest.mark.parametrize("role", FIELD_ROLES)
@pytest.mark.parametrize("call", sorted(ALL_CALLS))
def test_a_device_may_call_what_its_role_allows_and_nothing_else(operation, now, role: str, call: str) -> None:
    answer = ALL_CALLS[call](joined(operation, now, role=role))
    if call in CALLS[role]:
        assert answer.status_code == 200, answer.content
    else:
        assert refusal(answer) == (403, "call-not-allowed")


@pytest.mark.parametrize("call", sorted(ALL_CALLS))
def test_a_stranger_is_refused_everywhere(operation, call: str) -> None:
    phone = Phone(operation, token="made-up")
    assert refusal(ALL_CALLS[call](phone)) == (401, "not-enrolled")
    phone.token = ""
    assert refusal(ALL_CALLS[call](phone)) == (401, "not-enrolled")


def test_every_role_is_in_the_table() -> None:
    assert set(CALLS) == set(Device.Role)


class TestJoining:
    def test_an_invitation_makes_one_device(self, operation, now) -> None:
        code = device_invite(role="access-point", point=GATE, account="desk", now=now)
        phone = Phone(operation)
        told = phone.join(code).json()
        assert (told["operation"], told["role"]) == (operation, "access-point")
        assert refusal(Phone(operation).join(code)) == (409, "invitation-used")
        assert Device.objects.count() == 1

    def test_a_code_can_be_typed_as_it_is_said(self, operation, now) -> None:
        code = device_invite(role="access-point", point=GATE, account="desk", now=now)
        typed = code.replace("-", " ").lower().replace("0", "o").replace("1", "l")
        assert Phone(operation).join(typed).status_code == 200

    def test_joining_again_after_a_lost_answer_is_the_same_device_with_a_new_token(self, operation, now) -> None:
        code = device_invite(role="access-point", point=GATE, account="desk", now=now)
        phone = Phone(operation)
        first, second = phone.join(code).json(), phone.join(code).json()
        assert first["device"] == second["device"]
        assert first["token"] != second["token"]
        phone.token = first["token"]
        assert refusal(phone.get("time")) == (401, "not-enrolled")

    def test_an_old_or_invented_invitation_is_refused(self, operation, now) -> None:
        old = device_invite(role="access-point", point=GATE, account="desk", now=now - timedelta(minutes=16))
        for code in (old, "AAAA-BBBB-CCCC", ""):
            assert refusal(Phone(operation).join(code)) == (404, "invitation-invalid")

    def test_a_key_of_another_shape_is_refused_by_name_and_not_repeated(self, operation, now) -> None:
        phone = Phone(operation)
        answer = phone.client.post(
            "/api/gate/v1/join", {"code": "x", "public_key": "secret-thing"}, content_type="application/json"
        )
        assert refusal(answer) == (422, "misshapen")
        assert b"public_key" in answer.content
        assert b"secret-thing" not in answer.content

    def test_guessing_invitations_is_slowed_down(self, operation) -> None:
        answers = [Phone(operation).join("AAAA-BBBB-CCCC") for _ in range(21)]
        assert refusal(answers[-1]) == (429, "too-many-calls")
        assert int(answers[-1]["Retry-After"]) > 0


class TestPoints:
    """A device that was invited for a point, and what it says of another."""

    def hand_in(self, phone, now, point: str, *, kind=EventKind.PERSONS_ADMITTED, **body) -> str:
        event = phone.write(kind, now, point=point, **(body or {"rows": ((PERSONS[0], PARTY),)}))
        (receipt,) = phone.post("encounters", {"items": [item(event)]}).json()["receipts"]
        assert receipt["outcome"] == "stored"
        return event.id

    def test_of_another_point_is_stored_flagged_and_shown(self, operation, now) -> None:
        family_with_pass(operation, now)
        phone, client = joined(operation, now), Client()
        own, other = self.hand_in(phone, now, GATE), self.hand_in(phone, now, "south-gate")
        assert flags_of([own, other]) == {other: "other-point"}
        assert any("name another point" in one.text for one in alarms_now(state_now(), now=now))
        client.force_login(self_made(username="desk", password=None, roles=frozenset({Role.SUPERVISOR})))
        log = client.get("/gate/").text
        assert log.count("not its own point") == 1
        assert state_now().people[PERSONS[0]].stage is Stage.ADMITTED, "an officer may have been sent there"

    def test_of_its_own_point_or_without_one_of_its_own_nothing_is_flagged(self, operation, now) -> None:
        family_with_pass(operation, now)
        self.hand_in(joined(operation, now), now, GATE)
        self.hand_in(joined(operation, now, role="rover", point=""), now, "south-gate")
        relayed = {"sender": "D-0000000000AB", "count": 1, "made": 1}
        self.hand_in(joined(operation, now), now, "south-gate", kind=EventKind.USES_RELAYED, **relayed)
        assert "other-point" not in flags_now()


class TestBundle:
    def test_it_holds_the_keys_and_passes_of_its_point_and_ids_alone_of_people(self, operation, now) -> None:
        made = family_with_pass(operation, now)
        bundle = joined(operation, now).get("bundle").json()
        assert {key["point"] for key in bundle["point_day_keys"]} == {GATE}
        (one,) = bundle["passes"]
        assert (one["id"], one["party"], one["persons"]) == (made.id, PARTY, list(PERSONS))
        assert one["is_used"] is False
        assert bundle["policies"] == [{"version": one["policy"], "is_honoured": True}]

    def test_it_holds_no_keys_of_another_point(self, operation, now) -> None:
        family_with_pass(operation, now)
        bundle = joined(operation, now, point="south-gate").get("bundle").json()
        assert {key["point"] for key in bundle["point_day_keys"]} == {"south-gate"}
        assert bundle["passes"] == []

    def test_a_bus_without_a_point_gets_no_keys(self, operation, now) -> None:
        assert refusal(joined(operation, now, role="bus", point="").get("bundle")) == (403, "no-point")

    def test_it_says_which_passes_were_used(self, operation, now) -> None:
        made = family_with_pass(operation, now)
        phone = joined(operation, now)
        phone.post("encounters", {"items": [item(phone.admits(now, made.id))]})
        assert [(one["is_used"], one["admitted"]) for one in phone.get("bundle").json()["passes"]] == [
            (True, [0, 1, 2])
        ]

    def test_after_a_part_was_admitted_the_rest_may_still_come(self, operation, now) -> None:
        made = family_with_pass(operation, now)
        phone = joined(operation, now)
        rows = ((PERSONS[1], PARTY),)
        phone.post(
            "encounters", {"items": [item(phone.write(EventKind.PERSONS_ADMITTED, now, point=GATE, rows=rows))]}
        )
        (one,) = phone.get("bundle").json()["passes"]
        assert (one["is_used"], one["admitted"]) == (False, [1])
        event = phone.write(
            EventKind.PERSONS_ADMITTED, now, point=GATE, rows=((PERSONS[0], PARTY),), **{"pass": made.id}
        )
        phone.post("encounters", {"items": [item(event)]})
        verdict = verify_pass(made.text, verifier=verifier_now([GATE], now=now), now=now, point=GATE)
        assert (verdict.code, verdict.remaining) == ("part-admitted", (2,))

    def test_the_revocation_list_verifies_with_the_keys_of_the_bundle(self, operation, now) -> None:
        family_with_pass(operation, now)
        phone = joined(operation, now)
        keys = tuple(bytes.fromhex(key) for key in phone.get("bundle").json()["issuing_keys"])
        data = base64.b64decode(phone.get("revocations").json()["data"])
        assert read_revocations(data, operation=operation, issuing_keys=keys).passes == ()


class TestEncounters:
    def test_an_upload_reaches_the_ledger_and_its_receipts_are_signed(self, operation, now) -> None:
        made = family_with_pass(operation, now)
        phone = joined(operation, now)
        told = phone.post("encounters", {"items": [item(phone.admits(now, made.id))]}).json()
        (receipt,) = told["receipts"]
        assert (receipt["nonce"], receipt["outcome"]) == ("n1", "stored")
        assert {state_now().people[person].stage for person in PERSONS} == {"admitted"}
        signed = RECEIPT_CONTEXT + cbor2.dumps(
            [[one["nonce"], one["outcome"], one["event"], one["reason"]] for one in told["receipts"]], canonical=True
        )
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(phone.site_key))
        key.verify(base64.b64decode(told["signature"]), signed)
        with pytest.raises(InvalidSignature):
            key.verify(base64.b64decode(told["signature"]), signed + b"x")

    def test_the_same_upload_twice_is_known_the_second_time_and_changes_nothing(self, operation, now) -> None:
        family_with_pass(operation, now)
        phone = joined(operation, now)
        body = {"items": [item(phone.admits(now))]}
        first = phone.post("encounters", body).json()["receipts"][0]
        before = state_now()
        second = phone.post("encounters", body).json()["receipts"][0]
        assert (first["outcome"], second["outcome"]) == ("stored", "known")
        assert first["event"] == second["event"]
        assert state_now() == before

    @pytest.mark.parametrize(
        "bad", [7, None, "text", [], {}, {"content": 3, "signature": []}, {"content": "!!", "signature": "AA=="}]
    )
    def test_a_bad_item_is_parked_and_blocks_no_other(self, operation, now, bad) -> None:
        family_with_pass(operation, now)
        phone = joined(operation, now)
        told = phone.post("encounters", {"items": [bad, item(phone.admits(now)), bad]}).json()["receipts"]
        assert [one["outcome"] for one in told] == ["parked", "stored", "parked"]
        assert told[0]["reason"] == "unreadable"
        assert [reason for reason, _, _ in parked_open()] == ["unreadable"]

    def test_another_devices_signature_is_parked(self, operation, now) -> None:
        family_with_pass(operation, now)
        phone, other = joined(operation, now), joined(operation, now)
        phone.key = other.key
        told = phone.post("encounters", {"items": [item(phone.admits(now))]}).json()["receipts"]
        assert [(one["outcome"], one["reason"]) for one in told] == [("parked", "bad-signature")]

    def test_a_device_may_not_write_what_is_the_sites_to_write(self, operation, now) -> None:
        phone = joined(operation, now)
        event = phone.write(EventKind.PASSES_REVOKED, now, reason="lost", rows=(("K-7ZK3M0Q2R9TX",),))
        told = phone.post("encounters", {"items": [item(event)]}).json()["receipts"]
        assert [(one["outcome"], one["reason"]) for one in told] == [("parked", "not-allowed")]

    def test_more_than_a_batch_is_refused_whole(self, operation, now) -> None:
        phone = joined(operation, now)
        assert refusal(phone.post("encounters", {"items": [{}] * 501})) == (422, "misshapen")

    def test_a_body_that_is_no_json_says_so(self, operation, now) -> None:
        phone = joined(operation, now)
        answer = phone.client.post(
            "/api/gate/v1/encounters", "{", "application/json", HTTP_AUTHORIZATION=f"Bearer {phone.token}"
        )
        assert refusal(answer) == (400, "bad-request")


class TestARevokedDevice:
    def test_it_hears_so_and_gets_nothing_more(self, operation, now) -> None:
        phone = joined(operation, now)
        device_revoke(device=Device.objects.get(), reason="lost", account="desk", now=now)
        for call in ("bundle", "revocations", "tally", "time"):
            assert refusal(ALL_CALLS[call](phone)) == (403, "device-revoked")

    def test_what_the_site_had_before_counts_and_what_it_hands_in_later_waits_for_a_person(
        self, operation, now
    ) -> None:
        family_with_pass(operation, now)
        phone = joined(operation, now)
        before = phone.write(EventKind.ENCOUNTER, now, point=GATE, verdict="valid", rows=((PERSONS[0],),))
        phone.post("encounters", {"items": [item(before)]})
        device = Device.objects.get()
        device_revoke(device=device, reason="lost", account="desk", now=now + HOUR)
        backdated = phone.admits(now - HOUR)
        told = encounters_receive(device=device, items=[item(backdated)], now=now + 2 * HOUR)
        assert [one.outcome for one in told] == ["stored"]
        state = state_now()
        assert [state.people[one].stage for one in PERSONS[:2]] == [Stage.AT_ACCESS_POINT, Stage.KNOWN]
        (marked,) = (alarm for alarm in state.alarms if alarm.code == "after-revocation")
        assert (marked.subject, marked.devices) == (backdated.id, (phone.id,))
        assert [event.id for event in claims_waiting()] == [backdated.id]
        claim_confirm(event=backdated.id, reason="officer-remembers", account="desk")
        assert state_now().people[PERSONS[1]].stage is Stage.ADMITTED
        assert not claims_waiting()
        with pytest.raises(NotFoundError):
            claim_discard(event=backdated.id, reason="mistake", account="desk")

    def test_it_may_not_join_anew_with_the_same_invitation(self, operation, now) -> None:
        code = device_invite(role="access-point", point=GATE, account="desk", now=now)
        phone = Phone(operation)
        phone.join(code)
        device_revoke(device=Device.objects.get(), reason="lost", account="desk", now=now)
        assert refusal(phone.join(code)) == (409, "invitation-used")


class TestTally:
    def test_a_later_tap_of_the_quarter_replaces_the_earlier(self, operation, now) -> None:
        phone = joined(operation, now)
        first = phone.post("tally", {"level": "calm"}).json()
        second = phone.post("tally", {"level": "dense", "heads": 400}).json()
        assert first["quarter"] <= second["quarter"]
        assert (second["point"], second["level"], second["heads"]) == (GATE, "dense", 400)

    def test_a_device_speaks_of_its_own_point_only(self, operation, now) -> None:
        answer = joined(operation, now).post("tally", {"level": "calm", "point": "south-gate"})
        assert refusal(answer) == (403, "other-point")

    def test_a_rover_says_where_it_is(self, operation, now) -> None:
        rover = joined(operation, now, role="rover", point="")
        assert refusal(rover.post("tally", {"level": "calm"})) == (403, "other-point")
        assert rover.post("tally", {"level": "calm", "point": GATE}).json()["point"] == GATE

    def test_a_fourth_word_is_refused(self, operation, now) -> None:
        assert refusal(joined(operation, now).post("tally", {"level": "riot"})) == (422, "misshapen")


def test_a_device_that_calls_too_often_is_asked_to_wait_and_others_are_not(operation, now) -> None:
    hasty, patient = joined(operation, now), joined(operation, now)
    answers = [hasty.get("time").status_code for _ in range(121)]
    assert (answers[119], answers[120]) == (200, 429)
    assert patient.get("time").status_code == 200


def test_contact_is_noted(operation, now) -> None:
    phone = joined(operation, now)
    Device.objects.update(last_seen_at=now - timedelta(hours=2))
    phone.get("bundle")
    assert Device.objects.get(pk=DeviceId(phone.id)).last_seen_at >= now


def test_an_invitation_leads_to_where_phones_reach_the_site(operation, home) -> None:
    assert join_address("AAAA-BBBB-CCCC") == "/field/#join=AAAA-BBBB-CCCC"
    (home / "tls").mkdir()
    told = {
        "origin": "https://192.168.50.1:8443",
        "help_address": "http://192.168.50.1:8080/",
        "fingerprint": "AB:CD",
    }
    (home / "tls" / "door.json").write_text(json.dumps(told))
    assert join_address("AAAA-BBBB-CCCC") == "https://192.168.50.1:8443/field/#join=AAAA-BBBB-CCCC"
