"""Pairs of listings that are hardly one person and likely two of one household, though no list names both together.

An employer's list names Karim alone, another list his wife and children: nobody stands in both, so that nothing joins
them but a phone that nobody else gives. Most such pairs are hopeless as one person and laid aside before; here they
are looked at as two. A phone alone is no ground: a third family under it makes it a hotel's or a fixer's, and two
families of two lists have to share a surname or a father besides. One father and one surname without a phone are not
enough: cousins and namesakes share these, and on a development set not one of twelve such pairs was right.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from safepassage.core.identity.blocking import Pairs
from safepassage.core.identity.cluster import Forest
from safepassage.core.identity.compare import Comparer
from safepassage.core.identity.explain import shared_of
from safepassage.core.identity.features import Columns, Flags
from safepassage.core.identity.levels import AT, LEVELS, is_among
from safepassage.core.identity.sorting import Codes, distinct_of_own
from safepassage.core.identity.values import EvidenceField, Link
from safepassage.core.identity.weigh import Run
from safepassage.core.identity.weights import HOUSEHOLD, SAME
from safepassage.core.ids import ListingId

LEAST = 0.002
"""Chance of one household below which a pair under one rare phone is not asked about. So low since the phone says
nearly all: weights learnt across lists hold most such pairs unlikely, and four of five are right all the same. Below
are strangers whose phone agrees by accident, as in the example, whose reserved numbers are few. Whom one list writes
under one phone are held to be one household anyhow (`units`)."""
_FAMILIES = 2
"""Families that may state the phone: a third one shows that it is a hotel's, a fixer's, a neighbour's."""
_ONE_FAMILY = 0.5
"""Chance that two are one person from which on those with whom they stand count as one family in several lists."""
_SURNAMES = tuple(LEVELS[EvidenceField.SURNAME].index(one) for one in ("is the other's father", "near", "agree"))
_FATHERS = tuple(LEVELS[EvidenceField.FATHER].index(one) for one in ("near", "sound alike", "equal"))
_NAMED_BY_FATHER = (LEVELS[EvidenceField.NAME].index("named by the other's father"),)

Rows = npt.NDArray[np.int64]


def household_links(run: Run) -> tuple[Link, ...]:
    """The pairs, likeliest first; none of two that stand in one list group, or in groups that may share a person.

    Cost: on a set of 100,000 rows about a second.
    """
    columns, n = run.columns, run.columns.size
    if n < 2:
        return ()
    comparer = run.comparer or Comparer(columns)
    stand = _stands(columns)
    codes = distinct_of_own(_by_phone(columns, _families(run, stand)))
    pairs = np.stack((codes // n, codes % n), axis=1)
    pairs = pairs[~_may_share_a_person(run, stand, pairs)]
    compared = comparer.compare(pairs)
    chances = run.weights.posteriors(compared)
    is_rare = compared.levels[:, AT[EvidenceField.PHONE]] == 1
    is_implied = stand[pairs[:, 0]] == stand[pairs[:, 1]]
    is_likely = is_implied | (chances[:, HOUSEHOLD] >= LEAST)
    is_two = is_likely & (chances[:, SAME] < run.settings.review_from)
    at = np.flatnonzero(is_rare & is_two)
    at = at[is_implied[at] | _share_a_name(columns, comparer, stand, pairs[at])]
    reasons = shared_of(run.weights, compared.taken(at))
    links = [
        Link(ListingId(columns.ids[a]), ListingId(columns.ids[b]), chance[SAME], chance[HOUSEHOLD], evidence=why)
        for (a, b), chance, why in zip(pairs[at].tolist(), chances[at].tolist(), reasons, strict=True)
    ]
    return tuple(sorted(links, key=lambda link: (-link.household, link.left, link.right)))


def _stands(columns: Columns) -> Rows:
    """With whom each row stands: its group, an implied household, or nobody."""
    alone = np.arange(columns.size) + int(columns.unit.max(initial=0)) + 1
    return np.where(columns.unit >= 0, columns.unit, alone).astype(np.int64)


def _families(run: Run, stand: Rows) -> Rows:
    """For each row its family: those with whom it stands, one with the groups in which one of them stands again."""
    forest = Forest()
    linked = stand[run.weighed.pairs[run.weighed.chances[:, SAME] >= _ONE_FAMILY]]
    for one, other in linked[linked[:, 0] != linked[:, 1]].tolist():
        forest.join(one, other)
    root = np.arange(int(stand.max()) + 1)
    for one in set(linked.ravel().tolist()):
        root[one] = forest.root(one)
    return root[stand]


def _share_a_name(columns: Columns, comparer: Comparer, stand: Rows, pairs: Pairs) -> Flags:
    """Whether anybody of the one's family and anybody of the other's share a surname or a father, or one is it."""
    wide = int(stand.max()) + 1
    of_two = _codes(stand[pairs[:, 0]], stand[pairs[:, 1]], wide)
    families, asked = np.unique(of_two, return_inverse=True)
    if not len(families):
        return np.zeros(0, np.bool_)
    couples, starts = _crossed(stand, families // wide, families % wide)
    levels = comparer.compare(couples).levels
    shares = (
        is_among(levels[:, AT[EvidenceField.SURNAME]], _SURNAMES)
        | is_among(levels[:, AT[EvidenceField.FATHER]], _FATHERS)
        | is_among(levels[:, AT[EvidenceField.NAME]], _NAMED_BY_FATHER)
    )
    given, father = (columns.bones[table[:, 0]] for table in (columns.name, columns.father))
    for child, parent in (couples.T, couples.T[::-1]):
        shares |= (father[child] > 0) & (father[child] == given[parent])
    return np.asarray(np.logical_or.reduceat(shares, starts)[asked])


def _crossed(stand: Rows, one: Rows, other: Rows) -> tuple[Pairs, Rows]:
    """Everybody of each one's with everybody of the other's, and where each two begin."""
    order = np.argsort(stand, kind="stable")
    first, behind = np.searchsorted(stand[order], one), np.searchsorted(stand[order], other)
    width = np.searchsorted(stand[order], other, side="right") - behind
    count = (np.searchsorted(stand[order], one, side="right") - first) * width
    starts = np.cumsum(count) - count
    step = np.arange(int(count.sum())) - np.repeat(starts, count)
    width = np.repeat(width, count)
    left = order[np.repeat(first, count) + step // width]
    right = order[np.repeat(behind, count) + step % width]
    return np.stack((left, right), axis=1), starts


def _by_phone(columns: Columns, family: Rows) -> Codes:
    """Pairs of rows of no common list group under one phone that at most two families state."""
    rows, slots = np.nonzero(columns.phone > 0)
    is_known = ~columns.is_counted[rows]
    rows, slots = rows[is_known], slots[is_known]
    phone = columns.phone[rows, slots]
    wide = int(family.max()) + 1
    holders = distinct_of_own(phone.astype(np.int64) * wide + family[rows])
    is_own = np.bincount(holders // wide, minlength=len(columns.phones.texts))[phone] <= _FAMILIES
    rows, phone = rows[is_own], phone[is_own]
    order = np.lexsort((rows, phone))
    rows, phone = rows[order], phone[order]
    found = []
    first, step = np.arange(len(rows)), 0
    while len(first):
        step += 1
        first = first[first + step < len(rows)]
        first = first[phone[first] == phone[first + step]]  # whoever has none at this distance has none further on
        left, right = rows[first], rows[first + step]
        is_other = (left != right) & ((columns.group[left] != columns.group[right]) | (columns.group[left] < 0))
        found.append(_codes(left[is_other], right[is_other], columns.size))
    return np.concatenate(found) if found else np.zeros(0, np.int64)


def _codes(left: Rows, right: Rows, n: int) -> Codes:
    return np.minimum(left, right).astype(np.int64) * n + np.maximum(left, right)


def _may_share_a_person(run: Run, stand: Rows, pairs: Pairs) -> Flags:
    """Whether the two stand in groups between which a pair may be one person: that is asked first."""
    wide = int(stand.max()) + 1
    linked = stand[run.weighed.pairs[run.weighed.chances[:, SAME] >= run.settings.review_from]]
    linked = linked[linked[:, 0] != linked[:, 1]]
    known = distinct_of_own(_codes(linked[:, 0], linked[:, 1], wide))
    if not len(known):
        return np.zeros(len(pairs), np.bool_)
    codes = _codes(stand[pairs[:, 0]], stand[pairs[:, 1]], wide)
    at = np.minimum(np.searchsorted(known, codes), len(known) - 1)
    return np.asarray(known[at] == codes)
