"""The best-known facts of a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


HEARSAY = replace(KARIM_TESTANI, id="L-A", source="S-HEARSAY", name="Mohammad Karim Khan Testani", documents=())
EMBASSY = replace(KARIM_TESTANI, id="L-B", source="S-EMBASSY", name="Muhammad Kareem Testany", documents=())
AT_THE_DOOR = passport(replace(KARIM_TESTANI, id="L-C", source="S-HEARSAY", name="Kareem Testani"), "P01234567")
TRUST = {"S-EMBASSY": 4, "S-HEARSAY": 1}


@pytest.mark.parametrize(
    ("listings", "name"),
    [
        ((HEARSAY, EMBASSY, AT_THE_DOOR), AT_THE_DOOR.name),
        ((HEARSAY, EMBASSY), EMBASSY.name),
        ((HEARSAY, passport(replace(EMBASSY, name="Kareem"), "P01234567")), HEARSAY.name),
        ((AT_THE_DOOR, passport(EMBASSY, "P01234567")), EMBASSY.name),
        ((HEARSAY, replace(EMBASSY, source="S-HEARSAY")), HEARSAY.name),
    ],
    ids=["as in the passport", "the trusted source", "a whole name before one word", "both", "the fullest"],
)
def test_the_name_is_that_of_the_document_then_of_the_trusted_source_then_the_fullest(listings, name):
    for order in permutations(listings):
        (person,) = derive_persons(order, dict.fromkeys((one.id for one in listings), ONE), trust=TRUST)
        assert person.name == name
    assert {one.name for one in listings} <= {person.name, *person.other_names}


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["Karim", "Karim Testani", "Kareem Testany", "کریم تستانی", "Mohammad Karim Testani"]),
            st.sampled_from(["S-EMBASSY", "S-HEARSAY", "S-NOBODY"]),
            st.booleans(),
        ),
        min_size=1,
        max_size=6,
    ),
    rng=st.randoms(use_true_random=False),
)
def test_the_order_of_lists_chooses_no_fact(rows, rng):
    listings = [
        replace(KARIM_TESTANI, id=f"L-{number}", name=name, source=source, documents=())
        for number, (name, source, _) in enumerate(rows)
    ]
    listings = [passport(one, "P01234567") if row[2] else one for one, row in zip(listings, rows, strict=True)]
    person_of = dict.fromkeys((one.id for one in listings), ONE)
    first = derive_persons(listings, person_of, trust=TRUST)
    rng.shuffle(listings)
    assert derive_persons(listings, person_of, trust=TRUST) == first


def test_an_exact_birth_date_comes_before_a_year():
    year = PartialDate(((date(1980, 1, 1), date(1980, 12, 31)),), Precision.YEAR, Calendar.GREGORIAN)
    person = derived(replace(KARIM_AGAIN, birth=year), KARIM_TESTANI)
    assert person.birth == KARIM_TESTANI.birth
    assert "birth" not in person.doubts


def test_facts_that_disagree_are_a_doubt():
    person = derived(KARIM_TESTANI, replace(KARIM_AGAIN, sex=Sex.FEMALE, birth=born(1999, 1, 2)))
    assert {"sex", "birth"} <= set(person.doubts)


@pytest.mark.parametrize("field", ["father", "mother", "spouse"])
@pytest.mark.parametrize(
    ("one", "other", "is_doubt"),
    [
        ("Ghani", "Omar", True),
        ("Abdul Rahim", "Abdul Karim", True),
        ("Mohammad Omar", "Mohammad Ghani", True),
        ("Ghani", "Abdul Ghani Khan", False),
        ("Omar", "Umar", False),
        ("Omar", "عمر", False),
        ("Omar", "", False),
        ("Omar", "FNU", False),
    ],
)
def test_relatives_of_two_names_are_a_doubt_and_two_spellings_are_none(field, one, other, is_doubt):
    person = derived(replace(KARIM_TESTANI, **{field: one}), replace(KARIM_AGAIN, **{field: other}))
    assert (field in person.doubts) == is_doubt


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


def test_a_placeholder_is_no_part_of_a_persons_name():
    fnu = replace(KARIM_TESTANI, name="FNU Khalilullah", father="LNU")
    person = derived(fnu, replace(fnu, id="L-DARI", name="خلیل الله تخلص ندارد", father=""))
    assert (person.name_latin, person.name_arabic) == ("Khalilullah", "خلیل الله")
    assert person.other_names == ()
    assert person.father == ""
    nobody = derived(replace(KARIM_TESTANI, name="FNU LNU"))
    assert nobody.name == ""
