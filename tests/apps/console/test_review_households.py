"""Questions whether two parties are one household: both sides, answers, undo, the second person."""

from __future__ import annotations

import pytest

from safepassage.apps.accounts.roles import Role
from safepassage.apps.registry.models import (
    JudgementRecord,
    JudgementRequest,
    PartyRecord,
    ReviewRecord,
)
from safepassage.apps.registry.selectors import parties_of
from safepassage.apps.registry.services import resolve_run
from safepassage.core.ids import PersonId
from tests.make import taken_in, with_bookings

from .people import NOW, give_pass, listing_of, person_named, take_in, the_pair

pytestmark = pytest.mark.django_db


@pytest.fixture
def torn(operation, tmp_path) -> str:
    """A question about a family that two lists tear apart."""
    head = "Family No,Full name,Father's name,Relation,Sex,Date of birth,Phone\n"
    take_in(head + "1,Karim Testani,Ghafar,head,M,1980-05-14,0700000901\n", "work.csv", tmp_path, source="Employer")
    take_in(
        head + "7,Laila Muster,Nabi,head,F,1984-02-03,0700000901\n7,Omid Testani,Karim,son,M,2010-08-21,\n",
        "ngo.csv",
        tmp_path,
        source="NGO",
    )
    resolve_run(account="clerk", now=NOW)
    return ReviewRecord.objects.get(kind="same-household").pk


def test_a_torn_family_is_asked_about_with_both_sides_and_what_they_share(torn, signed_in) -> None:
    client = signed_in(Role.ADJUDICATOR)
    assert "one household?" in client.get("/reviews/").text
    page = client.get(f"/reviews/{torn}/").text
    for said in (
        *("Karim Testani", "Laila Muster", "Omid Testani", "work.csv", "ngo.csv"),
        *(
            "The phones are the same, and at most six families or single rows of the lists give it.",
            'data-key="h"',
            'data-key="d"',
            'data-key="u"',
            'data-key="k"',
        ),
    ):
        assert said in page, said
    assert "likely one person" not in page
    assert "Travels with this family" not in page


def test_of_households_no_pair_is_ticked_beforehand(torn, signed_in) -> None:
    record = ReviewRecord.objects.get(pk=torn)
    (link,) = record.content["links"]
    other = next(key for key in map(listing_of, ("Laila", "Omid")) if key not in record.content["listings"])
    link = {**link, "left": min(listing_of("Karim"), other), "right": max(listing_of("Karim"), other)}
    listings = sorted({*record.content["listings"], other})
    record.content = {**record.content, "links": [*record.content["links"], link], "listings": listings}
    record.save()
    page = signed_in(Role.ADJUDICATOR).get(f"/reviews/{torn}/").text
    assert page.count('type="checkbox" name="pair"') == 2
    assert " checked" not in page


def test_the_answer_on_a_household_is_given_applied_and_taken_back(torn, signed_in) -> None:
    client = signed_in(Role.ADJUDICATOR)
    pair = "{left}:{right}".format(**ReviewRecord.objects.get(pk=torn).content["links"][0])
    client.post(f"/reviews/{torn}/decide/", {"verdict": "household", "pair": [pair]})
    assert JudgementRecord.objects.get().verdict == "household"
    client.post("/reviews/apply/")
    assert parties_of(PersonId(person_named("Karim"))) == parties_of(PersonId(person_named("Laila")))
    assert client.post("/reviews/undo/", {"pair": [pair]})["Location"] == f"/reviews/{torn}/"
    client.post("/reviews/apply/")
    assert parties_of(PersonId(person_named("Karim"))) != parties_of(PersonId(person_named("Laila")))


@pytest.mark.parametrize(
    ("verdict", "pairs"), [("same", True), ("different", True), ("", True), ("household", False)]
)
def test_a_household_is_no_question_of_one_person(verdict, pairs, torn, signed_in) -> None:
    pair = "{left}:{right}".format(**ReviewRecord.objects.get(pk=torn).content["links"][0])
    answer = {"verdict": verdict, "pair": [pair] if pairs else []}
    assert signed_in(Role.ADJUDICATOR).post(f"/reviews/{torn}/decide/", answer).status_code == 422
    assert not JudgementRecord.objects.exists()


def test_one_person_is_no_question_of_households(question, signed_in) -> None:
    answer = {"verdict": "household", "pair": [the_pair("Yusuf", "Nadia")]}
    assert signed_in(Role.ADJUDICATOR).post(f"/reviews/{question}/decide/", answer).status_code == 422


@pytest.mark.parametrize("language", ["fa-af", "ps"])
def test_a_torn_family_is_asked_about_in_the_readers_language(language, torn, signed_in) -> None:
    client = signed_in(Role.ADJUDICATOR)
    client.cookies["django_language"] = language
    page = client.get(f"/reviews/{torn}/").text
    for english in ("one household", "One household", "What both share", "Nobody stands in two", "few share it"):
        assert english not in page, english


def test_a_torn_family_of_whom_one_holds_a_pass_is_answered_by_two(torn, signed_in) -> None:
    client = signed_in(Role.ADJUDICATOR)
    assert "touches no booking" in client.get(f"/reviews/{torn}/").text
    give_pass("Omid")
    page = client.get(f"/reviews/{torn}/").text
    assert "two people have to agree" in page
    assert "holds a living pass" in page
    pair = "{left}:{right}".format(**ReviewRecord.objects.get(pk=torn).content["links"][0])
    client.post(f"/reviews/{torn}/decide/", {"verdict": "household", "pair": [pair]})
    assert not JudgementRecord.objects.exists()
    assert JudgementRequest.objects.get().rows[0][2] == "household"


def test_protected_families_stand_without_names_beside_each_other(torn, signed_in) -> None:
    party = PartyRecord.objects.get(pk=parties_of(PersonId(person_named("Laila")))[0])
    party.content = {**party.content, "hidden_from": ["P-SOMEBODY"]}
    party.save()
    assert "Names are protected." in signed_in(Role.ADJUDICATOR).get(f"/reviews/{torn}/").text


def test_two_booked_parties_that_a_list_ties_are_asked_about_and_need_two(operation, signed_in, tmp_path) -> None:
    with_bookings(tmp_path)
    tie = (
        ("9", "Yusuf Beispiel", "Daud", "head", "M", "1971-11-30", "P0000201", "0700000201", "", ""),
        ("9", "Karim Testani", "Ghafar", "brother", "M", "1980-05-14", "P0000101", "0700000101", "", ""),
    )
    taken_in(tmp_path, tie, source="Fixer")
    resolve_run(account="clerk", now=NOW)
    asked = ReviewRecord.objects.get(kind="same-household")
    client = signed_in(Role.ADJUDICATOR)
    page = client.get(f"/reviews/{asked.pk}/").text
    assert "A list names people of both these parties together. Are they one household?" in page
    assert "Karim Testani" in page
    assert "Yusuf Beispiel" in page
    assert "household?" in client.get("/reviews/").text
    pair = "{left}:{right}".format(**asked.content["links"][0])
    client.post(f"/reviews/{asked.pk}/decide/", {"verdict": "household", "pair": [pair]})
    assert (JudgementRecord.objects.count(), JudgementRequest.objects.count()) == (0, 1)
