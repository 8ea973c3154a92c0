"""Facts that one of us checked: they follow their listings, are taken back, and are gone with the person."""

from __future__ import annotations

from datetime import timedelta

import pytest

from safepassage.apps.intake.selectors import listings_now
from safepassage.apps.ledger.selectors import events_after
from safepassage.apps.registry.checked import fact_checks_of, facts_checked
from safepassage.apps.registry.checks import fact_check, fact_withdraw
from safepassage.apps.registry.erasing import person_erase
from safepassage.apps.registry.models import FactAnchor, FactCheck, PersonListing
from safepassage.apps.registry.second_person import judgement_give, judgement_withdraw
from safepassage.apps.registry.selectors import person_by_id, persons_now
from safepassage.core.errors import ConflictError, ForbiddenError, NotFoundError
from safepassage.core.identity import JudgementVerdict
from safepassage.core.ledger import EventKind
from tests.make import EVERYONE, KARIM_AGAIN, resolved, taken_in

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]


def person_named(name: str):
    return next(person.id for person in persons_now().values() if person.name == name)


def person_of(listing: str):
    return PersonListing.objects.get(listing=listing).person_id


def check(person, now, *, code="citizen", is_true=True):
    return fact_check(person=person, code=code, is_true=is_true, evidence="original-seen", account="desk-1", now=now)


@pytest.fixture
def everyone(tmp_path):
    taken_in(tmp_path, EVERYONE)
    resolved()


@pytest.fixture
def karims(tmp_path, everyone):
    """Two lists with the same man, joined by the matcher: his listing in each."""
    taken_in(tmp_path, KARIM_AGAIN, source="NGO list")
    resolved()
    listing = {one.name: one.id for one in listings_now()}
    found = listing["Karim Testani"], listing["Abdul Karim Testani"]
    assert person_of(found[0]) == person_of(found[1])
    return found


def test_a_checked_fact_is_known_with_who_when_and_by_what_and_told_by_codes_alone(everyone, now):
    person = person_named("Yusuf Beispiel")
    check(person, now)
    assert facts_checked() == facts_checked([person]) == {person: {"citizen": True}}
    assert facts_checked([person_named("Laila Testani")]) == {}
    (one,) = fact_checks_of(person_by_id(person).listings)
    assert (one.by, one.at, one.evidence, one.holds) == ("desk-1", now, "original-seen", True)
    (event,) = [event for event in events_after() if event.kind is EventKind.FACTS_CHECKED]
    assert event.body["rows"] == ((person, "citizen", 1),)
    assert (event.body["evidence"], set(event.body)) == ("original-seen", {"evidence", "rows", "account"})


def test_a_newer_check_of_the_same_fact_replaces_the_earlier_which_stays_on_record(everyone, now):
    person, later = person_named("Yusuf Beispiel"), now + timedelta(hours=1)
    check(person, now)
    check(person, now, code="employed")
    check(person, later, is_true=False)
    assert facts_checked() == {person: {"employed": True, "citizen": False}}
    assert facts_checked(at=now) == {person: {"employed": True, "citizen": True}}
    assert facts_checked(at=now - timedelta(seconds=1)) == {}
    assert [one.holds for one in fact_checks_of(person_by_id(person).listings)] == [True, True, False]


def test_a_check_is_taken_back_once(everyone, now):
    person = person_named("Yusuf Beispiel")
    made = check(person, now)
    fact_withdraw(check=made.pk, account="desk-2", now=now + timedelta(minutes=5))
    assert facts_checked() == {}
    (one,) = fact_checks_of(person_by_id(person).listings)
    assert (one.withdrawn_by, one.holds) == ("desk-2", False)
    (event,) = [event for event in events_after() if event.kind is EventKind.FACTS_WITHDRAWN]
    assert event.body["rows"] == ((person, "citizen"),)
    with pytest.raises(ConflictError):
        fact_withdraw(check=made.pk, account="desk-2", now=now)


@pytest.mark.parametrize(
    ("code", "evidence"), [("Yusuf Beispiel", "original-seen"), ("", "copy-seen"), ("a", "said")]
)
def test_only_codes_and_known_evidence_are_taken(everyone, now, code, evidence):
    person = person_named("Yusuf Beispiel")
    with pytest.raises(ForbiddenError):
        fact_check(person=person, code=code, is_true=True, evidence=evidence, account="desk-1", now=now)
    assert not FactCheck.objects.exists()


def test_a_check_follows_a_merge_and_its_undoing(everyone, now):
    elder, younger = person_named("Omid Testani"), person_named("Yusuf Beispiel")
    check(younger, now)
    listing = {one.name: one.id for one in listings_now()}
    pair = (listing["Omid Testani"], listing["Yusuf Beispiel"])
    judgement_give(pairs=[pair], verdict=JudgementVerdict.SAME, account="desk-1", now=now)
    resolved()
    holder = person_by_id(younger).id
    assert person_by_id(elder).id == holder
    assert facts_checked() == facts_checked([holder]) == {holder: {"citizen": True}}
    judgement_withdraw(pairs=[pair], account="desk-1", now=now)
    resolved()
    assert facts_checked() == {person_of(listing["Yusuf Beispiel"]): {"citizen": True}}


def test_a_merged_id_is_checked_as_whom_it_leads_to(karims, now):
    pair = (karims[0], karims[1])
    judgement_give(pairs=[pair], verdict=JudgementVerdict.DIFFERENT, account="desk-1", now=now)
    resolved()
    apart = [person_of(one) for one in karims]
    judgement_withdraw(pairs=[pair], account="desk-1", now=now)
    resolved()
    for person in apart:
        check(person, now)
    assert facts_checked() == {person_of(karims[0]): {"citizen": True}}


def test_a_check_on_somebody_who_turns_out_to_be_two_counts_for_neither(karims, now):
    check(person_of(karims[0]), now)
    judgement_give(pairs=[(karims[0], karims[1])], verdict=JudgementVerdict.DIFFERENT, account="desk-1", now=now)
    resolved()
    assert person_of(karims[0]) != person_of(karims[1])
    assert facts_checked() == facts_checked([person_of(karims[0])]) == {}
    for listing in karims:
        (one,) = fact_checks_of([listing])
        assert one.is_split
    check(person_of(karims[1]), now)
    assert facts_checked() == {person_of(karims[1]): {"citizen": True}}


def test_erasure_takes_the_checks_of_the_person_and_leaves_those_of_others(karims, now):
    other = person_named("Yusuf Beispiel")
    check(other, now)
    check(person_of(karims[0]), now)
    judgement_give(pairs=[(karims[0], karims[1])], verdict=JudgementVerdict.DIFFERENT, account="desk-1", now=now)
    resolved()
    person_erase(person=person_of(karims[0]), reason="withdrawn", account="dpo-1", now=now)
    assert facts_checked() == {other: {"citizen": True}}, "what was doubtful does not become certain"
    assert set(FactAnchor.objects.values_list("listing", flat=True)) == set(person_by_id(other).listings)
    with pytest.raises(NotFoundError):
        check("P-00000000", now)
