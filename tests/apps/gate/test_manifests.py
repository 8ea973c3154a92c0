"""What a bus and a staging base hold (ids and hashes alone), and how far legs are loaded by the events."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from typer.testing import CliRunner

from safepassage.apps.accounts.roles import Role
from safepassage.apps.gate.loading import bases_loading, legs_loading, network_planned, people_not_aboard
from safepassage.apps.gate.models import Device
from safepassage.apps.ledger.selectors import discrepancies_now, state_now
from safepassage.apps.ledger.services import event_append
from safepassage.apps.movement.models import Booking, ManifestRecord
from safepassage.apps.movement.selectors import plan_record_now
from safepassage.apps.outreach.alarms import alarms_now
from safepassage.apps.passes.models import PassRecord
from safepassage.apps.passes.services import passes_issue_due
from safepassage.cli import app
from safepassage.core.ledger import EventKind, Stage
from safepassage.core.passes.presented import presented_tag
from tests.apps.gate.journey import BASE, BLUE, GATE, GREEN, ON, OUT, planned
from tests.apps.gate.scene import Phone, item, joined
from tests.make import an_officer

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


@pytest.fixture
def journey(operation, now, tmp_path):
    planned(tmp_path, now)
    return operation


def manifests(phone: Phone) -> dict:
    answer = phone.get("manifests")
    assert answer.status_code == 200, answer.content
    return answer.json()


def of_leg(told: dict, leg: str) -> list[dict]:
    return [party for party in told["parties"] if party["leg"] == leg]


def test_a_bus_is_told_who_is_expected_on_it_by_ids_alone(journey, now) -> None:
    told = manifests(joined(journey, now, role="bus", point=GATE))
    assert [(leg["id"], leg["is_before_gate"], leg["version"]) for leg in told["legs"]] == [
        (BLUE, True, 1),
        (GREEN, True, 1),
        (OUT, False, 0),
    ]
    booked = {one.party: one.persons for one in Booking.objects.all() if BLUE in one.legs}
    assert booked
    assert {party["id"]: party["persons"] for party in of_leg(told, BLUE)} == booked
    assert [party["number"] for party in of_leg(told, BLUE)] == list(range(1, len(booked) + 1))
    assert set(told["places"].values()) == {"School yard", "North Gate", "Base One"}
    assert told["beds"] is None
    fields = {"id", "leg", "number", "persons", "aboard", "where", "onward", "is_stand_by"}
    assert {field for party in told["parties"] for field in party} == fields


def test_whoever_belongs_to_another_bus_of_that_yard_is_told_too(journey, now) -> None:
    told = manifests(joined(journey, now, role="bus", point=GATE))
    blue, green = of_leg(told, BLUE), of_leg(told, GREEN)
    assert blue
    assert green
    assert not {party["id"] for party in blue} & {party["id"] for party in green}


def test_what_people_hold_out_is_matched_by_hashes_that_are_other_ones_each_time(journey, now) -> None:
    passes_issue_due(account="desk", now=now)
    phone = joined(journey, now, role="bus", point=GATE)
    told, again = manifests(phone), manifests(phone)
    for record in PassRecord.objects.all():
        for kind, value in (("text", record.text), ("pass", record.id)):
            tag = presented_tag(bytes.fromhex(told["key"]), kind, value).hex()
            assert told["tags"][tag] == record.party
            assert tag not in again["tags"]
            assert value not in json.dumps(told)


def test_who_stands_by_for_a_bus_is_told_after_those_of_its_manifest(journey, now) -> None:
    record = plan_record_now()
    assert record is not None
    waiting, other = Booking.objects.order_by("party")[:2]
    risk = {
        "seats": 4,
        "booked": 4,
        "bump_chance": 0.0,
        "empty_likely": 1,
        "rate": 0.1,
        "rate_low": 0.0,
        "rate_high": 0.2,
    }
    record.overbooked = [{"leg": GREEN, **risk, "is_last": False, "stand_by": [waiting.party, other.party]}]
    record.save(update_fields=["overbooked"])
    Booking.objects.filter(pk=waiting.pk).delete()
    ManifestRecord.objects.all().delete()
    told = [
        one for one in of_leg(manifests(joined(journey, now, role="bus", point=GATE)), GREEN) if one["is_stand_by"]
    ]
    assert [(one["id"], sorted(one["persons"])) for one in told] == [(waiting.party, sorted(waiting.persons))]


def test_a_bus_elsewhere_is_told_nobody(journey, now) -> None:
    bus = joined(journey, now, role="bus", point=GATE)
    Device.objects.filter(pk=bus.id).update(point="south-gate")
    told = manifests(bus)
    assert (told["legs"], told["parties"], told["tags"]) == ([], [], {})


@pytest.mark.parametrize("role", ["bus", "staging-base"])
def test_a_device_of_no_point_is_told_of_nobody(journey, now, role: str) -> None:
    answer = joined(journey, now, role=role, point="").get("manifests")
    assert (answer.status_code, answer.json()["code"]) == (403, "no-point")


def rows_of(party: dict) -> tuple[tuple[str, str], ...]:
    return tuple((person, party["id"]) for person in party["persons"])


def test_a_bus_that_loads_and_leaves_is_seen_by_the_site_and_by_the_next_phone(journey, now) -> None:
    phone = joined(journey, now, role="bus", point=GATE)
    first, *rest = of_leg(manifests(phone), GREEN)
    events = [
        phone.write(EventKind.PERSONS_SET_OUT, now, leg=GREEN, point="rally-1", rows=rows_of(first)),
        phone.write(
            EventKind.HEADS_COUNTED,
            now,
            leg=GREEN,
            count=len(first["persons"]) - 1,
            owner=phone.id,
            method="at-departure",
        ),
    ]
    receipts = phone.post("encounters", {"items": [item(event) for event in events]}).json()["receipts"]
    assert [one["outcome"] for one in receipts] == ["stored", "stored"]
    network = network_planned()
    assert network is not None
    blue, green, *_ = legs_loading(state_now(), legs=network.legs)
    assert green.aboard == {*first["persons"]}
    assert green.missing == {person for party in rest for person in party["persons"]}
    assert (green.counted, green.departed) == (len(first["persons"]) - 1, now)
    assert (blue.aboard, blue.departed, blue.counted) == (frozenset(), None, None)
    (difference,) = discrepancies_now()
    assert (difference.place, difference.difference, difference.owner) == (GREEN, -1, phone.id)
    told = manifests(joined(journey, now, role="bus", point=GATE))
    assert of_leg(told, GREEN)[0]["where"] == [GREEN] * len(first["persons"])
    assert [party["aboard"] for party in of_leg(told, GREEN)] == [
        [*range(len(first["persons"]))],
        *([] for _ in rest),
    ]
    assert [leg["departed"] for leg in told["legs"]][:2] == [0, int(now.timestamp())]


def test_who_boarded_by_mistake_and_was_undone_is_expected_again(journey, now) -> None:
    phone = joined(journey, now, role="bus", point=GATE)
    first = of_leg(manifests(phone), GREEN)[0]
    out = phone.write(EventKind.PERSONS_SET_OUT, now, leg=GREEN, rows=rows_of(first))
    phone.post("encounters", {"items": [item(out)]})
    undone = phone.write(EventKind.ANNULLED, now, event=out.id, reason="mistake")
    phone.post("encounters", {"items": [item(undone)]})
    assert set(of_leg(manifests(phone), GREEN)[0]["where"]) == {""}


class TestStagingBase:
    def test_it_is_told_whom_to_expect_whither_they_go_on_and_its_beds(self, journey, now) -> None:
        told = manifests(joined(journey, now, role="staging-base", point=BASE))
        assert [leg["id"] for leg in told["legs"]] == [OUT, ON]
        assert told["parties"]
        assert {(party["leg"], party["onward"]) for party in told["parties"]} == {(OUT, ON)}
        assert told["beds"] == {"beds": 10, "here": []}

    def test_who_arrived_has_a_bed_and_who_left_has_none(self, journey, now) -> None:
        phone = joined(journey, now, role="staging-base", point=BASE)
        first, second, *_ = manifests(phone)["parties"]
        arrived = [
            phone.write(EventKind.PERSONS_ARRIVED, now, point=BASE, place="staging-base", leg=OUT, rows=rows_of(one))
            for one in (first, second)
        ]
        phone.post("encounters", {"items": [item(one) for one in arrived]})
        (base,) = bases_loading(state_now(), now=now)
        heads = len(first["persons"]) + len(second["persons"])
        assert (len(base.here), base.free) == (heads, 10 - heads)
        assert base.due == {person for one in manifests(phone)["parties"][2:] for person in one["persons"]}
        event_append(
            kind=EventKind.PERSONS_BOARDED, body={"leg": ON, "rows": rows_of(first)}, account="desk", now=now
        )
        (base,) = bases_loading(state_now(), now=now)
        assert base.here == {*second["persons"]}
        assert not base.due & {*first["persons"]}
        told = manifests(phone)
        assert [told["parties"][place]["where"][0] for place in (0, 1)] == [ON, BASE]

    def test_a_walk_in_of_the_gate_is_known_by_the_slip_and_not_counted_as_somebody_new(self, journey, now) -> None:
        gate = joined(journey, now, point=GATE)
        stranger = "P-7ZK3M0Q2R9TZ"
        events = [
            gate.write(EventKind.WALK_INS, now, point=GATE, slip="w-1", rows=((stranger, "f", "adult"),)),
            gate.write(EventKind.PERSONS_ADMITTED, now, point=GATE, rows=((stranger, "T-7ZK3M0Q2R9TZ"),)),
        ]
        gate.post("encounters", {"items": [item(event) for event in events]})
        base = joined(journey, now, role="staging-base", point=BASE)
        told = manifests(base)
        party = told["tags"][presented_tag(bytes.fromhex(told["key"]), "slip", "w-1").hex()]
        (known,) = [one for one in told["parties"] if one["id"] == party]
        assert (known["id"], known["leg"], known["persons"]) == ("T-7ZK3M0Q2R9TZ", "", [stranger])

    def test_somebody_with_no_booking_takes_a_bed_as_a_walk_in(self, journey, now) -> None:
        phone = joined(journey, now, role="staging-base", point=BASE)
        stranger = "P-7ZK3M0Q2R9TZ"
        rows = ((stranger, "T-7ZK3M0Q2R9TZ"),)
        events = [
            phone.write(EventKind.WALK_INS, now, point=BASE, slip="w-1", rows=((stranger, "f", "adult"),)),
            phone.write(EventKind.PERSONS_ARRIVED, now, point=BASE, place="staging-base", rows=rows),
        ]
        phone.post("encounters", {"items": [item(event) for event in events]})
        assert state_now().people[stranger].stage is Stage.AT_STAGING_BASE
        told = manifests(phone)
        assert told["beds"]["here"] == [stranger]
        assert bases_loading(state_now(), now=now)[0].free == 9


def test_who_was_taken_along_is_told_to_the_next_phone_with_their_party(journey, now) -> None:
    phone = joined(journey, now, role="bus", point=GATE)
    other = of_leg(manifests(phone), BLUE)[0]
    taken = phone.write(EventKind.PERSONS_SET_OUT, now, leg=GREEN, rows=rows_of(other))
    phone.post("encounters", {"items": [item(taken)]})
    (green,) = [leg for leg in manifests(phone)["legs"] if leg["id"] == GREEN]
    assert green["others"] == sorted([person, other["id"]] for person in other["persons"])


def left_without_the_others(phone: Phone, now) -> tuple[dict, list[dict]]:
    """Green leaves with its first party."""
    first, *rest = of_leg(manifests(phone), GREEN)
    events = [
        phone.write(EventKind.PERSONS_SET_OUT, now, leg=GREEN, rows=rows_of(first)),
        phone.write(
            EventKind.HEADS_COUNTED,
            now,
            leg=GREEN,
            count=len(first["persons"]),
            owner=phone.id,
            method="at-departure",
        ),
    ]
    phone.post("encounters", {"items": [item(event) for event in events]})
    return first, rest


def test_whoever_was_not_aboard_is_on_the_board_until_they_are_seen(journey, now) -> None:
    phone = joined(journey, now, role="bus", point=GATE)
    assert people_not_aboard(state_now()) == frozenset()
    _, rest = left_without_the_others(phone, now)
    assert people_not_aboard(state_now()) == {person for party in rest for person in party["persons"]}
    (told,) = [one for one in alarms_now(state_now(), now=now) if "not aboard" in one.text]
    assert told.number == sum(len(party["persons"]) for party in rest)
    body = {"point": GATE, "rows": rows_of(rest[0])}
    event_append(kind=EventKind.PERSONS_ADMITTED, body=body, account="desk", now=now)
    assert people_not_aboard(state_now()) == {person for party in rest[1:] for person in party["persons"]}


def test_a_flight_leaves_behind_who_was_let_in_and_not_who_never_came_or_is_accounted_for(journey, now) -> None:
    network = network_planned()
    assert network is not None
    (flight,) = [one for one in legs_loading(state_now(), legs=network.legs) if one.leg.id == OUT]
    aboard, inside, *_ = flight.parties

    def happens(kind: EventKind, party, **body) -> None:
        rows = tuple((person, party.party) for person in party.persons)
        event_append(kind=kind, body={**body, "rows": rows}, account="desk", now=now)

    happens(EventKind.PERSONS_DEPARTED, aboard, leg=OUT)
    assert people_not_aboard(state_now()) == frozenset()
    happens(EventKind.PERSONS_ADMITTED, inside, point=GATE)
    assert people_not_aboard(state_now()) == {*inside.persons}
    lost = {"owner": "liaison", "rows": ((inside.persons[0],),)}
    event_append(kind=EventKind.PERSONS_MISSING, body=lost, account="desk", now=now)
    assert people_not_aboard(state_now()) == {*inside.persons[1:]}


def test_the_command_tells_the_same(journey, now, monkeypatch) -> None:
    first, rest = left_without_the_others(joined(journey, now, role="bus", point=GATE), now)
    monkeypatch.setattr("safepassage.cli.loads.open_store", lambda _home: None)

    def run(*words: str) -> str:
        answer = CliRunner().invoke(app, ["gate", *words])
        assert answer.exit_code == 0, answer.output
        return answer.stdout

    rows = {row["leg"]: row for row in json.loads(run("loads", "--json"))["legs"]}
    green = rows[GREEN]
    missing = sum(len(party["persons"]) for party in rest)
    assert (green["aboard"], green["missing"], green["counted"]) == (len(first["persons"]), missing, green["aboard"])
    assert green["expected"] == green["aboard"] + missing
    assert (rows[BLUE]["aboard"], rows[BLUE]["departed"]) == (0, None)
    assert rest[0]["persons"][0] in run("loads", GREEN)
    assert json.loads(run("bases", "--json"))["bases"][0] | {"due": 0} == {
        "base": BASE,
        "beds": 10,
        "here": 0,
        "free": 10,
        "due": 0,
    }
    assert BASE in run("bases")


def test_the_gate_page_shows_the_loads_and_the_bases(journey, now) -> None:
    left_without_the_others(joined(journey, now, role="bus", point=GATE), now)
    client = Client()
    client.force_login(an_officer("officer-1", *Role))
    page = client.get("/gate/").content.decode()
    assert "green-bus" in page
    assert '<span class="badge warn">1</span>' in page
    assert "Base One" in page
