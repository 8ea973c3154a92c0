"""Levels of facts that are numbers: births, documents, phones, and what is equal or not."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from safepassage.core.identity.features import Bytes, Columns, Ints
from safepassage.core.identity.rarity import Rarity

Rows = npt.NDArray[np.int64]


def birth_levels(columns: Columns, left: Rows, right: Rows) -> Bytes:
    """Level of two birth dates: the best over all readings."""
    low, high = columns.birth_low, columns.birth_high
    has = (low[left, 0] > 0) & (low[right, 0] > 0)
    gap = np.full(len(left), 10**6, np.int64)
    for i in range(2):
        for j in range(2):
            both = (low[left, i] > 0) & (low[right, j] > 0)
            apart = np.maximum(low[left, i] - high[right, j], low[right, j] - high[left, i])
            gap = np.where(both, np.minimum(gap, np.maximum(apart, 0)), gap)
    level = np.full(len(left), 9, np.int8)
    for days, code in ((3660, 8), (1100, 7), (366, 6), (0, 5)):
        level[gap <= days] = code
    exact = columns.is_day[left] & columns.is_day[right] & has
    at = np.flatnonzero(exact)
    a, b = low[left[at], 0], low[right[at], 0]
    found = level[at]
    ymd_a, ymd_b = _parts(a), _parts(b)
    equal = (ymd_a == ymd_b).sum(axis=1)
    found[(found == 6) & (ymd_a[:, 0] == ymd_b[:, 0])] = 4
    found[(equal == 2) & (np.abs(ymd_a[:, 0] - ymd_b[:, 0]) <= 12)] = 3
    found[gap[at] == 0] = 2
    found[a == b] = 1
    level[at] = found
    level[~has] = 0
    return level


def _parts(ordinals: Ints) -> npt.NDArray[np.int64]:
    """(n, 3) year, month, day of ordinals."""
    days = (ordinals.astype(np.int64) - 719163).astype("datetime64[D]")
    years = days.astype("datetime64[Y]")
    months = days.astype("datetime64[M]")
    return np.stack(
        (
            years.astype(np.int64),
            (months - years.astype("datetime64[M]")).astype(np.int64),
            (days - months.astype("datetime64[D]")).astype(np.int64),
        ),
        axis=1,
    )


def equal_levels(column: Ints | Bytes, left: Rows, right: Rows) -> Bytes:
    """0 where one is missing, 1 if equal, 2 if not."""
    a, b = column[left], column[right]
    return np.where((a <= 0) | (b <= 0), 0, np.where(a == b, 1, 2)).astype(np.int8)


def _is_neighbour(a: str, b: str) -> bool:
    """Numbers of one issuing day: the same but for a small difference at the end."""
    if len(a) != len(b) or len(a) < 4 or a[:-3] != b[:-3] or not (a[-3:].isdigit() and b[-3:].isdigit()):
        return False
    return abs(int(a[-3:]) - int(b[-3:])) <= 12


def document_levels(columns: Columns, table: Ints, left: Rows, right: Rows, *, is_split: bool) -> Bytes:
    """Level of documents; with `is_split` a slot is a kind of its own and meets only itself."""
    level = np.zeros(len(left), np.int8)
    slots = [(0, 0), (1, 1)] if is_split else [(0, 0), (0, 1), (1, 0), (1, 1)]
    texts = columns.documents.array()
    for i, j in slots:
        has = np.flatnonzero((table[left, i] > 0) & (table[right, j] > 0) & (level != 1))
        if not len(has):
            continue
        a, b = table[left[has], i], table[right[has], j]
        found = np.where(a == b, 1, 4).astype(np.int8)
        other = np.flatnonzero(a != b)
        ta, tb = texts[a[other]].tolist(), texts[b[other]].tolist()
        distance = cpdist(ta, tb, scorer=OSA.distance, dtype=np.int32, score_cutoff=2)
        found[other[distance <= 1]] = 2
        close = np.flatnonzero(distance <= 2)
        found[other[close[[_is_neighbour(ta[x], tb[x]) for x in close.tolist()]]]] = 3
        level[has] = np.where(level[has] == 0, found, np.minimum(level[has], found))
    return level


def phone_levels(columns: Columns, rarity: Rarity, left: Rows, right: Rows) -> Bytes:
    """Level of phones: equal ones by how many groups share them."""
    phone = columns.phone
    level = np.zeros(len(left), np.int8)
    level[(phone[left, 0] > 0) & (phone[right, 0] > 0)] = 5
    texts = columns.phones.array()
    unlike = np.flatnonzero((level == 5) & (phone[left, 0] != phone[right, 0]))
    near = cpdist(
        texts[phone[left[unlike], 0]].tolist(),
        texts[phone[right[unlike], 0]].tolist(),
        scorer=OSA.distance,
        dtype=np.int32,
        score_cutoff=1,
    )
    level[unlike[near <= 1]] = 4
    for i in range(2):
        for j in range(2):
            same = np.flatnonzero((phone[left, i] == phone[right, j]) & (phone[left, i] > 0))
            groups = rarity.phone_groups[phone[left[same], i]]
            level[same] = np.where(groups <= 6, 1, np.where(groups <= 15, 2, 3))
    return level
