"""Small invented files for the tests of intake; every person in them is made up."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime

import xlsxwriter

from safepassage.core.ids import SourceId
from safepassage.core.intake import BatchResult, ColumnMap, intake_file

SOURCE = SourceId("S-TEST")
RECEIVED = date(2021, 8, 20)
HEADER = ("Family ID", "Full Name", "Relationship", "Gender", "DOB", "Passport No", "Phone")
FAMILY = (
    ("7", "Karim Testani", "Head", "M", "14/05/1980", "P1234567", "0701234567"),
    ("7", "Laila Testani", "Wife", "F", "25/11/1984", "", ""),
    ("8", "Omid Beispiel", "Self", "M", "1990", "", "0799 123 456"),
)


def table(*rows: Sequence[str], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """Rows as delimited text."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode(encoding)


def workbook(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """Sheets of plain rows as XLSX."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2021, 8, 20)})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return out.getvalue()


def take(content: bytes, *, column_maps: Mapping[str, ColumnMap] | None = None) -> BatchResult:
    """The content taken in from the test source."""
    return intake_file(content, source=SOURCE, received=RECEIVED, name="made.csv", column_maps=column_maps)
