"""Members of one group compete for a listing: it is at most one of them.

Rows of one group that are likely one person listed twice are one rival, not two: else a person whom a list repeats
would be found in no other list.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from safepassage.core.identity.blocking import Pairs
from safepassage.core.identity.features import Floats, Ints

_NO_RIVAL = 1e-4
"""Odds below which a pair takes nobody's place."""
_TURNS = 12

Numbers = npt.NDArray[np.int64]
Floats32 = npt.NDArray[np.float32]


def members_of(group: Ints, pairs: Pairs, same: Floats32) -> Numbers:
    """For each listing the first of its group that it probably is."""
    member = np.arange(len(group), dtype=np.int64)
    twice = (group[pairs[:, 0]] == group[pairs[:, 1]]) & (group[pairs[:, 0]] >= 0) & (same > 0.5)
    for left, right in pairs[twice].tolist():  # ascending, so that the first of each row is settled before
        member[right] = min(member[left], member[right])
    return member


def compete(group: Ints, pairs: Pairs, member: Numbers, odds: Floats) -> Floats:
    """Chances when each member of one group is at most one of another.

    Whom a rival is else counts as well: who is somebody for sure is no rival for anybody else. This is belief
    propagation over the matchings of two groups: exact where rivalry runs in no circle, near it in families.
    """
    out = np.asarray(odds / (1 + odds))
    worth = np.flatnonzero(odds > _NO_RIVAL)
    if not len(worth):
        return out
    unit = np.where(group >= 0, group, np.arange(len(group)) + int(group.max(initial=0)) + 1).astype(np.int64)
    one, other = pairs[worth, 0], pairs[worth, 1]
    is_turned = unit[one] > unit[other]
    one, other = np.where(is_turned, other, one), np.where(is_turned, one, other)
    wide = np.int64(len(group))
    # a member stands for his group, so that a node is a member beside one other group
    _, left = np.unique(member[one] * 2 * wide + unit[other], return_inverse=True)
    _, right = np.unique(member[other] * 2 * wide + unit[one], return_inverse=True)
    edges, edge = np.unique(left * np.int64(len(right)) + right, return_inverse=True)
    weight = np.zeros(len(edges))
    np.maximum.at(weight, edge, odds[worth])
    left_of, right_of = edges // len(right), edges % len(right)
    free = np.ones(len(edges))
    has_rivals = np.flatnonzero((np.bincount(left_of)[left_of] > 1) | (np.bincount(right_of)[right_of] > 1))
    if len(has_rivals):
        free[has_rivals] = _free(left_of[has_rivals], right_of[has_rivals], weight[has_rivals])
    ratio = odds[worth] * free[edge]
    out[worth] = ratio / (1 + ratio)
    return out


def _free(left: Numbers, right: Numbers, weight: Floats) -> Floats:
    """For each edge the share of the matchings without it in which both its ends are free."""
    free_left, free_right = np.ones(len(weight)), np.ones(len(weight))
    for _ in range(_TURNS):
        free_left = np.sqrt(free_left / (1 + _others(left, weight * free_right)))
        free_right = np.sqrt(free_right / (1 + _others(right, weight * free_left)))
    return np.asarray(free_left * free_right)


def one_to_one(group: Ints, pairs: Pairs, member: Numbers, same: Floats32) -> Floats32:
    """Lets the members of one group compete for each listing, whatever group that is in."""
    odds = (same / np.maximum(1 - same, 1e-7)).astype(np.float64)
    return compete(group, pairs, member, odds).astype(np.float32)


def _others(node: Numbers, weight: Floats) -> Floats:
    """For each edge the weight of the other edges of its node."""
    return np.maximum(np.bincount(node, weights=weight)[node] - weight, 0.0)
