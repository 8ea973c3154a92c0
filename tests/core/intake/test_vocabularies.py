"""Code words of cells in the languages of lists."""

from __future__ import annotations

from datetime import date

import pytest

from safepassage.core.ids import SourceId
from safepassage.core.intake import intake_file
from safepassage.core.intake.lexicon.cells import (
    names_a_relation,
    read_claims,
    read_claims_of_remark,
    read_flag,
    read_married,
    read_needs,
    read_needs_of_remark,
    read_relation,
    read_sex,
)
from safepassage.core.intake.lexicon.countries import read_country
from safepassage.core.people import Need, Relation, Sex


@pytest.mark.parametrize(
    "word", ["F", "female", "زن", "مؤنث", "ښځینه", "Femme", "жінка", "weiblich", "mujer", "أنثى"]
)
def test_women_are_women_in_every_language(word: str) -> None:
    assert read_sex(word) is Sex.FEMALE


@pytest.mark.parametrize("word", ["M", "Male", "مرد", "مذکر", "نارینه", "homme", "чоловік", "ذكر"])
def test_men_are_men_in_every_language(word: str) -> None:
    assert read_sex(word) is Sex.MALE


def test_an_unknown_word_for_a_sex_is_not_guessed() -> None:
    assert read_sex("1") is None
    assert read_sex("N/A") is Sex.UNKNOWN


@pytest.mark.parametrize(
    ("word", "relation"),
    [
        ("WIFE_HUSBAND", Relation.SPOUSE),
        ("SON_DAUGHTER", Relation.CHILD),
        ("MOTHERINLAW_FATHERINLAW", Relation.PARENT_IN_LAW),
        ("GRANDDAUGHER_GRANDSON", Relation.GRANDCHILD),
        ("son of the applicant", Relation.CHILD),
        ("brother's wife", Relation.SIBLING_IN_LAW),
        ("خانم", Relation.SPOUSE),
        ("د کورنۍ مشر", Relation.HEAD),
        ("نواسه", Relation.GRANDCHILD),
        ("نږور", Relation.CHILD_IN_LAW),
        ("Myself", Relation.HEAD),
        ("me (respondent)", Relation.HEAD),
        ("زه", Relation.HEAD),
        ("staff member", Relation.HEAD),
        ("Employee", Relation.HEAD),
        ("SIV holder", Relation.HEAD),
        ("principal applicant", Relation.HEAD),
        ("former embassy employee", Relation.HEAD),
        ("کارمند", Relation.HEAD),
        ("درخواست دهنده", Relation.HEAD),
        ("د قضیې خاوند", Relation.HEAD),
        ("اصلي غوښتونکی", Relation.HEAD),
        ("wife of staff member", Relation.SPOUSE),
        ("father in law of employee", Relation.PARENT_IN_LAW),
        ("زوجه متقاضی", Relation.SPOUSE),
        ("household staff", Relation.NOT_RELATED),
        ("SIV family member", None),
        ("his employee", None),
        ("not staff", None),
        ("", Relation.UNKNOWN),
        ("zzz", None),
    ],
)
def test_relations_are_read_in_three_languages(word: str, relation: Relation | None) -> None:
    assert read_relation(word) is relation


def test_a_ground_is_a_relation_in_its_own_column_alone() -> None:
    assert not names_a_relation("Employee")
    assert not names_a_relation("SIV holder")
    assert names_a_relation("applicant")
    assert names_a_relation("wife of staff member")


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ("US citizen", ("citizen",)),
        ("AMCIT", ("citizen",)),
        ("LPR (green card)", ("resident",)),
        ("SIV", ("siv",)),
        ("P-2", ("p2",)),
        ("Embassy staff", ("staff",)),
        ("NGO staff", ("staff",)),
        ("journalist", ("at-risk",)),
        ("British citizen", ("partner-citizen",)),
        ("کارمند سفارت", ("staff",)),
        ("در معرض خطر", ("at-risk",)),
        ("something else", ("other",)),
        ("none", ()),
    ],
)
def test_claims_become_codes(word: str, codes: tuple[str, ...]) -> None:
    assert read_claims(word) == codes


def test_needs_are_read_and_denials_are_not() -> None:
    assert read_needs("wheelchair, insulin") == (Need.WHEELCHAIR, Need.MEDICAL)
    assert read_needs("حامله") == (Need.PREGNANCY,)
    assert read_needs("not pregnant") == ()
    assert read_needs("No") == ()


def test_yes_no_and_silence_are_three_things() -> None:
    assert read_flag("بلی") is True
    assert read_flag("FALSE") is False
    assert read_flag("") is None
    assert read_married("متاهل") is True
    assert read_married("widowed") is False


@pytest.mark.parametrize(
    ("remark", "codes"),
    [
        ("SIV applicant", ("siv",)),
        ("P2", ("p2",)),
        ("embassy staff", ("staff",)),
        ("wife of US citizen", ()),
        ("brother citizen", ()),
        ("not SIV", ()),
        ("called twice, no answer", ()),
        ("", ()),
    ],
)
def test_a_short_remark_claims_a_category_and_one_about_a_relative_claims_nothing(remark: str, codes: object) -> None:
    assert read_claims_of_remark(remark) == codes


@pytest.mark.parametrize(
    ("remark", "needs"),
    [
        ("stretcher, cannot sit", (Need.STRETCHER,)),
        ("uses a wheelchair since 2019", (Need.WHEELCHAIR,)),
        ("8 months pregnant", (Need.PREGNANCY,)),
        ("ویلچر", (Need.WHEELCHAIR,)),
        ("his mother uses a wheelchair", ()),
        ("no wheelchair", ()),
        ("works in a medical office", ()),
        ("knows English", ()),
        ("", ()),
    ],
)
def test_a_remark_tells_of_a_need_that_an_ordinary_seat_does_not_meet(remark: str, needs: tuple[Need, ...]) -> None:
    assert read_needs_of_remark(remark) == needs


def test_a_need_in_the_notes_of_a_list_is_a_need_of_the_person(tmp_path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        'Name,DOB,Notes\nKarim Testani,1980-05-14,"stretcher, cannot sit"\nLaila Testani,1984-02-03,knows English\n',
        encoding="utf-8",
    )
    taken = intake_file(path, source=SourceId("S-1"), received=date(2026, 3, 1))
    assert [one.needs for one in taken.listings] == [(Need.STRETCHER,), ()]


@pytest.mark.parametrize(
    ("word", "country"),
    [
        ("AFG", "AFG"), ("Afghanistan", "AFG"), ("افغانستان", "AFG"), ("pk", "PAK"), ("Pakistani", "PAK"),
        ("D", "DEU"), ("usa", "USA"), ("U.S.", ""), ("Utopia", ""), ("", ""),
    ],
)  # fmt: skip
def test_the_country_of_a_passport_is_read_from_codes_and_names(word: str, country: str) -> None:
    assert read_country(word) == country
