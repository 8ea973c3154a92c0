"""How often one pass might be used before anybody can know: devices of a point that don't know of each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from safepassage.apps.gate.selectors import devices_known
from safepassage.core.ledger import EventKind, LedgerState
from safepassage.core.ledger.clock import to_milliseconds
from safepassage.core.passes.unlinked import most_unlinked

SILENT = timedelta(minutes=15)
"""A device that was not in contact for longer may not know what other devices admitted."""

Links = Mapping[str, Collection[str]]


@dataclass(frozen=True, slots=True)
class DoubleUse:
    """One point: devices in use, those silent, and so how often one pass might be used there at most."""

    point: str
    devices: int
    silent: int
    relayed: int
    """Pairs of devices that told each other of their admissions without the site, within the same time."""
    bound: int
    """Once they have exchanged what they admitted; until then it is `devices`."""


def double_uses(state: LedgerState, now: datetime) -> list[DoubleUse]:
    """For each point with devices: how often one pass might be used before anybody can know.

    Devices in contact with the site know of each other, and so do two phones that read each other's squares. The
    worst is a pass that is shown to as many devices as possible of which no two know of each other. What silent
    phones relayed counts once one of them has told the site: until then the figure is too high, never too low.
    A rover of all points counts at each.
    """
    heard = links_heard(state, now)
    points: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    anywhere: list[tuple[str, bool]] = []
    for device in devices_known():
        if device.revoked_at or not (device.point or device.role == "rover"):
            continue
        is_silent = device.last_seen_at is None or now - device.last_seen_at > SILENT
        (points[device.point] if device.point else anywhere).append((device.id, is_silent))
    return [_line(point, [*points[point], *anywhere], heard) for point in sorted(points)]


def _line(point: str, devices: list[tuple[str, bool]], heard: Links) -> DoubleUse:
    here = {device for device, _ in devices}
    present = {device for device, is_silent in devices if not is_silent}
    links = {device: ({*heard.get(device, ())} & here) - {device} for device in here}
    pairs = sum(map(len, links.values())) // 2
    for device in present:
        links[device] |= present - {device}
    return DoubleUse(point, len(here), len(here - present), pairs, most_unlinked(links))


def links_heard(state: LedgerState, now: datetime) -> dict[str, set[str]]:
    """Devices that each read the other's relay within `SILENT`: both ways, or they don't know of each other.

    When a relay was made its sender says, but never later than the moment at which the reader had it.
    """
    latest: dict[tuple[str, str], int] = {}
    for event in state.told(EventKind.USES_RELAYED):
        reader, sender = str(event.device), event.code("sender")
        made = min(event.number("made"), event.occurred)
        latest[reader, sender] = max(latest.get((reader, sender), 0), made)
        back = min(event.number("heard", 0), made)
        latest[sender, reader] = max(latest.get((sender, reader), 0), back)
    since, links = to_milliseconds(now - SILENT), defaultdict[str, set[str]](set)
    for (reader, sender), made in latest.items():
        if made >= since and latest.get((sender, reader), 0) >= since:
            links[reader].add(sender)
    return dict(links)
