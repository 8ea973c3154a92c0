"""What a device in the field may write, by its role: what is done where it works, and nothing else.

A phone that is stolen, or lent, signs as itself: without this list one at a gate could say that a flight has left, or
one on a bus that people were admitted. What a role may not write is parked, flagged, and without effect.
"""

from __future__ import annotations

from safepassage.core.ledger.kinds import EventKind

_ANYWHERE = frozenset(
    {
        EventKind.ENCOUNTER,
        EventKind.LOOKUP_MADE,
        EventKind.WATCHED_SIGNALLED,
        EventKind.PERSONS_DETAINED,
        EventKind.PERSONS_MISSING,
        EventKind.PERSONS_DIED,
        EventKind.RESPONSIBILITY_TAKEN,
        EventKind.HANDOVER_OFFERED,
        EventKind.HANDOVER_ACCEPTED,
        EventKind.HANDOVER_REFUSED,
        EventKind.HEADS_COUNTED,
        EventKind.ANNULLED,
    }
)
"""Who was seen, and what can befall people or pass between teams wherever they are; one's own mistakes taken back."""
_CHECKING = _ANYWHERE | {
    EventKind.PERSONS_ADMITTED,
    EventKind.PERSONS_TURNED_AWAY,
    EventKind.PERSONS_DECLINED,
    EventKind.WALK_INS,
    EventKind.PRESSURE_TALLIED,
    EventKind.CONVOY_REPORTED,
    EventKind.USES_RELAYED,
}
_LEAVING = frozenset(
    {
        EventKind.PERSONS_SET_OUT,
        EventKind.PERSONS_BOARDED,
        EventKind.PERSONS_DEPARTED,
        EventKind.PERSONS_NO_SHOW,
        EventKind.PERSONS_DECLINED,
    }
)

KINDS_OF_ROLE: dict[str, frozenset[EventKind]] = {
    "access-point": _CHECKING | {EventKind.PERSONS_PROCESSED},
    "rover": _CHECKING | {EventKind.PERSONS_NOT_FOUND},
    "bus": _ANYWHERE | _LEAVING | {EventKind.CONVOY_REPORTED},
    "staging-base": _ANYWHERE
    | _LEAVING
    | {
        EventKind.PERSONS_PROCESSED,
        EventKind.PERSONS_ARRIVED,
        EventKind.WALK_INS,
        EventKind.PRESSURE_TALLIED,
    },
}
"""Kinds by role; any role that is not here may write nothing. A device whose role is `site` may write all.

`annulled` is for a device's own events only."""
