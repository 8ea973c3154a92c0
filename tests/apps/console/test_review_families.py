"""Somebody who stands in two families: with whom they travel is chosen, or they are told to be two people."""

from __future__ import annotations

import pytest

from safepassage.apps.accounts.roles import Role
from safepassage.apps.registry.models import (
    JudgementRecord,
    MemberConfirmation,
    Membership,
    PersonRecord,
    ReviewRecord,
)
from safepassage.apps.registry.seen import answers_unapplied
from safepassage.apps.registry.selectors import parties_of
from safepassage.apps.registry.services import resolve_run
from safepassage.core.ids import PersonId

from .people import NOW, listing_of, person_named, question_about, take_in, two_lists

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_families(operation, tmp_path) -> tuple[str, str, str]:
    """A question with whom Nadia travels: her own party, or Karim's. Key, person, Karim's party."""
    two_lists(tmp_path)
    key = question_about((listing_of("Nadia"), listing_of("Nadia")))
    record = ReviewRecord.objects.get(pk=key)
    record.kind, record.content = "two-parties", {**record.content, "kind": "two-parties", "links": []}
    record.save()
    nadia, laila = person_named("Nadia"), person_named("Laila")
    party = parties_of(PersonId(laila))[0]
    Membership.objects.create(party_id=party, person_id=nadia, relation="sibling", is_confirmed=False)
    return key, nadia, party


def test_with_whom_somebody_travels_is_chosen_between_families_not_ids(two_families, signed_in) -> None:
    key, _nadia, party = two_families
    page = signed_in(Role.ADJUDICATOR).get(f"/reviews/{key}/").text
    for said in (
        "Laila Testani",
        "Laila Testani",
        "Nadia Muster",
        "Test embassy",
        'data-key="1"',
        'data-key="2"',
        party,
    ):
        assert said in page, said


def test_a_choice_of_family_waits_for_the_matcher_and_can_be_taken_back(two_families, signed_in) -> None:
    key, nadia, party = two_families
    client = signed_in(Role.ADJUDICATOR)
    assert answers_unapplied("") == 0
    client.post(f"/reviews/{key}/party/", {"person": nadia, "party": party})
    assert ReviewRecord.objects.get(pk=key).decided_at
    assert answers_unapplied("") == 1
    assert "Apply them now" in client.get("/reviews/").text
    assert client.post("/reviews/undo/", {"person": nadia, "party": party})["Location"] == f"/reviews/{key}/"
    assert ReviewRecord.objects.get(pk=key).decided_at is None
    assert MemberConfirmation.objects.get().withdrawn_at
    assert client.post("/reviews/undo/", {"person": nadia, "party": party}).status_code == 409


TWICE = (
    (
        "Family No,Full name,Relation,Sex,Date of birth,Passport,Phone\n"
        "1,Karim Testani,head,M,1980-05-14,P1234567,0700000001\n"
        "1,Laila Testani,wife,F,1984-02-03,P1234568,\n"
        "1,Zahra Testani,daughter,F,2012-08-21,P1234569,\n"
    ),
    (
        "Family No,Full name,Relation,Sex,Date of birth,Passport,Phone\n"
        "7,Adam Beispiel,head,M,1971-11-30,P7654321,0700000002\n"
        "7,Mina Beispiel,wife,F,1975-01-12,P7654322,\n"
        "7,Zahra Beispiel,niece,F,2012-08-21,P1234569,\n"
    ),
)


def test_who_stands_in_two_families_may_be_two_people(operation, tmp_path, signed_in) -> None:
    for number, text in enumerate(TWICE):
        take_in(text, f"list-{number}.csv", tmp_path, source=f"Source {number}")
    resolve_run(account="clerk", now=NOW)
    question = ReviewRecord.objects.get(kind="two-parties").pk
    client = signed_in(Role.ADJUDICATOR)
    assert "These are two people" in client.get(f"/reviews/{question}/").text
    assert client.post(f"/reviews/{question}/two/", {"why": "one mother says so"}).status_code == 302
    judged = JudgementRecord.objects.get()
    assert (judged.verdict, judged.why) == ("different", "one mother says so")
    assert ReviewRecord.objects.get(pk=question).decided_at
    resolve_run(account="clerk", now=NOW)
    assert not ReviewRecord.objects.filter(kind="two-parties", decided_at=None).exists()
    girls = [one for one in PersonRecord.objects.exclude(content={}) if "Zahra" in one.content["name"]]
    assert len(girls) == 2


def test_whom_one_list_alone_tells_of_is_not_divided(two_families, signed_in) -> None:
    question = two_families[0]
    client = signed_in(Role.ADJUDICATOR)
    assert "These are two people" not in client.get(f"/reviews/{question}/").text
    assert client.post(f"/reviews/{question}/two/").status_code == 422
