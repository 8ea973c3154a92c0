"""A run does not join or divide people who are committed by what one alone has said, or by what the matcher finds."""

from __future__ import annotations

from datetime import timedelta

import pytest

from safepassage.apps.accounts.roles import Role
from safepassage.apps.intake.selectors import listings_now
from safepassage.apps.ledger.selectors import events_after
from safepassage.apps.ledger.services import account_ref
from safepassage.apps.movement.publishing import plan_publish
from safepassage.apps.movement.services import plan_make
from safepassage.apps.movement.short import parties_short
from safepassage.apps.registry.confirming import member_confirmation_withdraw
from safepassage.apps.registry.hidden import hidden_persons
from safepassage.apps.registry.models import JudgementRequest
from safepassage.apps.registry.second_person import (
    asked_open_to,
    judgement_give,
    judgement_second,
    judgement_withdraw,
    lapsed_open_to,
)
from safepassage.apps.registry.selectors import assignment_now, parties_now, person_by_id, persons_now
from safepassage.apps.registry.versions import matcher_propose
from safepassage.core.errors import ConflictError
from safepassage.core.identity import JudgementVerdict
from safepassage.core.ids import PersonId
from safepassage.core.ledger import EventKind
from tests.make import EVERYONE, KARIM_AGAIN, NOW, a_bus, an_officer, resolved, taken_in, with_standings

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]
SAME, DIFFERENT = JudgementVerdict.SAME, JudgementVerdict.DIFFERENT


@pytest.fixture(autouse=True)
def officers(operation) -> None:
    an_officer("desk", Role.SUPERVISOR, Role.ADMINISTRATOR)
    an_officer("desk-2", Role.SUPERVISOR, by="desk")


def book() -> None:
    a_bus()
    record = plan_make(account="planner-1", now=NOW)
    plan_publish(plan_id=record.pk, account="planner-1", now=NOW)


def named(name: str) -> list[str]:
    return sorted(person.id for person in persons_now().values() if name in person.name)


def changed() -> list[str]:
    kinds = (EventKind.PERSONS_REDIRECTED, EventKind.PERSONS_SPLIT)
    return [event.kind.value for event in events_after() if event.kind in kinds]


def answer(*, is_agreed: bool, by: str = "desk-2") -> None:
    request = JudgementRequest.objects.get(decided_at=None)
    judgement_second(request=request.pk, account=by, is_agreed=is_agreed, now=NOW)


def a_merge_judged_before_the_booking(folder) -> None:
    """Two people of the list, whom `desk` holds to be one; nobody is booked when they say so."""
    with_standings(folder)
    pair = tuple(person_by_id(named(name)[0]).listings[0] for name in ("Sami", "Sara"))
    assert judgement_give(pairs=[pair], verdict=SAME, account="desk", now=NOW).request is None
    book()


def test_two_booked_people_are_not_joined_by_one_who_judged_before_the_booking(tmp_path):
    a_merge_judged_before_the_booking(tmp_path)
    taken_in(tmp_path, KARIM_AGAIN, source="NGO list")
    run = resolved()
    assert (run.held, len(persons_now())) == (1, len(EVERYONE)), "the new listing found its person all the same"
    assert changed() == []
    (request,) = JudgementRequest.objects.all()
    assert (request.asked_by, request.rows[0][2]) == ("desk", "same")
    (told,) = [
        event
        for event in events_after()
        if event.kind is EventKind.SECOND_ASKED and event.code("what") == "judgement"
    ]
    assert told.code("first") == account_ref("desk")
    resolved()
    assert JudgementRequest.objects.count() == 1, "asked once"
    answer(is_agreed=True)
    assert (resolved().held, len(persons_now()), changed()) == (0, len(EVERYONE) - 1, ["persons-redirected"])


def test_what_a_second_person_refuses_stays_held_back_and_is_not_asked_again(tmp_path):
    a_merge_judged_before_the_booking(tmp_path)
    resolved()
    answer(is_agreed=False)
    assert resolved().held == 1
    assert (len(persons_now()), JudgementRequest.objects.count()) == (len(EVERYONE), 1)


def unbook() -> None:
    """A later plan without any seat for them: whoever was booked is not."""
    later = NOW + timedelta(hours=1)
    a_bus(seats=1, departs=NOW + timedelta(hours=9), now=later)
    record = plan_make(account="planner-1", now=later)
    assert plan_publish(plan_id=record.pk, account="planner-1", now=later)


def lapsed() -> list[str]:
    told = [event for event in events_after() if event.kind is EventKind.SECOND_LAPSED]
    return [event.code("reason") for event in told]


def test_what_was_held_back_is_done_and_its_request_closed_once_nobody_in_it_is_booked(tmp_path):
    a_merge_judged_before_the_booking(tmp_path)
    resolved()
    (asked,) = asked_open_to("desk-2")
    assert asked.is_needed
    unbook()
    (asked,) = asked_open_to("desk-2")
    assert not asked.is_needed, "told before the matcher runs"
    run = resolved(now=NOW + timedelta(hours=2))
    assert (run.held, run.lapsed, changed()) == (0, 1, ["persons-redirected"])
    assert asked_open_to("desk-2") == []
    assert [one.pk for one in lapsed_open_to("desk-2")] == [asked.request.pk]
    assert lapsed() == ["no-longer-committed"]
    with pytest.raises(ConflictError):
        judgement_second(request=asked.request.pk, account="desk-2", is_agreed=True, now=NOW)
    assert resolved(now=NOW + timedelta(hours=3)).lapsed == 0


def test_what_lapsed_is_asked_again_once_somebody_in_it_is_booked_again(tmp_path):
    a_merge_judged_before_the_booking(tmp_path)
    resolved()
    JudgementRequest.objects.update(decided_at=NOW)
    assert resolved().held == 1
    assert [one.request.rows[0][2] for one in asked_open_to("desk-2")] == ["same"]
    assert JudgementRequest.objects.count() == 2


def test_an_answer_that_waits_is_for_one_alone_again_once_nobody_in_it_is_booked(tmp_path):
    with_standings(tmp_path)
    book()
    pair = tuple(person_by_id(named(name)[0]).listings[0] for name in ("Sami", "Sara"))
    assert judgement_give(pairs=[pair], verdict=SAME, account="desk", now=NOW, review="Q-1").request
    unbook()
    assert resolved(now=NOW + timedelta(hours=2)).lapsed == 1
    assert changed() == [], "nobody answered"
    assert judgement_give(pairs=[pair], verdict=SAME, account="desk", now=NOW, review="Q-1").count == 1


def test_somebody_booked_is_not_divided_by_one_who_judged_before_the_booking(tmp_path):
    taken_in(tmp_path, KARIM_AGAIN, source="NGO list")
    with_standings(tmp_path)
    (karim,) = named("Karim")
    pair = person_by_id(karim).listings
    assert len(pair) == 2
    judgement_give(pairs=[pair], verdict=DIFFERENT, account="desk", now=NOW)
    book()
    assert resolved().held == 1
    assert (named("Karim"), changed()) == ([karim], [])
    answer(is_agreed=True)
    assert resolved().held == 0
    assert changed() == ["persons-split"]


def test_nor_by_one_who_takes_a_judgement_back_before_the_booking(tmp_path):
    with_standings(tmp_path)
    pair = tuple(person_by_id(named(name)[0]).listings[0] for name in ("Sami", "Sara"))
    judgement_give(pairs=[pair], verdict=SAME, account="desk", now=NOW)
    resolved()
    judgement_withdraw(pairs=[pair], account="desk", now=NOW)
    book()
    before = set(persons_now())
    assert resolved().held == 1
    assert set(persons_now()) == before
    request = JudgementRequest.objects.get()
    assert (request.asked_by, request.rows[0][2]) == ("adjudicator-1", "different"), "in the name of who ran it"


def test_a_proposed_version_counts_what_it_would_hold_back(tmp_path):
    a_merge_judged_before_the_booking(tmp_path)
    effect = matcher_propose(account="desk", now=NOW).effect
    assert (effect["held"], effect["merged"]) == (1, 0)
    assert JudgementRequest.objects.count() == 0, "a proposal asks nobody"


def test_to_keep_apart_counts_by_one_once_nobody_in_it_is_booked(tmp_path) -> None:
    with_standings(tmp_path)
    book()
    one, other = (person_by_id(named(name)[0]) for name in ("Sami", "Sara"))
    pair, apart = (one.listings[0], other.listings[0]), JudgementVerdict.KEEP_APART
    assert judgement_give(pairs=[pair], verdict=apart, account="desk", now=NOW, review="Q-1").request
    unbook()
    assert resolved(now=NOW + timedelta(hours=2)).lapsed == 1
    assert {one.id, other.id} <= hidden_persons()
    resolved(now=NOW + timedelta(hours=3))
    assert {one.id, other.id} <= hidden_persons()


TESTANIS_AGAIN = (
    ("A", "Abdul Karim Testani", "Ghafar", "head", "M", "14.05.1980", "P0000101", "+93 70 000 0101", "SIV", ""),
    ("A", "Laila Testani", "Nabi", "wife", "F", "03.02.1984", "P0000102", "", "", ""),
    ("A", "Omid Testani", "Karim", "son", "M", "21.08.2010", "", "", "", ""),
)
"""The family in another list."""


def _founded_by_the_later_list() -> tuple[str, str, str]:
    """Somebody whose id is tied to what the later list states, with that listing and the one of the earlier list."""
    founders = assignment_now("test-2026").founders
    later = {one.id for one in listings_now() if one.birth and "-" in one.birth.text}
    for person in persons_now().values():
        if "Testani" in person.name and founders[person.id] in later:
            (own,) = later.intersection(person.listings)
            (other,) = set(person.listings) - later
            return person.id, own, other
    raise AssertionError("the earlier list founded them all: choose other names")


def _confirmed() -> set[str]:
    return {member.person for party in parties_now() for member in party.confirmed}


def test_whoever_is_divided_while_booked_keeps_the_seat_and_the_other_is_told_to_have_none(tmp_path):
    taken_in(tmp_path, TESTANIS_AGAIN, source="NGO list")
    with_standings(tmp_path)
    person, own, other = _founded_by_the_later_list()
    book()
    before = (parties_now(), _confirmed())
    assert parties_short() == {}
    assert judgement_give(pairs=[(own, other)], verdict=DIFFERENT, account="desk", now=NOW).request
    answer(is_agreed=True)
    resolved()
    (new,) = _confirmed() - before[1]
    assert person_by_id(person).listings == (own,)
    assert person in _confirmed(), "the later list alone would only propose them"
    assert [*parties_short().values()] == [(new,)]
    resolved()
    assert person in _confirmed(), "at the next run as well"
    judgement_withdraw(pairs=[(own, other)], account="desk", now=NOW)
    answer(is_agreed=True)
    resolved()
    assert (parties_now(), _confirmed()) == before


def test_a_seat_that_was_kept_can_be_taken_back(tmp_path):
    taken_in(tmp_path, TESTANIS_AGAIN, source="NGO list")
    with_standings(tmp_path)
    person, own, other = _founded_by_the_later_list()
    book()
    judgement_give(pairs=[(own, other)], verdict=DIFFERENT, account="desk", now=NOW)
    answer(is_agreed=True)
    resolved()
    (party,) = (one.id for one in parties_now() if any(m.person == person for m in one.members))
    member_confirmation_withdraw(party=party, person=PersonId(person), account="desk", now=NOW)
    resolved()
    assert person not in _confirmed()


def test_who_is_divided_and_not_booked_is_proposed_where_one_list_alone_tells_of_them(tmp_path):
    taken_in(tmp_path, TESTANIS_AGAIN, source="NGO list")
    with_standings(tmp_path)
    person, own, other = _founded_by_the_later_list()
    judgement_give(pairs=[(own, other)], verdict=DIFFERENT, account="desk", now=NOW)
    resolved()
    assert person not in _confirmed()
