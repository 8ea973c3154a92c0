"""Two accounts are two people only where nobody could sit behind both; who vouches takes earlier hands away."""

from __future__ import annotations

import pytest

from safepassage.apps.accounts.hands import MACHINE, Act, traces_now
from safepassage.apps.accounts.roles import Role
from safepassage.apps.accounts.selectors import account_named
from safepassage.apps.accounts.services import (
    account_active_set,
    account_create,
    account_found,
    account_password_set,
    account_roles_set,
)
from safepassage.apps.accounts.two_people import (
    Proven,
    account_prove,
    accounts_unsettled,
    are_two,
    has_second,
    second_check,
)
from safepassage.apps.ledger.selectors import events_of_kind
from safepassage.apps.ledger.services import account_ref
from safepassage.core.errors import ConflictError, ForbiddenError
from safepassage.core.ledger import EventKind
from safepassage.core.ledger.codes import CLOSED_CODES
from tests.make import an_officer

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]
FIRST, OTHER, OWN = "four invented words here", "four other words there", "words that nobody else knows"
SIGN = "policy.publish"


@pytest.fixture
def founded() -> None:
    """The two with whom the operation was founded: `desk` holds every role, `desk-2` is the second officer."""
    an_officer("desk", password=FIRST)
    an_officer("desk-2", Role.SUPERVISOR, by="desk")


def add(name: str, *roles: Role, by: str = "desk") -> None:
    an_officer(name, *(roles or (Role.SUPERVISOR,)), password=FIRST, by=by)


def vouch(name: str, by: str, password: str = OTHER) -> None:
    account_password_set(account=account_named(name), password=password, by=by, is_vouching=True)


def choose_own(name: str, password: str = OWN) -> None:
    account_password_set(account=account_named(name), password=password, by=name)


def unsettled() -> dict[str, tuple[str, ...]]:
    return {one.account.username: one.hands for one in accounts_unsettled()}


def refusal(first: str, second: str, permission: str = SIGN) -> str:
    with pytest.raises(ForbiddenError) as refused:
        second_check(first=first, second=second, permission=permission)
    return refused.value.code


def test_the_two_who_found_an_operation_are_two_people_with_nobody_there_to_vouch(founded):
    assert are_two("desk", "desk-2")
    second_check(first="desk", second="desk-2", permission=SIGN)
    assert accounts_unsettled() == []


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
    asked = {"username": "desk-3", "password": FIRST, "roles": frozenset({Role.SUPERVISOR}), "by": "admin-2"}
    account_create(**asked, second=Proven("desk-2"))
    assert refusal("desk", "desk-3") == "not-two-people"
    assert unsettled() == {"desk-3": ("admin-2", "desk")}


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


def test_an_account_that_a_program_made_in_nobody_s_name_is_nobody_s_until_somebody_vouches():
    account_found(username="desk", password=FIRST, roles=frozenset(Role))
    for name in ("desk-2", "desk-3"):
        account_create(username=name, password=FIRST, roles=frozenset({Role.SUPERVISOR}))
    assert unsettled() == {"desk-2": (MACHINE,), "desk-3": (MACHINE,)}
    assert refusal("desk-2", "desk-3") == "not-two-people"
    vouch("desk-3", by="desk")
    choose_own("desk-3")
    assert are_two("desk-2", "desk-3")
    assert are_two("desk", "desk-3")


def test_nobody_makes_their_own_account_where_somebody_is():
    account_found(username="desk", password=FIRST, roles=frozenset(Role))
    assert unsettled() == {}
    with pytest.raises(ConflictError, match="nobody makes their own"):
        account_found(username="desk-2", password=FIRST, roles=frozenset(Role))
    with pytest.raises(ForbiddenError):
        account_create(username="desk-2", password=FIRST, roles=frozenset(Role), by="desk-2")


def test_who_signs_and_may_not_vouch_takes_no_founder_s_place():
    an_officer("desk", password=FIRST)
    add("reviewer-1", Role.ADJUDICATOR)
    add("desk-2")
    assert are_two("desk", "desk-2")
    assert not are_two("desk", "reviewer-1")
    vouch("reviewer-1", by="desk-2")
    choose_own("reviewer-1")
    assert are_two("desk", "reviewer-1")


def test_whoever_gives_up_roles_and_takes_them_back_is_no_second_founder():
    an_officer("desk", password=FIRST)
    for roles in (frozenset({Role.ADMINISTRATOR}), frozenset(Role)):
        account_roles_set(account=account_named("desk"), roles=roles, by="desk")
    add("desk-2")
    assert are_two("desk", "desk-2")


def test_whoever_vouches_takes_the_hands_away_and_leaves_their_own_until_the_holder_chose_a_password(founded):
    add("desk-3")
    vouch("desk-3", by="desk-2")
    assert account_named("desk-3").check_password(OTHER)
    assert are_two("desk", "desk-3"), "whoever made it knows the password no longer"
    assert refusal("desk-2", "desk-3") == "not-two-people", "whoever vouched sat beside it, and may know this one"
    assert unsettled() == {"desk-3": ("desk-2",)}
    told = events_of_kind(EventKind.ACCOUNT_CHANGED)[-1]
    assert (told.code("act"), told.code("subject"), told.code("account")) == (
        "vouched", account_ref("desk-3"), account_ref("desk-2"),
    )  # fmt: skip
    with pytest.raises(ConflictError):
        vouch("desk-3", by="desk")
    choose_own("desk-3")
    assert are_two("desk-2", "desk-3")
    assert unsettled() == {}
    with pytest.raises(ConflictError):
        vouch("desk-3", by="desk-2")


def test_a_password_of_ones_own_is_no_vouching(founded):
    add("desk-3")
    choose_own("desk-3")
    assert refusal("desk", "desk-3") == "not-two-people", "whoever knew the first password could have chosen it"
    vouch("desk-3", by="desk-2")
    account_password_set(account=account_named("desk-3"), password=FIRST, by="desk")
    choose_own("desk-3", OTHER)
    assert refusal("desk", "desk-3") == "not-two-people", "another password after the vouching is another hand"


def test_the_second_founder_chooses_a_password_of_their_own_too():
    an_officer("desk", password=FIRST)
    account = account_named("desk")
    account_create(username="desk-2", password=FIRST, roles=frozenset({Role.SUPERVISOR}), by=account.username)
    assert refusal("desk", "desk-2") == "not-two-people"
    assert has_second(first="desk", permission=SIGN), "nobody is alone beside a second officer who is about to come"
    with pytest.raises(ForbiddenError, match="others may know"):
        choose_own("desk-2", FIRST)
    choose_own("desk-2")
    assert are_two("desk", "desk-2")


def test_nobody_vouches_who_had_a_hand_in_it_or_may_not_or_for_themselves(founded):
    add("desk-3")
    add("desk-4")
    add("clerk-1", Role.INTAKE_CLERK)
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
    add("clerk-1", Role.INTAKE_CLERK)
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
    choose_own("desk-2")
    assert are_two("desk", "desk-2")
    add("desk-3")
    account_active_set(account=account_named("desk-2"), is_active=False, by="desk")
    assert not are_two("desk", "desk-3"), "closing a founder makes no room for another"


@pytest.mark.parametrize("how", ["close", "roles", "password", "all"])
def test_whoever_takes_the_second_person_away_is_not_alone_by_that_nor_by_a_new_name(founded, how):
    account = account_named("desk-2")
    if how in {"password", "all"}:
        account_password_set(account=account, password=OTHER, by="desk")
    if how in {"roles", "all"}:
        account_roles_set(account=account, roles=frozenset({Role.REPORTER}), by="desk")
    if how in {"close", "all"}:
        account_active_set(account=account, is_active=False, by="desk")
    assert has_second(first="desk", permission=SIGN)
    add("desk-9")
    assert has_second(first="desk-9", permission=SIGN)


def test_the_events_are_read_anew_only_when_an_account_changed(founded, django_assert_max_num_queries):
    before = traces_now()
    with django_assert_max_num_queries(3):
        assert traces_now() is before
    add("desk-3")
    assert traces_now() is not before
    assert before.of("desk-3").hands == frozenset()


def test_the_codes_of_acts_are_those_of_the_ledger():
    assert set(CLOSED_CODES[EventKind.ACCOUNT_CHANGED, "act"]) == set(Act)
    assert MACHINE.startswith("@"), "no user name does"


def test_a_password_proves_an_account_and_nothing_else_does(founded):
    choose_own("desk-2", FIRST)
    assert account_prove(username="desk-2", password=FIRST).username == "desk-2"
    account_active_set(account=account_named("desk-2"), is_active=False, by="desk")
    for name, password in (("desk", OTHER), ("desk", ""), ("nobody-here", FIRST), ("desk-2", FIRST)):
        with pytest.raises(ForbiddenError) as refused:
            account_prove(username=name, password=password)
        assert refused.value.code == "not-proven"


SEES = (Role.SUPERVISOR, Role.CHILD_PROTECTION)


@pytest.mark.parametrize("role", SEES)
def test_an_administrator_alone_lets_no_account_see_the_protected_least_of_all_their_own(founded, role):
    add("admin-2", Role.ADMINISTRATOR)
    add("clerk-1", Role.INTAKE_CLERK)
    wanted = frozenset({Role.ADMINISTRATOR, role})
    ways = {
        "own roles": lambda second: account_roles_set(
            account=account_named("admin-2"), roles=wanted, by="admin-2", second=second
        ),
        "another's roles": lambda second: account_roles_set(
            account=account_named("clerk-1"), roles=wanted, by="admin-2", second=second
        ),
        "a new account": lambda second: account_create(
            username="desk-9", password=FIRST, roles=wanted, by="admin-2", second=second
        ),
        "a password": lambda second: account_password_set(
            account=account_named("desk"), password=OTHER, by="admin-2", second=second
        ),
    }
    for name, way in ways.items():
        for second, code in (
            (None, "needs-second"),
            (Proven("clerk-1"), "no-second"),
            (Proven("admin-2"), "one-person"),
        ):
            with pytest.raises(ForbiddenError) as refused:
                way(second)
            assert refused.value.code == code or refused.value.code == "one-person", (name, second)
    assert not account_named("admin-2").may("apart.see")
    for way in ways.values():
        way(Proven("desk-2"))
    told = [event for event in events_of_kind(EventKind.ACCOUNT_CHANGED) if event.code("second")]
    assert {event.code("second") for event in told} == {account_ref("desk-2")}
    assert len(told) == len(ways)


def test_whoever_sees_the_protected_may_give_it_but_not_to_themselves_and_lesser_roles_need_nobody(founded):
    add("admin-2", Role.ADMINISTRATOR)
    account_roles_set(
        account=account_named("admin-2"), roles=frozenset({Role.ADMINISTRATOR, Role.PLANNER}), by="admin-2"
    )
    add("desk-3", by="desk")
    account_password_set(account=account_named("admin-2"), password=OTHER, by="admin-2")
    assert account_named("desk-3").may("apart.see")
