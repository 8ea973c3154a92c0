"""A file's bytes to its tables, by the reader of its kind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from safepassage.core.errors import UnreadableError
from safepassage.core.intake.chat_lines import is_surely_chat, looks_like_chat
from safepassage.core.intake.codes import FileKind, WarningCode
from safepassage.core.intake.columns.header_row import find_headers
from safepassage.core.intake.encoding import decode
from safepassage.core.intake.readers.delimited import find_delimiter, read_delimited
from safepassage.core.intake.readers.json_tree import read_json
from safepassage.core.intake.readers.workbook import read_workbook
from safepassage.core.intake.readers.xml_people import read_xml_people
from safepassage.core.intake.sniff import check_size, sniff_binary
from safepassage.core.intake.tables import LOST, RawFile, RawRow, RawTable, keep_text
from safepassage.core.intake.values import FileWarning

MOST_COLUMNS = 1000
"""The widest lists seen have some hundred: a family in a row."""
_ONE_WIDTH = 0.8
_LEAST_COLUMNS = 3
_HEAD = 20_000
_CONTROLS = frozenset(map(chr, (*range(9), *range(14, 27), 28, 29, 30, 31)))


def read_bytes(path: Path | bytes, *, where: str) -> bytes:
    """The bytes of a file within the limits.

    Raises:
        UnreadableError: `empty`, `too-large`, or `no-file`.
    """
    if isinstance(path, bytes):
        check_size(len(path), where=where)
        return path
    try:
        check_size(path.stat().st_size, where=where)
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError(
            "The file can't be opened.",
            code="no-file",
            where=where,
            advice="Check its name and that you may read it.",
        ) from error


def read_file(content: bytes, *, where: str, tell: Callable[[float, str], None]) -> RawFile:
    """The tables of a file.

    Raises:
        UnreadableError: if it is no list in any form we know, is damaged, locked, or beyond the limits.
    """
    kind = sniff_binary(content, where=where)
    if kind is not None:
        tables, warnings = read_workbook(content, kind, where=where)
        _refuse_wide(tables, where=where)
        if not any(not row.is_blank for table in tables for row in table.rows):
            raise UnreadableError("The workbook has no cells.", code="empty", where=where, advice="Ask for it again.")
        tell(0.2, "sheets read")
        return RawFile(kind, tables, warnings=warnings)
    decoded = decode(content)
    text = decoded.text.lstrip("\ufeff")
    _refuse_binary(text, where=where)
    warnings = _warn(text, decoded.encoding, is_guess=decoded.is_guess)
    tell(0.1, "text decoded")
    start = text.lstrip()[:1]
    if start == "<":
        xml = content if decoded.encoding.startswith("utf") and not decoded.is_guess else text.encode()
        return RawFile(FileKind.PFIF, read_xml_people(xml, where=where), decoded.encoding, "", warnings)
    if start in ("{", "["):
        try:
            tables = read_json(text, where=where)
            _refuse_wide(tables, where=where)
            return RawFile(FileKind.JSON, tables, decoded.encoding, "", warnings)
        except UnreadableError:
            if start == "{" or text.lstrip()[1:].lstrip()[:1] in ("{", "]"):
                raise
    return _read_lines(text, decoded.encoding, warnings, where=where)


def _read_lines(text: str, encoding: str, warnings: tuple[FileWarning, ...], *, where: str) -> RawFile:
    lines = _lines(text)
    delimiter, share = find_delimiter(text)
    if is_surely_chat(row.cells[0] for row in lines.rows) and not _is_stamped_table(text, delimiter, share):
        return RawFile(FileKind.CHAT, (lines,), encoding, "", warnings)
    table, is_stray = read_delimited(text, delimiter)
    _refuse_wide((table,), where=where)
    has_header = find_headers(table).row > 0
    is_ragged = share < 0.5 or looks_like_chat(row.cells[0] for row in lines.rows)
    if share == 0 or (not has_header and is_ragged):
        return RawFile(FileKind.CHAT, (lines,), encoding, "", warnings)
    if is_stray:
        warnings += (FileWarning(WarningCode.TEXT_DAMAGED, "Stray quotes are read as plain signs."),)
    return RawFile(FileKind.DELIMITED, (table,), encoding, delimiter, warnings)


def _is_stamped_table(text: str, delimiter: str, share: float) -> bool:
    """Whether lines that open like those of a chat are answers to a form: one width, headers in the first line."""
    if share < _ONE_WIDTH:
        return False
    table, _ = read_delimited(text[:_HEAD], delimiter)
    headers = find_headers(table)
    return headers.row == 1 and len([header for header in headers.texts if header]) >= _LEAST_COLUMNS


def _lines(text: str) -> RawTable:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines and not lines[-1]:
        lines.pop()
    return RawTable("", tuple(RawRow(number, (keep_text(line),)) for number, line in enumerate(lines, 1)))


def _refuse_wide(tables: tuple[RawTable, ...], *, where: str) -> None:
    """Understanding columns costs more than their number: one row of a hundred thousand would halt the site."""
    if any(len(row.cells) > MOST_COLUMNS for table in tables for row in table.rows):
        raise UnreadableError(
            f"A row has more than {MOST_COLUMNS} columns.",
            code="too-wide",
            where=where,
            advice="No list of people is so wide: ask for one row for each person or family.",
        )


def _refuse_binary(text: str, *, where: str) -> None:
    sample = text[:20_000]
    bad = sum(sign in _CONTROLS or sign == LOST for sign in sample)
    if not text.strip():
        raise UnreadableError(
            "The file holds nothing but blanks.", code="empty", where=where, advice="Ask for it again."
        )
    if bad > 0.1 * len(sample):
        raise UnreadableError(
            "The file is neither a workbook nor text.",
            code="other-form",
            where=where,
            advice="Ask for the list as XLSX, ODS, CSV, JSON, PFIF or plain text.",
        )


def _warn(text: str, encoding: str, *, is_guess: bool) -> tuple[FileWarning, ...]:
    found = []
    if is_guess:
        found.append(
            FileWarning(WarningCode.ENCODING_GUESSED, f"The encoding is not marked; the text is read as {encoding}.")
        )
    if LOST in text:
        message = f"{text.count(LOST)} characters are lost (U+FFFD): the file was damaged before it came here."
        found.append(FileWarning(WarningCode.TEXT_DAMAGED, message))
    return tuple(found)
