"""How two are related, said by one of us: an event, newest word counts, follows merges, gone with the person."""

from __future__ import annotations

from datetime import timedelta

import pytest

from safepassage.apps.ledger.selectors import events_after
from safepassage.apps.registry.erasing import person_erase
from safepassage.apps.registry.kin import relation_state, relation_withdraw, relations_now, relations_stated
from safepassage.apps.registry.models import PersonRecord, RelationStated
from safepassage.apps.registry.selectors import persons_now
from safepassage.core.errors import ConflictError, ForbiddenError, NotFoundError
from safepassage.core.ledger import EventKind
from safepassage.core.people import Relation
from tests.make import EVERYONE, resolved, taken_in

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]


@pytest.fixture
def two(tmp_path):
    taken_in(tmp_path, EVERYONE)
    resolved()
    return tuple(persons_now())[:2]


def say(person, of, now, relation="child"):
    said = {"relation": relation, "evidence": "they-say-so", "account": "desk-1", "now": now, "is_sure": True}
    return relation_state(person=person, of=of, **said)


def test_a_relation_is_told_by_an_event_of_ids_and_codes(two, now):
    say(*two, now)
    (event,) = [event for event in events_after() if event.kind is EventKind.RELATIONS_STATED]
    assert event.body["rows"] == ((two[0], "child", two[1]),)
    assert event.body["evidence"] == "they-say-so"
    (one,) = relations_stated(two)
    assert (one.by, one.at) == ("desk-1", now)


def test_of_two_people_the_newest_word_counts_either_way_round(two, now):
    say(*two, now)
    say(*reversed(two), now + timedelta(hours=1), relation="parent")
    assert relations_now() == {(two[1], two[0]): Relation.PARENT}
    assert RelationStated.objects.count() == 2, "what was said before stays on record"


def test_it_is_taken_back_once(two, now):
    made = say(*two, now)
    relation_withdraw(key=made.pk, account="desk-2", now=now)
    assert relations_now() == {}
    with pytest.raises(ConflictError):
        relation_withdraw(key=made.pk, account="desk-2", now=now)
    assert EventKind.RELATIONS_WITHDRAWN in {event.kind for event in events_after()}


def test_what_is_no_relation_is_refused(two, now):
    for relation in ("head", "unknown", "friend"):
        with pytest.raises(ForbiddenError):
            say(*two, now, relation=relation)
    with pytest.raises(ForbiddenError):
        say(two[0], two[0], now)
    with pytest.raises(NotFoundError):
        say(two[0], "P-NOBODY", now)
    assert relations_now() == {}


def test_it_follows_whoever_was_merged(two, now):
    say(*two, now)
    other = next(key for key in persons_now() if key not in two)
    PersonRecord.objects.filter(pk=two[0]).update(redirects_to=other)
    assert relations_now() == {(other, two[1]): Relation.CHILD}


def test_it_is_gone_with_either_of_the_two(two, now):
    say(*two, now)
    person_erase(person=two[1], reason="request-of-the-person", account="dpo", now=now)
    assert not RelationStated.objects.exists()


def test_what_ages_on_record_rule_out_is_refused_until_somebody_says_that_it_is_so_all_the_same(tmp_path, now):
    rows = [
        ("Family No", "Full name", "Father", "Relation", "Sex", "Date of birth"),
        ("1", "Karim Testani", "Ghafar", "head", "M", "1980-05-14"),
        ("1", "Omid Testani", "Karim", "son", "M", "2012-08-21"),
    ]
    taken_in(tmp_path, rows)
    resolved()
    people = {person.name.split()[0].lower(): key for key, person in persons_now().items()}
    said = {"relation": "parent", "evidence": "they-say-so", "account": "desk-1", "now": now}
    with pytest.raises(ConflictError, match="ages"):
        relation_state(person=people["omid"], of=people["karim"], **said)
    assert not RelationStated.objects.exists()
    relation_state(person=people["karim"], of=people["omid"], **said)
    assert relation_state(person=people["omid"], of=people["karim"], **said, is_sure=True).relation == "parent"
