"""The gate log: refused ones too, filtered by point and outcome; contradictions; how often a pass might be used."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils import timezone

from safepassage.apps.accounts.roles import Role
from safepassage.apps.console.figures.double_use import double_uses
from safepassage.apps.console.figures.gate import LogLine, alarm_lines, gate_events, gate_line, outcome_figures
from safepassage.apps.gate.selectors import devices_known
from safepassage.apps.gate.services import device_invite, device_join, device_seen, tally_note
from safepassage.apps.ledger.selectors import state_now
from safepassage.apps.ledger.services import event_append
from safepassage.core.ledger import EventKind, LedgerState, fold
from tests.core.ledger.scribe import KARIM, LAILA, TESTANIS, Scribe


def joined(name: str, point: str = "gate-1"):
    key = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest())
    now = timezone.now()
    code = device_invite(role="access-point", point=point, account="desk", now=now)
    return device_join(code=code, public_key=key.public_key().public_bytes_raw().hex(), now=now).device


def day() -> Scribe:
    scribe = Scribe()
    scribe.assigned(KARIM, LAILA)
    scribe.write(EventKind.ENCOUNTER, (KARIM,), point="gate-1", verdict="valid", reasons=("pass-valid",), heads=1)
    scribe.seen(EventKind.PERSONS_ADMITTED, KARIM, point="gate-1")
    scribe.write(EventKind.ENCOUNTER, (LAILA,), point="gate-2", verdict="not-valid", reasons=("expired",), heads=1)
    scribe.seen(EventKind.PERSONS_TURNED_AWAY, LAILA, point="gate-2", reason="come-back")
    return scribe


def log_of(state: LedgerState, *, point: str = "") -> list[LogLine]:
    return [gate_line(event, state) for event in gate_events(state, point=point)]


def test_the_log_holds_the_refused_too_and_begins_with_the_newest() -> None:
    lines = log_of(fold(day().events))
    assert [line.outcome for line in lines] == ["turned-away", "not-valid", "admitted", "valid"]
    assert lines[0].party == TESTANIS
    assert lines[1].reasons == ("expired",)


def test_the_log_of_one_point_and_how_often_each_outcome_was() -> None:
    state = fold(day().events)
    assert [line.point for line in log_of(state, point="gate-2")] == ["gate-2", "gate-2"]
    assert outcome_figures(gate_events(state, point="gate-1")) == [("admitted", 1), ("valid", 1)]


def test_a_corrected_event_stays_in_the_log_and_is_marked() -> None:
    scribe = day()
    wrong = scribe.seen(EventKind.PERSONS_ADMITTED, LAILA, point="gate-2")
    scribe.write(EventKind.ANNULLED, event=wrong.id, reason="wrong-person")
    marked = {line.event: line.is_annulled for line in log_of(fold(scribe.events))}
    assert marked[wrong.id] is True
    assert sum(marked.values()) == 1


def test_one_person_admitted_by_two_devices_is_told_with_both() -> None:
    one, other = day(), Scribe("phone-2").at(60)
    other.seen(EventKind.PERSONS_ADMITTED, KARIM, point="gate-3")
    (line,) = alarm_lines(fold([*one.events, *other.events]))
    assert line.code == "admitted-twice"
    assert len(line.devices) == len(line.moments) == 2


@pytest.mark.django_db
def test_each_silent_device_could_admit_a_pass_once_more(operation) -> None:
    now = timezone.now()
    first, second, third = (joined(name) for name in ("one", "two", "three"))
    (line,) = double_uses(state_now(), now)
    assert (line.devices, line.silent, line.bound) == (3, 0, 1)
    for device in (first, second, third):
        device_seen(device=device, now=now - timedelta(hours=1))
    assert double_uses(state_now(), now)[0].bound == 3
    device_seen(device=third, now=now)
    assert double_uses(state_now(), now)[0].bound == 3


def test_the_page_shows_the_crowd_as_officers_tallied_it(signed_in) -> None:
    tally_note(point="gate-1", level="dangerous", heads=400, device="D-1", now=timezone.now())
    page = signed_in(Role.GATE_OFFICER).get("/gate/").text
    assert "dangerous" in page
    assert "400" in page


def test_a_filter_fetches_the_table_alone(signed_in) -> None:
    part = signed_in(Role.GATE_OFFICER).get("/gate/?point=gate-1", headers={"HX-Target": "log"}).text
    assert "<html" not in part


def test_one_outcome_alone_is_shown_while_every_outcome_is_counted(signed_in, operation, now) -> None:
    for verdict, reason in (("valid", "pass-valid"), ("not-valid", "expired"), ("not-valid", "expired")):
        body = {"point": "gate-1", "verdict": verdict, "reasons": (reason,), "heads": 1, "rows": ((KARIM,),)}
        event_append(kind=EventKind.ENCOUNTER, body=body, now=now)
    found = signed_in(Role.GATE_OFFICER).get("/gate/?outcome=not-valid").context
    assert [line.outcome for line in found["lines"]] == ["not-valid", "not-valid"]
    assert found["outcomes"] == [("not-valid", 2), ("valid", 1)]


def test_an_invitation_is_shown_once_with_its_square_and_digits(signed_in) -> None:
    client = signed_in(Role.ADMINISTRATOR)
    page = client.post("/devices/invite/", {"role": "access-point", "point": "gate-1"})
    assert page.status_code == 200
    assert "data:image/svg+xml;base64," in page.text
    assert page["Cache-Control"].startswith("max-age=0")
    code = page.context["code"]
    assert code in page.text
    assert code not in client.get("/devices/").text


def test_a_device_for_an_access_point_needs_its_point(signed_in) -> None:
    page = signed_in(Role.ADMINISTRATOR).post("/devices/invite/", {"role": "access-point"})
    assert page.status_code == 422
    assert "Say at which access point it stands" in page.text


def test_a_site_is_not_invited_as_a_device(signed_in) -> None:
    page = signed_in(Role.ADMINISTRATOR).post("/devices/invite/", {"role": "site", "point": "gate-1"})
    assert page.status_code == 422


def test_a_device_is_withdrawn_by_one_click(signed_in) -> None:
    device = joined("lost phone")
    client = signed_in(Role.SUPERVISOR)
    page = client.post(f"/devices/{device.pk}/withdraw/", {"reason": "stolen"}, follow=True)
    assert "withdrawn" in page.text
    assert devices_known().get(pk=device.pk).revoked_at is not None
