"""Whoever came becomes a person by themselves, where a version of the matcher is in force."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from safepassage.apps.accounts.roles import Role
from safepassage.apps.accounts.selectors import account_named
from safepassage.apps.accounts.services import account_active_set, account_create
from safepassage.apps.intake.selectors import listings_now
from safepassage.apps.ledger.services import event_append
from safepassage.apps.movement.loads import legs_load
from safepassage.apps.movement.models import Booking
from safepassage.apps.outreach.no_shows import no_shows_note
from safepassage.apps.outreach.selectors import next_steps_open
from safepassage.apps.registry.arrivals import arrivals_forget
from safepassage.apps.registry.arrived import arrival_look_of
from safepassage.apps.registry.second_person import judgement_give
from safepassage.apps.registry.selectors import batches_unmatched, persons_now, persons_of_listings
from safepassage.apps.registry.services import resolve_run
from safepassage.apps.registry.versions import matcher_adopt, matcher_propose
from safepassage.apps.work.due import LOOK, QUIET, SEARCH, Due
from safepassage.apps.work.models import Job
from safepassage.apps.work.worker import work_on
from safepassage.core.identity import JudgementVerdict
from safepassage.core.ledger import EventKind
from tests.make import KARIM_AGAIN, NOW, TESTANIS, many_families, taken_in, with_bookings

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


@pytest.fixture(autouse=True)
def people(operation):
    """Whoever takes lists in, and whoever puts versions in force."""
    account_create(username="clerk-1", password=None, roles=frozenset({Role.INTAKE_CLERK}))
    account_create(username="supervisor-1", password=None, roles=frozenset({Role.SUPERVISOR}))
    account_create(username="administrator", password=None, roles=frozenset({Role.ADMINISTRATOR}))
    arrivals_forget()
    yield
    arrivals_forget()


@pytest.fixture
def matched(tmp_path, now):
    taken_in(tmp_path, (*TESTANIS, *many_families(12, first=10)))
    resolve_run(account="desk", now=now)


@pytest.fixture
def adopted(matched, now):
    matcher_adopt(version=matcher_propose(account="supervisor-1", now=now).version, account="supervisor-1", now=now)


def worked() -> None:
    work_on(threading.Event(), is_once=True)


def named(name):
    return [one.id for one in listings_now() if one.name == name]


def jobs() -> list[tuple[str, str]]:
    return [(one.kind, one.asked_by) for one in Job.objects.order_by("pk")]


def test_one_who_came_by_whatever_way_is_a_person_once_the_worker_has_nothing_else_to_do(tmp_path, adopted) -> None:
    taken_in(tmp_path, KARIM_AGAIN, source="NGO list")
    (came,) = named("Abdul Karim Testani")
    assert came not in persons_of_listings([came])
    worked()
    assert persons_of_listings([came])[came] == persons_of_listings(named("Karim Testani"))[named("Karim Testani")[0]]
    assert batches_unmatched() == []
    assert jobs() == [(Job.Kind.RESOLVE, "clerk-1")]


def test_without_a_version_in_force_a_small_list_is_compared_and_joined_by_nobody(tmp_path, matched) -> None:
    batch = taken_in(tmp_path, KARIM_AGAIN, source="NGO list")
    persons = set(persons_now())
    worked()
    assert arrival_look_of(batch.pk).listings == len(listings_now()) - 1
    assert (set(persons_now()), jobs()) == (persons, [])


def test_before_the_first_run_nothing_is_asked_for(tmp_path, now) -> None:
    taken_in(tmp_path, TESTANIS)
    assert not Due().ask(now=now)


def test_answers_count_a_minute_after_the_last_of_them(adopted, now) -> None:
    one, other = sorted(named("Karim Testani") + named("Laila Testani"))
    when, due = now + timedelta(minutes=1), Due()
    judgement_give(pairs=[(one, other)], verdict=JudgementVerdict.DIFFERENT, account="supervisor-1", now=when)
    assert not due.ask(now=when + QUIET / 2)
    assert due.ask(now=when + QUIET)
    assert jobs() == [(Job.Kind.RESOLVE, "supervisor-1")]


def test_where_nothing_came_nothing_runs(adopted, now) -> None:
    worked()
    assert jobs() == []


def test_a_run_that_failed_is_not_asked_for_again_until_something_else_comes(tmp_path, adopted, now) -> None:
    taken_in(tmp_path, KARIM_AGAIN, source="NGO list")
    due, later = Due(), now + LOOK
    assert due.ask(now=now)
    Job.objects.update(state=Job.State.FAILED, began_at=now, ended_at=now)
    assert not due.ask(now=later + SEARCH)
    taken_in(tmp_path, many_families(1, first=90), source="NGO list", now=later)
    assert due.ask(now=later + 2 * SEARCH)


def test_who_waits_becomes_a_person_once_a_version_is_put_in_force(tmp_path, matched, now) -> None:
    taken_in(tmp_path, KARIM_AGAIN, source="NGO list")
    due = Due()
    assert not due.ask(now=now)
    version = matcher_propose(account="supervisor-1", now=now).version
    matcher_adopt(version=version, account="supervisor-1", now=now)
    assert due.ask(now=now + LOOK)


def test_where_nothing_came_the_weights_are_not_read(adopted, now, django_assert_max_num_queries) -> None:
    due = Due()
    assert not due.ask(now=now)
    with django_assert_max_num_queries(7) as asked:  # the last run, how many lists, and who answered last
        assert not due.ask(now=now + LOOK)
    assert not [one for one in asked.captured_queries if '"parameters"' in one["sql"]]


def test_a_long_run_leaves_the_worker_time_for_others(tmp_path, adopted, now) -> None:
    Job.objects.create(
        kind=Job.Kind.RESOLVE, asked_by="desk", state=Job.State.DONE, asked_at=now,
        began_at=now - timedelta(minutes=5), ended_at=now,
    )  # fmt: skip
    taken_in(tmp_path, KARIM_AGAIN, source="NGO list")
    due = Due()
    assert not due.ask(now=now + timedelta(minutes=9))
    assert due.ask(now=now + timedelta(minutes=10))


def test_the_name_of_one_who_left_is_not_used_again(tmp_path, adopted, now) -> None:
    taken_in(tmp_path, KARIM_AGAIN, source="NGO list")
    account_active_set(account=account_named("clerk-1"), is_active=False, by="administrator", now=now)
    assert Due().ask(now=now)
    assert jobs() == [(Job.Kind.RESOLVE, "supervisor-1")]


def test_the_worker_closes_the_call_of_whoever_has_turned_up(now, tmp_path) -> None:
    with_bookings(tmp_path)
    (leg,) = {load.leg for load in legs_load()}
    account_create(username="gate-9", password=None, roles=frozenset({Role.GATE_OFFICER}))
    no_shows_note(leg=leg, team="calls-1", account="gate-9", now=NOW + timedelta(hours=7))
    waiting = next_steps_open().count()
    booking = Booking.objects.order_by("party")[0]
    rows = tuple((person, booking.party) for person in booking.persons)
    body = {"leg": leg, "point": "rally-1", "rows": rows}
    event_append(kind=EventKind.PERSONS_SET_OUT, body=body, now=NOW + timedelta(hours=8))
    Due().ask(now=NOW + timedelta(hours=9))
    assert next_steps_open().count() == waiting - 1
    assert not next_steps_open().filter(party=booking.party).exists()
