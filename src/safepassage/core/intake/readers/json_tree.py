"""Reads JSON exports: each object is a row; lists of objects inside it are rows of a table nested in its own.

What stands among objects and is none is a row of its own, refused (`no-record`); so is an object that states a key
twice, differently (`stated-twice`). Nothing is left out unseen.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from safepassage.core.errors import UnreadableError
from safepassage.core.intake.codes import RejectCode
from safepassage.core.intake.sniff import MOST_COLUMNS, damaged, too_wide
from safepassage.core.intake.tables import RawRow, RawTable, keep_text

_DEEPEST = 40
_MOST_DIGITS = 100


class _Record(dict[str, object]):
    """An object of the text; `twice` are the keys that it states twice, differently, with every value."""

    twice: dict[str, list[object]]

    @classmethod
    def of(cls, pairs: list[tuple[str, object]]) -> _Record:
        made, said = cls(), dict[str, list[object]]()
        for key, value in pairs:
            values = said.setdefault(key, [])
            if value not in values:
                values.append(value)
        for key, values in said.items():
            is_lists = all(isinstance(one, list) for one in values)
            made[key] = [item for one in values if isinstance(one, list) for item in one] if is_lists else values[0]
        made.twice = {
            key: values
            for key, values in said.items()
            if len(values) > 1 and not all(isinstance(one, list) for one in values)
        }
        return made


@dataclass(slots=True)
class _Row:
    cells: dict[str, str]
    parent: int
    reject: RejectCode | None = None
    beside: str = ""
    """What stands where a record should, as written."""


@dataclass(slots=True)
class _Growing:
    parent: str | None
    columns: dict[str, int] = field(default_factory=dict)
    rows: list[_Row] = field(default_factory=list)


def read_json(text: str, *, where: str) -> tuple[RawTable, ...]:
    """The tables of a JSON text: a list of objects, one object around such a list, or one object a line.

    Raises:
        UnreadableError: `damaged` if it is no JSON, `no-table` if it holds no objects.
    """
    found = _parse(text, where=where)
    tables: dict[str, _Growing] = {}
    try:
        name, records = _records(found)
        for record in records:
            _add(tables, name, None, 0, record)
    except RecursionError as error:
        raise damaged(where) from error
    except UnreadableError as error:
        raise too_wide(where) from error
    if not any(table.rows for table in tables.values()):
        raise UnreadableError(
            "The JSON text holds no list of objects.",
            code="no-table",
            where=where,
            advice="Export the submissions themselves, not their summary.",
        )
    return _name_tables(tables)


def _name_tables(tables: dict[str, _Growing]) -> tuple[RawTable, ...]:
    """The tables, the main one without a name: the only list nested in the records, else the records themselves."""
    nested = [name for name, table in tables.items() if table.parent is not None and not _is_technical(name)]
    outer = next(iter(tables))
    main = nested[0] if len(nested) == 1 else outer
    names = {name: "" if name == main else name or "submissions" for name in tables}
    return tuple(
        _finish(names[name], names[table.parent] if table.parent is not None else None, table)
        for name, table in tables.items()
    )


def _is_technical(name: str) -> bool:
    """Attachments, positions, notes: what form servers add beside the answers."""
    return name.rpartition("/")[2].startswith("_")


def _parse(text: str, *, where: str) -> object:
    try:
        return _loads(text)
    except RecursionError as error:
        raise damaged(where) from error
    except ValueError:
        pass
    lines = [line for line in text.splitlines() if line.strip()]
    records: list[object] = []
    for line in lines:
        try:
            records.append(_loads(line))
        except (ValueError, RecursionError):
            records.append(line.strip())
    if 2 * sum(isinstance(record, dict) for record in records) <= len(lines):
        raise damaged(where)
    return records


def _loads(text: str) -> object:
    return json.loads(text, object_pairs_hook=_Record.of, parse_int=_whole)


def _whole(digits: str) -> int | str:
    """A number of more digits than any has is kept as it is written."""
    return int(digits) if len(digits) <= _MOST_DIGITS else digits


def _records(found: object) -> tuple[str, list[object]]:
    """The outermost list with objects and its name; a lone object is a list of one."""
    if isinstance(found, list):
        return "", found if _has_objects(found) else []
    if isinstance(found, dict):
        lists = [(key, value) for key, value in found.items() if _has_objects(value)]
        plain = [value for value in found.values() if not isinstance(value, dict | list)]
        if len(lists) == 1 and len(plain) <= 6 and not any(key in str(lists[0][0]) for key in ("member", "child")):
            return str(lists[0][0]), list(lists[0][1])
        return "", [found]
    return "", []


def _has_objects(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def _add(tables: dict[str, _Growing], name: str, parent: str | None, parent_row: int, record: object) -> None:
    table = tables.setdefault(name, _Growing(parent))
    row = _Row({}, parent_row)
    table.rows.append(row)
    if not isinstance(record, dict):
        row.reject, row.beside = RejectCode.NO_RECORD, _as_written(record)
        return
    number = len(table.rows)
    _fill(tables, name, number, row, record, "", 0)
    for key in row.cells:
        table.columns.setdefault(key, len(table.columns))
    if len(table.columns) > MOST_COLUMNS:
        raise too_wide("")


def _fill(  # noqa: PLR0917  (walks one record)
    tables: dict[str, _Growing],
    name: str,
    number: int,
    row: _Row,
    record: Mapping[str, object],
    prefix: str,
    depth: int,
) -> None:
    if depth > _DEEPEST:
        raise RecursionError
    twice = record.twice if isinstance(record, _Record) else {}
    for key, value in record.items():
        path = keep_text(f"{prefix}{key}")
        if key in twice:
            row.reject = RejectCode.STATED_TWICE
            row.cells[path] = "\n".join(_as_written(one) for one in twice[key])
        elif isinstance(value, dict):
            _fill(tables, name, number, row, value, f"{path}/", depth + 1)
        elif isinstance(value, list) and _has_objects(value):
            for item in value:
                _add(tables, f"{name}/{path}" if name else path, name, number, item)
        elif isinstance(value, list):
            row.cells[path] = ", ".join(_text(item) for item in value)
        else:
            row.cells[path] = _text(value)


def _as_written(value: object) -> str:
    """A value that is no record, and never an empty cell."""
    return keep_text(value if isinstance(value, str) and value.strip() else json.dumps(value, ensure_ascii=False))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return keep_text(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _finish(name: str, parent: str | None, table: _Growing) -> RawTable:
    header = tuple(table.columns)
    rows = tuple(
        RawRow(number, _cells(row, header), row.parent, row.reject) for number, row in enumerate(table.rows, 1)
    )
    return RawTable(name, rows, header=header, parent=parent)


def _cells(row: _Row, header: tuple[str, ...]) -> tuple[str, ...]:
    """The cells under the header; what is no record stands behind the last column."""
    cells = tuple(row.cells.get(column, "") for column in header)
    return (*cells, row.beside) if row.beside else cells
