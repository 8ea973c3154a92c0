"""Reads of passes, revocations and sheets."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q, QuerySet

from safepassage.apps.accounts.selectors import operation_now
from safepassage.apps.passes.keyring import keyring_open
from safepassage.apps.passes.models import CounterpartSheet, IssuingKey, PassRecord
from safepassage.apps.passes.orders import passes_unfit
from safepassage.apps.passes.values import COUNTERPART_SHEET
from safepassage.core.errors import NotFoundError
from safepassage.core.ids import OperationId, PassId, PointId
from safepassage.core.passes import CounterpartSheet as Sheet
from safepassage.core.passes import PointDayKey, Revocation, RevocationList, derive_point_day_key, sign_revocations
from safepassage.core.passes.revocation import LATE_AT_MOST


def passes_living(at: datetime | None = None) -> QuerySet[PassRecord]:
    """Passes that are not revoked; with `at`, only those whose window has not ended by then."""
    living = PassRecord.objects.filter(revoked_at=None).order_by("window_start", "access_point", "id")
    return living.filter(window_end__gt=at) if at else living


def passes_unprinted(*, since: datetime, until: datetime, by: str = "") -> QuerySet[PassRecord]:
    """Living passes issued from one moment to another (by one account) whose print nobody was given."""
    waiting = PassRecord.objects.filter(printed_at=None, revoked_at=None, issued_at__gte=since, issued_at__lte=until)
    return (waiting.filter(issued_by=by) if by else waiting).order_by("party")


def passes_of(parties: Iterable[str]) -> dict[str, PassRecord]:
    """The living pass of each of these parties that has one."""
    return {record.party: record for record in PassRecord.objects.filter(party__in=list(parties), revoked_at=None)}


def parties_printed(parties: Iterable[str]) -> frozenset[str]:
    """Of these parties: who was ever given the print of a pass, whether it still holds or not."""
    printed = PassRecord.objects.filter(party__in=list(parties)).exclude(printed_at=None)
    return frozenset(printed.values_list("party", flat=True))


def parties_of_passes(ids: Iterable[str]) -> list[str]:
    """The parties that these passes are for."""
    return list(PassRecord.objects.filter(pk__in=list(ids)).values_list("party", flat=True))


def party_of_passes(ids: Iterable[str]) -> dict[str, str]:
    """Which party each of these passes is for."""
    return dict(PassRecord.objects.filter(pk__in=list(ids)).values_list("pk", "party"))


def pass_by_id(pass_id: str) -> PassRecord:
    """One pass, living or not.

    Raises:
        NotFoundError: if there never was such a pass.
    """
    record = PassRecord.objects.filter(pk=pass_id).first()
    if record is None:
        raise NotFoundError("No pass has that id.", advice="Type the code as printed beside the square.")
    return record


def pass_found(pass_id: PassId) -> PassRecord | None:
    """One pass, living or not; None if there never was such a pass."""
    return PassRecord.objects.filter(pk=pass_id).first()


def passes_by_tag() -> dict[bytes, PassId]:
    """The passes of all codes learnt by heart that are not withdrawn, by the tag of each code."""
    rows = PassRecord.objects.filter(revoked_at=None).values_list("id", "recognition_digest", "watched_digest")
    return {bytes.fromhex(tag): PassId(key) for key, *tags in rows for tag in tags if tag}


def issuing_keys() -> tuple[bytes, ...]:
    """Public issuing keys that verifiers must know: old, new, and revoked ones, whose passes are said to be revoked.

    A revoked key is known for that alone: the revocation list names it, and it comes with the keys.
    """
    keys = IssuingKey.objects.order_by("valid_from", "key_id")
    return tuple(bytes.fromhex(key.public_key) for key in keys)


def revocations_now(now: datetime) -> RevocationList:
    """Everything that is withdrawn and has not lapsed by `now`; what fits its booking no longer counts so too."""
    gone = ~Q(revoked_at=None) | Q(id__in=passes_unfit())
    revoked = PassRecord.objects.filter(gone, window_end__gt=now - LATE_AT_MOST).order_by("id")
    withdrawn_keys = IssuingKey.objects.exclude(revoked_at=None).order_by("key_id")
    return RevocationList(
        operation=OperationId(operation_now().code),
        issued_at=now,
        serial=PassRecord.objects.filter(gone).count() + withdrawn_keys.count(),
        passes=tuple(Revocation(PassId(record.id), record.window_end) for record in revoked),
        keys=tuple(bytes.fromhex(key.key_id) for key in withdrawn_keys),
    )


def revocations_signed(now: datetime) -> bytes:
    """The revocation list as devices load it."""
    return sign_revocations(revocations_now(now), key=keyring_open().issuing)


def point_day_keys(points: Iterable[PointId], days: Iterable[date]) -> tuple[PointDayKey, ...]:
    """The keys that a device of these points needs for these days (UTC)."""
    secret, operation = keyring_open().pass_secret, OperationId(operation_now().code)
    days = tuple(days)
    return tuple(derive_point_day_key(secret, operation, point, day) for point in points for day in days)


def sheets_of(convoy: str = "") -> QuerySet[CounterpartSheet]:
    """Counterpart sheets, the newest first."""
    sheets = CounterpartSheet.objects.order_by("-made_at", "-pk")
    return sheets.filter(convoy=convoy) if convoy else sheets


def passes_revoked() -> QuerySet[PassRecord]:
    """Passes that were withdrawn, the newest first."""
    return PassRecord.objects.exclude(revoked_at=None).order_by("-revoked_at", "id")


def sheet_by_key(key: int) -> CounterpartSheet:
    """One counterpart sheet.

    Raises:
        NotFoundError: if there is none.
    """
    record = CounterpartSheet.objects.filter(pk=key).first()
    if record is None:
        raise NotFoundError("No sheet has that number.", advice="Go back to the sheets.")
    return record


def sheet_read(record: CounterpartSheet) -> Sheet:
    """The sheet of a record, as the counterpart sees it."""
    return COUNTERPART_SHEET.validate_python(record.content)
