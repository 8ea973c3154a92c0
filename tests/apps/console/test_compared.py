"""Two rows beside each other: what differs is shown, the rest is told in a line and opened by whoever wants it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from safepassage.apps.accounts.roles import Role
from safepassage.apps.console.selectors.compared import compare_rows
from safepassage.core.people import Document, DocumentKind, Relation, Sex
from tests.cast import born, listing

from .people import listing_of, question_about

ONE = replace(
    listing("ONE", "Karim Testani", sex=Sex.MALE, birth=born(1980, 5, 14), father="Omar"),
    phones=("+93701234567",),
    documents=(Document(DocumentKind.PASSPORT, "P01234567"),),
)


def told(**changes: object) -> tuple[list[str], tuple[str, ...], tuple[str, ...]]:
    found = compare_rows(ONE, replace(ONE, **changes))  # type: ignore[arg-type]
    return [one.name for one in found.differing], found.same, found.alone


def test_every_fact_that_either_row_states_stands_in_one_place() -> None:
    assert told() == ([], ("name", "father", "birth", "sex", "document", "phone"), ())
    differing, same, alone = told(father="Ghani", phones=(), birth=born(1981, 5, 14), relation=Relation.HEAD)
    assert (differing, same, alone) == (["father", "birth"], ("name", "sex", "document"), ("relation", "phone"))


def test_names_that_are_written_alike_and_numbers_that_one_of_two_rows_shares_are_the_same() -> None:
    assert told(name="KARIM  TESTANI", phones=("+93700000001", "+93701234567"))[0] == []
    assert told(documents=(Document(DocumentKind.NATIONAL_ID, "P01234567"),))[0] == []


def test_what_is_not_known_differs_from_nothing() -> None:
    assert told(sex=Sex.UNKNOWN, relation=Relation.UNKNOWN, birth=None)[0] == []


@pytest.mark.django_db
def test_of_many_pairs_each_shows_what_differs_and_keeps_the_rest_folded(store, signed_in) -> None:
    yusuf, nadia, omid = (listing_of(name) for name in ("Yusuf", "Nadia", "Omid"))
    client = signed_in(Role.ADJUDICATOR)
    many = client.get(f"/reviews/{question_about((yusuf, nadia), (yusuf, omid))}/").text
    assert many.count('<table class="compared">') == 2
    assert many.count("<summary>All that both rows say</summary>") == 2
    assert many.index('<table class="compared">') < many.index("<summary>All that both") < many.index('class="sides"')
    one = client.get(f"/reviews/{question_about((yusuf, nadia))}/").text
    assert 'class="compared"' not in one
    assert 'class="sides"' in one
