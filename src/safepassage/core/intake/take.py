"""The two acts of intake: look at a file, and take it in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from safepassage.core.ids import SourceId
from safepassage.core.intake.column_map import ColumnMap
from safepassage.core.intake.values import BatchResult, FileReport, Progress


def inspect_file(path: Path | bytes, *, name: str = "", progress: Progress | None = None) -> FileReport:
    """What a file seems to be: its kind, tables, hidden parts, and a column map proposed for each table.

    Raises:
        UnreadableError: if it is no list in any form we know, is damaged, locked, or beyond the limits.
    """
    raise NotImplementedError


def intake_file(
    path: Path | bytes,
    *,
    source: SourceId,
    received: date,
    region: str = "AF",
    column_maps: Mapping[str, ColumnMap] | None = None,
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
        name: What to call the file; its own name if empty.
        progress: Told how far it is; what it raises comes through.

    Raises:
        UnreadableError: as `inspect_file`.
    """
    raise NotImplementedError
