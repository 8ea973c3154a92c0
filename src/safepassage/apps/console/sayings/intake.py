"""What intake could not read, what to know of a file, why a column is read so: in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safepassage.apps.console.sayings.language import apart, reads_english
from safepassage.apps.console.words import word
from safepassage.core.intake import ColumnReason, DoubtCode, RejectCode, WarningCode, column_reason

_CORRECT = _("Look at the row; if it names somebody, correct the column map and take the file in again.")
REJECTS: dict[RejectCode, tuple[Promise, Promise]] = {
    RejectCode.NO_PERSON: (
        _("The row holds something, but no name, no document, and nothing that tells of a person within a family."),
        _CORRECT,
    ),
    RejectCode.NAME_DAMAGED: (
        _("The name is destroyed (a formula error, lost letters, slipped cells), and no document is stated."),
        _("Ask the source for this row again, exported anew."),
    ),
    RejectCode.COLUMNS_UNKNOWN: (
        _("The table looks like data, but no column of it could be understood as names or documents."),
        _("Say which column holds what (column map) and take the file in again."),
    ),
    RejectCode.HOUSEHOLD_WITHOUT_MEMBERS: (
        _("The row describes a household, but no member of it is listed in the file."),
        _("Ask the source for the members; nobody of this household is on record from this file."),
    ),
    RejectCode.LINE_NOT_UNDERSTOOD: (
        _("The line looks like an entry of a list, but no name or document could be read."),
        _("Read the line and add the person by hand if it names one."),
    ),
    RejectCode.NO_RECORD: (
        _("Where a record should stand there is a bare value, a list, or nothing that can be read."),
        _("Ask the source what stood there, and for the file exported anew."),
    ),
    RejectCode.STATED_TWICE: (
        _("The record states a field twice, differently: nobody can tell which is meant."),
        _("Ask the source which of the two holds, and take the corrected file in."),
    ),
    RejectCode.CELL_TOO_LONG: (
        _("A cell is longer than 32,767 characters, the most that a sheet can hold."),
        _("Look at it in the file: it is no fact about a person. Shorten it and take the list in again."),
    ),
}
DOUBTS: dict[DoubtCode, tuple[Promise, Promise]] = {
    DoubtCode.DATE_UNREADABLE: (
        _("The date could not be read."),
        _("Ask for the date; the cell is kept as written."),
    ),
    DoubtCode.DATE_AFTER_RECEIPT: (
        _("The birth date lies after the day on which the list was received."),
        _("Check the calendar and the order of day and month in the column map."),
    ),
    DoubtCode.AGE_UNREADABLE: (_("The age could not be read."), _("Ask for the age; the cell is kept as written.")),
    DoubtCode.SEX_UNKNOWN_WORD: (
        _("The word for the sex is not known."),
        _("The sex stays unknown until somebody says."),
    ),
    DoubtCode.RELATION_UNKNOWN_WORD: (
        _("The word for the relation is not known."),
        _("The person stays in the group with an unknown relation."),
    ),
    DoubtCode.PHONE_UNREADABLE: (
        _("The cell holds no phone number that could be read."),
        _("Ask for the number."),
    ),
    DoubtCode.DOCUMENT_UNREADABLE: (
        _("The cell holds no document number that could be read."),
        _("Ask for the document."),
    ),
    DoubtCode.NUMBER_DAMAGED: (
        _("A spreadsheet has cut this number (it ends in an exponent); digits are lost."),
        _("Ask the source for the file with the column formatted as text."),
    ),
    DoubtCode.NAME_LACKING: (
        _("No name is stated, or only a word that says so; the person keeps a seat."),
        _("Ask for the name. Until then a document, the birth or the family tells who it is."),
    ),
    DoubtCode.KIN_WITHOUT_NAME: (
        _("The cell tells of kin without naming them; those whom it counts are members without a name."),
        _("Ask the sender for the name of each of them; kin whose number is not told have no seat."),
    ),
    DoubtCode.NEED_OF_KIN: (
        _("The notes tell of a need of somebody in the family, and it can't be told whose."),
        _("Ask whose it is, and write it into their row: a place is kept for nobody until then."),
    ),
    DoubtCode.KIN_IN_NOTES: (
        _("The notes speak of kin who have no row."),
        _("Ask whether they come; no seat is kept for them until they are listed."),
    ),
    DoubtCode.NAME_DAMAGED: (
        _("The name is destroyed (a formula error, lost letters, or cells that have slipped)."),
        _("The listing is kept for its document; ask the source for the name."),
    ),
    DoubtCode.EXTRA_CELLS: (
        _("The row has more cells than the header; a separator may stand inside a cell."),
        _("Check the row against the source."),
    ),
}
WARNINGS: dict[WarningCode, Promise] = {
    WarningCode.HIDDEN_SHEET: _("The sheet is hidden; its rows are taken in all the same."),
    WarningCode.HIDDEN_ROWS: _("Hidden rows: %(count)s; they are taken in."),
    WarningCode.HIDDEN_COLUMNS: _("Columns %(columns)s are hidden; they are taken in."),
    WarningCode.FORMULAS: _("Cells with formulas: %(count)s; their saved values are read."),
    WarningCode.ENCODING_GUESSED: _("The encoding is not marked; the text is read as %(encoding)s."),
    WarningCode.TEXT_DAMAGED: _("Characters lost (U+FFFD): %(count)s; the file was damaged before it came here."),
    WarningCode.STRAY_QUOTES: _("Stray quotes are read as plain signs."),
    WarningCode.COLUMN_UNSURE: _("Look at the columns that are understood by half (%(count)s): %(columns)s."),
    WarningCode.SHEET_UNKNOWN: _(
        "No column of names or documents is found in this sheet; it gives no people of its own."
    ),
    WarningCode.HEADER_MISSING: _("No header row was found; columns were known by their cells."),
    WarningCode.DAY_ORDER_UNKNOWN: _(
        "Birth dates that can be read with the day or the month first: %(count)s; both readings are kept."
    ),
    WarningCode.VALUES_UNKNOWN: _(
        "Cells of column %(columns)s with words that we don't know: %(count)s (%(different)s different)."
    ),
    WarningCode.KIN_ELSEWHERE: _(
        "Kin told to be abroad or out already: %(count)s; they are no listings and have no seat."
    ),
    WarningCode.GROUP_FILLED_DOWN: _(
        "Rows without a family number, taken into the family above them: %(count)s (column %(columns)s)."
    ),
    WarningCode.GROUP_DOUBTED: _(
        "Rows without a family number that fit nobody of the family above them by surname, father or phone: "
        "%(count)s (rows %(rows)s). Ask whose they are, write their family's number on the row and take the list in "
        "again. Who differs in all three stands in a party of their own until then."
    ),
    WarningCode.KIN_ALONE: _(
        "Said to be a wife, a child or other kin, and the list doesn't tell whose: %(count)s. Each stands alone "
        "(rows %(rows)s). Write their family's number on their rows and take the list in again."
    ),
    WarningCode.FILE_CUT: _("The file ends in the middle of something; what was read is kept."),
}
COLUMNS: dict[ColumnReason, Promise] = {
    ColumnReason.HEADER_SAYS: _("The header says so."),
    ColumnReason.HEADER_RESEMBLES: _("The header resembles known words."),
    ColumnReason.HEADER_UNKNOWN: _("No word of the header is known; kept with the listing under its header."),
    ColumnReason.FREE_TEXT: _("The file is free text."),
    ColumnReason.SAID_BY_PERSON: _("Said by a person."),
    ColumnReason.AGES_NOT_BIRTHS: _("The header says birth date; the cells hold ages."),
    ColumnReason.DATES_NOT_AGES: _("The header says age; the cells hold dates."),
    ColumnReason.DATES_NOT_MARITAL: _("The header says marital status; the cells hold dates."),
    ColumnReason.NUMBERS_NOT_NAMES: _("The header says name; the cells hold numbers."),
    ColumnReason.LOOK_LIKE_PASSPORTS: _("The cells look like passports."),
    ColumnReason.DOCUMENT_YES_NO: _("The header names a document; the cells say yes or no."),
    ColumnReason.MEMBERS_NOT_NUMBERS: _("The header speaks of members; the cells are no numbers."),
    ColumnReason.SPOUSE_YES_NO: _("The header says spouse; the cells say yes or no."),
    ColumnReason.NUMBERS_NOT_CATEGORIES: _("The header says category; the cells hold numbers."),
    ColumnReason.CELLS_DIFFER: _("The header says %(field)s; the cells do not look like it."),
    ColumnReason.BY_CELLS: _("The cells look like it; the header says nothing."),
    ColumnReason.BESIDE_GIVEN: _("Stands beside a given name and holds names."),
    ColumnReason.BESIDE_FAMILY: _("A name beside a family name: the given name."),
    ColumnReason.HEAD_IS_PERSON: _("No other column names the row's person: the head it is."),
    ColumnReason.SHARED_CASE: _("Several rows share one case number: the list's grouping."),
    ColumnReason.NUMBER_OF_EACH: _("No two rows share this number, though the list tells kin: it is of each person."),
    ColumnReason.NAME_CATEGORIES: _("The cells name categories."),
    ColumnReason.STAND_TOGETHER: _("Rows of one family stand together under equal values: the list's grouping."),
    ColumnReason.NUMBERED_ONCE: _("The numbers stand on the first row of each family only: the list's grouping."),
    ColumnReason.NAMES_APART: _("Heads stand in another column, their family in this one, each on their own row."),
    ColumnReason.TELL_COMPANY: _("The cells tell who comes along."),
    ColumnReason.NO_SUCH_MEMBER: _("No column names this member."),
    ColumnReason.HELD_ELSEWHERE: _("Another column already holds %(field)s."),
    ColumnReason.BIRTH_PARTS: _("Year and month stand in columns of their own, and no other column tells the birth."),
    ColumnReason.REPEATED_HEADER: _("The table repeats this header; it stands on the right of this member's name."),
}


def said_reject(code: str, *, is_whole_row: bool) -> tuple[str, str] | None:
    """Why a row (else a cell) could not be read, and what to do; nothing in English, where the store has it."""
    if reads_english():
        return None
    try:
        reason, advice = REJECTS[RejectCode(code)] if is_whole_row else DOUBTS[DoubtCode(code)]
    except ValueError:  # a code of another version
        return None
    return str(reason), str(advice)


def said_warning(code: str, message: str, values: Mapping[str, str]) -> str:
    """What to know of a file; core's English where a value is not there to be filled in."""
    if reads_english():
        return message
    try:
        return str(WARNINGS[WarningCode(code)]) % {name: apart(value) for name, value in values.items()}
    except (KeyError, ValueError):  # taken in by another version
        return message


def said_column(reason: str) -> str:
    """Why a column is read as it is; a sentence of another version as it is."""
    found = None if reads_english() else column_reason(reason)
    return reason if found is None else str(COLUMNS[found[0]]) % {"field": word("field", found[1])}
