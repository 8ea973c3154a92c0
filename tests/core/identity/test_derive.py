"""The best-known facts of a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from safepassage.core.dates import Calendar, PartialDate, Precision
from safepassage.core.identity import derive_persons
from safepassage.core.ids import PersonId
from safepassage.core.people import Sex
from tests.cast import KARIM_AGAIN, KARIM_TESTANI, NOBODY_KNOWN, born
from tests.core.identity.people import passport, phoned

ONE = PersonId("P-ONE")


def derived(*listings):
    (person,) = derive_persons(listings, {x.id: ONE for x in listings})
    return person


def test_the_fullest_spelling_is_the_name_and_its_origin_is_told():
    persian = replace(KARIM_AGAIN, id="L-PERSIAN", name="کریم تستانی")
    person = derived(KARIM_TESTANI, KARIM_AGAIN, persian)
    assert person.name == person.name_latin
    assert person.name_arabic == "کریم تستانی"
    assert dict(person.origins)["father"] == KARIM_AGAIN.id


def test_an_exact_birth_date_comes_before_a_year():
    year = PartialDate(((date(1980, 1, 1), date(1980, 12, 31)),), Precision.YEAR, Calendar.GREGORIAN)
    person = derived(replace(KARIM_AGAIN, birth=year), KARIM_TESTANI)
    assert person.birth == KARIM_TESTANI.birth
    assert "birth" not in person.doubts


def test_facts_that_disagree_are_a_doubt():
    person = derived(KARIM_TESTANI, replace(KARIM_AGAIN, sex=Sex.FEMALE, birth=born(1999, 1, 2)))
    assert {"sex", "birth"} <= set(person.doubts)


def test_what_nobody_states_stays_unknown():
    person = derived(NOBODY_KNOWN)
    assert person.birth is None
    assert person.sex is Sex.UNKNOWN
    assert person.is_married is None
    assert person.documents == ()


def test_documents_and_phones_are_kept_once():
    a = phoned(passport(KARIM_TESTANI, "P01234567"), "+93700000001", "+93700000002")
    b = phoned(passport(KARIM_AGAIN, "P01234567"), "+93700000002")
    person = derived(a, b)
    assert len(person.documents) == 1
    assert person.phones == ("+93700000002", "+93700000001")
