"""Counts as CSV with HXL tags (Humanitarian Exchange Language 1.1) in its second row."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from safepassage.core.exchange.cells import csv_text
from safepassage.core.ledger import CountRow

COLUMNS = (
    ("Operation", "#activity+operation+code"),
    ("As of (UTC)", "#date+reported"),
    ("Category", "#population+category+code"),
    ("Stage", "#status+stage+code"),
    ("People", "#population+people+num"),
    ("Of them seen", "#population+people+seen+num"),
)
"""Header and tag of each column."""


def write_counts_csv(counts: Iterable[CountRow], *, operation: str, as_of: datetime) -> bytes:
    """UTF-8 with byte-order mark: operation, as-of, category, stage, people, of them seen.

    Raises:
        ValueError: if `as_of` has no time zone.
    """
    if as_of.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    moment = as_of.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    heads = (tuple(header for header, _ in COLUMNS), tuple(tag for _, tag in COLUMNS))
    rows = ((operation, moment, row.category, str(row.stage), row.people, row.seen) for row in counts)
    return csv_text((*heads, *rows)).encode("utf-8-sig")
