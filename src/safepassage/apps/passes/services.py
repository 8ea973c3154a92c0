"""Acts on passes: issue, revoke, sheets for the counterpart."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet

from safepassage.apps.ledger.services import acts_in_turn, event_append
from safepassage.apps.movement.publishing import plan_publish
from safepassage.apps.passes.keyring import keyring_open
from safepassage.apps.passes.models import CounterpartSheet, IssuingKey, PassRecord
from safepassage.apps.passes.orders import PartyOrder, orders_due, passes_unfit
from safepassage.apps.passes.values import COUNTERPART_SHEET
from safepassage.core.errors import ForbiddenError
from safepassage.core.ids import derived_id
from safepassage.core.ledger import EventKind
from safepassage.core.passes import Convoy, IssuedPass, counterpart_sheet, issue_pass
from safepassage.core.passes import CounterpartSheet as Sheet

if TYPE_CHECKING:
    from safepassage.apps.movement.models import PlanRecord

Progress = Callable[[float, str], None]


def _fresh() -> bytes:
    return secrets.token_bytes(32)


def issuing_key_register(*, now: datetime) -> IssuingKey:
    """Lets verifiers know the site's issuing key; again changes nothing."""
    key = keyring_open().issuing
    record, _ = IssuingKey.objects.get_or_create(
        key_id=key.id.hex(), defaults={"public_key": key.public.hex(), "valid_from": now}
    )
    return record


@transaction.atomic
def passes_issue_due(
    *, account: str, now: datetime, parties: Sequence[str] | None = None, progress: Progress | None = None
) -> tuple[IssuedPass, ...]:
    """Issues passes to everyone who is due one, or anew to `parties`; whoever lost their place loses their pass.

    Who is due is looked up here, one act after the other: two who ask at once never withdraw what the other has
    just printed.

    Raises:
        ProblemsError: an order can't be a pass; nothing is issued then.
    """
    acts_in_turn()
    if parties is None:
        passes_settle(account=account, now=now)
    orders = orders_due(now=now, parties=parties)
    return passes_issue(orders=orders, account=account, now=now, progress=progress) if orders else ()


@transaction.atomic
def passes_issue_kept(
    *,
    keep: Callable[[tuple[IssuedPass, ...]], object],
    account: str,
    now: datetime,
    parties: Sequence[str] | None = None,
    anew: Sequence[str] = (),
    progress: Progress | None = None,
) -> tuple[IssuedPass, ...]:
    """Issues passes and keeps their print, as one act: a pass holds only if its print is on disk.

    The codes stand nowhere else. Whatever cuts this off, either nothing was issued, or the print is there; where it
    is lost after that, the passes are due again (`orders.PRINT_LOST_AFTER`), until `passes_print_given`.

    Args:
        keep: Puts the print on disk, whole; nothing is issued if it fails.
        account: Who acts.
        now: The moment.
        parties: For these alone; else for everyone who is due.
        anew: Whose pass is issued again beside those.
        progress: Told of each pass, up to 0.6; then that it is printed.

    Raises:
        ProblemsError: an order can't be a pass; nothing is issued then.
    """
    step = progress or _tell_nobody

    def issuing(share: float, what: str) -> None:
        step(0.6 * share, what)

    again = sorted({*anew, *(parties or ())})
    issued = passes_issue_due(parties=again, account=account, now=now, progress=issuing) if again else ()
    if parties is None:
        issued = (*issued, *passes_issue_due(account=account, now=now, progress=issuing))
    if issued:
        step(0.6, "printing")
        keep(issued)
    return issued


def _tell_nobody(share: float, what: str) -> None:
    """Nobody listens."""


@transaction.atomic
def passes_print_given(*, passes: Iterable[str], now: datetime) -> int:
    """Notes that whoever asked has the print of these passes. Returns of how many it was not noted before."""
    return PassRecord.objects.filter(id__in=list(passes), printed_at=None).update(printed_at=now)


@transaction.atomic
def passes_issue(
    *,
    orders: Sequence[PartyOrder],
    account: str,
    now: datetime,
    randomness: Callable[[], bytes] = _fresh,
    progress: Progress | None = None,
) -> tuple[IssuedPass, ...]:
    """Issues passes; whoever holds an older one for the party finds it revoked.

    The recognition and watched codes are in the answer and nowhere else: print them now, or issue again.

    Raises:
        ProblemsError: an order can't be a pass; nothing is issued then.
    """
    keyring, key = keyring_open(), issuing_key_register(now=now)
    issued: list[IssuedPass] = []
    records: list[PassRecord] = []
    for number, wanted in enumerate(orders, 1):
        made = issue_pass(
            wanted.order,
            signing_key=keyring.issuing,
            pass_secret=keyring.pass_secret,
            now=now,
            randomness=randomness(),
        )
        issued.append(made)
        records.append(_record(wanted, made, key, account=account, now=now))
        if progress:
            progress(number / len(orders), f"{number} of {len(orders)}")
    _revoke([wanted.order.party for wanted in orders], why="re-issued", account=account, now=now)
    PassRecord.objects.bulk_create(records, batch_size=500)
    by_policy: dict[str, list[PassRecord]] = {}
    for record in records:
        by_policy.setdefault(record.policy_version, []).append(record)
    for group in by_policy.values():
        event_append(
            kind=EventKind.PASSES_ISSUED,
            body={"key": key.key_id, "rows": tuple(_event_row(record) for record in group)},
            account=account,
            now=now,
        )
    return tuple(issued)


def _record(wanted: PartyOrder, made: IssuedPass, key: IssuingKey, *, account: str, now: datetime) -> PassRecord:
    order = wanted.order
    return PassRecord(
        id=made.id,
        party=order.party,
        persons=[str(person) for person in wanted.persons],
        route=order.route,
        heads=len(order.members),
        access_point=order.point,
        window_start=order.window_start,
        window_end=order.window_end,
        policy_version=order.policy_version,
        key=key,
        text=made.text,
        short_code=made.short_code,
        recognition_digest=made.recognition_tag.hex(),
        watched_digest=made.watched_tag.hex(),
        issued_at=now,
        issued_by=account,
    )


def _event_row(record: PassRecord) -> tuple[str | int, ...]:
    begins, ends = (int(moment.timestamp() * 1000) for moment in (record.window_start, record.window_end))
    return (record.id, record.party, record.access_point, begins, ends, record.heads)


def _revoke(parties: Sequence[str], *, why: str, account: str, now: datetime) -> tuple[str, ...]:
    return _withdraw(PassRecord.objects.filter(party__in=parties), why=why, account=account, now=now)


def _withdraw(records: QuerySet[PassRecord], *, why: str, account: str, now: datetime) -> tuple[str, ...]:
    living = records.filter(revoked_at=None).order_by("id")
    ids = tuple(living.values_list("id", flat=True))
    if ids:
        PassRecord.objects.filter(id__in=ids).update(revoked_at=now, revoked_why=why)
        body = {"reason": why, "rows": tuple((key,) for key in ids)}
        event_append(kind=EventKind.PASSES_REVOKED, body=body, account=account, now=now)
    return ids


@transaction.atomic
def passes_settle(*, account: str, now: datetime) -> tuple[str, ...]:
    """Writes down that passes which no longer hold are withdrawn, each with its reason. Returns their ids.

    To be called by every act that may take a place, a person or a member away. Whoever checks a pass refuses these
    at once, settled or not (`passes_unfit`).
    """
    acts_in_turn()
    by_reason: dict[str, list[str]] = {}
    for key, why in sorted(passes_unfit().items()):
        by_reason.setdefault(why, []).append(key)
    return tuple(
        key
        for why, ids in sorted(by_reason.items())
        for key in _withdraw(PassRecord.objects.filter(id__in=ids), why=why, account=account, now=now)
    )


@transaction.atomic
def plan_enact(*, plan_id: str, account: str, now: datetime) -> PlanRecord:
    """Publishes a plan and withdraws at once the passes of whoever lost or changed their place by it.

    Raises:
        ForbiddenError: the judge found faults.
        ConflictError: the plan was overtaken.
        NotFoundError: no such plan.
    """
    record = plan_publish(plan_id=plan_id, account=account, now=now)
    passes_settle(account=account, now=now)
    return record


@transaction.atomic
def passes_revoke(*, parties: Sequence[str], why: str, account: str, now: datetime) -> tuple[str, ...]:
    """Withdraws the living passes of these parties: refused under every code ever issued for them.

    Returns:
        The ids of the passes withdrawn now.
    """
    return _revoke(parties, why=why, account=account, now=now)


@transaction.atomic
def counterpart_sheet_make(*, convoy: Convoy, account: str, now: datetime) -> Sheet:
    """Makes and keeps the sheet that the checkpoint authority sees: tokens, heads, plate, window, nobody's name.

    Raises:
        ForbiddenError: if the convoy has no vehicles.
    """
    if not convoy.vehicles:
        raise ForbiddenError("A convoy without vehicles has no sheet.", where=convoy.reference)
    acts_in_turn()
    keyring = keyring_open()
    sheet = counterpart_sheet(convoy, signing_key=keyring.counterpart, token_secret=keyring.token_secret)
    version = CounterpartSheet.objects.filter(convoy=convoy.reference).count() + 1
    CounterpartSheet.objects.create(
        convoy=convoy.reference,
        version=version,
        content=COUNTERPART_SHEET.dump_python(sheet, mode="json"),
        made_at=now,
        made_by=account,
    )
    body = {
        "export": derived_id("E", "counterpart-sheet", convoy.reference, str(version)),
        "what": "counterpart-sheet",
        "recipient": "checkpoint-authority",
        "digest": hashlib.sha256(sheet.text.encode()).hexdigest(),
        "people": sheet.heads,
    }
    event_append(kind=EventKind.EXPORT_MADE, body=body, account=account, now=now)
    return sheet
