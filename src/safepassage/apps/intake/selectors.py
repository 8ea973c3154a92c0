"""Reads of sources, batches, rows and listings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, Coalesce

from safepassage.apps.intake.models import Batch, ColumnTemplate, ListingRecord, Reject, Source, SourceRow, Withdrawal
from safepassage.apps.intake.values import COLUMN_MAP, LISTING
from safepassage.core import intake as core
from safepassage.core.errors import NotFoundError
from safepassage.core.ids import BatchId, ListGroupId, ListingId, RowId, SourceId
from safepassage.core.intake import (
    ColumnMap,
    Field,
    Outcome,
    ToldNeed,
    UnknownValues,
    cells_of_needs,
    cells_that_count,
    find_unknown_values,
)
from safepassage.core.people import Listing


def _counting() -> QuerySet[ListingRecord]:
    return ListingRecord.objects.filter(erased_at=None, batch__withdrawn_at=None)


def listings_count() -> int:
    """How many listings count: not erased, of no list that was withdrawn."""
    return _counting().count()


def listings_now() -> list[Listing]:
    """Every listing that counts, in the order of ids: not erased, of no list that was withdrawn.

    Cost: one query, ~10 us a listing to build.

    Raises:
        UnreadableError: names those that can't be read; to match people without them would part families.
    """
    records = _counting().order_by("id").values_list("id", "content")
    return LISTING.every(records.iterator(chunk_size=5000))


def listings_living(among: Iterable[ListingId] | None = None) -> frozenset[ListingId]:
    """The ids of all listings, or of those among some, that are not erased; reads nobody's content."""
    records = ListingRecord.objects.filter(erased_at=None)
    if among is not None:
        records = records.filter(id__in=list(among))
    return frozenset(map(ListingId, records.values_list("id", flat=True)))


def listings_put_aside(among: Iterable[ListingId]) -> frozenset[ListingId]:
    """Those of these listings that count no more since their list was withdrawn, and that nobody erased."""
    records = ListingRecord.objects.filter(id__in=set(among), erased_at=None).exclude(batch__withdrawn_at=None)
    return frozenset(map(ListingId, records.values_list("id", flat=True)))


def listings_by_id(ids: Iterable[ListingId]) -> dict[ListingId, Listing]:
    """The listings with these ids; an erased or unknown one is missing from the answer."""
    records = ListingRecord.objects.filter(id__in=list(ids), erased_at=None).values_list("content", flat=True)
    return {listing.id: listing for listing in LISTING.each(records)}


def listings_of_groups(groups: Iterable[ListGroupId]) -> list[Listing]:
    """The listings of these list groups that are not erased, in the order of their rows."""
    records = ListingRecord.objects.filter(group__in=set(groups), erased_at=None)
    rows = records.order_by("row__sheet", "row__number", "id").values_list("content", flat=True)
    return list(LISTING.each(rows))


def counting_cells(listings: Iterable[Listing]) -> dict[ListingId, tuple[tuple[str, str], ...]]:
    """For kin who are only counted: the cells of their row that count them, as written, with their headers."""
    return {one: cells_that_count(cells, column_map) for one, cells, column_map in _rows_as_read(listings)}


def needs_told(listings: Iterable[Listing], *, of_kin: bool = False) -> dict[ListingId, tuple[ToldNeed, ...]]:
    """The cells of each listing's row that tell of a specific need: of its own person, or of relatives (`of_kin`)."""
    return {
        one: cells_of_needs(cells, column_map, of_kin=of_kin) for one, cells, column_map in _rows_as_read(listings)
    }


def _rows_as_read(listings: Iterable[Listing]) -> Iterator[tuple[ListingId, tuple[str, ...], ColumnMap]]:
    """The row of each listing, verbatim, with how its table was read. Cost: two queries."""
    wanted = list(listings)
    rows = {row.pk: row for row in SourceRow.objects.filter(pk__in={one.row.row for one in wanted})}
    batches = Batch.objects.filter(pk__in={row.batch_id for row in rows.values()})
    maps = {(batch.pk, one.sheet): one for batch in batches for one in maps_of(batch)}
    for one in wanted:
        row = rows.get(one.row.row)
        column_map = maps.get((row.batch_id, row.sheet)) if row else None
        if row and column_map:
            yield one.id, tuple(row.cells), column_map


def listings_of_batches(batches: Iterable[BatchId]) -> list[Listing]:
    """Every listing of these batches that counts, in the order of ids.

    Raises:
        UnreadableError: names those that can't be read.
    """
    records = _counting().filter(batch__in=list(batches)).order_by("id")
    return LISTING.every(records.values_list("id", "content").iterator(chunk_size=5000))


def listing_ids_of(batch: BatchId) -> frozenset[ListingId]:
    """The ids of a batch's listings that count; reads nobody's content."""
    return frozenset(ListingId(key) for key in _counting().filter(batch=batch).values_list("id", flat=True))


def batches_beside(marked: QuerySet[Any]) -> list[tuple[BatchId, str]]:
    """Batches with a listing that has no mark, and who took them in; the newest first.

    Args:
        marked: The marks of one listing, by `OuterRef("pk")`.
    """
    rows = _counting().filter(~Exists(marked)).order_by()
    batches = Batch.objects.filter(pk__in=rows.values("batch").distinct()).order_by("-received_at", "-pk")
    return [(BatchId(key), by) for key, by in batches.values_list("pk", "received_by")]


def batches_count() -> int:
    """How many batches were taken in."""
    return Batch.objects.count()


def batches_as_read() -> dict[BatchId, tuple[int, str]]:
    """For each batch how many of its listings count, and a digest of how its columns were read.

    As long as it is the same, so are its listings: they change by an erasure, a withdrawal or another reading.
    """
    counts = dict(_counting().order_by().values_list("batch").annotate(Count("pk")))
    maps = Batch.objects.annotate(text=Cast("column_maps", TextField())).values_list("id", "text")
    return {BatchId(key): (counts.get(key, 0), sha256(text.encode()).hexdigest()) for key, text in maps}


def received_of_listings() -> dict[ListingId, datetime]:
    """When each listing came in, by our own clock (aware UTC)."""
    rows = ListingRecord.objects.values_list("id", "batch__received_at")
    return {ListingId(key): received for key, received in rows}


def batches_received() -> list[BatchId]:
    """All batches in the order in which they came in."""
    return [BatchId(key) for key in Batch.objects.order_by("received_at", "id").values_list("id", flat=True)]


def sources_seen() -> QuerySet[Source]:
    """All sources with their number of batches and listings."""
    batches, listings = _of_source(Batch.objects.all()), _of_source(ListingRecord.objects.all())
    return Source.objects.annotate(batch_count=batches, listing_count=listings).order_by("name")


def _of_source(records: QuerySet[Any]) -> Coalesce:
    """How many of these a source has: each kind by itself, by the index of its source."""
    found = records.filter(source=OuterRef("pk")).order_by().values("source").annotate(n=Count("*")).values("n")
    return Coalesce(Subquery(found, output_field=IntegerField()), 0)


def sources_named() -> list[tuple[str, str]]:
    """All sources by name: (id, name)."""
    return list(Source.objects.order_by("name").values_list("id", "name"))


def source_by_id(source_id: str) -> Source:
    """One source.

    Raises:
        NotFoundError: if there is none.
    """
    try:
        return Source.objects.get(pk=source_id)
    except Source.DoesNotExist as error:
        raise NotFoundError("No source has that id.", advice="The page Lists has them.") from error


def batches_of(source: Source | None = None) -> QuerySet[Batch]:
    """Batches, the newest first."""
    batches = Batch.objects.select_related("source").order_by("-received_at", "id")
    return batches.filter(source=source) if source else batches


def batch_by_id(batch_id: str) -> Batch:
    """One batch with its source.

    Raises:
        NotFoundError: if there is none.
    """
    try:
        return Batch.objects.select_related("source").get(pk=batch_id)
    except Batch.DoesNotExist as error:
        raise NotFoundError("No batch has that id.", advice="`safepassage lists show` has the ids.") from error


def batch_of_content(source: Source, digest: str) -> Batch | None:
    """The batch that these very bytes from this source are, if they were taken in."""
    return Batch.objects.filter(source=source, digest=digest).first()


def everyone_on(batch: Batch) -> dict[Field, str]:
    """What was said of everyone on a list when it was read last."""
    return {field: text for one in maps_of(batch) for field, text in one.everyone}


def maps_of(batch: Batch) -> list[ColumnMap]:
    """How the columns of a list were read last, sheet by sheet; a map that can't be read is left out."""
    return list(COLUMN_MAP.each(batch.column_maps.values()))


def unknown_values_of(batch: Batch) -> tuple[UnknownValues, ...]:
    """The words in columns of closed words that we don't know. Cost: reads the rows; what was erased is not there."""
    rows = rows_of(batch).filter(outcome=Outcome.LISTINGS, listings__erased_at=None).distinct()
    kept = (
        core.SourceRow(RowId(row.pk), row.sheet, row.number, tuple(row.cells), row.digest, Outcome.LISTINGS)
        for row in rows.iterator(chunk_size=2000)
    )
    return find_unknown_values(maps_of(batch), kept)


def rejects_of(batch: Batch) -> QuerySet[Reject]:
    """What could not be read of a batch: whole rows first."""
    return batch.rejects.order_by("-is_whole_row", "sheet", "number")


def rows_of(batch: Batch) -> QuerySet[SourceRow]:
    """The verbatim rows of a batch, in order."""
    return batch.rows.order_by("sheet", "number")


def row_figures() -> dict[str, int]:
    """Rows of batches not withdrawn: read, with listings, rejected, without people; the three add up to the first."""
    names = ("rows_read", "rows_with_listings", "rows_rejected", "rows_without_people", "listings_made")
    totals = dict.fromkeys(names, 0)
    for batch in Batch.objects.filter(withdrawn_at=None).values(*names):
        for name in names:
            totals[name] += batch[name]
    return totals


def reasons_without_people() -> dict[str, int]:
    """Why rows name nobody (titles, blanks, totals …): code to number."""
    rows = SourceRow.objects.filter(outcome="no-people").values_list("reason").annotate(number=Count("pk"))
    return dict(rows.order_by("reason"))


def column_maps_saved() -> dict[str, ColumnMap]:
    """Saved column maps by the signature of the headers that they fit; one that can't be read is left out."""
    rows = ColumnTemplate.objects.values_list("signature", "content")
    return {signature: column_map for signature, found in rows for column_map in COLUMN_MAP.each([found])}


def withdrawal_reasons() -> list[tuple[str, str]]:
    """Why a list may be withdrawn, for a form."""
    return [(str(value), str(label)) for value, label in Withdrawal.choices if value != Withdrawal.NONE]


def trust_unless_told() -> int:
    """The trust in a source of which nobody has said how far it is believed."""
    return int(Source.Trust.UNKNOWN)


def trust_choices() -> list[tuple[int, str]]:
    """The degrees of trust in a source, for a form."""
    return [(int(value), str(label)) for value, label in Source.Trust.choices]


def sharing_choices() -> list[tuple[str, str]]:
    """How far a source may let its data travel, for a form."""
    return [(str(value), str(label)) for value, label in Source.Sharing.choices]


def source_names() -> dict[str, str]:
    """The name of each source by its id."""
    return dict(Source.objects.values_list("id", "name"))


def source_trust() -> dict[SourceId, int]:
    """How far each source is trusted, by its id."""
    return {SourceId(key): int(trust) for key, trust in Source.objects.values_list("id", "trust")}
