"""Headers of two rows: groups ("Name", "Birth", "Passport") above, and what each column holds below."""

from __future__ import annotations

import io
from datetime import date

import pytest
import xlsxwriter

from core.intake.made import table, take, workbook
from safepassage.core.intake import BatchResult, Field, Outcome, RowReason
from safepassage.core.intake.columns.headers import read_header
from safepassage.core.intake.columns.sub_headings import join_headings

GROUPS = ("#", "Name", "", "Birth", "", "Sex", "Passport", "", "Relation to employee", "Mobile")
BELOW = ("", "English", "دری", "Date", "Age", "", "Number", "Expiry", "", "")
ROWS = (
    ("Invented embassy: local staff",),
    (),
    GROUPS,
    BELOW,
    ("1", "Karim Testani", "", "14/05/1980", "", "M", "P1234567", "17/03/2027", "Employee", "0701234567"),
    ("", "", "لیلا نمونه", "", "36", "F", "", "", "Spouse", ""),
    ("2", "Omid Beispiel", "امید نمونه", "25/11/1990", "", "M", "", "", "Employee", "0799123456"),
)


def merged_workbook() -> bytes:
    """The rows with each group heading merged across its two columns, and the others down over both rows."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet("Local staff")
        for at, row in enumerate(ROWS):
            page.write_row(at, 0, [cell or None for cell in row])
        page.merge_range(0, 0, 0, 9, ROWS[0][0])
        for column, text in enumerate(GROUPS):
            if text in ("Name", "Birth", "Passport"):
                page.merge_range(2, column, 2, column + 1, text)
            elif text:
                page.merge_range(2, column, 3, column, text)
    return out.getvalue()


def headings(batch: BatchResult) -> list[tuple[str, Field]]:
    return [(column.header, column.field) for column in batch.column_maps[0].columns]


@pytest.mark.parametrize("content", [merged_workbook(), workbook({"Local staff": ROWS}), table(*ROWS)])
def test_a_group_and_its_sub_heading_name_a_column_together(content: bytes) -> None:
    batch = take(content)
    assert headings(batch)[1:8] == [
        ("Name English", Field.NAME),
        ("Name دری", Field.NAME),
        ("Birth Date", Field.BIRTH),
        ("Age", Field.AGE),
        ("Sex", Field.SEX),
        ("Passport Number", Field.DOCUMENT),
        ("Passport Expiry", Field.DOCUMENT_EXPIRY),
    ]
    karim, laila, omid = batch.listings
    assert [one.name for one in (karim, laila)] == ["Karim Testani", "لیلا نمونه"]
    assert {omid.name, *dict(omid.extras).values()} >= {"Omid Beispiel", "امید نمونه"}
    assert karim.birth is not None
    assert karim.birth.earliest == date(1980, 5, 14)
    assert laila.birth is not None
    assert laila.birth.earliest.year in (1984, 1985)
    (passport,) = karim.documents
    assert passport.number == "P1234567"
    assert passport.expires is not None
    assert passport.expires.earliest == date(2027, 3, 17)
    assert [row.reason for row in batch.rows if row.outcome is Outcome.NO_PEOPLE] == [
        RowReason.TITLE,
        RowReason.BLANK,
        RowReason.TITLE,
        RowReason.HEADER,
    ]


def test_people_below_a_header_with_gaps_are_people() -> None:
    """One header row whose second name column has no heading; the first row of people is words alone."""
    rows = [
        ("Name", "", "Sex", "Passport", "", "Relation"),
        ("Karim", "Testani", "", "", "", ""),
        ("Laila", "Testani", "", "lost", "renewing", ""),
        ("Omid", "Beispiel", "M", "P1234567", "", "Head"),
    ]
    for content in (table(*rows), workbook({"List": rows})):
        batch = take(content)
        assert batch.column_maps[0].header_row == 1
        assert [row.outcome for row in batch.rows] == [Outcome.NO_PEOPLE, *[Outcome.LISTINGS] * 3]


def test_a_first_row_of_a_merged_name_alone_is_a_person() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet("List")
        for at, row in enumerate([("Name", "", "Sex", "Phone"), ("Karim", "Testani"), ("Omid", "Beispiel", "M")]):
            page.write_row(at, 0, row)
        page.merge_range(0, 0, 0, 1, "Name")
    batch = take(out.getvalue())
    assert batch.column_maps[0].header_row == 1
    assert len(batch.listings) == 2


def test_a_figure_before_a_control_sign_is_no_crash() -> None:
    batch = take(table(("Name", "Age"), ("Karim Testani", "0\x1f")))
    assert [one.name for one in batch.listings] == ["Karim Testani"]


DARI = (
    (
        "شماره",
        "سرپرست خانواده / Head of family",
        "اعضای فامیل",
        "نام پدر",
        "Birth / تولد",
        "",
        "سند / Document",
        "",
        "تلفن",
    ),
    ("", "", "", "", "تاریخ (هـ ش)", "جنس", "نوع", "شماره", ""),
)
PASHTO = (
    ("شمېره", "د کورنۍ مشر", "د کورنۍ غړي نومونه", "د پلار نوم", "زېږېدنه", "", "سند", "", "ټلیفون"),
    ("", "", "", "", "نېټه", "جنس", "ډول", "شمېره", ""),
)
FAMILIES = (
    ("1", "کریم نمونه", "", "گل", "1359", "ذکور", "پاسپورت", "P1234567", "0701234567"),
    ("", "", "لیلا نمونه", "جان", "1362/10/28", "اناث", "", "", ""),
    ("", "", "امید نمونه", "کریم", "۱۲ اسد ۱۳۸۵", "ذکور", "", "", ""),
    ("2", "Omid Beispiel", "", "Jan", "۱۳۶۲", "M", "تذکره", "12345678", "0799123456"),
    ("", "", "Sara Beispiel", "Gul", "1365", "F", "", "", ""),
    ("", "", "FNU", "Omid", "1390", "F", "", "", ""),
    ("3", "زمری نمونه", "", "گل", "1340", "مرد", "", "", "0799123457"),
    ("", "", "نیلوفر نمونه", "گل", "1345", "زن", "", "", ""),
)


@pytest.mark.parametrize("heads", [DARI, PASHTO])
@pytest.mark.parametrize("is_merged", [True, False])
def test_sub_headings_in_dari_and_pashto_are_said_before_or_behind_their_group(
    heads: tuple[tuple[str, ...], ...], is_merged: bool
) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet("مرکز")
        for at, row in enumerate((*heads, *FAMILIES, ("مجموع / Total", "", "8"))):
            page.write_row(at, 0, [cell or None for cell in row])
        for column, text in enumerate(heads[0]) if is_merged else ():
            if column in (4, 6):
                page.merge_range(0, column, 0, column + 1, text)
            elif text:
                page.merge_range(0, column, 1, column, text)
    batch = take(out.getvalue())
    fields = [column.field for column in batch.column_maps[0].columns]
    assert fields[4:8] == [Field.BIRTH, Field.SEX, Field.DOCUMENT_KIND, Field.DOCUMENT]
    assert [one.name for one in batch.listings] == [
        "کریم نمونه", "لیلا نمونه", "امید نمونه", "Omid Beispiel", "Sara Beispiel", "", "زمری نمونه", "نیلوفر نمونه",
    ]  # fmt: skip
    assert [one.sex.value for one in batch.listings] == ["m", "f", "m", "m", "f", "f", "m", "f"]
    assert all(one.birth for one in batch.listings)
    assert [len(one.documents) for one in batch.listings] == [1, 0, 0, 1, 0, 0, 0, 0]
    groups = [one.group for one in batch.listings]
    assert len(set(groups)) == 3
    assert groups[0] == groups[1] == groups[2] != groups[3] == groups[4] == groups[5] != groups[6] == groups[7]


def test_a_group_in_two_scripts_lends_only_what_is_said_of_it_in_the_script_below() -> None:
    """ "Birth / تولد" above "جنس" is a column of sexes, whatever the English word alone says."""
    assert read_header(join_headings("Birth / تولد", "جنس")).score < 0.8
    assert read_header(join_headings("Birth / تولد", "تاریخ")).field is Field.BIRTH
    assert read_header(join_headings("Passport / پاسپورت", "Expiry")).field is Field.DOCUMENT_EXPIRY
