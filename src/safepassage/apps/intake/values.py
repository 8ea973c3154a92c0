"""Core values to JSON and back, by pydantic."""

from __future__ import annotations

from typing import Annotated

from pydantic import PlainValidator, TypeAdapter

from safepassage.apps.ledger.stored import Stored
from safepassage.core.intake import ColumnMap, read_template
from safepassage.core.people import Listing

ERASED = "[erased]"
"""The deletion mark."""

_ADVICE = "Take the list in anew, or erase this listing; else restore the last good backup."
LISTING: Stored[Listing] = Stored(
    TypeAdapter(Listing), what="listing", advice=_ADVICE, model="intake.ListingRecord", blank={"mark": ERASED}
)
COLUMN_MAP: Stored[ColumnMap] = Stored(
    TypeAdapter(Annotated[ColumnMap, PlainValidator(read_template)]),
    what="column map",
    advice="Save the map again under its name, when a list of that form is taken in.",
    model="intake.ColumnTemplate",
)
