"""The family pass: two list groups that share members are weighed as one household, members one to one.

Whether two groups are one family is itself weighed, by all their members together: five weak agreements of the
right people are strong evidence, one shared phone is counted once. Inside such a family a brother is no rival
to be ruled out by a shared father or phone, and each member of one list meets at most one of the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from safepassage.core.identity.blocking import Pairs
from safepassage.core.identity.compare import Compared, Comparer
from safepassage.core.identity.features import Flags, Ints
from safepassage.core.identity.learn import refit_apart, refit_household, refit_overlap
from safepassage.core.identity.rivals import compete, members_of, one_to_one
from safepassage.core.identity.sorting import distinct
from safepassage.core.identity.weights import HOUSEHOLD, SAME, UNRELATED, Weights

_SURELY = 0.9
"""From this chance on, two groups teach how many of a family's members another list of it holds."""
_WORTH_A_LOOK = 0.15
_MOST_PAIRS = 900
_LIMIT = 40.0
_LEAST_UNITS = 250
"""Families among which two are held to be one by chance, in however short a list: it is drawn from a town."""
_OTHERS_MET = 0.5
"""So many others of a family, at least, have to be expected in the other list for the family to speak for a pair."""

Numbers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Floats32 = npt.NDArray[np.float32]


@dataclass(slots=True)
class Weighed:
    """Pairs with what was compared and the three probabilities.

    `family` is that their groups are one family, where others of them are met as well; else 0.
    """

    pairs: Pairs
    compared: Compared
    chances: Floats32
    family: Floats32


def family_pass(
    comparer: Comparer, weights: Weights, weighed: Weighed, *, is_learning: bool
) -> tuple[Weighed, Weights]:
    """Adds all cross pairs of groups that may be one family and weighs them together.

    Another pass over the same `families_in` by the same weights finds the same.
    """
    group, units = comparer.columns.unit, comparer.columns.habits.units
    keys = families_in(group, weighed)
    pairs = _with_cross_pairs(group, keys, weighed.pairs, comparer.columns.size)
    compared = extend(comparer, weighed, pairs)
    place = _place_in(keys, group, pairs)
    inside = np.flatnonzero(place >= 0)
    met, place = pairs[inside], place[inside]
    between = np.flatnonzero((group[pairs] >= 0).all(axis=1) & (group[pairs[:, 0]] != group[pairs[:, 1]]))
    alone, total, own = _sums(weights, compared, inside)
    member = members_of(group, pairs, alone[:, SAME])
    family, within = np.zeros(len(pairs), np.float32), np.zeros(0, np.float32)

    if len(inside):
        weigh = partial(_weigh_families, group, met, place, units=units, count=len(keys), member=member)
        family[inside], within = weigh(total, own, overlap=weights.overlap)
        if is_learning:
            weights = refit_household(weights, compared, inside, _of_two(family[inside] * (1 - within)))
            alone, total, own = _sums(weights, compared, inside)
            family[inside], within = weigh(total, own, overlap=weights.overlap)
            weights = refit_overlap(weights, *_met_in_families(group, met, place, family[inside], within))
        del weigh
    has_others = _has_others(place, within, len(keys))
    del total, own, met, place  # a million of each: the matching below needs the room
    if is_learning:
        by_own_facts = alone[between, SAME].astype(np.float64)
        weights = refit_apart(weights, by_own_facts, 1.0 - family[between], _pairs_between(group))
    alone[between, SAME] *= np.float32(weights.apart)
    alone[between] /= alone[between].sum(axis=1, keepdims=True)
    same = one_to_one(group, pairs, member, alone[:, SAME])
    chances = _mixed(alone, same, inside, family[inside], within)
    family[inside[~has_others]] = 0.0
    return Weighed(pairs, compared, chances, family), weights


def _has_others(place: Numbers, within: Floats32, count: int) -> Flags:
    """Whether others of a pair's two groups are met too, if these are one family: nobody vouches for oneself."""
    met = np.bincount(place, weights=within, minlength=count)
    return np.asarray(met[place] - within >= _OTHERS_MET)


def _sums(weights: Weights, compared: Compared, inside: Numbers) -> tuple[Floats32, Floats32, Floats32]:
    """Chances of all pairs by their own facts; of those inside families the sums of all facts and of their own."""
    total, own = weights.sums(compared)
    return weights.chances_of(total, compared), total[inside], own[inside]


def _mixed(alone: Floats32, same: Floats32, inside: Numbers, family: Floats32, within: Floats32) -> Floats32:
    """Chances of both cases, that two groups are one family and that they are not, by the chance of a family."""
    chances = alone.copy()
    same[inside] = family * within + (1 - family) * same[inside]
    chances[inside, HOUSEHOLD] = np.maximum(chances[inside, HOUSEHOLD], family * (1 - within))
    chances[:, SAME] = same
    rest = chances[:, HOUSEHOLD] + chances[:, UNRELATED]
    scale = (1 - same) / np.maximum(rest, 1e-12)
    chances[:, HOUSEHOLD] *= scale
    chances[:, UNRELATED] *= scale
    return chances


def _pairs_between(group: Ints) -> float:
    """How many pairs of listings stand in two groups."""
    sizes = np.bincount(group[group >= 0]).astype(np.float64)
    return float(sizes.sum() ** 2 - (sizes**2).sum()) / 2


def _met_in_families(
    group: Ints, pairs: Pairs, place: Numbers, family: Floats32, within: Floats32
) -> tuple[Floats, Floats]:
    """Of each two groups that are surely one family: members of the smaller one, and how many are expected met."""
    sizes = np.bincount(group[group >= 0], minlength=int(group.max()) + 1).astype(np.float64)
    of_families = np.flatnonzero(family > _SURELY)
    _, first, number = np.unique(place[of_families], return_index=True, return_inverse=True)
    smaller, _larger = _sizes_of(group, sizes, pairs[of_families[first]])
    met = np.bincount(number, weights=within[of_families], minlength=len(first))
    return smaller, met.astype(np.float64)


def _of_two(share: Floats32) -> Floats32:
    """Only what is likelier two of one household than anything else teaches what two of one household look like."""
    return np.where(share > 0.5, share, np.float32(0.0))


def extend(comparer: Comparer, weighed: Weighed, pairs: Pairs) -> Compared:
    """Compares only what was not compared before."""
    n = comparer.columns.size
    codes, known = pairs[:, 0] * n + pairs[:, 1], weighed.pairs[:, 0] * n + weighed.pairs[:, 1]
    at = np.searchsorted(known, codes)
    at[at == len(known)] = 0
    old = known[at] == codes if len(known) else np.zeros(len(codes), np.bool_)
    out = Compared.room_for(len(pairs))
    out.put(old, weighed.compared.taken(at[old]))
    out.put(~old, comparer.compare(pairs[~old]))
    return out


def _codes(group: Ints, pairs: Pairs) -> Numbers:
    a, b = group[pairs[:, 0]].astype(np.int64), group[pairs[:, 1]].astype(np.int64)
    codes = np.minimum(a, b) * (int(group.max(initial=0)) + 1) + np.maximum(a, b)
    codes[(a < 0) | (b < 0) | (a == b)] = -1
    return codes


def families_in(group: Ints, weighed: Weighed) -> Numbers:
    """Codes of the pairs of groups that together have some chance of sharing a member."""
    codes = _codes(group, weighed.pairs)
    has = np.flatnonzero((codes >= 0) & (weighed.chances[:, SAME] > 0.005))
    keys, inverse = np.unique(codes[has], return_inverse=True)
    support = np.bincount(inverse, weights=weighed.chances[has, SAME], minlength=len(keys))
    wide = int(group.max(initial=0)) + 1
    sizes = np.bincount(group[group >= 0], minlength=wide)
    product = sizes[keys // wide] * sizes[keys % wide]
    return np.asarray(keys[(support >= _WORTH_A_LOOK) & (product <= _MOST_PAIRS)])


def _with_cross_pairs(group: Ints, keys: Numbers, pairs: Pairs, n: int) -> Pairs:
    wide = int(group.max(initial=0)) + 1
    order = np.argsort(group, kind="stable")
    starts = np.searchsorted(group[order], np.arange(wide + 1))
    a, b = keys // wide, keys % wide
    size_a, size_b = starts[a + 1] - starts[a], starts[b + 1] - starts[b]
    count = size_a * size_b
    which = np.repeat(np.arange(len(keys)), count)
    within = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
    left = order[starts[a[which]] + within // np.maximum(size_b[which], 1)]
    right = order[starts[b[which]] + within % np.maximum(size_b[which], 1)]
    codes = np.minimum(left, right) * n + np.maximum(left, right)
    merged = distinct(np.concatenate((pairs[:, 0] * n + pairs[:, 1], codes)))
    return np.stack((merged // n, merged % n), axis=1)


def _place_in(keys: Numbers, group: Ints, pairs: Pairs) -> Numbers:
    codes = _codes(group, pairs)
    if not len(keys):
        return np.full(len(pairs), -1, np.int64)
    at = np.minimum(np.searchsorted(keys, codes), len(keys) - 1)
    return np.where(keys[at] == codes, at, -1)


def _weigh_families(  # noqa: PLR0917
    group: Ints,
    pairs: Pairs,
    place: Numbers,
    total: Floats32,
    own: Floats32,
    units: int,
    count: int,
    member: Numbers,
    overlap: float,
) -> tuple[Floats32, Floats32]:
    """For each pair: the chance that its groups are one family, and of sameness if they are."""
    sizes = np.bincount(group[group >= 0], minlength=int(group.max()) + 1).astype(np.float64)
    evidence = _evidence_of_members(group, sizes, pairs, place, own, count, overlap) + _evidence_of_household(
        place, total, own, count
    )
    prior = np.log2(2.0 / max(units, _LEAST_UNITS))
    odds = np.exp2(np.clip(evidence + prior, -_LIMIT, _LIMIT))
    family = (odds / (1 + odds))[place]
    smaller, larger = _sizes_of(group, sizes, pairs)
    weight = np.exp2(np.clip(total[:, SAME] - total[:, HOUSEHOLD], -_LIMIT, _LIMIT).astype(np.float64))
    weight *= overlap / (1 - overlap) / (1 - overlap * smaller / larger) / larger
    del smaller, larger  # millions of each: the matching below needs the room
    return family.astype(np.float32), compete(group, pairs, member, weight).astype(np.float32)


def _sizes_of(group: Ints, sizes: Floats, pairs: Pairs) -> tuple[Floats, Floats]:
    """Of each pair's two groups the smaller size and the larger one."""
    left, right = sizes[group[pairs[:, 0]]], sizes[group[pairs[:, 1]]]
    return np.minimum(left, right), np.maximum(left, right)


def _evidence_of_members(  # noqa: PLR0917
    group: Ints, sizes: Floats, pairs: Pairs, place: Numbers, own: Floats32, count: int, overlap: float
) -> Floats:
    """Log2 evidence for each family: a member of the smaller group is met by someone of the larger, or by nobody."""
    left, right = group[pairs[:, 0]], group[pairs[:, 1]]
    is_left_smaller = (sizes[left] < sizes[right]) | ((sizes[left] == sizes[right]) & (left < right))
    ratio = np.exp2(np.clip(own[:, SAME] - own[:, UNRELATED], -_LIMIT, _LIMIT).astype(np.float64))
    smaller, larger = _sizes_of(group, sizes, pairs)
    n = np.int64(pairs.max()) + 1
    one = place * n + np.where(is_left_smaller, pairs[:, 0], pairs[:, 1])
    met = _met(one, ratio / larger, np.full(len(pairs), overlap), n, count)
    # a person listed twice in one group must not count twice: the stricter of both sides holds
    other = place * n + np.where(is_left_smaller, pairs[:, 1], pairs[:, 0])
    return np.minimum(met, _met(other, ratio / smaller, overlap * smaller / larger, n, count))


def _evidence_of_household(place: Numbers, total: Floats32, own: Floats32, count: int) -> Floats:
    """Log2 of the mean lift of what a household shares, counted once for each family."""
    as_household, as_strangers = (total[:, side] - own[:, side] for side in (HOUSEHOLD, UNRELATED))
    lift = np.exp2(np.clip(as_household - as_strangers, -_LIMIT, _LIMIT).astype(np.float64))
    met_pairs = np.maximum(np.bincount(place, minlength=count), 1)
    return np.asarray(np.log2(np.bincount(place, weights=lift, minlength=count) / met_pairs + 1e-9))


def _met(
    keys: Numbers, ratio: npt.NDArray[np.float64], overlap: npt.NDArray[np.float64], n: np.int64, count: int
) -> npt.NDArray[np.float64]:
    """Log2 evidence of each family from the members of one side: each is met by someone, or by nobody."""
    rows, first, row_of = np.unique(keys, return_index=True, return_inverse=True)
    share = overlap[first]
    met = 1 - share + share * np.bincount(row_of, weights=ratio, minlength=len(rows))
    return np.asarray(np.bincount(rows // n, weights=np.log2(met), minlength=count), np.float64)
