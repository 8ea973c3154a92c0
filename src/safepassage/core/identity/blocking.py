"""Which pairs of listings are worth comparing: many cheap keys, over-full blocks refined, none skipped.

A key says "whoever shares this may be one person". Each kind of evidence has keys of its own, so that a pair
is missed only if it shares nothing: no document, no phone with any name, no two names, no name with a year.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from safepassage.core.identity.features import Columns
from safepassage.core.identity.in_parts import in_turn
from safepassage.core.identity.sorting import Codes, distinct, distinct_of_own
from safepassage.core.identity.vocabulary import mark

Keys = npt.NDArray[np.uint64]
Marks = npt.NDArray[np.int32] | npt.NDArray[np.int64]
Pairs = npt.NDArray[np.int64]
"""(m, 2) row numbers, left < right, sorted, distinct."""

_MERGED_AT_ONCE = 1 << 22
_NEAR_WIDTH = 7
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_PHONE_DIGITS = 9
_DOCUMENT_WIDTH = 16
"""Letters of a document that are looked at for slips: one width, so that keys are the same in every set."""
_COMPANY = 12
"""Members of a group who are paired with each other at most."""
_OCR = str.maketrans("OQDILZSBG", "000112586")


def mix(kind: int, *parts: Marks) -> Keys:
    """One 64-bit key from numbered parts (multiply-xorshift); equal parts give equal keys."""
    with np.errstate(over="ignore"):
        key = np.full(len(parts[0]), np.uint64(kind + 1) * _PRIME, np.uint64)
        for part in parts:
            key = (key ^ part.astype(np.uint64)) * _PRIME
            key ^= key >> np.uint64(29)
    return key


def candidate_codes(columns: Columns, cap: int) -> Codes:
    """All pairs that share a key, as left * n + right in ascending order; blocks over `cap` have second keys.

    Who is only counted is in none. Codes are merged as they come in, so that memory stays near what is returned.
    """
    n = columns.size
    merged, waiting = np.zeros(0, np.int64), list[Codes]()
    for codes in _codes_by_key(columns, cap):
        waiting.append(codes)
        if sum(map(len, waiting)) > max(len(merged), _MERGED_AT_ONCE):
            merged, waiting = distinct_of_own(np.concatenate((merged, *waiting))), []
    merged = distinct_of_own(np.concatenate((merged, *waiting)))
    if columns.is_counted.any():
        merged = merged[~(columns.is_counted[merged // n] | columns.is_counted[merged % n])]
    return merged


def keys_with_caps(columns: Columns, cap: int) -> Iterator[tuple[npt.NDArray[np.int64], Keys, int, bool]]:
    """Each kind of key as (rows, keys), how many listings a block of it may hold, and whether larger are divided."""
    for rows, keys in _keys(columns):
        yield rows, keys, cap, True
    for rows, keys in _near_names(columns):
        yield rows, keys, max(cap // 5, 2), True
    for rows, keys in _companions(columns):
        yield rows, keys, max(cap // 4, 2), False
    for rows, keys in _near_phones(columns):
        yield rows, keys, cap, False


def _codes_by_key(columns: Columns, cap: int) -> Iterator[Codes]:
    yield from in_turn(lambda block: _expand(columns.size, *block), fitting_blocks(columns, cap))


def fitting_blocks(columns: Columns, cap: int) -> Iterator[tuple[npt.NDArray[np.int64], Keys]]:
    """(rows, keys), sorted by key, of all blocks that are not over their cap; larger ones by second keys."""
    for rows, keys, most, is_divided in keys_with_caps(columns, cap):
        at, of, sizes = _blocks(rows, keys)
        small = sizes <= most
        yield at[small], of[small]
        if is_divided and not small.all():
            for again, second in divided(columns, at[~small], of[~small]):
                at2, of2, sizes2 = _blocks(again, second)
                fits = sizes2 <= most
                yield at2[fits], of2[fits]


def divided(
    columns: Columns, rows: npt.NDArray[np.int64], keys: Keys
) -> Iterator[tuple[npt.NDArray[np.int64], Keys]]:
    """The same keys, each with a second one."""
    for second in _second_keys(columns, rows):
        has = second > 0
        yield rows[has], mix(99, keys[has].view(np.int64), second[has])


def _blocks(rows: npt.NDArray[np.int64], keys: Keys) -> tuple[npt.NDArray[np.int64], Keys, npt.NDArray[np.int64]]:
    """Sorts by key, drops a row's repetitions in a block, and gives each row the size of its block."""
    order = np.argsort(keys)
    keys = keys[order]
    block = np.cumsum(np.concatenate(([0], keys[1:] != keys[:-1])), dtype=np.int64)[: len(keys)]
    first = np.flatnonzero(np.concatenate(([True], block[1:] != block[:-1])))[: len(keys)]
    wide = np.int64(rows.max(initial=0)) + 1
    codes = distinct(block * wide + rows[order])
    block, rows = codes // wide, codes % wide
    return rows, keys[first][block], np.bincount(block)[block]


def _expand(n: int, rows: npt.NDArray[np.int64], keys: Keys) -> npt.NDArray[np.int64]:
    """All pairs inside each block of sorted keys, as left * n + right."""
    if len(rows) < 2:
        return np.zeros(0, np.int64)
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    ends = np.repeat(np.append(starts[1:], len(rows)), np.diff(np.append(starts, len(rows))))
    followers = (ends - np.arange(len(rows)) - 1).astype(np.int32)
    left = np.repeat(np.arange(len(rows), dtype=np.int32), followers)
    first = np.cumsum(followers, dtype=np.int64) - followers
    right = left + 1 + (np.arange(len(left)) - np.repeat(first, followers)).astype(np.int32)
    small = rows.astype(np.int32)
    a, b = small[left], small[right]
    codes = np.minimum(a, b).astype(np.int64)
    codes *= n
    codes += np.maximum(a, b)
    return distinct_of_own(codes)


def birth_years(columns: Columns) -> npt.NDArray[np.int32]:
    """(n, 4) years that a birth date may lie in (at most four are used), 0 where there is none."""
    years = np.zeros((columns.size, 4), np.int32)
    for slot in range(2):
        has = columns.birth_low[:, slot] > 0
        low = (columns.birth_low[:, slot] / 365.2425).astype(np.int32) + 1
        high = (columns.birth_high[:, slot] / 365.2425).astype(np.int32) + 1
        years[:, 2 * slot] = np.where(has, low, 0)
        years[:, 2 * slot + 1] = np.where(has, high, 0)
    return years


def _second_keys(columns: Columns, rows: npt.NDArray[np.int64]) -> Iterator[npt.NDArray[np.int64]]:
    marks = columns.skeletons.marks()[columns.bones]
    years = birth_years(columns)[rows]
    yield np.where(years[:, 0] > 0, years[:, 0], 0).astype(np.int64)
    yield np.where(years[:, 1] > 0, years[:, 1], 0).astype(np.int64)
    yield columns.phones.marks()[columns.phone[rows, 0]]
    yield marks[columns.father[rows, 0]]
    yield marks[columns.name[rows, 1]]
    yield np.where(columns.birth_low[rows, 0] > 0, columns.birth_low[rows, 0], 0).astype(np.int64)
    yield columns.place[rows].astype(np.int64) * (columns.sex[rows] + 1)


def _keys(columns: Columns) -> Iterator[tuple[npt.NDArray[np.int64], Keys]]:
    """Each kind of key as (rows, keys)."""
    marks = columns.skeletons.marks()[columns.bones]
    names, fathers, kin = marks[columns.name], marks[columns.father], marks[columns.kin[:, 0]]
    phone = columns.phones.marks()[columns.phone]
    runs = _run_together(columns)
    years = birth_years(columns)
    heads = _first_sounds(columns)[columns.name]
    everyone = np.arange(columns.size)

    def keyed(kind: int, *parts: Marks) -> tuple[npt.NDArray[np.int64], Keys]:
        has = np.logical_and.reduce([part > 0 for part in parts])
        return everyone[has], mix(kind, *(part[has] for part in parts))

    yield from _document_keys(columns)
    phones = range(phone.shape[1])
    yield from _merged([keyed(0, phone[:, slot]) for slot in phones])
    yield from _merged([keyed(1, phone[:, slot], heads[:, word]) for slot in phones for word in range(3)])
    yield from _merged([keyed(2, phone[:, slot], years[:, year]) for slot in phones for year in range(4)])
    yield from _merged(
        [keyed(3, names[:, word], years[:, year]) for word in range(2) for year in range(4)]
        + [keyed(3, names[:, 0], years[:, year] + shift) for year in (0, 1) for shift in (1,)]
        + [keyed(3, run, years[:, year]) for run in runs for year in (0, 1)]
    )
    yield from _merged(
        [
            keyed(4, np.minimum(names[:, a], names[:, b]), np.maximum(names[:, a], names[:, b]))
            for a in range(3)
            for b in range(a + 1, 4)
        ]
    )
    yield from _merged(
        [keyed(5, names[:, word], fathers[:, other]) for word in range(2) for other in range(2)]
        + [keyed(5, names[:, a], names[:, b]) for a, b in ((0, 1), (1, 0), (0, 2))]
        + [keyed(5, run, fathers[:, 0]) for run in runs]
    )
    for year in (0, 1):
        yield keyed(6, fathers[:, 0], years[:, year], heads[:, 0])
    days = [np.where(columns.is_day, columns.birth_low[:, slot], 0) for slot in range(2)]
    yield from _merged([keyed(7, day, heads[:, word]) for day in days for word in range(2)])
    yield from _merged([keyed(8, day, fathers[:, 0]) for day in days])
    yield from _merged([keyed(9, day, names[:, word]) for day in days for word in range(2)])
    yield from _merged([keyed(14, day, columns.place) for day in days])
    yield from _merged([keyed(11, word, columns.place) for word in (names[:, 0], names[:, 1], *runs)])
    yield from _merged([keyed(12, word) for word in (names[:, 0], names[:, 1], *runs)])
    yield keyed(13, columns.documents.marks()[columns.case])
    yield keyed(16, kin, columns.kin_kind.astype(np.int32))


def _companions(columns: Columns) -> Iterator[tuple[npt.NDArray[np.int64], Keys]]:
    """The names of two who stand together: a common name tells little, but two of them together are rare."""
    name, unit = columns.skeletons.marks()[columns.bones[columns.name[:, 0]]], columns.unit
    order = np.flatnonzero((unit >= 0) & (name > 0))
    order = order[np.argsort(unit[order], kind="stable")]
    rows, keys = [], []
    for step in range(1, _COMPANY):
        one, other = order[:-step], order[step:]
        met = (unit[one] == unit[other]) & (name[one] != name[other])
        for mine, his in ((one[met], other[met]), (other[met], one[met])):
            rows.append(mine)
            keys.append(mix(17, name[mine], name[his]))
    yield np.concatenate(rows), np.concatenate(keys)


def _merged(
    parts: list[tuple[npt.NDArray[np.int64], Keys]],
) -> Iterator[tuple[npt.NDArray[np.int64], Keys]]:
    """Several slots of one kind of key as one, so that slots meet each other."""
    yield np.concatenate([rows for rows, _ in parts]), np.concatenate([keys for _, keys in parts])


def _run_together(columns: Columns) -> list[npt.NDArray[np.int64]]:
    """Marks of the first two words as one word, in both orders, where some name has that word; else 0."""
    names, marks = columns.bones[columns.name], columns.skeletons.marks()
    numbers, texts = columns.skeletons.numbers, columns.skeletons.texts
    found = []
    for a, b in ((0, 1), (1, 0)):
        both = zip(names[:, a].tolist(), names[:, b].tolist(), strict=True)
        runs = (numbers.get(texts[one] + texts[other], 0) if one and other else 0 for one, other in both)
        found.append(marks[np.fromiter(runs, np.int64, columns.size)])
    return found


def _first_sounds(columns: Columns) -> npt.NDArray[np.int64]:
    """A mark for the first two consonants of each word."""
    texts = columns.skeletons.texts
    by_bone = np.fromiter((mark(text[:2]) for text in texts), np.int64, len(texts))
    return np.asarray(by_bone[columns.bones])


def _near_names(columns: Columns) -> Iterator[tuple[npt.NDArray[np.int64], Keys]]:
    """The identifying name's skeleton with one consonant left out, with a year of birth."""
    years = birth_years(columns)
    texts = columns.skeletons.texts
    table = np.zeros((len(texts), _NEAR_WIDTH), np.int64)
    for bone, text in enumerate(texts):
        parts = {text} | {text[:i] + text[i + 1 :] for i in range(len(text))} if len(text) > 2 else set()
        for slot, part in enumerate(sorted(parts)[:_NEAR_WIDTH]):
            table[bone, slot] = mark(part)
    mine = table[columns.bones[columns.name[:, 0]]]
    rows: list[npt.NDArray[np.int64]] = []
    keys: list[Keys] = []
    for slot in range(_NEAR_WIDTH):
        for year in (0, 1):
            at = np.flatnonzero((mine[:, slot] > 0) & (years[:, year] > 0))
            rows.append(at)
            keys.append(mix(15, mine[at, slot], years[at, year]))
    yield np.concatenate(rows), np.concatenate(keys)


def _document_keys(columns: Columns) -> Iterator[tuple[npt.NDArray[np.int64], Keys]]:
    """Exact numbers, and for each number its OCR class with one character left out at each place, or sorted."""
    marks = columns.documents.marks()
    texts = [text[:1] + text[1:].translate(_OCR) for text in columns.documents.texts]
    letters = np.array(texts, f"<U{_DOCUMENT_WIDTH}").view(np.uint32).reshape(len(texts), -1).astype(np.int64)
    length = np.fromiter((len(text) for text in texts), np.int64, len(texts))
    numbers = [np.sort(letters[:, 1:], axis=1)]
    numbers += [np.delete(letters, left_out, axis=1) for left_out in range(1, letters.shape[1])]
    near = np.stack([mix(200 + left_out, letters[:, 0], *kept.T) for left_out, kept in enumerate(numbers)], axis=1)
    for table in (columns.passport, columns.tazkira):
        at, slot = np.nonzero(table)
        yield at, mix(20, marks[table[at, slot]])
        row, left_out = np.nonzero(np.arange(near.shape[1]) < length[table[at, slot]][:, None])
        yield at[row], near[table[at, slot][row], left_out]


def _near_phones(columns: Columns) -> Iterator[tuple[npt.NDArray[np.int64], Keys]]:
    """Phones with one digit left out at each place."""
    number = np.fromiter((int(text or 0) for text in columns.phones.texts), np.int64, len(columns.phones.texts))
    rows, slot = np.nonzero(columns.phone)
    of_row = number[columns.phone[rows, slot]]
    for left_out in range(_PHONE_DIGITS):
        unit = np.int64(10**left_out)
        yield rows, mix(220 + left_out, of_row // (10 * unit) * unit + of_row % unit)
