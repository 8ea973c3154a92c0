"""One person's page: what joins their listings, checked facts, who looked, erasure."""

from __future__ import annotations

import pytest

from safepassage.apps.accounts.roles import Role
from safepassage.apps.intake.models import ListingRecord
from safepassage.apps.intake.selectors import listings_by_id
from safepassage.apps.policy.publishing import policy_propose
from safepassage.apps.registry.answers import judgements_on
from safepassage.apps.registry.checked import fact_checks_of, facts_checked
from safepassage.apps.registry.models import (
    LinkRecord,
    PersonListing,
    PersonRecord,
)
from safepassage.apps.registry.second_person import judgement_give
from safepassage.apps.registry.selectors import person_by_id, persons_behind
from safepassage.apps.registry.services import resolve_run
from safepassage.apps.registry.values import EVIDENCE
from safepassage.core.identity import Evidence, EvidenceField, JudgementVerdict
from safepassage.core.ids import ListingId, PersonId

from .people import NOW, listing_of, person_named
from .test_policy import template

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en", "fa-af"])
def test_a_persons_page_says_what_joins_their_listings(store, signed_in, language) -> None:
    reasons = (Evidence(EvidenceField.NAME, "alike", 6.0, "The names sound alike."),)
    listing = listing_of("Laila")
    LinkRecord.objects.create(
        left=listing,
        right=listing,
        probability=0.9,
        is_certain=True,
        evidence=EVIDENCE.dump_python(reasons, mode="json"),
    )
    client = signed_in(Role.ADJUDICATOR)
    client.cookies["django_language"] = language
    page = client.get(f"/persons/{person_named('Laila')}/")
    assert page.status_code == 200
    assert "The names sound alike." in page.text, "a level without a translation is said in core's own words"


def test_a_person_shows_each_listing_with_its_source(store, signed_in) -> None:
    page = signed_in(Role.ADJUDICATOR).get(f"/persons/{person_named('Laila')}/").text
    for said in ("Test embassy", "embassy.csv", "put on record"):
        assert said in page, said
    assert "Who looked" not in page


def test_the_data_protection_officer_sees_who_looked(store, signed_in) -> None:
    person = person_named("Laila")
    signed_in(Role.PLANNER).get(f"/persons/{person}/")
    assert "planner: see person" in signed_in(Role.DATA_PROTECTION).get(f"/persons/{person}/").text


def test_erasure_needs_the_id_and_leaves_no_name(store, signed_in) -> None:
    person, client = person_named("Laila"), signed_in(Role.DATA_PROTECTION)
    assert client.post(f"/persons/{person}/erase/", {"confirmation": "yes"}).status_code == 403
    client.post(f"/persons/{person}/erase/", {"confirmation": person})
    assert PersonRecord.objects.get(pk=person).content == {}
    assert "Laila" not in str(list(ListingRecord.objects.values_list("content", flat=True)))
    assert client.get(f"/persons/{person}/").status_code == 404


def test_a_fact_is_checked_and_taken_back_on_the_persons_page(store, signed_in) -> None:
    policy_propose(text=template(), account="supervisor", is_unsigned_accepted=True, now=NOW)
    person, client = person_named("Yusuf"), signed_in(Role.ADJUDICATOR)
    page = client.get(f"/persons/{person}/").text
    assert "Note the check" in page
    assert '<option value="staff">staff</option>' in page, "the policy asks for it"
    for wrong in ({"code": "<b>", "truth": "true"}, {"code": "staff", "truth": "perhaps"}, {}):
        assert client.post(f"/persons/{person}/facts/", wrong).status_code == 403
    asked = {"code": "staff", "truth": "false", "evidence": "authority-confirmed"}
    page = client.post(f"/persons/{person}/facts/", asked, follow=True).text
    for said in ("found false", "an authority confirmed it", "adjudicator, ", "a fact was checked"):
        assert said in page, said
    assert facts_checked() == {person: {"staff": False}}
    (made,) = fact_checks_of(person_by_id(person).listings)
    other = person_named("Laila")
    assert client.post(f"/persons/{other}/facts/withdraw/", {"check": made.key}).status_code == 409
    page = client.post(f"/persons/{person}/facts/withdraw/", {"check": made.key}, follow=True).text
    assert "taken back" in page
    assert facts_checked() == {}
    planner = signed_in(Role.PLANNER).get(f"/persons/{person}/").text
    assert "Checked facts" in planner
    assert "Note the check" not in planner


def test_who_sees_two_people_in_one_divides_them_on_their_page(store, signed_in) -> None:
    karim = person_named("Karim")
    one, other = sorted(person_by_id(karim).listings)
    client = signed_in(Role.ADJUDICATOR)
    page = client.get(f"/persons/{karim}/").text
    assert "Some of these listings are somebody else" in page
    assert client.post(f"/persons/{karim}/divide/", {"listing": [one, other]}).status_code == 403, "nobody is left"
    assert client.post(f"/persons/{karim}/divide/", {}).status_code == 403
    client.post(f"/persons/{karim}/divide/", {"listing": other, "why": "met both"})
    resolve_run(account="clerk", now=NOW)
    assert {len(person_by_id(PersonListing.objects.get(pk=key).person_id).listings) for key in (one, other)} == {1}
    (judgement,) = judgements_on([one, other])
    assert (judgement.verdict, judgement.why) == ("different", "met both")


@pytest.mark.parametrize("ticked", ["founder", "other"])
def test_the_form_tells_the_rows_apart_and_says_rightly_which_keeps_the_id(ticked, store, signed_in) -> None:
    karim = person_named("Karim")
    founder = PersonRecord.objects.get(pk=karim).founder
    (other,) = set(person_by_id(karim).listings) - {founder}
    client = signed_in(Role.ADJUDICATOR)
    page = client.get(f"/persons/{karim}/").text
    form = page[page.index("Tick the listings of the other person") :]
    for key in (founder, other):
        listing = listings_by_id([ListingId(key)])[ListingId(key)]
        choice = form[form.index(f'value="{key}"') :].split("</label>")[0]
        told = (listing.name, f"row {listing.row.number}", listing.row.file, listing.father, *listing.phones)
        for said in (*told, *(one.number for one in listing.documents)):
            assert said in choice, said
        assert ("keeps the id" in choice) == (key == founder)
    client.post(f"/persons/{karim}/divide/", {"listing": {"founder": founder, "other": other}[ticked]})
    resolve_run(account="clerk", now=NOW)
    assert PersonListing.objects.get(pk=founder).person_id == karim
    assert PersonListing.objects.get(pk=other).person_id != karim


def test_whoever_was_merged_gets_back_the_id_that_the_form_shows(store, signed_in) -> None:
    yusuf, nadia = person_named("Yusuf"), person_named("Nadia")
    pair = (listing_of("Yusuf"), listing_of("Nadia"))
    judgement_give(
        pairs=[(min(pair), max(pair))], verdict=JudgementVerdict.SAME, why="", account="adjudicator", now=NOW
    )
    resolve_run(account="clerk", now=NOW)
    one = persons_behind([PersonId(yusuf)])[PersonId(yusuf)].id
    (former,) = {yusuf, nadia} - {one}
    page = signed_in(Role.ADJUDICATOR).get(f"/persons/{one}/").text
    choices = page[page.index("Tick the listings of the other person") :].split("</label>")
    assert sum(">keeps the id<" in choice for choice in choices) == 1
    assert sum(f'formerly <span class="code">{former}' in choice for choice in choices) == 1


def test_who_may_not_judge_divides_nobody(store, signed_in) -> None:
    karim = person_named("Karim")
    client = signed_in(Role.DATA_PROTECTION)
    assert "Some of these listings are somebody else" not in client.get(f"/persons/{karim}/").text
    listing = min(person_by_id(karim).listings)
    assert client.post(f"/persons/{karim}/divide/", {"listing": listing}).status_code == 403
    assert not judgements_on([listing])
