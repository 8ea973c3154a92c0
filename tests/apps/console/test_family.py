"""A family that stands at the desk: written in, taken in as a list of its own, and told whom it may be."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from safepassage.apps.accounts.roles import Role
from safepassage.apps.intake.models import Batch, ListingRecord
from safepassage.apps.intake.selectors import listings_now
from safepassage.apps.ledger.selectors import events_after
from safepassage.apps.registry.arrivals import arrivals_forget
from safepassage.apps.registry.selectors import parties_now
from safepassage.apps.registry.services import resolve_run
from safepassage.core.identity import PartyFlag
from safepassage.core.intake import MEANINGS, Field
from safepassage.core.ledger import EventKind
from safepassage.core.people import Need, Sex
from tests.apps.console.people import NOW, two_lists

pytestmark = pytest.mark.django_db
TERMS = {"name": "Walk-ins", "basis": "vital interests", "purposes": "evacuation"}
COUNTS = {"member-TOTAL_FORMS": "10", "member-INITIAL_FORMS": "0"}


@pytest.fixture(autouse=True)
def nobody_ready():
    arrivals_forget()
    yield
    arrivals_forget()


def rows(*members):
    return {f"member-{at}-{name}": text for at, member in enumerate(members) for name, text in member.items()}


KARIM = {
    "name": "Karim Testani",
    "father": "Ghafar",
    "birth": "1359/02/24",
    "phone": "+93 70 000 0001",
    "sex": Sex.MALE,
}
LAILA = {"name": "لیلا تستانی", "relation": "spouse", "passport": "P7654321", "claim": "siv", "place": "Kabul"}


def test_needs_and_remarks_are_written_in_too(operation, signed_in) -> None:
    husband = {**KARIM, "need": Need.WHEELCHAIR, "remark": "wife is pregnant"}
    signed_in(Role.INTAKE_CLERK).post("/lists/family/", {**TERMS, **COUNTS, **rows(husband, LAILA)})
    karim, laila = sorted(listings_now(), key=lambda one: one.relation != "head")
    assert (karim.needs, laila.needs) == ((Need.WHEELCHAIR,), (Need.PREGNANCY,))


def test_who_is_married_is_written_in_too(operation, signed_in) -> None:
    husband, son = {**KARIM, "marital": "married"}, {"name": "Omid Testani", "relation": "child", "marital": "single"}
    client = signed_in(Role.INTAKE_CLERK)
    assert "Marital state" in client.get("/lists/family/").text
    client.post("/lists/family/", {**TERMS, **COUNTS, **rows(husband, LAILA, son)})
    told = {one.name: one.is_married for one in listings_now()}
    assert told == {"Karim Testani": True, LAILA["name"]: None, "Omid Testani": False}


def test_a_family_is_taken_in_as_it_is_written(operation, signed_in) -> None:
    client = signed_in(Role.INTAKE_CLERK)
    page = client.post("/lists/family/", {**TERMS, **COUNTS, **rows(KARIM, {}, LAILA)}, follow=True).text
    assert "Who is on this list" in page
    karim, laila = sorted(listings_now(), key=lambda one: one.relation != "head")
    assert (karim.name, karim.father, karim.sex) == ("Karim Testani", "Ghafar", Sex.MALE)
    assert [phone[-9:] for phone in karim.phones] == ["700000001"]
    assert karim.birth.text == "1359/02/24"
    assert (laila.name, laila.relation, laila.claims, laila.place) == ("لیلا تستانی", "spouse", ("siv",), "Kabul")
    assert [one.number for one in laila.documents] == ["P7654321"]
    assert karim.group == laila.group
    assert [one for one in events_after() if one.kind is EventKind.BATCH_RECEIVED]
    assert "Testani" not in Batch.objects.get().file_name


def test_whom_they_may_be_is_on_the_page_that_follows(operation, tmp_path, signed_in) -> None:
    two_lists(tmp_path)
    members = rows({**KARIM, "birth": "1980-05-14"}, {"name": "Leila Testani", "relation": "spouse"})
    page = signed_in(Role.INTAKE_CLERK).post("/lists/family/", {**TERMS, **COUNTS, **members}, follow=True).text
    assert "This family may be here already" in page


def test_they_are_told_in_the_order_in_which_they_were_written(operation, signed_in) -> None:
    names = [f"Some{letter} Body" for letter in "qzaybxcwdv"]
    members = rows(*({"name": name} for name in names))
    page = signed_in(Role.INTAKE_CLERK).post("/lists/family/", {**TERMS, **COUNTS, **members}, follow=True).text
    assert sorted(names, key=page.index) == names


def test_every_word_that_can_be_chosen_is_understood(operation, signed_in) -> None:
    client = signed_in(Role.INTAKE_CLERK)
    for name, field in (("relation", Field.RELATION), ("sex", Field.SEX), ("claim", Field.CLAIM)):
        for code in MEANINGS[field]:
            ListingRecord.objects.all().delete()
            members = rows({"name": "Karim Testani", "relation": "head"}, {"name": "Some Body", name: code})
            client.post("/lists/family/", {**TERMS, **COUNTS, **members, "name": f"{name} {code}"})
            (one,) = [one for one in listings_now() if one.name == "Some Body"]
            stated = {"relation": one.relation, "sex": one.sex, "claim": (one.claims or ("",))[0]}[name]
            assert stated == code


def test_nobody_is_no_family(operation, signed_in) -> None:
    response = signed_in(Role.INTAKE_CLERK).post("/lists/family/", {**TERMS, **COUNTS, **rows({"sex": Sex.MALE})})
    assert response.status_code == 422
    assert "Write at least one name." in response.text
    assert not Batch.objects.exists()


def test_who_is_told_by_relation_or_sex_alone_keeps_a_seat_without_a_name(operation, signed_in) -> None:
    wife, girl = {"relation": "spouse", "sex": Sex.FEMALE}, {"sex": Sex.FEMALE}
    members = rows(KARIM, wife, girl, {"relation": "child"}, {"relation": "child"})
    client = signed_in(Role.INTAKE_CLERK)
    client.post("/lists/family/", {**TERMS, **COUNTS, **members}, follow=True)
    taken = sorted(listings_now(), key=lambda one: one.row.number)
    stated = [(one.name, one.relation, one.sex) for one in taken]
    assert stated == [
        ("Karim Testani", "head", Sex.MALE),
        ("", "spouse", Sex.FEMALE),
        ("", "unknown", Sex.FEMALE),
        ("", "child", Sex.UNKNOWN),
        ("", "child", Sex.UNKNOWN),
    ]
    resolve_run(account="clerk", now=NOW)
    (party,) = parties_now()
    assert (len(party.confirmed), party.unnamed) == (5, 4)
    assert PartyFlag.NAME_UNKNOWN in party.flags


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("birth", "32/13/2015", "The date could not be read."),
        ("birth", f"{date.today() + timedelta(days=60)}", "The date could not be read."),
        ("phone", "0788 11 22", "This is no whole phone number."),
        ("phone", "0700000001, 07881122", "This is no whole phone number."),
        ("phone", "12", "no phone number that could be read"),
        ("passport", "1.2E+08", "Correct it, or leave it blank."),
    ],
)
def test_what_can_not_be_read_is_said_before_the_family_is_taken_in(field, typed, said, operation, signed_in) -> None:
    child = {"name": "Yasir Testani", "relation": "child", field: typed}
    response = signed_in(Role.INTAKE_CLERK).post("/lists/family/", {**TERMS, **COUNTS, **rows(KARIM, {}, child)})
    assert response.status_code == 422
    assert said in response.text.split('name="member-2-name"')[1].split('name="member-3-name"')[0]
    assert f'value="{typed}"' in response.text
    assert "Karim Testani" in response.text
    assert not Batch.objects.exists()


@pytest.mark.parametrize("member", [{"father": "Ghafar"}, {"phone": "0700000009"}, {"place": "Kabul"}])
def test_a_member_of_whom_nobody_can_be_made_is_said_and_never_dropped(member, operation, signed_in) -> None:
    response = signed_in(Role.INTAKE_CLERK).post("/lists/family/", {**TERMS, **COUNTS, **rows(KARIM, member)})
    assert response.status_code == 422
    assert "Nobody can be made of this" in response.text
    assert not Batch.objects.exists()


@pytest.mark.parametrize(
    "member", [{"birth": "age 30"}, {"birth": "3 months"}, {"name": "FNU", "birth": "unknown", "phone": "none"}]
)
def test_what_is_not_known_is_no_error(member, operation, signed_in) -> None:
    members = rows(KARIM, {"relation": "spouse", **member})
    response = signed_in(Role.INTAKE_CLERK).post("/lists/family/", {**TERMS, **COUNTS, **members})
    assert response.status_code == 302
    assert ListingRecord.objects.count() == 2


def test_a_new_source_needs_its_terms_and_what_was_written_stays(operation, signed_in) -> None:
    response = signed_in(Role.INTAKE_CLERK).post("/lists/family/", {**COUNTS, **rows(KARIM)})
    assert response.status_code == 422
    assert "Name the source" in response.text
    assert "Karim Testani" in response.text
    assert not Batch.objects.exists()


def test_the_source_of_the_family_before_is_offered_first(operation, signed_in) -> None:
    client = signed_in(Role.INTAKE_CLERK)
    client.post("/lists/family/", {**TERMS, **COUNTS, **rows(KARIM)})
    source = Batch.objects.get().source_id
    assert f'value="{source}" selected' in client.get("/lists/family/").text
    client.post("/lists/family/", {"source": source, **COUNTS, **rows(LAILA)})
    assert Batch.objects.filter(source=source).count() == 2


def test_who_takes_nothing_in_writes_nobody_in(operation, signed_in) -> None:
    assert signed_in(Role.ADJUDICATOR).get("/lists/family/").status_code == 403
