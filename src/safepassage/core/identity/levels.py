"""The facts that are compared, and the levels of agreement that each can show."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from safepassage.core.identity.features import ROLE_COUNT, Bytes, Flags
from safepassage.core.identity.values import EvidenceField

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
    EvidenceField.NAME: (
        "missing", *WORD_LEVELS, "in another order", "joined or split",
        "one word in common", "single name met elsewhere", "both missing", "named by one relative",
        "named by other relatives", "named by the other's father", "exchanged with the father's",
    ),
    EvidenceField.SURNAME: (
        "missing", "conflict", "is the other's father", "near", "agree", "one agrees, another conflicts",
    ),
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
    EvidenceField.RELATION: tuple(
        f"{a}-{b}{births}" for births in ("", ", births agree") for a in range(ROLE_COUNT) for b in range(ROLE_COUNT)
    ),
    EvidenceField.LIST: ("other list", "same list", "same group", "same list, one phone"),
}  # fmt: skip
FIELDS = tuple(LEVELS)
BOTH_MISSING = 12
NAMES_AGREE = (4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 16)
"""Levels of names that agree on a word, whose frequency then counts."""
NAMES_ALIKE = (4, 5, 6, 7, 8, 9)
BIRTHS_AGREE = 6
"""Levels of births from 1 to this one are of about one year."""
PARTS = {EvidenceField.SEX: 2, EvidenceField.RELATION: 2}
"""Fields weighed given another fact, and in how many parts: sex given whether the names agree (people
of one name mostly are of one sex); relations to the head given whether the births agree (two born in one year mostly
are both children, or neither is)."""
AT = {field: at for at, field in enumerate(FIELDS)}


def is_among(levels: Bytes, wanted: tuple[int, ...]) -> Flags:
    """Which levels are of those wanted."""
    return np.asarray(_wanted(wanted)[levels])


@lru_cache
def _wanted(levels: tuple[int, ...]) -> Flags:
    return np.isin(np.arange(128), levels)
