"""Paper packs keyed in: two people type each sheet apart; it counts once, under its number, when both typed the same.

Until then nothing counts, and the fields that differ are shown to both. The second is blind: what the first typed is
shown only to who has typed the sheet too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from safepassage.apps.accounts.selectors import account_may
from safepassage.apps.accounts.two_people import are_two, second_check
from safepassage.apps.gate.printed import number_check
from safepassage.apps.outreach.models import KeyedEntry
from safepassage.apps.outreach.paper_counts import sheet_count, still_counts
from safepassage.core.errors import ForbiddenError, Problems
from safepassage.core.intake.paper import FIELDS, differences, read_fields, read_number


@dataclass(frozen=True, slots=True)
class SheetState:
    """One sheet that somebody has typed: who, what differs if two did, and whether it counts."""

    kind: str
    number: str
    typed_by: tuple[str, ...]
    differing: tuple[tuple[str, str, str], ...]
    is_counted: bool
    note: str = ""
    """What is left to be done by name: lines of a manifest that were aboard in part."""
    is_before: bool = False
    """It counted before this was typed, by whom `typed_by` names; what differs from that counts nothing."""


@transaction.atomic
def sheet_key_in(*, kind: str, number: str, typed: Mapping[str, str], account: str, now: datetime) -> SheetState:
    """Keeps what one person typed of a sheet; if another typed the same, it counts, at the hour on the sheet.

    Typed again by the same person it replaces what they typed before. A sheet that counts is closed:
    typed again it writes nothing, and what differs is told. Once all that it meant was annulled, it is typed anew.

    Raises:
        ForbiddenError: the account may not; there is no such kind or number; the two may be one person.
        ProblemsError: what can't be read, was never printed, or fits nothing that is on record.
    """
    if not account_may(account, "gate.check"):
        raise ForbiddenError("This account may not key in paper.", where="gate.check")
    named = read_number(kind, number) if kind in FIELDS else ""
    if not named:
        raise ForbiddenError(
            "This is no number of such a sheet.", where="number", advice="Type it as it is printed on the sheet."
        )
    fields = read_fields(kind, typed)
    problems = Problems()
    if kind in {"walk-in", "tally"}:
        number_check(number=named, point=fields["point"], problems=problems)
    problems.raise_if_any("the sheet as typed")
    closed = KeyedEntry.objects.filter(kind=kind, number=named).exclude(counted_at=None)
    if before := _alike(closed):
        kept = before[0].fields
        if still_counts(kind=kind, number=named, fields=kept):
            differing, people = differences(kind, kept, fields), tuple(one.account for one in before)
            return SheetState(kind, named, people, differing, is_counted=True, note=before[0].note, is_before=True)
        closed.delete()
    KeyedEntry.objects.update_or_create(
        kind=kind, number=named, account=account, defaults={"fields": fields, "typed_at": now}
    )
    other = _other(kind, named, account)
    if other is None:
        return SheetState(kind, named, (account,), (), is_counted=False)
    if differing := differences(kind, other.fields, fields):
        return SheetState(kind, named, (other.account, account), differing, is_counted=False)
    second_check(first=other.account, second=account, permission="gate.check")
    note = sheet_count(kind=kind, number=named, fields=fields, account=other.account, now=now)
    KeyedEntry.objects.filter(kind=kind, number=named).update(counted_at=now, note=note)
    return SheetState(kind, named, (other.account, account), (), is_counted=True, note=note)


def sheets_waiting(account: str) -> list[SheetState]:
    """Sheets that somebody typed and that don't count yet; what differs is told to who has typed them."""
    entries: dict[tuple[str, str], list[KeyedEntry]] = {}
    for entry in KeyedEntry.objects.filter(counted_at=None).order_by("kind", "number", "typed_at", "pk"):
        entries.setdefault((entry.kind, entry.number), []).append(entry)
    found = []
    for (kind, number), typed in entries.items():
        mine = next((one for one in typed if one.account == account), None)
        other = next((one for one in typed if one.account != account), None)
        differing = differences(kind, other.fields, mine.fields) if mine and other else ()
        found.append(SheetState(kind, number, tuple(one.account for one in typed), differing, is_counted=False))
    return found


def sheets_counted(limit: int = 30) -> list[SheetState]:
    """Sheets that count, the latest first."""
    entries: dict[tuple[str, str], list[KeyedEntry]] = {}
    for entry in KeyedEntry.objects.exclude(counted_at=None).order_by("-counted_at", "kind", "number", "pk"):
        entries.setdefault((entry.kind, entry.number), []).append(entry)
    return [
        SheetState(kind, number, tuple(one.account for one in typed), (), is_counted=True, note=typed[0].note)
        for (kind, number), typed in list(entries.items())[:limit]
    ]


def fields_typed(*, kind: str, number: str, account: str) -> dict[str, str]:
    """What this account typed of a sheet that doesn't count yet, to be corrected; empty if it did not."""
    entry = KeyedEntry.objects.filter(kind=kind, number=number, account=account, counted_at=None).first()
    return dict(entry.fields) if entry else {}


def _alike(closed: QuerySet[KeyedEntry]) -> tuple[KeyedEntry, ...]:
    """What made a sheet count: the last that was typed of it, and whatever is equal; a third may have misread it."""
    entries = sorted(closed, key=lambda one: (one.typed_at, one.pk))
    return tuple(one for one in entries if one.fields == entries[-1].fields)


def _other(kind: str, number: str, account: str) -> KeyedEntry | None:
    """What another person typed: the latest, and rather somebody who can't be the same person."""
    others = list(KeyedEntry.objects.filter(kind=kind, number=number).exclude(account=account).order_by("-typed_at"))
    return next((one for one in others if are_two(one.account, account)), others[0] if others else None)
