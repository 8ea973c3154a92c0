"""Core values to JSON and back, by pydantic."""

from __future__ import annotations

from pydantic import TypeAdapter

from safepassage.core.people import Listing

LISTING: TypeAdapter[Listing] = TypeAdapter(Listing)
