"""What an event can claim about its own time: bounded by the sites that took it in, and by its device's withdrawal.

A site that takes in a device's events appends `events-admitted`, signed like every event. So the proof of when an
event was there at the latest is itself among the events, and every site that has the same events bounds them alike:

- nothing happened later than a site had it: a clock that runs ahead outranks nothing (`Event.occurred`);
- of a device that was withdrawn only that counts which a site had before, or which stands in the device's chain
  before such an event. The rest are **claims**: kept, flagged, without effect until a person confirms them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from safepassage.core.ids import DeviceId, EventId
from safepassage.core.ledger.derive import find_annulled
from safepassage.core.ledger.events import Event
from safepassage.core.ledger.kinds import EventKind
from safepassage.core.ledger.state import Alarm

DRIFT_MILLISECONDS = 5 * 60_000
"""A claim further ahead of its admission than this raises `clock-ahead`."""
WITHDRAWAL_KINDS = frozenset({EventKind.DEVICE_REVOKED, EventKind.CLAIMS_CONFIRMED, EventKind.ANNULLED})


def read_admissions(events: Iterable[Event], before: Mapping[EventId, int] | None = None) -> dict[EventId, int]:
    """By when each event was there at the latest, as `events-admitted` tell it: the earliest counts."""
    found = dict(before or {})
    for event in events:
        if event.kind is EventKind.EVENTS_ADMITTED:
            for (name,) in event.rows:
                admitted = EventId(str(name))
                found[admitted] = min(event.clock.wall, found.get(admitted, event.clock.wall))
    return found


def bounded(event: Event, admissions: Mapping[EventId, int]) -> Event:
    """The event with its admission noted; itself if that is noted already."""
    moment = admissions.get(event.id)
    return event if moment == event.admitted else replace(event, admitted=moment)


def find_ahead(events: Iterable[Event]) -> list[Alarm]:
    """Events that claim a time which had not come when a site had them."""
    return [
        Alarm("clock-ahead", event.id, (event.id,), (event.device,))
        for event in events
        if event.admitted is not None and event.claimed > event.admitted + DRIFT_MILLISECONDS
    ]


def read_withdrawals(events: Iterable[Event]) -> tuple[dict[DeviceId, int], frozenset[EventId]]:
    """From when on each withdrawn device is not believed (taken, or else withdrawn), and the claims confirmed.

    What a device annuls or confirms that was ever withdrawn is left out of account: none talks itself out of it.
    """
    said = [event for event in events if event.kind in WITHDRAWAL_KINDS]
    named = {event.code("revoked") for event in said if event.kind is EventKind.DEVICE_REVOKED}
    sound = [event for event in said if event.device not in named or event.kind is EventKind.DEVICE_REVOKED]
    annulled, _ = find_annulled((event for event in sound if event.kind is EventKind.ANNULLED), set())
    since: dict[DeviceId, int] = {}
    confirmed: set[EventId] = set()
    for event in sound:
        if event.kind is EventKind.ANNULLED or event.id in annulled:
            continue
        if event.kind is EventKind.CLAIMS_CONFIRMED:
            confirmed.update(EventId(str(name)) for (name,) in event.rows)
            continue
        device = DeviceId(event.code("revoked"))
        moment = min(event.number("taken_at", event.occurred), event.occurred)
        since[device] = min(moment, since.get(device, moment))
    return dict(sorted(since.items())), frozenset(confirmed)


def find_unproven(events: Iterable[Event], claims: frozenset[EventId]) -> list[Alarm]:
    """Those claims among events, each with an alarm that waits for a person."""
    return [Alarm("after-revocation", one.id, (one.id,), (one.device,)) for one in events if one.id in claims]


def find_claims(
    events: Iterable[Event], since: Mapping[DeviceId, int], confirmed: frozenset[EventId]
) -> frozenset[EventId]:
    """Events of withdrawn devices that nothing proves to be from before, and that nobody has confirmed."""
    if not since:
        return frozenset()
    suspects = [event for event in events if event.device in since]
    by_digest = {event.digest: event for event in suspects}
    proven: set[EventId] = set()
    for event in suspects:
        link: Event | None = event
        if event.admitted is None or event.admitted >= since[event.device]:
            continue
        while link is not None and link.id not in proven:
            proven.add(link.id)
            earlier = by_digest.get(link.previous)
            link = earlier if earlier is not None and earlier.device == link.device else None
    return frozenset(event.id for event in suspects) - proven - confirmed
