"""Erasure takes the words that we wrote ourselves, too; what was decided and when stays."""

from __future__ import annotations

from datetime import timedelta

import pytest

from safepassage.apps.ledger.selectors import events_after
from safepassage.apps.movement.bookings import bookings_lines
from safepassage.apps.outreach.erasure import person_forget, retention_apply
from safepassage.apps.outreach.models import Call
from safepassage.apps.outreach.services import call_record
from safepassage.apps.policy.models import Override
from safepassage.apps.policy.overriding import override_request
from safepassage.apps.registry.models import JudgementRecord, JudgementRequest
from safepassage.apps.registry.second_person import judgement_give, judgement_second
from safepassage.apps.registry.selectors import person_by_id
from safepassage.core.identity import JudgementVerdict
from tests.make import NOW, an_officer, with_bookings

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]
WORDS = "Karim says that Laila is ill"


@pytest.fixture
def families(tmp_path):
    """Two booked families, words about each in every place that takes words."""
    with_bookings(tmp_path)
    an_officer("supervisor-2")
    lines = [line for line in bookings_lines() if len(line.persons) > 1]
    for line in lines:
        call_record(party=line.party, outcome="no-answer", account="desk", now=NOW, note=WORDS)
        override_request(party=line.party, tier=1, reason=WORDS, account="planner-1", now=NOW)
        one, two = (person_by_id(person).listings[0] for person in line.persons[:2])
        asked = judgement_give(
            pairs=[(one, two)], verdict=JudgementVerdict.DIFFERENT, account="a-1", why=WORDS, now=NOW
        )
        judgement_second(request=asked.request, account="supervisor-2", is_agreed=True, now=NOW)
    return lines


def words() -> list[int]:
    """How many rows still hold words, by place."""
    left = [Call.objects.exclude(note=""), Override.objects.exclude(reason="")]
    left += [JudgementRecord.objects.exclude(why=""), JudgementRequest.objects.exclude(why="")]
    return [one.count() for one in left]


def test_the_words_about_the_party_of_a_person_go_with_them_and_no_others(families):
    assert words() == [2, 2, 2, 2]
    person_forget(person=families[0].persons[0], reason="withdrawn", account="dpo-1", now=NOW)
    assert words() == [1, 1, 1, 1]
    assert (Call.objects.count(), Override.objects.count(), JudgementRecord.objects.count()) == (2, 2, 2)


def test_when_the_time_of_a_source_is_over_all_words_about_its_people_go(families):
    assert retention_apply(account="dpo-1", now=NOW + timedelta(days=4000)) > 0
    assert words() == [0, 0, 0, 0]
    assert not any(WORDS in str(event.body) for event in events_after())
