"""What a little more would bring: by the service, the command and the plan page, where the worker works it out."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from typer.testing import CliRunner

from safepassage.apps.accounts.roles import Role
from safepassage.apps.console.sayings.levers import LEVERS, said_lever
from safepassage.apps.movement.levers import LeverLine, levers_now, levers_read
from safepassage.apps.movement.selectors import network_of_plan, plan_read, plan_record_now
from safepassage.apps.work.models import Job
from safepassage.cli import app
from safepassage.core.errors import UnreadableError
from safepassage.core.movement import BlockCode, Levers
from tests.apps.console.conftest import signed_in  # noqa: F401 - a fixture
from tests.make import EVERYONE, NOW, a_bus, with_bookings

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]
SEATS = 4


@pytest.fixture
def short(tmp_path) -> str:
    """A published plan of a bus that is too small for everybody; its leg."""
    with_bookings(tmp_path, seats=SEATS)
    record = plan_record_now()
    assert record is not None
    assert plan_read(record).people < len(EVERYONE)
    return network_of_plan().legs[0].id


def test_more_seats_on_the_bus_bring_those_whom_it_had_no_room_for(short) -> None:
    found = levers_now(now=NOW + timedelta(minutes=1))
    (line,) = found.lines
    assert (line.code, line.where, line.extra) == (BlockCode.SEATS, short, SEATS)
    assert line.at == network_of_plan().legs[0].departs
    assert 0 < line.people <= SEATS
    assert levers_read(found.noted()) == found


def test_where_everybody_has_a_place_nothing_binds(tmp_path) -> None:
    with_bookings(tmp_path, seats=50)
    assert levers_now(now=NOW).lines == ()


def test_the_page_tells_what_the_worker_found_until_another_network_holds(short, signed_in, monkeypatch) -> None:  # noqa: F811
    monkeypatch.setattr("safepassage.apps.work.kinds.timezone.now", lambda: NOW + timedelta(minutes=1))
    planner = signed_in(Role.PLANNER)
    assert short not in _card(planner)
    planner.post(reverse("console:plan-levers"))
    assert Job.objects.get().kind == Job.Kind.LEVERS
    assert short in _card(planner)
    a_bus(seats=SEATS + 1, now=NOW + timedelta(minutes=2))
    assert short not in _card(planner)
    assert signed_in(Role.GATE_OFFICER).post(reverse("console:plan-levers")).status_code == 403


def test_time_that_was_too_short_is_not_told_as_nothing(short, signed_in, monkeypatch) -> None:  # noqa: F811
    nothing = Levers((1,), (), is_whole=False)
    monkeypatch.setattr("safepassage.apps.movement.levers.find_levers", lambda *_, **__: nothing)
    planner = signed_in(Role.PLANNER)
    answer = planner.post(reverse("console:plan-levers"), follow=True).content.decode()
    assert "nobody more would get out" not in answer
    assert "Time was too short" in _card(planner)
    assert "nobody more would get out" not in _card(planner)
    monkeypatch.setattr("safepassage.cli.plan_ahead.open_store", lambda _home: None)
    told = CliRunner().invoke(app, ["plan", "levers"]).stdout
    assert "Time was too short" in told
    assert "Nothing more" not in told


def test_a_night_is_told_by_its_own_day() -> None:
    midnight = datetime(2026, 3, 1, 19, 30, tzinfo=UTC)
    with timezone.override("Asia/Kabul"):
        assert "night of 2 Mar" in said_lever(LeverLine(BlockCode.BEDS, "base-1", "beds", midnight, 40, ((1, 12),)))


def _card(client) -> str:
    page = client.get(reverse("console:plan")).content.decode()
    return page[page.index('id="levers-title"') :].partition("</section>")[0]


def test_what_a_job_kept_and_cannot_be_read_is_said(operation) -> None:
    with pytest.raises(UnreadableError):
        levers_read({"levers": [{"code": "nothing"}]})


@pytest.mark.parametrize("language", ["en", "fa-af", "ps"])
@pytest.mark.parametrize("code", list(LEVERS))
def test_each_thing_is_said_with_what_and_how_much(code: BlockCode, language: str) -> None:
    with translation.override(language):
        said = said_lever(LeverLine(code, "bus-7", "wheelchair places", NOW, 40, ((1, 12),)))
    assert "40" in said
    assert "bus-7" in said


def test_the_command_tells_the_same(short, monkeypatch) -> None:
    monkeypatch.setattr("safepassage.cli.plan_ahead.open_store", lambda _home: None)
    monkeypatch.setattr("safepassage.cli.plan_ahead.now_utc", lambda: NOW + timedelta(minutes=1))
    answer = CliRunner().invoke(app, ["plan", "levers", "--json"])
    assert answer.exit_code == 0, answer.output
    (line,) = json.loads(answer.stdout)["levers"]
    assert (line["where"], line["extra"]) == (short, SEATS)
    assert short in CliRunner().invoke(app, ["plan", "levers"]).stdout
