"""One stored value that can't be read is an error in words, or left out where nothing hangs on it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client

from safepassage.apps.accounts.roles import Role
from safepassage.apps.accounts.services import account_create
from safepassage.apps.intake.models import ListingRecord
from safepassage.apps.intake.selectors import listings_by_id, listings_now
from safepassage.apps.ledger.stored import stored_check
from safepassage.apps.movement.bookings import promises_now
from safepassage.apps.movement.models import PlanRecord
from safepassage.apps.movement.selectors import plan_read
from safepassage.apps.policy.models import PolicyRecord, StandingRecord
from safepassage.apps.policy.selectors import policy_read, standings_now
from safepassage.apps.policy.services import standings_apply
from safepassage.apps.registry.answers import judgements_all
from safepassage.apps.registry.hidden import hidden_persons
from safepassage.apps.registry.models import JudgementRecord, Membership, PartyRecord, PersonRecord
from safepassage.apps.registry.selectors import parties_by_id, persons_now
from safepassage.apps.work.models import Job
from safepassage.apps.work.selectors import jobs_asked
from safepassage.core.errors import ProblemsError, UnreadableError
from tests.make import NOW, resolved, with_bookings

pytestmark = pytest.mark.django_db
sqlite_only = pytest.mark.skipif(
    "connection.vendor != 'sqlite'", reason="PostgreSQL takes no text that is not JSON into such a column"
)


@pytest.fixture(autouse=True)
def booked(operation, tmp_path) -> None:
    with_bookings(tmp_path)


def damage(model, key: str, *, column: str = "content", text: str = '{"half": ') -> None:
    """Text that is no JSON, as a hand or a failing disk leaves it."""
    table, named = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = 1")
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE {named} = %s", [text, key])


def first(model) -> str:
    return model.objects.exclude(content={}).order_by("pk").values_list("pk", flat=True)[0]


@pytest.mark.parametrize("text", [pytest.param('{"half": ', marks=sqlite_only), '{"of": "another kind"}', "[7]"])
def test_people_derived_are_named_in_one_error_and_worked_out_anew(text):
    key = first(PersonRecord)
    damage(PersonRecord, key, text=text)
    with pytest.raises(UnreadableError, match=f"{key}.*resolve"):
        persons_now()
    (problem,) = stored_check()
    assert (problem.code, problem.where) == ("stored-unreadable", f"registry.PersonRecord {key}, content")
    resolved()
    assert key in persons_now()
    assert not stored_check()


@sqlite_only
def test_a_damaged_party_is_left_out_where_parties_are_looked_up_and_stops_no_page():
    key = first(PartyRecord)
    others = set(PartyRecord.objects.exclude(pk=key).values_list("pk", flat=True))
    damage(PartyRecord, key)
    assert set(parties_by_id([key, *others])) == others
    client = Client()
    client.force_login(account_create(username="desk", password=None, roles=frozenset({Role.SUPERVISOR})))
    members = set(Membership.objects.filter(party_id=key).values_list("person_id", flat=True))
    assert members <= hidden_persons(), "nobody knows whether they are kept apart"
    for page in ("/", "/parties/"):
        assert client.get(page).status_code == 200
    answer = client.get(f"/parties/{key}/")
    assert answer.status_code == 422
    assert "can't be read" in answer.text.replace("&#x27;", "'")


@sqlite_only
def test_a_damaged_listing_stops_the_matcher_in_words_and_no_other_listing():
    key = first(ListingRecord)
    others = list(ListingRecord.objects.exclude(pk=key).values_list("pk", flat=True))
    damage(ListingRecord, key)
    with pytest.raises(UnreadableError, match=key):
        listings_now()
    assert sorted(listings_by_id([key, *others])) == sorted(others)


@sqlite_only
def test_a_damaged_standing_is_named_and_given_anew_by_the_policy():
    key = first(StandingRecord)
    damage(StandingRecord, key)
    with pytest.raises(UnreadableError, match=f"{key}.*policy apply"):
        standings_now()
    standings_apply(account="desk", now=NOW, promises=promises_now())
    assert key in {standing.party for standing in standings_now()}


def test_a_published_policy_that_cannot_be_read_is_a_loud_error_and_never_left_out():
    record = PolicyRecord.objects.get()
    PolicyRecord.objects.update(text=record.text[:200] + "\n  : [")
    with pytest.raises(ProblemsError, match=record.policy):
        policy_read(PolicyRecord.objects.get())


def test_a_plan_that_cannot_be_read_says_so():
    PlanRecord.objects.update(content={"no": "plan"})
    with pytest.raises(UnreadableError, match="plan make"):
        plan_read(PlanRecord.objects.first())


def test_a_judgement_without_a_verdict_is_named_for_it_may_keep_people_apart():
    one, two = ListingRecord.objects.values_list("pk", flat=True)[:2]
    JudgementRecord.objects.create(left=one, right=two, verdict="perhaps", by="desk", at=NOW, why="")
    with pytest.raises(UnreadableError, match="Withdraw it"):
        judgements_all()


@sqlite_only
def test_a_damaged_job_hides_no_other():
    for name in ("a", "b"):
        Job.objects.create(kind=Job.Kind.PLAN, asked_by=name, asked_at=NOW, result={"plan": "PL-1"})
    damage(Job, str(Job.objects.get(asked_by="a").pk), column="result")
    assert [(job.asked_by, job.result) for job in jobs_asked([Job.Kind.PLAN])] == [("b", {"plan": "PL-1"}), ("a", {})]
