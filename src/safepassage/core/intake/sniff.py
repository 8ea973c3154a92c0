"""What a file is, by its first bytes and its content; its name is never believed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

from safepassage.core.errors import UnreadableError
from safepassage.core.intake.codes import FileKind

MAX_BYTES = 256 * 2**20
"""The largest file taken in at once, in bytes; larger lists are to be split."""
MAX_UNPACKED = 2**30
"""The largest workbook, unpacked."""
MAX_RATIO = 200
"""Unpacked bytes for one packed byte, beyond which a large workbook is held to be a bomb."""
MOST_COLUMNS = 1000
"""The widest lists seen have some hundred: a family in a row."""
MOST_LINES = 2_000_000
LONGEST_LINE = 2**20
"""Characters of one line of text; a line that goes on for ever is no row of a list."""
MOST_BLANKS = 100
"""Blank rows kept one after another: more of them are the unused end of a sheet."""
_RATIO_FROM = 64 * 2**20

_OTHER_FORMS: Mapping[bytes, tuple[str, str]] = {
    b"%PDF": ("a PDF", "Ask for the table it was printed from, or copy its text and paste that."),
    b"\x89PNG": ("an image", "Ask for the list as a table or as text."),
    b"\xff\xd8\xff": ("an image", "Ask for the list as a table or as text."),
    b"GIF8": ("an image", "Ask for the list as a table or as text."),
    b"\x1f\x8b": ("a compressed file", "Unpack it and take in what is inside."),
    b"7z\xbc\xaf": ("a compressed file", "Unpack it and take in what is inside."),
    b"Rar!": ("a compressed file", "Unpack it and take in what is inside."),
    b"{\\rtf": ("a formatted text (RTF)", "Save it as plain text."),
}

_ENDLESS = re.compile(rf"[^\n\r]{{{LONGEST_LINE + 1}}}")


def check_size(size: int, *, where: str) -> None:
    """Refuses a file before it is read.

    Raises:
        UnreadableError: `empty` or `too-large`.
    """
    if size == 0:
        raise UnreadableError("The file is empty.", code="empty", where=where, advice="Ask for it again.")
    if size > MAX_BYTES:
        raise UnreadableError(
            f"The file has {size // 2**20} MB; at most {MAX_BYTES // 2**20} MB are taken in at once.",
            code="too-large",
            where=where,
            advice="Split it into parts (each with the header row) and take them in one by one.",
        )


def sniff_binary(content: bytes, *, where: str) -> FileKind | None:
    """The kind of a workbook; None for text.

    Raises:
        UnreadableError: `other-form`, `locked`, `damaged` or `zip-bomb`.
    """
    if content.startswith(b"PK"):
        return _sniff_zip(content, where=where)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise UnreadableError(
                "The workbook is locked with a password.",
                code="locked",
                where=where,
                advice="Ask the source for the password, open it and save it without one.",
            )
        return FileKind.XLS
    for magic, (what, advice) in _OTHER_FORMS.items():
        if content.startswith(magic):
            raise UnreadableError(f"The file is {what}, not a list.", code="other-form", where=where, advice=advice)
    return None


def _sniff_zip(content: bytes, *, where: str) -> FileKind:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        members = archive.infolist()
        names = {member.filename for member in members}
        mimetype = archive.open("mimetype").read(100) if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError, KeyError) as error:
        raise damaged(where) from error
    except Exception as error:  # zlib.error and its like have no common base
        raise damaged(where) from error
    _check_bomb(members, where=where)
    if "xl/workbook.xml" in names:
        return FileKind.XLSX
    if b"opendocument.spreadsheet" in mimetype:
        return FileKind.ODS
    what = "a binary workbook (XLSB)" if "xl/workbook.bin" in names else "an archive, not a list"
    raise UnreadableError(
        f"The file is {what}.",
        code="other-form",
        where=where,
        advice="Save it as XLSX or CSV; if it is an archive, unpack it and take in what is inside.",
    )


def _check_bomb(members: list[zipfile.ZipInfo], *, where: str) -> None:
    """Declared sizes; what is really unpacked is limited again by whoever reads a part."""
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    if unpacked > MAX_UNPACKED or (unpacked > _RATIO_FROM and unpacked / packed > MAX_RATIO):
        raise UnreadableError(
            f"The workbook would unpack to {unpacked // 2**20} MB: too much, or a bomb.",
            code="zip-bomb",
            where=where,
            advice="Ask the source for the list as CSV.",
        )


def damaged(where: str) -> UnreadableError:
    """The error of a file that breaks off or breaks its own form."""
    return UnreadableError(
        "The file is damaged: it does not hold what its form promises.",
        code="damaged",
        where=where,
        advice="Ask the source to send it again, or to save it anew as XLSX or CSV.",
    )


def too_wide(where: str) -> UnreadableError:
    """The error of a table with more columns than any list has: to understand them costs more than their number."""
    return UnreadableError(
        f"A row has more than {MOST_COLUMNS} columns.",
        code="too-wide",
        where=where,
        advice="No list of people is so wide: ask for one row for each person or family.",
    )


def check_lines(text: str, *, where: str) -> None:
    """Refuses text that no list is, before it is cut into rows.

    Raises:
        UnreadableError: `too-long` if it has too many lines, or one line that goes on for ever.
    """
    lines = max(text.count("\n"), text.count("\r"))
    if lines > MOST_LINES:
        raise UnreadableError(
            f"The file has {lines} lines; at most {MOST_LINES} are taken in at once.",
            code="too-long",
            where=where,
            advice="Delete the empty lines at its end, or split it into parts, each with the header row.",
        )
    if _ENDLESS.search(text):
        raise UnreadableError(
            f"A line of the file has more than {LONGEST_LINE} characters.",
            code="too-long",
            where=where,
            advice="Ask the source to export it anew: the ends of lines were lost, or it is no list.",
        )
