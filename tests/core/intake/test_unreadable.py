"""Files that are no lists, are damaged or dangerous, end in one clear error."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.intake.made import FAMILY, HEADER, RECEIVED, SOURCE, table, take, workbook
from safepassage.core.errors import UnreadableError
from safepassage.core.intake import WarningCode, inspect_file, intake_file, sniff

STARTS = (
    b"",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"<pfif:pfif>",
    b"<a><person>",
    b"{",
    b"[{",
    b"\xff\xfe",
    b"Name,DOB\n",
    b"1. ",
)


@given(st.sampled_from(STARTS), st.binary(max_size=300))
@settings(max_examples=250, deadline=None)
def test_any_bytes_are_taken_in_or_are_unreadable(start: bytes, rest: bytes) -> None:
    try:
        report = inspect_file(start + rest)
        batch = take(start + rest)
    except UnreadableError:
        return
    assert report.digest == batch.digest


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_a_workbook_with_any_damage_is_taken_in_or_is_unreadable(data: st.DataObject) -> None:
    content = bytearray(workbook({"List": (HEADER, *FAMILY)}))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        batch = take(bytes(content))
    except UnreadableError:
        return
    assert len(batch.rows) >= len(batch.rejects)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"%PDF-1.7 ...", "other-form"),
        (b"\x89PNG\r\n", "other-form"),
        (b"\x00\x01\x02\x03" * 50, "other-form"),
        (b"PK\x03\x04 no archive", "damaged"),
        (b'{"a": ', "damaged"),
        (b"<pfif><person>", "damaged"),
        (b"<html><body>none</body></html>", "no-table"),
    ],
)
def test_what_is_no_list_is_refused_with_a_code(content: bytes, code: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        take(content)
    assert caught.value.code == code


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (80 * 2**20))
    with pytest.raises(UnreadableError) as caught:
        take(out.getvalue())
    assert caught.value.code == "zip-bomb"


def test_a_cell_far_out_does_not_fill_the_memory() -> None:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("List")
        sheet.write(0, 0, "Name")
        sheet.write(1_048_575, 16_383, "far")
    with pytest.raises(UnreadableError) as caught:
        take(out.getvalue())
    assert caught.value.code == "too-wide"


def test_entities_in_xml_are_refused() -> None:
    bomb = b'<!DOCTYPE p [<!ENTITY a "aaaa">]><p><person><full_name>&a;</full_name></person></p>'
    with pytest.raises(UnreadableError) as caught:
        take(bomb)
    assert caught.value.code == "damaged"


def test_a_file_beyond_the_limit_is_refused_without_reading_it(tmp_path: Path) -> None:
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as file:
        file.truncate(2**30)
    with pytest.raises(UnreadableError) as caught:
        intake_file(huge, source=SOURCE, received=RECEIVED)
    assert caught.value.code == "too-large"
    assert str(sniff.MAX_BYTES // 2**20) in str(caught.value)


def test_hidden_sheets_rows_and_columns_are_reported_and_taken_in() -> None:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name in ("Open", "Secret"):
            sheet = book.add_worksheet(name)
            for number, row in enumerate((HEADER, *FAMILY)):
                sheet.write_row(number, 0, row)
        sheet.hide()
        book.worksheets()[0].set_row(2, None, None, {"hidden": True})
        book.worksheets()[0].set_column(3, 3, None, None, {"hidden": True})
    report = inspect_file(out.getvalue())
    assert (report.tables[0].hidden_rows, report.tables[0].hidden_columns) == ((3,), ("D",))
    assert report.tables[1].is_hidden
    codes = {warning.code for warning in report.warnings}
    assert codes >= {WarningCode.HIDDEN_SHEET, WarningCode.HIDDEN_ROWS, WarningCode.HIDDEN_COLUMNS}
    assert len(take(out.getvalue()).listings) == 2 * len(FAMILY)


def test_what_progress_raises_comes_through() -> None:
    class StopError(Exception):
        pass

    def stop(share: float, what: str) -> None:
        if share > 0.5:
            raise StopError(what)

    with pytest.raises(StopError):
        intake_file(table(HEADER, *FAMILY), source=SOURCE, received=RECEIVED, progress=stop)


def test_a_row_of_a_hundred_thousand_columns_is_refused_at_once() -> None:
    with pytest.raises(UnreadableError) as refused:
        inspect_file(b",".join([b"c"] * 100_000) + b"\n" + b",".join([b"x"] * 100_000) + b"\n")
    assert refused.value.code == "too-wide"
