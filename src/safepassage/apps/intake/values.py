"""Core values to JSON and back, by pydantic."""

from __future__ import annotations

from pydantic import TypeAdapter

from safepassage.apps.ledger.stored import Stored
from safepassage.core.people import Listing

_ADVICE = "Take the list in anew, or erase this listing; else restore the last good backup."
LISTING: Stored[Listing] = Stored(TypeAdapter(Listing), what="listing", advice=_ADVICE, model="intake.ListingRecord")
