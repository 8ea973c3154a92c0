"""Accounts, roles, and the one operation of a store."""

from __future__ import annotations

import pytest

from safepassage.apps.accounts.access import requires
from safepassage.apps.accounts.founding import operation_found, team_create
from safepassage.apps.accounts.roles import PERMISSIONS, ROLE_NAMES, Role, permissions_of
from safepassage.apps.accounts.selectors import account_named, operation_now
from safepassage.apps.accounts.services import (
    account_active_set,
    account_create,
    account_password_set,
    account_roles_set,
    password_check,
)
from safepassage.apps.ledger.selectors import accesses_of, events_after
from safepassage.apps.ledger.services import account_ref
from safepassage.core.errors import ConflictError, ForbiddenError, NotFoundError
from safepassage.core.ledger import EventKind
from tests.make import an_officer

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
PASSWORD = "four random invented words"


def found(now, **changes):
    given = {"code": "south-2026", "name": "South", "controller": "Example", "retention_days": 30}
    given |= {"time_zone": "UTC", "default_region": "AF", "began_at": now}
    return operation_found(**(given | changes))


def test_every_permission_has_a_holder_and_every_role_a_name_and_work_to_do():
    assert all(PERMISSIONS.values())
    assert set(ROLE_NAMES) == set(Role)
    assert all(permissions_of(frozenset({role})) for role in Role)


def test_nobody_but_the_data_protection_officer_erases_or_reads_the_access_log():
    assert PERMISSIONS["person.erase"] == PERMISSIONS["access-log.see"] == {Role.DATA_PROTECTION}


def test_the_administrator_sees_no_persons():
    may = permissions_of(frozenset({Role.ADMINISTRATOR}))
    assert not {word for word in may if word.startswith(("person.", "manifest.", "review."))}


def test_an_unknown_word_opens_no_door():
    account = account_create(username="desk-2", password=None, roles=frozenset(Role))
    with pytest.raises(KeyError):
        account.may("person.sea")
    with pytest.raises(KeyError):
        requires("person.sea")


@pytest.mark.parametrize("role", Role)
def test_an_account_may_what_its_role_may_and_nothing_else(role):
    account = account_create(username=f"duty-{role.value}", password=None, roles=frozenset({role}))
    assert {word for word in PERMISSIONS if account.may(word)} == account.permissions
    assert account.permissions == permissions_of(frozenset({role}))


def test_an_account_that_was_closed_may_nothing():
    account = account_create(username="desk-3", password=None, roles=frozenset(Role))
    account.is_active = False
    account.save()
    account = account_named("desk-3")
    assert not any(account.may(word) for word in PERMISSIONS)
    assert account.permissions == frozenset()


def test_a_role_that_is_no_longer_in_the_list_gives_nothing():
    account = account_create(username="desk-4", password=None, roles=frozenset({Role.REPORTER}))
    account.role_codes = ["emperor"]
    account.save()
    assert account_named("desk-4").permissions == frozenset()


def test_roles_are_replaced_as_a_whole(operation):
    an_officer("desk-1")
    account = account_create(username="desk-5", password=None, roles=frozenset({Role.REPORTER}))
    account_roles_set(account=account, roles=frozenset({Role.PLANNER}), by="desk-1")
    assert account_named("desk-5").roles == {Role.PLANNER}


def test_a_user_name_is_given_once():
    account_create(username="desk-6", password=None, roles=frozenset())
    with pytest.raises(ConflictError):
        account_create(username="desk-6", password=None, roles=frozenset())
    with pytest.raises(NotFoundError):
        account_named("desk-7")


def test_without_a_password_nobody_signs_in():
    assert not account_create(username="desk-8", password=None, roles=frozenset()).has_usable_password()


@pytest.mark.parametrize("password", ["short", "password1234", "desk-9-desk-9"])
def test_a_weak_password_is_refused(password):
    with pytest.raises(ForbiddenError):
        password_check(username="desk-9-desk-9", password=password)


def test_a_store_holds_one_operation(now):
    with pytest.raises(NotFoundError):
        operation_now()
    found(now)
    with pytest.raises(ConflictError):
        found(now, code="other-2026")
    assert operation_now().code == "south-2026"


def test_what_later_steps_could_not_use_is_refused_at_the_founding_all_at_once(now):
    with pytest.raises(ForbiddenError) as refusal:
        found(now, code="South 2026", time_zone="Kabul", default_region="Afghanistan", controller="")
    for what in ("code", "time zone", "region", "controller"):
        assert what in str(refusal.value)
    with pytest.raises(NotFoundError):
        operation_now()


def test_the_same_team_again_changes_nothing():
    assert team_create(code="gate-1", name="Gate 1") == team_create(code="gate-1", name="Another name")


@pytest.mark.parametrize("name", ["", "a/b", "desk 1", "x" * 61, "a\0b", "..", "\u202edesk"])
def test_a_user_name_that_can_stand_in_no_address_is_refused(name):
    with pytest.raises(ForbiddenError):
        account_create(username=name, password=None, roles=frozenset({Role.REPORTER}))


def test_every_act_on_an_account_is_an_event_without_its_name(operation):
    an_officer("desk-1")
    account = account_create(username="desk-9", password=None, roles=frozenset({Role.REPORTER}), by="desk-1")
    account_create(username="desk-10", password=None, roles=frozenset({Role.ADMINISTRATOR}), by="desk-1")
    account_roles_set(account=account, roles=frozenset({Role.PLANNER}), by="desk-1")
    account_active_set(account=account, is_active=False, by="desk-1")
    account_active_set(account=account, is_active=True, by="desk-1")
    account_password_set(account=account, password="four random invented words", by="desk-1")
    told = [event for event in events_after() if event.kind is EventKind.ACCOUNT_CHANGED]
    mine = [event.body for event in told if event.body["subject"] == account_ref("desk-9")]
    assert [body["act"] for body in mine] == ["created", "roles-set", "closed", "opened", "password-set"]
    assert [body.get("roles") for body in mine[:2]] == [("reporter",), ("planner",)]
    assert {body["account"] for body in mine} == {account_ref("desk-1")}
    assert account.check_password("four random invented words")


def test_a_weak_new_password_is_refused_and_writes_nothing(operation):
    an_officer("desk-1")
    account = account_create(username="desk-9", password=None, roles=frozenset({Role.REPORTER}))
    with pytest.raises(ForbiddenError, match="too short"):
        account_password_set(account=account, password="short", by="desk-1")
    assert len([event for event in events_after() if event.kind is EventKind.ACCOUNT_CHANGED]) == 2


@pytest.mark.parametrize("by", ["nobody-here", "closed-1", "clerk-1", "@machine"])
def test_nobody_acts_on_accounts_without_an_open_account_that_may(operation, by):
    an_officer("desk-1")
    account = an_officer("clerk-1", Role.INTAKE_CLERK)
    an_officer("closed-1", Role.ADMINISTRATOR)
    account_active_set(account=account_named("closed-1"), is_active=False, by="desk-1")
    acts = (
        lambda: account_create(username="desk-9", password=None, roles=frozenset({Role.REPORTER}), by=by),
        lambda: account_password_set(account=account_named("desk-1"), password=PASSWORD, by=by),
        lambda: account_roles_set(account=account, roles=frozenset(Role), by=by),
        lambda: account_active_set(account=account, is_active=False, by=by),
    )
    before = len(list(events_after()))
    for act in acts:
        with pytest.raises(ForbiddenError) as refused:
            act()
        assert refused.value.code == "no-manager"
        assert by in str(refused.value)
    assert len(list(events_after())) == before


def test_the_access_log_has_every_act_on_an_account(operation):
    an_officer("desk-1")
    an_officer("desk-2", Role.PLANNER, by="desk-1")
    account_active_set(account=account_named("desk-2"), is_active=False, by="desk-1")
    noted = accesses_of(account_ref("desk-2"))
    assert [(account, act) for account, act, *_ in noted] == [
        ("desk-1", "account closed"), ("desk-1", "account created"),
    ]  # fmt: skip
