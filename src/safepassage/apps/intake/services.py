"""Acts of intake: take a file in, save a column map."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction

from safepassage.apps.accounts.selectors import operation_now
from safepassage.apps.intake.models import Batch, ColumnTemplate, ListingRecord, Reject, Source, SourceRow
from safepassage.apps.intake.selectors import column_maps_saved, everyone_on
from safepassage.apps.intake.values import LISTING
from safepassage.apps.ledger.services import event_append
from safepassage.core.errors import ConflictError
from safepassage.core.ids import SourceId
from safepassage.core.intake import MEANINGS, BatchResult, ColumnMap, Field, FieldDoubt, Outcome, intake_file
from safepassage.core.intake import Reject as RowReject
from safepassage.core.ledger import EventKind

Progress = Callable[[float, str], None]
CHUNK = 1000
"""The deletion mark that stands where content was."""


def batch_receive(
    *,
    path: Path | bytes,
    source: Source,
    account: str,
    now: datetime,
    column_maps: Mapping[str, ColumnMap] | None = None,
    everyone: Mapping[Field, str] | None = None,
    name: str = "",
    progress: Progress | None = None,
) -> tuple[Batch, bool]:
    """Takes a file in: rows verbatim, listings, rejects and one event, in one transaction.

    The same bytes from the same source change nothing, unless column maps are given that read them otherwise, or
    `everyone` says something else of the whole list (`read_whole_list`; an empty text takes it back): then the batch
    is read anew. Ids of rows and listings stay, and what was erased stays erased.

    Returns:
        The batch, and whether it is new or was read anew.

    Raises:
        UnreadableError: the file is no list in any form we know, is damaged, locked, or beyond the limits.
        ConflictError: it was taken in before, and withdrawn.
    """
    known = Batch.objects.filter(source=source, digest=_digest(path)).first()
    before = everyone_on(known) if known else {}
    if known and known.withdrawn_at:
        raise ConflictError(
            "This list was taken in before, and withdrawn.",
            where=known.id,
            advice=f"Put it back instead: `safepassage lists put-back {known.id}`, or on its page in the console.",
        )
    said = {field: text for field, text in {**before, **(everyone or {})}.items() if text}
    if known and said == before and not _are_about(known, column_maps or {}):
        return known, False
    result = intake_file(
        path,
        source=SourceId(source.id),
        received=now.date(),
        region=operation_now().default_region,
        column_maps={**column_maps_saved(), **(column_maps or {})},
        everyone=said,
        name=name,
        progress=progress,
    )
    if known:
        if _maps_of(result) == {sheet: {**one, "name": ""} for sheet, one in known.column_maps.items()}:
            return known, False
        return _store_anew(known, result, account=account, now=now), True
    try:
        return _store(result, source=source, account=account, now=now), True
    except IntegrityError:
        # somebody else took the same bytes in while we were reading them
        known = Batch.objects.filter(source=source, digest=result.digest).first()
        if known is None:
            raise
        return known, False


def _digest(path: Path | bytes) -> str:
    if isinstance(path, bytes):
        return hashlib.sha256(path).hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@transaction.atomic
def _store(result: BatchResult, *, source: Source, account: str, now: datetime) -> Batch:
    batch = Batch.objects.create(
        id=result.id,
        source=source,
        digest=result.digest,
        received_at=now,
        received_by=account,
        **_figures(result),
    )
    SourceRow.objects.bulk_create(
        (
            SourceRow(
                id=row.id,
                batch=batch,
                sheet=row.sheet,
                number=row.number,
                cells=list(row.cells),
                digest=row.digest,
                outcome=row.outcome,
                reason=row.reason.value if row.reason else "",
            )
            for row in result.rows
        ),
        batch_size=CHUNK,
    )
    ListingRecord.objects.bulk_create(_listings(result, batch), batch_size=CHUNK)
    Reject.objects.bulk_create(_rejects(result, batch), batch_size=CHUNK)
    _note_received(batch, account=account, now=now)
    return batch


@transaction.atomic
def _store_anew(batch: Batch, result: BatchResult, *, account: str, now: datetime) -> Batch:
    """Replaces what was read of a batch by what a corrected map reads; rows that were erased are left as they are."""
    for name, value in _figures(result).items():
        setattr(batch, name, value)
    erased_rows = set(batch.listings.exclude(erased_at=None).values_list("row_id", flat=True))
    rows = {row.id: row for row in batch.rows.exclude(id__in=erased_rows)}
    for read in result.rows:
        if row := rows.get(read.id):
            row.outcome, row.reason = read.outcome, read.reason.value if read.reason else ""
    SourceRow.objects.bulk_update(rows.values(), ["outcome", "reason"], batch_size=CHUNK)
    batch.listings.exclude(row_id__in=erased_rows).delete()
    fresh = (one for one in _listings(result, batch) if one.row_id not in erased_rows)
    ListingRecord.objects.bulk_create(fresh, batch_size=CHUNK)
    batch.listings_made = batch.listings.count()
    batch.save()
    batch.rejects.all().delete()
    Reject.objects.bulk_create(_rejects(result, batch), batch_size=CHUNK)
    _note_received(batch, account=account, now=now)
    return batch


def _figures(result: BatchResult) -> dict[str, Any]:
    """What a batch says of how it was read."""
    return {
        "file_name": result.file,
        "rows_read": len(result.rows),
        "rows_with_listings": result.count_rows(Outcome.LISTINGS),
        "rows_rejected": result.count_rows(Outcome.REJECTED),
        "rows_without_people": result.count_rows(Outcome.NO_PEOPLE),
        "listings_made": len(result.listings),
        "column_maps": {one.sheet: one.to_template(one.name) for one in result.column_maps},
        "warnings": [
            {"code": w.code.value, "message": w.message, "sheet": w.sheet, "values": dict(w.values)}
            for w in result.warnings
        ],
    }


def _are_about(batch: Batch, column_maps: Mapping[str, ColumnMap]) -> bool:
    """Whether one of the maps is for a table of this batch."""
    return not column_maps.keys().isdisjoint(one["signature"] for one in batch.column_maps.values())


def _maps_of(result: BatchResult) -> dict[str, Any]:
    """How the columns were read, whatever the name under which the map is saved."""
    return json.loads(json.dumps({one.sheet: one.to_template("") for one in result.column_maps}))  # type: ignore[no-any-return]


def _listings(result: BatchResult, batch: Batch) -> Iterator[ListingRecord]:
    for listing in result.listings:
        yield ListingRecord(
            id=listing.id,
            row_id=listing.row.row,
            batch=batch,
            source_id=batch.source_id,
            group=listing.group or "",
            content=LISTING.dump_python(listing, mode="json"),
        )


def _note_received(batch: Batch, *, account: str, now: datetime) -> None:
    body: dict[str, Any] = {
        "source": batch.source_id,
        "batch": batch.id,
        "digest": batch.digest,
        "rows_read": batch.rows_read,
        "listings": batch.listings_made,
        "rejects": batch.rows_rejected,
    }
    if said := everyone_on(batch):
        body["everyone"] = tuple(
            sorted(f"{field}-{text}" if field in MEANINGS else field for field, text in said.items())
        )
    event_append(kind=EventKind.BATCH_RECEIVED, body=body, account=account, now=now)


def _rejects(result: BatchResult, batch: Batch) -> Iterator[Reject]:
    found: tuple[RowReject | FieldDoubt, ...] = (*result.rejects, *result.doubts)
    for one in found:
        yield Reject(
            batch=batch,
            row_id=one.row,
            sheet=one.sheet,
            number=one.number,
            column=one.column[:160],
            code=one.code.value,
            reason=one.reason,
            advice=one.advice,
            is_whole_row=isinstance(one, RowReject),
        )


def column_map_save(*, name: str, column_map: ColumnMap, account: str, now: datetime) -> ColumnTemplate:
    """Saves a corrected column map under a name; it is offered for every table with the same headers.

    What was said of everyone on one list is of that list alone, and is not saved.

    Raises:
        ConflictError: the name stands for other headers already.
    """
    known = ColumnTemplate.objects.filter(name=name).first()
    if known and known.signature != column_map.signature:
        raise ConflictError("That name stands for other headers.", advice="Choose another name.")
    template, _ = ColumnTemplate.objects.update_or_create(
        signature=column_map.signature,
        defaults={
            "name": name,
            "content": replace(column_map, everyone=()).to_template(name),
            "saved_by": account,
            "saved_at": now,
        },
    )
    return template
