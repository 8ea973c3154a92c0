"""Parties by tier add up to the parties known, and whoever counts as unknown does so for a cause."""

from __future__ import annotations

import json
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from typer.testing import CliRunner

from safepassage.apps.intake.withdrawal import batch_put_back
from safepassage.apps.ledger.selectors import counts_as_of, state_now
from safepassage.apps.ledger.services import event_append
from safepassage.apps.outreach.alarms import alarms_now
from safepassage.apps.outreach.erasure import person_forget
from safepassage.apps.policy.models import StandingRecord
from safepassage.apps.policy.reach import parties_moved, parties_waiting, reach_now
from safepassage.apps.policy.selectors import standings_now, standings_unsettled
from safepassage.apps.policy.services import standings_apply
from safepassage.apps.policy.unknown import UnknownCause, unknown_causes
from safepassage.apps.registry.models import PersonRecord
from safepassage.apps.registry.selectors import party_ids
from safepassage.apps.registry.withdrawal import batch_withdraw
from safepassage.cli import app
from safepassage.cli.counts import UNKNOWN_MENDS
from safepassage.core.ids import PersonId
from safepassage.core.ledger import UNKNOWN, EventKind
from safepassage.core.policy import MemberStatus
from tests.core.ledger.scribe import KARIM
from tests.make import NOW, TESTANIS, resolved, taken_in, with_standings

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]
LATER = NOW + timedelta(hours=1)
BARE = ("9", "Parwin Muster", "Omar", "head", "F", "1990-01-17", "", "0700000909", "", "")
"""Somebody of whom no list states a category or a document."""
PASSPORT = ("8", "Nadia Probe", "Adam", "head", "F", "1988-02-11", "P0000808", "0700000808", "", "")
YEAR_ALONE = ("5", "Omid Probe", "Adam", "son", "M", "2005", "", "", "", "")
"""Somebody of whom nobody can say whether he is of age."""
NEW = ("7", "Samim Primer", "Idris", "head", "M", "1975-06-30", "", "0700000707", "", "")


def causes(at=None) -> dict[UnknownCause, int]:
    found = {one.cause: one.people for one in unknown_causes(at)}
    assert sum(found.values()) == sum(row.people for row in counts_as_of(at) if row.category == UNKNOWN)
    return found


def reaches_everyone() -> int:
    reach = reach_now()
    assert reach.parties == party_ids().count()
    return reach.waiting


def test_parties_that_the_policy_was_not_applied_to_are_a_row_of_their_own(tmp_path):
    assert reach_now().parties == 0
    with_standings(tmp_path)
    assert reaches_everyone() == 0
    taken_in(tmp_path, [BARE], source="Another list")
    resolved(now=LATER)
    assert reaches_everyone() == parties_waiting().count() == 1


def test_a_standing_of_a_party_that_is_no_more_is_taken_off(tmp_path):
    with_standings(tmp_path)
    StandingRecord.objects.filter(pk=party_ids().first()).update(party="PT-GONE")
    reach = reach_now()
    assert (reach.gone, reach.waiting) == (1, 1)
    assert reaches_everyone() == 1


def test_parties_that_a_run_put_together_anew_are_told_until_the_policy_is_applied_again(tmp_path):
    def said() -> list[int]:
        alarms = alarms_now(state_now(), now=LATER)
        return [alarm.number for alarm in alarms if "since the policy was applied" in alarm.text]

    with_standings(tmp_path)
    assert parties_moved() == 0
    resolved(now=LATER)
    assert (parties_moved(), said()) == (0, []), "a run that moved nobody leaves every tier as it is"
    cousin = ("1", "Zmarai Testani", "Ghafar", "brother", "M", "1985-05-14", "P0000109", "", "", "Kabul")
    taken_in(tmp_path, [*TESTANIS, cousin], source="Another list")
    taken_in(tmp_path, [NEW], source="A third list")
    resolved(now=LATER)
    assert (parties_moved(), said()) == (2, [2]), "the Testanis are one more, and somebody is new"
    standings_apply(account="supervisor-1", now=LATER + timedelta(minutes=1))
    assert (parties_moved(), said()) == (0, [])


def test_each_who_is_unknown_is_so_for_one_cause(tmp_path):
    with_standings(tmp_path, (*TESTANIS, BARE, PASSPORT))
    assert causes() == {
        UnknownCause.SEAT_KEPT: 1,
        UnknownCause.NOTHING_STATED: 1,
        UnknownCause.FACT_MISSING: 1,
    }, "Omid of the Testanis keeps a seat while nobody knows whether he is married"
    taken_in(tmp_path, [NEW], source="Another list")
    resolved(now=LATER)
    event_append(
        kind=EventKind.WALK_INS,
        body={"point": "gate-1", "slip": "W-1", "rows": ((KARIM, "m", "adult"),)},
        now=LATER,
    )
    assert causes() == {
        UnknownCause.OFF_LIST: 1,
        UnknownCause.NOT_APPLIED: 1,
        UnknownCause.SEAT_KEPT: 1,
        UnknownCause.NOTHING_STATED: 1,
        UnknownCause.FACT_MISSING: 1,
    }


def test_who_is_proposed_and_confirmed_by_nobody_is_unknown_for_that_and_not_for_want_of_a_policy(tmp_path):
    with_standings(tmp_path, TESTANIS)
    cousin = ("1", "Zmarai Testani", "Ghafar", "brother", "M", "1985-05-14", "P0000109", "", "", "Kabul")
    taken_in(tmp_path, [*TESTANIS, cousin], source="Another list")
    resolved(now=LATER)
    assert causes()[UnknownCause.UNCONFIRMED] == 1
    assert UnknownCause.NOT_APPLIED not in causes()
    standings_apply(account="supervisor-1", now=LATER + timedelta(minutes=1))
    assert causes()[UnknownCause.UNCONFIRMED] == 1, "no application of a policy mends it"


def test_count_says_why_people_are_unknown_and_what_mends_it(tmp_path, monkeypatch):
    monkeypatch.setattr("safepassage.cli.counts.open_store", lambda _home: None)
    with_standings(tmp_path, (*TESTANIS, BARE, PASSPORT))
    told = " ".join(CliRunner().invoke(app, ["count"]).output.split())
    assert "1 no list states a category or a document of theirs. Say a" in told
    assert "keep a seat meanwhile. Ask, and write the answer on the party's page: safepassage parties" in told
    assert "stands on the party's page: safepassage explain PARTY" in told
    found = json.loads(CliRunner().invoke(app, ["count", "--json"]).output)
    assert found["unknown_because"] == {"seat-kept": 1, "nothing-stated": 1, "fact-missing": 1}
    assert set(UNKNOWN_MENDS) == set(UnknownCause)


def test_of_whoever_was_erased_it_is_said_so_and_the_past_is_not_guessed_at(tmp_path):
    with_standings(tmp_path, (*TESTANIS, BARE))
    bare = next(one.pk for one in PersonRecord.objects.all() if "Parwin" in one.content["name"])
    person_forget(person=PersonId(bare), reason="request-of-the-person", account="officer-1", now=LATER)
    assert causes() == {UnknownCause.ERASED: 1, UnknownCause.SEAT_KEPT: 1}
    assert causes(LATER - timedelta(minutes=1)) == {UnknownCause.FACT_MISSING: 2}


def test_of_whose_list_was_withdrawn_it_is_said_so_with_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr("safepassage.cli.counts.open_store", lambda _home: None)
    with_standings(tmp_path, (*TESTANIS, BARE))
    batch = taken_in(tmp_path, [NEW, PASSPORT], source="Another list")
    resolved(now=LATER)
    batch_withdraw(batch=batch.pk, why="replaced", account="supervisor-1", now=LATER)
    resolved(now=LATER)
    assert causes()[UnknownCause.LIST_WITHDRAWN] == 2
    assert UnknownCause.ERASED not in causes()
    told = " ".join(CliRunner().invoke(app, ["count"]).output.split())
    assert "2 their list was withdrawn, and they stand on no other. Take in the list that corrects it" in told
    batch_put_back(batch=batch.pk, account="supervisor-1", now=LATER)
    resolved(now=LATER)
    assert UnknownCause.LIST_WITHDRAWN not in causes()


def test_whom_to_ask_is_a_column_that_says_what_the_standings_say(tmp_path):
    with_standings(tmp_path, [*TESTANIS, PASSPORT, ("5", *PASSPORT[1:8], "SIV", ""), YEAR_ALONE])
    told = {
        one.party
        for one in standings_now()
        if one.tier and any(member.status is MemberStatus.UNSETTLED for member in one.members)
    }
    assert told
    assert set(standings_unsettled().values_list("party", flat=True)) == told
    StandingRecord.objects.update(is_unsettled=False)
    import_module("safepassage.apps.policy.migrations.0005_unsettled_is_a_column").tell_unsettled(apps, None)
    assert set(standings_unsettled().values_list("party", flat=True)) == told
