"""Proposes a column map: header words weighed against what the cells look like, then against each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from safepassage.core.dates import infer_day_order
from safepassage.core.intake.column_map import ColumnChoice, ColumnMap, Field, sign_headers
from safepassage.core.intake.column_reasons import ColumnReason
from safepassage.core.intake.columns.evidence import Evidence, weigh_cells
from safepassage.core.intake.columns.family_numbers import find_family_numbers, find_names_apart
from safepassage.core.intake.columns.header_row import Headers, find_headers
from safepassage.core.intake.columns.headers import read_header
from safepassage.core.intake.columns.settle import guess_by_cells, settle_columns, weigh_choice
from safepassage.core.intake.columns.years import infer_calendar, settle_day_order
from safepassage.core.intake.readers.workbook_scan import column_letters
from safepassage.core.intake.tables import RawTable

PEOPLE = (Field.NAME, Field.GIVEN, Field.FAMILY, Field.DOCUMENT, Field.TEXT, Field.MEMBERS)
"""A table with one of these can name people."""
_NAMING = (Field.NAME, Field.GIVEN, Field.FAMILY, Field.TEXT, Field.MEMBERS, Field.HEAD_FLAG)
_PERSONAL = (Field.SEX, Field.BIRTH, Field.AGE, Field.RELATION, Field.FATHER, Field.BIRTH_YEAR)
"""A table that tells one of these tells of single people: its names stand somewhere."""
_FEW_KNOWN = 2
"""With more known headers than this, a table without names is held to be something else (households)."""


def propose_map(table: RawTable, *, is_text: bool = False) -> ColumnMap:
    """What each column of a table seems to hold, with a confidence and a reason for each.

    Args:
        table: The table as read.
        is_text: Whether it is free lines; then its one column is text.
    """
    if is_text:
        choice = ColumnChoice(0, "text", Field.TEXT, confidence=1.0, reason=ColumnReason.FREE_TEXT.sentence)
        cells = [cell for row in table.rows for cell in row.cells]
        return ColumnMap(table.sheet, 0, (choice,), sign_headers(("text",)), infer_day_order(cells), None)
    headers = find_headers(table)
    texts = name_columns(headers.texts)
    columns = [_cells(table, headers, index) for index in range(len(texts))]
    weights = [weigh_cells(cells) for cells in columns]
    choices = [_choose(index, texts[index], weight) for index, weight in enumerate(weights)]
    choices = settle_columns(choices, weights)
    has_names = any(choice.field in PEOPLE for choice in choices)
    known = sum(choice.confidence > 0 for choice in choices)
    lacks_names = not any(choice.field in _NAMING for choice in choices) and any(
        choice.field in _PERSONAL and choice.member == 0 for choice in choices
    )
    if (not has_names and known <= _FEW_KNOWN) or lacks_names or (headers.row == 0 and table.header is None):
        choices = settle_columns(guess_by_cells(choices, weights), weights)
    below = [row.cells for row in table.rows if row.number > headers.row]
    choices = find_family_numbers(find_names_apart(choices, below, weights), below, weights)
    births = [cell for choice in choices if choice.field is Field.BIRTH for cell in columns[choice.index]]
    return ColumnMap(
        sheet=table.sheet,
        header_row=headers.row,
        columns=tuple(choices),
        signature=sign_headers(texts),
        day_order=settle_day_order((c.header for c in choices if c.field is Field.BIRTH), births),
        calendar=infer_calendar(births),
    )


def fit_map(saved: ColumnMap, table: RawTable) -> ColumnMap:
    """A saved map on a table: columns are found again by their headers, wherever they stand now."""
    headers = find_headers(table)
    texts = name_columns(headers.texts)
    if saved.header_row == 0 and headers.row == 0 and table.header is None:
        return replace(saved, sheet=table.sheet)
    known = {column.header: column for column in saved.columns}
    fresh = {column.header: column for column in propose_map(table).columns}
    columns = tuple(
        replace(_as_said(known.get(text), fresh[text]), index=index, header=text) for index, text in enumerate(texts)
    )
    return replace(saved, sheet=table.sheet, header_row=headers.row, columns=columns)


def _as_said(saved: ColumnChoice | None, fresh: ColumnChoice) -> ColumnChoice:
    """The saved choice; where it holds something else than is proposed, a person said so (perhaps in a file)."""
    if saved is None:
        return fresh
    if saved.field is fresh.field:
        return saved
    return replace(saved, confidence=1.0, reason=ColumnReason.SAID_BY_PERSON.sentence)


def name_columns(texts: Sequence[str]) -> tuple[str, ...]:
    """Header texts made distinct: columns without a header are called by their letter, a second "Name" "Name (2)"."""
    seen: dict[str, int] = {}
    named = []
    for index, text in enumerate(texts):
        plain = " ".join(text.split()) or f"column {column_letters(index + 1)}"
        seen[plain] = seen.get(plain, 0) + 1
        named.append(plain if seen[plain] == 1 else f"{plain} ({seen[plain]})")
    return tuple(named)


def _cells(table: RawTable, headers: Headers, index: int) -> list[str]:
    return [row.cells[index] for row in table.rows if row.number > headers.row and index < len(row.cells)]


def _choose(index: int, header: str, evidence: Evidence) -> ColumnChoice:
    meaning = read_header(header)
    choice = ColumnChoice(
        index,
        header,
        meaning.field,
        member=meaning.member,
        relation=meaning.relation,
        document=meaning.document,
        code=meaning.code,
        confidence=round(meaning.score, 2),
        reason=_reason(meaning.score),
    )
    return weigh_choice(choice, evidence)


def _reason(score: float) -> str:
    if score >= 0.95:
        return ColumnReason.HEADER_SAYS.sentence
    if score > 0:
        return ColumnReason.HEADER_RESEMBLES.sentence
    return ColumnReason.HEADER_UNKNOWN.sentence
