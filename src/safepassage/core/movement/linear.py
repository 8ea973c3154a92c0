"""Linear programs as arrays: built column by column and row by row, solved behind `core.movement.exact`."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class LinearProgram:
    """Columns between 0 and `upper`, rows between `row_lower` and `row_upper`; entries by row."""

    upper: Floats
    row_lower: Floats
    row_upper: Floats
    starts: Ints
    columns: Ints
    values: Floats

    def weigh(self, duals: Floats) -> Floats:
        """The rows' duals added up on each column."""
        per_row = np.repeat(duals, np.diff(self.starts))
        summed: Floats = np.bincount(self.columns, per_row * self.values, len(self.upper)).astype(np.float64)
        return summed

    def bound(self, cost: Floats, duals: Floats) -> float:
        """What no solution exceeds, for any duals at all: weak duality, worked out here and not taken on trust."""
        ups, downs = np.maximum(duals, 0.0), np.minimum(duals, 0.0)
        ups[~np.isfinite(self.row_upper)] = 0.0
        downs[~np.isfinite(self.row_lower)] = 0.0
        right = ups @ np.where(ups > 0, self.row_upper, 0.0) + downs @ np.where(downs < 0, self.row_lower, 0.0)
        return float(right + np.maximum(cost - self.weigh(ups + downs), 0.0) @ self.upper)


@dataclass(slots=True)
class ProgramBuilder:
    """Collects columns and rows."""

    upper: list[float] = field(default_factory=list)
    _lower: list[float] = field(default_factory=list)
    _most: list[float] = field(default_factory=list)
    _starts: list[int] = field(default_factory=lambda: [0])
    _columns: list[int] = field(default_factory=list)
    _values: list[float] = field(default_factory=list)

    def column(self, upper: float) -> int:
        """Opens a column; gives its number."""
        self.upper.append(upper)
        return len(self.upper) - 1

    def row(self, lower: float, most: float, terms: list[tuple[int, float]]) -> int:
        """Adds a row; gives its number."""
        for column, value in terms:
            self._columns.append(column)
            self._values.append(value)
        self._starts.append(len(self._columns))
        self._lower.append(lower)
        self._most.append(most)
        return len(self._most) - 1

    def build(self) -> LinearProgram:
        """The program; entries of one row on one column are added up."""
        row_of = np.repeat(np.arange(len(self._lower)), np.diff(self._starts))
        columns = np.array(self._columns, dtype=np.int64)
        keys = row_of * len(self.upper) + columns
        unique, inverse = np.unique(keys, return_inverse=True)
        values = np.bincount(inverse, weights=np.array(self._values, dtype=np.float64), minlength=len(unique))
        rows = unique // max(1, len(self.upper))
        starts = np.searchsorted(rows, np.arange(len(self._lower) + 1)).astype(np.int32)
        return LinearProgram(
            np.array(self.upper, dtype=np.float64),
            np.array(self._lower, dtype=np.float64),
            np.array(self._most, dtype=np.float64),
            starts,
            (unique % max(1, len(self.upper))).astype(np.int32),
            values.astype(np.float64),
        )
