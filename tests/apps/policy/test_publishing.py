"""A policy is proposed by one and signed by another; alone it is in force provisionally, where nobody else could."""

from __future__ import annotations

from datetime import timedelta

import pytest

from safepassage.apps.accounts.roles import PERMISSIONS, Role
from safepassage.apps.ledger.selectors import events_after
from safepassage.apps.ledger.services import account_ref
from safepassage.apps.policy.models import PolicyRecord
from safepassage.apps.policy.publishing import policy_propose, policy_refuse, policy_sign
from safepassage.apps.policy.selectors import policies_published, policies_unsigned, policy_in_force
from safepassage.cli.init import template_text
from safepassage.core.errors import ConflictError, ForbiddenError
from safepassage.core.ledger import EventKind
from tests.make import an_officer

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]
UNSIGNED = template_text("neo")
SIGNED = UNSIGNED.replace("NOT SIGNED: a template", "Head of mission, invented")


@pytest.fixture
def two() -> None:
    an_officer("desk")
    an_officer("desk-2", Role.SUPERVISOR, by="desk")


def propose(now, text: str = SIGNED, account: str = "desk", *, unsigned: bool = False) -> PolicyRecord:
    return policy_propose(text=text, account=account, is_unsigned_accepted=unsigned, now=now)


def told() -> list[tuple[str, ...]]:
    """Kind, first, second and reason of each event about a policy."""
    kinds = {EventKind.SECOND_ASKED, EventKind.SECOND_AGREED, EventKind.SECOND_REFUSED}
    kinds |= {EventKind.POLICY_PUBLISHED, EventKind.POLICY_UNSIGNED}
    names = {account_ref(name): name for name in ("desk", "desk-2", "desk-3")}
    return [
        (event.kind.value, *(names.get(event.code(part), "") for part in ("first", "second")), event.code("reason"))
        for event in events_after()
        if event.kind in kinds
    ]


def test_a_proposal_is_not_in_force_before_another_account_signs_it(two, now):
    record = propose(now)
    assert record.state == "proposed"
    assert policy_in_force(now) is None
    assert not policies_published()
    assert policies_unsigned(now) == [record]
    later = now + timedelta(hours=1)
    signed = policy_sign(number=record.pk, account="desk-2", now=later)
    assert (signed.state, signed.published_by, signed.confirmed_by) == ("published", "desk", "desk-2")
    assert policy_in_force(later) == record
    assert signed.in_force_since == later
    assert policies_unsigned(later) == []
    assert told() == [("second-asked", "desk", "", ""), ("policy-published", "desk", "desk-2", "")]


def test_a_proposal_made_twice_is_one(two, now):
    assert propose(now) == propose(now + timedelta(hours=1), account="desk-2")
    assert len(told()) == 1


def test_nobody_signs_what_they_proposed_or_what_an_account_proposed_that_they_made(two, now):
    an_officer("desk-3", Role.SUPERVISOR, by="desk")
    number = propose(now).pk
    for name in ("desk", "desk-3", "nobody-here"):
        with pytest.raises(ForbiddenError):
            policy_sign(number=number, account=name, now=now)
    assert policy_in_force(now) is None


@pytest.mark.parametrize("role", list(Role))
def test_only_who_may_publish_proposes_signs_or_refuses(two, now, role):
    an_officer("one-role", role)
    number = propose(now).pk
    if role in PERMISSIONS["policy.publish"]:
        policy_sign(number=number, account="one-role", now=now)
        return
    with pytest.raises(ForbiddenError):
        propose(now, account="one-role")
    with pytest.raises(ForbiddenError):
        policy_sign(number=number, account="one-role", now=now)
    with pytest.raises(ForbiddenError):
        policy_refuse(number=number, account="one-role", now=now)


def test_a_signature_is_given_once_and_a_refused_version_stays_refused(two, now):
    number = propose(now).pk
    policy_refuse(number=number, account="desk-2", now=now)
    assert told()[-1] == ("second-refused", "desk", "desk-2", "")
    for act in (policy_sign, policy_refuse):
        with pytest.raises(ConflictError):
            act(number=number, account="desk-2", now=now)
    with pytest.raises(ConflictError, match="refused"):
        propose(now)
    assert policy_in_force(now) is None


def test_what_is_in_force_is_superseded_not_refused(two, now):
    number = propose(now).pk
    policy_sign(number=number, account="desk-2", now=now)
    with pytest.raises(ConflictError):
        policy_refuse(number=number, account="desk-2", now=now)


def test_a_text_that_names_no_signer_needs_the_word_that_it_is_meant_and_a_second_all_the_same(two, now):
    with pytest.raises(ForbiddenError, match="names nobody"):
        propose(now, UNSIGNED)
    assert propose(now, UNSIGNED, unsigned=True).state == "proposed"
    assert told() == [("second-asked", "desk", "", ""), ("policy-unsigned", "", "", "no-signer")]


def test_one_officer_alone_puts_it_in_force_provisionally_and_the_second_signs_it_later(now):
    an_officer("desk")
    assert propose(now).state == "proposed", "without the word that one alone is meant nothing is in force"
    record = propose(now, unsigned=True)
    assert record.state == "provisional"
    assert policy_in_force(now) == record
    assert policies_unsigned(now) == [record]
    assert told()[-2:] == [("policy-published", "desk", "", ""), ("policy-unsigned", "", "", "one-person")]
    an_officer("desk-2", Role.SUPERVISOR, by="desk")
    assert policy_sign(number=record.pk, account="desk-2", now=now).state == "published"
    assert told()[-1] == ("second-agreed", "desk", "desk-2", "")
    assert policies_unsigned(now) == []


def test_the_word_of_one_alone_is_worth_nothing_once_another_could_sign(two, now):
    assert propose(now, unsigned=True).state == "proposed"
    assert policy_in_force(now) is None
