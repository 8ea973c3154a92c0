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

_TEXTS = {"passport": "documents", "tazkira": "documents", "case": "documents", "phone": "phones"}
_WORDS = ("name", "father", "kin")


def excerpt(parts: Sequence[tuple[Columns, Rows]]) -> Columns:
    """The rows of all parts, one after the other, with vocabularies that hold their own texts only.

    Groups and households of different parts are different ones; habits are those of the first part.
    """
    made = {name: Vocabulary() for name in ("words", "skeletons", "documents", "phones")}
    columns: dict[str, list[Any]] = {
        field.name: [getattr(part, field.name)[rows] for part, rows in parts]
        for field in fields(Columns)
        if field.name not in {*made, "ids", "bones", "habits"}
    }
    bones: list[int] = [0]
    for at, (part, _rows) in enumerate(parts):
        for name, texts in _TEXTS.items():
            columns[name][at] = _renumbered(columns[name][at], getattr(part, texts), made[texts])
        for name in _WORDS:
            columns[name][at] = _renumbered(columns[name][at], part.words, made["words"])
        for number in range(len(bones), len(made["words"].texts)):
            old = part.words.numbers[made["words"].texts[number]]
            bones.append(made["skeletons"].number(part.skeletons.texts[part.bones[old]]))
    columns["unit"], columns["group"] = _stands(columns["unit"], columns["group"])
    whole: dict[str, Any] = {name: np.concatenate(found) for name, found in columns.items()} | made
    return Columns(
        ids=[part.ids[row] for part, rows in parts for row in rows.tolist()],
        bones=np.array(bones, np.int32),
        habits=parts[0][0].habits,
        **whole,
    )


def _stands(units: list[Ints], groups: list[Ints]) -> tuple[list[Ints], list[Ints]]:
    """Units numbered anew over all parts; a group is the unit that it makes."""
    part = np.repeat(np.arange(len(units)), [len(unit) for unit in units])
    unit, group = np.concatenate(units).astype(np.int64), np.concatenate(groups)
    _, number = np.unique(np.where(unit >= 0, part << 32 | unit, -1), return_inverse=True)
    stands = np.where(unit >= 0, number, -1).astype(np.int32)
    return [stands], [np.where(group >= 0, stands, np.int32(-1))]


def _renumbered(table: npt.NDArray[np.int32], old: Vocabulary, new: Vocabulary) -> npt.NDArray[np.int32]:
    used, inverse = np.unique(table, return_inverse=True)
    numbers = np.fromiter((new.number(old.texts[at]) for at in used.tolist()), np.int32, len(used))
    return numbers[inverse].reshape(table.shape)
