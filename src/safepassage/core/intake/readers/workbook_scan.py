"""Reads the XML of a workbook as a stream: extents, hidden rows and columns, formulas. Cells are left alone."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

import defusedxml.sax
from defusedxml.common import DefusedXmlException

from safepassage.core.errors import UnreadableError
from safepassage.core.intake.codes import FileKind
from safepassage.core.intake.sniff import MAX_UNPACKED, damaged, too_wide

MAX_CELLS = 20_000_000
"""Cells of the used rectangle of one sheet: a stray cell far out would otherwise fill the memory."""
MAX_SPARSE = 4_000_000
"""The same where hardly a cell in twenty is written: an empty cell costs memory too (32 bytes)."""
_SPARSE = 20
_MAX_COLUMNS = 16_384
"""No sheet of any program has more: what does is refused at that cell, not when all of it is read."""


@dataclass(slots=True)
class SheetScan:
    """What the XML of one sheet tells."""

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[str] = field(default_factory=list)
    formulas: int = 0
    cells: int = 0
    last_row: int = 0
    last_column: int = 0


def scan_workbook(content: bytes, kind: FileKind, *, where: str) -> dict[str, SheetScan]:
    """Sheet name to what its XML tells; empty for kinds that are no XML.

    Raises:
        UnreadableError: `damaged`, `zip-bomb`, or `too-wide` if a sheet's used rectangle is beyond all bounds.
    """
    if kind is FileKind.XLS:
        return {}
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        scans = _scan_ods(archive) if kind is FileKind.ODS else _scan_xlsx(archive)
    except UnreadableError:
        raise
    except (SAXException, DefusedXmlException, zipfile.BadZipFile, OSError, ValueError, KeyError, EOFError) as error:
        raise damaged(where) from error
    except Exception as error:  # zlib.error, NotImplementedError: no common base
        raise damaged(where) from error
    for scan in scans.values():
        rectangle = scan.last_row * scan.last_column
        if rectangle > MAX_CELLS or (rectangle > MAX_SPARSE and _SPARSE * scan.cells < rectangle):
            raise UnreadableError(
                "A sheet has cells so far out that reading it would fill the memory.",
                code="too-wide",
                where=where,
                advice="Delete the empty rows and columns beyond the list and save it anew, or save it as CSV.",
            )
    return scans


class _Limited(io.RawIOBase):
    """A stream that ends in an error when more comes out of the archive than it declared."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._left = MAX_UNPACKED

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        part = self._stream.read(size if size >= 0 else 65_536)
        self._left -= len(part)
        if self._left < 0:
            raise UnreadableError("The workbook unpacks without end.", code="zip-bomb", advice="Ask for it as CSV.")
        return part


class _Elements(ContentHandler):
    """Calls `see` for every element with its local name and its attributes by local name."""

    def __init__(self, see: Callable[[str, dict[str, str]], None]) -> None:
        super().__init__()
        self._see = see

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        self._see(name.rpartition(":")[2], {key.rpartition(":")[2]: value for key, value in attrs.items()})


def _walk(archive: zipfile.ZipFile, part: str, see: Callable[[str, dict[str, str]], None]) -> None:
    with archive.open(part) as stream:
        defusedxml.sax.parse(_Limited(stream), _Elements(see))


def _scan_xlsx(archive: zipfile.ZipFile) -> dict[str, SheetScan]:
    sheets: list[tuple[str, str]] = []
    targets: dict[str, str] = {}

    def see_sheet(tag: str, attrs: dict[str, str]) -> None:
        if tag == "sheet":
            sheets.append((attrs.get("name", ""), attrs.get("id", "")))

    def see_target(tag: str, attrs: dict[str, str]) -> None:
        if tag == "Relationship":
            targets[attrs.get("Id", "")] = posixpath.normpath(posixpath.join("/xl", attrs.get("Target", "")))[1:]

    _walk(archive, "xl/workbook.xml", see_sheet)
    if "xl/_rels/workbook.xml.rels" in archive.namelist():
        _walk(archive, "xl/_rels/workbook.xml.rels", see_target)
    names = frozenset(archive.namelist())
    scans: dict[str, SheetScan] = {}
    for name, key in sheets:
        if targets.get(key) in names:
            scans[name] = SheetScan()
            _walk(archive, targets[key], _see_xlsx_cells(scans[name]))
    return scans


def _see_xlsx_cells(scan: SheetScan) -> Callable[[str, dict[str, str]], None]:
    before = 0

    def see(tag: str, attrs: dict[str, str]) -> None:
        nonlocal before
        if tag == "c":
            column = before = _column_number(attrs.get("r", "")) or before + 1  # a cell may leave out where it is
            if column > _MAX_COLUMNS:
                raise too_wide("")
            scan.last_column = max(scan.last_column, column)
            scan.cells += 1
        elif tag == "row":
            before = 0
            number = int(attrs["r"]) if attrs.get("r", "").isdecimal() else scan.last_row + 1
            scan.last_row = max(scan.last_row, number)
            if attrs.get("hidden") in ("1", "true"):
                scan.hidden_rows.append(number)
        elif tag == "f":
            scan.formulas += 1
        elif tag == "col" and attrs.get("hidden") in ("1", "true"):
            first, last = int(attrs.get("min", "0")), min(int(attrs.get("max", "0")), _MAX_COLUMNS)
            scan.hidden_columns.extend(column_letters(number) for number in range(first, last + 1))

    return see


def _scan_ods(archive: zipfile.ZipFile) -> dict[str, SheetScan]:
    scans: dict[str, SheetScan] = {}
    place = {"row": 0, "column": 0, "next_row": 1, "next_column": 1, "declared": 1}

    def see(tag: str, attrs: dict[str, str]) -> None:
        if tag == "table":
            scans[attrs.get("name", "")] = SheetScan()
            place.update(next_row=1, declared=1)
        if not scans:
            return
        scan = scans[next(reversed(scans))]
        is_hidden = attrs.get("visibility") in ("collapse", "filter")
        if tag == "table-column":
            repeated = min(int(attrs.get("number-columns-repeated", "1")), _MAX_COLUMNS)
            if is_hidden:
                scan.hidden_columns.extend(column_letters(place["declared"] + step) for step in range(repeated))
            place["declared"] += repeated
        elif tag == "table-row":
            repeated = int(attrs.get("number-rows-repeated", "1"))
            place.update(row=place["next_row"] + repeated - 1, next_column=1)
            if is_hidden:
                scan.hidden_rows.extend(place["next_row"] + step for step in range(min(repeated, 100_000)))
            place["next_row"] += repeated
        elif tag in ("table-cell", "covered-table-cell"):
            place["next_column"] += int(attrs.get("number-columns-repeated", "1"))
            scan.formulas += "formula" in attrs
            if "value-type" in attrs or "formula" in attrs:
                if place["next_column"] - 1 > _MAX_COLUMNS:
                    raise too_wide("")
                scan.cells += min(int(attrs.get("number-columns-repeated", "1")), _MAX_COLUMNS)
                scan.last_row = max(scan.last_row, place["row"])
                scan.last_column = max(scan.last_column, place["next_column"] - 1)

    _walk(archive, "content.xml", see)
    return scans


def column_letters(number: int) -> str:
    """A column's letters as a spreadsheet shows them: 1 is A, 27 is AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _column_number(reference: str) -> int:
    match = re.match(r"[A-Z]{1,3}", reference)
    number = 0
    for letter in match.group() if match else "":
        number = number * 26 + ord(letter) - 64
    return number
