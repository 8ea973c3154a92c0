"""Core values to JSON and back, by pydantic."""

from __future__ import annotations

from pydantic import TypeAdapter

from safepassage.apps.ledger.stored import Stored
from safepassage.core.movement import Assignment, CheckReport, Explanation, Manifest, Plan

_AGAIN = "Plan again: `safepassage plan make`, then `plan publish`."
_CLOSE = "Close the manifest again: `safepassage manifest`."
PLAN: Stored[Plan] = Stored(TypeAdapter(Plan), what="plan", advice=_AGAIN, model="movement.PlanRecord")
REPORT: Stored[CheckReport] = Stored(
    TypeAdapter(CheckReport), what="report on a plan", advice=_AGAIN, model="movement.PlanRecord", column="report"
)
ASSIGNMENT: TypeAdapter[Assignment] = TypeAdapter(Assignment)
MANIFEST: Stored[Manifest] = Stored(
    TypeAdapter(Manifest), what="manifest", advice=_CLOSE, model="movement.ManifestRecord"
)
EXPLANATION: Stored[Explanation] = Stored(
    TypeAdapter(Explanation), what="explanation of a place", advice=_AGAIN, model="movement.PlaceReason"
)
