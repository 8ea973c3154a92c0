"""What events of devices mean beside the ledger: slips that wait for registration, and how pressed a crowd is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from safepassage.apps.gate.models import Tally, WalkIn
from safepassage.apps.ledger.selectors import events_by_id, events_of_kind
from safepassage.core.ledger import Event, EventKind
from safepassage.core.ledger.clock import from_milliseconds

QUARTER_MILLISECONDS = 15 * 60_000
_SLIP_LETTERS = 20


def events_heed(*, stored: Iterable[str]) -> None:
    """Notes slips and tallies of events that were just stored; in the transaction that stored them."""
    for event in events_by_id(stored):
        if event.kind is EventKind.WALK_INS:
            _note_walk_in(event)
        elif event.kind is EventKind.PRESSURE_TALLIED:
            _note_tally(event)
        elif event.kind is EventKind.ANNULLED:
            WalkIn.objects.filter(event=event.code("event"), registered_as="").delete()
            for undone in events_by_id([event.code("event")]):
                if undone.kind is EventKind.PRESSURE_TALLIED:
                    _take_back_tally(undone)


def _note_walk_in(event: Event) -> None:
    """One slip, one row; the same number written twice by mistake keeps both."""
    slip = event.code("slip")[:_SLIP_LETTERS]
    if WalkIn.objects.filter(slip=slip).exists():
        slip = f"{slip[: _SLIP_LETTERS - 5]}.{event.id[-4:]}"
    heads = Counter(f"{band}-{sex}" for _, sex, band in event.rows)
    WalkIn.objects.get_or_create(
        event=event.id,
        defaults={
            "slip": slip,
            "heads": dict(sorted(heads.items())),
            "claimed": event.code("category"),
            "evidence": event.code("evidence"),
            "at": from_milliseconds(event.occurred),
        },
    )


def _take_back_tally(undone: Event) -> None:
    """What the same device said before in that quarter holds again, else nothing.

    What still has effect is the record's to say: an annulment that counts for nothing takes nothing back.
    """
    quarter = _quarter(undone)
    where = undone.code("point"), undone.device, quarter
    Tally.objects.filter(point=undone.code("point"), device=undone.device, quarter=quarter).delete()
    standing = [
        one
        for one in events_of_kind(EventKind.PRESSURE_TALLIED)
        if (one.code("point"), one.device, _quarter(one)) == where
    ]
    if standing:
        _note_tally(max(standing, key=lambda one: one.order))


def _quarter(event: Event) -> datetime:
    return from_milliseconds(event.occurred - event.occurred % QUARTER_MILLISECONDS)


def _note_tally(event: Event) -> None:
    quarter = _quarter(event)
    told = {"level": event.code("level"), "heads": event.number("count", -1)}
    if told["heads"] == -1:
        told["heads"] = None
    Tally.objects.update_or_create(point=event.code("point"), quarter=quarter, device=event.device, defaults=told)
