"""The stages of a person: a closed list, and what each event proves.

known -> identified -> eligible -> called -> booked -> under way -> at the access point -> admitted
      -> processed -> boarded -> departed -> at a staging base -> at the safe haven -> closed
beside them: not eligible, turned away, no-show, not found, declined, detained, missing, died, left behind
"""

from __future__ import annotations

from enum import StrEnum

from safepassage.core.ledger.events import Event
from safepassage.core.ledger.kinds import EventKind


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
SEEN_STAGE: dict[EventKind, Stage] = {
    EventKind.PERSONS_SET_OUT: Stage.UNDER_WAY,
    EventKind.ENCOUNTER: Stage.AT_ACCESS_POINT,
    EventKind.WALK_INS: Stage.AT_ACCESS_POINT,
    EventKind.PERSONS_ADMITTED: Stage.ADMITTED,
    EventKind.PERSONS_PROCESSED: Stage.PROCESSED,
    EventKind.PERSONS_BOARDED: Stage.BOARDED,
    EventKind.PERSONS_DEPARTED: Stage.DEPARTED,
    EventKind.PERSONS_ARRIVED: Stage.AT_STAGING_BASE,
}
"""Events in which somebody saw the person, and the stage that each proves."""
SENT_BACK: dict[EventKind, Stage] = {
    EventKind.PERSONS_TURNED_AWAY: Stage.TURNED_AWAY,
    EventKind.PERSONS_NO_SHOW: Stage.NO_SHOW,
    EventKind.PERSONS_NOT_FOUND: Stage.NOT_FOUND,
    EventKind.PERSONS_DECLINED: Stage.DECLINED,
}
"""Before admission these take the person back out of the corridor."""
HELD: dict[EventKind, Stage] = {
    EventKind.PERSONS_DETAINED: Stage.DETAINED,
    EventKind.PERSONS_MISSING: Stage.MISSING,
    EventKind.PERSONS_LEFT_BEHIND: Stage.LEFT_BEHIND,
    EventKind.PERSONS_CLOSED: Stage.CLOSED,
}
"""These hold from any stage."""
LOST = frozenset({Stage.DETAINED, Stage.MISSING})
"""Only a sighting ends these: no call, booking or closed phase hides that somebody is lost."""
_ROLE_STAGE = {"bus": Stage.UNDER_WAY, "rally-point": Stage.UNDER_WAY, "staging-base": Stage.AT_STAGING_BASE}


def seen_stage(event: Event) -> Stage | None:
    """The stage that a sighting proves; None if the event is no sighting."""
    if event.kind is EventKind.PERSONS_ARRIVED and event.code("place") == "safe-haven":
        return Stage.AT_SAFE_HAVEN
    if event.kind is EventKind.ENCOUNTER:
        return _ROLE_STAGE.get(event.code("role"), Stage.AT_ACCESS_POINT)
    return SEEN_STAGE.get(event.kind)
