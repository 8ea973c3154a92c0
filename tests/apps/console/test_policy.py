"""Policy pages: text, check with lines, diff, proposing and signing, lottery, overrides with their quota."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from safepassage.apps.accounts.roles import Role
from safepassage.apps.accounts.selectors import account_named
from safepassage.apps.accounts.two_people import accounts_unsettled, accounts_withdrawn, are_two
from safepassage.apps.ledger.selectors import events_after
from safepassage.apps.policy.models import LotteryRecord, Override, PolicyRecord
from safepassage.apps.policy.selectors import policy_in_force
from safepassage.apps.registry.selectors import parties_of, party_ids
from safepassage.apps.registry.services import resolve_run
from safepassage.core.ids import PersonId
from safepassage.core.ledger import EventKind
from tests.make import OWN, self_made

from .people import NOW, person_named, take_in, two_lists

pytestmark = pytest.mark.django_db


def template() -> str:
    from importlib import resources

    return (resources.files("safepassage.core.policy") / "templates" / "ngo.yaml").read_text(encoding="utf-8")


def signed() -> str:
    return template().replace("NOT SIGNED: a template", "Head of mission, invented")


@pytest.fixture
def second(operation) -> Client:
    """The other supervisor, signed in at another screen."""
    client = Client()
    client.force_login(self_made(username="second", password=None, roles=frozenset({Role.SUPERVISOR})))
    return client


@pytest.fixture
def supervisor(second, signed_in):
    return signed_in(Role.SUPERVISOR)


def published(first: Client, second: Client) -> PolicyRecord:
    first.post("/policy/propose/", {"text": signed()})
    record = PolicyRecord.objects.get()
    second.post(f"/policy/texts/{record.pk}/sign/", {"answer": "sign"})
    record.refresh_from_db()
    return record


def test_a_bad_text_lists_every_mistake_with_its_line(supervisor) -> None:
    response = supervisor.post("/policy/draft/", {"text": "format: safe-passage-policy/1\nid: X Y\ntiers: 7\n"})
    assert response.status_code == 422
    assert "line 2" in response.text
    assert "line 3" in response.text
    assert not PolicyRecord.objects.exists()


def test_a_sound_text_is_in_force_when_another_session_has_signed_it(supervisor, second) -> None:
    assert "is sound" in supervisor.post("/policy/draft/", {"text": signed()}).text
    supervisor.post("/policy/propose/", {"text": signed()})
    record = PolicyRecord.objects.get()
    page = supervisor.get("/policy/").text
    assert "Waiting for a second person" in page
    assert "No policy is in force" in page
    assert "I have read it: sign" not in page
    assert "I have read it: sign" in second.get("/policy/").text
    assert supervisor.post(f"/policy/texts/{record.pk}/sign/", {"answer": "sign"}).status_code == 403
    assert policy_in_force(timezone.now()) is None
    second.post(f"/policy/texts/{record.pk}/sign/", {"answer": "sign"})
    record.refresh_from_db()
    assert (record.published_by, record.confirmed_by) == ("supervisor", "second")
    assert policy_in_force(timezone.now()) == record
    assert not [event for event in events_after() if event.kind is EventKind.POLICY_UNSIGNED]


def test_the_second_refuses_and_nothing_is_in_force(supervisor, second) -> None:
    supervisor.post("/policy/propose/", {"text": signed()})
    number = PolicyRecord.objects.get().pk
    second.post(f"/policy/texts/{number}/sign/", {"answer": "refuse"})
    assert PolicyRecord.objects.get().refused_by == "second"
    assert second.post(f"/policy/texts/{number}/sign/", {"answer": "sign"}).status_code == 409
    assert policy_in_force(timezone.now()) is None


def test_an_unsigned_text_is_proposed_only_by_who_says_so_and_that_is_an_event(supervisor) -> None:
    assert "signed-off-by" in supervisor.post("/policy/draft/", {"text": template()}).text
    assert supervisor.post("/policy/propose/", {"text": template()}).status_code == 403
    assert not PolicyRecord.objects.exists()
    supervisor.post("/policy/propose/", {"text": template(), "unsigned": "yes"})
    (event,) = [event for event in events_after() if event.kind is EventKind.POLICY_UNSIGNED]
    assert event.body["reason"] == "no-signer"
    assert policy_in_force(timezone.now()) is None


def test_who_is_alone_puts_it_in_force_provisionally_and_every_page_says_so(operation, signed_in) -> None:
    alone = signed_in(Role.SUPERVISOR)
    assert "No other account here could sign" in alone.post("/policy/draft/", {"text": signed()}).text
    alone.post("/policy/propose/", {"text": signed(), "unsigned": "yes"})
    assert PolicyRecord.objects.get().is_provisional
    assert "one person alone stands behind this policy" in alone.get("/policy/").text
    board = alone.get("/").text
    assert "provisional: one person alone" in board
    assert "one person alone stands behind this policy" in alone.get("/calls/").text


def test_an_account_that_signs_is_vouched_for_by_one_who_had_no_hand_in_it(supervisor, second, signed_in) -> None:
    administrator = signed_in(Role.ADMINISTRATOR)
    words = "four invented words here"
    officer = account_named("second")
    officer.set_password(OWN)
    officer.save()
    second.force_login(officer)
    said = {"username": "desk-3", "password": words, "role": ["supervisor"]}
    assert administrator.post("/accounts/", said).status_code == 403, "one alone lets nobody see the protected"
    administrator.post("/accounts/", said | {"second": "second", "second_password": OWN})
    assert "nobody has vouched for it" in administrator.get("/accounts/").text
    assert "desk-3" in second.get("/vouching/").text
    assert second.post("/vouching/", {"username": "desk-3", "password": words}).status_code == 403
    theirs = "four words of their own"
    said = second.post("/vouching/", {"username": "desk-3", "password": theirs}, follow=True).text
    assert "choose a password of their own" in said
    assert not are_two("second", "desk-3")
    assert "waits for a password of its holder" in administrator.get("/accounts/").text
    holder = Client()
    assert holder.post("/login/", {"username": "desk-3", "password": theirs}).status_code == 302
    assert "never count as two people" in holder.get("/password/").text
    for former, own in ((words, "nobody else knows this"), (theirs, theirs), (theirs, "short")):
        assert holder.post("/password/", {"former": former, "password": own}).status_code == 403
    assert holder.post("/password/", {"former": theirs, "password": "nobody else knows this"}).status_code == 302
    assert holder.get("/password/").status_code == 200, "still signed in"
    assert accounts_unsettled() == []
    assert are_two("second", "desk-3")


def test_an_officer_who_was_closed_by_one_is_shown_until_another_agrees_or_objects(supervisor, second, signed_in):
    administrator = signed_in(Role.ADMINISTRATOR)
    administrator.post("/accounts/second/", {"act": "close"})
    board = supervisor.get("/").text
    assert "officer lost their account or a role by one person" in board
    assert "Object: as before" in supervisor.get("/vouching/").text
    assert second.get("/vouching/").status_code == 302, "signed out"
    supervisor.post("/vouching/", {"username": "second", "answer": "object"})
    assert accounts_withdrawn() == []
    administrator.post("/accounts/second/", {"act": "close"})
    supervisor.post("/vouching/", {"username": "second", "answer": "agree"})
    assert accounts_withdrawn() == []
    assert not account_named("second").is_active


def test_a_policy_is_in_force_since_it_was_signed_here_not_since_its_text_says(supervisor, second) -> None:
    record = published(supervisor, second)
    assert record.in_force_since == record.published_at > record.effective_from
    assert "2000" not in supervisor.get("/policy/").text


def test_a_published_text_is_shown_line_by_line(supervisor, second, signed_in) -> None:
    published(supervisor, second)
    page = signed_in(Role.REPORTER).get(f"/policy/texts/{PolicyRecord.objects.get().pk}/").text
    assert page.count("<li><span>") == len(signed().splitlines())


def test_a_new_text_says_who_would_move(supervisor, second, tmp_path) -> None:
    two_lists(tmp_path)
    published(supervisor, second)
    supervisor.post("/policy/apply/")
    page = supervisor.post("/policy/draft/", {"text": signed().replace("\nversion:", "\nversion: '9' #", 1)}).text
    assert "compared with the policy in force" in page
    assert "Parties by what they have before and after" in page
    known = party_ids().count()
    assert f"the same: {known}" in page
    assert f"All parties known: {known}" in page


def test_what_the_policy_gives_adds_up_to_the_parties_known(supervisor, second, tmp_path) -> None:
    two_lists(tmp_path)
    published(supervisor, second)
    supervisor.post("/policy/apply/")
    given = party_ids().count()
    assert "not applied to yet" not in supervisor.get("/policy/").text
    take_in("Name,Father name,DOB,Sex\nSamim Primer,Idris,1975-06-30,M\n", "late.csv", tmp_path, source="Late")
    resolve_run(account="clerk", now=NOW)
    assert party_ids().count() == given + 1
    page = " ".join(re.sub("<[^>]*>", " ", supervisor.get("/policy/").text).split())
    assert "not applied to yet They became known, or were put together anew, after the policy was applied." in page
    assert f"All parties known {given + 1}" in page
    listed = supervisor.get("/parties/?outcome=waiting").text
    assert listed.count('<a class="code"') == 1
    assert supervisor.get("/parties/").text.count('<a class="code"') == given + 1


def test_the_seed_is_shown_once_and_its_hash_from_then_on(supervisor, second) -> None:
    published(supervisor, second)
    page = supervisor.post("/policy/lottery/commit/", {"closes_at": "2099-01-01T12:00"}).text
    record = LotteryRecord.objects.get()
    assert record.commitment in page
    assert "stored nowhere" in page
    assert record.commitment in supervisor.get("/policy/").text
    assert supervisor.post("/policy/lottery/reveal/", {"seed": "no seed"}).status_code == 403


def test_an_override_takes_two_people_and_shows_the_quota(operation, tmp_path, signed_in) -> None:
    two_lists(tmp_path)
    party = parties_of(PersonId(person_named("Yusuf")))[0]
    planner, supervisor = signed_in(Role.PLANNER), signed_in(Role.SUPERVISOR)
    planner.post("/policy/overrides/", {"party": party, "tier": "1", "reason": "Held at a checkpoint"})
    number = Override.objects.get().pk
    assert planner.post(f"/policy/overrides/{number}/", {"answer": "agree"}).status_code == 403
    supervisor.post(f"/policy/overrides/{number}/", {"answer": "agree"})
    assert Override.objects.get().approved_by == "supervisor"
    assert "Today 1 of 20; 19 left." in planner.get("/policy/overrides/").text


def test_whoever_asks_for_an_override_cannot_agree(operation, tmp_path, signed_in) -> None:
    two_lists(tmp_path)
    party = parties_of(PersonId(person_named("Yusuf")))[0]
    supervisor = signed_in(Role.SUPERVISOR)
    supervisor.post("/policy/overrides/", {"party": party, "tier": "1", "reason": "Held"})
    number = Override.objects.get().pk
    assert supervisor.post(f"/policy/overrides/{number}/", {"answer": "agree"}).status_code == 403
    supervisor.post(f"/policy/overrides/{number}/", {"answer": "refuse"})
    assert Override.objects.get().refused_at
