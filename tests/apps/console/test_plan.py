"""The plan page: one bus without a file, judged, published; legs with their manifests; the network drawn."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from typer.testing import CliRunner

from safepassage.apps.accounts.roles import Role
from safepassage.apps.console.figures.network import draw_network
from safepassage.apps.console.figures.pressure import hour_of, pressure_lines
from safepassage.apps.movement.loads import LegLoad, plan_load
from safepassage.apps.movement.manifests import manifests_of
from safepassage.apps.movement.selectors import plan_read, plan_record_now, plans_made, report_read
from safepassage.apps.outreach.models import Call
from safepassage.apps.policy.publishing import policy_propose
from safepassage.cli import app
from safepassage.cli.init import template_text
from safepassage.core.ids import LegId, PartyId, PlanId, PointId
from safepassage.core.movement import Assignment, Fault, FaultCode, Method, Plan, Window, single_bus
from tests.make import with_standings

DEPARTS = datetime(2021, 8, 24, 9, 30, tzinfo=UTC)
NETWORK = single_bus(
    seats=50,
    departs=DEPARTS,
    rally_point="Stadium",
    access_point="North Gate",
    throughput_per_hour=40,
    utc_offset_minutes=270,
)
BUS = NETWORK.legs[0]


def plan_of(*heads: int) -> Plan:
    placed = tuple(
        Assignment(
            party=PartyId(f"PT-{number}"),
            heads=count,
            tier=number,
            rank=1,
            start=BUS.origin,
            report_at=DEPARTS - timedelta(minutes=30),
            legs=(BUS.id,),
            end=BUS.destination,
            arrives=BUS.arrives,
            access_point=BUS.destination,
            access_window=Window(BUS.arrives, BUS.arrives + timedelta(hours=1)),
        )
        for number, count in enumerate(heads, 1)
    )
    return Plan(PlanId("PL-1"), 1, DEPARTS, "", "", placed, (), (), Method.GREEDY)


def test_a_leg_is_loaded_by_tier() -> None:
    (load,) = plan_load(NETWORK, plan_of(20, 5))
    assert (load.booked, load.seats, load.by_tier) == (25, 50, ((1, 20), (2, 5)))


def test_a_full_flow_is_a_bottleneck_and_an_empty_one_is_not() -> None:
    full = draw_network(NETWORK, plan_load(NETWORK, plan_of(50)), is_mirrored=False, now=DEPARTS)
    idle = draw_network(NETWORK, plan_load(NETWORK, plan_of()), is_mirrored=False, now=DEPARTS)
    assert [flow.is_bottleneck for flow in full.flows] == [True]
    assert [flow.is_bottleneck for flow in idle.flows] == [False]
    assert {place.name: place.heads for place in full.places} == {"Stadium": 50, "North Gate": 50}


def test_a_point_is_closed_from_the_hour_in_which_somebody_is_next_there() -> None:
    loads = plan_load(NETWORK, plan_of(50))
    drawn = draw_network(NETWORK, loads, is_mirrored=False, now=DEPARTS - timedelta(minutes=5))
    assert {place.point: place.busy_from for place in drawn.places} == {
        BUS.origin: hour_of(BUS.departs, NETWORK),
        BUS.destination: hour_of(BUS.arrives, NETWORK),
    }
    after = draw_network(NETWORK, loads, is_mirrored=False, now=BUS.arrives)
    later = hour_of(BUS.arrives, NETWORK) + timedelta(hours=1)
    assert {place.busy_from for place in after.places} == {later}, "nobody is expected: the next full hour"


def test_the_drawing_runs_from_right_to_left_where_the_script_does() -> None:
    loads: list[LegLoad] = plan_load(NETWORK, plan_of(1))
    left, right = (draw_network(NETWORK, loads, is_mirrored=mirrored, now=DEPARTS) for mirrored in (False, True))
    assert [place.x for place in right.places] == [left.width - place.x for place in left.places]


def test_pressure_is_counted_by_the_hour_of_the_operations_own_clock() -> None:
    (line,) = pressure_lines(NETWORK, plan_of(30, 14), [(BUS.destination, BUS.arrives, "dense")])
    (cell,) = line.cells
    assert (cell.expected, cell.limit, cell.tally) == (44, 40, "dense")
    assert (cell.hour + timedelta(minutes=270)).minute == 0
    assert cell.shade == 5
    assert line.worst == cell


def test_a_tally_at_a_point_that_the_network_lacks_breaks_nothing() -> None:
    lines = pressure_lines(NETWORK, plan_of(1), [(PointId("gate-9"), BUS.arrives, "calm")])
    assert [line.point for line in lines] == [BUS.destination]


@pytest.fixture
def planner(signed_in):
    return signed_in(Role.PLANNER)


def bus(planner, **changes: str):
    asked = {
        "seats": "50",
        "departs": "2030-08-24T14:00",
        "minutes": "45",
        "start": "Stadium",
        "to": "North Gate",
        "plate": "",
    }
    return planner.post("/plan/bus/", asked | changes, follow=True)


@pytest.mark.parametrize("departs", ["0001-01-01T00:00", "2021-08-24T14:00", "9999-12-31T23:59"])
def test_a_bus_that_has_left_or_leaves_in_years_is_asked_about_again(planner, departs) -> None:
    page = bus(planner, departs=departs)
    assert page.status_code == 422
    assert "Look at the date" in page.text
    assert not plans_made().exists()


def test_one_bus_is_planned_judged_and_published_without_a_network_file(planner) -> None:
    page = bus(planner)
    assert page.status_code == 200
    assert "Publish this plan" in page.text
    assert "Stadium" in page.text
    plan_id = plans_made().get().pk
    assert planner.post(f"/plan/{plan_id}/publish/", follow=True).status_code == 200
    assert plan_record_now() is not None


def test_the_bus_leaves_at_the_hour_of_the_operations_zone(planner) -> None:
    bus(planner)
    (leg,) = [leg["departs"] for leg in plans_made().get().network.content["network"]["legs"]]
    assert leg == "2030-08-24T09:30:00Z"


def care_of_the_leg() -> dict[str, int]:
    (leg,) = plans_made()[0].network.content["network"]["legs"]
    return {one["need"]: one["cases"] for one in leg.get("care", [])}


def test_the_form_asks_for_places_for_people_with_needs_and_the_bus_has_them(planner) -> None:
    page = planner.get("/plan/").text
    for name, label in (("wheelchairs", "wheelchairs"), ("stretchers", "stretchers"), ("patients", "medical care")):
        assert f'name="{name}"' in page
        assert f"Places for {label}" in page or f"Places for people in {label}" in page
    bus(planner, wheelchairs="2", stretchers="1", patients="")
    assert care_of_the_leg() == {"wheelchair": 2, "stretcher": 1}


def test_a_bus_of_which_nothing_is_said_has_no_such_place(planner) -> None:
    bus(planner)
    assert care_of_the_leg() == {}
    assert bus(planner, wheelchairs="-1").status_code == 422


def test_the_command_states_the_same_places(planner, monkeypatch) -> None:
    monkeypatch.setattr("safepassage.cli.plan.open_store", lambda _home: None)
    words = ["plan", "bus", "--seats", "50", "--departs", "2030-08-24T14:00", "--wheelchairs", "2", "--patients", "1"]
    assert CliRunner().invoke(app, words).exit_code == 0
    assert care_of_the_leg() == {"wheelchair": 2, "medical": 1}


def test_what_was_typed_of_a_bus_stays_whatever_came_of_it(planner) -> None:
    typed = {"start": "Old school", "to": "South gate", "plate": "KBL 1", "seats": "44", "wheelchairs": "2"}
    for page in (bus(planner, **typed, departs=""), bus(planner, **typed), planner.get("/plan/")):
        for name, text in typed.items():
            assert f'name="{name}" value="{text}"' in page.text, (page.status_code, name)
    assert 'value="2030-08-24T14:00"' in planner.get("/plan/").text


def test_a_bus_to_where_it_starts_is_asked_about_again(planner) -> None:
    page = bus(planner, start="Stadium", to=" stadium")
    assert page.status_code == 422
    assert "The bus was not planned." in page.text
    assert "name another place" in page.text


def test_parties_without_a_place_are_listed_with_the_reason_and_linked(planner, signed_in, tmp_path) -> None:
    with_standings(tmp_path)
    page = bus(planner, seats="4").text
    left = [one for one in plan_read(plans_made()[0]).unplaced if one.tier is not None]
    assert left
    assert "Who has no place, and why" in page
    for one in left:
        assert one.party in page
        assert one.reasons[0] in page
    seeing = signed_in(Role.PLANNER, Role.SUPERVISOR).get("/plan/").text
    assert f'href="/parties/{left[0].party}/"' in seeing


def test_the_plan_names_no_party_to_whoever_may_not_know_of_it(planner, signed_in, tmp_path, monkeypatch) -> None:
    with_standings(tmp_path)
    bus(planner, seats="4")
    record = plans_made()[0]
    plan = plan_read(record)
    placed, left = plan.assignments[0].party, next(one.party for one in plan.unplaced if one.tier is not None)
    Call.objects.create(party=placed, outcome=Call.Outcome.UNSAFE, at=DEPARTS, by="supervisor")
    text = f"{left} is left out; it could have had the place of {placed}, which comes later."
    faults = (Fault(FaultCode.INVERSION, text, left), Fault(FaultCode.TOTALS, "tier 9 is counted twice.", where="9"))
    report = replace(report_read(record), faults=faults)
    monkeypatch.setattr("safepassage.apps.console.figures.plan.report_read", lambda _record: report)
    pages = (planner, signed_in(Role.SUPERVISOR))
    assert all(one in reader.get("/plan/").text for reader in pages for one in (placed, left, text))
    monkeypatch.setattr("safepassage.apps.console.protection.parties_hidden", {placed, left}.intersection)
    told, all_told = (reader.get("/plan/").text for reader in pages)
    assert placed in all_told
    assert left in all_told
    assert "1 party with a place is unsafe to call." in told, "figures stay"
    assert "2 parties of this page are protected" in told
    assert "tier 9 is counted twice." in told
    assert placed not in told
    assert left not in told


def test_a_change_of_whoever_is_hidden_is_in_the_figures_alone(planner, tmp_path, monkeypatch) -> None:
    with_standings(tmp_path)
    bus(planner, seats="50")
    planner.post(f"/plan/{plans_made()[0].pk}/publish/")
    bus(planner, seats="50", departs="2030-08-24T16:00")
    draft = plans_made()[0]
    (changed, *_) = [one.party for one in plan_read(draft).assignments]
    address = f"/plan/?plan={draft.pk}"
    assert changed in planner.get(address).text
    monkeypatch.setattr("safepassage.apps.console.protection.parties_hidden", {changed}.intersection)
    assert changed not in planner.get(address).text


def test_a_bus_without_a_time_is_asked_for_it(planner) -> None:
    page = bus(planner, departs="soon")
    assert page.status_code == 422
    assert "errorlist" in page.text
    assert not plans_made().exists()


def test_a_reader_sees_the_plan_and_no_button_that_changes_it(planner, signed_in) -> None:
    bus(planner)
    page = signed_in(Role.LIAISON).get("/plan/").text
    assert "Stadium" in page
    assert "Plan again" not in page
    assert "Plan this bus" not in page


def test_a_plan_that_nobody_made_is_not_found(planner) -> None:
    assert planner.get("/plan/?plan=PL-NONE").status_code == 404


def test_a_manifest_is_closed_downloaded_and_versioned(planner) -> None:
    bus(planner)
    planner.post(f"/plan/{plans_made().get().pk}/publish/")
    (leg,) = [LegId(leg["id"]) for leg in plans_made().get().network.content["network"]["legs"]]
    assert "No manifest is closed yet" in planner.get(f"/plan/legs/{leg}/").text
    assert "Version 1 is closed" in planner.post(f"/plan/legs/{leg}/close/", follow=True).text
    planner.post(f"/plan/legs/{leg}/close/")
    assert [one.version for one in manifests_of(leg)] == [1]
    for form, begins in (("xlsx", b"PK"), ("pdf", b"%PDF")):
        sheet = planner.post(f"/plan/legs/{leg}/v1.{form}")
        assert sheet.status_code == 200
        assert sheet.content.startswith(begins)
    assert planner.post(f"/plan/legs/{leg}/v2.pdf").status_code == 404
    assert planner.post(f"/plan/legs/{leg}/v1.docx").status_code == 404


def test_seats_that_the_policy_keeps_are_said_and_a_click_releases_them(planner) -> None:
    policy_propose(text=template_text("neo"), account="supervisor-1", is_unsigned_accepted=True, now=timezone.now())
    assert "2 seats on" in bus(planner).text
    page = planner.get("/plan/").text
    assert "are held for “Stretcher and medical cases” until 24 Aug 12:00." in page
    (leg,) = plans_made().get().kept[0]["legs"]
    planner.post("/plan/release/", {"reserve": "medical", "leg": leg})
    page = planner.get("/plan/").text
    assert "released: plan again" in page
    assert "Release them" not in page
    assert planner.post("/plan/release/", {"reserve": "medical"}).status_code == 409


def test_who_stands_by_for_a_leg_is_on_the_page_and_by_the_command(planner, tmp_path, monkeypatch) -> None:
    with_standings(tmp_path)
    page = bus(planner, seats="4").text
    assert "Beyond the seats, and who stands by" in page
    (line,) = plans_made()[0].overbooked
    assert line["stand_by"]
    assert line["booked"] <= line["seats"] == 4
    monkeypatch.setattr("safepassage.cli.plan_ahead.open_store", lambda _home: None)
    told = json.loads(CliRunner().invoke(app, ["plan", "stand-by", "--json"]).stdout)
    assert [(one["leg"], one["stand_by"]) for one in told["legs"]] == [(line["leg"], line["stand_by"])]
    assert "Beyond the seats" not in bus(planner, seats="50").text, (
        "where everybody has a seat there is nothing to say"
    )
