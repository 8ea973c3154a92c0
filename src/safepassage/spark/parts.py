"""How rows and pairs are dealt out: buckets of listings, and cells of two buckets in which their pairs meet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Numbers = npt.NDArray[np.int64]
Frame = Any
"""A Spark DataFrame, or a column of one: the package has no types of its own."""
Session = Any
"""A Spark session."""


def bucket_of(numbers: Numbers, buckets: int) -> Numbers:
    """A bucket for each number of a row or a unit, as SQL would say it too."""
    return numbers % buckets


def cell_of(one: Numbers, other: Numbers, buckets: int) -> Numbers:
    """The cell in which two buckets meet, whichever comes first."""
    return np.minimum(one, other) * buckets + np.maximum(one, other)


def whole(work: Callable[[pa.Table], Iterable[pa.Table]], schema: pa.Schema) -> Callable[[Any], Iterator[Any]]:
    """A function for `mapInArrow` that takes a partition whole; an empty one gives nothing."""

    def of(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        some = [batch for batch in batches if batch.num_rows]
        if some:
            for table in work(pa.Table.from_batches(some)):
                yield from table.cast(schema).to_batches(max_chunksize=1 << 17)

    return of


def table_of(schema: pa.Schema, columns: dict[str, Any]) -> pa.Table:
    """A table of the schema; columns that are not given are empty."""
    n = max((len(column) for column in columns.values()), default=0)
    arrays: list[Any] = [
        pa.array(columns[field.name], field.type) if field.name in columns else pa.nulls(n, field.type)
        for field in schema
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def stacked(parts: Sequence[Numbers]) -> Numbers:
    """One after the other, also if there are none."""
    return np.concatenate([np.zeros(0, np.int64), *parts])
