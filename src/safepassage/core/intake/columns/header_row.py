"""Finds the row that holds the headers, below titles and above people."""

from __future__ import annotations

import re
from dataclasses import dataclass

from safepassage.core.intake.column_map import Field
from safepassage.core.intake.columns.evidence import looks_like_value
from safepassage.core.intake.columns.headers import Meaning, read_header
from safepassage.core.intake.columns.sub_headings import join_headings, spread_groups
from safepassage.core.intake.tables import RawRow, RawTable

LOOK_AT = 40
"""Rows in which the header row is sought."""
_NUMBER = re.compile(r"\d{5}")
"""No header has so many figures; "tazkira 12345678" is a line about somebody."""
_WEAK = frozenset((Field.EXTRA, Field.IGNORE, Field.ROW_KEY, Field.NOTES))


@dataclass(frozen=True, slots=True)
class Headers:
    """The header texts by column and the 1-based row number that they stand in (0: there is none)."""

    row: int
    texts: tuple[str, ...]


def find_headers(table: RawTable) -> Headers:
    """The header row of a table (of two rows the lower), merged group headers above it taken in."""
    width = max((len(row.cells) for row in table.rows), default=0)
    if table.header is not None:
        return Headers(0, table.header)
    best, best_score = -1, 0.0
    for at, row in enumerate(table.rows[:LOOK_AT]):
        score = _score(row)
        if score > best_score:
            best, best_score = at, score
    if best < 0 or best_score < 1.5:
        plain = _plain_header(table)
        if plain is None:
            return Headers(0, ("",) * width)
        best = plain
    elif spread_groups(table, best) or _is_below_groups(table, best + 1, best_score):
        best += 1
    texts = _with_groups(table, best, width)
    return Headers(table.rows[best].number, texts)


def _score(row: RawRow) -> float:
    """How much a row reads like headers: distinct things announced, less the cells that are values."""
    filled = row.filled
    if not filled:
        return 0.0
    announced: dict[tuple[object, ...], float] = {}
    for cell in filled:
        meaning = read_header(cell)
        if meaning.score >= 0.5:
            key = (meaning.field, meaning.document, meaning.member, meaning.code)
            weight = meaning.score * (0.4 if meaning.field in _WEAK else 1.0)
            announced[key] = max(announced.get(key, 0.0), weight)
    values = sum(looks_like_value(cell) or bool(_NUMBER.search(cell)) for cell in filled)
    return sum(announced.values()) * (1 - values / len(filled)) - values


def _is_below_groups(table: RawTable, at: int, above: float) -> bool:
    """Whether the row after a row of headers holds the headers proper: it says more columns, and as clearly."""
    if at >= len(table.rows):
        return False
    row = table.rows[at]
    return len(row.filled) > len(table.rows[at - 1].filled) and _score(row) >= above / 2


def _plain_header(table: RawTable) -> int | None:
    """A first row of words above rows of values, though none of its words is known."""
    rows = [row for row in table.rows[:LOOK_AT] if not row.is_blank]
    if len(rows) < 3 or len(rows[0].filled) < 2:
        return None
    if any(looks_like_value(cell) for cell in rows[0].filled):
        return None
    below = [cell for row in rows[1:] for cell in row.filled]
    is_header = len(set(rows[0].filled)) == len(rows[0].filled) and len(rows[0].filled) >= len(rows[1].filled)
    if is_header and below and sum(map(looks_like_value, below)) >= len(below) / 3:
        return table.rows.index(rows[0])
    return None


def _with_groups(table: RawTable, at: int, width: int) -> tuple[str, ...]:
    """Each header with the merged group header above it where its own text alone says too little."""
    cells = table.rows[at].cells
    own = [cells[column].strip() if column < len(cells) else "" for column in range(width)]
    groups = spread_groups(table, at - 1)
    above = (groups + [""] * width)[:width] if groups else _group_texts(table, at, width)
    texts = []
    for text, group in zip(own, above, strict=True):
        if not group or not text:
            texts.append(text or group)
        else:
            joined = join_headings(group, text)
            alone, both = read_header(text), read_header(joined)
            is_clearer = both.score >= 0.8 and _about(both) != _about(alone)
            is_same = bool(groups) and both.score == alone.score > 0 and _about(both) == _about(alone)
            texts.append(joined if is_clearer or is_same or both.score > alone.score else text)
    return tuple(texts)


def _about(meaning: Meaning) -> tuple[object, ...]:
    """What a header announces and of whom: "Spouse" above "D.O.B." is another person's birth."""
    return meaning.field, meaning.document, meaning.member, meaning.relation


def _group_texts(table: RawTable, at: int, width: int) -> list[str]:
    """The texts of the row above, spread over the columns that they are merged across."""
    texts = [""] * width
    if at == 0:
        return texts
    above = table.rows[at - 1].cells
    if sum(1 for cell in above if cell.strip()) < 2:
        return texts
    for column, cell in enumerate(above):
        texts[column] = cell.strip() if len(cell) < 60 else ""
    if not any(first_row <= at - 1 <= last_row for first_row, _, last_row, _ in table.merged):
        return _spread(texts, table.rows[at].cells)
    for first_row, first, last_row, last in table.merged:
        if first_row <= at - 1 <= last_row and first < len(above) and last - first < width:
            for column in range(first, min(last + 1, width)):
                texts[column] = above[first].strip()
    return texts


def _spread(texts: list[str], headers: tuple[str, ...]) -> list[str]:
    """Group headers whose merging was lost: each goes on to the right over headers that the row repeats."""
    meanings = [read_header(header) for header in headers]
    said = [
        (Field.BIRTH if meaning.field is Field.AGE else meaning.field).value if meaning.score > 0 else header
        for meaning, header in zip(meanings, headers, strict=True)
    ]
    spread = list(texts)
    for column in range(1, min(len(texts), len(headers))):
        if not texts[column] and headers[column].strip() and said.count(said[column]) > 1:
            spread[column] = spread[column - 1]
    return spread
