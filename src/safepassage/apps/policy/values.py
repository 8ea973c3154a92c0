"""Core values to JSON and back, by pydantic."""

from __future__ import annotations

from pydantic import TypeAdapter

from safepassage.core.policy import Standing

STANDING: TypeAdapter[Standing] = TypeAdapter(Standing)
