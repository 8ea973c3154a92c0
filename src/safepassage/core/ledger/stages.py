"""The stages of a person: a closed list, and what each event proves.

known -> identified -> eligible -> called -> booked -> under way -> at the access point -> admitted
      -> processed -> boarded -> departed -> at a staging base -> at the safe haven -> closed
beside them: not eligible, turned away, no-show, not found, declined, detained, missing, died, left behind
"""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """Where a person is in the corridor. Everyone is in exactly one."""

    KNOWN = "known"
    IDENTIFIED = "identified"
    ELIGIBLE = "eligible"
    CALLED = "called"
    BOOKED = "booked"
    UNDER_WAY = "under-way"
    AT_ACCESS_POINT = "at-access-point"
    ADMITTED = "admitted"
    PROCESSED = "processed"
    BOARDED = "boarded"
    DEPARTED = "departed"
    AT_STAGING_BASE = "at-staging-base"
    AT_SAFE_HAVEN = "at-safe-haven"
    CLOSED = "closed"
    NOT_ELIGIBLE = "not-eligible"
    TURNED_AWAY = "turned-away"
    NO_SHOW = "no-show"
    NOT_FOUND = "not-found"
    DECLINED = "declined"
    DETAINED = "detained"
    MISSING = "missing"
    DIED = "died"
    LEFT_BEHIND = "left-behind"

    @property
    def is_beside(self) -> bool:
        """Whether the stage stands beside the corridor."""
        return self in BESIDE

    @property
    def place(self) -> int:
        """Position in the corridor, 0 for known; -1 for the stages beside it."""
        return CORRIDOR.index(self) if self not in BESIDE else -1


CORRIDOR: tuple[Stage, ...] = tuple(Stage)[:14]
"""The corridor in order."""
BESIDE: frozenset[Stage] = frozenset(tuple(Stage)[14:])
"""The stages beside the corridor."""
