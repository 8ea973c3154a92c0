"""Finding people, a party's page, and what is answered and confirmed there."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from safepassage.apps.accounts.roles import Role
from safepassage.apps.ledger.models import AccessEntry
from safepassage.apps.registry.checked import facts_checked
from safepassage.apps.registry.models import (
    AdultConfirmation,
    MemberConfirmation,
    PartyRecord,
    PersonRecord,
    RelationStated,
)
from safepassage.apps.registry.search import persons_find
from safepassage.apps.registry.selectors import party_by_id
from safepassage.apps.registry.services import resolve_run
from safepassage.core.errors import ForbiddenError

from .people import NOW, party_of, person_named, take_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("asked", ["Laila Testani", "laila tastani", "لیلا 1984", "Leila 1984"])
def test_a_name_is_found_in_any_script_and_spelling(asked, store) -> None:
    assert person_named("Laila") in {one.id for one in persons_find(asked).persons}


@pytest.mark.parametrize("fact", ["Nabi", "1984", "نبی"])
def test_one_more_fact_narrows_the_search(fact, store) -> None:
    assert [one.id for one in persons_find("testani", fact=fact).persons] == [person_named("Laila")]


def test_a_phone_alone_finds_its_people(store) -> None:
    assert [one.id for one in persons_find("0700000002").persons] == [person_named("Yusuf")]


def test_a_common_name_alone_shows_only_a_number(store, signed_in) -> None:
    names = "".join(f"Common Exemplar,{year}\n" for year in range(1960, 1970))
    take_in("Name,DOB\n" + names, "common.csv", store, source="Third")
    resolve_run(account="clerk", now=NOW)
    response = signed_in(Role.PLANNER).post("/parties/search/", {"q": "exemplar"})
    assert "persons bear such a name" in response.text
    assert "Common Exemplar" not in response.text
    assert "1964" in signed_in(Role.ADJUDICATOR).post("/parties/search/", {"q": "exemplar 1964"}).text


def test_who_was_found_is_noted_for_the_access_log(store, signed_in) -> None:
    signed_in(Role.PLANNER).post("/parties/search/", {"q": "Laila", "fact": "1984"})
    assert AccessEntry.objects.filter(subject=person_named("Laila"), act="search").count() == 1


def test_a_party_shows_its_members_and_what_is_known(store, signed_in) -> None:
    page = signed_in(Role.PLANNER).get(f"/parties/{party_of('Laila')}/").text
    for said in ("Laila Testani", "Omid Testani", "spouse", "nobody has confirmed", "No living pass"):
        assert said in page, said


def test_whoever_has_no_name_is_told_as_such_among_their_kin(store, signed_in) -> None:
    record = PersonRecord.objects.get(pk=person_named("Omid"))
    record.content |= {"name": "", "name_latin": "", "name_arabic": ""}
    record.save()
    page = signed_in(Role.PLANNER).get(f"/parties/{party_of('Laila')}/").text
    assert "<bdi>name unknown</bdi>: child of" in " ".join(page.split())


def test_reasons_say_what_is_missing_before_there_is_a_policy(store, signed_in) -> None:
    page = signed_in(Role.PLANNER).get(f"/parties/{party_of('Laila')}/reasons/").text
    assert "No policy has been applied" in page


def test_reasons_opened_by_themselves_are_a_whole_page_with_its_icon(store, signed_in) -> None:
    client, address = signed_in(Role.PLANNER), f"/parties/{party_of('Laila')}/reasons/"
    assert '<link rel="icon"' in client.get(address).text
    part = client.get(address, headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert "No policy has been applied" in part


def test_a_proposed_member_is_confirmed_by_a_person(store, signed_in) -> None:
    party, person = party_of("Laila"), person_named("Laila")
    signed_in(Role.ADJUDICATOR).post(f"/parties/{party}/member/", {"person": person})
    assert MemberConfirmation.objects.get().person == person


def test_what_a_tier_hangs_on_is_answered_on_the_partys_page_and_taken_back_there(store, signed_in) -> None:
    party, omid, laila = party_of("Omid"), person_named("Omid"), person_named("Laila")
    client = signed_in(Role.ADJUDICATOR)
    page = client.get(f"/parties/{party}/").text
    assert "Note the answer" in page
    for wrong in (
        {},
        {"relation": "cousin", "of": "N-NOBODY"},
        {"relation": "cousin", "of": omid},
        {"married": "no"},
    ):
        assert client.post(f"/parties/{party}/kin/", {"person": omid, **wrong}).status_code == 403, wrong
    said = {"person": omid, "relation": "niece-nephew", "of": laila, "married": "no", "evidence": "they-say-so"}
    page = client.post(f"/parties/{party}/kin/", said, follow=True).text
    assert "what they are to another; whether they are married. It counts from the next run" in " ".join(page.split())
    assert "they say so themselves" in page
    assert "adjudicator" in page
    assert facts_checked() == {omid: {"married": False}}
    resolve_run(account="clerk", now=timezone.now())
    assert "what they are to another" not in client.get(f"/parties/{party}/").text
    kinships = {(one.person, one.relation.value, one.of) for one in party_by_id(party).kinships}
    assert (omid, "niece-nephew", laila) in kinships
    (made,) = RelationStated.objects.all()
    client.post(f"/parties/{party}/kin/withdraw/", {"said": made.pk})
    assert client.post(f"/parties/{party}/kin/withdraw/", {"said": made.pk}).status_code == 409
    resolve_run(account="clerk", now=NOW)
    assert (omid, "niece-nephew", laila) not in {
        (one.person, one.relation.value, one.of) for one in party_by_id(party).kinships
    }
    planner = signed_in(Role.PLANNER)
    assert "Note the answer" not in planner.get(f"/parties/{party}/").text
    assert planner.post(f"/parties/{party}/kin/", said).status_code == 403


def test_nobody_is_confirmed_into_a_party_where_they_do_not_stand(store, signed_in) -> None:
    response = signed_in(Role.ADJUDICATOR).post(f"/parties/{party_of('Laila')}/member/", {"person": "N-NOBODY"})
    assert response.status_code == 403
    assert not MemberConfirmation.objects.exists()


def test_an_accompanying_adult_is_confirmed_by_child_protection(store, signed_in) -> None:
    said = {"minor": person_named("Omid"), "adult": person_named("Laila")}
    client = signed_in(Role.CHILD_PROTECTION)
    client.post(f"/parties/{party_of('Omid')}/adult/", said)
    assert AdultConfirmation.objects.get().adult == person_named("Laila")
    page = client.get(f"/parties/{party_of('Omid')}/").text
    assert "who answers for them" in page
    assert "no confirmed adult" not in page
    assert "Confirm the adult" not in page
    resolve_run(account="clerk", now=NOW)
    member = next(one for one in party_by_id(party_of("Omid")).members if one.is_minor)
    assert member.accompanying_adult == person_named("Laila")


def test_why_a_party_stands_where_it_stands_is_a_look_that_is_logged(store, signed_in) -> None:
    party = party_of("Nadia")
    assert signed_in(Role.PLANNER).get(f"/parties/{party}/reasons/").status_code == 200
    looked = AccessEntry.objects.filter(account="planner", act="see reasons").values_list("subject", flat=True)
    assert sorted(looked) == sorted([party, person_named("Nadia")])


def test_a_fact_that_many_share_lists_nobody_by_itself(store, signed_in) -> None:
    planner = signed_in(Role.PLANNER)
    for asked in ({"q": "1971"}, {"fact": "1971"}, {"fact": "herat"}, {"q": "a", "fact": "a"}):
        assert "Yusuf Beispiel" not in planner.post("/parties/search/", asked).text, asked
    for asked in ({"q": "yusuf", "fact": "adam"}, {"fact": "0700000002"}, {"q": "0700000002"}):
        assert "Yusuf Beispiel" in planner.post("/parties/search/", asked).text, asked


@pytest.mark.parametrize("tier", ["9" * 30, "9" * 6000, "²", "٣", "-1", "1.5", "x"])
def test_a_tier_that_there_is_not_lists_parties_or_nobody_and_is_no_error(tier, store, signed_in) -> None:
    assert signed_in(Role.PLANNER).get("/parties/", {"tier": tier}).status_code == 200


def test_of_two_answers_in_one_form_both_are_noted_or_none(store, signed_in) -> None:
    party, omid, laila = party_of("Omid"), person_named("Omid"), person_named("Laila")
    said = {"person": omid, "relation": "cousin", "of": laila, "married": "no", "evidence": "they-say-so"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("safepassage.apps.console.views.kin.fact_check", refused)
        assert signed_in(Role.ADJUDICATOR).post(f"/parties/{party}/kin/", said).status_code == 403
    assert not RelationStated.objects.exists()


def refused(**_said: object) -> None:
    raise ForbiddenError("Not this one.", advice="Another.")


def test_a_minor_answers_for_nobody_and_nobody_for_an_adult(store, signed_in) -> None:
    party, omid, laila, karim = party_of("Omid"), *map(person_named, ("Omid", "Laila", "Karim"))
    client = signed_in(Role.CHILD_PROTECTION)
    for minor, adult in ((laila, omid), (laila, karim)):
        assert client.post(f"/parties/{party}/adult/", {"minor": minor, "adult": adult}).status_code == 403
    assert not AdultConfirmation.objects.exists()


def test_the_search_page_has_one_box_for_a_name_and_each_box_an_id_of_its_own(store, signed_in) -> None:
    client = signed_in(Role.PLANNER)
    page = client.get("/parties/search/").text
    assert page.count('name="q"') == 1
    ids = re.findall(r'<input[^>]* id="([^"]+)"', page)
    assert len(ids) == len(set(ids)) >= 2
    assert 'id="find-anywhere"' in client.get("/parties/").text


def test_a_year_of_birth_alone_tells_the_bands_that_it_leaves_and_is_not_said_to_be_unknown(store, signed_in) -> None:
    record = PersonRecord.objects.get(pk=person_named("Omid"))
    party = party_of("Omid")
    birth = record.content["birth"]
    year = timezone.now().year - 18
    record.content = record.content | {
        "birth": birth | {"readings": [[f"{year}-01-01", f"{year}-12-31"]], "precision": "year", "text": str(year)}
    }
    record.save()
    page = signed_in(Role.ADJUDICATOR).get(f"/parties/{party}/").text
    assert "adolescent – adult" in page
    assert "age not known" not in page


def test_children_whose_adult_the_lists_propose_are_told_in_one_line(store, signed_in) -> None:
    party, omid, karim = party_of("Omid"), person_named("Omid"), person_named("Karim")
    record = PartyRecord.objects.get(pk=party)
    minor = {"is_minor": True, "accompanying_adult": None, "adult_proposed": karim}
    members = [one | (minor if one["person"] == omid else {}) for one in record.content["members"]]
    record.content = record.content | {"members": members}
    record.save()
    page = signed_in(Role.ADJUDICATOR).get(f"/parties/{party}/").text
    assert "1 child has an adult that the lists propose and nobody has confirmed" in page
    assert "no confirmed adult" not in page
    assert "proposed:" in page


def test_ages_that_do_not_fit_refuse_a_relation_until_it_is_said_to_be_so_all_the_same(store, signed_in) -> None:
    party, omid, laila = party_of("Omid"), person_named("Omid"), person_named("Laila")
    client = signed_in(Role.ADJUDICATOR)
    said = {"person": omid, "relation": "parent", "of": laila, "evidence": "they-say-so"}
    assert client.post(f"/parties/{party}/kin/", said).status_code == 409
    assert not RelationStated.objects.exists()
    assert client.post(f"/parties/{party}/kin/", said | {"sure": "yes"}).status_code == 302
    assert RelationStated.objects.count() == 1


def test_raw_ids_of_list_groups_stand_on_no_partys_page(store, signed_in) -> None:
    page = signed_in(Role.ADJUDICATOR).get(f"/parties/{party_of('Omid')}/").text
    assert "Listed as a family" in page
    assert "List groups" not in page
