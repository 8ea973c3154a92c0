"""What somebody wrote into the store by hand is held against the signed events: told, and applied to nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from safepassage.apps.accounts.borne import accounts_unborne
from safepassage.apps.accounts.models import Account
from safepassage.apps.accounts.roles import Role
from safepassage.apps.accounts.services import account_active_set
from safepassage.apps.policy import borne
from safepassage.apps.policy.borne import policies_unborne
from safepassage.apps.policy.models import Override, PolicyRecord
from safepassage.apps.policy.overriding import override_approve, override_request
from safepassage.apps.policy.publishing import policy_propose
from safepassage.apps.policy.selectors import facts_asked_now, overrides_standing, policy_read, standings_now
from safepassage.apps.policy.services import standings_apply
from safepassage.cli.init import template_text
from safepassage.core.errors import ForbiddenError
from safepassage.core.policy import read_policy
from tests.make import an_officer, with_standings

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]
ANOTHER = template_text("neo").replace("Evacuation by a state, five", "Whoever paid, five")


@pytest.fixture
def signed(tmp_path) -> PolicyRecord:
    an_officer("supervisor-1")
    an_officer("desk-2", Role.SUPERVISOR, Role.PLANNER)
    with_standings(tmp_path)
    assert policies_unborne() == accounts_unborne() == ()
    return PolicyRecord.objects.get()


def as_if_proposed_so(text: str) -> dict[str, object]:
    return {"text": text, "digest": read_policy(text, file="").digest}


@pytest.mark.parametrize(
    "written",
    [
        pytest.param({"text": ANOTHER}, id="another text"),
        pytest.param(as_if_proposed_so(ANOTHER), id="another text with its digest"),
        pytest.param({"confirmed_by": "supervisor-1"}, id="another signature"),
        pytest.param({"confirmed_by": ""}, id="no signature"),
        pytest.param({"published_by": "desk-2"}, id="another proposer"),
        pytest.param({"published_at": None}, id="not in force"),
    ],
)
def test_a_policy_written_by_hand_is_applied_to_nobody_and_told(signed, now, written):
    assert signed.confirmed_by
    PolicyRecord.objects.update(**written)
    (problem,) = policies_unborne()
    assert (problem.code, problem.where) == ("not-borne", f"policy {signed.pk}")
    with pytest.raises(ForbiddenError, match="not as it was signed"):
        policy_read(PolicyRecord.objects.get())
    if "published_at" not in written:
        with pytest.raises(ForbiddenError, match="not as it was signed"):
            standings_apply(account="supervisor-1", now=now)
        assert facts_asked_now(now) == ()
    client = Client()
    client.force_login(Account.objects.get(username="desk-2"))
    assert "not as it was signed" in client.get("/policy/").text
    assert "not what the signed events say" in client.get("/").text


def test_a_policy_that_holds_longer_than_its_text_says_is_told(signed):
    PolicyRecord.objects.update(effective_until=signed.effective_from + timedelta(days=3650))
    assert "other times" in policies_unborne()[0].message


def test_a_proposal_put_in_force_by_hand_is_not(signed, now):
    text = ANOTHER.replace('version: "1"', 'version: "2"')
    record = policy_propose(text=text, account="supervisor-1", is_unsigned_accepted=True, now=now)
    assert record.is_proposed
    PolicyRecord.objects.filter(pk=record.pk).update(published_at=now, confirmed_by="desk-2", confirmed_at=now)
    (problem,) = policies_unborne()
    assert problem.message == "No event put it in force."


def test_an_override_that_no_event_bears_counts_for_nobody(signed, now):
    first, second = (standing.party for standing in standings_now()[:2])
    asked = override_request(party=first, tier=2, reason="urgent", account="supervisor-1", now=now)
    Override.objects.filter(pk=asked.pk).update(approved_by="desk-2", approved_at=now)
    assert [problem.message for problem in policies_unborne()] == ["No event bears its agreement."]
    assert overrides_standing() == {}
    Override.objects.filter(pk=asked.pk).update(approved_by="", approved_at=None)
    override_approve(override=asked, account="desk-2", displaced=(second,), now=now)
    assert policies_unborne() == ()
    assert overrides_standing() == {first: 2}


@pytest.mark.parametrize("column", ["tier", "displaced", "requested_by", "approved_by", "approved_at"])
def test_an_override_changed_by_hand_counts_for_nobody(signed, now, column):
    by_hand = {"tier": 1, "displaced": [], "requested_by": "desk-2", "approved_by": "x", "approved_at": None}
    first, second = (standing.party for standing in standings_now()[:2])
    asked = override_request(party=first, tier=2, reason="urgent", account="supervisor-1", now=now)
    override_approve(override=asked, account="desk-2", displaced=(second,), now=now)
    Override.objects.update(**{column: by_hand[column]})
    (problem,) = policies_unborne()
    assert problem.where == f"override {asked.pk}"
    assert overrides_standing() == {}


def test_roles_and_closings_that_no_event_bears_are_told_by_number(signed, now):
    other = Account.objects.get(username="desk-2")
    Account.objects.filter(pk=other.pk).update(role_codes=[role.value for role in Role])
    assert [problem.where for problem in accounts_unborne()] == [f"account {other.pk}"]
    Account.objects.filter(pk=other.pk).update(role_codes=sorted(other.roles), is_active=False)
    assert "no event closed it" in accounts_unborne()[0].message
    Account.objects.filter(pk=other.pk).update(is_active=True)
    account_active_set(account=other, is_active=False, by="supervisor-1", now=now)
    assert accounts_unborne() == ()
    Account.objects.filter(pk=other.pk).update(is_active=True)
    assert "the events closed it" in accounts_unborne()[0].message


def test_an_account_made_by_hand_or_taken_away_is_told(signed):
    Account.objects.create(username="ghost", role_codes=[Role.SUPERVISOR.value])
    assert [problem.message for problem in accounts_unborne()] == ["No event made this account."]
    Account.objects.filter(username__in=["ghost", "desk-2"]).delete()
    assert [problem.message for problem in accounts_unborne()] == ["An account that the events made is gone."]


def test_three_thousand_overrides_are_compared_in_one_look_and_only_when_something_changed(
    signed, now, django_assert_max_num_queries, monkeypatch
):
    asked = {"tier": 2, "reason": "urgent", "requested_by": "a", "requested_at": now}
    many = [Override(party=f"Q-{number}", **asked) for number in range(3000)]
    Override.objects.bulk_create(many)
    with django_assert_max_num_queries(20):
        assert policies_unborne() == ()
    with django_assert_max_num_queries(20):
        assert overrides_standing() == {}
    compared = []
    monkeypatch.setattr(borne, "override_fault", lambda one, _borne: compared.append(one.pk) or "")
    assert policies_unborne() == ()
    assert not compared
    Override.objects.filter(pk=many[7].pk).update(tier=1)
    assert policies_unborne() == ()
    assert len(compared) == len(many)
