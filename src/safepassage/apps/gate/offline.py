"""What a bundle holds beside keys and passes: tags of documents, and routes that a checkpoint holds up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from safepassage.apps.accounts.selectors import operation_now
from safepassage.apps.ledger.selectors import events_of_kind
from safepassage.apps.passes.selectors import issuing_keys, point_day_keys
from safepassage.core.errors import UnreadableError
from safepassage.core.ids import OperationId, PointId
from safepassage.core.ledger import EventKind
from safepassage.core.ledger.clock import from_milliseconds
from safepassage.core.passes import PointDayKey, VerifierState
from safepassage.core.passes.verify import open_pass
from safepassage.core.people import AgeBand

HELD_AT_MOST = timedelta(hours=6)
"""A convoy that was stopped and of which nothing was heard since counts as held for so long."""


def tags_of(text: str, keys: tuple[PointDayKey, ...]) -> list[list[str]]:
    """The tags of each member's documents, hex, as they stand under the seal; none if no key of these opens it."""
    opener = VerifierState(
        operation=OperationId(operation_now().code), points=(), issuing_keys=issuing_keys(), point_day_keys=keys
    )
    try:
        content, _ = open_pass(text, verifier=opener)
    except UnreadableError:
        return []
    return [[tag.hex() for tag in member.tags] for member in content.members]


def bands_of(text: str, point: str, day: date) -> tuple[AgeBand, ...]:
    """The age band of each member, from under the seal, opened by the site's own key of that point and day.

    Nobody's, where it doesn't open: then nothing is known to be a child.
    """
    keys = point_day_keys((PointId(point),), (day,))
    opener = VerifierState(
        operation=OperationId(operation_now().code), points=(), issuing_keys=issuing_keys(), point_day_keys=keys
    )
    try:
        content, _ = open_pass(text, verifier=opener)
    except UnreadableError:
        return (AgeBand.UNKNOWN,)
    return tuple(member.age_band for member in content.members)


def delays_now(now: datetime, routes: Iterable[str]) -> list[dict[str, Any]]:
    """Routes among these that a checkpoint holds up: stopped, and not let through since. `until`: UTC seconds."""
    held: dict[str, datetime] = {}
    for event in sorted(events_of_kind(EventKind.CONVOY_REPORTED), key=lambda one: one.order):
        held.pop(event.code("leg"), None)
        if event.code("state") == "stopped":
            held[event.code("leg")] = from_milliseconds(event.occurred) + HELD_AT_MOST
    return [
        {"route": route, "until": int(held[route].timestamp())}
        for route in sorted({*routes} & {*held})
        if held[route] > now
    ]
