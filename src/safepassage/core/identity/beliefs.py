"""What is held before any data: how often each level is met among pairs of each kind.

Round figures by judgement, not measured on any set. They count as many pairs as `STRENGTH` says and give way to
the operation's own data as it comes in; a dozen listings are weighed by them alone.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from safepassage.core.identity.features import ROLE_COUNT
from safepassage.core.identity.levels import FIELDS, LEVELS
from safepassage.core.identity.values import EvidenceField

STRENGTH = (80.0, 80.0, 200.0)
"""Pseudo-pairs behind the beliefs on same person, same household, unrelated."""

_SHARES: dict[EvidenceField, tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]] = {
    EvidenceField.NAME: (
        (2, 1.5, 1, 0.3, 4, 8, 15, 60, 4, 1.5, 1, 1, 0.01, 0.6, 0.05, 0.3, 0.2),
        (2, 80, 9, 1, 0.6, 0.5, 0.5, 1, 0.5, 0.3, 4, 1.5, 0.5, 0.05, 0.3, 0.3, 0.2),
        (2, 85, 10, 0.5, 0.4, 0.5, 0.5, 0.6, 0.02, 0.02, 0.4, 0.3, 0.5, 0.002, 0.4, 0.004, 0.004),
    ),
    EvidenceField.SURNAME: ((45, 8, 2, 2, 42.7, 0.3), (45, 20, 5, 1, 27, 2), (45, 53, 0.5, 0.1, 1, 0.2)),
    EvidenceField.FATHER: (
        (55, 3, 1, 2, 3, 12, 24),
        (55, 25, 1, 1, 2, 5, 11),
        (55, 42, 2, 0.4, 0.1, 0.2, 0.3),
    ),
    EvidenceField.BIRTH: (
        (25, 28, 3, 3, 0.6, 30, 7, 2, 1, 0.4),
        (25, 0.5, 0.1, 1, 2, 3, 3, 9, 26, 30),
        (25, 0.01, 0.01, 0.3, 1.5, 2, 2, 5, 16, 48),
    ),
    EvidenceField.PASSPORT: ((80, 16, 2, 0.1, 1.9), (80, 0.02, 0.2, 3, 16.8), (80, 0.0001, 0.001, 0.01, 20)),
    EvidenceField.TAZKIRA: ((80, 16, 1.5, 0.1, 2.4), (80, 0.02, 0.2, 3, 16.8), (80, 0.0001, 0.001, 0.01, 20)),
    EvidenceField.PHONE: ((40, 30, 5, 3, 2, 20), (40, 28, 5, 3, 2, 22), (40, 0.003, 0.01, 0.2, 0.001, 60)),
    EvidenceField.SEX: ((4, 5.9, 0.1, 40, 59, 1), (40, 29, 31, 40, 58, 2), (40, 31, 29, 40, 57, 3)),
    EvidenceField.PLACE: ((50, 36, 14), (50, 36, 14), (50, 12, 38)),
    EvidenceField.LIST: ((90, 9, 1, 0.2), (80, 18, 0.1, 2), (78, 22, 0.01, 0.001)),
}


def _roles() -> npt.NDArray[np.float64]:
    """Relations to the head: mostly the same for one person; a wife and a daughter are two people."""
    table = np.full((3, ROLE_COUNT, ROLE_COUNT), 1.0)
    frequency = np.array([0.3, 0.17, 0.12, 0.28, 0.03, 0.05, 0.05])
    table[2] = np.outer(frequency, frequency) * 100
    table[1] = np.outer(frequency, frequency) * 100
    table[1, 1, 1] = 0.5
    table[1, 2, 2] = 0.3
    table[0] = np.outer(frequency, frequency) * 20
    table[0][np.diag_indices(ROLE_COUNT)] += frequency * 60
    table[0, 0, :] += frequency * 20
    table[0, :, 0] += frequency * 20
    folded = np.zeros((3, ROLE_COUNT, ROLE_COUNT))
    for a in range(ROLE_COUNT):
        for b in range(ROLE_COUNT):
            folded[:, min(a, b), max(a, b)] += table[:, a, b]
    flat = folded.reshape(3, ROLE_COUNT * ROLE_COUNT) + 1e-6
    return np.concatenate((flat, flat), axis=1)


def beliefs() -> list[npt.NDArray[np.float64]]:
    """For each field an array (3, levels) of shares that add up to one: same person, same household, unrelated."""
    found = []
    for field in FIELDS:
        shares = _roles() if field is EvidenceField.RELATION else np.array(_SHARES[field], np.float64)
        if shares.shape[1] != len(LEVELS[field]):
            raise ValueError(f"beliefs on {field} have {shares.shape[1]} levels, not {len(LEVELS[field])}")
        found.append(shares / shares.sum(axis=1, keepdims=True))
    return found
