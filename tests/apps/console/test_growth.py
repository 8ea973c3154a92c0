"""No page reads more because more families are on record: queries and rows are counted at two sizes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.test import Client
from django.test.utils import CaptureQueriesContext

from safepassage.apps.accounts.roles import Role
from safepassage.apps.console.navigation import PLACES
from safepassage.apps.movement.bookings import legs_booked
from safepassage.apps.movement.publishing import plan_publish
from safepassage.apps.movement.services import plan_make
from safepassage.apps.policy.services import standings_apply
from safepassage.apps.registry.models import Membership, PartyRecord
from tests.make import NOW, many_families, resolved, self_made, taken_in, with_bookings

FAMILIES = 55
"""More than one page holds, so that a page is full at both sizes."""

A_FEW = 25
"""Rows that more acts, not more families, may bring: batches, runs, events."""
COUNT_BOOKINGS = {"console:board", "board-live", "console:passes", "console:plan", "leg"}
"""Pages that add up seats: a short row for each booking, of which there are no more than seats; never a person."""


class Reading:
    """What one page read: queries, and rows that came back."""

    queries = 0
    rows = 0


@contextmanager
def reading(monkeypatch) -> Iterator[Reading]:
    found = Reading()

    def many(self, *args):
        rows = self.cursor.fetchmany(*args)
        found.rows += len(rows)
        return rows

    def every(self):
        rows = self.cursor.fetchall()
        found.rows += len(rows)
        return rows

    with monkeypatch.context() as patched, CaptureQueriesContext(connection) as captured:
        patched.setattr(CursorWrapper, "fetchmany", many, raising=False)
        patched.setattr(CursorWrapper, "fetchall", every, raising=False)
        yield found
    found.queries = len(captured)


def addresses(party: str) -> dict[str, str]:
    from django.urls import reverse

    person = Membership.objects.filter(party_id=party).order_by("person_id").first().person_id
    return {place.url: reverse(place.url) for place in PLACES} | {
        "party": f"/parties/{party}/",
        "reasons": f"/parties/{party}/reasons/",
        "person": f"/persons/{person}/",
        "board-live": "/board/live/",
        "leg": f"/plan/legs/{legs_booked()[0]}/",
    }


def measure(client, party: str, monkeypatch) -> dict[str, tuple[int, int]]:
    found = {}
    for name, address in addresses(party).items():
        client.get(address)  # whatever is kept in the process is there
        with reading(monkeypatch) as read:
            assert client.get(address).status_code in {200, 404}, address
        found[name] = (read.queries, read.rows)
    return found


def test_no_page_reads_more_because_more_families_are_on_record(operation, tmp_path, monkeypatch) -> None:
    with_bookings(tmp_path, many_families(FAMILIES), seats=1000)
    client = Client()
    client.force_login(self_made(username="everyone", password=None, roles=frozenset(Role)))
    party = PartyRecord.objects.order_by("id").first().pk
    few = measure(client, party, monkeypatch)

    taken_in(tmp_path, many_families(FAMILIES, first=FAMILIES + 1), source="Second list")
    resolved()
    standings_apply(account="supervisor-1", now=NOW)
    plan_publish(plan_id=plan_make(account="planner-1", now=NOW).pk, account="planner-1", now=NOW)
    many = measure(client, party, monkeypatch)
    assert PartyRecord.objects.count() == 2 * FAMILIES
    more_queries = {name: (few[name], many[name]) for name in few if few[name][0] != many[name][0]}
    assert more_queries == {}
    grown = {name: many[name][1] - few[name][1] for name in few if many[name][1] - few[name][1] > A_FEW}
    assert grown.keys() == COUNT_BOOKINGS, grown
    assert max(grown.values()) <= FAMILIES + A_FEW, grown
