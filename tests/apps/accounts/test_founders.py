"""Two founders' accounts that were made at one place: it is told until the second has said who they are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from safepassage.apps.accounts.founders import account_confirm, founders_together
from safepassage.apps.accounts.places import place_here
from safepassage.apps.accounts.roles import Role
from safepassage.apps.accounts.selectors import account_named
from safepassage.apps.accounts.services import account_create, account_found, account_password_set
from safepassage.apps.accounts.two_people import Proven, are_two
from safepassage.apps.ledger.selectors import accesses_of, events_of_kind, state_now
from safepassage.apps.ledger.services import account_ref
from safepassage.apps.outreach.alarms import alarms_now
from safepassage.core.errors import ConflictError, ForbiddenError
from safepassage.core.ledger import EventKind
from tests.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]
FIRST, OWN, THIRD = "four invented words here", "words that nobody else knows", "four words of the third"
HERE, THERE = "a" * 64, "b" * 64
TAKEN_UP = NOW + timedelta(minutes=7)
OFFICER = frozenset({Role.SUPERVISOR})


def found(*, second_at: str) -> None:
    """`desk` at one place makes `desk-2`, whose holder takes the account up at another, or there."""
    account_found(username="desk", password=FIRST, roles=frozenset(Role), place=HERE, now=NOW)
    made = account_create(username="desk-2", password=FIRST, roles=OFFICER, by="desk", place=HERE, now=NOW)
    account_password_set(account=made, password=OWN, by="desk-2", place=second_at, now=TAKEN_UP)


def together() -> list[tuple[str, str, int]]:
    return [(one.account.username, one.other, one.minutes) for one in founders_together()]


def told_on_the_board() -> bool:
    return any("taken up where the other was made" in one.text for one in alarms_now(state_now(), now=NOW))


def confirm(name: str = "desk-2", *, minutes: int = 8, place: str = THERE) -> None:
    began = NOW + timedelta(minutes=minutes)
    account_confirm(holder=Proven(name), began=began, place=place, now=began)


def test_one_who_makes_both_accounts_at_one_place_is_told_of_with_the_minutes():
    found(second_at=HERE)
    assert together() == [("desk-2", "desk", 7)]
    assert told_on_the_board()
    acts = [act for _, act, *_ in accesses_of(account_ref("desk-2"))]
    assert "account taken-up-at-one-place" in acts
    assert are_two("desk", "desk-2"), "it is told; no program knows who sits at a keyboard"


def test_who_takes_it_up_elsewhere_is_not_told_of():
    found(second_at=THERE)
    assert together() == []
    assert not told_on_the_board()


def test_the_second_says_who_they_are_in_a_session_of_their_own_and_that_is_a_signed_event():
    found(second_at=HERE)
    with pytest.raises(ForbiddenError) as refused:
        confirm(minutes=6)
    assert refused.value.code == "same-session"
    assert together()
    confirm()
    assert together() == []
    assert not told_on_the_board()
    (event,) = [one for one in events_of_kind(EventKind.ACCOUNT_CHANGED) if one.code("act") == "confirmed"]
    assert event.code("account") == event.code("subject") == account_ref("desk-2")
    assert event.code("place") == THERE
    with pytest.raises(ConflictError):
        confirm()


def test_nobody_but_the_second_can_say_so():
    found(second_at=HERE)
    with pytest.raises(ConflictError):
        confirm("desk")
    assert together()


def test_who_has_said_so_is_not_asked_again_for_another_password():
    found(second_at=HERE)
    confirm()
    account_password_set(account=account_named("desk-2"), password=THIRD, by="desk-2", place=HERE)
    assert together() == []


def test_a_third_account_is_for_somebody_to_vouch_for_wherever_it_is_taken_up():
    found(second_at=THERE)
    made = account_create(
        username="desk-3", password=FIRST, roles=OFFICER, by="desk", second=Proven("desk-2"), place=HERE
    )
    account_password_set(account=made, password=OWN, by="desk-3", place=HERE)
    assert together() == []
    assert not are_two("desk", "desk-3")


def test_in_the_console_of_one_laptop_it_takes_a_second_session_and_the_password():
    account_found(username="desk", password=FIRST, roles=frozenset(Role), place=place_here(), now=NOW)
    first, second = Client(), Client()
    first.post("/login/", {"username": "desk", "password": FIRST})
    first.post("/accounts/", {"username": "desk-2", "password": THIRD, "role": ["supervisor"]})
    second.post("/login/", {"username": "desk-2", "password": THIRD})
    second.post("/password/", {"former": THIRD, "password": OWN})
    assert together() == [("desk-2", "desk", 0)]
    assert "Taken up where desk was at work" in first.get("/vouching/").text
    assert "I am another person" not in first.get("/vouching/").text
    assert "Sign out and in again" in second.get("/vouching/").text
    said = {"username": "desk-2", "answer": "confirm", "password": OWN}
    assert second.post("/vouching/", said).status_code == 403, "the session in which it was taken up"
    again = Client()
    again.post("/login/", {"username": "desk-2", "password": OWN})
    assert "I am another person than desk" in again.get("/vouching/").text
    assert again.post("/vouching/", said | {"password": FIRST}).status_code == 403
    assert first.post("/vouching/", said | {"password": OWN}).status_code == 403
    assert together()
    assert again.post("/vouching/", said).status_code == 302
    assert together() == []


def test_from_another_device_nothing_is_told():
    account_found(username="desk", password=FIRST, roles=frozenset(Role), place=place_here(), now=NOW)
    first, second = Client(), Client(REMOTE_ADDR="192.168.50.7")
    first.post("/login/", {"username": "desk", "password": FIRST})
    first.post("/accounts/", {"username": "desk-2", "password": THIRD, "role": ["supervisor"]})
    second.post("/login/", {"username": "desk-2", "password": THIRD})
    assert second.post("/password/", {"former": THIRD, "password": OWN}).status_code == 302
    assert together() == []
