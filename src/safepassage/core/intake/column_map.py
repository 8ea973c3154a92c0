"""Which column holds what: proposed by intake, corrected by a person, saved under a name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from safepassage.core.dates import Calendar, DayOrder
from safepassage.core.errors import Problems
from safepassage.core.intake.column_reasons import ColumnReason
from safepassage.core.people import DocumentKind, Relation

TEMPLATE_VERSION = 1


class Field(StrEnum):
    """What a column can hold."""

    NAME = "name"
    GIVEN = "given"
    MIDDLE = "middle"
    FAMILY = "family"
    FATHER = "father"
    GRANDFATHER = "grandfather"
    MOTHER = "mother"
    SPOUSE = "spouse"
    SEX = "sex"
    BIRTH = "birth"
    BIRTH_DAY = "birth-day"
    BIRTH_MONTH = "birth-month"
    BIRTH_YEAR = "birth-year"
    AGE = "age"
    BIRTH_PLACE = "birth-place"
    NATIONALITY = "nationality"
    DOCUMENT = "document"
    DOCUMENT_KIND = "document-kind"
    DOCUMENT_EXPIRY = "document-expiry"
    DOCUMENT_COUNTRY = "document-country"
    PHONE = "phone"
    EMAIL = "email"
    PLACE = "place"
    LANGUAGE = "language"
    CLAIM = "claim"
    NEED = "need"
    MARITAL = "marital"
    NOTES = "notes"
    GROUP = "group"
    """The list's own grouping: a household or family number."""
    ROW_KEY = "row-key"
    """What the list calls this row."""
    PARENT_KEY = "parent-key"
    """The key of the row in another table that this row belongs to."""
    RELATION = "relation"
    HEAD_FLAG = "head-flag"
    """Yes, where the row's person is the head of the group; or the head's name."""
    GROUP_SIZE = "group-size"
    STATED_ON = "stated-on"
    """The day on which the row was stated: ages count back from it."""
    MEMBERS = "members"
    """Several people in one cell."""
    TEXT = "text"
    """A free line that may name a person and everything about them."""
    EXTRA = "extra"
    """Kept with the listing under its header."""
    IGNORE = "ignore"
    """Kept with the row alone."""


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """What one column holds.

    `member` is 0 for the row's own person, n for the n-th further member named in the same row; `relation`
    is what that member (or the people of a `MEMBERS` cell) is to the row's own person. `document` is the
    kind where the header tells it. `confidence` is in [0,1]; `reason` says why in a sentence.
    """

    index: int
    header: str
    field: Field
    member: int = 0
    relation: Relation = Relation.UNKNOWN
    document: DocumentKind | None = None
    code: str = ""
    """The claim or need that a yes/no column is about."""
    confidence: float = 1.0
    reason: str = ""
    values: tuple[tuple[str, str], ...] = ()
    """What a person said that values mean which nobody taught the program: value and code ("driver", "staff")."""

    @property
    def is_said(self) -> bool:
        """Whether a person said what the column holds."""
        return self.reason == ColumnReason.SAID_BY_PERSON.sentence


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """The columns of one table, and how its dates are to be read.

    `header_row` is the 1-based number of the row that holds the headers, 0 if none does. `signature` is the
    digest of the headers whatever their order: a saved map fits every table with the same signature.
    """

    sheet: str
    header_row: int
    columns: tuple[ColumnChoice, ...]
    signature: str
    day_order: DayOrder | None = None
    calendar: Calendar | None = None
    name: str = ""
    everyone: tuple[tuple[Field, str], ...] = ()
    """What a person said of everyone on this list (`whole_list`); of this list alone, so that no saved map has it."""

    def correct(self, header: str, **changes: Any) -> ColumnMap:  # noqa: ANN401
        """A map in which a person has changed one column (`field=...`, `document=...`); confidence becomes 1.

        Raises:
            ProblemsError: `unknown-column` if no column has this header.
        """
        problems = Problems()
        if not any(column.header == header for column in self.columns):
            problems.add("unknown-column", "The table has no column with this header.", advice="Check the spelling.")
        problems.raise_if_any("the correction")
        changed = {"confidence": 1.0, "reason": ColumnReason.SAID_BY_PERSON.sentence, **changes}
        columns = tuple(replace(c, **changed) if c.header == header else c for c in self.columns)
        return replace(self, columns=columns)

    def of(self, *fields: Field) -> tuple[ColumnChoice, ...]:
        """The columns that hold one of these fields, in the order of the table."""
        return tuple(column for column in self.columns if column.field in fields)

    def to_template(self, name: str) -> dict[str, Any]:
        """The map as plain JSON, to be saved under a name; `read_template` reads it back."""
        return {
            "version": TEMPLATE_VERSION,
            "name": name,
            "sheet": self.sheet,
            "signature": self.signature,
            "header_row": self.header_row,
            "day_order": self.day_order,
            "calendar": self.calendar,
            "columns": [
                {
                    "index": column.index,
                    "header": column.header,
                    "field": column.field.value,
                    "member": column.member,
                    "relation": column.relation.value,
                    "document": column.document,
                    "code": column.code,
                    "confidence": column.confidence,
                    "reason": column.reason,
                    **({"values": [list(pair) for pair in column.values]} if column.values else {}),
                }
                for column in self.columns
            ],
            **({"everyone": [[field.value, text] for field, text in self.everyone]} if self.everyone else {}),
        }


def sign_headers(headers: Iterable[str]) -> str:
    """The signature of a header row: the same whatever the order of the columns."""
    joined = "\x1f".join(sorted(header.strip().casefold() for header in headers))
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()
