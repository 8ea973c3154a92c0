"""Shapes that lists of strangers come in, each in its smallest form."""

from __future__ import annotations

from datetime import date

from core.intake.made import table, take, workbook
from safepassage.core.intake import FileKind, Outcome, RowReason
from safepassage.core.people import Relation


def test_group_headers_whose_merging_was_lost_say_whose_columns_repeat() -> None:
    rows = [
        ("", "Applicant", "", "", "Spouse", "", "Child 1", ""),
        ("S.No", "First", "Last", "DOB", "Name", "DOB", "Name", "Age"),
        (1, "Karim", "Testani", "14.05.80", "Laila", "25.11.84", "Omid", 8),
    ]
    karim, laila, omid = take(workbook({"List": rows})).listings
    assert (karim.name, laila.relation, omid.relation) == ("Karim Testani", Relation.SPOUSE, Relation.CHILD)
    assert [one.birth.earliest.year for one in (karim, laila, omid) if one.birth] == [1980, 1984, 2012]


def test_shortened_and_misspelt_headers_and_ditto_marks_are_understood() -> None:
    header = ("Fam #", "Nme", "Relatn", "Gendr", "Pasport No", "Ph.", "Adress")
    rows = [
        ("A-1", "Sulaiman Testani", "HoF", "M", "p5234567", "0701234504", "Kabul"),
        ('"', "Hosai Testani", "Wife", "F", "-", '"', "same as above"),
        ("-do-", "Baby Testani", "Dtr", "F", "", "-do-", "ایضاً"),
    ]
    batch = take(table(header, *rows))
    assert len({one.group for one in batch.listings}) == 1
    assert [one.relation for one in batch.listings] == [Relation.HEAD, Relation.SPOUSE, Relation.CHILD]
    assert {one.phones for one in batch.listings} == {("+93701234504",)}
    assert {one.place for one in batch.listings} == {"Kabul"}
    assert [len(one.documents) for one in batch.listings] == [1, 0, 0]


def test_a_date_in_three_columns_is_one_date() -> None:
    header = ("کال", "میاشت", "ورځ", "نوم", "جنس")
    (one,) = take(table(header, ("1360", "5", "12", "زلمی ازمایښت", "نر"))).listings
    assert one.birth is not None
    assert one.birth.readings == ((date(1981, 8, 3), date(1981, 8, 3)),)


def test_families_between_blank_rows_are_groups_if_they_look_like_families() -> None:
    header = ("Name", "Father Name", "DOB")
    rows = [
        ("Ahmad Testani", "Gul", "1980"),
        ("Yusuf Testani", "Ahmad", "2010"),
        ("", "", ""),
        ("Jawid Beispiel", "Dad", "1977"),
        ("Shukria Beispiel", "Ali", "1979"),
    ]
    groups = [one.group for one in take(table(header, *rows)).listings]
    assert groups[0] == groups[1] != groups[2] == groups[3]
    assert None not in groups


def test_answers_to_a_form_are_a_table_though_each_line_opens_with_a_time() -> None:
    header = ("Timestamp", "Full name of applicant", "Date of birth", "Phone number (WhatsApp)")
    rows = [(f"8/18/2021 10:2{n}:31", f"Karim Testani {'ABC'[n]}", "5/14/1980", "0701234511") for n in range(3)]
    batch = take(table(header, *rows))
    assert batch.kind is FileKind.DELIMITED
    assert len(batch.listings) == 3


def test_totals_in_words_feet_and_unused_rows_name_nobody() -> None:
    header = ("No", "Name", "Sex", "DOB", "Phone")
    rows = [
        ("نمبر", "نام", "جنس", "تاریخ تولد", "شماره تماس"),
        ("1", "Karim Testani", "M", "1980", "0701234567"),
        ("2", "n/a", "-", "", ""),
        ("3", "", "", "", ""),
        ("TOTAL", "45", "persons", "", ""),
        ("مجموع", "4 نفر", "", "", ""),
        ("", "Signed: ____", "", "Date: ____", ""),
        ("", "Prepared by: Jane Doe", "", "", ""),
        ("", "Page 2 of 3", "", "", ""),
        ("", "Legend: HoF = head of family", "", "", ""),
    ]
    batch = take(table(header, *rows))
    assert [one.name for one in batch.listings] == ["Karim Testani"]
    reasons = [row.reason for row in batch.rows if row.outcome is Outcome.NO_PEOPLE]
    assert reasons == [RowReason.HEADER] * 2 + [RowReason.BLANK] * 2 + [RowReason.TOTAL] * 2 + [RowReason.FOOT] * 4
    assert not batch.rejects


def test_numbers_that_a_spreadsheet_made_floats_of_are_put_right() -> None:
    (one,) = take(table(("Name", "Passport", "Phone"), ("Karim Testani", "P4434567.0", "93701234503.0"))).listings
    assert (one.documents[0].number, one.phones) == ("P4434567", ("+93701234503",))
