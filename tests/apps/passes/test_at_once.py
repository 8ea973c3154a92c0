"""Two people at the same moment, each in their own transaction, on PostgreSQL: SQLite lets one writer in anyway."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from safepassage.apps.accounts.roles import Role
from safepassage.apps.accounts.selectors import accounts_all
from safepassage.apps.accounts.services import account_active_set, account_create
from safepassage.apps.movement.bookings import legs_booked
from safepassage.apps.movement.closing import manifest_close
from safepassage.apps.movement.manifests import manifests_of
from safepassage.apps.movement.models import PlanRecord
from safepassage.apps.movement.publishing import plan_publish
from safepassage.apps.movement.services import plan_make
from safepassage.apps.passes.selectors import passes_living
from safepassage.apps.passes.services import passes_issue_due
from safepassage.apps.policy.overriding import override_approve, override_refuse, override_request
from safepassage.apps.policy.selectors import overrides_on, standings_now
from safepassage.core.errors import ConflictError, ForbiddenError, SafePassageError
from tests.databases import is_postgres
from tests.make import NOW, a_bus, an_officer, with_bookings, with_standings

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.storage,
    pytest.mark.usefixtures("operation"),
    pytest.mark.skipif(not is_postgres(), reason="needs writers that do not wait for each other"),
]


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return act()
        except SafePassageError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_one_of_two_who_issue_what_is_due_prints_it_and_the_other_has_nothing_to_print(tmp_path):
    with_bookings(tmp_path)
    printed = at_once(*[lambda: passes_issue_due(account="planner-1", now=NOW)] * 2)
    assert sorted(len(one) > 0 for one in printed) == [False, True]
    living = set(passes_living().values_list("id", flat=True))
    assert living == {one.id for issued in printed for one in issued}


def test_of_two_plans_published_at_once_one_stands(tmp_path):
    with_standings(tmp_path)
    a_bus()
    drafts = [plan_make(account="planner-1", now=NOW + timedelta(minutes=step)).pk for step in (0, 1)]
    assert len(set(drafts)) == 2
    answers = at_once(*[lambda key=key: plan_publish(plan_id=key, account="planner-1", now=NOW) for key in drafts])
    assert sum(isinstance(one, SafePassageError) for one in answers) == 1
    assert PlanRecord.objects.filter(status=PlanRecord.Status.PUBLISHED).count() == 1


def test_a_manifest_closed_by_two_at_once_has_one_version(tmp_path):
    with_bookings(tmp_path)
    (leg,) = legs_booked()
    closed = at_once(*[lambda: manifest_close(leg=leg, account="planner-1", now=NOW)] * 2)
    assert [one.version for one in closed] == [1, 1]
    assert manifests_of(leg).count() == 1


def test_the_last_override_of_the_days_quota_is_given_once(tmp_path, monkeypatch):
    with_standings(tmp_path)
    an_officer("supervisor-1", Role.SUPERVISOR)
    monkeypatch.setattr("safepassage.apps.policy.overriding.OVERRIDES_A_DAY", 1)
    asked = [
        override_request(party=one.party, tier=1, reason="a reason", account="planner-1", now=NOW)
        for one in standings_now()[:2]
    ]
    answers = at_once(
        *[lambda one=one: override_approve(override=one, account="supervisor-1", now=NOW) for one in asked]
    )
    assert sum(isinstance(one, ForbiddenError) for one in answers) == 1
    assert overrides_on(NOW) == 1


def test_of_two_answers_to_one_override_one_counts(tmp_path):
    with_standings(tmp_path)
    for name in ("supervisor-1", "supervisor-2"):
        an_officer(name, Role.SUPERVISOR)
    one = override_request(party=standings_now()[0].party, tier=1, reason="a reason", account="planner-1", now=NOW)
    answers = at_once(
        lambda: override_approve(override=one, account="supervisor-1", now=NOW),
        lambda: override_refuse(override=one, account="supervisor-2", now=NOW),
    )
    assert sum(isinstance(one, ConflictError) for one in answers) == 1


def test_two_administrators_who_close_each_other_at_once_leave_one(operation):
    pair = [account_create(username=f"admin-{n}", password=None, roles=frozenset({Role.ADMINISTRATOR})) for n in "12"]
    at_once(
        lambda: account_active_set(account=pair[0], is_active=False, by="admin-2"),
        lambda: account_active_set(account=pair[1], is_active=False, by="admin-1"),
    )
    assert accounts_all().filter(is_active=True).count() == 1
