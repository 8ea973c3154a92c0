"""What if: the effect of a change is seen before it is real; pressure that is coming, and what to move."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from typer.testing import CliRunner

from safepassage.apps.accounts.roles import Role
from safepassage.apps.console.figures.departures import LABELS, timeline_options
from safepassage.apps.gate.models import Tally
from safepassage.apps.movement.models import NetworkRecord, PlanRecord
from safepassage.apps.movement.publishing import plan_publish
from safepassage.apps.movement.selectors import network_read, network_record_now, plan_read, plans_made
from safepassage.apps.movement.services import network_keep, plan_make
from safepassage.cli import app
from safepassage.core.movement import PointKind, single_bus
from tests.make import EVERYONE, with_standings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("operation")]


@pytest.fixture
def planner(signed_in):
    return signed_in(Role.PLANNER)


@pytest.fixture
def leg(planner, tmp_path) -> str:
    """A published plan of one bus that takes everybody tomorrow to a gate where three may stand."""
    with_standings(tmp_path)
    now = timezone.now()
    bus = single_bus(
        seats=50,
        departs=(now + timedelta(hours=20)).replace(minute=0, second=0, microsecond=0),
        rally_point="Stadium",
        access_point="North Gate",
        throughput_per_hour=8,
    )
    gate = next(one for one in bus.points if one.kind is PointKind.ACCESS_POINT)
    points = tuple(replace(one, holding=len(EVERYONE)) if one is gate else one for one in bus.points)
    network_keep(network=replace(bus, points=points), account="planner-1", now=now)
    record = plan_make(account="planner-1", now=now)
    assert plan_read(record).people == len(EVERYONE)
    plan_publish(plan_id=record.pk, account="planner-1", now=now)
    return bus.legs[0].id


def test_a_leg_taken_out_is_seen_to_leave_everybody_behind_and_nothing_is_written(planner, leg) -> None:
    before = (NetworkRecord.objects.count(), PlanRecord.objects.count())
    page = planner.get("/plan/what-if/", {"kind": "cancel", "leg": leg})
    assert page.status_code == 200
    assert f'<dd class="bad">{len(EVERYONE)}</dd>' in page.text
    assert "Make it real and plan again" in page.text
    assert (NetworkRecord.objects.count(), PlanRecord.objects.count()) == before


def test_a_later_leg_changes_the_time_and_becomes_real_by_a_click(planner, leg) -> None:
    was = network_read(network_record_now()).legs[0].departs
    page = planner.get("/plan/what-if/", {"leg": leg, "minutes": "45"}).text
    assert "go another way or at another time" in page
    planner.post("/plan/what-if/adopt/", {"kind": "move", "leg": leg, "minutes": "45"}, follow=True)
    assert network_read(network_record_now()).legs[0].departs - was == timedelta(minutes=45)
    assert plans_made()[0].status == "draft", "published by a click of its own"


def test_a_closed_point_and_a_form_that_lacks_something(planner, leg) -> None:
    assert planner.get("/plan/what-if/", {"kind": "close"}).status_code == 422
    departs = timezone.localtime(network_read(network_record_now()).legs[0].departs)
    gate = next(one.id for one in network_read(network_record_now()).points if one.kind is PointKind.ACCESS_POINT)
    asked = {"kind": "close", "point": gate, "begins": f"{departs:%Y-%m-%dT%H:%M}", "hours": "48"}
    assert f'<dd class="bad">{len(EVERYONE)}</dd>' in planner.get("/plan/what-if/", asked).text


def test_only_who_may_plan_tries(signed_in, leg) -> None:
    other = signed_in(Role.ADJUDICATOR)
    assert other.get("/plan/what-if/").status_code == 403
    assert other.post("/plan/what-if/adopt/").status_code == 403


def test_the_command_tells_the_same(leg, monkeypatch) -> None:
    monkeypatch.setattr("safepassage.cli.plan_ahead.open_store", lambda _home: None)
    told = json.loads(CliRunner().invoke(app, ["plan", "what-if", "--leg", leg, "--cancel", "--json"]).stdout)
    assert (told["lose"], told["gain"], told["adopted"]) == (len(EVERYONE), 0, False)
    assert CliRunner().invoke(app, ["plan", "what-if", "--leg", leg]).exit_code != 0


def test_a_gate_that_will_be_crowded_is_an_alarm_with_what_to_move(planner, leg, monkeypatch) -> None:
    assert "may stand where" not in planner.get("/plan/").text
    gate = next(one.id for one in network_read(network_record_now()).points if one.kind is PointKind.ACCESS_POINT)
    now = timezone.now()
    quarter = now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0)
    Tally.objects.create(point=gate, quarter=quarter, level="dangerous", heads=100, device="D-1")
    page = planner.get("/plan/").text
    assert f"up to 100 people may stand where {len(EVERYONE)} can" in page
    assert "No arrival can be moved in time" in page
    monkeypatch.setattr("safepassage.cli.plan_ahead.open_store", lambda _home: None)
    (alarm,) = json.loads(CliRunner().invoke(app, ["plan", "pressure", "--json"]).stdout)["alarms"]
    assert (alarm["holds"], alarm["may_wait"], alarm["moves"]) == (len(EVERYONE), 100, [])


def test_labels_of_many_departures_do_not_crowd() -> None:
    for number in (1, LABELS, LABELS + 1, 700):
        axis = timeline_options([], ["x"] * number, tier_word="t", empty_word="e")["xAxis"]
        shown = -(-number // (axis["axisLabel"]["interval"] + 1))
        assert shown <= LABELS
