"""What `inspect` says would come out of a list: the same figures that `intake` then gives, and nothing written."""

from __future__ import annotations

from pathlib import Path

from safepassage.core.intake import count_yield, intake_file
from tests.core.intake.made import RECEIVED, SOURCE
from tests.make import csv_file, workbook

HEADER = ("Name", "Phone", "Remarks")
ROWS = (
    ("Karim Testani", "0700000101", "wife, 3 kids"),
    ("Laila Testani", "0700000102", "2 children in Germany"),
    ("#REF!", "0700000103", ""),
    ("Total", "2", ""),
)


def test_a_list_says_how_many_people_come_out_of_how_many_rows_before_it_is_taken_in(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "list.csv", ROWS, header=HEADER)
    (found,) = count_yield(intake_file(path, source=SOURCE, received=RECEIVED))
    assert (found.rows, found.rows_with_listings, found.rows_rejected, found.rows_without_people) == (5, 2, 1, 2)
    assert (found.listings, found.without_a_name) == (6, 4)
    assert found.rejected_because == {"name-damaged": 1}
    assert found.without_people_because == {"header": 1, "total": 1}
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["list.csv"]


def test_each_sheet_is_told_apart(tmp_path: Path) -> None:
    path = workbook(tmp_path / "book.xlsx", {"North": (HEADER, *ROWS[:2]), "South": (HEADER, ROWS[0])})
    assert [
        (one.sheet, one.listings) for one in count_yield(intake_file(path, source=SOURCE, received=RECEIVED))
    ] == [("North", 6), ("South", 5)]
