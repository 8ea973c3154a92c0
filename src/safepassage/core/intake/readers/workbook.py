"""Reads XLSX, XLS and ODS: the values that were saved, never a formula evaluated."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime

import python_calamine

from safepassage.core.intake.codes import FileKind, WarningCode
from safepassage.core.intake.readers.workbook_scan import SheetScan, scan_workbook
from safepassage.core.intake.sniff import damaged
from safepassage.core.intake.tables import RawRow, RawTable, keep_text, without_blank_runs
from safepassage.core.intake.values import FileWarning


def read_workbook(
    content: bytes, kind: FileKind, *, where: str
) -> tuple[tuple[RawTable, ...], tuple[FileWarning, ...]]:
    """Every sheet, hidden ones too (marked), with what is hidden in it.

    Raises:
        UnreadableError: `damaged`, `zip-bomb` or `too-wide`.
    """
    scans = scan_workbook(content, kind, where=where)
    tables: list[RawTable] = []
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        for sheet in book.sheets_metadata:
            if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet:
                is_hidden = sheet.visible != python_calamine.SheetVisibleEnum.Visible
                tables.append(
                    _read_sheet(book, sheet.name, scans.get(sheet.name) or SheetScan(), is_hidden=is_hidden)
                )
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of the reader is no Exception
        raise damaged(where) from error
    warnings = [warning for table in tables for warning in _warn(table, scans.get(table.sheet))]
    return tuple(tables), tuple(warnings)


def _read_sheet(book: python_calamine.CalamineWorkbook, name: str, scan: SheetScan, *, is_hidden: bool) -> RawTable:
    sheet = book.get_sheet_by_name(name)
    rows = without_blank_runs(
        RawRow(number, _trim(tuple(_text(cell) for cell in cells))) for number, cells in _numbered(sheet)
    )
    merged = tuple((*first, *last) for first, last in getattr(sheet, "merged_cell_ranges", None) or ())
    return RawTable(
        name,
        rows,
        is_hidden=is_hidden,
        hidden_rows=tuple(scan.hidden_rows),
        hidden_columns=tuple(scan.hidden_columns),
        merged=merged,
    )


def _numbered(sheet: python_calamine.CalamineSheet) -> Iterator[tuple[int, list[object]]]:
    """Each row with its number, one by one: the whole sheet never stands in memory twice."""
    first_column = (sheet.start or (0, 0))[1]
    for number, cells in enumerate(sheet.iter_rows(), 1):
        yield number, [] if cells.count("") == len(cells) else [*[""] * first_column, *cells]


def _trim(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Without the empty cells at the end, which depend on how wide other rows are."""
    last = len(cells)
    while last and not cells[last - 1]:
        last -= 1
    return cells[:last]


def _text(cell: object) -> str:
    """A saved value as text: whole numbers without a point, dates as ISO 8601."""
    if isinstance(cell, str):
        return keep_text(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e17 else repr(cell)
    if isinstance(cell, datetime):
        is_day = (cell.hour, cell.minute, cell.second) == (0, 0, 0)
        return cell.date().isoformat() if is_day else cell.isoformat(sep=" ", timespec="minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def _warn(table: RawTable, scan: SheetScan | None) -> list[FileWarning]:
    found: list[tuple[WarningCode, str, tuple[tuple[str, str], ...]]] = []
    if table.is_hidden:
        found.append((WarningCode.HIDDEN_SHEET, "The sheet is hidden; its rows are taken in all the same.", ()))
    if table.hidden_rows:
        count = len(table.hidden_rows)
        found.append(
            (WarningCode.HIDDEN_ROWS, f"{count} rows are hidden; they are taken in.", (("count", str(count)),))
        )
    if table.hidden_columns:
        listed = ", ".join(table.hidden_columns[:12])
        message = f"Columns {listed} are hidden; they are taken in."
        found.append((WarningCode.HIDDEN_COLUMNS, message, (("columns", listed),)))
    if scan and scan.formulas:
        message = f"{scan.formulas} cells hold formulas; their saved values are read."
        found.append((WarningCode.FORMULAS, message, (("count", str(scan.formulas)),)))
    return [FileWarning(code, message, table.sheet, values) for code, message, values in found]
