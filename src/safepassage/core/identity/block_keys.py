"""The keys by which listings meet: each says "whoever shares this may be one person".

Each kind of evidence has keys of its own, so that a pair is missed only if it shares nothing: no document, no phone
with any name, no two names, no name with a year.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from safepassage.core.identity.features import Columns
from safepassage.core.identity.in_parts import parts_of
from safepassage.core.identity.vocabulary import mark

Keys = npt.NDArray[np.uint64]
Marks = npt.NDArray[np.int8] | npt.NDArray[np.int32] | npt.NDArray[np.int64]

_NEAR_WIDTH = 7
_PRIME, _SHIFT, _ALL_BITS = np.uint64(0x9E3779B97F4A7C15), np.uint64(29), (1 << 64) - 1
_PHONE_DIGITS = 9
_DOCUMENT_WIDTH = 16
"""Letters of a document that are looked at for slips: one width, so that keys are the same in every set."""
_SECOND = 100
"""Kind of the first of the second keys."""
_SLIP = 200
"""Kind of key of a document whose letters are put in order; behind it stand those with a letter left out."""
_COMPANY = 12
"""Members of a group who are paired with each other at most."""
_OCR = str.maketrans("OQDILZSBG", "000112586")


def mix(kind: int, *parts: Marks) -> Keys:
    """One 64-bit key from numbered parts (multiply-xorshift); equal parts give equal keys."""
    key = np.full(parts[0].shape, _begun(kind), np.uint64)
    for part in parts:
        _mix_in(key, part)
    return key


def _begun(kind: int) -> int:
    return (kind + 1) * int(_PRIME) & _ALL_BITS


def _mix_in(key: Keys, part: Marks) -> None:
    key ^= part.view(np.uint64) if part.dtype == np.int64 else part.astype(np.uint64)
    key *= _PRIME
    key ^= key >> _SHIFT


def keys_with_caps(
    columns: Columns, cap: int, *, has_all_runs: bool = False
) -> Iterator[tuple[npt.NDArray[np.int64], Keys, int, bool]]:
    """Each kind of key as (rows, keys), how many listings a block of it may hold, and whether larger are divided.

    No two kinds have a key in common. With `has_all_runs` two words make a key as one word though nobody here is
    called so: somebody who comes later may be.
    """
    for rows, keys in _keys(columns, has_all_runs=has_all_runs):
        yield rows, keys, cap, True
    for rows, keys in _near_names(columns):
        yield rows, keys, max(cap // 5, 2), True
    for rows, keys in _companions(columns):
        yield rows, keys, max(cap // 4, 2), False
    for rows, keys in _near_phones(columns):
        yield rows, keys, cap, False
    name = columns.skeletons.marks()[columns.bones[columns.name[:, 0]]]
    yield *_keyed(18, [(name, columns.role)]), 2 * cap, False


def divided(
    columns: Columns, rows: npt.NDArray[np.int64], keys: Keys
) -> Iterator[tuple[npt.NDArray[np.int64], Keys]]:
    """The same keys, each with a second one."""
    for slot, second in enumerate(_second_keys(columns, rows)):
        has = second > 0
        yield rows[has], mix(_SECOND + slot, keys[has].view(np.int64), second[has])


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


def _keys(columns: Columns, *, has_all_runs: bool) -> Iterator[tuple[npt.NDArray[np.int64], Keys]]:
    """Each kind of key as (rows, keys)."""
    marks = columns.skeletons.marks()[columns.bones]
    names, fathers, kin = marks[columns.name].T, marks[columns.father].T, marks[columns.kin[:, 0]]
    phones = columns.phones.marks()[columns.phone].T
    runs = _run_together(columns, has_all=has_all_runs)
    years = birth_years(columns).T
    heads = _first_sounds(columns)[columns.name].T
    days = np.where(columns.is_day, columns.birth_low.T, 0)
    place = columns.place
    words = (names[0], names[1], *runs)

    yield from _document_keys(columns)
    yield _keyed(0, [(phone,) for phone in phones])
    yield _keyed(1, [(phone, head) for phone in phones for head in heads[:3]])
    yield _keyed(2, [(phone, year) for phone in phones for year in years])
    yield _keyed(
        3,
        [(name, year) for name in names[:2] for year in years]
        + [(names[0], year + 1) for year in years[:2]]
        + [(run, year) for run in runs for year in years[:2]],
    )
    ordered = [(names[a], names[b]) for a in range(3) for b in range(a + 1, 4)]
    yield _keyed(4, [(np.minimum(one, other), np.maximum(one, other)) for one, other in ordered])
    yield _keyed(
        5,
        [(name, father) for name in names[:2] for father in fathers[:2]]
        + [(names[a], names[b]) for a, b in ((0, 1), (1, 0), (0, 2))]
        + [(run, fathers[0]) for run in runs],
    )
    for kind, year in ((6, years[0]), (18, years[1])):
        yield _keyed(kind, [(fathers[0], year, heads[0])])
    yield _keyed(7, [(day, head) for day in days for head in heads[:2]])
    yield _keyed(8, [(day, fathers[0]) for day in days])
    yield _keyed(9, [(day, name) for day in days for name in names[:2]])
    yield _keyed(14, [(day, place) for day in days])
    yield _keyed(11, [(word, place) for word in words])
    yield _keyed(12, [(word,) for word in words])
    yield _keyed(13, [(columns.documents.marks()[columns.case],)])
    yield _keyed(16, [(kin, columns.kin_kind)])


def _keyed(kind: int, slots: Sequence[tuple[Marks, ...]]) -> tuple[npt.NDArray[np.int64], Keys]:
    """(rows, keys) of those who have all parts of a slot; slots of one kind side by side, so that they meet."""
    parts = [np.array(side, np.int64) for side in zip(*slots, strict=True)]
    has = parts[0] > 0
    for part in parts[1:]:
        has &= part > 0
    return np.nonzero(has)[1], mix(kind, *(part[has] for part in parts))


def _companions(columns: Columns) -> Iterator[tuple[npt.NDArray[np.int64], Keys]]:
    """The names of two who stand together: a common name tells little, but two of them together are rare."""
    name, unit = columns.skeletons.marks()[columns.bones[columns.name[:, 0]]], columns.unit
    order = np.flatnonzero((unit >= 0) & (name > 0))
    order = order[np.argsort(unit[order], kind="stable")]
    of, called = unit[order], name[order]
    rows, names, others = [order[:0]], [called[:0]], [called[:0]]
    for step in range(1, _COMPANY):
        at = np.flatnonzero(of[:-step] == of[step:])
        if not len(at):
            break
        at = at[called[at] != called[at + step]]
        rows += [order[at], order[at + step]]
        names += [called[at], called[at + step]]
        others += [called[at + step], called[at]]
    yield np.concatenate(rows), mix(17, np.concatenate(names), np.concatenate(others))


def _run_together(columns: Columns, *, has_all: bool) -> list[npt.NDArray[np.int64]]:
    """Marks of the first two words as one word, in both orders; 0 where none is, or no name here has that word."""
    names, marks = columns.bones[columns.name], columns.skeletons.marks()
    numbers, texts = columns.skeletons.numbers, columns.skeletons.texts

    @lru_cache(maxsize=1 << 16)
    def run(one: int, other: int) -> int:
        text = texts[one] + texts[other]
        known = numbers.get(text, 0)
        return int(marks[known]) if known or not has_all else mark(text)

    found = []
    for a, b in ((0, 1), (1, 0)):
        both = zip(names[:, a].tolist(), names[:, b].tolist(), strict=True)
        runs = (run(one, other) if one and other else 0 for one, other in both)
        found.append(np.fromiter(runs, np.int64, columns.size))
    return found


def _first_sounds(columns: Columns) -> npt.NDArray[np.int64]:
    """A mark for the first two consonants of each word."""
    texts = columns.skeletons.texts
    by_bone = np.fromiter((mark(text[:2]) for text in texts), np.int64, len(texts))
    return np.asarray(by_bone[columns.bones])


def _near_names(columns: Columns) -> Iterator[tuple[npt.NDArray[np.int64], Keys]]:
    """The identifying name's skeleton with one consonant left out, with a year of birth."""
    years = birth_years(columns).T
    texts = columns.skeletons.texts
    table = np.zeros((len(texts), _NEAR_WIDTH), np.int64)
    for bone, text in enumerate(texts):
        parts = {text} | {text[:i] + text[i + 1 :] for i in range(len(text))} if len(text) > 2 else set()
        for slot, part in enumerate(sorted(parts)[:_NEAR_WIDTH]):
            table[bone, slot] = mark(part)
    mine = table[columns.bones[columns.name[:, 0]]].T
    yield _keyed(15, [(near, year) for near in mine for year in years[:2]])


def _document_keys(columns: Columns) -> Iterator[tuple[npt.NDArray[np.int64], Keys]]:
    """Exact numbers, and for each number its OCR class with one character left out at each place, or sorted."""
    marks = columns.documents.marks()
    texts = [text[:1] + text[1:].translate(_OCR) for text in columns.documents.texts]
    letters = np.array(texts, f"<U{_DOCUMENT_WIDTH}").view(np.uint32).reshape(len(texts), -1).astype(np.int64)
    length = np.fromiter((len(text) for text in texts), np.int64, len(texts))
    near = np.concatenate([_near_documents(letters[part]) for part in parts_of(len(letters))])
    for table in (columns.passport, columns.tazkira):
        at, slot = np.nonzero(table)
        yield at, mix(20, marks[table[at, slot]])
        row, left_out = np.nonzero(np.arange(near.shape[1]) < length[table[at, slot]][:, None])
        yield at[row], near[table[at, slot][row], left_out]


def _near_documents(letters: npt.NDArray[np.int64]) -> Keys:
    """(n, letters) keys: of the letters behind the first in their order, and with each of them left out."""
    count, width = letters.shape
    left_out = np.arange(width)
    in_order = np.sort(letters[:, 1:], axis=1)
    near = np.tile(np.array([_begun(_SLIP + at) for at in range(width)], np.uint64), (count, 1))
    _mix_in(near, letters[:, :1])
    for place in range(width - 1):
        kept = np.where(place < left_out, letters[:, place, None], letters[:, place + 1, None])
        kept[:, 0] = in_order[:, place]
        _mix_in(near, kept)
    return near


def _near_phones(columns: Columns) -> Iterator[tuple[npt.NDArray[np.int64], Keys]]:
    """Phones with one digit left out at each place."""
    number = np.fromiter((int(text or 0) for text in columns.phones.texts), np.int64, len(columns.phones.texts))
    rows, slot = np.nonzero(columns.phone)
    of_row = number[columns.phone[rows, slot]]
    for left_out in range(_PHONE_DIGITS):
        unit = np.int64(10**left_out)
        yield rows, mix(220 + left_out, of_row // (10 * unit) * unit + of_row % unit)
