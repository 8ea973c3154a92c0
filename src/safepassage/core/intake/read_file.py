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
from safepassage.core.intake.sniff import MOST_COLUMNS, check_lines, check_size, sniff_binary, too_wide
from safepassage.core.intake.tables import LOST, RawFile, RawRow, RawTable, keep_text, without_blank_runs
from safepassage.core.intake.values import FileWarning

_ONE_WIDTH = 0.8
_LEAST_COLUMNS = 3
_HEAD = 20_000
_OPENING = 400_000
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
    check_lines(text, where=where)
    return _read_lines(text, decoded.encoding, warnings, where=where)


def _read_lines(text: str, encoding: str, warnings: tuple[FileWarning, ...], *, where: str) -> RawFile:
    delimiter, share = find_delimiter(text)
    if is_surely_chat(_opening(text)) and not _is_stamped_table(text, delimiter, share):
        return RawFile(FileKind.CHAT, (_lines(text),), encoding, "", warnings)
    table, is_stray = read_delimited(text, delimiter, where=where)
    _refuse_wide((table,), where=where)
    has_header = find_headers(table).row > 0
    is_ragged = share < 0.5 or looks_like_chat(_opening(text))
    if share == 0 or (not has_header and is_ragged):
        return RawFile(FileKind.CHAT, (_lines(text),), encoding, "", warnings)
    if is_stray:
        warnings += (FileWarning(WarningCode.STRAY_QUOTES, "Stray quotes are read as plain signs."),)
    return RawFile(FileKind.DELIMITED, (table,), encoding, delimiter, warnings)


def _is_stamped_table(text: str, delimiter: str, share: float) -> bool:
    """Whether lines that open like those of a chat are answers to a form: one width, headers in the first line."""
    if share < _ONE_WIDTH:
        return False
    table, _ = read_delimited(text[:_HEAD], delimiter, where="")
    headers = find_headers(table)
    return headers.row == 1 and len([header for header in headers.texts if header]) >= _LEAST_COLUMNS


def _opening(text: str) -> list[str]:
    """Enough of the first lines to tell what the text is."""
    return text[:_OPENING].replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _lines(text: str) -> RawTable:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines and not lines[-1]:
        lines.pop()
    rows = (RawRow(number, (keep_text(line),)) for number, line in enumerate(lines, 1))
    return RawTable("", without_blank_runs(rows))


def _refuse_wide(tables: tuple[RawTable, ...], *, where: str) -> None:
    if any(len(row.cells) > MOST_COLUMNS for table in tables for row in table.rows):
        raise too_wide(where)


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
        message = f"The encoding is not marked; the text is read as {encoding}."
        found.append(FileWarning(WarningCode.ENCODING_GUESSED, message, values=(("encoding", encoding),)))
    if LOST in text:
        lost = text.count(LOST)
        message = f"{lost} characters are lost (U+FFFD): the file was damaged before it came here."
        found.append(FileWarning(WarningCode.TEXT_DAMAGED, message, values=(("count", str(lost)),)))
    return tuple(found)
