"""A person is found by any part of what is known of them, in either script, at a cost that does not grow."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from safepassage.apps.registry.erasing import person_erase
from safepassage.apps.registry.models import Membership, PersonListing, PersonRecord
from safepassage.apps.registry.search import LOOKED_AT, persons_find
from safepassage.apps.registry.search_index import Wanted, index_change, index_follow, index_renew, people_with
from safepassage.apps.registry.services import resolve_run
from safepassage.apps.registry.terms import terms_of
from safepassage.core.identity import Person
from safepassage.core.ids import PersonId
from tests.apps.console.people import NOW, person_named, take_in

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
LIST = (
    "Name,Father name,DOB,Passport,Phone,Place\n"
    "Abdul Rahman Testani,Nabi Muster,1971-03-09,P7654321,+93 70 000 0011,Herat\n"
    "عبدالرحمن نمونه,یوسف,1992-03-09,,0093 70 000 0012,Kabul\n"
    "Marjan Exemplar,Adam,1988,A00112233,0700000013,Kabul\n"
)

SOMEBODY = Person(id=PersonId("P-1"), listings=(), sources=(), groups=(), name="Somebody")


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
        ("abdul rahman", "1971-03-09", "Testani"),
        ("abdul rahman", "9/3/1971", "Testani"),
        ("abdul rahman", "1349", "Testani"),
        ("abdul rahman", "۱۳۴۹/۱۲/۱۸", "Testani"),
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


def test_whoever_is_erased_can_be_found_by_nothing_and_no_page_of_the_index_holds_their_words(store: Path) -> None:
    key = person_named("Marjan")
    assert people_with([Wanted(("nexemplar",))], at_most=9) == [key]
    assert connection.vendor != "sqlite" or "exemplar" in pages_of_the_index()
    person_erase(person=PersonId(key), reason="asked-for", account="clerk", now=NOW)
    assert found("Exemplar", "1988") == set()
    assert people_with([Wanted(("nexemplar",))], at_most=9) == []
    assert connection.vendor != "sqlite" or "exemplar" not in pages_of_the_index()


def pages_of_the_index() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT block FROM registry_found_data")
        return "".join(bytes(block).decode(errors="replace") for (block,) in cursor.fetchall())


def test_terms_follow_what_is_known_after_each_run(store: Path) -> None:
    marjan = person_named("Marjan")
    take_in("Name,DOB\nOther Muster,1950\n", "more.csv", store, source="Second")
    take_in("Name,DOB,Passport\nMarjan Muster,1988,A00112233\n", "again.csv", store, source="Third")
    resolve_run(account="clerk", now=NOW)
    assert found("Other Muster", "1950") == {"Muster"}
    assert people_with([Wanted(("nexemplar",)), Wanted(("nmuster",))], at_most=9) == [marjan]


@pytest.mark.parametrize(
    "sign", ['"', "'", "\\", "*", ":*", "&", "|", "!", "(", ")", " OR ", " AND ", "terms:", "^", "<->"]
)
def test_signs_of_the_engines_own_language_mean_nothing(sign: str, store: Path) -> None:
    assert people_with([Wanted((sign, f"nnobody{sign}ntestani"), (f"zz{sign}n",))], at_most=9) == []
    assert found(f"Exemplar {sign}", "1988") <= {"Exemplar"}


def test_an_index_laid_down_anew_is_the_same(store: Path) -> None:
    def everybody() -> list[list[str]]:
        return [sorted(people_with([Wanted((), (kind,))], at_most=99)) for kind in "nkfqdey"]

    before = everybody()
    assert all(before)
    index_renew()
    assert everybody() == before


def test_an_emptied_store_keeps_no_words(store: Path) -> None:
    if connection.vendor != "sqlite":
        return  # the index is the table's own
    texts = dict(PersonRecord.objects.values_list("id", "search_text"))
    index_follow()
    assert "exemplar" in pages_of_the_index()
    index_change({}, texts)
    index_change(texts, {})
    assert people_with([Wanted(("nexemplar",))], at_most=9)
    PersonListing.objects.all().delete()
    Membership.objects.all().delete()
    PersonRecord.objects.all().delete()
    index_follow()
    assert "exemplar" not in pages_of_the_index()


def test_a_name_that_many_bear_is_counted_to_a_bound_and_shows_nobody(store: Path) -> None:
    key = person_named("Marjan")
    content = PersonRecord.objects.get(pk=key).content
    text = PersonRecord.objects.get(pk=key).search_text
    ids = [f"P-{number:08d}" for number in range(LOOKED_AT + 50)]
    PersonRecord.objects.bulk_create(
        PersonRecord(id=one, founded=10_000 + at, founder="x", content=content | {"id": one}, search_text=text)
        for at, one in enumerate(ids)
    )
    index_change(dict.fromkeys(ids, text), {})
    with CaptureQueriesContext(
        connection,
    ) as seen:
        answer = persons_find("Exemplar")
    assert (answer.persons, answer.total, answer.is_more, answer.is_named_enough) == ((), LOOKED_AT, True, False)
    assert len(seen) <= 4


@example(asked="", fact="000²")
@given(asked=st.text(max_size=30), fact=st.text(max_size=20))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
def test_nothing_that_is_typed_is_an_error(asked: str, fact: str, store: Path) -> None:
    persons_find(asked, fact=fact)


@given(name=st.text(max_size=30), number=st.text(max_size=20))
def test_no_term_that_is_laid_down_has_a_sign_in_it(name: str, number: str) -> None:
    person = dataclasses.replace(SOMEBODY, name=name, father=name, phones=(number,), place=number)
    for term in terms_of(person):
        assert term[1:].isascii() is False or term.isalnum()


def test_one_who_is_hidden_changes_nothing_of_what_is_told_of_the_others(store: Path) -> None:
    one = PersonRecord.objects.get(pk=person_named("Marjan"))
    text = one.search_text
    ids = [f"P-{number:08d}" for number in range(LOOKED_AT + 1)]
    PersonRecord.objects.bulk_create(
        PersonRecord(
            id=key, founded=10_000 + at, founder="x", content=one.content | {"id": key}, search_text=one.search_text
        )
        for at, key in enumerate(ids)
    )
    index_change(dict.fromkeys(ids, one.search_text), {})
    hidden = persons_find("Exemplar", hidden=frozenset({PersonId(one.id)}))
    PersonRecord.objects.filter(pk=one.id).update(search_text="")
    index_change({}, {one.id: text})
    assert persons_find("Exemplar") == hidden
    assert hidden.is_more
