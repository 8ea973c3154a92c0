"""What comes from data is text in every spreadsheet: when it is opened, typed in, or saved as CSV."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook

from safepassage.core.exchange import CallRow, write_call_sheet, write_partner_template
from safepassage.core.exchange.cells import csv_text, text_style, write_text

SOURCE = Path(__file__).parents[3] / "src" / "safepassage"
WRITERS = re.compile(
    r"\.write_(?:string|row|column|formula|rich_string)\(|\.write\([a-z0-9]+, [a-z0-9]+,|csv\.(?:Dict)?[wW]riter\("
)
RISKY = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", '=HYPERLINK("x")', "\u202e=1+1")


@pytest.mark.parametrize("text", RISKY)
def test_an_xlsx_holds_it_as_text_that_no_spreadsheet_computes(text):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        write_text(book.add_worksheet(), 0, 0, text, text_style(book, bold=True))
    cell = load_workbook(buffer).active["A1"]
    assert (cell.data_type, cell.quotePrefix, cell.number_format) == ("s", True, "@")


@pytest.mark.parametrize("text", RISKY)
def test_a_csv_holds_it_behind_an_apostrophe(text):
    (row,) = csv.reader(io.StringIO(csv_text([[text, 5, "-7"]]), newline=""))
    assert row == [f"'{text}", "5", "-7"]


def test_every_text_of_a_call_sheet_and_of_the_template_is_marked_as_text():
    call = CallRow(
        party="F-1",
        tier=1,
        heads=2,
        principal="=cmd|' /C calc'!A0",
        principal_arabic="@x",
        language="fa",
        phones=("+93700000101",),
        gather_at="-gate",
        be_there_by="",
        remark="",
    )
    for made in (
        write_call_sheet([call], title="=x", is_provisional=True),
        write_partner_template(operation="=x", contact="+1"),
    ):
        cells = [cell for sheet in load_workbook(io.BytesIO(made)) for row in sheet for cell in row]
        loose = [cell.coordinate for cell in cells if cell.data_type == "s" and not cell.quotePrefix]
        assert loose == []
        assert not [cell.coordinate for cell in cells if cell.data_type == "f"]


def test_nobody_writes_a_spreadsheet_past_the_one_place():
    loose = [
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if WRITERS.search(path.read_text(encoding="utf-8")) and "sim" not in path.parts
    ]
    assert loose == ["core/exchange/cells.py"]
