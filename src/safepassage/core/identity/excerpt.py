"""A few rows of large columns as small columns of their own, so that comparing them costs by their number alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import numpy as np
import numpy.typing as npt

from safepassage.core.identity.features import Columns
from safepassage.core.identity.vocabulary import Vocabulary

Rows = npt.NDArray[np.int64]
Ints = npt.NDArray[np.int32]

_TABLES = {"words": ("name", "father", "kin"), "documents": ("passport", "tazkira", "case"), "phones": ("phone",)}
"""The tables of numbers in each vocabulary."""
_NUMBERED = {name for names in _TABLES.values() for name in names}
_OTHERS = {*_TABLES, "skeletons", "bones", "ids", "unit", "group", "habits"}
_PLAIN = [field.name for field in fields(Columns) if field.name not in _NUMBERED | _OTHERS]


class Portions:
    """Columns of listings that came one portion after the other; rows are numbered through."""

    def __init__(self, columns: Columns) -> None:
        self.parts, self.starts, self.size = [columns], [0], columns.size

    def add(self, columns: Columns) -> int:
        """Takes in a portion; the number of its first row."""
        self.parts.append(columns)
        self.starts.append(self.size)
        self.size += columns.size
        return self.starts[-1]

    def of(self, rows: Rows) -> list[tuple[Columns, Rows]]:
        """Ascending rows by the portion that each is of, numbered within it."""
        if len(self.parts) == 1 or not len(rows):
            return [(self.parts[0], rows)]
        part = np.searchsorted(self.starts, rows, side="right") - 1
        met, first = np.unique(part, return_index=True)
        return [
            (self.parts[at], mine - self.starts[at])
            for at, mine in zip(met.tolist(), np.split(rows, first[1:]), strict=True)
        ]


def excerpt(parts: Sequence[tuple[Columns, Rows]]) -> Columns:
    """The rows of all parts, one after the other, with vocabularies that hold their own texts only.

    Groups and households of different parts are different ones; habits are those of the first part.
    """
    made = {texts: Vocabulary() for texts in (*_TABLES, "skeletons")}
    found: dict[str, list[npt.NDArray[Any]]] = {
        name: [getattr(part, name)[rows] for part, rows in parts] for name in _PLAIN
    }
    found |= {name: [] for name in _NUMBERED}
    bones = [np.zeros(1, np.int32)]
    for part, rows in parts:
        for texts, names in _TABLES.items():
            tables = [getattr(part, name)[rows] for name in names]
            numbered, fresh = _renumbered(tables, getattr(part, texts), made[texts])
            for name, table in zip(names, numbered, strict=True):
                found[name].append(table)
            if texts == "words":
                bones += _renumbered([part.bones[fresh]], part.skeletons, made["skeletons"])[0]
    unit, group = _stands(parts)
    whole: dict[str, Any] = {name: np.concatenate(tables) for name, tables in found.items()} | made
    return Columns(
        ids=[one for part, rows in parts for one in map(part.ids.__getitem__, rows.tolist())],
        unit=unit,
        group=group,
        bones=np.concatenate(bones),
        habits=parts[0][0].habits,
        **whole,
    )


def _stands(parts: Sequence[tuple[Columns, Rows]]) -> tuple[Ints, Ints]:
    """Units numbered anew over all parts, and groups: a group is the unit that it makes."""
    unit = np.concatenate([part.unit[rows].astype(np.int64) + (at << 32) for at, (part, rows) in enumerate(parts)])
    is_one = np.concatenate([part.unit[rows] >= 0 for part, rows in parts])
    is_group = np.concatenate([part.group[rows] >= 0 for part, rows in parts])
    _, number = np.unique(np.where(is_one, unit, -1), return_inverse=True)
    stands = np.where(is_one, number, -1).astype(np.int32)
    return stands, np.where(is_group, stands, np.int32(-1))


def _renumbered(tables: Sequence[Ints], old: Vocabulary, new: Vocabulary) -> tuple[list[Ints], Ints]:
    """Tables of numbers in one vocabulary by another's numbers, and which numbers the other had not."""
    whole = np.concatenate([table.ravel() for table in tables])
    stated = np.flatnonzero(whole)
    used = np.unique(whole[stated])
    had = len(new.texts)
    numbers = np.array(new.numbers_of(map(old.texts.__getitem__, used.tolist())), np.int32)
    whole[stated] = numbers[np.searchsorted(used, whole[stated])]
    parts = np.split(whole, np.cumsum([table.size for table in tables])[:-1])
    return [part.reshape(table.shape) for part, table in zip(parts, tables, strict=True)], used[numbers >= had]
