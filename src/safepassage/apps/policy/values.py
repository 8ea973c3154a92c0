"""Core values to JSON and back, by pydantic."""

from __future__ import annotations

from pydantic import TypeAdapter

from safepassage.apps.ledger.stored import Stored
from safepassage.core.policy import Standing

_AGAIN = "Apply the policy again: `safepassage policy apply`."
STANDING: Stored[Standing] = Stored(
    TypeAdapter(Standing), what="standing", advice=_AGAIN, model="policy.StandingRecord"
)
