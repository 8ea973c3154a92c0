"""The order of day and month that a header asks for is obeyed, unless the cells prove another."""

from __future__ import annotations

from datetime import date

import pytest

from core.intake.made import table, take
from safepassage.core.dates import DayOrder
from safepassage.core.intake import WarningCode

APRIL, MARCH = date(1990, 4, 3), date(1990, 3, 4)


@pytest.mark.parametrize(
    ("header", "order", "born"),
    [
        ("D.O.B. (dd/mm/yyyy)", DayOrder.DAY_FIRST, APRIL),
        ("DOB (mm/dd/yyyy)", DayOrder.MONTH_FIRST, MARCH),
        ("Date of birth MM-DD-YYYY", DayOrder.MONTH_FIRST, MARCH),
        ("Date of birth (day/month/year)", DayOrder.DAY_FIRST, APRIL),
        ("تاریخ تولد (روز/ماه/سال)", DayOrder.DAY_FIRST, APRIL),
        ("تاریخ تولد (ماه/روز/سال)", DayOrder.MONTH_FIRST, MARCH),
        ("Date de naissance (JJ/MM/AAAA)", DayOrder.DAY_FIRST, APRIL),
    ],
)
def test_a_header_settles_dates_that_can_be_read_in_two_ways(header: str, order: DayOrder, born: date) -> None:
    batch = take(table(("Name", header), ("Karim Testani", "03/04/1990"), ("Laila Testani", "1984-11-25")))
    assert batch.column_maps[0].day_order is order
    assert [one.birth.readings for one in batch.listings if one.birth] == [
        ((born, born),),
        ((date(1984, 11, 25), date(1984, 11, 25)),),
    ]
    assert batch.warnings == ()


@pytest.mark.parametrize(("asked", "expires"), [("mm/dd/yyyy", date(2027, 3, 4)), ("dd/mm/yyyy", date(2027, 4, 3))])
def test_a_header_settles_until_when_a_document_holds(asked: str, expires: date) -> None:
    header = ("Name", "DOB", "Passport", f"Passport expiry ({asked})")
    batch = take(table(header, ("Karim Testani", "1980-05-14", "P1234567", "03/04/2027")))
    (passport,) = batch.listings[0].documents
    assert passport.expires is not None
    assert passport.expires.earliest == expires


def test_cells_that_prove_another_order_than_the_header_leave_both_readings() -> None:
    rows = (("Karim Testani", "03/04/1990"), ("Laila Testani", "25/11/1984"), ("Omid Beispiel", "17/08/1992"))
    batch = take(table(("Name", "DOB (mm/dd/yyyy)"), *rows))
    assert batch.column_maps[0].day_order is None
    assert batch.listings[0].birth is not None
    assert set(batch.listings[0].birth.readings) == {(APRIL, APRIL), (MARCH, MARCH)}
    assert [warning.code for warning in batch.warnings] == [WarningCode.DAY_ORDER_UNKNOWN]


def test_where_a_list_shows_the_day_first_a_date_with_dots_is_one_day() -> None:
    rows = (("Karim Testani", "04.10.15"), ("Laila Testani", "25/11/1984"), ("Omid Beispiel", "03/04/1990"))
    born = [one.birth.readings for one in take(table(("Name", "DOB"), *rows)).listings if one.birth]
    assert born[0] == ((date(2015, 10, 4), date(2015, 10, 4)),)
    assert set(born[2]) == {(APRIL, APRIL), (MARCH, MARCH)}, "with strokes both are written"
    alone = take(table(("Name", "DOB"), rows[0], ("Laila Testani", "11/25/1984"))).listings[0].birth
    assert alone is not None
    assert len(alone.readings) == 2
