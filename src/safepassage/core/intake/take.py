"""The two acts of intake: look at a file, and take it in."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from safepassage.core.ids import BatchId, SourceId, derived_id
from safepassage.core.intake.codes import FileKind
from safepassage.core.intake.column_map import ColumnMap, Field
from safepassage.core.intake.columns.propose import fit_map, propose_map
from safepassage.core.intake.join import find_joins
from safepassage.core.intake.people_rows import Delivery
from safepassage.core.intake.read_file import read_bytes, read_file
from safepassage.core.intake.result import make_result
from safepassage.core.intake.tables import RawFile, RawTable
from safepassage.core.intake.values import BatchResult, FileReport, Progress, TableReport
from safepassage.core.intake.warn import warn_of_maps
from safepassage.core.intake.whole_file import draft_file, has_people

SAMPLES = 5
"""Rows shown of each table, for a person to check the column map by."""


def inspect_file(path: Path | bytes, *, name: str = "", progress: Progress | None = None) -> FileReport:
    """What a file seems to be: its kind, tables, hidden parts, and a column map proposed for each table.

    Raises:
        UnreadableError: if it is no list in any form we know, is damaged, locked, or beyond the limits.
    """
    tell = progress or _silent
    where = _name(path, name)
    content = read_bytes(path, where=where)
    tell(0.0, "reading")
    raw = read_file(content, where=where, tell=tell)
    maps = propose_maps(raw, {}, tell)
    joins = find_joins(raw.tables, maps)
    parents = {join.parent for join in joins}
    tables = tuple(
        TableReport(
            sheet=table.sheet,
            rows=len(table.rows),
            header_row=maps[table.sheet].header_row,
            column_map=maps[table.sheet],
            is_hidden=table.is_hidden,
            hidden_rows=table.hidden_rows,
            hidden_columns=table.hidden_columns,
            samples=_samples(table, maps[table.sheet]),
            has_people=has_people(maps[table.sheet]) and table.sheet not in parents,
        )
        for table in raw.tables
    )
    tell(1.0, "inspected")
    return FileReport(
        file=where,
        kind=raw.kind,
        digest=hashlib.sha256(content).hexdigest(),
        size=len(content),
        encoding=raw.encoding,
        delimiter=raw.delimiter,
        tables=tables,
        warnings=(*raw.warnings, *warn_of_maps(maps.values(), households=parents)),
    )


def intake_file(
    path: Path | bytes,
    *,
    source: SourceId,
    received: date,
    region: str = "AF",
    column_maps: Mapping[str, ColumnMap] | None = None,
    everyone: Mapping[Field, str] | None = None,
    name: str = "",
    progress: Progress | None = None,
) -> BatchResult:
    """Takes a file in: every row kept verbatim, listings and rejects made of them. The same bytes give the same ids.

    Args:
        path: The file, or its bytes (then `name` is what to call it).
        source: Who sent it; part of every id.
        received: The day on which it came in: ages count back from it, dates after it are in doubt.
        region: ISO 3166-1 alpha-2 of the country meant by phone numbers without prefix.
        column_maps: Maps that a person has corrected, by header signature or by sheet name.
        everyone: What a person said of everyone on the list (`read_whole_list`); stands where a row says nothing.
        name: What to call the file; its own name if empty.
        progress: Told how far it is; what it raises comes through.

    Raises:
        UnreadableError: as `inspect_file`.
    """
    tell = progress or _silent
    where = _name(path, name)
    content = read_bytes(path, where=where)
    digest = hashlib.sha256(content).hexdigest()
    tell(0.0, "reading")
    raw = read_file(content, where=where, tell=tell)
    maps = propose_maps(raw, column_maps or {}, tell)
    said = tuple(sorted((field, text) for field, text in (everyone or {}).items() if text))
    maps = {sheet: replace(one, everyone=said if has_people(one) else ()) for sheet, one in maps.items()}
    delivery = Delivery(source, BatchId(derived_id("B", source, digest)), where, digest)
    drafted = draft_file(raw, maps, delivery, tell)
    return make_result(raw, maps, drafted, delivery, received=received, region=region, tell=tell)


def propose_maps(
    raw: RawFile, saved: Mapping[str, ColumnMap], tell: Callable[[float, str], None]
) -> dict[str, ColumnMap]:
    """A map for each table by its sheet: the saved one of the same headers or sheet, else a proposed one."""
    maps: dict[str, ColumnMap] = {}
    for done, table in enumerate(raw.tables):
        tell(0.2 + 0.2 * done / len(raw.tables), "understanding columns")
        proposed = propose_map(table, is_text=raw.kind is FileKind.CHAT)
        chosen = saved.get(proposed.signature) or saved.get(table.sheet)
        maps[table.sheet] = fit_map(chosen, table) if chosen and raw.kind is not FileKind.CHAT else proposed
    return maps


def _samples(table: RawTable, column_map: ColumnMap) -> tuple[tuple[str, ...], ...]:
    """The first filled cells of each column."""
    rows = [row for row in table.rows if row.number > column_map.header_row or table.header is not None]
    return tuple(
        tuple(
            [row.cells[c.index] for row in rows if c.index < len(row.cells) and row.cells[c.index].strip()][:SAMPLES]
        )
        for c in column_map.columns
    )


def _name(path: Path | bytes, name: str) -> str:
    return name or (path.name if isinstance(path, Path) else "pasted text")


def _silent(share: float, what: str) -> None:
    """Tells nobody."""
