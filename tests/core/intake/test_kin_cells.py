"""Names of several kin in one cell, and what stands behind each name: age, year of birth, sex."""

from __future__ import annotations

import pytest

from core.intake.made import table, take
from safepassage.core.dates import age_in_years
from safepassage.core.people import Listing
from tests.core.intake.made import RECEIVED


def kin(cell: str, header: str = "Children") -> list[Listing]:
    """Whom the cell under the header tells beside the row's own person."""
    wife, children = (cell, "") if header == "Wife" else ("", cell)
    rows = [("Hamid Testani", "0701234567", wife, children), ("Najib Samplezad", "0701234568", "Laila", "Omid (4)")]
    people = take(table(("Name", "Phone", "Wife", "Children"), *rows)).listings
    return [one for one in people if one.row.number == 2][1:]


def told(people: list[Listing]) -> list[tuple[str, int | None]]:
    """Name and age of each."""
    return [(one.name, (age_in_years(one.birth, RECEIVED) or (0, 0))[0] if one.birth else None) for one in people]


@pytest.mark.parametrize(
    "between",
    [" and ", "and ", " & ", "&", " و ", " او ", ", ", "، ", "; ", "؛ ", " / ", "/", " + ", "\n", ", and ", " "],
)
@pytest.mark.parametrize(("open_", "close"), [("(", ")"), ("[", "]")])
def test_kin_with_an_age_in_brackets_are_each_read_whatever_stands_between(
    between: str, open_: str, close: str
) -> None:
    people = [("Ali", 35), ("Shabnam", 34), ("Suhail", 32), ("Freshta", 29)]
    cell = between.join(f"{name} {open_}{age}{close}" for name, age in people)
    assert told(kin(cell)) == people


@pytest.mark.parametrize(
    "between", [" and ", " & ", " و ", " او ", ", ", "، ", "; ", "/", " / ", " + ", "\n", ", and "]
)
def test_names_without_an_age_are_parted_too(between: str) -> None:
    assert told(kin(between.join(("Muhammad", "Shabnam", "Suhail")))) == [
        ("Muhammad", None),
        ("Shabnam", None),
        ("Suhail", None),
    ]


@pytest.mark.parametrize("header", ["Wife", "Children"])
@pytest.mark.parametrize(
    ("cell", "name", "age"),
    [
        ("Nasrin (59)", "Nasrin", 59),
        ("Nasrin, 59", "Nasrin", 59),
        ("Nasrin - 59", "Nasrin", 59),
        ("Nasrin 59 yrs", "Nasrin", 59),
        ("Nasrin, 59 yrs", "Nasrin", 59),
        ("Nasrin (59 years old)", "Nasrin", 59),
        ("Nasrin (aged 59)", "Nasrin", 59),
        ("نسرین (۵۹)", "نسرین", 59),
        ("نسرین (٥٩)", "نسرین", 59),
        ("نسرین، ۵۹", "نسرین", 59),
        ("نسرین ۵۹ ساله", "نسرین", 59),
        ("Nasrin (b. 1965)", "Nasrin", 55),
        ("Nasrin (1965)", "Nasrin", 55),
        ("Nasrin, born 1965", "Nasrin", 55),
        ("نسرین (متولد ۱۳۴۴)", "نسرین", 55),
        ("Noor-ul-Nisa Anderson (59)", "Noor-ul-Nisa Anderson", 59),
    ],
)
def test_an_age_or_a_year_behind_a_name_is_no_part_of_it(cell: str, name: str, age: int, header: str) -> None:
    (one,) = kin(cell, header)
    assert told([one]) == [(name, age)]


def test_the_same_forms_are_read_behind_each_of_several() -> None:
    assert told(kin("Ali, 12 yrs and Sara - 9; Omid (b. 2015)")) == [("Ali", 12), ("Sara", 9), ("Omid", 5)]
    assert told(kin("علی (۳۵) و شبنم، ۳۴ او سهیل ۳۲ ساله")) == [("علی", 35), ("شبنم", 34), ("سهیل", 32)]
    assert told(kin("Ali 12. Sara 9.")) == [("Ali", 12), ("Sara", 9)]


@pytest.mark.parametrize(
    "cell", ["Ali (M), Sara (f)", "Ali (12 M) and Sara (F, 9)", "Ali 12M, Sara 9F", "Ali, M; Sara, F"]
)
def test_a_sex_behind_a_name_is_no_part_of_it(cell: str) -> None:
    assert [(one.name, one.sex.value) for one in kin(cell)] == [("Ali", "m"), ("Sara", "f")]


def test_a_small_m_behind_a_figure_tells_months() -> None:
    assert told(kin("Omid (6m)")) == [("Omid", 0)]
    assert kin("Omid (6m)")[0].sex.value == "u"


@pytest.mark.parametrize(
    "cell",
    ["1) Ali 12 2) Sara 9", "(1) Ali (12) (2) Sara (9)", "1. Ali, 12\n2. Sara, 9", "kids 1) Ali (12) 2) Sara (9)"],
)
def test_numbers_before_the_names_are_no_ages(cell: str) -> None:
    assert told(kin(cell))[-2:] == [("Ali", 12), ("Sara", 9)]


def test_young_children_s_ages_are_no_numbering() -> None:
    assert told(kin("Ali (1) Sara (2) Omid (3)")) == [("Ali", 1), ("Sara", 2), ("Omid", 3)]


@pytest.mark.parametrize("name", ["Anderson", "Sand", "Wahida", "Noor-ul-Haq", "Abdul-Rahman Orande"])
@pytest.mark.parametrize("header", ["Wife", "Children"])
def test_a_name_is_never_cut(name: str, header: str) -> None:
    assert told(kin(name, header)) == [(name, None)]


def test_two_wives_under_one_header_are_two_people() -> None:
    assert told(kin("Nasrin (59) and Zarmina (40)", "Wife")) == [("Nasrin", 59), ("Zarmina", 40)]
    assert [one.relation.value for one in kin("Nasrin & Zarmina", "Wife")] == ["spouse", "spouse"]


@pytest.mark.parametrize("cell", ["Testani, Laila", "Laila / لیلا"])
def test_a_comma_or_a_slash_in_a_column_for_one_name_parts_nobody(cell: str) -> None:
    assert [one.name for one in kin(cell, "Wife")] == [cell]


@pytest.mark.parametrize(
    ("cell", "named", "elsewhere"),
    [
        ("wife Sara; son Ali; brother Hamid in Germany", ["Sara", "Ali"], 1),
        ("Sara (wife), Hamid (son, in Germany)", ["Sara"], 1),
        ("Ali (5), Hamid in Turkey", ["Ali"], 1),
        ("Hamid already evacuated", [], 1),
        ("Hamid (lives in Canada), Omid in Herat", ["Omid in Herat"], 1),
        ("حمید برادر در آلمان", [], 1),
    ],
)
def test_kin_who_are_named_and_told_to_be_abroad_hold_no_seat(cell: str, named: list[str], elsewhere: int) -> None:
    batch = take(table(("Name", "Phone", "Children"), ("Karim Testani", "0700000101", cell)))
    karim, *others = batch.listings
    assert [one.name for one in others] == named
    assert karim.kin_elsewhere == elsewhere
    assert "1; they are no listings" in str(batch.warnings)


def test_a_row_whose_relation_says_that_they_are_abroad_is_no_person_to_be_moved() -> None:
    batch = take(
        table(
            ("Family No", "Name", "Relation", "Age"),
            ("1", "Karim Testani", "Head", "41"),
            ("1", "Hamid Testani", "brother in Germany", "35"),
            ("1", "Laila Testani", "Wife", "36"),
        )
    )
    assert [one.name for one in batch.listings] == ["Karim Testani", "Laila Testani"]
    assert batch.listings[0].kin_elsewhere == 1
    assert [row.reason for row in batch.rows][2] == "elsewhere"
