"""Kin in one cell: named, or counted; each takes one place and nobody takes two."""

from __future__ import annotations

import pytest

from core.intake.made import table, take
from safepassage.core.dates import age_in_years
from safepassage.core.intake import DoubtCode
from safepassage.core.intake.lexicon.kin import Kin, Piece, read_kin, read_piece
from safepassage.core.people import Listing, Need, Relation, Sex
from tests.core.intake.made import RECEIVED

HEAD = ("Name of head", "Phone")


def family(cell: str, *, header: str = "Who is with them") -> list[Listing]:
    """The family of one row whose last cell tells of kin."""
    rows = [("Hamid Testani", "0701234567", cell), ("Najib Samplezad", "0701234568", "")]
    return [one for one in take(table((*HEAD, header), *rows)).listings if one.row.number == 2]


def ages(people: list[Listing]) -> list[int | None]:
    """The least age of each."""
    return [(age_in_years(one.birth, RECEIVED) or (0, 0))[0] if one.birth else None for one in people]


def test_counted_kin_are_members_without_a_name_and_their_names_are_asked_for() -> None:
    rows = [
        ("Hamid Testani", "0701234567", "wife, 3 kids (12, 9, 4)"),
        ("Tariq Samplezad", "0701234569", "alone"),
        ("Latif Testani", "0701234561", "خانم، ۲ طفل (۷، ۸ ماه)"),
        ("Yusuf Testani", "0701234560", "with family"),
    ]
    batch = take(table(("Name of head", "Phone", "Around"), *rows))
    counted = [one for one in batch.listings if one.is_counted]
    assert all(not one.name and not one.documents and not one.phones for one in counted)
    assert [(one.row.number, one.relation) for one in counted] == [
        (2, Relation.SPOUSE),
        *[(2, Relation.CHILD)] * 3,
        (4, Relation.SPOUSE),
        *[(4, Relation.CHILD)] * 2,
    ]
    assert ages(counted) == [None, 12, 9, 4, None, 7, 0]
    assert {one.group for one in batch.listings if one.row.number == 2} == {batch.listings[0].group} != {None}
    asked = [doubt.number for doubt in batch.doubts if doubt.code is DoubtCode.KIN_WITHOUT_NAME]
    assert asked == [2, 4, 5]


@pytest.mark.parametrize(
    ("cell", "relations", "known_ages"),
    [
        ("wife + 2 children ages 4, 7", ["spouse", "child", "child"], [None, 4, 7]),
        ("husband, 2 sons and 2 daughters ages 4, 7, 9, 11", ["spouse", *["child"] * 4], [None, 4, 7, 9, 11]),
        ("family of 5", ["unknown"] * 4, [None] * 4),
        ("4 family members", ["unknown"] * 4, [None] * 4),
        ("parents and my wife", ["parent", "parent", "spouse"], [None] * 3),
        ("his wife and 6 month old baby", ["spouse", "child"], [None, 0]),
        ("2 sons under 10", ["child", "child"], [None, None]),
        ("none", [], []),
        ("no children", [], []),
    ],
)
def test_words_that_count_kin_give_each_a_place(
    cell: str, relations: list[str], known_ages: list[int | None]
) -> None:
    kin = family(cell)[1:]
    assert [one.relation.value for one in kin] == relations
    assert ages(kin) == known_ages
    assert all(one.is_counted for one in kin)


def test_a_number_alone_counts_those_whom_the_header_means() -> None:
    assert [one.relation for one in family("3", header="Children")[1:]] == [Relation.CHILD] * 3
    assert [one.relation for one in family("2", header="Dependents")[1:]] == [Relation.UNKNOWN] * 2
    assert family("0", header="Children")[1:] == family("5", header="Family size")[1:] == []


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("1) Maryam 34 wife\n2) Yama 10 son", [("Maryam", "spouse", 34), ("Yama", "child", 10)]),
        ("Ali - son - 12; Bina - daughter - 9", [("Ali", "child", 12), ("Bina", "child", 9)]),
        ("Maryam (wife, 34)", [("Maryam", "spouse", 34)]),
        ("Sara: daughter, 5", [("Sara", "child", 5)]),
        ("Mina (5), Omid 3y", [("Mina", "unknown", 5), ("Omid", "unknown", 3)]),
        ("Ali son of Karim 7", [("Ali", "unknown", 7)]),
    ],
)
def test_kin_with_a_name_keep_name_relation_and_age(cell: str, told: list[tuple[str, str, int]]) -> None:
    kin = family(cell)[1:]
    assert [(one.name, one.relation.value, age) for one, age in zip(kin, ages(kin), strict=True)] == told
    assert not any(one.is_counted for one in kin)


def test_those_named_beside_a_count_are_not_counted_twice() -> None:
    hamid, laila, ali, sara, third = family("wife Laila, 3 kids: Ali, Sara (5)")
    assert [laila.name, ali.name, sara.name, third.name] == ["Laila", "Ali", "Sara", ""]
    assert [ali.relation, sara.relation, third.relation] == [Relation.CHILD] * 3
    assert [one.is_counted for one in (hamid, laila, ali, sara, third)] == [False] * 4 + [True]


def test_a_group_that_names_its_members_in_rows_of_their_own_does_not_count_them_again() -> None:
    header = ("Family", "Name", "Relation", "Age", "Who is with them")
    rows = [
        ("7", "Karim Testani", "head", "40", "wife, 3 kids (12, 9, 4)"),
        ("7", "Laila Testani", "wife", "36", ""),
        ("7", "Ali Testani", "son", "9", ""),
    ]
    people = take(table(header, *rows)).listings
    assert len(people) == 5
    assert sorted(age for age in ages([one for one in people if one.is_counted]) if age) == [4, 12]


def test_columns_that_count_the_same_children_count_them_once() -> None:
    header = ("Name", "Phone", "No. of children", "Sons", "Daughters")
    rows = [("Karim Testani", "0701234567", "5", "2", "3"), ("Omid Beispiel", "0701234568", "2", "", "")]
    people = take(table(header, *rows)).listings
    first, second = ([one for one in people if one.row.number == row and one.is_counted] for row in (2, 3))
    assert [one.sex for one in first] == [Sex.MALE] * 2 + [Sex.FEMALE] * 3
    assert len(second) == 2


def test_a_need_told_beside_kin_is_theirs() -> None:
    _, wife = family("wife (pregnant)")
    assert wife.needs == (Need.PREGNANCY,)


def test_the_ids_of_named_people_do_not_depend_on_whom_the_row_counts() -> None:
    first, second = family("Ali (5)"), family("Ali (5)")
    assert [one.id for one in first] == [one.id for one in second]
    assert [one.row.number for one in family("Ali (5), 2 daughters")] == [2] * 4


def test_words_of_kin_are_read_with_number_age_and_sex() -> None:
    assert read_kin("3 kids (12, 9, 4)") == Kin("kid", 3, ("12", "9", "4"))
    assert read_kin("two daughters") == Kin("daughter", 2, (), "f")
    assert read_kin("wife") == Kin("wife", 1, (), "f")
    assert read_kin("40 children") == Kin("child", 2, ("40",))
    assert read_kin("Mina (5)") is read_kin("994801221") is read_kin("6 months") is None
    assert read_piece("Gul Khan").name == "Gul Khan"
    assert read_piece("Maryam 34 wife") == Piece("Maryam", Kin("wife", 1, ("34",), "f"))


@pytest.mark.parametrize(
    ("note", "relations"),
    [
        ("3 kids", ["child"] * 3),
        ("wife, 3 kids (12, 9, 4)", ["spouse", *["child"] * 3]),
        ("wife and 3 kids", ["spouse", *["child"] * 3]),
        ("۳ طفل", ["child"] * 3),
        ("2 brothers", ["sibling"] * 2),
        ("wife", []),
        ("daughter 5", []),
        ("2 children in Germany", []),
        ("5 years in ANA", []),
        ("2 passports", []),
        ("needs 2 seats", []),
    ],
)
def test_remarks_that_only_count_kin_keep_seats_for_them_and_others_do_not(note: str, relations: list[str]) -> None:
    rows = (("Karim Testani", "Nabi", "1980-01-02", note), ("Yusuf Beispiel", "Adam", "1971-11-30", "called twice"))
    people = take(table(("Name", "Father", "DOB", "Remarks"), *rows)).listings
    assert [one.relation.value for one in people if one.is_counted] == relations
    assert [one.row.number for one in people if not one.is_counted] == [2, 3]


def test_a_family_s_name_beside_members_with_columns_of_their_own_is_nobody_more() -> None:
    header = (
        "Family name",
        "Contact phone",
        "Member 1 name",
        "Member 1 relation",
        "Member 2 name",
        "Member 2 relation",
    )
    rows = (
        ("Testani", "+93 70 000 0001", "Karim Testani", "Self", "Laila Testani", "Wife"),
        ("Beispiel", "+93 70 000 0002", "Yusuf Beispiel", "Self", "", ""),
    )
    people = take(table(header, *rows)).listings
    assert [one.name for one in people] == ["Karim Testani", "Laila Testani", "Yusuf Beispiel"]
    assert [one.phones for one in people] == [("+93700000001",), (), ("+93700000002",)]


@pytest.mark.parametrize(
    "cell",
    [
        "2 children in Germany",
        "2 kids abroad",
        "2 sons already evacuated",
        "2 daughters were evacuated to Doha",
        "۲ طفل در آلمان",
        "۲ فرزند در خارج از کشور هستند",
        "۲ طفل تخلیه شده",
        "دوه ماشومان په جرمني کې دي",
        "۲ زامن له هېواده بهر دي",
        "۲ لوڼې مخکې ایستل شوي دي",
    ],
)
@pytest.mark.parametrize("header", ["Who is with them", "Remarks"])
def test_kin_who_are_elsewhere_keep_no_seat_and_nobody_asks_for_their_names(cell: str, header: str) -> None:
    rows = [("Hamid Testani", "0701234567", cell), ("Najib Samplezad", "0701234568", "wife, 2 kids")]
    batch = take(table((*HEAD, header), *rows))
    (hamid,) = (one for one in batch.listings if one.row.number == 2)
    assert (hamid.name, hamid.kin_elsewhere) == ("Hamid Testani", 2)
    assert [doubt.number for doubt in batch.doubts if doubt.code is DoubtCode.KIN_WITHOUT_NAME] == [3]


@pytest.mark.parametrize(
    ("cell", "here", "elsewhere"),
    [
        ("wife, 2 children in Germany", ["spouse"], 2),
        ("3 kids (2 in Germany)", ["child"], 2),
        ("3 kids, 2 of them in Canada", ["child"], 2),
        ("wife, husband's brother abroad", ["spouse"], 1),
        ("wife and 2 kids in Herat", ["spouse", "child", "child"], 0),
        ("wife, 2 kids, wants to go to Germany", ["spouse", "child", "child"], 0),
    ],
)
def test_only_those_who_are_elsewhere_are_left_out(cell: str, here: list[str], elsewhere: int) -> None:
    own, *kin = family(cell)
    assert [one.relation.value for one in kin if one.is_counted] == here
    assert own.kin_elsewhere == elsewhere


@pytest.mark.parametrize(
    ("header", "cell", "size"),
    [
        ("Family size", "6", 6),
        ("Family size", "6.0", 6),
        ("Family size", "6 persons", 6),
        ("Family size", "six", 6),
        ("تعداد اعضای خانواده", "۶ نفر", 6),
        ("د کورنۍ غړي", "۶", 6),
        ("How many family members will travel with you", "5", 6),
        ("Family size", "0701234567", 0),
        ("Family size", "3 or 4", 0),
    ],
)
def test_a_stated_family_size_is_read(header: str, cell: str, size: int) -> None:
    rows = [("Hamid Testani", "0701234567", cell), *(("Najib Samplezad", f"070123456{at}", "3") for at in range(4))]
    hamid = take(table((*HEAD, header), *rows)).listings[0]
    assert hamid.stated_size == size
