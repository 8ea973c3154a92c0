"""Drafts to the result of a delivery: rows with their outcomes, listings, rejects, doubts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from safepassage.core.ids import ListGroupId, ListingId, derived_id
from safepassage.core.intake.births import DateHabits
from safepassage.core.intake.build import Draft, build_listing, damaged_name_column
from safepassage.core.intake.coded import find_unknown_values
from safepassage.core.intake.codes import DoubtCode, Outcome, RejectCode, RowReason
from safepassage.core.intake.column_map import ColumnMap, Field
from safepassage.core.intake.columns.years import said_day_order
from safepassage.core.intake.people_rows import Delivery, RowDrafts
from safepassage.core.intake.tables import RawFile
from safepassage.core.intake.values import BatchResult, FieldDoubt, Reject, SourceRow
from safepassage.core.intake.warn import (
    warn_of_births,
    warn_of_groups,
    warn_of_kin_elsewhere,
    warn_of_lone_kin,
    warn_of_maps,
    warn_of_values,
)
from safepassage.core.people import Listing

_TELL_EVERY = 200


def make_result(
    raw: RawFile,
    maps: Mapping[str, ColumnMap],
    drafted: Mapping[str, Sequence[RowDrafts]],
    delivery: Delivery,
    *,
    received: date,
    region: str,
    tell: Callable[[float, str], None],
) -> BatchResult:
    """Builds every listing and gives every row its outcome."""
    total = sum(map(len, drafted.values())) or 1
    rows: list[SourceRow] = []
    listings: list[Listing] = []
    rejects: list[Reject] = []
    doubts: list[FieldDoubt] = []
    for sheet, drafts in drafted.items():
        column_map = maps[sheet]
        said = said_day_order(column.header for column in column_map.of(Field.BIRTH))
        is_said = said is not None and said is column_map.day_order
        habits = DateHabits(received, column_map.day_order, column_map.calendar, is_order_said=is_said)
        for row in drafts:
            if len(rows) % _TELL_EVERY == 0:
                tell(0.6 + 0.4 * len(rows) / total, "making listings")
            grounded = [draft for draft in row.drafts if draft.has_ground]
            for draft in grounded:
                listing, found = _build(draft, delivery, habits, region)
                listings.append(listing)
                doubts += (_doubt(row, delivery, header, code) for header, code in found)
            reason = None if grounded else row.reason or _reject_code(row)
            rows.append(_source_row(row, reason))
            if isinstance(reason, RejectCode):
                rejects.append(_reject(row, delivery, reason))
    households = {row.sheet for row in rows if row.reason is RowReason.HOUSEHOLD}
    tell(1.0, "taken in")
    return BatchResult(
        id=delivery.batch,
        source=delivery.source,
        file=delivery.file,
        kind=raw.kind,
        digest=delivery.digest,
        rows=tuple(rows),
        listings=tuple(listings),
        rejects=tuple(rejects),
        doubts=tuple(doubts),
        column_maps=tuple(maps.values()),
        warnings=(
            *raw.warnings,
            *warn_of_maps(maps.values(), households=households),
            *warn_of_groups(drafted, maps),
            *warn_of_lone_kin(drafted),
            *warn_of_values(find_unknown_values(maps.values(), rows)),
            *warn_of_kin_elsewhere(listings),
            *warn_of_births(listings, maps.values()),
        ),
    )


def digest_cells(cells: Sequence[str]) -> str:
    """SHA-256 (hex) of the cells of a row; order and division matter."""
    parts = hashlib.sha256()
    for cell in cells:
        text = cell.encode()
        parts.update(len(text).to_bytes(8, "big"))
        parts.update(text)
    return parts.hexdigest()


def _build(
    draft: Draft, delivery: Delivery, habits: DateHabits, region: str
) -> tuple[Listing, list[tuple[str, DoubtCode]]]:
    place = (delivery.source, delivery.digest, draft.row.sheet)
    listing = ListingId(derived_id("L", *place, str(draft.row.number), str(draft.ordinal)))
    scope = "" if draft.group.startswith("household ") else draft.row.sheet
    group = (
        ListGroupId(derived_id("G", delivery.source, delivery.digest, scope, draft.group)) if draft.group else None
    )
    return build_listing(draft, listing_id=listing, source=delivery.source, group=group, habits=habits, region=region)


def _source_row(row: RowDrafts, reason: RowReason | RejectCode | None) -> SourceRow:
    outcome = Outcome.LISTINGS
    if reason is not None:
        outcome = Outcome.REJECTED if isinstance(reason, RejectCode) else Outcome.NO_PEOPLE
    cells = row.raw.cells
    return SourceRow(row.ref.row, row.ref.sheet, row.ref.number, cells, digest_cells(cells), outcome, reason)


def _reject_code(row: RowDrafts) -> RejectCode:
    return RejectCode.NAME_DAMAGED if any(draft.is_damaged for draft in row.drafts) else RejectCode.NO_PERSON


def _reject(row: RowDrafts, delivery: Delivery, code: RejectCode) -> Reject:
    damaged = filter(None, (damaged_name_column(draft.facts) for draft in row.drafts))
    column = next(damaged, "") if code is RejectCode.NAME_DAMAGED else ""
    return Reject(row.ref.row, delivery.file, row.ref.sheet, row.ref.number, code, column)


def _doubt(row: RowDrafts, delivery: Delivery, header: str, code: DoubtCode) -> FieldDoubt:
    return FieldDoubt(row.ref.row, delivery.file, row.ref.sheet, row.ref.number, header, code)
