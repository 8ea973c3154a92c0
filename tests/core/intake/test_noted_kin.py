"""Kin of whom only a note speaks are a doubt on their family; remarks on anything else are none."""

from __future__ import annotations

import pytest

from core.intake.made import table, take
from safepassage.core.intake import BatchResult, DoubtCode
from safepassage.core.intake.lexicon.kin_needs import read_kin_needs
from safepassage.core.intake.lexicon.noted_kin import read_noted_kin
from safepassage.core.people import Need, Relation, Sex

HEADER = ("Family No", "Name", "Relation", "Sex", "Notes")


def listed(*rows: tuple[str, ...]) -> BatchResult:
    return take(table(HEADER, *rows))


def doubted(batch: BatchResult) -> list[int]:
    return [doubt.number for doubt in batch.doubts if doubt.code is DoubtCode.KIN_IN_NOTES]


@pytest.mark.parametrize(
    ("note", "relation", "sex", "name", "count"),
    [
        ("also his mother Nasrin", Relation.PARENT, Sex.FEMALE, "Nasrin", 1),
        ("staff since 2019, also his mother Nasrin, phone of reception", Relation.PARENT, Sex.FEMALE, "Nasrin", 1),
        ("mother comes too", Relation.PARENT, Sex.FEMALE, "", 1),
        ("wants to travel with his wife", Relation.SPOUSE, Sex.FEMALE, "", 1),
        ("plus two brothers", Relation.SIBLING, Sex.MALE, "", 2),
        ("brother Hamid", Relation.SIBLING, Sex.MALE, "Hamid", 1),
        ("his mother in law Zahra will come", Relation.PARENT_IN_LAW, Sex.FEMALE, "Zahra", 1),
        ("همچنان مادرش نسرین", Relation.PARENT, Sex.FEMALE, "نسرین", 1),
        ("مادرش هم می‌آید", Relation.PARENT, Sex.FEMALE, "", 1),
        ("به شمول مادر پیرش", Relation.PARENT, Sex.FEMALE, "", 1),
        ("نیز دو برادرش", Relation.SIBLING, Sex.MALE, "", 2),
        ("مور یې نسرینه هم ورسره ده", Relation.PARENT, Sex.UNKNOWN, "نسرینه", 1),
        ("له خپلې مور سره", Relation.PARENT, Sex.UNKNOWN, "", 1),
        ("خور یې هم راځي", Relation.SIBLING, Sex.UNKNOWN, "", 1),
    ],
)
def test_a_note_tells_of_company(note: str, relation: Relation, sex: Sex, name: str, count: int) -> None:
    (kin,) = read_noted_kin(note)
    assert (kin.relation, kin.name, kin.count) == (relation, name, count)
    assert sex in (kin.sex, Sex.UNKNOWN)


@pytest.mark.parametrize(
    "note",
    [
        "also speaks English", "wife", "child of above", "son of Ahmad", "wife of a citizen", "mother Nasrin",
        "mother too ill", "contact: brother Hamid", "phone of his brother", "his brother was killed in 2019",
        "works with his brother", "brother in Germany", "also his sister already in Canada", "without his wife",
        "threatened with his father", "with family", "", "applicant uses a wheelchair", "his mother stays in Herat",
        "برادرش شهید شده", "شماره برادرش", "بدون مادرش", "برادرش در آلمان است", "ورور یې په جرمني کې دی",
        "مور یې مړه ده",
        "قبلاً در یک رادیو کار می‌کرد", "فرزند احمد", "برادر حمید", "خانم احمد",
    ],
)  # fmt: skip
def test_remarks_on_anything_else_tell_of_nobody(note: str) -> None:
    assert read_noted_kin(note) == ()


def test_kin_in_notes_without_a_row_are_a_doubt_and_make_the_family_larger() -> None:
    batch = listed(
        ("1", "Karim Testani", "head", "M", "also his mother Nasrin"),
        ("1", "Laila Testani", "wife", "F", ""),
        ("2", "Omid Beispiel", "head", "M", "also his wife"),
        ("2", "Sara Beispiel", "wife", "F", ""),
    )
    assert doubted(batch) == [2]
    assert [one.stated_size for one in batch.listings] == [3, 0, 0, 0]
    assert len(batch.listings) == 4, "a note takes no seat"


def test_kin_who_have_a_row_are_no_doubt() -> None:
    batch = listed(
        ("1", "Karim Testani", "head", "M", "also his mother Nasreen; with wife; plus a kid; brother Hamid"),
        ("1", "Nasrin", "mother", "F", ""),
        ("1", "Laila Testani", "wife", "F", "with her mother in law Nasrin"),
        ("1", "Omid Testani", "son", "M", "with his mother"),
        ("1", "Hamid Testani", "brother", "M", ""),
    )
    assert doubted(batch) == []


def test_another_of_the_same_relation_by_name_is_somebody_else() -> None:
    batch = listed(
        ("1", "Karim Testani", "head", "M", "also his brother Hamid"),
        ("1", "Jan Testani", "brother", "M", ""),
    )
    assert doubted(batch) == [2]


def test_whom_several_rows_speak_of_counts_once_and_kin_abroad_do_not_hide_them() -> None:
    batch = listed(
        ("1", "Karim Testani", "head", "M", "also his mother Nasrin; brother in Germany"),
        ("1", "Jan Testani", "brother", "M", "also his mother Nasrin"),
    )
    assert doubted(batch) == [2, 3]
    assert [(one.stated_size, one.kin_elsewhere) for one in batch.listings] == [(4, 1), (4, 0)]


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("wife is pregnant", (("spouse", ("pregnancy",)),)),
        ("His wife is 8 months pregnant, phone of reception", (("spouse", ("pregnancy",)),)),
        ("mother uses a wheelchair and is blind", (("parent", ("wheelchair",)), ("parent", ("vision",)))),
        ("خانمش حامله است", (("spouse", ("pregnancy",)),)),
        ("مادرش ویلچر دارد", (("parent", ("wheelchair",)),)),
        ("میرمن یې امیندواره ده", (("spouse", ("pregnancy",)),)),
        ("father deaf; wife pregnant", (("parent", ("hearing",)), ("spouse", ("pregnancy",)))),
        ("wife is not pregnant", ()),
        ("wife of a blind man", ()),
        ("pregnant", ()),
        ("his wife died pregnant", ()),
    ],
)
def test_a_note_tells_of_a_need_of_kin(note: str, told: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
    assert tuple((one.relation, one.needs) for one in read_kin_needs(note)) == told


def test_a_need_of_kin_in_a_note_is_theirs_and_not_of_whom_it_stands_beside() -> None:
    batch = listed(
        ("1", "Karim Testani", "head", "M", "wife is pregnant"),
        ("1", "Laila Testani", "wife", "F", "husband uses a wheelchair"),
        ("1", "Omid Testani", "son", "M", "his mother is deaf"),
    )
    needs = {one.name.split()[0]: one.needs for one in batch.listings}
    assert needs == {"Karim": (Need.WHEELCHAIR,), "Laila": (Need.HEARING, Need.PREGNANCY), "Omid": ()}
    assert [one.code for one in batch.doubts] == []


def test_a_need_of_one_of_several_kin_is_a_doubt_and_given_to_nobody() -> None:
    batch = listed(
        ("1", "Karim Testani", "head", "M", "daughter uses a wheelchair"),
        ("1", "Zahra Testani", "daughter", "F", ""),
        ("1", "Muska Testani", "daughter", "F", ""),
        ("1", "Omid Testani", "son", "M", ""),
    )
    assert {one.needs for one in batch.listings} == {()}
    assert [(one.number, one.code) for one in batch.doubts] == [(2, DoubtCode.NEED_OF_KIN)]
