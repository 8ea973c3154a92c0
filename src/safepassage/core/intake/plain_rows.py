# ruff: noqa: E501  (words in Arabic script)
"""Rows that name nobody and are no fault: blanks, titles, headers, totals, page feet, remarks."""

from __future__ import annotations

import re

from safepassage.core.intake.codes import RowReason
from safepassage.core.intake.column_map import ColumnMap, Field
from safepassage.core.intake.columns.evidence import latin_digits, looks_like_value
from safepassage.core.intake.columns.headers import read_header
from safepassage.core.intake.lexicon.fold import fold_phrase, fold_words
from safepassage.core.intake.lexicon.values import NOTHING
from safepassage.core.intake.tables import RawRow

_TOTAL = re.compile(
    r"^(sub ?total|grand total|total|totals|sum|count|مجموع|مجموعه|جمع|جمع کل|حاصل جمع|ټول|ټولټال|المجموع|всього|усього|разом|итого|всего|summe|gesamt|somme)\b"
)
_COUNTED = frozenset(
    fold_phrase(word)
    for word in "total totals grand sub of all no number in the this list sheet page and persons person people pax individuals individual members member families family households household hh cases case applicants applicant entries rows records men women male female males females m f adults adult children child kids infants infant souls نفر تن شخص اشخاص خانواده خانوادهها فامیل فامیلها اعضا کل مرد زن طفل اطفال مجموع تعداد جمعا کسان کورنۍ غړي نارینه ښځینه ماشومان personnes personne familles famille personen familien осіб людей родин".split()  # noqa: SIM905
)
"""Words beside the figures of a total: they count people and name nobody."""
_FOOT = re.compile(
    r"^(prepared|checked|approved|verified|compiled|submitted|reviewed|certified|authori[sz]ed|printed|generated|exported|endorsed|countersigned|received|issued|entered|signed) (by|on|at|from|for)\b"
    r"|^(name and )?(signature|signatures|sign|signed)( and (stamp|seal|date))?( of\b.*)?$|^(stamp|seal|official stamp|signature and stamp|authori[sz]ed signature)\b"
    r"|^page \d+( (of|from|/)? ?\d+)?$|^\d+ (of|/) \d+$|^(صفحه|پاڼه|مخ) \d+"
    r"|^(end|end of( the)? (list|page|table|report|file)|continued( on next page| overleaf)?|cont d|contd|to be continued|next page|please turn over|pto)$"
    r"|^(ترتیب|تهیه|تایید|تصدیق|منظور|بررسی|چاپ) (کننده|شده|کنندگان)|^(امضا|امضای|لاسلیک|مهر|مهر و امضا|امضا و مهر|محل امضا|ختم لست|پایان لست|د لست پای)\b"
    r"|^(fait|etabli|signe) (a|par|le)\b|^(erstellt|gepruft|unterschrift)\b|^(strictly )?(private and )?confidential\b"
)
_FOOT_LABEL = re.compile(
    r"^\W*(note|notes|nb|n\.b\.|remark|remarks|legend|key|source|sources|disclaimer|warning|caution|important|instructions?|abbreviations?|date|dated|place|signature|signed|sign|name of (officer|official|clerk)|position|designation|stamp|prepared|checked|approved|"
    r"یادداشت|نوت|ملاحظه|توضیح|راهنما|منبع|تاریخ|امضا|امضاء|نوټ|یادښت|نېټه|لاسلیک)\s*[:：=]",
    re.IGNORECASE,
)
_BLANK_LINE = re.compile(r"_{3,}|\.{4,}|…{2,}")
"""A line to be written on by hand."""
_FEW = 6
_PERSONAL = (Field.NAME, Field.GIVEN, Field.FAMILY, Field.DOCUMENT, Field.TEXT, Field.MEMBERS)
_SURE_HEADER = 0.9


def reason_without_people(  # noqa: PLR0911  (a ladder of looks)
    row: RawRow, column_map: ColumnMap, *, has_header_form: bool
) -> RowReason | None:
    """Why a row names nobody, by its looks alone; None if it may name somebody.

    Args:
        row: The row as read.
        column_map: The map of its table.
        has_header_form: Whether the form itself names the columns, so that no row is a title or a header.
    """
    if row.is_blank:
        return RowReason.BLANK
    if has_header_form:
        return None
    if row.number < column_map.header_row:
        return RowReason.TITLE
    if row.number == column_map.header_row or _repeats_header(row, column_map):
        return RowReason.HEADER
    if _says_nothing(row, column_map):
        return RowReason.BLANK
    filled = row.filled
    if len(filled) <= _FEW and _is_total(filled):
        return RowReason.TOTAL
    if len(filled) <= _FEW and _is_foot(filled):
        return RowReason.FOOT
    if len(filled) == 1 and len(column_map.columns) > 2 and not _has_personal(row, column_map):
        is_words = sum(sign.isalpha() for sign in filled[0]) >= 3 and not looks_like_value(filled[0])
        return RowReason.REMARK if is_words else None
    return None


def _is_total(filled: tuple[str, ...]) -> bool:
    """A first cell that says "total", and beside it figures and words that count."""
    if not _TOTAL.match(fold_phrase(filled[0])):
        return False
    words = [word for cell in filled for word in fold_words(cell)]
    return all(word.isdecimal() or word in _COUNTED or _TOTAL.match(word) for word in words)


def _is_foot(filled: tuple[str, ...]) -> bool:
    """What stands below a list or a page: signatures, who prepared it, page numbers, legends."""
    first = filled[0]
    if any(len(re.sub(r"\D", "", latin_digits(cell))) >= 8 for cell in filled[1:]) and not _FOOT.match(
        fold_phrase(first)
    ):
        return False
    if _FOOT.match(fold_phrase(first)) or _FOOT_LABEL.match(first):
        return True
    return bool(_BLANK_LINE.search(first)) or (len(filled) > 1 and all(_BLANK_LINE.search(cell) for cell in filled))


def _says_nothing(row: RawRow, column_map: ColumnMap) -> bool:
    """Dashes and "n/a" in every cell, but for a running number: a row that was prepared and not used."""
    keys = {column.index for column in column_map.of(Field.ROW_KEY)}
    said = [cell for index, cell in enumerate(row.cells) if index not in keys and cell.strip()]
    if not said:
        return len(column_map.columns) > 1 and all(latin_digits(cell).strip(" .)").isdecimal() for cell in row.filled)
    return all(not fold_phrase(cell) or fold_phrase(cell) in NOTHING for cell in said) and not any(
        any(sign.isdigit() for sign in cell) for cell in said
    )


def _repeats_header(row: RawRow, column_map: ColumnMap) -> bool:
    """A header printed again on a new page, in a second language, as column numbers, or as tags (HXL)."""
    filled = row.filled
    if len(filled) >= 2 and all(cell.strip().startswith("#") and cell.strip()[1:2].isalpha() for cell in filled):
        return not any(cell.strip().endswith(("!", "?", "N/A")) for cell in filled)
    same = sum(
        column.index < len(row.cells)
        and bool(row.cells[column.index].strip())
        and row.cells[column.index].strip().casefold() == column.header.casefold()
        for column in column_map.columns
    )
    if same >= 2 and same >= 0.6 * len(filled):
        return True
    if not 0 < row.number - column_map.header_row <= 2 or len(filled) < 4:
        return False
    figures = [latin_digits(cell).strip(" ()") for cell in filled]
    if figures == [str(number) for number in range(1, len(figures) + 1)]:
        return True
    known = sum(read_header(cell).score >= _SURE_HEADER for cell in filled)
    return known >= max(3, 0.7 * len(filled)) and not any(map(looks_like_value, filled))


def _has_personal(row: RawRow, column_map: ColumnMap) -> bool:
    cells = [row.cells[c.index] for c in column_map.of(*_PERSONAL) if c.index < len(row.cells)]
    return any(cell.strip() for cell in cells)
