"""Work on millions of pairs part by part: what a part needs stays in the processor's cache, and memory small."""

from __future__ import annotations

from collections.abc import Iterator

PART = 1 << 16


def parts_of(count: int) -> Iterator[slice]:
    """So many rows as parts that stand side by side."""
    for start in range(0, count, PART):
        yield slice(start, min(start + PART, count))
