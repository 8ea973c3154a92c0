"""Two accounts are two people only where nobody could sit behind both; who vouches takes earlier hands away."""

from __future__ import annotations

import pytest

from safepassage.apps.accounts.roles import Role
from safepassage.apps.accounts.selectors import account_named
from safepassage.apps.accounts.services import account_active_set, account_password_set, account_roles_set
from safepassage.apps.accounts.two_people import (
    account_prove,
    account_vouch,
    accounts_unvouched,
    are_two,
    has_second,
    second_check,
)
from safepassage.apps.ledger.selectors import events_of_kind
from safepassage.apps.ledger.services import account_ref
from safepassage.core.errors import ConflictError, ForbiddenError
from safepassage.core.ledger import EventKind
from tests.make import an_officer

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]
FIRST, OTHER = "four invented words here", "four other words there"
SIGN = "policy.publish"


@pytest.fixture
def founded() -> None:
    """The two with whom the operation was founded: `desk` holds every role, `desk-2` is the second officer."""
    an_officer("desk", password=FIRST)
    an_officer("desk-2", Role.SUPERVISOR, password=FIRST, by="desk")


def add(name: str, *roles: Role, by: str = "desk") -> None:
    an_officer(name, *(roles or (Role.SUPERVISOR,)), password=FIRST, by=by)


def vouch(name: str, by: str, password: str = OTHER) -> None:
    account_vouch(account=account_named(name), password=password, by=by)


def refusal(first: str, second: str, permission: str = SIGN) -> str:
    with pytest.raises(ForbiddenError) as refused:
        second_check(first=first, second=second, permission=permission)
    return refused.value.code


def test_the_two_who_found_an_operation_are_two_people_with_nobody_there_to_vouch(founded):
    assert are_two("desk", "desk-2")
    second_check(first="desk", second="desk-2", permission=SIGN)
    assert accounts_unvouched() == []


def test_whoever_makes_an_account_is_not_another_person_than_its_holder(founded):
    add("desk-3")
    assert refusal("desk", "desk-3") == refusal("desk-3", "desk") == "not-two-people"
    second_check(first="desk-2", second="desk-3", permission=SIGN)


def test_an_administrator_who_makes_two_accounts_is_not_two_people_by_them(founded):
    add("desk-3")
    add("desk-4")
    assert refusal("desk-3", "desk-4") == "not-two-people"


def test_nor_by_an_account_that_makes_another(founded):
    add("admin-2", Role.ADMINISTRATOR)
    add("desk-3", by="admin-2")
    assert refusal("desk", "desk-3") == "not-two-people"
    assert [(one.username, hands) for one, hands in accounts_unvouched()] == [("desk-3", ("admin-2", "desk"))]


def test_a_new_password_is_a_hand_too_and_closing_or_fewer_roles_is_none(founded):
    account = account_named("desk-2")
    account_roles_set(account=account, roles=frozenset({Role.SUPERVISOR}), by="desk")
    account_active_set(account=account, is_active=False, by="desk")
    account_active_set(account=account, is_active=True, by="desk")
    assert are_two("desk", "desk-2")
    account_password_set(account=account, password=OTHER, by="desk")
    assert refusal("desk", "desk-2") == "not-two-people"


def test_more_roles_change_what_somebody_may_do_and_not_who_it_is(founded):
    account_roles_set(
        account=account_named("desk-2"), roles=frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR}), by="desk"
    )
    assert are_two("desk", "desk-2")
    add("clerk-1", Role.INTAKE_CLERK)
    account_roles_set(account=account_named("clerk-1"), roles=frozenset({Role.SUPERVISOR}), by="desk")
    assert refusal("desk", "clerk-1") == "not-two-people", "whoever made it may still hold it"


def test_who_signs_and_may_not_vouch_takes_no_founder_s_place():
    an_officer("desk", password=FIRST)
    add("reviewer-1", Role.ADJUDICATOR)
    add("desk-2")
    assert are_two("desk", "desk-2")
    assert not are_two("desk", "reviewer-1")
    vouch("reviewer-1", by="desk-2")
    assert are_two("desk", "reviewer-1")


def test_whoever_gives_up_roles_and_takes_them_back_is_no_second_founder():
    an_officer("desk", password=FIRST)
    for roles in (frozenset({Role.ADMINISTRATOR}), frozenset(Role)):
        account_roles_set(account=account_named("desk"), roles=roles, by="desk")
    add("desk-2")
    assert are_two("desk", "desk-2")


def test_whoever_vouches_takes_the_hands_away_and_their_password_with_them(founded):
    add("desk-3")
    vouch("desk-3", by="desk-2")
    second_check(first="desk", second="desk-3", permission=SIGN)
    assert account_named("desk-3").check_password(OTHER)
    told = events_of_kind(EventKind.ACCOUNT_CHANGED)[-1]
    assert (told.code("act"), told.code("subject"), told.code("account")) == (
        "vouched", account_ref("desk-3"), account_ref("desk-2"),
    )  # fmt: skip
    with pytest.raises(ConflictError):
        vouch("desk-3", by="desk-2")


def test_nobody_vouches_who_had_a_hand_in_it_or_may_not_or_for_themselves(founded):
    add("desk-3")
    add("desk-4")
    add("clerk-1", Role.INTAKE_CLERK, by="desk-2")
    for by in ("desk", "desk-3", "desk-4", "clerk-1", "nobody-here"):
        with pytest.raises(ForbiddenError):
            vouch("desk-3", by=by)
    with pytest.raises(ForbiddenError, match="others may know"):
        vouch("desk-3", by="desk-2", password=FIRST)
    with pytest.raises(ForbiddenError):
        vouch("desk-3", by="desk-2", password="short")
    assert account_named("desk-3").check_password(FIRST)
    assert not are_two("desk", "desk-3")


def test_the_second_needs_an_open_account_that_may(founded):
    add("clerk-1", Role.INTAKE_CLERK, by="desk-2")
    assert refusal("desk", "desk") == "one-person"
    for name in ("", "nobody-here", "clerk-1"):
        assert refusal("desk", name) == "no-second"
    account_active_set(account=account_named("desk-2"), is_active=False, by="desk")
    assert refusal("desk", "desk-2") == "no-second"


def test_one_officer_is_alone_until_somebody_could_be_the_second():
    an_officer("desk")
    assert not has_second(first="desk", permission=SIGN)
    add("clerk-1", Role.INTAKE_CLERK)
    assert not has_second(first="desk", permission=SIGN)
    add("desk-2")
    assert has_second(first="desk", permission=SIGN)


def test_an_account_raised_to_sign_later_is_the_second_founder_as_if_made_so():
    an_officer("desk")
    add("desk-2", Role.REPORTER)
    account_roles_set(account=account_named("desk-2"), roles=frozenset({Role.SUPERVISOR}), by="desk")
    assert are_two("desk", "desk-2")
    add("desk-3")
    account_active_set(account=account_named("desk-2"), is_active=False, by="desk")
    assert not has_second(first="desk", permission=SIGN), "closing a founder makes no room for another"


def test_a_password_proves_an_account_and_nothing_else_does(founded):
    assert account_prove(username="desk-2", password=FIRST).username == "desk-2"
    account_active_set(account=account_named("desk-2"), is_active=False, by="desk")
    for name, password in (("desk", OTHER), ("desk", ""), ("nobody-here", FIRST), ("desk-2", FIRST)):
        with pytest.raises(ForbiddenError) as refused:
            account_prove(username=name, password=password)
        assert refused.value.code == "not-proven"
