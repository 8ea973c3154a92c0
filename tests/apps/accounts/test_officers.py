"""Officers who lose their account by one hand, officers who left, passwords that nobody knows any more."""

from __future__ import annotations

import pytest

from safepassage.apps.accounts.hands import MACHINE
from safepassage.apps.accounts.officers import account_found_anew, account_recover, account_withdrawal_answer
from safepassage.apps.accounts.roles import Role
from safepassage.apps.accounts.selectors import account_named
from safepassage.apps.accounts.services import account_active_set, account_password_set, account_roles_set
from safepassage.apps.accounts.two_people import (
    account_prove,
    accounts_unsettled,
    accounts_withdrawn,
    are_two,
    has_second,
)
from safepassage.apps.ledger.selectors import accesses_of, events_of_kind
from safepassage.apps.ledger.services import account_ref
from safepassage.core.errors import ConflictError, ForbiddenError
from safepassage.core.ledger import EventKind
from tests.make import an_officer

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]
FIRST, OTHER, OWN = "four invented words here", "four other words there", "words that nobody else knows"
REPORTER = frozenset({Role.REPORTER})


@pytest.fixture(autouse=True)
def three(operation) -> None:
    """`desk` with every role and `desk-2`, who founded it; `desk-3`, for whom `desk-2` vouched."""
    an_officer("desk", password=FIRST)
    an_officer("desk-2", Role.SUPERVISOR, by="desk")
    an_officer("desk-3", Role.SUPERVISOR, password=FIRST, by="desk")
    account_password_set(account=account_named("desk-3"), password=OTHER, by="desk-2", is_vouching=True)
    account_password_set(account=account_named("desk-3"), password=OWN, by="desk-3")


def close(name: str, by: str = "desk") -> None:
    account_active_set(account=account_named(name), is_active=False, by=by)


def withdrawn() -> list[tuple[str, str]]:
    return [(one.account.username, one.by) for one in accounts_withdrawn()]


def answer(name: str, by: str, *, is_agreed: bool) -> None:
    account_withdrawal_answer(account=account_named(name), is_agreed=is_agreed, by=by)


def acts_on(name: str) -> list[str]:
    told = events_of_kind(EventKind.ACCOUNT_CHANGED)
    return [event.code("act") for event in told if event.code("subject") == account_ref(name)]


def test_that_an_officer_was_closed_waits_for_another_who_agrees():
    close("desk-2")
    assert withdrawn() == [("desk-2", "desk")]
    answer("desk-2", by="desk-3", is_agreed=True)
    assert withdrawn() == []
    assert not account_named("desk-2").is_active
    assert acts_on("desk-2")[-2:] == ["closed", "withdrawal-agreed"]
    with pytest.raises(ConflictError):
        answer("desk-2", by="desk-3", is_agreed=False)


def test_or_who_objects_and_gives_everything_back():
    account_roles_set(account=account_named("desk-2"), roles=REPORTER, by="desk")
    close("desk-2")
    answer("desk-2", by="desk-3", is_agreed=False)
    account = account_named("desk-2")
    assert (account.is_active, Role.SUPERVISOR in account.roles) == (True, True)
    assert withdrawn() == []
    assert acts_on("desk-2")[-2:] == ["opened", "roles-set"]


def test_roles_that_sign_are_an_officer_s_too_and_giving_them_back_settles_it():
    account_roles_set(account=account_named("desk-2"), roles=REPORTER, by="desk")
    assert withdrawn() == [("desk-2", "desk")]
    account_roles_set(account=account_named("desk-2"), roles=frozenset({Role.SUPERVISOR, Role.REPORTER}), by="desk")
    assert withdrawn() == []


def test_nobody_agrees_with_themselves_or_for_whose_account_they_made():
    close("desk-2")
    an_officer("desk-4", Role.SUPERVISOR, by="desk")
    an_officer("clerk-1", Role.INTAKE_CLERK)
    for by in ("desk", "desk-4", "clerk-1", "desk-2", "nobody-here"):
        with pytest.raises(ForbiddenError):
            answer("desk-2", by=by, is_agreed=True)
    assert withdrawn() == [("desk-2", "desk")]


def test_whoever_is_no_officer_is_closed_without_a_second_look():
    an_officer("clerk-1", Role.INTAKE_CLERK, by="desk")
    close("clerk-1")
    assert withdrawn() == []


def test_where_two_of_three_have_left_one_founds_anew_on_record_and_alone_is_nobody():
    for name in ("desk-2", "desk-3"):
        close(name)
    an_officer("desk-4", Role.SUPERVISOR, password=FIRST, by="desk")
    assert has_second(first="desk", permission="policy.publish")
    assert not are_two("desk", "desk-4")
    account_found_anew(account=account_named("desk-4"), by="desk")
    assert not are_two("desk", "desk-4"), "whoever made it still knows the password"
    account_password_set(account=account_named("desk-4"), password=OWN, by="desk-4")
    assert are_two("desk", "desk-4")
    (shown,) = accounts_unsettled()
    assert (shown.account.username, shown.anew_by, shown.hands) == ("desk-4", "desk", ())
    assert acts_on("desk-4") == ["created", "founded-anew", "password-own"]
    assert ("desk", "account founded-anew") in [one[:2] for one in accesses_of(account_ref("desk-4"))]
    an_officer("desk-5", Role.SUPERVISOR, password=FIRST, by="desk")
    account_password_set(account=account_named("desk-5"), password=OTHER, by="desk-4", is_vouching=True)
    account_password_set(account=account_named("desk-5"), password=OWN, by="desk-5")
    account_password_set(account=account_named("desk-4"), password=OTHER, by="desk-5", is_vouching=True)
    assert not any(one.anew_by for one in accounts_unsettled()), "a third one knows who holds it"


def test_nobody_is_founded_anew_while_somebody_could_vouch_or_with_no_need():
    close("desk-2")
    an_officer("desk-4", Role.SUPERVISOR, by="desk")
    with pytest.raises(ForbiddenError) as refused:
        account_found_anew(account=account_named("desk-4"), by="desk")
    assert "desk-3" in str(refused.value)
    close("desk-3")
    for name in ("desk", "desk-2"):
        with pytest.raises(ForbiddenError):
            account_found_anew(account=account_named(name), by="desk")
    with pytest.raises(ForbiddenError):
        account_found_anew(account=account_named("desk-4"), by="desk-4")
    account_found_anew(account=account_named("desk-4"), by="desk")
    with pytest.raises(ConflictError):
        account_found_anew(account=account_named("desk-4"), by="desk")


def test_whoever_holds_the_machine_lets_an_administrator_in_and_has_a_hand_in_it_from_then_on():
    account_recover(account=account_named("desk"), password=OTHER)
    assert account_prove(username="desk", password=OTHER).username == "desk"
    (shown,) = accounts_unsettled()
    assert (shown.account.username, shown.hands) == ("desk", (MACHINE,))
    assert (MACHINE, "account recovered") in [one[:2] for one in accesses_of(account_ref("desk"))]
    account_recover(account=account_named("desk"), password=OWN)
    assert are_two("desk", "desk-2"), "the machine's holder is a third person until they recover the other's too"
    account_password_set(account=account_named("desk"), password=OTHER, by="desk-2", is_vouching=True)
    account_password_set(account=account_named("desk"), password=FIRST, by="desk")
    assert accounts_unsettled() == []


def test_two_recovered_at_the_machine_are_one_person_until_founded_anew():
    close("desk-3")
    an_officer("admin-2", Role.ADMINISTRATOR, Role.SUPERVISOR, by="desk")
    close("desk-2")
    for name in ("desk", "admin-2"):
        account_recover(account=account_named(name), password=OTHER)
    assert not are_two("desk", "admin-2")
    account_found_anew(account=account_named("admin-2"), by="desk")
    account_password_set(account=account_named("admin-2"), password=OWN, by="admin-2")
    assert are_two("desk", "admin-2")


def test_only_an_administrator_is_recovered_and_a_closed_one_is_open_again():
    with pytest.raises(ForbiddenError, match="administrator"):
        account_recover(account=account_named("desk-2"), password=OTHER)
    an_officer("admin-2", Role.ADMINISTRATOR, by="desk")
    close("admin-2")
    account_recover(account=account_named("admin-2"), password=OTHER)
    assert account_named("admin-2").is_active
