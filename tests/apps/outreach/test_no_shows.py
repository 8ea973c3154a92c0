"""Who did not come: noted once the leg has left, called again, taken back by whatever is seen later."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from typer.testing import CliRunner

from safepassage.apps.accounts.roles import Role
from safepassage.apps.gate.loading import people_left_by
from safepassage.apps.ledger.selectors import events_of_kind, state_now
from safepassage.apps.ledger.services import event_append
from safepassage.apps.movement.loads import legs_load
from safepassage.apps.movement.models import Booking
from safepassage.apps.movement.no_shows import no_show_rates
from safepassage.apps.movement.selectors import network_of_plan, plan_read
from safepassage.apps.movement.services import plan_make
from safepassage.apps.outreach.calls_again import calls_again_close, parties_turned_up
from safepassage.apps.outreach.models import Call
from safepassage.apps.outreach.no_shows import GRACE, PROPOSED_FOR, leg_left, no_shows_note, no_shows_proposed
from safepassage.apps.outreach.selectors import next_step_of
from safepassage.apps.outreach.services import call_record, next_step_set
from safepassage.cli import app
from safepassage.core.errors import ConflictError, ForbiddenError, NotFoundError, ProblemsError
from safepassage.core.ids import LegId, PartyId, PersonId
from safepassage.core.ledger import EventKind, Stage
from tests.make import an_officer, with_bookings

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]


@pytest.fixture
def bus(tmp_path) -> LegId:
    """A leg with everybody's bookings; `gate-9` is at its door."""
    with_bookings(tmp_path)
    an_officer("gate-9", Role.GATE_OFFICER)
    an_officer("clerk-9", Role.INTAKE_CLERK)
    (leg,) = {load.leg for load in legs_load() if load.booked}
    return LegId(leg)


@pytest.fixture
def after(bus) -> datetime:
    """An hour after it left."""
    return next(one.departs for one in network_of_plan().legs if one.id == bus) + timedelta(hours=1)


def expected(bus: LegId, after: datetime) -> list[PersonId]:
    return sorted(leg_left(bus, state_now(), now=after).expected)


def note(bus: LegId, now: datetime, **changes) -> int:
    return no_shows_note(**({"leg": bus, "team": "calls-1", "account": "gate-9", "now": now} | changes))


def boarded(bus: LegId, people: list[PersonId], now: datetime) -> None:
    rows = tuple((one, next(iter(state_now().people[one].parties))) for one in people)
    event_append(kind=EventKind.PERSONS_SET_OUT, body={"leg": bus, "point": "rally-1", "rows": rows}, now=now)


def test_before_it_has_left_nobody_has_stayed_away(bus, after):
    with pytest.raises(ConflictError, match="not left yet"):
        note(bus, after - timedelta(hours=2))
    assert not events_of_kind(EventKind.PERSONS_NO_SHOW)


def test_whoever_was_not_seen_is_a_no_show_and_is_called_again_by_a_team(bus, after):
    came, *rest = expected(bus, after)
    boarded(bus, [came], after - timedelta(hours=1))
    assert note(bus, after) == len(rest)
    stages = {person: state_now().people[person].stage for person in (came, *rest)}
    assert {stages[one] for one in rest} == {Stage.NO_SHOW}
    assert stages[came] is not Stage.NO_SHOW
    party = next(iter(state_now().people[rest[-1]].parties))
    step = next_step_of(party)
    assert (step.step, step.owner) == ("call-again", "calls-1")
    with pytest.raises(ConflictError, match="Nobody stayed away"):
        note(bus, after)


def test_who_turns_up_later_is_where_they_were_seen(bus, after):
    one, *_ = expected(bus, after)
    note(bus, after, persons=[one])
    assert state_now().people[one].stage is Stage.NO_SHOW
    party = next(iter(state_now().people[one].parties))
    body = {"point": "gate-1", "rows": ((one, party),)}
    event_append(kind=EventKind.PERSONS_ADMITTED, body=body, now=after + timedelta(hours=1))
    assert state_now().people[one].stage is Stage.ADMITTED


def test_who_was_aboard_or_is_nobody_is_told_with_the_id_and_nothing_is_noted(bus, after):
    came, other, *_ = expected(bus, after)
    boarded(bus, [came], after - timedelta(hours=1))
    with pytest.raises(ProblemsError) as refused:
        note(bus, after, persons=[came, other, "P-000000000000"])
    assert {problem.where for problem in refused.value.problems} == {came, "P-000000000000"}
    assert not events_of_kind(EventKind.PERSONS_NO_SHOW)
    assert other in people_left_by(leg_left(bus, state_now(), now=after), state_now())


def test_it_costs_the_seat_and_nothing_else_they_are_planned_anew_in_their_tier(bus, after):
    tiers = {}
    for one in Booking.objects.all():
        one.told_at = after - timedelta(hours=3)
        one.save()
        tiers[one.party] = one.tier
    first, *others = Booking.objects.order_by("tier", "party")
    boarded(bus, [PersonId(one) for one in first.persons], after - timedelta(hours=1))
    note(bus, after)
    again = plan_read(plan_make(account="planner-1", now=after))
    assert [one.party for one in again.assignments] == [first.party], "nobody else holds on to a bus that left"
    left = {one.party: one.tier for one in again.unplaced}
    assert [left[one.party] for one in others] == [tiers[one.party] for one in others]


def test_the_planner_learns_from_it(bus, after):
    before = no_show_rates(now=after).overall
    note(bus, after)
    learnt = no_show_rates(now=after).overall
    assert (before.missed, before.parties) == (0, 0)
    assert learnt.missed == learnt.parties > 0
    assert learnt.mean > before.mean


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [({"team": " "}, ForbiddenError), ({"account": "clerk-9"}, ForbiddenError), ({"leg": "none"}, NotFoundError)],
)
def test_it_needs_a_right_a_team_and_a_leg(bus, after, changes, refusal):
    with pytest.raises(refusal):
        note(bus, after, **changes)
    assert not events_of_kind(EventKind.PERSONS_NO_SHOW)


def step_of(party: str):
    return next_step_of(PartyId(party))


def party_of(person: PersonId) -> str:
    return next(iter(state_now().people[person].parties))


def test_whoever_turns_up_after_all_is_called_again_no_more(bus, after):
    note(bus, after)
    family = Booking.objects.filter(heads=3).order_by("party")[0].party
    *some, last = [one for one in expected(bus, after) if party_of(one) == family]
    boarded(bus, some, after + timedelta(minutes=10))
    assert calls_again_close(account="", now=after) == 0, "one of them is still away"
    assert step_of(family) is not None
    boarded(bus, [last], after + timedelta(minutes=20))
    assert parties_turned_up() == {family}
    assert calls_again_close(account="", now=after + timedelta(minutes=21)) == 1
    assert step_of(family) is None
    (event,) = events_of_kind(EventKind.NEXT_STEPS_DONE)
    assert event.body["party"] == family
    assert calls_again_close(account="", now=after + timedelta(minutes=22)) == 0, "done twice is done once"
    others = {party_of(one) for one in expected(bus, after)} - {family}
    assert all(step_of(party) is not None for party in others)


def test_whoever_was_called_again_and_spoke_is_called_again_no_more(bus, after):
    note(bus, after)
    party = party_of(expected(bus, after)[0])
    call_record(party=PartyId(party), outcome=Call.Outcome.NO_ANSWER, account="gate-9", now=after)
    assert step_of(party) is not None
    call_record(party=PartyId(party), outcome=Call.Outcome.REACHED, account="gate-9", now=after)
    assert step_of(party) is None
    assert len(events_of_kind(EventKind.NEXT_STEPS_DONE)) == 1


def test_another_step_is_not_closed_by_a_call_or_a_sighting(bus, after):
    one = expected(bus, after)[0]
    party = PartyId(party_of(one))
    next_step_set(party=party, step="search", owner="t-1", due_at=after, account="gate-9", now=after)
    call_record(party=party, outcome=Call.Outcome.REACHED, account="gate-9", now=after)
    boarded(bus, [one], after)
    assert calls_again_close(account="", now=after) == 0
    assert step_of(party) is not None


def test_who_may_not_have_come_is_proposed_and_nothing_is_written(bus, after):
    departs = after - timedelta(hours=1)
    everyone = expected(bus, after)
    assert no_shows_proposed(state_now(), now=departs - timedelta(minutes=1)) == ()
    assert no_shows_proposed(state_now(), now=departs + GRACE - timedelta(minutes=1)) == (), "it may be at the kerb"
    (line,) = no_shows_proposed(state_now(), now=departs + GRACE)
    assert (line.leg, line.was_seen, sorted(line.people)) == (bus, False, everyone)
    came, *rest = everyone
    boarded(bus, [came], departs)
    (line,) = no_shows_proposed(state_now(), now=departs + timedelta(minutes=1))
    assert (line.was_seen, sorted(line.people)) == (True, rest)
    (line,) = no_shows_proposed(state_now(), now=after, but=rest[1:])
    assert line.people == (rest[0],)
    assert no_shows_proposed(state_now(), now=after, but=rest) == ()
    assert not events_of_kind(EventKind.PERSONS_NO_SHOW)
    note(bus, after, persons=[str(one) for one in rest[:1]])
    (line,) = no_shows_proposed(state_now(), now=after)
    assert sorted(line.people) == rest[1:], "who was noted is proposed no more"
    assert no_shows_proposed(state_now(), now=departs + PROPOSED_FOR + timedelta(minutes=1)) == ()


def test_a_bus_that_is_held_left_nobody(bus, after):
    boarded(bus, expected(bus, after)[:1], after)
    event_append(kind=EventKind.CONVOY_REPORTED, body={"leg": bus, "state": "stopped"}, now=after)
    assert no_shows_proposed(state_now(), now=after) == ()


def test_the_command_proposes_and_notes_nothing(bus, after, monkeypatch):
    monkeypatch.setattr("safepassage.cli.convoys.open_store", lambda _home: None)
    monkeypatch.setattr("safepassage.cli.convoys.now_utc", lambda: after)
    (leg,) = json.loads(CliRunner().invoke(app, ["gate", "stayed-away", "--json"]).stdout)["legs"]
    assert (leg["leg"], sorted(leg["people"])) == (bus, expected(bus, after))
    assert f"safepassage gate no-show {bus}" in CliRunner().invoke(app, ["gate", "stayed-away"]).stdout
    assert not events_of_kind(EventKind.PERSONS_NO_SHOW)
