"""Lists that are too large to be lists are refused in a sentence; empty ends of sheets cost nothing."""

from __future__ import annotations

import io
import json
import time
import zipfile

import pytest
import xlsxwriter

from core.intake.made import FAMILY, HEADER, table, take
from safepassage.core.errors import UnreadableError


def sheet_with(*cells: tuple[int, int, str]) -> bytes:
    """A small list in a workbook, and cells far out (0-based)."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("List")
        for number, row in enumerate((HEADER, *FAMILY), 2):
            sheet.write_row(number, 1, row)
        for row, column, text in cells:
            sheet.write_string(row, column, text)
    return out.getvalue()


def test_rows_are_numbered_as_the_sheet_shows_them_wherever_the_list_begins() -> None:
    batch = take(sheet_with())
    assert [one.row.number for one in batch.listings] == [4, 5, 6]
    assert batch.rows[3].cells[1:3] == ("7", "Karim Testani")


def test_a_stray_cell_in_the_last_row_of_a_sheet_is_a_row_of_its_own_and_nothing_more() -> None:
    batch = take(sheet_with((400_000, 1, "x")))
    assert len(batch.listings) == 3
    assert len(batch.rows) < 120
    assert batch.rows[-1].number == 400_001


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (sheet_with((1_048_575, 16_383, "x")), "too-wide"),
        (sheet_with((3, 16_383, "x")), "too-wide"),
        (json.dumps([{"name": "Ali", f"x{number}": 1} for number in range(2000)]).encode(), "too-wide"),
        (b"<r>" + b"".join(b"<person><k%d>1</k%d></person>" % (n, n) for n in range(2000)) + b"</r>", "too-wide"),
        (b"<r><person " + b" ".join(b'a%d="1"' % number for number in range(2000)) + b"/></r>", "too-wide"),
        (table(HEADER, *FAMILY) + b"x" * (2**20 + 2), "too-long"),
        (table(HEADER, *FAMILY) + b"\n" * 2_000_001, "too-long"),
        (b'{"a":' * 20_000 + b"1" + b"}" * 20_000, "damaged"),
    ],
)
def test_what_no_list_is_is_refused_with_what_to_do(content: bytes, code: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        take(content)
    assert refused.value.code == code
    assert refused.value.problem.advice


def test_a_row_of_a_million_cells_that_do_not_say_where_they_are_is_refused_before_it_is_read() -> None:
    """175 kB of them took 23 s."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sheet_with())) as book, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as wide:
        for name in book.namelist():
            cells = b"<row r='9'>" + b"<c t='inlineStr'><is><t>Ab</t></is></c>" * 1_000_000 + b"</row></sheetData>"
            wide.writestr(
                name, book.read(name).replace(b"</sheetData>", cells) if "sheet1" in name else book.read(name)
            )
    began = time.process_time()
    with pytest.raises(UnreadableError) as refused:
        take(out.getvalue())
    assert refused.value.code == "too-wide"
    assert time.process_time() - began < 5


def test_the_empty_end_of_a_text_table_is_left_out() -> None:
    batch = take(table(HEADER, *FAMILY) + b",,,,,,\r\n" * 50_000)
    assert len(batch.listings) == 3
    assert len(batch.rows) == 4 + 100
