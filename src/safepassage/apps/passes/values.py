"""Core values to JSON and back, by pydantic."""

from __future__ import annotations

from pydantic import TypeAdapter

from safepassage.core.passes import CounterpartSheet

COUNTERPART_SHEET: TypeAdapter[CounterpartSheet] = TypeAdapter(CounterpartSheet)
