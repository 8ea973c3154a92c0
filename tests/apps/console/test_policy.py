"""Policy pages: text, check with lines, diff, publishing by two people, lottery, overrides with their quota."""

from __future__ import annotations

import pytest

from safepassage.apps.accounts.roles import Role
from safepassage.apps.accounts.services import account_create
from safepassage.apps.ledger.selectors import events_after
from safepassage.apps.policy.models import LotteryRecord, Override, PolicyRecord
from safepassage.apps.registry.selectors import parties_of
from safepassage.core.ids import PersonId
from safepassage.core.ledger import EventKind

from .people import person_named, two_lists

pytestmark = pytest.mark.django_db


def template() -> str:
    from importlib import resources

    return (resources.files("safepassage.core.policy") / "templates" / "ngo.yaml").read_text(encoding="utf-8")


def signed() -> str:
    return template().replace("NOT SIGNED: a template", "Head of mission, invented")


@pytest.fixture
def supervisor(operation, signed_in):
    account_create(username="second", password=None, roles=frozenset({Role.SUPERVISOR}))
    return signed_in(Role.SUPERVISOR)


def test_a_bad_text_lists_every_mistake_with_its_line(supervisor) -> None:
    response = supervisor.post("/policy/draft/", {"text": "format: safe-passage-policy/1\nid: X Y\ntiers: 7\n"})
    assert response.status_code == 422
    assert "line 2" in response.text
    assert "line 3" in response.text
    assert not PolicyRecord.objects.exists()


def test_a_sound_text_is_published_by_two_people_only(supervisor) -> None:
    assert "is sound" in supervisor.post("/policy/draft/", {"text": signed()}).text
    for second in ("", "supervisor", "nobody-here"):
        assert supervisor.post("/policy/publish/", {"text": signed(), "second": second}).status_code in {403, 404}
    assert not PolicyRecord.objects.exists()
    supervisor.post("/policy/publish/", {"text": signed(), "second": "second"})
    record = PolicyRecord.objects.get()
    assert (record.published_by, record.confirmed_by) == ("supervisor", "second")
    assert not [event for event in events_after() if event.kind is EventKind.POLICY_UNSIGNED]


@pytest.mark.parametrize(
    ("text", "second", "reason"),
    [(template(), "second", "no-signer"), (signed(), "", "one-person"), (template(), "", "no-signer-one-person")],
)
def test_an_unsigned_text_is_published_only_by_who_says_so_and_that_is_an_event(
    text, second, reason, supervisor
) -> None:
    assert "signed-off-by" in supervisor.post("/policy/draft/", {"text": template()}).text
    assert supervisor.post("/policy/publish/", {"text": text, "second": second}).status_code == 403
    assert not PolicyRecord.objects.exists()
    supervisor.post("/policy/publish/", {"text": text, "second": second, "unsigned": "yes"})
    (event,) = [event for event in events_after() if event.kind is EventKind.POLICY_UNSIGNED]
    assert event.body["reason"] == reason


def test_a_policy_is_in_force_since_it_was_published_here_not_since_its_text_says(supervisor) -> None:
    supervisor.post("/policy/publish/", {"text": signed(), "second": "second"})
    record = PolicyRecord.objects.get()
    assert record.in_force_since == record.published_at > record.effective_from
    assert "2000" not in supervisor.get("/policy/").text


def test_a_published_text_is_shown_line_by_line(supervisor, signed_in) -> None:
    supervisor.post("/policy/publish/", {"text": signed(), "second": "second"})
    page = signed_in(Role.REPORTER).get(f"/policy/texts/{PolicyRecord.objects.get().pk}/").text
    assert page.count("<li><span>") == len(signed().splitlines())


def test_a_new_text_says_who_would_move(supervisor, tmp_path) -> None:
    two_lists(tmp_path)
    supervisor.post("/policy/publish/", {"text": signed(), "second": "second"})
    supervisor.post("/policy/apply/")
    page = supervisor.post("/policy/draft/", {"text": signed().replace("\nversion:", "\nversion: '9' #", 1)}).text
    assert "compared with the policy in force" in page
    assert "Parties by what they have before and after" in page


def test_the_seed_is_shown_once_and_its_hash_from_then_on(supervisor) -> None:
    supervisor.post("/policy/publish/", {"text": signed(), "second": "second"})
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
