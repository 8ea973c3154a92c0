"""Numbers of documents are compared by what they say, however a list groups their digits."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from safepassage.core.documents import read_document
from safepassage.core.identity.compare_facts import NumberComparer
from safepassage.core.identity.features import columns_of
from safepassage.core.identity.levels import LEVELS
from safepassage.core.identity.rarity import rarity_of
from safepassage.core.identity.values import EvidenceField
from safepassage.core.people import Document, DocumentKind, Listing
from tests.cast import listing
from tests.core.identity.people import found_in

TAZKIRA = DocumentKind.TAZKIRA_PAPER


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("1999000070739", "1999-0000-70739", "equal"),
        ("1399-2083-02914", "1399208302914", "equal"),
        ("99 449779", "99449779", "equal"),
        ("99-44-97-79", "99449779", "equal"),
        ("34/47/867", "J34 S47 Sh867", "equal"),
        ("1/234/5", "12/3/45", "differ"),
        ("99449779", "94449779", "one slip"),
        ("99449779", "25861301", "differ"),
    ],
)
def test_a_tazkira_is_one_number_however_its_digits_are_grouped(one: str, other: str, level: str) -> None:
    people = [
        replace(listing(name, "Somebody Exemplar"), documents=(read_document(text, hint_kind=TAZKIRA),))
        for name, text in (("ONE", one), ("OTHER", other))
    ]
    columns = columns_of(people)
    numbers = NumberComparer(columns, rarity_of(columns))
    found = numbers.tazkiras(np.array([0]), np.array([1]))
    assert LEVELS[EvidenceField.TAZKIRA][found[0]] == level


def passport_level(one: Document, other: Document) -> str:
    return _level(EvidenceField.PASSPORT, (one,), (other,))


def _level(field: EvidenceField, one: tuple[Document, ...], other: tuple[Document, ...]) -> str:
    people = [
        replace(listing(name, "Somebody Exemplar"), documents=documents)
        for name, documents in (("ONE", one), ("OTHER", other))
    ]
    columns = columns_of(people)
    numbers = NumberComparer(columns, rarity_of(columns))
    compare = numbers.passports if field is EvidenceField.PASSPORT else numbers.tazkiras
    return ["", *LEVELS[field][1:]][compare(np.array([0]), np.array([1]))[0]]


PASSPORT, ID, OTHER, VISA = DocumentKind.PASSPORT, DocumentKind.NATIONAL_ID, DocumentKind.OTHER, DocumentKind.VISA


@pytest.mark.parametrize("kind", [ID, OTHER])
@pytest.mark.parametrize("number", ["P01234567", "AB1234567", "99991234", "999912345"])
def test_a_passport_meets_its_number_where_a_list_calls_it_an_id(kind: DocumentKind, number: str) -> None:
    assert passport_level(Document(PASSPORT, number), Document(kind, number)) == "equal"
    assert passport_level(Document(kind, number), Document(PASSPORT, number)) == "equal"


@pytest.mark.parametrize("kind", [ID, OTHER])
def test_a_tazkira_meets_its_number_where_a_list_calls_it_an_id(kind: DocumentKind) -> None:
    for stated, number in (
        (DocumentKind.TAZKIRA_PAPER, "99449779"),
        (DocumentKind.TAZKIRA_ELECTRONIC, "1399208302914"),
    ):
        one, other = (Document(stated, number),), (Document(kind, number),)
        assert _level(EvidenceField.TAZKIRA, one, other) == "equal"


@pytest.mark.parametrize("kind", [ID, OTHER])
@pytest.mark.parametrize("number", ["P07654321", "99441234"])
def test_an_id_that_may_be_something_else_speaks_against_no_passport(kind: DocumentKind, number: str) -> None:
    assert passport_level(Document(PASSPORT, "P01234567"), Document(kind, number)) == ""


def test_two_kinds_that_are_stated_never_meet() -> None:
    for kind in (VISA, DocumentKind.CASE_NUMBER, DocumentKind.EMPLOYER_ID, DocumentKind.TAZKIRA_PAPER):
        assert passport_level(Document(PASSPORT, "P01234567"), Document(kind, "P01234567")) == ""
    assert _level(EvidenceField.TAZKIRA, (Document(TAZKIRA, "9999123"),), (Document(PASSPORT, "9999123"),)) == ""


def test_two_ids_of_a_passport_s_form_are_compared_as_passports() -> None:
    assert passport_level(Document(ID, "P01234567"), Document(ID, "P01234567")) == "equal"
    assert passport_level(Document(ID, "P01234567"), Document(ID, "P09876543")) == "differ"


def test_two_ids_of_digits_alone_are_compared_once() -> None:
    one = (Document(ID, "99449779"),)
    assert _level(EvidenceField.TAZKIRA, one, one) == "equal"
    assert _level(EvidenceField.PASSPORT, one, one) == ""


def test_a_second_number_of_the_same_passport_hides_no_first() -> None:
    """A list that writes passport and ID both: the passport stands first, and nothing is silenced by the ID."""
    one, other = (Document(PASSPORT, "P01234567"), Document(ID, "99441234")), (Document(PASSPORT, "P01234567"),)
    assert _level(EvidenceField.PASSPORT, one, other) == "equal"
    assert _level(EvidenceField.PASSPORT, one, (Document(PASSPORT, "P09876543"),)) == "differ"


def test_one_number_of_two_countries_is_two_passports() -> None:
    assert passport_level(Document(PASSPORT, "AB1234567", "PAK"), Document(PASSPORT, "AB1234567", "IRN")) == "differ"
    assert passport_level(Document(PASSPORT, "AB1234567", "PAK"), Document(PASSPORT, "AB1234567", "PAK")) == "equal"
    assert passport_level(Document(PASSPORT, "AB1234567", "PAK"), Document(PASSPORT, "AB1234567")) == "equal"


def test_a_passport_in_one_list_and_an_id_in_the_other_are_one_person() -> None:
    one = replace(listing("ONE", "Karim Exemplar", source="S-EMBASSY"), documents=(Document(PASSPORT, "P01234567"),))
    other = replace(listing("OTHER", "Karim Exemplar", source="S-NGO"), documents=(Document(ID, "P01234567"),))
    assert _is_certain(one, other)
    abroad = replace(one, documents=(Document(PASSPORT, "P01234567", "PAK"),))
    at_home = replace(other, documents=(Document(PASSPORT, "P01234567", "AFG"),))
    assert _is_certain(abroad, replace(at_home, documents=abroad.documents))
    assert not _is_certain(abroad, at_home)


def _is_certain(one: Listing, other: Listing) -> bool:
    (link,) = [link for link in found_in((one, other)).links if {link.left, link.right} == {one.id, other.id}]
    return link.is_certain
