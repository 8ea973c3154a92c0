"""A booked party of which somebody has no seat is told of until they have one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from safepassage.apps.ledger.selectors import state_now
from safepassage.apps.movement.bookings import booking_of
from safepassage.apps.movement.publishing import plan_publish
from safepassage.apps.movement.services import plan_make
from safepassage.apps.movement.short import booked_asked_about, is_booked_and_asked_about, parties_short
from safepassage.apps.outreach.alarms import alarms_now
from safepassage.apps.policy.services import standings_apply
from safepassage.apps.registry.confirming import member_confirm
from safepassage.apps.registry.questions import review_by_id, reviews_open
from safepassage.apps.registry.second_person import judgement_give, judgement_second
from safepassage.apps.registry.selectors import parties_now, persons_now
from safepassage.core.identity import JudgementVerdict, ReviewKind
from tests.apps.registry.test_households import FAMILY, KARIM
from tests.apps.registry.test_second_person import officers
from tests.make import NOW, TESTANIS, resolved, taken_in, with_bookings

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]

NEW_SON = (
    ("A", "Karim Testani", "Ghafar", "head", "M", "1980-05-14", "P0000101", "0700000101", "SIV", "Kabul"),
    ("A", "Nuri Testani", "Karim", "son", "M", "2012-03-03", "", "", "", "Kabul"),
)
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def booked(tmp_path):
    """The Testanis booked, three of them; another list adds a son."""
    with_bookings(tmp_path, TESTANIS)
    taken_in(tmp_path, NEW_SON, source="NGO list")
    resolved()
    (party,) = parties_now()
    (nuri,) = [key for key, one in persons_now().items() if one.name == "Nuri Testani"]
    return party.id, nuri


def told() -> list[int]:
    return [one.number for one in alarms_now(state_now(), now=LATER) if "without a seat" in one.text]


def test_whom_a_list_adds_takes_no_seat_and_is_missed_by_nobody_until_confirmed(booked) -> None:
    assert parties_short() == {}
    assert told() == []


def test_who_is_confirmed_is_missed_from_that_moment_until_the_next_plan(booked) -> None:
    party, nuri = booked
    member_confirm(party=party, person=nuri, account="adjudicator-1", now=LATER)
    assert parties_short() == {party: (nuri,)}
    assert told() == [1]
    resolved(now=LATER)
    assert parties_short([party]) == {party: (nuri,)}, "a run made them a member, and gave no seat"
    standings_apply(account="supervisor-1", now=LATER)
    assert parties_short() == {party: (nuri,)}
    plan_publish(plan_id=plan_make(account="planner-1", now=LATER).pk, account="planner-1", now=LATER)
    assert nuri in booking_of(party).persons
    assert parties_short() == {}
    assert told() == []


def test_a_booked_party_is_told_of_while_it_is_asked_whether_others_are_of_it(tmp_path) -> None:
    officers()
    taken_in(tmp_path, KARIM, source="Employer")
    with_bookings(tmp_path, FAMILY)
    (key,) = reviews_open().filter(kind=ReviewKind.SAME_HOUSEHOLD).values_list("pk", flat=True)
    assert len(booked_asked_about("desk")) == 2
    assert all(is_booked_and_asked_about(party, "desk") for party in booked_asked_about("desk"))
    pairs = [(link.left, link.right) for link in review_by_id(key).links]
    no = JudgementVerdict.OTHER_HOUSEHOLD
    asked = judgement_give(pairs=pairs, verdict=no, account="desk", now=LATER, review=key)
    judgement_second(request=asked.request, account="desk-2", is_agreed=True, now=LATER)
    assert booked_asked_about("desk") == frozenset()


def test_a_party_that_is_not_booked_is_short_of_nothing(booked) -> None:
    assert parties_short(["F-00000000"]) == {}
    assert not is_booked_and_asked_about("F-00000000", "desk")
    assert booked_asked_about("desk") == frozenset()
