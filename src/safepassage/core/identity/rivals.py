"""Members of one group compete for a listing: it is at most one of them.

Rows of one group that are likely one person listed twice are one rival, not two: else a person whom a list repeats
would be found in no other list.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from safepassage.core.identity.blocking import Pairs
from safepassage.core.identity.features import Floats, Ints

Numbers = npt.NDArray[np.int64]
Floats32 = npt.NDArray[np.float32]


def members_of(group: Ints, pairs: Pairs, same: Floats32) -> Numbers:
    """For each listing the first of its group that it probably is."""
    member = np.arange(len(group), dtype=np.int64)
    twice = (group[pairs[:, 0]] == group[pairs[:, 1]]) & (group[pairs[:, 0]] >= 0) & (same > 0.5)
    for left, right in pairs[twice].tolist():  # ascending, so that the first of each row is settled before
        member[right] = min(member[left], member[right])
    return member


def compete(pairs: Pairs, place: Numbers, member: Numbers, odds: Floats) -> Floats:
    """Chances when each listing is at most one member of the other group; `place` numbers the two groups."""
    rivals = _rivals(place, pairs[:, 0], member[pairs[:, 1]], odds)
    rivals += _rivals(place, pairs[:, 1], member[pairs[:, 0]], odds)
    return np.asarray(odds / (1 + odds + rivals))


def one_to_one(group: Ints, pairs: Pairs, member: Numbers, same: Floats32) -> Floats32:
    """Lets the members of one group compete for each listing, whatever group that is in."""
    worth = np.flatnonzero(same > 0.001)
    out = same.copy()
    odds = (same[worth] / np.maximum(1 - same[worth], 1e-7)).astype(np.float64)
    unit = np.where(group >= 0, group, np.arange(len(group)) + int(group.max(initial=0)) + 1).astype(np.int64)
    left, right = pairs[worth, 0], pairs[worth, 1]
    rivals = _rivals(unit[right], left, member[right], odds) + _rivals(unit[left], right, member[left], odds)
    out[worth] = (odds / (1 + odds + rivals)).astype(np.float32)
    return out


def _rivals(place: Numbers, row: Numbers, member: Numbers, odds: Floats) -> Floats:
    """For each pair the odds of all other members that the row may be in this place, by its best listing."""
    if not len(odds):
        return odds.copy()
    order = np.lexsort((member, row, place))
    place, row, member = place[order], row[order], member[order]
    is_other_row = np.ones(len(order), np.bool_)
    is_other_row[1:] = (row[1:] != row[:-1]) | (place[1:] != place[:-1])
    is_other_member = is_other_row.copy()
    is_other_member[1:] |= member[1:] != member[:-1]
    starts = np.flatnonzero(is_other_member)
    best = np.maximum.reduceat(odds[order], starts)
    row_of_member = np.cumsum(is_other_row)[starts] - 1
    total = np.bincount(row_of_member, weights=best)
    of_pair = np.cumsum(is_other_member) - 1
    out = np.empty(len(order))
    out[order] = total[row_of_member[of_pair]] - best[of_pair]
    return np.maximum(out, 0.0)
