"""What two members of one household look like: kinds of pairs, learnt from pairs inside list groups.

Brothers share father, surname and generation, parent and child a surname, a couple a phone only. Weighed as if each
of these agreed by itself, brothers would look like one person; so each kind has weights of its own.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from safepassage.core.identity.beliefs import STRENGTH, beliefs
from safepassage.core.identity.features import Bytes, Floats
from safepassage.core.identity.levels import AT, FIELDS, LEVELS
from safepassage.core.identity.values import EvidenceField
from safepassage.core.identity.weights import HOUSEHOLD, KINDS, Floats32, log_shares, normalised

_ROUNDS = 6
_MOST = 60_000


def kinds_of(
    levels: Bytes, share: Floats32 | None, start: tuple[list[Floats], Floats] | None = None
) -> tuple[list[Floats], Floats]:
    """Log2 shares (kinds, levels) by field, and the share of each kind, by expectation maximisation.

    Args:
        levels: Levels of pairs of one household.
        share: How likely each is one; certain if not given.
        start: Kinds learnt before, to go on from; else told apart by father and generation.
    """
    step = max(1, len(levels) // _MOST)
    levels = levels[::step]
    weight = np.ones(len(levels), np.float32) if share is None else share[::step]
    found = _learn(levels, _first_guess(levels) * weight[:, None]) if start is None else start
    for _ in range(_ROUNDS):
        found = _learn(levels, _belonging(levels, *found) * weight[:, None])
    return found


def mean_of(tables: list[Floats], shares: Floats) -> list[Floats]:
    """Log2 shares by field over all kinds."""
    return [np.log2((np.exp2(table) * shares[:, None]).sum(axis=0)) for table in tables]


def _first_guess(levels: Bytes) -> Floats32:
    """One father; else births more than ten years apart; else the rest."""
    father, birth = levels[:, AT[EvidenceField.FATHER]] >= 4, levels[:, AT[EvidenceField.BIRTH]] == 9
    kind = np.where(father, 0, np.where(birth, 1, 2))
    return np.asarray(np.eye(KINDS, dtype=np.float32)[kind] * 0.8 + np.float32(0.2 / KINDS))


def _learn(levels: Bytes, weighed: Floats32) -> tuple[list[Floats], Floats]:
    tables = [
        _list_shares() if field is EvidenceField.LIST else log_shares(field, _counts(levels[:, at], at, weighed))
        for at, field in enumerate(FIELDS)
    ]
    sizes = weighed.sum(axis=0).astype(np.float64) + STRENGTH[HOUSEHOLD] / KINDS
    return tables, sizes / sizes.sum()


def _belonging(levels: Bytes, tables: list[Floats], shares: Floats) -> Floats32:
    total = np.tile(np.log2(shares).astype(np.float32), (len(levels), 1))
    for at, table in enumerate(tables):
        total += np.take(table.T.astype(np.float32), levels[:, at], axis=0)
    return normalised(total)


def _counts(levels: npt.NDArray[np.int8], at: int, weighed: Floats32) -> Floats:
    width = len(LEVELS[FIELDS[at]])
    believed = beliefs()[at][HOUSEHOLD] * STRENGTH[HOUSEHOLD] / KINDS
    return np.stack([believed + np.bincount(levels, weights=weighed[:, k], minlength=width) for k in range(KINDS)])


def _list_shares() -> Floats:
    """Whether lists are the same can't be learnt inside one group: it is weighed for all kinds alike."""
    return np.zeros((KINDS, len(LEVELS[EvidenceField.LIST])))
