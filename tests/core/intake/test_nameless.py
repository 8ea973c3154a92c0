"""People whose name the list does not know: whoever is told of keeps a seat, and is flagged."""

from __future__ import annotations

import pytest

from core.intake.made import table, take
from safepassage.core.intake import BatchResult, DoubtCode, Outcome, RejectCode
from safepassage.core.people import Listing, Relation, Sex

FORM = (
    "Name", "Phone", "Member 1 name", "Member 1 DOB", "Member 1 sex", "Member 1 relation",
    "Member 2 name", "Member 2 relation",
)  # fmt: skip


def of_row(batch: BatchResult, number: int) -> list[Listing]:
    return [one for one in batch.listings if one.row.number == number]


def codes(batch: BatchResult, number: int) -> list[DoubtCode]:
    return [doubt.code for doubt in batch.doubts if doubt.number == number]


@pytest.mark.parametrize("word", ["FNU", "LNU", "fnu lnu", "unknown", "نامعلوم", "Baby", "No name", ""])
def test_a_member_without_a_name_but_with_a_birth_and_a_relation_keeps_a_seat(word: str) -> None:
    """The wife of row 3 is there so that "wife" is not printed on the form."""
    batch = take(
        table(
            FORM,
            ("Karim Testani", "0701234567", word, "1984", "F", "wife", "Omid", "son"),
            ("Omid Beispiel", "0701234568", "Laila", "1990", "F", "sister", "", ""),
        )
    )
    head, wife, son = of_row(batch, 2)
    assert (head.relation, head.name) == (Relation.HEAD, "Karim Testani")
    assert (wife.name, wife.relation, wife.sex) == ("", Relation.SPOUSE, Sex.FEMALE)
    assert wife.birth is not None
    assert wife.group == head.group == son.group
    assert DoubtCode.NAME_LACKING in codes(batch, 2)


def test_who_is_told_by_a_relation_alone_is_counted() -> None:
    batch = take(
        table(
            FORM,
            ("Karim Testani", "0701234567", "", "", "", "wife", "LNU", ""),
            ("Omid Beispiel", "0701234568", "Laila", "1990", "F", "sister", "", ""),
        )
    )
    _, wife, other = of_row(batch, 2)
    assert (wife.is_counted, wife.relation) == (True, Relation.SPOUSE)
    assert (other.is_counted, other.name) == (True, "")
    assert DoubtCode.KIN_WITHOUT_NAME in codes(batch, 2)


@pytest.mark.parametrize("word", ["n/a", "-", "none", "ندارد", "no", ""])
def test_an_empty_place_of_a_form_is_nobody(word: str) -> None:
    batch = take(
        table(
            FORM,
            ("Karim Testani", "0701234567", word, "-", "F", "n/a", word, ""),
            ("Omid Beispiel", "0701234568", "Laila", "1990", "F", "sister", "", ""),
        )
    )
    assert [one.name for one in of_row(batch, 2)] == ["Karim Testani"]
    assert codes(batch, 2) == []


def test_unknown_alone_is_a_doubt_and_no_seat() -> None:
    batch = take(table(FORM, ("Karim Testani", "0701234567", "unknown", "", "", "", "", "")))
    assert len(batch.listings) == 1
    assert codes(batch, 2) == [DoubtCode.KIN_WITHOUT_NAME]


def test_relations_printed_on_a_form_are_nobody() -> None:
    rows = [
        (f"Omid Beispiel{sign}", f"070123456{at}", "", "", "", "wife", "", "son") for at, sign in enumerate("abc")
    ]
    assert len(take(table(FORM, *rows)).listings) == 3


@pytest.mark.parametrize("word", ["FNU", "unknown", "نامعلوم", "FNU LNU", ""])
def test_a_row_of_a_family_without_a_name_keeps_a_seat(word: str) -> None:
    """No column of relations: family number, sex and birth tell that somebody is there."""
    batch = take(
        table(
            ("Name", "Family No", "Father", "Sex", "DOB"),
            ("Karim Testani", "1", "Gul", "M", "1970"),
            (word, "1", "Karim", "F", "2001"),
            (word, "1", "Karim", "F", ""),
            ("Laila Testani", "1", "", "F", "1975"),
        )
    )
    assert [one.name for one in batch.listings] == ["Karim Testani", "", "", "Laila Testani"]
    assert len({one.group for one in batch.listings}) == 1
    assert codes(batch, 3) == codes(batch, 4) == [DoubtCode.NAME_LACKING]


def test_fnu_alone_keeps_a_seat_in_a_family_and_unknown_alone_does_not() -> None:
    rows = (("Karim Testani", "1", "M"), ("FNU", "1", ""), ("unknown", "1", ""), ("FNU", "", ""))
    batch = take(table(("Name", "Family No", "Sex"), *rows))
    assert [one.name for one in batch.listings] == ["Karim Testani", ""]
    assert [row.reason for row in batch.rows][3:] == [RejectCode.NO_PERSON, RejectCode.NO_PERSON]


def test_the_lines_of_a_chat_keep_those_without_a_name() -> None:
    text = "Family of Karim Testani, Kabul, 0700111222\n1. Karim Testani, head, 45\n2. FNU, wife, 38\n3. LNU\n"
    batch = take(text.encode())
    assert [(one.name, one.relation) for one in batch.listings] == [
        ("Karim Testani", Relation.HEAD),
        ("", Relation.SPOUSE),
        ("", Relation.UNKNOWN),
    ]


def test_a_row_that_says_name_unknown_needs_no_family_and_a_blank_one_does() -> None:
    batch = take(
        table(
            ("First name", "Last name", "Father", "Sex", "DOB"),
            ("FNU", "LNU", "Karim", "M", "1970"),
            ("", "", "Karim", "F", "1970"),
            ("Omid", "Beispiel", "Karim", "M", "1970"),
        )
    )
    assert [(one.name, one.father) for one in batch.listings] == [("", "Karim"), ("Omid Beispiel", "Karim")]
    assert [(row.outcome, row.reason) for row in batch.rows][2] == (Outcome.REJECTED, RejectCode.NO_PERSON)


def test_fnu_in_a_cell_that_lists_several_keeps_a_seat() -> None:
    batch = take(
        table(("Name", "Phone", "Children names"), ("Karim Testani", "0701234567", "Omid (5), FNU (3), FNU"))
    )
    assert [one.name for one in batch.listings] == ["Karim Testani", "Omid", "", ""]
