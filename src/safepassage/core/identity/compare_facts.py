"""Levels of facts that are numbers: births, documents, phones, and what is equal or not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from safepassage.core.identity.features import Bytes, Columns, Ints
from safepassage.core.identity.letters import Letters
from safepassage.core.identity.rarity import Rarity
from safepassage.core.identity.read_listings import BY_FORM, MAY_BE, STATED

Rows = npt.NDArray[np.int64]


def birth_levels(columns: Columns, left: Rows, right: Rows) -> Bytes:
    """Level of two birth dates: the best over all readings."""
    mine, his = columns.birth_low[left, 0], columns.birth_low[right, 0]
    has = (mine > 0) & (his > 0)
    gap = _gaps(columns, left, right)
    level = np.full(len(left), 9, np.int8)
    for days, code in ((3660, 8), (1100, 7), (366, 6), (0, 5)):
        level[gap <= days] = code
    exact = columns.is_day[left] & columns.is_day[right] & has
    at = np.flatnonzero(exact)
    a, b = mine[at], his[at]
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


def _gaps(columns: Columns, left: Rows, right: Rows) -> Ints:
    """Days between two births, least over their readings; 0 where they may be one day."""
    low, high = columns.birth_low, columns.birth_high
    gap = np.maximum(low[left, 0] - high[right, 0], low[right, 0] - high[left, 0])
    for i, j in ((0, 1), (1, 0), (1, 1)):  # few have a second reading
        at = np.flatnonzero((low[left, i] > 0) & (low[right, j] > 0))
        a, b = left[at], right[at]
        gap[at] = np.minimum(gap[at], np.maximum(low[a, i] - high[b, j], low[b, j] - high[a, i]))
    return np.asarray(np.maximum(gap, 0))


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
    if len(a) != len(b) or len(a) < 4 or a[:-3] != b[:-3] or not (a[-3:].isdecimal() and b[-3:].isdecimal()):
        return False
    return abs(int(a[-3:]) - int(b[-3:])) <= 12


_DIFFER = 4
"""The level of two documents that are not the same."""


class NumberComparer:
    """Compares documents and phones: only those whose digits allow a slip are looked at closely."""

    def __init__(self, columns: Columns, rarity: Rarity) -> None:
        self._columns, self._rarity = columns, rarity
        self._documents, self._phones = _Texts(columns.documents.texts), _Texts(columns.phones.texts)

    def passports(self, left: Rows, right: Rows) -> Bytes:
        """Level of passports: each meets each; one number of two countries is two passports."""
        columns = self._columns
        return self._documents_of(
            columns.passport,
            columns.passport_told,
            left,
            right,
            slots=[(0, 0), (0, 1), (1, 0), (1, 1)],
            issuer=columns.passport_issuer,
        )

    def tazkiras(self, left: Rows, right: Rows) -> Bytes:
        """Level of tazkiras: an electronic one meets electronic ones only, one on paper those on paper."""
        return self._documents_of(
            self._columns.tazkira, self._columns.tazkira_told, left, right, slots=[(0, 0), (1, 1)]
        )

    def _documents_of(
        self,
        table: Ints,
        told: Ints,
        left: Rows,
        right: Rows,
        *,
        slots: Sequence[tuple[int, int]],
        issuer: Ints | None = None,
    ) -> Bytes:
        level = np.zeros(len(left), np.int8)
        for i, j in slots:
            has = np.flatnonzero((table[left, i] > 0) & (table[right, j] > 0) & (level != 1))
            if not len(has):
                continue
            mine, his = left[has], right[has]
            found = self._document_levels(table[mine, i], table[his, j])
            if issuer is not None:
                a, b = issuer[mine, i], issuer[his, j]
                found[(a > 0) & (b > 0) & (a != b)] = _DIFFER
            found = _as_told(found, told[mine, i], told[his, j])
            is_first = (level[has] == 0) | (found == 0)
            level[has] = np.where(is_first, np.maximum(level[has], found), np.minimum(level[has], found))
        return level

    def _document_levels(self, a: Ints, b: Ints) -> Bytes:
        found = np.where(a == b, 1, 4).astype(np.int8)
        close, distance = self._documents.near(a, b, 2)
        found[close[distance == 1]] = 2
        texts = self._documents.texts
        neighbours = [_is_neighbour(texts[a[at]], texts[b[at]]) for at in close.tolist()]
        found[close[np.array(neighbours, np.bool_)]] = 3
        return found

    def phones(self, left: Rows, right: Rows) -> Bytes:
        """Level of phones: equal ones by how many groups share them."""
        phone = self._columns.phone
        mine, his = phone[left], phone[right]
        level = np.zeros(len(left), np.int8)
        both = np.flatnonzero((mine[:, 0] > 0) & (his[:, 0] > 0))
        level[both] = 5
        near, _ = self._phones.near(mine[both, 0], his[both, 0], 1)
        level[both[near]] = 4
        for i in range(2):
            for j in range(2):
                same = np.flatnonzero((mine[:, i] == his[:, j]) & (mine[:, i] > 0))
                groups = self._rarity.phone_groups[mine[same, i]]
                level[same] = np.where(groups <= 6, 1, np.where(groups <= 15, 2, 3))
        return level


def _as_told(found: Bytes, mine: Ints, his: Ints) -> Bytes:
    """The levels, but nothing where a number whose kind is not stated is another: it may be another kind.

    Two whose form alone tells their kind are compared as two that are stated; of two that only could be of a kind
    it is not known that they are.
    """
    is_open = ((mine != STATED) | (his != STATED)) & ~((mine == BY_FORM) & (his == BY_FORM))
    is_silent = is_open & ((found != 1) | ((mine == MAY_BE) & (his == MAY_BE)))
    return np.where(is_silent, 0, found).astype(np.int8)


class _Texts:
    """The texts of a vocabulary, with what tells at once that two are far apart."""

    def __init__(self, texts: list[str]) -> None:
        self.texts, self._letters = texts, Letters(texts)

    def near(self, a: Ints, b: Ints, most: int) -> tuple[Rows, Ints]:
        """Where two unequal texts are so few edits apart at most, and how many."""
        at = np.flatnonzero((a != b) & (self._letters.least_edits(a, b) <= most))
        mine, his = ([self.texts[number] for number in side[at].tolist()] for side in (a, b))
        distance = cpdist(mine, his, scorer=OSA.distance, dtype=np.int32, score_cutoff=most)
        is_near = distance <= most
        return at[is_near], np.asarray(distance[is_near])
