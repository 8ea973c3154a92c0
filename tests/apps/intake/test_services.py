"""Lists in: kept verbatim, once, row by row; erased with a mark."""

from __future__ import annotations

import json

import pytest

from safepassage.apps.accounts.selectors import operation_now
from safepassage.apps.intake.erasing import listings_erase
from safepassage.apps.intake.models import Batch, ListingRecord, Source, SourceRow
from safepassage.apps.intake.selectors import (
    batch_by_id,
    column_maps_saved,
    listings_by_id,
    listings_now,
    reasons_without_people,
    received_of_listings,
    rejects_of,
    row_figures,
    rows_of,
    source_by_id,
    sources_seen,
)
from safepassage.apps.intake.services import batch_receive, column_map_save
from safepassage.apps.intake.sources import source_register
from safepassage.apps.intake.values import ERASED
from safepassage.apps.ledger.selectors import events_after
from safepassage.core.errors import ConflictError, ForbiddenError, NotFoundError, UnreadableError
from safepassage.core.intake import Field, inspect_file
from safepassage.core.ledger import EventKind
from tests.make import EVERYONE, HEADER, a_source, csv_file, csv_text, taken_in

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]


def events(kind: EventKind):
    return [event for event in events_after() if event.kind is kind]


def test_a_list_is_kept_row_by_row_with_its_listings_and_one_event(tmp_path, now):
    batch = taken_in(tmp_path, EVERYONE)
    assert [row.cells for row in rows_of(batch)] == [list(HEADER), *map(list, EVERYONE)]
    assert {listing.name for listing in listings_now()} == {row[1] for row in EVERYONE}
    (event,) = events(EventKind.BATCH_RECEIVED)
    assert event.body["batch"] == batch.id
    assert (event.body["rows_read"], event.body["listings"]) == (8, 7)
    assert set(received_of_listings().values()) == {now}
    assert batch_by_id(batch.id) == batch


def test_the_same_bytes_again_change_nothing(tmp_path):
    first = taken_in(tmp_path, EVERYONE)
    count = len(list(events_after()))
    copy = csv_file(tmp_path / "the same under another name.csv", EVERYONE)
    again, is_new = batch_receive(path=copy, source=a_source(), account="clerk-2", now=first.received_at)
    assert not is_new
    assert again == first
    assert (Batch.objects.count(), SourceRow.objects.count(), len(list(events_after()))) == (1, 8, count)


def test_the_same_bytes_from_another_source_are_another_batch(tmp_path):
    first = taken_in(tmp_path, EVERYONE)
    second = taken_in(tmp_path, EVERYONE, source="NGO list")
    assert first.id != second.id
    assert len(listings_now()) == 2 * len(EVERYONE)
    assert sorted(source.listing_count for source in sources_seen()) == [7, 7]


def test_a_bad_row_is_named_with_its_place_and_reason_and_loses_no_good_one(tmp_path):
    rows = [*EVERYONE[:3], ("9", *("",) * 9), ("",) * 10, *EVERYONE[3:]]
    batch = taken_in(tmp_path, rows)
    assert len(listings_now()) == len(EVERYONE)
    assert batch.rows_rejected == 1
    reject = rejects_of(batch).first()
    assert (reject.is_whole_row, reject.number) == (True, 5)
    assert reject.code
    assert reject.reason
    assert reject.advice


def test_the_counts_of_rows_add_up(tmp_path):
    rows = [*EVERYONE, ("9", *("",) * 9), ("",) * 10, ("Total", "7", *("",) * 8)]
    taken_in(tmp_path, rows)
    taken_in(tmp_path, EVERYONE[:2], source="NGO list")
    figures = row_figures()
    parts = figures["rows_with_listings"] + figures["rows_rejected"] + figures["rows_without_people"]
    assert figures["rows_read"] == parts == SourceRow.objects.count()
    assert figures["listings_made"] == len(listings_now())
    assert sum(reasons_without_people().values()) == figures["rows_without_people"]


def test_a_file_that_cannot_be_read_leaves_nothing_and_stops_no_other(tmp_path, now):
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 and then nothing that makes a workbook")
    source = a_source()
    with pytest.raises(UnreadableError):
        batch_receive(path=broken, source=source, account="clerk-1", now=now)
    assert not Batch.objects.exists()
    assert not events(EventKind.BATCH_RECEIVED)
    assert taken_in(tmp_path, EVERYONE).listings_made == 7


def test_bytes_that_no_database_keeps_lose_neither_their_row_nor_the_list(tmp_path, now):
    text = csv_text(EVERYONE).replace("Karim Testani", "Karim\x00 Testani")
    path = tmp_path / "zeros.csv"
    path.write_bytes(text.encode())
    batch, _ = batch_receive(path=path, source=a_source(), account="clerk-1", now=now)
    assert batch.listings_made == len(EVERYONE)
    assert len(rows_of(batch)) == 1 + len(EVERYONE)


def test_half_characters_in_a_form_export_lose_nobody(tmp_path, now):
    people = [{"Full name": "Karim Testani", "Passport": "P0000101"}, {"Full name": "Laila \ud800Testani"}]
    people.append({"Full name": "Omid\u0000 Testani", "Passport": "P0000103"})
    path = tmp_path / "export.json"
    path.write_text(json.dumps(people), encoding="utf-8")
    batch, _ = batch_receive(path=path, source=a_source(), account="clerk-1", now=now)
    assert batch.listings_made == 3


def test_a_source_registered_again_keeps_its_terms_and_is_one_event(now):
    first = a_source()
    again = source_register(name=first.name, owner="Somebody else", basis="none", trust=4, now=now)
    assert (again.pk, again.owner, again.trust) == (first.pk, first.owner, first.trust)
    assert source_by_id(first.pk) == first
    (told,) = events(EventKind.SOURCE_REGISTERED)
    assert (told.body["source"], told.body["trust"], told.body["sharing"]) == (first.pk, 2, "nobody")
    with pytest.raises(NotFoundError):
        source_by_id("S-NONE")


@pytest.mark.parametrize("wrong", [{"sharing": "everybody"}, {"trust": 9}, {"owner": ""}, {"name": "x" * 500}])
def test_terms_that_views_and_exports_could_not_obey_are_refused(now, wrong):
    terms = {"name": "A list", "owner": "Somebody", "basis": "vital interests", "now": now}
    with pytest.raises(ForbiddenError):
        source_register(**(terms | wrong))
    assert not Source.objects.exists()


def test_a_corrected_column_map_is_used_for_every_table_with_the_same_headers(tmp_path, now):
    path = csv_file(tmp_path / "list.csv", EVERYONE)
    column_map = inspect_file(path).tables[0].column_map
    column_map_save(name="embassy", column_map=column_map, account="clerk-1", now=now)
    column_map_save(name="embassy again", column_map=column_map, account="clerk-1", now=now)
    assert list(column_maps_saved()) == [column_map.signature]
    other = csv_file(tmp_path / "other.csv", [("Karim", "1980")], header=("Name", "Born"))
    other_map = inspect_file(other).tables[0].column_map
    with pytest.raises(ConflictError):
        column_map_save(name="embassy again", column_map=other_map, account="clerk-1", now=now)


def test_erasure_leaves_a_mark_an_event_and_the_counts(tmp_path, now):
    batch = taken_in(tmp_path, EVERYONE)
    karim = next(listing for listing in listings_now() if listing.name == "Karim Testani")
    assert listings_erase(listings=[karim.id], reason="withdrawn", account="dpo-1", now=now) == 1
    record = ListingRecord.objects.get(pk=karim.id)
    assert record.content == {"mark": ERASED}
    assert record.row.cells == [ERASED]
    assert karim.id not in listings_by_id([karim.id])
    assert len(listings_now()) == len(EVERYONE) - 1
    (event,) = events(EventKind.LISTINGS_ERASED)
    assert event.body["rows"] == ((karim.id,),)
    assert row_figures()["rows_read"] == batch.rows_read
    with pytest.raises(NotFoundError):
        listings_erase(listings=[karim.id], reason="withdrawn", account="dpo-1", now=now)


def test_what_was_erased_does_not_come_back_with_the_same_file(tmp_path, now):
    taken_in(tmp_path, EVERYONE)
    karim = next(listing for listing in listings_now() if listing.name == "Karim Testani")
    listings_erase(listings=[karim.id], reason="withdrawn", account="dpo-1", now=now)
    taken_in(tmp_path, EVERYONE)
    assert "Karim Testani" not in {listing.name for listing in listings_now()}


def corrected(path, header, field):
    """The map of a list with one column read as somebody says."""
    column_map = inspect_file(path).tables[0].column_map.correct(header, field=field)
    return {column_map.signature: column_map}


def test_a_corrected_map_reads_a_known_list_anew_under_the_same_ids(tmp_path, now):
    first = taken_in(tmp_path, EVERYONE)
    ids = [listing.id for listing in listings_now()]
    path = csv_file(tmp_path / "again.csv", EVERYONE)
    maps = corrected(path, "Phone", Field.IGNORE)
    given = {"path": path, "source": a_source(), "account": "clerk-2", "now": now, "column_maps": maps}
    again, is_changed = batch_receive(**given)
    assert (is_changed, again) == (True, first)
    assert [listing.id for listing in listings_now()] == ids
    assert not any(listing.phones for listing in listings_now())
    assert (Batch.objects.count(), SourceRow.objects.count()) == (1, 8)
    assert [event.body["batch"] for event in events(EventKind.BATCH_RECEIVED)] == [first.id, first.id]
    assert batch_receive(**given) == (first, False)


def test_reading_anew_brings_nobody_back_who_was_erased_and_loses_no_other(tmp_path, now):
    taken_in(tmp_path, EVERYONE)
    gone, *others = [listing.id for listing in listings_now()]
    listings_erase(listings=[gone], reason="asked", account="dpo-1", now=now)
    path = csv_file(tmp_path / "again.csv", EVERYONE)
    maps = corrected(path, "Phone", Field.IGNORE)
    batch, _ = batch_receive(path=path, source=a_source(), account="clerk-2", now=now, column_maps=maps)
    assert [listing.id for listing in listings_now()] == others
    assert batch.listings_made == 7
    assert ListingRecord.objects.get(pk=gone).content == {"mark": ERASED}
    assert [ERASED] in [row.cells for row in rows_of(batch)]


def test_a_source_without_a_retention_of_its_own_keeps_data_as_long_as_the_operation(operation, now) -> None:
    kept = operation_now().retention_days
    assert source_register(name="A", owner="A", basis="consent", now=now).retention_days == kept
    assert source_register(name="B", owner="B", basis="consent", retention_days=7, now=now).retention_days == 7
