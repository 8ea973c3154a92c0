"""Listings as a table of Arrow columns: what identity reads of them, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from safepassage.core.dates import Calendar, PartialDate, Precision
from safepassage.core.ids import BatchId, ListGroupId, ListingId, RowId, SourceId
from safepassage.core.people import Document, DocumentKind, Listing, Relation, RowRef, Sex

LISTINGS = pa.schema(
    [
        ("id", pa.string()),
        ("source", pa.string()),
        ("group", pa.string()),
        ("relation", pa.string()),
        ("name", pa.string()),
        ("father", pa.string()),
        ("sex", pa.string()),
        ("birth_from", pa.list_(pa.date32())),
        ("birth_to", pa.list_(pa.date32())),
        ("birth_precision", pa.string()),
        ("birth_is_weak", pa.bool_()),
        ("document_kinds", pa.list_(pa.string())),
        ("document_numbers", pa.list_(pa.string())),
        ("document_texts", pa.list_(pa.string())),
        ("document_countries", pa.list_(pa.string())),
        ("phones", pa.list_(pa.string())),
        ("place", pa.string()),
        ("is_counted", pa.bool_()),
    ]
)
"""The columns; `birth_from` and `birth_to` hold the first and last day of each reading, in their order."""

_ROW = RowRef(RowId(""), BatchId(""), "", "", 0)


def listings_to_table(listings: Iterable[Listing]) -> pa.Table:
    """Listings as a table that `resolve_on_spark` takes; names stand in it in clear."""
    return pa.Table.from_pylist([_row(listing) for listing in listings], schema=LISTINGS)


def _row(listing: Listing) -> dict[str, Any]:
    birth = listing.birth
    return {
        "id": listing.id,
        "source": listing.source,
        "group": listing.group,
        "relation": listing.relation.value,
        "name": listing.name,
        "father": listing.father,
        "sex": listing.sex.value,
        "birth_from": [first for first, _ in birth.readings] if birth else None,
        "birth_to": [last for _, last in birth.readings] if birth else None,
        "birth_precision": birth.precision.value if birth else None,
        "birth_is_weak": birth.is_weak if birth else None,
        "document_kinds": [document.kind.value for document in listing.documents],
        "document_numbers": [document.number for document in listing.documents],
        "document_texts": [document.written for document in listing.documents],
        "document_countries": [document.country for document in listing.documents],
        "phones": list(listing.phones),
        "place": listing.place,
        "is_counted": listing.is_counted,
    }


def listings_of(batch: pa.RecordBatch) -> Iterator[Listing]:
    """The listings of a batch, with what identity reads of them."""
    columns = [batch.column(name).to_pylist() for name in LISTINGS.names]
    for values in zip(*columns, strict=True):
        row = dict(zip(LISTINGS.names, values, strict=True))
        stated = (row[f"document_{name}"] for name in ("kinds", "numbers", "countries", "texts"))
        yield Listing(
            id=ListingId(row["id"]),
            source=SourceId(row["source"]),
            row=_ROW,
            name=row["name"],
            group=None if row["group"] is None else ListGroupId(row["group"]),
            relation=Relation(row["relation"]),
            father=row["father"],
            sex=Sex(row["sex"]),
            birth=_birth(row),
            documents=tuple(
                Document(DocumentKind(kind), number, country, written=text)
                for kind, number, country, text in zip(*stated, strict=True)
            ),
            phones=tuple(row["phones"]),
            place=row["place"],
            is_counted=row["is_counted"],
        )


def _birth(row: dict[str, Any]) -> PartialDate | None:
    if not row["birth_from"]:
        return None
    readings = tuple(zip(row["birth_from"], row["birth_to"], strict=True))
    return PartialDate(readings, Precision(row["birth_precision"]), Calendar.GREGORIAN, is_weak=row["birth_is_weak"])
