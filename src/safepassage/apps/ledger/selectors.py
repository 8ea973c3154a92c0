"""Reads of the record. The state is folded once and then only carried on with new events."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Max, QuerySet

from safepassage.apps.ledger.models import AccessEntry, EventRecord, ParkedItem, SiteChain
from safepassage.apps.ledger.reading import Keys, events_read, keys_found, record_read
from safepassage.apps.ledger.sitekey import public_hex, site_key_open
from safepassage.core import ledger
from safepassage.core.ids import PersonId
from safepassage.core.ledger import CountRow, Discrepancy, Event, EventKind, LedgerState
from safepassage.core.ledger.clock import from_milliseconds, to_milliseconds
from safepassage.core.ledger.rows import SetAside

_Mark = tuple[int, str]
"""Position and site digest of the newest event: names one content of the record, even after a rollback."""
_EMPTY: _Mark = (0, "")
_KEPT = 8
NEAR_MILLISECONDS = 6 * 3_600_000
"""A state kept for a moment nearer than this spares more work than the present one."""

_OF_THE_HOUSE = (
    EventKind.ACCOUNT_CHANGED,
    EventKind.BACKUP_MADE,
    EventKind.DEVICE_ENROLLED,
    EventKind.DEVICE_REVOKED,
    EventKind.EXPORT_MADE,
    EventKind.KEY_REVOKED,
    EventKind.KEY_ROTATED,
    EventKind.RECIPIENT_ADDED,
    EventKind.SITE_RESTORED,
)


class _Kept:
    """States kept in this process. A state is a value, so that two threads at worst fold twice."""

    now: tuple[_Mark, LedgerState] = (_EMPTY, LedgerState())
    aside: tuple[SetAside, ...] = ()
    open_counts: tuple[LedgerState, tuple[Discrepancy, ...]] | None = None
    past: OrderedDict[tuple[_Mark, int, int | None], LedgerState] = OrderedDict()
    of_kind: dict[EventKind, tuple[tuple[object, ...], tuple[Event, ...]]] = {}


def events_after(position: int = 0) -> Iterator[Event]:
    """The events in the order of arrival, from behind a position; what was changed in the store is left out."""
    return events_read(EventRecord.objects.filter(position__gt=position))


def _newest(records: QuerySet[EventRecord] | None = None) -> _Mark:
    rows = EventRecord.objects.all() if records is None else records
    found = rows.order_by("-position").values_list("position", "site_digest").first()
    return found or _EMPTY


def _holds(mark: _Mark) -> bool:
    return mark == _EMPTY or EventRecord.objects.filter(position=mark[0], site_digest=mark[1]).exists()


def state_now() -> LedgerState:
    """Everything stored so far, folded; kept in memory and carried on by what is new.

    Rows that can't be read or are not what a device signed count for nothing: `rows_set_aside`.
    Cost: one query if nothing is new; else the new events; the whole record once for each process.
    """
    newest = _newest()
    mark, state = _Kept.now
    if mark == newest:
        return state
    aside = _Kept.aside
    if not _holds(mark):
        mark, state, aside = _EMPTY, LedgerState(), ()
    reading = record_read(*mark)
    try:
        state = ledger.fold_more(state, reading.events)
    except (ArithmeticError, LookupError, TypeError, ValueError):
        # forged so that every digest and link fits: the signatures tell which row
        aside, reading = (), record_read(is_strict=True)
        state = ledger.fold(reading.events)
    _Kept.now, _Kept.aside = (newest, state), (*aside, *reading.set_aside)
    return state


def rows_set_aside() -> tuple[SetAside, ...]:
    """Rows of the record that count for nothing, as this process read them, in the order of arrival."""
    state_now()
    return _Kept.aside


def state_as_of(at: datetime, *, known_at: datetime | None = None) -> LedgerState:
    """The state as of a moment; a few recent answers are kept until a new event is stored.

    Cost: folds everything that had happened by then, less for whom nothing differs from now or from a moment near
    it that was asked for before.
    """
    current = state_now()
    key = (_Kept.now[0], to_milliseconds(at), to_milliseconds(known_at) if known_at else None)
    state = _Kept.past.get(key)
    if state is None:
        base = current if known_at is None else None
        for (mark, moment, other), held in _Kept.past.items():
            if (mark, other) == (key[0], key[2]) and abs(moment - key[1]) < NEAR_MILLISECONDS:
                base = held
        state = ledger.state_at(current.events.values(), at, known_at=known_at, base=base)
        _Kept.past[key] = state
        while len(_Kept.past) > _KEPT:
            _Kept.past.popitem(last=False)
    return state


def discrepancies_now() -> tuple[Discrepancy, ...]:
    """Head counts that differ from the events and are not closed; worked out once for each state."""
    state = state_now()
    kept = _Kept.open_counts
    if kept is None or kept[0] is not state:
        kept = (state, ledger.reconcile(state))
        _Kept.open_counts = kept
    return kept[1]


def counts_as_of(at: datetime | None = None, *, categories: Iterable[str] = ()) -> tuple[CountRow, ...]:
    """People by category and stage as of a moment, or now."""
    state = state_as_of(at) if at else state_now()
    return ledger.count_people(state, categories=categories)


def event_times() -> list[int]:
    """When events happened (UTC milliseconds since 1970), in order."""
    return list(EventRecord.objects.order_by("occurred").values_list("occurred", flat=True))


def event_time_last(kind: EventKind) -> datetime | None:
    """When the last event of a kind came in; none if there is none."""
    record = EventRecord.objects.filter(kind=kind).order_by("-position").first()
    return record.server_time if record else None


def event_last_at() -> datetime | None:
    """When the latest event about people happened (aware UTC); nothing before the first.

    What is done about accounts, keys and copies says nothing of whether an operation goes on.
    """
    latest = EventRecord.objects.exclude(kind__in=_OF_THE_HOUSE).aggregate(latest=Max("occurred"))["latest"]
    return from_milliseconds(latest) if latest is not None else None


def events_of(person: str) -> tuple[Event, ...]:
    """The events that name a person under any of their ids, in order."""
    return ledger.events_of(state_now(), PersonId(person))


def claims_waiting() -> tuple[Event, ...]:
    """What withdrawn devices wrote and nothing proves to be from before: without effect until a person decides."""
    state = state_now()
    waiting = state.claims - state.annulled
    found = (event for event in state.events.values() if event.id in waiting) if waiting else ()
    return tuple(sorted(found, key=lambda event: event.order))


def events_by_id(ids: Iterable[str]) -> tuple[Event, ...]:
    """These events, in the order of arrival; those that aren't stored are left out."""
    return _counting(EventRecord.objects.filter(event__in=list(ids)))


def _counting(records: QuerySet[EventRecord]) -> tuple[Event, ...]:
    aside = {row.event for row in rows_set_aside()}
    return tuple(event for event in events_read(records) if event.id not in aside)


def events_of_kind(kind: EventKind) -> tuple[Event, ...]:
    """All events of one kind, in the order of arrival, those left out that have no effect: annulled, or claims.

    Cost: two short queries; the same tuple again until one of this kind is stored or counts no longer.
    """
    records = EventRecord.objects.filter(kind=kind)
    silent = state_now().silent
    key = (_newest(records), silent, _Kept.aside)
    kept = _Kept.of_kind.get(kind)
    if kept is None or kept[0] != key:
        kept = (key, tuple(event for event in _counting(records) if event.id not in silent))
        _Kept.of_kind[kind] = kept
    return kept[1]


def device_keys() -> Keys:
    """Public key and role of every device ever enrolled, the site's own included."""
    return keys_found()


def site_public_key() -> str:
    """The public half of the site's own key (hex): devices verify receipts with it. Empty before the site began.

    A restored copy keeps it, so that phones that joined before go on; its chain has a key of its own.
    """
    return public_hex(site_key_open()) if SiteChain.objects.exists() else ""


def flags_now() -> dict[str, int]:
    """How many events came late, from a clock ahead of ours, or tell of another point than their device's."""
    return dict(Counter(EventRecord.objects.exclude(flag="").order_by("position").values_list("flag", flat=True)))


def flags_of(events: Iterable[str]) -> dict[str, str]:
    """The flag of each of these events that bears one."""
    flagged = EventRecord.objects.filter(event__in=list(events)).exclude(flag="")
    return dict(flagged.values_list("event", "flag"))


def parked_open() -> tuple[tuple[str, str, datetime], ...]:
    """Uploaded items that wait for somebody: (reason, device as claimed, when received)."""
    found = ParkedItem.objects.filter(settled_at=None).order_by("received_at", "id")
    return tuple(found.values_list("reason", "device", "received_at"))


def accesses_of(subject: str) -> tuple[tuple[str, str, str, datetime], ...]:
    """Who looked at a person, party or listing: (account, act, purpose, when), newest first."""
    found = AccessEntry.objects.filter(subject=subject).order_by("-at", "-id")
    return tuple(found.values_list("account", "act", "purpose", "at"))


def accesses_all(*, subject: str = "", account: str = "") -> QuerySet[AccessEntry]:
    """The access log, the newest first; of one subject or one account if given."""
    found = AccessEntry.objects.order_by("-at", "-id")
    if subject:
        found = found.filter(subject=subject)
    return found.filter(account=account) if account else found
