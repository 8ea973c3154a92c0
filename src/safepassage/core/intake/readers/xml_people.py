"""Reads People Finder Interchange Format 1.1 to 1.4 (http://zesty.ca/pfif), and flat XML of persons, as a stream."""

from __future__ import annotations

import io
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

import defusedxml.sax
from defusedxml.common import DefusedXmlException

from safepassage.core.errors import UnreadableError
from safepassage.core.intake.codes import RejectCode
from safepassage.core.intake.sniff import MOST_COLUMNS, damaged, too_wide
from safepassage.core.intake.tables import RawRow, RawTable, keep_text

_PERSON = frozenset({"person", "individual", "evacuee", "applicant", "beneficiary", "record", "row"})
_ONCE = frozenset(
    {
        *("full_name", "given_name", "first_name", "last_name", "family_name", "name", "father_name"),
        *("date_of_birth", "birth_date", "dob", "sex", "gender", "age"),
        *("person_record_id", "document_number", "passport_number", "tazkira_number"),
    }
)
"""Elements that a person has once: two that differ are two people, or a mistake. Phones and notes may repeat."""
NOTE = "note"
"""The table of notes that stand outside persons; the main table of persons has no name."""


class _People(ContentHandler):
    """Gathers each person element (its notes within it) and each note that stands alone."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: dict[str, list[tuple[dict[str, str], bool]]] = {}
        self._is_twice = False
        self._path: list[str] = []
        self._record: dict[str, str] | None = None
        self._depth = 0
        self._text: list[str] = []
        self._columns: dict[str, set[str]] = {}

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        local = name.rpartition(":")[2].lower()
        self._path.append(local)
        self._text = []
        if self._record is None and (local in _PERSON or local == NOTE) and len(self._path) > 1:
            self._record = {key: value for key, value in attrs.items() if not key.startswith("xmlns")}
            self._depth = len(self._path)

    def characters(self, content: str) -> None:
        self._text.append(content)

    def endElement(self, name: str) -> None:  # noqa: N802, ARG002
        text = keep_text("".join(self._text).strip())
        self._text = []
        if self._record is not None:
            if len(self._path) == self._depth:
                if text and not self._record:
                    self._record["text"] = text
                columns = self._columns.setdefault(self._path[-1], set())
                columns.update(self._record)
                if len(columns) > MOST_COLUMNS:
                    raise too_wide("")
                self.tables.setdefault(self._path[-1], []).append((self._record, self._is_twice))
                self._record, self._is_twice = None, False
            elif text:
                key = "/".join(self._path[self._depth :])
                held = self._record.get(key)
                if key in _ONCE and held is not None:
                    self._is_twice |= text not in held.split("\n")
                    text = "" if text in held.split("\n") else text
                self._record[key] = f"{held}\n{text}" if held and text else held or text
        self._path.pop()


def read_xml_people(content: bytes, *, where: str) -> tuple[RawTable, ...]:
    """One row for each person element, its notes in cells of their own; notes outside persons in a table of notes.

    Raises:
        UnreadableError: `damaged` if it is no XML or declares entities; `no-table` if it names no persons.
    """
    people = _People()
    try:
        defusedxml.sax.parse(io.BytesIO(content), people)
    except UnreadableError as error:
        raise too_wide(where) from error
    except (SAXException, DefusedXmlException, ValueError, LookupError, AssertionError) as error:
        raise damaged(where) from error
    if not people.tables:
        raise UnreadableError(
            "The XML text holds no person elements.",
            code="no-table",
            where=where,
            advice="Ask for the list as PFIF, CSV or XLSX.",
        )
    main = next((name for name in people.tables if name != NOTE), NOTE)
    return tuple(
        _table("" if name == main and name != NOTE else name, records) for name, records in people.tables.items()
    )


def _table(name: str, records: list[tuple[dict[str, str], bool]]) -> RawTable:
    header = tuple(dict.fromkeys(key for record, _ in records for key in record))
    rows = tuple(
        RawRow(
            number,
            tuple(record.get(key, "") for key in header),
            reject=RejectCode.STATED_TWICE if is_twice else None,
        )
        for number, (record, is_twice) in enumerate(records, 1)
    )
    return RawTable(name, rows, header=header)
