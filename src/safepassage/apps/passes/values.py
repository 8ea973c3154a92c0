"""Core values to JSON and back, by pydantic."""

from __future__ import annotations

from pydantic import TypeAdapter

from safepassage.apps.ledger.stored import Stored
from safepassage.core.passes import CounterpartSheet

_AGAIN = "Make the sheet again in the console."
COUNTERPART_SHEET: Stored[CounterpartSheet] = Stored(
    TypeAdapter(CounterpartSheet),
    what="sheet for a checkpoint authority",
    advice=_AGAIN,
    model="passes.CounterpartSheet",
)
