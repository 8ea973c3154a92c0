"""Counts as CSV with HXL tags (Humanitarian Exchange Language 1.1) in its second row."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from safepassage.core.ledger import CountRow


def write_counts_csv(counts: Iterable[CountRow], *, operation: str, as_of: datetime) -> bytes:
    """UTF-8 with byte-order mark: operation, as-of, category, stage, people, of them seen."""
    raise NotImplementedError
