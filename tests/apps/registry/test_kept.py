"""A list that names people of two booked parties together joins neither, takes nobody's seat, and is asked about."""

from __future__ import annotations

from datetime import timedelta

import pytest

from safepassage.apps.movement.models import Booking
from safepassage.apps.policy.services import standings_apply
from safepassage.apps.registry.models import ReviewRecord
from safepassage.apps.registry.questions import review_by_id
from safepassage.apps.registry.second_person import judgement_give, judgement_second, judgement_withdraw
from safepassage.apps.registry.selectors import parties_now
from safepassage.core.identity import JudgementVerdict, ReviewKind
from tests.apps.registry.test_second_person import officers
from tests.apps.registry.test_services import view
from tests.make import BEISPIEL, NOW, TESTANIS, resolved, taken_in, with_bookings, with_standings

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]
TIE = (
    ("9", "Yusuf Beispiel", "Daud", "head", "M", "1971-11-30", "P0000201", "0700000201", "", ""),
    ("9", "Karim Testani", "Ghafar", "brother", "M", "1980-05-14", "P0000101", "0700000101", "", ""),
)


def seats() -> dict[str, set[str]]:
    """Who has a seat in which party."""
    return {party.id: {member.person for member in party.confirmed} for party in parties_now()}


def booked() -> list[tuple[str, list[str]]]:
    return sorted((one.party, sorted(one.persons)) for one in Booking.objects.all())


def test_two_rows_of_a_list_part_no_booked_family(tmp_path):
    with_bookings(tmp_path)
    before, bookings = seats(), booked()
    taken_in(tmp_path, TIE, source="Fixer", now=NOW + timedelta(hours=1))
    resolved()
    assert seats() == before
    assert ReviewRecord.objects.filter(kind=ReviewKind.TWO_PARTIES, decided_at=None).exists()
    standings_apply(account="supervisor-1", now=NOW)
    found = view()
    resolved()
    assert view() == found
    assert (seats(), booked()) == (before, bookings)


def test_parties_of_which_nobody_is_booked_are_joined_by_a_list(tmp_path):
    with_standings(tmp_path, (*TESTANIS, *BEISPIEL))
    assert len(seats()) == 2
    taken_in(tmp_path, TIE, source="Fixer", now=NOW + timedelta(hours=1))
    resolved()
    assert len(seats()) == 1


def test_two_people_join_what_the_list_may_not_and_take_it_back_without_a_trace(tmp_path):
    with_bookings(tmp_path)
    officers()
    taken_in(tmp_path, TIE, source="Fixer", now=NOW + timedelta(hours=1))
    resolved()
    before, apart = view(), seats()
    link = review_by_id(ReviewRecord.objects.get(kind=ReviewKind.SAME_HOUSEHOLD).pk).links[0]
    pair = (link.left, link.right)
    asked = judgement_give(pairs=[pair], verdict=JudgementVerdict.HOUSEHOLD, account="desk", now=NOW)
    assert asked.request, "one alone joins nobody who is booked"
    judgement_second(request=asked.request, account="desk-2", is_agreed=True, now=NOW)
    resolved()
    assert len(seats()) == len(apart) - 1
    assert sum(map(len, seats().values())) == sum(map(len, apart.values()))
    back = judgement_withdraw(pairs=[pair], account="desk", now=NOW)
    judgement_second(request=back.request, account="desk-2", is_agreed=True, now=NOW)
    resolved()
    assert view() == before
