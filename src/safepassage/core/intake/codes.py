"""The closed codes of intake, each with its sentence and what to do next. No sentence holds anybody's data."""

from __future__ import annotations

from enum import StrEnum


class FileKind(StrEnum):
    """What a file is, by its content and never by its name."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    DELIMITED = "delimited"
    """CSV, TSV and their like."""
    JSON = "json"
    PFIF = "pfif"
    """People Finder Interchange Format 1.1 to 1.4, or any flat XML of persons."""
    CHAT = "chat"
    """Free lines, as pasted from a chat or an e-mail."""


class Outcome(StrEnum):
    """What became of a row; every row read has exactly one."""

    LISTINGS = "listings"
    REJECTED = "rejected"
    NO_PEOPLE = "no-people"


class RowReason(StrEnum):
    """Why a row names nobody; not a fault."""

    BLANK = "blank"
    TITLE = "title"
    HEADER = "header"
    TOTAL = "total"
    FOOT = "foot"
    REMARK = "remark"
    HOUSEHOLD = "household"
    OTHER_SHEET = "other-sheet"
    MESSAGE = "message"
    NOTE = "note"
    ELSEWHERE = "elsewhere"

    @property
    def sentence(self) -> str:
        """The reason for a human."""
        return _ROW_SENTENCES[self]


class RejectCode(StrEnum):
    """Why no person could be made of a row that holds something."""

    NO_PERSON = "no-person"
    NAME_DAMAGED = "name-damaged"
    COLUMNS_UNKNOWN = "columns-unknown"
    HOUSEHOLD_WITHOUT_MEMBERS = "household-without-members"
    LINE_NOT_UNDERSTOOD = "line-not-understood"
    CELL_TOO_LONG = "cell-too-long"
    NO_RECORD = "no-record"
    STATED_TWICE = "stated-twice"

    @property
    def sentence(self) -> str:
        """The reason for a human."""
        return _REJECT_SENTENCES[self][0]

    @property
    def advice(self) -> str:
        """What to do next."""
        return _REJECT_SENTENCES[self][1]


class DoubtCode(StrEnum):
    """Why a cell gave no value; the listing goes on without it."""

    DATE_UNREADABLE = "date-unreadable"
    DATE_AFTER_RECEIPT = "date-after-receipt"
    AGE_UNREADABLE = "age-unreadable"
    SEX_UNKNOWN_WORD = "sex-unknown-word"
    RELATION_UNKNOWN_WORD = "relation-unknown-word"
    PHONE_UNREADABLE = "phone-unreadable"
    DOCUMENT_UNREADABLE = "document-unreadable"
    NUMBER_DAMAGED = "number-damaged"
    NAME_LACKING = "name-lacking"
    KIN_WITHOUT_NAME = "kin-without-name"
    KIN_IN_NOTES = "kin-in-notes"
    NEED_OF_KIN = "need-of-kin"
    NAME_DAMAGED = "name-damaged"
    EXTRA_CELLS = "extra-cells"

    @property
    def sentence(self) -> str:
        """The reason for a human."""
        return _DOUBT_SENTENCES[self][0]

    @property
    def advice(self) -> str:
        """What to do next."""
        return _DOUBT_SENTENCES[self][1]


class WarningCode(StrEnum):
    """What somebody should know of a file before relying on it."""

    HIDDEN_SHEET = "hidden-sheet"
    HIDDEN_ROWS = "hidden-rows"
    HIDDEN_COLUMNS = "hidden-columns"
    FORMULAS = "formulas"
    ENCODING_GUESSED = "encoding-guessed"
    TEXT_DAMAGED = "text-damaged"
    STRAY_QUOTES = "stray-quotes"
    COLUMN_UNSURE = "column-unsure"
    SHEET_UNKNOWN = "sheet-unknown"
    HEADER_MISSING = "header-missing"
    DAY_ORDER_UNKNOWN = "day-order-unknown"
    FILE_CUT = "file-cut"
    VALUES_UNKNOWN = "values-unknown"
    GROUP_FILLED_DOWN = "group-filled-down"
    GROUP_DOUBTED = "group-doubted"
    KIN_ELSEWHERE = "kin-elsewhere"
    KIN_ALONE = "kin-alone"


_ROW_SENTENCES = {
    RowReason.BLANK: "The row is blank, or was prepared and not used.",
    RowReason.TITLE: "The row is a title or an explanation above the list.",
    RowReason.HEADER: "The row holds the column headers.",
    RowReason.TOTAL: "The row is a total or subtotal.",
    RowReason.FOOT: "The row is a signature, a page number, a legend or a note below the people.",
    RowReason.REMARK: "The row is a remark between or below the people.",
    RowReason.HOUSEHOLD: "The row describes a household whose members are listed elsewhere in the file.",
    RowReason.OTHER_SHEET: "The sheet holds no list of people.",
    RowReason.MESSAGE: "The line is a message that names nobody in the form of a list.",
    RowReason.NOTE: "The row is a note about somebody listed elsewhere in the file.",
    RowReason.ELSEWHERE: "The row names somebody who is told to be abroad or out already: no person to be moved.",
}

_REJECT_SENTENCES = {
    RejectCode.NO_PERSON: (
        "The row holds something, but no name, no document, and nothing that tells of a person within a family.",
        "Look at the row; if it names somebody, correct the column map and take the file in again.",
    ),
    RejectCode.NAME_DAMAGED: (
        "The name is destroyed (a formula error, lost letters, slipped cells), and no document is stated.",
        "Ask the source for this row again, exported anew.",
    ),
    RejectCode.COLUMNS_UNKNOWN: (
        "The table looks like data, but no column of it could be understood as names or documents.",
        "Say which column holds what (column map) and take the file in again.",
    ),
    RejectCode.HOUSEHOLD_WITHOUT_MEMBERS: (
        "The row describes a household, but no member of it is listed in the file.",
        "Ask the source for the members; nobody of this household is on record from this file.",
    ),
    RejectCode.CELL_TOO_LONG: (
        "A cell is longer than 32,767 characters, the most that a sheet can hold.",
        "Look at it in the file: it is no fact about a person. Shorten it and take the list in again.",
    ),
    RejectCode.NO_RECORD: (
        "Where a record should stand there is a bare value, a list, or nothing that can be read.",
        "Ask the source what stood there, and for the file exported anew.",
    ),
    RejectCode.STATED_TWICE: (
        "The record states a field twice, differently: nobody can tell which is meant.",
        "Ask the source which of the two holds, and take the corrected file in.",
    ),
    RejectCode.LINE_NOT_UNDERSTOOD: (
        "The line looks like an entry of a list, but no name or document could be read.",
        "Read the line and add the person by hand if it names one.",
    ),
}

_DOUBT_SENTENCES = {
    DoubtCode.DATE_UNREADABLE: ("The date could not be read.", "Ask for the date; the cell is kept as written."),
    DoubtCode.DATE_AFTER_RECEIPT: (
        "The birth date lies after the day on which the list was received.",
        "Check the calendar and the order of day and month in the column map.",
    ),
    DoubtCode.AGE_UNREADABLE: ("The age could not be read.", "Ask for the age; the cell is kept as written."),
    DoubtCode.SEX_UNKNOWN_WORD: ("The word for the sex is not known.", "The sex stays unknown until somebody says."),
    DoubtCode.RELATION_UNKNOWN_WORD: (
        "The word for the relation is not known.",
        "The person stays in the group with an unknown relation.",
    ),
    DoubtCode.PHONE_UNREADABLE: ("The cell holds no phone number that could be read.", "Ask for the number."),
    DoubtCode.DOCUMENT_UNREADABLE: ("The cell holds no document number that could be read.", "Ask for the document."),
    DoubtCode.NUMBER_DAMAGED: (
        "A spreadsheet has cut this number (it ends in an exponent); digits are lost.",
        "Ask the source for the file with the column formatted as text.",
    ),
    DoubtCode.KIN_WITHOUT_NAME: (
        "The cell tells of kin without naming them; those whom it counts are members without a name.",
        "Ask the sender for the name of each of them; kin whose number is not told have no seat.",
    ),
    DoubtCode.NEED_OF_KIN: (
        "The notes tell of a need of somebody in the family, and it can't be told whose.",
        "Ask whose it is, and write it into their row: a place is kept for nobody until then.",
    ),
    DoubtCode.KIN_IN_NOTES: (
        "The notes speak of kin who have no row.",
        "Ask whether they come; no seat is kept for them until they are listed.",
    ),
    DoubtCode.NAME_LACKING: (
        "No name is stated, or only a word that says so; the person keeps a seat.",
        "Ask for the name. Until then a document, the birth or the family tells who it is.",
    ),
    DoubtCode.NAME_DAMAGED: (
        "The name is destroyed (a formula error, lost letters, or cells that have slipped).",
        "The listing is kept for its document; ask the source for the name.",
    ),
    DoubtCode.EXTRA_CELLS: (
        "The row has more cells than the header; a separator may stand inside a cell.",
        "Check the row against the source.",
    ),
}
