"""Reads JSON exports: each object is a row; lists of objects inside it are rows of a table nested in its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from safepassage.core.errors import UnreadableError
from safepassage.core.intake.sniff import MOST_COLUMNS, damaged, too_wide
from safepassage.core.intake.tables import RawRow, RawTable, keep_text

_DEEPEST = 40


@dataclass(slots=True)
class _Growing:
    parent: str | None
    columns: dict[str, int] = field(default_factory=dict)
    rows: list[tuple[dict[str, str], int]] = field(default_factory=list)


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
        return json.loads(text)
    except RecursionError as error:
        raise damaged(where) from error
    except ValueError:
        pass
    try:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError) as error:
        raise damaged(where) from error


def _records(found: object) -> tuple[str, list[Mapping[str, object]]]:
    """The outermost list of objects and its name; a lone object is a list of one."""
    if isinstance(found, list):
        return "", [record for record in found if isinstance(record, dict)]
    if isinstance(found, dict):
        lists = [(key, value) for key, value in found.items() if _is_list_of_objects(value)]
        plain = [value for value in found.values() if not isinstance(value, dict | list)]
        if len(lists) == 1 and len(plain) <= 6 and not any(key in str(lists[0][0]) for key in ("member", "child")):
            return str(lists[0][0]), [record for record in lists[0][1] if isinstance(record, dict)]
        return "", [found]
    return "", []


def _is_list_of_objects(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _add(
    tables: dict[str, _Growing], name: str, parent: str | None, parent_row: int, record: Mapping[str, object]
) -> None:
    table = tables.setdefault(name, _Growing(parent))
    cells: dict[str, str] = {}
    table.rows.append((cells, parent_row))
    number = len(table.rows)
    _fill(tables, name, number, cells, record, "", 0)
    for key in cells:
        table.columns.setdefault(key, len(table.columns))
    if len(table.columns) > MOST_COLUMNS:
        raise too_wide("")


def _fill(  # noqa: PLR0917  (walks one record)
    tables: dict[str, _Growing],
    name: str,
    number: int,
    cells: dict[str, str],
    record: Mapping[str, object],
    prefix: str,
    depth: int,
) -> None:
    if depth > _DEEPEST:
        raise RecursionError
    for key, value in record.items():
        path = keep_text(f"{prefix}{key}")
        if isinstance(value, dict):
            _fill(tables, name, number, cells, value, f"{path}/", depth + 1)
        elif _is_list_of_objects(value) and isinstance(value, list):
            for item in value:
                _add(tables, f"{name}/{path}" if name else path, name, number, item)
        elif isinstance(value, list):
            cells[path] = ", ".join(_text(item) for item in value)
        else:
            cells[path] = _text(value)


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
        RawRow(number, tuple(cells.get(column, "") for column in header), parent)
        for number, (cells, parent) in enumerate(table.rows, 1)
    )
    return RawTable(name, rows, header=header, parent=parent)
