"""Compares pairs fact by fact: each fact gives a level, a small number with a name (see `LEVELS`)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

from safepassage.core.identity.blocking import Pairs
from safepassage.core.identity.features import ROLE_COUNT, Bytes, Columns, Ints
from safepassage.core.identity.values import EvidenceField

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

WORD_LEVELS = (
    "differ",
    "a little alike",
    "differ by a final a",
    "near",
    "sound alike",
    "sound alike across scripts",
    "equal",
)
LEVELS: dict[EvidenceField, tuple[str, ...]] = {
    EvidenceField.NAME: ("missing", *WORD_LEVELS, "in another order", "joined or split"),
    EvidenceField.SURNAME: ("missing", "conflict", "is the other's father", "near", "agree"),
    EvidenceField.FATHER: ("missing", "differ", "a little alike", "common part only", "near", "sound alike", "equal"),
    EvidenceField.BIRTH: (
        "missing", "same day", "day and month swapped", "one part differs", "same year, other day", "can be the same",
        "within a year", "within three years", "within ten years", "further apart",
    ),
    EvidenceField.PASSPORT: ("missing", "equal", "one slip", "neighbouring numbers", "differ"),
    EvidenceField.TAZKIRA: ("missing", "equal", "one slip", "neighbouring numbers", "differ"),
    EvidenceField.PHONE: (
        "missing", "equal, few share it", "equal, some share it", "equal, many share it", "one slip", "differ",
    ),
    EvidenceField.SEX: (
        "missing", "equal", "differ", "missing, name alike", "equal, name alike", "differ, name alike",
    ),
    EvidenceField.PLACE: ("missing", "equal", "differ"),
    EvidenceField.RELATION: tuple(f"{a}-{b}" for a in range(ROLE_COUNT) for b in range(ROLE_COUNT)),
    EvidenceField.LIST: ("other list", "same list", "same group"),
}  # fmt: skip
FIELDS = tuple(LEVELS)
AT = {field: at for at, field in enumerate(FIELDS)}


@dataclass(slots=True)
class Rarity:
    """How often words and phones occur in this operation."""

    word_share: Floats
    """Share of names that hold a word of this skeleton, by skeleton."""
    father_share: Floats
    phone_groups: Ints
    """Number of list groups (or lone listings) that state a phone."""


@dataclass(slots=True)
class Compared:
    """Levels of pairs, and the shares of what they agree on (1 where nothing rare is agreed on)."""

    levels: Bytes
    name_share: Floats
    father_share: Floats
    surname_share: Floats

    def taken(self, at: npt.NDArray[np.int64]) -> Compared:
        """Some of the pairs."""
        return Compared(self.levels[at], self.name_share[at], self.father_share[at], self.surname_share[at])


def rarity_of(columns: Columns) -> Rarity:
    """Counts once for all listings."""
    bones = columns.bones
    count = len(columns.skeletons.texts)
    n = max(columns.size, 1)

    def share(table: Ints) -> Floats:
        used = bones[table].ravel()
        stated = max(int((table[:, 0] > 0).sum()), 1)
        counts = np.bincount(used[used > 0], minlength=count).astype(np.float64)
        return (counts + 1.0) / (stated + 1.0)

    unit = np.where(columns.group >= 0, columns.group, np.arange(n) + int(columns.group.max(initial=0)) + 1)
    holders = np.concatenate(
        [np.stack((columns.phone[:, s], unit), axis=1)[columns.phone[:, s] > 0] for s in range(2)]
    )
    holders = np.unique(holders, axis=0)
    return Rarity(
        share(columns.name),
        share(columns.father),
        np.bincount(holders[:, 0], minlength=len(columns.phones.texts)).astype(np.int32),
    )


class Comparer:
    """Compares pairs of one set of columns; words that were compared once are remembered."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.rarity = rarity_of(columns)
        self._texts = columns.words.array()
        self._plain = np.array([t.lstrip("~") for t in columns.words.texts], dtype=object)
        self._is_arabic = np.array([t.startswith("~") for t in columns.words.texts])
        self._bone_texts = columns.skeletons.array()
        self._known = np.zeros(0, np.int64)
        self._level = np.zeros(0, np.int8)

    def compare(self, pairs: Pairs) -> Compared:
        """Levels of every fact for each pair."""
        columns, left, right = self.columns, pairs[:, 0], pairs[:, 1]
        levels = np.zeros((len(pairs), len(FIELDS)), np.int8)
        name, name_share, surname, surname_share = self._names(left, right)
        father, father_share = self._fathers(left, right)
        levels[:, AT[EvidenceField.NAME]] = name
        levels[:, AT[EvidenceField.SURNAME]] = surname
        levels[:, AT[EvidenceField.FATHER]] = father
        levels[:, AT[EvidenceField.BIRTH]] = birth_levels(columns, left, right)
        levels[:, AT[EvidenceField.PASSPORT]] = self._documents(columns.passport, left, right, is_split=False)
        levels[:, AT[EvidenceField.TAZKIRA]] = self._documents(columns.tazkira, left, right, is_split=True)
        levels[:, AT[EvidenceField.PHONE]] = self._phones(left, right)
        levels[:, AT[EvidenceField.SEX]] = _equal(columns.sex, left, right) + 3 * (name >= 4)
        levels[:, AT[EvidenceField.PLACE]] = _equal(columns.place, left, right)
        roles = np.stack((columns.role[left], columns.role[right]), axis=1)
        levels[:, AT[EvidenceField.RELATION]] = roles.min(axis=1) * ROLE_COUNT + roles.max(axis=1)
        is_same_list = columns.source[left] == columns.source[right]
        is_same_group = (columns.group[left] == columns.group[right]) & (columns.group[left] >= 0)
        levels[:, AT[EvidenceField.LIST]] = np.where(is_same_group, 2, np.where(is_same_list, 1, 0))
        return Compared(levels, name_share, father_share, surname_share)

    def _word_levels(self, a: Ints, b: Ints) -> Bytes:
        """Level of each pair of words, by `WORD_LEVELS`; -1 where one is empty."""
        wide = np.int64(len(self._texts))
        codes = np.minimum(a, b).astype(np.int64) * wide + np.maximum(a, b)
        distinct = np.unique(codes)
        fresh = np.setdiff1d(distinct, self._known, assume_unique=True)
        if len(fresh):
            known = np.concatenate((self._known, fresh))
            level = np.concatenate((self._level, self._weigh_words(fresh // wide, fresh % wide)))
            order = np.argsort(known, kind="stable")
            self._known, self._level = known[order], level[order]
        return self._level[np.searchsorted(self._known, codes)]

    def _weigh_words(self, a: npt.NDArray[np.int64], b: npt.NDArray[np.int64]) -> Bytes:
        level = np.zeros(len(a), np.int8)
        ta, tb = self._plain[a], self._plain[b]
        ba, bb = self.columns.bones[a], self.columns.bones[b]
        is_cross = self._is_arabic[a] != self._is_arabic[b]
        distance = cpdist(ta.tolist(), tb.tolist(), scorer=OSA.distance, dtype=np.int32)
        alike = cpdist(ta.tolist(), tb.tolist(), scorer=JaroWinkler.similarity, dtype=np.float32)
        bone_distance = cpdist(
            self._bone_texts[ba].tolist(), self._bone_texts[bb].tolist(), scorer=OSA.distance, dtype=np.int32
        )
        length = np.minimum(_lengths(ta), _lengths(tb))
        bone_length = np.minimum(_lengths(self._bone_texts[ba]), _lengths(self._bone_texts[bb]))
        starts = np.fromiter(
            (x.startswith(y) or y.startswith(x) for x, y in zip(ta.tolist(), tb.tolist(), strict=True)),
            np.bool_,
            len(a),
        )
        level[(alike >= 0.82) | (starts & (length >= 3)) | ((bone_distance == 1) & (bone_length >= 3))] = 1
        level[((distance == 1) & (length >= 4)) | ((alike >= 0.92) & (distance <= 2) & (length >= 5))] = 3
        level[is_cross & (bone_distance == 1) & (bone_length >= 4)] = 3
        same_bone = ba == bb
        level[same_bone & ~is_cross & (distance <= np.maximum(1, length // 3))] = 4
        level[same_bone & ~is_cross & (distance > np.maximum(1, length // 3))] = 1
        level[same_bone & is_cross] = 5
        final_a = np.fromiter(
            (x + "a" == y or y + "a" == x for x, y in zip(ta.tolist(), tb.tolist(), strict=True)), np.bool_, len(a)
        )
        level[final_a] = 2
        level[ta == tb] = 6
        level[(a == 0) | (b == 0)] = -1
        return level

    def _names(
        self, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]
    ) -> tuple[Bytes, Floats, Bytes, Floats]:
        columns, bones = self.columns, self.columns.bones
        a, b = columns.name[left], columns.name[right]
        first = self._word_levels(a[:, 0], b[:, 0])
        is_missing = first < 0
        share = np.ones(len(left))
        same = first >= 3
        # the commoner of two spellings: a slip of the pen is rare and tells nothing
        share[same] = np.maximum(self.rarity.word_share[bones[a[same, 0]]], self.rarity.word_share[bones[b[same, 0]]])
        level = (first + 1).astype(np.int8)
        surname = np.zeros(len(left), np.int8)
        surname_share = np.ones(len(left))
        rest = np.full((len(left), 3, 3), -1, np.int8)
        for i in range(1, 4):
            for j in range(1, 4):
                has = (a[:, i] > 0) & (b[:, j] > 0)
                rest[has, i - 1, j - 1] = self._word_levels(a[has, i], b[has, j])
        best = rest.reshape(len(left), 9).max(axis=1)
        surname[best >= 0] = 1
        surname[best == 3] = 3
        surname[best >= 4] = 4
        agree = best >= 3
        where = rest.reshape(len(left), 9).argmax(axis=1)
        at = np.flatnonzero(agree)
        surname_share[agree] = np.maximum(
            self.rarity.word_share[bones[a[at, 1 + where[agree] // 3]]],
            self.rarity.word_share[bones[b[at, 1 + where[agree] % 3]]],
        )
        self._other_orders(a, b, first, level, share)
        father_name = self._is_fathers(a, columns.father[right]) | self._is_fathers(b, columns.father[left])
        surname[(surname == 1) & father_name] = 2
        level[is_missing] = 0
        return level, share, surname, surname_share

    def _other_orders(self, a: Ints, b: Ints, first: Bytes, level: Bytes, share: Floats) -> None:
        """Looks again where the first words differ: other order, joined words."""
        unlike = np.flatnonzero((first >= 0) & (first <= 2))
        if not len(unlike):
            return
        a, b = a[unlike], b[unlike]
        crossed = np.full(len(unlike), -1, np.int8)
        matched = np.zeros(len(unlike), np.int32)
        for i, j in ((0, 1), (1, 0), (0, 2), (2, 0), (0, 3), (3, 0)):
            has = np.flatnonzero((a[:, i] > 0) & (b[:, j] > 0))
            found = self._word_levels(a[has, i], b[has, j])
            better = found > crossed[has]
            crossed[has[better]] = found[better]
            matched[has[better]] = a[has[better], i]
        is_crossed = crossed >= 3
        level[unlike[is_crossed]] = 1 + len(WORD_LEVELS)
        share[unlike[is_crossed]] = self.rarity.word_share[self.columns.bones[matched[is_crossed]]]
        rest = np.flatnonzero(~is_crossed)
        left_text, right_text = self._joined(a[rest]), self._joined(b[rest])
        alike = cpdist(left_text, right_text, scorer=OSA.normalized_similarity, dtype=np.float32)
        length = np.minimum(_lengths(left_text), _lengths(right_text))
        is_joined = (alike >= 0.8) & (length >= 4)
        level[unlike[rest[is_joined]]] = 2 + len(WORD_LEVELS)

    def _joined(self, table: Ints) -> list[str]:
        bones = self._bone_texts[self.columns.bones[table]]
        return ["".join(sorted(row)) for row in bones.tolist()]

    def _is_fathers(self, name: Ints, father: Ints) -> Flags:
        bones = self.columns.bones
        mine, his = bones[name], bones[father[:, 0]]
        return np.asarray(((mine[:, 1:] == his[:, None]) & (his[:, None] > 0)).any(axis=1))

    def _fathers(self, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]) -> tuple[Bytes, Floats]:
        columns, bones = self.columns, self.columns.bones
        a, b = columns.father[left], columns.father[right]
        first = self._word_levels(a[:, 0], b[:, 0])
        level = np.zeros(len(left), np.int8)
        for word, code in ((0, 1), (1, 2), (2, 2), (3, 4), (4, 5), (5, 5), (6, 6)):
            level[first == word] = code
        unlike = np.flatnonzero(level == 1)
        for i, j in ((0, 1), (1, 0), (1, 1)):
            has = unlike[(a[unlike, i] > 0) & (b[unlike, j] > 0)]
            level[has[self._word_levels(a[has, i], b[has, j]) >= 3]] = 3
        share = np.ones(len(left))
        same = level >= 4
        share[same] = np.maximum(
            self.rarity.father_share[bones[a[same, 0]]], self.rarity.father_share[bones[b[same, 0]]]
        )
        return level, share

    def _documents(
        self, table: Ints, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64], *, is_split: bool
    ) -> Bytes:
        """Level of documents; with `is_split` a slot is a kind of its own and meets only itself."""
        level = np.zeros(len(left), np.int8)
        slots = [(0, 0), (1, 1)] if is_split else [(0, 0), (0, 1), (1, 0), (1, 1)]
        texts = self.columns.documents.texts
        for i, j in slots:
            has = np.flatnonzero((table[left, i] > 0) & (table[right, j] > 0) & (level != 1))
            if not len(has):
                continue
            a, b = table[left[has], i], table[right[has], j]
            ta, tb = [texts[x] for x in a.tolist()], [texts[x] for x in b.tolist()]
            distance = cpdist(ta, tb, scorer=OSA.distance, dtype=np.int32, score_cutoff=2)
            found = np.full(len(has), 4, np.int8)
            found[distance <= 1] = 2
            close = np.flatnonzero((distance <= 2) & (a != b))
            found[close[[_is_neighbour(ta[x], tb[x]) for x in close.tolist()]]] = 3
            found[a == b] = 1
            level[has] = np.where(level[has] == 0, found, np.minimum(level[has], found))
        return level

    def _phones(self, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]) -> Bytes:
        phone = self.columns.phone
        level = np.zeros(len(left), np.int8)
        level[(phone[left, 0] > 0) & (phone[right, 0] > 0)] = 5
        texts = self.columns.phones.texts
        unlike = np.flatnonzero((level == 5) & (phone[left, 0] != phone[right, 0]))
        near = cpdist(
            [texts[x] for x in phone[left[unlike], 0].tolist()],
            [texts[x] for x in phone[right[unlike], 0].tolist()],
            scorer=OSA.distance,
            dtype=np.int32,
            score_cutoff=1,
        )
        level[unlike[near <= 1]] = 4
        for i in range(2):
            for j in range(2):
                same = np.flatnonzero((phone[left, i] == phone[right, j]) & (phone[left, i] > 0))
                groups = self.rarity.phone_groups[phone[left[same], i]]
                level[same] = np.where(groups <= 6, 1, np.where(groups <= 15, 2, 3))
        return level


def is_sound(compared: Compared) -> Flags:
    """Whether a link may ever be made without a person's eye, however likely it is.

    A shared document carries a link alone. Without one nothing may contradict (another name, father, sex, document,
    a birth years off), and beside the name one of birth, father and a rare phone must agree.
    """

    def level(field: EvidenceField, *wanted: int) -> Flags:
        return np.isin(compared.levels[:, AT[field]], wanted)

    shares_document = level(EvidenceField.PASSPORT, 1) | level(EvidenceField.TAZKIRA, 1)
    contradicts = (
        level(EvidenceField.NAME, 1, 2, 3)
        | level(EvidenceField.FATHER, 1)
        | level(EvidenceField.SEX, 2, 5)
        | level(EvidenceField.BIRTH, 7, 8, 9)
        | level(EvidenceField.PASSPORT, 4)
    )
    agrees = (
        level(EvidenceField.BIRTH, 1, 2, 3, 5, 6)
        | level(EvidenceField.FATHER, 4, 5, 6)
        | level(EvidenceField.PHONE, 1)
        | level(EvidenceField.PASSPORT, 2)
        | level(EvidenceField.TAZKIRA, 2)
    )
    return np.asarray(shares_document | (~contradicts & agrees))


def birth_levels(columns: Columns, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]) -> Bytes:
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


def _equal(column: Ints | Bytes, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]) -> Bytes:
    a, b = column[left], column[right]
    return np.where((a <= 0) | (b <= 0), 0, np.where(a == b, 1, 2)).astype(np.int8)


def _is_neighbour(a: str, b: str) -> bool:
    """Numbers of one issuing day: the same but for a small difference at the end."""
    if len(a) != len(b) or len(a) < 4 or a[:-3] != b[:-3] or not (a[-3:].isdigit() and b[-3:].isdigit()):
        return False
    return abs(int(a[-3:]) - int(b[-3:])) <= 12


def _lengths(texts: npt.NDArray[np.object_] | list[str]) -> npt.NDArray[np.int64]:
    return np.fromiter((len(text) for text in texts), np.int64, len(texts))
