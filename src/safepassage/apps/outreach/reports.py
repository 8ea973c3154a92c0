"""Figures that leave the house: the situation report, counts. Nobody is in them; every export is an event."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from django.utils.translation import override

from safepassage.apps.accounts.selectors import operation_now
from safepassage.apps.ledger.selectors import counts_as_of, state_as_of
from safepassage.apps.movement.loads import legs_load
from safepassage.apps.outreach.alarms import alarms_now, alarms_then
from safepassage.apps.outreach.sheets import export_note
from safepassage.apps.passes.fonts import font_folders
from safepassage.core.errors import NotFoundError
from safepassage.core.exchange import SituationReport, print_report, write_counts_csv, write_report_page
from safepassage.core.ledger import EventKind, LedgerState, reconcile

_NOW = timedelta(minutes=1)
_THEN = "What waits is told of the events alone, as of then: what waited at a desk or a device is not on record."


def situation(as_of: datetime, *, now: datetime, account: str = "") -> SituationReport:
    """The figures of the situation report as of a moment; as of now, what waits is what the account's board says."""
    state, is_now = state_as_of(as_of), as_of >= now - _NOW
    with override("en"):  # the report is in English, whoever asks for it
        alarms = alarms_now(state, now=as_of, account=account) if is_now else alarms_then(state)
    try:
        departures = tuple((load.leg, load.seats, load.booked) for load in legs_load())
    except NotFoundError:
        departures = ()
    left = Counter(one.next_step for one in state.people.values() if one.next_step)
    return SituationReport(
        operation=operation_now().name,
        as_of=as_of.astimezone(operation_now().zone),
        counts=counts_as_of(as_of),
        departures=departures,
        refused=refusals_of(state),
        alarms=tuple((alarm.text, alarm.number) for alarm in alarms),
        discrepancies=tuple((one.place, one.counted, one.derived, one.owner) for one in reconcile(state)),
        left_behind=tuple(sorted(left.items())),
        notes=() if is_now else (_THEN,),
    )


def refusals_of(state: LedgerState) -> tuple[tuple[str, int], ...]:
    """How often a pass was not accepted, by the heaviest code of the verdict."""
    codes: Counter[str] = Counter()
    for event in state.by_kind.get(EventKind.ENCOUNTER, ()):
        if event.body.get("verdict") == "not-valid":
            reasons = event.body.get("reasons") or ("unknown",)
            codes[str(reasons[0]) if isinstance(reasons, tuple) else str(reasons)] += 1
    return tuple(sorted(codes.items()))


def report_pdf(*, as_of: datetime, account: str, now: datetime) -> bytes:
    """The situation report as a one-page PDF."""
    content = print_report(situation(as_of, now=now, account=account), fonts=font_folders())
    export_note(what="report", content=content, persons=(), recipient="desk-1", account=account, now=now)
    return content


def report_page(*, as_of: datetime, account: str, now: datetime) -> str:
    """The situation report as one HTML page."""
    page = write_report_page(situation(as_of, now=now, account=account))
    export_note(what="report", content=page.encode(), persons=(), recipient="desk-1", account=account, now=now)
    return page


def counts_csv(*, as_of: datetime, account: str, now: datetime) -> bytes:
    """Counts as of a moment, CSV with HXL tags."""
    content = write_counts_csv(counts_as_of(as_of), operation=operation_now().code, as_of=as_of)
    export_note(what="counts", content=content, persons=(), recipient="desk-1", account=account, now=now)
    return content
