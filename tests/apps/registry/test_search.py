"""A person is found by any part of what is known of them, in either script, at a cost that does not grow."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safepassage.apps.registry.models import PersonRecord, SearchTerm
from safepassage.apps.registry.search import LOOKED_AT, persons_find
from safepassage.apps.registry.services import person_erase, resolve_run
from safepassage.core.ids import PersonId
from tests.apps.console.people import NOW, person_named, take_in

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
LIST = (
    "Name,Father name,DOB,Passport,Phone,Place\n"
    "Abdul Rahman Testani,Nabi Muster,1971-03-09,P7654321,+93 70 000 0011,Herat\n"
    "عبدالرحمن نمونه,یوسف,1992-03-09,,0093 70 000 0012,Kabul\n"
    "Marjan Exemplar,Adam,1988,A00112233,0700000013,Kabul\n"
)


@pytest.fixture
def store(operation: object, tmp_path: Path) -> Path:
    take_in(LIST, "list.csv", tmp_path, source="Test office")
    resolve_run(account="clerk", now=NOW)
    return tmp_path


def found(asked: str, fact: str = "") -> set[str]:
    names = {one.name for one in persons_find(asked, fact=fact).persons}
    return {name.split()[-1] for name in names}


@pytest.mark.parametrize(
    ("asked", "fact", "who"),
    [
        ("0700000011", "", "Testani"),
        ("+93700000011", "", "Testani"),
        ("70 000 0011", "700000011", "Testani"),
        ("۰۷۰۰۰۰۰۰۱۱", "", "Testani"),
        ("P7654321", "", "Testani"),
        ("54321", "", "Testani"),
        ("a00112", "", "Exemplar"),
        ("abdul rahman", "1971", "Testani"),
        ("abdul rahman", "1992", "نمونه"),
        ("عبدالرحمن", "Nabi", "Testani"),
        ("abdurrahman", "یوسف", "نمونه"),
        ("Exemplar", "Adam", "Exemplar"),
    ],
)
def test_a_person_is_found_by_a_name_or_number_however_it_is_written(
    asked: str, fact: str, who: str, store: Path
) -> None:
    assert found(asked, fact) == {who}


@pytest.mark.parametrize("asked", ["Exemplr", "Exempler", "Exem", "Marjn"])
def test_a_slip_or_the_beginning_of_a_word_is_enough_where_nobody_fits_exactly(asked: str, store: Path) -> None:
    assert found(asked, "1988") == {"Exemplar"}


def test_what_is_of_another_person_does_not_add_up(store: Path) -> None:
    assert found("Exemplar", "Nabi") == set()
    assert found("Testani", "1988") == set()


def test_whoever_is_erased_can_be_found_by_nothing(store: Path) -> None:
    key = person_named("Marjan")
    assert SearchTerm.objects.filter(person=key).exists()
    person_erase(person=PersonId(key), reason="asked-for", account="clerk", now=NOW)
    assert found("Exemplar", "1988") == set()
    assert not SearchTerm.objects.filter(person=key).exists()


def test_terms_follow_what_is_known_after_each_run(store: Path) -> None:
    before = set(SearchTerm.objects.filter(person=person_named("Marjan")).values_list("pk", flat=True))
    take_in("Name,DOB\nOther Muster,1950\n", "more.csv", store, source="Second")
    resolve_run(account="clerk", now=NOW)
    assert found("Muster", "1950") == {"Muster"}
    assert set(SearchTerm.objects.filter(person=person_named("Marjan")).values_list("pk", flat=True)) == before


def test_a_name_that_many_bear_is_counted_to_a_bound_and_shows_nobody(store: Path) -> None:
    key = person_named("Marjan")
    content = PersonRecord.objects.get(pk=key).content
    many = [
        PersonRecord(
            id=f"P-{number:08d}", founded=10_000 + number, founder="x", content=content | {"id": f"P-{number:08d}"}
        )
        for number in range(LOOKED_AT + 50)
    ]
    PersonRecord.objects.bulk_create(many)
    terms = list(SearchTerm.objects.filter(person=key).values_list("term", flat=True))
    SearchTerm.objects.bulk_create(SearchTerm(term=bytes(term), person=one) for one in many for term in terms)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        answer = persons_find("Exemplar")
    assert (answer.persons, answer.total, answer.is_more, answer.is_named_enough) == ((), LOOKED_AT, True, False)
    assert len(seen) <= 4
